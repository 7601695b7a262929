"""The report as plain text for people."""

from __future__ import annotations

from kg.report import parts
from kg.report.words import SEVERITY_SIGN, Speech, clean
from kg.validate.report import Report, ReportFinding, RuleReport

SHOWN = 5  # findings of each rule


def render(report: Report, lang: str = "zh", shown: int | None = SHOWN) -> str:
    """Verdict, what changed, what to do first by rule, waivers, what passed, what was not checked; ends with a line feed.

    At most `shown` findings are listed of each rule (None: all); how many are left out is said.
    Raises `UsageError` for another language than zh or en.
    """
    speech = Speech(lang)
    lines = _head(report, speech)
    steps = parts.steps(report, speech)
    if steps:
        lines += ["", speech("to-do")]
        for step in steps:
            lines += ["", *_step(step, speech, shown)]
    lines += _changes(report, speech) + _waivers(report, speech)
    for state in ("waived", "passed", "not checked"):
        rules = list(parts.rules_in_state(report, state))
        if rules:
            lines += ["", speech.label(state) + speech.join([_passed(rule, speech) for rule in rules])]
    return "\n".join(lines) + "\n"


def summarise(report: Report, lang: str = "zh") -> str:
    """The verdict, and one line for each rule that found something; ends with a line feed.

    Raises `UsageError` for another language than zh or en.
    """
    speech = Speech(lang)
    lines = [*_head(report, speech), "", *(_heading(step, speech) for step in parts.steps(report, speech))]
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(report: Report, speech: Speech) -> list[str]:
    lines = [speech.verdict(report)]
    if report.since:
        about = speech.number("since", clean(report.since.file)) if report.since.file else speech("changes")
        lines.append(about + speech.colon + speech.join(parts.change_parts(report.since, speech)))
    return lines + parts.about(report, speech)


def _heading(step: parts.Step, speech: Speech) -> str:
    """What is wrong, how gravely, and how often among how many."""
    rule = step.rule
    count = f"{step.total}/{step.checked}" if step.checked else str(step.total)
    new = speech.bracketed(speech.number("new", step.new)).strip() if step.new else ""
    return f"{step.index}. [{speech(rule.severity)}] {step.wrong} ({count})" + (f" {new}" if new else "")


def _step(step: parts.Step, speech: Speech, shown: int | None) -> list[str]:
    rule = step.rule
    lines = [_heading(step, speech)]
    for key, words in (("why", rule.why), ("remedy", rule.remedy)):
        if words:
            lines.append(f"   {speech.label(key)}{speech.rule(words)}")
    lines.append(f"   {speech.label('who')}{parts.step_bodies(step, speech)}")
    heading = None
    listed = rule.findings[:shown]
    for finding in listed:
        plan = parts.plan_titles(finding, speech)
        if plan != heading:
            lines.append(f"   {plan}")
            heading = plan
        lines += _finding(finding, speech)
    if step.total > len(listed):
        lines.append("   " + speech.number("more", step.total - len(listed)))
    return lines


def _finding(finding: ReportFinding, speech: Speech) -> list[str]:
    sign = f"[{speech(finding.change)}] " if finding.change == "new" else ""
    at = parts.location(finding, speech)
    lines = [f"   - {sign}{parts.place_name(finding)}" + (speech.bracketed(at) if at else "")]
    quoted = parts.sentence(finding)
    for key, text in (
        ("quote", f"“{quoted}”" if quoted else ""),
        ("value", parts.value_of(finding, speech)),
        ("who", parts.who(finding, speech)),
        ("concerned", speech.list([name for name in finding.agencies if name not in finding.acts])),
    ):
        if text:
            lines.append(f"     {speech.label(key)}{text}")
    return lines


def _passed(rule: RuleReport, speech: Speech) -> str:
    return speech.rule(rule.label) + (speech.bracketed(str(rule.checked)) if rule.checked else "")


def _changes(report: Report, speech: Speech) -> list[str]:
    change = report.since
    if change is None:
        return []
    gone = {finding.id: finding for finding in change.gone}
    rules = {rule.iri: rule for rule in report.rules}
    lines: list[str] = []
    for key, identifiers in (("fixed", change.fixed), ("unchecked", change.unchecked)):
        if identifiers:
            lines += ["", speech.label(key).rstrip()]
            lines += [
                f"   {SEVERITY_SIGN['info']} {parts.gone_words(i, gone.get(i), rules, speech)}" for i in identifiers
            ]
    return lines


def _waivers(report: Report, speech: Speech) -> list[str]:
    waivers = report.waivers
    if waivers is None:
        return []
    lines: list[str] = []
    rules = {rule.iri: rule for rule in report.rules}
    if waivers.waived:
        lines += ["", speech.label("waivers") + speech("waived-note")]
    for each in waivers.waived:
        finding, waiver = each.finding, each.waiver
        wrong = speech.wrong(rules[finding.rule], finding)
        lines.append(f"   - {wrong} — {parts.plan_titles(finding, speech)} {parts.place_name(finding)}")
        lines.append(f"     {parts.waiver_words(waiver, speech)}")
    for key, some in (("waiver-expired", waivers.expired), ("waiver-unused", waivers.unused)):
        if some:
            lines += ["", speech.label(key).rstrip()]
            lines += [f"   - {parts.waiver_name(w)} — {parts.waiver_words(w, speech)}" for w in some]
    return lines
