"""Where the heading of an item ends, with its full stop and without."""

from __future__ import annotations

import pytest

from kg.item_titles import split_title

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
