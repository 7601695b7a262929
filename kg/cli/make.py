"""Commands that make and change: build, export, remove."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from kg.cli.answered import answered_json, has_unheard, say_applied, say_unheard
from kg.cli.options import (
    STDIN,
    format_option,
    language_option,
    open_given,
    read_stdin,
    reading_options,
    say,
    status_of,
    store_options,
    warn,
)
from kg.cli.progress import Progress
from kg.errors import EmptyError, UsageError

if TYPE_CHECKING:
    from kg.corrections import Answers
    from kg.describe import OpenName
    from kg.pipeline import BuildReport
    from kg.store.protocol import Store

GRAPH_FORMATS = ("ttl", "nt", "nq", "trig", "jsonld")
STDOUT = "-"
_SHOWN = 12  # plans that a message names


def corrections_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """--corrections."""
    return click.option(
        "--corrections",
        metavar="FILE|FOLDER",
        envvar="KG_CORRECTIONS",
        show_envvar=True,
        help="Answered review sheets (.csv, .xlsx): what persons say wins over the reader.",
    )(function)


@click.command(short_help="Read files and folders of plans into the store.")
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
@corrections_option
@reading_options
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
    corrections: str | None,
    jobs: int | None,
    raised: tuple[str, ...],
    form: str,
    lang: str,
) -> int:
    """Read files and folders of plans into the store.

    PATH is a file, a folder or .zip archive of any depth, or - for standard input; what a file is is told by its bytes.
    Building a file again changes nothing; a changed file replaces its plan. A file that holds no plan, or costs too much to
    read, is reported and the others are built (exit status 1).

    With --corrections the answers in review sheets are applied anew in each build; the sheets are what to keep. An answer whose words
    are no longer in the text is not applied and is told, and the graph has a finding (exit status 1).
    """
    from kg.pipeline import build as run
    from kg.read import Limits

    limits = Limits().raised(raised)
    given = paths_given(paths, samples)
    if base is not None:
        check_base(base)
    if output is not None:
        check_output(output)
    answers = answers_given(corrections)
    stdin = read_stdin(limits) if STDIN in given else None
    with closing(open_given(store, endpoint, update_endpoint, create=True, base=base)) as opened:
        with Progress(lang) as progress:
            report = run(given, opened, progress, stdin, jobs=jobs, limits=limits, answers=answers)
        from kg.describe import open_names

        _say_built(report, open_names(opened) if report.plans else (), form, lang, to_stderr=output == STDOUT)
        if output is not None and report.plans:
            from kg.export import serialise

            serialise(opened, output, None)
    return status_of_run(report)


def status_of_run(report: BuildReport) -> int:
    """The exit status of a run over many files: 1 where some of them failed, the worst failure's where all did.

    Answers of persons that did not come into the graph count as failed, too.
    """
    if report.failures and not report.plans:
        return max(status_of(error) for _, error in report.failures)
    return 1 if report.failures or has_unheard(report) else 0


def answers_given(corrections: str | None) -> Answers | None:
    """What persons said, in the sheets that --corrections names.

    Raises `UsageError` where it names nothing, `InputError` for a sheet that cannot be read.
    """
    if corrections is None:
        return None
    if not corrections:
        raise UsageError("--corrections is empty", remedy="name a sheet, or a folder of sheets")
    from kg.corrections import read_answers

    return read_answers(corrections)


def paths_given(paths: tuple[str, ...], samples: bool) -> list[str]:
    """The paths to read.

    Raises `UsageError` where there are none, or one is empty.
    """
    from kg import resources

    given = list(paths)
    if samples:
        given.append(str(resources.folder("data/documents")))
    if not given or "" in given:
        raise UsageError(
            "a path is empty" if given else "nothing to read",
            remedy="name files or folders, or --samples for the plans that come with kg",
        )
    return given


def check_base(base: str) -> None:
    """Raises `UsageError` for a start of IRIs that cannot be one.

    It ends with / and has neither query nor fragment nor dot segments, so that a reference like `plan/x` behind it
    means the IRI that it seems to mean (RFC 3986, section 5.2).

    >>> check_base("https://data.example.org/规划/")
    """
    try:
        parts = urlsplit(base)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not (
        sound
        and re.fullmatch(r"https?://[^\s<>\"{}|\\^`?#@]*/", base)
        and not re.search(r"/\.{1,2}/|%(?![0-9A-Fa-f]{2})", base)
        and not re.search(r"[\[\]]", parts.path)
        and base.isprintable()
    ):
        raise UsageError(
            "not the start of IRIs",
            where=f"--base {base}".rstrip(),
            remedy="give an http(s) IRI that ends with /, like https://example.org/plans/",
        )


def check_output(output: str, form: str | None = None) -> None:
    """Raises `UsageError` before any work for a file that cannot be written in any case."""
    from kg.export import format_of

    if output == STDOUT:
        return
    if not output:
        raise UsageError("-o is empty", remedy="name a file, or - for standard output")
    if form is None:
        format_of(output)
    parent = Path(output).resolve().parent
    if not parent.is_dir():
        raise UsageError("no such folder", where=str(parent), remedy="make it first")
    if Path(output).is_dir():
        raise UsageError("this is a folder", where=output, remedy="name a file in it")


_CHANGES = {
    "zh": {"new": "新增", "changed": "更新", "unchanged": "未变"},
    "en": {"new": "new", "changed": "changed", "unchanged": "unchanged"},
}


def _say_built(report: BuildReport, open_names: tuple[OpenName, ...], form: str, lang: str, *, to_stderr: bool) -> None:
    from kg.describe import in_words

    zh = lang == "zh"
    built = {plan.iri for plan in report.plans}
    if form == "json":
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
                    "passed_over": dict(sorted(report.passed_over.items())),
                    "corrections": answered_json(report),
                    "open_names": [name.as_json() for name in open_names if name.plan in built],
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
            say_applied(report, plan.iri, lang, to_stderr=to_stderr)
            own = tuple(name for name in open_names if name.plan == plan.iri and plan.change != "unchanged")
            for line in in_words(own, lang):
                click.echo(f"      {line}", err=to_stderr)
    say_unheard(report, lang)
    say_left_out(report, lang)


def say_left_out(report: BuildReport, lang: str) -> None:
    """What was not taken, and why: files of other kinds, plans that came twice, failures."""
    zh = lang == "zh"
    if report.passed_over:
        total = sum(report.passed_over.values())
        kinds = sorted(report.passed_over.items(), key=lambda pair: (-pair[1], pair[0]))
        listed = " ".join(f"{suffix or ('(无后缀)' if zh else '(no suffix)')} {n}" for suffix, n in kinds[:_SHOWN])
        more = " …" if len(kinds) > _SHOWN else ""
        words = (
            f"跳过 {total} 个不支持的文件："
            if zh
            else f"{total} {'file' if total == 1 else 'files'} of other kinds passed over: "
        )
        warn(f"kg: {words}{listed}{more}")
    for dropped, kept in report.duplicates:
        warn(f"kg: {dropped}: " + (f"与 {kept} 是同一规划，未采用" if zh else f"the same plan as {kept}, passed over"))
    for _, error in report.failures:
        warn(f"kg: {error}")


@click.command(short_help="Write the graph as Turtle, JSON-LD and so on.")
@store_options
@click.option("--plan", metavar="IRI", help="Only this plan: its IRI, the last part of it, its number or title.")
@click.option(
    "--queries", is_flag=True, help="Instead of the graph the saved questions, as SHACL's SPARQL executables."
)
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
    queries: bool,
    form: str | None,
    output: str,
) -> None:
    """Write the graph as Turtle, N-Triples, N-Quads, TriG or JSON-LD: the same bytes for the same graph."""
    from kg.export import serialise

    check_output(output, form)
    if queries:
        if plan is not None:
            raise UsageError("--queries writes no plan", remedy="leave out --plan, or --queries")
        _export_queries(form, output)
        return
    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        serialise(opened, output, form, None if plan is None else find_plan(opened, plan))


def _export_queries(form: str | None, output: str) -> None:
    from kg.export import format_of, render_facts
    from kg.export.stream import open_output
    from kg.query import load_queries, publish
    from kg.vocab import DEFAULT_BASE

    data = render_facts(publish(load_queries()), form or format_of(output), DEFAULT_BASE)
    with open_output(output) as write:
        write(data)


def find_plan(store: Store, reference: str) -> str:
    """The IRI of a plan that is given as an IRI, the last part of one, a document number, or its title or part of it.

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
        if wanted in (r["plan"].value, r["plan"].value.removeprefix(store.base), r["plan"].value.rsplit("/", 1)[-1])
        or (r["number"] and r["number"].value == wanted)
        or r["title"].value == wanted
    ]
    found = {r["plan"].value for r in (exact or [r for r in rows if wanted and wanted in r["title"].value])}
    if len(found) == 1:
        return found.pop()
    shown = [r for r in rows if r["plan"].value in found] if found else rows
    listed = "; ".join(f"{r['plan'].value.rsplit('/', 1)[-1]} {r['title'].value}" for r in shown[:_SHOWN])
    more = "; …" if len(shown) > _SHOWN else ""
    if not rows:
        raise EmptyError("the store holds no plan", where=store.where, remedy="build some: kg build FOLDER")
    raise UsageError(
        f"{len(found)} plans match {reference!r}" if found else f"there is no plan {reference!r}",
        where=store.where,
        remedy=("say which: " if found else "there are: ") + listed + more,
    )


@click.command(short_help="Withdraw one plan from the store.")
@click.argument("plan")
@store_options
@language_option
def remove(plan: str, store: str | None, endpoint: str | None, update_endpoint: str | None, lang: str) -> None:
    """Withdraw one plan from the store: PLAN is its IRI, the last part of it, its document number or title."""
    from kg.pipeline import remove as withdraw

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        iri = find_plan(opened, plan)
        if not withdraw(opened, iri):
            raise UsageError("the plan was withdrawn meanwhile", where=iri, remedy="kg stats lists what is left")
    say(f"已撤下 <{iri}>" if lang == "zh" else f"withdrawn <{iri}>")
