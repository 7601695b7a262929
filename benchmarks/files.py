"""Files to one file of statements: plans a second, processor time and memory, with one process and with several."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.clock import Timing, measure, measure_within
from benchmarks.ours import documents
from kg import vocab
from kg.extract import extract
from kg.graph import PlanGraph, build_graph
from kg.outline import outline
from kg.pipeline import graph_name, read_plan
from kg.read import find_files, read_file
from kg.resolve import resolve

_HAN = "〇一二三四五六七八九"
# A small process starts the command: Linux counts the memory of the one that starts another to that one's peak.
_WATCH = (
    "import os, sys, time; start = time.perf_counter(); "
    "process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ); _, status, used = os.wait4(process, 0); "
    "print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024); sys.exit(status != 0)"
)
_PROGRAM = [sys.executable, "-c", "from kg.cli import main; main()"]


def make_files(folder: Path, number: int, given: Path) -> None:
    """So many files: the given documents, each again and again under another title."""
    sources = [read_file(file) for file in find_files([given])]
    titles = [read_plan(source).record.title.spans[0].start for source in sources]
    for n in range(number):
        source, at = sources[n % len(sources)], titles[n % len(sources)]
        name = "".join(_HAN[int(digit)] for digit in str(n // len(sources)))
        text = f"{source.text[:at]}第{name}片区{source.text[at:]}" if n >= len(sources) else source.text
        (folder / f"{n:05}.txt").write_text(text, "utf-8")


def measure_convert(number: int, jobs: tuple[int, ...], given: Path | None, say: Any) -> list[dict[str, Any]]:
    """`kg convert` of so many files, the whole process, once with each number of jobs."""
    figures = []
    with tempfile.TemporaryDirectory() as place:
        folder, output = Path(place) / "in", Path(place) / "out.nq"
        folder.mkdir()
        make_files(folder, number, given or documents())
        for count in jobs:
            say(f"{number} files, {count} jobs")
            found = _run([*_PROGRAM, "convert", str(folder), "-o", str(output), "--jobs", str(count)])
            with output.open("rb") as text:
                plans = sum(b"#type> <" in line and b"#Plan> " in line for line in text)
            figures.append({"files": number, "jobs": count, "plans": plans, "bytes": output.stat().st_size, **found})
    return figures


def _run(command: list[str]) -> dict[str, Any]:
    """Wall and processor seconds of a command and all its processes, and the memory of the largest of them."""
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, *command],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    wall, cpu, peak = map(float, done.stdout.split()[-3:])
    return {"wall": wall, "cpu": cpu, "peak": peak}


def measure_stages(runs: int) -> dict[str, Timing]:
    """The stages from text to N-Quads over the five plans, and the last one beside pyoxigraph's and rdflib's own writers."""
    sources = [read_file(file) for file in find_files([documents()])]
    outlines = [outline(source) for source in sources]
    records = [extract(source, made) for source, made in zip(sources, outlines, strict=True)]
    resolved = [resolve(record) for record in records]

    def graphs() -> list[PlanGraph]:
        return [build_graph(r, n, vocab.DEFAULT_BASE) for r, n in zip(records, resolved, strict=True)]

    def quads() -> list[bytes]:
        return [graph.n_quads(graph_name(graph.plan)) for graph in graphs()]

    return {
        "outline": measure(lambda: [outline(source) for source in sources], runs),
        "extract": measure(lambda: [extract(s, o) for s, o in zip(sources, outlines, strict=True)], runs),
        "resolve": measure(lambda: [resolve(record) for record in records], runs),
        "statements": measure(graphs, runs),
        "statements and N-Quads": measure(quads, runs),
        **_measure_libraries(quads(), runs),
    }


def _measure_libraries(texts: list[bytes], runs: int) -> dict[str, Timing]:
    """The same statements as terms of a library, made and written; the terms' texts are at hand in both cases."""
    import pyoxigraph as ox
    import rdflib

    parsed = [q for text in texts for q in ox.parse(text, format=ox.RdfFormat.N_QUADS)]
    plain = [(q.subject.value, q.predicate.value, q.object, q.graph_name.value) for q in parsed]

    def with_pyoxigraph() -> bytes:
        made = [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), _copy(o), ox.NamedNode(g)) for s, p, o, g in plain]
        return ox.serialize(made, format=ox.RdfFormat.N_QUADS)

    def _copy(term: Any) -> Any:
        if isinstance(term, ox.NamedNode):
            return ox.NamedNode(term.value)
        if term.language:
            return ox.Literal(term.value, language=term.language)
        return ox.Literal(term.value, datatype=term.datatype)

    def with_rdflib() -> str:
        dataset = rdflib.Dataset()
        for s, p, o, g in plain:
            term = (
                rdflib.URIRef(o.value)
                if isinstance(o, ox.NamedNode)
                else rdflib.Literal(o.value, lang=o.language)
                if o.language
                else rdflib.Literal(o.value, datatype=rdflib.URIRef(o.datatype.value))
            )
            dataset.graph(rdflib.URIRef(g)).add((rdflib.URIRef(s), rdflib.URIRef(p), term))
        return dataset.serialize(format="nquads")

    return {
        "pyoxigraph": measure(with_pyoxigraph, runs),
        "rdflib": measure_within(with_rdflib, 120, runs),
    }
