"""`/sparql` without a query: the service description, and the counts that stand in it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KGError
from kg.serve.answers import ask
from kg.serve.pool import Pool
from kg.serve.problems import Problem
from kg.serve.requests import accepted
from kg.store import versions

_COUNTING_SECONDS = 1800.0
_LOOK_SECONDS = 1.0


@dataclass(slots=True)
class Statistics:
    """How much the live version holds: counted anew, in the background, when a build has published another."""

    pool: Pool
    version: str | None = None  # that the counts are of; None before the first
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    async def follow(self) -> None:
        """Keep the counts in step with the store until cancelled."""
        wait = _LOOK_SECONDS
        while True:
            try:
                folder = self.pool.source.store
                name = versions.current_name(Path(folder)) if folder else ""
                if name != self.version:
                    message = await self.pool.ask_apart({"task": "statistics"}, _COUNTING_SECONDS)
                    self.counts, self.version = message.said["statistics"], message.said["version"]
                wait = _LOOK_SECONDS
            except (KGError, Problem, OSError):  # what it said last it says until it can be counted again
                wait = min(max(wait * 2, 60.0), 3600.0)
            await asyncio.sleep(wait)


async def describe(request: Request) -> Response:
    """The description in the form that the client likes best. Raises `Problem` 406, 400 for a host that is none.

    A worker writes it: with thousands of plans it is long, and the serving process has others to answer.
    """
    state = request.app.state
    return await ask(
        request,
        {
            "task": "description",
            "endpoint": str(request.url.replace(query="", fragment="")).rstrip("/"),
            "base": state.base,
            "counts": state.statistics.counts,
            "writable": state.writable,
            "is_union": state.pool.source.store is not None,
            "accept": accepted(request),
        },
    )
