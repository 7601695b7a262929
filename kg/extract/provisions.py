"""Which numbered parts are sections, actions, tasks and safeguards."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace

from kg.extract.responsibility import Assignment, Rule, assign
from kg.lexicon import rank_of, rules
from kg.model import Node, Provision, Span


@dataclass(frozen=True, slots=True)
class Part:
    """A node with what it says about who acts; `children` are parts of their own."""

    node: Node
    assignment: Assignment
    spans: tuple[Span, ...]  # text without statements, of merged children too
    children: tuple[Part, ...]


def read_parts(text: str, nodes: tuple[Node, ...], rule: Rule | None) -> tuple[Part, ...]:
    """The nodes with their statements cut out; lists that are mere pieces of a sentence are merged into their item."""
    return tuple(_part(text, node, rule) for node in nodes)


def _part(text: str, node: Node, rule: Rule | None) -> Part:
    assignment = assign(text, node, rule)
    children = read_parts(text, node.children, rule)
    spans = _without(text, node.body_spans, assignment)
    if children and _are_pieces(text, node, children):
        below = _flat(children)
        whole = replace(
            node,
            body_spans=node.body_spans + tuple(c.node.span for c in below),
            statement_spans=node.statement_spans + tuple(s for c in below for s in c.node.statement_spans),
            children=(),
        )
        merged = assign(text, _clean_overlaps(whole), rule)
        return Part(whole, merged, _without(text, _clean_overlaps(whole).body_spans, merged), ())
    return Part(node, assignment, spans, children)


def _clean_overlaps(node: Node) -> Node:
    """Body spans of a merged item without its statement lines."""
    spans = []
    for span in node.body_spans:
        start = span.start
        for cut in sorted(s for s in node.statement_spans if s.start < span.end and s.end > span.start):
            if cut.start > start:
                spans.append(Span(start, cut.start))
            start = max(start, cut.end)
        if start < span.end:
            spans.append(Span(start, span.end))
    return replace(node, body_spans=tuple(spans))


def _flat(parts: tuple[Part, ...]) -> list[Part]:
    return [p for part in parts for p in (part, *_flat(part.children))]


def _without(text: str, spans: tuple[Span, ...], assignment: Assignment) -> tuple[Span, ...]:
    """Spans with the statements taken out and blanks trimmed."""
    kept: list[Span] = []
    for span in spans:
        start = span.start
        for statement in assignment.statements:
            cut = statement.span
            if cut.start < span.end and cut.end > start:
                if cut.start > start:
                    kept.append(Span(start, cut.start))
                start = max(start, min(cut.end, span.end))
        if start < span.end:
            kept.append(Span(start, span.end))
    trimmed = [_trim(text, span) for span in kept]
    return tuple(s for s in trimmed if s.end > s.start and (s.cut(text).strip("。.; ") or s is trimmed[0]))


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _are_pieces(text: str, node: Node, children: tuple[Part, ...]) -> bool:
    """Whether numbered children are pieces of one sentence, not units of work with texts of their own."""
    if node.style in ("chapter", "box") or any(c.children for c in children):
        return False
    if any(c.assignment.responsibilities for c in children):
        return False
    ranks = rank_of()
    if ranks[children[0].node.style] <= ranks["han-bracket"]:
        return False
    lead_in = "".join(s.cut(text) for s in node.body_spans).rstrip()
    bodies = ["".join(s.cut(text) for s in c.node.body_spans).strip() for c in children]
    if sum(b.endswith((";", "；")) for b in bodies) * 2 >= len(bodies):
        return True
    if ranks[children[0].node.style] >= ranks["arabic-bracket"]:
        return True
    if lead_in.endswith((":", "：")) and len(lead_in) > 40:
        return True
    return all(len(b) < 30 and "。" not in b[:-1] for b in bodies) and len(lead_in) > 40


def classify(text: str, parts: tuple[Part, ...]) -> tuple[Provision, ...]:
    """The provisions of a plan in reading order, each counted among its class."""
    found: list[Provision] = []
    counts: Counter[str] = Counter()
    tasks: list[Part] = []
    for part in parts:
        _walk(text, part, None, None, False, found, counts, tasks)
    return tuple(found)


def _matches(kind: str, title: str) -> bool:
    return bool(re.search(rules("chapters")[kind]["pattern"], title))


def _walk(
    text: str,
    part: Part,
    section: str | None,
    action: str | None,
    safeguarding: bool,
    found: list[Provision],
    counts: Counter[str],
    tasks: list[Part],
) -> None:
    node = part.node
    kind = _kind(part, section, action, safeguarding, tasks)
    counts[kind] += 1
    found.append(
        Provision(
            key=node.key,
            kind=kind,
            number=node.number,
            ordinal=counts[kind],
            title=_written(text, node),
            repaired_title=None,  # type: ignore[arg-type]
            text=joined(text, part.spans),
            spans=part.spans,
            section=None if action else section,
            action=action,
            responsibilities=part.assignment.responsibilities,
            rule="restored-number" if node.restored else "numbering",
            confidence=0.9 if node.restored else 1.0,
        )
    )
    if kind in ("Task", "SafeguardMeasure") and not part.children:
        tasks += [part] if kind == "Task" else []
        return
    deeper_section = node.key if kind == "Section" else section
    deeper_action = node.key if kind == "Action" else action
    for child in part.children:
        if kind == "Section" and _is_background(part, section):
            _walk_background(text, child, node.key, found, counts)
        else:
            _walk(
                text,
                child,
                deeper_section,
                deeper_action,
                safeguarding or _matches("safeguard", node.title),
                found,
                counts,
                tasks,
            )


def _walk_background(text: str, part: Part, section: str, found: list[Provision], counts: Counter[str]) -> None:
    counts["Section"] += 1
    found.append(
        Provision(
            part.node.key,
            "Section",
            part.node.number,
            counts["Section"],
            _written(text, part.node),
            None,
            joined(text, part.spans),
            part.spans,
            section,
            None,
        )
    )
    for child in part.children:
        _walk_background(text, child, part.node.key, found, counts)


def _is_background(part: Part, section: str | None) -> bool:
    return _matches("background", part.node.title) and not any(p.assignment.responsibilities for p in _flat((part,)))


def _kind(part: Part, section: str | None, action: str | None, safeguarding: bool, tasks: list[Part]) -> str:
    node = part.node
    if _is_background(part, section):
        return "Section"
    if part.children:
        leaves = [c for c in part.children if not c.children and not _is_background(c, node.key)]
        below = safeguarding or _matches("safeguard", node.title)
        working = [c for c in leaves if not (below and _is_safeguard(c, tasks))]
        return "Action" if working else "Section"
    if (safeguarding or _matches("safeguard", node.title)) and _is_safeguard(part, tasks):
        return "SafeguardMeasure"
    return "Task"


def _is_safeguard(part: Part, tasks: list[Part]) -> bool:
    """Neither a responsible body nor a number that continues the tasks' own count."""
    if part.assignment.responsibilities:
        return False
    if not tasks:
        return True
    last = [t for t in tasks if t.node.style == part.node.style]
    continuous = len(last) > 1 and any(
        b.node.value == a.node.value + 1 and b.node.key.rsplit("-", 1)[0] != a.node.key.rsplit("-", 1)[0]
        for a, b in itertools.pairwise(last)
    )
    return not (
        continuous
        and last
        and part.node.value > last[0].node.value
        and part.node.value > len(last) - 1
        and part.node.value >= last[-1].node.value
    )


def _written(text: str, node: Node) -> str:
    """The heading in the document's own characters."""
    return node.title_span.cut(text).strip() if node.title_span else ""


def joined(text: str, spans: tuple[Span, ...]) -> str:
    """The texts of several spans; what stood on lines of its own keeps them."""
    pieces = []
    for i, span in enumerate(spans):
        if i:
            between = text[spans[i - 1].end : span.start]
            pieces.append("\n" if "\n" in between else "")
        pieces.append("\n".join(line.strip() for line in span.cut(text).split("\n") if line.strip()))
    return "".join(pieces)
