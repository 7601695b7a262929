"""Who leads and who helps, between actions and their tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import Namespace

from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.vocab import PLAN as PLAN_IRI

PLAN = Namespace(PLAN_IRI)


@check("action-lead-partly-missing")
def check_action_leads(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Tasks that name some lead of their action, but not this one (the SPARQL of the rule says the same)."""
    for task in focus:
        leads, own = (
            set(data.objects(task, PLAN.inheritedLeadAgency)),
            set(data.objects(task, PLAN.responsibleAgency)),
        )
        if leads & own:
            for absent in leads - own:
                yield task, None, absent
