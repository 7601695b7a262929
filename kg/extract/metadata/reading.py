"""Every fact about the plan as a document, from the places that state it in the order of their weight."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kg.agency_names import is_agency_name
from kg.cited_titles import plan_type_of
from kg.extract.dates import find_date, find_number
from kg.extract.metadata.fields import read_fields
from kg.extract.metadata.notice import heading_bodies, read_notice
from kg.extract.metadata.period import read_period
from kg.extract.metadata.signature import find_cover, find_signature
from kg.model import Finding, Outline, Source, Span, Stated
from kg.numerals import fold

Fields = dict[str, tuple[str, Span]]


@dataclass(slots=True)
class Metadata:
    """What `read_metadata` returns: keyword arguments of `PlanRecord`, and findings."""

    facts: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_metadata(source: Source, outline: Outline) -> Metadata:
    """Every fact of vocabulary.md's Plan row that the page states."""
    text = fold(source.text)
    # Where the notice itself is the plan, its number and whom it addresses stand below its title.
    below = tuple(s for s in outline.preamble_spans if s.end - s.start <= 200 and not s.cut(text).endswith("。"))
    around = (*outline.head_spans, *outline.notice_spans, *below)
    fields = read_fields(text, tuple(s for s in around if not s.cut(text).endswith("。")))
    result = Metadata()
    facts = result.facts
    facts["title"] = Stated(outline.title, outline.title_spans, "title-line")
    facts["plan_type"] = plan_type_of(fold(re.sub(r"\s+", " ", outline.title)))
    if "index_number" in fields and re.search(r"\w", fields["index_number"][0]):
        facts["index_number"] = _stated(source, fields["index_number"], "head-field")
    _read_number(text, around, fields, result)
    _read_signature(text, outline, result)
    _read_issuer_fields(source, text, outline, fields, result)
    _read_dates(text, outline, fields, result)
    read_notice(source, text, outline, around, facts)
    issued: date | None = facts["issued"].value if "issued" in facts else None
    period = read_period(text, outline, issued)
    if period:
        facts["period"] = period
    if "status" in fields:
        facts["status"] = _stated(source, fields["status"], "head-field")
    if "subject" in fields:
        facts["subjects"] = (_stated(source, fields["subject"], "head-field"),)
    return result


def _stated(source: Source, field_value: tuple[str, Span], rule: str) -> Stated[str]:
    return Stated(field_value[1].cut(source.text).strip(), (field_value[1],), rule)


# ---------------------------------------------------------------- document number


def _read_number(text: str, around: tuple[Span, ...], fields: Fields, result: Metadata) -> None:
    if "document_number" in fields:
        value, span = fields["document_number"]
        found = find_number(value)
        if found:
            _keep_number(found, span.start, result, "head-field")
            return
    for span in around:
        line = span.cut(text)
        if len(line) > 120:
            continue
        found = find_number(line)
        # A line of its own, or the end of the heading: numbers behind 》 or in prose belong to other documents.
        if found and len(line) - (found[2] - found[1]) <= 8 and "》" not in line and "。" not in line:
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


# ---------------------------------------------------------------- issuers


def _read_signature(text: str, outline: Outline, result: Metadata) -> None:
    """The signing bodies and the date under them; (代章) is no part of a name."""
    facts = result.facts
    # Where the notice's heading is the plan's title, what the notice says stands below it.
    below = () if outline.notice_spans else outline.preamble_spans
    for block in (outline.notice_spans, outline.head_spans, outline.tail_spans, below):
        found = find_signature(text, block)
        if found is None:
            continue
        facts["issuers"], facts["issued"] = found.issuers, found.issued
        facts["sealed"] = found.sealed
        if found.sealed_by:
            facts["sealed_by"] = (found.sealed_by,)
        if found.repaired is not None:
            when = found.issued.value.isoformat()
            result.findings.append(
                Finding(
                    "repaired-date",
                    "warning",
                    found.issued.spans,
                    repaired=when,
                    original=found.repaired,
                    confidence=0.95,
                )
            )
        return


def _read_issuer_fields(source: Source, text: str, outline: Outline, fields: Fields, result: Metadata) -> None:
    """Who issued, where no signature says so: 发文机关 before 发布机构 before a heading, a cover, the page's source."""
    facts = result.facts
    sealed = facts.pop("sealed", False)
    for name in ("issuing_body", "publishing_body"):
        if name not in fields:
            continue
        stated = _stated(source, fields[name], "head-field")
        if "issuers" not in facts and is_agency_name(fold(stated.value)):
            facts["issuers"] = (stated,)
        elif sealed and name == "issuing_body" and "sealed_by" not in facts:
            facts["sealed_by"] = (stated,)
    if "issuers" not in facts and (found := heading_bodies(text, outline)):
        facts["issuers"] = found
    if "issued" not in facts and "issued" not in fields and (alone := _alone(text, outline)):
        facts["issued"] = alone
    bodies, when = find_cover(text, outline.preamble_spans)
    if "issuers" not in facts and bodies:
        facts["issuers"] = bodies
    if "issued" not in facts and "issued" not in fields and when:
        facts["issued"] = when
    if "issuers" not in facts and "source" in fields and is_agency_name(fields["source"][0]):
        place = fields["source"][1]
        facts["issuers"] = (Stated(place.cut(source.text).strip(), (place,), "head-field", 0.5),)


# ---------------------------------------------------------------- dates


_BEHIND_DATE = re.compile(
    r"[\d\s:]*(?:(?:来源|浏览|点击|阅读|作者|字体|字号|信息来源|文章来源|分享|打印|编辑|【|\[|\().*)?"
)


def _read_dates(text: str, outline: Outline, fields: Fields, result: Metadata) -> None:
    facts = result.facts
    for name in ("published", "issued"):
        if name in fields and name not in facts:
            found = find_date(fields[name][0])
            if found:
                start = fields[name][1].start
                facts[name] = Stated(found[0], (Span(start + found[1], start + found[2]),), "head-field")
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
    taken = {span for _, span in fields.values()} | set(facts["issued"].spans if "issued" in facts else ())
    if "published" not in facts:
        for span in (*outline.head_spans, *outline.notice_spans, *outline.preamble_spans[:2]):
            line = span.cut(text)
            if span in taken or len(line) > 80 or "年" in line[:12]:
                continue
            found = find_date(line)
            if found and found[1] == 0 and _BEHIND_DATE.fullmatch(line, found[2]):
                facts["published"] = Stated(found[0], (Span(span.start, span.start + found[2]),), "bare-date", 0.8)
                break
    if "issued" not in facts and (printed := _printed(text, outline)):
        facts["issued"] = printed
    if "issued" not in facts and "published" in facts:
        published = facts["published"]
        facts["issued"] = Stated(published.value, published.spans, "published-date", 0.6)


def _alone(text: str, outline: Outline) -> Stated[date] | None:
    """A date that stands alone where a signature stands, its bodies lost."""
    for span in (*outline.notice_spans[1:], *outline.tail_spans):
        line = span.cut(text).strip()
        if len(line) <= 24 and "年" in line and (found := find_date(line)) and found[2] - found[1] >= len(line) - 2:
            return Stated(found[0], (Span(span.start + found[1], span.start + found[2]),), "signature-date", 0.85)
    return None


def _printed(text: str, outline: Outline) -> Stated[date] | None:
    """The date of the last line of an official document: X办公室 2018年4月13日印发."""
    for span in reversed((*outline.notice_spans, *outline.tail_spans)):
        line = span.cut(text)
        if len(line) <= 60 and line.rstrip().endswith("印发") and (found := find_date(line)):
            return Stated(found[0], (Span(span.start + found[1], span.start + found[2]),), "printing-line", 0.8)
    return None
