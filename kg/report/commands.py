"""The report as workflow commands of GitHub Actions."""

from __future__ import annotations

from kg.report import parts
from kg.report.sarif import TEXTS, path_of
from kg.report.words import Speech, clean
from kg.validate.report import Report

_COMMAND = {"violation": "error", "warning": "warning", "info": "notice"}


def render(report: Report, lang: str = "zh", sources: str = "") -> str:
    """Workflow commands of GitHub Actions, one a finding that is listed: they appear beside the lines that they are about.

    Raises `UsageError` for another language than zh or en.
    """
    speech = Speech(lang)
    lines = [f"::notice title={_property(speech('verdict'))}::{_data(report.verdict(lang))}"]
    for rule in report.to_do():
        for finding in rule.findings:
            passage = finding.passage
            where = []
            if passage and passage.file:
                where.append(f"file={_property(path_of(passage.file, sources))}")
                if passage.line and passage.media_type in TEXTS:
                    where.append(f"line={passage.line}")
                    where.append(f"endLine={passage.end_line}")
            new = f"[{speech('new')}] " if finding.change == "new" else ""
            where.append(f"title={_property(new + speech.wrong(rule, finding))}")
            said = [
                parts.said(rule, finding, speech),
                parts.place_name(finding),
                speech.label("who") + parts.who(finding, speech),
            ]
            said += [speech.label("remedy") + speech.rule(rule.remedy)] if rule.remedy else []
            lines.append(f"::{_COMMAND[finding.severity]} {','.join(where)}::{_data(chr(10).join(said))}")
    return "\n".join(lines) + "\n"


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
