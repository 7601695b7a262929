"""The figures as Markdown, which reads as well on a terminal."""

from __future__ import annotations

from typing import Any

from benchmarks.clock import Timing

BARS = {"build": 1.0, "query": 0.05, "validate": 5.0, "kg --help": 0.3, "plans a second": 100.0}
_PHASES = {
    "read": "read: bytes → text",
    "outline": "outline",
    "extract": "extract",
    "resolve": "resolve",
    "graph": "graph: triples made",
    "vocabulary": "store: ontology and concept schemes",
    "plans": "store: plans",
    "reason": "reason",
    "relate": "relate",
    "disk": "store: written to disk and published",
}


def show_time(timing: Timing | None) -> str:
    """A wall time for people.

    >>> show_time(Timing(0.0123, 0.01, 0.012, 5)), show_time(Timing(2.5, 2.4, 2.5, 1)), show_time(None)
    ('12.3 ms', '2.50 s', '')
    """
    if timing is None:
        return ""
    return ("> " if timing.timed_out else "") + _seconds(timing.wall)


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.0f} s"


def write_rows(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; the first column is words, the others figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _verdict(timing: Timing, bar: float) -> str:
    return f"≤ {_seconds(bar)} {'✓' if timing.wall <= bar else '✗'}"


def write_page(figures: dict[str, Any]) -> str:
    """All that was measured, as a page."""
    parts = ["# How long it takes\n", _machine(figures["machine"])]
    if "build" in figures:
        parts.append(_main_table(figures))
        parts.append(_phase_table(figures))
        parts.append(_query_table(figures))
    if "convert" in figures:
        parts.append(_stage_table(figures["stages"]))
        parts.append(_convert_table(figures["convert"]))
    if "growth" in figures:
        parts.append(_growth_table(figures["growth"]))
    return "\n".join(parts)


def _machine(machine: dict[str, Any]) -> str:
    packages = ", ".join(f"{name} {number}" for name, number in machine["packages"].items())
    return (
        f"{machine['cores']} cores ({machine['architecture']}, {machine['system']}), Python {machine['python']}, {packages}."
        f" Load average {machine['load_average']} at the start, {machine['load_average_after']} at the end: wall times"
        f" suffer from it, processor times (all threads) less. Two million squares in plain Python took"
        f" {_seconds(machine['pace'])} at the start, {_seconds(machine['pace_after'])} at the end: figures taken at"
        " another pace do not compare.\n"
        f"Medians of {machine['runs']} runs, or of one where a run takes more than a second on rdflib's side."
        " `make bench` measures again.\n"
    )


def _main_table(figures: dict[str, Any]) -> str:
    build, queries, alone = figures["build"]["build"], figures["queries"], figures.get("alone")
    slowest = max(queries.values(), key=lambda q: q["whole"].wall)
    narrowed = max(queries.values(), key=lambda q: q["examples"].wall)
    start = figures["startup"]

    def row(what: str, timing: Timing, bar: float | None, beside: str = "") -> list[str]:
        return [what, show_time(timing), _seconds(timing.cpu), _verdict(timing, bar) if bar else "", beside]

    loading = reasoning = asking = checking = ""
    if alone:
        loading, reasoning = f"load the triples: {show_time(alone.load)}", f"owlrl: {show_time(alone.owlrl)}"
        worst = max(alone.queries.values(), key=lambda t: t.wall)
        asking = f"slowest: {show_time(worst)}"
        checking = f"pySHACL: {show_time(alone.pyshacl)}"
    rows = [
        row("the five plans into an embedded store, entailments drawn, tasks related", build, BARS["build"], loading),
        row("of that: the entailments", figures["build"]["reason"], None, reasoning),
        row(f"the slowest of {len(queries)} saved queries, all plans", slowest["whole"], BARS["query"], asking),
        row("the slowest, narrowed by its example values", narrowed["examples"], BARS["query"]),
        row(f"validate ({figures['findings']} findings)", figures["validate"], BARS["validate"], checking),
        row("`kg --help`, the whole process", start["kg --help"], BARS["kg --help"]),
        row("start-up, once: imports", start["imports"], None),
        row("start-up, once: word lists", start["word lists"], None),
    ]
    head = ["what", "time", "processor", "bar", "rdflib alone"]
    return f"## Against the bars\n\n{write_rows(head, rows)}"


def _phase_table(figures: dict[str, Any]) -> str:
    rows = [
        [words, show_time(figures["build"][name]), _seconds(figures["build"][name].cpu)]
        for name, words in _PHASES.items()
    ]
    return f"## Where the build's time goes\n\n{write_rows(['phase', 'time', 'processor'], rows)}"


def _query_table(figures: dict[str, Any]) -> str:
    alone = figures.get("alone")
    rows = []
    for name, found in figures["queries"].items():
        beside = ""
        if alone:
            same = alone.rows.get(name) == found["rows"]
            timing = alone.queries[name]
            beside = show_time(timing) + ("" if same or timing.timed_out else f" ({alone.rows.get(name)} rows)")
        rows.append(
            [
                f"`{name}`",
                str(found["rows"]),
                show_time(found["whole"]),
                str(found["example rows"]),
                show_time(found["examples"]),
                beside,
            ]
        )
    head = ["saved query", "rows", "all plans", "rows", "with example values", "rdflib, all plans"]
    return f"## Saved queries\n\n{write_rows(head, rows)}"


def _stage_table(stages: dict[str, Timing]) -> str:
    words = (
        "The five plans, from their texts to N-Quads, one process. Below the same statements as terms of a library, from texts"
        " that are at hand, and written by it.\n"
    )
    rows = [[name, show_time(timing), _seconds(timing.cpu)] for name, timing in stages.items()]
    return f"## From text to N-Quads\n\n{words}\n{write_rows(['stage', 'time', 'processor'], rows)}"


def _convert_table(found: list[dict[str, Any]]) -> str:
    words = (
        "`kg convert`, the whole process with its start, files made by repeating the plans under other titles. Memory is that of the"
        f" largest process. Bar: {BARS['plans a second']:.0f} plans a second on two cores.\n"
    )
    rows = []
    for run in found:
        pace = run["plans"] / run["wall"]
        bar = f" {'✓' if pace >= BARS['plans a second'] else '✗'}" if run["jobs"] == 2 else ""
        rows.append(
            [
                str(run["files"]),
                str(run["jobs"]),
                str(run["plans"]),
                _seconds(run["wall"]),
                _seconds(run["cpu"]),
                f"{pace:.0f}{bar}",
                f"{run['plans'] / run['cpu']:.0f}",
                f"{run['peak'] / 1e6:.0f} MB",
                f"{run['bytes'] / 1e6:.0f} MB",
            ]
        )
    head = ["files", "jobs", "plans", "time", "processor", "plans/s", "plans/s of processor", "memory", "written"]
    return f"## Many files\n\n{words}\n{write_rows(head, rows)}"


def _growth_table(growth: list[dict[str, Any]]) -> str:
    names = ("read", "store", "reason", "relate", "disk", "one more", "slowest query", "validate")
    rows = [
        [
            str(found["plans"]),
            f"{found['triples']:,}",
            *(show_time(found.get(name)) for name in names),
            f"`{found['which']}`",
        ]
        for found in growth
    ]
    head = [
        "plans",
        "triples",
        "read",
        "store",
        "reason",
        "relate",
        "disk",
        "one plan more",
        "slowest query",
        "validate",
        "which",
    ]
    words = "Copies of the five plans with other titles and percentages, one run each.\n"
    return f"## How it grows\n\n{words}\n{write_rows(head, rows)}"


def as_values(figures: Any) -> Any:
    """The figures as JSON can hold them."""
    if hasattr(figures, "as_dict"):
        return figures.as_dict()
    if isinstance(figures, dict):
        return {name: as_values(value) for name, value in figures.items()}
    if isinstance(figures, list):
        return [as_values(value) for value in figures]
    if hasattr(figures, "__dataclass_fields__"):
        return {name: as_values(getattr(figures, name)) for name in figures.__dataclass_fields__}
    return figures
