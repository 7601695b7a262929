"""All saved questions tried: what their headers promise, held against the plans at hand."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.query.answer import answer
from kg.query.catalogue import example_values
from kg.query.lint import lint
from kg.query.saved import SavedQuery

if TYPE_CHECKING:
    from kg.store.protocol import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of one question; sound where there is no fault."""

    name: str
    rows: int | None  # with its example values; None where it could not be asked
    expected: int
    seconds: float
    faults: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "sound": not self.faults,
            "rows": self.rows,
            "expected": self.expected,
            "seconds": round(self.seconds, 4),
            "faults": list(self.faults),
        }


def check(store: Store, queries: Iterable[SavedQuery]) -> Iterator[Checked]:
    """Each question tried: the linter's rules, then its example values; no fault of one hides another's.

    With the examples of what must be given there are at least as many rows as the header expects, no two alike; the
    example of each parameter that may be left out is understood, too. What is expected is so on the five plans that
    come with plankg.
    """
    for query in queries:
        faults = [str(fault) for fault in lint(query)]
        rows, started = None, time.perf_counter()
        expected = query.expect.get("min_rows", 0)
        seconds = 0.0
        try:
            found = answer(store, query, example_values(query))
            rows, seconds = len(found.rows), time.perf_counter() - started
            if rows < expected:
                faults.append(f"{rows} rows where {expected} are expected")
            if len(set(found.rows)) < rows:
                faults.append("a row comes twice")
            for p in query.parameters:
                if not p.required and p.example is not None:
                    answer(store, query, {**example_values(query), p.name: p.example})
        except KGError as error:
            faults.append(str(error))
        yield Checked(query.name, rows, expected, seconds, tuple(faults))
