"""The command line: parse, call, print.

One table (`kg.errors.EXIT_STATUS`) turns errors into exit statuses for all commands; a traceback shows only with --debug.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    The rest is imported here, so that Ctrl-C while it is being loaded shows no traceback either.
    """
    try:
        from kg.cli.program import run
        from kg.cli.signals import terminable

        with terminable():
            status = run(arguments)
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
