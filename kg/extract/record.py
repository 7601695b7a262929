"""The stage itself: every kind of fact read in turn."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.annex import about_joined, join_annex
from kg.extract.citations import basis_lists, read_citations
from kg.extract.crowd import read_crowd_groups
from kg.extract.genre import refuse_no_plan
from kg.extract.headings import repair_headings
from kg.extract.initiatives import read_initiatives
from kg.extract.metadata import read_metadata
from kg.extract.provisions import Part, classify, read_parts
from kg.extract.quantities import Calendar, find_dates, read_quantities
from kg.extract.responsibility import document_rule
from kg.extract.tables import read_divisions, read_grids, read_indicators
from kg.model import Finding, Outline, PlanRecord, Provision, Source, Span, Stated
from kg.numerals import fold, is_day


def extract(source: Source, outline: Outline) -> PlanRecord:
    """What one document says, in its own words.

    Raises `NotAPlanError` where the text holds no plan: no title that names a kind of plan, or nothing to be done.
    """
    text = fold(source.text)
    metadata = read_metadata(source, outline)
    rule = document_rule(text)
    parts = read_parts(text, outline.nodes, rule)
    annex = read_parts(text, outline.annex_nodes, rule)
    findings = [*source.findings, *outline.findings, *metadata.findings, *_statement_findings((*parts, *annex))]
    calendar = _calendar(outline.title, metadata.facts)

    def provisions_of(read: tuple[Part, ...]) -> tuple[Provision, ...]:
        found = zip(classify(source.text, read), _in_order(read), strict=True)
        return tuple(_complete(text, p, part, calendar) for p, part in found)

    listed = provisions_of(annex)
    provisions, became = join_annex(text, provisions_of(parts), listed)
    findings = list(about_joined(findings, listed, became))
    provisions, mended = repair_headings(provisions)
    findings += mended
    grids = read_grids(text, source)
    provisions, tabled = read_divisions(text, grids, provisions, rule, calendar)
    findings += tabled
    refuse_no_plan(source, outline, provisions, metadata.facts)
    body = tuple(s for p in provisions for s in p.spans)
    citations, repaired = read_citations(
        text, source.text, outline.preamble_spans, outline.notice_spans, body, outline.title, basis_lists(outline.nodes)
    )
    findings += repaired
    findings += _years_run_in(text, provisions)
    findings += _impossible_days(text, provisions)
    if not outline.title:
        findings.append(Finding("no-title", "error", ()))
    if "period" not in metadata.facts:
        findings.append(Finding("no-period", "info", ()))
    facts = {"issuers": (), **metadata.facts}
    period = metadata.facts.get("period")
    indicators = read_indicators(text, source.text, grids, period.value if isinstance(period, Stated) else None)
    return PlanRecord(
        source=source,
        citations=citations,
        provisions=provisions,
        quantities=(
            *read_quantities(
                text,
                source.text,
                provisions,
                preamble=outline.preamble_spans,
                calendar=calendar,
                tables=tuple(t.span for t in source.tables),
            ),
            *indicators,
        ),
        findings=tuple(sorted(findings, key=lambda f: (f.spans[0] if f.spans else Span(0, 0), f.code, f.about))),
        **facts,
    )


def _calendar(title: str, facts: dict[str, object]) -> Calendar:
    """What 年底前 and 今年 mean in the plan, and which years are past: those before its issue or its period."""
    issued, period = facts.get("issued"), facts.get("period")
    year = issued.value.year if isinstance(issued, Stated) else None
    start, end = period.value if isinstance(period, Stated) else (None, None)
    named = re.search(r"(?<![\d—–~～至-])(20\d\d)\s?年(?!\s?[—–~～至-])", title)
    this = start if start is not None and start == end else int(named[1]) if named else year
    return Calendar(this, end, min((y for y in (year, start) if y is not None), default=None))


def _in_order(parts: tuple[Part, ...]) -> list[Part]:
    return [p for part in parts for p in (part, *_in_order(part.children))]


def _statement_findings(parts: tuple[Part, ...]) -> list[Finding]:
    """Findings about names, hung to the responsibility that they are about."""
    found = []
    for part in _in_order(parts):
        for finding in part.assignment.findings:
            about = part.node.key
            low, high = (finding.spans[0].start, finding.spans[-1].end) if finding.spans else (0, 0)
            for duty in part.assignment.responsibilities if finding.spans else ():
                if any(s.start >= low and s.end <= high for s in duty.spans):
                    about = f"{part.node.key}/responsibility/{duty.position}"
                    found.append(replace(finding, about=about))
                    if finding.code not in ("split-agencies", "coordinated-name"):
                        break
            else:
                if about == part.node.key:
                    found.append(replace(finding, about=about))
    return found


def _complete(text: str, provision: Provision, part: Part, calendar: Calendar) -> Provision:
    """A provision with what its text says beside the statement: groups, initiatives, deadline."""
    title_length = part.node.title_span.end - part.node.title_span.start if part.node.title_span else 0
    deadline = None
    if part.assignment.deadline is not None:
        span = part.assignment.deadline
        found = find_dates(text, span.start, span.end, calendar)
        if found:
            deadline = Stated(found[-1].value, (found[-1].span,), "deadline-label")
    groups, initiatives = read_crowd_groups(text, provision, title_length), read_initiatives(text, provision)
    if not (groups or initiatives or deadline):
        return provision
    return replace(provision, crowd_groups=groups, initiatives=initiatives, deadline=deadline)


_DAY = re.compile(r"(?:(?P<y>(?:19|20)\d\d)\s?年\s?)?(?<!\d)(?P<m>\d{1,2})\s?月(?:\s?(?P<d>\d{1,2})\s?日(?!均|常|产))?")
_LEAP = 2024  # a year that has every day
_YEAR_WITHOUT_WORD = re.compile(r"(20(?<![\d—\-－~～至]20)[1-4]\d)(?=[在底末前起]|各|将|要)(?!年)")


def _impossible_days(text: str, provisions: tuple[Provision, ...]) -> list[Finding]:
    """Days that no calendar has, which no deadline is made of: 2025年2月30日."""
    return [
        Finding("impossible-date", "warning", (Span(m.start(), m.end()),), p.key, original=m.group())
        for p in provisions
        for span in p.spans
        for m in _DAY.finditer(text, span.start, span.end)
        if (m["y"] or m["d"]) and not is_day(f"{m['y'] or _LEAP}-{m['m']}" + (f"-{m['d']}" if m["d"] else ""))
    ]


def _years_run_in(text: str, provisions: tuple[Provision, ...]) -> list[Finding]:
    """Years whose 年 the page lost, so that they run into the next word: 2025在各单位."""
    return [
        Finding(
            "year-run-in",
            "info",
            (Span(m.start(), m.end()),),
            p.key,
            repaired=m[1] + "年",
            original=text[m.start() : m.end() + 4],
            confidence=0.9,
        )
        for p in provisions
        for span in p.spans
        for m in _YEAR_WITHOUT_WORD.finditer(text, span.start, span.end)
    ]
