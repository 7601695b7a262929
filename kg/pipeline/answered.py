"""What became of the answers of persons in a build: applied, left over, or dropped with a plan that is built without them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg import vocab
from kg.corrections import Answers
from kg.graph.terms import decimal, en, iri, named, plain, zh
from kg.lexicon import scheme
from kg.pipeline.gathering import Entry
from kg.pipeline.report import BuildReport

if TYPE_CHECKING:
    import pyoxigraph as ox

_CODE = "correction-not-applied"


def take_stock(entries: Iterable[Entry], answers: Answers | None, report: BuildReport) -> None:
    """Tell in the report what became of every answer."""
    if answers is None:
        return
    built = set()
    for entry in entries:
        built.add(entry.iri.rpartition("/")[2])
        if entry.outcome.applied or entry.outcome.unused:
            report.outcomes.append((entry.iri, entry.outcome))
    for plan, own in answers.by_plan.items():
        if plan not in built:
            report.not_built[plan] = len(own)


def leftover_lines(plan: str, former: list[str], answers: Answers | None, report: BuildReport) -> bytes:
    """Findings, as N-Triples, about answers to a plan that this one took the place of: their fact has another name now."""
    lines = []
    for old in former if answers is not None else ():
        name = old.rpartition("/")[2]
        if not answers or not answers.about(name):
            continue
        report.renamed[name] = plan.rpartition("/")[2]
        node = iri(f"{plan}/finding/{hashlib.sha256(name.encode()).hexdigest()[:8]}")
        label = next(concept for concept in scheme("finding-code") if concept.notation == _CODE)
        for predicate, value in (
            (vocab.RDF_TYPE, named["Finding"]),
            ("inPlan", iri(plan)),
            ("about", iri(plan)),
            ("code", plain(_CODE)),
            ("severity", plain("warning")),
            ("originalText", plain(name)),
            ("confidence", decimal(1.0)),
            (vocab.RDFS_LABEL, zh(label.zh)),
            (vocab.RDFS_LABEL, en(label.en)),
        ):
            lines.append(f"{node} {named[predicate]} {value} .\n")
    return "".join(lines).encode()


def corrections_in(working: ox.Store, plan: str) -> dict[str, str]:
    """The corrections that a plan has in the store, each with the name of the file that it came from."""
    import pyoxigraph as ox

    default = ox.DefaultGraph()
    found = {}
    for quad in working.quads_for_pattern(None, ox.NamedNode(vocab.plan("inPlan")), ox.NamedNode(plan), default):
        node = quad.subject
        if not isinstance(node, ox.NamedNode) or not node.value.startswith(f"{plan}/correction/"):
            continue
        names = working.quads_for_pattern(node, ox.NamedNode(vocab.plan("fileName")), None, default)
        found[node.value] = next((q.object.value for q in names if isinstance(q.object, ox.Literal)), "")
    return found
