"""How times grow with the number of plans: copies of the five under other titles and with other figures, made in memory."""

from __future__ import annotations

import re
import tempfile
from contextlib import closing
from dataclasses import replace
from typing import Any

from benchmarks.clock import Timing, once, summarise
from benchmarks.ours import count, documents, questions
from kg import vocab
from kg.extract import extract
from kg.graph import PlanGraph, build_graph, correspondence_iri
from kg.model import Source
from kg.outline import outline
from kg.pipeline import graph_name
from kg.pipeline.drawing import Drawing
from kg.read import find_files, read_file
from kg.reason import infer
from kg.relate import relate
from kg.resolve import resolve
from kg.store import open_store
from kg.store.graphs import load_vocabulary, replace_lines
from kg.validate import validate

_SHARE = re.compile(r"(?<![\d.])(\d)(\d(?:\.\d+)?)(?=%)")


def copy_source(source: Source, number: int) -> Source:
    """The same page with other percentages; copy 0 is the page itself."""
    if not number:
        return source
    text = _SHARE.sub(lambda m: f"{(int(m[1]) + number - 1) % 9 + 1}{m[2]}", source.text)
    digest = f"{int(source.text_sha256, 16) ^ number:064x}"[::-1]
    return replace(source, text=text, text_sha256=digest, file_name=f"{number}-{source.file_name}")


def read_copy(source: Source, number: int) -> PlanGraph:
    """What a copy asserts; its title says which copy it is."""
    source = copy_source(source, number)
    record = extract(source, outline(source))
    if number:
        record = replace(record, title=replace(record.title, value=f"第{number}份{record.title.value}"))
    return build_graph(record, resolve(record), vocab.DEFAULT_BASE)


def measure_growth(plans: int, validated: bool, say: Any) -> dict[str, Any]:
    """One run with this many plans: reading, storing, reasoning, writing, adding one more, the slowest query, validation."""
    sources = [read_file(file) for file in find_files([documents()])]
    jobs = [(sources[n % len(sources)], n // len(sources)) for n in range(plans)]
    made: list[PlanGraph] = []
    figures: dict[str, Any] = {"plans": plans}
    say(f"{plans} plans: read")
    figures["read"] = _one(lambda: made.extend(read_copy(*job) for job in jobs))
    with tempfile.TemporaryDirectory() as folder, closing(open_store(f"{folder}/store", create=True)) as store:
        say(f"{plans} plans: store")
        writing = store.write()
        working = writing.__enter__()

        def fill() -> None:
            load_vocabulary(working)
            for graph in made:
                replace_lines(working, graph_name(graph.plan), graph.n_triples())

        figures["store"] = _one(fill)
        say(f"{plans} plans: reason")
        figures["reason"] = _one(lambda: infer(working))
        say(f"{plans} plans: relate")
        figures["relate"] = _one(lambda: relate(working, correspondence_iri))
        figures["disk"] = _one(lambda: writing.__exit__(None, None, None))
        say(f"{plans} plans: one more")
        figures["one more"] = _one(lambda: _add(store, read_copy(sources[0], 999_999)))
        figures["triples"] = sum(1 for _ in store.query("SELECT ?s { ?s ?p ?o }"))
        slowest = max(_asked(store, say, plans), key=lambda found: found[0].wall)
        figures["slowest query"], figures["which"] = slowest
        if validated:
            say(f"{plans} plans: validate")
            figures["validate"] = _one(lambda: validate(store))
    return figures


def _add(store: Any, graph: PlanGraph) -> None:
    with store.write() as working:
        drawing = Drawing(working)
        drawing.add(replace_lines(working, graph_name(graph.plan), graph.n_triples()), [graph.plan])
        drawing.finish()


def _asked(store: Any, say: Any, plans: int) -> list[tuple[Timing, str]]:
    found = []
    for asked in questions(store):
        say(f"{plans} plans: {asked.name}")
        found.append((_one(lambda sparql=asked.sparql: count(store.query(sparql))), asked.name))
    return found


def _one(work: Any) -> Timing:
    return summarise([once(work)])
