"""The command that needs no store: convert."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from kg.cli.answered import say_unheard
from kg.cli.make import (
    answers_given,
    check_base,
    check_output,
    corrections_option,
    paths_given,
    say_left_out,
    status_of_run,
)
from kg.cli.options import STDIN, language_option, read_stdin, reading_options, say
from kg.cli.progress import Progress

FORMATS = ("nq", "nt", "ttl")
STDOUT = "-"


@click.command(short_help="Read files and folders of plans into one file of statements, without a store.")
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--samples", is_flag=True, help="Convert the five plans that come with kg.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=STDOUT,
    show_default=True,
    help="Where to write: .nq .nt .ttl by suffix, - for standard output (N-Quads).",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Syntax, where the suffix of -o does not say it.  [default: nq]",
)
@click.option("--base", metavar="IRI", help="Start of the IRIs of plans, agencies and so on.")
@corrections_option
@reading_options
@language_option
def convert(
    paths: tuple[str, ...],
    samples: bool,
    output: str,
    form: str | None,
    base: str | None,
    corrections: str | None,
    jobs: int | None,
    raised: tuple[str, ...],
    lang: str,
) -> int:
    """Read files and folders of plans into one file of statements, without a store.

    Writes what each plan states, in N-Quads in its named graph as kg build stores it, plan after plan by their IRIs; nothing is
    inferred, and neither the ontology nor the concepts are in it. The same files give the same bytes, in whatever order they are named
    and with however many --jobs; memory does not grow with their number. The file appears when it is complete. PATH is what kg
    build reads; a file that holds no plan is reported and the others are written (exit status 1).
    """
    from kg.export import format_of, stream
    from kg.pipeline import convert as run
    from kg.pipeline import graph_name
    from kg.read import Limits
    from kg.vocab import DEFAULT_BASE

    limits = Limits().raised(raised)
    given = paths_given(paths, samples)
    if base is not None:
        check_base(base)
    base = base or DEFAULT_BASE
    check_output(output, form)
    form = form or ("nq" if output == STDOUT else format_of(output))
    render = stream.renderer(form, base, graph_name)
    answers = answers_given(corrections)
    stdin = read_stdin(limits) if STDIN in given else None
    # What was read waits beside the output: where that has room, there is room.
    is_file = output != STDOUT and (not Path(output).exists() or Path(output).is_file())
    with stream.open_output(output) as write, Progress(lang) as progress:
        report = run(
            given,
            _with_head(stream.head_of(form, base), write),
            base=base,
            render=render,
            progress=progress,
            stdin=stdin,
            jobs=jobs,
            limits=limits,
            answers=answers,
            folder=Path(output).resolve().parent if is_file else None,
        )
    say_unheard(report, lang)
    say_left_out(report, lang)
    if report.plans and output != STDOUT:
        many = len(report.plans)
        say(f"{many} 份规划 → {output}" if lang == "zh" else f"{many} {'plan' if many == 1 else 'plans'} → {output}")
    return status_of_run(report)


def _with_head(head: bytes, write: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Writes the head before the first plan: where there is none, nothing is written at all."""
    parts = [head]

    def write_next(text: bytes) -> None:
        write(parts.pop() + text if parts else text)

    return write_next
