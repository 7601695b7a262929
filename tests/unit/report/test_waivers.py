"""Waivers: who answers for what until when; a bad file is said with line and key, and nothing is silent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from kg.errors import EXIT_STATUS, InputError, UsageError
from kg.report import apply, compare, read_waivers, render
from kg.validate import saved
from kg.validate.report import Report

TODAY = "2026-11-22"


def toml(path: Path, text: str) -> Path:
    file = path / "waivers.toml"
    file.write_text(text, "utf-8")
    return file


def one(identifier: str, expires: str = "2026-12-31") -> str:
    return f'[[waiver]]\nfinding = "{identifier}"\nreason = "市里统一安排"\nowner = "王某"\nexpires = {expires}\n'


def test_a_waived_finding_counts_no_more_and_is_listed_apart(five: Report, tmp_path: Path) -> None:
    first = five.findings[0]
    assert first.severity == "violation"
    report = apply(five, read_waivers(toml(tmp_path, one(first.id))), TODAY)
    assert report.count("violation") == five.count("violation") - 1
    assert [each.finding.id for each in report.waived] == [first.id]
    assert first.id not in {finding.id for finding in report.findings}
    assert "1 waived, not counted" in report.verdict("en")
    assert "1 处已豁免,不计入" in report.verdict("zh")
    for form in ("text", "html", "md", "csv", "json", "junit", "ttl", "sarif"):
        text = render(report, form).decode()
        assert "市里统一安排" in text, form
        assert "王某" in text, form
    assert saved.read(report.to_json()).to_json() == report.to_json()
    assert not report.conforms


def test_a_rule_is_waived_in_a_plan_or_in_one_place_of_it(five: Report, tmp_path: Path) -> None:
    def waived(place: str) -> list[str]:
        text = '[[waiver]]\nrule = "task-lead"\nplan = "瓯海区"\nreason = "a"\nowner = "b"\nexpires = "2026-12-31"\n'
        report = apply(five, read_waivers(toml(tmp_path, text + place)), TODAY)
        return [each.finding.plans[0].title for each in report.waived]

    assert len(waived("")) == 26
    assert {"瓯海" in title for title in waived("")} == {True}
    place = next(f.provision for f in five.findings if f.rule.endswith("task-lead") and "瓯海" in f.plans[0].title)
    assert place is not None
    assert len(waived(f'place = "{place.iri.rsplit("/", 1)[-1]}"\n')) == 1
    assert len(waived(f'place = "{place.title}"\n')) == 1
    assert waived('place = "nowhere"\n') == []


def test_all_waived_is_no_problem_and_the_rule_has_a_state_of_its_own(five: Report, tmp_path: Path) -> None:
    grave = [finding for finding in five.findings if finding.severity == "violation"]
    report = apply(five, read_waivers(toml(tmp_path, "".join(one(finding.id) for finding in grave))), TODAY)
    assert report.status() == 0
    assert {rule.state for rule in report.rules if rule.name == "task-lead"} == {"waived"}
    assert report.verdict("en").startswith("Nothing must be fixed; ")


def test_an_expired_waiver_and_an_unused_one_are_said(five: Report, tmp_path: Path) -> None:
    first = five.findings[0].id
    for expires, day, waived in (("2026-11-21", TODAY, 0), (TODAY, TODAY, 1), (TODAY, "2026-11-23", 0)):
        report = apply(five, read_waivers(toml(tmp_path, one(first, expires))), day)
        assert len(report.waived) == waived
        assert report.waivers is not None
        assert len(report.waivers.expired) == 1 - waived
    assert "已过期的豁免" in render(report, "text").decode()
    report = apply(five, read_waivers(toml(tmp_path, one("0" * 12))), TODAY)
    assert report.waivers is not None
    assert len(report.waivers.unused) == 1
    for form in ("text", "html", "md"):
        assert "没有对应问题的豁免" in render(report, form).decode()
    assert report.status() == five.status() == 1


def test_no_clock_is_asked(five: Report, tmp_path: Path) -> None:
    waivers = read_waivers(toml(tmp_path, one(five.findings[0].id)))
    for day in (None, "tomorrow", "2026-02-30"):
        with pytest.raises(UsageError) as error:
            apply(five, waivers, day, "waivers.toml")
        assert "--today" in str(error.value)


def test_what_was_waived_before_is_neither_new_nor_fixed(five: Report, tmp_path: Path) -> None:
    first = five.findings[0].id
    waived = apply(five, read_waivers(toml(tmp_path, one(first))), TODAY)
    change = compare(five, waived).since
    assert change is not None
    assert (change.new, change.fixed) == ((), ())
    change = compare(waived, five).since
    assert change is not None
    assert (change.new, change.fixed) == ((), ())


HEADINGS = ["规则", "规划", "条款", "理由", "责任人", "到期日"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_says_the_same_as_toml(five: Report, tmp_path: Path, kind: str) -> None:
    rows: Sequence[Sequence[str]] = [HEADINGS, ["task-lead", "瓯海区", "", "市里统一安排", "王某", "2026年12月31日"]]
    file = tmp_path / f"waivers.{kind}"
    if kind == "csv":
        file.write_text("\n".join(",".join(row) for row in rows), "utf-8-sig")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(file)
    (waiver,) = read_waivers(file)
    assert (waiver.rule, waiver.plan, waiver.expires, waiver.line) == ("task-lead", "瓯海区", "2026-12-31", 2)
    assert len(apply(five, (waiver,), TODAY).waived) == 26


ALL = 'reason = "a"\nowner = "b"\nexpires = 2026-12-31\n'
BAD = {
    "no toml": ("waiver = [", "no TOML"),
    "a key that there is not": ('[[waiver]]\nfindng = "0123456789ab"\n' + ALL, "line 2, key findng: 'findng' is no key of a waiver (did you mean finding?)"),
    "no reason": ('[[waiver]]\nfinding = "0123456789ab"\nowner = "b"\nexpires = 2026-12-31\n', "line 1, key reason: the waiver has no reason"),
    "no owner": ('\n\n[[waiver]]\nfinding = "0123456789ab"\nreason = "b"\nexpires = 2026-12-31\n', "line 3, key owner: the waiver has no owner"),
    "no expiry": ('[[waiver]]\nfinding = "0123456789ab"\nreason = "b"\nowner = "c"\n', "key expires: the waiver has no expires"),
    "no day": ('[[waiver]]\nfinding = "0123456789ab"\nreason = "b"\nowner = "c"\nexpires = "soon"\n', "'soon' is no day"),
    "a number for an owner": ('[[waiver]]\nfinding = "0123456789ab"\nreason = "b"\nowner = 3\n', "line 4, key owner: not a text"),
    "no identifier": ('[[waiver]]\nfinding = "xyz"\n' + ALL, "'xyz' is no identifier"),
    "neither": ("[[waiver]]\n" + ALL, "names neither a finding nor a rule"),
    "both": ('[[waiver]]\nfinding = "0123456789ab"\nrule = "task-lead"\n' + ALL, "names a finding and a rule"),
    "a rule everywhere": ('[[waiver]]\nrule = "task-lead"\n' + ALL, "key plan: the waiver names a rule but no plan"),
    "another table": ("[[waver]]\n" + ALL, "'waver' is no part of it"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_said_with_its_line_and_key(tmp_path: Path, fault: str) -> None:
    text, said = BAD[fault]
    with pytest.raises(InputError) as error:
        read_waivers(toml(tmp_path, text))
    assert said in str(error.value)
    assert "waivers.toml" in str(error.value)
    assert EXIT_STATUS[type(error.value)] == 3


def test_a_bad_table_is_said_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_text("finding,reson,owner\n1,2,3\n", "utf-8")
    with pytest.raises(InputError) as error:
        read_waivers(file)
    assert "line 1: 'reson' is no column of waivers (did you mean reason?)" in str(error.value)


def test_a_rule_that_there_is_not_is_said_with_the_nearest(five: Report, tmp_path: Path) -> None:
    text = '[[waiver]]\nrule = "task-leed"\nplan = "瓯海"\n' + ALL
    with pytest.raises(InputError) as error:
        apply(five, read_waivers(toml(tmp_path, text)), TODAY, "w.toml")
    assert "w.toml, line 1, key rule: there is no rule 'task-leed' (did you mean task-lead?)" in str(error.value)


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    for name in ("none.toml", "none.csv"):
        with pytest.raises(InputError):
            read_waivers(tmp_path / name)


def test_the_model_keeps_waivers(five: Report, tmp_path: Path) -> None:
    report = apply(five, read_waivers(toml(tmp_path, one(five.findings[0].id))), TODAY, "w/waivers.toml")
    model = json.loads(report.to_json())
    assert model["waivers"]["file"] == "waivers.toml"
    assert model["waivers"]["today"] == TODAY
    assert model["problems"]["violation"] == five.count("violation") - 1
