"""Which body another one is a part or an office of, where its name or its kind says so."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from kg.agency_names import parse_name
from kg.agency_types import agency_types
from kg.lexicon import rules
from kg.model import AgencyEntity, Region
from kg.resolve.agencies import resolve_name
from kg.resolve.official_names import area_name, full_name
from kg.resolve.regions import MUNICIPALITIES, NATION, regions

_BODY_ENDS = re.compile(r"(?:人民政府|[局厅]|委员会)(?=[^(（])")
_COMMITTEE = re.compile(r"^中共(.+?)委(?!员会)(?=.)")


def parent_of(entity: AgencyEntity) -> AgencyEntity | None:
    """The body that an agency belongs to: the one that its full name begins with, or the next above of a branch led from the top.

    >>> district = regions().by_code("360102")
    >>> for name in ("区政府办公室", "区委宣传部", "区公安局交警大队", "区税务局", "区科协"):
    ...     found = parent_of(resolve_name(name, district).entity)
    ...     print(name, found.name if found else None)
    区政府办公室 南昌市东湖区人民政府
    区委宣传部 中共南昌市东湖区委员会
    区公安局交警大队 南昌市东湖区公安局
    区税务局 国家税务总局南昌市税务局
    区科协 None
    """
    if entity.kind != "agency" or not entity.types or not entity.region_code:
        return None
    region = regions().by_code(entity.region_code)
    if region is None:
        return None
    return _above(entity, region) or _named(entity, region) or _city_bureau(entity, region)


def _named(entity: AgencyEntity, region: Region) -> AgencyEntity | None:
    """The longest body that the name begins with: 南昌市东湖区公安局 of 南昌市东湖区公安局交通警察大队."""
    if match := _COMMITTEE.match(entity.name):
        return _known(f"中共{match[1]}委员会", entity, region)
    ends = [match.end() for match in _BODY_ENDS.finditer(entity.name)]
    for end in reversed(ends):
        found = _known(entity.name[:end], entity, region)
        if found:
            return found
    return None


def _city_bureau(entity: AgencyEntity, region: Region) -> AgencyEntity | None:
    """The bureau of the city, of a branch that bears its county's name: 六安市霍山县生态环境分局."""
    above = regions().by_code(region.parent) if region.parent else None
    if not entity.name.endswith("分局") or above is None or above.level != "prefectural":
        return None
    body = entity.name.removeprefix(area_name(region)).removesuffix("分局")
    return _known(f"{area_name(above)}{body}局", entity, above)


def _known(name: str, entity: AgencyEntity, region: Region) -> AgencyEntity | None:
    parsed = parse_name(name)
    if parsed is None or not parsed.types or parsed.institution:
        return None
    found = resolve_name(name, region).entity
    if found is None or found.name != name or found.local_id == entity.local_id:
        return None
    return found


def _above(entity: AgencyEntity, region: Region) -> AgencyEntity | None:
    """The next body above of a kind that is led from the top."""
    entry = _vertical().get(entity.types[0]) if len(entity.types) == 1 else None
    if entry is None or region.level == "national":
        return None
    levels = [level for level in ("prefectural", "provincial") if level in entry.get("through", ())]
    for up in regions().above(region):
        level = "prefectural" if region.level == "county" and up.code in MUNICIPALITIES else up.level
        if (up.level in levels or level in levels) and up.code != region.code:
            return _of_kind(entity.types[0], up)
    return _of_kind(entry.get("parent", entity.types[0]), NATION)


def _of_kind(kind: str, region: Region) -> AgencyEntity | None:
    """The body of a kind in an area."""
    found = agency_types()[kind]
    if region.level == "national":
        name = found.national_name
    else:
        parsed = parse_name(area_name(region) + found.zh) or parse_name(area_name(region) + found.aliases[0])
        name = full_name(parsed, region, None) if parsed and parsed.types == (kind,) else None
    if name is None:
        return None
    return AgencyEntity(f"{region.code}/{kind}", name, (kind,), region.code, region.level, found.body_kind)


@lru_cache(maxsize=1)
def _vertical() -> dict[str, dict[str, Any]]:
    return {entry["type"]: entry for entry in rules("agencies")["vertical"]}
