"""One thing with all its facts, each with the sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import vocab
from kg.describe import leads, quantities, reforms
from kg.describe.counterparts import counterparts
from kg.describe.description import Candidate, Choice, Description, Fact, Value
from kg.describe.facts import Telling, labels_of
from kg.describe.lookup import KINDS, Lookup, expanded, prefixed
from kg.describe.passages import dated
from kg.describe.references import find
from kg.describe.stats import period_of
from kg.describe.sureness import sureness_of
from kg.errors import EmptyError, UsageError

if TYPE_CHECKING:
    from kg.store.protocol import Store

LANGUAGES = ("zh", "en")
_MANY = 20  # of those that use a thing, so many are listed
_NO_USE = frozenset(
    {vocab.RDF_TYPE, vocab.DCTERMS_IS_PART_OF, vocab.RDF_SUBJECT, vocab.RDF_PREDICATE, vocab.RDF_OBJECT}
    | {vocab.plan(n) for n in "about partOf responsibleAgency inheritedCrowdGroup inheritedLeadAgency".split()}
)

_PLAN_FACTS = (
    "dcterms:title plan:planType plan:documentNumber plan:indexNumber dcterms:publisher plan:sealedBy plan:originator "
    "plan:originatorText plan:approvedBy plan:approvalText plan:addressee dcterms:issued dcterms:available period "
    "plan:region plan:level plan:status dcterms:subject plan:basedOn plan:implements"
).split()
_PROVISION_FACTS = (
    "plan:number dcterms:title plan:repairedTitle plan:inPlan plan:inSection plan:inAction plan:text".split()
)
_QUANTITY_FACTS = (
    "plan:quote amount plan:indicator plan:indicatorText plan:value plan:minValue plan:maxValue plan:comparator "
    "plan:unit plan:unitText plan:deadline plan:achievedBy plan:recurrence plan:aspirational plan:bindingness "
    "plan:accumulation plan:scopeText plan:targetOf plan:achievementOf plan:inPlan plan:restates"
).split()
_AGENCY_FACTS = (
    "skos:prefLabel skos:altLabel plan:agencyType plan:bodyKind plan:region plan:level org:subOrganizationOf".split()
)
_CONCEPT_FACTS = "skos:prefLabel skos:notation skos:definition skos:altLabel skos:broader".split()


def show(store: Store, reference: str, lang: str = "zh") -> Description | Choice:
    """What the store knows about a plan, provision, agency, target or any other thing; or what the reference can mean.

    `reference`: an IRI or its end (`360102-2021-d3598686/2-3-9`), a printed number ("9", "(二)"), a document or index
    number, a name (区科协) or part of a title. See `kg.describe.references.find`. `lang`: "zh" or "en".

    Raises `UsageError` for a reference that nothing answers to, `EmptyError` for a store that holds nothing.
    """
    if lang not in LANGUAGES:
        raise UsageError(f"there is no language {lang!r} here", remedy="take zh or en")
    lookup = Lookup(store)
    if store.is_empty():
        raise EmptyError("the store holds nothing", where=store.where, remedy="kg build reads plans into it")
    found = find(lookup, reference)
    if len(found) > 1:
        return Choice(reference, tuple(_candidate(lookup, node, lang) for node in found), lang)
    return describe(lookup, found[0], lang)


def describe(lookup: Lookup, node: str, lang: str) -> Description:
    """The facts of one node in the order in which its kind is read."""
    kind = lookup.kind(node) or ""
    telling = Telling(lookup, node, lang)
    facts = [fact for fact in _facts(telling, kind) if fact is not None]
    zh, en = _kind_labels(lookup, kind)
    return Description(node, kind, zh, en, telling.name(node), tuple(facts), lang)


def _facts(telling: Telling, kind: str) -> list[Fact | None]:
    if kind == "Plan":
        return _plan(telling)
    if kind in ("Task", "Action", "Section", "SafeguardMeasure"):
        return _provision(telling, kind)
    if kind in ("Target", "Achievement"):
        own = _ordered(telling, _QUANTITY_FACTS)
        return [telling.sureness(), *own, quantities.restated_by(telling), telling.answers(), telling.findings()]
    if kind in ("Agency", "AgencyGroup"):
        return _agency(telling)
    return [
        telling.sureness(),
        *_ordered(telling, _CONCEPT_FACTS),
        _evidence(telling),
        *_users(telling),
        telling.answers(),
        telling.findings(),
    ]


def _ordered(telling: Telling, names: list[str], besides: tuple[str, ...] = ()) -> list[Fact | None]:
    """The facts of these properties in this order, then of all others that are not hidden or told elsewhere."""
    facts: list[Fact | None] = []
    told: list[str] = [vocab.plan(name) for name in besides]
    for name in names:
        if ":" in name:
            predicate = expanded(name)
            told.append(predicate)
            facts.append(telling.own(predicate))
        elif name == "period":
            told += [vocab.plan("periodStart"), vocab.plan("periodEnd")]
            facts.append(_period(telling))
        elif name == "amount":
            facts.append(quantities.amount_fact(telling))
    return facts + telling.others(told)  # type: ignore[operator]


# ---------------------------------------------------------------- plans


def _plan(telling: Telling) -> list[Fact | None]:
    lookup = telling.lookup
    members = lookup.subjects(vocab.plan("inPlan"), telling.node)
    return [
        *_ordered(telling, _PLAN_FACTS, besides=("citation", "sourceFile")),
        _citations(telling),
        _members(telling, members, "sections", "Section"),
        _actions(telling, members),
        _members(telling, members, "safeguards", "SafeguardMeasure"),
        quantities.of_plan(telling, "targets"),
        quantities.of_plan(telling, "achievements"),
        _plan_answers(telling, members),
        _plan_findings(telling, members),
        telling.own(vocab.plan("sourceFile")),
    ]


def _period(telling: Telling) -> Fact | None:
    text = period_of(telling.lookup, telling.node)
    if text is None:
        return None
    found = dated(telling.quotes, *text.split("–"))
    # The title says it best; a date of the notice may hold the same year by chance.
    titles = [q for q in found if any(q.text in title or title in q.text for title in _titles(telling))]
    start = telling.own(vocab.plan("periodStart"))
    sure = start.values[0].sure if start else None
    return telling.list_of("period", [Value(text, quotes=tuple(titles or found), sure=sure)])


def _titles(telling: Telling) -> list[str]:
    return telling.lookup.values(telling.node, vocab.DCTERMS_TITLE)


def _citations(telling: Telling) -> Fact | None:
    lookup, values = telling.lookup, []
    for node in lookup.nodes(telling.node, vocab.plan("citation")):
        inner = Telling(lookup, node, telling.lang)
        facts = [inner.own(vocab.plan(name)) for name in ("isBasis", "citedNumber", "document")]
        text = lookup.value(node, vocab.plan("citedTitle")) or lookup.short(node)
        details = tuple(Fact(f.term, f.zh, f.en, tuple(_unquoted(v) for v in f.values)) for f in facts if f)
        sure = sureness_of(lookup, node)
        values.append(Value(text, node, quotes=inner.quotes, details=details, sure=sure))
    return telling.fact(vocab.plan("citation"), values) if values else None


def _unquoted(value: Value) -> Value:
    return Value(value.text, value.iri, value.inferred, value.notes)


def _members(telling: Telling, members: list[str], term: str, kind: str) -> Fact | None:
    nodes = [n for n in members if telling.lookup.kind(n) == kind]
    return telling.list_of(term, [telling.thing(n) for n in telling.lookup.in_order(nodes)])


def _actions(telling: Telling, members: list[str]) -> Fact | None:
    """The actions with the tasks in each; those of an action in an action stand below it."""
    lookup = telling.lookup
    nodes = lookup.in_order([n for n in members if lookup.kind(n) == "Action"])
    return telling.list_of("actions", [_with_tasks(telling, node) for node in nodes])


def _with_tasks(telling: Telling, action: str) -> Value:
    tasks = _tasks_in(telling, action)
    return telling.thing(action, details=(tasks,) if tasks else ())


def _tasks_in(telling: Telling, action: str) -> Fact | None:
    """The tasks of an action, each with who leads it."""
    lookup, values = telling.lookup, []
    nodes = [n for n in lookup.subjects(vocab.plan("inAction"), action) if lookup.kind(n) == "Task"]
    for node in lookup.in_order(nodes):
        inner = Telling(lookup, node, telling.lang)
        leaders = leads.effective_leads(inner)
        leaders = leaders if leaders.values else leads.presumed_leads(inner) or leaders
        brief = tuple(Value(v.text, v.iri, v.inferred) for v in leaders.values)
        values.append(telling.thing(node, details=(Fact(leaders.term, leaders.zh, leaders.en, brief),)))
    return telling.list_of("tasks", values)


def _plan_answers(telling: Telling, members: list[str]) -> Fact | None:
    """What persons answered about anything in the plan; of many the first."""
    found = [node for node in members if telling.lookup.kind(node) == "Correction"]
    fact = telling.answers(*found) if found else None
    if fact is None or len(fact.values) <= _MANY:
        return fact
    more = Value(telling.notes["more"].format(len(fact.values) - _MANY))
    return Fact(fact.term, fact.zh, fact.en, (*fact.values[:_MANY], more))


def _plan_findings(telling: Telling, members: list[str]) -> Fact | None:
    """All findings in the plan, each with what it is about."""
    lookup, values = telling.lookup, []
    for node in members:
        if lookup.kind(node) != "Finding":
            continue
        value = telling.finding(node)
        about = [telling.thing(n) for n in lookup.nodes(node, vocab.plan("about")) if n != telling.node]
        details = (telling.fact(vocab.plan("about"), about), *value.details) if about else value.details
        values.append(Value(value.text, node, quotes=value.quotes, details=details))
    return telling.list_of("findings", values)


# ---------------------------------------------------------------- provisions


def _provision(telling: Telling, kind: str) -> list[Fact | None]:
    lookup = telling.lookup
    below = lookup.subjects(vocab.plan("inSection"), telling.node) if kind == "Section" else []
    inside = lookup.subjects(vocab.plan("inAction"), telling.node) if kind == "Action" else []
    lead = leads.effective_leads(telling) if kind == "Task" else leads.stated_leads(telling)
    return [
        telling.sureness(),
        *[telling.own(expanded(n)) for n in _PROVISION_FACTS],
        lead,
        leads.presumed_leads(telling),
        leads.responsibilities(telling),
        leads.crowd_groups(telling),
        *_deadline_and_others(telling),
        quantities.of_owner(telling, "targets"),
        quantities.of_owner(telling, "achievements"),
        counterparts(telling) if kind == "Task" else None,
        _members(telling, [*below, *inside], "actions", "Action"),
        _tasks_in(telling, telling.node) if kind == "Action" else None,
        _members(telling, below, "safeguards", "SafeguardMeasure"),
        telling.answers(*_answers_below(telling)),
        telling.findings(),
    ]


def _answers_below(telling: Telling) -> list[str]:
    """The corrections about a part, about what it states, and about who is responsible for it."""
    lookup = telling.lookup
    about = [telling.node, *lookup.nodes(telling.node, vocab.plan("responsibility"))]
    about += lookup.subjects(vocab.RDF_SUBJECT, telling.node)
    return list(dict.fromkeys(each for node in about for each in lookup.subjects(vocab.plan("about"), node)))


def _deadline_and_others(telling: Telling) -> list[Fact | None]:
    told = [expanded(n) for n in _PROVISION_FACTS]
    first = [vocab.plan("deadline"), vocab.plan("mentionsInitiative")]
    return [*[telling.own(p) for p in first], *telling.others([*told, *first, vocab.plan("crowdGroup")])]


# ---------------------------------------------------------------- agencies


def _agency(telling: Telling) -> list[Fact | None]:
    lookup, agency = telling.lookup, telling.node
    by_role: dict[str, list[str]] = {}
    for part in lookup.subjects(vocab.plan("agency"), agency):
        role = (lookup.value(part, vocab.plan("role")) or "").removeprefix(vocab.PLAN)
        by_role.setdefault(role, []).extend(lookup.subjects(vocab.plan("responsibility"), part))
    own = by_role.get("Lead", [])
    through = [n for n in lookup.subjects(vocab.plan("effectiveLeadAgency"), agency) if n not in own]
    reformed = [vocab.ORG_CHANGED_BY, vocab.ORG_RESULTED_FROM]
    told = [expanded(name) for name in _AGENCY_FACTS]
    return [
        *[telling.own(predicate) for predicate in told],
        reforms.predecessors(telling),
        reforms.successors(telling),
        *telling.others([*told, *reformed]),
        _by_plan(telling, "leads", own),
        _by_plan(telling, "leads-through-action", through),
        _by_plan(telling, "presumed", lookup.subjects(vocab.plan("presumedLeadAgency"), agency)),
        _by_plan(telling, "joint", by_role.get("Joint", [])),
        _by_plan(telling, "support", by_role.get("Support", [])),
        telling.list_of("published", [telling.thing(n) for n in lookup.subjects(vocab.DCTERMS_PUBLISHER, agency)]),
        telling.findings(),
    ]


def _by_plan(telling: Telling, term: str, nodes: list[str]) -> Fact | None:
    """Provisions under the plan that they lie in, with their number."""
    lookup, values = telling.lookup, []
    plans: dict[str, list[str]] = {}
    for node in lookup.in_order(list(dict.fromkeys(nodes))):
        plans.setdefault(lookup.value(node, vocab.plan("inPlan")) or node, []).append(node)
    for plan, inside in plans.items():
        groups = {
            name: [telling.thing(n) for n in inside if (lookup.kind(n) == "Action") == (name == "actions")]
            for name in ("actions", "tasks")
        }
        facts = [telling.list_of(name, members) for name, members in groups.items()]
        text = f"{telling.name(plan)} ({len(inside)})"
        values.append(Value(text, plan, details=tuple(fact for fact in facts if fact)))
    return telling.list_of(term, values)


# ---------------------------------------------------------------- anything else


def _evidence(telling: Telling) -> Fact | None:
    return telling.list_of("evidence", [Value(q.text, q.iri, quotes=(q,)) for q in telling.quotes])


def _users(telling: Telling) -> list[Fact | None]:
    """Who points to the thing, property by property; of many the first."""
    by_predicate: dict[str, list[str]] = {}
    for subject, predicate in telling.lookup.references(telling.node):
        if telling.lookup.kind(subject) not in (None, "Passage") and predicate not in _NO_USE:
            by_predicate.setdefault(predicate, []).append(subject)
    facts: list[Fact | None] = []
    for predicate, subjects in by_predicate.items():
        zh, en = labels_of(telling.lookup, predicate)
        values = [_user(telling, node) for node in telling.lookup.in_order(subjects)[:_MANY]]
        if len(subjects) > _MANY:
            values.append(Value(telling.notes["more"].format(len(subjects) - _MANY)))
        facts.append(Fact("^" + prefixed(predicate), f"以此为{zh}", f"has this as {en}", tuple(values)))
    return facts


def _user(telling: Telling, node: str) -> Value:
    plan = telling.lookup.value(node, vocab.plan("inPlan"))
    where = f"  《{telling.name(plan)}》" if plan else ""
    return Value(telling.name(node) + where, node)


def _candidate(lookup: Lookup, node: str, lang: str) -> Candidate:
    zh, en = _kind_labels(lookup, lookup.kind(node) or "")
    plan = lookup.value(node, vocab.plan("inPlan"))
    short = lookup.short(node).removeprefix("plan/")
    return Candidate(node, short, zh, en, Telling(lookup, node, lang).name(node), lookup.label(plan) if plan else None)


def _kind_labels(lookup: Lookup, kind: str) -> tuple[str, str]:
    if kind not in KINDS:
        return ("", "")
    return labels_of(lookup, vocab.plan(kind))
