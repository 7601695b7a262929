"""Every finding on the five plans, as careful reading judged it: `validation/findings.csv`, all true, and nothing else.

`KG_REGOLD=1` writes the tables anew; each line that differs is to be read against the documents before it is committed.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from kg import resources
from kg.pipeline import build
from kg.store import open_store
from kg.store.protocol import Store
from kg.validate import validate
from kg.validate.report import Report

RESTATES = "https://w3id.org/plankg/ontology#restates"
FOLDER = Path(__file__).parent / "validation"


@pytest.fixture(scope="module")
def store() -> Store:
    opened = open_store()
    built = build([resources.folder("data/documents")], opened)
    assert not built.failures
    return opened


@pytest.fixture(scope="module")
def report(store: Store) -> Report:
    return validate(store)


def found(report: Report) -> str:
    """One line a finding, in the report's order: what a planner reads of it."""
    rows = [
        (
            finding.severity,
            rule.name,
            "、".join(plan.title for plan in finding.plans),
            "" if finding.provision is None else f"{finding.provision.number} {finding.provision.title}".strip(),
            finding.label,
            finding.value_label,
            finding.sentence["zh"],
            finding.id,
        )
        for rule in report.rules
        for finding in rule.findings
    ]
    return _csv(("severity", "rule", "plan", "place", "thing", "value", "sentence", "id"), rows)


def looked_at(report: Report) -> str:
    """One line a rule: what it looked at and what it found; 0 looked at is "not checked"."""
    rows = [(r.name, r.severity, r.state, r.checked, len(r.findings)) for r in report.rules]
    return _csv(("rule", "severity", "state", "checked", "found"), rows)


def _csv(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("name", ["findings", "rules"])
def test_the_five_plans_have_the_findings_that_reading_found(name: str, report: Report) -> None:
    now = found(report) if name == "findings" else looked_at(report)
    path = FOLDER / f"{name}.csv"
    if os.environ.get("KG_REGOLD"):
        path.write_text(now, "utf-8")
    before = path.read_text("utf-8")
    if now != before:
        (FOLDER / f"{name}.new.csv").write_text(now, "utf-8")
    assert now.splitlines() == before.splitlines()


# What careful reading counts in the five plans (rule, found, looked at).
READ = [
    ("task-lead", 59, 135),
    ("task-lead-presumed", 16, 135),
    ("target-owner", 22, 29),
    ("action-lead-missing-from-task", 3, 29),
    ("action-lead-partly-missing", 7, 29),
    ("target-below-achievement", 1, 30),
    ("target-longer-than-its-time", 1, 49),
]


@pytest.mark.parametrize(("name", "count", "among"), READ, ids=[row[0] for row in READ])
def test_what_reading_counts_is_what_the_rule_finds(name: str, count: int, among: int, report: Report) -> None:
    rule = next(rule for rule in report.rules if rule.name == name)
    assert (len(rule.findings), rule.checked) == (count, among)


def test_a_task_without_a_lead_is_not_counted_as_presumed_as_well(report: Report) -> None:
    without, presumed = (
        {finding.focus for rule in report.rules if rule.name == name for finding in rule.findings}
        for name in ("task-lead", "task-lead-presumed")
    )
    assert len(without | presumed) == 75
    assert not without & presumed


def test_targets_that_say_another_again_leave_17_of_24_without_an_owner(store: Store, report: Report) -> None:
    rule = next(rule for rule in report.rules if rule.name == "target-owner")
    again = {quad.subject.value for quad in store.quads() if quad.predicate.value == RESTATES}
    assert (len({f.focus for f in rule.findings} - again), rule.checked - len(again)) == (17, 24)


def test_the_one_rule_that_nobody_can_keep_is_the_opening_in_science_week(report: Report) -> None:
    rule = next(rule for rule in report.rules if rule.name == "target-longer-than-its-time")
    assert [finding.quote for finding in rule.findings] == ["其中全国科技活动周期间开放不少于30天"]


def test_every_sentence_names_the_thing_and_leaves_no_placeholder(report: Report) -> None:
    for finding in report.findings:
        for text in finding.sentence.values():
            assert "{" not in text
            assert "“”" not in text
        assert set(finding.sentence) == {"zh", "en"}
