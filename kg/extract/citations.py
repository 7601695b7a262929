"""Documents that a plan names in 《》, and which of them it is made to carry out."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.cited_titles import plan_type_words
from kg.extract.dates import find_number
from kg.lexicon import rules
from kg.model import Citation, Finding, Span


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(sorted({*plan_type_words(), *rules("metadata")["document"]["endings"]}, key=lambda w: (-len(w), w)))


def find_titles(text: str, start: int, end: int) -> list[tuple[Span, bool]]:
    """The places of titles in 《》 (without the marks), nested ones inside their outermost; True where a lost mark was restored.

    >>> text = "根据《甲法》乙省人民政府关于印发方案的通知》精神"
    >>> [span.cut(text) for span, restored in find_titles(text, 0, len(text))]
    ['甲法', '乙省人民政府关于印发方案的通知']
    """
    found: list[tuple[Span, bool]] = []
    depth, opened, last_close = 0, start, start
    for i in range(start, end):
        c = text[i]
        if c == "《":
            depth += 1
            if depth == 1:
                opened = i + 1
        elif c == "》":
            if depth:
                depth -= 1
                if depth == 0:
                    found.append((Span(opened, i), False))
                    last_close = i + 1
            else:
                begin = max(last_close, *(text.rfind(p, start, i) + 1 for p in "。,;:\n"))
                if 4 <= i - begin <= 80:
                    begin += len(re.match(r"[、和与及以\s]*", text[begin:i]).group())  # type: ignore[union-attr]
                    found.append((Span(begin, i), True))
                last_close = i + 1
        elif c in "。\n" and depth:  # the closing mark was lost
            depth = 0
    return found


def is_document(title: str) -> bool:
    """Whether a title reads as that of a law, plan or notice, not of a newspaper, book or show.

    >>> is_document("中华人民共和国科学技术普及法"), is_document("某地日报")
    (True, False)
    """
    core = re.sub(r"\s*\([^()]*\)\s*$", "", title.strip())
    return len(core) >= 3 and core.endswith(_endings())


def read_citations(
    text: str,
    original: str,
    preamble: tuple[Span, ...],
    notice: tuple[Span, ...],
    body: tuple[Span, ...],
    own_title: str,
) -> tuple[tuple[Citation, ...], tuple[Finding, ...]]:
    """Every citation in reading order, and what was repaired in them.

    A basis is what the preamble of the plan, or of the notice, says it carries out.
    """
    found: list[Citation] = []
    findings: list[Finding] = []
    short: set[str] = set()
    seen_basis: set[str] = set()
    own = _plain(own_title)
    for spans, is_preamble in ((notice, False), (preamble, True), (body, False)):
        for span in spans:
            for place, restored in find_titles(text, span.start, span.end):
                title = place.cut(original)
                plain = _plain(title)
                after, before = text[place.end + 1 : place.end + 40], text[max(0, place.start - 12) : place.start]
                if any(before.rstrip("《“").endswith(word) for word in rules("metadata")["basis"]["short_for"]):
                    short.add(plain)
                    continue
                if not plain or plain in short or _bare(plain) == _bare(own) or plain in _endings():
                    continue
                if not is_document(title) and not (is_preamble and len(plain) > 6):
                    continue
                number = find_number(after) if re.match(r"\s*[(〔\[]", after) else None
                basis = is_preamble and plain not in seen_basis and _is_basis(text, span, place)
                if not is_preamble and spans is notice:
                    basis = plain not in seen_basis and plain not in own and own not in plain and _carries_out(before)
                if basis:
                    seen_basis.add(plain)
                found.append(Citation(title, number[0] if number else None, basis, place, restored))
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


def _plain(title: str) -> str:
    return re.sub(r"\s+", "", title).translate(str.maketrans("〈〉《》", "<><>"))


def _bare(title: str) -> str:
    """A title without inner marks: notices drop them (甲贯彻乙方案分工 for 甲贯彻《乙方案》分工)."""
    return re.sub(r"[<>《》〈〉]", "", title)


def _is_basis(text: str, span: Span, place: Span) -> bool:
    """The sentence around says that it is carried out."""
    start = max(text.rfind("。", span.start, place.start) + 1, span.start)
    stop = text.find("。", place.end, span.end)
    sentence = text[start : stop if stop >= 0 else span.end]
    return any(cue in sentence for cue in rules("metadata")["basis"]["cues"])


def _carries_out(before: str) -> bool:
    return any(
        before.rstrip("《、》和").endswith(cue) or cue in before for cue in ("根据", "依据", "贯彻", "落实", "按照")
    )
