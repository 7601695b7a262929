"""Faults in what is to be reached, as a writer of plans makes them: the text changes and is read again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.faults.ground import Ground
from benchmarks.faults.model import Claim, Edit, Planting, mutation
from kg.model import Quantity

_VERB = re.compile(r"达到|提高到|提升到|建成|新增|培训|超过|不少于|不低于|控制在")
_YEAR = re.compile(r"20\d\d年")
_WHEN = re.compile(r"20\d\d年|十四五|十三五|每年|每季|每月|全年|年内|年度|三年|月底|年底")


def zone(ground: Ground, quantity: Quantity) -> frozenset[str]:
    return frozenset({quantity.owner or "plan text"})


def figure(ground: Ground, quantity: Quantity) -> tuple[int, int] | None:
    """Where the value of a target stands, digits alone; None where it stands in words, or more than once."""
    if quantity.value is None or quantity.minimum is not None or quantity.maximum is not None:
        return None
    found = [
        m for m in re.finditer(r"(?<![\d.])\d+(?:\.\d+)?", ground.cut(quantity.span)) if Decimal(m[0]) == quantity.value
    ]
    if len(found) != 1:
        return None
    start = quantity.span.start
    return start + found[0].start(), start + found[0].end()


def alike(ground: Ground, quantity: Quantity) -> list[str]:
    """The targets that count the same."""
    return [name for name, other in ground.targets() if other.indicator == quantity.indicator]


# Another target of the same indicator may be out of step with one whose figure or year has changed.
OTHERS = (Claim("target-milestones", "*"), Claim("target-contradicts", "*"))


@mutation("share above 100 %", "target-share", whole=OTHERS)
def _share(ground: Ground) -> Iterator[Planting]:
    """A digit too many: 80 % becomes 180 %."""
    for name, target in ground.targets():
        place = figure(ground, target)
        if (
            place
            and target.unit in ("%", "％")
            and target.value is not None
            and target.value < 100
            and not target.growth_rate
        ):
            value = str(target.value + 100)
            hides = tuple(Claim("target-below-achievement", other) for other in alike(ground, target))
            yield Planting(
                (Claim("target-share", name),), (Edit(*place, value),), hides=hides, zone=zone(ground, target)
            )


@mutation("unit that nobody knows", "target-unit-known")
def _unit(ground: Ground) -> Iterator[Planting]:
    """Counted in something that no list of units has."""
    for name, target in ground.targets():
        place = figure(ground, target)
        if not place or not target.unit or "%" in target.unit or ground.has("target-below-achievement", name):
            continue
        end = place[1] + len(target.unit)
        if ground.text[place[1] : end] == target.unit and len(target.unit) == 1 and ground.text[end] in "，,。、；;":
            # Of one kind the pieces are counted: what was there of rates and totals is counted in another unit now.
            yield Planting((Claim("target-unit-known", name),), (Edit(place[1], end, "枚"),), zone=zone(ground, target))


@mutation("deadline left out", "target-deadline")
def _no_deadline(ground: Ground) -> Iterator[Planting]:
    """The only year of a provision with targets is lost."""
    for provision in ground.record.provisions:
        targets = [(n, t) for n, t in ground.targets(provision.key) if t.deadline and not t.recurrence]
        if not targets or provision.deadline or not provision.spans:
            continue
        start, end = provision.spans[0].start, provision.spans[-1].end
        years = list(_WHEN.finditer(ground.text, start, end))
        spans = {t.deadline_span for _, t in targets}
        above = any(_WHEN.search(action.title) for action in ground.above(provision))
        if len(years) == 1 and len(spans) == 1 and not above:
            when = re.compile(r"(?:力争|争取)?(?:到|至)?20\d\d年(?:末|年底|底)?(?:前|之前|以前)?[,，]?").search(ground.text, max(start, years[0].start() - 5), end)  # fmt: skip
            span = spans.pop()
            if when and span and when.start() <= span.start < when.end():
                yield Planting(
                    tuple(Claim("target-deadline", name) for name, _ in targets),
                    (Edit(when.start(), when.end(), ""),),
                    hides=tuple(Claim("target-deadline-in-period", name) for name, _ in targets),
                    zone=frozenset({provision.key}),
                )


@mutation("deadline moved beyond the period", "target-deadline-in-period", whole=OTHERS)
def _late(ground: Ground) -> Iterator[Planting]:
    """A year that the plan does not reach."""
    period = ground.record.period
    if period is None:
        return
    last = period.value[1]
    for span in sorted({t.deadline_span for _, t in ground.targets() if t.deadline_span}):
        targets = [(n, t) for n, t in ground.targets() if t.deadline_span == span]
        years = list(_YEAR.finditer(ground.text, span.start, span.end))
        if len(years) != 1 or any(not p.start >= 0 for p in period.spans):
            continue
        if any(p.start <= span.start < p.end for p in period.spans) or any(t.scope for _, t in targets):
            continue
        edit = Edit(years[0].start(), years[0].start() + 4, str(last + 3))
        owners = {t.owner for _, t in targets}
        yield Planting(
            tuple(Claim("target-deadline-in-period", name) for name, _ in targets),
            (edit,),
            explains=tuple(Claim("target-deadline-in-period", key) for key in owners),
            zone=frozenset(owner or "plan text" for owner in owners),
        )


@mutation("only striven for", "target-aspirational")
def _striven(ground: Ground) -> Iterator[Planting]:
    """力争 before what was promised."""
    for name, target in ground.targets():
        verb = _VERB.search(ground.text, *target.span)
        if (
            verb
            and not target.aspirational
            and "力争" not in ground.cut(target.span)
            and len(_VERB.findall(ground.cut(target.span))) == 1
        ):
            yield Planting(
                (Claim("target-aspirational", name),),
                (Edit(verb.start(), verb.start(), "力争"),),
                explains=(Claim("target-aspirational", f"{target.owner}/*" if target.owner else "target/*"),),
                zone=zone(ground, target),
            )


@mutation("less than what was achieved", "target-below-achievement", whole=OTHERS)
def _lower(ground: Ground) -> Iterator[Planting]:
    """A target falls below what the plan reports."""
    for name, target in ground.targets():
        place = figure(ground, target)
        past = [
            q.value
            for _, q in ground.quantities
            if q.kind == "Achievement" and q.indicator == target.indicator and q.unit == target.unit and q.value
        ]
        if (
            place
            and past
            and target.comparator not in ("AtMost", "LessThan")
            and target.value
            and target.value >= min(past)
        ):
            value = str(int(min(past) / 2))
            if value != "0":
                yield Planting(
                    (Claim("target-below-achievement", name),), (Edit(*place, value),), zone=zone(ground, target)
                )


@mutation("more achieved than is aimed at", "target-below-achievement")
def _higher(ground: Ground) -> Iterator[Planting]:
    """The plan reports, in its first sentence, more than one of its targets asks for."""
    period, preamble = ground.record.period, _first_sentence(ground)
    if period is None or preamble is None:
        return
    for name, target in ground.targets():
        if (
            target.unit != "%"
            or target.value is None
            or target.value > 90
            or target.comparator in ("AtMost", "LessThan")
        ):
            continue
        if len(target.indicator) < 4 or not re.fullmatch(r"[\u4e00-\u9fff]+(?:率|比例|比重)", target.indicator):
            continue
        said = f"{period.value[0] - 1}年底，{target.indicator}已达到{target.value + 5}%。"
        yield Planting(
            (Claim("target-below-achievement", name),),
            (Edit(preamble, preamble, said),),
            explains=tuple(Claim("target-below-achievement", other) for other in alike(ground, target)),
            zone=frozenset({"plan preamble", target.owner or "plan text"}),
        )


def _first_sentence(ground: Ground) -> int | None:
    """Where the plan's own text begins."""
    title = ground.record.title.spans[-1].end
    found = re.compile(r"\n[\s　]*(?=[\u4e00-\u9fff“《〔0-9（(])").search(ground.text, title)
    return found.end() if found else None


@mutation("range written from the greater to the smaller", "target-range")
def _turned(ground: Ground) -> Iterator[Planting]:
    """10 to 5 where 5 to 10 is meant."""
    for name, target in ground.targets():
        found = re.search(r"(\d+)(—|-|－)(\d+)", ground.cut(target.span))
        if found and target.minimum is not None and target.maximum is not None and Decimal(found[1]) == target.minimum:
            start = target.span.start
            edit = Edit(start + found.start(), start + found.end(), f"{found[3]}{found[2]}{found[1]}")
            yield Planting((Claim("target-range", name),), (edit,), zone=zone(ground, target))
