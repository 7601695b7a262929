"""Statements → responsibilities: roles and bases as annotators settle them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.agency_names import is_agency_name
from kg.extract.statements import (
    Member,
    Parsed,
    Statement,
    find_statements,
    first_listed_rule,
    kind_of,
    lead_mark,
    parse_statement,
)
from kg.model import Basis, Finding, Node, Responsibility, Role, Span


@dataclass(frozen=True, slots=True)
class Rule:
    """The document's sentence that makes the first of a list its lead, and from where on it holds."""

    span: Span
    since: int
    duty_only: bool = False  # it speaks of 责任单位: who stands under 牵头单位 leads by that label


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one item says about who acts."""

    responsibilities: tuple[Responsibility, ...]
    statements: tuple[Statement, ...]  # those that are no part of the item's text
    deadline: Span | None
    findings: tuple[Finding, ...]


def document_rule(text: str) -> Rule | None:
    """The rule about the first listed body where it holds beyond its own list: stated with 下同, or outside any list.

    It holds from its line on where it says 下同 or 以下, or stands in a label; from anywhere else (preamble, footnote,
    the head of a table, the notice) it holds for the whole document.

    >>> document_rule("(甲局、乙局负责,排在第一位的部门为牵头部门,下同)") is None
    False
    >>> document_rule("责任单位:市教育局、市科协。排在第一位的为牵头单位。") is None
    True
    """
    at = 0
    while (found := first_listed_rule(text, at, len(text))) is not None:
        span, below = found
        line_start = text.rfind("\n", 0, span.start) + 1
        before = text[line_start : span.start]
        subject = re.split("[。;(]", before)[-1][-40:]
        duty_only = "责任单位" in subject and "牵头" not in subject
        if below or re.search(r"(?:单位|部门|主体)\s*[(\[【]\s*(?:注\s*:)?\s*$", before):
            return Rule(span, line_start, duty_only and ":" not in subject)
        if not _ends_a_list(text, line_start, span.start):
            return Rule(span, line_start if "以下" in before[-30:] else 0, duty_only)
        at = span.end
    return None


def _ends_a_list(text: str, line_start: int, end: int) -> bool:
    """Whether what stands before a place on its line is a list of bodies."""
    start = line_start
    while start < end:
        stop = text.find("。", start, end)
        stop = stop if stop >= 0 else end
        opened = max(text.rfind(mark, start, stop) for mark in "([【")
        for low in {start, opened + 1 if opened >= 0 else start}:
            if stop - low > 400 or not text[low:stop].strip():
                continue
            parsed = parse_statement(text, Statement(Span(low, stop), Span(low, stop), False))
            agencies = [m for m in parsed.members if is_agency_name(m.full or m.text)]
            if agencies and 2 * len(agencies) >= len(parsed.members) and not parsed.prose:
                return True
        start = stop + 1
    return False


@lru_cache(maxsize=4)
def _mark_of(text: str) -> str:
    return lead_mark(text)


def assign(text: str, node: Node, rule: Rule | None) -> Assignment:
    """The responsibilities of one node, in the order written; a body that comes again in the same role is one entry."""
    statements = find_statements(text, node.body_spans, node.statement_spans)
    entries: list[Responsibility] = []
    findings: list[Finding] = []
    deadline = None
    taken: set[tuple[str, Role]] = set()
    for statement, parsed in _joined(text, statements):
        deadline = parsed.deadline or deadline
        findings += parsed.findings
        ruled = parsed.rule_span or (rule.span if rule and statement.span.start >= rule.since else None)
        duty_only = parsed.rule_span is None and rule is not None and rule.duty_only
        settled = settle(parsed.members, by_first=ruled is not None, mark=_mark_of(text), duty_only=duty_only)
        for member, role, basis in settled:
            if (member.full or member.text, role) in taken:
                continue
            taken.add((member.full or member.text, role))
            kind = kind_of(member)
            if kind == "fragment":
                findings.append(Finding("damaged-name", "warning", member.spans, original=member.text, confidence=0.9))
            if member.full and kind == "agency":
                findings.append(
                    Finding(
                        "elided-name", "info", member.spans, original=member.text, repaired=member.full, confidence=0.9
                    )
                )
            entries.append(
                Responsibility(
                    agency_text=member.text,
                    agency_kind=kind,  # type: ignore[arg-type]
                    role=role,
                    basis=basis,
                    position=len(entries) + 1,
                    spans=member.spans,
                    statement_span=statement.span,
                    basis_span=ruled if basis == "FirstListedRule" else None,
                    open_list=member.open_list,
                    full_text=member.full if kind == "agency" else None,
                    rule=_rule(statement),
                    confidence=_sure(statement, parsed, member, kind),
                )
            )
    taken_out = tuple(statement for statement in statements if not statement.in_prose)
    return Assignment(tuple(entries), taken_out, deadline, tuple(findings))


def _rule(statement: Statement) -> str:
    return statement.rule or ("labelled-statement" if statement.labelled else "bracketed-statement")


# How sure a body's part is, by how its statement was found; a name of no known kind is less so.
_SURE = {"labelled-statement": 0.98, "bracketed-statement": 0.97, "statement": 0.85}


def _sure(statement: Statement, parsed: Parsed, member: Member, kind: str) -> float:
    sure = _SURE[_rule(statement)]
    if not statement.labelled and not parsed.has_verb:
        sure -= 0.04  # a bracket with names and no word of duty
    if statement.in_prose or parsed.prose:
        sure -= 0.1
    if kind == "fragment":
        return min(sure, 0.6)
    known = kind == "collective" or is_agency_name(member.full or member.text)
    return round(sure if known else sure - 0.12, 2)


def _joined(text: str, statements: tuple[Statement, ...]) -> list[tuple[Statement, Parsed]]:
    """Statement lines that follow each other (牵头单位:… / 配合单位:…) are read as one statement."""
    groups: list[list[tuple[Statement, Parsed]]] = []
    for statement in statements:
        parsed = parse_statement(text, statement)
        if (
            groups
            and statement.labelled
            and not text[groups[-1][-1][0].span.end : statement.span.start].strip(" \n。;,")
        ):
            groups[-1].append((statement, parsed))
        else:
            groups.append([(statement, parsed)])
    result = []
    for group in groups:
        first = group[0][0]
        span = Span(first.span.start, max(statement.span.end for statement, _ in group))
        result.append(
            (
                replace(first, span=span) if len(group) > 1 else first,
                Parsed(
                    tuple(m for _, p in group for m in p.members),
                    next((p.rule_span for _, p in group if p.rule_span), None),
                    any(p.same_below for _, p in group),
                    next((p.deadline for _, p in group if p.deadline), None),
                    tuple(f for _, p in group for f in p.findings),
                    any(p.has_verb for _, p in group),
                    any(p.prose for _, p in group),
                ),
            )
        )
    return result


def settle(
    members: tuple[Member, ...], *, by_first: bool, mark: str = "", duty_only: bool = False
) -> list[tuple[Member, Role, Basis]]:
    """Roles and bases of one statement's members, by the table of the annotation guide.

    A statement that names its own leads wins over a rule about the first; one body alone leads, also beside those who
    only take part; several share. `mark` makes the bodies that bear it leads; a rule of `duty_only` says nothing of
    those under a label of leads.
    """
    leads = [m for m in members if m.part in ("lead", "lead-list")]
    if mark and not leads:
        leads = [m for m in members if m.mark == mark]
    if leads:
        if by_first and not duty_only and len(leads) > 1 and all(m.part == "lead-list" for m in leads):
            return [
                (m, "Lead" if m is leads[0] else "Support", "FirstListedRule" if m in leads else "Stated")
                for m in members
            ]
        led = {m.full or m.text for m in leads}
        return [
            (m, "Lead" if m in leads else "Support", "Stated")
            for m in members
            # Named again in a list of all it takes no second part; among those who help it does, and contradicts itself.
            if m in leads or m.part == "support" or (m.full or m.text) not in led
        ]
    if by_first and len(members) > 1 or by_first and members and not _stands_alone(members[0]):
        return [(m, "Lead" if i == 0 else "Support", "FirstListedRule") for i, m in enumerate(members)]
    duty = [m for m in members if m.part == "duty"]
    alone = len(duty) == 1 and all(m.part == "support" for m in members if m is not duty[0])
    if alone and _stands_alone(duty[0]):
        return [(m, "Lead", "SoleAgency") if m is duty[0] else (m, "Support", "Stated") for m in members]
    return [(m, "Support" if m.part == "support" else "Joint", "Stated") for m in members]


def _stands_alone(member: Member) -> bool:
    """Whether a member is one agency, and the list that it stands in closes."""
    return kind_of(member) == "agency" and not member.open_list and member.part in ("duty", "lead-list")
