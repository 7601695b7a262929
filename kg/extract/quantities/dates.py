"""By when and how often: which date, recurrence and hope hold for a number."""

from __future__ import annotations

import bisect
import itertools
import re
from dataclasses import dataclass

from kg.extract.clauses import Sentence, find_deadlines, find_names, holds, last_month
from kg.extract.quantities.cues import cues
from kg.model import Span
from kg.numerals import is_day

# A sentence that runs on for pages is read where its numbers stand.
_FAR = 1500


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the years of a plan mean: the one that 今年 is, the last one of its period, the first that is not past."""

    this_year: int | None = None
    last_year: int | None = None
    first_year: int | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date that something is due by (or was done in), where it stands."""

    value: str  # "2025", "2025-06", "2025-06-30"
    span: Span
    past: bool = False


def find_dates(text: str, start: int, end: int, calendar: Calendar) -> list[Date]:
    """The dates of a paragraph in order, those in names left out; 年底前 and 全年 are of this year.

    >>> [d.value for d in find_dates("年底前建成3座,到2020年建成5座", 0, 18, Calendar(2019))]
    ['2019', '2020']
    """
    names = find_names(text, start, end)
    found = []
    for value, span in find_deadlines(text, start, end):
        if not holds(names, span.start, span.start + 1) or text[span.start] in "“十":
            found.append(Date(value, span, calendar.first_year is not None and int(value[:4]) < calendar.first_year))
    known = cues().deadline
    if all(text.find(word, start, end) < 0 for word in ("年", "月", "期末", "季度")):
        return found
    said = [d.span for d in found]
    this_year = calendar.this_year if text.find("年", start, end) >= 0 else None
    last_year = calendar.last_year if text.find("期末", start, end) >= 0 else None
    for pattern, year in ((known.this_year, this_year), (known.period_end, last_year)):
        for match in pattern.finditer(text, start, end) if year is not None else ():
            span = Span(match.start(), match.end())
            if not holds(said, span.start, span.end) and not holds(names, span.start, span.end):
                found.append(Date(str(year), span))
    found.sort(key=lambda d: d.span)
    return _with_months(text, start, end, found, calendar)


def _with_months(text: str, start: int, end: int, dates: list[Date], calendar: Calendar) -> list[Date]:
    """Months, halves and quarters without a year are of the year said last, else of this one: 2020年6月底前…,9月底前….

    >>> [d.value for d in find_dates("2020年6月底前建成3座,下半年完成5座,三季度末前验收", 0, 30, Calendar())]
    ['2020-06', '2020-12', '2020-09']
    """
    found, said = list(dates), [d.span for d in dates]
    if all(text.find(word, start, end) < 0 for word in ("月", "半年", "季度")):
        return found
    known = cues().deadline
    for match in (*known.month.finditer(text, start, end), *known.part.finditer(text, start, end)):
        span = Span(match.start(), match.end())
        if holds(said, span.start, span.end):
            continue
        before = bisect.bisect_left(said, span.start, key=lambda s: s.start)
        year = dates[before - 1].value[:4] if before else calendar.this_year
        if year is not None and match.re is known.part:
            found.append(Date(f"{year}-{last_month(match):02d}", span))
        elif year is not None:
            day = f"-{int(match['d']):02d}" if match["d"] else ""
            value = f"{year}-{int(match['m']):02d}{day}"
            found += [Date(value, span)] if is_day(value) else []
    return sorted(found, key=lambda d: d.span)


def _reaches(text: str, sentence: Sentence, date: Date, place: int) -> bool:
    """Whether a date holds for a number behind a semicolon: where it opens its part of the sentence, not in 其中2018年20个."""
    if text.find(";", date.span.end, place) < 0:
        return True
    start = max(sentence.span.start, text.rfind(";", sentence.span.start, date.span.start) + 1)
    return date.span.start - start <= 8 or cues().deadline.opening.search(text[start : date.span.start]) is not None


def binds_its_clause(text: str, sentence: Sentence, clause: Span, date: Date) -> bool:
    """运量2025年达到3500万吨,接发设施新增150套: a date behind a subject says nothing of the next clause with a subject of its own."""
    if date.span.start >= clause.start or not re.search(r"\d", date.span.cut(text)):
        return False
    own = sentence.clauses[sentence.clause_at(date.span.start)]
    if own.span.end > clause.start or own.span.start > date.span.start or own.mark in ":(":
        return False
    return cues().deadline.before_free.match(text[own.span.start : date.span.start]) is None


def due(
    text: str, dates: list[Date], sentence: Sentence, clause: Span, amount: Span, carried: Date | None
) -> tuple[Date | None, bool]:
    """The date that holds for a number and whether its own sentence says so.

    The last one before it in its sentence; else one behind it in its clause; else the one that opens the paragraph or the list.
    """
    here = [d for d in dates if sentence.span.start <= d.span.start and d.span.end <= sentence.span.end and not d.past]
    before = [d for d in here if d.span.end <= amount.start and _reaches(text, sentence, d, amount.start)]
    while before and binds_its_clause(text, sentence, clause, before[-1]):
        last = sentence.clauses[sentence.clause_at(before[-1].span.start)].span
        before = [d for d in before if d.span.end <= last.start]
    if before:
        return before[-1], True
    own = sentence.clause_at(amount.start)
    behind = [
        d
        for d in here
        if amount.end <= d.span.start and d.span.end <= clause.end and sentence.clause_at(d.span.start) == own
    ]
    if behind:
        return behind[0], True
    return carried, False


def respective(text: str, dates: list[Date], sentence: Sentence, chain: tuple[Span, ...], amount: Span) -> Date | None:
    """2019年、2020年分别建成50个、60个: the date at the number's own place in the list, None where there is no such list."""
    if len(chain) < 2 or "分别" not in text[sentence.span.start : chain[0].start]:
        return None
    before = [d for d in dates if sentence.span.start <= d.span.start and d.span.end <= chain[0].start]
    near = [b.span.start - a.span.end <= 1 for a, b in itertools.pairwise(before)]
    listed = [d for i, d in enumerate(before) if i and near[i - 1] or i < len(near) and near[i]]
    if before and not listed:  # 2021—2023年分别建设30公里、45公里、50公里
        years = re.search(r"(20\d\d)\s?年?\s?[—\-－–~～至到]+\s?(20\d\d)", before[-1].span.cut(text))
        if years and int(years[2]) - int(years[1]) + 1 == len(chain):
            return Date(str(int(years[1]) + chain.index(amount)), before[-1].span)
    return listed[chain.index(amount)] if len(listed) == len(chain) else None


def opens(text: str, sentence: Sentence, date: Date) -> bool:
    """Whether a date is the first thing that a sentence says: it then holds for those behind it, too.

    >>> from kg.extract.clauses import split_sentences
    >>> text = "具体指标:到2022年,建成3座。"
    >>> opens(text, split_sentences(text, 0, len(text))[0], find_dates(text, 0, len(text), Calendar())[0])
    True
    """
    return cues().deadline.opening.search(text[sentence.span.start : date.span.start]) is not None


def last_milestone(text: str, sentence: Sentence, dates: list[Date]) -> Date | None:
    """The date that a sentence leaves to those behind it: of several that each open a part of it, the last.

    >>> from kg.extract.clauses import split_sentences
    >>> text = "到2023年,建成3座;到2025年,建成5座。覆盖率达90%。"
    >>> last_milestone(text, split_sentences(text, 0, 26)[0], find_dates(text, 0, 26, Calendar())).value
    '2025'
    """
    if dates[0].past:
        return None
    parts = (
        d
        for d in reversed(dates[1:])
        if not d.past and text[d.span.start - 2 : d.span.start].rstrip("到至").endswith(";")
    )
    return next(parts, dates[0])


def recurs(
    text: str, sentence: Sentence, place: int, clause: Span, dates: list[Date], unit: str
) -> re.Match[str] | None:
    """The 每年 that holds for a number: of its clause, else of the list that it stands in."""
    start = max(sentence.span.start, place - _FAR)
    found = [m for m in cues().recurrence.pattern.finditer(text, start, place) if not _per(text, m)]
    if not found:
        return None
    last = found[-1]
    if unit.endswith("元") and last.end() == place and text[last.start() - 2 : last.start() - 1] == "每":
        return None  # 每人每年550元 is a rate
    if last.start() >= clause.start:
        return last
    between = text[last.end() : place]
    of_it = text.startswith(("参", "其中"), clause.start)  # 参演率, 参加人数: of what recurs
    if "(" not in between and not of_it and (unit in ("%", "‰") or not _opens_list(text, sentence, last.start())):
        return None
    if (
        ";" in between
        or cues().recurrence.other_span.search(between)
        or any(last.end() <= d.span.start < place for d in dates)
    ):
        return None
    if cues().recurrence.once_for_all.search(text, clause.start, place) and _interrupted(text, sentence, last, clause):
        return None
    return last


def _interrupted(text: str, sentence: Sentence, recurrence: re.Match[str], clause: Span) -> bool:
    """Whether a clause without a number parts the 每年 from a number: the list that it opened ends there."""
    return any(
        recurrence.end() <= c.span.start and c.span.end <= clause.start and not re.search(r"\d", c.span.cut(text))
        for c in sentence.clauses
    )


def _opens_list(text: str, sentence: Sentence, place: int) -> bool:
    """Whether 每年 begins its clause, so that it holds for the list; behind a subject of its own it holds for its clause."""
    start = max(text.rfind(mark, sentence.span.start, place) for mark in ",;:")
    lead = text[max(start + 1, sentence.span.start) : place]
    return cues().recurrence.opening.fullmatch(lead) is not None


def _per(text: str, match: re.Match[str]) -> bool:
    """每天均…, 每日费用: no recurrence but a measure."""
    return text[match.end() : match.end() + 2] in ("费用", "最高", "处理", "产量", "产能", "供水", "客流", "开放")


def hoped(text: str, sentence: Sentence, clause: Span, place: int, dates: list[Date]) -> bool:
    """Whether a number is only striven for: 力争 in its clause before it, or in front of the list that it stands in."""
    known = cues().aspirational
    low = max(sentence.span.start, place - _FAR)
    if known.pattern.search(text, max(clause.start, low), place):
        return True
    found = None
    for match in known.pattern.finditer(text, low, place):
        found = match
    if found is None:
        return False
    if known.opening.match(text, sentence.span.start, place):
        return True
    start = max(
        text.rfind(",", sentence.span.start, found.start()), text.rfind(";", sentence.span.start, found.start())
    )
    return ";" not in text[found.end() : place] and bool(
        known.clause_opening.match(text, max(start + 1, sentence.span.start), place)
    )
