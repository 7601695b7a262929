"""Who answers for an action or task, and why: the sentence, the rule, the action above, the order of a list."""

from __future__ import annotations

from kg import vocab
from kg.describe.description import Fact, Quote, Value
from kg.describe.facts import Telling
from kg.describe.lookup import Lookup
from kg.describe.passages import innermost, quotes
from kg.describe.sureness import sureness_of

_ROLE, _BASIS, _AGENCY = vocab.plan("role"), vocab.plan("basis"), vocab.plan("agency")


def parts_of(lookup: Lookup, node: str) -> list[str]:
    """The responsibilities of an action or task in the order of its list."""
    parts = lookup.nodes(node, vocab.plan("responsibility"))
    return sorted(parts, key=lambda part: int(lookup.value(part, vocab.plan("position")) or 0))


def responsibilities(telling: Telling) -> Fact | None:
    """Every body named, as written, with what it is, its role and the basis of the role."""
    values = [_part(telling, part) for part in parts_of(telling.lookup, telling.node)]
    return telling.fact(vocab.plan("responsibility"), values) if values else None


def _part(telling: Telling, part: str) -> Value:
    lookup, notes = telling.lookup, []
    written = lookup.value(part, vocab.plan("agencyText")) or ""
    agencies = lookup.nodes(part, _AGENCY)
    if lookup.value(part, vocab.plan("damaged")) == "true":
        notes.append(telling.notes["damaged"])
    elif not agencies:
        notes.append(telling.notes["unresolved"])
    if lookup.value(part, vocab.plan("openList")) == "true":
        notes.append(telling.notes["open"])
    details = []
    for predicate in (_AGENCY, _ROLE, _BASIS, vocab.plan("candidate")):
        values = [telling.thing(node) for node in lookup.nodes(part, predicate)]
        if values:
            details.append(telling.fact(predicate, values))
    sentences = quotes(lookup, part, "basisEvidence")
    if sentences:
        details.append(telling.fact(vocab.plan("basisEvidence"), [_sentence(q) for q in sentences]))
    position = lookup.value(part, vocab.plan("position"))
    found = quotes(lookup, part)
    text = f"{position}. {written}" if position else written
    return Value(text, part, False, tuple(notes), found, tuple(details), sureness_of(lookup, part))


def _sentence(quote: Quote) -> Value:
    return Value(quote.text, quote.iri, quotes=(quote,))


def effective_leads(telling: Telling) -> Fact:
    """The leads of a task with the reason for each; a fact without values where nobody leads."""
    predicate = vocab.plan("effectiveLeadAgency")
    terms = telling.lookup.objects(telling.node, predicate)
    values = []
    for term in terms:
        notes, found = lead_reason(telling, telling.node, term.value)
        inferred = telling.lookup.is_inferred(telling.node, predicate, term)
        values.append(telling.thing(term.value, inferred=inferred, notes=notes, quotes=found))
    return telling.fact(predicate, values)


def stated_leads(telling: Telling) -> Fact | None:
    """The leads that an action names, with the reason for each."""
    values = []
    for agency in telling.lookup.nodes(telling.node, vocab.plan("leadAgency")):
        notes, found = lead_reason(telling, telling.node, agency)
        values.append(telling.thing(agency, notes=notes, quotes=found))
    return telling.fact(vocab.plan("leadAgency"), values) if values else None


def lead_reason(telling: Telling, node: str, agency: str) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
    """Why an agency leads: in words, and the passages; the sentence of a rule (下同) comes last."""
    lookup = telling.lookup
    level, seen, above = [node], {node}, False
    while level:
        for holder in level:
            if agency in lookup.nodes(holder, vocab.plan("leadAgency")):
                notes, found = _own_reason(telling, holder, agency)
                inherited = (telling.notes["inherited"].format(telling.name(holder)),) if above else ()
                return (*inherited, *notes), found
        level = [a for holder in level for a in lookup.nodes(holder, vocab.plan("inAction")) if a not in seen]
        seen.update(level)
        above = True
    return (telling.notes["no-part"],), ()


def _own_reason(telling: Telling, node: str, agency: str) -> tuple[tuple[str, ...], tuple[Quote, ...]]:
    lookup, notes, found, rules = telling.lookup, [], [], []
    for part in parts_of(lookup, node):
        if agency not in lookup.nodes(part, _AGENCY) or vocab.plan("Lead") not in lookup.nodes(part, _ROLE):
            continue
        basis = lookup.value(part, _BASIS)
        notes.append(telling.notes.get((basis or "").removeprefix(vocab.PLAN), telling.notes["no-part"]))
        written = lookup.value(part, vocab.plan("agencyText"))
        if written and written != lookup.label(agency):
            notes.append(telling.notes["as-written"].format(written))
        found += quotes(lookup, part)
        rules += quotes(lookup, part, "basisEvidence")
    reasons = notes or [telling.notes["no-part"]]
    return tuple(dict.fromkeys(reasons)), tuple(dict.fromkeys([*innermost(found), *rules]))


def presumed_leads(telling: Telling) -> Fact | None:
    """Who is presumed to lead a task where nobody is named as lead."""
    lookup, predicate = telling.lookup, vocab.plan("presumedLeadAgency")
    parts = parts_of(lookup, telling.node)
    values = []
    for term in lookup.objects(telling.node, predicate):
        first = next((part for part in parts if term.value in lookup.nodes(part, _AGENCY)), None)
        notes = [telling.notes["presumed"], telling.notes["first-of"].format(len(parts))]
        found = quotes(lookup, first) if first else ()
        inferred = lookup.is_inferred(telling.node, predicate, term)
        values.append(telling.thing(term.value, inferred=inferred, notes=tuple(notes), quotes=found))
    return telling.fact(predicate, values) if values else None


def crowd_groups(telling: Telling) -> Fact | None:
    """The groups that a task or action is for: its own words, or the action's."""
    lookup, own = telling.lookup, vocab.plan("crowdGroup")
    effective = vocab.plan("effectiveCrowdGroup")
    stated = lookup.nodes(telling.node, own)
    values = [telling.value(own, term) for term in lookup.objects(telling.node, own)]
    for term in lookup.objects(telling.node, effective):
        if term.value in stated:
            continue
        holders = [a for a in _actions_above(lookup, telling.node) if term.value in lookup.nodes(a, own)]
        notes = tuple(telling.notes["inherited-group"].format(telling.name(holder)) for holder in holders)
        found = tuple(q for a in holders for q in Telling(lookup, a, telling.lang).value(own, term).quotes)
        inferred = lookup.is_inferred(telling.node, effective, term)
        values.append(telling.thing(term.value, inferred=inferred, notes=notes, quotes=found))
    is_task = lookup.one(telling.node, effective) is not None
    return telling.fact(effective if is_task else own, values) if values else None


def _actions_above(lookup: Lookup, node: str) -> list[str]:
    found: list[str] = []
    level = lookup.nodes(node, vocab.plan("inAction"))
    while level:
        found += level
        level = [a for holder in level for a in lookup.nodes(holder, vocab.plan("inAction")) if a not in found]
    return found
