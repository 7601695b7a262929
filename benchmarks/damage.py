"""How F1 falls as documents are damaged: `python -m benchmarks.damage` takes punctuation, characters or line breaks away.

Each share is taken from the five plans with several fixed seeds; the figures are of all of them together, against the gold.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from kg.evaluate import Row, read_gold, score
from kg.evaluate.card import with_totals
from kg.pipeline import build
from kg.read import read_file
from kg.resources import folder
from kg.store import open_store

PUNCTUATION = "，。；：、（）()《》“”〈〉〔〕,;:.—"
KINDS = (
    "plan metadata",
    "action",
    "task",
    "task.title",
    "responsibility.agency",
    "responsibility.role",
    "lead.effective",
    "target.amount",
    "target.all",
)
SHARES = (0.0, 0.01, 0.02, 0.05, 0.1)
WAYS = {"punctuation": PUNCTUATION, "line breaks": "\n", "characters": ""}


def damage(text: str, kinds: str, share: float, seed: int) -> str:
    """The text without a share of the characters of these kinds ("": of any).

    >>> damage("甲,乙。丙", ",。", 1.0, 0)
    '甲乙丙'
    """
    places = [i for i, c in enumerate(text) if not kinds or c in kinds]
    gone = set(random.Random(seed).sample(places, round(len(places) * share)))
    return "".join(c for i, c in enumerate(text) if i not in gone)


def measure(way: str, share: float, seeds: int) -> dict[str, Row]:
    """The scores of all plans under one kind of damage, all seeds together; a plan that is refused is a plan not found."""
    counts: dict[str, Counter[str]] = {}
    gold = read_gold([folder("data/gold")])
    for seed in range(seeds if share else 1):
        with tempfile.TemporaryDirectory() as damaged:
            for file in sorted(folder("data/documents").glob("*.txt")):
                text = damage(read_file(file).text, WAYS[way], share, seed)
                Path(damaged, file.name).write_text(text, encoding="utf-8")
            store = open_store()
            build([damaged], store)
        for row in with_totals(score(store, gold)):
            counts.setdefault(row.kind, Counter()).update(right=row.right, graph=row.graph, gold=row.gold)
    return {kind: Row(kind, c["right"], c["graph"], c["gold"]) for kind, c in counts.items()}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.damage", description=__doc__)
    parser.add_argument("--seeds", type=int, default=5, metavar="N", help="how often each damage is drawn (5)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", metavar="FILE", type=Path, help="also write the table as Markdown")
    options = parser.parse_args()
    found: dict[str, dict[str, dict[str, Row]]] = {}
    for way in WAYS:
        for share in SHARES:
            if sys.stderr.isatty():
                print(f"\r{way} {share:.0%}   ", end="", file=sys.stderr)
            found.setdefault(way, {})[f"{share:.0%}"] = measure(way, share, options.seeds)
    if options.json:
        said = {w: {s: {k: r.as_json() for k, r in rows.items()} for s, rows in by.items()} for w, by in found.items()}
        print(json.dumps(said, ensure_ascii=False, indent=1))
        return
    page = table(found, options.seeds)
    print(page, end="")
    if options.write:
        options.write.write_text(page, encoding="utf-8")


def table(found: dict[str, dict[str, dict[str, Row]]], seeds: int) -> str:
    """The F1 as Markdown: a table for each way of damage."""
    lines = ["# How accuracy falls with damage", ""]
    lines += [
        f"F1 on the five plans of `data/documents` after a share of their characters was taken away at random, {seeds} draws each",
        "(`python -m benchmarks.damage --write benchmarks/DAMAGE.md`).",
    ]
    for way, by in found.items():
        lines += ["", f"## Lost {way}", "", "| fact | " + " | ".join(by) + " |", "|---|" + "---|" * len(by)]
        for kind in KINDS:
            lines.append(f"| {kind} | " + " | ".join(f"{rows[kind].f1:.3f}" for rows in by.values()) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
