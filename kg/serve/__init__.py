"""The query service: HTTP in front of the store, read-only.

`serve` listens and answers until it is told to stop. `kg.serve.app` has the routes; a route reads the request
(`kg.serve.requests`), asks the pool of worker processes (`kg.serve.pool`) and answers (`kg.serve.answers`). Only
workers (`kg.serve.worker`, `kg.serve.answering`) ask the store.
"""

from __future__ import annotations

from kg.serve.limits import Limits
from kg.serve.listening import serve
from kg.serve.pool import Source

__all__ = ["Limits", "Source", "serve"]
