"""What the readers of files mark: titles and headings, tables, footnotes."""

from __future__ import annotations

from kg.model import Node, Outline, Source
from kg.outline import outline
from kg.read.composer import Composer, DraftCell


class Page(Composer):
    """A page whose paragraphs are put together for a test."""

    def source(self) -> Source:
        reading = self.finish("utf-8")
        return Source(
            reading.text, "0" * 64, "0" * 64, "a.docx", "application/x", "utf-8",
            tables=reading.tables, marks=reading.marks, asides=reading.asides,
        )  # fmt: skip


def tree(found: Outline) -> list[tuple[str, str, str]]:
    def walk(nodes: tuple[Node, ...]) -> list[tuple[str, str, str]]:
        return [entry for n in nodes for entry in ((n.key, n.number, n.title), *walk(n.children))]

    return walk(found.nodes)


def page(*lines: str | tuple[int, str]) -> Page:
    made = Page()
    for line in lines:
        level, text = line if isinstance(line, tuple) else (None, line)
        made.paragraph(text, level)
    return made


def test_a_title_in_two_marked_lines_is_one() -> None:
    found = outline(
        page(
            (0, "宜春市全民健身"),
            (0, "实施计划（2021—2025年）"),
            "为推动，制定本计划。",
            "一、任务",
            "1.建步道。建好。",
            "2.办赛事。办好。",
        ).source()
    )
    assert found.title == "宜春市全民健身实施计划（2021—2025年）"


def test_marked_headings_without_numbers_are_chapters_and_actions() -> None:
    found = outline(
        page(
            (0, "宜春市全民健身工作方案"), "为推动，制定本方案。", (1, "总体要求"), "以人为本。", (1, "主要任务"), (2, "完善设施"), "1.建步道。建好。",
            "2.建球场。建好。", (2, "丰富活动"), "3.办赛事。办好。", (1, "保障措施"), "（一）加强领导。做好。",
        ).source()
    )  # fmt: skip
    assert tree(found) == [
        ("0", "", "总体要求"), ("0b", "", "主要任务"), ("0b-0", "", "完善设施"), ("0b-0-1", "1.", "建步道"), ("0b-0-2", "2.", "建球场"),
        ("0b-0b", "", "丰富活动"), ("0b-0b-3", "3.", "办赛事"), ("0c", "", "保障措施"), ("0c-1", "(一)", "加强领导"),
    ]  # fmt: skip


def test_an_unnumbered_heading_beside_numbered_ones_of_its_level_ranks_with_them() -> None:
    found = outline(
        page(
            (0, "宜春市工作方案"), "为推动，制定本方案。", (1, "一、主要任务"), "（一）开展培训。做好。", "（二）办好活动。做好。", (1, "附加任务"), "（一）做好总结。做好。", (1, "二、保障措施"), "（一）加强领导。做好。",
        ).source()
    )  # fmt: skip
    assert [n.title for n in found.nodes] == ["主要任务", "附加任务", "保障措施"]


def test_a_paragraph_that_is_wrongly_marked_is_no_heading() -> None:
    text = "要深入贯彻落实国家科普规划，推进全民科学素质建设。各地要抓好落实。"
    found = outline(
        page(
            (0, "宜春市工作方案"),
            "为推动，制定本方案。",
            (1, "一、主要任务"),
            (2, text),
            "1.开展培训。做好。",
            "2.办好活动。做好。",
        ).source()
    )
    assert [c.title for c in found.nodes[0].children] == ["开展培训", "办好活动"]


def test_the_lines_of_a_table_belong_to_no_node() -> None:
    made = page((0, "宜春市工作方案"), "为推动，制定本方案。", "一、主要任务", "1.开展培训。做好。")
    made.table(
        [
            DraftCell(r, c, (w,))
            for r, row in enumerate((("序号", "任务"), ("1", "2.办好展览")))
            for c, w in enumerate(row)
        ]
    )
    for line in ("2.办好活动。做好。", "二、保障措施", "1.加强领导。做好。"):
        made.paragraph(line)
    source = made.source()
    found = outline(source)
    assert tree(found) == [
        ("1", "一、", "主要任务"),
        ("1-1", "1.", "开展培训"),
        ("1-2", "2.", "办好活动"),
        ("2", "二、", "保障措施"),
        ("2-1", "1.", "加强领导"),
    ]
    (table,) = source.tables
    spans = [s for n in found.nodes for c in (n, *n.children) for s in c.body_spans]
    assert all(s.end <= table.span.start or s.start >= table.span.end for s in spans)


def test_a_footnote_is_left_out_of_every_node() -> None:
    made = page((0, "宜春市工作方案"), "为推动，制定本方案。", "一、主要任务", "1.开展培训。做好。")
    made.aside("注：含线上培训。")
    for line in ("每年两期。", "2.办好活动。做好。"):
        made.paragraph(line)
    source = made.source()
    task = outline(source).nodes[0].children[0]
    assert [s.cut(source.text) for s in task.body_spans] == ["开展培训。做好。", "每年两期。"]


def test_a_page_of_marks_only_has_nodes_without_numbers() -> None:
    found = outline(page((0, "宜春市工作方案"), (1, "主要任务"), "开展培训。", (1, "保障措施"), "加强领导。").source())
    assert tree(found) == [("0", "", "主要任务"), ("0b", "", "保障措施")]
