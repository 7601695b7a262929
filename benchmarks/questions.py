"""`python -m benchmarks.questions`: every saved question at 5, 150, 1,500 plans, against the bars, with rdflib beside it.

The store of the five plans is made here; others are given as folders that `kg build` wrote (`--store`).
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import machine
from benchmarks.ours import documents
from benchmarks.table import write_rows
from kg import vocab
from kg.errors import KGError
from kg.pipeline import build
from kg.query import SavedQuery, answer, choices, example_values, load_queries, prepare, resolve_values
from kg.store import open_store

if TYPE_CHECKING:
    from kg.store.protocol import Store

PAGE = Path(__file__).with_name("QUERIES.md")
FEW = 25  # plans up to which a collection has the bar of the five
BARS = {"few": 0.05, "given": 0.3, "open": 2.0}
_LARGEST = f"""SELECT ?plan (COUNT(?part) AS ?parts) {{ ?plan a <{vocab.plan("Plan")}> . ?part <{vocab.plan("inPlan")}> ?plan }}
GROUP BY ?plan ORDER BY DESC(?parts) ?plan LIMIT 1"""
_BUSIEST = f"""SELECT ?agency (COUNT(?duty) AS ?duties) {{ ?duty <{vocab.plan("agency")}> ?agency }}
GROUP BY ?agency ORDER BY DESC(?duties) ?agency LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One question asked several times: rows, the pages of the answer, median and first seconds of processor time; None: given up."""

    rows: int
    pages: int
    median: float | None
    first: float | None


def measure_store(store: Store, runs: int, limit: float, rdflib: bool) -> dict[str, Any]:
    """All saved questions on a store: as they are asked without a plan, and of the largest plan and busiest body.

    Short values, binding and choosing the page count, as for who asks; starting Python and opening the store do not.
    """
    largest, parts = next(iter(store.query(_LARGEST)))
    busiest, duties = next(iter(store.query(_BUSIEST)))
    worst = {"plan": largest.value, "agency": busiest.value}
    plans = int(next(iter(store.query(f"SELECT (COUNT(?p) AS ?n) {{ ?p a <{vocab.plan('Plan')}> }}")))[0].value)
    found: dict[str, Any] = {"plans": plans, "parts": int(parts.value), "duties": int(duties.value), "questions": {}}
    for name, query in load_queries().items():
        narrow = {p.name for p in query.parameters} & worst.keys()
        least = {k: worst.get(k, v) for k, v in _values(store, query).items()}
        asked = {} if any(query.parameter(n).required for n in narrow) else {"open": least}  # type: ignore[union-attr]
        if narrow:
            asked["given"] = {**least, **{n: worst[n] for n in narrow if n == "plan" or "plan" not in narrow}}
            if {"plan", "agency"} <= narrow:
                asked["given"] = least  # the busiest body, in all plans
        found["questions"][name] = {
            kind: _in_child(lambda q=query, v=values: _ask(store, q, v, runs), limit) for kind, values in asked.items()
        }
        if rdflib:
            found["questions"][name]["rdflib"] = _in_child(lambda q=query, v=least: _ask_rdflib(store, q, v), limit)
    return found


def _values(store: Store, query: SavedQuery) -> dict[str, str]:
    """What must be given: the header's examples, or where the store does not know one the first that it offers."""
    values = example_values(query)
    for name, value in values.items():
        try:
            resolve_values(store, query, {name: value})
        except KGError:
            values[name] = choices(store, query, name)[0].value
    return values


def _ask(store: Store, query: SavedQuery, values: dict[str, str], runs: int) -> Measured:
    taken: list[float] = []
    while len(taken) <= runs and sum(taken) < 20:
        start = time.process_time()
        found = answer(store, query, values, page=1)
        taken.append(time.process_time() - start)
    return Measured(
        len(found.rows), found.page.last if found.page else 1, statistics.median(taken[1:] or taken), taken[0]
    )


_graphs: dict[str, Any] = {}


def _ask_rdflib(store: Store, query: SavedQuery, values: dict[str, str]) -> Measured:
    text = prepare(store, query, values, 1)[2]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.process_time()
        rows = len(list(_graphs[store.where].query(text)))
        taken = time.process_time() - start
    return Measured(rows, 1, taken, taken)


def load_rdflib(store: Store) -> None:
    """The default graph of a store as an rdflib graph, for `measure_store`."""
    import pyoxigraph as ox
    import rdflib

    text = store.snapshot().dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    _graphs[store.where] = rdflib.Graph().parse(data=text, format="nt")


def _in_child(work: Callable[[], Measured], limit: float) -> Measured:
    """What a piece of work measured, in a process that can be ended: no engine here gives up a query by itself."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            m = work()
            os.write(writer, json.dumps([m.rows, m.pages, m.median, m.first]).encode())
        except BaseException as error:
            os.write(writer, json.dumps(str(error)).encode())
        os._exit(0)
    os.close(writer)
    ready, _, _ = select.select([reader], [], [], limit)
    said = os.read(reader, 4096) if ready else b""
    os.close(reader)
    if not said:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if not said:
        return Measured(0, 0, None, None)
    told = json.loads(said)
    if isinstance(told, str):
        raise RuntimeError(told)
    return Measured(*told)


def _shown(m: Measured | None, bar: float, limit: float) -> str:
    if m is None:
        return ""
    if m.median is None:
        return f"> {limit:.0f} s ✗"
    shown = f"{m.median * 1000:.0f} ms" if m.median < 10 else f"{m.median:.0f} s"
    return f"{shown}{' ✗' if m.median > bar else ''}"


def write_page(figures: list[dict[str, Any]], about: str, limit: float) -> str:
    """The figures as a page."""
    rows: list[list[str]] = []
    head = ["query"]
    for each in figures:
        n = f"{each['plans']:,}"
        head += [f"{n}: open", "rows", f"{n}: given"] + (["rdflib"] if each.get("rdflib") else [])
    over: list[str] = []
    for name in figures[0]["questions"]:
        row = [f"`{name}`"]
        for each in figures:
            asked, few = each["questions"][name], each["plans"] <= FEW
            wide, narrow = asked.get("open"), asked.get("given")
            said = wide or narrow
            for kind, m in (("open", wide), ("given", narrow)):
                bar = BARS["few" if few else kind]
                if m is not None and (m.median is None or m.median > bar):
                    over.append(f"`{name}` at {each['plans']:,} plans, {kind}: {_shown(m, bar, limit)} (bar {bar} s)")
            pages = f", page 1 of {said.pages}" if said.pages > 1 else ""
            row += [_shown(wide, BARS["few" if few else "open"], limit), f"{said.rows:,}{pages}"]
            row.append(_shown(narrow, BARS["few" if few else "given"], limit))
            if each.get("rdflib"):
                row.append(_shown(asked["rdflib"], limit, limit))
        rows.append(row)
    return "\n".join(
        [
            "# How long the saved queries take\n",
            "Written by `python -m benchmarks.questions`: processor time (others use the machine), the median of several runs in a process of its own; short",
            "values, binding and the choice of a page count. *open*: without a plan, the first page where the answer has several. *given*: of the",
            "plan with most parts, or the body with most duties. Bars: 50 ms at five plans; else 0.3 s given, 2 s open (✗ where missed).\n",
            about + "\n",
            write_rows(head, rows),
            "\nOver the bar: " + ("; ".join(over) if over else "none") + ".\n",
        ]
    )


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.questions", description=__doc__)
    parser.add_argument(
        "--store", action="append", default=[], metavar="FOLDER", help="a store of more plans, also several"
    )
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of each, after a first one (5)")
    parser.add_argument("--limit", type=float, default=60, metavar="S", help="give up a question after S seconds (60)")
    parser.add_argument("--rdflib-up-to", type=int, default=5, metavar="N", help="rdflib beside it up to N plans (5)")
    parser.add_argument("--write", action="store_true", help=f"also write {PAGE.name}")
    options = parser.parse_args()
    before = machine.pace()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_store(f"{folder}/store", create=True)) as five:
            build([documents()], five)
        for place in (f"{folder}/store", *options.store):
            print(place, file=sys.stderr, flush=True)
            with closing(open_store(place)) as store:
                plans = int(
                    next(iter(store.query(f"SELECT (COUNT(?p) AS ?n) {{ ?p a <{vocab.plan('Plan')}> }}")))[0].value
                )
                beside = plans <= options.rdflib_up_to
                if beside:
                    load_rdflib(store)
                figures.append({**measure_store(store, options.runs, options.limit, beside), "rdflib": beside})
    told = machine.describe()
    about = (
        "; ".join(f"{key}: {value}" for key, value in told.items()) + f"; pace {before} before, {machine.pace()} after"
    )
    page = write_page(figures, about, options.limit)
    if options.write:
        PAGE.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
