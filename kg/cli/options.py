"""Options that several commands share, and how their store is opened."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kg.errors import EXIT_STATUS, KGError, UsageError

if TYPE_CHECKING:
    from kg.read import Limits
    from kg.store.protocol import Store

DEFAULT_STORE = ".plankg"
LANGUAGES = ("zh", "en")
STDIN = "-"


def status_of(error: KGError) -> int:
    """The exit status of an error: that of its nearest class in the table.

    >>> from kg.errors import NotAPlanError
    >>> status_of(NotAPlanError("a recipe"))
    3
    """
    return next(EXIT_STATUS[kind] for kind in type(error).__mro__ if kind in EXIT_STATUS)


def store_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--store, --endpoint, --update-endpoint."""
    return source_options(
        click.option(
            "--update-endpoint", metavar="URL", help="Where the remote server takes updates, if not beside --endpoint."
        )(function)
    )


def source_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--store and --endpoint, for a command that never writes."""
    for option in (
        click.option(
            "--endpoint",
            metavar="URL",
            envvar="KG_ENDPOINT",
            show_envvar=True,
            help="A remote SPARQL 1.1 server instead of a folder.",
        ),
        click.option(
            "--store",
            metavar="DIR",
            envvar="KG_STORE",
            show_envvar=True,
            help=f"The store's folder.  [default: {DEFAULT_STORE}]",
        ),
    ):
        function = option(function)
    return function


def language_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """--lang zh|en, from the environment where it is not given."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=_language,
        show_default="from the locale",
        envvar="KG_LANG",
        show_envvar=True,
        help="Language of labels and messages.",
    )(function)


def _language() -> str:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"


def format_option(*formats: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """--format; the first is for people and the default."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Form of the output.",
    )


def open_given(
    store: str | None,
    endpoint: str | None,
    update_endpoint: str | None,
    *,
    create: bool = False,
    base: str | None = None,
    timeout: float | None = None,
) -> Store:
    """The store that the options mean; what stands in the command wins over the environment.

    Raises `UsageError` for a folder and an endpoint at once, `StoreError` where the store is not there, or not ours.
    """
    from kg.store import open_store

    store, endpoint = choose_source(store, endpoint, update_endpoint)
    limit = {} if timeout is None else {"timeout": timeout}
    return open_store(store, endpoint, update_endpoint, create=create, base=base, **limit)


def choose_source(
    store: str | None, endpoint: str | None, update_endpoint: str | None = None
) -> tuple[str | None, str | None]:
    """The folder or the URL that the options mean; what stands in the command wins over the environment.

    Both, where both stand in the same place. Raises `UsageError` for an empty one.
    """
    for name, value in (("--store", store), ("--endpoint", endpoint), ("--update-endpoint", update_endpoint)):
        if value is not None and not value.strip():
            raise UsageError(f"{name} is empty", remedy="name a folder or a URL, or leave the option out")
    if store and endpoint:
        if not is_in_command("store"):
            store = None
        elif not is_in_command("endpoint"):
            endpoint = None
    if not endpoint:
        store = store or DEFAULT_STORE
    return store, endpoint


def reading_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--jobs and --limit, for commands that read files."""
    for option in (
        click.option(
            "--limit",
            "raised",
            multiple=True,
            metavar="NAME=N",
            envvar="KG_LIMIT",
            show_envvar=True,
            help="What one file may cost: file, markup, unpacked (bytes), text (characters), seconds, memory (bytes), "
            "entries, depth, ratio (of archives).",
        ),
        click.option(
            "--jobs",
            metavar="N",
            type=click.IntRange(min=1),
            help="Processes that read files.  [default: 1 for a few files, else one a core]",
        ),
    ):
        function = option(function)
    return function


def is_in_command(name: str) -> bool:
    """Whether an option was written in the command, not taken from the environment."""
    source = click.get_current_context().get_parameter_source(name)
    return source == click.core.ParameterSource.COMMANDLINE


def read_stdin(limits: Limits | None = None) -> bytes:
    """Everything on standard input.

    Raises `UsageError` where there is none, `InputError` where there is more than `limits` (by default the usual ones) allow.
    """
    from kg.read import Limits, read_bounded

    if sys.stdin is None:
        raise UsageError("there is no standard input", remedy="pipe something in, or name a file instead of -")
    return read_bounded(sys.stdin.buffer, limits or Limits(), where="standard input")


def say(text: str, *, end: str = "\n") -> None:
    """Print for whoever reads standard output."""
    try:
        click.echo(text, nl=bool(end))
    except UnicodeEncodeError:  # a terminal of another character set
        click.echo((text + end).encode("utf-8", "replace"), nl=False)


def warn(text: str) -> None:
    """Print for the operator."""
    click.echo(text, err=True)
