"""What follows from what is asserted: the ontology's own axioms, then three named rules that OWL cannot say.

`infer` draws the inferred graph of a working store, `infer_changes` keeps it up to date, `explain` says why a triple is there,
`inconsistencies` what cannot be true together.
"""

from __future__ import annotations

from kg.reason.changes import infer_changes, infer_in_parts
from kg.reason.closure import infer, plan_vocabulary
from kg.reason.consistency import Inconsistency, inconsistencies
from kg.reason.explanation import Explanation, explain
from kg.reason.rules import Atom, Rule, derive_rules

__all__ = [
    "Atom",
    "Explanation",
    "Inconsistency",
    "Rule",
    "derive_rules",
    "explain",
    "inconsistencies",
    "infer",
    "infer_changes",
    "infer_in_parts",
    "plan_vocabulary",
]
