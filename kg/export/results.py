"""Query results for people (table, md, html, xlsx), and in the formats of the SPARQL 1.1 results recommendations."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyoxigraph as ox

from kg import vocab
from kg.errors import UsageError
from kg.export.fitting import fit, screen_width, wrap
from kg.export.jsonld import write_jsonld
from kg.export.names import prefixed, relative
from kg.export.page import Cell, write_page
from kg.export.turtle import write_turtle
from kg.reason.facts import Fact
from kg.sheet import table_bytes
from kg.vocab import DEFAULT_BASE, PREFIXES

RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "md", "ttl", "html", "xlsx")
# Formats that have no place for what is to be said under the rows.
WORDLESS = frozenset({"csv", "tsv", "xml", "ttl"})
ABOUT = "x-plankg"  # what is ours in the head of SPARQL results in JSON: readers pass over it


@dataclass(frozen=True, slots=True)
class Rows:
    """Solutions at hand: names of the variables, and terms in their order."""

    names: Sequence[str]
    terms: Sequence[Sequence[object]]


Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Rows

_CELL = 100  # columns of the screen that one cell of a table may take
_OXIGRAPH = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}


def render(
    results: Results,
    format: str = "table",
    base: str = DEFAULT_BASE,
    labels: Mapping[str, str] | None = None,
    *,
    lang: str = "zh",
    width: int | None = None,
    caption: str = "",
    notes: Sequence[str] = (),
    about: Mapping[str, object] | None = None,
) -> str:
    """The results as text that ends with a line end.

    Rows stay in the order of the query. `base` is what IRIs are shown without in tables, `labels` (variable → heading)
    what stands above their columns, `width` the columns of a terminal that a table is to fit, `caption` and `notes` what
    people read above and under the rows; `about` goes into the head of JSON. Triples (CONSTRUCT, DESCRIBE)
    are tables of three columns, Turtle, JSON-LD for json, or RDF/XML for xml; a truth value (ASK) is `true` or `false`.

    Raises `UsageError` for a format that such results do not have.

    >>> rows = ox.Store().query("SELECT ?agency ?n { VALUES (?agency ?n) { ('区科协' 12) ('区教体局' 3) } }")
    >>> print(render(rows), end="")
    agency    n
    --------  ---
    区科协    12
    区教体局  3
    """
    if format not in RESULT_FORMATS or format == "xlsx":
        raise UsageError(f"there is no result format {format!r}", remedy=f"use one of {' '.join(RESULT_FORMATS[:-1])}")
    if isinstance(results, ox.QueryBoolean):
        return _truth(results, format)
    if isinstance(results, ox.QueryTriples):
        if format != "html":
            return _triples(results, format, base, width, lang)
        results = _triple_rows(results)
    if format == "ttl":
        others = ", ".join(name for name in RESULT_FORMATS if name != "ttl")
        raise UsageError("rows are no graph", remedy=f"use one of {others}, or ask with CONSTRUCT")
    if format in _OXIGRAPH:
        if isinstance(results, ox.QuerySolutions):
            return _ended(results.serialize(format=_OXIGRAPH[format]).decode())
        text = _json(results, about)
        if format == "json":
            return text
        return _ended(
            ox.parse_query_results(text.encode(), ox.QueryResultsFormat.JSON)
            .serialize(format=_OXIGRAPH[format])
            .decode()
        )
    table = results if isinstance(results, Rows) else rows_of(results)
    heads = [(labels or {}).get(name, name) for name in table.names]
    if format == "html":
        cells = [[_html_cell(term, base) for term in row] for row in table.terms]
        return write_page(heads, cells, lang=lang, caption=caption, notes=notes)
    shown = [[shorten(term, base) for term in row] for row in table.terms]
    if format == "md":
        return _markdown(heads, shown) + "".join(f"\n{note}\n" for note in notes)
    under = ["\n".join(wrap(note, width)) if width else note for note in notes]
    return _table(heads, shown, width, _of_iris(table), lang) + "".join(f"\n{note}\n" for note in under)


def render_bytes(results: Results, format: str = "table", base: str = DEFAULT_BASE, **options: object) -> bytes:
    """The results as the bytes of a file; see `render`, whose text is in UTF-8, and besides an .xlsx that runs no formula."""
    if format != "xlsx":
        return render(results, format, base, **options).encode()  # type: ignore[arg-type]
    if isinstance(results, ox.QueryBoolean):
        raise UsageError("yes or no is no table", remedy="use table, json or xml")
    table = (
        results
        if isinstance(results, Rows)
        else _triple_rows(results)
        if isinstance(results, ox.QueryTriples)
        else rows_of(results)
    )
    labels, notes = options.get("labels") or {}, options.get("notes") or ()
    assert isinstance(labels, Mapping)
    assert isinstance(notes, Sequence)
    heads = [labels.get(name, name) for name in table.names]
    cells = [[_sheet_cell(term, base) for term in row] for row in table.terms]
    widths = [
        min(60, 2 + max(screen_width(_one_line(str(value))) for value in column))
        for column in zip(heads, *cells, strict=True)
    ]
    zh = options.get("lang", "zh") == "zh"
    return table_bytes(
        ".xlsx", heads, cells, widths=widths, name="结果" if zh else "results", notes=("说明" if zh else "notes", notes)
    )


def rows_of(results: ox.QuerySolutions) -> Rows:
    """The solutions as values that can be read more than once."""
    return Rows([variable.value for variable in results.variables], [list(row) for row in results])


def _json(rows: Rows, about: Mapping[str, object] | None) -> str:
    """SPARQL 1.1 Query Results JSON Format; what is ours stands in the head, where every reader passes over it."""
    head = {"vars": list(rows.names), **({ABOUT: about} if about else {})}
    bindings = [
        {name: _as_json(term) for name, term in zip(rows.names, row, strict=True) if term is not None}
        for row in rows.terms
    ]
    return json.dumps({"head": head, "results": {"bindings": bindings}}, ensure_ascii=False) + "\n"


def _as_json(term: object) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, ox.Literal):
        raise UsageError("a row holds a triple, which SPARQL 1.1 results cannot carry", remedy="use table or md")
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value != vocab.XSD_STRING:
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    return {"type": "literal", "value": term.value}


_NUMBERS = frozenset({vocab.XSD_INTEGER, vocab.XSD_DECIMAL, vocab.XSD + "double", vocab.XSD + "float"})


def _html_cell(term: object, base: str) -> Cell:
    text = "".join(c if c.isprintable() or c in "\n\u3000" else " " for c in shorten(term, base))
    link = term.value if isinstance(term, ox.NamedNode) else ""
    return Cell(text, link, isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS)


def _sheet_cell(term: object, base: str) -> str | int | Decimal | date:
    """Numbers and days that a spreadsheet can reckon with; 15 digits are all that it keeps."""
    if isinstance(term, ox.Literal):
        kind, text = term.datatype.value, term.value
        if kind in (vocab.XSD_INTEGER, vocab.XSD_DECIMAL) and re.fullmatch(r"-?\d{1,15}", text):
            return int(text)
        if kind == vocab.XSD_DECIMAL and len(text) <= 15:
            return Decimal(text)
        if kind == vocab.XSD_DATE and re.fullmatch(r"(?:19|20|21)\d\d-\d\d-\d\d", text):
            return date.fromisoformat(text)
    return term.value if isinstance(term, ox.NamedNode) else shorten(term, base)


def _of_iris(rows: Rows) -> set[int]:
    """The columns of nothing but IRIs, which tell a reader least."""
    found = set()
    for n in range(len(rows.names)):
        terms = [row[n] for row in rows.terms if row[n] is not None]
        if terms and all(isinstance(term, ox.NamedNode) for term in terms):
            found.add(n)
    return found


def render_rows(
    heads: list[str], rows: Iterable[list[str]], format: str = "table", width: int | None = None, lang: str = "zh"
) -> str:
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
    return _table(heads, list(rows), width, (), lang) if format == "table" else _markdown(heads, rows)


def _truth(result: ox.QueryBoolean, format: str) -> str:
    if format in ("json", "xml"):
        return _ended(result.serialize(format=_OXIGRAPH[format]).decode())
    if format in ("ttl", "html"):
        raise UsageError("yes or no is no graph and no table", remedy="use table, json or xml")
    return "true\n" if result else "false\n"


def _triple_rows(results: ox.QueryTriples) -> Rows:
    found = {(str(t.subject), str(t.predicate), str(t.object)): t for t in results}
    return Rows(["subject", "predicate", "object"], [list(found[key]) for key in sorted(found)])


def _triples(results: ox.QueryTriples, format: str, base: str, width: int | None, lang: str) -> str:
    triples = sorted({(str(t.subject), str(t.predicate), str(t.object)): t for t in results}.items())
    facts: list[Fact] = [fact for fact, _ in triples]
    if format in ("ttl", "json"):
        return write_turtle(facts, base) if format == "ttl" else write_jsonld(facts, base)
    if format == "xml":
        return _rdf_xml([triple for _, triple in triples])
    names = ["subject", "predicate", "object"]
    if format in ("csv", "tsv"):
        return _separated(names, facts, format)
    shown = [[shorten(term, base) for term in triple] for _, triple in triples]
    return _table(names, shown, width, (), lang) if format == "table" else _markdown(names, shown)


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


def _table(
    names: list[str], rows: Sequence[Sequence[str]], width: int | None, spare: Collection[int], lang: str
) -> str:
    """Within a width everything is there, on several lines where need be; without one each row is one line, long cells clipped."""
    if width:
        fitted = fit(names, [[_lines(cell) for cell in row] for row in rows], width, spare)
        if not fitted.left_out:
            return fitted.text
        joined = ("、" if lang == "zh" else ", ").join(fitted.left_out)
        said = (
            f"未显示:{joined}(窗口更宽或用 -f csv 时可见)"
            if lang == "zh"
            else f"Not shown: {joined} (a wider window or -f csv shows them)"
        )
        return "\n".join([fitted.text, *wrap(said, width), ""])
    import tabulate

    cells = [[_clip(_one_line(cell)) for cell in row] for row in rows]
    # Widths by wcwidth, which tabulate uses where it is installed; numbers stay as they are written.
    text = tabulate.tabulate(cells, headers=names, tablefmt="simple", disable_numparse=True)
    return "".join(line.rstrip() + "\n" for line in text.split("\n"))


def _lines(text: str) -> str:
    return "\n".join(_one_line(line) for line in text.split("\n"))


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
