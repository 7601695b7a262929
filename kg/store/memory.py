"""A store in memory: for a file that is looked at once, and for tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pyoxigraph as ox

from kg.store.protocol import Dataset
from kg.store.querying import as_graph, graph_iris, run_query
from kg.vocab import DEFAULT_BASE


class MemoryStore:
    """A store that is gone with the process."""

    def __init__(self, quads: Iterable[ox.Quad] = (), base: str = DEFAULT_BASE) -> None:
        self.base, self.where = base, "memory"
        self._live = ox.Store()
        self._live.extend(quads)

    def exists(self) -> bool:
        return True

    def is_empty(self) -> bool:
        return len(self._live) == 0

    def query(
        self, sparql: str, dataset: Dataset | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return run_query(self._live, sparql, self.where, self.base, dataset)

    def graph_names(self) -> list[str]:
        return graph_iris(self._live)

    def quads(self, graph: str | ox.NamedNode | ox.DefaultGraph | None = None) -> Iterator[ox.Quad]:
        return self._live.quads_for_pattern(None, None, None, as_graph(graph))

    def snapshot(self) -> ox.Store:
        return self._live

    @contextmanager
    def write(self, is_large: bool = False) -> Iterator[ox.Store]:
        working = ox.Store()
        working.extend(self._live)
        yield working  # an exception leaves the live one in place
        self._live = working

    def close(self) -> None:
        pass
