"""Collectives: which words name the same bodies, under which name, and which bodies of GB/T 2260 they mean."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg.agency_types import agency_types
from kg.area_names import dated_rows
from kg.lexicon import rules
from kg.model import AgencyEntity, Region
from kg.resolve.official_names import area_name
from kg.resolve.regions import NATION, regions

# So many digits of a code are those of all divisions below (GB/T 2260).
_DIGITS = {"national": 0, "provincial": 2, "prefectural": 4}


@dataclass(frozen=True, slots=True)
class Group:
    """One row of `[[group]]` in `data/rules/agencies.toml`."""

    slug: str
    name: str
    form: re.Pattern[str]
    levels: frozenset[str]  # of the plans in which its members are known
    members: tuple[tuple[str, str], ...]  # level of the division, last characters of its name ("" for any)
    excepted: frozenset[str]


def collective(written: str, plan: Region | None) -> AgencyEntity:
    """Several bodies named as one, under the name that all ways of writing it share.

    >>> nanchang = regions().by_name("南昌市")
    >>> [collective(words, nanchang).name for words in ("各县区政府", "各县(市、区)人民政府", "相关县区政府")]
    ['各县(市、区)人民政府', '各县(市、区)人民政府', '有关县区人民政府']
    """
    words = _alike(written)
    group = _group_of(words)
    if group and plan and (meant := _divisions(group, plan, None)):
        group = next(each for each in _groups() if _divisions(each, plan, None) == meant)
    code = plan.code if plan else NATION.code
    return AgencyEntity(
        f"{code}/all-{group.slug if group else hash_id(words)}",
        group.name if group else words,
        (),
        plan.code if plan else None,
        plan.level if plan else None,
        None,
        "collective",
    )


def members_of(entity: AgencyEntity, when: date | None) -> tuple[AgencyEntity, ...]:
    """The governments that a collective means on a day, by code; none where the words leave open which.

    Divisions that exist now, where no day is given.

    >>> ganzi = regions().by_name("甘孜州")
    >>> found = members_of(collective("各县(市)人民政府", ganzi), date(2023, 1, 1))
    >>> len(found), found[0].name
    (18, '康定市人民政府')
    """
    group = next((group for group in _groups() if entity.local_id.endswith(f"/all-{group.slug}")), None)
    region = regions().by_code(entity.region_code) if entity.region_code else None
    if group is None or region is None:
        return ()
    return tuple(government_of(each) for each in _divisions(group, region, when.year if when else None))


@lru_cache(maxsize=256)
def _divisions(group: Group, region: Region, year: int | None) -> tuple[Region, ...]:
    """The divisions of an area whose governments a group means in a year, by code."""
    if region.level not in group.levels:
        return ()
    codes = (code for code in _existing(year) if code != region.code and code not in group.excepted)
    below = region.code[: _DIGITS[region.level]]
    found = (regions().by_code(code) for code in codes if code.startswith(below))
    return tuple(each for each in found if each and _is_meant(each, group))


def _is_meant(region: Region, group: Group) -> bool:
    return any(region.level == level and region.name.endswith(tuple(ends) or "") for level, ends in group.members)


def government_of(region: Region) -> AgencyEntity:
    """The government of an area.

    >>> government_of(regions().by_name("锡林郭勒盟")).name
    '锡林郭勒盟行政公署'
    """
    kind = agency_types()["government"]
    words = rules("agencies")["government_of"]
    called = next((name for ending, name in words.items() if region.name.endswith(ending)), "人民政府")
    name = (kind.national_name or "") if region.level == "national" else area_name(region) + called
    return AgencyEntity(
        f"{region.code}/{kind.notation}", name, (kind.notation,), region.code, region.level, kind.body_kind
    )


def hash_id(name: str) -> str:
    """The local part for a body that only its name tells apart.

    >>> hash_id("四川民族学院")
    'x-f664e560'
    """
    return "x-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def _alike(written: str) -> str:
    for words, instead in rules("agencies")["group_words"].items():
        written = re.sub(words, instead, written)
    return written


def _group_of(words: str) -> Group | None:
    return next((group for group in _groups() if group.form.search(words)), None)


@lru_cache(maxsize=1)
def _groups() -> tuple[Group, ...]:
    return tuple(
        Group(
            entry["slug"],
            entry["name"],
            re.compile(entry["form"]),
            frozenset(entry.get("in", ())),
            tuple(entry.get("members", {}).items()),
            frozenset(entry.get("except", ())),
        )
        for entry in rules("agencies")["group"]
    )


@lru_cache(maxsize=64)
def _existing(year: int | None) -> tuple[str, ...]:
    """The codes of the divisions of a year."""
    codes = {
        code
        for code, _, until, since in dated_rows()
        if (not until if year is None else (not until or int(until) >= year) and (not since or int(since) <= year))
    }
    return tuple(sorted(codes))
