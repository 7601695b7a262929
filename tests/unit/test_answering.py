"""What a saved question's answer carries besides its rows: sentences, notes, pick-lists, and the check of all."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import resources, vocab
from kg.errors import UsageError
from kg.pipeline import build
from kg.query import answer, check, choices, find_iri, find_query, has_choices, lint, load_queries
from kg.query.header import parse_query
from kg.query.saved import Parameter, SavedQuery
from kg.store import open_store

QUERIES = load_queries()
HEADER = """\
#+ summary: Tasks counted
#+ description: How many tasks an agency has.
#+ x-plankg:
#+   version: 1.0.0
#+   answers: [Q05]
#+   summary: { zh: 任务计数 }
#+   description: { zh: 单位的任务数。 }
#+   params:
#+     year: { description: { en: Year, zh: 年份 }, example: "2021", values: "SELECT DISTINCT ?value { ?p plan:periodStartDate ?d BIND(STR(YEAR(?d)) AS ?value) }" }
#+   columns:
#+     agency: { zh: 单位, en: agency }
#+     n: { zh: 任务数, en: tasks }
#+   limits: { zh: 文件不写明实际工作量。, en: "The documents do not tell the work done." }
#+   evidence: "?duty plan:agency ?agency ; plan:evidence ?passage . ?task plan:responsibility ?duty ; a plan:Task"
#+   expect: { min_rows: 1 }
"""
BODY = """\
PREFIX plan: <https://w3id.org/plankg/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?agency (COUNT(DISTINCT ?task) AS ?n)
WHERE {
  ?duty plan:agency ?agency . ?task plan:responsibility ?duty ; a plan:Task ; plan:inPlan ?plan .
  ?plan plan:periodStartDate ?start FILTER(YEAR(?start) = ?_year_integer)
}
GROUP BY ?agency
ORDER BY DESC(?n) ?agency
"""
COUNTED = parse_query(HEADER + BODY, "counted", "counted.rq")


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    build([resources.folder("data/documents")], opened)
    return opened


@pytest.fixture(scope="module")
def texts(store):
    rows = store.query("SELECT ?text { ?file plan:sourceText ?text }")
    return [row["text"].value for row in rows]


@pytest.mark.parametrize("name", [n for n, q in QUERIES.items() if any(c.endswith("assage") for c in q.columns)])
def test_every_sentence_stands_in_a_document_and_holds_its_passage(store, texts, name):
    query = QUERIES[name]
    found = answer(
        store, query, {p.name: p.example for p in query.parameters if p.required and p.example}, evidence=True
    )
    assert found.evidence is not None
    column = next(n for n, c in enumerate(found.names) if c.endswith("assage"))
    for row, sentences in zip(found.rows, found.evidence, strict=True):
        assert all(any(sentence in text for text in texts) for sentence in sentences)
        if row[column] is not None:
            assert sentences
            [exact] = store.query(f"SELECT ?e {{ {row[column]} <http://www.w3.org/ns/oa#exact> ?e }}")
            assert any(exact["e"].value.strip() in sentence for sentence in sentences)


def test_a_sentence_that_another_holds_is_not_said_again(store):
    found = answer(store, QUERIES["task-detail"], {"task": "360102-2021-d3598686/2-3-9"}, evidence=True)
    for sentences in found.evidence or ():
        assert not [s for s in sentences for other in sentences if s != other and s in other]


def test_counted_rows_name_the_sentences_that_were_counted(store):
    found = answer(store, COUNTED, {"year": "2021"}, evidence=True)
    assert found.names == ("agency", "n")
    assert found.evidence is not None
    by_agency = {row[0].value.rpartition("/id/")[2]: s for row, s in zip(found.rows, found.evidence, strict=True)}
    assert "(区人社局按职责分工负责)" in by_agency["agency/360102/human-resources"]
    assert all(by_agency.values())
    assert found.table()[0] == ["agency", "n", "evidence"]


def test_what_the_documents_cannot_answer_and_an_empty_answer_are_said_in_words(store):
    found = answer(store, COUNTED, {"year": "2021"})
    assert found.notes("zh") == ["注意:文件不写明实际工作量。"]
    assert found.notes("en") == ["Note: The documents do not tell the work done."]
    empty = answer(store, COUNTED, {"year": "1999"})
    assert empty.notes("zh")[0] == "没有查到:任务计数(year = 1999)。"
    assert empty.notes("en")[0] == "Nothing was found: Tasks counted (year = 1999)."
    named = answer(store, QUERIES["agency-tasks"], {"agency": "区总工会", "plan": "瓯海"})
    assert "(agency = 区总工会(360102/trade-union);plan = 瓯海(330304-2021-565aea9f))" in named.notes("zh")[0]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("zh: 文件不写明实际工作量。, en", "en", "the header has limits, but not in zh"),
        ("?duty plan:agency ?agency ; plan:evidence ?passage", "?x plan:evidence ?passage", "speaks of no column"),
        ("plan:evidence ?passage", "plan:evidence ?place", "leads to no ?passage"),
        ('a plan:Task"', 'a plan:Task }"', "the evidence: "),
        ("BIND(STR(YEAR(?d)) AS ?value)", "BIND(STR(YEAR(?d)) AS ?v)", "without ?value"),
        ("SELECT DISTINCT ?value", "SELEKT ?value", "the values of year: "),
    ],
)
def test_the_linter_reads_evidence_limits_and_values(old, new, fault):
    assert lint(COUNTED) == []
    text = HEADER + BODY
    assert old in text
    if "?value" in old and "BIND" in old:
        text = text.replace("SELECT DISTINCT ?value", "SELECT DISTINCT ?v")
    faults = [str(each) for each in lint(parse_query(text.replace(old, new), "broken", "broken.rq"))]
    assert any(fault in each for each in faults), faults


# ---------------------------------------------------------------- pick-lists


LISTED = sorted(
    {(p.target, p.kind): (q.name, p.name) for q in QUERIES.values() for p in q.parameters if p.target}.values()
)


@pytest.mark.parametrize(("name", "parameter"), LISTED)
def test_every_value_of_a_pick_list_means_itself(store, name, parameter):
    query = QUERIES[name]
    offered = choices(store, query, parameter)
    assert offered
    meant = [find_iri(store, query.parameter(parameter), choice.value) for choice in offered]
    assert len(set(meant)) == len(offered)


@pytest.mark.parametrize(
    ("value", "code"),
    [("浙江", "330000"), ("浙江省", "330000"), ("330000", "330000"), ("东湖区", "360102"), ("region/330304", "330304")],
)
def test_an_area_is_named_by_its_code_or_any_part_of_its_name_that_tells_it(store, value, code):
    region = Parameter("region", "_region_iri", "iri", True, target=vocab.plan("Region"))
    assert find_iri(store, region, value) == f"{store.base}region/{code}"
    listed = choices(store, SavedQuery("x", "x.rq", {}, {}, (region,), ""), "region")
    assert code in {choice.value for choice in listed}


def test_a_pick_list_offers_what_the_plans_speak_of(store):
    types = {choice.value: choice.label for choice in choices(store, QUERIES["roles-of-type"], "type")}
    assert types["science-association"] == "科学技术协会"
    assert "court" not in types
    assert {choice.label[:2] for choice in choices(store, QUERIES["targets"], "plan")} >= {"东湖", "瓯海", "甘孜"}


def test_a_pick_list_may_be_asked_for_by_the_header(store):
    assert has_choices(COUNTED.parameter("year"))
    assert [choice.value for choice in choices(store, COUNTED, "year")] == ["2018", "2021", "2024"]


def test_a_value_without_a_list_is_described(store):
    with pytest.raises(UsageError, match="it takes any value of its form .give a date like 2025-12-31"):
        choices(store, QUERIES["targets-due"], "until")
    with pytest.raises(UsageError, match="has no parameter plam; ?|did you mean plan"):
        choices(store, QUERIES["targets"], "plam")


def test_what_is_missing_is_asked_for_with_its_form(store):
    with pytest.raises(UsageError, match=r"needs agency \(give --agency: an IRI, a local id or a name like .*--values"):
        answer(store, find_query("agency-tasks"))


# ---------------------------------------------------------------- the check


def test_all_saved_questions_are_sound(store):
    found = list(check(store, QUERIES.values()))
    assert [each.name for each in found] == list(QUERIES)
    assert {each.name: each.faults for each in found if each.faults} == {}
    assert all(each.rows is not None and each.rows >= each.expected for each in found)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("min_rows: 1 }", "min_rows: 100000 }", "rows where 100000 are expected"),
        ("GROUP BY ?agency\n", "GROUP BY ?agency ?plan ?task\n", "a row comes twice"),
        ("#+     n: { zh: 任务数, en: tasks }\n", "", "the columns are"),
        ("plan:inPlan ?plan .", "plan:inPlan ?plan . SERVICE <urn:x> { ?s ?p ?o }", "SERVICE"),
    ],
)
def test_the_check_names_what_is_wrong(store, old, new, fault):
    text = HEADER + BODY
    assert old in text
    [found] = check(store, [parse_query(text.replace(old, new), "broken", "broken.rq")])
    assert any(fault in each for each in found.faults), found


def test_terms_keep_their_order_and_kind(store):
    found = answer(store, QUERIES["plans"])
    direct = store.query(QUERIES["plans"].text)
    assert [tuple(row) for row in direct] == list(found.rows)
    assert isinstance(found.rows[0][-1], ox.NamedNode)


def test_on_plans_of_ones_own_the_check_asks_with_what_they_offer_and_expects_no_rows(tmp_path):
    own = open_store()
    for sample in sorted(resources.folder("data/documents").glob("*.txt"))[:1]:
        build([sample], own)
    found = {each.name: each for each in check(own, QUERIES.values())}
    assert {name: each.faults for name, each in found.items() if each.faults} == {}
    assert {each.expected for each in found.values()} == {0}
    assert found["agency-tasks"].rows
    assert found["plans"].rows == 1
