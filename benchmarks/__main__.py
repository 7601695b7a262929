"""`python -m benchmarks`: measure, print a table, and on request write it down."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.table import as_values, write_page

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Measure what the command line asks for."""
    options = _options()
    say = _say if sys.stderr.isatty() else lambda words: None
    figures: dict[str, Any] = {"machine": {**machine.describe(), "runs": options.runs}}
    if not (options.scale or options.convert) or options.write:
        figures.update(_measure_five(options, say))
    if options.convert or options.write:
        from benchmarks.files import measure_convert, measure_stages

        say("text to N-Quads")
        figures["stages"] = measure_stages(options.runs)
        figures["convert"] = [
            found
            for number in sorted(options.convert or (50, 500))
            for found in measure_convert(number, tuple(options.jobs), options.documents, say)
        ]
    if options.scale:
        from benchmarks.grow import measure_growth

        figures["growth"] = [
            measure_growth(plans, plans <= options.validate_up_to, say) for plans in sorted(options.scale)
        ]
    figures["machine"].update(load_average_after=round(os.getloadavg()[0], 2), pace_after=machine.pace())
    say("")
    page = write_page(figures)
    if options.write:
        RESULTS.write_text(page, encoding="utf-8")
    print(json.dumps(as_values(figures), ensure_ascii=False, indent=1) if options.json else page)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs of each thing, at least 5 (default)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", action="store_true", help="also write benchmarks/RESULTS.md")
    parser.add_argument("--no-rdflib", action="store_true", help="leave out rdflib, owlrl and pySHACL alone")
    parser.add_argument(
        "--limit", type=float, default=600, metavar="S", help="give up a piece of rdflib's work after S seconds (600)"
    )
    parser.add_argument(
        "--scale", type=int, nargs="+", metavar="N", help="how times grow: with N plans made from the five (5 50 200)"
    )
    parser.add_argument(
        "--validate-up-to", type=int, default=5, metavar="N", help="validate the grown graphs of up to N plans (5)"
    )
    parser.add_argument(
        "--convert", type=int, nargs="+", metavar="N", help="kg convert of N files made from the five plans (50 500)"
    )
    parser.add_argument(
        "--jobs", type=int, nargs="+", default=(1, 2), metavar="N", help="processes of kg convert (1 2)"
    )
    parser.add_argument("--documents", type=Path, metavar="FOLDER", help="make those files from the plans there")
    options = parser.parse_args()
    if options.runs < 5:
        parser.error("a median of fewer than 5 runs says little")
    return options


def _measure_five(options: argparse.Namespace, say: Any) -> dict[str, Any]:
    from benchmarks import ours, startup
    from kg.pipeline import build
    from kg.store import open_store

    say("start-up")
    figures: dict[str, Any] = {"startup": startup.measure_startup(options.runs)}
    say("build")
    figures["build"] = ours.measure_build(options.runs)
    with tempfile.TemporaryDirectory() as folder, closing(open_store(f"{folder}/store", create=True)) as store:
        build([ours.documents()], store)
        say("saved queries")
        figures["queries"] = ours.measure_queries(store, options.runs)
        say("validate")
        figures["validate"], figures["findings"] = ours.measure_validation(store, options.runs)
        if not options.no_rdflib:
            from benchmarks.alone import measure_alone

            asked = ours.questions(store)
            figures["alone"] = measure_alone(store, asked, options.runs, options.limit, say)
    return figures


def _say(words: str) -> None:
    print(f"\r\033[K{words}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
