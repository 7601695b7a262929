"""Names of the nodes of a plan that stay the same when the plan is spoilt and read again.

A target that is gone renames those behind it, a changed text all its passages: so a node with passages is called by where
they stood in the text before, and then as the unspoilt plan calls what stood there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from benchmarks.faults.model import Fact, Positions
from kg import vocab

_CLASSES = {
    f"<{vocab.plan(name)}>": kind
    for kind, names in {
        "provision": "Section Action Task SafeguardMeasure",
        "responsibility": "Responsibility",
        "target": "Target",
        "achievement": "Achievement",
        "citation": "Citation",
        "finding": "Finding",
        "statement": "Statement",
    }.items()
    for name in names.split()
}
_TYPE, _EVIDENCE = f"<{vocab.RDF_TYPE}>", f"<{vocab.plan('evidence')}>"
_START, _END = f"<{vocab.OA_START}>", f"<{vocab.OA_END}>"
Place = tuple[str, str, int]  # kind, where its first passage stood, which of those there


class Names:
    """The names of the nodes of one plan (and of the plans beside it), given its statements."""

    def __init__(
        self,
        facts: Iterable[Fact],
        base: str,
        plan: str,
        positions: Positions | None = None,
        known: Mapping[Place, str] | None = None,
    ) -> None:
        self._base, self._plan = base, plan
        positions = positions or Positions(())
        kinds: dict[str, str] = {}
        evidence: defaultdict[str, list[str]] = defaultdict(list)
        starts: dict[str, int] = {}
        ends: dict[str, int] = {}
        for subject, predicate, value in facts:
            if predicate == _TYPE and value in _CLASSES:
                kinds[subject[1:-1]] = _CLASSES[value]
            elif predicate == _EVIDENCE:
                evidence[subject[1:-1]].append(value[1:-1])
            elif predicate in (_START, _END):
                number = value.split('"')[1]
                (starts if predicate == _START else ends)[subject[1:-1]] = int(number) if number.isdigit() else -1
        self._passages = {
            node: f"passage/{positions.before(start)}-{positions.before(ends.get(node, 0))}"
            for node, start in starts.items()
        }
        self.places: dict[Place, str] = {}
        self._names: dict[str, str] = {}
        row: defaultdict[tuple[str, str], int] = defaultdict(int)
        for node in sorted((n for n in kinds if n.startswith(plan + "/")), key=_in_order):
            found = [starts[passage] for passage in evidence[node] if passage in starts]
            local = node[len(plan) + 1 :]
            if not found:
                continue
            at = positions.before(min(found))
            place = kinds[node], at, row[kinds[node], at]
            row[kinds[node], at] += 1
            self.places[place] = local
            if known is not None:
                self._names[node] = known.get(place, f"+{place[0]}@{at}" + f".{place[2]}" * bool(place[2]))
        if known is not None:
            by_local = {node[len(plan) + 1 :]: name for node, name in self._names.items()}
            for local, name in _as_many(by_local, self.places, known).items():
                self._names[f"{plan}/{local}"] = name

    def of(self, node: str) -> str:
        """The name of a node given by its IRI, or of a literal as N-Triples writes it."""
        if not node.startswith(self._base):
            return node
        found = self._passages.get(node) or self._names.get(node)
        if found is not None:
            return found
        if node == self._plan:
            return ""
        if node.startswith(self._plan + "/"):
            return node[len(self._plan) + 1 :]
        local = node[len(self._base) :]
        if local.startswith("source/"):
            return "source"
        return "plan" if local.startswith("plan/") and "/" not in local[5:] else local


def _as_many(names: Mapping[str, str], places: Mapping[Place, str], known: Mapping[Place, str]) -> dict[str, str]:
    """Names for what begins elsewhere now: where a provision has as many strangers as it misses, they are the same in order."""
    taken = set(names.values())
    left: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(known.values()) - taken, key=_in_order):
        left[name.rpartition("/")[0]].append(name)
    strangers: defaultdict[str, list[str]] = defaultdict(list)
    for local in sorted(places.values(), key=_in_order):
        if names.get(local, "").startswith("+"):
            strangers[local.rpartition("/")[0]].append(local)
    return {
        node: name
        for owner, nodes in strangers.items()
        if "/" in nodes[0] and len(nodes) == len(left[owner])
        for node, name in zip(nodes, left[owner], strict=True)
    }


def _in_order(node: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part) if part.isdigit() else 0, part) for part in node.split("/"))
