"""The stage itself: `outline(Source) -> Outline`."""

from __future__ import annotations

from bisect import bisect_right

from kg.model import Finding, Outline, Source, Span
from kg.outline.frame import Frame, find_frame
from kg.outline.lines import Line, split_lines
from kg.outline.tree import draft_tree, finish, restore_numbers


def outline(source: Source) -> Outline:
    """The document taken apart; never refuses a text.

    >>> from kg.read import read_bytes
    >>> page = "某县科普工作要点\\n为提高素质,制定本要点。\\n一、工作任务\\n1.开展培训。每年办班。(县科协)\\n2.办好活动。办展。(县教育局)"
    >>> plan = outline(read_bytes(page.encode(), "a.txt"))
    >>> plan.title, [(n.number, n.title, [c.title for c in n.children]) for n in plan.nodes]
    ('某县科普工作要点', [('一、', '工作任务', ['开展培训', '办好活动'])])
    """
    apart = sorted([table.span for table in source.tables] + list(source.asides))
    lines = tuple(line for line in split_lines(source.text) if not _lies_in(line, apart))
    frame = find_frame(lines)
    findings: list[Finding] = []
    tree = draft_tree(frame.lines[frame.body : frame.tail], frame.numbers[frame.body : frame.tail])
    restore_numbers(tree, findings)
    nodes = finish(tree, "", set(), findings)
    upto = frame.title[0] if frame.title else frame.body
    after = frame.title[-1] + 1 if frame.title else frame.body
    return Outline(
        head_spans=_spans(lines[: min(frame.notice, upto)]),
        notice_spans=_spans(lines[min(frame.notice, upto) : upto]),
        title=_as_written(source, frame),
        title_spans=frame.title_spans,
        preamble_spans=_spans(lines[after : frame.body]),
        nodes=nodes,
        tail_spans=_spans(lines[frame.tail :]),
        findings=tuple(findings),
    )


def _lies_in(line: Line, spans: list[Span]) -> bool:
    """Whether a line is part of a table or a footnote: it runs on with no other."""
    before = bisect_right(spans, Span(line.start, line.end + 1)) - 1
    return any(span.start <= line.start < span.end for span in spans[max(0, before) : before + 2])


def _spans(lines: tuple[Line, ...]) -> tuple[Span, ...]:
    return tuple(line.span for line in lines)


def _as_written(source: Source, frame: Frame) -> str:
    """The title in the document's own characters, without blanks at its seams."""
    text = "".join(span.cut(source.text).strip() for span in frame.title_spans)
    inner = text[1:-1]
    return (
        inner
        if text.startswith("《")
        and text.endswith("》")
        and inner.count("《") == inner.count("》")
        and "》" not in inner[: inner.find("《") + 1]
        else text
    )
