"""Which body a written name means, under its official full name.

The rules are those of the annotation guide: an area's name starts at the prefecture or city, a county-level city stands alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from kg.agency_names import AgencyName, is_collective, is_fragment, normalise, parse_name
from kg.agency_types import agency_types
from kg.area_names import area_forms
from kg.lexicon import rules
from kg.model import AgencyEntity, Ground, Region
from kg.resolve.collectives import collective, hash_id
from kg.resolve.official_names import area_name, full_name, is_variant, national_name, usual_holder
from kg.resolve.regions import NATION, Regions, regions

_LEVEL_OF_WORD = {
    "省": "provincial", "自治区": "provincial", "市": "prefectural", "自治州": "prefectural", "州": "prefectural", "盟": "prefectural",
    "地区": "prefectural", "区": "county", "县": "county", "自治县": "county", "旗": "county",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a written form means: one body, or those that it might be."""

    entity: AgencyEntity | None
    candidates: tuple[AgencyEntity, ...] = ()
    resolved: bool = True  # whether the kind of body or the institution was recognised
    ambiguous: bool = False
    rule: str = "unknown-name"


# How sure a reading of a name is: what the plan's area completes can mean another area's body.
_SURE = {
    "name-with-area": 1.0,
    "collective-name": 1.0,
    "name-by-plan": 0.98,
    "national-name": 0.95,
    "name-without-area": 0.95,
    "institution-name": 0.9,
    "unknown-name": 0.5,
}


def ground_of(meaning: Meaning) -> Ground:
    """The rule by which a name was read, and how sure that is.

    >>> ground_of(resolve_name("区科协", regions().by_code("360102")))
    Ground(rule='name-by-plan', confidence=0.98)
    """
    rule = meaning.rule if meaning.resolved else "unknown-name"
    return Ground(rule, _SURE[rule])


def find_region(word: str, plan: Region | None) -> Region | None:
    """The area that 省, 市, 州, 区 or 县 stands for in a plan of an area.

    >>> yuyao = regions().by_name("余姚市")
    >>> find_region("市", yuyao).name, find_region("省", yuyao).name
    ('余姚市', '浙江省')
    """
    if plan is None or plan.level == "national":
        return None
    if plan.level == "county" and (plan.name.endswith(word) or word == "县" and plan.name.endswith("自治县")):
        return plan
    level = _LEVEL_OF_WORD[word]
    found = regions().at_level(plan, level)
    if found is None:
        return None
    if level == "county":
        # A district's plan that says 县: still itself.
        return found if found.code == plan.code else None
    return found


def resolve_name(text: str, plan: Region | None, when: date | None = None) -> Meaning:
    """The body that a form means in a plan of an area, under its name on the day of the plan.

    >>> plan = regions().by_code("360102")
    >>> [resolve_name(name, plan).entity.name for name in ("区科协", "团区委", "市委组织部", "省教育厅", "教育部")]
    ['南昌市东湖区科学技术协会', '共青团南昌市东湖区委员会', '中共南昌市委组织部', '江西省教育厅', '教育部']
    """
    written = normalise(text)
    if is_fragment(written):
        return Meaning(None, resolved=False)
    name = parse_name(written)
    if name is None:
        if regions().candidates(written) and (government := parse_name(written + "人民政府")):
            return _absolute(government, plan, when)  # 福州、厦门市人民政府: the first is 福州市人民政府
        if is_collective(written):
            return Meaning(collective(written, plan), rule="collective-name")
        return _unknown(written, plan)
    if name.types == ("branch-bureau",) and (branch := _branch(written, plan, when)):
        return branch
    if name.scope == "absolute":
        return _absolute(_branch_of_the_top(name, when), plan, when)
    if name.scope == "national" or (name.scope == "none" and plan is not None and plan.level == "national"):
        if not name.institution:
            return Meaning(_national(name, when), rule="national-name")
    region = find_region(name.area, plan) if name.scope == "relative" else plan
    if name.institution and name.scope != "relative":
        region = NATION if name.scope == "national" or written.startswith("中国") else plan
        return Meaning(_entity(name, region, full_name(name, None, when)), rule="institution-name")
    if region is None:
        return _unknown(written, plan)
    rule = "name-by-plan" if name.scope == "relative" else "name-without-area"
    return Meaning(_entity(name, region, full_name(name, region, when), full_name(name, region, None)), rule=rule)


# ---------------------------------------------------------------- inside


def _local_id(name: AgencyName, region: Region | None, full: str, today: str) -> str:
    """The area and the kind; of a body that had another name on the day of the plan (a reform made it another), that name too."""
    code = region.code if region else NATION.code
    if name.institution or not name.types:
        return f"{code}/{hash_id(full)}"
    kind = "-".join(name.identity)
    usual = full == today and not is_variant(name, full)
    return f"{code}/{kind}" if usual else f"{code}/{kind}-{hash_id(full)}"


def _entity(name: AgencyName, region: Region | None, full: str, today: str | None = None) -> AgencyEntity:
    if name.institution and region and len(name.types) == 1:
        holder = usual_holder(name.types[0], full, region)
        if holder:  # 人行福州中心支行 is the bank's body of the province
            return _usual(name.types[0], holder)
    return AgencyEntity(
        _local_id(name, region, full, today or full),
        full,
        name.types,
        region.code if region else None,
        region.level if region else None,
        name.body_kind,
    )


def _national(name: AgencyName, when: date | None) -> AgencyEntity:
    """The top body of its kind: 教育部, 国家体育总局, 中国科学技术协会."""
    return _entity(name, NATION, national_name(name, when), national_name(name, None))


def _absolute(name: AgencyName, plan: Region | None, when: date | None) -> Meaning:
    """A body whose name begins with its area."""
    if name.area == NATION.name:
        return Meaning(_national(name, when), rule="national-name")
    if name.institution and any(name.text in agency_types()[kind].aliases for kind in name.types):
        return Meaning(_entity(name, NATION, name.text), rule="institution-name")  # 光明日报社 is of no 光明区
    found = _nearest(regions().candidates(name.area), plan)
    if (name.institution or name.body_kind == "institution") and _is_stem(name.area):
        # 四川民族学院, 余姚日报社: the area is part of its own name. A county's stem may be no area at all (兴业银行).
        near = [
            region
            for region in found
            if region.level != "county"
            or (plan and regions().is_within(region, plan) and name.body_kind != "enterprise")
        ]
        region = near[0] if len(near) == 1 else plan
        full = full_name(name, None, when)
        return Meaning(_entity(name, region, full), rule="institution-name")
    if not found:
        return _unknown(name.text, plan)
    entities = tuple(
        _entity(name, region, full_name(name, region, when), full_name(name, region, None)) for region in found
    )
    if len(entities) == 1:
        return Meaning(entities[0], rule="name-with-area")
    return Meaning(None, entities, ambiguous=True)


def _branch_of_the_top(name: AgencyName, when: date | None) -> AgencyName:
    """The name as that of a national body's branch, where its day and the bare area make it one: 福建金融监管局."""
    for entry in rules("agencies")["branch"]:
        if name.types == (entry["type"],) and when is not None and when >= entry["since"] and _is_stem(name.area):
            kind = agency_types()[entry["into"]]
            return replace(
                name,
                formal=kind.body or name.formal,
                types=(kind.notation,),
                body_kind=kind.body_kind,
                pattern=kind.pattern or name.pattern,
                national_name=kind.national_name,
            )
    return name


def _branch(written: str, plan: Region | None, when: date | None) -> Meaning | None:
    """A city bureau's branch for a district: that district's body of the kind, under the name of the branch.

    >>> from kg.resolve.regions import regions
    >>> found = _branch("市生态环境局余姚分局", regions().by_name("宁波市"), None)
    >>> found.entity.local_id, found.entity.name
    ('330281/ecology-environment', '宁波市生态环境局余姚分局')
    """
    table: Regions = regions()
    match = re.match(rules("agencies")["words"]["branch"], written)
    whole = resolve_name(match[1] if match else written.removesuffix("分局") + "局", plan, when).entity
    area = table.by_code(whole.region_code) if whole and whole.types and whole.region_code else None
    if whole is None or area is None:
        return None
    if match:
        areas = table.candidates(match[2], within=area)
        if len(areas) != 1:
            return None
        above = table.by_code(area.parent) if area.parent else None
        if areas[0] == area and area.level == "county" and above:  # 市 of 市生态环境局余姚分局 is the city above
            whole = replace(whole, name=area_name(above) + whole.name.removeprefix(area_name(area)))
        area = areas[0]
        name = f"{whole.name}{area_forms(area.name)[-1][0]}分局"
    elif area.level == "county":
        name = whole.name.removesuffix("局") + "分局"  # 县生态环境分局
    else:
        return None
    local_id = f"{area.code}/{'-'.join(whole.types)}"
    entity = AgencyEntity(local_id, name, whole.types, area.code, area.level, whole.body_kind)
    return Meaning(entity, rule="name-with-area" if match else "name-by-plan")


def _usual(kind: str, region: Region) -> AgencyEntity:
    """The body of a kind in an area, under its usual name."""
    name = parse_name(area_name(region) + agency_types()[kind].aliases[-1])
    full = full_name(name, region, None) if name and name.types == (kind,) else area_name(region)
    return AgencyEntity(
        f"{region.code}/{kind}", full, (kind,), region.code, region.level, agency_types()[kind].body_kind
    )


def _is_stem(area: str) -> bool:
    mention = regions().starts(area)
    return mention is not None and mention.form == "stem"


def _nearest(found: tuple[Region, ...], plan: Region | None) -> tuple[Region, ...]:
    """Of several areas of one name, those in or above the plan's own city or province."""
    if plan is None or len(found) < 2:
        return found
    table: Regions = regions()
    for up in (plan, *table.above(plan)):
        near = tuple(region for region in found if table.is_within(region, up) or table.is_within(up, region))
        if near:
            return near
    return found


def _unknown(written: str, plan: Region | None) -> Meaning:
    """A body of no known kind: under its own name, completed by the area where a word stands for it."""
    match = re.match(r"^(自治区|自治州|省|市|州|盟|地区|区|县|旗)(?=..)", written)
    region, name = plan, written
    if match and (found := find_region(match[1], plan)):
        rest = written[match.end() :]
        party = re.match(r"^(?:党委|委)(?!员会)(?=..)", rest)  # 省委督查室
        region = found
        name = f"中共{area_name(found)}委{rest[party.end() :]}" if party else area_name(found) + rest
    else:
        mention = regions().starts(written)
        if mention and len(near := _nearest(mention.regions, plan)) == 1:
            region = near[0]
            if mention.form != "stem":
                name = area_name(region) + written[mention.end :]
    code = region.code if region else NATION.code
    return Meaning(
        AgencyEntity(
            f"{code}/{hash_id(name)}", name, (), region.code if region else None, region.level if region else None, None
        ),
        resolved=False,
    )
