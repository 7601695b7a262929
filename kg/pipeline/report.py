"""What is told of a run: while it lasts, and at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.corrections import Outcome
from kg.errors import KGError

Progress = Callable[
    [str, str, int, int], None
]  # stage (read, write, infer, relate, save), what it is at, number, of how many


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
    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)  # (plan, what became of the answers about it)
    not_built: Counter[str] = field(default_factory=Counter)  # last part of a plan's IRI → answers that met no plan
    renamed: dict[str, str] = field(default_factory=dict)  # the same → what took that plan's place
    lost: list[tuple[str, int, tuple[str, ...]]] = field(default_factory=list)  # (plan, corrections dropped, files)
    passed_over: Counter[str] = field(default_factory=Counter)  # suffixes of files in folders that are not read
