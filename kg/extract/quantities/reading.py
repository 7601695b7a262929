"""Going through a plan for what is to be reached, counted, and what is reported as reached."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extract.clauses import find_deadlines, split_sentences
from kg.extract.quantities.amounts import find_amounts
from kg.extract.quantities.benchmarks import read_benchmarks
from kg.extract.quantities.comparators import compare
from kg.extract.quantities.cues import cues
from kg.extract.quantities.dates import (
    Calendar,
    Date,
    due,
    find_dates,
    hoped,
    last_milestone,
    opens,
    recurs,
    respective,
)
from kg.extract.quantities.indicators import Said, name_indicator
from kg.extract.quantities.judgement import judge
from kg.extract.quantities.lists import Before, date_of_whole, goes_on, shares_hope
from kg.extract.quantities.places import Place, Scene, locate, quote
from kg.extract.quantities.relative import baseline, yearly_rate
from kg.model import Provision, Quantity, Span
from kg.numerals import last_day

# More numbers in one paragraph than any real plan has: a table that lost its lines.
_MOST = 300
# A longer title is a sentence, which says what is done besides.
_LONGEST_HEADING = 24


@dataclass(slots=True)
class _Zone:
    """A provision (or the preamble) while it is read."""

    owner: str
    spans: tuple[Span, ...]
    goal: bool = False
    past: bool = False
    supporting: bool = False
    carried: Date | None = None  # the date that opens the list or paragraph
    within: Date | None = None  # by when the whole task is to be done: 完成时限
    hopeful: bool = False  # 力争 stands over the list
    known: dict[str, Date] = field(default_factory=dict)  # what was said to be due, by what is counted
    before: Before | None = None  # the number before, if it is a target
    told: Said | None = None  # what the number before counts, if it is a report
    said_last: Date | None = None  # the last date of the paragraph's earlier sentences
    held: Place | None = None  # the number before, if nothing but a list behind it can say that it is one


def read_quantities(
    text: str,
    original: str,
    provisions: tuple[Provision, ...],
    *,
    preamble: tuple[Span, ...] = (),
    calendar: Calendar | None = None,
    tables: tuple[Span, ...] = (),
) -> tuple[Quantity, ...]:
    """The targets and achievements of the preamble and of all provisions, in reading order; tables are read elsewhere."""
    calendar = calendar or Calendar()
    found: list[Quantity] = []
    lists: dict[str, Date] = {}  # key of a provision whose text ends with a colon → the date that its list stands under
    hopes: set[str] = set()  # keys of provisions whose list stands under 力争
    for key, zone in _zones(provisions, preamble, tables):
        zone.carried = next((lists[k] for k in _above(key) if k in lists), None)
        zone.hopeful = any(k in hopes for k in _above(key))
        within, parts = zone.within, _due_by_part(text, zone.spans)
        for line in _lines(text, zone.spans, tables):
            zone.within = next((date for end, date in parts if line.end <= end), within)
            found += _read_line(text, original, zone, line, calendar)
        if zone.carried is not None and (zone.goal or _ends_with_colon(text, zone.spans)):
            lists[key] = zone.carried
        if zone.hopeful:
            hopes.add(key)
    return tuple(found)


def _zones(
    provisions: tuple[Provision, ...], preamble: tuple[Span, ...], tables: tuple[Span, ...]
) -> Iterable[tuple[str, _Zone]]:
    if preamble:
        yield "preamble", _Zone("", preamble)
    titles = {p.key: p.title for p in provisions}
    known = cues()
    shared: dict[str, dict[str, Date]] = {}
    for provision in provisions:
        above = _above(provision.key)
        path = [provision.title, *(titles[k] for k in above if k in titles)]
        section = provision.kind == "Section"
        goal = any(known.past.goals.search(t) for t in path[: 2 if section else 1]) and (
            section or known.past.goal_titles.match(provision.title) is not None
        )
        if section and not goal and known.past.principles.search(provision.title):
            continue
        zone = _Zone(
            "" if section else provision.key,
            provision.spans,
            goal=goal,
            past=section
            and not known.past.goals.search(provision.title)
            and any(known.past.sections.search(t) for t in path),
            supporting=any(map(_is_of_support, path)),
        )
        if provision.deadline is not None and not _is_of_row(provision, provision.deadline.spans[0], tables):
            zone.within = Date(provision.deadline.value, provision.deadline.spans[0])
        zone.known = shared.setdefault(provision.key, {})
        for key in above:
            zone.known.update({k: v for k, v in shared.get(key, {}).items() if k not in zone.known})
        yield provision.key, zone


@lru_cache(maxsize=1024)
def _is_of_support(title: str) -> bool:
    """Whether a heading names rewards or conditions; one is asked for each provision below it."""
    return len(title) <= _LONGEST_HEADING and bool(cues().no_target.sections.search(title))


def _is_of_row(provision: Provision, date: Span, tables: tuple[Span, ...]) -> bool:
    """Whether a date stands in a table behind the plan that the task does not: it says when the work, not each figure, is due."""
    table = next((t for t in tables if t.start <= date.start < t.end), None)
    return table is not None and not any(table.start <= s.start < table.end for s in provision.spans)


def _due_by_part(text: str, spans: tuple[Span, ...]) -> list[tuple[int, Date]]:
    """Where a part of a task ends that a statement closes (…;完成时限:2024年8月底前), and by when it is due."""
    parts = []
    for part, following in itertools.pairwise(spans):
        if cues().deadline.labelled.search(text, part.end, following.start):
            dates = find_deadlines(text, part.end, following.start)
            parts += [(part.end, Date(*dates[-1]))] if dates else []
    return parts


def _above(key: str) -> list[str]:
    parts = key.split("-")
    return ["-".join(parts[:i]) for i in range(len(parts) - 1, 0, -1)]


def _ends_with_colon(text: str, spans: tuple[Span, ...]) -> bool:
    return bool(spans) and spans[-1].cut(text).rstrip().endswith(":")


def _lines(text: str, spans: tuple[Span, ...], tables: tuple[Span, ...]) -> list[Span]:
    """The paragraphs of a provision; those of a table only where the provision is a row of it."""
    own_rows = bool(spans) and any(t.start <= spans[0].start < t.end for t in tables)
    lines = []
    for span in spans:
        at = span.start
        for piece in span.cut(text).split("\n"):
            if piece.strip() and (own_rows or not any(t.start <= at < t.end for t in tables)) and piece.count("\t") < 2:
                lines.append(Span(at + len(piece) - len(piece.lstrip()), at + len(piece.rstrip())))
            at += len(piece) + 1
    return lines


def _read_line(text: str, original: str, zone: _Zone, line: Span, calendar: Calendar) -> list[Quantity]:
    amounts = find_amounts(text, line.start, line.end)[:_MOST]
    known = cues()
    listed = text[line.end - 1] == ":"
    if not amounts and not listed and not zone.goal and not known.past.goal_label.search(text, line.start, line.end):
        return []
    dates = find_dates(text, line.start, line.end, calendar)
    found: list[Quantity] = []
    sentences = split_sentences(text, line.start, line.end)
    dashed = known.indicator.dash.match(text, line.start, line.end) is not None
    carried = zone.carried
    goal = zone.goal
    at = day = 0
    zone.said_last = None
    for number, sentence in enumerate(sentences):
        here = []
        while at < len(amounts) and amounts[at].span.start < sentence.span.end:
            here.append(amounts[at])
            at += 1
        mine = []
        while day < len(dates) and dates[day].span.start < sentence.span.end:
            mine.append(dates[day])
            day += 1
        if known.past.goal_label.search(text, sentence.span.start, sentence.span.end):
            goal = True
        if (
            mine
            and (goal or number == 0 or number == 1 and sentence.span.start - line.start < 40)
            and opens(text, sentence, mine[0])
        ):
            carried = last_milestone(text, sentence, mine)
        if goal or zone.goal:
            found += [] if zone.past else read_benchmarks(text, original, zone.owner, sentence, mine, carried)
        zone.held = None
        for place in locate(text, sentence, here):
            quantity = _quantity(original, zone, place, mine, carried, goal)
            if quantity is None:
                continue
            found.append(quantity)
            if zone.held is not None and quantity.kind == "Target":
                found += _leading(original, zone, place, mine, carried, goal)
        if goal and mine and listed and not mine[-1].past:
            carried = mine[-1]
        zone.said_last = mine[-1] if mine else zone.said_last
    heading = zone.goal and not amounts and line.end - line.start <= 30
    if (listed or heading) and dates and not dates[-1].past:
        zone.carried = dates[-1]
    elif (goal or zone.goal) and not dashed and carried is not None:
        zone.carried = carried
    if listed and sentences and known.aspirational.pattern.search(text, sentences[-1].span.start, line.end):
        zone.hopeful = True  # 力争实现以下目标:
    if listed and known.no_target.conditions.search(text, line.start, line.end):
        zone.supporting = True  # what follows says who may apply
    zone.before = zone.told = None
    return sorted(found, key=lambda q: q.span)


def _leading(
    original: str, zone: _Zone, place: Place, dates: list[Date], carried: Date | None, goal: bool
) -> list[Quantity]:
    """The number that a list begins with, once its next is a target: 秸秆还田200万亩,覆盖率90%以上."""
    held, zone.held = zone.held, None
    if held is None or not goes_on(Before(held, Said("", "", held.amount.unit), None, False), place):
        return []
    after, zone.before = zone.before, None
    quantity = _quantity(original, zone, held, dates, carried, goal, leads=True)
    zone.before = after
    return [quantity] if quantity else []


def _quantity(
    original: str, zone: _Zone, place: Place, dates: list[Date], carried: Date | None, goal: bool, leads: bool = False
) -> Quantity | None:
    """What one number says, None where it is neither to be reached nor reported as reached."""
    text, amount, sentence, clause = place.text, place.amount, place.sentence, place.clause.span
    date, own = due(text, dates, sentence, clause, amount.span, carried)
    date = respective(text, dates, sentence, tuple(a.span for a in place.chain), amount.span) or date
    recurrence = recurs(text, sentence, amount.span.start, clause, dates, amount.unit)
    if recurrence is not None and own and date is not None and _is_of_another(place, date, recurrence.start()):
        date = None
    striven = zone.hopeful or hoped(text, sentence, clause, amount.span.start, dates)
    before = zone.before
    continues = leads or goes_on(before, place)
    reported = zone.past or _is_reported(place, dates)
    scene = Scene(
        goal=goal or reported,
        supporting=zone.supporting,
        dated=own and date is not None,
        recurring=recurrence is not None,
        hoped=striven,
        continues=continues,
        reported=reported,
    )
    verdict = judge(place, scene)
    if not verdict.target or cues().past.forecast.search(
        text, max(sentence.span.start, clause.start - 200), clause.end
    ):
        if not amount.whole and not place.tail:
            zone.before = None
        zone.held = place if verdict.reason == "no-evidence" and _may_lead(place) else None
        return None
    said = before.said if before else zone.told if reported else None
    span = quote(place)
    indicator = name_indicator(place, span, "listed" if said and continues else verdict.reason, said)
    zone.told = Said(indicator, indicator, amount.unit) if reported else None
    aspirational = not reported and (striven or shares_hope(before, place))
    if not reported:
        stated = date is not None
        date = date or date_of_whole(before, zone.known, place, indicator) or zone.within
        if date is not None:
            zone.known.setdefault(indicator, date)
        root = said.root if continues and said and amount.unit == said.unit else indicator
        root = said.indicator if said and amount.unit == said.unit and place.is_first_part else root
        stated = stated or before is not None and before.dated and date == before.date
        zone.before = Before(place, Said(indicator, root, amount.unit), date, aspirational, stated)
    rate = yearly_rate(place)
    return Quantity(
        kind="Achievement" if reported else "Target",
        owner=zone.owner,
        quote=span.cut(original),
        span=span,
        indicator=_written(original, text, span, indicator),
        value=None if rate is not None or amount.low is not None else amount.value,
        unit=amount.unit,
        comparator=compare(place),
        deadline=None if reported or date is None else date.value,
        deadline_span=None if reported or date is None else date.span,
        recurrence=None if recurrence is None else recurrence.group(),
        aspirational=aspirational,
        minimum=amount.low,
        maximum=amount.value if amount.low is not None else None,
        baseline=baseline(place),
        growth_rate=rate,
        accumulation=_accumulation(place),
        scope=_scope(place),
        bindingness=_bindingness(text, place),
        achieved_by=_achieved_by(place, dates, zone.said_last) if reported else None,
        rule=verdict.reason if amount.whole else f"number-{verdict.reason}",
        confidence=_confidence(verdict.reason, scene),
    )


# How often each is right on the plans that were read by hand, rounded down.
_CONFIDENCE = {
    "level": 0.95, "goal": 0.9, "share": 0.9, "outcome": 0.9, "change": 0.9, "object": 0.9, "full-coverage": 0.85, "listed": 0.85,
    "subject": 0.85, "each": 0.85, "recurring": 0.85, "hoped": 0.8, "timely": 0.8, "dated": 0.75, "moved-on": 0.7, "measure": 0.7,
}  # fmt: skip


def _confidence(reason: str, scene: Scene) -> float:
    sure = _CONFIDENCE.get(reason, 0.6)
    return round(min(0.98, sure + (0.03 if scene.dated or scene.goal else 0) - (0.15 if scene.supporting else 0)), 2)


def _written(original: str, text: str, within: Span, phrase: str) -> str:
    """A phrase in the document's own characters, where it stands in one piece."""
    at = text.find(phrase, within.start, within.end)
    return original[at : at + len(phrase)] if at >= 0 else phrase


def _may_lead(place: Place) -> bool:
    """Whether a number may begin a list of results: no sum of money, no length of a road."""
    sized = cues().continuing.sized.search(place.before)
    return place.ends and place.amount.form == "digits" and not place.is_money and not sized


def _is_of_another(place: Place, date: Date, end: int) -> bool:
    """2019年底前投入使用,每年开展200次: the date is of another thing that its clause says."""
    clause = place.sentence.clauses[place.sentence.clause_at(date.span.start)].span
    if clause.end > end or len(place.text[date.span.end : clause.end].strip()) <= 3:
        return False
    opens_sentence = clause.start == place.sentence.clauses[0].span.start
    return not opens_sentence or not find_amounts(place.text, clause.start, clause.end)


def _is_reported(place: Place, dates: list[Date]) -> bool:
    """Whether a number says what was: its clause says so, or the date before it is past."""
    known = cues().past
    if known.pattern.search(place.words) or known.opened.match(place.text, place.sentence.span.start):
        return True
    before = [d for d in dates if place.sentence.span.start <= d.span.start and d.span.end <= place.amount.span.start]
    return (
        bool(before)
        and before[-1].past
        and not known.named_past.search(place.text[before[-1].span.end : place.amount.span.start])
    )


def _achieved_by(place: Place, dates: list[Date], earlier: Date | None) -> str | None:
    """The end of the time that a report is of: the last date before the number (or what it is compared with), else the paragraph's."""
    compared = cues().relative.comparison.search(place.text, place.clause.span.start, place.clause.span.end)
    end = compared.start() if compared else place.clause.span.end
    here = [d for d in dates if d.span.end <= end]
    last = here[-1] if here else earlier
    return last_day(last.value) if last else None


def _accumulation(place: Place) -> str | None:
    before = place.text[place.sentence.span.start : place.amount.span.start]
    if "累计" in place.before or "期间" in before or "每" in before:
        return "OverPeriod"
    return "AtDate" if "达到" in place.before else None


_OF_PERIOD = re.compile(r"其中[^,。;]{2,20}?期间")


def _scope(place: Place) -> str | None:
    match = _OF_PERIOD.search(place.before)
    return match.group() if match else None


def _bindingness(text: str, place: Place) -> str | None:
    span = place.clause.span
    match = cues().bindingness.pattern.search(text, span.start, min(len(text), span.end + 8))
    return match[1] if match else None
