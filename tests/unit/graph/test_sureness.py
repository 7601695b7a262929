"""Every fact that the five plans state carries the rule that found it, how sure that is, and where it stands."""

from __future__ import annotations

import pytest

from kg.lexicon import scheme
from kg.pipeline import build
from kg.resources import folder
from kg.store import open_store
from kg.store.protocol import Store


@pytest.fixture(scope="module")
def five_plans() -> Store:
    store = open_store()
    build([folder("data/documents")], store)
    return store


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    return [tuple("" if value is None else value.value for value in row) for row in store.query(query)]


# What carries rule and confidence itself, and what has a statement for each value.
NODES = ["Section", "Action", "Task", "SafeguardMeasure", "Responsibility", "Target", "Achievement", "Citation", "Plan", "Statement"]  # fmt: skip
STATED = {
    "title": "?s a plan:Plan ; dcterms:title ?o BIND(dcterms:title AS ?p)",
    "kind of plan": "?s plan:planType ?o BIND(plan:planType AS ?p)",
    "document number": "?s a plan:Plan ; plan:documentNumber ?o BIND(plan:documentNumber AS ?p)",
    "index number": "?s plan:indexNumber ?o BIND(plan:indexNumber AS ?p)",
    "issuer": "?s dcterms:publisher ?o FILTER EXISTS { ?s a plan:Plan } BIND(dcterms:publisher AS ?p)",
    "originator": "?s plan:originator ?o BIND(plan:originator AS ?p)",
    "originator as written": "?s plan:originatorText ?o BIND(plan:originatorText AS ?p)",
    "approval": "?s plan:approvalText ?o BIND(plan:approvalText AS ?p)",
    "addressee": "?s plan:addressee ?o BIND(plan:addressee AS ?p)",
    "issued": "?s a plan:Plan ; dcterms:issued ?o BIND(dcterms:issued AS ?p)",
    "published": "?s dcterms:available ?o BIND(dcterms:available AS ?p)",
    "period": "?s plan:periodStart|plan:periodEnd ?o . ?s ?p ?o FILTER(?p IN (plan:periodStart, plan:periodEnd))",
    "status": "?s plan:status ?o BIND(plan:status AS ?p)",
    "area": "?s a plan:Plan ; plan:region ?o BIND(plan:region AS ?p)",
    "plan one level up": "?s plan:implements ?o BIND(plan:implements AS ?p)",
    "cited document": "?s a plan:Citation ; plan:document ?o BIND(plan:document AS ?p)",
    "crowd group": "?s plan:crowdGroup ?o BIND(plan:crowdGroup AS ?p)",
    "initiative": "?s plan:mentionsInitiative ?o BIND(plan:mentionsInitiative AS ?p)",
    "written form of a body": "?part plan:agency ?s . ?s skos:altLabel ?o BIND(skos:altLabel AS ?p)",
}


@pytest.mark.parametrize("name", NODES)
def test_each_node_has_one_rule_one_confidence_and_its_passages(five_plans: Store, name: str) -> None:
    nodes = rows(five_plans, f"SELECT ?n WHERE {{ ?n a plan:{name} }}")
    assert nodes
    unsure = rows(
        five_plans,
        f"SELECT ?n WHERE {{ ?n a plan:{name} OPTIONAL {{ ?n plan:rule ?rule }} OPTIONAL {{ ?n plan:confidence ?c }} "
        "OPTIONAL { ?n plan:evidence ?e } } GROUP BY ?n HAVING "
        "(COUNT(DISTINCT ?rule) != 1 || COUNT(DISTINCT ?c) != 1 || COUNT(?e) = 0 || MIN(?c) < 0 || MAX(?c) > 1)",
    )
    assert unsure == []


@pytest.mark.parametrize("what", sorted(STATED))
def test_each_value_has_a_statement(five_plans: Store, what: str) -> None:
    values = rows(five_plans, f"SELECT DISTINCT ?s ?p ?o WHERE {{ {STATED[what]} }}")
    assert values, "the five plans have none"
    lacking = rows(
        five_plans,
        f"SELECT ?s ?p ?o WHERE {{ {STATED[what]} FILTER NOT EXISTS "
        "{ ?st a plan:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; plan:statedIn ?plan } }",
    )
    assert lacking == []


def test_each_resolved_body_has_a_statement_of_its_name_in_the_plan_that_names_it(five_plans: Store) -> None:
    lacking = rows(
        five_plans,
        "SELECT ?part WHERE { ?owner plan:responsibility ?part ; plan:inPlan ?plan . ?part plan:agency ?agency . "
        "FILTER NOT EXISTS { ?st rdf:subject ?agency ; plan:statedIn ?plan ; plan:rule ?rule } }",
    )
    assert lacking == []


def test_a_statement_states_what_the_graph_holds(five_plans: Store) -> None:
    hollow = rows(
        five_plans,
        "SELECT ?st WHERE { ?st a plan:Statement ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o "
        "FILTER NOT EXISTS { ?s ?p ?o } }",
    )
    assert hollow == []


def test_every_rule_that_is_named_has_words_in_chinese_and_english(five_plans: Store) -> None:
    known = {concept.notation for concept in scheme("rule")}
    named = {rule for (rule,) in rows(five_plans, "SELECT DISTINCT ?r WHERE { ?x plan:rule ?r }")}
    assert named - known == set(), "give each a concept in ontology/concepts/rule.ttl"


def test_a_deadline_of_a_task_has_a_statement(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(
        "某市2020年科普工作要点\n为提高素质,制定本要点。\n一、重点工作\n(一)青少年行动\n"
        "1.开展培训。组织教师培训。\n责任单位:市科协。完成时限:2020年6月底\n2.办好活动。办科普大赛。(市教育局)\n",
        "utf-8",
    )
    store = open_store()
    build([tmp_path], store)
    found = rows(
        store,
        "SELECT ?o ?rule ?c WHERE { ?task a plan:Task ; plan:deadline ?o . ?st rdf:subject ?task ; rdf:object ?o ; "
        "rdf:predicate plan:deadline ; plan:rule ?rule ; plan:confidence ?c ; plan:evidence ?e }",
    )
    assert [row[0] for row in found] == ["2020-06"]
