"""Documents that a plan cites: whose they are, and which of them is the plan one level up in its own series."""

from __future__ import annotations

import difflib
import re

from kg.cited_titles import core_title, series_of
from kg.model import DocumentEntity, PlanRecord, Region
from kg.resolve.regions import NATION, regions

_UP = {"county": "prefectural", "prefectural": "provincial", "provincial": "national", "township": "county"}
# Two plans of one series differ in little but the area; measured on titles of national outlines and local plans.
_ALIKE = 0.72


def resolve_documents(record: PlanRecord, plan: Region | None) -> tuple[dict[str, DocumentEntity], tuple[str, ...]]:
    """The cited documents by the core of their titles, and the cores of those that the plan implements.

    A title that names no area is that of the nation: local documents name theirs.
    """
    found: dict[str, DocumentEntity] = {}
    implements: list[str] = []
    for citation in record.citations:
        core = core_title(citation.title)
        entity = found.get(core)
        if entity is None or (entity.number is None and citation.number):
            area = _area(core, citation.title, plan)
            entity = DocumentEntity(core, citation.number, area.code if area else None, area.level if area else None)
            found[core] = entity
        if citation.is_basis and core not in implements and _is_one_up(record, entity, plan):
            implements.append(core)
    return found, tuple(implements)


def _area(core: str, cited: str, plan: Region | None) -> Region | None:
    """The area that a title begins with, as cited or as the document has it; the nation where it names none."""
    table = regions()
    for text in (core, core_title(cited), "".join(cited.split())):
        mention = table.starts(text)
        if mention is None:
            continue
        for candidate in mention.regions:
            if plan is not None and (table.is_within(plan, candidate) or candidate.code == plan.code):
                return candidate
        if len(mention.regions) == 1 and mention.form != "stem":
            return mention.regions[0]
    if re.match(r"[一-鿿]{1,8}?(?:省|市|州|县|区)(?:人民政府|委)", core):
        return None
    return NATION


def _is_one_up(record: PlanRecord, document: DocumentEntity, plan: Region | None) -> bool:
    if plan is None or document.level != _UP.get(plan.level):
        return False
    own = core_title(record.title.value)
    if document.title in own:  # …贯彻落实《X》…方案
        return True
    table = regions()
    names = {form for region in (plan, *table.above(plan)) for form in (region.full_name, region.name, *_short(region))}
    other = table.by_code(document.region_code) if document.region_code else None
    if other:
        names |= {other.full_name, other.name, *_short(other)}
    a, b = series_of(own, tuple(sorted(names))), series_of(document.title, tuple(sorted(names)))
    return difflib.SequenceMatcher(None, a, b).ratio() >= _ALIKE


def _short(region: Region) -> tuple[str, ...]:
    stem = re.sub(r"(?:[一-鿿]{1,3}族)*(?:自治区|自治州|自治县)$", "", region.name)
    suffix = "州" if region.name.endswith("自治州") else ""
    return (stem, stem + suffix) if stem != region.name else ()
