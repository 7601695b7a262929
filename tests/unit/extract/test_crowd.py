"""For whom an action or task is: the guide's rules, each way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import PlanRecord, Provision

Task = Callable[..., Provision]


def groups(provision: Provision) -> set[str]:
    return {g.value for g in provision.crowd_groups}


def fault(*values: object, reason: str) -> object:
    """A case that fails today; strict, so that a repair has to take the mark away."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("面向青少年开展科普活动。", {"青少年"}),
        ("提高农民科学文化素质。", {"农民"}),
        ("依托农牧民夜校,大力提高农牧民科技文化素质。", {"农民"}),
        ("大幅提升企业职工技能水平。", {"产业工人"}),
        ("加强城镇劳动者技能培训。", {"产业工人"}),
        ("帮助老年人提升信息获取能力。", {"老年人"}),
        ("提高领导干部和公务员科学履职水平。", {"领导干部和公务员"}),
        ("强化公务员科学素质。", {"领导干部和公务员"}),
        ("加强幼儿科学启蒙教育。", {"儿童"}),
        ("激发中小学生好奇心。", {"青少年"}),
        ("为广大未成年人提供免费服务。", {"青少年"}),
        ("支持在校大学生开展创新型实验。", {"大学生"}),
        ("鼓励企业家投身科普事业。", {"企业家"}),
        ("实施农村妇女素质提升行动。", {"妇女"}),
        ("丰富社区居民文化生活。", {"社区居民"}),
        ("持续开展科技辅导员教师师资培训。", {"教师"}),
        ("增进公众对科技发展的了解和支持。", {"公众"}),
        ("满足社会公众需求。", {"公众"}),
        ("精准促进城乡群众科学素质提升。", {"公众"}),
        ("开展残疾人科普服务。", {"残疾人"}),
        ("增强科技工作者科普责任感和使命感。", {"科技工作者"}),
        ("做好优秀农民工返乡创业的科技支撑。", {"农民"}),
    ],
)
def test_a_group_that_is_taught_served_or_strengthened_counts(task: Task, text: str, expected: set[str]) -> None:
    assert groups(task("(市科协)", text="开展工作。" + text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "及时发布公众关注热点。",
        "发展壮大老年志愿者队伍。",
        "通过青少年宫、科普基地等场所开展活动。",
        "举办“青少年科技创新大赛”。",
        "开展科普进农村、进社区活动。",
        "组建老专家科普报告团。",
        "加强科普工作者和专业技术人员队伍建设。",
        "引导村干部、网格员成为传播员。",
        "开展媒体从业人员、管理人员能力培训。",
        "依托老年大学、老年协会。",
        "依托老科协、农技协、合作社。",
        "推动《余姚日报》专栏建设。",
    ],
)
def test_a_group_in_a_name_a_workforce_or_an_attribute_does_not_count(task: Task, text: str) -> None:
    assert groups(task("(市科协)", text="开展工作。" + text)) == set()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("青少年科学素质提升行动", {"青少年"}),
        ("领导干部和公务员科学素质提升行动", {"领导干部和公务员"}),
        ("城镇劳动者科学素质行动", {"产业工人"}),
        ("科普信息化提升工程", set()),
        ("农户和企业储粮减损行动", set()),  # not all of it is for the farmers
        ("企业和群众办事提速行动", set()),
        ("部门与职工协作行动", set()),
        ("农户和渔民增收行动", {"农民"}),
        ("企业职工技能提升行动", {"产业工人"}),
        ("老年人、残疾人关爱行动", {"老年人", "残疾人"}),
    ],
)
def test_an_action_has_the_groups_of_its_heading(
    record: Callable[[str], PlanRecord], title: str, expected: set[str]
) -> None:
    found = record(
        f"某市科普工作要点\n为提高素质,制定本要点。\n一、任务\n(一){title}\n1.开展培训。做好。(市科协)\n2.办好活动。做好。(市科协)\n二、其他\n(一)做事。(市科协)\n(二)办事。(市科协)"
    )
    action = next(p for p in found.provisions if p.title == title)
    assert (action.kind, groups(action)) == ("Action", expected)


def test_a_task_that_names_no_group_has_none_of_its_own(task: Task) -> None:
    assert groups(task("(市科协)", text="健全机制。完善制度,落实责任。")) == set()


def test_groups_come_in_the_order_of_the_text_and_cut_their_words_out_of_it(
    record: Callable[[str], PlanRecord],
) -> None:
    found = record(
        "某市科普工作要点\n为提高素质,制定本要点。\n一、任务\n1.开展培训。提高农民素质,帮助老年人提升能力,面向青少年开放。(市科协)\n2.办展。(市科协)\n二、其他\n3.做事。(市科协)"
    )
    first = next(p for p in found.provisions if p.kind == "Task")
    assert [(g.value, g.spans[0].cut(found.source.text)) for g in first.crowd_groups] == [
        ("农民", "农民"),
        ("老年人", "老年人"),
        ("青少年", "青少年"),
    ]


def test_a_heading_that_lost_its_first_characters_is_mended_by_its_sisters(record: Callable[[str], PlanRecord]) -> None:
    chapters = "\n".join(
        f"{n}、{t}科学素质提升行动\n(一)开展培训。做好。\n责任单位:州科协\n(二)办好活动。做好。\n责任单位:州科协"
        for n, t in zip("一二三四", ("青少年", "民", "老年人", "产业工人"), strict=True)
    )
    found = record(f"某州科普责任分工方案\n为提高素质,制定本方案。\n{chapters}")
    mended = next(p for p in found.provisions if p.key == "2")
    assert (mended.title, mended.repaired_title, groups(mended)) == (
        "民科学素质提升行动",
        "农民科学素质提升行动",
        {"农民"},
    )
    assert [(f.about, f.original, f.repaired) for f in found.findings if f.code == "repaired-title"] == [
        ("2", "民科学素质提升行动", "农民科学素质提升行动")
    ]
