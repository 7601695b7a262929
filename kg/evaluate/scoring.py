"""The comparison itself: one function for each group of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import vocab
from kg.evaluate.conventions import duty_style, number_style, target_style
from kg.evaluate.facts import Facts, bare, full_name, is_something, local, norm, words
from kg.evaluate.gold import BASES, COMPARATORS, ROLES
from kg.evaluate.pairing import find_plan, likeness, pair_items
from kg.evaluate.tally import Convention, Scores, Tally

if TYPE_CHECKING:
    from kg.store.protocol import Store

    Node = ox.NamedNode | ox.BlankNode
    Gold = dict[str, Any]

_INDICATOR_ALIKE = 0.7
_NOT_THERE = ox.NamedNode(vocab.PLAN + "no-such-plan")


def score(graph: Store | Iterable[ox.Quad | ox.Triple], gold: Sequence[tuple[str, Gold]]) -> Scores:
    """How the graph compares with gold files (`kg.evaluate.read_gold`), all documents together.

    `graph` is a store, whose default graph counts, or quads and triples, of which every one counts.
    """
    facts, tally = Facts(_lookup(graph)), Tally()
    for name, document in gold:
        _Document(facts, tally, name, document).score()
    return tally.scores()


def _lookup(graph: Store | Iterable[ox.Quad | ox.Triple]) -> ox.Store:
    if hasattr(graph, "snapshot"):
        return graph.snapshot()  # type: ignore[union-attr]
    merged = ox.Store()
    merged.extend(ox.Quad(s.subject, s.predicate, s.object) for s in graph)  # type: ignore[union-attr]
    return merged


class _Document:
    """One gold file held against the graph."""

    def __init__(self, facts: Facts, tally: Tally, name: str, gold: Gold) -> None:
        self.facts, self.tally, self.name, self.gold = facts, tally, name, gold
        self.actions, self.tasks = gold["actions"], gold["tasks"]
        found = find_plan(facts, gold)
        self.is_there = found is not None
        self.plan = found if found is not None else _NOT_THERE
        nodes = facts.of_plan(self.plan, "Action"), facts.of_plan(self.plan, "Task")
        self.action_of, self.spare_actions = pair_items(facts, nodes[0], self.actions, lambda item: item["title"])
        self.task_of, self.spare_tasks = pair_items(facts, nodes[1], self.tasks, lambda item: item["text_begin"])

    def score(self) -> None:
        self.compare("plan", ["plan"] if self.is_there else [], ["plan"])
        self.issuers()
        self.metadata()
        self.basis_documents()
        self.items()
        self.places()
        self.duties()
        self.leads()
        self.safeguards()
        self.targets()
        self.names()

    def compare(
        self, kind: str, graph: Sequence[Any], gold: Sequence[Any], convention: Convention | None = None
    ) -> None:
        self.tally.compare(kind, self.name, graph, gold, convention)

    def paired(self) -> list[Node]:
        """The nodes of all actions and tasks that were found."""
        return list({**self.action_of, **self.task_of}.values())

    # ------------------------------------------------------------ the plan itself

    def metadata(self) -> None:
        facts, plan = self.facts, self.plan
        region = facts.one(plan, vocab.plan("region"))
        originator = facts.one(plan, vocab.plan("originatorText"))
        got = {
            "title": norm(facts.title(plan)),
            "plan_type": norm(facts.label(facts.one(plan, vocab.plan("planType")))),
            "document_number": norm(facts.text(plan, vocab.plan("documentNumber"))),
            "index_number": norm(facts.text(plan, vocab.plan("indexNumber"))),
            "originator": norm(
                words(originator)
                if is_something(originator)
                else facts.label(facts.one(plan, vocab.plan("originator")))
            ),
            "issued": norm(facts.text(plan, vocab.DCTERMS_ISSUED)),
            "published": norm(facts.text(plan, vocab.DCTERMS_AVAILABLE)),
            "period_start": (norm(facts.text(plan, vocab.plan("periodStart"))) or "")[:4],
            "period_end": (norm(facts.text(plan, vocab.plan("periodEnd"))) or "")[:4],
            "region": norm(facts.label(region)),
            "region_code": norm(facts.text(region, vocab.plan("regionCode"))),
        }
        for key, value in got.items():
            want = norm(self.gold["plan"].get(key))
            self.compare("plan." + key, [(key, value)] if value else [], [(key, want)] if want else [])

    def issuers(self) -> None:
        stated = self.gold["plan"].get("issuer") or []
        issuers = {full_name(i) for i in ([stated] if isinstance(stated, str) else stated)}
        publishers = {full_name(self.facts.label(p)) for p in self.facts.all(self.plan, vocab.DCTERMS_PUBLISHER)}
        # The name without its city counts; the gold may give several, of which the first in order of the alphabet is meant.
        ordered = sorted(filter(None, issuers))
        publishers = {next((i for i in ordered if p and i.endswith(p) and len(p) > 5), p) for p in publishers}
        self.compare("plan.issuer", sorted(filter(None, publishers)), sorted(issuers, key=lambda i: i or ""))

    def basis_documents(self) -> None:
        facts, plan = self.facts, self.plan
        citations = [
            citation
            for citation in facts.all(plan, vocab.plan("citation"))
            if (facts.text(citation, vocab.plan("isBasis")) or "").lower() in ("true", "1")
        ]
        titles = [bare(facts.text(citation, vocab.plan("citedTitle"))) for citation in citations]
        if not citations:
            titles = [bare(facts.title(document)) for document in facts.all(plan, vocab.plan("basedOn"))]
        want = [bare(title) for title in self.gold["plan"].get("based_on") or []]
        self.compare("plan.based_on", [t for t in titles if t], want)

    # ------------------------------------------------------------ actions and tasks

    def shown(self, node: Node) -> str:
        """A short name for a node that the gold does not have."""
        return (norm(self.facts.title(node)) or self.facts.body(node) or node.value)[:24]

    def items(self) -> None:
        self.compare("action", [*self.action_of, *map(self.shown, self.spare_actions)], [a["id"] for a in self.actions])
        style = {task["id"]: number_style(task["number"]) for task in self.tasks}
        self.compare(
            "task",
            [*self.task_of, *map(self.shown, self.spare_tasks)],
            [t["id"] for t in self.tasks],
            lambda fact: style.get(fact, "numbering: not in the gold"),
        )
        for kind, items, found in (("action", self.actions, self.action_of), ("task", self.tasks, self.task_of)):
            for item in items:
                if item["id"] in found:
                    self.heading(kind, item, found[item["id"]])

    def heading(self, kind: str, item: dict[str, Any], node: Node) -> None:
        key, title, want = item["id"], bare(self.facts.title(node)), bare(item["title"])
        if title in [bare(other) for other in item.get("title_also") or []]:
            title = want
        number = bare(self.facts.text(node, vocab.plan("number")))
        style = number_style(item["number"])
        self.compare(f"{kind}.title", [(key, title)], [(key, want)], lambda fact: style if kind == "task" else None)
        self.compare(f"{kind}.number", [(key, number)], [(key, bare(item["number"]))])

    def places(self) -> None:
        """Where the actions and tasks stand, and where the tasks end."""
        facts = self.facts
        for item in self.actions:
            node = self.action_of.get(item["id"])
            if node is None or not item.get("section"):
                continue
            above = facts.one(node, vocab.plan("inSection")) or facts.one(node, vocab.plan("inAction"))
            got = [(item["id"], bare(facts.title(above)))] if above is not None else []
            self.compare("action.section", got, [(item["id"], bare(item["section"]))])
        key_of = {node: key for key, node in self.action_of.items()}
        for item in self.tasks:
            node = self.task_of.get(item["id"])
            if node is None:
                continue
            ends = (bare(facts.body(node)) or "").endswith(bare(item["text_end"]) or "")
            self.compare("task.text_end", [(item["id"], ends)], [(item["id"], True)])
            action = key_of.get(facts.one(node, vocab.plan("inAction")))  # type: ignore[arg-type]
            self.compare("task.action", [(item["id"], action)], [(item["id"], item["action"])])

    # ------------------------------------------------------------ who and for whom

    def duties_of(self, node: Node) -> list[tuple[str | None, str | None, str | None]]:
        """(agency, role, basis) of each responsibility."""
        facts, out = self.facts, []
        for entry in facts.all(node, vocab.plan("responsibility")):
            text = facts.one(entry, vocab.plan("agencyText"))
            agency = words(text) if is_something(text) else facts.label(facts.one(entry, vocab.plan("agency")))
            role, basis = facts.one(entry, vocab.plan("role")), facts.one(entry, vocab.plan("basis"))
            out.append((norm(agency), local(role), local(basis)))
        return out

    def duties(self) -> None:
        got: dict[str, list[Any]] = defaultdict(list)
        want: dict[str, list[Any]] = defaultdict(list)
        parts = (
            (self.actions, self.action_of, self.spare_actions),
            (self.tasks, self.task_of, self.spare_tasks),
        )
        for items, found, spare in parts:
            for item in items:
                for agency, role, basis in _wanted_duties(item):
                    want["agency"].append((item["id"], agency))
                    want["role"].append((item["id"], agency, role))
                    want["basis"].append((item["id"], agency, basis))
                want["crowd"] += [(item["id"], norm(group)) for group in item.get("crowd_groups") or []]
                if item["id"] in found:
                    node = found[item["id"]]
                    self.add_duties(got, item["id"], node, ("agency", "role", "basis"))
                    groups = self.facts.all(node, vocab.plan("crowdGroup"))
                    got["crowd"] += [(item["id"], norm(self.facts.label(group))) for group in groups]
            for node in spare:  # the basis of a duty that nobody has is not counted against it a third time
                self.add_duties(got, self.shown(node), node, ("agency", "role"))
        written = {item["id"]: duty_style(item) for item in (*self.actions, *self.tasks)}
        for kind in ("agency", "role", "basis"):
            self.compare(
                "responsibility." + kind,
                got[kind],
                want[kind],
                lambda fact: written.get(fact[0], "responsibility: none in the gold"),
            )
        self.compare("crowd_group", got["crowd"], want["crowd"])

    def add_duties(self, got: dict[str, list[Any]], key: str, node: Node, kinds: Sequence[str]) -> None:
        for agency, role, basis in self.duties_of(node):
            entries = {"agency": (key, agency), "role": (key, agency, role), "basis": (key, agency, basis)}
            for kind in kinds:
                got[kind].append(entries[kind])

    def leads(self) -> None:
        """Effective and presumed leads, named by how the plan writes them."""
        facts = self.facts
        written: dict[Any, set[str]] = defaultdict(set)
        for node in self.paired():
            for entry in facts.all(node, vocab.plan("responsibility")):
                agency, text = facts.one(entry, vocab.plan("agency")), norm(facts.text(entry, vocab.plan("agencyText")))
                if agency is not None and text:
                    written[agency].add(text)
        kinds = {norm(a["surface"]): a["kind"] for a in self.gold.get("agencies") or []}
        actions = {action["id"]: action for action in self.actions}
        for item in self.tasks:
            node = self.task_of.get(item["id"])
            if node is None:
                continue
            leads, presumed = _wanted_leads(item, actions.get(item["action"], {}), kinds)
            for kind, predicate, want in (
                ("lead.effective", "effectiveLeadAgency", leads),
                ("lead.presumed", "presumedLeadAgency", presumed),
            ):
                got = []
                for agency in facts.all(node, vocab.plan(predicate)):
                    names = written[agency]
                    match = sorted(names & set(want)) or sorted(names) or [words(agency)]
                    got.append((item["id"], match[0]))
                self.compare(kind, got, [(item["id"], lead) for lead in want])

    def names(self) -> None:
        """The full names of the agencies, by how the plan writes them."""
        facts = self.facts
        entries = {e for node in self.paired() for e in facts.all(node, vocab.plan("responsibility"))}
        duty = ox.NamedNode(vocab.plan("Responsibility"))
        got_by_text: dict[str, str | None] = {}
        for entry in sorted(entries, key=str):
            text = norm(facts.text(entry, vocab.plan("agencyText")))
            agency = facts.one(entry, vocab.plan("agency"))
            if text and agency is not None and facts.says(entry, vocab.RDF_TYPE, duty):
                got_by_text[text] = full_name(facts.label(agency))
        for agency in self.gold.get("agencies") or []:
            if not agency.get("full_name") or agency.get("kind") != "agency":
                continue
            surface, want = norm(agency["surface"]), full_name(agency["full_name"])
            got = got_by_text.get(surface or "")
            if got in [full_name(other) for other in agency.get("full_name_also") or []]:
                got = want
            self.compare("agency.full_name", [(surface, got)] if got else [], [(surface, want)])

    # ------------------------------------------------------------ safeguards and targets

    def safeguards(self) -> None:
        titles = [bare(self.facts.title(node)) for node in self.facts.of_plan(self.plan, "SafeguardMeasure")]
        self.compare("safeguard", titles, [bare(s["title"]) for s in self.gold["safeguards"]])

    def owners(self) -> dict[Any, str]:
        """What a target can belong to, by node."""
        safeguard_of = {}
        for index, item in enumerate(self.gold["safeguards"], 1):
            for node in self.facts.of_plan(self.plan, "SafeguardMeasure"):
                if bare(self.facts.title(node)) == bare(item["title"]):
                    safeguard_of[f"S{index}"] = node
        keys = {**self.action_of, **self.task_of, **safeguard_of}
        return {node: key for key, node in keys.items()} | {self.plan: "plan"}

    def targets(self) -> None:
        got = self.graph_targets()
        want = [
            (
                _amount(
                    t["value"], norm(t["unit"]), COMPARATORS[t["comparator"]], t["deadline"], norm(t["recurrence"])
                ),
                bare(t["indicator"]) or "",
                t["belongs_to"],
                bool(t["aspirational"]),
            )
            for t in self.gold["targets"]
        ]
        self.compare("target.amount", [_brief(t) for t in got], [_brief(t) for t in want])
        self.compare(
            "target.all", [(*t[0], t[2], t[3]) for t in got], [(*t[0], t[2], t[3]) for t in want], target_style
        )
        free, right = list(got), 0
        for target in want:
            for other in free:
                if _brief(other) == _brief(target) and likeness(other[1], target[1]) >= _INDICATOR_ALIKE:
                    free.remove(other)
                    right += 1
                    break
            else:
                self.tally.miss("target.indicator", self.name, (target[0][0], target[0][1], target[1]))
        self.tally.count("target.indicator", right, len(got), len(want))

    def graph_targets(self) -> list[Any]:
        facts, owners = self.facts, self.owners()
        nodes = set(facts.holders(vocab.plan("inPlan"), self.plan))
        nodes |= {t for owner in owners for t in facts.holders(vocab.plan("targetOf"), owner)}
        cls, in_plan = ox.NamedNode(vocab.plan("Target")), vocab.plan("inPlan")
        got = []
        for node in sorted(nodes, key=str):
            owner = facts.one(node, vocab.plan("targetOf"))
            if (
                not facts.says(node, vocab.RDF_TYPE, cls)
                or owner not in owners
                and not facts.says(node, in_plan, self.plan)
            ):
                continue
            value = facts.one(node, vocab.plan("value"))
            if value is None:
                relative = ("benchmarkText", "growthRate", "minValue")
                if any(is_something(facts.one(node, vocab.plan(name))) for name in relative):
                    continue  # relative targets and ranges are not in the gold
                got.append((("no value", None, None, None, None), "", owners.get(owner), False))
                continue
            amount = _amount(
                value.value,
                norm(facts.text(node, vocab.plan("unitText"))),
                local(facts.one(node, vocab.plan("comparator"))),
                facts.text(node, vocab.plan("deadline")),
                norm(facts.text(node, vocab.plan("recurrence"))),
            )
            aspirational = (facts.text(node, vocab.plan("aspirational")) or "").lower() == "true"
            got.append(
                (amount, bare(facts.text(node, vocab.plan("indicatorText"))) or "", owners.get(owner), aspirational)
            )
        return got


def _wanted_duties(item: dict[str, Any]) -> list[tuple[str | None, str, str]]:
    wanted = item.get("responsibility")
    if wanted is None:
        wanted = [{"agency": lead, "role": "lead", "basis": "stated"} for lead in item.get("leads") or []]
    return [(norm(entry["agency"]), ROLES[entry["role"]], BASES[entry["basis"]]) for entry in wanted]


def _wanted_leads(
    task: dict[str, Any], action: dict[str, Any], kinds: dict[str | None, str]
) -> tuple[list[str | None], list[str | None]]:
    """The leads that a task has by itself or through its action; else the one that its order suggests."""
    entries = task.get("responsibility") or []
    leads = [norm(entry["agency"]) for entry in entries if entry["role"] == "lead"]
    leads = leads or [norm(lead) for lead in action.get("leads") or []]
    if leads or not entries or entries[0]["role"] != "joint":
        return leads, []
    first = norm(entries[0]["agency"])
    return [], [first] if kinds.get(first) == "agency" else []


def _amount(
    value: object, unit: str | None, comparator: str | None, deadline: object, recurrence: str | None
) -> tuple[str, str | None, str | None, str | None, str | None]:
    try:
        number = f"{float(str(value)):.10g}"
    except ValueError:  # not a number: it is wrong, and no reason to stop
        number = str(value)
    return (number, unit, comparator, str(deadline)[:10] if deadline else None, recurrence)


def _brief(target: Any) -> tuple[Any, ...]:
    """Value, unit and owner."""
    return (target[0][0], target[0][1], target[2])
