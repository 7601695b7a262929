"""Tables that divide work or list indicators, as the readers of files hand them on."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from kg.extract import extract
from kg.extract.tables.grid import column_kind
from kg.lexicon import rules
from kg.model import PlanRecord, Source
from kg.outline import outline
from kg.read.composer import Composer, DraftCell

HEAD = ["某政办发〔2024〕3号", "某某市全民阅读工作实施方案", "为推动全民阅读,制定本方案。"]


def rows(*lines: list[str]) -> list[DraftCell]:
    """Cells of a table without merged ones; a None-like "^" goes on with the cell above, "<" with the one on its left."""
    found: dict[tuple[int, int], DraftCell] = {}
    for r, line in enumerate(lines):
        for c, words in enumerate(line):
            if words == "^":
                top = max(k for k in found if k[1] == c and k[0] < r)
                old = found[top]
                found[top] = DraftCell(old.row, old.column, old.paragraphs, r - old.row + 1, old.column_span)
            elif words == "<":
                left = max(k for k in found if k[0] == r and k[1] < c)
                old = found[left]
                found[left] = DraftCell(old.row, old.column, old.paragraphs, old.row_span, c - old.column + 1)
            else:
                found[r, c] = DraftCell(r, c, tuple(words.split("|")) if words else ())
    return list(found.values())


def read(*parts: str | list[DraftCell]) -> PlanRecord:
    page = Composer()
    for part in parts:
        page.paragraph(part) if isinstance(part, str) else page.table(part)
    reading = page.finish("utf-8")
    digest = hashlib.sha256(reading.text.encode()).hexdigest()
    source = Source(reading.text, digest, digest, "a.docx", "text/plain", "utf-8", tables=reading.tables)
    return extract(source, outline(source))


def tasks(record: PlanRecord) -> list[tuple[str, str, list[tuple[str, str]], str | None]]:
    return [
        (p.number, p.title, [(d.agency_text, d.role) for d in p.responsibilities], p.deadline and p.deadline.value)
        for p in record.provisions
        if p.kind == "Task"
    ]


DIVISION = rows(
    ["序号", "工作任务", "牵头单位", "责任单位", "完成时限"],
    ["1", "建设农家书屋。新建一批农家书屋。", "市文旅局", "市财政局、各县(区)人民政府", "2025年12月底前"],
    ["2", "举办读书节。每年举办读书节。", "市委宣传部", "市教育局|市总工会", "每年4月"],
    ["3", "培养阅读推广人", "市教育局", "", "长期"],
)


def test_each_row_of_a_division_of_work_is_a_task_with_roles_and_deadline() -> None:
    record = read(*HEAD, "一、总体要求", "坚持公益普惠的原则,推动全民阅读。", "二、重点任务", DIVISION)
    assert tasks(record) == [
        (
            "1",
            "建设农家书屋",
            [("市文旅局", "Lead"), ("市财政局", "Support"), ("各县(区)人民政府", "Support")],
            "2025-12",
        ),
        ("2", "举办读书节", [("市委宣传部", "Lead"), ("市教育局", "Support"), ("市总工会", "Support")], None),
        ("3", "培养阅读推广人", [("市教育局", "Lead")], None),
    ]
    chapter = next(p for p in record.provisions if p.title == "重点任务")
    assert chapter.kind == "Action"
    assert {p.action for p in record.provisions if p.kind == "Task"} == {chapter.key}


BODY = [
    "一、重点任务",
    "(一)建设农家书屋。新建一批农家书屋,更新图书,配备管理人员。",
    "(二)举办读书节。每年举办读书节,开展读书活动。",
    "(三)培养阅读推广人。面向教师培养阅读推广人。",
    "附件:重点任务分工表",
]


def test_rows_that_the_text_has_as_tasks_add_to_them_and_are_not_tasks_again() -> None:
    record = read(*HEAD, *BODY, DIVISION)
    assert [(n, t) for n, t, *_ in tasks(record)] == [
        ("(一)", "建设农家书屋"),
        ("(二)", "举办读书节"),
        ("(三)", "培养阅读推广人"),
    ]
    first = tasks(record)[0]
    assert first[2:] == ([("市文旅局", "Lead"), ("市财政局", "Support"), ("各县(区)人民政府", "Support")], "2025-12")
    duty = next(p for p in record.provisions if p.kind == "Task").responsibilities[0]
    assert duty.spans[0].cut(record.source.text) == "市文旅局"
    assert duty.rule == "division-table"


def test_several_rows_of_one_task_all_add_their_bodies() -> None:
    record = read(
        *HEAD,
        *BODY,
        rows(
            ["重点任务", "具体措施", "责任单位"],
            ["建设农家书屋", "新建一批农家书屋", "市文旅局、市财政局"],
            ["^", "配备管理人员", "市人社局"],
        ),
    )
    assert tasks(record)[0][2] == [("市文旅局", "Joint"), ("市财政局", "Joint"), ("市人社局", "Lead")]
    assert len(tasks(record)) == 3


def test_merged_cells_beside_the_rows_are_actions() -> None:
    record = read(
        *HEAD,
        "重点工作任务分工表",
        rows(
            ["类别", "序号", "工作内容", "责任分工", "<"],
            ["^", "^", "^", "牵头单位", "配合单位"],
            ["一、阵地建设", "1", "建设城市书房", "市文旅局", "市住建局、市财政局"],
            ["^", "2", "建设农家书屋", "^", "市农业农村局"],
            ["二、活动开展", "3", "举办读书节", "市委宣传部", "市文旅局"],
        ),
    )
    actions = {p.key: (p.number, p.title) for p in record.provisions if p.kind == "Action"}
    assert [(actions[p.action][1], p.number) for p in record.provisions if p.kind == "Task" and p.action] == [
        ("阵地建设", "1"),
        ("阵地建设", "2"),
        ("活动开展", "3"),
    ]
    assert tasks(record)[1][2] == [("市文旅局", "Lead"), ("市农业农村局", "Support")]


def test_a_row_that_is_one_cell_is_the_heading_of_those_below() -> None:
    record = read(
        *HEAD,
        rows(
            ["序号", "任务", "责任单位"],
            ["一、基础设施", "<", "<"],
            ["1", "建设城市书房", "市文旅局"],
            ["二、活动", "<", "<"],
            ["2", "举办读书节", "市委宣传部"],
        ),
    )
    named = {p.key: p.title for p in record.provisions}
    assert [named[p.action] for p in record.provisions if p.kind == "Task" and p.action] == ["基础设施", "活动"]


def test_ditto_takes_what_the_cell_above_says() -> None:
    record = read(
        *HEAD,
        rows(["任务", "责任单位"], ["建设城市书房", "市文旅局"], ["举办读书节", "同上"]),
    )
    assert [t[2] for t in tasks(record)] == [[("市文旅局", "Lead")], [("市文旅局", "Lead")]]


def test_people_and_notes_are_no_bodies() -> None:
    record = read(
        *HEAD,
        rows(
            ["任务", "责任领导", "责任单位", "备注"],
            ["建设城市书房", "张三", "市文旅局", "市财政局已拨款"],
            ["举办读书节", "李四", "/", ""],
        ),
    )
    assert [t[2] for t in tasks(record)] == [[("市文旅局", "Lead")], []]


def test_a_rule_about_the_first_holds_in_the_table() -> None:
    record = read(
        *HEAD,
        "重点任务分工表(责任单位中排在第一位的为牵头单位)",
        rows(["任务", "责任单位"], ["建设城市书房", "市文旅局、市财政局"], ["举办读书节", "市委宣传部、市文旅局"]),
    )
    assert [t[2] for t in tasks(record)] == [
        [("市文旅局", "Lead"), ("市财政局", "Support")],
        [("市委宣传部", "Lead"), ("市文旅局", "Support")],
    ]


def test_an_indicator_table_gives_targets_with_baseline_unit_and_bindingness() -> None:
    record = read(
        HEAD[0],
        "某某市全民阅读“十四五”规划(2021—2025年)",
        "为推动全民阅读,制定本规划。",
        "一、发展目标",
        "到2025年,全民阅读体系基本建成。",
        rows(
            ["指标名称", "单位", "2020年", "2025年", "属性"],
            ["1.居民综合阅读率", "%", "81.3", "≥85", "预期性"],
            ["2.每万人拥有图书馆面积(平方米)", "", "120", "150", "约束性"],
        ),
        "二、重点任务",
        "(一)建设书屋。建设城市书房。",
        "(二)举办活动。举办读书节。",
    )
    got = [
        (q.indicator, q.value, q.unit, q.comparator, q.deadline, q.baseline, q.bindingness)
        for q in record.quantities
        if q.rule == "indicator-table"
    ]
    assert got == [
        ("居民综合阅读率", Decimal("85"), "%", "AtLeast", "2025", Decimal("81.3"), "预期性"),
        ("每万人拥有图书馆面积", Decimal("150"), "平方米", "Equal", "2025", Decimal("120"), "约束性"),
    ]
    quote = next(q for q in record.quantities if q.rule == "indicator-table")
    assert quote.span.cut(record.source.text) == quote.quote


def test_a_table_that_divides_no_work_adds_nothing() -> None:
    record = read(
        *HEAD,
        *BODY[:-1],
        rows(["姓名", "电话"], ["张三", "12345678"], ["李四", "87654321"]),
    )
    assert len(tasks(record)) == 3


@pytest.mark.parametrize("column", rules("tables")["column"], ids=lambda c: str(c["kind"]))
def test_every_kind_of_column_is_known_by_its_example(column: dict[str, str]) -> None:
    assert column_kind(column["example"]) == column["kind"]


TEXT_OF_FOUR = (
    "二、重点任务",
    "1.建设农家书屋。新建一批农家书屋,补足图书。(市文旅局、市财政局)",
    "2.举办读书节。每年举办读书节,邀请名家。(市委宣传部、市教育局)",
    "3.培养阅读推广人。培训教师和馆员。(市教育局、市总工会)",
    "4.送书上门。为行动不便的人送书上门。(市残联、市邮政局)",
)


def test_rows_in_shorter_words_are_the_tasks_at_their_places() -> None:
    table = rows(
        ["序号", "工作任务", "牵头单位", "完成时限"],
        ["1", "农家书屋", "市文旅局", "2025年6月底前"],
        ["2", "举办读书节", "市委宣传部", "每年4月"],
        ["3", "推广队伍", "市教育局", "2024年12月底前"],
        ["4", "便民服务", "市残联", "长期"],
    )
    found = tasks(read(*HEAD, *TEXT_OF_FOUR, "附件", "重点任务分工表", table))
    assert [(number, deadline) for number, _, _, deadline in found] == [
        ("1.", "2025-06"),
        ("2.", None),
        ("3.", "2024-12"),
        ("4.", None),
    ]


def test_a_row_between_two_known_ones_with_nothing_in_common_is_a_task_of_its_own() -> None:
    table = rows(
        ["序号", "工作任务", "牵头单位"],
        ["1", "建设农家书屋", "市文旅局"],
        ["2", "整治河道", "市水利局"],
        ["3", "培养阅读推广人", "市教育局"],
    )
    found = tasks(read(*HEAD, *TEXT_OF_FOUR, "附件", "重点任务分工表", table))
    assert [title for _, title, _, _ in found] == [
        "建设农家书屋", "举办读书节", "培养阅读推广人", "送书上门", "整治河道",
    ]  # fmt: skip
