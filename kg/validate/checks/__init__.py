"""Checks that SHACL cannot make, or not at a bearable cost: those that cut texts, count, or look at every term.

Each is named by `plan:builtInCheck` of a rule in `shapes/`, which carries its words and says what it looks at.
A check takes the data and the rule's focus nodes and gives `(focus node, path, value)` for what is wrong. It reads the
data through the methods of `kg.validate.data.Data` alone. A rule's thresholds are its further arguments, by name. One module per concern; to add a check, write a function
with `@check("name")` in the module of its concern.
"""

from __future__ import annotations

from typing import Any

from rdflib import URIRef

from kg.errors import QueryError
from kg.validate.checks.registry import all_checks, looks_across
from kg.validate.data import Data
from kg.validate.engine import Result
from kg.validate.rules import Rule
from kg.vocab import PLAN

__all__ = ["looks_across", "run_check"]


def run_check(rule: Rule, data: Data, focus: set[Any]) -> list[Result]:
    """The results of the built-in check that stands for a rule. Raises `QueryError` for a check that there is not."""
    checks = all_checks()
    if rule.built_in not in checks:
        raise QueryError(
            f"there is no built-in check '{rule.built_in}'", where=rule.iri, remedy=f"one of {', '.join(checks)}"
        )
    component = PLAN + "builtInCheck"
    return [
        Result(node, path, value, URIRef(rule.iri), component, found_by="check")
        for node, path, value in checks[rule.built_in](data, focus, **rule.thresholds)
    ]
