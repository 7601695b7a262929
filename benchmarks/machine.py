"""On what the figures were taken: nothing that names the machine or a place on it."""

from __future__ import annotations

import os
import platform
import time
from importlib.metadata import version

PACKAGES = ("pyoxigraph", "rdflib", "pyshacl", "owlrl")


def pace() -> float:
    """Seconds of processor time for a fixed piece of plain Python, the best of three.

    Rented and shared machines run at half their speed for minutes: figures taken at another pace do not compare.
    """
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        sum(number * number for number in range(2_000_000))
        best = min(best, time.process_time() - start)
    return round(best, 3)


def describe() -> dict[str, object]:
    """Cores, architecture, load, and the versions that matter."""
    return {
        "cores": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "load_average": round(os.getloadavg()[0], 2),  # how many others want the cores
        "pace": pace(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }
