"""A report for one plan or one body holds what is theirs, and says that it is narrowed."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.report import narrow, render
from kg.report.parts import agencies, by_plan
from kg.validate.report import Report


def test_a_plan_by_part_of_its_title(five: Report) -> None:
    report = narrow(five, ["瓯海"])
    assert [plan.title for plan in report.plans] == ["瓯海区科普事业发展“十四五”规划"]
    assert report.tally.plans == {report.plans[0].iri: five.tally.plans[report.plans[0].iri]}
    assert report.verdict("zh").startswith(
        "只看规划“瓯海区科普事业发展“十四五”规划”:26 处必须修改,涉及 1 份规划中的 1 份;"
    )
    assert "26 项任务" in report.verdict("zh")
    for form in ("text", "html", "md"):
        assert "余姚市人民政府办公室" not in render(report, form).decode()
    assert narrow(five, ["甘孜州"]).plans[0].title.startswith("甘孜州贯彻")
    assert narrow(five, [report.plans[0].iri]).findings == report.findings


def test_a_body_by_characters_of_its_name(five: Report) -> None:
    report = narrow(five, ["东湖"], ["区科协"])
    name = "南昌市东湖区科学技术协会"
    assert report.only == (("plan", "东湖区全民科学素质行动规划纲要实施方案(2021—2025年)"), ("agency", name))
    assert report.findings
    assert all(name in (*finding.acts, *finding.agencies) for finding in report.findings)
    assert len(report.plans) == 1


def test_a_plan_without_problems_passes_and_one_with_them_does_not(five: Report) -> None:
    assert [narrow(five, [title]).status() for title in ("瓯海", "甘孜州", "东湖区")] == [1, 0, 0]


@pytest.mark.parametrize(
    ("plans", "bodies", "said"),
    [
        (["杭州"], [], "--plan 杭州 is not in the report"),
        (["素质"], [], "--plan 素质 means several"),
        ([], ["科协"], "--agency 科协 means several"),
        ([""], [], "--plan is empty"),
        (["瓯海"], ["教体局"], "--agency 教体局 is not in the report"),
    ],
)
def test_a_name_that_means_none_or_several_is_refused(
    five: Report, plans: list[str], bodies: list[str], said: str
) -> None:
    with pytest.raises(UsageError) as error:
        narrow(five, plans, bodies)
    assert said in str(error.value)


def test_plans_and_bodies_part_the_findings(five: Report) -> None:
    of_plans = by_plan(five)
    shown = [f.id for plan in five.plans for _, findings in of_plans.get(plan.iri, []) for f in findings]
    assert sorted(shown) == sorted(finding.id for finding in five.findings)
    acting = {f.id for agency in agencies(five) for f in agency.acts}
    assert acting == set(shown)


def test_who_must_act_is_the_lead_else_the_issuer(five: Report) -> None:
    by_rule: dict[str, set[str]] = {}
    for finding in five.findings:
        assert finding.acts, finding
        assert not {"各成员单位"} & set(finding.acts)  # a collective is nobody to turn to
        by_rule.setdefault(finding.rule.rsplit("#")[-1], set()).add(finding.acts_as)
    assert by_rule["task-lead"] == {"issuer"}
    assert by_rule["task-lead-presumed"] == {"presumed lead"}
    assert by_rule["action-lead-missing-from-task"] == {"lead"}
