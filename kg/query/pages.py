"""A question over a collection, page by page: what it goes through, in order, and the question of so much of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab
from kg.errors import UsageError
from kg.query.tokens import tokenise
from kg.store.querying import KNOWN_PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.query.saved import SavedQuery
    from kg.store.protocol import Store

PLAN = "plan"  # what most questions go through, and the parameter of that name
PLANS_BY_TITLE = f"""SELECT ?value WHERE {{
  {{ SELECT ?value (MIN(STR(?title)) AS ?first) WHERE {{
    ?value a <{vocab.plan("Plan")}> OPTIONAL {{ ?value <{vocab.DCTERMS_TITLE}> ?title }}
  }} GROUP BY ?value }}
}} ORDER BY ?first ?value"""
_NAMES = {PLAN: ("份规划", "plans"), "indicator": ("项指标", "indicators")}


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what a question goes through: what one page of its answer tells of."""

    by: str  # the parameter
    number: int  # from 1
    last: int  # the number of the last page
    start: int  # the first value's place among all, from 1
    total: int  # values in the store
    values: tuple[str, ...]  # the IRIs of this page

    def note(self, lang: str) -> str:
        """What the rows tell of, and how to see the others.

        >>> Page("plan", 2, 30, 51, 1500, ("…",) * 50).note("en")
        'page 2 of 30: plans 51 to 100 of 1,500 (--page 3 shows the next, --page all everything, --plan one)'
        >>> Page("plan", 30, 30, 1451, 1500, ("…",) * 50).note("zh")
        '第 30 页,共 30 页:1,500 份规划中的第 1,451 至 1,500 份(--page all 显示全部,--plan 只看一份)'
        """
        end = self.start + len(self.values) - 1
        zh, en = _NAMES.get(self.by, ("项", f"{self.by} values"))
        more = self.number < self.last
        if lang == "zh":
            following = f"--page {self.number + 1} 看下一页," if more else ""
            return (
                f"第 {self.number} 页,共 {self.last} 页:{self.total:,} {zh}中的第 {self.start:,} 至 {end:,} {zh[0]}"
                f"({following}--page all 显示全部,--{self.by} 只看一{zh[0]})"
            )
        following = f"--page {self.number + 1} shows the next, " if more else ""
        return (
            f"page {self.number} of {self.last}: {en} {self.start:,} to {end:,} of {self.total:,} "
            f"({following}--page all everything, --{self.by} one)"
        )

    def as_json(self) -> dict[str, object]:
        return {"number": self.number, "of": self.last, "by": self.by, "shown": len(self.values), "all": self.total}


def find_page(
    store: Store, query: SavedQuery, values: Mapping[str, str], number: int, plans: Sequence[str] | None = None
) -> Page | None:
    """A page of the answer of a question on a store, or on some of its plans; None where all of it is one page.

    That is so where the header has no `page`, where its parameter is given, and where the store has no more of them
    than a page holds. Raises `UsageError` for a page that is not there.
    """
    paging = query.page
    if paging is None or paging.by in values:
        if number != 1:
            raise UsageError(f"there is no page {number}", remedy="the answer is one page")
        return None
    order = PLANS_BY_TITLE if paging.order is None else _with_prefixes(paging.order)
    pages: list[list[str]] = [[]]
    weight = 0
    found = store.query(order) if plans is None else [(ox.NamedNode(plan),) for plan in plans]
    for value, *counted in found:
        weighs = int(counted[0].value) if counted else 1
        if pages[-1] and weight + weighs > paging.size:
            pages.append([])
            weight = 0
        pages[-1].append(value.value)
        weight += weighs
    last = len(pages)
    if not 1 <= number <= last:
        there = f"{last} pages: give 1 to {last}, or all" if last > 1 else "one page: leave --page out"
        raise UsageError(f"there is no page {number}", remedy=f"the answer has {there}")
    if last == 1:
        return None
    start = sum(map(len, pages[: number - 1])) + 1
    return Page(paging.by, number, last, start, sum(map(len, pages)), tuple(pages[number - 1]))


def _with_prefixes(text: str) -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in KNOWN_PREFIXES.items()) + text


def narrow(text: str, variable: str, iris: Sequence[str]) -> str:
    """A query's text whose variable can be none but these IRIs: VALUES in each group that has it in a pattern.

    In each, not at the head alone, since what stands in an inner SELECT or MINUS is computed for itself. It says
    nothing new where the groups are joined: the rows are those of the text whose variable is one of them.

    >>> narrow("SELECT ?t { ?t a ?c { ?t ?p ?__x } FILTER(?__x > 1) }", "__x", ["urn:1", "urn:2"])
    'SELECT ?t { ?t a ?c { VALUES ?__x { <urn:1> <urn:2> } ?t ?p ?__x } FILTER(?__x > 1) }'
    """
    tokens = tokenise(text)
    opened: list[int] = []  # where the brackets that are open begin
    heads: set[int] = set()
    for n, token in enumerate(tokens):
        if token.kind == "mark" and token.text in "({":
            opened.append(n)
        elif token.kind == "mark" and token.text in ")}" and opened:
            opened.pop()
        elif token.kind == "var" and token.text[1:] == variable and opened and tokens[opened[-1]].text == "{":
            heads.add(opened[-1])
    values = f" VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"
    return "".join(token.text + (values if n in heads else "") for n, token in enumerate(tokens))
