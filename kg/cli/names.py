"""The command that says which body a written name means: resolve."""

from __future__ import annotations

import json
from datetime import date

import click

from kg.cli.options import format_option, language_option, say
from kg.errors import UsageError


@click.command(short_help="Say which body a written name means, and why.")
@click.argument("name")
@click.option("--region", metavar="CODE", help="The area of the plan that names it: code of GB/T 2260, or its name.")
@click.option(
    "--date", "day", metavar="DAY", help="The day of the plan (2018-04-12): bodies bear the names of their day."
)
@format_option("text", "json")
@language_option
@click.pass_context
def resolve(context: click.Context, name: str, region: str | None, day: str | None, form: str, lang: str) -> None:
    """Say which body a written name means in a plan of an area: official full name, kind, level, area, sort of body, what it
    was before a reform and what it became, and the reason for each step. It needs no store.

    Exit status 1 where the name stays open; the candidates are listed.
    """
    from kg.resolve.account import account_for

    if not name.strip():
        raise UsageError("the name is empty", remedy="write it as the plan does: kg resolve 区科协 --region 360102")
    found = account_for(name, _region(region), _day(day))
    if form == "json":
        say(json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=1))
    else:
        say("\n\n".join(each.to_text(lang) for each in found))
    if not all(each.settled for each in found):
        context.exit(1)


def _region(text: str | None):  # type: ignore[no-untyped-def]
    """The area that a code or a name means.

    Raises `UsageError` for none, and for a name of several areas.
    """
    from kg.resolve.regions import regions

    if text is None:
        return None
    text = "".join(text.split())
    table = regions()
    found = (table.by_code(text),) if text.isascii() else table.candidates(text)
    if len(found) == 1 and found[0] is not None:
        return found[0]
    if len(found) > 1:
        names = ", ".join(f"{each.code} {each.full_name}" for each in found if each)
        raise UsageError(f"--region {text} is the name of several areas: {names}", remedy="give the code")
    raise UsageError(
        f"--region {text} is no area of GB/T 2260",
        remedy="give six digits (360102; 100000 for the nation) or a full name",
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date {text} is no day", remedy="write it as 2018-04-12") from None
