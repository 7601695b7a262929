"""What is written reads back as the same graph, and the same graph gives the same bytes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import EmptyError, InputError, UsageError
from kg.export import FORMATS, format_of, render_graph, serialise
from kg.export.jsonld import write_jsonld
from kg.export.turtle import write_turtle
from kg.reason import infer
from kg.store import open_store
from kg.store.graphs import load_vocabulary, plan_graphs, replace_plan
from kg.vocab import CONCEPT_GRAPH, DEFAULT_BASE, INFERRED_GRAPH, ONTOLOGY_GRAPH, PLAN

HEAD = f"""
@base <{DEFAULT_BASE}> . @prefix plan: <{PLAN}> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix level: <https://w3id.org/plankg/concept/level/> .
"""
ONE = """
<plan/360102-2021-3f9a0c1e> a plan:Plan ; dcterms:title "东湖区全民科学素质行动实施方案"@zh ; plan:level level:county ;
    plan:periodStart "2021"^^xsd:gYear ; plan:periodEndDate "2025-12-31"^^xsd:date ; plan:sourceFile <source/8d0123456789> .
<source/8d0123456789> a plan:SourceFile ; plan:sourceText "第一行“引”\\n第二行\\"x\\"\\t\\\\末 \\r\\u0007" .
<plan/360102-2021-3f9a0c1e/2-3> a plan:Action ; plan:inPlan <plan/360102-2021-3f9a0c1e> ; plan:leadAgency <agency/360102/renshe> .
<plan/360102-2021-3f9a0c1e/2-3-10> a plan:Task ; plan:inPlan <plan/360102-2021-3f9a0c1e> ; plan:ordinal 10 ;
    plan:inAction <plan/360102-2021-3f9a0c1e/2-3> .
<plan/360102-2021-3f9a0c1e/2-3-9> a plan:Task ; plan:inPlan <plan/360102-2021-3f9a0c1e> ; plan:ordinal 9 ;
    plan:confidence 0.95 ; plan:responsibility <plan/360102-2021-3f9a0c1e/2-3-9/responsibility/1> .
<plan/360102-2021-3f9a0c1e/2-3-9/responsibility/1> a plan:Responsibility ; plan:role plan:Lead ; plan:openList true .
<region/360102> plan:within <region/360100> . <region/360100> plan:within <region/360000> .
"""
OTHER = '<plan/330304-2021-565aea9f> a plan:Plan ; dcterms:title "瓯海区规划"@zh ; plan:level level:county .'


def triples(turtle):
    return [quad.triple for quad in ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE)]


def store_of(seed=0):
    """Two plans with all that follows, put in in an order of its own."""
    store, order = open_store(), random.Random(seed)
    with store.write() as working:
        plans = [("graph/360102-2021-3f9a0c1e", triples(ONE)), ("graph/330304-2021-565aea9f", triples(OTHER))]
        order.shuffle(plans)
        for name, said in plans:
            order.shuffle(said)
            replace_plan(working, DEFAULT_BASE + name, said)
        load_vocabulary(working)
        infer(working)
    return store


@pytest.fixture(scope="module")
def store():
    return store_of()


PARSERS = {
    "ttl": (ox.RdfFormat.TURTLE, "turtle"),
    "nt": (ox.RdfFormat.N_TRIPLES, "nt"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
    "nq": (ox.RdfFormat.N_QUADS, "nquads"),
    "trig": (ox.RdfFormat.TRIG, "trig"),
}


def read_by_oxigraph(text, format):
    return set(ox.parse(text, format=PARSERS[format][0]))


def read_by_rdflib(text, format):
    """What rdflib reads, with literals as Oxigraph writes them."""
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format=PARSERS[format][1])
    back = ox.Store()
    back.load(dataset.serialize(format="nquads").encode(), format=ox.RdfFormat.N_QUADS)
    return set(back)


# rdflib's own readers of TriG and JSON-LD use what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("plan", [None, DEFAULT_BASE + "plan/360102-2021-3f9a0c1e"])
def test_two_parsers_read_back_the_same_graph_from_every_format(store, format, plan):
    text = render_graph(store, format, plan)
    lines = read_by_oxigraph(render_graph(store, "nq" if format in ("nq", "trig") else "nt", plan), "nq")
    assert len(lines) > 20
    assert read_by_oxigraph(text, format) == lines
    assert read_by_rdflib(text, format) == lines


@pytest.mark.parametrize("format", FORMATS)
def test_the_order_in_which_statements_came_does_not_show(format):
    assert len({render_graph(store_of(seed), format) for seed in range(3)}) == 1


def test_the_seed_of_hashes_does_not_show(tmp_path):
    program = f"""
        import sys
        sys.path[:0] = {sys.path!r}
        from kg.export import FORMATS, render_graph
        from kg.store import open_store
        store = open_store({str(tmp_path / "store")!r})
        for format in FORMATS:
            sys.stdout.buffer.write(render_graph(store, format))
    """
    with open_store(tmp_path / "store", create=True).write() as working:
        working.extend(store_of().quads())
    texts = {
        subprocess.run(
            [sys.executable, "-c", textwrap.dedent(program)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_turtle_is_prefixed_relative_and_in_reading_order(store):
    text = render_graph(store, "ttl").decode()
    assert text.startswith(f"@base <{DEFAULT_BASE}> .\n@prefix plan: <{PLAN}> .\n@prefix level:")
    assert (
        "\n<plan/360102-2021-3f9a0c1e/2-3-9>\n    a plan:Measure, plan:Provision, plan:Task, eli:LegalResourceSubdivision ;\n"
        in text
    )
    assert "    plan:ordinal 9 ;\n" in text
    assert "    plan:confidence 0.95 ;\n" in text
    assert "    plan:openList true ;\n" in text
    assert "    plan:level level:county ;\n" in text
    places = [text.index(f"\n<plan/360102-2021-3f9a0c1e{key}>\n") for key in ("", "/2-3", "/2-3-9", "/2-3-10")]
    assert places == sorted(places)


def test_an_export_stands_alone_without_the_ontology(store):
    quads = read_by_oxigraph(render_graph(store, "nt"), "nt")
    subjects = {quad.subject.value for quad in quads}
    assert "https://w3id.org/plankg/concept/level/county" in subjects  # its label is needed
    assert "https://w3id.org/plankg/concept/level/provincial" not in subjects
    assert PLAN + "Lead" in subjects
    assert PLAN + "Task" not in subjects
    assert "县" in render_graph(store, "ttl").decode()


def test_quads_keep_their_graphs_and_say_nothing_twice(store):
    quads = read_by_oxigraph(render_graph(store, "nq"), "nq")
    names = {quad.graph_name.value for quad in quads}
    assert names == {*plan_graphs(store.snapshot()), INFERRED_GRAPH, CONCEPT_GRAPH, ONTOLOGY_GRAPH}


def test_one_plan_comes_with_what_follows_about_it_and_without_the_others(store):
    text = render_graph(store, "ttl", DEFAULT_BASE + "plan/360102-2021-3f9a0c1e").decode()
    assert "瓯海" not in text
    assert "plan:effectiveLeadAgency" in text
    quads = read_by_oxigraph(text.encode(), "ttl")
    assert triples("<region/360102> plan:within <region/360000> .")[0] in {quad.triple for quad in quads}


def test_statements_that_lie_in_the_default_graph_alone_are_written_too():
    store = open_store()
    with store.write() as working:
        working.extend(ox.Quad(*triple) for triple in triples(OTHER))
    for format in FORMATS:
        assert {quad.triple for quad in read_by_oxigraph(render_graph(store, format), format)} == set(triples(OTHER))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
TERMS = st.one_of(
    st.builds(
        lambda text: ox.NamedNode(DEFAULT_BASE + text),
        st.text("ab12-_./~%:", max_size=6).filter(lambda t: "%" not in t),
    ),
    st.builds(lambda text: ox.NamedNode(PLAN + text), st.sampled_from(["Task", "a.b", "2", "", "x/y", "-a"])),
    st.builds(ox.Literal, TEXTS),
    st.builds(lambda text: ox.Literal(text, language="zh"), TEXTS),
    st.builds(
        lambda number: ox.Literal(str(number), datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        st.integers(),
    ),
    st.builds(
        lambda text: ox.Literal(text, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        st.sampled_from(["1", "1.50", "-.5", "x", "1."]),
    ),
    st.builds(
        lambda text: ox.Literal(text, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
        st.sampled_from(["true", "1", "TRUE"]),
    ),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("https://example.org/kind")), TEXTS),
)
PROPERTIES = st.sampled_from(
    [
        ox.NamedNode(iri)
        for iri in (PLAN + "text", PLAN + "level", "https://example.org/p/1", "http://purl.org/dc/terms/title")
    ]
)


@given(st.lists(st.tuples(st.sampled_from("ab"), PROPERTIES, TERMS), max_size=5))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_term_comes_back_as_it_was(statements):
    said = {ox.Triple(ox.NamedNode(f"{DEFAULT_BASE}plan/{s}"), p, o) for s, p, o in statements}
    facts = [(str(t.subject), str(t.predicate), str(t.object)) for t in said]
    for format, write in (("ttl", write_turtle), ("jsonld", write_jsonld)):
        text = write(facts, DEFAULT_BASE).encode()
        assert {quad.triple for quad in read_by_oxigraph(text, format)} == said, text.decode()


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("format", FORMATS)
def test_the_suffix_says_the_format(store, tmp_path, format):
    serialise(store, tmp_path / f"图谱.{format.upper()}")
    assert (tmp_path / f"图谱.{format.upper()}").read_bytes() == render_graph(store, format)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["graph.rdf", "graph", "graph.ttl.gz", ".ttl"])
def test_an_unknown_suffix_is_a_usage_error_that_lists_the_known_ones(store, tmp_path, name):
    with pytest.raises(UsageError, match=r"\.ttl \.nt \.nq \.trig \.jsonld"):
        serialise(store, tmp_path / name)
    assert format_of("-") == "ttl"


def test_a_given_format_wins_over_the_suffix(store, tmp_path):
    serialise(store, tmp_path / "graph.txt", "nt")
    assert (tmp_path / "graph.txt").read_bytes() == render_graph(store, "nt")
    with pytest.raises(UsageError, match="ttl"):
        serialise(store, tmp_path / "graph.txt", "rdfxml")


def test_a_dash_is_standard_output(store, capfdbinary):
    serialise(store, "-", "nt")
    assert capfdbinary.readouterr().out == render_graph(store, "nt")


def test_a_file_that_cannot_be_written_is_an_input_error_and_leaves_nothing(store, tmp_path):
    (tmp_path / "folder.ttl").mkdir()
    for path in (tmp_path / "folder.ttl", tmp_path / "missing" / "graph.ttl"):
        with pytest.raises(InputError, match="cannot be written"):
            serialise(store, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.ttl"]


def test_a_pipe_is_written_into_and_not_put_in_the_place_of(store, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) as reader:
        serialise(store, pipe, "nt")
        assert reader.communicate()[0] == render_graph(store, "nt")
    assert pipe.is_fifo()


def test_what_a_link_names_is_written_and_the_link_stays(store, tmp_path):
    link = tmp_path / "link.nt"
    link.symlink_to(tmp_path / "named.nt")
    serialise(store, link)
    assert link.is_symlink()
    assert (tmp_path / "named.nt").read_bytes() == render_graph(store, "nt")


def test_an_empty_store_and_an_unknown_plan_are_told_apart(store):
    with pytest.raises(EmptyError):
        render_graph(open_store(), "ttl")
    with pytest.raises(UsageError, match="360102-2021-3f9a0c1e"):
        render_graph(store, "ttl", DEFAULT_BASE + "plan/nowhere")
