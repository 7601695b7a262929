"""The report as plain text for people, in Chinese or English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.validate.words import SEVERITY_WORDS, WORDS, check_language, say, verdict

if TYPE_CHECKING:
    from kg.validate.report import Report, ReportFinding, RuleReport


def render(report: Report, lang: str = "zh", limit: int | None = 5) -> str:
    """Verdict, what to do first by rule, what passed, what was not checked; ends with a line feed.

    At most `limit` findings are shown per rule (None: all); how many are left out is said.
    Raises `UsageError` for another language than zh or en.
    """
    check_language(lang)
    lines = [verdict(report, lang)]
    if not report.inferred:
        lines.append(say(WORDS["not-inferred"], lang))
    to_do = report.to_do()
    if to_do:
        lines += ["", say(WORDS["to-do"], lang)]
        for index, rule in enumerate(to_do, start=1):
            lines += ["", *_rule(index, rule, lang, limit)]
    for key, rules in (
        ("passed", [rule for rule in report.rules if rule.state == "passed"]),
        ("not-checked", report.not_checked),
    ):
        if rules:
            names = (";" if lang == "zh" else "; ").join(
                say(rule.label, lang) + (f" ({rule.checked})" if rule.checked else "") for rule in rules
            )
            lines += ["", f"{say(WORDS[key], lang)}{_colon(lang)}{names}"]
    return "\n".join(lines) + "\n"


def summarise(report: Report, lang: str = "zh") -> str:
    """The verdict, and one line for each rule that found something; ends with a line feed.

    Raises `UsageError` for another language than zh or en.
    """
    check_language(lang)
    lines = [verdict(report, lang), ""]
    lines += [_heading(index, rule, lang) for index, rule in enumerate(report.to_do(), start=1)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _heading(index: int, rule: RuleReport, lang: str) -> str:
    """What is wrong, how gravely, and how often among how many."""
    severity, total = say(SEVERITY_WORDS[rule.severity], lang), len(rule.findings)
    count = f"{total}/{rule.checked}" if rule.checked >= total else str(total)
    wrong = say(rule.message, lang) or say(rule.label, lang)
    return f"{index}. [{severity}] {wrong.rstrip('。.')} ({count})"


def _rule(index: int, rule: RuleReport, lang: str, limit: int | None) -> list[str]:
    total = len(rule.findings)
    lines = [_heading(index, rule, lang)]
    if not say(rule.message, lang):  # a rule of the reader's own: what its results say
        lines.append("   " + rule.findings[0].message)
    for key, words in (("why", rule.why), ("remedy", rule.remedy)):
        if words:
            lines.append(f"   {say(WORDS[key], lang)}{_colon(lang)}{say(words, lang)}")
    shown = rule.findings if limit is None else rule.findings[:limit]
    heading = None
    for finding in shown:
        plan = "、".join(place.title for place in finding.plans) or say(WORDS["no-plan"], lang)
        if plan != heading:
            lines.append(f"   {plan}")
            heading = plan
        lines += _finding(finding, lang)
    left = total - len(shown)
    if left:
        lines.append(f"   …… 另有 {left} 处未列出" if lang == "zh" else f"   … and {left} more not shown")
    return lines


def _finding(finding: ReportFinding, lang: str) -> list[str]:
    place = finding.provision
    name = f"{place.number} {place.title}".strip() if place else finding.label
    is_part = place is not None and finding.focus != place.iri and finding.label not in name
    lines = [f"   - {name}" + (f" — {finding.label}" if is_part else "")]
    if finding.quote:
        quoted = f"“{finding.quote}”"
        lines.append(f"     {say(WORDS['quote'], lang)}{_colon(lang)}{quoted}")
    if finding.value_label and finding.value_label not in (finding.quote, finding.label):
        lines.append(f"     {say(WORDS['value'], lang)}{_colon(lang)}{finding.value_label}")
    if finding.agencies:
        lines.append(f"     {say(WORDS['agencies'], lang)}{_colon(lang)}{'、'.join(finding.agencies)}")
    return lines


def _colon(lang: str) -> str:
    return ":" if lang == "zh" else ": "
