"""Commands that ask: stats, show, sparql, schema."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import click

from kg.cli.limited import within
from kg.cli.options import (
    DEFAULT_STORE,
    STDIN,
    format_option,
    language_option,
    open_given,
    read_stdin,
    say,
    store_options,
)
from kg.cli.results import STDOUT, choose_form, put, result_options, table_width
from kg.errors import EmptyError, InputError


@click.command(short_help="Show what was found, one row for each plan.")
@click.option(
    "--candidates",
    is_flag=True,
    help="Instead, the names in quotation marks that read as campaigns and are in no scheme yet.",
)
@store_options
@format_option("table", "csv", "json", "md")
@language_option
def stats(
    candidates: bool, store: str | None, endpoint: str | None, update_endpoint: str | None, form: str, lang: str
) -> None:
    """Show what was found: plan, region, period, actions, tasks, with a lead, targets, crowd groups.

    Below the table stand the names of bodies that stay open, with the bodies that they may mean.
    """
    from kg.describe import CANDIDATE_COLUMNS, COLUMNS, find_candidates, in_words, open_names, summarise
    from kg.export.results import render_rows

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        plans = summarise(opened)
        proposed = find_candidates(opened) if candidates else []
        names = open_names(opened)
        where = opened.where
    if plans and candidates:
        if form == "json":
            say(json.dumps([c.as_json() for c in proposed], ensure_ascii=False, indent=1))
            return
        heads = [zh if lang == "zh" else en for _, zh, en in CANDIDATE_COLUMNS]
        cells = [[str(cell) for cell in c.row()] for c in proposed]
        say(render_rows(heads, cells, form, table_width(None, STDOUT), lang), end="")
        return
    if not plans:
        raise EmptyError("the store holds no plan", where=where, remedy="build some: kg build FOLDER")
    if form == "json":
        rows = [p.as_json() | {"open_names": [n.as_json() for n in names if n.plan == p.iri]} for p in plans]
        say(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    heads = [zh if lang == "zh" else en for _, zh, en in COLUMNS]
    cells = [[str(cell) for cell in p.row()] for p in plans]
    say(render_rows(heads, cells, form, table_width(None, STDOUT), lang), end="")
    if form == "table":
        for plan in plans:
            if lines := in_words(tuple(name for name in names if name.plan == plan.iri), lang):
                say("\n" + "\n  ".join((plan.title, *lines)))


@click.command(short_help="Show one thing, and the sentences that say so.")
@click.argument("reference", metavar="IRI-OR-NUMBER")
@store_options
@format_option("text", "json")
@language_option
def show(
    reference: str, store: str | None, endpoint: str | None, update_endpoint: str | None, form: str, lang: str
) -> None:
    """Show a plan, action, task, target or agency with all its facts, each with the sentence that says so.

    It is named by its IRI or the last part of one, a task's number (9), a document number, an agency's name or a plan's title.
    """
    from kg.describe import show as describe

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        found = describe(opened, reference, lang)
    say(found.to_json() if form == "json" else found.to_text(lang), end="")


@click.command(short_help="Run a SPARQL query of your own.")
@click.argument("text", metavar="QUERY-OR-FILE-OR--")
@store_options
@result_options
@language_option
def sparql(
    text: str,
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    form: str | None,
    output: str,
    width: int | None,
    timeout: float | None,
    lang: str,
) -> None:
    """Run any SPARQL 1.1 query: the text itself, a file that holds it, or - for standard input.

    The default graph holds everything asserted and inferred; kg schema shows classes and properties. The prefixes that
    it shows (plan:, skos:, dcterms: and so on) need not be declared.
    """
    from kg.export.results import render_bytes

    chosen = choose_form(form, output)
    query = _query_text(text)

    def ask() -> bytes:
        with closing(open_given(store, endpoint, update_endpoint, timeout=timeout)) as opened:
            return render_bytes(opened.query(query), chosen, opened.base, width=table_width(width, output), lang=lang)

    put(within(timeout, ask, endpoint or store or DEFAULT_STORE), output, chosen)


def _query_text(text: str) -> str:
    """The query itself, wherever it stands.

    Raises `InputError` for a file that is not there or cannot be read.
    """
    if text == STDIN:
        return _decoded(read_stdin(), "standard input")
    # Every query has braces or, as DESCRIBE <…>, a space.
    if "{" in text or "\n" in text or (" " in text and not Path(text).exists()) or not text:
        return text
    try:
        return _decoded(Path(text).read_bytes(), text)
    except OSError as error:
        raise InputError(
            f"no query and no file that can be read: {error.strerror}",
            where=text,
            remedy="write the query in quotes, or give the path of a file that holds it",
        ) from error


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", where=where, remedy="give a SPARQL query in UTF-8") from error


@click.command(short_help="Describe the graph, to write queries by.")
@store_options
@format_option("md", "json")
def schema(store: str | None, endpoint: str | None, update_endpoint: str | None, form: str) -> None:
    """Describe the graph at hand, to write queries by: classes, properties, schemes, and how many of each."""
    from kg.describe import schema as describe

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        found = describe(opened)
    say(found.to_json() if form == "json" else found.to_markdown(), end="")
