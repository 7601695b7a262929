"""stats, show, query, sparql and schema."""

from __future__ import annotations

import csv
import io
import json
import subprocess

import pytest

from .conftest import PROGRAM, environment

PLAN = "360102-2021-d3598686"


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_the_summary_is_the_same_in_every_form(kg, store):
    table = rows(kg("stats", "-f", "csv", "--lang", "zh").out)
    said = json.loads(kg("stats", "-f", "json").out)
    assert len(table) == 6
    assert [row[0] for row in table[1:]] == [plan["title"] for plan in said]
    assert table[0][0] == "规划"
    assert rows(kg("stats", "-f", "csv", "--lang", "en").out)[0][0] == "plan"
    for form in ("table", "md"):
        assert all(plan["title"] in kg("stats", "-f", form).out for plan in said)


def test_the_language_comes_from_the_option_the_variable_or_the_locale(kg, store, monkeypatch):
    assert kg("stats").out.startswith("plan ")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert kg("stats").out.startswith("规划")
    monkeypatch.setenv("KG_LANG", "en")
    assert kg("stats").out.startswith("plan ")
    assert kg("stats", "--lang", "zh").out.startswith("规划")


def test_the_store_comes_from_the_option_the_variable_or_the_folder_at_hand(kg, store, monkeypatch):
    assert kg("stats").status == 0
    monkeypatch.setenv("KG_STORE", "elsewhere")
    assert "elsewhere: there is no store here" in kg("stats").err
    assert kg("stats", "--store", store).status == 0
    monkeypatch.setenv("KG_ENDPOINT", "http://127.0.0.1:1")
    assert kg("stats", "--store", store).status == 0
    assert kg("stats", "--store", store, "--endpoint", "http://127.0.0.1:1").status == 2


@pytest.mark.parametrize("name", ["file", "folder"])
def test_what_is_no_store_is_left_alone(kg, tmp_path, plan, name):
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "letter").write_text("x", "utf-8")
    for command in (["stats"], ["build", plan], ["infer"]):
        assert kg(*command, "--store", name).status == 5
    assert (tmp_path / "file").read_text("utf-8") == "x"
    assert [file.name for file in (tmp_path / "folder").iterdir()] == ["letter"]


@pytest.mark.parametrize("reference", [PLAN, f"plan/{PLAN}", f"https://w3id.org/plankg/id/plan/{PLAN}"])
def test_a_thing_is_shown_with_its_sentences(kg, store, reference):
    done = kg("show", reference, "--lang", "zh")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("规划 东湖区")
    assert json.loads(kg("show", reference, "-f", "json").out)["iri"].endswith(PLAN)


@pytest.mark.parametrize("reference", ["没有这个", "", "99999"])
def test_a_thing_that_is_not_there_is_said_so(kg, store, reference):
    done = kg("show", reference)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("kg: ")


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_saved_questions_are_listed_without_a_store(kg, form):
    done = kg("query", "-f", form)
    assert (done.status, done.err) == (0, "")
    assert "tasks-of-plan" in done.out
    assert kg("query", "-f", "xml").status == 2


@pytest.mark.parametrize("arguments", [["--help"], ["-h", "--lang=zh"], ["--plan", "东湖", "--help"]])
def test_the_help_of_a_question_tells_its_parameters(kg, arguments):
    done = kg("query", "tasks-of-plan", *arguments)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("kg query tasks-of-plan [--plan …]\n")
    assert ("参数:" if "--lang=zh" in arguments else "Parameters:") in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["task-of-plan"], "did you mean tasks-of-plan"),
        (["zzzz"], "there is no saved query zzzz"),
        (["--plan", "东湖", "tasks-of-plan"], "--plan stands before the name of a question"),
        (["tasks-of-plan", "--plam", "东湖"], "has no parameter plam"),
        (["tasks-of-plan", "--plan"], "--plan has no value"),
        (["tasks-of-plan", "--plan", "a", "--plan=b"], "--plan is given twice"),
        (["tasks-of-plan", "东湖"], "'东湖' is no parameter"),
        (["tasks-of-plan", "--plan", "火星"], "'火星'"),
        (["tasks-of-plan", "--plan", ""], "empty"),
        (["plans", "-f", "ttl"], "rows are no graph (use one of table, csv, tsv, json, xml, md, html, xlsx, or ask"),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_usage_error(kg, store, arguments, says):
    done = kg("query", *arguments)
    assert (done.status, done.out) == (2, "")
    assert says in done.err


def test_a_question_is_asked_with_short_values_in_every_form(kg, store):
    table = rows(kg("query", "tasks-of-plan", "--plan", "东湖", "-f", "csv").out)
    assert len(table) > 29
    assert table == rows(kg("query", "tasks-of-plan", f"--plan={PLAN}", "-f", "csv").out)
    assert len(json.loads(kg("query", "tasks-of-plan", "--plan", "东湖", "-f", "json").out)["results"]["bindings"]) == (
        len(table) - 1
    )
    for form in ("table", "tsv", "xml", "md"):
        assert "将弘扬科学精神贯穿于育人全链条" in kg("query", "tasks-of-plan", "--plan", "东湖", "-f", form).out


def test_the_bound_query_can_be_printed_and_gives_the_same_rows(kg, store):
    printed = kg("query", "tasks-of-plan", "--plan", "东湖", "--print")
    assert PLAN in printed.out
    asked = kg("sparql", printed.out, "-f", "csv").out
    assert asked == kg("query", "tasks-of-plan", "--plan", "东湖", "-f", "csv").out


@pytest.mark.parametrize(
    ("query", "forms"),
    [
        ("SELECT ?t { ?t a plan:Task }", "table csv tsv json xml md"),
        ("ASK { ?t a plan:Task }", "table csv tsv json xml md"),
        ("CONSTRUCT { ?t a plan:Task } WHERE { ?t a plan:Task }", "table csv tsv json xml ttl md"),
        (f"DESCRIBE <plan/{PLAN}>", "table csv tsv json xml ttl md"),
    ],
)
def test_every_form_of_query_is_answered_in_every_form_of_output_that_it_has(kg, store, query, forms):
    for form in ("table", "csv", "tsv", "json", "xml", "ttl", "md"):
        done = kg("sparql", query, "-f", form)
        assert done.status == (0 if form in forms.split() else 2), form
        assert bool(done.out) != bool(done.err)


def test_a_query_comes_from_a_file_or_from_standard_input(kg, store, tmp_path):
    query = "SELECT (COUNT(*) AS ?n) { ?t a plan:Task }"
    said = kg("sparql", query, "-f", "csv").out
    (tmp_path / "my query").write_text(query, "utf-8-sig")
    assert kg("sparql", "my query", "-f", "csv").out == said
    command = [*PROGRAM, "sparql", "-", "-f", "csv"]
    piped = subprocess.run(command, input=query.encode(), env=environment(), capture_output=True, check=True)
    assert piped.stdout.decode() == said


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("SELECT * { ?s ?p ", 4, "line 1, column "),
        ("SELECT * {\n ?s foo:bar ?o }", 4, "line 2, column 12: the prefix foo: is not declared"),
        ("DELETE WHERE { ?s ?p ?o }", 4, "DELETE changes the graph"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 4, "SERVICE"),
        ("", 4, "the query is empty"),
        ("nowhere.rq", 3, "nowhere.rq: no query and no file that can be read"),
        ("nowhere", 3, "nowhere: no query and no file that can be read"),
        (".", 3, "no query and no file that can be read"),
        ("broken.rq", 3, "broken.rq: not UTF-8 text"),
        ("ASK { ?s ?p '\udcff' }", 4, "not Unicode text"),
    ],
)
def test_what_is_no_query_is_said_so(kg, store, tmp_path, text, status, says):
    (tmp_path / "broken.rq").write_bytes(b"ASK { \xff }")
    done = kg("sparql", text)
    assert (done.status, done.out) == (status, "")
    assert says in done.err


def test_the_schema_is_read_by_people_and_programs(kg, store):
    assert "plan:Task" in kg("schema").out
    assert json.loads(kg("schema", "--format", "json").out)["triples"] > 10000
