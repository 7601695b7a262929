"""Faults in the documents that a plan rests on."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.faults.ground import Ground
from benchmarks.faults.model import Claim, Planting, mutation
from benchmarks.faults.of_head import apart, every
from kg.lexicon import rules
from kg.resolve import resolve
from kg.resolve.regions import regions

# ---------------------------------------------------------------- bases


def _laws(ground: Ground) -> list[str]:
    """Titles of bases, as written, that stand in the text in 《》 and are not the plan one level up."""
    resolution = resolve(ground.record)
    found = []
    for citation, entity in zip(ground.record.citations, resolution.documents, strict=False):
        if citation.is_basis and entity is not None and entity.key not in resolution.implements:
            if f"《{citation.title}》" in ground.text:
                found.append(citation.title)
    return list(dict.fromkeys(found))


@mutation("basis that was repealed", "basis-repealed")
def _repealed_basis(ground: Ground) -> Iterator[Planting]:
    """A law that a later one has replaced."""
    issued = ground.record.issued
    for entry in rules("repeals")["repealed"] if issued else ():
        if issued and entry["since"] <= issued.value and entry["title"].startswith("中华人民共和国"):
            for title in _laws(ground)[:2]:
                edits = every(ground, f"《{title}》", f"《{entry['title']}》")
                claims_ = (Claim("basis-level-missing", ""), Claim("group-*", ""), Claim("basis-out-of-time", ""))
                yield Planting(
                    (Claim("basis-repealed", ""),),
                    apart(edits),
                    explains=claims_,
                    hides=(*claims_, Claim("basis-repealed", "")),
                    zone=frozenset({"plan basis"}),
                )
            return


@mutation("basis whose time was over", "basis-out-of-time")
def _old_basis(ground: Ground) -> Iterator[Planting]:
    """A plan of ten years before."""
    period = ground.record.period
    for title in _laws(ground)[:2] if period else ():
        first = period.value[0] if period else 0
        said = f"《国家中长期科学和技术发展规划纲要（{first - 12}—{first - 8}年）》"
        edits = every(ground, f"《{title}》", said)
        claims_ = (Claim("basis-level-missing", ""), Claim("group-*", ""), Claim("basis-repealed", ""))
        yield Planting(
            (Claim("basis-out-of-time", ""),),
            apart(edits),
            explains=claims_,
            hides=claims_,
            zone=frozenset({"plan basis"}),
        )


@mutation("no basis of one level", "basis-level-missing")
def _level(ground: Ground) -> Iterator[Planting]:
    """The documents of the province, or the nation, are not named."""
    resolution = resolve(ground.record)
    if resolution.region is None:
        return
    above = {region.code for region in regions().above(resolution.region)}
    by_area: dict[str, set[str]] = {}
    for citation, entity in zip(ground.record.citations, resolution.documents, strict=False):
        if citation.is_basis and entity is not None and entity.region_code in above:
            by_area.setdefault(entity.region_code or "", set()).add(ground.cut(citation.span).strip("《》"))
    for area, titles in sorted(by_area.items()):
        if len(by_area) > 1 and area:
            edits = [edit for title in titles for edit in every(ground, f"《{title}》")]
            if edits:
                claims_ = (Claim("group-*", ""), Claim("basis-repealed", ""), Claim("basis-out-of-time", ""))
                yield Planting(
                    (Claim("basis-level-missing", ""),),
                    apart(edits),
                    explains=claims_,
                    hides=claims_,
                    zone=frozenset({"plan basis"}),
                )
