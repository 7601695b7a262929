"""The five plans agree with their texts; damaged in many ways, each damage is named with its fact."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg.errors import EmptyError, UsageError
from kg.store import open_store
from kg.store.memory import MemoryStore
from kg.store.protocol import Store
from kg.verify import verify
from kg.verify.words import CHECKS, KINDS

BASE = "https://w3id.org/plankg/id/"
PREFIXES = """
PREFIX plan: <https://w3id.org/plankg/ontology#>
PREFIX concept: <https://w3id.org/plankg/concept/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def one(store: Store, pattern: str) -> str:
    """The first thing ?x of a pattern."""
    rows = list(store.query(f"{PREFIXES} SELECT ?x WHERE {{ {pattern} }} ORDER BY ?x LIMIT 1"))
    assert rows, f"nothing in the five plans is like {pattern}"
    return rows[0]["x"].value


def put(node: str, predicate: str, value: str) -> str:
    """An update that gives a node one new value in place of the old."""
    return (
        f"{PREFIXES} DELETE {{ <{node}> {predicate} ?old }} INSERT {{ <{node}> {predicate} {value} }} "
        f"WHERE {{ <{node}> {predicate} ?old }}"
    )


def drop(node: str, predicate: str) -> str:
    return f"{PREFIXES} DELETE WHERE {{ <{node}> {predicate} ?old }}"


# What is damaged (a pattern for ?x), how, and the check that must find it there (or at the node behind the arrow).
DAMAGES = [
    # texts and passages
    ("a character of the kept text is changed", "?x a plan:SourceFile", ("plan:sourceText", None), "text-digest"),
    ("the text's digest is another", "?x a plan:SourceFile", ("plan:textSha256", '"' + "0" * 64 + '"'), "text-digest"),
    ("the text is gone", "?x a plan:SourceFile", ("plan:sourceText",), "no-text"),
    ("a passage starts one place earlier", "?x a plan:Passage", ("oa:start", "1"), "passage-words"),
    ("a passage ends behind the text", "?x a plan:Passage", ("oa:end", "999999"), "passage-range"),
    ("a passage's start is no number", "?x a plan:Passage", ("oa:start", '"three"'), "passage-range"),
    ("a passage quotes other words", "?x a plan:Passage", ("oa:exact", '"另一句话"'), "passage-words"),
    ("a passage is quoted from nowhere", "?x a plan:Passage", ("prov:wasQuotedFrom",), "no-plan"),
    # figures
    ("a value has its digits turned", "?x a plan:Target ; plan:value 17.5", ("plan:value", "71.5"), "number"),
    ("a value is ten times too large", "?x a plan:Target ; plan:value 18.0", ("plan:value", "180"), "number"),
    ("an achievement is changed by one", "?x a plan:Achievement ; plan:value ?v", ("plan:value", "123457"), "number"),
    ("a value is no number", "?x a plan:Target ; plan:value 18.0", ("plan:value", '"viel"'), "number"),
    ("a unit is another", '?x a plan:Target ; plan:unitText "%"', ("plan:unitText", '"万元"'), "unit"),
    ("the value in its base unit is another", "?x a plan:Target ; plan:valueInUnit ?v", ("plan:valueInUnit", "7.25"), "base-unit"),
    ("at least becomes less than", "?x a plan:Target ; plan:comparator plan:AtLeast", ("plan:comparator", "plan:LessThan"), "comparator"),
    ("a deadline is ten years later", "?x a plan:Target ; plan:deadline ?d", ("plan:deadline", '"2035"^^xsd:gYear'), "date"),
    ("a deadline's last day is not the last", "?x a plan:Target ; plan:deadline ?d", ("plan:deadlineDate", '"2025-11-30"^^xsd:date'), "date-day"),
    ("a quote says another thing", "?x a plan:Target", ("plan:quote", '"培训三千人"'), "not-there"),
    ("an indicator has words of its own", "?x a plan:Target", ("plan:indicatorText", '"鲸鱼保有量"'), "not-there"),
    ("an achievement is dated anew", "?x plan:achievedBy ?d", ("plan:achievedBy", '"1987-12-31"^^xsd:date'), "date"),
    # who is responsible
    ("a body is written otherwise", "?x a plan:Responsibility", ("plan:agencyText", '"区园林局"'), "not-there"),
    ("a body's text is emptied", "?x a plan:Responsibility", ("plan:agencyText", '""'), "not-there"),
    ("the sentence of the rule is gone", "?x plan:basis plan:FirstListedRule", ("plan:basisEvidence",), "rule-sentence"),
    ("one of several is said to be the only body", "?x plan:role plan:Joint ; plan:position 2", ("plan:basis", "plan:SoleAgency"), "sole-agency"),
    ("a responsibility has no passage", "?x a plan:Responsibility", ("plan:evidence",), "no-evidence"),
    ("the place in the list is skipped", "?x a plan:Responsibility ; plan:position 1", ("plan:position", "9"), "position"),
    # parts
    ("a heading is another", "?x a plan:Task ; dcterms:title ?t", ("dcterms:title", '"开展火星探测"@zh'), "title"),
    ("a number is another", '?x a plan:Task ; plan:number "9."', ("plan:number", '"8."'), "key"),
    ("a path is another", '?x a plan:Task ; plan:key "2-3-9"', ("plan:key", '"2-3-8"'), "key-name"),
    ("an ordinal repeats", "?x a plan:Task ; plan:ordinal 5", ("plan:ordinal", "4"), "ordinal"),
    ("a text is cut short", "?x a plan:Task", ("plan:text", '"加强"'), "text"),
    ("a part has no rule", "?x a plan:Task", ("plan:rule",), "sureness"),
    ("a confidence is two", "?x a plan:Task", ("plan:confidence", "2.0"), "sureness"),
    ("a task belongs to no plan", "?x a plan:Task", ("plan:inPlan",), "no-plan"),
    ("a part's passage is gone", "?x a plan:Section", ("plan:evidence",), "no-evidence"),
    # the plan as a document
    ("the document number is another", "?x rdf:predicate plan:documentNumber", ("rdf:object", '"某府〔1999〕1号"'), "not-asserted"),
    ("the date is another", "?x rdf:predicate dcterms:issued", ("rdf:object", '"1999-01-01"^^xsd:date'), "not-asserted"),
    ("a plan has a fact without a statement", "?x a plan:Plan ; plan:indexNumber ?n", ("plan:indexNumber", '"B999"'), "no-evidence"),
    ("a region's code is another", "?holder a plan:Plan ; plan:region ?x", ("plan:regionCode", '"999999"'), "region-code -> ?holder"),
    # documents cited
    ("a cited title is another", "?x a plan:Citation", ("plan:citedTitle", '"山海经"'), "not-there"),
    ("a cited number is another", "?x plan:citedNumber ?n", ("plan:citedNumber", '"国发〔1999〕99号"'), "cited-number"),
    # findings
    ("a finding is about nothing", "?x a plan:Finding", ("plan:about", f"<{BASE}plan/nowhere>"), "about"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "pattern", "change", "check"), DAMAGES, ids=[d[0] for d in DAMAGES])
def test_a_damage_is_found_and_named(
    five_plans: Store,
    damaged: Callable[[str], MemoryStore],
    what: str,
    pattern: str,
    change: tuple[str, ...],
    check: str,
) -> None:
    node = one(five_plans, pattern)
    if len(change) == 1:
        update = drop(node, change[0])
    elif change[1] is None:
        text = five_plans.snapshot().quads_for_pattern(
            ox.NamedNode(node), ox.NamedNode("https://w3id.org/plankg/ontology#sourceText"), None, ox.DefaultGraph()
        )
        update = put(node, change[0], str(ox.Literal(next(iter(text)).object.value.replace("科", "料", 1))))
    else:
        update = put(node, change[0], change[1])
    report = verify(damaged(update))
    check, _, holder = check.partition(" -> ")
    named = one(five_plans, pattern.replace("?x", f"<{node}>").replace(holder, "?x")) if holder else node
    assert not report.holds
    found = [f for f in report.failures if f.check == check and f.fact == named]
    assert found, [(f.check, f.fact) for f in report.failures[:10]]
    assert found[0].message("zh")
    assert found[0].message("en")


# Several triples at once, so that the graph agrees with itself and only the text can tell.
@pytest.mark.parametrize(
    ("what", "pattern", "update", "check"),
    [
        (
            "the date is another everywhere",
            "?x rdf:predicate dcterms:issued",
            "DELETE { ?plan dcterms:issued ?d . <X> rdf:object ?d } INSERT { ?plan dcterms:issued ?e . <X> rdf:object ?e } "
            'WHERE { <X> rdf:subject ?plan ; rdf:object ?d BIND("1999-01-01"^^xsd:date AS ?e) }',
            "date",
        ),
        (
            "the document number is another everywhere",
            "?x rdf:predicate plan:documentNumber",
            "DELETE { ?plan plan:documentNumber ?d . <X> rdf:object ?d } INSERT { ?plan plan:documentNumber ?e . <X> rdf:object ?e } "
            'WHERE { <X> rdf:subject ?plan ; rdf:object ?d BIND("某府〔1999〕1号" AS ?e) }',
            "not-there",
        ),
        (
            "another body is said to have issued the plan",
            "?x rdf:predicate dcterms:publisher ; rdf:object <https://w3id.org/plankg/id/agency/360102/government>",
            "DELETE { ?plan dcterms:publisher ?d . <X> rdf:object ?d } INSERT { ?plan dcterms:publisher ?e . <X> rdf:object ?e } "
            "WHERE { <X> rdf:subject ?plan ; rdf:object ?d BIND(<https://w3id.org/plankg/id/agency/360102/trade-union> AS ?e) }",
            "name",
        ),
        (
            "a task is said to be for another group",
            "?x rdf:predicate plan:crowdGroup ; rdf:object concept:crowd-group\\/older-people",
            "DELETE { ?task plan:crowdGroup ?d . <X> rdf:object ?d } INSERT { ?task plan:crowdGroup ?e . <X> rdf:object ?e } "
            "WHERE { <X> rdf:subject ?task ; rdf:object ?d BIND(<https://w3id.org/plankg/concept/crowd-group/entrepreneurs> AS ?e) }",
            "name",
        ),
        (
            "a task is said to mention another campaign",
            "?x rdf:predicate plan:mentionsInitiative ; rdf:object concept:initiative\\/skilled-china",
            "DELETE { ?task plan:mentionsInitiative ?d . <X> rdf:object ?d } INSERT { ?task plan:mentionsInitiative ?e . <X> rdf:object ?e } "
            "WHERE { <X> rdf:subject ?task ; rdf:object ?d BIND(<https://w3id.org/plankg/concept/initiative/three-to-countryside> AS ?e) }",
            "name",
        ),
        (
            "the period begins in another year",
            "?x rdf:predicate plan:periodStart",
            "DELETE { ?plan plan:periodStart ?d . <X> rdf:object ?d } INSERT { ?plan plan:periodStart ?e . <X> rdf:object ?e } "
            'WHERE { <X> rdf:subject ?plan ; rdf:object ?d BIND("1987"^^xsd:gYear AS ?e) }',
            "years",
        ),
        (
            "the plan is said to be of another kind",
            "?x rdf:predicate plan:planType",
            "DELETE { ?plan plan:planType ?d . <X> rdf:object ?d } INSERT { ?plan plan:planType ?e . <X> rdf:object ?e } "
            "WHERE { <X> rdf:subject ?plan ; rdf:object ?d BIND(<https://w3id.org/plankg/concept/plan-type/guiding-opinions> AS ?e) }",
            "title-kind",
        ),
        (
            "a body bears a name that the text does not have",
            "?x rdf:predicate skos:altLabel",
            "DELETE { ?body skos:altLabel ?d . <X> rdf:object ?d } INSERT { ?body skos:altLabel ?e . <X> rdf:object ?e } "
            'WHERE { <X> rdf:subject ?body ; rdf:object ?d BIND("星际联络处"@zh AS ?e) }',
            "not-there",
        ),
        (
            "a responsibility points to another body",
            "?x a plan:Responsibility ; plan:agency <https://w3id.org/plankg/id/agency/360102/trade-union>",
            "DELETE { <X> plan:agency ?d } INSERT { <X> plan:agency <https://w3id.org/plankg/id/agency/360102/government> } "
            "WHERE { <X> plan:agency ?d }",
            "no-name -> <https://w3id.org/plankg/id/agency/360102/government>",
        ),
        (
            "a lead is made of a supporter, in the short way only",
            "?x a plan:Task ; plan:supportingAgency ?a",
            "INSERT { <X> plan:leadAgency ?a } WHERE { <X> plan:supportingAgency ?a }",
            "shortcut",
        ),
        (
            "a citation points to another document",
            "?x a plan:Citation ; plan:isBasis true",
            "DELETE { <X> plan:document ?d } INSERT { <X> plan:document ?e } "
            "WHERE { <X> plan:document ?d . ?other plan:document ?e FILTER(?e != ?d) }",
            "cited-document",
        ),
        (
            "a fact rests on the text of another plan",
            "?x a plan:Target",
            "DELETE { <X> plan:evidence ?d } INSERT { <X> plan:evidence ?e } WHERE { <X> plan:evidence ?d ; plan:inPlan ?plan . "
            "{ SELECT ?e ?from WHERE { ?e a plan:Passage ; prov:wasQuotedFrom ?from } ORDER BY DESC(?e) LIMIT 1 } "
            "FILTER NOT EXISTS { ?plan plan:sourceFile ?from } }",
            "foreign-evidence",
        ),
        (
            "a task lies in an action that is not above it",
            '?x a plan:Task ; plan:key "2-3-9" ; plan:inAction ?above',
            "DELETE { <X> plan:inAction ?d } INSERT { <X> plan:inAction ?e } "
            'WHERE { <X> plan:inAction ?d ; plan:inPlan ?plan . ?e a plan:Action ; plan:inPlan ?plan ; plan:key "2-2" }',
            "key-above",
        ),
        (
            "a stated supporter is made of the only body of a list",
            "?x a plan:Responsibility ; plan:role plan:Joint ; plan:basis plan:Stated ; plan:evidence/oa:exact ?q "
            'FILTER(!REGEX(?q, "配合|参与|参加|协助|协办|协同|支持|会同|落实|指导|负责|按职责|责任单位|成员|联动"))',
            "DELETE { <X> plan:role ?d } INSERT { <X> plan:role plan:Support } WHERE { <X> plan:role ?d }",
            "role",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value and "{" not in value and "?" not in value else "",
)  # fmt: skip
def test_a_graph_that_agrees_with_itself_is_held_against_the_text(
    five_plans: Store, damaged: Callable[[str], MemoryStore], what: str, pattern: str, update: str, check: str
) -> None:
    node = one(five_plans, pattern)
    check, _, elsewhere = check.partition(" -> ")
    report = verify(damaged(PREFIXES + update.replace("<X>", f"<{node}>")))
    named = elsewhere.strip("<>") or node
    assert [f for f in report.failures if f.check == check and f.fact == named], [
        (f.check, f.fact, f.said) for f in report.failures[:10]
    ]


def test_the_five_plans_agree_with_their_texts_fact_for_fact(five_plans: Store) -> None:
    report = verify(five_plans)
    assert report.failures == ()
    counts = {
        kind: len(list(five_plans.query(f"{PREFIXES} SELECT DISTINCT ?x WHERE {{ ?x a plan:{name} }}")))
        for kind, name in (
            ("provision", "Provision"),
            ("responsibility", "Responsibility"),
            ("target", "Target"),
            ("achievement", "Achievement"),
            ("citation", "Citation"),
            ("statement", "Statement"),
            ("passage", "Passage"),
            ("source", "SourceFile"),
            ("finding", "Finding"),
            ("plan", "Plan"),
        )
    }
    assert {kind: report.checked[kind] for kind in counts} == counts
    assert report.comparisons > 20 * counts["responsibility"]


def test_one_plan_is_verified_without_the_others(five_plans: Store, damaged: Callable[[str], MemoryStore]) -> None:
    plans = [row["x"].value for row in five_plans.query(f"{PREFIXES} SELECT ?x WHERE {{ ?x a plan:Plan }} ORDER BY ?x")]
    target = one(five_plans, "?x a plan:Target ; plan:value 17.5")
    store = damaged(put(target, "plan:value", "71.5"))
    held = [verify(store, [plan]).holds for plan in plans]
    assert held.count(False) == 1
    assert verify(store, [plan for plan, holds in zip(plans, held, strict=True) if holds]).holds


def test_what_fails_is_told_with_fact_place_and_words(five_plans: Store, damaged: Callable[[str], MemoryStore]) -> None:
    target = one(five_plans, "?x a plan:Target ; plan:value 17.5")
    report = verify(damaged(put(target, "plan:value", "71.5")))
    (failure,) = (f for f in report.failures if f.check == "number")
    assert (failure.fact, failure.kind, failure.check, failure.said, failure.found) == (
        target,
        "target",
        "number",
        "71.5",
        "17.5",
    )
    assert failure.place is not None
    assert failure.quote.replace(" ", "") == "东湖区公民具备科学素质的比例力争达到17.5%"
    for lang, words in (("zh", "图中的数值是 71.5,原句中的数字是 17.5"), ("en", "the graph says 71.5, the numbers")):
        text = report.to_text(lang)
        assert words in text
        assert target in text
        assert str(failure.place) in text
    told = json.loads(report.to_json())
    assert told["holds"] is False
    assert failure.as_json() in told["failures"]
    assert failure.as_json()["place"]["start"] == failure.place.start


def test_of_many_failures_as_many_are_told_as_asked_for(damaged: Callable[[str], MemoryStore]) -> None:
    report = verify(damaged(f"{PREFIXES} DELETE WHERE {{ ?x a plan:Task ; plan:rule ?rule }}"))
    assert len(report.failures) > 3
    assert report.to_text("en", 3).count("\n   <") == 3
    assert f"{len(report.failures) - 3} more" in report.to_text("en", 3)
    assert report.to_text("en").count("\n   <") == len(report.failures)


def test_the_order_of_failures_is_always_the_same(damaged: Callable[[str], MemoryStore]) -> None:
    store = damaged(f"{PREFIXES} DELETE WHERE {{ ?x plan:rule ?rule }}")
    assert verify(store).failures == verify(store).failures


def test_an_empty_store_has_nothing_to_verify() -> None:
    with pytest.raises(EmptyError):
        verify(open_store())


def test_a_plan_that_is_not_there_is_said(five_plans: Store) -> None:
    with pytest.raises(UsageError, match="there is no plan"):
        verify(five_plans, [f"{BASE}plan/nowhere"])


def test_every_check_and_kind_has_words_in_both_languages() -> None:
    for words in (*CHECKS.values(), *KINDS.values()):
        assert set(words) == {"zh", "en"}
        assert all(words.values())
