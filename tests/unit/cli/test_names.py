"""kg resolve: which body a written name means, and why; without a store."""

from __future__ import annotations

import json

import pytest


def test_a_name_has_its_body_and_the_reason_for_each_step(kg):
    said = kg("resolve", "区人社局", "--region", "360102", "--lang", "zh")
    assert said.status == 0
    assert said.out.startswith("区人社局  →  南昌市东湖区人力资源和社会保障局\n")
    assert "“区”是规划所在地南昌市东湖区" in said.out
    assert "“人社局”是人力资源和社会保障局的写法" in said.out


def test_json_carries_the_same(kg):
    (found,) = json.loads(kg("resolve", "市农办", "--region", "330281", "--date", "2018-04-12", "-f", "json").out)
    assert found["outcome"] == "resolved"
    assert found["agency"]["name"] == "余姚市农村工作办公室"
    assert (found["agency"]["level"], found["agency"]["bodyKind"]) == ("county", "party")
    (reform,) = found["reforms"]
    assert (reform["date"], reform["precision"]) == ("2019-03-31", "year")
    assert [each["name"] for each in reform["after"]] == ["余姚市农业农村局"]


def test_a_collective_lists_whom_it_means(kg):
    (found,) = json.loads(kg("resolve", "各县(市)人民政府", "--region", "甘孜州", "-f", "json").out)
    assert len(found["members"]) == 18


def test_names_run_together_are_told_apart(kg):
    found = json.loads(kg("resolve", "区妇联区人社局", "--region", "360102", "-f", "json").out)
    assert [each["agency"]["types"][0]["notation"] for each in found] == ["womens-federation", "human-resources"]


@pytest.mark.parametrize(
    ("arguments", "outcome"),
    [
        (("鼓楼区科协",), "ambiguous"),
        (("甲乙丙丁戊", "--region", "360102"), "unresolved"),
        (("委", "--region", "360102"), "no-name"),
    ],
)
def test_what_stays_open_has_status_one_and_its_candidates(kg, arguments, outcome):
    said = kg("resolve", *arguments, "-f", "json")
    (found,) = json.loads(said.out)
    assert (said.status, found["outcome"]) == (1, outcome)
    assert bool(found["candidates"]) == (outcome == "ambiguous")


@pytest.mark.parametrize(
    "arguments",
    [
        ("区科协", "--region", "999999"),
        ("区科协", "--region", "鼓楼区"),
        ("区科协", "--region", "360102", "--date", "去年"),
        (" ",),
    ],
)
def test_a_wrong_area_day_or_name_is_refused(kg, arguments):
    assert kg("resolve", *arguments).status == 2


@pytest.mark.parametrize(
    ("arguments", "step"),
    [
        (("某某公司",), "no area is written, nor is that of the plan given (--region)"),
        (("区科协",), "区 is that of the plan's area, which is not given (--region)"),
        (("区科协", "--region", "510000"), "区 is that of the plan's area, 四川省 has none"),
    ],
)
def test_without_an_area_the_reason_says_so(kg, arguments, step):
    said = kg("resolve", *arguments, "--lang", "en").out
    assert step in said
    assert not [line for line in said.splitlines() if line.rstrip().endswith((",", ":"))]
