"""Whether the service lives (`/healthz`) and can answer (`/readyz`)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.serve.problems import Problem

_NO_STORE = {"Cache-Control": "no-store"}


async def healthz(request: Request) -> Response:
    """200 as long as the serving process does its work."""
    return JSONResponse({"status": "ok"}, headers=_NO_STORE)


async def readyz(request: Request) -> Response:
    """200 where a worker answers a query of nothing, with the version that it read. Raises `Problem` 503."""
    pool = request.app.state.pool
    try:
        message = await pool.ask({"task": "query", "sparql": "ASK {}"})
    except Problem as problem:
        raise Problem(
            503, "not-ready", problem.what, where=problem.where, remedy=problem.remedy, headers=problem.headers
        ) from problem
    message.close()
    return JSONResponse(
        {"status": "ready", "version": message.said["version"], "workers": len(pool.workers), "waiting": pool.waiting},
        headers=_NO_STORE,
    )
