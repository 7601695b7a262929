"""Targets against each other: milestones, second values, the upper plan's, and the time that there is."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from rdflib import URIRef

from kg.lexicon import rules
from kg.numerals import fold
from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.validate.namespaces import PLAN
from kg.vocab import CONCEPT

_RISING, _FALLING = {PLAN.AtLeast, PLAN.MoreThan}, {PLAN.AtMost, PLAN.LessThan}
_SHARE = URIRef("http://qudt.org/vocab/quantitykind/DimensionlessRatio")


class _Figure(NamedTuple):
    """What of a target can be compared."""

    node: Any
    value: Decimal
    due: Any  # date or None
    direction: str  # up, down, or "" where neither comparator nor words say it
    alike: tuple[Any, ...]  # targets that agree in this count the same: words, scope, unit's kind, way of counting


def _figure(data: Data, target: Any) -> _Figure | None:
    value = getattr(data.value(target, PLAN.valueInUnit), "value", None)
    comparator = data.value(target, PLAN.comparator)
    if not isinstance(value, (int, Decimal)) or comparator == PLAN.About:
        return None
    due = getattr(data.value(target, PLAN.deadlineDate), "value", None)
    unit = data.value(target, PLAN.unit)
    alike = (
        fold(str(data.value(target, PLAN.indicatorText) or "")),
        fold(str(data.value(target, PLAN.scopeText) or "")),
        data.value(unit, PLAN.baseUnit) if unit is not None else None,
        not _is_share(data, target) and data.value(target, PLAN.accumulation) == PLAN.OverPeriod,
        str(data.value(target, PLAN.recurrence) or ""),
        str(data.value(target, PLAN.aspirational)),
    )
    direction = "up" if comparator in _RISING else "down" if comparator in _FALLING else ""
    if not direction and any(_rises(str(quote), alike[0]) for quote in data.objects(target, PLAN.quote)):
        direction = "up"
    return _Figure(target, Decimal(value), due if type(due) is datetime.date else None, direction, alike)


def _rises(quote: str, indicator: str) -> bool:
    """Is the figure of these words one that is to be reached from below (`data/rules/milestones.toml`)?

    >>> _rises("护理型床位占比达到55%", "护理型床位占比"), _rises("护理型床位占比55%", "护理型床位占比")
    (True, False)
    >>> _rises("PM2.5年均浓度达到35微克/立方米", "PM2.5年均浓度")
    False
    """
    rising, falling = _ways()
    clause = fold(quote)
    return rising.search(clause) is not None and falling.search(indicator + clause) is None


@lru_cache(maxsize=1)
def _ways() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = rules("milestones")
    return re.compile(table["rising"]["pattern"]), re.compile(table["falling"]["pattern"])


def _is_target(data: Data, node: Any) -> bool:
    return PLAN.Target in data.types(node)


def _groups(data: Data, focus: set[Any]) -> Iterator[list[_Figure]]:
    """Targets of one plan that count the same thing in the same way, those that say another again left out."""
    rows: dict[Any, list[_Figure]] = defaultdict(list)
    for target in focus:
        if not _is_target(data, target) or data.has(target, PLAN.restates):
            continue
        figure = _figure(data, target)
        if figure is None:
            continue
        for plan in data.objects(target, PLAN.inPlan):
            for indicator in data.objects(target, PLAN.indicator):
                rows[plan, indicator, figure.alike].append(figure)
    yield from (row for row in rows.values() if len(row) > 1)


@check("target-milestones")
def check_milestones(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Targets whose later deadline asks for less than an earlier one of the same indicator (for ceilings: for more).

    A figure that is just stated rises where its words say that it is to be reached ("达到55%"), else it goes the way of the
    other ("不低于60%"), unless its row of three or more milestones falls throughout: then it is one that is to fall.
    """
    for row in _groups(data, focus):
        dated = sorted((f for f in row if f.due is not None), key=lambda f: (f.due, str(f.node)))
        values = [f.value for f in dated]
        falls = len(dated) > 2 and all(a >= b for a, b in pairwise(values))
        for index, later in enumerate(dated):
            for earlier in dated[:index]:
                if later.due == earlier.due:
                    continue
                directions = {later.direction, earlier.direction} - {""}
                rising = directions == {"up"} and not falls
                falling = directions == {"down"}
                if (rising and later.value < earlier.value) or (falling and later.value > earlier.value):
                    yield later.node, None, earlier.node
                    break


@check("target-contradicts")
def check_second_value(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Targets that count by the same day what a goal of the whole plan counts, in the same direction, with another value.

    Two items of one plan may each have their own figure (so much investment for each programme), and so may two cases
    in one item (parks by size): they contradict nothing. A goal holds for the plan.
    """
    for row in _groups(data, focus):
        ordered = sorted(row, key=lambda f: str(f.node))
        goals = [f for f in ordered if data.value(f.node, PLAN.targetOf) == data.value(f.node, PLAN.inPlan)]
        for figure in ordered:
            for goal in goals:
                same = (goal.due, goal.direction == "down") == (figure.due, figure.direction == "down")
                if same and goal.node != figure.node and goal.value != figure.value:
                    if figure not in goals or str(goal.node) < str(figure.node):  # of two goals only the later one
                        yield figure.node, None, goal.node
                        break


@check("target-below-upper", across=True)
def check_upper(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Shares that are to be lower than a plan further up the chain asks for (for ceilings: higher), due no later there.

    Only shares are compared: a number of places or people is smaller in a smaller area.
    """
    for target in focus:
        mine = _figure(data, target)
        if mine is None or not _is_share(data, target):
            continue
        for plan in data.objects(target, PLAN.inPlan):
            for other in _targets_above(data, plan):
                theirs = _figure(data, other)
                same = set(data.objects(other, PLAN.indicator)) & set(data.objects(target, PLAN.indicator))
                if theirs is None or not same or not _is_share(data, other) or mine.due is None or theirs.due is None:
                    continue
                down = "down" in (mine.direction, theirs.direction)
                worse = mine.value > theirs.value if down else mine.value < theirs.value
                if worse and mine.due >= theirs.due:
                    yield target, None, other


def _is_share(data: Data, target: Any) -> bool:
    unit = data.value(target, PLAN.unit)
    return unit == URIRef(f"{CONCEPT}unit/percent") or (
        unit is not None and str(data.value(target, PLAN.unitText)) in ("%", "％", "‰")
    )


def _targets_above(data: Data, plan: Any) -> set[Any]:
    found, plans = set(), plans_above(data, plan)
    for upper in plans:
        found |= {node for node in data.subjects(PLAN.inPlan, upper) if _is_target(data, node)}
    return found


def plans_above(data: Data, plan: Any) -> set[Any]:
    """The plans that a plan carries out, over any number of steps."""
    found: set[Any] = set()
    new = {plan}
    while new:
        new = {upper for one in new for upper in data.objects(one, PLAN.implements)} - found
        found |= new
    return found - {plan}


@lru_cache(maxsize=1)
def _events() -> tuple[dict[str, Decimal], list[tuple[re.Pattern[str], int]]]:
    """The length of each unit in days, and events with the days that they have at most."""
    table = rules("events")
    behind = table["during"]["behind"]
    return (
        {unit: Decimal(str(days)) for unit, days in table["days"].items()},
        [
            (re.compile(f"(?:{event['words']})" + ("" if event.get("alone") else behind)), event["most"])
            for event in table["event"]
        ],
    )


@check("target-longer-than-its-time")
def check_time(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Targets that ask for more days than the event that their clause names, or than the period in which they recur.

    How long events last is data (`data/rules/events.toml`); an event that is not there has no length.

    >>> lengths, events = _events()
    >>> [most for words, most in events if words.search("全国科技活动周期间开放不少于30天")][0]
    8
    """
    lengths, events = _events()
    for target in focus:
        unit = str(data.value(target, PLAN.unitText) or "")
        value = getattr(data.value(target, PLAN.value), "value", None)
        if unit not in lengths or not isinstance(value, (int, Decimal)) or not _is_target(data, target):
            continue
        if data.value(target, PLAN.comparator) in _FALLING:
            continue
        days = Decimal(value) * lengths[unit]
        room = [most for quote in data.objects(target, PLAN.quote) for most in _room(str(quote), events)]
        room += [most for period in data.objects(target, PLAN.recurrencePeriod) if (most := _days_of(str(period)))]
        if room and days > min(room):
            yield target, PLAN.value, data.value(target, PLAN.value)


def _room(quote: str, events: list[tuple[re.Pattern[str], int]]) -> list[int]:
    clause = fold(quote)
    return next(([most] for words, most in events if words.search(clause)), [])


def _days_of(period: str) -> int:
    """The days that a period of `xsd:duration` has at most; 0 where it is not one of whole years, months, weeks or days.

    >>> _days_of("P1M"), _days_of("P2Y"), _days_of("P7D"), _days_of("PT5H")
    (31, 732, 7, 0)
    """
    match = re.fullmatch(r"P(\d+)([YMWD])", period)
    return int(match[1]) * {"Y": 366, "M": 31, "W": 7, "D": 1}[match[2]] if match else 0
