"""Agencies: every real name resolves to the body under its official full name."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kg import resources
from kg.agency_names import is_collective
from kg.resolve.agencies import resolve_name
from kg.resolve.regions import regions

GOLD = sorted(path.name for path in (resources.root() / "data/gold").glob("*.json"))


def entity_of(text: str, code: str):  # type: ignore[no-untyped-def]
    meaning = resolve_name(text, regions().by_code(code))
    assert meaning.entity is not None, f"{text} in {code}: {meaning}"
    return meaning.entity


@pytest.mark.parametrize("name", [name for name in GOLD if name[:3] in ("000", "002")])
def test_every_full_name_of_the_given_gold_files_is_reached(name: str) -> None:
    gold = json.loads((resources.root() / "data/gold" / name).read_text("utf-8"))
    wrong = {}
    for agency in gold["agencies"]:
        if agency["full_name"]:
            got = entity_of(agency["surface"], gold["plan"]["region_code"]).name
            if got not in (agency["full_name"], *agency.get("full_name_also", ())):
                wrong[agency["surface"]] = (got, agency["full_name"])
    assert gold["agencies"]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "code", "full", "local_id"),
    [
        # 余姚 2018: a county-level city stands alone, the offices of before the reform keep their names
        ("市科协", "330281", "余姚市科学技术协会", "330281/science-association"),
        ("市委组织部", "330281", "中共余姚市委组织部", "330281/organization"),
        ("团市委", "330281", "共青团余姚市委员会", "330281/youth-league"),
        ("市环保局", "330281", "余姚市环境保护局", "330281/environmental-protection"),
        ("市发展和改革局", "330281", "余姚市发展和改革局", "330281/development-reform"),
        ("市国土资源局", "330281", "余姚市国土资源局", "330281/land-resources"),
        ("市安全生产监督管理局", "330281", "余姚市安全生产监督管理局", "330281/work-safety"),
        ("市卫生和计划生育局", "330281", "余姚市卫生和计划生育局", "330281/health-family-planning"),
        ("市市场监管局", "330281", "余姚市市场监督管理局", "330281/market-regulation"),
        ("市广播电视台", "330281", "余姚市广播电视台", "330281/broadcaster"),
        ("市委党校", "330281", "中共余姚市委党校", "330281/party-school"),
        ("省科协", "330281", "浙江省科学技术协会", "330000/science-association"),
        ("宁波市科协", "330281", "宁波市科学技术协会", "330200/science-association"),
        # a district: 市 is the city above
        ("市科协", "330304", "温州市科学技术协会", "330300/science-association"),
        ("温州市瓯海区科学技术协会", "330304", "温州市瓯海区科学技术协会", "330304/science-association"),
        ("区科协", "330304", "温州市瓯海区科学技术协会", "330304/science-association"),
        # provinces, autonomous regions, municipalities
        ("省财政厅", "350000", "福建省财政厅", "350000/finance"),
        ("省发展改革委", "350000", "福建省发展和改革委员会", "350000/development-reform"),
        ("省市场监管局", "350000", "福建省市场监督管理局", "350000/market-regulation"),
        ("广西壮族自治区科学技术厅", "450000", "广西壮族自治区科学技术厅", "450000/science-technology"),
        ("自治区科协", "450000", "广西壮族自治区科学技术协会", "450000/science-association"),
        ("北京市规划和自然资源委员会", "110000", "北京市规划和自然资源委员会", "110000/natural-resources-planning"),
        ("福州", "350000", "福州市人民政府", "350100/government"),
        ("福州市人民政府", "350000", "福州市人民政府", "350100/government"),
        ("国家税务总局福建省税务局", "350000", "国家税务总局福建省税务局", "350000/tax"),
        # the nation
        ("教育部", "100000", "教育部", "100000/education"),
        ("国家发展改革委", "100000", "国家发展和改革委员会", "100000/development-reform"),
        ("发展改革委", "100000", "国家发展和改革委员会", "100000/development-reform"),
        ("体育总局", "100000", "国家体育总局", "100000/sports"),
        ("中国科协", "350000", "中国科学技术协会", "100000/science-association"),
        ("海关总署", "100000", "海关总署", "100000/customs"),
        ("税务总局", "100000", "国家税务总局", "100000/tax"),
        ("药监局", "100000", "国家药品监督管理局", "100000/drug-regulation"),
        ("文物局", "100000", "国家文物局", "100000/heritage"),
        ("证监会", "100000", "中国证券监督管理委员会", "100000/securities-regulator"),
        ("国务院", "100000", "国务院", "100000/government"),
    ],
)
def test_a_name_resolves_to_its_body(text: str, code: str, full: str, local_id: str) -> None:
    entity = entity_of(text, code)
    assert (entity.name, entity.local_id) == (full, local_id)


def test_a_merged_office_has_the_kinds_that_it_joins() -> None:
    entity = entity_of("市文化广电新闻出版局〈旅游局〉", "330281")
    assert entity.types == ("broadcasting", "culture", "press", "tourism")
    assert entity.local_id == "330281/broadcasting-culture-press"
    assert entity.name == "余姚市文化广电新闻出版局"


@pytest.mark.parametrize(
    ("text", "code", "region"),
    [
        ("四川民族学院", "513300", "510000"),
        ("康定地震站", "513300", "513301"),
        ("余姚日报社", "330281", "330281"),
        ("福州大学", "350000", "350100"),
    ],
)
def test_an_institution_keeps_its_own_name_and_is_one_node_in_every_plan(text: str, code: str, region: str) -> None:
    meaning = resolve_name(text, regions().by_code(code))
    assert meaning.resolved
    assert meaning.entity is not None
    assert (meaning.entity.name, meaning.entity.region_code) == (text, region)
    assert meaning.entity == entity_of(text, "100000")


def test_short_and_long_forms_are_one_body() -> None:
    forms = (
        "区人社局",
        "区人力资源社会保障局",
        "区人力资源和社会保障局",
        "东湖区人社局",
        "南昌市东湖区人力资源和社会保障局",
        "人社局",
    )
    assert len({entity_of(form, "360102") for form in forms}) == 1


def test_a_body_of_unknown_kind_keeps_its_words_and_is_not_resolved() -> None:
    meaning = resolve_name("市甲乙局", regions().by_code("330281"))
    assert not meaning.resolved
    assert meaning.entity is not None
    assert meaning.entity.name == "余姚市甲乙局"
    assert meaning.entity.local_id.startswith("330281/x-")


def test_a_collective_is_written_as_it_stands() -> None:
    entity = entity_of("各县(市)人民政府", "513300")
    assert (entity.kind, entity.name, entity.local_id) == (
        "collective",
        "各县(市)人民政府",
        "513300/all-county-governments",
    )
    assert entity_of("各县（市）人民政府", "513300") == entity
    assert entity_of("各县(市、区)政府", "513300").local_id == entity.local_id


def test_a_body_under_a_name_that_a_reform_took_away_is_another_node() -> None:
    plan = regions().by_code("350000")
    before, after = (resolve_name("省委网信办", plan, when).entity for when in (date(2018, 1, 24), date(2020, 1, 24)))
    assert before is not None
    assert after is not None
    assert before.name == "中共福建省委网络安全和信息化领导小组办公室"
    assert after.name == "中共福建省委网络安全和信息化委员会办公室"
    assert before.local_id != after.local_id
    assert before.types == after.types


def test_a_fragment_means_nothing() -> None:
    assert resolve_name("委", regions().by_code("513300")).entity is None


@pytest.mark.parametrize(
    ("text", "code", "local_id", "full"),
    [
        ("市生态环境局余姚分局", "330200", "330281/ecology-environment", "宁波市生态环境局余姚分局"),
        ("市生态环境局余姚分局", "330281", "330281/ecology-environment", "宁波市生态环境局余姚分局"),
        ("县生态环境分局", "520328", "520328/ecology-environment", "遵义市湄潭县生态环境分局"),
        ("市公安局东湖分局", "360102", "360102/public-security", "南昌市公安局东湖分局"),
        ("人行福州中心支行", "350000", "350000/central-bank", "中国人民银行福州中心支行"),
        ("省人行", "350000", "350000/central-bank", "中国人民银行福州中心支行"),
        ("人民银行漳州市中心支行", "350600", "350600/central-bank", "中国人民银行漳州市中心支行"),
        ("市卫生健康委(市老龄办)", "530400", "530400/health", "玉溪市卫生健康委员会"),
        ("市卫生健康委", "530400", "530400/health", "玉溪市卫生健康委员会"),
        ("中国移动玉溪分公司", "530400", "530400/china-mobile", "中国移动通信集团云南有限公司玉溪分公司"),
        ("光明日报社", "100000", "100000/x-dcfde20d", "光明日报社"),
        ("省委依法治省办", "350000", "350000/law-governance", "中共福建省委全面依法治省委员会办公室"),
        ("凯里供电局", "522600", "522601/power-grid", "凯里供电局"),
        (
            "州文体广电旅游局",
            "522600",
            "522600/broadcasting-culture-sports-tourism",
            "黔东南苗族侗族自治州文体广电旅游局",
        ),
        ("国家粮食和物资储备局黑龙江局", "230000", "230000/x-214ce5b7", "国家粮食和物资储备局黑龙江局"),
        ("市城管执法局", "610500", "610500/urban-enforcement", "渭南市城市管理执法局"),
        ("县委巡察办", "520328", "520328/inspection-tour", "中共遵义市湄潭县委巡察工作领导小组办公室"),
    ],
)
def test_ways_of_writing_one_body_are_one_node(text: str, code: str, local_id: str, full: str) -> None:
    entity = entity_of(text, code)
    assert (entity.local_id, entity.name) == (local_id, full)


def test_a_branch_that_is_of_no_division_keeps_its_own_name() -> None:
    entity = entity_of("市公安局交警分局", "360102")
    assert (entity.name, entity.types) == ("南昌市公安局交警分局", ("branch-bureau",))


@pytest.mark.parametrize(
    ("text", "day", "full"),
    [
        ("福建金融监管局", date(2024, 1, 5), "国家金融监督管理总局福建监管局"),
        ("福建金融监管局", date(2020, 1, 5), "福建省地方金融监督管理局"),
        ("省金融监管局", date(2024, 1, 5), "福建省地方金融监督管理局"),
    ],
)
def test_a_bare_area_makes_a_branch_of_the_national_regulator_of_its_day(text: str, day: date, full: str) -> None:
    entity = resolve_name(text, regions().by_code("350000"), day).entity
    assert entity is not None
    assert entity.name == full


@pytest.mark.parametrize(
    ("written", "code", "name", "kind"),
    [
        ("省大数据中心", "360000", "江西省大数据中心", "institution"),
        ("县大数据局", "520328", "遵义市湄潭县大数据局", "government"),
        ("县农村公路管理所", "520328", "遵义市湄潭县农村公路管理所", "institution"),
        ("州畜牧技术推广站", "622900", "临夏回族自治州畜牧技术推广站", "institution"),
        ("市科经局", "420581", "宜都市科学技术和经济信息化局", "government"),
        ("省中医管理局", "410000", "河南省中医药管理局", "government"),
    ],
)
def test_what_sort_of_body_it_is(written: str, code: str, name: str, kind: str) -> None:
    entity = entity_of(written, code)
    assert (entity.name, entity.body_kind) == (name, kind)


def test_all_zones_of_a_city_are_several_bodies() -> None:
    assert is_collective("市属各开发区管委会")
