"""The five plans, built once; a copy of them for whoever damages it."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg.pipeline import build
from kg.resources import folder
from kg.store import open_store
from kg.store.memory import MemoryStore
from kg.store.protocol import Store


@pytest.fixture(scope="session")
def five_plans() -> Store:
    store = open_store()
    build([folder("data/documents")], store)
    return store


@pytest.fixture(scope="session")
def _working(five_plans: Store) -> tuple[ox.Store, frozenset[ox.Quad]]:
    """The default graph of the five plans to work on, and as it was."""
    before = frozenset(five_plans.snapshot().quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return ox.Store(), before


class _Damaged(MemoryStore):
    """A store that is looked at where it lies, without a copy."""

    def __init__(self, live: ox.Store, base: str) -> None:
        super().__init__(base=base)
        self._live = live


@pytest.fixture
def damaged(five_plans: Store, _working: tuple[ox.Store, frozenset[ox.Quad]]) -> Callable[[str], MemoryStore]:
    """The five plans after a SPARQL update of the default graph; whole again for the next test."""
    live, before = _working
    there = frozenset(live)
    live.extend(before - there)
    for quad in there - before:
        live.remove(quad)

    def change(update: str) -> MemoryStore:
        live.update(update)
        assert frozenset(live) != before, "the update changed nothing"
        return _Damaged(live, five_plans.base)

    return change
