"""Numbers that the page lost, put back where the neighbours show what must have stood there."""

from __future__ import annotations

import itertools

from kg.model import Finding, Span
from kg.outline.lines import Number, show_number
from kg.outline.tree import Draft


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


def restore_last(top: Draft, findings: list[Finding]) -> None:
    """The item behind the last of a count whose number was lost: alone in the plan it has two texts with a statement each.

    With few items to compare there is a finding and no item.
    """
    leaves: list[tuple[Draft, Draft]] = []
    stack = [top]
    while stack:
        node = stack.pop()
        leaves += [(node, child) for child in node.children if not child.children and _statements(child)]
        stack += [child for child in node.children if child.children]
    odd = [(parent, leaf) for parent, leaf in leaves if _statements(leaf) == 2]
    if len(odd) != 1 or len(leaves) < 3 or any(_statements(leaf) > 2 for _, leaf in leaves):
        return
    parent, leaf = odd[0]
    if parent.children[-1] is not leaf or leaf.number is None or leaf.style == "box":
        return
    begin = [kind for kind, _ in leaf.lines].index("statement") + 1
    while leaf.lines[begin][0] == "statement":
        begin += 1
    if len(leaves) >= 5:
        lost = Draft(None, leaf.lines[begin][1].start, leaf.lines[begin:], restored=True)
        del leaf.lines[begin:]
        _number(lost, leaf.number, leaf.value + 1, findings)
        parent.children.append(lost)
    else:
        line = leaf.lines[begin][1]
        shown = show_number(leaf.style, leaf.value + 1)
        findings.append(
            Finding("number-gap", "warning", (line.span,), original=line.text[:12], repaired=shown, confidence=0.6)
        )


def _statements(node: Draft) -> int:
    """How many runs of statement lines stand behind text in the node."""
    kinds = [kind for kind, _ in node.lines]
    return sum(a == "text" and b == "statement" for a, b in itertools.pairwise(kinds))


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
            while kinds[begin] == "statement":  # 牵头单位, 配合单位 and 完成时限 have a line each
                begin += 1
    if begin is None and not certain_only and kinds[1:]:
        begin = len(kinds) - 1
    if begin is None or begin < 1 or kinds[begin] != "text":
        return None
    taken = Draft(None, node.lines[begin][1].start, node.lines[begin:], restored=True)
    del node.lines[begin:]
    return taken


def note_restored(line_start: int, line_end: int, number: Number, text: str) -> Finding:
    """The finding about a chapter's number that was put back at its heading."""
    return Finding(
        "restored-number",
        "warning",
        (Span(line_start, line_end),),
        repaired=number.shown,
        original=text[:12],
        confidence=0.8,
    )


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
