"""The command that asks saved questions: query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING

import click

from kg.cli.limited import within
from kg.cli.options import DEFAULT_STORE, language_option, open_given, say, store_options, warn
from kg.cli.results import choose_form, put, result_options, table_width
from kg.errors import EmptyError, UsageError

if TYPE_CHECKING:
    from kg.query import Answer, Parameter, SavedQuery
    from kg.store.protocol import Store


@click.command(
    short_help="Ask a saved question, or list them all.",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True},
)
@click.argument("name", required=False, metavar="[NAME]")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAM VALUE]…")
@store_options
@result_options
@click.option(
    "--evidence/--no-evidence",
    default=None,
    help="With the sentences that each row rests on; JSON has them unless told not to.",
)
@click.option(
    "--page",
    metavar="N|all",
    help="Over many plans a question is answered page by page, the first unless told otherwise; all: everything.",
)
@click.option(
    "--region",
    metavar="CODE|NAME",
    help="Only the plans of an area and of the areas within it, where a question takes --plan.",
)
@click.option("--values", "listed", metavar="PARAM", help="List what a parameter of NAME may be, on the plans at hand.")
@click.option("--print", "printed", is_flag=True, help="Print the SPARQL with the values bound, and do not run it.")
@click.option(
    "--check", "checked", is_flag=True, help="Try all saved questions, or NAME alone (exit status 1 at a fault)."
)
@language_option
@click.option("-h", "--help", "helped", is_flag=True, help="Show this message, or the parameters of NAME, and exit.")
def query(
    name: str | None,
    values: tuple[str, ...],
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    form: str | None,
    output: str,
    width: int | None,
    timeout: float | None,
    evidence: bool | None,
    page: str | None,
    region: str | None,
    listed: str | None,
    printed: bool,
    checked: bool,
    lang: str,
    helped: bool,
) -> int | None:
    """Ask a saved question; without NAME list them all.

    kg query NAME --help shows its parameters. Values for plans, agencies and so on may be short: a title part, a name.
    """
    from kg.query import find_query, load_queries, prepare

    if helped and name is None:
        say(click.get_current_context().get_help())
        return None
    if name is not None and name.startswith("-"):
        raise UsageError(f"{name} stands before the name of a question", remedy="write kg query NAME --param value")
    found = None if name is None else find_query(name)
    if helped and found:
        _say_parameters(found, lang)
        return None
    chosen = choose_form(form, output)
    if not found:
        if listed:
            raise UsageError("--values needs the name of a question", remedy="write kg query NAME --values PARAM")
        if not checked:
            _put_list(load_queries(), chosen, output, lang)
            return None
    columns = table_width(width, output)
    where = endpoint or store or DEFAULT_STORE

    def opened_store() -> closing[Store]:
        return closing(open_given(store, endpoint, update_endpoint, timeout=timeout))

    if checked:
        with opened_store() as opened:
            return _check(opened, [found] if found else list(load_queries().values()), chosen, output, columns, lang)
    assert found
    given = _pairs(values)
    number = _page_number(page)

    def bound() -> str:
        with opened_store() as opened:
            return prepare(opened, found, given, None if page is None else number, region)[2]

    def asked() -> tuple[bytes, list[str]]:
        with opened_store() as opened:
            return _ask(opened, found, given, chosen, evidence, number, region, columns, lang)

    def listing() -> bytes:
        with opened_store() as opened:
            return _list_values(opened, found, str(listed), chosen, columns, lang)

    if listed is not None:
        put(within(timeout, listing, where), output, chosen)
    elif printed:
        say(within(timeout, bound, where).rstrip("\n"))
    else:
        data, notes = within(timeout, asked, where)
        put(data, output, chosen)
        for note in notes:
            warn(f"kg: {note}")
    return None


def _ask(
    opened: Store,
    found: SavedQuery,
    given: Mapping[str, str],
    form: str,
    evidence: bool | None,
    page: int | None,
    region: str | None,
    width: int | None,
    lang: str,
) -> tuple[bytes, list[str]]:
    """The answer as it is to be printed, and what has to be said besides."""
    from kg.export.results import WORDLESS, Rows, render_bytes
    from kg.query import answer

    with_evidence = form == "json" if evidence is None else evidence
    reply = answer(opened, found, given, evidence=with_evidence, page=page, region=region)
    labels = reply.labels(lang) if form in ("table", "md", "html", "xlsx") else {}
    notes = reply.notes(lang)
    data = render_bytes(
        Rows(*reply.table()),
        form,
        opened.base,
        labels=labels,
        lang=lang,
        width=width,
        caption=_in_language(found.summary, lang),
        notes=notes,
        about=_about(reply),
    )
    return data, notes if form in WORDLESS else []


def _about(reply: Answer) -> dict[str, object]:
    """What stands in the head of JSON: the question, its values, what the documents cannot answer, that nothing was found."""
    said: dict[str, object] = {"query": reply.query.name, "version": reply.query.version, "values": reply.values}
    if reply.query.limits:
        said["limits"] = reply.query.limits
    if reply.region:
        said["region"] = reply.region
    if reply.page:
        said["page"] = reply.page.as_json()
    if not reply.rows:
        said["nothing"] = {lang: reply.nothing(lang) for lang in ("zh", "en")}
    return said


def _page_number(page: str | None) -> int | None:
    """The page that is asked for, the first where none is; None for all.

    Raises `UsageError` for anything else.
    """
    if page == "all":
        return None
    if page is None or page.isascii() and page.isdigit() and int(page) > 0:
        return int(page or 1)
    raise UsageError(f"{page!r} is no page", remedy="give a number from 1, or all")


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


def _list_values(opened: Store, found: SavedQuery, parameter: str, form: str, width: int | None, lang: str) -> bytes:
    from kg.export.results import render_rows
    from kg.query import choices

    offered = choices(opened, found, parameter)
    if not offered:
        raise EmptyError(f"there is no value for {parameter} in the store", remedy="build the graph first: kg build")
    if form == "json":
        listed = [{"value": choice.value, "label": choice.label} for choice in offered]
        return (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode()
    if form not in ("table", "csv", "md"):
        raise UsageError(f"the list has no form {form}", remedy="use table, csv, json or md")
    heads = ["值", "名称"] if lang == "zh" else ["value", "name"]
    return render_rows(heads, [[choice.value, choice.label] for choice in offered], form, width, lang).encode()


def _check(opened: Store, queries: list[SavedQuery], form: str, output: str, width: int | None, lang: str) -> int:
    """Every question tried, one line for each; 1 where one has a fault."""
    from kg.export.results import render_rows
    from kg.query import check

    if opened.is_empty():
        raise EmptyError("the store holds nothing to ask", where=opened.where, remedy="kg build --samples")
    found = list(check(opened, queries))
    if form == "json":
        text = json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=1) + "\n"
    elif form in ("table", "csv", "md"):
        zh = lang == "zh"
        heads = ["查询", "行数", "至少", "毫秒", "结果"] if zh else ["query", "rows", "at least", "ms", "result"]
        sound = "正常" if zh else "sound"
        rows = [
            [
                each.name,
                "" if each.rows is None else str(each.rows),
                str(each.expected),
                f"{each.seconds * 1000:.0f}",
                "; ".join(each.faults) or sound,
            ]
            for each in found
        ]
        text = render_rows(heads, rows, form, width, lang)
    else:
        raise UsageError(f"the check has no form {form}", remedy="use table, csv, json or md")
    put(text.encode(), output, form)
    return int(any(each.faults for each in found))


def _put_list(queries: dict[str, SavedQuery], form: str, output: str, lang: str) -> None:
    """The list of saved questions: for people, as JSON, or as rows."""
    from kg.export.results import render_rows

    zh = lang == "zh"
    rows = [[name, _in_language(each.summary, lang), _call(each)] for name, each in queries.items()]
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
        text = json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    elif form in ("csv", "md"):
        text = render_rows(["名称", "问题", "参数"] if zh else ["name", "question", "parameters"], rows, form)
    elif form == "table":
        wide = max((len(name) for name in queries), default=0)
        lines = []
        for name, summary, parameters in rows:
            lines += [f"{name:{wide}}  {summary}", *([f"{'':{wide}}  {parameters}"] if parameters else [])]
        lines += ["", "kg query 名称 --help 看参数" if zh else "kg query NAME --help shows the parameters"]
        text = "\n".join(lines) + "\n"
    else:
        raise UsageError(f"the list has no form {form}", remedy="use table, csv, json or md")
    put(text.encode(), output, form)


def _in_language(words: Mapping[str, str], lang: str) -> str:
    return (words.get(lang) or words.get("en", "")).strip()


def _call(query: SavedQuery, value: str = "") -> str:
    """The parameters as they are written in a call, those that may be left out in brackets."""
    words = (f"--{p.name}{value}" if p.required else f"[--{p.name}{value}]" for p in query.parameters)
    return " ".join(words)


def _say_parameters(found: SavedQuery, lang: str) -> None:
    from kg.query import takes_region

    zh = lang == "zh"
    say(f"kg query {found.name} {_call(found, ' …')}".rstrip())
    say("\n" + _in_language(found.summary, lang))
    if detail := _in_language(found.description, lang):
        say("\n" + detail)
    if limits := _in_language(found.limits, lang):
        say("\n" + ("文件本身不能回答的:" if zh else "What the documents cannot answer: ") + " ".join(limits.split()))
    if not found.parameters:
        say("\n" + ("没有参数。" if zh else "It has no parameters."))
        return
    say("\n" + ("参数:" if zh else "Parameters:"))
    for p in found.parameters:
        _say_parameter(found, p, lang)
    if takes_region(found):
        said = "只看一个地区及其下辖地区的规划" if zh else "Only the plans of an area and of the areas within it"
        say(f"  --region  {said}")


def _say_parameter(found: SavedQuery, p: Parameter, lang: str) -> None:
    from kg.query import has_choices

    zh = lang == "zh"
    required = (", 必填" if zh else ", required") if p.required else ""
    say(f"  --{p.name}  ({p.kind}{required})  {_in_language(p.description, lang)}")
    if p.enumerate:
        say(f"      {'取值' if zh else 'one of'}: {', '.join(p.enumerate)}")
    elif has_choices(p):
        say(f"      {'取值' if zh else 'values'}: kg query {found.name} --values {p.name}")
    if p.default is not None:
        say(f"      {'默认' if zh else 'default'}: {p.default}")
    if p.example is not None:
        say(f"      {'例' if zh else 'example'}: {p.example}")
