"""Work on many files in processes of their own: what one file makes of its process costs no other file.

Processes are forked, so that they share the tables that were loaded before. A file that takes too long is given up by
its own process; where that hangs in a library, the kernel's alarm ends it a little later. A process that takes
too much memory is ended from here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Generic, TypeVar

from kg.errors import InputError
from kg.read import Limits

Item = TypeVar("Item")
Result = TypeVar("Result")

_LOOK = 0.2  # seconds between two looks at the memory of the workers
_GRACE = 10  # seconds for giving up a file in good order
_FAREWELL = 1  # seconds for ending in good order
_MANY = 8  # files from which on a second process pays
_PAGE = os.sysconf("SC_PAGE_SIZE")
_GARBAGE = 50_000  # objects between two collections: a page makes many, and nearly all die by themselves


def choose_jobs(files: int) -> int:
    """How many processes are worth their start: one for a few files, else as many as there are cores for us.

    >>> choose_jobs(3)
    1
    """
    if files < _MANY:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, files)


def work_on_each(
    work: Callable[[Item, int], Result],
    items: Sequence[Item],
    jobs: int,
    limits: Limits,
    begin: Callable[[int], None],
) -> Iterator[tuple[int, Result | InputError]]:
    """What `work(item, slot)` makes of every item, with the item's place, in the order in which they are done.

    With `jobs` 0 all is done here, without limits of time and memory. Else in so many processes: `slot` is
    a number below `jobs`, never in use by two at once. `begin` is told which item is begun. An item that takes too much,
    or ends its process, is an `InputError`; an exception of `work` ends everything. No process outlives the iterator.
    """
    if not jobs:
        for n, item in enumerate(items):
            begin(n)
            yield n, work(item, 0)
        return
    waiting = iter(range(len(items)))
    workers: list[_Worker[Item, Result]] = []

    def give(worker: _Worker[Item, Result]) -> None:
        n = next(waiting, None)
        if n is not None:
            begin(n)
            worker.take(n, items[n])

    try:
        for slot in range(min(jobs, len(items))):
            workers.append(_Worker(work, slot, limits))
            workers[-1].start([w.connection for w in workers[:-1]])
            give(workers[-1])
        while busy := [worker for worker in workers if worker.at is not None]:
            ready = wait([worker.connection for worker in busy], _LOOK)
            for worker in busy:
                outcome = worker.collect(is_ready=worker.connection in ready)
                if outcome is None:
                    continue
                n, worker.at = worker.at, None
                if not worker.is_alive():
                    worker.start([w.connection for w in workers if w is not worker])
                if isinstance(outcome, _FailedError):
                    raise outcome.error
                give(worker)
                assert n is not None
                yield n, outcome
    finally:
        for worker in workers:
            worker.kill()


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for garbage seldom meanwhile: a fifth of the time of a build goes there, and hardly any is found."""
    before = gc.get_threshold()
    gc.set_threshold(_GARBAGE, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _OutOfTimeError(BaseException):
    """Not an `Exception`, so that nothing on the way takes it for a fault."""


class _FailedError(Exception):
    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error

    def __reduce__(self):  # the default would hand over the message alone
        return _FailedError, (self.error,)


class _Worker(Generic[Item, Result]):
    """One process, started again where a file has ended it."""

    connection: Connection

    def __init__(self, work: Callable[[Item, int], Result], slot: int, limits: Limits) -> None:
        self._work, self._slot, self._limits = work, slot, limits
        self._process: multiprocessing.process.BaseProcess | None = None
        self.at: int | None = None  # place of the item at work
        self._shared = 0  # bytes that it has from this process: no file's doing

    def start(self, others: list[Connection]) -> None:
        """Fork; `others` are the connections of the other workers, which this one must not keep open."""
        self.connection, theirs = multiprocessing.Pipe()
        self._shared = _resident("self")
        context = multiprocessing.get_context("fork")
        self._process = context.Process(
            target=_serve, args=(self._work, self._slot, self._limits, theirs, [self.connection, *others]), daemon=True
        )
        with warnings.catch_warnings():
            # Python 3.12 warns of threads that others started (a store's): the child uses nothing of theirs.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        theirs.close()

    def is_alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def take(self, n: int, item: Item) -> None:
        self.at = n
        with suppress(OSError):  # it has ended meanwhile: `collect` finds out
            self.connection.send(item)

    def collect(self, *, is_ready: bool) -> Result | InputError | _FailedError | None:
        """What became of the item; None while it is at work."""
        if is_ready:
            try:
                outcome: Result | InputError | _FailedError = self.connection.recv()
            except (EOFError, OSError):
                return self._fault()
            return outcome
        assert self._process is not None
        if _resident(self._process.pid) - self._shared > self._limits.memory:
            self.kill()
            return InputError(
                f"reading it takes more than {self._limits.memory:,} bytes of memory",
                remedy="give a part of it, or raise the limit memory",
            )
        return None

    def _fault(self) -> InputError:
        """Why the process ended."""
        assert self._process is not None
        self._process.join(_GRACE)
        status = self._process.exitcode or 0
        self.kill()
        if status == -signal.SIGALRM:
            return _took_too_long(self._limits)
        how = signal.Signals(-status).name if status < 0 else f"status {status}"
        return InputError(f"reading it ended the process that read it ({how})", remedy="report it, with the file")

    def kill(self) -> None:
        """End the process and what it has started, in good order if it can."""
        if self._process is None or self._process.pid is None:
            return
        self._process.terminate()
        self._process.join(_FAREWELL)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()  # where it had no time to make its own group
        self._process.join()
        self.connection.close()


def _resident(process: int | str | None) -> int:
    """Bytes of memory of a process, those it shares with others among them; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def _took_too_long(limits: Limits) -> InputError:
    return InputError(
        f"reading it takes more than {limits.seconds} seconds", remedy="give a part of it, or raise the limit seconds"
    )


def _serve(
    work: Callable[[Item, int], Result],
    slot: int,
    limits: Limits,
    connection: Connection,
    strangers: list[Connection],
) -> None:
    """The life of a worker: an item, its outcome, the next, until the other end is closed."""
    os.setpgid(0, 0)  # Ctrl-C is for the parent; and what a reader starts ends with this process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, _leave)
    for stranger in strangers:
        stranger.close()  # else a parent that is gone would not show
    gc.freeze()
    gc.set_threshold(_GARBAGE, 50, 100)
    with suppress(EOFError, OSError):  # the parent is gone, or has no more
        while True:
            connection.send(_within_limits(work, connection.recv(), slot, limits))


def _leave(*_: object) -> None:
    raise SystemExit  # on the way readers end their programs and remove their folders


def _within_limits(
    work: Callable[[Item, int], Result], item: Item, slot: int, limits: Limits
) -> Result | InputError | _FailedError:
    def ring(*_: object) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_GRACE)
        raise _OutOfTimeError

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(limits.seconds)
    try:
        return work(item, slot)
    except _OutOfTimeError:
        return _took_too_long(limits)
    except MemoryError:
        return InputError("reading it takes more memory than there is", remedy="give a part of it")
    except Exception as error:
        return _FailedError(error)
    finally:
        signal.alarm(0)
