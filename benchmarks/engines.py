"""`python -m benchmarks.engines STORE…`: both SHACL engines side by side on stores, each run in a process of its own.

For each store and engine: seconds, processor seconds and the most memory of the whole `kg validate --format json`, with
the report written. A run is given up after `--limit` seconds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

RUN = "from kg.cli import main; main()"


def main() -> None:
    """Measure what the command line asks for, and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("stores", nargs="+", type=Path, metavar="STORE")
    parser.add_argument("--engine", action="append", choices=["auto", "pyshacl", "fast"], help="default: pyshacl, fast")
    parser.add_argument("--limit", type=float, default=3600, metavar="S")
    options = parser.parse_args()
    print(
        "| store | triples | findings | engine | time | processor | memory |\n| --- | ---: | ---: | --- | ---: | ---: | ---: |"
    )
    for store in options.stores:
        for engine in options.engine or ["pyshacl", "fast"]:
            print(measure(store, engine, options.limit), flush=True)


def measure(store: Path, engine: str, limit: float) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        began = time.perf_counter()
        command = [sys.executable, "-c", RUN, "validate", "--store", str(store), "--engine", engine, "--format", "json"]
        with report.open("wb") as out:
            child = subprocess.Popen(command, stdout=out)
            alarm = threading.Timer(limit, child.kill)
            alarm.start()
            _, ended, used = os.wait4(child.pid, 0)  # of this child alone, unlike RUSAGE_CHILDREN
            alarm.cancel()
        took, status = time.perf_counter() - began, os.waitstatus_to_exitcode(ended)
        if status not in (0, 1):
            said = f"> {limit:.0f} s" if status < 0 else f"exit status {status}"
            return f"| {store.name} | | | {engine} | {said} | | |"
        processor, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        text = report.read_text(encoding="utf-8")
        triples = text.split('"triples": ', 1)[1].split(",", 1)[0]
        found = text.count('"component": ')
    return f"| {store.name} | {int(triples):,} | {found:,} | {engine} | {took:.1f} s | {processor:.1f} s | {memory:.0f} MB |"


if __name__ == "__main__":
    main()
