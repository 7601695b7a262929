"""What the pictures show, asked from the store."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.errors import EmptyError, UsageError

if TYPE_CHECKING:
    from kg.store.protocol import Store

LEVELS = ("national", "provincial", "prefectural", "county", "township")
MOST_PLANS = 100  # beyond them a picture is a carpet
KEY_GROUPS = "https://w3id.org/plankg/concept/crowd-group/key-groups"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as a picture names it."""

    iri: str
    title: str
    level: str  # one of LEVELS, or ""
    region: str  # six digits, or ""
    tasks: int = 0

    def order(self) -> tuple[int, str, str]:
        return (LEVELS.index(self.level) if self.level in LEVELS else len(LEVELS)), self.region, self.iri


@dataclass(slots=True)
class AgencyFacts:
    """What one agency has to do in one plan."""

    name: str
    iri: str
    tasks: set[str] = field(default_factory=set)  # in which it has a part, or leads through the action
    led: set[str] = field(default_factory=set)
    presumed: set[str] = field(default_factory=set)  # by the order of the list alone


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document in the chain."""

    iri: str
    title: str
    level: str


def _notation(iri: str) -> str:
    return iri.rpartition("/")[2]


def read_plans(store: Store, chosen: Collection[str] = ()) -> list[PlanFacts]:
    """The plans, those of the nation first, then by region; `chosen` (IRIs) alone, if there are any.

    Raises `EmptyError` where there is none, `UsageError` where there are more than a picture can show.
    """
    rows = store.query(
        """SELECT ?plan ?title ?level ?code (COUNT(DISTINCT ?task) AS ?tasks) WHERE {
          ?plan a plan:Plan ; dcterms:title ?title .
          OPTIONAL { ?plan plan:level ?level }
          OPTIONAL { ?plan plan:region/plan:regionCode ?code }
          OPTIONAL { ?task plan:inPlan ?plan ; a plan:Task }
        } GROUP BY ?plan ?title ?level ?code"""
    )
    found: dict[str, PlanFacts] = {}
    for plan, title, level, code, tasks in rows:
        facts = PlanFacts(
            plan.value,
            title.value,
            _notation(level.value) if level else "",
            code.value if code else "",
            int(tasks.value),
        )
        if not chosen or plan.value in chosen:
            known = found.get(plan.value)
            found[plan.value] = facts if known is None else min(known, facts, key=lambda f: (f.region, f.level))
    if not found:
        raise EmptyError("the store holds no plan", where=store.where, remedy="build some: kg build FOLDER")
    if len(found) > MOST_PLANS:
        raise UsageError(
            f"{len(found)} plans are too many for one picture", remedy="choose some: --plan, once for each"
        )
    return sorted(found.values(), key=PlanFacts.order)


def _words(iris: Collection[str]) -> str:
    return " ".join(f"<{iri}>" for iri in sorted(iris))


def read_coverage(store: Store, plans: Collection[str]) -> dict[str, dict[str, int]]:
    """Plan → crowd group → number of tasks for it, where there is one."""
    rows = store.query(
        f"""SELECT ?plan ?group (COUNT(DISTINCT ?task) AS ?tasks) WHERE {{
          VALUES ?plan {{ {_words(plans)} }}
          ?task plan:inPlan ?plan ; a plan:Task ; plan:effectiveCrowdGroup ?group .
        }} GROUP BY ?plan ?group"""
    )
    found: dict[str, dict[str, int]] = {}
    for plan, group, tasks in rows:
        found.setdefault(plan.value, {})[group.value] = int(tasks.value)
    return found


def read_key_groups(store: Store) -> set[str]:
    """The groups that the outline of the nation names."""
    return {row["group"].value for row in store.query(f"SELECT ?group {{ <{KEY_GROUPS}> skos:member ?group }}")}


def read_labels(store: Store, iris: Collection[str], lang: str) -> dict[str, str]:
    """Preferred labels in a language, else in Chinese; the end of the IRI for what has none."""
    labels = {iri: _notation(iri) for iri in iris}
    if not iris:
        return labels
    rows = store.query(f"SELECT ?thing ?label {{ VALUES ?thing {{ {_words(iris)} }} ?thing skos:prefLabel ?label }}")
    ranked = sorted((label.language == lang, label.language == "zh", thing.value, label.value) for thing, label in rows)
    for _, _, thing, label in ranked:
        labels[thing] = label
    return labels


def read_agencies(store: Store, plans: Collection[str]) -> dict[str, list[AgencyFacts]]:
    """Plan → its agencies, those with the most tasks first."""
    found: dict[str, dict[str, AgencyFacts]] = {}
    parts = {
        "tasks": "plan:responsibility/plan:agency",
        "led": "plan:effectiveLeadAgency",
        "presumed": "plan:presumedLeadAgency",
    }
    for part, path in parts.items():
        rows = store.query(
            f"""SELECT DISTINCT ?plan ?agency ?task WHERE {{
              VALUES ?plan {{ {_words(plans)} }}
              ?task plan:inPlan ?plan ; a plan:Task ; {path} ?agency .
            }}"""
        )
        for plan, agency, task in rows:
            facts = found.setdefault(plan.value, {}).setdefault(agency.value, AgencyFacts("", agency.value))
            getattr(facts, part).add(task.value)
            facts.tasks.add(task.value)
    names = read_labels(store, {iri for agencies in found.values() for iri in agencies}, "zh")
    for agencies in found.values():
        for facts in agencies.values():
            facts.name = names[facts.iri]
            facts.presumed -= facts.led
    return {
        plan: sorted(agencies.values(), key=lambda a: (-len(a.tasks), -len(a.led), a.name, a.iri))
        for plan, agencies in found.items()
    }


def read_chain(store: Store, plans: Collection[str]) -> tuple[dict[str, DocumentFacts], dict[str, set[str]]]:
    """The documents that the plans rest on, and plan → documents."""
    rows = store.query(
        f"""SELECT DISTINCT ?plan ?document ?title ?level ?own WHERE {{
          VALUES ?plan {{ {_words(plans)} }}
          ?plan plan:basedOn ?document .
          ?document dcterms:title ?title .
          OPTIONAL {{ ?document plan:level ?level }}
          OPTIONAL {{ ?document plan:region/plan:level ?own }}
        }}"""
    )
    documents: dict[str, DocumentFacts] = {}
    rests: dict[str, set[str]] = {}
    for plan, document, title, level, own in rows:
        said = _notation((level or own).value) if level or own else ""
        facts = DocumentFacts(document.value, title.value, said if said in LEVELS else "")
        known = documents.get(document.value)
        documents[document.value] = facts if known is None else min(known, facts, key=lambda f: (f.title, f.level))
        if plan != document:
            rests.setdefault(plan.value, set()).add(document.value)
    return documents, rests


def read_levels_above(store: Store, plans: Collection[str]) -> dict[str, set[str]]:
    """Plan → the levels that there are above its own region."""
    rows = store.query(
        f"""SELECT DISTINCT ?plan ?level WHERE {{
          VALUES ?plan {{ {_words(plans)} }}
          ?plan plan:region/plan:within+ ?above . ?above plan:level ?level .
        }}"""
    )
    found: dict[str, set[str]] = {}
    for plan, level in rows:
        found.setdefault(plan.value, set()).add(_notation(level.value))
    return found
