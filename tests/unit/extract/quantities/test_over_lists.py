"""What stands over a list, or beside a whole task, and holds for its numbers."""

from __future__ import annotations

from kg.extract import extract
from kg.model import Quantity
from kg.outline import outline
from kg.read import read_bytes

HEAD = "某政办发〔2023〕3号\n某市农村公路工作方案\n为建好农村公路，制定本方案。\n"


def read(body: str) -> list[Quantity]:
    source = read_bytes((HEAD + body).encode(), "a.txt")
    return [q for q in extract(source, outline(source)).quantities if q.kind == "Target"]


def test_hope_said_over_a_list_holds_for_all_its_items() -> None:
    found = read(
        "一、目标任务\n过去五年，全市累计投入9亿元。在此基础上，力争用三年时间实现以下目标：\n"
        "（一）路网更密。到2025年，新改建农村公路120公里。\n（二）管护更好。养护率达到100%。\n"
        "二、主要任务\n（一）建好公路。新建农村公路60公里。（市交通局）\n（二）管好公路。培训路长200人。（市交通局）\n"
    )
    assert [(str(q.value), q.aspirational) for q in found] == [
        ("120", True),
        ("100", True),
        ("60", False),
        ("200", False),
    ]


def test_the_time_limit_of_a_task_is_the_deadline_of_its_numbers_that_name_none() -> None:
    found = read(
        "一、主要任务\n1.建好公路。新建农村公路60公里，其中2023年6月底前建成20公里。\n"
        "牵头单位：市交通局\n完成时限：2023年12月底前\n"
        "2.管好公路。培训路长200人。\n牵头单位：市交通局\n完成时限：长期坚持\n"
    )
    assert [(str(q.value), q.deadline) for q in found] == [("60", "2023-12"), ("20", "2023-06"), ("200", None)]


def test_halves_and_quarters_of_a_year_are_deadlines_by_their_last_month() -> None:
    found = read(
        "一、主要任务\n1.建好公路。2020年上半年新建农村公路60公里，下半年完成改造20公里。（市交通局）\n"
        "2.管好公路。2021年第三季度末前培训路长200人，2021年，一季度前建成3座驿站。（市交通局）\n"
    )
    assert [(str(q.value), q.deadline) for q in found] == [
        ("60", "2020-06"),
        ("20", "2020-12"),
        ("200", "2021-09"),
        ("3", "2021-03"),
    ]
