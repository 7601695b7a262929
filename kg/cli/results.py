"""Options of commands that print rows, and how the rows get to where they are wanted."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.cli.options import say
from kg.errors import UsageError

RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "md", "html", "xlsx")
STDOUT = "-"
_SUFFIXES = {
    ".txt": "table",
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".ttl": "ttl",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}


def result_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--format, --output, --width, --timeout."""
    for option in (
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            metavar="SECONDS",
            envvar="KG_TIMEOUT",
            show_envvar=True,
            help="Give up after so many seconds (exit status 5).  [default: none; 60 for a server]",
        ),
        click.option(
            "--width",
            type=click.IntRange(min=0),
            metavar="COLUMNS",
            help="Columns that a table may take; 0: one line a row.  [default: the terminal's, 0 elsewhere]",
        ),
        click.option(
            "-o",
            "--output",
            metavar="FILE",
            default=STDOUT,
            show_default=True,
            help="Where to write: the file is there when it is complete; - is standard output.",
        ),
        click.option(
            "-f",
            "--format",
            "form",
            type=click.Choice(RESULT_FORMATS),
            help="Form of the output.  [default: what the suffix of -o says, else table]",
        ),
    ):
        function = option(function)
    return function


def choose_form(form: str | None, output: str) -> str:
    """The form that is wanted.

    Raises `UsageError` for a file that cannot be written in any case, and for a spreadsheet on a terminal.
    """
    if not output:
        raise UsageError("-o is empty", remedy="name a file, or - for standard output")
    if output != STDOUT:
        suffix = Path(output).suffix.lower()
        if form is None and suffix not in _SUFFIXES:
            what = f"the suffix {suffix} is no form of rows" if suffix else "the name has no suffix"
            raise UsageError(what, where=output, remedy=f"use one of {' '.join(_SUFFIXES)}, or name the form with -f")
        parent = Path(output).resolve().parent
        if not parent.is_dir():
            raise UsageError("no such folder", where=str(parent), remedy="make it first")
        if Path(output).is_dir():
            raise UsageError("this is a folder", where=output, remedy="name a file in it")
        return form or _SUFFIXES[suffix]
    if form == "xlsx" and sys.stdout.isatty():
        raise UsageError("a spreadsheet is nothing for a terminal", remedy="name a file: -o FILE.xlsx")
    return form or "table"


def table_width(asked: int | None, output: str) -> int | None:
    """The columns that a table is to fit; None where a row is one line, however long."""
    if asked is not None:
        return asked or None
    return shutil.get_terminal_size().columns if output == STDOUT and sys.stdout.isatty() else None


def put(data: bytes, output: str, form: str) -> None:
    """Print what was made, or write the file whole."""
    if output == STDOUT and form != "xlsx":
        say(data.decode(), end="")
        return
    from kg.export.stream import open_output

    with open_output(output) as write:
        write(data)
