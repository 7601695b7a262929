"""Which campaigns a task mentions: by every name that they go by, and not where the words belong to something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Provision

Task = Callable[..., Provision]

MENTIONED = [
    ("深入开展文化科技卫生“三下乡”活动。", ["three-to-countryside"]),
    ("办好全国科普日、科技活动周。", ["national-science-day", "national-science-week"]),
    ("推动“科普中国”APP落地,注册科普中国信息员。", ["science-china"]),
    ("落实“双减”政策,推进放管服改革。", ["double-reduction", "delegate-regulate-serve"]),
    ("全面推行河湖长制,推进厕所革命。", ["river-chief", "rural-toilet-revolution"]),
    ("实现“一件事一次办”“跨省通办”。", ["one-matter", "cross-province"]),
    ("推广“学习强国”平台。", ["xuexi-qiangguo"]),
    ("中央厨房“互联网+明厨亮灶”覆盖。", ["bright-kitchen"]),
    ("积极参与共建“一带一路”。", ["belt-and-road"]),
]
NOT_MENTIONED = [
    "贯彻《全民科学素质行动规划纲要》。",
    "落实《“健康中国2030”规划纲要》。",
    "编制《某县乡村振兴战略实施方案》。",
    "开展“春风送岗·巾帼建功”活动。",
    "结合粮食科技活动周办展。",
    "办好学校科技节、科技周。",
    "由区乡村振兴局办理。",
    "建设全民健身活动中心。",
    "办好数字中国建设峰会。",
]


@pytest.mark.parametrize(("text", "notations"), MENTIONED)
def test_an_initiative_is_found_by_every_name(task: Task, text: str, notations: list[str]) -> None:
    assert [i.value for i in task("(市科协)", text=text).initiatives] == notations


@pytest.mark.parametrize("text", NOT_MENTIONED)
def test_words_of_a_longer_name_are_no_mention(task: Task, text: str) -> None:
    assert task("(市科协)", text=text).initiatives == ()
