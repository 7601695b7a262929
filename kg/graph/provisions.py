"""What is said of sections, actions, tasks and safeguards, and of who is responsible for them."""

from __future__ import annotations

import unicodedata

from kg import vocab
from kg.graph.draft import Draft
from kg.graph.names import squeeze
from kg.graph.terms import boolean, concept, integer, named, plain, zh
from kg.model import Provision, Responsibility

_SHORTCUT = {"Lead": "leadAgency", "Joint": "jointAgency", "Support": "supportingAgency"}


def state_provision(draft: Draft, provision: Provision) -> None:
    """A numbered part of the plan, with everything that hangs on it but its quantities."""
    node, add = draft.at(provision.key), draft.add
    draft.a(
        node,
        provision.kind,
        inPlan=draft.plan,
        inSection=draft.at(provision.section) if provision.section else None,
        inAction=draft.at(provision.action) if provision.action else None,
        number=plain(provision.number),
        key=plain(provision.key),
        ordinal=integer(provision.ordinal),
        repairedTitle=zh(provision.repaired_title) if provision.repaired_title else None,
        text=plain(provision.text),
    )
    add(node, vocab.DCTERMS_TITLE, zh(provision.title) if provision.title else None)
    draft.evidence(node, provision.spans, provision.rule, provision.confidence)
    for group in provision.crowd_groups:
        draft.state(node, "crowdGroup", concept("crowd-group", group.value), group, many=True)
        draft.evidence(node, group.spans)
    for initiative in provision.initiatives:
        draft.state(node, "mentionsInitiative", concept("initiative", initiative.value), initiative, many=True)
        draft.evidence(node, initiative.spans)
    if provision.deadline:
        draft.deadline(node, provision.deadline.value, provision.deadline)
        draft.evidence(node, provision.deadline.spans)
    for duty in provision.responsibilities:
        _state_responsibility(draft, node, duty)


def _state_responsibility(draft: Draft, owner: str, duty: Responsibility) -> None:
    node = f"{owner[:-1]}/responsibility/{duty.position}>"
    damaged = duty.agency_kind == "fragment"
    agency = None if damaged else draft.named_agency(duty.agency_text, duty.full_text, duty.spans)
    draft.a(
        node,
        "Responsibility",
        agencyText=plain(_as_written(draft, duty)),
        agencyFullText=plain(duty.full_text) if duty.full_text else None,
        role=named[duty.role],
        basis=named[duty.basis],
        position=integer(duty.position),
        openList=boolean(True) if duty.open_list else None,
        basisEvidence=draft.passage(duty.basis_span) if duty.basis_span else None,
        damaged=boolean(True) if damaged else None,
        agency=agency,
    )
    draft.evidence(node, (duty.statement_span,), duty.rule, duty.confidence)
    for candidate in draft.resolution.candidates.get(duty.full_text or duty.agency_text, ()):
        draft.add(node, "candidate", draft.agency(candidate))
    draft.add(owner, "responsibility", node)
    draft.add(owner, _SHORTCUT[duty.role], agency)


def _as_written(draft: Draft, duty: Responsibility) -> str:
    """The name in the document's own characters, white space dropped; as repaired where it does not stand in one piece."""
    name = duty.agency_text
    if len(duty.spans) == 1:
        raw = duty.spans[0].cut(draft.record.source.text)
        if raw == name:
            return name
        raw = "".join(raw.split())
        if raw == name or squeeze(raw) == unicodedata.normalize("NFKC", name):
            return raw
    return name
