"""What is done to every request: path prefix, cross-origin headers, faults made into problems, a line in the log."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from typing import IO, Any

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KGError
from kg.serve.problems import Problem, problem_of

Log = Callable[[dict[str, object]], None]


class Prefix:
    """Answers below a path, whether or not the proxy in front has taken it off."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._prefix:
            path, raw = scope["path"], scope.get("raw_path") or scope["path"].encode()
            if path != self._prefix and not path.startswith(self._prefix + "/"):
                path, raw = self._prefix + path, self._prefix.encode() + raw
            scope = {**scope, "root_path": self._prefix, "path": path, "raw_path": raw}
        await self._app(scope, receive, send)


class CrossOrigin:
    """Pages of other hosts may read everything here: it is public, and nothing can be changed (Fetch standard, section 3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Access-Control-Expose-Headers"] = "Content-Length, Link, Retry-After"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, sending)


class Watched:
    """One line in the log for each request; what was raised becomes a problem, never a traceback."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        said: dict[str, Any] = {"status": 0, "bytes": 0}
        state: MutableMapping[str, Any] = scope.setdefault("state", {})

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                said["status"] = message["status"]
            elif scope["method"] != "HEAD":
                said["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except (ClientDisconnect, OSError):
            said["broke_off"] = True
        except asyncio.CancelledError:
            said["broke_off"] = True
            raise
        except Exception as error:
            state["problem"], state["detail"] = "unexpected", f"{type(error).__name__}: {error}"[:300]
            if not said["status"]:
                problem = Problem(500, "failed", "the service failed to answer", remedy="its operator's log says more")
                with contextlib.suppress(Exception):
                    await problem.response()(scope, receive, sending)
        finally:
            client = scope.get("client")
            line = {
                "client": client[0] if client else None,
                "method": scope["method"],
                "path": scope["path"],
                **said,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                **{name: state[name] for name in ("version", "problem", "detail") if state.get(name)},
            }
            self._log(line)


async def on_problem(request: Request, error: Exception) -> Response:
    """The answer to a `Problem`, to one of our errors, and to what starlette refuses by itself (404, 405)."""
    if isinstance(error, KGError):
        problem = problem_of(error)
    elif isinstance(error, Problem):
        problem = error
    else:
        problem = _of_starlette(request, error)
    request.state.problem, request.state.detail = problem.kind, str(problem)[:300]
    return problem.response()


def _of_starlette(request: Request, error: Exception) -> Problem:
    assert isinstance(error, HTTPException)
    where, headers = request.url.path, error.headers
    if error.status_code == 404:
        return Problem(404, "not-found", "there is nothing here", where=where, remedy="SPARQL is at /sparql")
    if error.status_code == 405:
        allowed = (headers or {}).get("Allow", "")
        what = f"{request.method} is not possible here"
        return Problem(405, "bad-method", what, where=where, remedy=f"use {allowed}", headers=headers)
    return Problem(error.status_code, "failed", str(error.detail), where=where, headers=headers)


def as_json(stream: IO[str] | None = None) -> Log:
    """A log of JSON objects, one a line, with the time."""

    def log(said: dict[str, object]) -> None:
        print(json.dumps({"time": _now(), **said}, ensure_ascii=True), file=stream or sys.stderr, flush=True)

    return log


def as_text(stream: IO[str] | None = None) -> Log:
    """A log for people: what a request says cannot begin a line of its own or move a cursor."""

    def log(said: dict[str, object]) -> None:
        rest = dict(said)
        words = [str(rest.pop(name, "-")) for name in ("client", "method", "path", "status")]
        words += [f"{name}={value}" for name, value in rest.items()]
        text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(words))
        # A path may hold what the stream cannot write.
        print(_now(), text.encode("utf-8", "backslashreplace").decode("utf-8"), file=stream or sys.stderr, flush=True)

    return log


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
