"""The same report from pySHACL and from the fast engine: over the five plans, over the graphs of tests/shapes, and over
a thousand small plans with planted faults. Where they differ, both reports are written to disk and named."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import resources
from kg.pipeline import build
from kg.store import open_store
from kg.validate.data import load
from kg.validate.report import Report
from kg.validate.rules import Shapes, load_shapes
from kg.validate.run import examine

EXAMPLES = Path(__file__).parents[1] / "shapes"
PLAN = "https://w3id.org/plankg/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PLANS, BATCH = 1000, 100  # generated plans, and how many lie in one graph: pySHACL takes most of its time per graph
# What a planted fault may put in the place of a value.
WRONG = (
    ox.Literal(""),
    ox.Literal("2025年底前"),
    ox.Literal("任务", language="zh"),
    ox.Literal("task", language="en"),
    ox.Literal("-1", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("007", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("many", datatype=ox.NamedNode(XSD + "integer")),
    ox.Literal("0.30", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("120", datatype=ox.NamedNode(XSD + "decimal")),
    ox.Literal("1.5e0", datatype=ox.NamedNode(XSD + "double")),
    ox.Literal("2019-02-30", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2031-12-31", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("2021", datatype=ox.NamedNode(XSD + "gYear")),
    ox.Literal("2021-05", datatype=ox.NamedNode(XSD + "gYearMonth")),
    ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")),
    ox.Literal("false", datatype=ox.NamedNode(XSD + "boolean")),
    ox.NamedNode(PLAN + "Task"),
    ox.NamedNode(PLAN + "Lead"),
    ox.NamedNode("https://example.org/nothing"),
    ox.BlankNode("nameless"),
)


# pySHACL departs from the standard where two values cannot be compared (a date and a number): it puts them in rdflib's
# order of kinds, where SHACL (4.5.3, 4.5.4) makes a result, as the fast engine does. So what is compared is only given
# values of its own kind here; `test_values_that_cannot_be_compared` holds the departure itself.
COMPARED = {
    PLAN + name
    for name in ("deadlineDate", "periodStartDate", "periodEndDate", "minValue", "maxValue", "value", "confidence")
}
COMPARED |= {"http://www.w3.org/ns/oa#" + name for name in ("start", "end")}
COMPARED |= {"http://purl.org/dc/terms/" + name for name in ("issued", "available")}


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes()


@pytest.fixture(scope="module")
def plans() -> list[ox.Triple]:
    opened = open_store()
    build([resources.folder("data/documents")], opened)
    return [quad.triple for quad in opened.quads(ox.DefaultGraph())]


@pytest.fixture(scope="module")
def differences(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engines-differ")


def both(triples: list[ox.Triple], shapes: Shapes) -> tuple[Report, Report]:
    reference, fast = (examine(load(triples, engine), shapes) for engine in ("pyshacl", "fast"))
    assert (reference.engine, fast.engine) == ("pyshacl", "fast")
    return reference, fast


def assert_alike(name: str, triples: list[ox.Triple], shapes: Shapes, folder: Path) -> Report:
    reports = both(triples, shapes)
    written = [report.to_json() + report.to_turtle() for report in reports]
    if written[0] != written[1]:
        for report, text in zip(reports, written, strict=True):
            (folder / f"{name}.{report.engine}.json").write_text(text, encoding="utf-8")
        (folder / f"{name}.nt").write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))
        pytest.fail(f"the engines differ: see {folder / name}.pyshacl.json, .fast.json and .nt")
    return reports[0]


def test_the_five_plans(plans: list[ox.Triple], shapes: Shapes, differences: Path) -> None:
    report = assert_alike("five-plans", plans, shapes, differences)
    assert len(report.plans) == 5
    assert report.findings


def moved(triples: list[ox.Triple], old: str, new: str, mark: str) -> list[ox.Triple]:
    """The same triples about other nodes: `mark` tells the blank nodes apart."""

    def name(term):
        if isinstance(term, ox.NamedNode) and term.value.startswith(old):
            return ox.NamedNode(new + term.value[len(old) :])
        return ox.BlankNode(mark + term.value) if isinstance(term, ox.BlankNode) else term

    return [ox.Triple(name(t.subject), t.predicate, name(t.object)) for t in triples]


def read_example(path: Path, number: int) -> list[ox.Triple]:
    triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    return moved(triples, "https://example.org/", f"https://example.org/{number}/", f"b{number}x")


@pytest.mark.parametrize("kind", ["pass", "fail"])
def test_the_graphs_of_every_rule(kind: str, shapes: Shapes, differences: Path) -> None:
    paths = sorted(EXAMPLES.glob(f"*.{kind}.ttl"))
    for start in range(0, len(paths), 30):
        triples = [t for number, path in enumerate(paths[start : start + 30]) for t in read_example(path, number)]
        assert_alike(f"{kind}-{start}", triples, shapes, differences)


def excerpts(plans: list[ox.Triple], draw: random.Random, count: int) -> list[list[ox.Triple]]:
    """Pieces of real plans: a task, a target or a responsibility with what it points to, and its plan."""
    about = defaultdict(list)
    for triple in plans:
        about[triple.subject].append(triple)
    kinds = {ox.NamedNode(PLAN + name) for name in ("Task", "Target", "Responsibility", "Achievement", "Action")}
    starts = sorted((s for s, known in about.items() if any(t.object in kinds for t in known)), key=str)
    found = []
    for _ in range(count):
        start = draw.choice(starts)
        nodes = [start, *sorted({t.object for t in about[start] if t.object in about}, key=str)]
        further = sorted({t.object for n in nodes for t in about[n] if t.object in about} - {*nodes}, key=str)
        found.append([t for node in (*nodes, *further[:4]) for t in about[node] if not is_text(t)])
    return found


def is_text(triple: ox.Triple) -> bool:
    return triple.predicate.value == PLAN + "sourceText"


def with_faults(triples: list[ox.Triple], draw: random.Random) -> list[ox.Triple]:
    """The same plan with one to four triples dropped, doubled, or given another value, subject or class."""
    made = sorted(triples, key=str)

    def fits(triple: ox.Triple, value: object) -> bool:
        if triple.predicate.value not in COMPARED:
            return True
        same_kind = getattr(value, "datatype", None) == getattr(triple.object, "datatype", None)
        return same_kind and getattr(value, "value", "") not in ("many", "2019-02-30")

    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(made))
        chosen, other = made[at], draw.choice(made)
        wrong = draw.choice([value for value in WRONG if fits(chosen, value)])
        match draw.randrange(7):
            case 0 | 1:
                del made[at]
            case 2:
                made[at] = ox.Triple(chosen.subject, chosen.predicate, wrong)
            case 3:
                made.append(ox.Triple(chosen.subject, chosen.predicate, wrong))
            case 4 if fits(chosen, other.object):
                made[at] = ox.Triple(chosen.subject, chosen.predicate, other.object)
            case 5 if chosen.predicate.value not in COMPARED:
                made.append(ox.Triple(other.subject, chosen.predicate, chosen.object))
            case _:
                same = [t for t in made if t.predicate == chosen.predicate and fits(chosen, t.object)]
                made[at] = ox.Triple(chosen.subject, chosen.predicate, draw.choice(same).object)
        if not made:
            return sorted(triples, key=str)
    return made


@pytest.mark.parametrize("batch", range(PLANS // BATCH))
def test_a_thousand_small_plans_with_planted_faults(
    batch: int, plans: list[ox.Triple], shapes: Shapes, differences: Path
) -> None:
    draw = random.Random(batch)
    examples = sorted(EXAMPLES.glob("*.ttl"))
    triples: list[ox.Triple] = []
    for number, excerpt in enumerate(excerpts(plans, draw, BATCH // 2)):
        base = "https://w3id.org/plankg/id/"
        triples += moved(with_faults(excerpt, draw), base, f"{base}{number}/", f"r{number}x")
    for number in range(BATCH // 2, BATCH):
        parts = enumerate(draw.sample(examples, 3))  # each among nodes of its own
        chosen = [t for part, path in parts for t in read_example(path, 10 * number + part)]
        triples += with_faults(chosen, draw)
    assert assert_alike(f"planted-{batch}", triples, shapes, differences).findings


def test_values_that_cannot_be_compared_are_a_result_for_the_fast_engine_alone(shapes: Shapes) -> None:
    text = f"""<https://example.org/p> a <{PLAN}Plan> ; <{PLAN}periodStartDate> "2021-01-01"^^<{XSD}date> ;
        <{PLAN}periodEndDate> 120 ."""
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    found = [
        {(finding.rule.rsplit("#")[-1], finding.value) for finding in report.findings}
        for report in both(triples, shapes)
    ]
    assert found[1] - found[0] == {("plan-period-order", f'"2021-01-01"^^<{XSD}date>')}
    assert found[0] - found[1] == set()
