"""Documents that a plan names in 《》, and which of them it is made to carry out."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from kg.cited_titles import plain_title, plan_type_words, says_nothing
from kg.extract.dates import find_number
from kg.lexicon import rules
from kg.model import Citation, Finding, Node, Span
from kg.numerals import fold


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(sorted({*plan_type_words(), *rules("metadata")["document"]["endings"]}, key=lambda w: (-len(w), w)))


def find_titles(text: str, start: int, end: int) -> list[tuple[Span, bool]]:
    """The places of titles in 《》 (without the marks), nested ones inside their outermost; True where a lost mark was restored.

    >>> text = "根据《甲法》乙省人民政府关于印发方案的通知》精神"
    >>> [span.cut(text) for span, restored in find_titles(text, 0, len(text))]
    ['甲法', '乙省人民政府关于印发方案的通知']
    >>> text = "根据《科普法精神,结合《乙条例》,"
    >>> [span.cut(text) for span, restored in find_titles(text, 0, len(text))]
    ['科普法', '乙条例']
    """
    found: list[tuple[Span, bool]] = []
    depth, opened, last_close, at = 0, start, start, start
    while True:
        mark = _MARKS.search(text, at, end)
        i = mark.start() if mark else end
        c = text[i] if mark else "\n"
        at = i + 1
        if c == "《":
            depth += 1
            opened = i + 1 if depth == 1 else opened
        elif c == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((Span(opened, i), False))
                last_close = i + 1
        elif c == "》":
            begin = max(last_close, *(text.rfind(p, max(start, i - _LONGEST_TITLE - 1), i) + 1 for p in "。,;:\n"))
            if 4 <= i - begin <= _LONGEST_TITLE:
                begin += len(_LIST_WORDS.match(text[begin:i]).group())  # type: ignore[union-attr]
                found.append((Span(begin, i), True))
            last_close = i + 1
        elif depth:  # the sentence ends, and a closing mark was lost
            depth = 0
            if i - opened <= _LONGEST_SENTENCE:
                cut = _lost_end(text, opened, i)
                if cut is not None:
                    found.append((Span(opened, cut), True))
                at = last_close = max(opened, cut or 0)
                continue
        if mark is None:
            return found


_LONGEST_TITLE = 80
_MARKS = re.compile("[《》。\n]")
_LIST_WORDS = re.compile(r"[、和与及以\s]*")
_LONGEST_SENTENCE = 600


def _lost_end(text: str, opened: int, stop: int) -> int | None:
    """Where a title ends whose closing mark was lost: behind the last word before the next mark that titles end with."""
    limit = min((p for p in (text.find(c, opened, stop) for c in "《,;(") if p >= 0), default=stop)
    words = text[opened : min(limit, opened + 80)]
    ends = [m.end() for m in _ending_pattern().finditer(words)]
    return opened + ends[-1] if ends and ends[-1] >= 3 else None


@lru_cache(maxsize=1)
def _ending_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _endings())))


def is_document(title: str) -> bool:
    """Whether a title reads as that of a law, plan or notice, not of a newspaper, book or show.

    >>> is_document("中华人民共和国科学技术普及法"), is_document("某地日报")
    (True, False)
    """
    core = fold(title.strip())
    while (tail := _BRACKET.search(core)) is not None:
        core = core[: tail.start()]
    return len(core) >= 3 and core.endswith(_endings())


_BRACKET = re.compile(r"\s*\([^()]*\)$")


def basis_lists(nodes: tuple[Node, ...]) -> tuple[Span, ...]:
    """The text of chapters that list what a plan rests on: 规划依据, 编制依据."""
    found: list[Span] = []
    cue = _cues()[3]
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        if cue.search(node.title):
            below = [node]
            while below:
                inner = below.pop()
                found += inner.body_spans
                below += inner.children
        else:
            stack += reversed(node.children)
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = rules("metadata")["basis"]
    return tuple(re.compile(table[name]) for name in ("before", "behind", "no_basis", "chapter"))  # type: ignore[return-value]


def read_citations(
    text: str,
    original: str,
    preamble: tuple[Span, ...],
    notice: tuple[Span, ...],
    body: tuple[Span, ...],
    own_title: str,
    lists: tuple[Span, ...] = (),
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """Every citation in reading order, and what was repaired in them.

    A basis is what the preamble of the plan, or of the notice, says it carries out, and what a list of `lists` names.
    """
    found: list[Citation] = []
    findings: list[Finding] = []
    short: dict[str, str | None] = {}  # a title that the plan introduces as short → the full one; None for its own
    seen_basis: set[str] = set()
    own = _plain(own_title)
    for spans, is_preamble in ((notice, False), (preamble, True), (body, False)):
        for span in spans:
            last: tuple[Span, str, str | None] | None = None  # the title before in the paragraph, and who issued it
            for place, restored in find_titles(text, span.start, span.end):
                title = place.cut(original)
                plain = _plain(title)
                after, before = text[place.end + 1 : place.end + 40], text[max(0, place.start - 12) : place.start]
                if any(before.rstrip("《“").endswith(word) for word in rules("metadata")["basis"]["short_for"]):
                    full = last[1] if last and place.start - last[0].end <= _FARTHEST else None
                    short[plain] = None if full is None or _is_own(_plain(full), own) else full
                    continue
                issuer = _issuer(text, span.start, place, last)
                last = place, title, issuer
                if plain in short:
                    if short[plain] is not None and not _is_own(plain, own):
                        found.append(
                            Citation(title, None, False, place, restored, "short-title", 1.0, issuer, short[plain])
                        )
                    continue
                if not plain or _is_own(plain, own) or plain in _endings():
                    continue
                listed = _listed(place, lists)
                if not is_document(title) and not (is_preamble and len(plain) > 6) and not listed:
                    continue
                number = find_number(after) if re.match(r"\s*[(〔\[]", after) else None
                basis = listed or (is_preamble or spans is notice) and _is_basis(text, span, place)
                basis = basis and plain not in seen_basis
                if spans is notice and (plain in own or own and own in plain):
                    basis = False
                if basis:
                    seen_basis.add(plain)
                rule, sure = ("basis-list", 0.98) if listed else ("", 1.0)
                found.append(Citation(title, number[0] if number else None, basis, place, restored, rule, sure, issuer))
                if restored:
                    findings.append(
                        Finding(
                            "restored-bracket",
                            "warning",
                            (place,),
                            original=title,
                            repaired=f"《{title}》",
                            confidence=0.9,
                        )
                    )
                if says_nothing(title):
                    findings.append(Finding("lost-cited-title", "warning", (place,), original=title))
                if number and number[3]:
                    shift = place.end + 1
                    findings.append(
                        Finding(
                            "repaired-document-number",
                            "warning",
                            (Span(shift + number[1], shift + number[2]),),
                            original=after[number[1] : number[2]],
                            repaired=number[0],
                            confidence=0.95,
                        )
                    )
    found.sort(key=lambda c: c.span)
    return tuple(found), tuple(findings)


def _issuer(text: str, start: int, place: Span, last: tuple[Span, str, str | None] | None) -> str | None:
    """The words between a title and the mark before it, which may name its issuer; those of the title that it is listed with.

    Before them, parted by a semicolon, those in front of a phrase that the title holds: 市委提出的“X”…,落实《“X”三年行动计划》.
    """
    said = ""
    if phrase := re.search("“[^”]{4,}”", text[place.start : place.end]):
        at = text.find(phrase.group(), start, place.start - 1)
        if at > start:
            said = re.split(r"[。;:,!?\n》]", text[max(start, at - _LONGEST_ISSUER) : at])[-1].strip(" 、") + ";"
    low = max(start, place.start - 1 - _LONGEST_ISSUER)
    if last is not None and last[0].end >= low:
        between = _NUMBER_BEHIND.sub("", text[last[0].end + 1 : place.start - 1])
        if not between.strip("、和与及以 "):
            return last[2]
        low = max(low, last[0].end + 1)
    words = said + re.split(r"[。;:,!?\n》]", text[low : place.start - 1])[-1].strip(" 、")
    return words or None


_LONGEST_ISSUER = 40
_NUMBER_BEHIND = re.compile(r"^\s*[(〔\[][^()]{2,30}\)")


def _plain(title: str) -> str:
    return plain_title(title)


def _bare(title: str) -> str:
    """A title without inner marks: notices drop them (甲贯彻乙方案分工 for 甲贯彻《乙方案》分工)."""
    return re.sub(r"[<>《》〈〉]", "", title)


def _is_own(plain: str, own: str) -> bool:
    """Whether a title is the plan's own, with or without what stands in brackets behind it."""
    if _bare(plain) == _bare(own):
        return True
    rest = _bare(own).removeprefix(_bare(plain))
    return len(plain) >= 6 and rest != _bare(own) and rest.startswith("(") and rest.endswith(")")


def _listed(place: Span, lists: tuple[Span, ...]) -> bool:
    at = bisect_right(lists, Span(place.start, place.end + 1)) - 1
    return at >= 0 and lists[at].start <= place.start < lists[at].end


def _is_basis(text: str, span: Span, place: Span) -> bool:
    """Whether the words around a title say that it is carried out: a verb before its list, or 精神, 要求 behind it."""
    before_cue, behind_cue, no_basis, _ = _cues()
    start = max(text.rfind("。", span.start, place.start) + 1, span.start)
    stop = text.find("。", place.end, span.end)
    stop = stop if stop >= 0 else span.end
    behind = _TITLES.sub("", text[place.end + 1 : min(stop, place.end + 300)])
    if no_basis.match(behind):
        return False
    before = text[max(start, place.start - 400) : place.start - 1] if place.start else ""
    cues = list(before_cue.finditer(_TITLES.sub("、", before)))
    if cues:
        between = _TITLES.sub("、", before)[cues[-1].end() :]
        if len(between) <= _FARTHEST and not no_basis.search(between) and "," not in between.strip(",、 "):
            return True
    return bool(behind_cue.match(behind))


_TITLES = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》(?:\s*[(〔\[][^()〔〕\[\]]{2,30}[)〕\]号]*)?")
_FARTHEST = 48  # characters between the verb and the title, other titles left out: who issued it, what it is called
