"""`(PlanRecord, Resolution) → statements`: the only room that mints IRIs.

Guaranteed afterwards: the same record gives the same statements; no blank nodes; every term is one of
`kg.vocab`; every stated fact has its passages. The layout of IRIs is that of the ontology's README.
"""

from kg.graph.build import PlanGraph, build_graph
from kg.graph.names import correspondence_iri, document_iri, identity_hash, plan_id
from kg.numerals import last_day

__all__ = ["PlanGraph", "build_graph", "correspondence_iri", "document_iri", "identity_hash", "last_day", "plan_id"]
