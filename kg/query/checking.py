"""All saved questions tried: what their headers promise, held against the plans at hand."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import resources, vocab
from kg.errors import EmptyError, KGError, UsageError
from kg.query.answer import answer
from kg.query.catalogue import example_values
from kg.query.lint import lint
from kg.query.lookup import resolve_values
from kg.query.picks import choices
from kg.query.saved import Parameter, SavedQuery

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

    Where the store holds the plans that come with plankg, there are with the examples of what must be given at least as many
    rows as the header expects. On any other, what the store does not know of the examples gives way to the first value that
    it offers, and no number of rows is expected; a question for which it offers none is not asked. No two rows are alike,
    and the example of each parameter that may be left out is understood, too. Over many plans the first page is asked for.
    """
    samples = _has_samples(store)
    for query in queries:
        faults = [str(fault) for fault in lint(query)]
        rows, seconds = None, 0.0
        expected = query.expect.get("min_rows", 0) if samples else 0
        try:
            given = example_values(query) if samples else _known_values(store, query)
            if given is not None:
                started = time.perf_counter()
                found = answer(store, query, given, page=1)
                rows, seconds = len(found.rows), time.perf_counter() - started
                if rows < expected:
                    faults.append(f"{rows} rows where {expected} are expected")
                if len(set(found.rows)) < rows:
                    faults.append("a row comes twice")
                for p in query.parameters:
                    value = None if p.required or p.example is None else _known(store, query, p, samples)
                    if value is not None:
                        answer(store, query, {**given, p.name: value}, page=1)
        except KGError as error:
            faults.append(str(error))
        yield Checked(query.name, rows, expected, seconds, tuple(faults))


def _has_samples(store: Store) -> bool:
    """Whether the store holds every plan that comes with plankg, by the bytes of its file."""
    held = {sum.value for (sum,) in store.query(f"SELECT ?sum {{ ?file <{vocab.plan('sha256')}> ?sum }}")}
    files = sorted(resources.folder("data/documents").glob("*.txt"))
    return all(hashlib.sha256(file.read_bytes()).hexdigest() in held for file in files)


def _known_values(store: Store, query: SavedQuery) -> dict[str, str] | None:
    """A value of the store for each parameter that must be given; None where it has none for one."""
    found = {name: _known(store, query, query.parameter(name), False) for name in example_values(query)}
    return None if None in found.values() else {name: value for name, value in found.items() if value is not None}


def _known(store: Store, query: SavedQuery, parameter: Parameter | None, samples: bool) -> str | None:
    """The example of a parameter where the store understands it, else the first value that it offers."""
    assert parameter is not None
    if samples or not parameter.target:
        return parameter.example
    try:
        resolve_values(store, query, {parameter.name: str(parameter.example)})
    except UsageError:
        offered = choices(store, query, parameter.name)
        return offered[0].value if offered else None
    except EmptyError:
        return None
    return parameter.example
