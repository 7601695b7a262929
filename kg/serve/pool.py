"""The warm workers: who is free, who waits, who has to be ended.

The serving process never asks the store itself. A worker that exceeds its time is killed, one that exceeds its memory
dies by itself; either way another takes its place, and the request is told why it has no answer.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import EmptyError, StoreError
from kg.serve import wire
from kg.serve.limits import Limits
from kg.serve.problems import Problem

_START_SECONDS = 60.0
_PACKAGE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """What is served: a store's folder, or the URL of another SPARQL server."""

    store: str | None = None
    endpoint: str | None = None


class _Worker:
    def __init__(self, process: subprocess.Popen[bytes], connection: socket.socket) -> None:
        self.process, self.connection = process, connection

    @classmethod
    def start(cls) -> _Worker:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        with theirs:
            path = os.pathsep.join(filter(None, [str(_PACKAGE), os.environ.get("PYTHONPATH")]))
            process = subprocess.Popen(
                # -P: nothing is imported from the current folder. The module is named in full, not run by its path.
                [sys.executable, "-P", "-m", "kg.serve.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,  # Ctrl-C is for the serving process, which lets queries finish
            )
        return cls(process, ours)

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    async def exchange(self, said: dict[str, Any]) -> wire.Message:
        try:
            await wire.send_from(self.connection, said)
        except OSError as error:
            raise EOFError from error
        return await wire.receive_from(self.connection)

    async def end(self) -> None:
        self.connection.close()
        self.process.kill()
        await asyncio.get_running_loop().run_in_executor(None, self.process.wait)


class Pool:
    """Workers for one source; used within one event loop, between `start` and `close`."""

    def __init__(self, source: Source, limits: Limits, *, may_be_empty: bool = False) -> None:
        self.source, self.limits, self._may_be_empty = source, limits, may_be_empty
        self.killed = 0  # workers that were ended, or ended by themselves
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._started: set[_Worker] = set()  # all that are to be ended at the end
        self._warm: set[_Worker] = set()  # those that answer requests
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closing = False

    async def start(self) -> None:
        """Start the workers. Raises `StoreError` where they cannot read the store, `EmptyError` where it holds nothing."""
        try:
            await asyncio.gather(*(self._add() for _ in range(self.limits.workers)))
        except Problem as problem:
            kind = EmptyError if problem.kind == "nothing-there" else StoreError
            raise kind(problem.what, where=problem.where, remedy=problem.remedy) from problem

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers that live."""
        return sorted(worker.process.pid for worker in self._warm if worker.is_alive)

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return self._waiting

    async def close(self) -> None:
        """End all workers."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._started))
        self._started.clear()
        self._warm.clear()

    async def ask(self, task: dict[str, Any]) -> wire.Message:
        """What a worker answers; waits for a free one, no longer than a query may take.

        Raises `Problem`: 503 with Retry-After where too many wait or the wait is too long, 504 at the time limit,
        422 where the query took its worker with it, and whatever the worker says. When the caller is cancelled, the query is ended.
        """
        worker = await self._take()
        try:
            async with asyncio.timeout(self.limits.seconds):
                message = await worker.exchange(task)
        except TimeoutError:
            self._replace(worker)
            raise Problem(
                504,
                "time-limit",
                f"the query was ended at the time limit of {self.limits.seconds:g} s",
                remedy="ask for less: a narrower pattern, fewer joins; or run it on a copy of the data",
            ) from None
        except EOFError:
            self._replace(worker)
            raise Problem(
                422,
                "memory-limit",
                "the query ended its process: it needs more memory than one may have here, or is nested too deeply",
                remedy="ask for less: a narrower pattern, no cross products, fewer groups",
            ) from None
        except BaseException:
            self._replace(worker)
            raise
        if message.said.get("broken"):
            self._replace(worker)
        else:
            self._idle.put_nowait(worker)
        return _checked(message)

    async def ask_apart(self, task: dict[str, Any], seconds: float) -> wire.Message:
        """What a worker of its own answers, at low priority: work that nobody waits for."""
        worker = await self._spawn(nice=10)
        try:
            async with asyncio.timeout(seconds):
                return _checked(await worker.exchange(task))
        except (EOFError, TimeoutError):
            raise StoreError(
                "the store could not be counted", where=self.source.store or self.source.endpoint
            ) from None
        finally:
            self._started.discard(worker)
            await worker.end()

    async def _take(self) -> _Worker:
        if self._waiting >= self.limits.queue and self._idle.empty():
            raise self._busy("too many requests wait for a worker")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                while True:
                    worker = await self._idle.get()
                    if worker.is_alive:
                        return worker
                    self._replace(worker)
        except TimeoutError:
            raise self._busy(f"no worker was free within {self.limits.seconds:g} s") from None
        finally:
            self._waiting -= 1

    def _busy(self, what: str) -> Problem:
        later = max(1, round(self.limits.seconds / 2))
        return Problem(503, "busy", what, remedy=f"try again in {later} s", headers={"Retry-After": str(later)})

    def _replace(self, worker: _Worker) -> None:
        """End a worker and start another; both later, so that the answer need not wait."""
        self.killed += 1
        self._warm.discard(worker)
        task = asyncio.get_running_loop().create_task(self._end_and_add(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _end_and_add(self, worker: _Worker) -> None:
        await worker.end()
        self._started.discard(worker)
        wait = 0.1
        while not self._closing:
            try:
                await self._add()
                return
            except (
                StoreError,
                Problem,
                OSError,
            ):  # the store may come back; until then requests are told that it is gone
                await asyncio.sleep(wait)
                wait = min(wait * 2, 5.0)

    async def _add(self) -> None:
        worker = await self._spawn()
        self._warm.add(worker)
        self._idle.put_nowait(worker)

    async def _spawn(self, nice: int = 0) -> _Worker:
        worker = _Worker.start()
        self._started.add(worker)
        settings = {
            "store": self.source.store,
            "endpoint": self.source.endpoint,
            "limits": self.limits.as_json(),
            "nice": nice,
            "may_be_empty": self._may_be_empty,
        }
        try:
            async with asyncio.timeout(_START_SECONDS):
                _checked(await worker.exchange(settings))
        except BaseException as error:
            self._started.discard(worker)
            await worker.end()
            if isinstance(error, (EOFError, TimeoutError)):
                raise StoreError("a worker did not start", where=self.source.store or self.source.endpoint) from error
            raise
        return worker


def _checked(message: wire.Message) -> wire.Message:
    if problem := message.said.get("problem"):
        message.close()
        raise Problem(
            problem["status"],
            problem["kind"],
            problem["what"],
            where=problem["where"],
            remedy=problem["remedy"],
            headers=problem["headers"],
        )
    return message
