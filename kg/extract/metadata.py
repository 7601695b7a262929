"""The facts about a plan as a document: title, number, issuer, dates, period."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from kg.agency_names import is_agency_name, split_names
from kg.cited_titles import plan_type_of
from kg.extract.dates import find_date, find_number, repair_date
from kg.lexicon import rules
from kg.model import Finding, Outline, Source, Span, Stated
from kg.numerals import five_year_start, fold, han_to_int


@dataclass(slots=True)
class Metadata:
    """What `read_metadata` returns: keyword arguments of `PlanRecord`, and findings."""

    facts: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@lru_cache(maxsize=1)
def _fields() -> tuple[re.Pattern[str], dict[str, str]]:
    name_of = {}
    patterns = []
    for entry in rules("frame")["field"]:
        for label in entry["labels"]:
            name_of[label] = entry["name"]
            patterns.append(r"\s*".join(map(re.escape, label)))
    patterns.sort(key=lambda p: -len(p))
    return re.compile(r"(?P<label>" + "|".join(patterns) + r")\s*[::]"), name_of


# What the value of a field looks like where it stands in a line of its own.
_CELL = {
    "index_number": r"^[\w/\-.]*\d[\w/\-.]{3,}$",
    "document_number": r"\d+\s*号",
    "issuing_body": r"[府局厅部委会室院]$",
    "publishing_body": r"[府局厅部委会室院]$",
    "issued": r"^\d{4}",
    "published": r"^\d{4}",
    "subject": r"^[一-鿿、/\\>]+$",
    "status": r"^[一-鿿]{2,4}$",
    "heading": r"$^",
    "other": r"$^",
}


def read_fields(text: str, spans: tuple[Span, ...]) -> dict[str, tuple[str, Span]]:
    """The labelled fields of a page's head: name → (value, place); the first value of a name counts.

    >>> text = "索 引 号: A1/2018-1 主题分类: 政务公开"
    >>> {k: v for k, (v, _) in read_fields(text, (Span(0, len(text)),)).items()}
    {'index_number': 'A1/2018-1', 'subject': '政务公开'}
    """
    pattern, name_of = _fields()
    found: dict[str, tuple[str, Span]] = {}
    following = dict(itertools.pairwise(spans))
    for span in spans:
        marks = list(pattern.finditer(text, span.start, span.end))
        for i, mark in enumerate(marks):
            stop = marks[i + 1].start() if i + 1 < len(marks) else span.end
            raw = text[mark.end() : stop]
            value = raw.strip().strip("|").strip(" •·【")
            name = name_of[re.sub(r"\s+", "", mark["label"])]
            if not value and i + 1 == len(marks):  # a table's cells come as lines: the value stands in the next one
                below = following.get(span)
                cell = below.cut(text).strip() if below else ""
                if below and 2 <= len(cell) <= 40 and not pattern.search(cell) and re.search(_CELL[name], cell):
                    found.setdefault(name, (cell, below))
                continue
            if value and name not in found:
                start = mark.end() + raw.index(value)
                found[name] = (value, Span(start, start + len(value)))
    return found


def read_metadata(source: Source, outline: Outline) -> Metadata:
    """Every fact of vocabulary.md's Plan row that the page states."""
    text = fold(source.text)
    # Where the notice itself is the plan, its number and whom it addresses stand below its title.
    below = tuple(s for s in outline.preamble_spans if s.end - s.start <= 120 and not s.cut(text).endswith("。"))
    around = (*outline.head_spans, *outline.notice_spans, *below)
    chrome = (*around, *outline.preamble_spans)
    fields = read_fields(text, tuple(s for s in around if not s.cut(text).endswith("。")))
    result = Metadata()
    facts = result.facts
    title_text = re.sub(r"\s+", " ", outline.title)
    facts["title"] = Stated(outline.title, outline.title_spans, "title-line")
    facts["plan_type"] = plan_type_of(fold(title_text))
    if "index_number" in fields and re.search(r"\w", fields["index_number"][0]):
        facts["index_number"] = _stated(source, fields["index_number"], "head-field")
    _read_number(source, text, around, fields, result)
    _read_signature(source, text, outline, fields, result)
    _read_dates(text, outline, fields, result)
    _read_notice(source, text, outline, around, result)
    _read_period(text, outline, chrome, result)
    if "status" in fields:
        facts["status"] = _stated(source, fields["status"], "head-field")
    if "subject" in fields:
        facts["subjects"] = (_stated(source, fields["subject"], "head-field"),)
    return result


def _stated(source: Source, field_value: tuple[str, Span], rule: str) -> Stated[str]:
    return Stated(field_value[1].cut(source.text).strip(), (field_value[1],), rule)


def _read_number(
    source: Source, text: str, around: tuple[Span, ...], fields: dict[str, tuple[str, Span]], result: Metadata
) -> None:
    if "document_number" in fields:
        value, span = fields["document_number"]
        found = find_number(value)
        if found:
            _keep_number(found, span.start, result, "head-field")
            return
    for span in around:
        line = span.cut(text)
        found = find_number(line)
        # A line of its own, or the end of the heading: numbers behind 》 or in prose belong to other documents.
        if found and len(line) - (found[2] - found[1]) <= 6 and "》" not in line and "。" not in line:
            _keep_number(found, span.start, result, "number-line")
            return


def _keep_number(found: tuple[str, int, int, bool], offset: int, result: Metadata, rule: str) -> None:
    number, start, end, repaired = found
    span = Span(offset + start, offset + end)
    result.facts["document_number"] = Stated(number, (span,), rule, 0.95 if repaired else 1.0)
    if repaired:
        result.findings.append(
            Finding("repaired-document-number", "warning", (span,), repaired=number, confidence=0.95)
        )


def _read_signature(
    source: Source, text: str, outline: Outline, fields: dict[str, tuple[str, Span]], result: Metadata
) -> None:
    """The signing bodies: 落款 before 发文机关 before 发布机构; (代章) is no part of the name."""
    facts = result.facts
    for block in (outline.notice_spans, outline.head_spans, outline.tail_spans):
        lines = [(span, span.cut(text)) for span in block]
        for i, (span, line) in enumerate(lines):
            when, repaired = _signature_date(line)
            same = _signed_in_one_line(line) if when is None else None
            if same is not None:
                when = same[0]
            if when is None or (i == 0 and same is None):
                continue
            bodies: list[Stated[str]] = []
            if same is not None:
                bodies = [Stated(same[1], (Span(span.start, span.start + len(same[1])),), "signature")]
            j = i - 1
            while j >= 0 and (names := _signing_bodies(lines[j][1])):
                place = lines[j][0]
                bodies = [
                    Stated(name, (Span(place.start + a, place.start + b),), "signature") for name, a, b in names
                ] + bodies
                if re.search(rules("metadata")["signature"]["sealed"], lines[j][1]):
                    facts["sealed"] = True
                j -= 1
            if not bodies:
                continue
            facts["issuers"] = tuple(bodies)
            facts["issued"] = Stated(when, (span,), "signature", 0.9 if repaired else 1.0)
            if repaired:
                result.findings.append(
                    Finding(
                        "repaired-date", "warning", (span,), original=line, repaired=when.isoformat(), confidence=0.95
                    )
                )
            break
        if "issuers" in facts:
            break
    sealed = facts.pop("sealed", False)
    for name in ("issuing_body", "publishing_body"):
        if name not in fields:
            continue
        stated = _stated(source, fields[name], "head-field")
        if "issuers" not in facts and is_agency_name(fold(stated.value)):
            facts["issuers"] = (stated,)
        elif sealed and name == "issuing_body":
            facts["sealed_by"] = (stated,)
    if "issuers" not in facts:
        heading = _heading_body(source, text, outline)
        if heading:
            facts["issuers"] = heading


def _signed_in_one_line(line: str) -> tuple[date, str] | None:
    """Body and date of a signature that is set in one line."""
    found = find_date(line) if len(line) <= 50 else None
    if found is None or found[2] < len(line) or "年" not in line[found[1] :]:
        return None
    body = line[: found[1]].strip()
    return (found[0], body) if is_agency_name(body) and line.startswith(body) else None


def _signature_date(line: str) -> tuple[date | None, bool]:
    if len(line) > 24:
        return None, False
    found = find_date(line)
    if found:
        return (found[0], False) if found[2] - found[1] >= len(line.strip("() ")) - 2 else (None, False)
    digits = line.strip()
    return (repair_date(digits), True) if digits.isdigit() else (None, False)


def _signing_bodies(line: str) -> list[tuple[str, int, int]]:
    """The bodies that a line of a signature names, with their places in the line."""
    bare = re.sub(rules("metadata")["signature"]["sealed"], lambda m: " " * len(m.group()), line)
    if len(line) > 60 or any(c in bare for c in "。;:,《》"):
        return []
    found = []
    for match in re.finditer(r"\S+", bare):
        word = match.group()
        parts = split_names(word) if not is_agency_name(word) or len(word) > 16 else (word,)
        at = match.start()
        for part in parts or (word,):
            if not is_agency_name(part):
                return []
            found.append((part, at, at + len(part)))
            at += len(part)
    return found


def _heading_body(source: Source, text: str, outline: Outline) -> tuple[Stated[str], ...]:
    """The body that the notice's heading begins with: X关于印发…."""
    for span in (*outline.notice_spans, *outline.head_spans, *outline.title_spans):
        line = span.cut(text)
        cut = re.search(r"(?:批转|转发)?[^,。]{0,30}?关于", line)
        head = re.match(r"(?:标\s*题\s*:)?(?P<body>[^,。;:《》]{3,40}?)(?:批转|转发|关于|印发)", line)
        if cut and head and is_agency_name(head["body"]):
            start = span.start + head.start("body")
            return (Stated(head["body"], (Span(start, start + len(head["body"])),), "notice-heading", 0.9),)
    return ()


def _read_dates(text: str, outline: Outline, fields: dict[str, tuple[str, Span]], result: Metadata) -> None:
    facts = result.facts
    for name, key in (("published", "published"), ("issued", "issued")):
        if name in fields and key not in facts:
            found = find_date(fields[name][0])
            if found:
                start = fields[name][1].start
                facts[key] = Stated(found[0], (Span(start + found[1], start + found[2]),), "head-field")
    if "issued" in fields and (other := find_date(fields["issued"][0])) and other[0] != facts["issued"].value:
        start = fields["issued"][1].start
        result.findings.append(
            Finding(
                "conflicting-dates",
                "info",
                (*facts["issued"].spans, Span(start + other[1], start + other[2])),
                original=other[0].isoformat(),
                repaired=facts["issued"].value.isoformat(),
                confidence=0.9,
            )
        )
    if "published" not in facts:
        for span in (*outline.head_spans, *outline.notice_spans):
            line = span.cut(text)
            found = find_date(line)
            if found and found[1] == 0 and re.fullmatch(r"[\d\s:]*", line[found[2] :]) and "年" not in line:
                facts["published"] = Stated(found[0], (Span(span.start, span.start + found[2]),), "bare-date", 0.8)
                break
    if "issued" not in facts and "published" in facts:
        published = facts["published"]
        facts["issued"] = Stated(published.value, published.spans, "published-date", 0.6)


def _read_notice(source: Source, text: str, outline: Outline, around: tuple[Span, ...], result: Metadata) -> None:
    """Who drafted what is forwarded, who agreed, whom it addresses."""
    table = rules("metadata")
    for span in around:
        line = span.cut(text)
        forwarded = re.search(table["forwarding"]["pattern"], line)
        if forwarded and "originator" not in result.facts:
            place = Span(span.start + forwarded.start("body"), span.start + forwarded.end("body"))
            result.facts["originator"] = Stated(place.cut(source.text), (place,), "forwarding-notice")
        approved = re.search(table["approval"]["pattern"], line)
        if approved and "approval" not in result.facts:
            place = Span(span.start + approved.start(), span.start + approved.end())
            result.facts["approval"] = Stated(place.cut(source.text), (place,), "approval-clause")
        if (
            line.endswith(":")
            and 4 <= len(line) <= 120
            and "addressees" not in result.facts
            and "。" not in line
            and re.match(r"(?:各|省|市|县|区|州|有关|自治区|[一-鿿]{2,10}成员单位)", line)
        ):
            place = Span(span.start, span.end - 1)
            result.facts["addressees"] = (Stated(place.cut(source.text), (place,), "salutation"),)
    if "addressees" not in result.facts:
        for span in outline.notice_spans:
            line = span.cut(text)
            if (
                line.startswith("各")
                and len(line) <= 120
                and "。" not in line
                and "、" in line + ",".replace(",", "、")
            ):
                result.facts["addressees"] = (Stated(span.cut(source.text), (span,), "salutation", 0.8),)
                break


def _read_period(text: str, outline: Outline, chrome: tuple[Span, ...], result: Metadata) -> None:
    table = rules("metadata")["period"]
    title_spans = outline.title_spans
    for span in title_spans:
        outside = re.sub(
            r"《[^》]*》", lambda m: "□" * len(m.group()), span.cut(text)
        )  # a cited plan's years are its own
        match = re.search(table["title"], outside)
        if match:
            _keep_period(int(match["a"]), int(match["b"]), span.start, match, result, "title-years")
            return
    for span in outline.preamble_spans:
        match = re.search(table["text"], span.cut(text))
        if match:
            _keep_period(int(match["a"]), int(match["b"]), span.start, match, result, "stated-period")
            return
    for span in title_spans:
        outside = re.sub(r"《[^》]*》", lambda m: "□" * len(m.group()), span.cut(text))
        match = re.search(table["year"], outside)
        if match:
            _keep_period(int(match["a"]), int(match["a"]), span.start, match, result, "title-year")
            return
        match = re.search(table["five_year"], outside)
        if match and ("规划" in outside or "计划" in outside):
            first = five_year_start(han_to_int(match["n"]))
            _keep_period(first, first + 4, span.start, match, result, "five-year-plan")
            return
    for part in _provisions_text(outline):
        match = re.search(table["text"], part.cut(text))
        if match:
            _keep_period(int(match["a"]), int(match["b"]), part.start, match, result, "stated-period")
            return


def _provisions_text(outline: Outline) -> list[Span]:
    spans: list[Span] = []
    stack = list(outline.nodes)[:2]
    while stack:
        node = stack.pop(0)
        spans += node.body_spans
        stack = list(node.children) + stack
    return spans


def _keep_period(first: int, last: int, offset: int, match: re.Match[str], result: Metadata, rule: str) -> None:
    if first <= last:
        result.facts["period"] = Stated((first, last), (Span(offset + match.start(), offset + match.end()),), rule)
