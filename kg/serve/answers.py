"""A worker's message as the answer to a request: whole, with its length, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import IO, Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.serve import wire
from kg.serve.formats import content_type
from kg.serve.pool import Pool
from kg.serve.problems import Problem

_CHUNK = 1 << 18


async def ask(request: Request, task: dict[str, Any]) -> Response:
    """The answer to a task. Its length is said beforehand: an answer that is cut off on the way cannot pass for a whole one.

    Where the client goes away before there is an answer, the query is ended. Raises `Problem`.
    """
    pool: Pool = request.app.state.pool
    asking = asyncio.ensure_future(pool.ask(task))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise Problem(400, "gone", "the client went away before there was an answer")
        message = asking.result()
    finally:
        for waiting in (asking, leaving):
            waiting.cancel()
        await asyncio.gather(asking, leaving, return_exceptions=True)
    request.state.version = message.said.get("version", "")
    return _response(message)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _response(message: wire.Message) -> Response:
    media_type = message.said["media_type"]
    if media_type is None:
        message.close()
        return Response(status_code=204)
    headers = {"Content-Type": content_type(media_type), "Vary": "Accept"}
    if isinstance(message.body, bytes):
        return Response(message.body, headers=headers)
    size = message.body.seek(0, 2)
    message.body.seek(0)
    return StreamingResponse(_chunks(message.body), headers={**headers, "Content-Length": str(size)})


async def _chunks(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while chunk := await asyncio.to_thread(file.read, _CHUNK):
            yield chunk
