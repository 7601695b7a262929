"""A worker: a process that asks the store, so that a query can be ended by ending it.

It opens the store read-only, does one task at a time, and leaves when the serving process has gone.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from kg.errors import EmptyError, KGError, StoreError
from kg.serve import wire
from kg.serve.problems import Problem, problem_of
from kg.store.versions import BUILD_FIRST


def main() -> None:
    """Serve the socket whose descriptor the command line names, until the other side closes it."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(connection,), daemon=True).start()
    settings = wire.receive(connection)
    if settings is None:
        return
    try:
        store = _open(settings)
        wire.send(connection, {"ready": True})
    except (KGError, Problem) as error:
        wire.send(connection, _as_problem(error))
        return
    # From here on everything is told over the socket: what libraries say when memory ends is nobody's to read.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while (task := wire.receive(connection)) is not None:
        _do(store, task, connection, settings["limits"]["answer"])


def _open(settings: dict[str, Any]) -> Any:
    from kg.serve import answering  # noqa: F401 - loaded before memory is limited
    from kg.store import open_store

    limits = settings["limits"]
    store = open_store(settings["store"], settings["endpoint"], timeout=limits["seconds"])
    # This opens the version and reads its first pages; behind an endpoint it is the first answer.
    # One after the other: as a UNION the question takes seconds where there are millions of triples.
    something = any(store.query(ask) for ask in ("ASK { ?s ?p ?o }", "ASK { GRAPH ?g { ?s ?p ?o } }"))
    if not something and not settings["may_be_empty"]:
        raise EmptyError("the store holds nothing to serve", where=store.where, remedy=BUILD_FIRST)
    if settings["nice"]:
        os.nice(settings["nice"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The kernel without /proc (macOS) does not keep to the limit either.
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        bound = pages * resource.getpagesize() + int(limits["memory"])
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    return store


def _do(store: Any, task: dict[str, Any], connection: socket.socket, limit: int) -> None:
    from kg.serve.answering import answer

    spool = wire.Spool(limit)
    try:
        said = answer(store, task, spool)
        said["version"] = getattr(store, "version", "")
    except MemoryError:
        os._exit(1)  # what is left of the process is not worth keeping
    except (KGError, Problem) as error:
        wire.send(connection, _as_problem(error))
    except Exception as error:
        wire.send(connection, _as_problem(KGError(f"unexpected error: {type(error).__name__}: {error}")))
    else:
        spool.send(connection, said)
    finally:
        spool.close()


def _as_problem(error: KGError | Problem) -> dict[str, Any]:
    if isinstance(error, StoreError):
        # A worker that cannot read, for want of memory perhaps, or since the store is gone, begins anew.
        return {"problem": _fields(problem_of(error)), "broken": True}
    return {"problem": _fields(problem_of(error) if isinstance(error, KGError) else error)}


def _fields(problem: Problem) -> dict[str, Any]:
    return {name: getattr(problem, name) for name in ("status", "kind", "what", "where", "remedy", "headers")}


def _leave_with(connection: socket.socket) -> None:
    """End the process as soon as the other side is gone, also in the midst of a query."""
    watch = select.poll()
    watch.register(connection, 0)  # POLLHUP needs no asking for
    watch.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
