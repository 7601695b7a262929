"""Names → entities: which area a plan is for, and which bodies its names mean."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kg.agency_names import is_fragment, normalise
from kg.model import AgencyEntity, Finding, Ground, PlanRecord, Region, Resolution, Span
from kg.resolve.agencies import Meaning, ground_of, resolve_name
from kg.resolve.documents import resolve_documents
from kg.resolve.indicators import find_indicator
from kg.resolve.neighbours import surround
from kg.resolve.regions import NATION, rank_regions, regions

_HEAD, _TAIL = 600, 500  # code points of a page that speak of its site: breadcrumbs, 主办 and 版权所有


def resolve(record: PlanRecord) -> Resolution:
    """Every name of the record resolved; total: what stays open is a candidate or a finding.

    Each written form of an agency has an entity, or candidates, or is a fragment with a finding.
    """
    area, open_areas = _area(record)
    findings: list[Finding] = []
    if area is None:
        findings.append(Finding("unresolved-region", "warning", record.title.spans, original=record.title.value))
    agencies: dict[str, AgencyEntity] = {}
    candidates: dict[str, tuple[AgencyEntity, ...]] = {}
    fragments: dict[str, None] = {}
    known: dict[str, AgencyEntity] = {}
    grounds: dict[str, Ground] = {}
    named_by_person = dict(record.full_names)
    when = _day(record)

    def take(text: str, full_text: str | None, spans: tuple[Span, ...], about: str) -> None:
        """Settle one written form, under its own words and under those with the elided first part."""
        full = full_text or text
        if full in agencies or full in candidates:
            if full in agencies:
                agencies.setdefault(text, agencies[full])
            return
        if is_fragment(text):
            fragments.setdefault(text)
            return
        given = named_by_person.get(text) or named_by_person.get(full)
        meaning = read = resolve_name(full, area, when)
        ground = ground_of(read)
        if given and not _is_called(given, read, known):
            meaning, ground = resolve_name(given, area, when), Ground("correction", 1.0)
        elif given:  # a person has confirmed the reading
            ground = replace(ground, confidence=1.0)
        if meaning.entity is not None:
            grounds[full] = ground
            grounds.setdefault(text, ground)
            # One body has one name: the first form in reading order that names it.
            entity = known.setdefault(meaning.entity.local_id, meaning.entity)
            if not set(meaning.entity.types) <= set(entity.types):  # 市文化和旅游局, then 市文化和旅游局(市广播电视局)
                types = tuple(sorted({*entity.types, *meaning.entity.types}))
                entity = known[entity.local_id] = replace(entity, types=types)
            agencies[full] = entity
            agencies.setdefault(text, entity)
        else:
            candidates[full] = meaning.candidates
            candidates.setdefault(text, meaning.candidates)
        if meaning.ambiguous:
            findings.append(Finding("ambiguous-agency", "warning", spans, about, original=text))
        elif not meaning.resolved and not given:
            findings.append(Finding("unresolved-agency", "warning", spans, about, original=text))

    for stated in (*record.issuers, *record.sealed_by, *((record.originator,) if record.originator else ())):
        take(stated.value, None, stated.spans, "")
    for provision in record.provisions:
        for place, duty in enumerate(provision.responsibilities, 1):
            take(duty.agency_text, duty.full_text, duty.spans, f"{provision.key}/responsibility/{place}")
    agencies = {text: known[entity.local_id] for text, entity in agencies.items()}
    for text in fragments:
        candidates[text] = _guess(text, record, agencies)
    documents, implements = resolve_documents(record, area)
    named = {area.code: area} if area else {region.code: region for region in open_areas}
    table = regions()
    around = surround(known.values(), when)
    guesses = (each for group in candidates.values() for each in group)
    for entity in (*agencies.values(), *guesses, *around.related.values()):
        if entity.region_code and (found := table.by_code(entity.region_code)):
            named[found.code] = found
    for document in documents:
        if document.region_code and (found := table.by_code(document.region_code)):
            named[found.code] = found
    for region in list(named.values()):
        for up in table.above(region):
            named[up.code] = up
    return Resolution(
        area,
        tuple(named[code] for code in sorted(named)),
        agencies,
        candidates,
        tuple(findings),
        documents,
        implements,
        _indicators(record),
        grounds,
        _region_ground(record, area),
        around.related,
        around.events,
        around.members,
        around.parents,
    )


def _indicators(record: PlanRecord) -> dict[tuple[str, str], str]:
    found = {(q.indicator, q.unit): find_indicator(q.indicator, q.unit) for q in record.quantities}
    return {counted: notation for counted, notation in found.items() if notation}


def _area(record: PlanRecord) -> tuple[Region | None, tuple[Region, ...]]:
    """The area that the plan is for; the areas that it may be for, where that stays open."""
    if record.region_code and (given := regions().by_code(record.region_code)):
        return given, (given,)
    text = record.source.text
    texts = [*(issuer.value for issuer in record.issuers), record.title.value]
    texts += [sealed.value for sealed in record.sealed_by]
    texts += [addressee.value for addressee in record.addressees]
    texts += [text[:_HEAD], text[-_TAIL:], *(citation.title for citation in record.citations if citation.is_basis)]
    found = rank_regions(texts)
    return (found[0] if len(found) == 1 else None), found


def _day(record: PlanRecord) -> date | None:
    """The day whose names of bodies hold: of issue, else of publication, else the first of the plan's period.

    Where none is stated, the year of the plan's own number, or the last full date that the text mentions.
    """
    dated = record.issued or record.published
    if dated is not None:
        return dated.value
    if record.document_number and (year := re.search(r"(?:19|20)\d\d", record.document_number.value)):
        return date(int(year.group()), 7, 1)
    if record.period:
        return date(record.period.value[0], 1, 1)
    days = [
        (int(y), int(m), int(d))
        for y, m, d in re.findall(r"((?:19|20)\d\d)年(1[0-2]|0?[1-9])月([12]\d|3[01]|0?[1-9])日", record.source.text)
    ]
    return date(max(days)[0], max(days)[1], min(max(days)[2], 28)) if days else None


def _is_called(name: str, meaning: Meaning, known: dict[str, AgencyEntity]) -> bool:
    """Whether a body that a name was read as bears a full name: its own, or the one that the plan first gave it."""
    entity = meaning.entity
    return entity is not None and name in (entity.name, known.get(entity.local_id, entity).name)


def _region_ground(record: PlanRecord, area: Region | None) -> Ground | None:
    """Whether issuer or title name the area themselves."""
    if area is None:
        return None
    if record.region_code:
        read, _ = _area(replace(record, region_code=None))
        if read is None or read.code != area.code:
            return Ground("correction", 1.0)
        ground = _region_ground(replace(record, region_code=None), area)
        return replace(ground, confidence=1.0) if ground else None
    named = {
        region.code
        for text in (*(issuer.value for issuer in record.issuers), record.title.value)
        for mention in regions().find_in(text)
        for region in mention.regions
    }
    return Ground("area-named", 1.0) if area.code in named else Ground("area-of-page", 0.9)


def _guess(fragment: str, record: PlanRecord, agencies: dict[str, AgencyEntity]) -> tuple[AgencyEntity, ...]:
    """The bodies that the plan names elsewhere whose names end with the fragment, and that do not stand beside it."""
    beside = {
        duty.agency_text
        for provision in record.provisions
        if any(duty.agency_text == fragment for duty in provision.responsibilities)
        for duty in provision.responsibilities
    }
    ending = normalise(fragment)
    found = {
        entity.local_id: entity
        for text, entity in agencies.items()
        if text not in beside and normalise(text).endswith(ending) and entity.kind == "agency"
    }
    return tuple(found[key] for key in sorted(found))


__all__ = ["NATION", "resolve"]
