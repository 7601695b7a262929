"""Which numbers are results to be reached: what speaks for one is weighed, what rules it out is named.

A number is no target where it is paid (奖励), a condition (…的企业), an attribute of another noun (500人以上岛屿), a limit of
time or money, part of a standard, or a part of the plan. Else it needs evidence: a level (达到), a share, a verb whose object it
is, a date, a recurrence, a place in the goals, or a list whose earlier numbers are targets.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.quantities.evidence import EVIDENCE
from kg.extract.quantities.places import Place, Scene
from kg.extract.quantities.refusals import REFUSALS


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a number is a target, or why not."""

    target: bool
    reason: str  # the name of what speaks for it most, or of what rules it out


_ENOUGH = 3
_RANK = {name: i for i, (name, _, _) in enumerate(EVIDENCE)}
_OF_DEMANDS = ("paid", "price", "support")  # what was paid is a result all the same


def judge(place: Place, scene: Scene) -> Verdict:
    """Whether a number is to be reached (or, in a report, was)."""
    evidence = {name: weight for name, weight, holds in EVIDENCE if holds(place, scene)}
    for name, rules_out in REFUSALS:
        if rules_out(place, scene, evidence) and not (scene.reported and name in _OF_DEMANDS):
            return Verdict(False, name)
    if sum(evidence.values()) < _ENOUGH:
        return Verdict(False, "no-evidence")
    return Verdict(True, max(evidence, key=lambda name: (evidence[name], -_RANK[name])))
