"""Every rule: its words are complete, a passing and a failing graph lie in tests/shapes, SHACL-SHACL accepts it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kg.lexicon import rules
from kg.validate import engine
from kg.validate.checks import chain, figures
from kg.validate.data import load
from kg.validate.rules import Rule, Shapes, load_shapes
from kg.validate.run import examine

EXAMPLES = Path(__file__).parents[2] / "shapes"
W3C = Path(__file__).parents[3].parent / "shared" / "conformance" / "shacl" / "core" / "complex" / "shacl-shacl.ttl"
NAMES = sorted(rule.name for rule in load_shapes().rules)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


def only(shapes: Shapes, name: str) -> Shapes:
    """The same shapes with one rule, so that an example is about nothing else."""
    rule = next(rule for rule in shapes.rules if rule.name == name)
    graph = rdflib.Graph()
    nodes = {node for node, owner in shapes.rule_of.items() if owner == rule.iri}
    whole = rdflib.URIRef("https://w3id.org/plankg/shapes")
    nodes |= {whole, *shapes.graph.objects(whole, rdflib.SH.declare)}
    for s, p, o in shapes.graph:
        if s in nodes:
            graph.add((s, p, o))
    return Shapes(graph, (rule,), shapes.rule_of)


@pytest.mark.parametrize("name", NAMES)
def test_the_passing_graph_of_each_rule_is_checked_and_passes(name: str, shapes: Shapes) -> None:
    report = examine(load(EXAMPLES / f"{name}.pass.ttl"), only(shapes, name))
    assert [finding.focus for finding in report.findings] == []
    assert report.rules[0].state == "passed"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.fail.ttl")), ids=lambda path: path.name[: -len(".fail.ttl")])
def test_each_failing_graph_of_a_rule_fails(path: Path, shapes: Shapes) -> None:
    name = path.name.split(".")[0]
    report = examine(load(path), only(shapes, name))
    assert report.rules[0].state == "found"
    assert report.rules[0].name == name


@pytest.mark.parametrize("kind", ["pass", "fail"])
def test_every_rule_has_an_example_and_every_example_a_rule(kind: str) -> None:
    assert {path.name.split(".")[0] for path in EXAMPLES.glob("*.ttl")} == set(NAMES)
    assert {path.name for path in EXAMPLES.glob(f"*.{kind}.ttl")} >= {f"{name}.{kind}.ttl" for name in NAMES}


@pytest.mark.parametrize("rule", load_shapes().rules, ids=lambda rule: rule.name)
def test_the_words_of_each_rule_are_complete_in_chinese_and_english(rule: Rule) -> None:
    for words in (rule.label, rule.message, rule.why, rule.remedy):
        assert set(words) == {"zh", "en"}
        assert all(text.strip() for text in words.values())
    assert all(text.endswith("。") for text in (rule.message["zh"], rule.why["zh"], rule.remedy["zh"]))
    assert all(text.endswith(".") for text in (rule.message["en"], rule.why["en"], rule.remedy["en"]))
    assert rule.version
    assert rule.iri.startswith("https://w3id.org/plankg/shapes#")


def test_no_two_rules_have_the_same_title_or_place(shapes: Shapes) -> None:
    for key in (lambda r: r.label["zh"], lambda r: r.label["en"], lambda r: r.order):
        values = [key(rule) for rule in shapes.rules]
        assert len(set(values)) == len(values)


def test_shacl_accepts_every_shape(shapes: Shapes) -> None:
    assert engine.check_shapes(shapes.graph) == []


def test_the_w3c_copy_of_shacl_shacl_accepts_every_shape(shapes: Shapes) -> None:
    if not W3C.is_file():
        pytest.skip(f"the W3C suite is not on this machine: {W3C.name}")
    assert engine.check_shapes(shapes.graph, rdflib.Graph().parse(W3C)) == []


@pytest.mark.parametrize(
    "name", ["action-lead-partly-missing", "target-below-achievement", "agency-jurisdiction", "lead-also-supports"]
)
@pytest.mark.parametrize("kind", ["pass", "fail"])
def test_a_check_in_python_finds_what_the_sparql_of_its_rule_finds(name: str, kind: str, shapes: Shapes) -> None:
    data, one = load(EXAMPLES / f"{name}.{kind}.ttl"), only(shapes, name)
    by_sparql = {(str(r.focus), str(r.value)) for r in engine.run(data.graph, one.graph)}
    by_check = {
        (finding.focus, rdflib.util.from_n3(finding.value).toPython()) for finding in examine(data, one).findings
    }
    assert by_sparql == {(focus, str(value)) for focus, value in by_check}
    assert bool(by_sparql) == (kind == "fail")


def test_every_term_in_a_shape_is_a_term_of_the_ontology(shapes: Shapes) -> None:
    known = load([]).known_terms
    used = {
        str(term)
        for triple in shapes.graph
        for term in triple
        if str(term).startswith("https://w3id.org/plankg/ontology#")
    }
    assert used - known - {"https://w3id.org/plankg/ontology#"} == set()


def test_the_readme_lists_every_rule_as_it_is(shapes: Shapes) -> None:
    listed = (EXAMPLES.parents[1] / "shapes" / "README.md").read_text("utf-8").splitlines()
    for rule in shapes.rules:
        limits = ", ".join(f"`{name}` {value}" for name, value in rule.thresholds.items())
        assert f"| `{rule.name}` | {rule.severity} | {rule.label['zh']} · {rule.label['en']} | {limits} |" in listed
    rows = [line for line in listed if line.startswith("| `") and line.count("|") == 5]
    assert len(rows) == len(shapes.rules)


@pytest.mark.parametrize("event", rules("events")["event"], ids=lambda event: event["example"])
def test_the_example_of_each_event_has_the_length_that_its_entry_says(event: dict[str, Any]) -> None:
    _, events = figures._events()
    assert figures._room(event["example"], events) == [event["most"]]
    assert event["source"]


@pytest.mark.parametrize("entry", rules("repeals")["repealed"], ids=lambda entry: entry["title"])
def test_each_document_out_of_force_is_one_of_its_own_and_has_a_source(entry: dict[str, Any]) -> None:
    assert isinstance(entry["since"], datetime.date)
    assert entry["source"]
    titles = [chain._identity(other["title"]) for other in rules("repeals")["repealed"]]
    assert titles.count(chain._identity(entry["title"])) == 1
    assert chain._identity(entry["by"]) != chain._identity(entry["title"])
