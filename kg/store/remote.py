"""A store behind a SPARQL 1.1 endpoint, spoken to through SPARQLWrapper (SPARQL 1.1 Protocol, form-encoded POST)."""

from __future__ import annotations

import ast
import http.client
import json
import urllib.error
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit, urlunsplit

import pyoxigraph as ox
from SPARQLWrapper import BASIC, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from kg.errors import QueryError, StoreError, UsageError
from kg.store.protocol import Dataset
from kg.store.querying import as_graph, declare, keywords, parse, refuse_service, syntax_error
from kg.vocab import DEFAULT_BASE

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_JSON, _NT = "application/sparql-results+json", "application/n-triples"


class RemoteStore:
    """A store that a SPARQL 1.1 server keeps.

    A write reads all graphs of the server, changes the copy and sends the difference as one update request, which the
    server carries out as a whole or not at all. It can't keep others from writing meanwhile: let one build at a time.
    """

    def __init__(
        self, endpoint: str, update_endpoint: str | None = None, base: str = DEFAULT_BASE, timeout: float | None = None
    ) -> None:
        """Name the server; nothing is sent yet. `timeout`: seconds without an answer, None to wait for ever."""
        self._query_url, self._credentials = _split_credentials(endpoint)
        self._query_url, update = endpoints(self._query_url)
        if update_endpoint is not None:
            update, credentials = _split_credentials(update_endpoint)
            self._credentials = credentials or self._credentials
        self._update_url = update
        self._timeout = timeout
        self.base, self.where = base, self._query_url

    def exists(self) -> bool:
        return bool(self.query("ASK {}"))

    def is_empty(self) -> bool:
        return not self.query("ASK { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")

    def query(
        self, sparql: str, dataset: Dataset | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """See `Store.query`; the answer is read to its end first, so an answer that was cut off is noticed here."""
        form = next((word for word in keywords(sparql) if word in _FORMS), "SELECT")
        if form in ("SELECT", "ASK"):
            body = self._ask(sparql, form, _JSON, dataset)
            try:
                json.loads(body)  # reads all of it; pyoxigraph would notice the cut only while the rows are taken
                return ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            except (ValueError, SyntaxError) as error:
                raise self._cut_off(body) from error
        read = ox.Store()
        self._load(read, sparql, form, None, dataset)
        return read.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")

    def graph_names(self) -> list[str]:
        rows = self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        return sorted(row["g"].value for row in rows if isinstance(row["g"], ox.NamedNode))

    def quads(self, graph: str | ox.NamedNode | ox.DefaultGraph | None = None) -> Iterator[ox.Quad]:
        wanted = as_graph(graph)
        return iter(self.snapshot() if wanted is None else self._mirror([wanted]))

    def snapshot(self) -> ox.Store:
        return self._mirror([ox.DefaultGraph(), *map(ox.NamedNode, self.graph_names())])

    @contextmanager
    def write(self, is_large: bool = False) -> Iterator[ox.Store]:
        """See `Store.write`. Raises `StoreError` for a changed statement with a blank node: an update can't name it."""
        working = self.snapshot()
        before = _lines(working)
        yield working
        after = _lines(working)
        update = difference(before - after, after - before, self.where)
        if update:
            self._send(update, "INSERT", self._update_url, "*/*")

    def close(self) -> None:
        pass

    def _mirror(self, graphs: Iterable[ox.NamedNode | ox.DefaultGraph]) -> ox.Store:
        read = ox.Store()
        for graph in graphs:
            pattern = "?s ?p ?o" if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph} {{ ?s ?p ?o }}"
            self._load(read, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}", "CONSTRUCT", graph)
        return read

    def _load(
        self,
        read: ox.Store,
        sparql: str,
        form: str,
        graph: ox.NamedNode | ox.DefaultGraph | None,
        dataset: Dataset | None = None,
    ) -> None:
        body = self._ask(sparql, form, _NT, dataset)
        try:
            read.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        except (SyntaxError, ValueError) as error:
            raise self._cut_off(body) from error

    def _ask(self, sparql: str, form: str, accept: str, dataset: Dataset | None = None) -> bytes:
        try:
            return self._send(declare(sparql, self.base), form, self._query_url, accept, dataset)
        except QueryError:
            self._find_syntax_error(sparql)
            raise

    def _find_syntax_error(self, sparql: str) -> None:
        """Raise a `QueryError` with line and column where our own parser refuses the query, too."""
        try:
            refuse_service(sparql)  # nothing is sent for the sake of a message
        except QueryError as error:
            if error.where:
                raise
            return
        try:
            parse(ox.Store(), sparql, self.base)
        except SyntaxError as error:
            raise syntax_error(error, sparql) from None
        except (OSError, RuntimeError, ValueError):
            return

    def _send(self, text: str, form: str, url: str, accept: str, dataset: Dataset | None = None) -> bytes:
        wrapper = SPARQLWrapper(self._query_url, updateEndpoint=self._update_url)
        # The form is set by hand: SPARQLWrapper guesses it with a pattern, warns where it can't, and sends what it takes
        # for an update to the other URL. Without onlyConneg it adds parameters that strict servers refuse.
        wrapper.queryString, wrapper.queryType = text, form
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.addCustomHttpHeader("Accept", accept)
        for name, graphs in (
            (("default-graph-uri", dataset.default), ("named-graph-uri", dataset.named)) if dataset else ()
        ):
            for graph in graphs:
                wrapper.addParameter(name, graph)
        if self._timeout is not None:
            wrapper.timeout = self._timeout
        if self._credentials:
            wrapper.setHTTPAuth(BASIC)
            wrapper.setCredentials(*self._credentials)
        try:
            response = wrapper.query().response
            with response:
                return response.read()
        except SPARQLWrapperException as error:
            # It hides the HTTPError that has the status, and has read its body.
            raise self._refused(getattr(error.__context__, "code", 500), _said(error), url) from error
        except urllib.error.HTTPError as error:
            with error:
                said = error.read().decode("utf-8", "replace")
            raise self._refused(error.code, said, url) from error
        except TimeoutError as error:
            raise self._too_slow(url) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._too_slow(url) from error
            raise StoreError(
                f"no answer: {error.reason}", where=url, remedy="check the URL and that the server runs"
            ) from error
        except (http.client.HTTPException, OSError) as error:
            raise StoreError(
                f"the connection broke off: {error!r}", where=url, remedy="check the server's log, then try again"
            ) from error

    def _too_slow(self, url: str) -> StoreError:
        return StoreError(f"no answer within {self._timeout:g} s", where=url, remedy="ask for less, or allow more time")

    def _refused(self, status: int, said: str, url: str) -> StoreError | QueryError:
        said = " ".join(said.split())[:300] or "no explanation"
        if status == 400:
            return QueryError(f"the server refuses the request: {said}", where=url)
        remedy = {
            401: "put the user and password into the URL: https://user:password@host/…",
            403: "ask the server's owner for access",
            404: "check the URL: the endpoint is often at …/query or …/sparql",
            405: "check the URL: this one takes no POST; --update-endpoint may be needed",
        }.get(status, "check the server's log")
        return StoreError(f"HTTP status {status}: {said}", where=url, remedy=remedy)

    def _cut_off(self, body: bytes) -> StoreError:
        """The error for an answer that breaks off: Oxigraph's, with status 200, when its own time limit ends a query."""
        end = " ".join(body[-120:].decode("utf-8", "replace").split())
        return StoreError(
            f"the answer is not complete; it ends with: {end}",
            where=self._query_url,
            remedy="the server may have run out of time: ask for less, or allow it more time",
        )


def endpoints(url: str) -> tuple[str, str]:
    """Where to send queries and updates.

    A server's root means …/query and …/update, a URL that ends in /query its neighbour …/update; any other takes both.
    Raises `UsageError` for what is no HTTP URL.

    >>> endpoints("http://localhost:7878")
    ('http://localhost:7878/query', 'http://localhost:7878/update')
    >>> endpoints("https://example.org/plans/query")
    ('https://example.org/plans/query', 'https://example.org/plans/update')
    >>> endpoints("https://example.org/sparql")
    ('https://example.org/sparql', 'https://example.org/sparql')
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"not an HTTP URL: {url}", remedy="write it like http://localhost:7878")
    path = parts.path.rstrip("/")
    if not path:
        return _with_path(url, "/query"), _with_path(url, "/update")
    if path.endswith("/query"):
        return _with_path(url, path), _with_path(url, path.removesuffix("/query") + "/update")
    return url, url


def _with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=path))


def _split_credentials(url: str) -> tuple[str, tuple[str, str] | None]:
    """The URL as it may be shown, and the user and password that stood in it."""
    parts = urlsplit(url)
    if parts.username is None:
        return url, None
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return bare, (unquote(parts.username), unquote(parts.password or ""))


def _said(error: SPARQLWrapperException) -> str:
    """What the server wrote: SPARQLWrapper puts the bytes' `repr` behind its own words."""
    _, marker, raw = str(error).partition("Response:\n")
    return ast.literal_eval(raw).decode("utf-8", "replace") if marker else ""


def _lines(store: ox.Store) -> set[bytes]:
    return set(store.dump(format=ox.RdfFormat.N_QUADS).splitlines())


def difference(removed: set[bytes], added: set[bytes], where: str) -> str:
    """One SPARQL update that takes and gives these N-Quads lines; empty where there are none.

    >>> print(difference(set(), {b'<x:s> <x:p> "1" <x:g> .', b'<x:s> <x:p> "1" .'}, where="here"))
    INSERT DATA {
    <x:s> <x:p> "1" .
    GRAPH <x:g> {
    <x:s> <x:p> "1" .
    }
    }
    """
    parts = []
    for verb, lines in (("DELETE DATA", removed), ("INSERT DATA", added)):
        if lines:
            parts.append(f"{verb} {{\n{_blocks(lines, where)}\n}}")
    return " ;\n".join(parts)


def _blocks(lines: set[bytes], where: str) -> str:
    graphs: dict[str, list[str]] = {}
    for quad in ox.parse(b"\n".join(sorted(lines)), format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise StoreError("a statement with a blank node changes", where=where, remedy="give the node an IRI")
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
        graphs.setdefault(name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    blocks = []
    for name in sorted(graphs):
        text = "\n".join(graphs[name])
        blocks.append(f"GRAPH {name} {{\n{text}\n}}" if name else text)
    return "\n".join(blocks)
