"""The report as JUnit XML, as test runners and build servers read it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from kg.report import parts
from kg.report.words import Speech, clean
from kg.validate.report import SEVERITIES, Report, ReportFinding, RuleReport


def render(report: Report, lang: str = "zh", fail_on: str = "violation") -> str:
    """JUnit XML: one test case a rule, a failure where it found something at or above `fail_on`, skipped where it had
    nothing to check. Findings below `fail_on` and waived ones stand in `system-out`: the status is that of the command.

    Raises `UsageError` for another language than zh or en.
    """
    speech, tally = Speech(lang), report.tally
    grave = set(SEVERITIES[: SEVERITIES.index(fail_on.removeprefix("new-")) + 1])  # type: ignore[arg-type]
    only_new = fail_on.startswith("new-")
    cases: list[str] = []
    failures = skipped = 0
    for rule in report.rules:
        of = tally.rules[rule.iri]
        name = f"name={quoteattr(speech.rule(rule.label))} classname={quoteattr('plankg.' + clean(rule.name))}"
        lines = [_line(finding, speech, rule) for finding in rule.findings]
        if of.total > len(rule.findings):
            lines.append(speech.number("more", of.total - len(rule.findings)))
        lines += [
            f"{speech('waived')}{speech.colon}{_line(each.finding, speech, rule)} — {parts.waiver_words(each.waiver, speech)}"
            for each in report.waived
            if each.finding.rule == rule.iri
        ]
        body = escape("\n".join(lines))
        if rule.severity in grave and (of.new if only_new else of.total):
            failures += 1
            message = quoteattr(f"{speech.wrong(rule)} ({of.total}/{rule.checked})")
            inside = f"<failure message={message} type={quoteattr(rule.severity)}>{body}</failure>"
        elif rule.state == "not checked":
            skipped += 1
            inside = f"<skipped message={quoteattr(speech('not checked'))}/>"
        else:
            inside = f"<system-out>{body}</system-out>" if body else ""
        cases.append(f"    <testcase {name}>{inside}</testcase>" if inside else f"    <testcase {name}/>")
    numbers = f'tests="{len(report.rules)}" failures="{failures}" errors="0" skipped="{skipped}"'
    said = [clean(report.verdict(lang))]
    if report.since:
        said.append(speech("changes") + speech.colon + speech.join(parts.change_parts(report.since, speech)))
    properties = f'<properties><property name="verdict" value={quoteattr(" ".join(said))}/></properties>'
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites name={quoteattr(speech('title'))} {numbers}>",
        f'  <testsuite name="plankg" {numbers}>',
        f"    {properties}",
        *cases,
        "  </testsuite>",
        "</testsuites>",
        "",
    ])  # fmt: skip


def _line(finding: ReportFinding, speech: Speech, rule: RuleReport) -> str:
    new = f"[{speech('new')}] " if finding.change == "new" else ""
    said = [f"{new}{parts.plan_titles(finding, speech)} {parts.place_name(finding)}", parts.location(finding, speech)]
    said += [parts.sentence(finding), speech.label("who") + parts.who(finding, speech), finding.id]
    return " — ".join(part for part in said if part)
