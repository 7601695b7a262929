"""Names as words: one, several run together, collectives, fragments."""

from __future__ import annotations

import pytest

from kg.agency_names import inherit_area, is_agency_name, is_collective, is_fragment, parse_name, split_names
from kg.lexicon import rules

ONE = """区教体局 市文化广电新闻出版局〈旅游局〉 省发展改革委 州人力资源社会保障局 团州委 团区委 市委党校 州委政法委 市流管办 区政务服务数据管理局
国家税务总局福建省税务局 中国铁路南昌局集团有限公司 平潭综合实验区管委会 人行福州中心支行 民航福建监管局 福建能源监管办 四川民族学院 康定地震站
余姚日报社 中共余姚市委组织部 广西壮族自治区科普工作联席会议办公室 市市场监管局 发展改革委 药监局 各设区市政府 各县(市)人民政府 区直机关工委
市委组织部(人才办) 北京市规划和自然资源委员会 市委办公室 省委网信办 市农办 委""".split()

SEVERAL = [
    ("区科协区发改委", ("区科协", "区发改委")),
    ("区妇联区人社局", ("区妇联", "区人社局")),
    ("州科协各县(市)人民政府", ("州科协", "各县(市)人民政府")),
    ("团区委区妇联", ("团区委", "区妇联")),
    ("市委组织部市委党校", ("市委组织部", "市委党校")),
    ("市委市政府", ("市委", "市政府")),
    ("市科技局市教育局市财政局", ("市科技局", "市教育局", "市财政局")),
    (
        "福建省发展和改革委员会中共福建省委网络安全和信息化领导小组办公室福建省工商局",
        ("福建省发展和改革委员会", "中共福建省委网络安全和信息化领导小组办公室", "福建省工商局"),
    ),
    ("财政厅人社厅", ("财政厅", "人社厅")),
    ("余姚市科协余姚市财政局", ("余姚市科协", "余姚市财政局")),
    ("平潭综合实验区管委会和省直有关部门", ("平潭综合实验区管委会", "省直有关部门")),
    ("省政府新闻办和省直有关部门", ("省政府新闻办", "省直有关部门")),
]

COLLECTIVES = """各成员单位 各县(市)人民政府 各县（市）人民政府 各设区市人民政府 各有关部门 各镇街 县(市)反邪教办公室 有关部门 省直有关部门 地方各级人民政府
各通信运营商 有关高等院校 省直各部门 相关市 各有关高校 县(区)政府及相关部门 自治区科普工作联席会议成员单位 各省、自治区、直辖市 乡镇人民政府 教育部门""".split()

SINGLE = """平潭综合实验区管委会 区科协 市直机关工委 县教育局 自治区科协 中国科协 市农业农村局 区城管局""".split()


@pytest.mark.parametrize("text", ONE)
def test_one_name_is_not_split(text: str) -> None:
    assert split_names(text) == (text,)


@pytest.mark.parametrize(("text", "parts"), SEVERAL)
def test_names_run_together_are_split(text: str, parts: tuple[str, ...]) -> None:
    assert split_names(text) == parts


@pytest.mark.parametrize("text", ["开展科普活动", "科学素质", "区科协开展活动", "提高公民科学素质"])
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert split_names(text) is None
    assert not is_agency_name(text)


@pytest.mark.parametrize("text", COLLECTIVES)
def test_a_collective_is_told(text: str) -> None:
    assert is_collective(text)


@pytest.mark.parametrize("text", SINGLE)
def test_a_single_body_is_no_collective(text: str) -> None:
    assert not is_collective(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("委", True),
        ("局", True),
        ("", True),
        ("…", True),
        ("委员会", True),
        ("市委", False),
        ("科协", False),
        ("文联", False),
    ],
)
def test_a_fragment_is_told(text: str, expected: bool) -> None:
    assert is_fragment(text) is expected


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("财政厅", "省发展改革委", "省财政厅"),
        ("发改委", "省工信厅", "省发改委"),
        ("电力公司", "省工信厅", "省电力公司"),
        ("组织部", "省委宣传部", "省委组织部"),
        ("福州大学", "省数字办", "福州大学"),
        ("兴业银行", "省数字办", "兴业银行"),
        ("平潭综合实验区管委会", "省数字办", "平潭综合实验区管委会"),
        ("福建海事局", "省口岸办", "福建海事局"),
        ("中国铁路南昌局集团有限公司", "省发改委", "中国铁路南昌局集团有限公司"),
        ("团省委", "省科协", "团省委"),
        ("财政部", "税务总局", "财政部"),
        ("各设区市政府", "省发改委", "各设区市政府"),
    ],
)
def test_a_name_inherits_the_area_that_it_lacks(text: str, first: str, expected: str) -> None:
    assert inherit_area(text, first) == expected


def test_white_space_and_width_do_not_matter() -> None:
    assert parse_name("区 人社局") is not None
    assert parse_name("市文化广电新闻出版局（旅游局）").types == parse_name("市文化广电新闻出版局〈旅游局〉").types


@pytest.mark.parametrize("text", rules("agencies")["collective"]["examples"])
def test_every_example_of_a_collective_is_one(text: str) -> None:
    assert is_collective(text)
