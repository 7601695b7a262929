"""What the pictures show, asked from the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg import vocab
from kg.errors import EmptyError, UsageError

if TYPE_CHECKING:
    from kg.store.protocol import Store

LEVELS = ("national", "provincial", "prefectural", "county", "township")
MOST_PLANS = 40  # beyond them a picture is a carpet
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


@dataclass(frozen=True, slots=True)
class Choice:
    """Which plans a picture shows: those named, within an area, of a kind (all IRIs); of these so many at most."""

    plans: Collection[str] = ()
    region: str = ""
    plan_type: str = ""
    most: int = MOST_PLANS


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


def read_plans(store: Store, choice: Choice) -> tuple[list[PlanFacts], list[PlanFacts]]:
    """The plans that a picture shows, those of the nation first, then by region; and those that it leaves out.

    Where there are more than it may show, it shows those of the highest levels, and of a level those with the most tasks.
    Raises `EmptyError` where there is none.
    """
    area = f"?plan plan:region/plan:within* <{choice.region}> ." if choice.region else ""
    kind = f"?plan plan:planType <{choice.plan_type}> ." if choice.plan_type else ""
    rows = store.query(
        f"""SELECT ?plan ?title ?level ?code (COUNT(DISTINCT ?task) AS ?tasks) WHERE {{
          ?plan a plan:Plan ; dcterms:title ?title .
          {area} {kind}
          OPTIONAL {{ ?plan plan:level ?level }}
          OPTIONAL {{ ?plan plan:region/plan:regionCode ?code }}
          OPTIONAL {{ ?task plan:inPlan ?plan ; a plan:Task }}
        }} GROUP BY ?plan ?title ?level ?code"""
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
        if not choice.plans or plan.value in choice.plans:
            known = found.get(plan.value)
            found[plan.value] = facts if known is None else min(known, facts, key=lambda f: (f.region, f.level))
    if not found:
        if choice.plans or choice.region or choice.plan_type:
            what, remedy = "no plan of the store is in this choice", "choose less narrowly: kg query plans lists them"
        else:
            what, remedy = "the store holds no plan", "build some: kg build FOLDER"
        raise EmptyError(what, where=store.where, remedy=remedy)
    first = sorted(found.values(), key=lambda p: (p.order()[0], -p.tasks, p.order()))
    return sorted(first[: choice.most], key=PlanFacts.order), first[choice.most :]


def find_plan_type(store: Store, word: str) -> str:
    """The IRI of the kind of plan with this notation or label.

    Raises `UsageError` for none, and names those that the plans are of.
    """
    rows = list(
        store.query(
            f"""SELECT DISTINCT ?kind ?word ?used WHERE {{
          ?kind skos:inScheme <{vocab.CONCEPT}plan-type> ; skos:notation|skos:prefLabel ?word .
          OPTIONAL {{ ?plan plan:planType ?kind BIND(true AS ?used) }}
        }}"""
        )
    )
    found = {row["kind"].value for row in rows if row["word"].value == word.strip()}
    if len(found) == 1:
        return found.pop()
    known = sorted({row["word"].value for row in rows if row["used"] and not row["word"].value.isascii()})
    raise UsageError(f"there is no kind of plan {word!r}", where="--type", remedy=f"use one of {', '.join(known)}")


def left_out(rest: Collection[PlanFacts], named: Mapping[str, str], lang: str) -> list[str]:
    """What a picture says of the plans that it does not show; nothing where it shows all."""
    if not rest:
        return []
    counts = Counter(plan.level for plan in rest)
    each = [f"{named[level]} {counts[level]}" for level in (*LEVELS, "") if counts[level]]
    if lang == "zh":
        return [f"另有 {len(rest)} 份规划没有画出({'、'.join(each)}):只画层级最高、同级中任务最多的。"]
    many = "1 more plan is" if len(rest) == 1 else f"{len(rest)} more plans are"
    return [
        f"{many} not shown ({', '.join(each)}): the highest levels come first, and of a level the plans with the most tasks."
    ]


def level_names(store: Store, lang: str, unknown: str) -> dict[str, str]:
    """What the levels are called; `unknown`, where a plan's is not known."""
    labels = read_labels(store, [f"{vocab.CONCEPT}level/{level}" for level in LEVELS], lang)
    return {level: labels[f"{vocab.CONCEPT}level/{level}"] for level in LEVELS} | {"": unknown}


def _words(iris: Collection[str]) -> str:
    return " ".join(f"<{iri}>" for iri in sorted(iris))


def read_coverage(store: Store, plans: Collection[str]) -> dict[str, dict[str, tuple[int, int]]]:
    """Plan → crowd group → how many tasks are for it, and how many more only speak of it.

    For it are those whose action is for it, and those whose title names it (as in the saved query crowd-group-coverage).
    """
    names, longer = _group_words(store)
    rows = store.query(
        f"""SELECT DISTINCT ?plan ?group ?task ?title ?through WHERE {{
          VALUES ?plan {{ {_words(plans)} }}
          ?task plan:inPlan ?plan ; a plan:Task ; plan:effectiveCrowdGroup ?group .
          OPTIONAL {{ ?task dcterms:title ?title }}
          OPTIONAL {{ ?task plan:inheritedCrowdGroup ?through FILTER(?through = ?group) }}
        }}"""
    )
    tasks: dict[tuple[str, str], dict[str, bool]] = {}
    for plan, group, task, title, through in rows:
        words = [w for w in names.get(group.value, ()) if title and w in title.value]
        hidden = [h for h in longer.get(group.value, ()) if title and h in title.value]
        own = bool(through) or any(all(word not in h for h in hidden) for word in words)
        found = tasks.setdefault((plan.value, group.value), {})
        found[task.value] = found.get(task.value, False) or own
    counts: dict[str, dict[str, tuple[int, int]]] = {}
    for (plan_, group_), each in tasks.items():
        own_tasks = sum(each.values())
        counts.setdefault(plan_, {})[group_] = own_tasks, len(each) - own_tasks
    return counts


def _group_words(store: Store) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Group → the words that name it, and the longer words that hold one of these and name something else."""
    rows = store.query(
        f"""SELECT ?group ?name ?word WHERE {{
          ?group skos:inScheme <{vocab.CONCEPT}crowd-group> .
          {{ ?group skos:prefLabel|skos:altLabel ?word FILTER(LANG(?word) = "zh") BIND(true AS ?name) }}
          UNION {{ ?group skos:hiddenLabel ?word BIND(false AS ?name) }}
        }}"""
    )
    names: dict[str, set[str]] = {}
    longer: dict[str, set[str]] = {}
    for group, name, word in rows:
        (names if name.value == "true" else longer).setdefault(group.value, set()).add(word.value)
    return names, longer


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
