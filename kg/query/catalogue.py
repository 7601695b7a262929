"""All saved questions: found, asked, and labelled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg import resources
from kg.errors import QueryError, UsageError
from kg.query.binding import bind
from kg.query.header import read_query
from kg.query.lookup import resolve_values
from kg.query.saved import SavedQuery

if TYPE_CHECKING:
    from os import PathLike

    from kg.store.protocol import Results, Store


def load_queries(folder: str | PathLike[str] | None = None) -> dict[str, SavedQuery]:
    """Every saved query by name, sorted: those that come with plankg, or those of another folder.

    Raises `QueryError` (file:line) for a broken header.

    >>> load_queries()["basis-documents"].answers
    ('Q04',)
    """
    from pathlib import Path

    place = Path(folder) if folder is not None else resources.folder("queries")
    if not place.is_dir():
        raise UsageError("there is no such folder of queries", where=str(place))
    return {path.stem: read_query(path) for path in sorted(place.glob("*.rq"))}


def find_query(name: str, queries: Mapping[str, SavedQuery] | None = None) -> SavedQuery:
    """The saved query of that name; `UsageError` with the nearest names where there is none."""
    if queries is None and re.fullmatch(r"[a-z0-9-]+", name):
        path = resources.folder("queries") / f"{name}.rq"
        if path.is_file():
            return read_query(path)
    known = load_queries() if queries is None else queries
    if name in known:
        return known[name]
    near = suggest(name, known)
    raise UsageError(
        f"there is no saved query {name}",
        remedy=f"did you mean {' or '.join(near)}?" if near else "kg query lists them",
    )


def suggest(name: str, queries: Mapping[str, SavedQuery] | None = None) -> list[str]:
    """The names nearest to one that is not there, best first, three at most.

    >>> suggest("basisdocuments")[0]
    'basis-documents'
    """
    known = load_queries() if queries is None else queries
    return difflib.get_close_matches(name.lower().replace("_", "-"), sorted(known), n=3, cutoff=0.5)


def run(
    store: Store, name: str, values: Mapping[str, str] | None = None, queries: Mapping[str, SavedQuery] | None = None
) -> Results:
    """The results of a saved query on a store; short values for IRIs are looked up there.

    Raises `UsageError` for an unknown query or parameter and for a value that does not fit.
    """
    query = find_query(name, queries)
    return store.query(bind(query, resolve_values(store, query, values_with_defaults(query, values))))


def values_with_defaults(query: SavedQuery, values: Mapping[str, str] | None) -> dict[str, str]:
    """The given values, and the defaults of what is not given."""
    defaults = {p.name: p.default for p in query.parameters if p.default is not None}
    return {**defaults, **{name: value for name, value in (values or {}).items() if value is not None}}


def columns(query: SavedQuery, lang: str = "zh") -> dict[str, str]:
    """Column → its label in a language, in the order of the columns; English or the bare name where it has none."""
    return {name: labels.get(lang) or labels.get("en") or name for name, labels in query.columns.items()}


def example_values(query: SavedQuery) -> dict[str, str]:
    """What must be given, as the header's examples give it: enough to run the query.

    Raises `QueryError` where the header has no example for it.
    """
    lacking = [p.name for p in query.parameters if p.required and p.example is None]
    if lacking:
        raise QueryError(f"no example for {', '.join(lacking)}", where=query.path)
    return {p.name: p.example for p in query.parameters if p.required and p.example is not None}
