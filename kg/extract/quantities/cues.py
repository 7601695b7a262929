"""The cue words of data/rules/targets.toml as compiled patterns, read once per process."""

from __future__ import annotations

import re
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from kg.lexicon import rules


@lru_cache(maxsize=1)
def cues() -> Any:
    """Every table of the rules as a namespace: patterns compiled, lists as sets, pairs in their order.

    >>> bool(cues().past.forecast.search("预测到2020年超过1亿人"))
    True
    """
    table = rules("targets")
    found = SimpleNamespace(
        **{
            name: SimpleNamespace(**{key: _read(value) for key, value in part.items()})
            for name, part in table.items()
            if name != "units"
        }
    )
    words = table["evidence"]
    before = f"^(?:{words['lead_in']}){{0,6}}"
    found.evidence.strong_start = re.compile(f"{before}(?:{words['strong']})")
    found.evidence.strong_inside = re.compile(f"(?:{words['strong']})(?![的了性])[^的了,]{{0,60}}$")
    found.evidence.strong_last = re.compile(f"(?<!年)(?:{words['strong']})(?:不少于|至少|约|近|了)?$")
    found.evidence.weak_start = re.compile(f"{before}(?:{words['weak']})")
    return found


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return re.compile(value)
    if isinstance(value, list):
        if value and isinstance(value[0], list):
            return [(name, re.compile(pattern)) for name, pattern in value]
        return frozenset(value)
    return value
