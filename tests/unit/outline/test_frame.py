"""Where on the page the plan stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.cited_titles import plan_type_of
from kg.model import Outline
from kg.outline.frame import is_title_like
from kg.read import read_bytes

TakenApart = Callable[[str], Outline]

NOTICE = "某市人民政府关于印发某市科普工作要点的通知\n某政发〔2020〕1号\n各县区:\n现将《某市科普工作要点》印发给你们,请贯彻执行。\n某市人民政府\n2020年1月1日"
PLAN = "某市科普工作要点\n为提高素质,制定本要点。\n一、工作任务\n1.开展培训。做。\n2.办好活动。做。\n二、保障措施\n1.加强领导。做。\n2.加强投入。做。"


def cut(text: str, spans: tuple[object, ...]) -> list[str]:
    source = read_bytes(text.encode(), "a.txt").text
    return [s.cut(source) for s in spans]  # type: ignore[attr-defined]


def test_a_page_is_head_notice_title_preamble_body_and_tail(taken_apart: TakenApart) -> None:
    text = f"首页\n索引号: A1\n{NOTICE}\n{PLAN}\n扫一扫在手机打开当前页\n版权所有:某网站"
    found = taken_apart(text)
    assert cut(text, found.head_spans) == ["首页", "索引号: A1"]
    assert cut(text, found.notice_spans) == NOTICE.split("\n")
    assert (found.title, cut(text, found.title_spans)) == ("某市科普工作要点", ["某市科普工作要点"])
    assert cut(text, found.preamble_spans) == ["为提高素质,制定本要点。"]
    assert [n.title for n in found.nodes] == ["工作任务", "保障措施"]
    assert cut(text, found.tail_spans) == ["扫一扫在手机打开当前页", "版权所有:某网站"]


@pytest.mark.parametrize(
    "chrome",
    [
        "手机扫码浏览",
        "打印 关闭",
        "下载相关附件:某政发〔2020〕1号.pdf",
        "相关解读:一图读懂",
        "上一篇:某市通知",
        "附件:任务分工表",
        "(此件公开发布)",
        "关于印发《某市科普工作要点》的通知.pdf",
        "Produced By 某网络",
    ],
)
def test_page_chrome_behind_the_plan_belongs_to_no_item(taken_apart: TakenApart, chrome: str) -> None:
    text = f"{PLAN}\n{chrome}"
    found = taken_apart(text)
    assert cut(text, found.tail_spans) == [chrome]
    assert cut(text, found.nodes[-1].children[-1].body_spans) == ["加强投入。做。"]


def test_a_signature_behind_the_plan_belongs_to_no_item(taken_apart: TakenApart) -> None:
    text = f"{PLAN}\n某市科学技术协会\n某市教育局\n2020年1月1日"
    assert cut(text, taken_apart(text).tail_spans) == ["某市科学技术协会", "某市教育局", "2020年1月1日"]


def test_numbered_lines_of_an_annex_are_no_tasks(taken_apart: TakenApart) -> None:
    text = f"{PLAN}\n附件1:任务分工表\n1.表格一\n2.表格二"
    assert [c.title for c in taken_apart(text).nodes[-1].children] == ["加强领导", "加强投入"]


def test_a_label_in_front_of_a_title_is_no_part_of_it(taken_apart: TakenApart) -> None:
    text = PLAN.replace("某市科普工作要点", "【专项规划】某市科普工作要点", 1)
    found = taken_apart(text)
    assert (found.title, cut(text, found.title_spans)) == ("某市科普工作要点", ["某市科普工作要点"])


def test_outer_title_marks_are_dropped_and_inner_ones_stay(taken_apart: TakenApart) -> None:
    assert taken_apart(PLAN.replace("某市科普工作要点", "《某市科普工作要点》", 1)).title == "某市科普工作要点"
    inner = "某州贯彻落实《某省实施方案》责任分工方案"
    assert taken_apart(PLAN.replace("某市科普工作要点", inner, 1)).title == inner
    both = "《甲规划》和《乙规划》实施方案"
    assert taken_apart(PLAN.replace("某市科普工作要点", both, 1)).title == both


def test_a_title_in_two_lines_is_one(taken_apart: TakenApart) -> None:
    text = (
        f"{NOTICE.replace('某市科普工作要点', '某市全民科学素质行动规划纲要实施方案')}\n某市全民科学素质行动\n规划纲要实施方案\n"
        + PLAN.split("\n", 1)[1]
    )
    assert taken_apart(text).title == "某市全民科学素质行动规划纲要实施方案"


def test_a_single_chapter_begins_the_body_too(taken_apart: TakenApart) -> None:
    found = taken_apart("某市科普工作要点\n为提高素质,制定本要点。\n一、工作任务\n1.开展培训。做。\n2.办好活动。做。")
    assert [(n.number, [c.number for c in n.children]) for n in found.nodes] == [("一、", ["1.", "2."])]


def test_the_numbered_demands_of_a_notice_are_not_the_plan(taken_apart: TakenApart) -> None:
    notice = NOTICE.replace("请贯彻执行。", "并提出以下要求:\n一、提高认识。做好。\n二、抓好落实。做好。")
    found = taken_apart(f"{notice}\n{PLAN}")
    assert found.title == "某市科普工作要点"
    assert [n.title for n in found.nodes] == ["工作任务", "保障措施"]


@pytest.mark.parametrize("dots", ["", "......3", "\t3"])
def test_a_table_of_contents_is_not_the_body(taken_apart: TakenApart, dots: str) -> None:
    found = taken_apart(f"某市科普工作要点\n目 录\n一、工作任务{dots}\n二、保障措施{dots}\n{PLAN}")
    assert [n.title for n in found.nodes] == ["工作任务", "保障措施"]


def test_a_chapter_that_lost_the_first_number_is_not_lost(taken_apart: TakenApart) -> None:
    found = taken_apart(
        "某市科普工作要点\n为提高素质,制定本要点。\n总体要求\n以人为本。\n二、工作任务\n1.开展培训。做。\n2.办好活动。做。\n三、保障措施\n1.加强领导。做。"
    )
    assert [(n.number, n.title, n.restored) for n in found.nodes] == [
        ("一、", "总体要求", True),
        ("二、", "工作任务", False),
        ("三、", "保障措施", False),
    ]
    assert [(f.code, f.about) for f in found.findings] == [("restored-number", "1")]


def test_a_text_without_numbers_has_no_nodes(taken_apart: TakenApart) -> None:
    found = taken_apart("今天天气很好。\n我们去公园。")
    assert (found.nodes, found.title) == ((), "")


@pytest.mark.parametrize(
    "text",
    [
        "某市科普工作要点",
        "某市全民科学素质行动规划纲要实施方案(2021-2025年)",
        "某州贯彻落实《某省行动方案》责任分工方案",
        "某区科普发展“十四五”规划",
    ],
)
def test_what_reads_as_a_title(text: str) -> None:
    assert is_title_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "现将《某市科普工作要点》印发给你们。",
        "某市人民政府关于印发《某市方案》的通知",
        "一、工作方案",
        "规划",
        "关于印发某市规划的通知.pdf",
        "标 题:某市科普规划",
        "做好规划;抓好方案",
    ],
)
def test_what_does_not_read_as_a_title(text: str) -> None:
    assert not is_title_like(text)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某市科普规划", "规划"),
        ("某市科普规划实施方案", "实施方案"),
        ("某市《规划纲要》工作要点", "工作要点"),
        ("某市科普大事记", "其他"),
        ("", "其他"),
    ],
)
def test_the_kind_of_a_plan_is_the_last_word_of_its_title(title: str, kind: str) -> None:
    assert plan_type_of(title) == kind


def test_short_lines_over_paragraphs_are_headings_where_no_number_counts(taken_apart: TakenApart) -> None:
    text = (
        "某市科普工作要点\n为提高素质,制定本要点。\n一、队伍建设行动\n1.开展培训。做。\n2.办好活动。做。\n"
        "二、环境改善行动\n牵头单位:市科协\n大力学习先进经验。\n推进厕所革命\n因地制宜改厕,同步推进粪污处理。\n"
        "建设美丽庭院\n发动群众整理房前屋后,打造小菜园。(市妇联)\n三、保障措施\n加强领导。\n"
    )
    improving = taken_apart(text).nodes[1]
    assert [node.title for node in improving.children] == ["推进厕所革命", "建设美丽庭院"]
    source = read_bytes(text.encode(), "a.txt").text
    assert "大力学习先进经验。" in "".join(s.cut(source) for s in improving.body_spans)


def test_one_short_line_over_a_paragraph_is_no_heading(taken_apart: TakenApart) -> None:
    text = (
        "某市科普工作要点\n为提高素质,制定本要点。\n一、工作任务\n开展各类科普培训活动\n"
        "每年举办培训班,邀请专家授课,组织群众参加。\n二、保障措施\n加强领导,落实责任。\n"
    )
    assert [node.children for node in taken_apart(text).nodes] == [(), ()]


def test_a_field_that_names_the_notice_does_not_hide_the_title_of_the_plan_in_two_lines(
    taken_apart: TakenApart,
) -> None:
    text = (
        "名称:某市人民政府关于印发某市乡村旅游提升实施方案(2023—2025年)的通知\n"
        "某市人民政府关于印发某市乡村旅游提升实施方案(2023—2025年)的通知\n某政发〔2023〕1号\n各县区:\n"
        "《某市乡村旅游提升实施方案(2023—2025年)》已经同意,现印发给你们。\n某市人民政府\n2023年1月1日\n"
        "某市乡村旅游提升\n实施方案(2023—2025年)\n为提升旅游,制定本方案。\n"
        "一、工作任务\n1.开展培训。做。\n2.办好活动。做。\n"
    )
    assert taken_apart(text).title == "某市乡村旅游提升实施方案(2023—2025年)"


def _items(stated: int, extra: str) -> str:
    """A plan of so many stated items, the last of them with a paragraph below it."""
    items = [f"{n}.推进建设。新建校舍。(责任单位:县教育局)" for n in range(1, stated + 1)]
    return "\n".join(
        ["某县教育工作要点", "为办好教育,制定本要点。", "一、改善条件", *items, extra, "二、保障措施", "加强领导。", ""]
    )


STATED = "整治周边环境。严查三无食品。[责任单位:县公安局、县市场监管局,责任人:李四]"


def test_a_paragraph_that_is_stated_like_the_many_items_beside_it_is_an_item(taken_apart: TakenApart) -> None:
    improving = taken_apart(_items(10, STATED)).nodes[0]
    assert [(n.number, n.title) for n in improving.children[-2:]] == [("10.", "推进建设"), ("", "整治周边环境")]


@pytest.mark.parametrize(("stated", "extra"), [(3, STATED), (10, "继续做好上述各项。")])
def test_other_paragraphs_are_parts_of_the_item_above(taken_apart: TakenApart, stated: int, extra: str) -> None:
    assert len(taken_apart(_items(stated, extra)).nodes[0].children) == stated


ANNEX = (
    "某市分类工作方案\n为做好分类,制定本方案。\n一、工作目标\n到2024年全面分类。\n二、保障措施\n(一)加强领导。做。\n(二)加大投入。做。\n"
    "附件\n某市重点任务责任分工\n一、源头分类\n1.优化点位。设置点位。牵头单位:市城管局;完成时限:2022年底前。\n"
    "2.示范引领。创建单位。牵头单位:市教育局。\n二、收运体系\n3.配足车辆。新增车辆。\n牵头单位:市交通运输局\n"
)


def test_an_annex_that_divides_the_work_is_read_where_the_body_names_nobody(taken_apart: TakenApart) -> None:
    found = taken_apart(ANNEX)
    assert [n.title for n in found.nodes] == ["工作目标", "保障措施"]
    assert [(n.key, n.title, [c.title for c in n.children]) for n in found.annex_nodes] == [
        ("1b", "源头分类", ["优化点位", "示范引领"]), ("2b", "收运体系", ["配足车辆"]),
    ]  # fmt: skip
    assert cut(ANNEX, found.tail_spans) == ["附件", "某市重点任务责任分工"]


def test_an_annex_is_left_alone_where_the_body_says_who_is_responsible(taken_apart: TakenApart) -> None:
    found = taken_apart(ANNEX.replace("(二)加大投入。做。", "(二)加大投入。做。(市财政局负责)"))
    assert found.annex_nodes == ()
