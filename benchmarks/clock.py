"""Taking times: wall clock and processor time, several runs, the median."""

from __future__ import annotations

import gc
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Timing:
    """What the runs of one thing took, in seconds: medians, and the quickest run."""

    wall: float
    cpu: float  # of this process, all threads; on a machine that others use the better guide
    best: float  # wall
    runs: int
    timed_out: bool = False  # given up: `wall` is the time after which

    def as_dict(self) -> dict[str, Any]:
        return {k: round(v, 6) if isinstance(v, float) else v for k, v in asdict(self).items()}


def summarise(runs: list[tuple[float, float]]) -> Timing:
    """The timing of runs that took (wall, processor) seconds each."""
    return Timing(
        statistics.median(w for w, _ in runs), statistics.median(c for _, c in runs), min(w for w, _ in runs), len(runs)
    )


def once(work: Callable[[], Any]) -> tuple[float, float]:
    """The wall and processor seconds of one run; garbage of earlier ones is collected before."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def measure(work: Callable[[], Any], runs: int = 5, warm: bool = True) -> Timing:
    """The median of some runs, after one that does not count."""
    if warm:
        work()
    return summarise([once(work) for _ in range(runs)])


class TooSlowError(Exception):
    """Work was given up after its time limit."""


def measure_within(work: Callable[[], Any], limit: float, runs: int = 5) -> Timing:
    """The median of some runs of work in pure Python, none of which may take longer than `limit` seconds.

    What takes longer than a second runs once: nobody waits for the median of minutes.
    """
    taken: list[tuple[float, float]] = []
    try:
        with _alarm(limit):
            taken.append(once(work))
        while taken[0][0] < 1 and len(taken) < runs:
            taken.append(once(work))
    except TooSlowError:
        return Timing(limit, limit, limit, 1, timed_out=True)
    return summarise(taken)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
