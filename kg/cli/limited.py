"""Work that may take so long and no longer: done in a process of its own, which is ended when its time is up."""

from __future__ import annotations

import multiprocessing
import signal
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from kg import errors
from kg.errors import KGError, StoreError

Result = TypeVar("Result")


def within(seconds: float | None, work: Callable[[], Result], where: str) -> Result:
    """What `work` returns; without a limit it is done here.

    An engine gives no way to stop a query that it has begun, so a process forked for it is killed. It only reads and
    hands over what it has made, which has to be picklable: nothing is printed or written by halves, and a store's locks go
    with the process. Raises what `work` raises of our own errors, `StoreError` when the time is up.

    >>> within(5, lambda: "区科协", "here")
    '区科协'
    """
    if seconds is None:
        return work()
    ours, theirs = multiprocessing.get_context("fork").Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_report, args=(work, theirs), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads are no danger: the child opens a store of its own
        child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise StoreError(
                f"no answer within {seconds:g} s", where=where, remedy="ask for less, or allow more: --timeout"
            )
        kind, said = ours.recv()
    except EOFError:
        child.join()
        raise StoreError(
            f"the query ended its process (status {child.exitcode})", where=where, remedy="ask for less"
        ) from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if kind == "result":
        return said
    name, what, place, remedy = said
    raise getattr(errors, name)(what, where=place, remedy=remedy)


def _report(work: Callable[[], Result], pipe: Connection) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)  # the one that waits says what happened
    try:
        message = "result", work()
    except KGError as error:
        message = "error", (_name(error), error.what, error.where, error.remedy)
    except Exception as error:
        message = "error", ("StoreError", f"unexpected error: {type(error).__name__}: {error}", None, None)
    try:
        pipe.send(message)
    except BrokenPipeError:
        return


def _name(error: KGError) -> str:
    return next(kind.__name__ for kind in type(error).__mro__ if hasattr(errors, kind.__name__))
