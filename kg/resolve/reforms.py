"""What became of the bodies that a plan names, and what they were before: the reforms of `data/rules/reforms.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal, cast

from kg.agency_types import agency_types
from kg.lexicon import rules
from kg.model import AgencyEntity, ChangeEvent, Region
from kg.resolve.official_names import area_name, earlier_names, short_area
from kg.resolve.regions import MUNICIPALITIES, regions

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Reform:
    """One row of the table, with the days of its round."""

    id: str
    zh: str
    en: str
    source: str
    days: dict[str, tuple[date, Precision]]  # by level
    kinds: frozenset[str]
    into: str
    instead: frozenset[str]  # kinds that stand for `into` in some areas
    form: re.Pattern[str] | None
    rename: tuple[tuple[str, str], ...]
    names: dict[str, str]  # of the successor, by level
    absorbs: bool
    until: date | None
    since: date | None
    only: frozenset[str]
    excepted: frozenset[str]

    def day(self, region: Region) -> tuple[date, Precision] | None:
        """The day of the reform at the level of an area; None where it does not hold there."""
        province = region.code[:2] + "0000"
        if (self.only and province not in self.only) or province in self.excepted:
            return None
        return self.days.get(region.level)

    def concerns(self, entity: AgencyEntity) -> bool:
        """Whether it took the body away."""
        return not self.kinds.isdisjoint(entity.types) and (self.form is None or bool(self.form.search(entity.name)))

    def made(self, entity: AgencyEntity) -> bool:
        """Whether the body is of the kind that came of it."""
        made = set(_types(self.into)) <= set(entity.types) or not self.instead.isdisjoint(entity.types)
        return made and not (self.form is not None and self.form.search(entity.name))

    def successor(self, entity: AgencyEntity, region: Region) -> AgencyEntity | None:
        """The body that took the place of one; None where its name differs from place to place."""
        name = entity.name
        for was, now in self.rename:
            name = name.replace(was, now)
        if name == entity.name:
            municipal = region.code in MUNICIPALITIES
            template = self.names.get("municipality" if municipal else region.level)
            if template is None and municipal and not self.names.get("provincial", "厅").endswith("厅"):
                template = self.names["provincial"]
            if template is None:
                return None
            name = template.format(area=area_name(region), short=short_area(area_name(region)))
        types = _types(self.into)
        return AgencyEntity(
            f"{region.code}/{'-'.join(types)}",
            name,
            types,
            region.code,
            region.level,
            agency_types()[self.into].body_kind,
        )


def trace(named: Iterable[AgencyEntity], when: date | None) -> tuple[tuple[ChangeEvent, ...], dict[str, AgencyEntity]]:
    """The reforms of the bodies that a plan of a day names, and the successors that it does not name, by local id.

    The same body gives the same events from every plan. Where the successor's name differs from place to place the event
    has none until a plan names it: both then point to the same event.

    >>> from kg.resolve.agencies import resolve_name
    >>> yuyao = regions().by_name("余姚市")
    >>> events, made = trace([resolve_name("市卫生和计划生育局", yuyao).entity], date(2018, 4, 12))
    >>> events[0].day.isoformat(), [made[key].name for key in events[0].after]
    ('2019-03-31', ['余姚市卫生健康局'])
    """
    known = {entity.local_id: entity for entity in named if entity.kind == "agency" and entity.types}
    made: dict[str, AgencyEntity] = {}
    found: dict[str, ChangeEvent] = {}
    queue: list[tuple[AgencyEntity, date | None]] = [(known[key], when) for key in sorted(known)]
    for entity, day in queue:  # grows by the successors, whose own reforms follow
        for event, successor in _of(entity, day, known):
            if successor is not None and successor.local_id not in known:
                if successor.local_id not in made:
                    made[successor.local_id] = successor
                    queue.append((successor, event.day))
            before = found.get(event.local_id, event)
            found[event.local_id] = replace(
                before,
                before=tuple(sorted({*before.before, *event.before})),
                after=tuple(sorted({*before.after, *event.after})),
            )
    return tuple(found[key] for key in sorted(found)), dict(sorted(made.items()))


def _of(
    entity: AgencyEntity, when: date | None, known: dict[str, AgencyEntity]
) -> Iterator[tuple[ChangeEvent, AgencyEntity | None]]:
    """The reforms that took one body away, each with its successor, and those that made it."""
    region = regions().by_code(entity.region_code) if entity.region_code else None
    if region is None:
        return
    for reform in _touching(entity.types):
        dated = reform.day(region)
        if dated is None:
            continue
        day, precision = dated
        begun = when is not None and when >= _first_day(day, precision)
        if reform.made(entity) and begun:
            settled = reform.since is None or region.level in ("national", "provincial")
            if not reform.absorbs and settled:
                yield _event(reform, region, dated, after=(entity.local_id,)), None
        elif reform.concerns(entity) and _holds(reform, when) and not reform.made(entity):
            named = [
                each
                for each in known.values()
                if each.region_code == region.code and reform.made(each) and each != entity
            ]
            successor = named[0] if len(named) == 1 else reform.successor(entity, region)
            after = (successor.local_id,) if successor else ()
            yield _event(reform, region, dated, (entity.local_id,), after), successor
        elif reform.concerns(entity) and reform.made(entity) and not begun and when is not None:
            # 文化广电新闻出版局(旅游局) before the reform: of the kinds that it joined, but not what came of it
            yield _event(reform, region, dated, (entity.local_id,)), None
    yield from _renamings(entity, region)


@lru_cache(maxsize=1024)
def _touching(types: tuple[str, ...]) -> tuple[Reform, ...]:
    """The reforms that took away or made bodies of some of these kinds."""
    return tuple(
        reform for reform in reforms() if not {*reform.kinds, *reform.instead, *_types(reform.into)}.isdisjoint(types)
    )


def _holds(reform: Reform, when: date | None) -> bool:
    if reform.until is not None and (when is None or when >= reform.until):
        return False
    return reform.since is None or (when is not None and when >= reform.since)


def _renamings(entity: AgencyEntity, region: Region) -> Iterator[tuple[ChangeEvent, AgencyEntity | None]]:
    """The changes of name of `data/rules/agencies.toml`: 网络安全和信息化领导小组办公室 → …委员会办公室."""
    if len(entity.types) != 1 or "-x-" not in entity.local_id:
        return
    kind = entity.types[0]
    for was, now, until in earlier_names(kind, area_name(region)):
        if was in entity.name and now not in entity.name:
            successor = replace(entity, local_id=f"{region.code}/{kind}", name=entity.name.replace(was, now))
            national = region.level == "national"
            yield (
                ChangeEvent(
                    f"{region.code}/renamed-{kind}-{until.year}",
                    until if national else date(until.year, 12, 31),
                    "day" if national else "year",
                    f"{was.replace(area_name(region), '')}改称{now.replace(area_name(region), '')}",
                    f"renamed ({agency_types()[kind].en})",
                    "data/rules/agencies.toml, [[earlier]]",
                    region.code,
                    (entity.local_id,),
                    (successor.local_id,),
                ),
                successor,
            )


def _event(
    reform: Reform,
    region: Region,
    dated: tuple[date, Precision],
    before: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
) -> ChangeEvent:
    day, precision = dated
    return ChangeEvent(
        f"{region.code}/{reform.id}-{day.year}",
        day,
        precision,
        reform.zh,
        reform.en,
        reform.source,
        region.code,
        before,
        after,
    )


def _first_day(day: date, precision: Precision) -> date:
    """The first day of the time that a date of this precision stands for."""
    return day.replace(month=1, day=1) if precision == "year" else day.replace(day=1) if precision == "month" else day


def _types(kind: str) -> tuple[str, ...]:
    return agency_types()[kind].components or (kind,)


@lru_cache(maxsize=1)
def reforms() -> tuple[Reform, ...]:
    """The table, read once; the national level has the nation's code.

    >>> {reform.into for reform in reforms() if "environmental-protection" in reform.kinds}
    {'ecology-environment'}
    """
    table = rules("reforms")
    rounds = {entry["id"]: entry for entry in table["round"]}
    return tuple(_read(entry, rounds[entry["round"]]) for entry in table["reform"])


def _read(entry: dict[str, Any], dates: dict[str, Any]) -> Reform:
    levels = entry.get("levels", ("national", "provincial", "prefectural", "county"))
    return Reform(
        entry["id"],
        entry["zh"],
        entry["en"],
        dates["source"],
        {
            level: (dates[level]["date"], cast(Precision, dates[level]["precision"]))
            for level in levels
            if level in dates
        },
        frozenset(entry["from"]),
        entry["into"],
        frozenset(entry.get("or", ())),
        re.compile(entry["form"]) if "form" in entry else None,
        tuple((was, now) for was, now in entry.get("rename", ())),
        entry.get("name", {}),
        entry.get("absorbs", False),
        entry.get("until"),
        entry.get("since"),
        frozenset(entry.get("only", ())),
        frozenset(entry.get("except", ())),
    )


__all__ = ["Reform", "reforms", "trace"]
