"""The namespaces that checks and report read by: each term is made once, when it is first named."""

from __future__ import annotations

from rdflib import Namespace, URIRef

from kg.vocab import PLAN as PLAN_IRI


class Terms(Namespace):
    """A namespace that keeps its terms: rdflib's makes and checks an IRI each time, and a check names some for every node.

    >>> PLAN.Task is PLAN.Task
    True
    """

    def __getattr__(self, name: str) -> URIRef:
        term = super().__getattr__(name)
        self.__dict__[name] = term  # found there from now on, without asking here
        return term


PLAN = Terms(PLAN_IRI)
OA = Terms("http://www.w3.org/ns/oa#")
PROV = Terms("http://www.w3.org/ns/prov#")
