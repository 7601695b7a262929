"""The saved questions as RDF: read back, they say and answer the same."""

from __future__ import annotations

import re
import subprocess
import sys

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH, SKOS

from kg import resources, vocab
from kg.errors import QueryError
from kg.export import render_facts
from kg.pipeline import build
from kg.query import bind, example_values, load_queries, publish, resolve_values, values_with_defaults
from kg.query.header import parse_query
from kg.query.values import serialise
from kg.store import open_store

QUERIES = load_queries()
NAMED = rdflib.Namespace(f"{vocab.QUERIES_IRI}#")


@pytest.fixture(scope="module")
def graph():
    text = render_facts(publish(QUERIES), "ttl", vocab.DEFAULT_BASE)
    return rdflib.Graph().parse(data=text, format="turtle")


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    build([resources.folder("data/documents")], opened)
    return opened


def text_of(graph, node):
    """The query as an engine that knows nothing but SHACL puts it together (SHACL, section 5.2.1)."""
    lines = []
    for declaration in graph.objects(graph.value(node, SH.prefixes), SH.declare):
        prefix, namespace = graph.value(declaration, SH.prefix), graph.value(declaration, SH.namespace)
        lines.append(f"PREFIX {prefix}: <{namespace}>")
    return "\n".join([*sorted(lines), str(graph.value(node, SH.select))])


def test_every_question_is_there_with_its_words_in_two_languages(graph):
    nodes = set(graph.subjects(RDF.type, SH.SPARQLSelectExecutable))
    assert nodes == {NAMED[name] for name in QUERIES} == set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    for name, query in QUERIES.items():
        for predicate, texts in ((RDFS.label, query.summary), (RDFS.comment, query.description)):
            assert {o.language: str(o) for o in graph.objects(NAMED[name], predicate)} == texts
        said = {str(graph.value(p, SH.name)): p for p in graph.objects(NAMED[name], SH.parameter)}
        assert said.keys() == {p.name for p in query.parameters}
        for p in query.parameters:
            node = said[p.name]
            assert {o.language: str(o) for o in graph.objects(node, SH.description)} == p.description
            assert str(graph.value(node, SH.path)).rpartition("#")[2] == p.variable
            assert (graph.value(node, SH.optional) is not None) is (not p.required)
            assert str(graph.value(node, SKOS.example)) == p.example
            if p.target:
                assert str(graph.value(node, SH["class"])) == p.target


@pytest.mark.parametrize("name", QUERIES)
def test_what_is_published_answers_as_what_is_saved(graph, store, name):
    query = QUERIES[name]
    values = resolve_values(store, query, values_with_defaults(query, example_values(query)))
    text = text_of(graph, NAMED[name])
    for parameter in graph.objects(NAMED[name], SH.parameter):
        p = query.parameter(str(graph.value(parameter, SH.name)))
        if p.name in values:
            term = serialise(p, values[p.name])
            text = re.sub(rf"\?{graph.value(parameter, SH.path).rpartition('#')[2]}\b", lambda _, t=term: t, text)
    assert not re.search(r"PREFIX[^<]*<[^>]*>(?s:.*)#\+", text)
    ours = store.query(bind(query, values))
    theirs = ox.Store.query(store.snapshot(), text)
    assert [list(row) for row in theirs] == [list(row) for row in ours]


def test_every_form_says_the_same_without_blank_nodes(graph):
    facts = publish(QUERIES)
    assert not any(term.startswith("_:") for fact in facts for term in fact)
    lines = render_facts(facts, "nt", vocab.DEFAULT_BASE)
    assert set(rdflib.Graph().parse(data=lines, format="nt")) == set(graph)
    linked = ox.parse(render_facts(facts, "jsonld", vocab.DEFAULT_BASE), format=ox.RdfFormat.JSON_LD)
    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in linked} == facts


def test_shacl_takes_the_parameters_for_well_formed(graph):
    import pyshacl

    # SHACL for SHACL, as far as it speaks of property shapes: each parameter has one path, and nothing contradicts itself.
    for parameter in set(graph.objects(None, SH.parameter)):
        assert len(list(graph.objects(parameter, SH.path))) == 1
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforms, text


CHOICE = """\
#+ summary: x
#+ description: x
#+ enumerate: [{ level: [county, national] }]
#+ defaults: [{ level: county }]
#+ x-plankg:
#+   version: 1.0.0
#+   params:
#+     level: { description: { en: Level, zh: 级别 }, example: county }
#+     top: { description: { en: Top, zh: 数目 }, example: "3", minimum: 1, maximum: 9 }
#+   limits: { zh: 无, en: none }
PREFIX plan: <https://w3id.org/plankg/ontology#>
SELECT ?p { ?p plan:level ?l FILTER(STRENDS(STR(?l), ?_level_literal) && ?_top_integer > 0) } ORDER BY ?p
"""


def test_choices_defaults_bounds_and_limits_are_told():
    found = rdflib.Graph()
    facts = publish({"choice": parse_query(CHOICE, "choice", "choice.rq")})
    found.parse(data=render_facts(facts, "nt", vocab.DEFAULT_BASE), format="nt")
    level, top = NAMED["choice.level"], NAMED["choice.top"]
    assert [str(v) for v in rdflib.collection.Collection(found, found.value(level, SH["in"]))] == ["county", "national"]
    assert str(found.value(level, SH.defaultValue)) == "county"
    assert (int(found.value(top, SH.minInclusive)), int(found.value(top, SH.maxInclusive))) == (1, 9)
    assert {o.language for o in found.objects(NAMED.choice, SKOS.scopeNote)} == {"zh", "en"}


def test_one_prefix_means_one_namespace():
    other = CHOICE.replace("ontology#", "elsewhere#")
    queries = {name: parse_query(text, name, f"{name}.rq") for name, text in (("a", CHOICE), ("b", other))}
    with pytest.raises(QueryError, match=r"b\.rq: the prefix plan: is .*elsewhere.*a\.rq"):
        publish(queries)


def test_the_command_writes_them_without_a_store(tmp_path):
    program = [sys.executable, "-c", "from kg.cli import main; main()", "export", "--queries"]
    subprocess.run([*program, "-o", "q.ttl"], cwd=tmp_path, check=True, capture_output=True)
    printed = subprocess.run(program, cwd=tmp_path, check=True, capture_output=True).stdout
    assert (tmp_path / "q.ttl").read_bytes() == printed == render_facts(publish(QUERIES), "ttl", vocab.DEFAULT_BASE)
    for wrong in (["-f", "nq"], ["--plan", "x"]):
        assert subprocess.run([*program, *wrong], cwd=tmp_path, check=False, capture_output=True).returncode == 2
