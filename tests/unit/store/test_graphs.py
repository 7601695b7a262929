"""The named graphs and the default graph that merges them stay in step."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, StoreError
from kg.store.graphs import (
    SKOLEM,
    VOCABULARY_GRAPHS,
    load_vocabulary,
    plan_graphs,
    read_turtle,
    remove_plan,
    replace_plan,
)
from kg.vocab import INFERRED_GRAPH

DECIMAL = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def triple(subject, text, datatype=None):
    value = ox.Literal(text, datatype=datatype) if datatype else ox.Literal(text)
    return ox.Triple(ox.NamedNode(f"x:{subject}"), ox.NamedNode("x:p"), value)


def default(store):
    return {q.triple for q in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


def merged(store):
    return {q.triple for q in store if not isinstance(q.graph_name, ox.DefaultGraph)}


def test_a_plan_is_in_its_graph_and_in_the_default_graph():
    store = ox.Store()
    change = replace_plan(store, "x:g", [triple("a", "科协"), triple("a", "教育局")])
    assert (change.added, change.removed) == (2, 0)
    assert plan_graphs(store) == ["x:g"]
    assert default(store) == merged(store) == {triple("a", "科协"), triple("a", "教育局")}


def test_what_two_plans_say_stays_when_one_goes():
    store = ox.Store()
    replace_plan(store, "x:g", [triple("a", "共有"), triple("a", "独有")])
    replace_plan(store, "x:h", [triple("a", "共有")])
    assert remove_plan(store, "x:g").removed == 2
    assert default(store) == {triple("a", "共有")}
    assert plan_graphs(store) == ["x:h"]


def test_the_same_plan_again_changes_nothing():
    store = ox.Store()
    said = [triple("a", "15.80", DECIMAL), triple("b", "007", ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))]
    assert replace_plan(store, "x:g", said)
    assert not replace_plan(store, "x:g", said)
    assert default(store) == merged(store)
    assert len(default(store)) == 2


def test_a_changed_plan_loses_what_it_no_longer_says():
    store = ox.Store()
    replace_plan(store, "x:g", [triple("a", "旧"), triple("a", "不变")])
    change = replace_plan(store, "x:g", [triple("a", "新"), triple("a", "不变")])
    assert (change.added, change.removed) == (1, 1)
    assert default(store) == merged(store) == {triple("a", "新"), triple("a", "不变")}


def test_quads_count_as_their_triples():
    store = ox.Store()
    replace_plan(store, "x:g", [ox.Quad(*triple("a", "科协"), ox.NamedNode("x:other"))])
    assert plan_graphs(store) == ["x:g"]


def test_a_blank_node_is_refused_and_a_literal_that_looks_like_one_is_not():
    store = ox.Store()
    with pytest.raises(StoreError, match="blank node"):
        replace_plan(store, "x:g", [ox.Triple(ox.BlankNode("b"), ox.NamedNode("x:p"), ox.Literal("x"))])
    with pytest.raises(StoreError, match="blank node"):
        replace_plan(store, "x:g", [ox.Triple(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.BlankNode("b"))])
    assert len(store) == 0
    replace_plan(store, "x:g", [triple("a", "see _:b0 here")])
    assert len(store) == 2


STATEMENTS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["科协", "教育局", "妇联"])), max_size=6)


@given(st.lists(st.tuples(st.sampled_from(["x:g", "x:h", INFERRED_GRAPH]), STATEMENTS), max_size=6))
def test_whatever_is_replaced_the_default_graph_is_the_merge_of_the_others(steps):
    store, expected = ox.Store(), {}
    for graph, statements in steps:
        expected[graph] = {triple(*statement) for statement in statements}
        replace_plan(store, graph, expected[graph])
        assert default(store) == merged(store) == set().union(*expected.values())


def test_the_vocabulary_is_loaded_once_and_without_blank_nodes():
    store = ox.Store()
    assert load_vocabulary(store).added > 1000
    assert not load_vocabulary(store)
    assert default(store) == merged(store)
    assert {g.value for g in store.named_graphs()} == set(VOCABULARY_GRAPHS)
    assert plan_graphs(store) == []
    assert not any(isinstance(term, ox.BlankNode) for t in default(store) for term in (t.subject, t.object))


def test_lists_get_the_same_names_whatever_the_order_of_the_file(tmp_path):
    one, other = tmp_path / "one.ttl", tmp_path / "other.ttl"
    one.write_text("<x:a> <x:chain> ( <x:p> <x:q> ) .\n<x:b> <x:chain> ( <x:r> ) .", encoding="utf-8")
    other.write_text("<x:b> <x:chain> ( <x:r> ) .\n<x:a> <x:chain> ( <x:p> <x:q> ) .", encoding="utf-8")
    assert sorted(read_turtle([one]).splitlines()) == sorted(read_turtle([other]).splitlines())
    assert SKOLEM.encode() in read_turtle([one])


def test_a_broken_vocabulary_file_is_named(tmp_path):
    (tmp_path / "broken.ttl").write_text("<x:a> nonsense", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.ttl"):
        read_turtle([tmp_path / "broken.ttl"])


def test_five_plans_of_four_thousand_triples_are_written_within_the_time_allowed():
    plans = [[triple(f"{n}/{i // 8}", f"第{i}项任务的文字") for i in range(4000)] for n in range(5)]
    store, began = ox.Store(), time.perf_counter()
    for number, statements in enumerate(plans):
        replace_plan(store, f"x:g{number}", statements)
    # Measured 0.12 s alone; the rest is for machines that do other things besides.
    assert time.perf_counter() - began < 1.0
