"""The store: one protocol, three places where the graph can lie.

`open_store` gives an embedded Oxigraph in a folder, a remote SPARQL 1.1 server, or memory; the other rooms see only
`Store`. `kg.store.graphs` keeps the named graphs and the default graph in step inside `Store.write()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.vocab import DEFAULT_BASE

if TYPE_CHECKING:
    from os import PathLike

    from kg.store.protocol import Store

__all__ = ["open_store"]


def open_store(
    path: str | PathLike[str] | None = None,
    endpoint: str | None = None,
    update_endpoint: str | None = None,
    create: bool = False,
    base: str | None = None,
    timeout: float | None = 60.0,
) -> Store:
    """The store in the folder `path`, or behind the URL `endpoint`; in memory where neither is given.

    `create` allows a folder that holds no store yet; nothing is written before the first `write()`.
    `base` is the start of the instances' IRIs; a folder remembers it. `timeout` (seconds, None for
    ever) is for the endpoint alone.

    Raises `UsageError` for both at once, `StoreError` for a store that is missing, damaged or something else.

    >>> store = open_store()
    >>> with store.write() as working:
    ...     working.update('INSERT DATA { <x:t> <http://purl.org/dc/terms/title> "对接“技能中国行动”"@zh }')
    >>> [solution["title"].value for solution in store.query("SELECT ?title { ?task ?p ?title }")]
    ['对接“技能中国行动”']
    """
    if path is not None and endpoint is not None:
        raise UsageError("a store is either a folder or an endpoint", remedy="give --store or --endpoint, not both")
    if update_endpoint is not None and endpoint is None:
        raise UsageError("an update endpoint needs an endpoint", remedy="give --endpoint too")
    if endpoint is not None:
        from kg.store.remote import RemoteStore

        return RemoteStore(endpoint, update_endpoint, base=base or DEFAULT_BASE, timeout=timeout)
    if path is not None:
        from kg.store.embedded import EmbeddedStore

        return EmbeddedStore(path, create=create, base=base)
    from kg.store.memory import MemoryStore

    return MemoryStore(base=base or DEFAULT_BASE)
