"""Query results as text."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from wcwidth import wcswidth

from kg.errors import UsageError
from kg.export.results import ABOUT, RESULT_FORMATS, Rows, render, render_bytes, rows_of

BASE = "https://w3id.org/plankg/id/"
ROWS = f"""
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?task ?title ?n ?none {{ VALUES (?task ?title ?n ?none) {{
  (<{BASE}plan/x/2-3-9> "对接“技能中国行动”"@zh 15.80 UNDEF)
  (<https://example.org/y> "a|b\\nc" "007" UNDEF)
}} }}
"""


def query(text, *statements):
    store = ox.Store()
    for statement in statements:
        store.update(f"INSERT DATA {{ {statement} }}")
    return store.query(text)


def test_a_table_lines_up_on_the_screen_with_short_iris_and_bare_literals():
    lines = render(query(ROWS), "table").splitlines()
    assert lines[2].split() == ["plan/x/2-3-9", "对接“技能中国行动”", "15.8"]
    assert "a|b c" in lines[3]
    assert "007" in lines[3]
    columns = {wcswidth(line[: line.index(value)]) for line, value in ((lines[2], "15.8"), (lines[3], "007"))}
    assert len(columns) == 1


def test_a_long_cell_is_clipped_in_a_table_and_whole_elsewhere():
    text = "规划" * 200
    assert "…" in render(query(f"SELECT ?t {{ BIND('{text}' AS ?t) }}"), "table")
    for format in ("csv", "tsv", "json", "xml", "md"):
        assert text in render(query(f"SELECT ?t {{ BIND('{text}' AS ?t) }}"), format)


def test_nothing_in_a_table_moves_the_cursor():
    shown = render(query("SELECT ?t { BIND('x\\u001b[2Jy\\rz' AS ?t) }"), "table")
    assert "\x1b" not in shown
    assert "\r" not in shown


def test_markdown_escapes_what_would_break_the_row():
    lines = render(query(ROWS), "md").splitlines()
    assert lines[:2] == ["| task | title | n | none |", "| --- | --- | --- | --- |"]
    assert "a\\|b c" in lines[3]
    assert len(lines) == 4


def test_csv_json_xml_and_tsv_are_the_standard_ones():
    rows = list(csv.reader(io.StringIO(render(query(ROWS), "csv"))))
    assert rows[0] == ["task", "title", "n", "none"]
    assert rows[2] == ["https://example.org/y", "a|b\nc", "007", ""]
    assert json.loads(render(query(ROWS), "json"))["head"]["vars"] == ["task", "title", "n", "none"]
    for format in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.TSV):
        text = render(query(ROWS), {"srj": "json", "srx": "xml"}.get(format.file_extension, "tsv"))
        assert next(ox.parse_query_results(text, format))["task"].value == f"{BASE}plan/x/2-3-9"


@pytest.mark.parametrize("format", [f for f in RESULT_FORMATS if f not in ("ttl", "json", "xml", "html", "xlsx")])
def test_ask_is_true_or_false(format):
    assert render(query("ASK {}"), format) == "true\n"
    assert render(query("ASK { ?s ?p ?o }"), format) == "false\n"


def test_ask_is_json_and_xml_by_the_standard():
    assert json.loads(render(query("ASK {}"), "json"))["boolean"] is True
    assert ox.parse_query_results(render(query("ASK {}"), "xml"), ox.QueryResultsFormat.XML)


def test_triples_are_turtle_json_ld_or_a_table_and_the_same_each_time():
    statements = [f"<{BASE}plan/x> <http://purl.org/dc/terms/title> '规划{n}'@zh" for n in range(3)]
    construct = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    for format in ("ttl", "json", "table", "md", "csv", "tsv"):
        texts = {render(query(construct, *order), format) for order in (statements, statements[::-1])}
        assert len(texts) == 1
        assert "规划2" in texts.pop()
    turtle = render(query(construct, *statements), "ttl")
    assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == 3


def test_made_up_blank_nodes_can_be_written():
    construct = "CONSTRUCT { [] <x:p> ?o } { ?s ?p ?o }"
    for format, parser in (("ttl", ox.RdfFormat.TURTLE), ("json", ox.RdfFormat.JSON_LD)):
        text = render(query(construct, "<x:s> <x:p> <x:o>, <x:q>"), format)
        assert len(list(ox.parse(text, format=parser))) == 2


@pytest.mark.parametrize(
    ("text", "format"), [(ROWS, "ttl"), ("ASK {}", "ttl"), ("CONSTRUCT { <x:s> <x:1> 1 } {}", "xml"), (ROWS, "xlsx")]
)
def test_a_format_that_such_results_do_not_have_is_a_usage_error(text, format):
    with pytest.raises(UsageError):
        render(query(text), format)


def test_no_rows_are_a_head_alone():
    empty = "SELECT ?task ?lead { ?task ?p ?lead }"
    assert render(query(empty), "table").split() == ["task", "lead", "------", "------"]
    assert render(query(empty), "csv").split() == ["task,lead"]
    assert render(query(empty), "md").count("\n") == 2


def test_triples_are_rdf_xml_that_another_parser_reads_back():
    statement = '<https://example.org/x> <http://purl.org/dc/terms/title> "对接“技能中国行动”"@zh'
    text = render(query("CONSTRUCT WHERE { ?s ?p ?o }", statement), "xml")
    assert [triple.n3() for triple in rdflib.Graph().parse(data=text, format="xml").objects()] == [
        '"对接“技能中国行动”"@zh'
    ]


# ---------------------------------------------------------------- rows at hand, pages, spreadsheets

HOSTILE = ['=HYPERLINK("http://evil")', "+1", "-1", "@SUM(1)", "\t=1", "＝1", "<script>alert(1)</script>", "a & b"]


def hostile():
    lit = [[ox.Literal(text), ox.NamedNode("https://example.org/?a=1&b=2")] for text in HOSTILE]
    return Rows(["text", "iri"], lit)


def test_rows_at_hand_are_written_as_the_engine_writes_them():
    engine = query(ROWS)
    ours = rows_of(query(ROWS))
    for form in ("csv", "tsv", "xml", "table", "md"):
        assert render(ours, form) == render(query(ROWS), form)
    assert json.loads(render(ours, "json")) == json.loads(render(engine, "json"))


def test_what_is_ours_in_json_is_passed_over_by_every_reader():
    text = render(rows_of(query(ROWS)), "json", about={"limits": {"zh": "无", "en": "none"}, "values": {}})
    assert json.loads(text)["head"][ABOUT]["limits"]["zh"] == "无"
    said = [[row[n] for n in range(4)] for row in query(ROWS)]
    assert [[row[n] for n in range(4)] for row in ox.parse_query_results(text, ox.QueryResultsFormat.JSON)] == said
    theirs = rdflib.query.Result.parse(io.BytesIO(text.encode()), format="json")
    assert [str(row.task) for row in theirs] == [row[0].value for row in said]


def test_a_page_is_whole_and_escaped():
    from lxml import html

    text = render(hostile(), "html", caption="问题 <1>", notes=["没有查到 & 说明"], labels={"text": "文字"})
    page = html.document_fromstring(text)
    assert page.get("lang") == "zh-Hans"
    assert page.xpath("//caption/text()") == ["问题 <1>"]
    assert page.xpath("//th/text()") == ["文字", "iri"]
    assert [cell.text_content() for cell in page.xpath("//td[1]")] == [*HOSTILE[:4], " =1", *HOSTILE[5:]]
    assert page.xpath("//td/a/@href")[0] == "https://example.org/?a=1&b=2"
    assert page.xpath("//p/text()") == ["没有查到 & 说明"]
    assert not page.xpath("//script | //link | //img | //@onclick")
    assert "http-equiv" in text
    assert text == render(hostile(), "html", caption="问题 <1>", notes=["没有查到 & 说明"], labels={"text": "文字"})


def test_a_link_of_another_scheme_is_no_link():
    rows = Rows(["x"], [[ox.NamedNode("javascript:alert(1)")], [ox.NamedNode("urn:x")]])
    assert "<a " not in render(rows, "html")


def test_a_spreadsheet_runs_no_formula_and_has_numbers_and_days():
    from openpyxl import load_workbook

    def literal(text, kind):
        return ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))

    rows = hostile()
    numbers = [literal("12", "integer"), literal("17.5", "decimal"), literal("2025-12-31", "date")]
    data = render_bytes(rows, "xlsx", notes=["=1+1"], lang="zh")
    assert data == render_bytes(rows, "xlsx", notes=["=1+1"], lang="zh")
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "＝")))
    assert [sheet.title for sheet in book] == ["结果", "说明"]
    sheet = load_workbook(io.BytesIO(render_bytes(Rows(["a", "b", "c"], [numbers]), "xlsx"))).active
    assert [cell.value for cell in sheet[2]][:2] == [12, 17.5]
    assert sheet["C2"].is_date
    long = Rows(["n"], [[literal("12345678901234567890", "integer")]])
    assert load_workbook(io.BytesIO(render_bytes(long, "xlsx"))).active["A2"].value == "12345678901234567890"


def test_triples_are_a_page_and_a_spreadsheet_too():
    text = f"CONSTRUCT {{ <{BASE}plan/x> <http://purl.org/dc/terms/title> '规划' }} WHERE {{}}"
    assert "规划" in render(query(text), "html")
    assert render_bytes(query(text), "xlsx")[:2] == b"PK"
    with pytest.raises(UsageError):
        render_bytes(query("ASK {}"), "xlsx")


def test_a_narrow_table_hides_nothing_in_silence():
    rows = Rows(["title", "plan"], [[ox.Literal("东湖区" * 12), ox.NamedNode(f"{BASE}plan/{'x' * 30}")]])
    text = render(rows, "table", BASE, width=60)
    assert "未显示:plan" in text
    assert "plan/xxx" not in text
    assert text.count("东湖区") == 12
    assert "未显示" not in render(rows, "table", BASE)
