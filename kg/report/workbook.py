"""The report as .xlsx: summary, what to do, all findings, plans, agencies, rules; each with filters, none with a formula."""

from __future__ import annotations

from kg.report import parts
from kg.report.words import SEVERITY_SIGN, Speech, clean
from kg.sheet.book import Column, Sheet, Value, book_bytes
from kg.validate.report import SEVERITIES, PlanEntry, Report, RuleReport


def render(report: Report, lang: str = "zh") -> bytes:
    """The workbook; the same report gives the same bytes.

    The first sheet alone says what to do first. Raises `UsageError` for another language than zh or en.
    """
    speech = Speech(lang, print=True)
    sheets = [_summary(report, speech), _to_do(report, speech), _findings(report, speech)]
    if report.plans:
        sheets.append(_plans(report, speech))
    if report.tally.agencies:
        sheets.append(_agencies(report, speech))
    if report.since:
        sheets.append(_changes(report, speech))
    if report.waivers:
        sheets.append(_waivers(report, speech))
    sheets.append(_rules(report, speech))
    return book_bytes(sheets, speech("title"), lang)


def _severity(severity: str, speech: Speech) -> str:
    return f"{SEVERITY_SIGN[severity]} {speech(severity)}"


def _columns(speech: Speech, **widths: int) -> list[Column]:
    return [Column(speech(key.replace("_", "-")), width) for key, width in widths.items()]


def _summary(report: Report, speech: Speech) -> Sheet:
    above = [speech("title"), speech.verdict(report)]
    if report.since:
        about = speech.number("since", clean(report.since.file)) if report.since.file else speech("changes")
        above.append(about + speech.colon + speech.join(parts.change_parts(report.since, speech)))
    above += parts.about(report, speech)
    above.append(speech("legend"))
    steps = parts.steps(report, speech)
    if steps:
        above.append(speech("first-3") if len(steps) >= parts.FIRST else speech("first"))
    else:
        above.append(parts.nothing_to_do(report, speech))
    shown = steps[: parts.FIRST]
    rows: list[list[Value]] = [
        [
            step.index,
            _severity(step.rule.severity, speech),
            step.wrong,
            parts.count_of(step, speech),
            speech.rule(step.rule.remedy),
            parts.step_bodies(step, speech),
            _example(step, speech),
        ]
        for step in shown
    ]
    return Sheet(
        speech("summary"),
        _columns(speech, order=6, severity=12, wrong=28, count=14, remedy=30, who=30, example=46),
        rows,
        above,
        fills={(r, 1): step.rule.severity for r, step in enumerate(shown)},
        filters=False,
    )


def _example(step: parts.Step, speech: Speech) -> str:
    finding = step.example
    title, where = parts.plan_titles(finding, speech), parts.place_name(finding)
    lines = [title if where == title else f"{title} › {where}", parts.sentence(finding)]
    return "\n".join(line for line in lines if line)


def _to_do(report: Report, speech: Speech) -> Sheet:
    steps = parts.steps(report, speech)
    since = report.since is not None
    rows: list[list[Value]] = []
    for step in steps:
        row: list[Value] = [
            step.index,
            _severity(step.rule.severity, speech),
            step.wrong,
            speech.rule(step.rule.remedy),
        ]
        row += [step.total, step.rule.checked, step.plans]
        row += [step.new] if since else []
        row += [parts.step_bodies(step, speech), speech.rule(step.rule.why), _example(step, speech), step.rule.name]
        rows.append(row)
    widths = {"order": 6, "severity": 12, "wrong": 30, "remedy": 34, "count": 8, "checked": 9, "in_plans": 9}
    widths |= {"new": 8} if since else {}
    widths |= {"who": 34, "why": 30, "example": 50, "rule": 22}
    fills = {(r, 1): step.rule.severity for r, step in enumerate(steps)}
    return Sheet(speech("to-do"), _columns(speech, **widths), rows, fills=fills)


def _findings(report: Report, speech: Speech) -> Sheet:
    since = report.since is not None
    rows: list[list[Value]] = []
    fills = {}
    for rule in report.to_do():
        for finding in rule.findings:
            fills[len(rows), 0] = finding.severity
            row: list[Value] = [_severity(finding.severity, speech)]
            if since:
                if finding.change == "new":
                    fills[len(rows), 1] = "new"
                row.append(speech(finding.change) if finding.change else "")
            row += [
                speech.wrong(rule, finding),
                parts.own_sentence(finding, speech),
                parts.plan_titles(finding, speech),
                parts.place_name(finding),
                parts.sentence(finding),
                parts.who(finding, speech),
                speech.list([name for name in finding.agencies if name not in finding.acts]),
                speech.rule(rule.remedy),
                (finding.passage.line or "") if finding.passage else "",
                clean(finding.passage.file) if finding.passage else "",
                finding.id,
                rule.name,
            ]
            rows.append(row)
    widths = {"severity": 12} | ({"change": 10} if since else {})
    widths |= {"wrong": 26, "value": 36, "plan": 28, "place": 26, "quote": 46, "who": 28, "concerned": 28, "remedy": 32}
    widths |= {"line": 8, "file": 18, "id": 15, "rule": 22}
    return Sheet(speech("findings"), _columns(speech, **widths), rows, fills=fills)


def _numbers(numbers: dict[str, int]) -> list[Value]:
    return [numbers.get(severity, 0) for severity in SEVERITIES]


def _plans(report: Report, speech: Speech) -> Sheet:
    rows: list[list[Value]] = []
    for plan in report.plans:
        numbers = _numbers(report.tally.plans.get(plan.iri, {}))
        entry = plan if isinstance(plan, PlanEntry) else PlanEntry(plan.iri, plan.title)
        row: list[Value] = [clean(plan.title), *numbers, speech.list(entry.issuers), speech.counts(entry.counts)]
        rows.append([*row, clean(entry.file), clean(entry.url)])
    widths = {"plan": 44, "violation": 10, "warning": 10, "info": 10, "issuers": 30, "checked_here": 44, "file": 24}
    return Sheet(speech("plans"), _columns(speech, **widths, source=40), rows)


def _agencies(report: Report, speech: Speech) -> Sheet:
    rows: list[list[Value]] = []
    for agency in parts.agencies(report):
        numbers = _numbers(report.tally.agencies.get(agency.name, {}))
        rows.append([clean(agency.name) or speech("nobody"), *numbers, len(agency.named)])
    widths = {"agency": 44, "violation": 10, "warning": 10, "info": 10, "named_here": 24}
    return Sheet(speech("agencies"), _columns(speech, **widths), rows)


def _changes(report: Report, speech: Speech) -> Sheet:
    change = report.since
    assert change is not None
    rules = {rule.iri: rule for rule in report.rules}
    here = {finding.id: finding for rule in report.rules for finding in rule.findings}
    gone = {finding.id: finding for finding in change.gone}
    rows: list[list[Value]] = []
    for key, some in (("fixed", change.fixed), ("new", change.new), ("unchecked", change.unchecked)):
        for identifier in some:
            finding = here.get(identifier) or gone.get(identifier)
            rows.append([speech(key), parts.gone_words(identifier, finding, rules, speech), identifier])
    fills = {(r, 0): "new" for r, row in enumerate(rows) if row[0] == speech("new")}
    about = speech.join(parts.change_parts(change, speech))
    return Sheet(speech("changes"), _columns(speech, change=16, wrong=100, id=16), rows, [about], fills)


def _waivers(report: Report, speech: Speech) -> Sheet:
    waivers = report.waivers
    assert waivers is not None
    rules: dict[str, RuleReport] = {rule.iri: rule for rule in report.rules}
    rows: list[list[Value]] = []
    for each in waivers.waived:
        finding, waiver = each.finding, each.waiver
        row: list[Value] = [speech("waived"), speech.wrong(rules[finding.rule], finding)]
        row += [parts.plan_titles(finding, speech), parts.place_name(finding)]
        rows.append([*row, clean(waiver.reason), clean(waiver.owner), waiver.expires, finding.id])
    for key, some in (("waiver-expired", waivers.expired), ("waiver-unused", waivers.unused)):
        for waiver in some:
            row = [speech(key), clean(waiver.rule), clean(waiver.plan), clean(waiver.place)]
            rows.append([*row, clean(waiver.reason), clean(waiver.owner), waiver.expires, waiver.finding])
    widths = {"state": 20, "wrong": 32, "plan": 30, "place": 28, "reason": 36, "owner": 16, "expires": 12, "id": 15}
    return Sheet(speech("waivers"), _columns(speech, **widths), rows, [speech("waived-note")])


def _rules(report: Report, speech: Speech) -> Sheet:
    rows: list[list[Value]] = []
    fills = {}
    for rule in report.rules:
        fills[len(rows), 1] = rule.severity
        if rule.state == "not checked":
            fills[len(rows), 2] = "warning"
        row: list[Value] = [speech.rule(rule.label), _severity(rule.severity, speech), speech(rule.state), rule.checked]
        row += [report.tally.rules[rule.iri].total, speech.rule(rule.message), speech.rule(rule.why)]
        limits = ((speech.rule(rule.threshold_words.get(name, {})) or name, n) for name, n in rule.thresholds.items())
        row += [speech.rule(rule.remedy), speech.join([f"{words}{speech.colon}{n:g}" for words, n in limits])]
        rows.append([*row, rule.name, rule.version, clean(rule.iri)])
    widths = {
        "rule": 26,
        "severity": 12,
        "state": 24,
        "checked": 9,
        "count": 8,
        "wrong": 40,
        "why": 36,
        "remedy": 36,
        "thresholds": 24,
    }
    columns = [*_columns(speech, **widths), Column(speech("name"), 24), Column(speech("version"), 8), Column("IRI", 40)]
    return Sheet(speech("rules"), columns, rows, fills=fills)
