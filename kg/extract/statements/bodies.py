"""The names of a list as bodies: run-on, elided and coordinated names made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from kg.agency_names import area_form, inherit_area, is_agency_name, is_collective, is_fragment, parse_name, split_names
from kg.extract.statements.model import Member
from kg.extract.statements.words import BULLETS, strip_open
from kg.lexicon import rules
from kg.model import Finding, Span

_BRACKETED = re.compile(r"^(?P<body>[^()〔\[]+)[(〔\[](?P<name>[一-龥]{2,3})[)〕\]]$")
_MARKS = BULLETS.replace(" ", "").replace("-", "")
_LONGEST = 45


@cache
def _list() -> Any:
    """The table of names that a list makes whole, patterns compiled."""
    table = rules("responsibility")["list"]

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace("{areas}", table["areas"]).replace("{area}", table["area"]))

    patterns = {key: compiled(value) for key, value in table.items() if isinstance(value, str) and key != "example"}
    joins = tuple((re.compile(second), re.compile(first)) for second, first in table["joins"])
    return SimpleNamespace(**patterns, joins=joins, others=frozenset(table["others"]))


@dataclass(slots=True)
class Name:
    """A list's element: the word without blanks, where its characters stand, the mark before it, its own part."""

    word: str
    places: Sequence[int]
    mark: str
    part: str | None


@dataclass(slots=True)
class Bodies:
    """The members of a statement as they are found; each list hands on whose area later names leave out."""

    text: str
    offset: int
    members: list[Member] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    leader: str | None = None

    def take(self, names: list[Name], part: str, *, is_open: bool) -> None:
        """The names of one list with the part that its verb or label gives them."""
        before = len(self.members)
        index = 0
        while index < len(names):
            index = self._take_one(names, index, part)
        if is_open and len(self.members) > before:
            self.members[-1] = replace(self.members[-1], open_list=True)

    def _take_one(self, names: list[Name], index: int, part: str) -> int:
        name = names[index]
        word, mark = _unmarked(name)
        if not word:  # nothing but a mark: ★、市科协
            return index + 1
        part = name.part or part
        if self._joins(name, word):
            return index + 1
        if word == name.word and _is_mere_name(word):
            self._take_name(name, word, part, mark)
            return index + 1
        if word in _list().others:
            if self.members:
                self.members[-1] = replace(self.members[-1], open_list=True)
            return index + 1
        if len(word) > _LONGEST or _list().no_name.match(word) and not (is_agency_name(word) or is_collective(word)):
            return index + 1
        if (taken := self._take_areas(names, index, part)) is not None:
            return taken
        if (taken := self._take_places(names, index, part)) is not None:
            return taken
        if (taken := self._take_departments(names, index, part)) is not None:
            return taken
        self._take_name(name, word, part, mark)
        return index + 1

    def _joins(self, name: Name, word: str) -> bool:
        """Whether the name is the second half of the one before it, which it joins: 各县区党委、政府."""
        if not self.members or name.mark in (";", "。"):
            return False
        last = self.members[-1]
        if not any(second.match(word) and first.search(last.text) for second, first in _list().joins):
            return False
        span = Span(last.spans[0].start, self._span(name).end)
        self.members[-1] = replace(last, text=f"{last.text}、{word}", spans=(span,))
        return True

    def _span(self, name: Name, start: int = 0, end: int | None = None) -> Span:
        places = name.places[start:end]
        return Span(self.offset + places[0], self.offset + places[-1] + 1)

    def _add(
        self, word: str, span: Span, part: str, *, is_open: bool = False, full: str | None = None, mark: str = ""
    ) -> None:
        self.members.append(Member(word, (span,), part, is_open, full, mark))

    def _take_name(self, name: Name, word: str, part: str, mark: str) -> None:
        start = name.word.find(word)
        if (share := _list().share.match(word)) and _is_known(share["body"]):
            word = share["body"]
        word = _without_person(word)
        if (among := _list().among.match(word)) and is_agency_name(among["body"]):
            self._take_name(name, among["body"], part, mark)
            self._take_name(name, among["all"], part, mark)
            return
        bare = strip_open(word)
        is_open = bare != word and len(bare) > 1
        if is_open:
            word = bare
        span = self._span(name, start, start + len(word))
        parts = split_names(word)
        if parts and len(parts) > 1:
            at = start
            for each in parts:
                at = name.word.find(each, at)
                self._add(each, self._span(name, at, at + len(each)), part)
                at += len(each)
            self.findings.append(
                Finding("split-agencies", "warning", (span,), repaired="、".join(parts), original=word, confidence=0.95)
            )
            if is_open:
                self.members[-1] = replace(self.members[-1], open_list=True)
            self.leader = parts[-1] if states_area(parts[-1]) else self.leader
            return
        full = inherit_area(word, self.leader) if self.leader else word
        self._add(word, span, part, is_open=is_open, full=full if full != word else None, mark=mark)
        self.leader = word if states_area(word) else self.leader

    def _take_areas(self, names: list[Name], index: int, part: str) -> int | None:
        """州、县(市)反邪教办公室 are two bodies; 各市、县(区)人民政府 is one collective."""
        first = _list().area_piece.match(names[index].word)
        if first is None or index + 1 == len(names):
            return None
        last = index + 1
        while last + 1 < len(names) and _list().area_piece.match(names[last].word):
            last += 1
        if any(n.mark not in ("、", "和", "/") for n in names[index + 1 : last + 1]):
            return None
        word, _ = _unmarked(names[last])
        area = _list().goes_on.match(word)
        levels = _list().levels.match(word)  # 市、县两级政府
        if area is None and not levels and not (first["prefix"] and _list().area_piece.match(word)):
            return None  # 各县区、各部门: each stands alone
        whole = Span(self._span(names[index]).start, self._span(names[last]).end)
        bare = strip_open(word)
        if first["prefix"] or levels:
            joined = "".join(whole.cut(self.text).split())
            self._add(strip_open(joined), whole, part, is_open=bare != word)
            return last + 1
        assert area is not None
        stem = bare[area.end() :]
        made = [names[i].word + stem for i in range(index, last)]
        for i, each in zip(range(index, last), made, strict=True):
            self._add(each, Span(self._span(names[i]).start, whole.end), part)
        self._add(bare, self._span(names[last]), part, is_open=bare != word)
        self._note("coordinated-name", whole, "、".join([*made, bare]))
        return last + 1

    def _take_places(self, names: list[Name], index: int, part: str) -> int | None:
        """福州、厦门市人民政府 are two governments; so are 福州、厦门等有关设区市政府, in an open list."""
        if not area_form(names[index].word) or index + 1 == len(names):
            return None
        last = index + 1
        while last < len(names) and area_form(names[last].word):
            last += 1
        if last == len(names):
            return None
        word = names[last].word
        match = _list().of_places.match(word) or _list().of_place.match(word)
        if match is None or not area_form(match["own"]):
            return None
        stem = match["rest"]
        made = [_joined(n.word, stem) for n in names[index:last]] + [_joined(match["own"], stem)]
        if not all(is_agency_name(each) for each in made):
            return None
        whole = Span(self._span(names[index]).start, self._span(names[last]).end)
        for i, each in zip(range(index, last + 1), made, strict=True):
            span = self._span(names[i]) if i == last else Span(self._span(names[i]).start, whole.end)
            self._add(each, span, part, is_open=bool(match["open"]) and i == last)
        self._note("coordinated-name", whole, "、".join(made))
        self.leader = None
        return last + 1

    def _take_departments(self, names: list[Name], index: int, part: str) -> int | None:
        """财政、人社部门 are two."""
        if not _is_topic(names[index].word) or index + 1 == len(names):
            return None
        last = index + 1
        while last < len(names) and _is_topic(names[last].word):
            last += 1
        if last == len(names):
            return None
        match = _list().departments.match(names[last].word)
        if match is None or not _is_topic(match["own"]):
            return None
        area = re.match(r"^[省市州县区]", names[index].word)
        whole = Span(self._span(names[index]).start, self._span(names[last]).end)
        made = [n.word + "部门" for n in names[index:last]] + [match["own"] + "部门"]
        for i, each in zip(range(index, last + 1), made, strict=True):
            span = self._span(names[i]) if i == last else Span(self._span(names[i]).start, whole.end)
            self._add(each, span, part, is_open=bool(match["open"]) and i == last)
        self._note("coordinated-name", whole, "、".join(made))
        self.leader = None if area is None else self.leader
        return last + 1

    def _note(self, code: str, span: Span, repaired: str) -> None:
        self.findings.append(
            Finding(code, "info", (span,), repaired=repaired, original=span.cut(self.text), confidence=0.95)
        )


@lru_cache(maxsize=4096)
def _is_mere_name(word: str) -> bool:
    """Whether a word is a body's name whatever stands before and behind it: no area, no field of work, no 等."""
    if len(word) > _LONGEST or not is_agency_name(word) or word in ("政府", "人民政府"):
        return False
    return not (_list().area_piece.match(word) or area_form(word))


def _unmarked(name: Name) -> tuple[str, str]:
    """A word without the mark before or behind it."""
    word = name.word.strip(_MARKS)
    if not word or word == name.word:
        return word, ""
    return word, name.word[0] if name.word[0] in _MARKS else name.word[-1]


def _joined(place: str, rest: str) -> str:
    """A place with what another place's name ends with; 鼓楼区 has its 区 already."""
    return place + rest[1:] if area_form(place) != "stem" and rest[0] in "省市州县区" else place + rest


def _is_topic(word: str) -> bool:
    """A field of work that stands for its department: 财政, 市场监管; no name of a body."""
    return 2 <= len(word) <= 6 and not is_agency_name(word) and is_agency_name("市" + word + "局")


def is_name(word: str) -> bool:
    """Whether a word (blanks left out) names a body or several."""
    word = strip_open("".join(word.split()))
    return len(word) > 2 and (is_agency_name(word) or is_collective(word))


@lru_cache(maxsize=1)
def _surnames() -> str:
    return str(rules("responsibility")["person"]["surnames"])


def _without_person(word: str) -> str:
    """The name of a body without that of the person who answers for it: 县教育局陈永刚, 县卫健局〔何玉兰〕."""
    if (match := _BRACKETED.match(word)) and match["name"][0] in _surnames() and _is_known(match["body"]):
        return match["body"]
    for length in (3, 2):
        body, name = word[:-length], word[-length:]
        if len(body) > 2 and name[0] in _surnames() and _is_known(body) and not is_agency_name(word):
            return body
    return word


def _is_known(word: str) -> bool:
    parsed = parse_name(word)
    return parsed is not None and parsed.known


@lru_cache(maxsize=4096)
def states_area(name: str) -> bool:
    """Whether a name says which area's body it means: 省发展改革委, not 财政厅.

    >>> states_area("省发展改革委"), states_area("财政厅")
    (True, False)
    """
    parsed = parse_name(name)
    return parsed is not None and parsed.scope in ("relative", "absolute") and not parsed.institution


def kind_of(member: Member) -> str:
    """Whether a member is one body, a collective, or a piece of a name that cannot be one."""
    if is_collective(member.text):
        return "collective"
    if is_fragment(member.text) and not is_agency_name(member.full or member.text):
        return "fragment"
    return "agency"
