"""Which checks there are: each module of this folder registers its own with `@check(name)`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

Fault = tuple[Any, Any, Any]  # focus node, path or None, value or None
Check = Callable[..., Iterator[Fault]]  # (data, focus nodes, **thresholds of the rule)

_REGISTERED: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Registers a check under the name by which `plan:builtInCheck` of a rule asks for it. Raises `ValueError` for a name twice."""

    def register(function: Check) -> Check:
        if name in _REGISTERED:
            raise ValueError(f"two checks are called '{name}'")
        _REGISTERED[name] = function
        return function

    return register


@lru_cache(maxsize=1)
def all_checks() -> dict[str, Check]:
    """Every check of the folder, by name."""
    for module in sorted(found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)])):
        importlib.import_module(f"{__package__}.{module}")
    return dict(sorted(_REGISTERED.items()))
