"""Collectives: one node however they are written, and the governments that they mean."""

from __future__ import annotations

from datetime import date

import pytest

from kg.agency_names import is_collective, normalise
from kg.lexicon import rules
from kg.resolve.collectives import collective, government_of, members_of
from kg.resolve.regions import NATION, regions

FUJIAN, GANZI, TIANJIN, SICHUAN = (regions().by_code(code) for code in ("350000", "513300", "120000", "510000"))


def members(words: str, region, year: int) -> set[str]:
    return {each.local_id for each in members_of(collective(words, region), date(year, 6, 1))}


@pytest.mark.parametrize(
    ("group", "words"),
    [(entry["slug"], words) for entry in rules("agencies")["group"] for words in entry["examples"]],
)
def test_every_example_is_a_collective_under_the_name_of_its_group(group, words):
    assert is_collective(words)
    found = collective(normalise(words), SICHUAN)
    name = next(entry["name"] for entry in rules("agencies")["group"] if entry["slug"] == group)
    assert (found.local_id, found.name) == (f"510000/all-{group}", name)


def test_counties_of_a_province_are_those_of_the_year():
    words = "各县(市、区)人民政府"
    assert {"350427/government"} == members(words, FUJIAN, 2018) & {"350427/government", "350405/government"}
    assert {"350405/government"} == members(words, FUJIAN, 2022) & {"350427/government", "350405/government"}
    assert len(members("各设区市政府", FUJIAN, 2018)) == 9


def test_words_without_districts_mean_no_districts():
    names = {each.name for each in members_of(collective("各县(市)人民政府", FUJIAN), date(2018, 6, 1))}
    assert "福清市人民政府" in names
    assert not any(name.endswith("区人民政府") for name in names)
    assert names < {each.name for each in members_of(collective("各县(市、区)人民政府", FUJIAN), date(2018, 6, 1))}


def test_two_ways_of_saying_that_mean_the_same_divisions_are_one_node():
    assert collective("各县(市、区)政府", GANZI) == collective("各县(市)人民政府", GANZI)
    assert collective("各县(市、区)政府", FUJIAN) != collective("各县(市)人民政府", FUJIAN)
    assert len(members("各县(市)人民政府", GANZI, 2023)) == 18
    assert len(members("各区政府", TIANJIN, 2018)) == 16


def test_some_of_them_are_not_all_of_them():
    assert collective("有关市、县(区)政府", FUJIAN) == collective("相关市、县(区)人民政府", FUJIAN)
    assert members("有关市、县(区)政府", FUJIAN, 2018) == set()


def test_provinces_of_the_nation():
    found = members("各省级人民政府", NATION, 2020)
    assert len(found) == 31
    assert "810000/government" not in found


def test_leagues_have_administrative_offices():
    assert government_of(regions().by_code("152500")).name == "锡林郭勒盟行政公署"
