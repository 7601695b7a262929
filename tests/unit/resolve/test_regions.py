"""Regions: the table is whole, names are found, a plan's area is told."""

from __future__ import annotations

import pytest

from kg.area_names import area_rows
from kg.resolve.regions import NATION, rank_regions, region_of, regions


def test_the_table_holds_every_division_once_and_sorted() -> None:
    rows = area_rows()
    assert list(rows) == sorted(rows)
    current = [code for code, _, until in rows if not until]
    assert len(current) == len(set(current))
    assert sum(code.endswith("0000") for code in current) == 34
    assert sum(code.endswith("00") and not code.endswith("0000") for code in current) == 333
    assert sum(not code.endswith("00") for code in current) == 2845


def test_every_division_lies_in_another_up_to_the_nation() -> None:
    table = regions()
    for code, _, _ in area_rows():
        region = table.by_code(code)
        assert region is not None
        assert table.above(region)[-1] == NATION
        assert region.full_name.endswith(region.name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("甘孜藏族自治州", "513300"),
        ("甘孜州", "513300"),
        ("广西", "450000"),
        ("广西壮族自治区", "450000"),
        ("内蒙古", "150000"),
        ("余姚市", "330281"),
        ("余姚", "330281"),
        ("南昌市东湖区", "360102"),
        ("江西省南昌市东湖区", "360102"),
        ("北京市海淀区", "110108"),
        ("仙桃市", "429004"),
        ("定安县", "469021"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("黔东南州", "522600"),
        ("伊犁州", "654000"),
        ("昌江县", "469026"),
        ("福建省三明市沙县", "350427"),
        ("重庆市江北区", "500105"),
        ("江北区", "330205"),
        ("中华人民共和国", "100000"),
    ],
)
def test_a_name_means_its_division(name: str, code: str) -> None:
    found = regions().by_name(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    ("code", "full_name", "level", "parent"),
    [
        ("360102", "江西省南昌市东湖区", "county", "360100"),
        ("110108", "北京市海淀区", "county", "110000"),
        ("429004", "湖北省仙桃市", "county", "420000"),
        ("513300", "四川省甘孜藏族自治州", "prefectural", "510000"),
        ("450000", "广西壮族自治区", "provincial", "100000"),
    ],
)
def test_full_names_run_from_the_province_down(code: str, full_name: str, level: str, parent: str) -> None:
    region = regions().by_code(code)
    assert region is not None
    assert (region.full_name, region.level, region.parent) == (full_name, level, parent)


def test_an_ambiguous_name_stays_ambiguous_until_its_city_is_known() -> None:
    assert regions().by_name("鼓楼区") is None
    assert {region.code for region in regions().candidates("鼓楼区")} == {"320106", "320302", "350102", "410204"}
    assert [region.code for region in regions().candidates("鼓楼区", within="福建省")] == ["350102"]


@pytest.mark.parametrize("name", ["", "区", "平潭综合实验区", "漳州高新区", "苏州工业园区", "〇", "科协", "雄安新区"])
def test_what_is_no_division_has_no_code_and_breaks_nothing(name: str) -> None:
    assert regions().by_name(name) is None
    assert isinstance(regions().find_in(name * 3), tuple)


def test_names_are_found_in_running_text() -> None:
    found = regions().find_in("视察江西重要讲话,南昌市人民政府关于甘孜州、余姚市的通知")
    assert [mention.regions[0].code for mention in found] == ["360000", "360100", "513300", "330281"]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["温州市瓯海区科学技术协会", "瓯海区科普事业发展“十四五”规划"], "330304"),
        (
            ["东湖区人民政府", "东湖区全民科学素质行动规划纲要实施方案(2021—2025年)", "江西省人民政府 南昌市人民政府"],
            "360102",
        ),
        (["余姚市人民政府办公室", "2018年余姚市实施《全民科学素质行动计划纲要》工作要点"], "330281"),
        (["甘孜藏族自治州人民政府办公室", "甘孜州贯彻落实《四川省全民科学素质行动实施方案》责任分工方案"], "513300"),
        (["广西壮族自治区科普工作联席会议办公室", "广西壮族自治区科学技术普及三年行动方案(2024—2026年)"], "450000"),
        (["省人民政府办公厅", "福建省加快共享经济发展实施方案"], "350000"),
        (["省政府", "关于推行终身职业技能培训制度的实施意见", "福建省人民政府"], "350000"),
        (["福建省人民政府办公厅", "2018年投资工程包实施方案"], "350000"),
        (["国务院", "国家职业教育改革实施方案"], "100000"),
        (["国家发展改革委", "体育总局", "关于推进体育公园建设的指导意见"], "100000"),
        (["财政部", "关于某某的意见"], "100000"),
        (["北京市规划和自然资源委员会", "北京市生态安全格局专项规划"], "110000"),
        (["鼓楼区人民政府", "鼓楼区科普规划", "福州市人民政府关于印发的通知"], "350102"),
        (["区科协", "关于印发规划的通知", "温州市瓯海区科学技术协会"], "330304"),
        (["漳州市人民政府", "漳州市支持工业招商引资若干措施"], "350600"),
        (["江苏省人民政府", "南京市江宁区综合改革实施方案"], "320115"),
    ],
)
def test_the_area_that_a_plan_is_for(texts: list[str], code: str) -> None:
    found = region_of(texts)
    assert found is not None
    assert found.code == code


def test_an_open_area_is_none_with_its_candidates() -> None:
    assert region_of(["鼓楼区人民政府", "鼓楼区科普规划"]) is None
    assert len(rank_regions(["鼓楼区人民政府", "鼓楼区科普规划"])) == 4
    assert region_of([]) is None
    assert region_of(["", "关于开展活动的通知"]) is None
