"""What is said of the file, of the plan as a whole, and of the documents that it names."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from kg import vocab
from kg.graph.draft import Draft
from kg.graph.terms import boolean, concept, concept_by_word, day, month, plain, web_address, year, zh
from kg.model import Ground, Stated


def state_source(draft: Draft) -> None:
    """The file that was read, with its text, so that every passage can be shown later without the file."""
    source = draft.record.source
    node, add = draft.source, draft.add
    draft.a(node, "SourceFile")
    add(node, "sha256", plain(source.byte_sha256))
    add(node, "textSha256", plain(source.text_sha256))
    add(node, "fileName", plain(source.file_name))
    add(node, "mediaType", plain(source.media_type))
    add(node, "encoding", plain(source.encoding))
    add(node, "sourceText", plain(source.text))
    if source.url:
        add(node, vocab.DCTERMS_SOURCE, web_address(source.url))


def state_plan(draft: Draft) -> None:
    """Title, type, numbers, issuers, dates, period and area."""
    record, plan, add, state = draft.record, draft.plan, draft.add, draft.state
    draft.a(plan, "Plan")
    state(plan, vocab.DCTERMS_TITLE, zh(record.title.value), record.title)
    kind = Stated(record.plan_type, record.title.spans, "title-type", record.title.confidence)
    state(plan, "planType", concept("plan-type", record.plan_type), record.type_ground or kind)
    stated = [
        record.title,
        record.document_number,
        record.index_number,
        record.originator,
        record.approval,
        record.issued,
        record.published,
        record.period,
        record.status,
        *record.issuers,
        *record.sealed_by,
        *record.addressees,
        *record.subjects,
    ]
    draft.evidence(plan, (span for s in stated if s for span in s.spans), record.title.rule, record.title.confidence)
    for name, fact in (
        ("documentNumber", record.document_number),
        ("indexNumber", record.index_number),
        ("status", record.status),
        ("originatorText", record.originator),
        ("approvalText", record.approval),
    ):
        if fact:
            state(plan, name, plain(fact.value), fact)
    for name, bodies in (
        (vocab.DCTERMS_PUBLISHER, record.issuers),
        ("sealedBy", record.sealed_by),
        ("originator", (record.originator,) if record.originator else ()),
    ):
        for body in bodies:
            state(plan, name, draft.named_agency(body.value, None, body.spans), body, many=True)
    for addressee in record.addressees:
        state(plan, "addressee", plain(addressee.value), addressee, many=True)
    for subject in record.subjects:
        state(plan, vocab.DCTERMS_SUBJECT, concept_by_word("topic", subject.value), subject, many=True)
    for name, when in ((vocab.DCTERMS_ISSUED, record.issued), (vocab.DCTERMS_AVAILABLE, record.published)):
        if when:
            stated = when.value.isoformat()  # of a month alone where no day is stated
            state(plan, name, (month if stated.count("-") == 1 else day)(stated), when)
    if record.period:
        first, last = record.period.value
        state(plan, "periodStart", year(first), record.period)
        state(plan, "periodEnd", year(last), record.period)
        add(plan, "periodStartDate", day(date(first, 1, 1)))
        add(plan, "periodEndDate", day(date(last, 12, 31)))
    region = draft.resolution.region
    if region:
        places = record.issuers[0].spans if record.issuers else record.title.spans
        state(plan, "region", draft.region(region), draft.resolution.region_ground, places)
        add(plan, "level", concept("level", region.level))
    add(plan, "sourceFile", draft.source)


def state_citations(draft: Draft) -> None:
    """Every place where the plan names a document, and the document."""
    add = draft.add
    documents = draft.resolution.documents
    for n, (citation, entity) in enumerate(zip_longest(draft.record.citations, documents), 1):
        node = draft.at(f"citation/{n}")
        draft.a(node, "Citation")
        add(node, "inPlan", draft.plan)
        add(node, "citedTitle", plain(citation.title))
        if citation.number:
            add(node, "citedNumber", plain(citation.number))
        add(node, "isBasis", boolean(citation.is_basis))
        rule = citation.rule or ("restored-title" if citation.restored else "title-marks")
        sure = citation.confidence if citation.rule else 0.9 if citation.restored else 1.0
        draft.evidence(node, (citation.span,), rule, sure)
        add(draft.plan, "citation", node)
        if entity is None:
            continue
        document = draft.document(entity)
        why = "short-title" if citation.short_for else "same-title"
        draft.state(node, "document", document, Ground(why, sure), (citation.span,))
        if citation.is_basis:
            add(draft.plan, "basedOn", document)
            if entity.key in draft.resolution.implements:
                ground = Ground("one-level-up", 0.9)
                draft.state(draft.plan, "implements", document, ground, (citation.span,), many=True)
