"""What is said of the bodies around those that a plan names: reforms, members of collectives, bodies above."""

from __future__ import annotations

from kg import vocab
from kg.graph.draft import Draft
from kg.graph.terms import day, en, iri, plain, zh
from kg.model import ChangeEvent


def state_neighbours(draft: Draft) -> None:
    """Every body that is joined to a named one, and what joins them; the same triples from every plan."""
    resolution, add = draft.resolution, draft.add
    for entity in resolution.related.values():
        draft.agency(entity)
    for group, members in resolution.members.items():
        add(draft.agency_at(group), vocab.ORG_HAS_MEMBER, *(draft.agency_at(member) for member in members))
    for part, whole in resolution.parents.items():
        add(draft.agency_at(part), vocab.ORG_SUB_ORGANIZATION_OF, draft.agency_at(whole))
    for event in resolution.events:
        _state_event(draft, event)


def _state_event(draft: Draft, event: ChangeEvent) -> None:
    """A reform of the bodies of an area: when, what became of what, who says so."""
    node, add = iri(f"{draft.base}reform/{event.local_id}"), draft.add
    add(node, vocab.RDF_TYPE, iri(vocab.ORG_CHANGE_EVENT))
    add(node, vocab.RDFS_LABEL, zh(event.zh), en(event.en))
    add(node, vocab.DCTERMS_DATE, day(event.day))
    add(node, "datePrecision", plain(event.precision))
    add(node, "region", draft.region_at(event.region_code))
    add(node, vocab.RDFS_COMMENT, zh(event.source))
    for local_id in event.before:
        agency = draft.agency_at(local_id)
        add(node, vocab.ORG_ORIGINAL_ORGANIZATION, agency)
        add(agency, vocab.ORG_CHANGED_BY, node)
    for local_id in event.after:
        agency = draft.agency_at(local_id)
        add(node, vocab.ORG_RESULTING_ORGANIZATION, agency)
        add(agency, vocab.ORG_RESULTED_FROM, node)
