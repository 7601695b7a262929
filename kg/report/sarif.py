"""The report as SARIF 2.1.0 (OASIS), as code hosts show it beside the lines of a file."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from urllib.parse import quote

from kg import __version__
from kg.report import parts
from kg.report.words import Speech
from kg.validate.report import PlanEntry, Report, ReportFinding
from kg.validate.saved import escape

HOME = "https://w3id.org/plankg/"
TEXTS = frozenset({"text/plain", "text/markdown", "text/csv"})  # where a line of the text is a line of the file
_LEVEL = {"violation": "error", "warning": "warning", "info": "note"}


def render(report: Report, lang: str = "zh", sources: str = "") -> str:
    """SARIF 2.1.0: a result for each finding that is listed, with its place in the source text where that is a text file.

    `ruleId` is the rule's name, `partialFingerprints` hold the finding's identifier, waived findings are suppressed
    (section 3.27.23), `baselineState` says what changed (3.27.24). `sources` is the folder that the plans lie in, as the reader of the file knows it.
    Raises `UsageError` for another language than zh or en.
    """
    speech = Speech(lang)
    index = {rule.iri: n for n, rule in enumerate(report.rules)}
    rules = {rule.iri: rule for rule in report.rules}
    files = {plan.iri: plan.file for plan in report.plans if isinstance(plan, PlanEntry)}
    waivers = {each.finding.id: each.waiver for each in report.waived}
    results = []
    findings = [(f, "") for rule in report.rules for f in rule.findings] + [(e.finding, "") for e in report.waived]
    if report.since:
        fixed = set(report.since.fixed)
        findings += [(f, "absent") for f in report.since.gone if f.id in fixed and f.rule in rules]
    for finding, state in findings:
        rule = rules[finding.rule]
        said = [parts.said(rule, finding, speech) + ("。" if speech.zh else "."), parts.place_name(finding)]
        said += [speech.label("remedy") + speech.rule(rule.remedy)] if rule.remedy else []
        said.append(speech.label("who") + parts.who(finding, speech))
        result: dict[str, object] = {
            "ruleId": rule.name,
            "ruleIndex": index[rule.iri],
            "level": _LEVEL[finding.severity],
            "message": {"text": "\n".join(said)},
            "locations": [_location(finding, files, sources)],
            "partialFingerprints": {"plankgFinding/v1": finding.id},
        }
        if state or finding.change:
            result["baselineState"] = state or ("new" if finding.change == "new" else "unchanged")
        if finding.id in waivers:
            waiver = waivers[finding.id]
            said_by = f"{waiver.reason} ({waiver.owner}, {waiver.expires})"
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": said_by}]
        results.append(result)
    driver = {
        "name": "plankg",
        "version": __version__,
        "informationUri": HOME,
        "language": "zh-CN" if speech.zh else "en",
        "rules": [
            {
                "id": rule.name,
                "name": rule.name,
                "shortDescription": {"text": speech.rule(rule.label)},
                "fullDescription": {"text": speech.wrong(rule) or speech.rule(rule.label)},
                "help": {
                    "text": "\n".join(t for t in (speech.rule(rule.why), speech.rule(rule.remedy)) if t) or rule.name
                },
                "helpUri": rule.iri if rule.iri.startswith(("http://", "https://")) else HOME,
                "defaultConfiguration": {"level": _LEVEL[rule.severity]},
                "properties": {
                    "checked": rule.checked,
                    "found": report.tally.rules[rule.iri].total,
                    "state": rule.state,
                },
            }
            for rule in report.rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "invocations": [{"executionSuccessful": True, "properties": {"verdict": report.verdict(lang)}}],
    }
    model = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return escape(json.dumps(model, ensure_ascii=False, indent=1)) + "\n"


def _location(finding: ReportFinding, files: dict[str, str], sources: str) -> dict[str, object]:
    """Where a finding is, in the file as far as that has lines, and in the plan."""
    location: dict[str, object] = {}
    passage = finding.passage
    file = passage.file if passage else ""
    file = file or next((files[plan.iri] for plan in finding.plans if files.get(plan.iri)), "")
    if file:
        physical: dict[str, object] = {"artifactLocation": {"uri": quote(path_of(file, sources))}}
        if passage and passage.line and passage.media_type in TEXTS:
            physical["region"] = {
                "startLine": passage.line,
                "startColumn": passage.column,
                "endLine": passage.end_line,
                "endColumn": passage.end_column,
            }
        location["physicalLocation"] = physical
    iri = (finding.provision or (finding.plans[0] if finding.plans else None)) or None
    location["logicalLocations"] = [
        {"name": parts.place_name(finding), "fullyQualifiedName": iri.iri if iri else finding.focus}
    ]
    return location


def path_of(file: str, sources: str) -> str:
    """The path of a source file as the reader of the report knows it."""
    return str(PurePosixPath(sources.replace("\\", "/")) / file) if sources else file
