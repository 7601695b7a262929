"""Which wordings count the same, and which do not."""

from __future__ import annotations

import pytest

from kg.resolve.indicators import find_indicator

SAME = [
    ("公民具备科学素质的比例", "公民具备基本科学素质比例", "公民科学素质比例", "东湖区公民具备科学素质的比例", "我区公民科学素质比例"),
    ("研发经费投入强度", "R&D经费投入强度", "全社会研发投入占地区生产总值比重", "研究与试验发展（R&D）经费投入强度"),
    ("常住人口城镇化率", "城镇化率", "全市常住人口城镇化率"),
    ("公共充电桩", "厦门公共充电桩", "福州市公共充电桩"),
    ("网上可办率", "政务服务事项网上可办率", "省、市、县三级审批服务事项网上可办率"),
    ("“双师型”教师占专业课教师总数", "“双师型”教师占专业课教师比例"),
    ("城镇新增就业", "新增城镇就业"),
]  # fmt: skip
DIFFERENT = [
    ("城镇登记失业率", "城镇调查失业率"),
    ("化肥使用量", "农药使用量"),
    ("二氧化硫排放总量", "二氧化硫重点工程减排量"),
    ("政务服务事项网上可办率", "政务服务事项全程网办率"),
    ("开放数据", "开放数据集"),
    ("地区生产总值", "地区生产总值年均增长"),
    ("常住人口城镇化率", "户籍人口城镇化率"),
    ("科普教育基地", "市级科普教育基地"),
    ("城乡群众精准科普服务", "精准科普服务"),
]


@pytest.mark.parametrize("wordings", SAME, ids=lambda wordings: wordings[0])
def test_wordings_of_one_count_are_one_indicator(wordings: tuple[str, ...]) -> None:
    assert {find_indicator(words) for words in wordings} == {find_indicator(wordings[0])}
    assert find_indicator(wordings[0]) is not None


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_counts_are_two_indicators(one: str, other: str) -> None:
    assert None not in (find_indicator(one), find_indicator(other))
    assert find_indicator(one) != find_indicator(other)


@pytest.mark.parametrize(
    "words", ["精准科普服务全覆盖", "群众满意率", "覆盖率", "公办幼儿园", "会议", "新能源汽车充换电设施"]
)
def test_words_that_no_concept_means_are_none(words: str) -> None:
    assert find_indicator(words) is None


@pytest.mark.parametrize(
    ("words", "unit", "is_it"),
    [
        ("科普经费", "元", True),
        ("科普经费", "%", False),
        ("体育公园", "个", True),
        ("体育公园", "座", True),
        ("体育公园", "平方米", False),
        ("受益人数", "人次", True),
        ("受益人数", "人", False),
        ("注册科技志愿者", "名", True),
        ("注册科技志愿者", "人次", False),
        ("健身步道", "公里", True),
        ("公民科学素质比例", "", True),
        ("公民科学素质比例", "个百分点", True),
        ("充电桩", "组", True),
    ],
)
def test_what_is_counted_in_another_kind_of_unit_is_another_indicator(words: str, unit: str, is_it: bool) -> None:
    assert (find_indicator(words, unit) is not None) == is_it
