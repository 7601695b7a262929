"""The named rules: what OWL cannot say, because it cannot say "if there is none".

They run after the axioms' rules, on tasks only, in this order:

effective-lead         a task's own leads; if it has none, those of the nearest enclosing action that has any
presumed-lead          no effective lead, and the first whom the task names is joint and a single agency: that one
effective-crowd-group  a task's own crowd groups and those it inherits
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.reason.facts import TYPE, Fact, Facts, term
from kg.reason.rules import Known

EFFECTIVE_LEAD, PRESUMED_LEAD, EFFECTIVE_GROUP = "effective-lead", "presumed-lead", "effective-crowd-group"

Derivation = tuple[str, Fact, tuple[Fact, ...]]  # rule, what it concludes, from what

_TASK, _GROUP, _JOINT = term("Task"), term("AgencyGroup"), term("Joint")
_IN_ACTION, _LEAD = term("inAction"), term("leadAgency")
_RESPONSIBILITY, _AGENCY, _ROLE, _POSITION, _DAMAGED = map(
    term, ("responsibility", "agency", "role", "position", "damaged")
)
_CROWD, _INHERITED_CROWD = term("crowdGroup"), term("inheritedCrowdGroup")
_EFFECTIVE, _PRESUMED, _EFFECTIVE_CROWD = map(
    term, ("effectiveLeadAgency", "presumedLeadAgency", "effectiveCrowdGroup")
)
READS = (TYPE, _IN_ACTION, _LEAD, _RESPONSIBILITY, _AGENCY, _ROLE, _POSITION, _DAMAGED, _CROWD, _INHERITED_CROWD)
CONCLUDES = (_EFFECTIVE, _PRESUMED, _EFFECTIVE_CROWD)


def tasks(facts: Facts) -> list[str]:
    """All tasks, sorted."""
    return sorted(facts.subjects(TYPE, _TASK))


def apply(facts: Known, of: Iterable[str]) -> Iterator[Derivation]:
    """What the named rules conclude of these tasks; a fact may come with more than one derivation."""
    for task in of:
        leads = list(_effective_leads(facts, task))
        yield from leads
        if not leads:
            yield from _presumed_lead(facts, task)
        yield from _effective_groups(facts, task)


def _effective_leads(facts: Known, task: str) -> Iterator[Derivation]:
    level: dict[str, tuple[Fact, ...]] = {task: ()}  # node → the steps that led to it
    seen = {task}
    while level:
        found = [(node, lead) for node in sorted(level) for lead in sorted(facts.values(node, _LEAD))]
        if found:
            for node, lead in found:
                yield EFFECTIVE_LEAD, (task, _EFFECTIVE, lead), (*level[node], (node, _LEAD, lead))
            return
        above: dict[str, tuple[Fact, ...]] = {}
        for node in sorted(level):
            for action in sorted(facts.values(node, _IN_ACTION) - seen):
                above.setdefault(action, (*level[node], (node, _IN_ACTION, action)))
        seen.update(above)
        level = above


def _presumed_lead(facts: Known, task: str) -> Iterator[Derivation]:
    named = [
        (_number(position), part, position)
        for part in facts.values(task, _RESPONSIBILITY)
        for position in facts.values(part, _POSITION)
    ]
    if not named:
        return
    _, part, position = min(named)
    if _JOINT not in facts.values(part, _ROLE) or any("true" in flag for flag in facts.values(part, _DAMAGED)):
        return
    for agency in sorted(facts.values(part, _AGENCY)):
        if _GROUP not in facts.values(agency, TYPE):
            premises = (
                (task, _RESPONSIBILITY, part),
                (part, _POSITION, position),
                (part, _ROLE, _JOINT),
                (part, _AGENCY, agency),
            )
            yield PRESUMED_LEAD, (task, _PRESUMED, agency), premises


def _number(literal: str) -> int:
    """The value of an xsd:integer literal."""
    return int(literal.split('"', 2)[1])


def _effective_groups(facts: Known, task: str) -> Iterator[Derivation]:
    for predicate in (_CROWD, _INHERITED_CROWD):
        for group in sorted(facts.values(task, predicate)):
            yield EFFECTIVE_GROUP, (task, _EFFECTIVE_CROWD, group), ((task, predicate, group),)
