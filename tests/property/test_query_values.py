"""No value of any parameter of any saved question is anything but its term; no short value breaks its own look-up."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyparsing import ParseException
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Literal, URIRef

from kg import vocab
from kg.errors import EmptyError, KGError, UsageError
from kg.query import bind, find_iri, load_queries
from kg.query.saved import Parameter
from kg.store import open_store
from kg.store.memory import MemoryStore

QUERIES = load_queries()
PARAMETERS = [(name, p.name) for name, query in QUERIES.items() for p in query.parameters]
HOSTILE = [
    'x") || true || CONTAINS(?text, "',
    "\\u0022) } #",
    "\\\\u0022 \\U00000022'''\"\"\"",
    "a\tb\r\nc\\",
    "{ } <urn:x> ?plan $plan @zh ^^xsd:date",
    "\u2028\u0085\u00a0\u3000\uff02\uff1e",
    "urn:x> . ?s ?p <urn:y",
    "https://x/\\u003E",
    "https://x/\u003e?a=\u0022",
    "http://[",
    "https://例子.cn/规划#东湖",
    '2025-12-31"^^xsd:date) } #',
    "2025-12-31Z",
    "1 OFFSET 3",
    "-1",
    "1e5",
    "",
]
SAFE = {
    "iri": "https://w3id.org/plankg/id/sentinel",
    "literal": "哨兵",
    "language": "哨兵",
    "integer": "7",
    "number": "7",
    "date": "2001-02-03",
    "dateTime": "2001-02-03T04:05:06",
    "gYear": "2001",
    "gYearMonth": "2001-02",
    "decimal": "7.5",
    "string": "哨兵",
    "boolean": "true",
}


def safe(parameter: Parameter) -> str:
    if parameter.enumerate:
        return parameter.enumerate[0]
    kind = parameter.detail.removeprefix(vocab.XSD) if parameter.kind == "datatype" else parameter.kind
    return str(parameter.minimum) if parameter.minimum is not None else SAFE[kind]


def bound(name: str, parameter: str, value: str) -> str:
    return bind(QUERIES[name], {**{p.name: safe(p) for p in QUERIES[name].parameters}, parameter: value})


def algebra(text: str) -> CompValue:
    return translateQuery(parseQuery(text)).algebra


@cache
def plain(name: str, parameter: str) -> CompValue:
    return algebra(bound(name, parameter, safe(QUERIES[name].parameter(parameter))))


def differences(one: object, other: object) -> set[tuple[object, object]]:
    """The pairs of leaves in which two algebras of one shape differ; an AssertionError where the shape differs."""
    if isinstance(one, Identifier) or isinstance(other, Identifier):
        assert type(one) is type(other)
        same = one == other and getattr(one, "datatype", None) == getattr(other, "datatype", None)
        return set() if same else {(one, other)}
    assert type(one) is type(other)
    if isinstance(one, CompValue):
        assert one.name == other.name
        assert list(one) == list(other)
        return set().union(*(differences(one[key], other[key]) for key in one if key not in ("_vars", "datasetClause")))
    if isinstance(one, dict):
        assert sorted(map(str, one)) == sorted(map(str, other)) or len(one) == len(other)
        return set().union(*(differences(a, b) for a, b in zip(one.values(), other.values(), strict=True)))
    if isinstance(one, list | tuple):
        assert len(one) == len(other)
        # rdflib orders the triples of a pattern by what is bound: the terms that take part decide between equals.
        if one and all(isinstance(t, tuple) and len(t) == 3 for t in one):
            one, other = sorted(one, key=_shape), sorted(other, key=_shape)
        return set().union(*(differences(a, b) for a, b in zip(one, other, strict=True)))
    if isinstance(one, set | frozenset):
        assert len(one) == len(other)
        return set()
    assert one == other
    return set()


def _shape(triple: tuple[object, ...]) -> list[str]:
    """A triple's text, with sentinel and value alike."""
    return [str(t) if not isinstance(t, URIRef | Literal) or str(t).startswith(vocab.PLAN) else "·" for t in triple]


def check(name: str, parameter: str, value: str) -> None:
    try:
        text = bound(name, parameter, value)
    except KGError:
        return
    found = QUERIES[name].parameter(parameter)
    pairs = differences(plain(name, parameter), algebra(text))
    if value == safe(found):
        assert not pairs
        return
    [(before, after)] = pairs
    assert str(before) == safe(found)
    assert str(after) == value
    assert isinstance(after, URIRef if found.kind == "iri" else Literal)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_a_hostile_value_is_its_term_or_refused(name, parameter):
    for value in HOSTILE:
        check(name, parameter, value)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(PARAMETERS),
    st.one_of(
        st.text(),
        st.text(st.sampled_from("\\u0022\"'<>{}()?$#@^;.\n\r\t {}")),
        st.builds("https://example.org/{}".format, st.text(max_size=20)),
        st.dates().map(str),
        st.integers().map(str),
    ),
)
def test_any_value_is_its_term_or_refused(place, value):
    check(*place, value)


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    assert isinstance(opened, MemoryStore)
    with opened.write() as working:
        working.update(
            f'INSERT DATA {{ <{opened.base}plan/x> a <{vocab.plan("Plan")}> ; <{vocab.DCTERMS_TITLE}> "规划"@zh }}'
        )
    return opened


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.one_of(st.text(), st.sampled_from(HOSTILE), st.builds("urn:{}".format, st.text())))
@example(value="http://[")
@example(value="plan:\ud800")
@example(value="crowd-group:")
@example(value="plan/../x")
def test_a_short_value_is_found_or_refused(store, value):
    plan = Parameter("plan", "_plan_iri", "iri", True, target=vocab.plan("Plan"))
    try:
        assert find_iri(store, plan, value) == f"{store.base}plan/x"
    except (UsageError, EmptyError):
        return


def test_a_value_that_meets_a_word_of_the_query_changes_nothing_else():
    for name, parameter in PARAMETERS:
        if QUERIES[name].parameter(parameter).kind == "literal":
            for word in ("zh", "stated", "task"):
                pairs = differences(plain(name, parameter), algebra(bound(name, parameter, word)))
                assert {(str(a), str(b)) for a, b in pairs} == {("哨兵", word)}


@pytest.mark.parametrize(
    "injected",
    [
        'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "x") || true) }',
        'SELECT * { ?s ?p ?o . ?s ?q ?r FILTER(CONTAINS(?o, "x")) }',
        'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "x"@zh, "y")) }',
        'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "x")) } LIMIT 1',
        "SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, ?x)) }",
    ],
)
def test_the_measure_sees_an_injection(injected):
    with pytest.raises((AssertionError, ParseException)):
        differences(algebra('SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "哨兵")) }'), algebra(injected))
