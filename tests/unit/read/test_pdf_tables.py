"""Ruled tables of PDFs: merged cells, page breaks, what is a table and what is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.model import Table
from kg.read.composer import Reading
from kg.read.pdf import read
from tests.unit.read.pdf_maker import Cell, Press

Rows = list[list[Cell | None]]
LANDSCAPE = (841.9, 595.3)
MEASURE = "完善体制机制，加强统筹协调，强化科技资源与教育资源的有效衔接，组织开展形式多样的科普活动"


def division(tasks: int = 22) -> Rows:
    """A division-of-work table: a heading of two rows, categories merged over their tasks, tasks of unlike length."""
    rows: Rows = [
        [
            Cell("序号", rows=2),
            Cell("工作任务", rows=2, columns=2),
            None,
            Cell("责任分工", columns=2),
            None,
            Cell("完成时限", rows=2),
        ],
        [None, None, None, Cell("牵头单位"), Cell("配合单位"), None],
    ]
    for n in range(1, tasks + 1):
        first = (n - 1) % 5 == 0
        group = Cell(f"第{(n - 1) // 5 + 1}类科学素质提升行动", rows=min(5, tasks - n + 1)) if first else None
        text = f"推进第{n}项重点工作，" + (MEASURE + "，") * (1 + n * 7 % 4) + f"到2025年建成科普基地{n * 3}个。"
        helpers = (
            "市教育局、市科技局、市财政局、市人力资源和社会保障局、各县（市、区）人民政府" if n % 3 else "市教育局"
        )
        rows.append([Cell(str(n)), group, Cell(text), Cell("市科协"), Cell(helpers), Cell(f"202{n % 5 + 1}年12月底")])
    return rows


def written(rows: Rows) -> list[tuple[int, int, str, int, int]]:
    return [
        (r, c, cell.text, cell.rows, cell.columns) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell
    ]


def found(reading: Reading, number: int = 0) -> list[tuple[int, int, str, int, int]]:
    cells = reading.tables[number].cells
    return [
        (c.row, c.column, "\n".join(s.cut(reading.text) for s in c.spans), c.row_span, c.column_span) for c in cells
    ]


def around(reading: Reading, table: Table) -> tuple[list[str], list[str]]:
    before, after = reading.text[: table.span.start], reading.text[table.span.end :]
    return before.split("\n")[:-1], [t for t in after.split("\n") if t]


WIDTHS = (1, 2, 6, 2, 4, 2)


@pytest.mark.parametrize("split", [True, False], ids=["rows cut by the page", "rows whole"])
@pytest.mark.parametrize("repeat", [True, False], ids=["heading repeated", "heading once"])
@pytest.mark.parametrize("page", [LANDSCAPE, (595.3, 841.9)], ids=["landscape", "upright"])
def test_a_division_of_work_over_several_pages_is_one_table(
    page: tuple[float, float], repeat: bool, split: bool
) -> None:
    rows = division()
    press = Press(page=page)
    press.paragraph("附件2", indent=0)
    press.centred("全民科学素质行动重点任务分工表")
    press.table(WIDTHS, rows, head=2, repeat=repeat, split=split, middle=(0, 1, 3, 5))
    press.paragraph("注：本表自印发之日起执行。")
    reading = read(press.finish(), "a.pdf")
    assert press.number >= 3
    assert len(reading.tables) == 1
    assert found(reading) == written(rows)
    assert around(reading, reading.tables[0]) == (
        ["附件2", "全民科学素质行动重点任务分工表"],
        ["注：本表自印发之日起执行。"],
    )


def test_the_title_above_a_table_is_marked_also_on_a_page_of_its_own_shape() -> None:
    press = Press()
    for _ in range(12):
        press.paragraph(
            "为深入贯彻落实全民科学素质行动规划纲要，进一步提升全市公民科学素质，结合我市实际，制定本方案。"
        )
    press.new_page(LANDSCAPE)
    press.centred("全民科学素质行动重点任务分工表")
    press.table(WIDTHS, division(4), head=2)
    reading = read(press.finish(), "a.pdf")
    assert [(m.level, m.span.cut(reading.text)) for m in reading.marks] == [(0, "全民科学素质行动重点任务分工表")]
    assert found(reading) == written(division(4))


def test_what_the_table_says_is_not_said_again_in_the_running_text() -> None:
    press = Press(page=LANDSCAPE)
    press.table(WIDTHS, division(), head=2)
    text = read(press.finish(), "a.pdf").text
    assert all(text.count(f"推进第{n}项重点工作") == 1 for n in range(1, 23))
    assert text.count("完成时限") == 1


def test_two_tables_with_a_title_between_them_are_two_though_their_headings_are_the_same() -> None:
    press = Press(page=LANDSCAPE)
    for n in (1, 2):
        press.centred(f"第{n}批任务分工表")
        press.table(WIDTHS, division(3), head=2)
        press.new_page()
    reading = read(press.finish(), "a.pdf")
    assert [found(reading, n) for n in (0, 1)] == [written(division(3))] * 2


def test_a_table_that_says_that_it_goes_on_does() -> None:
    rows = division(4)
    press = Press(page=LANDSCAPE)
    press.table(WIDTHS, rows[:4], head=2)
    press.new_page()
    press.put("（续表）", press.right - 60, press.margins[1] - 6, 10.5)
    press.y = press.margins[1]
    part: Rows = [*rows[:2], [Cell("3"), Cell("第1类科学素质提升行动", rows=2), *rows[4][2:]], rows[5]]
    press.table(WIDTHS, part, head=2)
    reading = read(press.finish(), "a.pdf")
    assert len(reading.tables) == 1
    assert [c[2] for c in found(reading) if c[1] == 0] == ["序号", "1", "2", "3", "4"]
    assert "续表" not in reading.text


def test_a_narrower_table_at_the_top_of_the_next_page_is_another_one() -> None:
    press = Press()
    press.table(
        (1, 3, 2), [[Cell("序号"), Cell("任务"), Cell("单位")], [Cell("1"), Cell("开展培训。"), Cell("市科协")]]
    )
    press.new_page()
    press.table((3, 2), [[Cell("指标"), Cell("目标")], [Cell("科普基地"), Cell("30个")]])
    assert len(read(press.finish(), "a.pdf").tables) == 2


def test_agencies_on_lines_of_their_own_stay_paragraphs_and_wrapped_ones_are_joined() -> None:
    rows: Rows = [
        [Cell("序号"), Cell("工作任务"), Cell("责任单位")],
        [Cell("1"), Cell("开展科技下乡活动。"), Cell("市科协\n市教育局\n市科技局")],
        [Cell("2"), Cell("建设科普信息员队伍。"), Cell("市农业农村局、市人力资源和社会保障局、市卫生健康委")],
        [Cell("3"), Cell("1.开展培训。\n2.建设基地。"), Cell("市科协")],
    ]
    for middle in ((), (0, 2)):
        press = Press()
        press.table((1, 5, 2), rows, middle=middle)
        assert found(read(press.finish(), "a.pdf")) == written(rows)


def test_text_printed_from_the_top_down_in_a_narrow_cell_is_one_word() -> None:
    rows: Rows = [
        [Cell("类别"), Cell("任务"), Cell("单位")],
        [Cell("重点工程", rows=2), Cell("开展科技下乡。" * 8), Cell("市科协")],
        [None, Cell("建设科普基地。" * 8), Cell("市教育局")],
    ]
    press = Press(size=10.5)
    press.table((0.6, 6, 3), rows)
    assert found(read(press.finish(), "a.pdf")) == [(r, c, t.replace("\n", ""), *s) for r, c, t, *s in written(rows)]


def test_a_table_open_at_its_sides_has_all_its_columns() -> None:
    press = Press()
    press.new_page()
    xs = (press.left, press.left + 60, press.left + 300, press.right)
    for n, (a, b, c) in enumerate([("序号", "指标", "目标"), ("1", "科普基地", "30个"), ("2", "科普信息员", "300人")]):
        y = 150 + 30 * n
        press.rule(press.left, y, press.right, y)
        for x, text in zip(xs, (a, b, c), strict=False):
            press.put(text, x + 5, y + 20, 12)
    press.rule(press.left, 240, press.right, 240)
    for x in xs[1:3]:
        press.rule(x, 150, x, 240)
    reading = read(press.finish(), "a.pdf")
    assert [c[2] for c in found(reading)] == [
        "序号",
        "指标",
        "目标",
        "1",
        "科普基地",
        "30个",
        "2",
        "科普信息员",
        "300人",
    ]


def test_borders_drawn_cell_by_cell_and_doubled_make_the_same_table() -> None:
    press = Press()
    press.new_page()
    words = [["序号", "任务"], ["1", "开展培训。"]]
    for r, row in enumerate(words):
        for c, text in enumerate(row):
            x, y = 100 + 150 * c, 150 + 30 * r
            press.put(text, x + 6, y + 20, 12)
            for shift in (0, 1.6):  # filled bars instead of lines, twice
                for bar in (
                    (x, y + shift, 150, 0.5),
                    (x, y + 30 - shift, 150, 0.5),
                    (x + shift, y, 0.5, 30),
                    (x + 150 - shift, y, 0.5, 30),
                ):
                    press.canvas.rect(bar[0], press.page[1] - bar[1], bar[2], -bar[3], stroke=0, fill=1)
    assert [c[2] for c in found(read(press.finish(), "a.pdf"))] == ["序号", "任务", "1", "开展培训。"]


def test_underlined_words_in_cells_make_no_rows() -> None:
    rows: Rows = [[Cell("序号"), Cell("任务")], [Cell("1"), Cell("开展科技下乡。" * 9)]]
    press = Press()
    press.table((1, 5), rows)
    y = press.y - 20
    press.rule(press.left + 120, y, press.left + 240, y)
    assert found(read(press.finish(), "a.pdf")) == written(rows)


def test_a_table_of_labels_and_values_becomes_a_line_a_pair_in_its_place() -> None:
    rows: Rows = [
        [Cell("索引号："), Cell("000014349/2019-00003"), Cell("发文机关："), Cell("某市人民政府")],
        [Cell("成文日期："), Cell("2019年1月24日"), Cell("发布日期："), Cell("2019年2月13日")],
    ]
    press = Press()
    press.table((2, 4, 2, 4), rows, head=0)
    press.paragraph("各县人民政府：")
    reading = read(press.finish(), "a.pdf")
    assert not reading.tables
    assert reading.text.split("\n")[:-1] == [
        "索引号：000014349/2019-00003",
        "发文机关：某市人民政府",
        "成文日期：2019年1月24日",
        "发布日期：2019年2月13日",
        "各县人民政府：",
    ]


def test_a_box_with_a_heading_row_is_text_not_a_table() -> None:
    box: Sequence[Sequence[Cell | None]] = [[Cell("专栏1 重点工程")], [Cell("1.建设科普基地。\n2.培训科普信息员。")]]
    press = Press()
    press.paragraph("二、重点任务")
    press.table((1,), box, size=16)
    press.paragraph("三、保障措施")
    reading = read(press.finish(), "a.pdf")
    assert not reading.tables
    assert reading.text.split("\n")[:-1] == [
        "二、重点任务",
        "专栏1 重点工程",
        "1.建设科普基地。",
        "2.培训科普信息员。",
        "三、保障措施",
    ]


def test_a_table_set_sideways_on_an_upright_page_is_read_as_if_it_lay() -> None:
    rows = division(2)
    press = Press(page=LANDSCAPE, foot=None)
    press.new_page()
    # The page stands upright, what is on it lies.
    press.canvas.setPageSize((LANDSCAPE[1], LANDSCAPE[0]))
    press.canvas.translate(LANDSCAPE[1], 0)
    press.canvas.rotate(90)
    press.table(WIDTHS, rows, head=2)
    assert press.number == 1
    assert found(read(press.finish(), "a.pdf")) == written(rows)
