"""Reforms of the bodies that a plan names: dated, the same from every plan, with successors where their names are sure."""

from __future__ import annotations

import re
from datetime import date

import pytest

from kg import resources
from kg.agency_types import agency_types
from kg.area_names import area_rows
from kg.lexicon import rules
from kg.model import AgencyEntity
from kg.resolve.agencies import resolve_name
from kg.resolve.reforms import reforms, trace
from kg.resolve.regions import regions


def bodies(code: str, when: date, *names: str) -> list[AgencyEntity]:
    found = [resolve_name(name, regions().by_code(code), when).entity for name in names]
    assert all(found)
    return [each for each in found if each]


def became(code: str, when: date, *names: str) -> dict[str, list[str]]:
    """Reform → names of the bodies that came of it."""
    events, made = trace(bodies(code, when, *names), when)
    known = {each.local_id: each.name for each in (*bodies(code, when, *names), *made.values())}
    return {event.local_id.split("/")[1]: [known[key] for key in event.after] for event in events if event.before}


def test_the_bodies_of_a_city_of_2018_become_those_of_2019():
    names = "市环保局 市卫生和计划生育局 市农办 市农林局 市农机局 市国土资源局 市安全生产监督管理局 市文化广电新闻出版局〈旅游局〉".split()
    assert became("330281", date(2018, 4, 12), *names) == {
        "agriculture-2019": ["余姚市农业农村局"],
        "culture-tourism-2019": [],
        "emergency-2019": ["余姚市应急管理局"],
        "environment-2019": ["余姚市生态环境局"],
        "health-2019": ["余姚市卫生健康局"],
        "land-2019": [],
    }


def test_several_bodies_of_one_area_go_into_one_event():
    events, _ = trace(bodies("330281", date(2018, 4, 12), "市农办", "市农林局"), date(2018, 4, 12))
    (event,) = [each for each in events if each.local_id == "330281/agriculture-2019"]
    assert event.before == ("330281/agriculture-forestry", "330281/rural-work")
    assert (event.day, event.precision) == (date(2019, 3, 31), "year")


def test_the_level_decides_the_day():
    def day(code: str, name: str) -> tuple[str, str]:
        events, _ = trace(bodies(code, date(2017, 5, 1), name), date(2017, 5, 1))
        (found,) = [each for each in events if each.before and "environment" in each.local_id]
        return found.day.isoformat(), found.precision

    assert day("100000", "环境保护部") == ("2018-03-17", "day")
    assert day("350000", "省环保厅") == ("2018-10-31", "month")
    assert day("350600", "市环保局") == ("2019-03-31", "year")


def test_a_plan_before_and_a_plan_after_point_to_the_same_event():
    before, _ = trace(bodies("330281", date(2018, 4, 12), "市国土资源局"), date(2018, 4, 12))
    after, _ = trace(bodies("330281", date(2022, 4, 12), "市自然资源和规划局"), date(2022, 4, 12))
    (left,) = [each for each in before if each.before]
    (right,) = [each for each in after if each.after]
    assert left.local_id == right.local_id == "330281/land-2019"
    assert (left.before, right.after) == (("330281/land-resources",), ("330281/natural-resources-planning",))


def test_a_body_that_was_there_before_the_reform_is_not_said_to_come_of_it():
    events, made = trace(bodies("330281", date(2018, 4, 12), "市市场监管局", "市科协"), date(2018, 4, 12))
    assert (events, made) == ((), {})


def test_an_office_that_goes_on_is_not_reformed_after_the_day():
    assert became("330281", date(2018, 4, 12), "市农办") == {"agriculture-2019": ["余姚市农业农村局"]}
    assert became("330281", date(2022, 4, 12), "市农办") == {}


def test_successors_have_successors():
    assert became("350000", date(2018, 4, 13), "福建银监局") == {
        "bank-2018": ["中国银行保险监督管理委员会福建监管局"],
        "financial-regulator-2023": ["国家金融监督管理总局福建监管局"],
    }
    assert became("513300", date(2018, 4, 13), "州扶贫办")["rural-revitalisation-agriculture-2024"] == [
        "甘孜藏族自治州农业农村局"
    ]


def test_a_name_that_a_reform_changed_is_joined_with_the_one_of_today():
    assert became("350000", date(2018, 1, 24), "省网信办") == {
        "renamed-cyberspace-2018": ["中共福建省委网络安全和信息化委员会办公室"]
    }


def test_forms_of_a_kind_that_are_bodies_of_their_own_are_told_apart():
    assert became("350000", date(2015, 4, 16), "省林业厅") == {"forestry-2018": ["福建省林业局"]}
    assert became("510000", date(2015, 4, 16), "省林业厅") == {"forestry-grassland-2018": ["四川省林业和草原局"]}
    assert became("350000", date(2020, 4, 16), "省林业局") == {}


@pytest.mark.parametrize("reform", reforms(), ids=lambda each: f"{each.id}-{'-'.join(sorted(each.kinds))}")
def test_each_reform_speaks_of_kinds_of_the_scheme_and_names_its_source(reform):
    assert {*reform.kinds, reform.into} <= set(agency_types())
    assert all((reform.source, reform.zh, reform.en, reform.days))
    assert set(reform.days) <= {"national", "provincial", "prefectural", "county"}
    assert {*reform.only, *reform.excepted} <= {code for code, _, until in area_rows() if not until}


def test_successors_names_are_read_as_their_kind():
    """What the table calls a successor must be what plans would write: the same node from both."""
    wrong = []
    area = {"national": "100000", "provincial": "350000", "municipality": "120000", "prefectural": "350600"}
    for entry in rules("reforms")["reform"]:
        for level, template in entry.get("name", {}).items():
            region = regions().by_code(area.get(level, "330281"))
            name = template.format(area=region.name, short=re.sub("[省市]$", "", region.name))
            found = resolve_name(name, region).entity
            kind = agency_types()[entry["into"]]
            expected = f"{region.code}/{'-'.join(kind.components or (kind.notation,))}"
            if found is None or (found.local_id, found.name) != (expected, name):
                wrong.append((name, expected, found and (found.local_id, found.name)))
    assert wrong == []


def test_no_area_is_named_in_the_table():
    text = resources.path("data/rules/reforms.toml").read_text("utf-8")
    names = {name for code, name, _ in area_rows() if code.endswith("00")}
    assert [name for name in sorted(names) if name in text] == []


def test_a_successor_that_the_plan_itself_names_goes_before_the_regular_one():
    names = "州乡村振兴局", "州农牧农村局"
    assert became("513300", date(2023, 5, 1), *names)["rural-revitalisation-agriculture-2024"] == [
        "甘孜藏族自治州农牧农村局"
    ]
