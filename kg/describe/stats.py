"""One line a plan: what was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.describe.lookup import Lookup

if TYPE_CHECKING:
    from kg.store.protocol import Store

# In the order of a table: attribute, heading in Chinese, in English.
COLUMNS = (
    ("title", "规划", "plan"),
    ("region", "地区", "region"),
    ("period", "期间", "period"),
    ("actions", "行动", "actions"),
    ("tasks", "任务", "tasks"),
    ("with_lead", "有牵头", "with a lead"),
    ("presumed_only", "仅推定", "presumed only"),
    ("targets", "目标", "targets"),
    ("achievements", "已有成绩", "achievements"),
    ("crowd_groups", "人群", "crowd groups"),
    ("findings", "问题", "findings"),
)


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What was found in one plan."""

    iri: str
    title: str
    region: str | None  # full name
    period: str | None  # "2021–2025", "2018"
    actions: int
    tasks: int
    with_lead: int  # tasks with an effective lead
    presumed_only: int  # tasks whose only lead is presumed
    targets: int
    achievements: int
    crowd_groups: int  # distinct groups that a task is effectively for, or an action is for
    findings: int

    def row(self) -> tuple[str | int, ...]:
        """The cells of a table in the order of `COLUMNS`; what is not known is empty."""
        return tuple("" if (cell := getattr(self, name)) is None else cell for name, _, _ in COLUMNS)

    def as_json(self) -> dict[str, Any]:
        return {"iri": self.iri} | {name: getattr(self, name) for name, _, _ in COLUMNS}


def summarise(store: Store) -> list[PlanSummary]:
    """A summary of every plan in the store, sorted by IRI; none for an empty store."""
    lookup = Lookup(store)
    return [_summary(lookup, plan) for plan in lookup.members("Plan")]


def _summary(lookup: Lookup, plan: str) -> PlanSummary:
    members: dict[str, list[str]] = {}
    for node in lookup.subjects(vocab.plan("inPlan"), plan):
        for cls in lookup.nodes(node, vocab.RDF_TYPE):
            members.setdefault(cls, []).append(node)

    def of(name: str) -> list[str]:
        return members.get(vocab.plan(name), [])

    def has(node: str, name: str) -> bool:
        return lookup.one(node, vocab.plan(name)) is not None

    groups = {g for task in of("Task") for g in lookup.nodes(task, vocab.plan("effectiveCrowdGroup"))}
    groups |= {g for node in of("Action") for g in lookup.nodes(node, vocab.plan("crowdGroup"))}
    region = lookup.value(plan, vocab.plan("region"))
    return PlanSummary(
        iri=plan,
        title=lookup.label(plan) or lookup.short(plan),
        region=(lookup.label(region) or lookup.short(region)) if region else None,
        period=period_of(lookup, plan),
        actions=len(of("Action")),
        tasks=len(of("Task")),
        with_lead=sum(has(task, "effectiveLeadAgency") for task in of("Task")),
        presumed_only=sum(
            has(task, "presumedLeadAgency") and not has(task, "effectiveLeadAgency") for task in of("Task")
        ),
        targets=len(of("Target")),
        achievements=len(of("Achievement")),
        crowd_groups=len(groups),
        findings=len(of("Finding")),
    )


def period_of(lookup: Lookup, plan: str) -> str | None:
    """The years that a plan covers, as one reads them."""
    first, last = lookup.value(plan, vocab.plan("periodStart")), lookup.value(plan, vocab.plan("periodEnd"))
    if first and last and first != last:
        return f"{first}–{last}"
    return first or last
