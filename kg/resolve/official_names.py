"""A body's official full name, by its kind, the level of its area, and the day on which it is named."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from kg.agency_names import AgencyName
from kg.agency_types import agency_types
from kg.area_names import area_forms
from kg.lexicon import rules
from kg.model import Region
from kg.resolve.regions import MUNICIPALITIES, regions


def area_name(region: Region) -> str:
    """The area as bodies' official names begin with it.

    >>> [area_name(regions().by_code(code)) for code in ("360102", "330281", "513300", "110108", "450000")]
    ['南昌市东湖区', '余姚市', '甘孜藏族自治州', '北京市海淀区', '广西壮族自治区']
    """
    if region.level != "county" or region.name.endswith("市"):
        return region.name
    above = regions().by_code(region.parent) if region.parent else None
    if above is None or (above.level == "provincial" and above.code not in MUNICIPALITIES):
        return region.name
    return above.name + region.name


def full_name(name: AgencyName, region: Region | None, when: date | None) -> str:
    """The official full name of a body of an area; as it was on a day, where a reform changed it since."""
    area = area_name(region) if region else name.area
    short = short_area(area)
    kind = name.identity[0] if len(name.identity) == 1 else ""
    full = None
    entry = _by_level().get(kind)
    if region is not None and not name.institution and entry:
        full = _at_level(entry, region, area, short)
    if full is None:
        pattern = name.pattern
        if "人民政府" in pattern and name.formal.endswith("局"):
            pattern = "{area}{body}"  # only offices bear the government's name: 金融工作局
        full = pattern.format(area=area, short=short, body=name.formal)
    return _as_it_was(full, kind, name.text, area, when)


def usual_holder(kind: str, full: str, region: Region) -> Region | None:
    """The area, the region itself or one above it, whose body of a kind bears a full name.

    >>> usual_holder("central-bank", "中国人民银行福州中心支行", regions().by_code("350100")).name
    '福建省'
    """
    entry = _by_level().get(kind)
    for each in (*reversed(regions().above(region)), region) if entry else ():
        usual = _at_level(entry, each, area_name(each), short_area(area_name(each)))
        if usual in (full, full.replace(each.name.removesuffix("市"), each.name)):
            return each
    return None


def short_area(area: str) -> str:
    """An area's name as bodies under the central government bear it: 福建, 广西, 厦门.

    >>> short_area("广西壮族自治区"), short_area("厦门市")
    ('广西', '厦门')
    """
    forms = area_forms(area)
    return forms[-1][0] if area.endswith(("自治区", "省", "市")) and len(forms) > 1 else area


def national_name(name: AgencyName, when: date | None) -> str:
    """The full name of the body at the top of its kind: 教育部, 国家体育总局, 中国科学技术协会."""
    kind = name.identity[0] if len(name.identity) == 1 else ""
    full = name.national_name or name.text.removeprefix("中华人民共和国")
    if kind and agency_types()[kind].stems and not name.national_name and name.formal.endswith(("局", "委员会")):
        full = "国家" + name.formal.removeprefix("国家")
    return _as_it_was(full, kind, name.text, "", when)


def is_variant(name: AgencyName, full: str) -> bool:
    """Whether a full name is that of another body of the same kind and area than its usual one.

    >>> from kg.agency_names import parse_name
    >>> [is_variant(parse_name(word), word) for word in ("福建省林业厅", "福建省林业局")]
    [True, False]
    """
    form = _variants().get(name.identity[0]) if len(name.identity) == 1 else None
    return form is not None and bool(form.search(full))


@lru_cache(maxsize=1)
def _variants() -> dict[str, re.Pattern[str]]:
    return {entry["type"]: re.compile(entry["form"]) for entry in rules("agencies")["variant"]}


@lru_cache(maxsize=1)
def _by_level() -> dict[str, dict[str, Any]]:
    return {entry["type"]: entry for entry in rules("agencies")["level"]}


def _at_level(entry: dict[str, Any], region: Region, area: str, short: str) -> str | None:
    if region.name in entry.get("areas", {}):
        return str(entry["areas"][region.name])
    top = regions().at_level(region, "provincial")
    template = entry.get(region.level)
    if top and region.level != "provincial":
        template = entry.get("below", {}).get(top.name, template)
    if template is None:
        return None
    capital = ""
    if "{capital}" in template:
        seat = region if region.code in MUNICIPALITIES else regions().by_code(region.code[:2] + "0100")
        if seat is None:
            return None
        capital = seat.name.removesuffix("市")
        for ending, capitals in entry.get("capitals", {}).items():
            if capital in capitals:
                template = template.replace("中心支行", ending)
    province = short_area(top.name) if top else ""
    return str(template.format(area=area, short=short, word=region.name[-1], capital=capital, province=province))


@lru_cache(maxsize=1)
def _earlier() -> dict[str, tuple[dict[str, Any], ...]]:
    found: dict[str, tuple[dict[str, Any], ...]] = {}
    for entry in rules("agencies")["earlier"]:
        found[entry["type"]] = (*found.get(entry["type"], ()), entry)
    return found


def earlier_names(kind: str, area: str) -> tuple[tuple[str, str, date], ...]:
    """What a kind's names were, what they are, and from which day on.

    >>> earlier_names("mine-safety", "")
    (('国家煤矿安全监察局', '国家矿山安全监察局', datetime.date(2020, 10, 9)),)
    """
    return tuple(
        (entry["was"].replace("{area}", area), entry["now"].replace("{area}", area), entry["until"])
        for entry in _earlier().get(kind, ())
    )


def _as_it_was(full: str, kind: str, written: str, area: str, when: date | None) -> str:
    for entry in _earlier().get(kind, ()) if when is not None else ():
        now, was = entry["now"].replace("{area}", area), entry["was"].replace("{area}", area)
        if when < entry["until"] and now not in written and ("unless" not in entry or entry["unless"] not in written):
            full = full.replace(now, was)
    return full
