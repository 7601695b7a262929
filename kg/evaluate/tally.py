"""Facts counted: right, in the graph, in the gold; and how that reads."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

# Which of a document's ways of writing a fact follows, None where that is not counted.
Convention = Callable[[Any], str | None]

COLUMNS = {
    "zh": ("事实", "准确率", "召回率", "F1", "正确/图中/标准"),
    "en": ("fact", "precision", "recall", "F1", "right/graph/gold"),
}
SIDES = {"zh": {"missing": "缺", "extra": "多"}, "en": {"missing": "missing", "extra": "extra"}}


@dataclass(frozen=True, slots=True)
class Row:
    """How one kind of fact did."""

    kind: str
    right: int
    graph: int
    gold: int

    @property
    def precision(self) -> float:
        """Of what the graph says, the share that the gold says too; 1 where both say nothing."""
        return round(self._precision, 4)

    @property
    def recall(self) -> float:
        """Of what the gold says, the share that the graph says too; 1 where both say nothing."""
        return round(self._recall, 4)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self._precision + self._recall
        return round(2 * self._precision * self._recall / total, 4) if total else 0.0

    @property
    def _precision(self) -> float:
        return self.right / self.graph if self.graph else float(not self.gold)

    @property
    def _recall(self) -> float:
        return self.right / self.gold if self.gold else float(not self.graph)

    def as_json(self) -> dict[str, float | int]:
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "right": self.right,
            "graph": self.graph,
            "gold": self.gold,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that only one side has."""

    document: str
    kind: str
    side: Literal["missing", "extra"]  # missing in the graph, or extra in it
    fact: Hashable


@dataclass(frozen=True, slots=True)
class Scores:
    """The rows by kind of fact, and every difference, in the order in which they were found."""

    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    conventions: dict[str, tuple[Row, ...]] = field(default_factory=dict)  # how it is written → its rows
    documents: tuple[str, ...] = ()

    def row(self, kind: str) -> Row:
        """The row of one kind; of a kind that never came up, an empty one."""
        return next((row for row in self.rows if row.kind == kind), Row(kind, 0, 0, 0))

    def is_perfect(self) -> bool:
        return not self.differences

    def as_json(self, show: bool = False) -> dict[str, Any]:
        """The rows by kind, as the reference scorer's --json has them; with `show`, `{"rows", "differences"}`."""
        rows = {row.kind: row.as_json() for row in self.rows}
        if not show:
            return rows
        listed = [{"document": d.document, "kind": d.kind, "side": d.side, "fact": d.fact} for d in self.differences]
        return {"rows": rows, "differences": listed}

    def to_json(self, show: bool = False) -> str:
        return json.dumps(self.as_json(show), ensure_ascii=False, indent=1) + "\n"

    def to_text(self, lang: str = "en", show: bool = False) -> str:
        """A table, in English the very one of the reference scorer; with `show`, every difference below it."""
        fact, *figures, counts = COLUMNS[lang]
        lines = [padded(fact, 24) + "".join(padded(name, 10, right=True) for name in figures) + "   " + counts]
        for row in self.rows:
            shares = f"{row.precision:10.3f}{row.recall:10.3f}{row.f1:10.3f}"
            lines.append(f"{row.kind:24}{shares}   {row.right}/{row.graph}/{row.gold}")
        if show:
            lines += [f"{d.document}  {d.kind}  {SIDES[lang][d.side]}  {d.fact}" for d in self.differences]
        return "\n".join(lines) + "\n"


def padded(text: str, width: int, right: bool = False) -> str:
    """Text filled up with blanks to a number of columns, of which a Chinese character takes two."""
    blanks = " " * (width - sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text))
    return blanks + text if right else text + blanks


class Tally:
    """Counts while they are being made."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self._written: dict[str, dict[str, list[int]]] = {}
        self._documents: dict[str, None] = {}
        self._differences: list[Difference] = []

    def compare(
        self,
        kind: str,
        document: str,
        graph: Sequence[Hashable],
        gold: Sequence[Hashable],
        convention: Convention | None = None,
    ) -> None:
        """Compare two lists of facts as multisets; `convention` names how each is written, for a count of its own."""
        self._documents[document] = None
        left, taken = Counter(graph), Counter(gold)
        right = 0
        for fact in gold:
            if left[fact]:
                left[fact] -= 1
                right += 1
                self._note(kind, convention, fact, 0)
            else:
                self.miss(kind, document, fact)
        for fact in graph:  # of equal facts the gold takes the first ones
            if taken[fact]:
                taken[fact] -= 1
            else:
                self._differences.append(Difference(document, kind, "extra", fact))
        self.count(kind, right, len(graph), len(gold))
        for place, facts in ((1, graph), (2, gold)):
            for fact in facts:
                self._note(kind, convention, fact, place)

    def _note(self, kind: str, convention: Convention | None, fact: Hashable, place: int) -> None:
        written = convention(fact) if convention else None
        if written is not None:
            self._written.setdefault(written, {}).setdefault(kind, [0, 0, 0])[place] += 1

    def miss(self, kind: str, document: str, fact: Hashable) -> None:
        self._differences.append(Difference(document, kind, "missing", fact))

    def count(self, kind: str, right: int, graph: int, gold: int) -> None:
        counts = self._counts.setdefault(kind, [0, 0, 0])
        for n, more in enumerate((right, graph, gold)):
            counts[n] += more

    def scores(self) -> Scores:
        rows = (Row(kind, right, graph, gold) for kind, (right, graph, gold) in self._counts.items())
        conventions = {
            name: tuple(Row(kind, *counts) for kind, counts in sorted(kinds.items()))
            for name, kinds in sorted(self._written.items())
        }
        return Scores(tuple(rows), tuple(self._differences), conventions, tuple(sorted(self._documents)))
