"""The names of a list as bodies: run-on, elided and coordinated names made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg.agency_names import area_form, inherit_area, is_agency_name, is_collective, is_fragment, parse_name, split_names
from kg.extract.statements.model import Member
from kg.extract.statements.words import BULLETS, strip_open
from kg.lexicon import rules
from kg.model import Finding, Span

_AREA = r"(?:自治区|自治州|直辖市|设区的?市|县级市|地级市|地市|市州|市县|县市|县区|区县|乡镇|镇街|街镇|镇乡|街道|省|市|州|县|区|旗|盟|乡|镇|地区)"
_AREAS = rf"{_AREA}(?:\({_AREA}(?:[、,]?{_AREA})*\))?"
_PREFIX = r"(?:全[省市区县州])?(?:[一-龥]{0,4}各|有关|相关|项目所在地?|工程所在地?|所在地?|沿线|属地|涉及|试点|其他|重点)(?:各|有关|相关|的)*"
_AREA_PIECE = re.compile(rf"^(?P<prefix>{_PREFIX})?{_AREAS}$")
_GOES_ON = re.compile(rf"^{_AREAS}(?=[^直级属内域各有相两三四])")
# 市发展改革委(实训基地): what of the work is the body's; 文化局(旅游局) has a second name instead.
_SHARE = re.compile(r"^(?P<body>[^()]+)\((?P<share>[^()]{2,20}(?<![局办委厅部院会署队站所中心科处股室组司]))\)$")
_BRACKETED = re.compile(r"^(?P<body>[^()〔\[]+)[(〔\[](?P<name>[一-龥]{2,3})[)〕\]]$")
# 市公安局等市安全生产委员会成员单位: one that is named, and all the members.
_AMONG = re.compile(r"^(?P<body>[^等]{2,24})等(?P<all>(?:[省市州区县]|自治区|全国|国家)[一-龥]{2,24}成员单位)$")
_NO_NAME = re.compile(r"^(?:确保|并|同时|加快|加强|切实|要|应|须|在|对|做到|实现|建立|其中|以|按|将)")
_MARKS = BULLETS.replace(" ", "").replace("-", "")
_LONGEST = 45


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
        if word == name.word and _is_mere_name(word):
            self._take_name(name, word, part, mark)
            return index + 1
        if word in ("等", "等部门", "等单位", "等有关部门", "等相关部门"):
            if self.members:
                self.members[-1] = replace(self.members[-1], open_list=True)
            return index + 1
        if len(word) > _LONGEST or _NO_NAME.match(word) and not (is_agency_name(word) or is_collective(word)):
            return index + 1
        if (taken := self._take_areas(names, index, part)) is not None:
            return taken
        if (taken := self._take_places(names, index, part)) is not None:
            return taken
        if (taken := self._take_departments(names, index, part)) is not None:
            return taken
        if word in ("政府", "人民政府") and self.members and self.members[-1].text.endswith("党委"):
            last = self.members[-1]  # 各县区党委、政府
            span = Span(last.spans[0].start, self._span(name).end)
            self.members[-1] = replace(last, text=f"{last.text}、{word}", spans=(span,))
            return index + 1
        self._take_name(name, word, part, mark)
        return index + 1

    def _span(self, name: Name, start: int = 0, end: int | None = None) -> Span:
        places = name.places[start:end]
        return Span(self.offset + places[0], self.offset + places[-1] + 1)

    def _add(
        self, word: str, span: Span, part: str, *, is_open: bool = False, full: str | None = None, mark: str = ""
    ) -> None:
        self.members.append(Member(word, (span,), part, is_open, full, mark))

    def _take_name(self, name: Name, word: str, part: str, mark: str) -> None:
        start = name.word.find(word)
        if (share := _SHARE.match(word)) and _is_known(share["body"]):
            word = share["body"]
        word = _without_person(word)
        if (among := _AMONG.match(word)) and is_agency_name(among["body"]):
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
        first = _AREA_PIECE.match(names[index].word)
        if first is None or index + 1 == len(names):
            return None
        last = index + 1
        while last + 1 < len(names) and _AREA_PIECE.match(names[last].word):
            last += 1
        if any(n.mark not in ("、", "和", "/") for n in names[index + 1 : last + 1]):
            return None
        word, _ = _unmarked(names[last])
        area = _GOES_ON.match(word)
        levels = re.match(rf"^{_AREAS}[两三四]级(?:人民)?(?:政府|党委|财政|[一-龥]{{0,6}}部门)", word)  # 市、县两级政府
        if area is None and not levels and not (first["prefix"] and _AREA_PIECE.match(word)):
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
        match = re.match(
            r"^(?P<own>[一-鿿]{2,12}?)(?P<open>等(?:\d+|[一二三四五六七八九十]+)?个?(?:有关|相关)?(?:设区的?)?)?(?P<rest>[省市州县区](?:人民)?政府|[省市州县区]?(?:级)?(?:海关|党委)|(?:高新区|开发区)?管委会)$",
            word,
        ) or re.match(r"^(?P<own>[一-鿿]{2,8}?)(?P<open>)(?P<rest>[市县区州].{2,12})$", word)
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
        match = re.match(r"^(?P<own>[一-鿿]{2,6}?)(?P<open>等(?:有关|相关)?)?部门$", names[last].word)
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
    return not (_AREA_PIECE.match(word) or area_form(word))


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
