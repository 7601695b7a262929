"""The command that draws: chart."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kg.cli.make import find_plan
from kg.cli.options import language_option, open_given, say, store_options
from kg.errors import UsageError

KINDS = ("coverage", "responsibility", "cascade")
STDOUT = "-"


@click.command(short_help="Draw what the plans say together, as SVG.")
@click.argument("kind", type=click.Choice(KINDS))
@store_options
@click.option("--plan", "plans", metavar="IRI", multiple=True, help="Only this plan; may be given several times.")
@click.option(
    "--region",
    metavar="AREA",
    default="",
    help="Only plans of this area and those within it: code of GB/T 2260, or its name.",
)
@click.option("--type", "plan_type", metavar="TYPE", default="", help="Only plans of this kind, as in 实施方案.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=40,
    show_default=True,
    help="So many plans at most: those of the highest levels, of a level those with the most tasks. The picture says how many it leaves out.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="Agencies of each plan that responsibility shows.",
)
@click.option(
    "-o", "--output", metavar="FILE", default=STDOUT, show_default=True, help="Where to write; - is standard output."
)
@language_option
def chart(
    kind: str,
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    plans: tuple[str, ...],
    region: str,
    plan_type: str,
    most: int,
    top: int,
    output: str,
    lang: str,
) -> None:
    """Draw a picture: coverage (crowd groups and plans), responsibility (agencies and their tasks), cascade (the chain of documents)."""
    from kg.chart import Choice, draw, find_plan_type
    from kg.export.stream import open_output
    from kg.query import find_region

    if output != STDOUT:
        if Path(output).suffix.lower() != ".svg":
            raise UsageError("a picture is written as .svg", where=output, remedy="name it .svg")
        if not Path(output).resolve().parent.is_dir():
            raise UsageError("no such folder", where=str(Path(output).resolve().parent), remedy="make it first")
    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        choice = Choice(
            tuple(find_plan(opened, plan) for plan in plans),
            find_region(opened, region) if region else "",
            find_plan_type(opened, plan_type) if plan_type else "",
            most,
        )
        text = draw(opened, kind, lang, choice, top)
    if output == STDOUT:
        say(text, end="")
        return
    with open_output(output) as write:
        write(text.encode())
