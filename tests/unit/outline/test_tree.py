"""The numbered tree, with what pages lose put back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Node, Outline
from kg.outline.lines import match_number, split_lines

from .conftest import HEAD

TakenApart = Callable[[str], Outline]
Keys = Callable[[str], list[tuple[str, str]]]


def find(outline: Outline, key: str) -> Node:
    nodes = list(outline.nodes)
    while nodes:
        node = nodes.pop(0)
        if node.key == key:
            return node
        nodes = [*node.children, *nodes]
    raise AssertionError(f"no node {key}")


# ---------------------------------------------------------------- lines and numbers


def test_lines_are_stripped_and_know_their_places() -> None:
    text = "  甲 \n\n\u3000\u3000（一）乙\t\n"
    lines = split_lines(text)
    assert [(line.text, text[line.start : line.end]) for line in lines] == [("甲", "甲"), ("(一)乙", "（一）乙")]


@pytest.mark.parametrize(
    ("line", "style", "value"),
    [
        ("一、总则", "han-comma", 1),
        ("十二、总则", "han-comma", 12),
        ("一 、总则", "han-comma", 1),
        ("一．总则", "han-comma", 1),
        ("（一）总则", "han-bracket", 1),
        ("( 一 ) 总则", "han-bracket", 1),
        ("（十）、总则", "han-bracket", 10),
        ("1.总则", "arabic-dot", 1),
        ("1、总则", "arabic-dot", 1),
        ("１．总则", "arabic-dot", 1),
        ("17. 优化", "arabic-dot", 17),
        ("(3)总则", "arabic-bracket", 3),
        ("①总则", "circled", 1),
        ("⑳总则", "circled", 20),
        ("第三章 总则", "chapter", 3),
        ("第十二条 总则", "article", 12),
        ("第二节 总则", "chapter-section", 2),
        ("专栏1：总则", "box", 1),
        ("专栏 2 总则", "box", 2),
        ("专栏一 总则", "box", 1),
        ("专栏：总则", "box", 0),
    ],
)
def test_a_number_at_the_start_of_a_line_is_read(line: str, style: str, value: int) -> None:
    number = match_number(split_lines(line)[0].text)
    assert number is not None
    assert (number.style, number.value) == (style, value)
    assert split_lines(line)[0].text[number.end :] in ("总则", "优化")


@pytest.mark.parametrize(
    "line",
    [
        "2021年,启动实施",
        "3.5万人次参加",
        "12.4宪法日",
        "10月1日前完成",
        "一是加强领导",
        "第一,加强领导",
        "第三届大赛",
        "一",
        "1.",
        "(一)",
        "五水共治",
        "1个基地",
        "(含)以上",
        "(2020年)",
        "——坚持",
        "三下乡",
    ],
)
def test_numbers_run_into_text_are_no_headings(line: str) -> None:
    assert match_number(split_lines(line)[0].text) is None


# ---------------------------------------------------------------- tree


def test_styles_nest_by_their_ranks(keys: Keys) -> None:
    assert keys("一、甲任务\n(一)乙工程\n1.丙事。做。\n2.丁事。做。\n(二)戊工程\n1.己事。做。\n二、庚任务\n1.辛事。做。\n2.壬事。做。") == [
        ("1", "甲任务"), ("1-1", "乙工程"), ("1-1-1", "丙事"), ("1-1-2", "丁事"), ("1-2", "戊工程"), ("1-2-1", "己事"),
        ("2", "庚任务"), ("2-1", "辛事"), ("2-2", "壬事"),
    ]  # fmt: skip


def test_chapters_and_sections_nest(taken_apart: TakenApart) -> None:
    found = taken_apart(
        "某市科普发展规划(2021—2025年)\n第一章 总则\n第一节 指导思想\n以人为本。\n第二章 主要任务\n第一节 优化布局\n1.开展培训。做。\n第二节 提升质量\n2.办好活动。做。\n第三章 保障措施\n做好。"
    )
    assert [find(found, k).title for k in ("1", "1-1", "2", "2-1", "2-1-1", "2-2", "2-2-2", "3")] == [
        "总则", "指导思想", "主要任务", "优化布局", "开展培训", "提升质量", "办好活动", "保障措施",
    ]  # fmt: skip


def test_a_count_may_go_on_across_chapters(taken_apart: TakenApart, keys: Keys) -> None:
    body = "一、甲任务\n1.丙事。做。\n2.丁事。做。\n二、乙任务\n3.戊事。做。\n4.己事。做。"
    assert keys(body) == [
        ("1", "甲任务"),
        ("1-1", "丙事"),
        ("1-2", "丁事"),
        ("2", "乙任务"),
        ("2-3", "戊事"),
        ("2-4", "己事"),
    ]
    assert taken_apart(HEAD + body).findings == ()


def test_a_repeated_number_gets_a_letter_and_a_finding(taken_apart: TakenApart, keys: Keys) -> None:
    body = "一、甲任务\n1.丙事。做。\n1.丁事。做。\n2.戊事。做。\n二、乙任务\n1.己事。做。"
    assert keys(body)[1:4] == [("1-1", "丙事"), ("1-1b", "丁事"), ("1-2", "戊事")]
    assert [(f.code, f.about) for f in taken_apart(HEAD + body).findings] == [("number-repeat", "1-1b")]


def test_a_gap_in_the_count_is_a_finding_and_nothing_is_invented(taken_apart: TakenApart, keys: Keys) -> None:
    body = "一、甲任务\n1.丙事。做。\n3.丁事。做。\n二、乙任务\n1.己事。做。"
    assert keys(body)[1:3] == [("1-1", "丙事"), ("1-3", "丁事")]
    assert [(f.code, f.about, f.repaired) for f in taken_apart(HEAD + body).findings] == [("number-gap", "1-3", "2.")]


@pytest.mark.parametrize("number", ["一一一一", "九百九十九", "二二二二二二二二"])
def test_a_number_beyond_any_count_is_a_finding_too(taken_apart: TakenApart, number: str) -> None:
    found = taken_apart(f"{HEAD}一、甲任务\n1.丙事。\n二、乙任务\n{number}、丁任务\n三、戊任务")
    assert {f.code for f in found.findings} == {"number-gap"}


# ---------------------------------------------------------------- lost numbers


def test_a_lost_first_number_is_restored_with_a_finding(taken_apart: TakenApart) -> None:
    text = (
        HEAD
        + "一、甲任务\n开展培训。办班。\n责任单位:州科协、州教育局。\n(二)办好活动。办展。\n责任单位:州科协\n二、乙任务\n办好节日。过节。\n责任单位:州科协\n(二)做事。办。\n责任单位:州科协"
    )
    found = taken_apart(text)
    assert [(n.number, n.title, n.restored) for c in found.nodes for n in c.children] == [
        ("(一)", "开展培训", True), ("(二)", "办好活动", False), ("(一)", "办好节日", True), ("(二)", "做事", False),
    ]  # fmt: skip
    assert [(f.code, f.about, f.repaired) for f in found.findings] == [
        ("restored-number", "1-1", "(一)"),
        ("restored-number", "2-1", "(一)"),
    ]
    assert all(f.confidence < 1 for f in found.findings)
    assert found.nodes[0].title == "甲任务"


def test_a_lost_first_number_without_a_statement_is_restored_with_less_confidence(taken_apart: TakenApart) -> None:
    found = taken_apart(
        HEAD + "一、甲任务\n开展培训。办班。\n2.办好活动。办展。\n3.办事。做。\n二、乙任务\n4.做事。办。"
    )
    assert [(n.number, n.restored) for n in found.nodes[0].children] == [("1.", True), ("2.", False), ("3.", False)]
    assert found.findings[0].confidence < 0.9


def test_a_number_lost_between_two_others_is_restored_where_statements_show_two_items(taken_apart: TakenApart) -> None:
    found = taken_apart(
        HEAD
        + "一、甲任务\n(一)开展培训。办班。\n责任单位:市科协\n办好活动。办展。\n责任单位:市教育局\n(三)办好节日。过节。\n责任单位:市科协\n二、乙任务\n(一)做事。办。\n责任单位:市科协"
    )
    assert [(n.number, n.title, n.restored) for n in found.nodes[0].children] == [
        ("(一)", "开展培训", False),
        ("(二)", "办好活动", True),
        ("(三)", "办好节日", False),
    ]
    assert [f.code for f in found.findings] == ["restored-number"]


def test_a_number_lost_behind_several_lines_of_bodies_and_a_deadline_is_restored(taken_apart: TakenApart) -> None:
    lines = "牵头单位:市科协\n配合单位:市教育局\n完成时限:2023年5月底前\n"
    found = taken_apart(
        f"{HEAD}一、甲任务\n1.开展培训。办班。\n{lines}办好活动。办展。\n{lines}3.办好节日。过节。\n{lines}二、乙任务\n4.做事。办。\n{lines}"
    )
    assert [(n.number, n.title, n.restored, len(n.statement_spans)) for n in found.nodes[0].children] == [
        ("1.", "开展培训", False, 3),
        ("2.", "办好活动", True, 3),
        ("3.", "办好节日", False, 3),
    ]
    assert [f.code for f in found.findings] == ["restored-number"]


def test_an_introduction_is_not_taken_for_a_lost_item(taken_apart: TakenApart) -> None:
    found = taken_apart(
        HEAD + "一、甲任务\n围绕中心工作,抓好落实。\n1.开展培训。办班。\n2.办好活动。办展。\n二、乙任务\n3.做事。办。"
    )
    assert [(n.number, n.restored) for n in found.nodes[0].children] == [("1.", False), ("2.", False)]
    assert found.findings == ()


def test_a_lost_last_number_leaves_a_trace(taken_apart: TakenApart) -> None:
    found = taken_apart(
        HEAD
        + "一、甲任务\n(一)开展培训。办班。\n责任单位:市科协\n(二)办好活动。办展。\n责任单位:市教育局\n办好节日。过节。\n责任单位:市科协\n二、乙任务\n(一)做事。办。\n责任单位:市科协"
    )
    assert len(found.nodes[0].children) == 3 or found.findings


# ---------------------------------------------------------------- lost full stops


@pytest.mark.parametrize(
    ("line", "title", "lost"),
    [
        ("开展培训。每年办班。", "开展培训", False),
        ("农民科学素质提升行动加强农村科普工作,增强农民的科学素质和生产技能。", "农民科学素质提升行动", True),
        ("加强科学素质教育培训深入贯彻落实新发展理念,把树立科学精神纳入计划。", "加强科学素质教育培训", True),
        (
            "提升基础教育阶段科学教育水平加强青少年科普教育基础设施建设。引导变革方式。",
            "提升基础教育阶段科学教育水平加强青少年科普教育基础设施建设",
            False,
        ),
        (
            "推进科普基础设施规划建设加强科普教育基地建设。建立分级评价制度。",
            "推进科普基础设施规划建设加强科普教育基地建设",
            False,
        ),
        ("对接“技能中国行动”。健全制度。", "对接“技能中国行动”", False),
        ("鼓励支持成立企业(园区)科协。发挥作用。", "鼓励支持成立企业(园区)科协", False),
        ("树立相信科学、可持续发展的思想观念。深入开展活动。", "树立相信科学、可持续发展的思想观念", False),
        (
            "联合集成,协同推进,推动科普信息化建设机制创新。做好工作。",
            "联合集成,协同推进,推动科普信息化建设机制创新",
            False,
        ),
    ],
)
def test_a_heading_ends_where_its_full_stop_stands_or_stood(
    taken_apart: TakenApart, line: str, title: str, lost: bool
) -> None:
    found = taken_apart(f"{HEAD}一、甲任务\n1.{line}\n2.办事。做。\n二、乙任务\n3.做事。办。")
    assert find(found, "1-1").title == title
    assert [f.about for f in found.findings if f.code == "split-title"] == (["1-1"] if lost else [])


@pytest.mark.parametrize(
    ("siblings", "title"),
    [
        (("实施烘干行动。", "推广绿色储粮。", "加强组织领导。", "改善储粮条件。", "发展散装运输。"), "建设高标准粮仓"),
        # Siblings whose headings run on over commas show nothing, nor do too few.
        (
            ("实施行动,提高水平。", "推广储粮,做好服务。", "加强组织,落实责任。", "改善条件,保障供应。", "发展运输。"),
            None,
        ),
        (("实施烘干行动。", "推广绿色储粮。"), None),
    ],
)
def test_the_headings_of_siblings_show_where_a_full_stop_was_lost(
    taken_apart: TakenApart, siblings: tuple[str, ...], title: str | None
) -> None:
    run_in = "建设高标准粮仓新建、改建绿色高标准仓容3000万吨,应用低温储粮技术,加快智能化改造。"
    items = "\n".join(f"{i}.{s}每年做好工作。" for i, s in enumerate(siblings, 2))
    found = taken_apart(f"{HEAD}一、甲任务\n1.{run_in}\n{items}\n二、乙任务\n{len(siblings) + 2}.办好实事。做。")
    node = find(found, "1-1")
    assert node.title == (title or run_in.rstrip("。"))
    told = [f.repaired for f in found.findings if f.code == "split-title" and f.about == "1-1"]
    assert told == ([f"{title}。"] if title else [])


def test_a_title_cuts_its_own_words_out_of_the_text(taken_apart: TakenApart) -> None:
    text = f"{HEAD}一、甲任务\n1．　对接“技能中国行动”（试点）。健全制度。\n2.办事。做。\n二、乙任务\n3.做事。办。"
    node = find(taken_apart(text), "1-1")
    assert node.title_span is not None
    assert node.title_span.cut(text) == "对接“技能中国行动”（试点）"


# ---------------------------------------------------------------- boxed columns


def test_a_boxed_column_without_items_lies_between_two_tasks(keys: Keys) -> None:
    assert keys("一、甲任务\n(一)甲工程\n1.开展培训。做。\n专栏1:志愿服务行动\n办好服务。\n2.办好活动。做。\n(二)乙工程\n1.丙事。做。\n二、乙任务\n1.丁事。做。") == [
        ("1", "甲任务"), ("1-1", "甲工程"), ("1-1-1", "开展培训"), ("1-1-box1", "志愿服务行动"), ("1-1-2", "办好活动"),
        ("1-2", "乙工程"), ("1-2-1", "丙事"), ("2", "乙任务"), ("2-1", "丁事"),
    ]  # fmt: skip


def test_a_boxed_column_holds_its_items_and_the_next_heading_stands_outside(keys: Keys) -> None:
    assert keys("一、甲任务\n(一)甲工程\n1.开展培训。做。\n2.办好活动。做。\n3.办事。做。\n专栏1:重点行动\n1.甲行动。做。\n2.乙行动。做。\n(二)乙工程\n1.丙事。做。\n二、乙任务\n1.丁事。做。")[2:9] == [
        ("1-1-1", "开展培训"), ("1-1-2", "办好活动"), ("1-1-3", "办事"), ("1-1-box1", "重点行动"),
        ("1-1-box1-1", "甲行动"), ("1-1-box1-2", "乙行动"), ("1-2", "乙工程"),
    ]  # fmt: skip


def test_the_outer_count_goes_on_after_a_boxed_column_with_items(keys: Keys) -> None:
    assert keys("一、甲任务\n(一)甲工程\n1.开展培训。做。\n专栏1:重点行动\n1.甲行动。做。\n2.乙行动。做。\n3.丙行动。做。\n2.办好活动。做。\n3.办事。做。\n(二)乙工程\n1.丁事。做。\n二、乙任务\n1.戊事。做。")[2:9] == [
        ("1-1-1", "开展培训"), ("1-1-box1", "重点行动"), ("1-1-box1-1", "甲行动"), ("1-1-box1-2", "乙行动"), ("1-1-box1-3", "丙行动"),
        ("1-1-2", "办好活动"), ("1-1-3", "办事"),
    ]  # fmt: skip


def test_a_boxed_column_without_number_has_a_key_too(keys: Keys) -> None:
    assert ("1-box", "重点行动") in keys(
        "一、甲任务\n1.开展培训。做。\n专栏 重点行动\n做好。\n2.办好活动。做。\n二、乙任务\n1.丁事。做。"
    )


# ---------------------------------------------------------------- statements in lines


def test_statement_lines_are_told_from_text(taken_apart: TakenApart) -> None:
    text = f"{HEAD}一、甲任务\n(一)开展培训。办班。\n责任单位:州科协、\n州教育局\n(二)办好活动。办展。\n(牵头单位:州科协)\n二、乙任务\n(一)做事。办。\n【责任单位:州科协】"
    found = taken_apart(text)
    assert [[s.cut(text) for s in find(found, k).statement_spans] for k in ("1-1", "1-2", "2-1")] == [
        ["责任单位:州科协、", "州教育局"], ["(牵头单位:州科协)"], ["【责任单位:州科协】"],
    ]  # fmt: skip


def test_a_bracket_that_goes_on_in_the_next_line_stays_with_the_text(taken_apart: TakenApart) -> None:
    text = f"{HEAD}一、甲任务\n1.开展培训。办班。(市科协、市教育局\n)\n2.办好活动。办展。(市科协)\n二、乙任务\n3.做事。办。(市科协)"
    assert [s.cut(text) for s in find(taken_apart(text), "1-1").body_spans] == [
        "开展培训。办班。(市科协、市教育局",
        ")",
    ]


def test_a_number_that_comes_again_and_again_has_keys_of_letters(keys: Keys) -> None:
    found = [key for key, _ in keys("一、甲任务\n" + "1.丙事。做。\n" * 60 + "二、乙任务\n1.己事。做。")]
    assert found[1:4] == ["1-1", "1-1b", "1-1c"]
    assert found[25:29] == ["1-1y", "1-1z", "1-1aa", "1-1ab"]
    assert found[51:54] == ["1-1ay", "1-1az", "1-1ba"]
    assert len(set(found)) == len(found)
