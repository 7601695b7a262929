"""The command `kg`: its commands, and what becomes of their errors."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from kg import __version__
from kg.cli.ask import schema, show, sparql, stats
from kg.cli.check import infer, score, validate
from kg.cli.convert import convert
from kg.cli.make import build, export, remove
from kg.cli.names import resolve
from kg.cli.options import status_of
from kg.cli.picture import chart
from kg.cli.question import query
from kg.cli.reporting import report
from kg.cli.serving import serve
from kg.cli.signals import TerminatedError
from kg.cli.trust import review, verify
from kg.errors import KGError

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_STATUSES = """\b
Exit status: 0 done, conforms
             1 findings, does not conform, some inputs failed
             2 called wrongly
             3 an input cannot be read
             4 a query, shape or rule is broken
             5 the store or an engine failed
             6 there was nothing to check
             130 interrupted"""


class _InOrderOfUse(click.Group):
    """Lists its commands as they were added, not by name."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrderOfUse, context_settings=_SETTINGS, epilog=_STATUSES)
@click.option(
    "--debug", is_flag=True, expose_value=False, help="Show the traceback of an error; may stand behind a command, too."
)
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s", help="Show the version and exit.")
def kg() -> None:
    """Read the plans that governments publish into a knowledge graph, and question it.

    Start with: kg build FOLDER, then kg stats, kg query, kg validate.
    """


for command in (
    build,
    convert,
    stats,
    show,
    resolve,
    query,
    sparql,
    chart,
    validate,
    report,
    verify,
    review,
    infer,
    export,
    serve,
    schema,
    score,
    remove,
):
    kg.add_command(command)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status, as `kg --help` lists them.

    >>> run(["--version"])
    kg ...
    0
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in words
    try:
        result = kg.main([word for word in words if word != "--debug"], prog_name="kg", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("kg: interrupted; nothing is left half written", err=True)
        return 130
    except TerminatedError as signal:
        click.echo(f"kg: ended by {signal}; nothing is left half written", err=True)
        return signal.status
    except click.ClickException as error:
        _say_usage(error)
        return error.exit_code
    except (BrokenPipeError, SystemExit):  # click makes the latter of the former
        _close_output()
        return 0
    except KGError as error:
        _say_traceback(debug)
        click.echo(f"kg: {error}", err=True)
        return status_of(error)
    except OSError as error:  # a full disk behind standard output, for one
        _say_traceback(debug)
        click.echo(f"kg: {error.filename or 'output'}: {error.strerror or error}", err=True)
        _close_output()
        return status_of(KGError(""))
    except Exception as error:
        _say_traceback(debug)
        click.echo(
            f"kg: unexpected error: {type(error).__name__}: {error} (--debug shows the traceback: please report it)",
            err=True,
        )
        return status_of(KGError(""))


def _say_usage(error: click.ClickException) -> None:
    """A call that click refuses, in the form of all our errors; the help alone where no command was named."""
    if not error.format_message().strip() or type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return
    context = getattr(error, "ctx", None)
    said = error.format_message().rstrip(".")
    said = said[:1].lower() + said[1:]
    path = context.command_path if context else "kg"
    click.echo(f"kg: {said} ({path} --help says more)", err=True)


def _say_traceback(debug: bool) -> None:
    if debug:
        import traceback

        traceback.print_exc()


def _close_output() -> None:
    """Nobody takes our output any more (kg … | head): keep Python from complaining at exit."""
    import os

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
