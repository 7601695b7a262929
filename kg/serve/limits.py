"""What one request may cost."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field

_MIB = 1 << 20


def _workers() -> int:
    return max(4, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that every request keeps to, whoever sends it.

    >>> Limits(seconds=2).queue
    64
    """

    seconds: float = 10.0  # for one query, and for waiting until a worker is free
    memory: int = 1024 * _MIB  # address space that a worker may take beyond what it has when idle
    answer: int = 64 * _MIB  # bytes of one answer
    request: int = _MIB  # bytes of one request's body
    queue: int = 64  # requests that may wait for a worker
    workers: int = field(default_factory=_workers)

    def as_json(self) -> dict[str, float]:
        return asdict(self)
