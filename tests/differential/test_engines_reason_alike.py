"""Our rules and owlrl draw the same conclusions from the same graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import resources
from kg.pipeline import build
from kg.reason import infer, plan_vocabulary
from kg.store import open_store
from kg.store.graphs import load_vocabulary, plan_graphs, remove_plan, replace_plan
from kg.vocab import CONCEPT_GRAPH, INFERRED_GRAPH, PLAN

INSTANCES = f"""
@prefix : <https://w3id.org/plankg/id/> . @prefix plan: <{PLAN}> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:p a plan:Plan ; dcterms:title "东湖区全民科学素质行动实施方案"@zh ; plan:basedOn :law ; plan:implements :upper ;
   plan:region :district ; dcterms:publisher :government ; plan:citation :c ; plan:periodStart "2021"^^xsd:gYear .
:c a plan:Citation ; plan:inPlan :p ; plan:citedTitle "科普法" ; plan:document :law ; plan:isBasis true .
:district a plan:Region ; plan:within :city . :city plan:within :province . :province plan:within :nation .
:s a plan:Section ; plan:inPlan :p . :a a plan:Action ; plan:inPlan :p ; plan:inSection :s ;
   plan:leadAgency :kexie, :jiaoyu ; plan:crowdGroup :young .
:b a plan:Action ; plan:inPlan :p ; plan:inSection :s ; plan:inAction :a .
:t1 a plan:Task ; plan:inPlan :p ; plan:inAction :a ; plan:inSection :s ; plan:responsibility :r1 ; plan:leadAgency :renshe ;
   plan:hasTarget :q1 ; plan:evidence :e1 ; plan:mentionsInitiative :i1 ; plan:correspondsTo :t2 .
:r1 a plan:Responsibility ; plan:agency :renshe ; plan:role plan:Lead ; plan:basis plan:SoleAgency ; plan:position 1 .
:t2 a plan:Task ; plan:inPlan :p ; plan:inAction :b ; plan:responsibility :r2, :r3 ; plan:jointAgency :fulian, :all .
:r2 plan:agency :fulian ; plan:role plan:Joint ; plan:position 1 . :r3 plan:agency :all ; plan:role plan:Joint ; plan:position 2 .
:all a plan:AgencyGroup .
:t3 a plan:Task ; plan:inPlan :p ; plan:responsibility :r4 ; plan:jointAgency :fulian .
:r4 plan:agency :fulian ; plan:role plan:Joint ; plan:position 1 .
:m a plan:SafeguardMeasure ; plan:inPlan :p ; plan:inSection :s .
:q1 a plan:Target ; plan:inPlan :p ; plan:value 17.5 ; plan:comparator plan:AtLeast ; plan:indicator :literacy .
:q2 a plan:Achievement ; plan:inPlan :p ; plan:achievementOf :p ; plan:value 12.0 .
:f a plan:Finding ; plan:about :t1 ; plan:inPlan :p .
"""


def conclusions(working, engine):
    infer(working, engine=engine)
    return {q.triple for q in working.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED_GRAPH))}


def assert_alike(working, folder):
    """Same conclusions; both sides are written to disk where they differ."""
    ours, theirs = conclusions(working, "rules"), conclusions(working, "owlrl")
    assert len(plan_vocabulary(ours)) > 30
    if ours != theirs:
        for name, found in (("rules.nt", ours - theirs), ("owlrl.nt", theirs - ours)):
            (folder / name).write_text("".join(sorted(f"{triple} .\n" for triple in found)), encoding="utf-8")
    assert plan_vocabulary(ours) == plan_vocabulary(theirs), f"see {folder}"
    assert ours == theirs, f"see {folder}"


def test_both_engines_conclude_the_same_from_an_instance_of_everything(tmp_path):
    working = ox.Store()
    load_vocabulary(working)
    remove_plan(working, CONCEPT_GRAPH)  # many, all alike; the other test has them
    replace_plan(working, "x:g", [quad.triple for quad in ox.parse(INSTANCES, format=ox.RdfFormat.TURTLE)])
    assert_alike(working, tmp_path)


@pytest.mark.slow
def test_both_engines_conclude_the_same_from_the_five_plans(tmp_path):
    store = open_store()
    build([resources.folder("data/documents")], store)
    with store.write() as working:
        assert len(plan_graphs(working)) == 5
        assert_alike(working, tmp_path)
