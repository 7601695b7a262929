"""What a fresh process pays before its first plan: run as a program, it prints its own figures as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from itertools import pairwise

from benchmarks.clock import Timing, summarise


def measure_startup(runs: int) -> dict[str, Timing]:
    """Imports, word lists, and the whole process `kg --help`, each in fresh processes."""
    figures = [json.loads(_run("-m", "benchmarks.startup")) for _ in range(runs + 1)][1:]
    return {
        "imports": summarise([tuple(f["imports"]) for f in figures]),
        "word lists": summarise([tuple(f["word lists"]) for f in figures]),
        "kg --help": _help(runs),
    }


def _help(runs: int) -> Timing:
    taken = []
    for _ in range(runs + 1):
        wall, cpu = time.perf_counter(), _cpu_of_children()
        _run("-c", "from kg.cli import main; main(['--help'])")
        taken.append((time.perf_counter() - wall, _cpu_of_children() - cpu))
    return summarise(taken[1:])


def _cpu_of_children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout


def _tell() -> None:
    """Imports of a build; and the word lists, as what reading the plans takes longer the first time than the second."""

    def clock() -> tuple[float, float]:
        return time.perf_counter(), time.process_time()

    def between(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
        return end[0] - start[0], end[1] - start[1]

    times = [clock()]
    import kg.reason
    import kg.store.embedded  # noqa: F401 - a build imports it, so its time counts
    from kg import resources
    from kg.pipeline import read_plan
    from kg.read import find_files, read_file

    times.append(clock())
    for _ in range(2):
        for file in find_files([resources.folder("data/documents")]):
            read_plan(read_file(file))
        times.append(clock())
    imports, first, second = (between(a, b) for a, b in pairwise(times))
    lists = (max(0.0, first[0] - second[0]), max(0.0, first[1] - second[1]))
    print(json.dumps({"imports": imports, "word lists": lists}))


if __name__ == "__main__":
    _tell()
