"""Query results as text: for people (table, md), and in the formats of the SPARQL 1.1 results recommendations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.jsonld import write_jsonld
from kg.export.names import prefixed, relative
from kg.export.turtle import write_turtle
from kg.reason.facts import Fact
from kg.vocab import DEFAULT_BASE, PREFIXES

RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl")
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_CELL = 100  # columns of the screen that one cell of a table may take
_OXIGRAPH = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


def render(
    results: Results, format: str = "table", base: str = DEFAULT_BASE, labels: Mapping[str, str] | None = None
) -> str:
    """The results as text that ends with a line end.

    Rows stay in the order of the query. `base` is what IRIs are shown without in tables, `labels` (variable → heading)
    what stands above their columns. Triples (CONSTRUCT, DESCRIBE)
    are tables of three columns, Turtle, JSON-LD for json, or RDF/XML for xml; a truth value (ASK) is `true` or `false`.

    Raises `UsageError` for a format that such results do not have.

    >>> rows = ox.Store().query("SELECT ?agency ?n { VALUES (?agency ?n) { ('区科协' 12) ('区教体局' 3) } }")
    >>> print(render(rows), end="")
    agency    n
    --------  ---
    区科协    12
    区教体局  3
    """
    if format not in RESULT_FORMATS:
        raise UsageError(f"there is no result format {format!r}", remedy=f"use one of {' '.join(RESULT_FORMATS)}")
    if isinstance(results, ox.QueryBoolean):
        return _truth(results, format)
    if isinstance(results, ox.QueryTriples):
        return _triples(results, format, base)
    if format == "ttl":
        raise UsageError("rows are no graph", remedy="use table, csv, tsv, json, xml or md, or ask with CONSTRUCT")
    if format in _OXIGRAPH:
        return _ended(results.serialize(format=_OXIGRAPH[format]).decode())
    names = [variable.value for variable in results.variables]
    rows = ([shorten(row[name], base) for name in names] for row in results)
    heads = [(labels or {}).get(name, name) for name in names]
    return _table(heads, rows) if format == "table" else _markdown(heads, rows)


def render_rows(heads: list[str], rows: Iterable[list[str]], format: str = "table") -> str:
    """Rows that are text already as a table for people, Markdown, or CSV (RFC 4180).

    >>> print(render_rows(["规划", "任务"], [["东湖区", "29"]], "csv"), end="")
    规划,任务
    东湖区,29
    """
    if format == "csv":
        import csv
        import io

        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([heads, *rows])
        return text.getvalue()
    if format not in ("table", "md"):
        raise UsageError(f"there is no format {format!r} for rows", remedy="use table, md or csv")
    return _table(heads, rows) if format == "table" else _markdown(heads, rows)


def _truth(result: ox.QueryBoolean, format: str) -> str:
    if format in ("json", "xml"):
        return _ended(result.serialize(format=_OXIGRAPH[format]).decode())
    if format == "ttl":
        raise UsageError("yes or no is no graph", remedy="use table, json or xml")
    return "true\n" if result else "false\n"


def _triples(results: ox.QueryTriples, format: str, base: str) -> str:
    triples = sorted({(str(t.subject), str(t.predicate), str(t.object)): t for t in results}.items())
    facts: list[Fact] = [fact for fact, _ in triples]
    if format in ("ttl", "json"):
        return write_turtle(facts, base) if format == "ttl" else write_jsonld(facts, base)
    if format == "xml":
        return _rdf_xml([triple for _, triple in triples])
    names = ["subject", "predicate", "object"]
    if format in ("csv", "tsv"):
        return _separated(names, facts, format)
    shown = ([shorten(term, base) for term in triple] for _, triple in triples)
    return _table(names, shown) if format == "table" else _markdown(names, shown)


def _rdf_xml(triples: list[ox.Triple]) -> str:
    """RDF/XML 1.1, section 7.2: a property is an element, so its IRI has to end in an XML name."""
    nameless = [t.predicate.value for t in triples if not re.search(r"[^\W\d][\w.-]*\Z", t.predicate.value)]
    if nameless:
        raise UsageError(f"RDF/XML cannot write the property {nameless[0]}", remedy="use ttl or json")
    return _ended(ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES).decode())


def _separated(names: list[str], facts: Iterable[Fact], format: str) -> str:
    """Triples as rows, in the same dialects as rows (SPARQL 1.1 Query Results CSV and TSV Formats)."""
    memory = ox.Store()
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in facts).encode()
    memory.load(text, format=ox.RdfFormat.N_TRIPLES)
    query = f"SELECT {' '.join('?' + name for name in names)} {{ ?subject ?predicate ?object }} ORDER BY ?subject ?predicate ?object"
    rows = memory.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return _ended(rows.serialize(format=_OXIGRAPH[format]).decode())


def shorten(term: object, base: str = DEFAULT_BASE) -> str:
    """A term for people: IRIs short, literals without quotes and datatypes, nothing for what is unbound.

    >>> shorten(ox.NamedNode("https://w3id.org/plankg/id/agency/360102/science-association"))
    'agency/360102/science-association'
    """
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return prefixed(term.value) or relative(term.value, base) or term.value
    return term.value if isinstance(term, ox.Literal) else str(term)


def _table(names: list[str], rows: Iterable[list[str]]) -> str:
    import tabulate

    cells = [[_clip(_one_line(cell)) for cell in row] for row in rows]
    # Widths by wcwidth, which tabulate uses where it is installed; numbers stay as they are written.
    text = tabulate.tabulate(cells, headers=names, tablefmt="simple", disable_numparse=True)
    return "".join(line.rstrip() + "\n" for line in text.split("\n"))


def _markdown(names: list[str], rows: Iterable[list[str]]) -> str:
    lines = [names, ["---"] * len(names), *([_in_markdown(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _in_markdown(cell: str) -> str:
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", _one_line(cell))


def _one_line(text: str) -> str:
    """Without line ends and other controls, which could also move a terminal's cursor."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else " " if c.isspace() else "\ufffd" for c in text)


def _clip(text: str) -> str:
    if len(text) * 2 <= _CELL:
        return text
    width = 0
    for place, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _CELL:
            return text[: place - 1] + "…"
    return text


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"
