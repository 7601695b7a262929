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
_ACROSS: set[str] = set()


def check(name: str, across: bool = False) -> Callable[[Check], Check]:
    """Registers a check under the name by which `plan:builtInCheck` of a rule asks for it.

    `across`: it looks beyond a plan and what that points at (it compares plans, or counts over all of them). Where a
    large store is checked some plans at a time, such a check is given the store itself; it should read by `pairs` and
    `instances`, which cost one query each, rather than node by node. Raises `ValueError` for a name twice.
    """

    def register(function: Check) -> Check:
        if name in _REGISTERED:
            raise ValueError(f"two checks are called '{name}'")
        _REGISTERED[name] = function
        if across:
            _ACROSS.add(name)
        return function

    return register


@lru_cache(maxsize=1)
def all_checks() -> dict[str, Check]:
    """Every check of the folder, by name."""
    for module in sorted(found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)])):
        importlib.import_module(f"{__package__}.{module}")
    return dict(sorted(_REGISTERED.items()))


def looks_across(name: str) -> bool:
    """Whether a check compares plans."""
    all_checks()
    return name in _ACROSS
