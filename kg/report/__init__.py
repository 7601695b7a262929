"""Renderings of the report of `kg validate`: what planners read, and what machines take.

One model (`kg.validate.report.Report`, as JSON shapes/report.schema.json) and a module for each form; a report that was saved as
JSON renders again without the plans. `compare`, `apply`, `narrow` and `limit` give the report changed, in this order.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError
from kg.report.narrow import limit, narrow
from kg.report.since import compare
from kg.report.waivers import apply, read_waivers
from kg.validate.report import Report
from kg.validate.saved import read_file

__all__ = [
    "FORMS",
    "apply",
    "compare",
    "form_of",
    "limit",
    "narrow",
    "read_file",
    "read_waivers",
    "render",
    "render_folder",
]

# Form → suffixes that mean it; the first form is for a terminal. A folder takes HTML.
FORMS: dict[str, tuple[str, ...]] = {
    "text": (".txt",),
    "json": (".json",),
    "html": (".html", ".htm"),
    "xlsx": (".xlsx",),
    "docx": (".docx",),
    "csv": (".csv",),
    "md": (".md", ".markdown"),
    "ttl": (".ttl",),
    "junit": (".xml",),
    "sarif": (".sarif", ".sarif.json"),
    "github": (),
    "badge": (".svg",),
    "shields": (".shields.json",),
}
BINARY = frozenset({"xlsx", "docx"})


def form_of(path: str) -> str:
    """The form that the name of a file means.

    >>> form_of("报告.HTML"), form_of("plans.sarif.json"), form_of("last.json")
    ('html', 'sarif', 'json')

    Raises `UsageError` for a suffix that is no form's.
    """
    name = Path(path).name.lower()
    known = sorted(
        ((suffix, form) for form, suffixes in FORMS.items() for suffix in suffixes), key=lambda p: -len(p[0])
    )
    for suffix, form in known:
        if name.endswith(suffix):
            return form
    suffix = Path(path).suffix
    raise UsageError(
        f"the suffix {suffix} is no form of a report" if suffix else "the name has no suffix",
        where=path,
        remedy=f"use one of {' '.join(suffix for suffixes in FORMS.values() for suffix in suffixes)}, or name the form with -f",
    )


def render(
    report: Report,
    form: str = "text",
    lang: str = "zh",
    *,
    shown: int | None = None,
    brief: bool = False,
    sources: str = "",
    fail_on: str = "violation",
) -> bytes:
    """The report in a form, as the bytes of a file; the same report gives the same bytes.

    `shown` findings of each rule stand in the text (None: all), `brief` leaves them out; `sources` is the folder of the plans in
    SARIF and annotations, `fail_on` what a failure is in JUnit. JSON and Turtle hold both languages.
    Raises `UsageError` for another form than those in FORMS, or another language than zh or en.
    """
    from kg.validate.words import check_language

    check_language(lang)
    if form not in FORMS:
        raise UsageError(f"'{form}' is no form of a report", remedy=f"one of {', '.join(FORMS)}")
    if form == "json":
        return report.to_json().encode()
    if form == "ttl":
        return report.to_turtle().encode()
    if form == "text":
        from kg.report import text

        return (text.summarise(report, lang) if brief else text.render(report, lang, shown)).encode()
    if form == "html":
        from kg.report import page

        return page.render(report, lang).encode()
    if form == "xlsx":
        from kg.report import workbook

        return workbook.render(report, lang)
    if form == "docx":
        from kg.report import document

        return document.render(report, lang)
    if form == "csv":
        from kg.report import lines

        return lines.render(report, lang)
    if form == "md":
        from kg.report import markdown

        return markdown.render(report, lang).encode()
    if form == "junit":
        from kg.report import junit

        return junit.render(report, lang, fail_on).encode()
    if form == "sarif":
        from kg.report import sarif

        return sarif.render(report, lang, sources).encode()
    if form == "github":
        from kg.report import commands

        return commands.render(report, lang, sources).encode()
    from kg.report import badge

    return (badge.render(report, lang) if form == "badge" else badge.render_shields(report, lang)).encode()


def render_folder(report: Report, lang: str = "zh") -> dict[str, bytes]:
    """The report as a folder: index.html, a page for each plan and each agency, and report.json; name → bytes."""
    from kg.report import page

    files = {name: text.encode() for name, text in page.render_folder(report, lang).items()}
    return {**files, "report.json": report.to_json().encode()}
