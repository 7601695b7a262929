"""A statement taken apart: labels, clauses, lists.

Everything works on the folded text of the whole source, so that places are places in the source; what names nobody
(the sentence about the first, say) is blanked out first, code point for code point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.agency_names import is_agency_name, parse_name
from kg.extract.statements.bodies import Bodies, Name, is_name
from kg.extract.statements.model import Member, Parsed, Statement
from kg.extract.statements.words import (
    CLOSE,
    OPEN,
    asides,
    find_labels,
    first_listed_rule,
    is_known,
    part_of,
    split_object,
    strip_verb,
)
from kg.lexicon import rules
from kg.model import Finding, Span

_ROLE_NOTE = re.compile(r"^(?:分别|总)?(?:牵头|主办|主责)(?:单位|部门|负责)?$|^(?:配合|参与|协办|协助)(?:单位|部门)?$")
_LEAD_IN = re.compile(r"^(?:(?:其中|并|同时|分别)?由|其中|同时)(?=..)")
_CONJUNCTION = re.compile(r"以及|或者|[和与及或]|\s+")
_MAY_JOIN = re.compile(r"[和与及或\s]")
_COUNT = re.compile(r"(?<![\d.(])\d{1,2}[.)](?=\s*[一-鿿])|\(\d{1,2}\)(?=\s*[一-鿿])")  # 1.市教育局 2.市科协
_SEPARATORS = "、,;。/\n\t|"
_OPENING, _CLOSING = tuple(OPEN), tuple(CLOSE)
_OPENS, _CLOSES = OPEN + "〈<", CLOSE + "〉>"
_MARK = re.compile(f"[{re.escape(_SEPARATORS + _OPENS + _CLOSES)}]")


@dataclass(slots=True)
class Piece:
    """An element of a list with the mark before it; `word` is the text without blanks, `places` where its characters stand."""

    word: str
    places: Sequence[int]
    mark: str

    def cut(self, start: int, end: int) -> Piece:
        return Piece(self.word[start:end], self.places[start:end], self.mark)


@dataclass(slots=True)
class _Reading:
    """What one statement has given so far."""

    bodies: Bodies
    deadline: Span | None = None
    has_verb: bool = False
    prose: bool = False
    names: list[Name] = field(default_factory=list)
    with_others: bool = False  # behind 会同: those who take part


@lru_cache(maxsize=64)
def parse_statement(text: str, statement: Statement) -> Parsed:
    """The members of a statement with the part that its words give them."""
    start, end = statement.inner.start, statement.inner.end
    rule = first_listed_rule(text, start, end)
    plain = _without_rule(text[start:end], start, rule[0]) if rule else text[start:end]
    plain = _COUNT.sub(lambda match: " " * len(match.group()), plain)
    reading = _Reading(Bodies(text, start))
    for role, low, high in _segments(plain, statement.role):
        if role == "deadline":
            reading.deadline = Span(start + low, start + high)
        if role not in ("deadline", "person"):
            # A list under 牵头单位: yields to a rule about the first; a verb of its own (A、B牵头) does not.
            _read_list(plain, low, high, "lead-list" if role == "lead" else role, reading)
    return Parsed(
        tuple(reading.bodies.members),
        rule[0] if rule else None,
        bool(rule and rule[1]),
        reading.deadline,
        tuple(reading.bodies.findings),
        reading.has_verb,
        reading.prose,
    )


def _without_rule(plain: str, offset: int, span: Span) -> str:
    """The sentence about the first as blanks, with the bracket that it stands in and what leads up to it."""
    low, high = span.start - offset, min(span.end - offset, len(plain))
    opened = _opened_before(plain, low)
    if opened is not None and not is_known(re.split(r"[、,;:]", plain[opened + 1 : low])[0].strip() or "-"):
        closed = next((i for i in range(max(opened, high - 1), len(plain)) if plain[i] in CLOSE), len(plain) - 1)
        low, high = opened, max(high, closed + 1)
    elif before := _LEADS_UP.search(plain[:low]):
        low = before.start()
    return plain[:low] + " " * (high - low) + plain[high:]


_LEADS_UP = re.compile(
    r"(?:其中|注|备注)?[:,]?(?:各项|以上|上述)?(?:任务|工作)?(?:责任|牵头)?(?:单位|部门)?(?:中|里|的)?$"
)


def _opened_before(plain: str, at: int) -> int | None:
    """The bracket before a place that is not closed there."""
    depth = 0
    for i in range(at - 1, -1, -1):
        if plain[i] in CLOSE:
            depth += 1
        elif plain[i] in OPEN:
            if depth == 0:
                return i
            depth -= 1
    return None


def _segments(plain: str, role: str) -> list[tuple[str, int, int]]:
    """The parts behind each label; what stands before the first has the part of the statement."""
    labels = find_labels(plain, 0, len(plain))
    parts = []
    if not labels or plain[: labels[0].start].strip(" ,;。()★☆*◆"):
        parts.append((role, 0, labels[0].start if labels else len(plain)))
    for i, label in enumerate(labels):
        parts.append((label.role, label.end, labels[i + 1].start if i + 1 < len(labels) else len(plain)))
    return parts


def _pieces(plain: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The elements of a list with the mark before each; brackets stay whole where they close."""
    found, depth, at, mark = [], 0, start, ""
    marks = [(m.start(), m.group()) for m in _MARK.finditer(plain, start, end)]
    closes = _balanced([c for _, c in marks])
    for i, c in marks:
        if c in _SEPARATORS:
            if depth or c == "\n" and _is_broken_name(plain, at, i, end):
                continue
            found.append((at, i, mark))
            at, mark = i + 1, c
        elif closes:
            depth += 1 if c in _OPENS else -1
    found.append((at, end, mark))
    return found


def _is_broken_name(plain: str, start: int, at: int, end: int) -> bool:
    """Whether a line ends inside a name: 市科|协."""
    left = "".join(plain[start:at].split())
    right = re.split(r"[、,;。\s(]", plain[at + 1 : min(end, at + 30)].lstrip(), maxsplit=1)[0]
    return bool(left and right) and is_known(left + right) and not (is_known(left) and is_known(strip_verb(right)[0]))


def _balanced(marks: list[str]) -> bool:
    depth = 0
    for c in marks:
        depth += (c in _OPENS) - (c in _CLOSES)
        if depth < 0:
            return False
    return depth == 0


def _squeeze(plain: str, start: int, end: int, mark: str) -> Piece:
    word, places = plain[start:end], range(start, end)
    if word.split() != [word]:
        places = [i for i in places if not plain[i].isspace()]
        word = "".join(word.split())
    # What ends a sentence, and a bracket that lost its other half.
    low, high = 0, len(word.rstrip("。.:"))
    if word.endswith(_CLOSING, 0, high) and not any(c in word for c in OPEN):
        high -= 1
    if word.startswith(_OPENING, 0, high) and not any(c in word[:high] for c in CLOSE):
        low = 1
    return Piece(word[low:high], places[low:high], mark)


def _read_list(plain: str, start: int, end: int, role: str, reading: _Reading) -> None:
    """One list with its verbs: names wait until a verb, or the end, says what their part is."""
    reading.with_others = False
    pieces = [
        _squeeze(plain, a, b, mark)
        for low, high, mark in _pieces(plain, start, end)
        for a, b, mark in _conjoined(plain, low, high, mark)
    ]
    for index, piece in enumerate(pieces):
        ends = piece.mark in (";", "。", "\n") and any(p.mark in ("、", ",") for p in pieces)
        if ends and strip_verb(piece.word)[0]:
            _settle(reading, "support" if reading.with_others else role, "")
        _read_piece(piece, role, reading, last=index == len(pieces) - 1)
    _settle(reading, "support" if reading.with_others else role, "")


def _read_piece(piece: Piece, role: str, reading: _Reading, *, last: bool) -> None:
    if _is_mere_name(piece.word):
        reading.names.append(_name(piece))
        return
    if match := _LEAD_IN.match(piece.word):
        piece = piece.cut(match.end(), len(piece.word))
    word = piece.word
    if not word:
        return
    aside, time = asides()
    if aside.match(word):
        return
    if time.match(word) and not is_agency_name(word):
        reading.deadline = reading.deadline or Span(
            reading.bodies.offset + piece.places[0], reading.bodies.offset + piece.places[-1] + 1
        )
        return
    at = word.find("由")
    if 0 < at < len(word) - 2 and not is_agency_name(word) and is_known(strip_verb(word[at + 1 :])[0]):
        reading.prose = True  # 资金部分由市财政局负责
        piece = piece.cut(at + 1, len(word))
        word = piece.word
    if _read_note(piece, role, reading, last=last):
        return
    if _is_whole_name(word):
        reading.names.append(_name(piece))
        return
    at, joint = _others_at(word)
    if at is not None:
        head = strip_verb(word[:at])[0]
        if head:
            reading.names.append(_name(piece.cut(0, len(head))))
        _settle(reading, "lead", word[at : at + joint])
        reading.with_others = reading.has_verb = True
        _read_piece(piece.cut(at + joint, len(word)), role, reading, last=last)
        return
    name, phrase = strip_verb(word)
    if phrase:
        if name:
            reading.names.append(_name(piece.cut(0, len(name))))
        _close(reading, role, part_of(phrase) or "duty", phrase)
        return
    if (own := split_object(word)) is not None:
        name, kind = own
        reading.names.append(_name(piece.cut(0, len(name))))
        _close(reading, role, kind, "")
        reading.prose = True
        return
    reading.names.append(_name(piece))


def _name(piece: Piece, part: str | None = None) -> Name:
    return Name(piece.word, piece.places, piece.mark, part)


@lru_cache(maxsize=4096)
def _is_mere_name(word: str) -> bool:
    """Whether a word is one body's name, and nothing in it can be said of the name: most are, and come again and again."""
    aside, time = asides()
    said = "由" in word or ")" in word or aside.match(word) or time.match(word)
    return not said and not _LEAD_IN.match(word) and _is_whole_name(word)


def _is_whole_name(word: str) -> bool:
    """Whether a word is one body's name as it stands, not a name and what is said of it."""
    name = parse_name(word)
    if name is None:
        return False
    return not name.institution or _others_at(word)[0] is None and split_object(word) is None


def _others_at(word: str) -> tuple[int | None, int]:
    """Where 会同 and its like stand between the lead and the others."""
    for joint in rules("responsibility")["with"]["words"]:
        at = word.find(joint)
        while at >= 0:
            left, right = strip_verb(word[:at])[0], word[at + len(joint) :]
            if joint.startswith("会") and right and (not left or is_known(left) or len(left) > 2):
                return at, len(joint)
            if (len(joint) > 1 or left) and (not left or is_known(left)) and is_known(strip_verb(right)[0]):
                return at, len(joint)
            at = word.find(joint, at + 1)
    return None, 0


def _read_note(piece: Piece, role: str, reading: _Reading, *, last: bool) -> bool:
    """A bracket at a name that says its part: 市科协(牵头), (牵头)市科协; or one that the whole list ends with."""
    word = piece.word
    if ")" not in word:
        return False
    if match := re.match(r"^\(([^()]*)\)(.{2,})$", word):
        if _ROLE_NOTE.match(match[1]):
            rest = piece.cut(match.start(2), len(word))
            reading.names.append(_name(rest, _part_of_note(match[1])))
            return True
        return False
    match = re.match(r"^(.*?)\(([^()]*)\)$", word)
    if match is None:
        return False
    note, head = match[2], piece.cut(0, match.end(1))
    time = asides()[1].match(note)
    if _ROLE_NOTE.match(note) and (not note.startswith("分别") or not last):
        if head.word:
            reading.names.append(_name(head, _part_of_note(note)))
            reading.has_verb = True
        return True
    name, phrase = strip_verb(note)
    if phrase and not name:  # (按职责分工负责), (分别牵头): said of the whole list
        if head.word:
            _read_piece(head, role, reading, last=last)
        _close(reading, role, part_of(phrase) or "duty", phrase)
        return True
    if phrase and is_known(name):  # 市教育局(市科协配合)
        if head.word:
            _read_piece(head, role, reading, last=last)
            _settle(reading, role, "")
        _read_piece(piece.cut(match.start(2), match.end(2)), role, reading, last=last)
        return True
    if time or asides()[0].match(note):
        if time:
            reading.deadline = reading.deadline or Span(
                reading.bodies.offset + piece.places[match.start(2)], reading.bodies.offset + piece.places[match.end(2)]
            )
        if head.word:
            _read_piece(head, role, reading, last=last)
        return True
    return False


def _part_of_note(note: str) -> str:
    return "support" if re.search("配合|参与|协", note) else "lead"


def _close(reading: _Reading, role: str, kind: str, phrase: str) -> None:
    """A verb ends a list: its names get their part."""
    reading.has_verb = True
    part = role if kind == "duty" else kind
    if kind == "lead" and role in ("lead-list", "support"):
        part = role
    if reading.with_others and kind in ("duty", "lead"):
        part = "support"
    if kind == "support" and role == "duty" and not reading.with_others:
        # 市教育局、市科协,市财政局配合: the comma parts those who only take part.
        marks = [name.mark for name in reading.names]
        commas = [i for i, mark in enumerate(marks) if i and mark == ","]
        if commas and "、" in marks:
            later = reading.names[commas[-1] :]
            del reading.names[commas[-1] :]
            _settle(reading, role, "")
            reading.names = later
    _settle(reading, part, phrase)
    reading.with_others = False


def _settle(reading: _Reading, part: str, phrase: str) -> None:
    reading.bodies.take(reading.names, part, is_open=phrase.startswith("等"))
    reading.names = []


def _conjoined(plain: str, start: int, end: int, mark: str) -> list[tuple[int, int, str]]:
    """An element cut at 和, 与, 及 or a blank where a name stands on both sides."""
    word = plain[start:end]
    if len(word) > 200 or not _MAY_JOIN.search(word):
        return [(start, end, mark)]
    for match in _CONJUNCTION.finditer(word):
        left, right = word[: match.start()], word[match.end() :]
        if not left.strip() or not right.strip():
            continue
        if is_name(left) and _begins_with_name(right):
            middle = start + match.start()
            between = "、" if match.group().isspace() else "和"
            return [(start, middle, mark), *_conjoined(plain, start + match.end(), end, between)]
    return [(start, end, mark)]


def _begins_with_name(word: str) -> bool:
    word = "".join(word.split())
    if is_name(word) or is_name(strip_verb(word)[0]):
        return True
    # Several may follow: 市教育局 市科协 市财政局配合
    head = re.split(r"以及|或者|[和与及或]", word, maxsplit=1)[0]
    return head != word and is_name(strip_verb(head)[0]) or _first_of_run(word)


def _first_of_run(word: str) -> bool:
    name, phrase = strip_verb(word)
    return bool(phrase) and is_known(name)


__all__ = ["Finding", "Member", "parse_statement"]
