"""Recall of every rule on planted faults, and what else is found: `python -m benchmarks.faults`."""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.faults import MUTATIONS, Outcome, grounds, plant, prepare, run
from benchmarks.faults.plant import synthetic_grounds
from kg import resources
from kg.validate.rules import load_shapes

ROOT = Path(__file__).resolve().parents[2]


def good_plans() -> list[Path]:
    """The plans at hand as text: those published, and those invented as a measure."""
    published, invented = resources.folder("data/documents"), ROOT / "tests" / "golden" / "invented"
    return [*sorted(published.glob("*.txt")), *sorted(invented.glob("*.txt"))]


def in_many(number: int, seed: int) -> Iterator[Outcome]:
    """Each mutation once in every twentieth of so many plans of other areas; some plans at a time."""
    made = synthetic_grounds(number)
    for turn, some in enumerate(iter(lambda: list(itertools.islice(made, 20)), [])):
        prepare(some)
        yield from plant(some, times=1, seed=seed + turn)


def main() -> None:
    """Plant, compare, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--plans", type=int, metavar="N", help="plans of N other areas instead of those at hand")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="how often each mutation is planted (3)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="chooses the places (0)")
    parser.add_argument("--write", metavar="FILE", type=Path, help="also write the table as Markdown")
    options = parser.parse_args()
    outcomes: Iterable[Outcome]
    if options.plans:
        outcomes = in_many(options.plans, options.seed)
        how = f"{options.plans} plans of other areas, made of those of `data/documents`"
    else:
        outcomes = run(list(grounds(good_plans())), options.times, options.seed)
        how = "the five plans of `data/documents` and the invented ones of `tests/golden/invented`"
    page, clean = table(outcomes, how, " ".join(sys.argv[1:]))
    print(page, end="")
    if options.write:
        options.write.write_text(page, encoding="utf-8")
    sys.exit(0 if clean else 1)


def table(outcomes: Iterable[Outcome], how: str, options: str) -> tuple[str, bool]:
    """The Markdown page, and whether all was found and nothing else."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    besides: Counter[str] = Counter()
    plans: defaultdict[str, set[str]] = defaultdict(set)
    notes: list[str] = []
    spoilt = 0
    for outcome in outcomes:
        spoilt += 1
        name = outcome.copy.ground.name
        for _planting, claim in (*outcome.found, *outcome.missed):
            planted[claim.rule] += 1
            plans[claim.rule].add(name)
        for _, claim in outcome.found:
            found[claim.rule] += 1
        for planting, claim in outcome.missed:
            notes.append(f"- missed: `{claim.rule}` at `{claim.about}` of {name}, planted by “{planting.mutation}”")
        for word, keys in (("unexplained", outcome.unexplained), ("gone", outcome.vanished)):
            for rule, about, _ in keys:
                besides[rule] += 1
                by = ", ".join(p.mutation for p in outcome.copy.plantings)
                notes.append(f"- {word}: `{rule}` at `{about}` of {name}, after: {by}")
    total, right = sum(planted.values()), sum(found.values())
    lines = [
        "# Planted faults",
        "",
        f"{len(MUTATIONS)} mutations, planted in {how}: {spoilt} spoilt plans, {total} planted findings, {right} of them found "
        f"({right / max(total, 1):.1%}), {sum(besides.values())} findings that no mutation explains (or that went without reason).",
        f"(`python -m benchmarks.faults{' ' + options if options else ''}`)",
        "",
        "| rule | mutations | planted | plans | found | recall | unexplained |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in load_shapes().rules:
        ways = "; ".join(m.name for m in MUTATIONS.values() if rule.name in m.rules)
        n = planted[rule.name]
        recall = f"{found[rule.name] / n:.0%}" if n else "–"
        lines.append(
            f"| `{rule.name}` | {ways} | {n} | {len(plans[rule.name])} | {found[rule.name]} | {recall} | {besides[rule.name]} |"
        )
    if notes:
        lines += ["", "## What is left", "", *notes]
    return "\n".join(lines) + "\n", total == right and not besides


if __name__ == "__main__":
    main()
