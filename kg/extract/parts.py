"""The nodes of an outline with what they say about who acts; lists that are mere pieces of an item are put back into it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.responsibility import Assignment, Rule, assign
from kg.lexicon import rank_of, rules
from kg.model import Node, Span


@dataclass(frozen=True, slots=True)
class Part:
    """A node with what it says about who acts; `children` are parts of their own."""

    node: Node
    assignment: Assignment
    spans: tuple[Span, ...]  # text without statements, of merged children too
    children: tuple[Part, ...]
    merged: bool = False  # whether numbered pieces were put back into it


def read_parts(text: str, nodes: tuple[Node, ...], rule: Rule | None) -> tuple[Part, ...]:
    """The nodes with their statements cut out; lists that are mere pieces of a sentence are merged into their item."""
    repeated = _repeated_headings(nodes)
    return tuple(_part(text, node, rule, repeated) for node in nodes)


def flat(parts: tuple[Part, ...]) -> list[Part]:
    """The parts and all below them, in reading order."""
    return [p for part in parts for p in (part, *flat(part.children))]


def _part(text: str, node: Node, rule: Rule | None, repeated: frozenset[str]) -> Part:
    if node.children and _are_facets(node, repeated):
        return _merged(text, node, _below(node.children), rule)
    assignment = assign(text, node, rule)
    children = read_parts(text, node.children, rule)
    if children and _are_pieces(text, node, children):
        return _merged(text, node, [part.node for part in flat(children)], rule)
    return Part(node, assignment, _without(text, node.body_spans, assignment), children)


def _below(nodes: tuple[Node, ...]) -> list[Node]:
    return [n for node in nodes for n in (node, *_below(node.children))]


def _merged(text: str, node: Node, below: list[Node], rule: Rule | None) -> Part:
    """The item with the nodes below it as its own text."""
    whole = replace(
        node,
        body_spans=node.body_spans + tuple(n.span for n in below),
        statement_spans=node.statement_spans + tuple(s for n in below for s in n.statement_spans),
        children=(),
    )
    whole = _clean_overlaps(whole)
    assignment = assign(text, whole, rule)
    return Part(whole, assignment, _without(text, whole.body_spans, assignment), (), True)


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


# ---------------------------------------------------------------- what is no item of its own


@lru_cache(maxsize=1)
def _facet_words() -> frozenset[str]:
    return frozenset(rules("chapters")["facet"]["words"])


def _repeated_headings(nodes: tuple[Node, ...]) -> frozenset[str]:
    """Short headings that come again under several of the nodes: 1.投资重点 2.主要措施 under each project."""
    if len(nodes) < 2:
        return frozenset()
    counts: Counter[str] = Counter()
    for node in nodes:
        counts.update({child.title for child in node.children if 2 <= len(child.title) <= 10})
    heads = re.compile(rules("chapters")["facet"]["heads"])
    return frozenset(title for title, count in counts.items() if count >= 3 and heads.search(title))


def _are_facets(node: Node, repeated: frozenset[str]) -> bool:
    """Whether the numbered children say under set headings what the item is: its aim, its measures, its time."""
    if node.style in ("part", "chapter", "box", "") or any(
        child.style in ("chapter", "chapter-section", "article", "han-comma", "box", "") for child in node.children
    ):
        return False
    deeper = [n for child in node.children for n in child.children]
    ranks = rank_of()
    if any(ranks.get(n.style, 0) < ranks["arabic-bracket"] or n.children for n in deeper):
        return False
    if any(child.statement_spans for child in node.children[:-1]):
        return False
    return all(child.title in _facet_words() or child.title in repeated for child in node.children)


def _are_pieces(text: str, node: Node, children: tuple[Part, ...]) -> bool:
    """Whether numbered children are pieces of one sentence, not units of work with texts of their own."""
    if node.style in ("part", "chapter", "box", "") or any(c.children for c in children):
        return False
    if any(c.assignment.responsibilities for c in children):
        return False
    ranks = rank_of()
    rank = ranks.get(children[0].node.style, 0)
    if rank <= ranks["han-bracket-sign"]:
        return False
    lead_in = "".join(s.cut(text) for s in node.body_spans).rstrip()
    bodies = ["".join(s.cut(text) for s in c.node.body_spans).strip() for c in children]
    if sum(b.endswith((";", "；")) for b in bodies) * 2 >= len(bodies):
        return True
    if rank >= ranks["arabic-bracket"]:
        # (1) (2) are items only where what holds them is a bare heading and each is a heading with a text behind it;
        # under 1. a text of some length, for there they are pieces as a rule.
        bare = len(lead_in) <= 40 and "。" not in lead_in.rstrip("。") and not lead_in.endswith((":", "："))
        least = 0 if ranks.get(node.style, 0) <= ranks["han-bracket-sign"] else 40
        return not (
            bare
            and (len(bodies) > 1 or ranks.get(node.style, 0) <= ranks["han-comma"])
            and all(len(b) >= least and 0 < b.find("。") <= 40 and b.find("。") < len(b) - 1 for b in bodies)
        )
    if lead_in.endswith((":", "：")) and len(lead_in) > 40:
        return True
    return all(len(b) < 30 and "。" not in b[:-1] for b in bodies) and len(lead_in) > 40
