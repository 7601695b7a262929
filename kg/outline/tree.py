"""The numbered tree of a plan's body, with numbers that the page lost put back."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from kg.lexicon import rank_of, rules
from kg.model import Finding, Node, Span
from kg.outline.lines import Line, Number, show_number
from kg.outline.titles import split_title

_STATEMENT_LABELS = tuple(
    sorted((w for label in rules("responsibility")["label"] for w in label["words"]), key=lambda w: (-len(w), w))
)
STATEMENT_LINE = re.compile(r"^[(\[【]?\s*(?:" + "|".join(r"\s*".join(w) for w in _STATEMENT_LABELS) + r")\s*[::]")


@dataclass(slots=True)
class Draft:
    """A node while it is being built."""

    number: Number | None
    start: int  # of the number
    lines: list[tuple[str, Line]] = field(default_factory=list)  # ("text" | "statement" | "dash", line); own words only
    children: list[Draft] = field(default_factory=list)
    restored: bool = False

    @property
    def style(self) -> str:
        return self.number.style if self.number else ""

    @property
    def value(self) -> int:
        return self.number.value if self.number else 0


def draft_tree(lines: tuple[Line, ...], numbers: tuple[Number | None, ...]) -> Draft:
    """The lines hung into a tree by the styles of their numbers; unnumbered lines go to the node above them."""
    top = Draft(None, lines[0].start if lines else 0)
    path: list[Draft] = [top]
    for line, number in zip(lines, numbers, strict=True):
        if number is None or _is_run_on(number, line, path):
            open_bracket = path[-1].lines and _bracket_open(path[-1])
            kind = (
                "statement"
                if STATEMENT_LINE.match(line.text) or (_follows_statement(path[-1]) and _continues_list(line, path[-1]))
                else "text"
            )
            path[-1].lines.append(("text" if open_bracket else kind, line))
            continue
        own = Line(line.start + number.end, line.end, line.text[number.end :])
        node = Draft(number, line.start, [("text", own)])
        path = _climb(path, number)
        path[-1].children.append(node)
        path.append(node)
    return top


def _is_run_on(number: Number, line: Line, path: list[Draft]) -> bool:
    """A lone number that starts no count and continues none is part of the text: 3.5万元…, (三)… in a sentence."""
    if number.style not in ("circled", "arabic-bracket") or number.value <= 2:
        return False
    return not any(d.style == number.style for node in path for d in (node, *node.children))


def _bracket_open(node: Draft) -> bool:
    """Whether the last line of the node ends inside a bracket, so that the next line still belongs to it."""
    text = node.lines[-1][1].text
    return text.count("(") > text.count(")") and text.rfind("(") > text.rfind("。")


def _follows_statement(node: Draft) -> bool:
    return bool(node.lines) and node.lines[-1][0] == "statement"


def _continues_list(line: Line, node: Draft) -> bool:
    """A list of agencies that goes on in the next line: the line above ends with 、 or the line begins with one."""
    above = node.lines[-1][1].text
    return above.endswith(("、", ",", ":")) or line.text.startswith(("、", ","))


def _climb(path: list[Draft], number: Number) -> list[Draft]:
    """The path down to the parent of a node with this number."""
    if number.style == "box":
        while len(path) > 1 and rank_of()[path[-1].style] >= rank_of()["box"]:
            path = path[:-1]
        return path
    box = next((i for i, node in enumerate(path) if node.style == "box"), None)
    if box is not None:
        inside = [d for d in path[box].children if d.style == number.style]
        outside = [d for d in path[box - 1].children if d.style == number.style]
        goes_on_outside = bool(outside) and number.value == outside[-1].value + 1
        goes_on_inside = (bool(inside) and number.value == inside[-1].value + 1) or (not inside and number.value == 1)
        if goes_on_outside and not goes_on_inside:
            return path[:box]
    for i, node in enumerate(path):
        if node.style == number.style and not (box is not None and i < box and number.rank > rank_of()["box"]):
            return path[:i]
    while len(path) > 1 and rank_of()[path[-1].style] >= number.rank:
        path = path[:-1]
    return path


def restore_numbers(node: Draft, findings: list[Finding]) -> None:
    """Items whose automatic number the page lost get the number that must have stood there.

    Certain where the text is followed by its own statement line and the next item is number 2;
    likely where the count under a heading begins with 2 and one paragraph stands before it.
    """
    for child in list(node.children):
        restore_numbers(child, findings)
    if not node.children:
        return
    first = node.children[0]
    if first.number is not None and first.value == 2 and len(node.lines) > 1 and first.style != "box":
        lost = _take_item(node, certain_only=False)
        if lost is not None:
            _number(lost, first.number, 1, findings)
            node.children.insert(0, lost)
    for i in range(len(node.children) - 1, 0, -1):
        upper, lower = node.children[i - 1], node.children[i]
        if upper.number is None or lower.number is None:
            continue
        if lower.style == upper.style and lower.value == upper.value + 2 and not upper.children:
            lost = _take_item(upper, certain_only=True)
            if lost is not None:
                _number(lost, lower.number, lower.value - 1, findings)
                node.children.insert(i, lost)


def _take_item(node: Draft, *, certain_only: bool) -> Draft | None:
    """Cut the lines of a lost item out of the node that they were hung to."""
    kinds = [kind for kind, _ in node.lines]
    begin = None
    if "statement" in kinds[1:]:
        statement = len(kinds) - 1 - kinds[::-1].index("statement")
        while statement > 1 and kinds[statement - 1] == "statement":
            statement -= 1
        if not certain_only:
            begin = statement - 1
        elif "statement" in kinds[: statement - 1]:  # text, statement, text, statement: two items
            begin = kinds.index("statement") + 1
    if begin is None and not certain_only and kinds[1:]:
        begin = len(kinds) - 1
    if begin is None or begin < 1 or kinds[begin] != "text":
        return None
    taken = Draft(None, node.lines[begin][1].start, node.lines[begin:], restored=True)
    del node.lines[begin:]
    return taken


def _number(lost: Draft, like: Number, value: int, findings: list[Finding]) -> None:
    lost.number = Number(like.style, like.rank, show_number(like.style, value), value, 0)
    has_statement = any(kind == "statement" for kind, _ in lost.lines)
    line = lost.lines[0][1]
    findings.append(
        Finding(
            "restored-number",
            "warning",
            (line.span,),
            about="",
            repaired=lost.number.shown,
            original=line.text[:12],
            confidence=0.98 if has_statement else 0.8,
        )
    )


def finish(node: Draft, prefix: str, taken: set[str], findings: list[Finding]) -> tuple[Node, ...]:
    """The children of a draft as nodes with keys; gaps and repeats in the count become findings."""
    nodes = []
    previous: dict[str, int] = {}
    for child in node.children:
        assert child.number is not None
        key = _key(child, prefix, taken)
        span = Span(child.start, max([child.start, *(line.end for _, line in child.lines)]))
        expected = previous.get(child.style)
        if expected is not None and child.style != "box" and child.value not in (expected + 1,):
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
        nodes.append(_node(child, key, span, taken, findings))
    return tuple(nodes)


def _key(child: Draft, prefix: str, taken: set[str]) -> str:
    part = f"box{child.value or ''}" if child.style == "box" else str(child.value)
    key = f"{prefix}-{part}" if prefix else part
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


def _node(child: Draft, key: str, span: Span, taken: set[str], findings: list[Finding]) -> Node:
    texts = [line for kind, line in child.lines if kind == "text"]
    statements = _merge([line.span for kind, line in child.lines if kind == "statement"])
    title, title_span, lost_stop = _title(child, texts)
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
    if child.restored:
        findings[:] = [
            Finding(f.code, f.severity, f.spans, key, f.repaired, f.original, f.confidence)
            if f.code == "restored-number" and not f.about and f.spans[0].start == child.start
            else f
            for f in findings
        ]
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
        children=finish(child, key, taken, findings),
        restored=child.restored,
    )


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    """Neighbouring statement lines stay apart; only order is guaranteed."""
    return tuple(sorted(spans))


def _title(child: Draft, texts: list[Line]) -> tuple[str, Span | None, bool]:
    if not texts or not texts[0].text:
        return "", None, False
    line = texts[0]
    text = line.text
    more = len([1 for kind, _ in child.lines if kind == "text"]) > 1
    if child.style in ("chapter", "han-comma", "box") or (
        more and len(text) <= 60 and text.count("。") <= 1 and text.endswith(("。", ":")) or more and "。" not in text
    ):
        # A heading on a line of its own; a bracketed statement at its end is no part of it.
        if "。" not in text.rstrip("。"):
            cut = len(text.rstrip("。.;:,"))
            bracket = re.search(r"[(\[](?:" + "|".join(_STATEMENT_LABELS) + r")\s*[::].*$", text)
            cut = min(cut, bracket.start()) if bracket else cut
            if cut <= 60:
                return text[:cut], Span(line.start, line.start + cut), False
    end, lost = split_title(text)
    return text[:end], Span(line.start, line.start + end), lost
