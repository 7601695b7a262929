"""What every store can do, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyoxigraph as ox

    Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
    Graph = ox.NamedNode | ox.DefaultGraph


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is asked over: IRIs of those that make the default graph together, and of the named ones.

    SPARQL 1.1 Protocol, section 2.1.4: it stands in the place of what the query says itself (FROM, FROM NAMED).
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Store(Protocol):
    """A place where the graph lies: `tests/unit/store/test_contract.py` is what each must pass."""

    base: str  # start of the instances' IRIs
    where: str  # folder or URL, for messages

    def exists(self) -> bool:
        """Whether there is something to read: a folder that was written once, an endpoint that answers."""

    def is_empty(self) -> bool:
        """Whether no graph holds a triple."""

    def query(self, sparql: str, dataset: Dataset | None = None) -> Results:
        """The results of a SPARQL 1.1 query over the default graph, over what the query names itself, or over `dataset`.

        Raises `QueryError` for a query that is broken (line and column where known), `StoreError` for a store that fails.
        """

    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs that hold a triple, sorted."""

    def quads(self, graph: str | Graph | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph (`pyoxigraph.DefaultGraph()` for the default graph), or of all graphs for None.

        In no particular order. A graph that is not there holds nothing.
        """

    def snapshot(self) -> ox.Store:
        """All graphs as they are now, to be read only: later writes do not show in it."""

    def write(self, is_large: bool = False) -> AbstractContextManager[ox.Store]:
        """A working copy that becomes the store on normal exit and is dropped on any exception, Ctrl-C included.

        Who reads meanwhile sees the store as it was. What `is_large` need not find room in memory. Raises `StoreError` where another writer is at work.
        """

    def close(self) -> None:
        """Let go of locks; the store can be used again and then takes them again."""
