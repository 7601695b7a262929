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
from kg.export.results import RESULT_FORMATS, render

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


@pytest.mark.parametrize("format", [f for f in RESULT_FORMATS if f not in ("ttl", "json", "xml")])
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
