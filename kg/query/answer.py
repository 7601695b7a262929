"""What a saved question was answered: its rows, what they rest on, and what to say of them in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query.area import plans_within
from kg.query.binding import bind
from kg.query.catalogue import values_with_defaults
from kg.query.evidence import Term, sentences
from kg.query.lookup import local_id, resolve_values
from kg.query.pages import PLAN, Page, find_page, narrow
from kg.query.saved import SavedQuery

if TYPE_CHECKING:
    from kg.store.protocol import Store

EVIDENCE = "evidence"
EVIDENCE_LABEL = {"zh": "原文句子", "en": "sentence"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a saved question in its order, with or without their sentences."""

    query: SavedQuery
    given: dict[str, str]  # as asked
    values: dict[str, str]  # with defaults, short values resolved
    names: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    evidence: tuple[tuple[str, ...], ...] | None  # per row; None where nobody asked
    base: str  # start of the instances' IRIs
    page: Page | None = None  # None: the rows are all
    region: str | None = None  # as asked; None: all plans

    def table(self) -> tuple[list[str], list[list[Term | None]]]:
        """Names and rows, with a last column `evidence` (the sentences, one a line) where they were asked for."""
        if self.evidence is None:
            return list(self.names), [list(row) for row in self.rows]
        said = [ox.Literal("\n".join(each)) if each else None for each in self.evidence]
        return [*self.names, EVIDENCE], [[*row, words] for row, words in zip(self.rows, said, strict=True)]

    def labels(self, lang: str) -> dict[str, str]:
        """Column → heading, in a language."""
        named = {name: labels.get(lang) or labels.get("en") or name for name, labels in self.query.columns.items()}
        return {**named, EVIDENCE: EVIDENCE_LABEL[lang]}

    def notes(self, lang: str) -> list[str]:
        """What to say under the rows: that there are none, and what the documents cannot answer."""
        said = [] if self.rows else [self.nothing(lang)]
        if self.page:
            said.append(self.page.note(lang))
        limit = self.query.limits.get(lang) or self.query.limits.get("en")
        if limit:
            said.append(("注意:" if lang == "zh" else "Note: ") + " ".join(limit.split()))
        return said

    def nothing(self, lang: str) -> str:
        """That nothing was found, and for which values."""
        zh = lang == "zh"
        asked = (self.query.summary.get(lang) or self.query.summary.get("en") or self.query.name).strip().rstrip("。.")
        shown = [f"{name} = {self._shown(name, zh)}" for name in self.values]
        shown += [f"region = {self.region}"] if self.region else []
        if not shown:
            return f"没有查到:{asked}。" if zh else f"Nothing was found: {asked}."
        return f"没有查到:{asked}({';'.join(shown)})。" if zh else f"Nothing was found: {asked} ({'; '.join(shown)})."

    def _shown(self, name: str, zh: bool) -> str:
        """A value as it was asked, and what it was taken for where that is not the same."""
        value, asked = self.values[name], self.given.get(name)
        if asked is None:
            return f"{value}({'默认' if zh else 'default'})" if zh else f"{value} (default)"
        if asked == value:
            return value
        short = local_id(self.base, value)
        if asked == short:
            return asked
        return f"{asked}({short})" if zh else f"{asked} ({short})"


def answer(
    store: Store,
    query: SavedQuery,
    values: Mapping[str, str] | None = None,
    *,
    evidence: bool = False,
    page: int | None = None,
    region: str | None = None,
) -> Answer:
    """The answer of a saved question on a store; short values are looked up there.

    `evidence`: with the sentences that each row rests on. `page`: only so much of it, where the header cuts it into pages;
    None gives all of it. `region`: only of the plans of an area (a code, a name, an IRI) and of the areas within it.
    Raises `UsageError` for a parameter, value, page or area that the question does not take, `EmptyError` for an area
    without plans, `QueryError` for a question that gives no rows but triples or yes and no.
    """
    given = {name: value for name, value in (values or {}).items() if value is not None}
    resolved, shown, text = prepare(store, query, given, page, region)
    results = store.query(text)
    if not isinstance(results, ox.QuerySolutions):
        raise QueryError("a saved question is a SELECT query", where=query.path)
    names = tuple(variable.value for variable in results.variables)
    rows = tuple(tuple(row) for row in results)
    said = tuple(sentences(store, query, names, rows)) if evidence else None
    return Answer(query, given, resolved, names, rows, said, store.base, shown, region)


def prepare(
    store: Store, query: SavedQuery, given: Mapping[str, str], page: int | None = None, region: str | None = None
) -> tuple[dict[str, str], Page | None, str]:
    """The values with defaults, short ones looked up; the page, where there are several; and the SPARQL that asks for it.

    A page is a query like any other: what it goes through stands in it as VALUES; so do the plans of an area.
    """
    resolved = resolve_values(store, query, values_with_defaults(query, given))
    text = bind(query, resolved)
    plans = None if region is None else plans_within(store, query, resolved, region)
    shown = None if page is None else find_page(store, query, resolved, page, plans)
    through, values = (shown.by, shown.values) if shown else (PLAN, plans)
    parameter = query.parameter(through)
    if values is not None and parameter:
        text = narrow(text, parameter.variable, values)
    return resolved, shown, text
