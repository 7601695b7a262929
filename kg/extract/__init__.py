"""`(Source, Outline) → PlanRecord`: a file per kind of fact.

Guaranteed afterwards: every fact has the places that say so; what was restored has a `Finding`;
nothing in the record is resolved to an entity yet.
"""

from kg.extract.record import extract

__all__ = ["extract"]
