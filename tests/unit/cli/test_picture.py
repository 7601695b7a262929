"""kg chart: which plans a picture is of."""

from __future__ import annotations


def test_a_picture_of_an_area_or_a_kind_of_plan(kg):
    assert kg("build", "--samples").status == 0
    said = kg("chart", "coverage", "--region", "浙江省", "--lang", "zh")
    assert said.status == 0
    assert "瓯海区科普" in said.out
    assert "东湖" not in said.out
    said = kg("chart", "responsibility", "--type", "工作要点", "--most", "1", "--lang", "zh")
    assert said.status == 0
    assert "余姚" in said.out
    said = kg("chart", "coverage", "--region", "新疆")
    assert said.status in (2, 6)
    assert "region" in said.err.lower()


def test_the_most_important_plans_and_how_many_are_left_out(kg):
    assert kg("build", "--samples").status == 0
    said = kg("chart", "cascade", "--most", "2", "--lang", "en")
    assert "3 more plans are not shown" in said.out


def test_a_kind_of_plan_that_there_is_not_is_refused(kg):
    assert kg("build", "--samples").status == 0
    said = kg("chart", "cascade", "--type", "章程")
    assert said.status == 2
    assert "工作要点" in said.err
