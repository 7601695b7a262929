"""A report cut to what one reader wants: some plans, some bodies, or a few findings of each rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kg.errors import UsageError
from kg.report.words import clean
from kg.validate.report import Change, PlanEntry, Report, ReportFinding

_SHOWN = 5


def narrow(report: Report, plans: Sequence[str] = (), agencies: Sequence[str] = ()) -> Report:
    """The report on some plans, and on what some bodies must act on or are named in.

    A plan is named by its title or IRI, a body by its name; part of it, or characters of it in their order (区科协), will do
    where they mean only one. Verdict, exit status and totals are then those of what is left; how many things the rules
    looked at stays that of the whole run.
    Plans of which nothing was read and nothing was found leave nothing checked.
    Raises `UsageError` for a name that means none or several, and for a report, or an earlier one that it was compared
    with, that lists only some of its findings.
    """
    if not plans and not agencies:
        return report
    require_whole(report)
    change = report.since
    if change and len(change.gone) < len(change.fixed) + len(change.unchecked):
        raise UsageError(
            f"{change.file} lists only some of its findings; nobody can tell which of the others are gone here",
            remedy="make it anew without --max-results, or leave out --plan and --agency",
        )
    chosen = [_choose(name, "--plan", [(p.iri, p.title) for p in report.plans], _is_plan) for name in plans]
    titles = {plan.iri: plan.title for plan in report.plans}
    every = [
        finding
        for finding in [*report.findings, *(waived.finding for waived in report.waived)]
        if not chosen or any(plan.iri in chosen for plan in finding.plans)
    ]
    bodies = sorted({name for finding in every for name in (*finding.acts, *finding.agencies)})
    named = [_choose(name, "--agency", [(body, body) for body in bodies], _is_body) for name in agencies]

    def stays(finding: ReportFinding) -> bool:
        return (not chosen or any(plan.iri in chosen for plan in finding.plans)) and (
            not named or any(name in (*finding.acts, *finding.agencies) for name in named)
        )

    waived = tuple(each for each in report.waived if stays(each.finding))
    of_rule = Counter(each.finding.rule for each in waived)
    rules = tuple(
        replace(rule, findings=tuple(filter(stays, rule.findings)), waived=of_rule[rule.iri]) for rule in report.rules
    )
    kept = tuple(plan for plan in report.plans if not chosen or plan.iri in chosen)
    found = any(rule.findings for rule in rules) or waived
    read = any(count for plan in kept if isinstance(plan, PlanEntry) for count in plan.counts.values())
    only = [("plan", titles[iri]) for iri in chosen] + [("agency", name) for name in named]
    return replace(
        report,
        rules=rules,
        plans=kept,
        counts=_counts(report, kept) if chosen else report.counts,
        looked_at=0 if chosen and not found and not read else report.looked_at,
        waivers=report.waivers and replace(report.waivers, waived=waived),
        since=_since(report, stays),
        only=(*report.only, *only),
        kept=None,
    )


def _counts(report: Report, plans: Iterable[object]) -> dict[str, int]:
    """What was checked in some plans, as far as it is known plan by plan."""
    found: Counter[str] = Counter()
    for plan in plans:
        found["Plan"] += 1
        found.update(plan.counts if isinstance(plan, PlanEntry) else {})
    return {name: found[name] for name in report.counts if found[name]}


def _since(report: Report, stays: Callable[[ReportFinding], bool]) -> Change | None:
    change = report.since
    if change is None:
        return None
    left = {finding.id for finding in report.findings if stays(finding)}
    gone = tuple(filter(stays, change.gone))
    lost = {finding.id for finding in gone}
    return replace(
        change,
        new=tuple(i for i in change.new if i in left),
        still_open=tuple(i for i in change.still_open if i in left),
        fixed=tuple(i for i in change.fixed if i in lost),
        unchecked=tuple(i for i in change.unchecked if i in lost),
        gone=gone,
        of_new_rules=0,
        of_new_plans=0,
    )


def require_whole(report: Report) -> None:
    """Raises `UsageError` for a report that lists only some of its findings: what is left out cannot be looked at."""
    if report.listed is not None:
        raise UsageError(
            f"the report lists at most {report.listed} findings of each rule; the others cannot be looked at",
            remedy="make it anew without --max-results",
        )


def limit(report: Report, listed: int | None) -> Report:
    """The report with at most `listed` findings of each rule (None: all); totals stay exact, and the number is said."""
    if listed is None or (report.listed is not None and report.listed <= listed):
        return report
    rules = tuple(replace(rule, findings=rule.findings[:listed]) for rule in report.rules)
    return replace(report, rules=rules, listed=listed, kept=report.tally)


def _choose(name: str, option: str, known: list[tuple[str, str]], fits: Callable[[str, str, str], bool]) -> str:
    """The key of the one thing that a name means."""
    wanted = "".join(name.split())
    if not wanted:
        raise UsageError(f"{option} is empty", remedy="name one, or leave it out")
    exact = [key for key, label in known if wanted in (key, "".join(label.split()))]
    found = exact or [key for key, label in known if fits(wanted, key, label)]
    if not found:
        found = [key for key, label in known if _in_order(wanted, label)]
    if len(found) == 1:
        return found[0]
    labels = {key: clean(label) for key, label in known}
    shown = "、".join(labels[key] for key in (found or list(labels))[:_SHOWN])
    if not found:
        raise UsageError(f"{option} {clean(name)} is not in the report", remedy=f"it has {shown} …" if shown else None)
    raise UsageError(f"{option} {clean(name)} means several: {shown}", remedy="write more of the name")


def _is_plan(wanted: str, iri: str, title: str) -> bool:
    return wanted in "".join(title.split()) or iri.endswith("/" + wanted)


def _is_body(wanted: str, _name: str, label: str) -> bool:
    return wanted in label


def _in_order(wanted: str, label: str) -> bool:
    rest = iter(label)
    return all(character in rest for character in wanted)
