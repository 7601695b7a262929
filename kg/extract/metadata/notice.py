"""What the notice around a plan says: who drafted what it forwards, who agreed, whom it addresses, in whose name it goes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from kg.agency_names import is_agency_name, is_collective, split_names
from kg.lexicon import rules
from kg.model import Outline, Source, Span, Stated


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    table = rules("metadata")
    return (
        re.compile(table["forwarding"]["pattern"]),
        re.compile(table["approval"]["pattern"]),
        tuple(table["forwarding"]["superiors"]),
    )


def read_notice(source: Source, text: str, outline: Outline, around: tuple[Span, ...], facts: dict[str, Any]) -> None:
    """Adds originator, approval and addressees to the facts."""
    forwarding, approval, superiors = _table()
    for span in around:
        line = span.cut(text)
        if len(line) > 2000:
            continue
        forwarded = forwarding.search(line)
        if forwarded and "originator" not in facts and _drafted(forwarded["body"], superiors):
            place = Span(span.start + forwarded.start("body"), span.start + forwarded.end("body"))
            facts["originator"] = Stated(place.cut(source.text), (place,), "forwarding-notice")
        approved = approval.search(line)
        if approved and "approval" not in facts:
            place = Span(span.start + approved.start(), span.start + approved.end())
            facts["approval"] = Stated(place.cut(source.text), (place,), "approval-clause")
        if (
            line.endswith(":")
            and 4 <= len(line) <= 200
            and "addressees" not in facts
            and "。" not in line
            and re.match(r"(?:各|省|市|县|区|州|有关|自治区|[一-鿿]{2,10}成员单位)", line)
        ):
            place = Span(span.start, span.end - 1)
            facts["addressees"] = (Stated(place.cut(source.text), (place,), "salutation"),)
    if "addressees" not in facts:
        for span in outline.notice_spans:
            line = span.cut(text)
            if line.startswith("各") and len(line) <= 120 and "。" not in line and ("、" in line or "," in line):
                facts["addressees"] = (Stated(span.cut(source.text), (span,), "salutation", 0.8),)
                break


def _drafted(body: str, superiors: tuple[str, ...]) -> bool:
    """Whether the name behind 转发 is that of a body that drafted, not of one above whose notice is passed on."""
    if body.startswith(superiors):
        return False
    names = [n for n in re.split(r"[、\s]+", body) if n]
    return bool(names) and all(is_agency_name(n) or is_collective(n) or split_names(n) for n in names)


def heading_bodies(text: str, outline: Outline) -> tuple[Stated[str], ...]:
    """The bodies that a heading begins with (X关于…, X Y Z关于…), or that stand alone in the line above one; a red head."""
    spans = (*outline.notice_spans, *outline.head_spans, *outline.title_spans, *outline.preamble_spans[:3])
    for i, span in enumerate(spans):
        # a title may begin behind the names of several bodies that issue it, in the same line
        start = text.rfind("\n", 0, span.start) + 1 if span in outline.title_spans else span.start
        line = text[start : span.end]
        if len(line) > 300:
            continue
        head = re.match(
            r"(?:标\s*题\s*:|名\s*称\s*:)?\s*(?P<body>[^,。;:《》]{3,200}?)(?:\s*:\s*)?(?:批转|转发|关于|印发)", line
        )
        if head and (found := _bodies(head["body"], start + head.start("body"), "notice-heading", 0.9)):
            return found
        above = spans[i - 1] if i else None
        if line.startswith("关于") and above is not None and above.end - above.start <= 60:
            if found := _bodies(above.cut(text), above.start, "notice-heading", 0.85):
                return found
    for span in outline.head_spans:
        line = span.cut(text).strip()
        if len(line) <= 60 and line.endswith("文件") and (found := _bodies(line[:-2], span.start, "red-head", 0.8)):
            return found
    return ()


def _bodies(words: str, start: int, rule: str, confidence: float) -> tuple[Stated[str], ...]:
    found = []
    for match in re.finditer(r"[^\s、]+", words):
        for name in (match.group(),) if is_agency_name(match.group()) else split_names(match.group()) or ():
            if not is_agency_name(name):
                return ()
            at = start + words.index(name, match.start())
            found.append(Stated(name, (Span(at, at + len(name)),), rule, confidence))
        if not found:
            return ()
    return tuple(found)
