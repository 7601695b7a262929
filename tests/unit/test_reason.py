"""Rules from axioms, named rules, explanations, contradictions."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.reason import derive_rules, explain, inconsistencies, infer, plan_vocabulary
from kg.store.graphs import load_vocabulary, remove_plan, replace_lines, replace_plan
from kg.vocab import INFERRED_GRAPH, ONTOLOGY_GRAPH, PLAN

PREFIXES = f"""
@prefix : <https://w3id.org/plankg/id/> . @prefix plan: <{PLAN}> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(turtle):
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def store_of(turtle, ontology=None):
    """A working store with these statements and the given ontology (the real one for None)."""
    working = ox.Store()
    if ontology is None:
        load_vocabulary(working)
    else:
        replace_lines(working, ONTOLOGY_GRAPH, ox.serialize(triples(ontology), format=ox.RdfFormat.N_TRIPLES))
    replace_plan(working, "https://w3id.org/plankg/id/graph/x", triples(turtle))
    return working


def inferred(working):
    return {q.triple for q in working.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED_GRAPH))}


def holds(working, turtle):
    return all(ox.Quad(*triple) in working for triple in triples(turtle))


AXIOMS = {
    "a subclass": ("plan:A rdfs:subClassOf plan:B", ":x a plan:A", ":x a plan:B"),
    "an equivalent class": ("plan:A owl:equivalentClass plan:B", ":x a plan:B", ":x a plan:A"),
    "a subproperty": ("plan:p rdfs:subPropertyOf plan:q", ":x plan:p '科协'", ":x plan:q '科协'"),
    "an equivalent property": ("plan:p owl:equivalentProperty plan:q", ":x plan:q :y", ":x plan:p :y"),
    "a domain": ("plan:p rdfs:domain plan:A", ":x plan:p '科协'", ":x a plan:A"),
    "a range": ("plan:p rdfs:range plan:A", ":x plan:p :y", ":y a plan:A"),
    "an inverse": ("plan:p owl:inverseOf plan:q", ":x plan:p :y . :z plan:q :w", ":y plan:q :x . :w plan:p :z"),
    "a symmetric property": ("plan:p a owl:SymmetricProperty", ":x plan:p :y", ":y plan:p :x"),
    "a transitive property": (
        "plan:p a owl:TransitiveProperty",
        ":a plan:p :b . :b plan:p :c . :c plan:p :d",
        ":a plan:p :c . :a plan:p :d . :b plan:p :d",
    ),
}


@pytest.mark.parametrize(("axiom", "given", "then"), AXIOMS.values(), ids=AXIOMS.keys())
def test_each_kind_of_axiom_gives_what_it_entails_and_nothing_else(axiom, given, then):
    working = store_of(f"{given} .", f"{axiom} .")
    assert sum(infer(working).values()) == len(triples(f"{then} ."))
    assert inferred(working) == set(triples(f"{then} ."))
    assert holds(working, f"{then} .")


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_a_property_chain_of_any_length_is_followed(length):
    ontology = "plan:q owl:propertyChainAxiom <x:0> .\n" + "".join(
        f"<x:{n}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> plan:p{n} ; "
        f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> "
        + (f"<x:{n + 1}> .\n" if n + 1 < length else "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n")
        for n in range(length)
    )
    working = store_of("".join(f":n{n} plan:p{n} :n{n + 1} .\n" for n in range(length)), ontology)
    infer(working)
    assert inferred(working) == set(triples(f":n0 plan:q :n{length} ."))


def test_a_literal_gets_no_type_and_no_statement_of_its_own():
    working = store_of(":x plan:p '科协' .", "plan:p rdfs:range plan:A ; owl:inverseOf plan:q .")
    assert infer(working) == {}


def test_a_datatype_as_range_makes_no_rule():
    assert (
        derive_rules(triples("plan:p rdfs:range xsd:integer . plan:q rdfs:range plan:D . plan:D a rdfs:Datatype ."))
        == []
    )


def test_the_rules_are_named_by_their_axioms():
    rules = derive_rules(triples("plan:Task rdfs:subClassOf plan:Measure . plan:within a owl:TransitiveProperty ."))
    assert [rule.name for rule in rules] == [
        "owl:TransitiveProperty plan:within",
        "rdfs:subClassOf plan:Task → plan:Measure",
    ]


def test_what_is_asserted_is_not_inferred_again():
    working = store_of(":x a plan:A, plan:B .", "plan:A rdfs:subClassOf plan:B .")
    assert infer(working) == {}
    assert inferred(working) == set()


def test_inferring_twice_changes_nothing_and_what_no_longer_follows_goes():
    working = store_of(":x a plan:A .", "plan:A rdfs:subClassOf plan:B .")
    first = infer(working)
    before = set(working)
    assert infer(working) == first
    assert set(working) == before
    remove_plan(working, "https://w3id.org/plankg/id/graph/x")
    infer(working)
    assert inferred(working) == set()
    assert not holds(working, ":x a plan:B .")


def test_what_was_inferred_and_is_then_asserted_leaves_the_inferred_graph_and_stays_in_the_default_graph():
    working = store_of(":x a plan:A .", "plan:A rdfs:subClassOf plan:B .")
    infer(working)
    replace_plan(working, "https://w3id.org/plankg/id/graph/y", triples(":x a plan:B ."))
    infer(working)
    assert inferred(working) == set()
    assert holds(working, ":x a plan:B .")


def test_an_unknown_engine_is_a_usage_error():
    with pytest.raises(UsageError):
        infer(ox.Store(), engine="pellet")


# ---------------------------------------------------------------- the named rules, under the real ontology

NESTED = """
:a a plan:Action ; plan:leadAgency :kexie, :jiaoyu ; plan:crowdGroup :young .
:b a plan:Action ; plan:inAction :a .
:c a plan:Action ; plan:inAction :a ; plan:leadAgency :fulian .
:own a plan:Task ; plan:inAction :a ; plan:leadAgency :renshe ; plan:crowdGroup :old .
:inherits a plan:Task ; plan:inAction :b .
:nearest a plan:Task ; plan:inAction :c .
"""


def values(working, subject, predicate):
    pattern = (ox.NamedNode(f"https://w3id.org/plankg/id/{subject}"), ox.NamedNode(PLAN + predicate), None)
    return {q.object.value.rsplit("/", 1)[1] for q in working.quads_for_pattern(*pattern, ox.DefaultGraph())}


def test_effective_leads_are_the_own_ones_else_those_of_the_nearest_action_that_has_any():
    working = store_of(NESTED)
    infer(working)
    assert values(working, "own", "effectiveLeadAgency") == {"renshe"}
    assert values(working, "own", "inheritedLeadAgency") == {"kexie", "jiaoyu"}
    assert values(working, "inherits", "effectiveLeadAgency") == {"kexie", "jiaoyu"}
    assert values(working, "nearest", "effectiveLeadAgency") == {"fulian"}
    assert values(working, "a", "effectiveLeadAgency") == set()


def test_effective_crowd_groups_are_own_and_inherited_ones():
    working = store_of(NESTED)
    infer(working)
    assert values(working, "own", "effectiveCrowdGroup") == {"old", "young"}
    assert values(working, "nearest", "effectiveCrowdGroup") == set()


def responsibilities(*entries):
    """A task with one responsibility per (role, agency), in this order."""
    text = ":t a plan:Task .\n:group a plan:AgencyGroup .\n"
    for number, (role, agency) in enumerate(entries, 1):
        text += f":t plan:responsibility :r{number} .\n:r{number} plan:role plan:{role} ; plan:position {number} .\n"
        text += f":r{number} plan:agency :{agency} .\n" if agency else f":r{number} plan:damaged true .\n"
        shortcut = {"Lead": "leadAgency", "Joint": "jointAgency", "Support": "supportingAgency"}[role]
        text += f":t plan:{shortcut} :{agency} .\n" if agency else ""
    return text


@pytest.mark.parametrize(
    ("entries", "presumed"),
    [
        ([("Joint", "kexie"), ("Joint", "jiaoyu")], {"kexie"}),
        ([("Joint", "group"), ("Joint", "kexie")], set()),
        ([("Joint", "group")], set()),
        ([("Joint", None), ("Joint", "kexie")], set()),
        ([("Lead", "kexie"), ("Support", "jiaoyu")], set()),
        ([("Support", "kexie"), ("Joint", "jiaoyu")], set()),
        ([], set()),
        ([("Joint", f"a{n}") for n in range(1, 12)], {"a1"}),  # position 10 comes after 2
    ],
)
def test_a_lead_is_presumed_where_the_first_of_a_joint_list_is_a_single_agency(entries, presumed):
    working = store_of(responsibilities(*entries))
    infer(working)
    assert values(working, "t", "presumedLeadAgency") == presumed


def test_nothing_is_presumed_where_the_action_has_a_lead():
    working = store_of(responsibilities(("Joint", "kexie")) + ":t plan:inAction :a . :a plan:leadAgency :fulian .")
    infer(working)
    assert values(working, "t", "effectiveLeadAgency") == {"fulian"}
    assert values(working, "t", "presumedLeadAgency") == set()


def test_actions_that_enclose_each_other_do_not_hang_the_rules():
    working = store_of(":t a plan:Task ; plan:inAction :a . :a plan:inAction :b . :b plan:inAction :a .")
    infer(working)
    assert values(working, "t", "effectiveLeadAgency") == set()


# ---------------------------------------------------------------- explanations


def explanations(working, subject, predicate):
    return explain(working, f"https://w3id.org/plankg/id/{subject}", PLAN + predicate)


def test_an_inherited_lead_is_explained_by_the_way_up_to_the_action_that_names_it():
    working = store_of(NESTED)
    infer(working)
    found = {e.triple.object.value: e for e in explanations(working, "inherits", "effectiveLeadAgency")}
    why = found["https://w3id.org/plankg/id/kexie"]
    assert why.rule == "effective-lead"
    assert list(why.premises) == triples(
        ":inherits plan:inAction :b . :b plan:inAction :a . :a plan:leadAgency :kexie ."
    )


def test_an_own_lead_is_explained_by_the_statement_and_that_by_the_graph_that_makes_it():
    working = store_of(NESTED)
    infer(working)
    [why] = explanations(working, "own", "effectiveLeadAgency")
    assert list(why.premises) == triples(":own plan:leadAgency :renshe .")
    [stated] = explanations(working, "own", "leadAgency")
    assert (stated.rule, stated.graphs) == ("stated", ("https://w3id.org/plankg/id/graph/x",))


def test_a_presumed_lead_is_explained_by_the_first_entry_of_the_list():
    working = store_of(responsibilities(("Joint", "kexie"), ("Joint", "jiaoyu")))
    infer(working)
    [why] = explanations(working, "t", "presumedLeadAgency")
    assert why.rule == "presumed-lead"
    assert triples(":r1 plan:agency :kexie .")[0] in why.premises


def test_every_inferred_triple_has_an_explanation_whose_premises_hold():
    working = store_of(NESTED + responsibilities(("Joint", "kexie"), ("Support", "jiaoyu")))
    infer(working)
    for triple in inferred(working):
        ways = explain(working, triple.subject.value, triple.predicate.value, triple.object)
        assert ways, triple
        for way in ways:
            assert way.triple == triple
            assert way.premises
            assert all(ox.Quad(*premise) in working for premise in way.premises)


# ---------------------------------------------------------------- contradictions


def test_a_graph_that_can_be_true_has_no_inconsistency():
    working = store_of(NESTED + responsibilities(("Joint", "kexie")))
    infer(working)
    assert inconsistencies(working) == []


def test_a_member_of_disjoint_classes_is_reported_also_where_a_class_only_follows():
    working = store_of(":t a plan:Task, plan:SafeguardMeasure . :a plan:inPlan :p . :p a plan:Action .")
    infer(working)
    found = {(i.subject.rsplit("/", 1)[1], i.between) for i in inconsistencies(working)}
    assert ("t", ("plan:SafeguardMeasure", "plan:Task")) in found
    assert ("p", ("plan:PolicyDocument", "plan:Provision")) in found


def test_declared_limits_of_properties_and_lists_of_disjoint_classes_are_checked():
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    working = store_of(
        ":x plan:f 1, 2 ; plan:i :y ; plan:r :x ; plan:s :y . :z plan:i :y . :y plan:s :x . :w a plan:A, plan:C .",
        f"""plan:f a owl:FunctionalProperty . plan:i a owl:InverseFunctionalProperty .
        plan:r a owl:IrreflexiveProperty . plan:s a owl:AsymmetricProperty .
        <x:all> a owl:AllDisjointClasses ; owl:members <x:1> .
        <x:1> <{rdf}first> plan:A ; <{rdf}rest> <x:2> . <x:2> <{rdf}first> plan:B ; <{rdf}rest> <x:3> .
        <x:3> <{rdf}first> plan:C ; <{rdf}rest> <{rdf}nil> .""",
    )
    assert {i.axiom for i in inconsistencies(working)} == {
        "owl:FunctionalProperty plan:f",
        "owl:InverseFunctionalProperty plan:i",
        "owl:IrreflexiveProperty plan:r",
        "owl:AsymmetricProperty plan:s",
        "owl:disjointWith",
    }


def test_the_plan_vocabulary_is_our_predicates_and_our_classes():
    said = triples(":x a plan:Task, owl:Thing ; plan:inAction :a ; rdfs:label '任务' . :y a plan:Task .")
    assert plan_vocabulary(said) == set(triples(":x a plan:Task ; plan:inAction :a . :y a plan:Task ."))


def test_the_order_of_the_statements_does_not_matter():
    lines = triples(NESTED + responsibilities(("Joint", "kexie"), ("Joint", "jiaoyu")))
    seen = set()
    for seed in range(3):
        shuffled = list(lines)
        random.Random(seed).shuffle(shuffled)
        working = ox.Store()
        load_vocabulary(working)
        replace_plan(working, "x:g", shuffled)
        seen.add((tuple(infer(working).items()), frozenset(map(str, inferred(working)))))
    assert len(seen) == 1
