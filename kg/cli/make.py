"""Commands that make and change: build, export, remove."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, language_option, open_given, say, status_of, store_options, warn
from kg.errors import KGError, UsageError

if TYPE_CHECKING:
    from kg.pipeline import BuildReport

GRAPH_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld")


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--samples", is_flag=True, help="Build the five plans that come with kg.")
@store_options
@click.option(
    "--base", metavar="IRI", help="Start of the IRIs of plans, agencies and so on.  [default: that of the store]"
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Also write the graph there: .ttl .nt .nq .trig .jsonld by suffix, - for standard output (Turtle).",
)
@format_option("text", "json")
@language_option
def build(
    paths: tuple[str, ...],
    samples: bool,
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    base: str | None,
    output: str | None,
    form: str,
    lang: str,
) -> int:
    """Read files and folders of plans into the store.

    PATH is a text file, a folder of any depth, or - for standard input. Building a file again changes nothing; a changed
    file replaces its plan. A file that holds no plan is reported and the others are built (exit status 1).
    """
    from kg import resources
    from kg.pipeline import build as run

    given: list[str] = list(paths)
    if samples:
        given.append(str(resources.folder("data/documents")))
    if not given:
        raise UsageError(
            "nothing to build", remedy="name files or folders, or --samples for the plans that come with kg"
        )
    if base is not None:
        check_base(base)
    if output:
        _check_output(output)
    stdin = sys.stdin.buffer.read() if "-" in given else None
    with closing(open_given(store, endpoint, update_endpoint, create=True, base=base)) as opened:
        if base is not None and opened.base != base:
            raise UsageError(
                f"the store's IRIs begin with {opened.base}",
                where=opened.where,
                remedy="leave --base out, or build into another store",
            )
        with Progress(lang) as progress:
            report = run(given, opened, progress, stdin)
        _say_built(report, form, lang, to_stderr=output == "-")
        if output and report.plans:
            from kg.export import serialise

            serialise(opened, output, None)
    if report.failures:
        return 1 if report.plans else max(status_of(error) for _, error in report.failures)
    return 0


def check_base(base: str) -> None:
    """Raises `UsageError` for a start of IRIs that cannot be one."""
    import re

    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+[/#]", base):
        raise UsageError(
            "not the start of IRIs", where=f"--base {base}", remedy="give an http(s) IRI that ends with / or #"
        )


def _check_output(output: str) -> None:
    if output == "-":
        return
    from kg.export import format_of

    format_of(output)
    parent = Path(output).resolve().parent
    if not parent.is_dir():
        raise UsageError("no such folder", where=str(parent), remedy="make it first")


class Progress:
    """One line on standard error that says which file is being read; silent where that is no terminal."""

    def __init__(self, lang: str) -> None:
        self.lang, self.shown = lang, sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, file: str, n: int, of: int) -> None:
        if self.shown:
            words = f"读取 {n}/{of} {Path(file).name}" if self.lang == "zh" else f"reading {n}/{of} {Path(file).name}"
            click.echo(f"\r\033[K{words[:100]}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.shown:
            click.echo("\r\033[K", nl=False, err=True)


_CHANGES = {
    "zh": {"new": "新增", "changed": "更新", "unchanged": "未变"},
    "en": {"new": "new", "changed": "changed", "unchanged": "unchanged"},
}


def _say_built(report: BuildReport, form: str, lang: str, *, to_stderr: bool) -> None:
    zh = lang == "zh"
    if form == "json":
        import json

        click.echo(
            json.dumps(
                {
                    "plans": [
                        {
                            "iri": p.iri,
                            "title": p.title,
                            "file": p.file,
                            "change": p.change,
                            "replaces": list(p.replaces),
                        }
                        for p in report.plans
                    ],
                    "failures": [
                        {"file": file, "error": error.what, "remedy": error.remedy} for file, error in report.failures
                    ],
                    "duplicates": [{"file": a, "same_plan_as": b} for a, b in report.duplicates],
                },
                ensure_ascii=False,
                indent=1,
            ),
            err=to_stderr,
        )
    else:
        for plan in report.plans:
            click.echo(f"{_CHANGES[lang][plan.change]}  {plan.title}  <{plan.iri}>", err=to_stderr)
            for old in plan.replaces:
                click.echo(f"      {'取代' if zh else 'takes the place of'} <{old}>", err=to_stderr)
    for dropped, kept in report.duplicates:
        warn(
            f"kg: {dropped}: {'与下列文件是同一规划，未采用' if zh else 'the same plan as in the file named next, passed over'}: {kept}"
        )
    for _, error in report.failures:
        warn(f"kg: {error}")


@click.command()
@store_options
@click.option("--plan", metavar="IRI", help="Only this plan (its IRI or the last part of it).")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(GRAPH_FORMATS),
    help="Syntax, where the suffix of -o does not say it.  [default: ttl]",
)
@click.option(
    "-o", "--output", metavar="FILE", default="-", help="Where to write; - is standard output.", show_default=True
)
def export(
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    plan: str | None,
    form: str | None,
    output: str,
) -> None:
    """Write the graph as Turtle, N-Triples, N-Quads, TriG or JSON-LD: the same bytes for the same graph."""
    from kg.export import serialise

    if output != "-":
        if form is None:
            _check_output(output)
        elif not Path(output).resolve().parent.is_dir():
            raise UsageError("no such folder", where=str(Path(output).resolve().parent), remedy="make it first")
    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        serialise(opened, output, form, find_plan(opened, plan) if plan else None)


def find_plan(store, reference: str) -> str:  # type: ignore[no-untyped-def]
    """The IRI of a plan that is given as an IRI, the last part of one, a document number, or its title.

    Raises `UsageError` that names the plans there are.
    """
    from kg import vocab

    rows = list(
        store.query(
            f"SELECT ?plan ?title ?number WHERE {{ ?plan a <{vocab.plan('Plan')}> ; <{vocab.DCTERMS_TITLE}> ?title . "
            f"OPTIONAL {{ ?plan <{vocab.plan('documentNumber')}> ?number }} }} ORDER BY ?plan"
        )
    )
    wanted = reference.strip().strip("<>")
    exact = [
        r
        for r in rows
        if wanted in (r["plan"].value, r["plan"].value.rsplit("/", 1)[-1])
        or (r["number"] and r["number"].value == wanted)
        or r["title"].value == wanted
    ]
    found = {r["plan"].value for r in (exact or [r for r in rows if wanted and wanted in r["title"].value])}
    if len(found) == 1:
        return found.pop()
    listed = "; ".join(f"{r['plan'].value.rsplit('/', 1)[-1]} {r['title'].value}" for r in rows[:12])
    what = "no such plan" if not found else "several plans match"
    raise UsageError(
        f"{what}: {reference}",
        where=store.where,
        remedy=f"there are: {listed}" if listed else "the store holds no plan: run kg build",
    )


@click.command()
@click.argument("plan")
@store_options
@language_option
def remove(plan: str, store: str | None, endpoint: str | None, update_endpoint: str | None, lang: str) -> None:
    """Withdraw one plan from the store: PLAN is its IRI, the last part of it, its document number or title."""
    from kg.pipeline import remove as withdraw

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        iri = find_plan(opened, plan)
        if not withdraw(opened, iri):
            raise KGError("the plan is gone already", where=iri)
    say(f"已撤下 <{iri}>" if lang == "zh" else f"withdrawn <{iri}>")
