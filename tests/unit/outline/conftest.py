"""Small plans taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from kg.model import Node, Outline
from kg.outline import outline
from kg.read import read_bytes

HEAD = "某市科普工作要点\n为提高科学素质,制定本要点。\n"


@pytest.fixture
def taken_apart() -> Callable[[str], Outline]:
    """A text as an outline."""
    return lambda text: outline(read_bytes(text.encode(), "a.txt"))


@pytest.fixture
def keys(taken_apart: Callable[[str], Outline]) -> Callable[[str], list[tuple[str, str]]]:
    """Key and heading of every node of a plan with this body, in reading order."""

    def walk(nodes: tuple[Node, ...]) -> Iterator[tuple[str, str]]:
        for node in nodes:
            yield node.key, node.title
            yield from walk(node.children)

    return lambda body: list(walk(taken_apart(HEAD + body).nodes))
