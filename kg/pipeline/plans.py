"""One file through every stage up to its statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import vocab
from kg.corrections import Answers, Outcome, correct
from kg.extract import extract
from kg.graph import PlanGraph, build_graph, plan_id
from kg.model import PlanRecord, Source
from kg.outline import outline
from kg.resolve import resolve

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan on its way to the store or a file."""

    file: str
    record: PlanRecord
    graph: PlanGraph
    outcome: Outcome = field(default_factory=Outcome)  # of what persons answered about it

    @property
    def iri(self) -> str:
        """The plan's IRI."""
        return self.graph.plan

    @property
    def triples(self) -> list[ox.Triple]:
        """What it asserts, as pyoxigraph's terms."""
        return list(self.graph.triples())


def graph_name(plan: str) -> str:
    """The named graph that holds what one plan asserts.

    >>> graph_name("https://w3id.org/plankg/id/plan/360102-2021-3f9a0c1e")
    'https://w3id.org/plankg/id/graph/360102-2021-3f9a0c1e'
    """
    head, _, tail = plan.rpartition("/plan/")
    return f"{head}/graph/{tail}"


def read_plan(
    source: Source, base: str = vocab.DEFAULT_BASE, file: str | None = None, answers: Answers | None = None
) -> Plan:
    """One source through every stage up to its statements; what persons answered about the plan wins over the reader.

    A plan keeps the name that the reader gives it, whatever persons correct.
    Raises `NotAPlanError` where it holds no plan.
    """
    record, identity, outcome = extract(source, outline(source)), None, Outcome()
    resolution = resolve(record)
    if answers is not None:
        name = plan_id(record, resolution.region)
        if own := answers.about(name):
            identity = name
            record, outcome = correct(record, own)
            resolution = resolve(record)
    return Plan(file or source.file_name, record, build_graph(record, resolution, base, identity), outcome)


def read_below(base: str, answers: Answers | None, source: Source, file: str) -> Plan:
    """`read_plan` with its arguments in the order in which a run over many files knows them."""
    return read_plan(source, base, file, answers)
