"""Faults in what GB/T 9704 and catalogues of open data ask of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from benchmarks.faults.ground import Ground, term
from benchmarks.faults.model import Claim, Edit, Fact, Planting, mutation
from benchmarks.faults.of_data import instead, literal, without
from benchmarks.faults.of_head import apart, every, spans_of
from kg import vocab
from kg.model import Span, Stated

_NUMBER = re.compile(r"〔(\d{4})〕\s*(\d+)")
DATES = frozenset({"plan dates"})
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def _squared(value: str) -> str:
    """The reader puts 〔〕 for any brackets, so this is a fault of the graph."""
    return value.replace("〔", "[").replace("〕", "]")


without("plan-topic", ("Plan",), (vocab.DCTERMS_SUBJECT,))
without("source-file-facts", ("SourceFile",), ("sha256",))


def _number(ground: Ground) -> tuple[str, re.Match[str]] | None:
    """The document number as it stands in the text, with its year and its own number."""
    stated = ground.record.document_number
    if stated is None:
        return None
    said = ground.cut(stated.spans[0])
    parts = _NUMBER.search(said)
    return (said, parts) if parts else None


instead("document-number-form", "document number in square brackets", ("Plan",), "documentNumber", _squared)


@mutation("document number of another year", "document-number-year")
def _other_year(ground: Ground) -> Iterator[Planting]:
    """〔2019〕 on a plan of 2022."""
    found, issued = _number(ground), ground.record.issued
    if found and issued and isinstance(issued.value, date) and str(issued.value.year) == found[1][1]:
        said, parts = found
        edits = every(ground, said, said[: parts.start(1)] + str(issued.value.year - 3) + said[parts.end(1) :])
        yield Planting((Claim("document-number-year", ""),), apart(edits), zone=DATES | {"plan number"})


def _with_year(ground: Ground, fact: Stated[date] | None, year: int) -> list[Edit]:
    """A date with another year, where it is written with all its figures."""
    if fact is None:
        return []
    return [
        Edit(span.start + m.start(), span.start + m.end(), str(year))
        for span in fact.spans
        for m in [_YEAR.match(ground.cut(span))]
        if m and re.search(r"\d日?$", ground.cut(span)) and len(ground.cut(span)) > 8
    ]


@mutation("published before it was issued", "issued-after-available")
def _early(ground: Ground) -> Iterator[Planting]:
    """The page is a year older than the document."""
    published, issued = ground.record.published, ground.record.issued
    if published and issued and published.spans != issued.spans:
        edits = _with_year(ground, published, issued.value.year - 1)
        if edits:
            explains = (Claim("metadata-conflict", ""),)
            yield Planting((Claim("issued-after-available", ""),), tuple(edits), explains=explains, zone=DATES)


@mutation("issued when the period was over", "issued-after-period")
def _too_late(ground: Ground) -> Iterator[Planting]:
    """The year under the signature is wrong."""
    issued, period = ground.record.issued, ground.record.period
    if issued and period and period.spans != issued.spans:
        edits = _with_year(ground, issued, period.value[1] + 1)
        if edits:
            rules = ("document-number-year", "issued-after-available", "metadata-conflict", "basis-repealed")
            explains = tuple(Claim(rule, "") for rule in rules)
            yield Planting(
                (Claim("issued-after-period", ""),), tuple(edits), explains=explains, hides=explains, zone=DATES
            )


@mutation("addressees left out", "plan-addressee")
def _no_addressee(ground: Ground) -> Iterator[Planting]:
    """The notice begins without saying to whom."""
    spans = spans_of(*ground.record.addressees)
    if spans:
        start, end = min(spans).start, max(span.end for span in spans)
        line = ground.text.rfind("\n", 0, start) + 1
        stop = ground.text.find("\n", end)
        if ground.text[line:start].strip() == "" and stop - end < 6:
            claims = (Claim("agency-type", "agency/*"),)
            yield Planting(
                (Claim("plan-addressee", ""),),
                (Edit(line, stop + 1, ""),),
                hides=claims,
                zone=frozenset({"plan addressee"}),
            )


@mutation("sealed by another", "plan-sealed-for")
def _sealed(ground: Ground) -> Iterator[Planting]:
    """Another body's seal under the plan."""
    plan, body = ground.node(""), next((n for n in ground.all("Agency")), "")
    if body and not ground.values(plan, "sealedBy"):
        new = frozenset({Fact(plan, term("sealedBy"), body)})
        yield Planting((Claim("plan-sealed-for", ""),), new=new, zone=frozenset({"plan sealedBy"}))


@mutation("page and document differ", "metadata-conflict")
def _conflict(ground: Ground) -> Iterator[Planting]:
    """The page gives another day of issue than the signature."""
    issued = ground.record.issued
    if issued is None or issued.rule != "signature" or ground.record.title.spans[0].start < 3:
        return
    if re.search(r"生成日期|成文日期", ground.text):
        return
    other = date(issued.value.year, 1 if issued.value.month > 2 else 11, 17).isoformat()
    explains = (Claim("plan-title", ""), Claim("issued-after-available", ""))
    yield Planting(
        (Claim("metadata-conflict", ""),), (Edit(0, 0, f"成文日期：{other}\n"),), explains=explains, zone=DATES
    )


@mutation("no longer in force", "plan-in-force")
def _repealed(ground: Ground) -> Iterator[Planting]:
    """The page says that the plan was repealed."""
    status = ground.record.status
    if status and ground.cut(status.spans[0]).strip() in ("有效", "是"):
        span = status.spans[0]
        said = "失效" if ground.cut(span).strip() == "有效" else "否"
        yield Planting((Claim("plan-in-force", ""),), (Edit(*span, said),), zone=frozenset({"plan status"}))


@mutation("no longer in force, as data", "plan-in-force")
def _repealed_data(ground: Ground) -> Iterator[Planting]:
    """The plan is marked as repealed."""
    plan = ground.node("")
    gone = frozenset(ground.about(plan, "status"))
    new = frozenset({Fact(plan, term("status"), literal("已废止"))})
    yield Planting((Claim("plan-in-force", ""),), gone=gone, new=new, zone=frozenset({"plan status"}))


@mutation("day of publication left out", "published-on")
def _not_published(ground: Ground) -> Iterator[Planting]:
    """The page does not say when it was put up."""
    published, issued = ground.record.published, ground.record.issued
    if published and (issued is None or published.spans != issued.spans):
        hides = (Claim("issued-after-available", ""), Claim("metadata-conflict", ""))
        edits = [Edit(*span, "") for span in published.spans]
        yield Planting((Claim("published-on", ""),), apart(edits), hides=hides, zone=DATES)


@mutation("topic left out", "plan-topic")
def _no_topic(ground: Ground) -> Iterator[Planting]:
    """The page does not say what the plan is about."""
    spans = spans_of(*ground.record.subjects)
    if spans and ground.values(ground.node(""), vocab.DCTERMS_SUBJECT):
        edits = [edit for span in spans for edit in _line_of(ground, span)]
        yield Planting((Claim("plan-topic", ""),), apart(edits), zone=frozenset({"plan subject"}))


def _line_of(ground: Ground, span: Span) -> list[Edit]:
    return [Edit(span.start, span.end, "")]


@mutation("address of the page lost", "published-where")
def _nowhere(ground: Ground) -> Iterator[Planting]:
    """Where the page was found is not kept."""
    for node in ground.all("SourceFile"):
        gone = frozenset(ground.about(node, vocab.DCTERMS_SOURCE))
        if gone:
            yield Planting((Claim("published-where", ""),), gone=gone, zone=frozenset({"plan source"}))
