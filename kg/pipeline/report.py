"""What is told of a run: while it lasts, and at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.errors import KGError

Progress = Callable[[str, str, int, int], None]  # stage (read, write, infer, save), what it is at, number, of how many


@dataclass(frozen=True, slots=True)
class BuiltPlan:
    """One plan as it went into the store, or into a file."""

    iri: str
    title: str
    file: str
    change: str  # "new", "changed" or "unchanged"; "written" in a file
    replaces: tuple[str, ...] = ()  # plans that this one supersedes


@dataclass(slots=True)
class BuildReport:
    """What became of every file."""

    plans: list[BuiltPlan] = field(default_factory=list)
    failures: list[tuple[str, KGError]] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)  # (file passed over, file that was built)
    passed_over: Counter[str] = field(default_factory=Counter)  # suffixes of files in folders that are not read
