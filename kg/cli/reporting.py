"""The report of a validation on the command line: the options that shape it, and the command that renders a saved one."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import language_option, say
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.validate.report import Report

STDOUT = "-"
_FORMS = ("text", "json", "html", "xlsx", "docx", "csv", "md", "ttl", "junit", "sarif", "github", "badge", "shields")
_BINARY = frozenset({"xlsx", "docx"})
_FAIL_ON = ("violation", "warning", "info", "new-violation", "new-warning", "new-info")
_OURS = "report.json"  # what a folder of ours holds


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What shapes a report and where it goes: --format, --output, --since, --waivers and so on."""
    for option in (
        click.option(
            "--brief", is_flag=True, help="Text: only the verdict, and a line for each rule that found something."
        ),
        click.option("--all", "everything", is_flag=True, help="Text: every finding, not the first five of each rule."),
        click.option(
            "--fail-on",
            type=click.Choice(_FAIL_ON),
            default="violation",
            show_default=True,
            help="From which severity on the exit status is 1; new-…: only for what --since had not.",
        ),
        click.option(
            "--sources", metavar="DIR", default="", help="Folder of the plans' files, as SARIF and annotations name it."
        ),
        click.option(
            "--max-results",
            type=click.IntRange(min=1),
            metavar="N",
            help="List at most N findings of each rule; totals stay exact.",
        ),
        click.option(
            "--today", metavar="DAY", help="The day that waivers are compared with: 2026-11-22. No clock is asked."
        ),
        click.option(
            "--waivers", metavar="FILE", help="Findings that somebody answers for: .toml, .csv or .xlsx; needs --today."
        ),
        click.option(
            "--since", metavar="REPORT", help="An earlier report (.json): say what is new, fixed and still open."
        ),
        click.option(
            "--agency",
            "agencies",
            multiple=True,
            metavar="NAME",
            help="Only what this body must act on or is named in.",
        ),
        click.option(
            "--plan", "plans", multiple=True, metavar="TITLE", help="Only this plan; part of its title will do."
        ),
        click.option(
            "-o",
            "--output",
            metavar="FILE",
            default=STDOUT,
            show_default=True,
            help="Where to write: a file, whole or not at all, or a folder (FOLDER/) with a page for each plan and agency.",
        ),
        click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(_FORMS),
            help="Form of the report.  [default: what the suffix of -o says, else text]",
        ),
    ):
        function = option(function)
    return function


@click.command(short_help="Render a saved report in another form.")
@click.argument("file", metavar="REPORT")
@report_options
@language_option
def report(file: str, lang: str, **options: Any) -> int:
    """Render a report that was saved as JSON (kg validate -o REPORT.json), without looking at the plans again.

    Exit status: as that of kg validate.
    """
    from kg.report import read_file

    form = choose_form(options["form"], options["output"])
    return hand_over(shape(read_file(file), options), form, lang, options)


def choose_form(form: str | None, output: str) -> str:
    """The form that is wanted; "folder" for pages.

    Raises `UsageError` before any work for what could not be written in any case.
    """
    if not output:
        raise UsageError("-o is empty", remedy="name a file, or - for standard output")
    if output == STDOUT:
        if form in _BINARY and sys.stdout.isatty():
            raise UsageError(f"a file of .{form} is nothing for a terminal", remedy=f"name one: -o FILE.{form}")
        return form or "text"
    path = Path(output)
    if output.endswith(("/", os.sep)) or path.is_dir():
        if form not in (None, "html"):
            raise UsageError(f"a folder takes html, not {form}", where=output, remedy="name a file in it")
        _check_folder(path)
        return "folder"
    if not path.resolve().parent.is_dir():
        raise UsageError("no such folder", where=str(path.resolve().parent), remedy="make it first")
    if form:
        return form
    from kg.report import form_of

    return form_of(output)


def _check_folder(path: Path) -> None:
    """Raises `UsageError` for a folder that holds something else than a report of ours."""
    if path.exists() and not path.is_dir():
        raise UsageError("this is a file", where=str(path), remedy="name a folder")
    if not path.resolve().parent.is_dir():
        raise UsageError("no such folder", where=str(path.resolve().parent), remedy="make it first")
    if path.is_dir() and any(path.iterdir()) and not ((path / _OURS).is_file() and (path / "index.html").is_file()):
        raise UsageError("the folder holds something else", where=str(path), remedy="name a new one, or an empty one")


def shape(report: Report, options: dict[str, Any]) -> Report:
    """The report as the options want it: waivers, then the earlier run, then what it is narrowed to."""
    from kg.report import apply, compare, narrow, read_file, read_waivers

    if options["waivers"]:
        report = apply(report, read_waivers(options["waivers"]), options["today"], options["waivers"])
    elif options["today"]:
        raise UsageError("--today is for waivers", remedy="name them with --waivers FILE, or leave it out")
    if options["since"]:
        report = compare(report, read_file(options["since"]), Path(options["since"]).name)
    return narrow(report, options["plans"], options["agencies"])


def hand_over(report: Report, form: str, lang: str, options: dict[str, Any]) -> int:
    """Write or print the report; the exit status."""
    from kg.report import limit, render, render_folder

    status = report.status(options["fail_on"])
    report = limit(report, options["max_results"])
    if form == "folder":
        _write_folder(Path(options["output"]), render_folder(report, lang))
        return status
    shown = None if options["everything"] or options["output"] != STDOUT else 5
    data = render(
        report,
        form,
        lang,
        shown=shown,
        brief=options["brief"],
        sources=options["sources"],
        fail_on=options["fail_on"],
    )
    if options["output"] == STDOUT and form not in _BINARY:
        say(data.decode("utf-8"), end="")
        return status
    from kg.export.stream import open_output

    with open_output(options["output"]) as write:
        write(data)
    return status


def _write_folder(path: Path, files: dict[str, bytes]) -> None:
    """Write a folder at once: beside it first, then in its place.

    Raises `InputError` where it cannot be written; what was there is then still there.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    old = path.with_name(f".{path.name}.{os.getpid()}.old")
    try:
        beside.mkdir()
        for name, data in files.items():
            (beside / name).write_bytes(data)
        if path.exists():
            path.rename(old)
        try:
            beside.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", where=str(path), remedy="check the folder and its permissions"
        ) from error
    finally:
        for rest in (beside, old):
            with contextlib.suppress(OSError):
                shutil.rmtree(rest)
