"""Which node of the graph is which plan, action or task of the gold."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from kg.evaluate.facts import Facts, bare, norm

if TYPE_CHECKING:
    import pyoxigraph as ox

    Node = ox.NamedNode | ox.BlankNode

_PLAN_ALIKE = 0.6
_TITLE_ALIKE = 0.75


def likeness(one: str | None, other: str | None) -> float:
    """How alike two texts are, from 0 to 1.

    >>> likeness("青少年科学素质提升行动", "青少年科学素质行动") > 0.75
    True
    """
    return difflib.SequenceMatcher(None, one or "", other or "").ratio()


def find_plan(facts: Facts, gold: dict[str, Any]) -> Node | None:
    """The plan whose title is nearest to the gold title; None where no title is near it."""
    want = norm(gold["plan"]["title"])
    best, best_ratio = None, 0.0
    for plan in facts.plans():
        ratio = likeness(want, norm(facts.title(plan)))
        if ratio > best_ratio:
            best, best_ratio = plan, ratio
    return best if best_ratio > _PLAN_ALIKE else None


def pair_items(
    facts: Facts, nodes: Sequence[Node], items: Sequence[dict[str, Any]], begins: Callable[[dict[str, Any]], str]
) -> tuple[dict[str, Node], list[Node]]:
    """The node of each gold item, and the nodes that none has.

    First each item takes the first free node that begins as it does; then each that is left takes the free node
    with the nearest title, if near enough.
    """
    pairs: dict[str, Node] = {}
    free = list(nodes)
    for item in items:
        want = norm(begins(item)) or ""
        found = next((node for node in free if _begins(facts, node, want)), None)
        if found is not None:
            pairs[item["id"]] = found
            free.remove(found)
    for item in items:
        if item["id"] in pairs or not free:
            continue
        want = bare(item["title"])
        ratios = [likeness(want, norm(facts.title(node))) for node in free]
        nearest = max(ratios)
        if nearest > _TITLE_ALIKE:
            pairs[item["id"]] = free.pop(ratios.index(nearest))
    return pairs, free


def _begins(facts: Facts, node: Node, want: str) -> bool:
    text, title = facts.body(node), norm(facts.title(node)) or ""
    return text.startswith(want) or (title + text).startswith(want) or bool(title) and want.startswith(title)
