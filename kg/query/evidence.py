"""The sentences that the rows of an answer rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab
from kg.query.saved import SavedQuery
from kg.query.tokens import tokenise
from kg.sentences import sentence_around

if TYPE_CHECKING:
    from kg.store.protocol import Store

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = Sequence[Term | None]
PASSAGE = "passage"  # the variable of an evidence pattern
_AT_ONCE = 1000  # values in one query


@dataclass(frozen=True, slots=True)
class _Place:
    source: str
    start: int
    end: int
    sentence: str


def evidence_columns(query: SavedQuery) -> tuple[str, ...]:
    """The columns that bear the evidence: those that the header names, else those that are called passage.

    >>> from kg.query import find_query
    >>> evidence_columns(find_query("tasks-without-lead"))
    ('passage',)
    """
    if isinstance(query.evidence, tuple):
        return query.evidence
    return tuple(name for name in query.columns if name.lower().endswith(PASSAGE))


def sentences(store: Store, query: SavedQuery, names: Sequence[str], rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """For each row the sentences that it rests on, in the order of the text, each once.

    A passage stands for the sentence of the source text that it lies in; anything else for the sentences of its
    `plan:evidence`. Which columns bear the evidence says the header (`evidence`: names of columns, or a graph pattern
    that leads from them to `?passage`). Where it says nothing it is the columns called passage, and where a row has none
    there, the things that it names other than its plan. A row that says that something is absent has no sentence.
    """
    found: list[set[str]] = [set() for _ in rows]
    if isinstance(query.evidence, str):
        found = _by_pattern(store, query.evidence, names, rows)
    else:
        borne = evidence_columns(query)
        others = () if isinstance(query.evidence, tuple) else [n for n in names if n not in borne and n != "plan"]
        for columns in (borne, others):
            lacking = [n for n, passages in enumerate(found) if not passages]
            things = {n: _iris(rows[n], names, columns) for n in lacking}
            own = _passages_of(store, {iri for iris in things.values() for iri in iris})
            for n, iris in things.items():
                found[n] = {passage for iri in iris for passage in own.get(iri, ())}
    places = _places(store, {passage for passages in found for passage in passages})
    return [_in_order(places[p] for p in passages if p in places) for passages in found]


def _iris(row: Row, names: Sequence[str], columns: Iterable[str]) -> list[str]:
    wanted = set(columns)
    return [
        t.value
        for name, t in zip(names, row, strict=True)
        if name in wanted and isinstance(t, ox.NamedNode) and t.value
    ]


def _in_order(places: Iterable[_Place]) -> tuple[str, ...]:
    """The sentences of some places in the order of the text; one that another holds says nothing more."""
    ordered = sorted(places, key=lambda p: (p.source, p.start, -p.end))
    said = list(dict.fromkeys(place.sentence for place in ordered))
    return tuple(s for s in said if not any(s in other and s != other for other in said))


def _parts(values: Iterable[str]) -> Iterator[str]:
    """The values in the text of a VALUES clause, so many at a time."""
    ordered = sorted(values)
    for n in range(0, len(ordered), _AT_ONCE):
        yield " ".join(ordered[n : n + _AT_ONCE])


def _passages_of(store: Store, things: set[str]) -> dict[str, set[str]]:
    """Thing → its passages; a passage is its own."""
    found: dict[str, set[str]] = {}
    for part in _parts(f"<{iri}>" for iri in things):
        text = f"""SELECT ?thing ?passage {{
          {{ VALUES ?thing {{ {part} }} ?thing <{vocab.plan("evidence")}> ?passage }}
          UNION {{ VALUES ?thing {{ {part} }} ?thing <{vocab.OA_EXACT}> ?exact BIND(?thing AS ?passage) }}
        }}"""
        for thing, passage in store.query(text):
            found.setdefault(thing.value, set()).add(passage.value)
    return found


def pattern_query(pattern: str, columns: Sequence[str], rows: Iterable[Row] = ()) -> str:
    """The query that leads from rows to their passages; without rows the one that the linter reads."""
    written = sorted({"(" + " ".join(map(str, row)) + ")" for row in rows})
    heads = " ".join(f"?{name}" for name in columns)
    values = f"VALUES ({heads}) {{ {' '.join(written)} }} " if columns else ""
    return f"SELECT DISTINCT {heads} ?{PASSAGE} {{ {values}{pattern}\n }}"


def pattern_columns(pattern: str, names: Iterable[str]) -> list[str]:
    """The columns that an evidence pattern speaks of."""
    spoken = {token.text[1:] for token in tokenise(pattern) if token.kind == "var"}
    return [name for name in names if name in spoken and name != PASSAGE]


def _by_pattern(store: Store, pattern: str, names: Sequence[str], rows: Sequence[Row]) -> list[set[str]]:
    columns = pattern_columns(pattern, names)
    keys = [tuple(row[names.index(name)] for name in columns) for row in rows]
    usable = list({key: None for key in keys if not any(t is None or isinstance(t, ox.BlankNode) for t in key)})
    found: dict[tuple[Term | None, ...], set[str]] = {}
    for n in range(0, len(usable), _AT_ONCE):
        for solution in store.query(pattern_query(pattern, columns, usable[n : n + _AT_ONCE])):
            *key, passage = solution
            if isinstance(passage, ox.NamedNode):
                found.setdefault(tuple(key), set()).add(passage.value)
    return [set(found.get(key, ())) for key in keys]


def _places(store: Store, passages: set[str]) -> dict[str, _Place]:
    said: dict[str, tuple[str, str, int, int]] = {}
    for part in _parts(f"<{iri}>" for iri in passages):
        text = f"""SELECT ?passage ?exact ?source ?start ?end {{
          VALUES ?passage {{ {part} }}
          ?passage <{vocab.OA_EXACT}> ?exact ; <{vocab.OA_START}> ?start ; <{vocab.OA_END}> ?end ;
            <{vocab.PROV_WAS_QUOTED_FROM}> ?source .
        }}"""
        for passage, exact, source, start, end in store.query(text):
            said[passage.value] = exact.value, source.value, int(start.value), int(end.value)
    texts: dict[str, str] = {}
    for part in _parts({f"<{source}>" for _, source, _, _ in said.values()}):
        text = f"SELECT ?source ?text {{ VALUES ?source {{ {part} }} ?source <{vocab.plan('sourceText')}> ?text }}"
        texts.update({source.value: text.value for source, text in store.query(text)})
    return {
        passage: _Place(source, start, end, sentence_around(texts[source], start, end) if source in texts else exact)
        for passage, (exact, source, start, end) in said.items()
    }
