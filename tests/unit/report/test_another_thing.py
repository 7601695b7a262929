"""A finding that sets one thing against another of the same name says which other one it is."""

from __future__ import annotations

from collections.abc import Callable

from kg.report import render
from kg.validate.report import Report

PLAN = """清河县“十四五”养老服务体系建设规划

一、总体目标

到2023年,护理型床位占比达到55%;到2025年,护理型床位占比达到50%。

二、重点任务

(一)健全居家养老服务网络

1.发展老年助餐服务。鼓励社会力量举办老年食堂。(牵头单位:县民政局)

(二)提升机构养老能力

1.发展老年助餐服务。鼓励养老机构开办食堂。(牵头单位:县商务局)
"""


def test_an_earlier_milestone_is_quoted_with_its_figure(drafted: Callable[[str], Report]) -> None:
    text = render(drafted(PLAN), "text", "zh").decode()
    assert "具体是:指标“护理型床位占比”到期更早的一档反而要求更高:“护理型床位占比达到55%”。" in text


def test_two_items_of_one_number_and_title_are_told_apart_by_what_they_lie_in(drafted: Callable[[str], Report]) -> None:
    report = drafted(PLAN)
    below = ("(二)提升机构养老能力 1.发展老年助餐服务", "(一)健全居家养老服务网络 1.发展老年助餐服务")
    assert f"具体是:“{below[0]}”与“{below[1]}”标题相同。" in render(report, "text", "zh").decode()
    assert f"Namely: “{below[0]}” has the same title as “{below[1]}”." in render(report, "text", "en").decode()
