"""What is brought up to date after changes is what is drawn from nothing, whatever changed in whatever order."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocab
from kg.reason import infer, infer_changes
from kg.reason.facts import read_graph
from kg.store.graphs import Change, load_vocabulary, replace_lines

# Few nodes, so that plans speak of the same ones and facts follow in several ways.
NODES = [f"<x:{name}>" for name in "abcdef"]
LINKS = [
    f"<{vocab.plan(name)}>"
    for name in (
        "partOf hasPart within inAction crowdGroup leadAgency jointAgency supportingAgency responsibility agency "
        "effectiveLeadAgency inheritedLeadAgency hasTarget targetOf basedOn implements evidence about"
    ).split()
]
CLASSES = [f"<{vocab.plan(name)}>" for name in "Task Action Agency AgencyGroup Region Plan Responsibility".split()]
INTEGER = f"<{vocab.XSD}integer>"

node = st.sampled_from(NODES)
statement = st.one_of(
    st.builds("{} {} {} .".format, node, st.sampled_from(LINKS), node),
    st.builds(f"{{}} <{vocab.RDF_TYPE}> {{}} .".format, node, st.sampled_from(CLASSES)),
    st.builds(f'{{}} <{vocab.plan("position")}> "{{}}"^^{INTEGER} .'.format, node, st.integers(1, 3)),
    st.builds(f"{{}} <{vocab.plan('role')}> <{vocab.plan('Joint')}> .".format, node),
)
steps = st.lists(
    st.lists(st.tuples(st.sampled_from("123"), st.lists(statement, max_size=14)), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)


def inferred(working: ox.Store) -> set[tuple[str, str, str]]:
    return set(read_graph(working, vocab.INFERRED_GRAPH))


def merged(working: ox.Store) -> bool:
    default = {q.triple for q in working.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    return default == {q.triple for q in working if not isinstance(q.graph_name, ox.DefaultGraph)}


VOCABULARY = ox.Store()
load_vocabulary(VOCABULARY)
for _graph in (vocab.CONCEPT_GRAPH,):
    replace_lines(VOCABULARY, _graph, b"")  # thousands of facts that none of these nodes meets
infer(VOCABULARY)


def fresh() -> ox.Store:
    working = ox.Store()
    working.extend(VOCABULARY)
    return working


@settings(max_examples=40, deadline=None)  # every example draws the vocabulary's conclusions anew
@given(steps)
def test_bringing_up_to_date_is_drawing_anew(rounds) -> None:
    working, anew = fresh(), fresh()
    for round_ in rounds:
        changes = []
        for graph, lines in round_:
            text = "\n".join(lines).encode()
            changes.append(replace_lines(working, f"x:graph{graph}", text))
            replace_lines(anew, f"x:graph{graph}", text)
        change = infer_changes(working, changes)
        infer(anew)
        assert inferred(working) == inferred(anew)
        assert merged(working)
        assert not set(change.gained) & set(change.lost)
    assert set(map(str, working)) == set(map(str, anew))


def test_nothing_changed_changes_nothing() -> None:
    working = fresh()
    assert not infer_changes(working, [])
    assert not infer_changes(working, [Change()])
