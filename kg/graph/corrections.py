"""What is said of the answers of persons that were applied to the record."""

from __future__ import annotations

from kg import vocab
from kg.graph.draft import Draft
from kg.graph.names import identity_hash
from kg.graph.terms import iri, moment, named, plain
from kg.model import Correction


def state_correction(draft: Draft, correction: Correction) -> None:
    """Who answered what, when, and what about: beside the fact, which already says what holds."""
    node, add = draft.at(f"correction/{correction.id}"), draft.add
    draft.a(node, "Correction")
    add(node, "inPlan", draft.plan)
    add(node, "about", draft.at(correction.about))
    add(node, "verdict", named[correction.verdict])
    add(node, "factKind", plain(correction.kind))
    add(node, "originalText", plain(correction.before) if correction.before is not None else None)
    add(node, "repairedText", plain(correction.after) if correction.after is not None else None)
    add(node, vocab.RDFS_COMMENT, plain(correction.note) if correction.note else None)
    add(node, "fileName", plain(correction.file))
    draft.evidence(node, correction.spans)
    if correction.who:
        person = iri(f"{draft.base}person/{identity_hash(correction.who)}")
        draft.a(person, vocab.PROV_PERSON)
        add(person, vocab.FOAF_NAME, plain(correction.who))
        add(node, vocab.PROV_WAS_ATTRIBUTED_TO, person)
    if correction.when:
        add(node, vocab.PROV_GENERATED_AT_TIME, moment(correction.when))
