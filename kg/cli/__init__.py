"""The command line: parse, call, print.

One table (`kg.errors.EXIT_STATUS`) turns errors into exit statuses for all commands; a traceback shows only with --debug.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from kg import __version__
from kg.cli.ask import query, schema, show, sparql, stats
from kg.cli.check import infer, score, validate
from kg.cli.make import build, export, remove
from kg.cli.options import Context, status_of
from kg.errors import KGError

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_SETTINGS)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
@click.pass_context
def kg(context: click.Context, debug: bool) -> None:
    """Read the plans that governments publish into a knowledge graph, and question it.

    Start with: kg build FOLDER, then kg stats, kg query, kg validate.
    """
    context.obj = Context(debug=debug)


for command in (build, stats, show, query, sparql, validate, infer, export, score, remove, schema):
    kg.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status.

    0 done, conforms · 1 findings, does not conform, some inputs failed · 2 usage · 3 input unreadable ·
    4 a query, shape or rule is broken · 5 engine or store failed · 6 there was nothing to check · 130 interrupted.
    """
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in arguments
    try:
        result = kg.main(arguments, prog_name="kg", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        click.echo("kg: interrupted; the store is as it was", err=True)
        return 130
    except KeyboardInterrupt:
        click.echo("kg: interrupted; the store is as it was", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        _close_output()
        return 0
    except KGError as error:
        if debug:
            raise
        click.echo(f"kg: {error}", err=True)
        return status_of(error)
    except Exception as error:
        if debug:
            raise
        click.echo(
            f"kg: unexpected error: {type(error).__name__}: {error} (run kg --debug … for the traceback, and report it)",
            err=True,
        )
        return 5


def _close_output() -> None:
    """The reader of our output has gone (kg … | head): keep Python from complaining at exit."""
    import os

    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
