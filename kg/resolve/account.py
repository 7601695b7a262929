"""Why a written name means a body: what each part of it says, by which rule, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kg.agency_names import AgencyName, is_fragment, normalise, parse_name, split_names
from kg.agency_types import agency_types
from kg.lexicon import rules, scheme
from kg.model import AgencyEntity, ChangeEvent, Region
from kg.resolve.agencies import ground_of, resolve_name
from kg.resolve.neighbours import Neighbours, surround
from kg.resolve.official_names import area_name, full_name
from kg.resolve.regions import regions

Outcome = Literal["resolved", "ambiguous", "unresolved", "no-name"]


@dataclass(frozen=True, slots=True)
class Account:
    """What a written form was taken to mean, and how that came about."""

    text: str
    outcome: Outcome
    entity: AgencyEntity | None
    candidates: tuple[AgencyEntity, ...]
    rule: str
    confidence: float
    steps: tuple[tuple[str, str], ...]  # in Chinese and English
    around: Neighbours

    @property
    def settled(self) -> bool:
        """Whether the form means one body of a known kind, or a collective."""
        return self.outcome == "resolved"

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        out: dict[str, Any] = {"text": self.text, "outcome": self.outcome}
        if self.entity:
            out["agency"] = _as_json(self.entity)
        out["candidates"] = [_as_json(each) for each in self.candidates]
        out["rule"] = {"name": self.rule, "label": dict(zip(("zh", "en"), _rule_words(self.rule), strict=True))}
        out["confidence"] = self.confidence
        out["steps"] = [{"zh": zh, "en": en} for zh, en in self.steps]
        out["reforms"] = [self._event_as_json(event) for event in self.around.events]
        for name, ids in (("members", self._members()), ("partOf", self._above())):
            out[name] = [_as_json(self.around.related[key]) for key in ids if key in self.around.related]
        return out

    def to_text(self, lang: str) -> str:
        """The same for people."""
        zh = lang == "zh"
        lines = [f"{self.text}  →  {self.entity.name if self.entity else _words_of_outcome(self.outcome, zh)}"]
        if self.entity:
            lines += [f"  {line}" for line in _facts(self.entity, zh)]
        for each in self.candidates:
            head = "可能是" if zh else "may be"
            lines.append(f"  {head} {each.name}  ({'; '.join(_facts(each, zh))})")
        lines.append("  " + ("依据" if zh else "because") + f" ({self.confidence:g} {_rule_words(self.rule)[not zh]})")
        lines += [f"    {n}. {step[not zh]}" for n, step in enumerate(self.steps, 1)]
        lines += [f"  {line}" for line in self._around_in_words(zh)]
        return "\n".join(lines)

    # ------------------------------------------------------------ inside

    def _members(self) -> tuple[str, ...]:
        return self.around.members.get(self.entity.local_id, ()) if self.entity else ()

    def _above(self) -> list[str]:
        found, key = [], self.entity.local_id if self.entity else ""
        while key in self.around.parents:
            key = self.around.parents[key]
            found.append(key)
        return found

    def _name(self, local_id: str) -> str:
        if self.entity and local_id == self.entity.local_id:
            return self.entity.name
        return self.around.related[local_id].name

    def _event_as_json(self, event: ChangeEvent) -> dict[str, Any]:
        names = {key: [{"id": each, "name": self._name(each)} for each in ids] for key, ids in _sides(event).items()}
        return {
            "id": event.local_id,
            "date": event.day.isoformat(),
            "precision": event.precision,
            "label": {"zh": event.zh, "en": event.en},
            "source": event.source,
            **names,
        }

    def _around_in_words(self, zh: bool) -> list[str]:
        lines = []
        for event in self.around.events:
            before, after = (
                ("、" if zh else ", ").join(self._name(each) for each in ids) or ("?" if not zh else "(未点名)")
                for ids in _sides(event).values()
            )
            when = event.day.isoformat() + ("" if event.precision == "day" else "前" if zh else " at the latest")
            lines.append(f"{'改革' if zh else 'reform'} {when}: {before} → {after}  ({event.zh if zh else event.en})")
        above = [self._name(key) for key in self._above()]
        if above:
            lines.append(("上级单位 " if zh else "part of ") + (" < ").join(above))
        if members := self._members():
            names = ("、" if zh else ", ").join(self._name(each) for each in members)
            lines.append(f"{'成员' if zh else 'members'} ({len(members)}): {names}")
        return lines


def account_for(text: str, plan: Region | None, when: date | None = None) -> tuple[Account, ...]:
    """What a written form means in a plan of an area and a day; several where names run together without a separator.

    >>> found = account_for("区科协", regions().by_code("360102"))[0]
    >>> found.entity.name, found.rule
    ('南昌市东湖区科学技术协会', 'name-by-plan')
    >>> for step in found.steps: print(step[0])
    “区”是规划所在地南昌市东湖区
    “科协”是科学技术协会的写法(类型 science-association:科学技术协会)
    全称的格式是 {area}{body}
    >>> [each.entity.name for each in account_for("区妇联区人社局", regions().by_code("360102"))]
    ['南昌市东湖区妇女联合会', '南昌市东湖区人力资源和社会保障局']
    """
    names = split_names(text) or (text,)
    run = ((f"原文“{text}”中几个名称连写,逐一分开", f"{text} holds several names run together"),) if names[1:] else ()
    return tuple(_account(name, plan, when, run) for name in names)


def _account(text: str, plan: Region | None, when: date | None, run: tuple[tuple[str, str], ...]) -> Account:
    written = normalise(text)
    meaning = resolve_name(written, plan, when)
    ground = ground_of(meaning)
    steps = [*run]
    if written != text:
        steps.append((f"比较时写作“{written}”", f"compared as {written}"))
    if is_fragment(written):
        steps.append(("残缺:太短,不能是一个单位的名称", "damaged: too short to be a body's name"))
        return Account(text, "no-name", None, (), "unknown-name", 0.0, tuple(steps), surround((), when))
    name = parse_name(written)
    entity = meaning.entity
    if entity and entity.kind == "collective":
        steps.append(
            (
                f"是若干单位的合称,统一写作“{entity.name}”",
                f"several bodies named as one, everywhere called {entity.name}",
            )
        )
    elif name is not None:
        steps += _steps(name, entity, plan, when)
    else:
        steps.append(
            (
                "没有一类单位用这个名称,也没有以某类单位的词结尾(ontology/concepts/agency-type.ttl)",
                "no kind of body bears this name or ends so (ontology/concepts/agency-type.ttl)",
            )
        )
    if meaning.ambiguous:
        names = "、".join(each.name for each in meaning.candidates)
        steps.append((f"同名的行政区不止一个:{names}", f"several areas bear the name: {names}"))
    outcome: Outcome = "ambiguous" if meaning.ambiguous else "resolved" if meaning.resolved and entity else "unresolved"
    around = surround((entity,) if entity else (), when)
    rule, confidence = ground.rule, ground.confidence
    if meaning.ambiguous:
        rule, confidence = "name-with-area", round(1 / len(meaning.candidates), 2)
    return Account(text, outcome, entity, meaning.candidates, rule, confidence, tuple(steps), around)


def _steps(
    name: AgencyName, entity: AgencyEntity | None, plan: Region | None, when: date | None
) -> list[tuple[str, str]]:
    region = regions().by_code(entity.region_code) if entity and entity.region_code else None
    where = region.full_name if region else ""
    own = plan is not None and region is not None and plan.code == region.code
    steps = []
    if name.scope == "relative" and region and entity and entity.types:
        steps.append(
            (
                f"“{name.area}”是{'规划所在地' if own else '规划所在地的上级'}{area_name(region)}",
                f"{name.area} is {'the area of the plan' if own else 'above the area of the plan'}: {where}",
            )
        )
    elif name.scope == "absolute":
        said = f":{where}" if where else ""
        steps.append((f"名称自带行政区“{name.area}”{said}", f"the name begins with its area, {name.area}{said}"))
    elif name.scope == "national":
        steps.append(("名称是国家一级的单位", "the name is that of the body at the national level"))
    elif name.scope == "relative":
        given = (
            (f"{plan.full_name}没有", f"{plan.full_name} has none")
            if plan
            else ("没有说明(--region)", "which is not given (--region)")
        )
        steps.append((f"“{name.area}”要看规划所在地,{given[0]}", f"{name.area} is that of the plan's area, {given[1]}"))
    elif region:
        steps.append((f"没有写行政区,按规划所在地{where}", f"no area is written: that of the plan, {where}"))
    else:
        no_area = (
            "没有写行政区,也没有说明规划所在地(--region)",
            "no area is written, nor is that of the plan given (--region)",
        )
        steps.append(no_area)
    kinds = "、".join(f"{kind}:{agency_types()[kind].zh}" for kind in name.types)
    english = ", ".join(f"{kind}: {agency_types()[kind].en}" for kind in name.types)
    if name.institution:
        steps.append(
            (f"以自己的名称结尾于一类机构的词(类型 {kinds})", f"a name of its own that ends as a kind ({english})")
        )
    elif len(name.types) > 1:
        steps.append(
            (
                f"“{name.body}”是合并设置的机构{name.formal}(类型 {kinds})",
                f"{name.body} is a merged office, {name.formal} ({english})",
            )
        )
    else:
        steps.append(
            (f"“{name.body}”是{name.formal}的写法(类型 {kinds})", f"{name.body} stands for {name.formal} ({english})")
        )
    if region and entity and entity.types and not name.institution and name.scope != "national":
        kind = name.types[0] if len(name.types) == 1 else ""
        if any(entry["type"] == kind and region.level in entry for entry in rules("agencies")["level"]):
            steps.append((f"全称由层级({region.level})决定", f"the level ({region.level}) decides the full name"))
        else:
            steps.append((f"全称的格式是 {name.pattern}", f"full names are made as {name.pattern}"))
        if when is not None and full_name(name, region, when) != full_name(name, region, None):
            steps.append((f"{when.isoformat()}时用改革前的名称", f"on {when.isoformat()} it bore its earlier name"))
    return steps


def _facts(entity: AgencyEntity, zh: bool) -> list[str]:
    """Kind, level, area and sort of body in words."""
    lang = 0 if zh else 1
    kinds = ("、" if zh else ", ").join(
        (agency_types()[kind].zh, agency_types()[kind].en)[lang] for kind in entity.types
    )
    region = regions().by_code(entity.region_code) if entity.region_code else None
    rows = [
        ("类型", "kind", kinds and f"{kinds} ({', '.join(entity.types)})"),
        ("层级", "level", _label("level", entity.level)[lang]),
        ("区域", "area", f"{region.full_name} {region.code}" if region else ""),
        ("性质", "sort of body", _label("body-kind", entity.body_kind)[lang]),
        ("IRI", "IRI", f"agency/{entity.local_id}"),
    ]
    return [f"{row[lang]}: {row[2]}" for row in rows if row[2]]


def _as_json(entity: AgencyEntity) -> dict[str, Any]:
    region = regions().by_code(entity.region_code) if entity.region_code else None
    return {
        "id": f"agency/{entity.local_id}",
        "name": entity.name,
        "kind": entity.kind,
        "types": [
            {"notation": kind, "zh": agency_types()[kind].zh, "en": agency_types()[kind].en} for kind in entity.types
        ],
        "level": entity.level,
        "region": {"code": region.code, "name": region.full_name} if region else None,
        "bodyKind": entity.body_kind,
    }


def _sides(event: ChangeEvent) -> dict[str, tuple[str, ...]]:
    return {"before": event.before, "after": event.after}


def _label(name: str, notation: str | None) -> tuple[str, str]:
    return next(((each.zh, each.en) for each in scheme(name) if each.notation == notation), ("", ""))


def _rule_words(rule: str) -> tuple[str, str]:
    return _label("rule", rule)


def _words_of_outcome(outcome: Outcome, zh: bool) -> str:
    words = {
        "ambiguous": ("不止一个单位", "more than one body"),
        "unresolved": ("未能识别", "not recognised"),
        "no-name": ("不是单位名称", "no body's name"),
        "resolved": ("", ""),
    }
    return words[outcome][not zh]
