"""The report in Markdown, for a comment on a change."""

from __future__ import annotations

import re

from kg.report import parts
from kg.report.words import SEVERITY_SIGN, Speech, clean
from kg.validate.report import SEVERITIES, Report

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&@])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)", re.M)


def md(text: str) -> str:
    """A text in Markdown that means nothing but itself (CommonMark section 2.4), and mentions nobody.

    >>> md("*规划*<script> @all")
    '\\\\*规划\\\\*&lt;script&gt; &#64;all'
    """
    named = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}
    escaped = _SPECIAL.sub(lambda match: named.get(match[0], "\\" + match[0]), clean(text))
    # An address becomes a link by itself in GitHub's dialect: parted, it does not.
    escaped = escaped.replace("://", ":&#47;&#47;").replace("www.", "www&#46;")
    return " ".join(_LIST.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", escaped).split())


def render(report: Report, lang: str = "zh") -> str:
    """The report in Markdown (CommonMark with GitHub's tables): verdict, what to do first, plans, agencies, what was not checked.

    Raises `UsageError` for another language than zh or en.
    """
    speech = Speech(lang, print=True)
    lines = [f"# {speech('title')}", "", f"**{md(speech.verdict(report))}**"]
    if report.since:
        about = (
            speech.number("since", f"`{clean(report.since.file).replace('`', '')}`")
            if report.since.file
            else speech("changes")
        )
        lines += ["", f"{about}{speech.colon}{speech.join(parts.change_parts(report.since, speech))}"]
    for said in parts.about(report, speech):
        lines += ["", md(said)]
    steps = parts.steps(report, speech)
    for title, some in (
        (speech("first-3") if len(steps) >= parts.FIRST else speech("first"), steps[: parts.FIRST]),
        (speech("then"), steps[parts.FIRST :]),
    ):
        if some:
            lines += ["", f"## {title}"]
            for step in some:
                lines += ["", *_step(step, speech)]
    lines += _numbers(report, speech) + _gone(report, speech) + _waivers(report, speech)
    left = [speech.rule(rule.label) for rule in report.not_checked]
    if left:
        lines += ["", f"## {speech('not checked')}", "", *(f"- {md(label)}" for label in left)]
    return "\n".join(lines) + "\n"


def _step(step: parts.Step, speech: Speech) -> list[str]:
    rule, finding = step.rule, step.example
    sign = f"{SEVERITY_SIGN[rule.severity]} {speech(rule.severity)}"
    new = f" · **{speech.number('new', step.new)}**" if step.new else ""
    lines = [f"### {step.index}. {md(step.wrong)}", "", f"{sign} · {parts.count_of(step, speech)}{new}", ""]
    if rule.remedy:
        lines.append(f"- **{speech.label('remedy').rstrip()}** {md(speech.rule(rule.remedy))}")
    lines.append(f"- {speech.label('who')}{md(parts.step_bodies(step, speech))}")
    title, where = parts.plan_titles(finding, speech), parts.place_name(finding)
    lines.append(f"- {speech.label('example')}{md(title if where == title else f'{title} › {where}')}")
    passage = finding.passage
    if passage:
        marked = 0 < len(passage.words) <= parts.MARKED and bool(passage.before or passage.after)
        words = f" **{md(passage.words)}** " if marked else md(passage.words)
        lines += ["", f"  > {md(passage.before)}{words}{md(passage.after)}"]
    return lines


def _table(heads: list[str], rows: list[list[str]]) -> list[str]:
    lines = ["", "| " + " | ".join(heads) + " |", "|" + "|".join(" --- " for _ in heads) + "|"]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def _numbers(report: Report, speech: Speech) -> list[str]:
    lines: list[str] = []
    severities = [f"{SEVERITY_SIGN[s]} {speech(s)}" for s in SEVERITIES]
    of_plans = report.tally.plans
    if report.plans:
        lines += ["", f"## {speech('plans')}"]
        rows = [[md(p.title), *(str(of_plans.get(p.iri, {}).get(s, 0)) for s in SEVERITIES)] for p in report.plans]
        lines += _table([speech("plan"), *severities], rows)
    acting = [agency for agency in parts.agencies(report) if agency.acts or report.tally.agencies.get(agency.name)]
    if acting:
        lines += ["", f"## {speech('who')}"]
        numbers = report.tally.agencies
        rows = [[md(a.name) or speech("nobody"), *(str(numbers[a.name].get(s, 0)) for s in SEVERITIES)] for a in acting]
        lines += _table([speech("agency"), *severities], rows)
    return lines


def _gone(report: Report, speech: Speech) -> list[str]:
    change = report.since
    if change is None:
        return []
    rules, gone = {rule.iri: rule for rule in report.rules}, {finding.id: finding for finding in change.gone}
    here = {finding.id: finding for rule in report.rules for finding in rule.findings}
    lines: list[str] = []
    for key, some in (("fixed", change.fixed), ("new", change.new), ("unchecked", change.unchecked)):
        if some:
            lines += ["", f"## {speech(key)}", ""]
            lines += [f"- {md(parts.gone_words(i, here.get(i) or gone.get(i), rules, speech))}" for i in some]
    return lines


def _waivers(report: Report, speech: Speech) -> list[str]:
    waivers = report.waivers
    if waivers is None:
        return []
    rules = {rule.iri: rule for rule in report.rules}
    lines = ["", f"## {speech('waivers')}", ""]
    if waivers.waived:
        lines += [speech("waived-note"), ""]
    for each in waivers.waived:
        finding = each.finding
        said = f"{speech.wrong(rules[finding.rule], finding)} — {parts.plan_titles(finding, speech)} {parts.place_name(finding)}"
        lines.append(f"- {md(said)}{speech.colon}{md(parts.waiver_words(each.waiver, speech))}")
    for key, some in (("waiver-expired", waivers.expired), ("waiver-unused", waivers.unused)):
        for waiver in some:
            lines.append(
                f"- **{speech(key)}**{speech.colon}{md(parts.waiver_name(waiver))} — {md(parts.waiver_words(waiver, speech))}"
            )
    return lines
