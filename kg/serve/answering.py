"""One task, asked of the store and written down: what a worker does.

A task is a JSON object: `task` is query, update, graph, statistics or description. Nothing is sent before the whole answer is
written, so a failure half-way is a failure and never a piece of an answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.serve.description import describe_service
from kg.serve.formats import GRAPHS, RESULTS, choose_format, named_node
from kg.serve.problems import Problem
from kg.serve.updating import with_using
from kg.serve.wire import Spool, TooLongError
from kg.store.protocol import Dataset, Store
from kg.store.querying import parse, refuse_requests, refuse_service, syntax_error

Said = dict[str, Any]


def answer(store: Store, task: Mapping[str, Any], spool: Spool) -> Said:
    """Do the task, write its answer to the spool, and say what it is: its media type, for one.

    Raises `KGError` and `Problem` for what is no answer.
    """
    try:
        return _TASKS[task["task"]](store, task, spool)
    except TooLongError:
        raise Problem(
            422,
            "answer-too-long",
            f"the answer is longer than the {spool.limit} bytes that one may have here",
            remedy="ask for less (LIMIT, or a narrower pattern), or in pages (ORDER BY, LIMIT, OFFSET)",
        ) from None


def _query(store: Store, task: Mapping[str, Any], spool: Spool) -> Said:
    sparql, dataset = task["sparql"], None
    if task.get("default") or task.get("named"):
        graphs = [[named_node(iri).value for iri in task.get(key, ())] for key in ("default", "named")]
        dataset = Dataset(*map(tuple, graphs))
    if task.get("remote"):
        _check_before_sending(store, sparql)
    results = store.query(sparql, dataset)
    offered = GRAPHS if isinstance(results, ox.QueryTriples) else RESULTS
    media_type = choose_format(task.get("accept"), offered)
    results.serialize(spool, offered[media_type])  # type: ignore[arg-type] # each kind of results has its formats
    return {"media_type": media_type}


def _check_before_sending(store: Store, sparql: str) -> None:
    """What our own parser refuses is not sent on: another engine may read extensions of its own into it."""
    refuse_service(sparql)
    try:
        parse(ox.Store(), sparql, store.base)
    except SyntaxError as error:
        raise syntax_error(error, sparql) from error
    except (OSError, RuntimeError, ValueError):
        return


def _graph(store: Store, task: Mapping[str, Any], spool: Spool) -> Said:
    """A graph as a whole (SPARQL 1.1 Graph Store HTTP Protocol, section 5.2); a graph without triples is not there."""
    name = ox.DefaultGraph() if task["graph"] is None else named_node(task["graph"])
    media_type = choose_format(task.get("accept"), GRAPHS)
    quads = store.quads(name)
    first = next(quads, None)
    if first is None and task["graph"] is not None:
        raise Problem(404, "no-such-graph", f"there is no graph {task['graph']}", remedy="GET /sparql lists the graphs")
    triples = (quad.triple for quad in itertools.chain([first] if first else [], quads))
    ox.serialize(triples, spool, GRAPHS[media_type])
    return {"media_type": media_type}


def _update(store: Store, task: Mapping[str, Any], spool: Spool) -> Said:
    """Change the store, for the protocol's tests; the copy that is changed becomes the store or is dropped."""
    update = with_using(task["sparql"], task.get("default", ()), task.get("named", ()))
    refuse_requests(update)
    with store.write() as working:
        try:
            working.update(update, base_iri=store.base)
        except SyntaxError as error:
            raise QueryError(f"the update is not valid SPARQL: {error}") from error
    return {"media_type": None}


def _statistics(store: Store, task: Mapping[str, Any], spool: Spool) -> Said:
    """How much of what there is: triples of each property, class and graph."""
    counts = {
        "properties": "SELECT ?key (COUNT(*) AS ?n) { ?s ?key ?o } GROUP BY ?key",
        "classes": "SELECT ?key (COUNT(*) AS ?n) { ?s a ?key } GROUP BY ?key",
        "graphs": "SELECT ?key (COUNT(*) AS ?n) { GRAPH ?key { ?s ?p ?o } } GROUP BY ?key",
    }
    return {
        "statistics": {
            name: {
                row["key"].value: int(row["n"].value)
                for row in store.query(sparql)
                if isinstance(row["key"], ox.NamedNode)
            }
            for name, sparql in counts.items()
        }
    }


def _description(store: Store, task: Mapping[str, Any], spool: Spool) -> Said:
    media_type = choose_format(task.get("accept"), GRAPHS)
    endpoint = named_node(task["endpoint"]).value  # its host is what the request says
    triples = describe_service(
        endpoint, task["base"], task["counts"], writable=task["writable"], is_union=task["is_union"]
    )
    # Without prefixes: Oxigraph's order of them changes from run to run.
    ox.serialize(triples, spool, GRAPHS[media_type])
    return {"media_type": media_type}


_TASKS: dict[str, Callable[[Store, Mapping[str, Any], Spool], Said]] = {
    "query": _query,
    "graph": _graph,
    "update": _update,
    "statistics": _statistics,
    "description": _description,
}
