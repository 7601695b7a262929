"""Tables that divide the work: each row a task with its bodies and its deadline."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.provisions import counted
from kg.extract.quantities import Calendar, find_dates
from kg.extract.responsibility import Rule, settle
from kg.extract.statements import Member, Statement, kind_of, parse_statement
from kg.extract.tables.grid import Grid, whole, words
from kg.extract.tables.matching import Row, align, plain
from kg.item_numbers import match_number
from kg.item_titles import split_title
from kg.lexicon import rules
from kg.model import Cell, Finding, Provision, Responsibility, Span, Stated

_RULE = "division-table"
_SURE = 0.95
_PART = {"lead": "lead-list", "support": "support", "duty": "duty"}


def read_divisions(
    text: str, grids: tuple[Grid, ...], provisions: tuple[Provision, ...], rule: Rule | None, calendar: Calendar
) -> tuple[tuple[Provision, ...], tuple[Finding, ...]]:
    """The provisions with what the tables of work add to them: bodies and deadlines to tasks that the text has, else new tasks.

    A row and a task are the same where `align` says so.
    """
    found = list(provisions)
    findings: list[Finding] = []
    for n, grid in enumerate((g for g in grids if g.kind == "division"), 1):
        rows = _rows(text, grid, rule, calendar)
        body = [p for p in found if p.kind in ("Task", "SafeguardMeasure") and not p.key.startswith("table")]
        new: list[Row] = []
        for row, match in zip(rows, align(text, rows, body), strict=True):
            if match is None:
                new.append(row)
                continue
            at = next(i for i, p in enumerate(found) if p.key == match.key)
            found[at], added = _joined(found[at], row)
            findings += added
        if new:
            found, added = _with_tasks(text, grid, f"table{n}", new, found)
            findings += added
    return counted(found), tuple(findings)


# ---------------------------------------------------------------- rows


def _rows(text: str, grid: Grid, rule: Rule | None, calendar: Calendar) -> list[Row]:
    texts = [c for c, k in enumerate(grid.columns) if k in ("category", "task", "goal")]
    unit = _unit_columns(grid, texts)
    rows: list[Row] = []
    banner: tuple[Cell, ...] = ()
    for r in grid.rows():
        cells = list(dict.fromkeys(grid.place[r, c] for c in range(grid.table.columns) if (r, c) in grid.place))
        if len(cells) == 1 and grid.table.columns > 1:  # a row that is one cell: the heading of those below
            banner = tuple(cells) if words(text, cells[0]) else banner
            continue
        own = [grid.place[r, c] for c in unit if (r, c) in grid.place]
        own = [c for c in dict.fromkeys(own) if c.spans and c.row == r]
        if not own:
            continue
        beside = [grid.place[r, c] for c in texts if c not in unit and (r, c) in grid.place]
        groups = tuple(dict.fromkeys([*banner, *(c for c in beside if c.spans)]))
        row = _row(text, grid, r, own, groups, rule)
        if row is not None:
            rows.append(replace(row, deadline=_deadline(text, grid, r, calendar)))
    return rows


def _unit_columns(grid: Grid, texts: list[int]) -> list[int]:
    """The columns whose cells are the unit of work: the rightmost of task, and those left of it that are not merged over rows."""
    tasks = [c for c in texts if grid.columns[c] == "task"] or texts[-1:]
    merged = {c: any(cell.row_span > 1 for cell in _column(grid, c)) for c in texts}
    return [c for c in tasks if not merged[c]] or tasks[-1:]


def _column(grid: Grid, column: int) -> set[Cell]:
    return {grid.place[r, column] for r in grid.rows() if (r, column) in grid.place}


def _row(text: str, grid: Grid, r: int, own: list[Cell], groups: tuple[Cell, ...], rule: Rule | None) -> Row | None:
    spans = [s for cell in own for s in cell.spans]
    printed = match_number(spans[0].cut(text))
    if printed is not None:
        spans[0] = Span(spans[0].start + printed.end, spans[0].end)
    numbers = [w for cell in grid.cells(r, "number") if (w := words(text, cell))]
    number = numbers[0] if numbers else printed.shown if printed else ""
    first = spans[0].cut(text)
    # A cell of its own for the heading, or a paragraph: the whole of it; else as in running text.
    end = len(first.rstrip("。;:")) if len(spans) > 1 and len(first) <= 60 else split_title(first)[0]
    title = Span(spans[0].start, spans[0].start + end)
    if title.end <= title.start:
        return None
    duties, findings = _duties(text, grid, r, rule)
    return Row(number, tuple(spans), title, groups, duties, None, findings)


def _deadline(text: str, grid: Grid, r: int, calendar: Calendar) -> Stated[str] | None:
    for cell in grid.cells(r, "deadline"):
        span = whole(cell)
        found = find_dates(text, span.start, span.end, calendar) if span else []
        if found:
            return Stated(found[-1].value, (found[-1].span,), _RULE, _SURE)
    return None


def _duties(text: str, grid: Grid, r: int, rule: Rule | None) -> tuple[tuple[Responsibility, ...], tuple[Finding, ...]]:
    """The bodies of a row, column by column; 牵头 columns lead, the others by the rules of running text."""
    members: list[Member] = []
    findings: list[Finding] = []
    places: dict[Member, Span] = {}
    ruled: Span | None = rule.span if rule else None
    for column, kind in enumerate(grid.columns):
        if kind not in _PART or (r, column) not in grid.place:
            continue
        cell = _said(text, grid, r, column)
        span = whole(cell) if cell else None
        if span is None or cell is None or re.fullmatch(rules("tables")["empty"]["pattern"], words(text, cell)):
            continue
        parsed = parse_statement(text, Statement(span, span, True))
        findings += parsed.findings
        ruled = parsed.rule_span or ruled
        for member in parsed.members:
            member = replace(member, part=_PART[kind]) if member.part == "duty" else member
            if not any(m.text == member.text and m.part == member.part for m in members):
                members.append(member)
                places[member] = span
    duties = []
    for n, (member, role, basis) in enumerate(settle(tuple(members), by_first=ruled is not None), 1):
        kind = kind_of(member)
        duties.append(
            Responsibility(
                agency_text=member.text,
                agency_kind=kind,  # type: ignore[arg-type]
                role=role,
                basis=basis,
                position=n,
                spans=member.spans,
                statement_span=places[member],
                basis_span=ruled if basis == "FirstListedRule" else None,
                open_list=member.open_list,
                full_text=member.full if kind == "agency" else None,
                rule=_RULE,
                confidence=_SURE,
            )
        )
    return tuple(duties), tuple(findings)


def _said(text: str, grid: Grid, r: int, column: int) -> Cell | None:
    """The cell of a place; where it says 同上, the one above."""
    while r >= grid.body:
        cell = grid.place.get((r, column))
        if cell is None or not re.fullmatch(rules("tables")["ditto"]["pattern"], words(text, cell)):
            return cell
        r = cell.row - 1
    return None


# ---------------------------------------------------------------- rows and the running text


def _joined(provision: Provision, row: Row) -> tuple[Provision, list[Finding]]:
    """A task of the running text with what the row adds; what the text says itself stays as it says it."""
    duties = list(provision.responsibilities)
    known = {d.full_text or d.agency_text for d in duties}
    for duty in row.duties:
        if (duty.full_text or duty.agency_text) in known:
            continue
        known.add(duty.full_text or duty.agency_text)
        duties.append(replace(duty, position=len(duties) + 1))
    findings = [replace(f, about=provision.key) for f in row.findings]
    return (
        replace(provision, responsibilities=tuple(duties), deadline=provision.deadline or row.deadline),
        findings,
    )


def _with_tasks(
    text: str, grid: Grid, key: str, rows: list[Row], provisions: list[Provision]
) -> tuple[list[Provision], list[Finding]]:
    """The provisions with the rows as tasks, at the place of the table."""
    start = grid.table.span.start
    at = next((i for i, p in enumerate(provisions) if p.spans and p.spans[0].start > start), len(provisions))
    before = provisions[at - 1] if at else None
    findings: list[Finding] = []
    made: list[Provision] = []
    above: str | None = None
    section = before.section if before else None
    if before and before.kind in ("Task", "Section") and not before.responsibilities and _is_heading(before):
        # A heading that holds nothing but the table: 二、重点任务, and the table below it.
        provisions[at - 1] = replace(before, kind="Action")
        above = before.key
    elif before and before.kind == "Action":
        above = before.key
    elif before and before.action:
        above = before.action
    caption = _caption(text, start) if above is None else None
    if caption is not None:
        made.append(_provision(text, key, "Action", "", caption, (caption,), section, None))
        above = key
    groups: dict[tuple[Cell, ...], str] = {}
    for n, row in enumerate(rows, 1):
        action = above
        if row.group:
            if row.group not in groups:
                groups[row.group] = f"{key}-g{len(groups) + 1}"
                span = whole(row.group[-1])
                assert span is not None
                printed = match_number(span.cut(text))
                own = Span(span.start + (printed.end if printed else 0), span.end)
                shown = printed.shown if printed else ""
                made.append(_provision(text, groups[row.group], "Action", shown, own, (own,), section, above))
            action = groups[row.group]
        own_key = f"{key}-{n}"
        task = _provision(text, own_key, "Task", row.number, row.title, row.spans, None if action else section, action)
        made.append(replace(task, responsibilities=row.duties, deadline=row.deadline))
        findings += [replace(f, about=own_key) for f in row.findings]
    return [*provisions[:at], *made, *provisions[at:]], findings


def _is_heading(provision: Provision) -> bool:
    return len(plain(provision.text)) <= len(plain(provision.title)) + 40


def _caption(text: str, start: int) -> Span | None:
    """The short line above a table that names it."""
    at = start
    for _ in range(3):
        end = len(text[:at].rstrip())
        line = text.rfind("\n", 0, end) + 1
        words = text[line:end]
        if not words.strip() or len(words) > 40 or "。" in words:
            return None
        if re.search(rules("tables")["caption"]["pattern"], words):
            shift = len(words) - len(words.lstrip())
            return Span(line + shift, end)
        at = line
    return None


def _provision(
    text: str,
    key: str,
    kind: str,
    number: str,
    title: Span,
    spans: tuple[Span, ...],
    section: str | None,
    action: str | None,
) -> Provision:
    return Provision(
        key=key,
        kind=kind,  # type: ignore[arg-type]
        number=number,
        ordinal=0,
        title=re.sub(r"\s*\n\s*", "", title.cut(text)).strip(),
        repaired_title=None,
        text="\n".join(s.cut(text) for s in spans),
        spans=spans,
        section=section,
        action=action,
        rule=_RULE,
        confidence=_SURE,
    )
