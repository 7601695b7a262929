"""A report against an earlier one: what is new, still open, fixed, and what nobody knows because it was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.report.narrow import require_whole
from kg.validate.report import Change, Place, PlanEntry, Report, ReportFinding


def compare(report: Report, earlier: Report, file: str = "") -> Report:
    """The report with what changed since `earlier`: `Report.since`, and `change` of each finding.

    Findings are the same by their identifier. A plan whose IRI has changed (it got a number, its title was mended) is found
    again by the name of its file or by its title, and its findings by what identifies them within it.
    A finding is fixed where its plan and its rule were checked again and it is not there any more, neither open nor waived.
    Where they were not, it is "unchecked": nobody knows.
    Raises `UsageError` for a report that lists only some of its findings; the earlier one may.
    """
    require_whole(report)
    renamed = _renamed(report.plans, earlier.plans)
    known = dict(_identifiers(earlier))  # identifier → key, of what was open
    waived = {waived.finding.id: waived.finding.key for waived in earlier.waived}
    keys_of_renamed = _by_key(earlier, set(renamed.values()))

    def before(finding: ReportFinding) -> str | None:
        if finding.id in known or finding.id in waived:
            return finding.id
        if len(finding.plans) == 1 and finding.plans[0].iri in renamed:
            return keys_of_renamed.get((renamed[finding.plans[0].iri], finding.key))
        return None

    matched: set[str] = set()
    new, still_open = [], []
    rules = []
    for rule in report.rules:
        findings = []
        for finding in rule.findings:
            was = before(finding)
            if was is not None:
                matched.add(was)
            (new if was is None else still_open).append(finding)
            findings.append(replace(finding, change="new" if was is None else "open"))
        rules.append(replace(rule, findings=tuple(findings)))
    for each in report.waived:
        was = before(each.finding)
        if was is not None:
            matched.add(was)
    lost = [identifier for identifier in known if identifier not in matched]
    listed = {finding.id: finding for finding in earlier.findings}
    rules_now = {rule.iri for rule in report.rules}
    plans_now = {plan.iri for plan in report.plans} | set(renamed.values())
    all_plans = all(plan.iri in plans_now for plan in earlier.plans)
    rule_of = {both.split("/")[0]: rule for rule, tally in earlier.tally.rules.items() for both in tally.ids}

    def checked_again(identifier: str) -> bool:
        finding = listed.get(identifier)
        in_plans = all_plans if finding is None else all(plan.iri in plans_now for plan in finding.plans)
        return in_plans and rule_of[identifier] in rules_now

    fixed = tuple(identifier for identifier in lost if checked_again(identifier))
    unchecked = tuple(identifier for identifier in lost if not checked_again(identifier))
    rules_then = {rule.iri for rule in earlier.rules}
    plans_then = {plan.iri for plan in earlier.plans} | set(renamed)
    change = Change(
        file=file,
        new=tuple(finding.id for finding in new),
        still_open=tuple(finding.id for finding in still_open),
        fixed=fixed,
        unchecked=unchecked,
        of_new_rules=sum(finding.rule not in rules_then for finding in new),
        of_new_plans=sum(
            bool(finding.plans) and not any(plan.iri in plans_then for plan in finding.plans) for finding in new
        ),
        gone=tuple(listed[identifier] for identifier in lost if identifier in listed),
    )
    return replace(report, rules=tuple(rules), since=change, kept=None)


def _identifiers(report: Report) -> Iterator[tuple[str, str]]:
    for tally in report.tally.rules.values():
        for both in tally.ids:
            identifier, _, key = both.partition("/")
            yield identifier, key


def _by_key(report: Report, plans: set[str]) -> dict[tuple[str, str], str]:
    """Identifiers by plan and key, of what lies in one of some plans; waived ones, too."""
    found = [*report.findings, *(waived.finding for waived in report.waived)]
    return {(f.plans[0].iri, f.key): f.id for f in found if len(f.plans) == 1 and f.plans[0].iri in plans}


def _renamed(now: Iterable[Place], then: Iterable[Place]) -> dict[str, str]:
    """IRI now → IRI then, of plans whose IRI changed: by file name, else by title, where it is only one either way."""
    now, then = list(now), list(then)
    old, new = {plan.iri for plan in then}, {plan.iri for plan in now}
    gone, come = [p for p in then if p.iri not in new], [p for p in now if p.iri not in old]
    found: dict[str, str] = {}
    for name in (_file, _title):
        for plan in come:
            same_then = [p for p in gone if name(p) and name(p) == name(plan) and p.iri not in found.values()]
            same_now = [p for p in come if name(p) == name(plan) and p.iri not in found]
            if plan.iri not in found and len(same_then) == len(same_now) == 1:
                found[plan.iri] = same_then[0].iri
    return found


def _file(plan: Place) -> str:
    return plan.file if isinstance(plan, PlanEntry) else ""


def _title(plan: Place) -> str:
    return "".join(plan.title.split())
