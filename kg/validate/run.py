"""One validation: load data and shapes, run engine and built-in checks, describe what they find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from rdflib import Literal

from kg.validate import engine
from kg.validate.checks import run_check
from kg.validate.data import Data, is_ours, load
from kg.validate.describe import Describer, count_classes
from kg.validate.paths import to_sparql, to_turtle
from kg.validate.report import Report, ReportFinding, RuleReport
from kg.validate.rules import Rule, Shapes, focus_nodes, load_shapes
from kg.validate.settings import Profile, apply, read_settings
from kg.validate.settings import profile as find_profile


def run_rules(
    source: Any,
    extra: Iterable[str | Path] = (),
    own: bool = True,
    profile: str | None = None,
    settings: str | Path | None = None,
) -> Report:
    """See `kg.validate.validate`."""
    chosen = find_profile(profile)
    shapes = set_up(load_shapes(extra, own), chosen if own else None, settings)
    return examine(load(source), shapes, chosen if own else None)


def set_up(shapes: Shapes, profile: Profile | None, settings: str | Path | None = None) -> Shapes:
    """The shapes as a profile wants them and, over that, a user's settings. Raises `InputError` for what there is not."""
    if profile is not None:
        shapes = apply(shapes, profile.settings, f"profile {profile.name}")
    return shapes if settings is None else apply(shapes, read_settings(settings), str(settings))


def examine(data: Data, shapes: Shapes, profile: Profile | None = None) -> Report:
    """The report on a data graph that is loaded already."""
    focus = {rule.iri: focus_nodes(rule.iri, shapes, data) for rule in shapes.rules}
    results = engine.run(data.graph, shapes.for_engine()) if any(focus.values()) else []
    for rule in shapes.rules:
        if rule.built_in:
            results += run_check(rule, data, focus[rule.iri])
    describer = Describer(data, shapes)
    by_rule: dict[str, dict[str, ReportFinding]] = defaultdict(dict)
    paths: dict[str, str] = {}
    for result in results:
        rule = shapes.rule(shapes.rule_of[result.shape])
        finding = describer.finding(result, rule)
        # Two constraints of one rule may fail on the same value: one problem for whoever must mend it.
        by_rule[rule.iri].setdefault(finding.id, finding)
        if result.path is not None:
            paths[to_sparql(shapes.graph, result.path)] = to_turtle(shapes.graph, result.path)
    return Report(
        rules=tuple(
            _rule_report(rule, len(focus[rule.iri]), by_rule[rule.iri].values(), describer) for rule in shapes.rules
        ),
        plans=describer.all_plans,
        counts=count_classes(data),
        triples=data.triples,
        inferred=data.inferred,
        looked_at=len({node for nodes in focus.values() for node in nodes if _is_data(node)}),
        paths=dict(sorted(paths.items())),
        profile=profile.name if profile else "",
        profile_title=profile.title if profile else {},
        off=tuple(rule.iri for rule in shapes.off),
    )


def _rule_report(rule: Rule, checked: int, found: Iterable[ReportFinding], describer: Describer) -> RuleReport:
    findings = sorted(found, key=lambda finding: (_in_reading_order(finding), finding.id))
    return RuleReport(
        iri=rule.iri,
        name=rule.name,
        severity=rule.severity,  # type: ignore[arg-type]
        label=rule.label,
        message=rule.message,
        why=rule.why,
        remedy=rule.remedy,
        version=rule.version,
        file=rule.file,
        checked=checked,
        findings=tuple(findings),
        thresholds={name: _plain(value) for name, value in rule.thresholds.items()},
        threshold_words=rule.threshold_words,
    )


def _plain(number: int | Decimal) -> int | float:
    return number if isinstance(number, int) else float(number)


def _in_reading_order(finding: ReportFinding) -> tuple[Any, ...]:
    place = finding.provision
    key = "" if place is None else place.iri
    return (
        [plan.iri for plan in finding.plans],
        [_number(part) for part in key.split("/")[-1].split("-")],
        finding.focus,
    )


def _number(text: str) -> tuple[int, str]:
    digits = "".join(character for character in text if character.isdigit())
    return int(digits or 0), text


def _is_data(node: Any) -> bool:
    """Whether a focus node shows that there is something to check: the ontology has dates and concepts of its own."""
    return not isinstance(node, Literal) and not is_ours(str(node))
