"""Drafts as nodes: keys, headings, what is odd in the count."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace

from kg.item_titles import closed_heading, split_by_siblings, split_title
from kg.model import Finding, Node, Span
from kg.outline.lines import Line, show_number
from kg.outline.statement_lines import STATEMENT_LABELS
from kg.outline.tree import Draft

_CHAPTERS = ("part", "chapter", "roman", "chapter-section", "han-comma", "box")
_STATEMENT_TAIL = re.compile(r"[(\[](?:" + "|".join(STATEMENT_LABELS) + r")\s*[::].*$")


_FEW = 5  # closed headings that show how a plan heads its items


def heading_lengths(tree: Draft) -> dict[str, int]:
    """Style → the length of the longest heading, where nearly all items head their text with one short phrase and a full stop."""
    closed: dict[str, list[int]] = {}
    items: dict[str, int] = {}
    stack = [tree]
    while stack:
        node = stack.pop()
        stack += node.children
        texts = [line.text for kind, line in node.lines if kind == "text"]
        if not texts or node.style in ("", *_CHAPTERS):
            continue
        items[node.style] = items.get(node.style, 0) + 1
        length = closed_heading(texts[0])
        if length is not None and length < len(texts[0]) - 1:
            closed.setdefault(node.style, []).append(length)
    return {style: max(found) for style, found in closed.items() if len(found) >= max(_FEW, 0.75 * items[style])}


def finish(
    node: Draft, prefix: str, taken: set[str], findings: list[Finding], lengths: Mapping[str, int]
) -> tuple[Node, ...]:
    """The children of a draft as nodes with keys; gaps and repeats in the count become findings."""
    nodes = []
    previous: dict[str, int] = {}
    for child in node.children:
        assert child.number is not None
        key = _key(child, prefix, taken)
        span = Span(child.start, max([child.start, *(line.end for _, line in child.lines)]))
        expected = previous.get(child.style)
        if expected is not None and child.style not in ("box", "") and child.value != expected + 1:
            code = "number-repeat" if child.value == expected else "number-gap"
            findings.append(
                Finding(
                    code,
                    "warning",
                    (Span(child.start, child.start + max(1, child.number.end)),),
                    about=key,
                    original=child.number.shown,
                    repaired=show_number(child.style, expected + 1),
                    confidence=0.9,
                )
            )
        previous[child.style] = child.value
        nodes.append(_node(child, key, span, taken, findings, lengths))
    return tuple(nodes)


def _key(child: Draft, prefix: str, taken: set[str]) -> str:
    part = f"box{child.value or ''}" if child.style == "box" else str(child.value)
    key = f"{prefix}-{part}" if prefix else part
    if key not in taken:
        taken.add(key)
        return key
    # The repeats of a number are without gap: the first that is free is found by halving.
    repeat = bisect_left(range(len(taken) + 1), True, key=lambda n: key + _letters(n) not in taken)
    taken.add(key + _letters(repeat))
    return key + _letters(repeat)


def _letters(repeat: int) -> str:
    """Nothing for the first, then b, c, …, z, aa, ab, …."""
    letters = ""
    while repeat > 0 or repeat == 0 and letters:
        letters, repeat = chr(ord("a") + repeat % 26) + letters, repeat // 26 - 1
    return letters


def _node(
    child: Draft, key: str, span: Span, taken: set[str], findings: list[Finding], lengths: Mapping[str, int]
) -> Node:
    texts = [line for kind, line in child.lines if kind == "text"]
    statements = tuple(sorted(line.span for kind, line in child.lines if kind == "statement"))
    title, title_span, lost_stop = _title(child, texts, lengths.get(child.style))
    if lost_stop and title_span is not None:
        findings.append(
            Finding(
                "split-title",
                "info",
                (title_span,),
                about=key,
                original=texts[0].text[: len(title) + 8],
                repaired=title + "。",
                confidence=0.85,
            )
        )
    number = child.number
    assert number is not None
    return Node(
        kind="box" if number.style == "box" else "heading" if child.children else "item",
        style=number.style,
        number=number.shown,
        value=number.value,
        key=key,
        span=span,
        title=title,
        title_span=title_span,
        body_spans=tuple(line.span for line in texts),
        statement_spans=statements,
        children=finish(child, key, taken, findings, lengths),
        restored=child.restored,
    )


def about_restored(nodes: tuple[Node, ...], findings: list[Finding]) -> list[Finding]:
    """The findings, those about restored numbers with the keys of their nodes."""
    keys: dict[int, str] = {}
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if node.restored:
            keys[node.span.start] = node.key
        stack += node.children
    return [
        replace(f, about=keys.get(f.spans[0].start, "")) if f.code == "restored-number" and not f.about else f
        for f in findings
    ]


def _title(child: Draft, texts: list[Line], longest: int | None) -> tuple[str, Span | None, bool]:
    if not texts:
        return "", None, False
    line = texts[0]
    text = line.text
    if not child.style:
        closed = closed_heading(text)
        end = closed if closed is not None and closed < len(text) - 1 else len(text)
        return text[:end], Span(line.start, line.start + end), False
    more = len(texts) > 1
    alone = child.style in _CHAPTERS or line.level is not None
    if alone or (
        more and len(text) <= 60 and text.count("。") <= 1 and text.endswith(("。", ":")) or more and "。" not in text
    ):
        # A heading on a line of its own; a bracketed statement at its end is no part of it.
        if "。" not in text.rstrip("。"):
            cut = len(text.rstrip("。.;:,"))
            bracket = _STATEMENT_TAIL.search(text)
            cut = min(cut, bracket.start()) if bracket else cut
            if cut <= 60:
                return text[:cut], Span(line.start, line.start + cut), False
    end, lost = split_title(text)
    if longest is not None and (cut := split_by_siblings(text, end, longest)) is not None:
        end, lost = cut, True
    return text[:end], Span(line.start, line.start + end), lost
