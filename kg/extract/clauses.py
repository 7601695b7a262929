"""Sentences, clauses and dates of running text; places are places in the folded source."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import rules
from kg.model import Span
from kg.numerals import five_year_start, han_to_int, is_day

_STOPS = "。!?\n"
_COMPARED = "较比与同由自从按"  # 与2015年相比, 由2015年的…
_MARKS = re.compile(r"[。!?;,:()“”《》\n]")


def sentence_around(text: str, at: int, low: int, high: int) -> Span:
    """The sentence that holds a place, between two bounds.

    >>> sentence_around("甲。乙,丙。丁", 3, 0, 7)
    Span(start=2, end=5)
    """
    start = max([low, *(text.rfind(c, low, at) + 1 for c in _STOPS)])
    ends = [i for c in _STOPS if (i := text.find(c, at, high)) >= 0]
    return Span(start, min(ends) if ends else high)


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two marks, outside brackets or within one."""

    span: Span
    mark: str  # the mark that ends it, "" at the end of the sentence
    depth: int  # 0 outside brackets


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a full stop ends, with its clauses in the order of their ends; names in quotation marks are not cut."""

    span: Span
    clauses: tuple[Clause, ...]

    def clause_at(self, place: int) -> int:
        """The number of the innermost clause that holds a place."""
        holding = [i for i, c in enumerate(self.clauses) if c.span.start <= place < c.span.end]
        return max(holding, key=lambda i: self.clauses[i].depth, default=0)


def split_sentences(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    """The sentences of a paragraph with their clauses, in time linear in its length; one that runs on for pages is cut.

    >>> [[c.span.cut("甲乙(丙,丁)戊,己。庚") for c in s.clauses] for s in split_sentences("甲乙(丙,丁)戊,己。庚", 0, 12)]
    [['丙', '丁', '甲乙(丙,丁)戊', '己'], ['庚']]
    """
    return tuple(s for piece in _pieces(text, start, end) for s in _split(text, *piece))


# No sentence of a real plan is longer; a page without a full stop is read in pieces.
_LONGEST = 2000


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph cut where no stop comes for long: behind the last mark that fits, else anywhere."""
    begin = start
    while end - begin > _LONGEST:
        high = begin + _LONGEST
        cut = max(text.rfind(stop, begin, high) for stop in _STOPS)
        if cut < begin:
            cut = max(text.rfind(mark, begin + _LONGEST // 2, high) for mark in ";,、)")
        cut = cut + 1 if cut >= begin else high
        yield begin, cut
        begin = cut
    yield begin, end


def _split(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text, start, end)]
    closed = _brackets(marks)
    closing = set(closed.values())
    quotes = _quotes(marks)
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    opened: list[int] = []  # where the clause began that a bracket interrupts
    begin = first = start
    quoted_to = start
    for at, mark in marks:
        if at < quoted_to:
            continue
        if mark in "“《":
            quoted_to = quotes.get(at, quoted_to)
        elif mark == "(" and at in closed:
            opened.append(begin)
            begin = at + 1
        elif mark == ")" and opened and at in closing:
            _add(clauses, text, begin, at, ")", len(opened))
            begin = opened.pop()
        elif mark in ",;:" or opened and mark in _STOPS:
            if mark in ",:" and _within_number(text, at, mark):
                continue
            _add(clauses, text, begin, at, mark, len(opened))
            begin = at + 1
        elif mark in _STOPS:
            _add(clauses, text, begin, at, "", 0)
            if clauses:
                sentences.append(Sentence(Span(first, at), tuple(clauses)))
            clauses, begin, first = [], at + 1, at + 1
    _add(clauses, text, begin, end, "", 0)
    if clauses:
        sentences.append(Sentence(Span(first, end), tuple(clauses)))
    return tuple(sentences)


_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})*$")


def _within_number(text: str, at: int, mark: str) -> bool:
    """Whether a mark belongs to a number: 1,000 and 8:30, but not 1.2,50%."""
    if not (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()):
        return False
    return mark == ":" or (
        _THOUSANDS.search(text, max(0, at - 16), at) is not None
        and text[at + 1 : at + 4].isdigit()
        and not text[at + 4 : at + 5].isdigit()
    )


def _add(clauses: list[Clause], text: str, start: int, end: int, mark: str, depth: int) -> None:
    if text[start:end].strip():
        clauses.append(Clause(Span(start, end), mark, depth))


def _brackets(marks: list[tuple[int, str]]) -> dict[int, int]:
    """Where each bracket closes; one that never closes is no bracket."""
    found, opened = {}, []
    for at, mark in marks:
        if mark == "(":
            opened.append(at)
        elif mark == ")" and opened:
            found[opened.pop()] = at
    return found


_LONGEST_NAME = 80


def _quotes(marks: list[tuple[int, str]]) -> dict[int, int]:
    """Where each name in quotation marks ends; a mark that never closes, or far away, quotes nothing."""
    found: dict[int, int] = {}
    opened: dict[str, int] = {}
    for at, mark in marks:
        if mark in "“《":
            opened.setdefault(mark, at)
        elif mark in "”》":
            start = opened.pop("“" if mark == "”" else "《", None)
            if start is not None and at - start <= _LONGEST_NAME:
                found[start] = at + 1
        elif mark in "。\n":
            opened.clear()
    return found


def find_names(text: str, start: int, end: int) -> list[Span]:
    """What stands in “” or 《》: names, in the order of the text.

    >>> [s.cut("落实《某计划(2016-2020年)》,建“一网”") for s in find_names("落实《某计划(2016-2020年)》,建“一网”", 0, 25)]
    ['《某计划(2016-2020年)》', '“一网”']
    """
    marks = [(m.start(), m.group()) for m in _MARKS.finditer(text, start, end) if m.group() in "“”《》。\n"]
    names: list[Span] = []
    for a, b in sorted(_quotes(marks).items()):
        if not names or a >= names[-1].end:  # “…《…》…” is one name
            names.append(Span(a, b))
    return names


def holds(spans: list[Span], start: int, end: int) -> bool:
    """Whether one of some spans that lie apart, in order, holds a place or touches it.

    >>> holds([Span(2, 5), Span(8, 9)], 4, 5), holds([Span(2, 5), Span(8, 9)], 5, 8)
    (True, False)
    """
    at = bisect.bisect_left(spans, end, key=lambda s: s.start)
    return at > 0 and spans[at - 1].end > start


_SIGNS = {"y": "20", "five": "五", "han": "二"}  # group → what it holds


@lru_cache(maxsize=1)
def _deadlines() -> tuple[list[tuple[re.Pattern[str], str]], re.Pattern[str]]:
    table = rules("targets")["deadline"]
    patterns = [re.compile(p) for p in table["patterns"]]
    return [(p, next(_SIGNS[g] for g in p.groupindex if g in _SIGNS)) for p in patterns], re.compile(
        table["not_deadline"]
    )


def last_month(match: re.Match[str]) -> int:
    """The last month of the half (group `half`) or quarter (`quarter`) of a year.

    >>> [last_month(re.fullmatch("(?P<half>.)半年|(?P<quarter>.)季度", words)) for words in ("上半年", "四季度")]
    [6, 12]
    """
    if match["half"]:
        return 6 if match["half"] == "上" else 12
    return 3 * (int(match["quarter"]) if match["quarter"].isdecimal() else han_to_int(match["quarter"]))


def find_deadlines(text: str, start: int, end: int, *, as_written: bool = False) -> list[tuple[str, Span]]:
    """What says by when, in order: ("2025", place), ("2025-06", …), ("2025-06-30", …); half a year by its last month.

    >>> [d for d, _ in find_deadlines("到2025年,建成3座;“十五五”末建成5座,2026年6月底前完成。", 0, 40)]
    ['2025', '2030', '2026-06']
    >>> [d for d, _ in find_deadlines("2020年上半年完成,2021年第三季度末前验收。", 0, 25)]
    ['2020-06', '2021-09']

    No day that there is not, as 2月30日, unless they are wanted `as_written`.
    """
    if all(text.find(sign, start, end) < 0 for sign in ("20", "五", "二〇", "二○", "二零")):
        return []
    found: dict[int, tuple[str, Span]] = {}
    patterns, not_deadline = _deadlines()
    taken = bytearray(end - start)
    for pattern, sign in patterns:
        for match in pattern.finditer(text, start, end) if text.find(sign, start, end) >= 0 else ():
            span = Span(match.start(), match.end())
            if any(taken[span.start - start : span.end - start]) or not_deadline.match(
                text[match.start() : match.end() + 5]
            ):
                continue
            if match.start() and (text[match.start() - 1].isdigit() or text[match.start() - 1] in _COMPARED):
                continue
            groups = match.groupdict()
            if groups.get("five"):
                value = str(five_year_start(han_to_int(groups["five"])) + 4)
            else:
                value = groups.get("y") or str(han_to_int(groups["han"]))
                if groups.get("half") or groups.get("quarter"):
                    value += f"-{last_month(match):02d}"
                if groups.get("m"):
                    value += f"-{int(groups['m']):02d}"
                if groups.get("d"):
                    value += f"-{int(groups['d']):02d}"
            taken[span.start - start : span.end - start] = b"\1" * (span.end - span.start)
            if as_written or is_day(value):
                found[match.start()] = (value, span)
    return [found[k] for k in sorted(found)]
