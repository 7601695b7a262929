"""Files → one file of statements, without a store: what plans assert, and nothing that follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from kg import vocab
from kg.corrections import Answers
from kg.graph import PlanGraph
from kg.pipeline.answered import take_stock
from kg.pipeline.gathering import Read, Render, gather
from kg.pipeline.plans import graph_name, read_below
from kg.pipeline.report import BuildReport, BuiltPlan, Progress
from kg.read import Limits


def n_quads(graph: PlanGraph) -> bytes:
    """A plan's statements in its named graph, as N-Quads."""
    return graph.n_quads(graph_name(graph.plan))


def convert(
    paths: Iterable[str | Path],
    write: Callable[[bytes], object],
    *,
    base: str = vocab.DEFAULT_BASE,
    render: Render = n_quads,
    progress: Progress | None = None,
    stdin: bytes | None = None,
    jobs: int | None = 0,
    limits: Limits | None = None,
    folder: Path | None = None,
    read: Read | None = None,
    answers: Answers | None = None,
) -> BuildReport:
    """Read the paths and write their plans, each rendered by itself, in the order of their IRIs.

    The same files give the same bytes in whatever order they are named and with however many `jobs` (see `build`). Memory
    holds one plan a process: the others wait in files without a name in `folder`. A file that fails is in the report, and
    nothing is written before all have been read. What persons said about the facts (`answers`) wins over the reader.
    """
    report = BuildReport()
    read = read or partial(read_below, base, answers)
    with gather(
        paths, read, render, report, progress=progress, stdin=stdin, jobs=jobs, limits=limits, folder=folder
    ) as gathering:
        for n, entry in enumerate(gathering.entries, 1):
            if progress:
                progress("write", entry.title, n, len(gathering.entries))
            write(gathering.text(entry))
            report.plans.append(BuiltPlan(entry.iri, entry.title, entry.file, "written"))
        take_stock(gathering.entries, answers, report)
    return report
