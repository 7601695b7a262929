"""Commands that keep the graph honest: verify, review; and what is told of answers that a build was given."""

from __future__ import annotations

import re
from contextlib import closing
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.make import find_plan
from kg.cli.options import format_option, language_option, open_given, say, store_options
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store.protocol import Store

STDOUT = "-"
_SHOWN = 20  # failures that are told unless all are asked for


@click.command(short_help="Compare every stated fact with the kept text.")
@click.argument("plans", nargs=-1, metavar="[PLAN]…")
@store_options
@click.option("--all", "everything", is_flag=True, help="List every failure, not the first twenty.")
@format_option("text", "json")
@language_option
def verify(
    plans: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    everything: bool,
    form: str,
    lang: str,
) -> int:
    """Compare every stated fact of the store, or of each PLAN, with the text that the store keeps, and with nothing else.

    Offsets, quotes and digests; numbers, units, deadlines and dates, read anew; names of bodies in their statements; titles,
    printed numbers, citations. Values that a person gave are counted, not compared.
    Exit status: 0 all agrees, 1 something does not, 6 nothing to verify.
    """
    from kg.verify import verify as run

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        report = run(opened, _found(opened, plans))
    limit = None if everything or form == "json" else _SHOWN
    say(report.to_json() if form == "json" else report.to_text(lang, limit), end="")
    return 0 if report.holds else 1


@click.command(short_help="Write what is doubtful into a spreadsheet, to be answered.")
@click.argument("plans", nargs=-1, metavar="[PLAN]…")
@store_options
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="The spreadsheet: .csv or .xlsx by suffix; - is CSV on standard output.",
)
@click.option(
    "--below",
    metavar="CONFIDENCE",
    default="0.9",
    show_default=True,
    help="Facts that are less sure than this, 0 to 1.",
)
@click.option("--all", "everything", is_flag=True, help="Every fact, however sure.")
@click.option("--who", metavar="NAME", default="", help="Fill in the column who.")
@click.option("--when", metavar="DATE", default="", help="Fill in the column when: 2026-03-01.")
@language_option
def review(
    plans: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    output: str,
    below: str,
    everything: bool,
    who: str,
    when: str,
    lang: str,
) -> None:
    """Write the doubtful facts of the store, or of each PLAN, with their sentences into a spreadsheet, most doubtful first.

    Answer it in the columns correct? (yes or no), right value, who and when, and give it to kg build --corrections. A fact is in it
    that is less sure than --below, or that a warning is about. An empty right value beside no removes the fact; a row of one's own
    with plan, where, kind, right value and quote, and add under correct?, adds one.
    """
    from kg.review import fill_sheet, find_doubts
    from kg.sheet import suffix_of, write_file

    suffix = ".csv" if output == STDOUT else _suffix(output, suffix_of)
    limit = _share(below)
    if when and not re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?", when):
        raise UsageError(f"--when {when} is no date", remedy="write it as 2026-03-01")
    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        doubts, total = find_doubts(opened, _found(opened, plans), below=limit, everything=everything, lang=lang)
    data = fill_sheet(doubts, suffix, lang, who, when)
    if output == STDOUT:
        click.echo(data, nl=False)
        return
    write_file(output, data)
    zh = lang == "zh"
    say(
        f"{total} 条事实中有 {len(doubts)} 条待核对,已写入 {output}"
        if zh
        else f"{len(doubts)} of {total} {'fact' if total == 1 else 'facts'} to look at, written to {output}"
    )


def _found(store: Store, plans: tuple[str, ...]) -> list[str] | None:
    """The IRIs of the plans that are named; None where none is: all."""
    return [find_plan(store, plan) for plan in plans] or None


def _suffix(output: str, suffix_of: Any) -> str:
    if not output:
        raise UsageError("-o is empty", remedy="name a .csv or .xlsx file")
    suffix = suffix_of(output)
    parent = Path(output).resolve().parent
    if not parent.is_dir():
        raise UsageError("no such folder", where=str(parent), remedy="make it first")
    if Path(output).is_dir():
        raise UsageError("this is a folder", where=output, remedy="name a file in it")
    return str(suffix)


def _share(text: str) -> Decimal:
    """A confidence from 0 to 1, also as per cent.

    >>> _share("0.8"), _share("80%")
    (Decimal('0.8'), Decimal('0.8'))
    """
    try:
        number = Decimal(text.strip().removesuffix("%"))
        number = number / 100 if text.strip().endswith("%") else number
        if 0 <= number <= 1:
            return number
    except InvalidOperation:
        pass
    raise UsageError(f"--below {text} is no confidence", remedy="give a number from 0 to 1, such as 0.8")
