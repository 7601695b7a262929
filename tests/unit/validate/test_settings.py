"""Profiles and settings: rules off and on, severities, thresholds; what is not allowed says so."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, UsageError
from kg.validate import validate
from kg.validate.report import Report, RuleReport
from kg.validate.rules import load_shapes
from kg.validate.settings import KEYS, apply, profiles, read_settings

PREFIXES = """
@prefix plan: <https://w3id.org/plankg/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix : <https://example.org/> .
"""
# Four lead the one task; in ten tasks of the plan one body has a part in eight.
PLAN = PREFIXES + (
    ':p a plan:Plan ; dcterms:title "某区养老服务实施方案"@zh ; plan:region :r .\n'
    ':t a plan:Task ; plan:inPlan :p ; dcterms:title "发展老年助餐"@zh ; plan:leadAgency :a, :b, :c, :d .\n'
    + "".join(
        f":t{i} a plan:Task ; plan:inPlan :p ; plan:responsibleAgency {':busy' if i < 8 else ':idle'} ; plan:confidence {'0.6' if i else '0.4'} .\n"
        for i in range(10)
    )
)


def checked(tmp_path: Path, settings: str = "", profile: str | None = None) -> Report:
    path = tmp_path / "mine.toml"
    path.write_text(settings, "utf-8")
    return validate(ox.parse(PLAN, format=ox.RdfFormat.TURTLE), profile=profile, settings=path if settings else None)


def rule(report: Report, name: str) -> RuleReport:
    return next(rule for rule in report.rules if rule.name == name)


def test_a_rule_that_is_off_is_not_in_the_report_but_is_named_as_off(tmp_path: Path) -> None:
    report = checked(tmp_path, 'off = ["task-lead"]')
    assert "task-lead" not in {r.name for r in report.rules}
    assert "https://w3id.org/plankg/shapes#task-lead" in report.off


def test_on_brings_back_a_rule_that_the_profile_switched_off(tmp_path: Path) -> None:
    assert "plan-topic" not in {r.name for r in checked(tmp_path).rules}
    assert rule(checked(tmp_path, 'on = ["plan-topic"]'), "plan-topic").state == "found"


def test_a_severity_is_that_of_the_findings_and_of_the_status(tmp_path: Path) -> None:
    report = checked(tmp_path, '[severity]\ntask-many-leads = "violation"')
    many = rule(report, "task-many-leads")
    assert many.severity == "violation"
    assert {finding.severity for finding in many.findings} == {"violation"}


@pytest.mark.parametrize(
    ("name", "threshold", "strict", "loose", "found"),
    [
        ("task-many-leads", "most", 3, 4, 1),  # pure SHACL: sh:maxCount
        ("confidence-low", "least", 0.5, 0.3, 1),  # pure SHACL: sh:minInclusive
        ("agency-overload", "share", 0.7, 0.8, 1),  # a built-in check
    ],
)
def test_thresholds_reach_shapes_and_built_in_checks_and_stand_in_the_report(
    name: str, threshold: str, strict: float, loose: float, found: int, tmp_path: Path
) -> None:
    before = rule(checked(tmp_path, f"[thresholds.{name}]\n{threshold} = {strict}"), name)
    after = rule(checked(tmp_path, f"[thresholds.{name}]\n{threshold} = {loose}"), name)
    assert (len(before.findings), len(after.findings)) == (found, 0)
    assert (before.thresholds[threshold], after.thresholds[threshold]) == (strict, loose)
    assert set(before.threshold_words[threshold]) == {"zh", "en"}


@pytest.mark.parametrize("name", sorted(profiles()[0]))
def test_each_profile_says_what_it_is_for_and_names_only_rules_there_are(name: str) -> None:
    profile = profiles()[0][name]
    assert set(profile.title) == set(profile.purpose) == {"zh", "en"}
    shapes = apply(load_shapes(), profile.settings)
    assert len(shapes.rules) + len(shapes.off) == len(load_shapes().rules)


def test_a_profile_stands_in_the_report(tmp_path: Path) -> None:
    report = checked(tmp_path, profile="strict")
    assert (report.profile, report.profile_title["en"]) == ("strict", "Strict")
    assert rule(report, "task-many-leads").thresholds == {"most": 1}
    assert not report.off


def test_a_profile_that_there_is_not_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="draft, issued, publish, strict"):
        validate([], profile="lax")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('of = ["task-lead"]', f"there is no key 'of' (one of {', '.join(KEYS)})"),
        ('off = ["task-leed"]', "there is no rule 'task-leed' (did you mean task-lead"),
        ('off = "task-lead"', "'off' is no list of names of rules"),
        (
            '[severity]\ntask-lead = "error"',
            "severity of 'task-lead': there is no 'error' (one of violation, warning, info)",
        ),
        ("[thresholds.task-many-leads]\nmax = 3", "rule 'task-many-leads' has no threshold 'max' (one of most)"),
        ("[thresholds.task-lead]\nmost = 3", "rule 'task-lead' has no threshold 'most' (this rule has none)"),
        ('[thresholds.task-many-leads]\nmost = "3"', "'thresholds.task-many-leads.most' is no number from 0 on: '3'"),
        ("[thresholds.task-many-leads]\nmost = 2.5", "threshold 'most' of 'task-many-leads' is no whole number: 2.5"),
        ("[thresholds]\ntask-many-leads = 3", "'thresholds.task-many-leads' is no table"),
        ('off = ["task-lead"]\non = ["task-lead"]', "'task-lead' is both on and off"),
        ("off = [", "not valid TOML"),
    ],
)
def test_what_settings_cannot_mean_is_an_error_with_file_key_and_what_is_allowed(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        checked(tmp_path, text)
    assert said in str(caught.value)
    assert caught.value.where == str(tmp_path / "mine.toml")


def test_settings_that_are_not_there_say_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_settings(tmp_path / "none.toml")
