"""The report as CSV: one line a finding."""

from __future__ import annotations

from kg.report import parts
from kg.report.words import Speech, clean
from kg.sheet import table_bytes
from kg.validate.report import Report


def render(report: Report, lang: str = "zh") -> bytes:
    """Every finding that is listed as a line of CSV (RFC 4180, UTF-8 with byte order mark), the waived ones, too.

    A cell that a spreadsheet program could take for a formula begins with an apostrophe. Against an earlier run the fixed
    ones stand at the end. Raises `UsageError` for another language than zh or en.
    """
    speech = Speech(lang)
    keys = "severity change wrong plan place quote value who concerned remedy file line column id rule reason owner expires"
    heading = [speech(key) for key in keys.split()]
    rules = {rule.iri: rule for rule in report.rules}
    waivers = {each.finding.id: each.waiver for each in report.waived}
    every = [f for rule in report.to_do() for f in rule.findings] + [each.finding for each in report.waived]
    rows = []
    for finding in [*every, *(report.since.gone if report.since else ())]:
        rule, waiver, passage = rules.get(finding.rule), waivers.get(finding.id), finding.passage
        at = passage if passage and passage.line else None
        change = speech("waived") if waiver else speech(finding.change) if finding.change else ""
        if report.since and finding.id in report.since.fixed:
            change = speech("fixed")
        elif report.since and finding.id in report.since.unchecked:
            change = speech("unchecked")
        rows.append([
            speech(finding.severity),
            change,
            speech.wrong(rule, finding) if rule else clean(finding.message),
            parts.plan_titles(finding, speech),
            parts.place_name(finding),
            parts.sentence(finding),
            parts.own_sentence(finding, speech),
            parts.who(finding, speech),
            speech.list([name for name in finding.agencies if name not in finding.acts]),
            speech.rule(rule.remedy) if rule else "",
            clean(at.file) if at else "",
            at.line if at else "",
            at.column if at else "",
            finding.id,
            rule.name if rule else finding.rule,
            *([clean(waiver.reason), clean(waiver.owner), waiver.expires] if waiver else ["", "", ""]),
        ])  # fmt: skip
    return table_bytes(".csv", heading, rows)
