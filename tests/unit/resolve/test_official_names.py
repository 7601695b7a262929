"""Official full names: by the kind of body, the level of its area, and the day on which the plan names it."""

from __future__ import annotations

from datetime import date

import pytest

from kg.resolve.agencies import resolve_name
from kg.resolve.regions import regions

FUJIAN, ZHANGZHOU, LONGWEN, BEIJING, XICHENG, GUANGDONG, NATION = (
    "350000", "350600", "350603", "110000", "110102", "440000", "100000",
)  # fmt: skip

# Written form, area of the plan, full name.
NAMES = [
    # Party organs, people's organisations
    ("省委宣传部", FUJIAN, "中共福建省委宣传部"),
    ("省委政法委", FUJIAN, "中共福建省委政法委员会"),
    ("省委编办", FUJIAN, "中共福建省委机构编制委员会办公室"),
    ("省编办", FUJIAN, "中共福建省委机构编制委员会办公室"),
    ("省委网信办", FUJIAN, "中共福建省委网络安全和信息化委员会办公室"),
    ("省委农办", FUJIAN, "中共福建省委农村工作领导小组办公室"),
    ("省委台港澳办", FUJIAN, "中共福建省委台港澳工作办公室"),
    ("省委文明办", FUJIAN, "福建省精神文明建设指导委员会办公室"),
    ("省直机关工委", FUJIAN, "中共福建省委省直机关工作委员会"),
    ("省委省直机关工委", FUJIAN, "中共福建省委省直机关工作委员会"),
    ("市直机关工委", ZHANGZHOU, "中共漳州市委市直机关工作委员会"),
    ("省纪委监委", FUJIAN, "中共福建省纪律检查委员会"),
    ("省监委", FUJIAN, "福建省监察委员会"),
    ("省委督查室", FUJIAN, "中共福建省委督查室"),
    ("团省委", FUJIAN, "共青团福建省委员会"),
    ("省妇联", FUJIAN, "福建省妇女联合会"),
    ("省贸促会", FUJIAN, "中国国际贸易促进委员会福建省委员会"),
    ("省供销社", FUJIAN, "福建省供销合作社联合社"),
    # courts, police
    ("省法院", FUJIAN, "福建省高级人民法院"),
    ("市中级人民法院", ZHANGZHOU, "漳州市中级人民法院"),
    ("市法院", ZHANGZHOU, "漳州市中级人民法院"),
    ("区法院", LONGWEN, "漳州市龙文区人民法院"),
    ("省检察院", FUJIAN, "福建省人民检察院"),
    ("省交警总队", FUJIAN, "福建省公安厅交通警察总队"),
    ("省公安厅交警总队", FUJIAN, "福建省公安厅交通警察总队"),
    ("市公安局交警支队", ZHANGZHOU, "漳州市公安局交通警察支队"),
    ("市公安局公安交通管理局", BEIJING, "北京市公安局公安交通管理局"),
    ("市消防救援支队", ZHANGZHOU, "漳州市消防救援支队"),
    # offices of the government itself
    ("省国资委", FUJIAN, "福建省人民政府国有资产监督管理委员会"),
    ("市政府国资委", ZHANGZHOU, "漳州市人民政府国有资产监督管理委员会"),
    ("省金融办", FUJIAN, "福建省人民政府金融工作办公室"),
    ("市金融局", ZHANGZHOU, "漳州市金融工作局"),
    ("省外办", FUJIAN, "福建省人民政府外事办公室"),
    ("市政府外办", BEIJING, "北京市人民政府外事办公室"),
    ("省侨办", FUJIAN, "福建省人民政府侨务办公室"),
    ("省法制办", FUJIAN, "福建省人民政府法制办公室"),
    ("省政府新闻办", FUJIAN, "福建省人民政府新闻办公室"),
    ("省口岸办", FUJIAN, "福建省人民政府口岸工作办公室"),
    ("省政府发展研究中心", FUJIAN, "福建省人民政府发展研究中心"),
    ("省政府督查室", FUJIAN, "福建省人民政府督查室"),
    ("省政府办公厅", FUJIAN, "福建省人民政府办公厅"),
    ("省扶贫办", FUJIAN, "福建省扶贫开发领导小组办公室"),
    ("省扶贫局", FUJIAN, "福建省扶贫开发局"),
    ("省数字办", FUJIAN, "福建省数字福建建设领导小组办公室"),
    ("省效能办", FUJIAN, "福建省机关效能建设领导小组办公室"),
    ("省河长办", FUJIAN, "福建省河长制办公室"),
    ("省双拥办", FUJIAN, "福建省双拥工作领导小组办公室"),
    ("省医改办", FUJIAN, "福建省深化医药卫生体制改革领导小组办公室"),
    ("省食安办", FUJIAN, "福建省食品安全委员会办公室"),
    ("省安委办", FUJIAN, "福建省安全生产委员会办公室"),
    ("省防汛办", FUJIAN, "福建省防汛抗旱指挥部办公室"),
    ("省防指", FUJIAN, "福建省防汛抗旱指挥部"),
    ("省禁毒办", FUJIAN, "福建省禁毒委员会办公室"),
    ("省方志委", FUJIAN, "福建省地方志编纂委员会"),
    # bureaus, before and after 2018
    ("省经信委", FUJIAN, "福建省经济和信息化委员会"),
    ("省卫计委", FUJIAN, "福建省卫生和计划生育委员会"),
    ("省人口计生委", FUJIAN, "福建省人口和计划生育委员会"),
    ("省国土厅", FUJIAN, "福建省国土资源厅"),
    ("省农业厅", FUJIAN, "福建省农业厅"),
    ("省质监局", FUJIAN, "福建省质量技术监督局"),
    ("省工商局", FUJIAN, "福建省工商行政管理局"),
    ("省食药监局", FUJIAN, "福建省食品药品监督管理局"),
    ("省林业厅", FUJIAN, "福建省林业厅"),
    ("省海洋渔业厅", FUJIAN, "福建省海洋与渔业厅"),
    ("省文化厅", FUJIAN, "福建省文化厅"),
    ("省旅发委", FUJIAN, "福建省旅游发展委员会"),
    ("省安监局", FUJIAN, "福建省安全生产监督管理局"),
    ("省国税局", FUJIAN, "福建省国家税务局"),
    ("省地税局", FUJIAN, "福建省地方税务局"),
    ("省粮储局", FUJIAN, "福建省粮食和物资储备局"),
    ("省监狱局", FUJIAN, "福建省监狱管理局"),
    ("省公务员局", FUJIAN, "福建省公务员局"),
    ("省测绘地理信息局", FUJIAN, "福建省测绘地理信息局"),
    ("省地矿局", FUJIAN, "福建省地质矿产勘查开发局"),
    ("省密码局", FUJIAN, "福建省密码管理局"),
    ("市交通委", BEIJING, "北京市交通委员会"),
    ("市交通局", ZHANGZHOU, "漳州市交通运输局"),
    ("市规划自然资源委", BEIJING, "北京市规划和自然资源委员会"),
    ("市委农工委", BEIJING, "中共北京市委农村工作委员会"),
    ("区教委", XICHENG, "北京市西城区教育委员会"),
    ("市公积金中心", ZHANGZHOU, "漳州市住房公积金管理中心"),
    ("市公共资源交易中心", ZHANGZHOU, "漳州市公共资源交易中心"),
    ("市文广新局", ZHANGZHOU, "漳州市文化广电新闻出版局"),
    ("市房管局", ZHANGZHOU, "漳州市房屋管理局"),
    # what the nation keeps in the areas
    ("人行福州中心支行", FUJIAN, "中国人民银行福州中心支行"),
    ("人民银行", FUJIAN, "中国人民银行福州中心支行"),
    ("人民银行", GUANGDONG, "中国人民银行广州分行"),
    ("市人行", ZHANGZHOU, "中国人民银行漳州市中心支行"),
    ("人行营业管理部", BEIJING, "中国人民银行营业管理部"),
    ("福建银监局", FUJIAN, "中国银行业监督管理委员会福建监管局"),
    ("福建银保监局", FUJIAN, "中国银行保险监督管理委员会福建监管局"),
    ("漳州银保监分局", ZHANGZHOU, "中国银行保险监督管理委员会漳州监管分局"),
    ("福建证监局", FUJIAN, "中国证券监督管理委员会福建监管局"),
    ("省外管局", FUJIAN, "国家外汇管理局福建省分局"),
    ("市外汇管理局", ZHANGZHOU, "国家外汇管理局漳州市中心支局"),
    ("福建能源监管办", FUJIAN, "国家能源局福建监管办公室"),
    ("福州海关", FUJIAN, "福州海关"),
    ("福建海事局", FUJIAN, "福建海事局"),
    ("厦门边检总站", FUJIAN, "厦门出入境边防检查总站"),
    ("福建检验检疫局", FUJIAN, "福建出入境检验检疫局"),
    ("省税务局", FUJIAN, "国家税务总局福建省税务局"),
    ("民航福建监管局", FUJIAN, "中国民用航空福建安全监督管理局"),
    ("南昌铁路局", FUJIAN, "南昌铁路局"),
    ("省电力公司", FUJIAN, "国网福建省电力有限公司"),
    ("国网福建省电力公司", FUJIAN, "国网福建省电力有限公司"),
    ("省电力公司", GUANGDONG, "广东电网有限责任公司"),
    ("市供电公司", ZHANGZHOU, "国网漳州供电公司"),
    ("国网漳州供电公司", ZHANGZHOU, "国网漳州供电公司"),
    ("省农信联社", FUJIAN, "福建省农村信用社联合社"),
    ("农行福建省分行", FUJIAN, "中国农业银行福建省分行"),
    ("农业发展银行", FUJIAN, "中国农业发展银行福建省分行"),
    ("国开行福建省分行", FUJIAN, "国家开发银行福建省分行"),
    ("市农行", ZHANGZHOU, "中国农业银行漳州分行"),
    # the nation
    ("进出口银行", NATION, "中国进出口银行"),
    ("新疆生产建设兵团", NATION, "新疆生产建设兵团"),
    ("发展改革委", NATION, "国家发展和改革委员会"),
    ("卫生计生委", NATION, "国家卫生和计划生育委员会"),
    ("国务院扶贫办", NATION, "国务院扶贫开发领导小组办公室"),
    ("扶贫办", NATION, "国务院扶贫开发领导小组办公室"),
    ("质检总局", NATION, "国家质量监督检验检疫总局"),
    ("食品药品监管总局", NATION, "国家食品药品监督管理总局"),
    ("安全监管总局", NATION, "国家安全生产监督管理总局"),
    ("法制办", NATION, "国务院法制办公室"),
    ("侨办", NATION, "国务院侨务办公室"),
    ("国研室", NATION, "国务院研究室"),
    ("外专局", NATION, "国家外国专家局"),
    ("公务员局", NATION, "国家公务员局"),
    ("移民局", NATION, "国家移民管理局"),
    ("测绘地信局", NATION, "国家测绘地理信息局"),
    ("国家监委", NATION, "国家监察委员会"),
    ("高法院", NATION, "最高人民法院"),
    ("高检院", NATION, "最高人民检察院"),
    ("全国老龄办", NATION, "全国老龄工作委员会办公室"),
    ("社保基金会", NATION, "全国社会保障基金理事会"),
    ("航天局", NATION, "国家航天局"),
    ("军委国防动员部", NATION, "中央军委国防动员部"),
    ("中央军民融合办", NATION, "中央军民融合发展委员会办公室"),
]

# Written form, area, day, full name on that day.
DATED = [
    ("省网信办", FUJIAN, date(2018, 1, 24), "中共福建省委网络安全和信息化领导小组办公室"),
    ("省网信办", FUJIAN, date(2019, 1, 24), "中共福建省委网络安全和信息化委员会办公室"),
    ("中央网信办", NATION, date(2016, 5, 1), "中央网络安全和信息化领导小组办公室"),
    ("中央网信办", NATION, date(2021, 5, 1), "中央网络安全和信息化委员会办公室"),
    ("省委改革办", FUJIAN, date(2017, 5, 1), "中共福建省委全面深化改革领导小组办公室"),
    ("省消防总队", FUJIAN, date(2017, 5, 1), "福建省公安消防总队"),
    ("市消防支队", ZHANGZHOU, date(2016, 5, 1), "漳州市公安消防支队"),
    ("市消防支队", ZHANGZHOU, date(2019, 5, 1), "漳州市消防救援支队"),
    ("广电总局", NATION, date(2016, 5, 1), "国家新闻出版广电总局"),
    ("广电总局", NATION, date(2019, 5, 1), "国家广播电视总局"),
    ("省编办", FUJIAN, date(2015, 4, 16), "福建省机构编制委员会办公室"),
    ("省编办", FUJIAN, date(2019, 4, 16), "中共福建省委机构编制委员会办公室"),
    ("国家电网公司", NATION, date(2016, 1, 1), "国家电网公司"),
    ("国家电网公司", NATION, date(2019, 1, 1), "国家电网有限公司"),
    ("煤矿安监局", NATION, date(2019, 1, 1), "国家煤矿安全监察局"),
]


@pytest.mark.parametrize(("written", "code", "expected"), NAMES, ids=[f"{n[0]}-{n[1]}" for n in NAMES])
def test_a_written_form_has_its_official_name(written: str, code: str, expected: str) -> None:
    entity = resolve_name(written, regions().by_code(code)).entity
    assert entity is not None
    assert entity.name == expected


@pytest.mark.parametrize(
    ("written", "code", "day", "expected"), DATED, ids=[f"{n[0]}-{n[1]}-{n[2].year}" for n in DATED]
)
def test_a_body_bears_the_name_that_it_had_on_the_day_of_the_plan(
    written: str, code: str, day: date, expected: str
) -> None:
    entity = resolve_name(written, regions().by_code(code), day).entity
    assert entity is not None
    assert entity.name == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("省林业厅", "省林业局"),
        ("省海洋渔业厅", "省海洋渔业局"),
        ("省医保办", "省医保局"),
        ("省档案馆", "省档案局"),
        ("省防指", "省防汛办"),
    ],
)
def test_bodies_of_one_kind_and_area_with_other_names_are_two(one: str, other: str) -> None:
    fujian = regions().by_code(FUJIAN)
    first, second = resolve_name(one, fujian).entity, resolve_name(other, fujian).entity
    assert first is not None
    assert second is not None
    assert first.local_id != second.local_id
    assert first.types == second.types


def test_every_rule_about_levels_and_earlier_names_is_about_a_kind_of_the_scheme() -> None:
    from kg.agency_types import agency_types
    from kg.lexicon import rules

    kinds = {entry["type"] for name in ("level", "earlier", "party", "variant") for entry in rules("agencies")[name]}
    assert kinds <= set(agency_types())
