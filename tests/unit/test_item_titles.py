"""Where the heading of an item ends, with its full stop and without."""

from __future__ import annotations

import pytest

from kg.item_titles import closed_heading, split_by_siblings, split_title

LOST = [
    ("简化审批流程", "推行连锁企业一照多址,压缩审批时限。"),
    ("发展社区助老餐饮", "鼓励餐饮企业参与老年人配餐、送餐服务,方便老年人。"),
    ("稳步推进公共数据开放", "优先开放与民生紧密相关、社会需求迫切的数据,提高数据质量。"),
    ("织密社区助餐点", "整合利用闲置校舍等场所,建设助餐点,方便老年人就餐。"),
    ("加强从业人员培训", "各地要建立培训制度,每年至少培训一次。"),
    ("完善绿色金融体系", "健全绿色信贷评价制度,扩大绿色债券发行规模。"),
    ("青年就业见习行动", "开展就业见习,募集见习岗位,提高补贴标准。"),
]
WHOLE = [
    ("引导企业完善内部管理制度,提高管理水平", "。鼓励企业对标。"),
    ("支持高校优化学科专业结构", "。调整专业。"),
    ("加强组织领导", "。各地要高度重视,鼓励创新。"),
    ("推进营商环境优化提升,完善服务机制", "。落实政策。"),
    ("建立健全工作机制", "。定期会商。"),
]


@pytest.mark.parametrize(("heading", "text"), LOST, ids=[h for h, _ in LOST])
def test_a_heading_that_ran_into_its_text_ends_before_the_second_phrase(heading: str, text: str) -> None:
    end, lost = split_title(heading + text)
    assert (heading + text)[:end] == heading
    assert lost


@pytest.mark.parametrize(("heading", "text"), WHOLE, ids=[h for h, _ in WHOLE])
def test_a_heading_with_its_full_stop_is_the_first_sentence(heading: str, text: str) -> None:
    end, lost = split_title(heading + text)
    assert (heading + text)[:end] == heading
    assert not lost


# Heading, the text that it runs into, the longest heading of its siblings: only they show that it ends.
SIBLINGS = [
    ("推进“小美旅游厕所”建设", "三年新建改建旅游厕所66座,A级旅游厕所占比达到七成。", 11),
    ("建设高标准粮仓", "新建、改建绿色高标准仓容3000万吨,应用低温储粮技术。", 10),
    ("强化就业困难人员援助", "建立“一人一档、一人一策”援助台账,提供服务不少于3次。", 17),
    ("推进二级以下渔港和避风锚地改造", "对功能萎缩、淤积严重的小型渔港开展清淤疏浚和加固改造,建设避风锚地20处。", 13),
    ("开展监测评估", "国家发展改革委、民政部、国家卫生健康委要加强工作协调,建立评价机制。", 11),
    ("加大财政支持", "统筹用好市级商务发展资金,支持便民商业网点建设,优化支出结构。", 12),
    ("规范体育赛事举办", "根据国家有关规定清理审批事项,除高危险性项目外一律取消审批,有关信息向社会公开。", 20),
]


@pytest.mark.parametrize(("heading", "text", "longest"), SIBLINGS, ids=[h for h, _, _ in SIBLINGS])
def test_headings_of_siblings_show_where_one_without_a_full_stop_ends(heading: str, text: str, longest: int) -> None:
    joined = heading + text
    assert joined[: split_by_siblings(joined, split_title(joined)[0], longest)] == heading


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        ("推进通组路“组组通”向“院院连”延伸。鼓励群众投工投劳。", 13),  # closed, only longer than its siblings
        ("完善制度。健全机制,落实责任。", 10),  # no longer than they
        ("主要目标到2023年,建成体系。", 5),  # no verb that an object could close
        ("加强对农村饮水工程的监督和管理工作落实到位的检查,定期通报。", 8),  # nothing begins a text within their length
        ("推动建立与经济社会发展相适应的投入保障,落实资金。", 9),
    ],
)
def test_a_heading_stays_where_nothing_shows_that_it_ended(text: str, longest: int) -> None:
    assert split_by_siblings(text, split_title(text)[0], longest) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("加强组织领导。各地要高度重视。", 6),
        ("提高水平,完善服务。各地落实。", None),
        ("加强组织领导", None),
        ("三通。推进。", None),
    ],
)
def test_a_closed_heading_is_one_phrase_before_its_full_stop(text: str, length: int | None) -> None:
    assert closed_heading(text) == length
