"""SIGTERM and SIGHUP end a command as Ctrl-C does: what it has begun is undone first."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class TerminatedError(BaseException):
    """The process was asked to end; not an `Exception`, so that nothing on the way takes it for a fault."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.status = 128 + number  # as a shell reports it


def _end(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # the clean-up is not to be interrupted by a second one
    raise TerminatedError(number)


@contextmanager
def terminable() -> Iterator[None]:
    """While this lasts the signals raise `TerminatedError`; one that was ignored (nohup) stays ignored."""
    before = {}
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            before[number] = signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
