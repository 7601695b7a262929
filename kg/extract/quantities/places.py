"""A number where it stands: its clause, what is said before it and behind it, and the amounts beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.clauses import Clause, Sentence
from kg.extract.quantities.amounts import Amount
from kg.extract.quantities.cues import cues
from kg.model import Span

# How much of a clause without marks is read around a number.
_NEAR = 400
_BRACKET = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Place:
    """One amount in its clause; brackets and the numbering of the item are left out of the texts."""

    text: str
    amount: Amount
    sentence: Sentence
    number: int  # of its clause in the sentence
    before: str  # from the clause's beginning to the number
    tail: str  # 以上, 左右
    after: str  # what follows to the clause's end
    words: str  # the clause
    others: tuple[Amount, ...]  # of the same clause, in order
    chain: tuple[Amount, ...] = ()  # those of them that are said in one breath with it: 3.5万吨、4.6万吨

    @property
    def clause(self) -> Clause:
        return self.sentence.clauses[self.number]

    @property
    def bracketed(self) -> bool:
        return self.clause.depth > 0

    @property
    def counts(self) -> bool:
        """Whether things or people are counted, nothing measured."""
        return self.amount.unit in cues().evidence.counters

    @property
    def is_money(self) -> bool:
        return self.amount.unit.endswith("元")

    @property
    def is_few(self) -> bool:
        """三家, 九条: a numeral that is a part of speech more often than a count."""
        return self.amount.form == "han" and self.amount.value < 10

    @property
    def is_first_part(self) -> bool:
        """Whether it is the first part of the number before: 新建高标准粮仓160万吨,其中直属库40万吨."""
        return self.before.startswith("其中") and self.others[0] is self.amount

    @property
    def ends(self) -> bool:
        """Whether nothing but the next item of a list follows the number."""
        behind = self.amount.span.end + len(self.tail)
        return not self.after or self.after[0] in "、和及与" or any(o.span.start == behind for o in self.others)

    def beside(self, step: int) -> Clause | None:
        """The clause before (-1) or behind (1) it, at its own depth."""
        at = self.number + step
        while 0 <= at < len(self.sentence.clauses):
            if self.sentence.clauses[at].depth == self.clause.depth:
                return self.sentence.clauses[at]
            at += step
        return None

    def say(self, clause: Clause | None) -> str:
        """The words of a clause without its brackets."""
        return bare(self.text[clause.span.start : min(clause.span.end, clause.span.start + _NEAR)]) if clause else ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known around a number."""

    goal: bool  # a chapter or paragraph of goals
    supporting: bool  # a section on rewards, subsidies or who is eligible
    dated: bool  # its own sentence says by when
    recurring: bool
    hoped: bool
    continues: bool  # the number before it in the list is a target
    reported: bool = False  # it says what was, so nothing is demanded


def bare(words: str) -> str:
    """Words without brackets and the numbering in front.

    >>> bare("1.农村户厕(含三格)改造")
    '农村户厕改造'
    """
    if "(" in words:
        words = _BRACKET.sub("", words)
    return cues().indicator.numbering.sub("", words).strip()


def locate(text: str, sentence: Sentence, amounts: list[Amount]) -> list[Place]:
    """The amounts of a sentence, each in its place."""
    numbers = [sentence.clause_at(a.span.start) for a in amounts]
    tail = cues().comparator.tail
    places = []
    for amount, number in zip(amounts, numbers, strict=True):
        clause = sentence.clauses[number].span
        span = Span(max(clause.start, amount.span.start - _NEAR), min(clause.end, amount.span.end + _NEAR))
        behind = text[amount.span.end : span.end]
        match = tail.match(behind)
        others = tuple(a for a, n in zip(amounts, numbers, strict=True) if n == number)
        chain = _chain(text, others, amount, tail)
        places.append(
            Place(
                text,
                amount,
                sentence,
                number,
                bare(text[min(span.start, chain[0].span.start) : chain[0].span.start]),
                match.group() if match else "",
                _BRACKET.sub("", behind[match.end() if match else 0 :]).strip(),
                bare(span.cut(text)),
                others,
                chain,
            )
        )
    return places


_JOINED = re.compile(r"\s?(?:[、和及与]|以及)\s?")


def _chain(text: str, others: tuple[Amount, ...], amount: Amount, tail: re.Pattern[str]) -> tuple[Amount, ...]:
    """The amounts around one with nothing but 、 between."""

    def joined(left: Amount, right: Amount) -> bool:
        between = text[left.span.end : right.span.start]
        match = tail.match(between)
        return len(between) < 12 and _JOINED.fullmatch(between[match.end() if match else 0 :]) is not None

    low = high = others.index(amount)
    while low > 0 and joined(others[low - 1], others[low]):
        low -= 1
    while high + 1 < len(others) and joined(others[high], others[high + 1]):
        high += 1
    return others[low : high + 1]


def quote(place: Place) -> Span:
    """The shortest clause that holds the number, cut at 、 where the next number's phrase begins, and before a bracket with numbers."""
    text, amount, span = place.text, place.amount, place.clause.span
    start, end = span.start, span.end
    if not amount.whole:  # the numbers before it say of what
        at = place.others.index(amount)
        for other in reversed(place.others[max(0, at - 4) : at]):
            cut = _comma(text, other.span.end, amount.span.start)
            if cut is not None:
                start = cut + 1
                break
        for other in place.others[at + 1 : at + 5]:
            cut = _comma(text, amount.span.end + len(place.tail), other.span.start)
            if cut is not None:
                end = min(end, cut)
                break
        opened = text.find("(", amount.span.end, end)
        if (
            opened >= 0
            and any(span.start <= c.span.start - 1 == opened for c in place.sentence.clauses)
            and re.search(r"\d", text[opened:end])
        ):
            end = opened
    return trimmed(text, Span(start, end))


def trimmed(text: str, span: Span) -> Span:
    """A span without the dashes and blanks in front and the blanks behind."""
    start, end = span.start, span.end
    while start < end and text[start] in " —-─•·\n":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _comma(text: str, start: int, end: int) -> int | None:
    """The 、 that parts two numbers: right behind the first, right before the second, else the last between them."""
    depth, found = 0, []
    for i in range(start, end):
        depth += (text[i] in "(“《") - (text[i] in ")”》")
        if text[i] == "、" and depth <= 0:
            found.append(i)
    if not found:
        return None
    if found[0] - start <= 1 or found[-1] == end - 1:
        return found[0] if found[0] - start <= 1 else found[-1]
    return None if re.search("[和及与]", text[found[-1] : end]) else found[-1]
