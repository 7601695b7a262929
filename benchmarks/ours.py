"""plankg's own times, through its public functions."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kg.reason
import kg.relate
import kg.store.graphs
from benchmarks.clock import Timing, measure, once, summarise
from kg import resources
from kg.extract import extract
from kg.graph import build_graph, correspondence_iri
from kg.outline import outline
from kg.pipeline import build, graph_name
from kg.query import bind, example_values, load_queries, resolve_values, values_with_defaults
from kg.read import find_files, read_file
from kg.resolve import resolve
from kg.store import open_store
from kg.store.protocol import Store
from kg.validate import validate

PHASES = ("read", "outline", "extract", "resolve", "graph", "vocabulary", "plans", "reason", "relate", "disk")


def documents() -> Path:
    """The five plans."""
    return resources.folder("data/documents")


def measure_build(runs: int) -> dict[str, Timing]:
    """`kg build` of the five plans into a new embedded store, after start-up; then its phases, called one by one.

    The phases: read to graph make the triples; vocabulary and plans put them into the working copy; reason draws the
    conclusions; relate finds the tasks that correspond; disk writes the store and publishes it.
    """

    whole = []
    for _ in range(runs + 1):
        with tempfile.TemporaryDirectory() as folder, closing(open_store(f"{folder}/store", create=True)) as store:
            whole.append(once(lambda store=store: build([documents()], store)))
    taken = [_phases() for _ in range(runs + 1)][1:]
    return {"build": summarise(whole[1:]), **{name: summarise([t[name] for t in taken]) for name in PHASES}}


def _phases() -> dict[str, tuple[float, float]]:
    times: dict[str, tuple[float, float]] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        before = times.get(name, (0.0, 0.0))
        times[name] = (before[0] + time.perf_counter() - wall, before[1] + time.process_time() - cpu)
        return result

    with tempfile.TemporaryDirectory() as folder, closing(open_store(f"{folder}/store", create=True)) as store:
        sources = timed("read", lambda: [read_file(file) for file in find_files([documents()])])
        outlines = timed("outline", lambda: [outline(source) for source in sources])
        records = timed("extract", lambda: [extract(s, o) for s, o in zip(sources, outlines, strict=True)])
        resolved = timed("resolve", lambda: [resolve(record) for record in records])
        plans = timed("graph", lambda: [build_graph(r, n, store.base) for r, n in zip(records, resolved, strict=True)])
        writing = store.write()
        working = timed("disk", writing.__enter__)
        timed("vocabulary", lambda: kg.store.graphs.load_vocabulary(working))
        for graph in plans:
            lines = graph.n_triples()
            timed("plans", lambda g=graph, t=lines: kg.store.graphs.replace_lines(working, graph_name(g.plan), t))
        timed("reason", lambda: kg.reason.infer(working))
        timed("relate", lambda: kg.relate.relate(working, correspondence_iri))
        timed("disk", lambda: writing.__exit__(None, None, None))
    return times


@dataclass(frozen=True, slots=True)
class Asked:
    """A saved query with values, as SPARQL."""

    name: str
    values: dict[str, str]
    sparql: str


def questions(store: Store, all_examples: bool = False) -> list[Asked]:
    """Every saved query with what must be given, or with all example values of its header."""
    asked = []
    for name, query in load_queries().items():
        values = example_values(query)
        if all_examples:
            values = {p.name: p.example for p in query.parameters if p.example is not None}
        bound = bind(query, resolve_values(store, query, values_with_defaults(query, values)))
        asked.append(Asked(name, values, bound))
    return asked


def measure_queries(store: Store, runs: int) -> dict[str, dict[str, Any]]:
    """Each saved query to its last row: over the whole graph, and narrowed down by all example values.

    Looking up what short values mean counts, as it does for who asks.
    """
    measured: dict[str, dict[str, Any]] = {}
    saved = load_queries()
    for all_examples in (False, True):
        for asked in questions(store, all_examples):
            query = saved[asked.name]

            def ask(query: Any = query, values: dict[str, str] = asked.values) -> int:
                given = resolve_values(store, query, values_with_defaults(query, values))
                return count(store.query(bind(query, given)))

            found = measured.setdefault(asked.name, {})
            found["examples" if all_examples else "whole"] = measure(ask, runs)
            found["example rows" if all_examples else "rows"] = ask()
    return measured


def count(results: Iterable[Any]) -> int:
    """How many rows or triples there are; 1 for yes or no."""
    try:
        return sum(1 for _ in results)
    except TypeError:
        return 1


def measure_validation(store: Store, runs: int) -> tuple[Timing, int]:
    """`kg validate` on a store, and how many findings it has."""
    found = 0

    def work() -> None:
        nonlocal found
        found = sum(len(rule.findings) for rule in validate(store).rules)

    work()
    return summarise([once(work) for _ in range(runs)]), found
