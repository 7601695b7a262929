"""Pairs of tasks that readers judged, against the pairs that the graph holds to correspond."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.evaluate.tally import Scores, Tally

if TYPE_CHECKING:
    from kg.store.protocol import Store

JUDGEMENTS = ("same", "related", "different")
_COLUMNS = ("plan_a", "task_a", "plan_b", "task_b", "judged", "reason", "chosen")
_PAIRS = """SELECT ?one ?other WHERE { ?one plan:correspondsTo ?other FILTER(STR(?one) < STR(?other)) }"""
_PLANS = """SELECT DISTINCT ?plan WHERE { ?plan a plan:Plan . ?task plan:inPlan ?plan ; a plan:Task }"""


@dataclass(frozen=True, slots=True)
class Judged:
    """Two tasks, each by the end of its plan's IRI and its key, and what a reader said of them."""

    one: tuple[str, str]
    other: tuple[str, str]
    judged: str
    reason: str
    chosen: str = ""  # how the pair came to be judged

    @property
    def half(self) -> str:
        """The part that it belongs to: factors and threshold are chosen with "develop" alone.

        Pairs of plans that nobody had read when the rules were made are "unseen"; of the others a hash of their names
        decides.

        >>> Judged(("a-2021-1", "2-1"), ("b-2021-2", "1"), "same", "").half
        'held-out'
        """
        if self.chosen == "unseen":
            return "unseen"
        named = " ".join("/".join(task) for task in (self.one, self.other))
        return "held-out" if hashlib.sha256(named.encode()).digest()[0] % 2 else "develop"


def read_judged(file: str | Path) -> list[Judged]:
    """The judged pairs of a CSV file (data/gold/README.md), each pair in the order of its plans and keys.

    Raises `InputError` for a file that is missing or of another shape, a judgement that is none, a pair that comes twice.
    """
    path, found = Path(file), {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if tuple(reader.fieldnames or ()) != _COLUMNS:
                raise InputError(
                    "not a table of judged pairs", where=str(path), remedy=f"columns: {', '.join(_COLUMNS)}"
                )
            for row in reader:
                where = f"{path}, line {reader.line_num}"
                if row["judged"] not in JUDGEMENTS:
                    raise InputError(
                        f"no judgement: {row['judged']}", where=where, remedy=f"say {', '.join(JUDGEMENTS)}"
                    )
                one, other = sorted(((row["plan_a"], row["task_a"]), (row["plan_b"], row["task_b"])))
                if (one, other) in found:
                    raise InputError("a pair that was judged before", where=where, remedy="keep one of the two lines")
                found[one, other] = Judged(one, other, row["judged"], row["reason"], row["chosen"])
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot be read: {error}", where=str(path), remedy="name a CSV file in UTF-8") from error
    return list(found.values())


def score_correspondence(store: Store, judged: Iterable[Judged]) -> Scores:
    """How the graph's corresponding tasks do on judged pairs: on each part of them, and on all.

    "same" counts as corresponding, "related" and "different" do not; pairs of plans that the store does not hold, and
    pairs that nobody judged, count nowhere.
    """
    plans = {row["plan"].value.rpartition("/plan/")[2] for row in store.query(_PLANS)}
    said = {tuple(sorted((_task(row["one"].value), _task(row["other"].value)))) for row in store.query(_PAIRS)}
    asked = [pair for pair in judged if {pair.one[0], pair.other[0]} <= plans]
    tally = Tally()
    for half in ("develop", "held-out", "unseen", ""):
        pairs = [pair for pair in asked if half in ("", pair.half)]
        if not pairs:
            continue
        kind = f"correspondence.{half}" if half else "correspondence"
        graph = [_named(p) for p in pairs if (p.one, p.other) in said]
        tally.compare(kind, "judged pairs", graph, [_named(p) for p in pairs if p.judged == "same"])
    return tally.scores()


def _named(pair: Judged) -> str:
    return f"{'/'.join(pair.one)} = {'/'.join(pair.other)}: {pair.judged}, {pair.reason}"


def _task(iri: str) -> tuple[str, str]:
    plan, _, key = iri.rpartition("/plan/")[2].partition("/")
    return plan, key
