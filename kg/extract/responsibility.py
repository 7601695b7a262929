"""Statements → responsibilities: roles and bases as annotators settle them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.statements import (
    Member,
    Parsed,
    Statement,
    find_statements,
    first_listed_rule,
    kind_of,
    parse_statement,
)
from kg.model import Basis, Finding, Node, Responsibility, Role, Span


@dataclass(frozen=True, slots=True)
class Rule:
    """The document's sentence that makes the first of a list its lead, and from where on it holds."""

    span: Span
    since: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one item says about who acts."""

    responsibilities: tuple[Responsibility, ...]
    statements: tuple[Statement, ...]
    deadline: Span | None
    findings: tuple[Finding, ...]


def document_rule(text: str) -> Rule | None:
    """The rule about the first listed body where it holds beyond its own list: stated with 下同, or outside any list.

    >>> document_rule("(甲局、乙局负责,排在第一位的部门为牵头部门,下同)") is None
    False
    """
    at = 0
    while (found := first_listed_rule(text, at, len(text))) is not None:
        span, below = found
        line_start = text.rfind("\n", 0, span.start) + 1
        before = text[line_start : span.start]
        inside_list = bool(re.search(r"(?:单位|部门|主体)\s*:|负责|、", before.rsplit("。", 1)[-1])) or bool(
            re.search(r"(?:单位|部门)\s*:", before)
        )
        if below:
            return Rule(span, line_start)
        if not inside_list:
            return Rule(span, 0)
        at = span.end
    return None


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
        for member, role, basis in settle(parsed.members, by_first=ruled is not None):
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
                    rule="labelled-statement" if statement.labelled else "bracketed-statement",
                )
            )
    return Assignment(tuple(entries), statements, deadline, tuple(findings))


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
                Statement(span if len(group) > 1 else first.span, first.inner, first.labelled),
                Parsed(
                    tuple(m for _, p in group for m in p.members),
                    next((p.rule_span for _, p in group if p.rule_span), None),
                    any(p.same_below for _, p in group),
                    next((p.deadline for _, p in group if p.deadline), None),
                    tuple(f for _, p in group for f in p.findings),
                ),
            )
        )
    return result


def settle(members: tuple[Member, ...], *, by_first: bool) -> list[tuple[Member, Role, Basis]]:
    """Roles and bases of one statement's members, by the table of the annotation guide.

    A statement that names its own leads wins over a rule about the first; one body alone leads; several share.
    """
    leads = [m for m in members if m.part in ("lead", "lead-list")]
    if leads:
        listed = by_first and len(leads) > 1 and all(m.part == "lead-list" for m in leads)
        if listed:
            return [
                (m, "Lead" if m is leads[0] else "Support", "FirstListedRule" if m in leads else "Stated")
                for m in members
            ]
        return [(m, "Lead" if m in leads else "Support", "Stated") for m in members]
    if by_first and members:
        return [(m, "Lead" if i == 0 else "Support", "FirstListedRule") for i, m in enumerate(members)]
    if len(members) == 1:
        only = members[0]
        alone = kind_of(only) == "agency" and not only.open_list and only.part == "duty"
        return [
            (only, "Lead", "SoleAgency")
            if alone
            else (only, "Support" if only.part == "support" else "Joint", "Stated")
        ]
    return [(m, "Support" if m.part == "support" else "Joint", "Stated") for m in members]
