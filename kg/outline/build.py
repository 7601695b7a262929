"""The stage itself: `outline(Source) -> Outline`."""

from __future__ import annotations

from kg.model import Finding, Outline, Source, Span
from kg.outline.annex import find_annex
from kg.outline.frame import Frame, find_frame
from kg.outline.lines import Line, split_lines
from kg.outline.lost import note_restored, restore_last, restore_numbers
from kg.outline.nodes import about_restored, finish, heading_lengths
from kg.outline.tree import draft_tree


def outline(source: Source) -> Outline:
    """The document taken apart; never refuses a text.

    >>> from kg.read import read_bytes
    >>> page = "某县科普工作要点\\n为提高素质,制定本要点。\\n一、工作任务\\n1.开展培训。每年办班。(县科协)\\n2.办好活动。办展。(县教育局)"
    >>> plan = outline(read_bytes(page.encode(), "a.txt"))
    >>> plan.title, [(n.number, n.title, [c.title for c in n.children]) for n in plan.nodes]
    ('某县科普工作要点', [('一、', '工作任务', ['开展培训', '办好活动'])])
    """
    lines = split_lines(source.text, (*(t.span for t in source.tables), *source.asides), source.marks)
    frame = find_frame(lines)
    findings: list[Finding] = []
    body = slice(frame.body, frame.tail)
    lost = frozenset(i - frame.body for i in frame.restored)
    for i in sorted(frame.restored):
        line, number = frame.lines[i], frame.numbers[i]
        if number is not None:
            findings.append(note_restored(line.start, line.end, number, line.text))
    tree = draft_tree(frame.lines[body], frame.numbers[body], lost)
    restore_numbers(tree, findings)
    restore_last(tree, findings)
    keys: set[str] = set()
    nodes = finish(tree, "", keys, findings, heading_lengths(tree))
    annex = find_annex(frame.lines, frame.numbers, frame.body, frame.tail)
    listed = draft_tree(frame.lines[annex.start : annex.stop], frame.numbers[annex.start : annex.stop])
    upto = frame.title[0] if frame.title else frame.body
    after = frame.title[-1] + 1 if frame.title else frame.body
    return Outline(
        head_spans=_spans(frame.lines[: min(frame.notice, upto)]),
        notice_spans=_spans(frame.lines[min(frame.notice, upto) : upto]),
        title=_as_written(source, frame),
        title_spans=frame.title_spans,
        preamble_spans=_spans(frame.lines[after : frame.body]),
        nodes=nodes,
        tail_spans=_spans((*frame.lines[frame.tail : annex.start], *frame.lines[annex.stop :])),
        annex_nodes=finish(listed, "", keys, findings, heading_lengths(listed)),
        findings=tuple(about_restored(nodes, findings)),
    )


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
