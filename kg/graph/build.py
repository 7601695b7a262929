"""The order in which a plan is stated, and the statements as the store and files take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import vocab
from kg.graph.corrections import state_correction
from kg.graph.draft import Draft, Said
from kg.graph.findings import state_findings
from kg.graph.head import state_citations, state_plan, state_source
from kg.graph.neighbours import state_neighbours
from kg.graph.provisions import state_provision
from kg.graph.quantities import state_quantities
from kg.graph.terms import iri
from kg.model import PlanRecord, Resolution

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class PlanGraph:
    """What one plan asserts."""

    plan: str  # its IRI
    said: Said  # in canonical N-Triples; each node once and in order, each of its statements once and in order

    @property
    def statements(self) -> tuple[str, ...]:
        """`subject predicate object` in canonical N-Triples, sorted, each once."""
        return tuple(f"{subject} {statement}" for subject, said in self.said for statement in said)

    def __len__(self) -> int:
        return sum(len(said) for _, said in self.said)

    def n_triples(self) -> bytes:
        """The statements as N-Triples, sorted."""
        return self._lines(" .\n")

    def n_quads(self, graph: str) -> bytes:
        """The statements as N-Quads in the graph with this IRI, sorted."""
        return self._lines(f" {iri(graph)} .\n")

    def _lines(self, end: str) -> bytes:
        # Encoded statement by statement: most are ASCII throughout, which costs next to nothing.
        close, parts = end.encode(), []
        for subject, said in self.said:
            begin = f"{subject} ".encode()
            parts += (begin, (close + begin).join([statement.encode() for statement in said]), close)
        return b"".join(parts)

    def triples(self) -> Iterator[ox.Triple]:
        """The statements as pyoxigraph's terms: for those who look at single ones."""
        import pyoxigraph as ox

        for quad in ox.parse(self.n_triples(), format=ox.RdfFormat.N_TRIPLES):
            yield quad.triple


def build_graph(
    record: PlanRecord, resolution: Resolution, base: str = vocab.DEFAULT_BASE, identity: str | None = None
) -> PlanGraph:
    """What the plan asserts.

    Shared nodes (agencies, regions, documents) are stated in full by each plan that uses them.
    `identity` is the last part of the plan's IRI where it is not to be told from the record (a person corrected it).
    Raises `ValueError` where a key or the base cannot be part of an IRI.
    """
    draft = Draft(record, resolution, base, identity)
    state_source(draft)
    for region in resolution.regions:
        draft.region(region)
    state_plan(draft)
    state_citations(draft)
    for provision in record.provisions:
        state_provision(draft, provision)
    state_quantities(draft)
    state_neighbours(draft)
    state_findings(draft)
    for correction in record.corrections:
        state_correction(draft, correction)
    return PlanGraph(draft.plan_iri, draft.finish())
