"""Commands that ask: stats, show, query, sparql, schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import STDIN, format_option, language_option, open_given, read_stdin, say, store_options
from kg.errors import EmptyError, InputError, UsageError

if TYPE_CHECKING:
    from kg.query import SavedQuery

RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "md")


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
        say(render_rows(heads, [[str(cell) for cell in c.row()] for c in proposed], form), end="")
        return
    if not plans:
        raise EmptyError("the store holds no plan", where=where, remedy="build some: kg build FOLDER")
    if form == "json":
        rows = [p.as_json() | {"open_names": [n.as_json() for n in names if n.plan == p.iri]} for p in plans]
        say(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    heads = [zh if lang == "zh" else en for _, zh, en in COLUMNS]
    say(render_rows(heads, [[str(cell) for cell in p.row()] for p in plans], form), end="")
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


@click.command(
    short_help="Ask a saved question, or list them all.",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True},
)
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAM VALUE]…")
@store_options
@format_option(*RESULT_FORMATS)
@click.option("--print", "printed", is_flag=True, help="Print the SPARQL with the values bound, and do not run it.")
@language_option
@click.option("-h", "--help", "helped", is_flag=True, help="Show this message, or the parameters of NAME, and exit.")
def query(
    name: str | None,
    values: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    form: str,
    printed: bool,
    lang: str,
    helped: bool,
) -> None:
    """Ask a saved question; without NAME list them all.

    kg query NAME --help shows its parameters. Values for plans, agencies and so on may be short: a title part, a name.
    """
    from kg.export.results import render
    from kg.query import bind, columns, find_query, load_queries, resolve_values, values_with_defaults

    if helped and name is None:
        say(click.get_current_context().get_help())
        return
    if name is None:
        _say_queries(load_queries(), form, lang)
        return
    if name.startswith("-"):
        raise UsageError(f"{name} stands before the name of a question", remedy="write kg query NAME --param value")
    found = find_query(name)
    if helped:
        _say_parameters(found, lang)
        return
    given = _pairs(values)
    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        text = bind(found, resolve_values(opened, found, values_with_defaults(found, given)))
        if printed:
            say(text.rstrip("\n"))
            return
        results = opened.query(text)
        labels = columns(found, lang) if form in ("table", "md") else {}
        say(render(results, form, opened.base, labels), end="")


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    """--name value and --name=value as a mapping.

    Raises `UsageError` for anything else.
    """
    given: dict[str, str] = {}
    rest = list(values)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--") or len(word) < 3:
            raise UsageError(f"{word!r} is no parameter", remedy="give parameters as --name value")
        key, equals, value = word[2:].partition("=")
        if not equals:
            if not rest:
                raise UsageError(f"--{key} has no value", remedy=f"give --{key} VALUE")
            value = rest.pop(0)
        if key in given:
            raise UsageError(f"--{key} is given twice")
        given[key] = value
    return given


def _say_queries(queries: dict[str, SavedQuery], form: str, lang: str) -> None:
    """The list of saved questions: for people, as JSON, or as rows."""
    from kg.export.results import render_rows

    if form == "json":
        listed = [
            {
                "name": q.name,
                "summary": q.summary,
                "answers": list(q.answers),
                "parameters": [p.name for p in q.parameters],
            }
            for q in queries.values()
        ]
        say(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    rows = [[name, _in_language(each.summary, lang), _call(each)] for name, each in queries.items()]
    if form in ("csv", "md"):
        say(
            render_rows(["名称", "问题", "参数"] if lang == "zh" else ["name", "question", "parameters"], rows, form),
            end="",
        )
        return
    if form != "table":
        raise UsageError(f"the list has no form {form}", remedy="use table, csv, json or md")
    width = max((len(name) for name in queries), default=0)
    for name, summary, parameters in rows:
        say(f"{name:{width}}  {summary}")
        if parameters:
            say(f"{'':{width}}  {parameters}")
    say("")
    say("kg query 名称 --help 看参数" if lang == "zh" else "kg query NAME --help shows the parameters")


def _in_language(words: Mapping[str, str], lang: str) -> str:
    return (words.get(lang) or words.get("en", "")).strip()


def _call(query: SavedQuery, value: str = "") -> str:
    """The parameters as they are written in a call, those that may be left out in brackets."""
    words = (f"--{p.name}{value}" if p.required else f"[--{p.name}{value}]" for p in query.parameters)
    return " ".join(words)


def _say_parameters(found: SavedQuery, lang: str) -> None:
    zh = lang == "zh"
    say(f"kg query {found.name} {_call(found, ' …')}".rstrip())
    say("\n" + _in_language(found.summary, lang))
    if detail := _in_language(found.description, lang):
        say("\n" + detail)
    if not found.parameters:
        say("\n" + ("没有参数。" if zh else "It has no parameters."))
        return
    say("\n" + ("参数:" if zh else "Parameters:"))
    for p in found.parameters:
        required = (", 必填" if zh else ", required") if p.required else ""
        say(f"  --{p.name}  ({p.kind}{required})  {_in_language(p.description, lang)}")
        if p.enumerate:
            say(f"      {'取值' if zh else 'one of'}: {', '.join(p.enumerate)}")
        if p.default is not None:
            say(f"      {'默认' if zh else 'default'}: {p.default}")
        if p.example is not None:
            say(f"      {'例' if zh else 'example'}: {p.example}")


@click.command(short_help="Run a SPARQL query of your own.")
@click.argument("text", metavar="QUERY-OR-FILE-OR--")
@store_options
@format_option(*RESULT_FORMATS)
def sparql(text: str, store: str | None, endpoint: str | None, update_endpoint: str | None, form: str) -> None:
    """Run any SPARQL 1.1 query: the text itself, a file that holds it, or - for standard input.

    The default graph holds everything asserted and inferred; kg schema shows classes and properties. The prefixes that
    it shows (plan:, skos:, dcterms: and so on) need not be declared.
    """
    from kg.export.results import render

    query = _query_text(text)
    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        say(render(opened.query(query), form, opened.base), end="")


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
