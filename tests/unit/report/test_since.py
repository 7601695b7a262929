"""Against an earlier run: an edit elsewhere changes no identifier, and what was not checked is not fixed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.errors import InputError, UsageError
from kg.report import compare, limit, narrow, render
from kg.validate import saved
from kg.validate.report import Report

Check = Callable[..., Report]
PLAN = """东湖县科普工作实施方案(2021—2025年)

一、工作目标
到2025年,公民具备科学素质的比例达到15%。全县建成科普基地20个。

二、重点任务
(一)青少年科学素质提升行动
1.加强科学教育。把科学精神融入课堂教学。(各成员单位按职责分工负责)
2.开展科技竞赛。每年举办青少年科技竞赛1次。(县科协牵头,县教育局配合)
(二)农民科学素质提升行动
3.培训高素质农民。每年培训高素质农民500人次。(县农业农村局、县科协按职责分工负责)

东湖县人民政府办公室
2021年10月12日
"""


def ids(report: Report) -> set[str]:
    return {finding.id for finding in report.findings}


def names(report: Report, some: tuple[str, ...]) -> set[str]:
    rules = {f.id: f.rule for f in (*report.findings, *(report.since.gone if report.since else ()))}
    return {rules[identifier].rsplit("#")[-1] for identifier in some}


@pytest.fixture(scope="module")
def before(drafted: Check) -> Report:
    report = drafted(PLAN)
    assert {"task-lead", "target-owner"} <= {f.rule.rsplit("#")[-1] for f in report.findings}
    return report


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("把科学精神融入课堂教学。", "把科学精神和科学方法融入课堂教学的各个环节。"),  # passages move
        ("一、工作目标\n", "一、工作目标\n坚持以习近平新时代中国特色社会主义思想为指导。\n"),  # a paragraph more
        ("全县建成科普基地20个", "全县建成科普基地25个"),  # a number mended
        ("(县科协牵头,县教育局配合)", "(县科协牵头,县教育局、县农业农村局配合)"),  # a body more
    ],
)
def test_an_edit_elsewhere_leaves_every_finding_its_identifier(
    drafted: Check, before: Report, old: str, new: str
) -> None:
    assert old in PLAN
    after = drafted(PLAN.replace(old, new))
    assert ids(after) == ids(before)
    change = compare(after, before).since
    assert change is not None
    assert (change.new, change.fixed, change.unchecked) == ((), (), ())
    assert len(change.still_open) == len(before.findings)


def test_a_target_more_before_the_others_is_new_alone(drafted: Check, before: Report) -> None:
    after = drafted(PLAN.replace("到2025年,公民", "到2025年,科普活动参与人数达到10万人次。公民"))
    report = compare(after, before)
    change = report.since
    assert change is not None
    assert change.new
    assert not change.fixed
    assert not change.unchecked
    new = [finding for finding in report.findings if finding.change == "new"]
    assert {finding.id for finding in new} == set(change.new)
    assert all("10万人次" in finding.quote for finding in new)


def test_a_lead_that_is_named_fixes_its_task_alone(drafted: Check, before: Report) -> None:
    after = drafted(PLAN.replace("(各成员单位按职责分工负责)", "(县教育局牵头,县科协配合)"))
    report = compare(after, before, "last.json")
    change = report.since
    assert change is not None
    assert not change.new
    assert names(report, change.fixed) >= {"task-lead"}
    assert {finding.provision.number for finding in change.gone if finding.provision} == {"1."}
    for form in ("text", "html", "md", "csv", "json", "ttl", "sarif"):
        assert change.fixed[0] in render(report, form).decode() or "已解决" in render(report, form).decode(), form


def test_a_plan_that_gets_a_number_is_the_same_plan(drafted: Check, before: Report) -> None:
    after = drafted("东政办发〔2021〕35号\n\n" + PLAN)
    assert after.plans[0].iri != before.plans[0].iri
    change = compare(after, before).since
    assert change is not None
    assert (change.new, change.unchecked) == ((), ())
    assert names(compare(after, before), change.fixed) == {"plan-number"}


def test_what_was_not_checked_again_is_not_fixed(drafted: Check, before: Report) -> None:
    other = drafted(PLAN.replace("东湖县", "西山县"), "other.txt")
    change = compare(other, before).since
    assert change is not None
    assert change.fixed == ()
    assert set(change.unchecked) == ids(before)
    assert change.of_new_plans == len(change.new) == len(other.findings)
    fewer = replace(before, rules=tuple(rule for rule in before.rules if rule.name != "task-lead"))
    change = compare(fewer, before).since
    assert change is not None
    assert change.fixed == ()
    assert len(change.unchecked) == 1
    change = compare(before, fewer).since
    assert change is not None
    assert change.of_new_rules == len(change.new) == 1


def test_a_short_report_still_knows_what_is_new(before: Report) -> None:
    short = saved.read(limit(before, 1).to_json())
    assert len(short.findings) < len(before.findings)
    change = compare(before, short).since
    assert change is not None
    assert (change.new, change.fixed) == ((), ())
    with pytest.raises(UsageError):
        compare(short, before)
    with pytest.raises(UsageError):
        narrow(short, ["东湖"])


def test_the_status_can_go_by_what_is_new(drafted: Check, before: Report) -> None:
    same = compare(before, before)
    assert [same.status(s) for s in ("violation", "new-violation", "new-info")] == [1, 0, 0]
    after = drafted(PLAN.replace("(县科协牵头,县教育局配合)", "(各有关单位按职责分工负责)"))
    assert compare(after, before).status("new-violation") == 1
    with pytest.raises(UsageError):
        before.status("new-violation")


def test_every_identifier_is_its_own(five: Report) -> None:
    assert len(ids(five)) == len(five.findings)
    same_within = {(f.key, *(p.iri for p in f.plans)) for f in five.findings}
    assert len(same_within) == len(five.findings)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no JSON", "not JSON (line 1, column 1)"),
        ("[]", "it has no format"),
        ('{"format": "plankg-report/1"}', "its format is 'plankg-report/1', not plankg-report/2"),
        ('{"format": "plankg-report/2"}', "'tally' is missing"),
    ],
)
def test_what_is_no_report_is_said_so(text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        saved.read(text, "last.json")
    assert said in str(error.value)
    assert "last.json" in str(error.value)


def test_a_mistyped_key_is_named(before: Report) -> None:
    model = json.loads(before.to_json())
    model["rules"][0]["checked"] = "many"
    with pytest.raises(InputError) as error:
        saved.read(json.dumps(model))
    assert "'rules[0].checked' must be a whole number" in str(error.value)
    del model["rules"][0]["checked"]
    with pytest.raises(InputError) as error:
        saved.read(json.dumps(model))
    assert "'rules[0].checked' is missing" in str(error.value)
