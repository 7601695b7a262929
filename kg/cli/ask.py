"""Commands that ask: stats, show, query, sparql, schema."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, language_option, open_given, say, store_options
from kg.errors import EmptyError, InputError, UsageError

if TYPE_CHECKING:
    from kg.query import SavedQuery

RESULT_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "md")


@click.command()
@store_options
@format_option("table", "csv", "json", "md")
@language_option
def stats(store: str | None, endpoint: str | None, update_endpoint: str | None, form: str, lang: str) -> None:
    """What was found: plan, region, period, actions, tasks, with a lead, targets, crowd groups."""
    from kg.describe import COLUMNS, summarise
    from kg.export.results import render_rows

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        plans = summarise(opened)
        where = opened.where
    if not plans:
        raise EmptyError("the store holds no plan", where=where, remedy="build some: kg build FOLDER")
    if form == "json":
        say(json.dumps([p.as_json() for p in plans], ensure_ascii=False, indent=1))
        return
    heads = [zh if lang == "zh" else en for _, zh, en in COLUMNS]
    say(render_rows(heads, [[str(cell) for cell in p.row()] for p in plans], form), end="")


@click.command()
@click.argument("reference", metavar="IRI-OR-NUMBER")
@store_options
@format_option("text", "json")
@language_option
def show(
    reference: str, store: str | None, endpoint: str | None, update_endpoint: str | None, form: str, lang: str
) -> None:
    """A plan, action, task, target or agency with all its facts, each with the sentence that says so.

    It is named by its IRI or the last part of one, a task's number (9), a document number, an agency's name or a plan's title.
    """
    from kg.describe import show as describe

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        found = describe(opened, reference, lang)
    say(found.to_json() if form == "json" else found.to_text(lang), end="")


class _Query(click.Command):
    """`kg query NAME --help` tells the parameters of NAME; every other --option is one of them."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        wants_help = [a for a in args if a in ("-h", "--help")]
        name = next((a for a in args if not a.startswith("-")), None)
        if wants_help and name and args[0] == name:
            _say_parameters(name, _language_in(args))
            context.exit()
        return super().parse_args(context, args)


def _language_in(args: list[str]) -> str:
    from kg.cli.options import _language

    for i, argument in enumerate(args):
        if argument.startswith("--lang="):
            return argument[7:]
        if argument == "--lang" and i + 1 < len(args):
            return args[i + 1]
    return _language()


@click.command(cls=_Query, context_settings={"ignore_unknown_options": True, "allow_interspersed_args": True})
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAM VALUE]…")
@store_options
@format_option(*RESULT_FORMATS)
@click.option("--print", "printed", is_flag=True, help="Print the SPARQL with the values bound, and do not run it.")
@language_option
def query(
    name: str | None,
    values: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    form: str,
    printed: bool,
    lang: str,
) -> None:
    """Ask a saved question; without NAME list them all.

    kg query NAME --help shows its parameters. Values for plans, agencies and so on may be short: a title part, a name.
    """
    from kg.export.results import render
    from kg.query import bind, columns, find_query, load_queries, resolve_values, values_with_defaults

    if name is None:
        _say_queries(load_queries(), form, lang)
        return
    found = find_query(name)
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
    if form == "json":
        say(
            json.dumps(
                [
                    {
                        "name": q.name,
                        "summary": q.summary,
                        "answers": list(q.answers),
                        "parameters": [p.name for p in q.parameters],
                    }
                    for q in queries.values()
                ],
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    width = max(len(name) for name in queries)
    for name, each in queries.items():
        parameters = " ".join(f"--{p.name}" if p.required else f"[--{p.name}]" for p in each.parameters)
        say(f"{name:{width}}  {each.summary.get(lang) or each.summary.get('en', '')}")
        if parameters:
            say(f"{'':{width}}  {parameters}")
    say("")
    say("kg query 名称 --help 看参数" if lang == "zh" else "kg query NAME --help shows the parameters")


def _say_parameters(name: str, lang: str) -> None:
    from kg.query import find_query

    found = find_query(name)
    zh = lang == "zh"
    say(f"kg query {name}" + "".join(f" --{p.name} …" if p.required else f" [--{p.name} …]" for p in found.parameters))
    say("")
    say((found.summary.get(lang) or found.summary.get("en", "")).strip())
    detail = (found.description.get(lang) or found.description.get("en", "")).strip()
    if detail:
        say("")
        say(detail)
    if not found.parameters:
        say("\n" + ("没有参数。" if zh else "It has no parameters."))
        return
    say("\n" + ("参数:" if zh else "Parameters:"))
    for p in found.parameters:
        words = p.description.get(lang) or p.description.get("en", "")
        say(f"  --{p.name}  ({p.kind}{', ' + ('必填' if zh else 'required') if p.required else ''})  {words}")
        if p.enumerate:
            say(f"      {'取值' if zh else 'one of'}: {', '.join(p.enumerate)}")
        if p.default is not None:
            say(f"      {'默认' if zh else 'default'}: {p.default}")
        if p.example is not None:
            say(f"      {'例' if zh else 'example'}: {p.example}")


@click.command()
@click.argument("text", metavar="QUERY-OR-FILE-OR--")
@store_options
@format_option(*RESULT_FORMATS)
def sparql(text: str, store: str | None, endpoint: str | None, update_endpoint: str | None, form: str) -> None:
    """Run any SPARQL 1.1 query: the text itself, a file that holds it, or - for standard input.

    The default graph holds everything asserted and inferred; kg schema shows classes and properties.
    """
    from kg.export.results import render

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        say(render(opened.query(_query_text(text)), form, opened.base), end="")


def _query_text(text: str) -> str:
    """The query itself, wherever it stands.

    Raises `InputError` for a file that cannot be read, `UsageError` for words that are neither.
    """
    if text == "-":
        return sys.stdin.read()
    if "{" in text or "\n" in text:
        return text
    file = Path(text)
    if file.is_file():
        try:
            return file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"cannot be read: {error}", where=text, remedy="give a file with a SPARQL query in UTF-8"
            ) from error
    if file.suffix in (".rq", ".sparql", ".txt"):
        raise InputError("no such file", where=text, remedy="check the path")
    return text


@click.command()
@store_options
@format_option("md", "json")
@language_option
def schema(store: str | None, endpoint: str | None, update_endpoint: str | None, form: str, lang: str) -> None:
    """Classes, properties, schemes and counts of the graph at hand, to write a query by."""
    from kg.describe import schema as describe

    with closing(open_given(store, endpoint, update_endpoint)) as opened:
        found = describe(opened)
    say(found.to_json() if form == "json" else found.to_markdown(lang), end="")
