"""What a collection costs, and what one plan more costs it: `python -m benchmarks.collection 50 200`.

The plans are made of those at hand (`benchmarks.synthetic`), as files. Each step runs in a process of its own, so that its
peak of memory is its own; start-up counts. The phases are those that `kg build` tells of while it works.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.synthetic import originals, write_copies
from benchmarks.table import _seconds, write_rows
from kg import resources
from kg.pipeline import build, remove
from kg.store import open_store

PAGE = Path(__file__).with_name("COLLECTION.md")
_INVENTED = Path(__file__).resolve().parents[1] / "tests" / "golden" / "invented"
PHASES = ("read", "write", "infer", "relate", "save")
_STEPS = ("built at once", "one more", "the same files again", "one changed", "one withdrawn")


def work(step: str, store: str, files: list[str]) -> dict[str, Any]:
    """One step on a store, with the seconds of each phase: by the clock, and of the processor."""
    phases: dict[str, Any] = defaultdict(lambda: [0.0, 0.0])
    at: list[Any] = ["read", time.perf_counter(), time.process_time()]

    def tell(stage: str, *_: object) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        phases[at[0]][0] += wall - at[1]
        phases[at[0]][1] += cpu - at[2]
        at[:] = [stage, wall, cpu]

    with closing(open_store(store, create=True)) as opened:
        if step == "one withdrawn":
            tell("infer")
            remove(opened, files[0])
        else:
            report = build(files, opened, tell, jobs=2 if len(files) > 8 else 0)
            phases["plan"] = [report.plans[0].iri]
    tell("")
    return dict(phases)


def measure(plans: int) -> list[tuple[str, float, float, int, dict[str, list[float]]]]:
    """Each step on a store of so many plans: its time by the clock and of the processor, its peak of memory, its phases."""
    given = originals([resources.folder("data/documents"), _INVENTED])
    found = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "plans")
        folder.mkdir()
        write_copies(folder, given, plans + 1)
        files = sorted(map(str, folder.iterdir()))
        more, last = files.pop(), ""
        for step in _STEPS:
            what = files if step == _STEPS[0] else files[:5] if step == _STEPS[2] else [more]
            if step == "one changed":
                text = Path(more).read_text("utf-8")
                middle = text.index("\n", len(text) // 2)
                Path(more).write_text(text[:middle].replace("加强", "强化") + text[middle:], "utf-8")
            if step == "one withdrawn":
                what = [last]
            command = [sys.executable, "-m", "benchmarks.collection", "--step", step, f"{place}/store", *what]
            began = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.PIPE)
            said = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            if status:
                raise SystemExit(f"{step}: status {status}")
            phases = json.loads(said)
            last = (phases.pop("plan", None) or [last])[0] if step in ("one more", "one changed") else last
            phases.pop("plan", None)
            cpu = usage.ru_utime + usage.ru_stime
            found.append((step, time.perf_counter() - began, cpu, usage.ru_maxrss * 1024, phases))
    return found


def write_page(measured: dict[int, list[tuple[str, float, float, int, dict[str, list[float]]]]], pace: float) -> str:
    """The figures as Markdown."""
    rows = [
        [f"{plans}: {step}", _seconds(wall), _seconds(cpu), f"{peak / 1e6:.0f} MB"]
        + [_seconds(phases[name][1]) if name in phases else "" for name in PHASES]
        for plans, steps in measured.items()
        for step, wall, cpu, peak, phases in steps
    ]
    head = ["plans: step", "time", "processor", "peak memory", *PHASES]
    return (
        f"# What a collection costs\n\n`python -m benchmarks.collection {' '.join(map(str, measured))} --write`. Two million squares"
        f" in plain Python took {_seconds(pace)}; load average {os.getloadavg()[0]:.1f} at the end. Each step is a process of its own, its"
        " start counts; the phases are seconds of the processor in the process that writes (plans are read in two others).\n\n"
        f"{write_rows(head, rows)}"
    )


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.collection", description=__doc__)
    parser.add_argument("plans", nargs="*", metavar="N", help="so many plans (50 200)")
    parser.add_argument("--write", action="store_true", help=f"also write {PAGE.name}")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(work(options.step, options.plans[0], options.plans[1:])))
        return
    page = write_page({int(n): measure(int(n)) for n in options.plans or (50, 200)}, machine.pace())
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
