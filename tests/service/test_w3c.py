"""The W3C's own tests of SPARQL 1.1: protocol, graph store protocol (reading), service description, result formats.

The manifests are read where they lie (../shared/conformance/sparql11) and are no part of the repository. What only
reads, and what must be refused, is asked of the service as everyone sees it; updates that must succeed of an instance
started with --writable.
"""

from __future__ import annotations

import csv
import email
import io
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic

SUITES = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "sparql11"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")

TABULAR = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
BOOLEAN = {"application/sparql-results+json", "application/sparql-results+xml"}
GRAPH = {"text/turtle", "application/n-triples", "application/rdf+xml"}


def manifest(name: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    if (SUITES / name).is_file():
        graph.parse(SUITES / name)
    return graph


def entries(graph: rdflib.Graph) -> list[rdflib.term.Node]:
    head = graph.value(predicate=rdflib.RDF.type, object=MF.Manifest)
    return list(Collection(graph, graph.value(head, MF.entries))) if head else []


def requests(graph: rdflib.Graph, test: rdflib.term.Node) -> list[rdflib.term.Node]:
    return list(Collection(graph, graph.value(graph.value(test, MF.action), HT.requests)))


def headers_of(graph: rdflib.Graph, node: rdflib.term.Node) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    found = Collection(graph, listed) if listed else []
    return {str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue)) for h in found}


def body_of(graph: rdflib.Graph, node: rdflib.term.Node) -> bytes | None:
    body = graph.value(node, HT.body)
    if body is None:
        return None
    encoding = graph.value(body, CNT.characterEncoding)
    return str(graph.value(body, CNT.chars)).encode(str(encoding or "UTF-8"))


PROTOCOL = manifest("protocol/manifest.ttl")
TESTS = entries(PROTOCOL)
# A test that needs an update to succeed begins with a request that must, and that is no query.
UPDATES = [test for test in TESTS if "#update_" in test]
name_of = lambda test: str(test).rpartition("#")[2]  # noqa: E731


@pytest.fixture(scope="module")
def data(suites, stored, tmp_path_factory) -> Path:
    """The graphs that the protocol's tests ask about."""
    graphs = {}
    for said in PROTOCOL.objects(None, UT.graphData):
        label = str(PROTOCOL.value(said, rdflib.RDFS.label))
        graphs[label] = Path(str(PROTOCOL.value(said, UT.graph)).removeprefix("file://")).read_bytes()
    assert len(graphs) == 3
    return stored(tmp_path_factory.mktemp("protocol") / "store", graphs)


@pytest.fixture(scope="module")
def public(data, start) -> Iterator:
    with start("--store", str(data), "--workers", "1") as service:
        yield service


@pytest.fixture(scope="module")
def writable(stored, start, suites, tmp_path_factory) -> Iterator:
    folder = stored(tmp_path_factory.mktemp("updates") / "store", {})
    with start("--store", str(folder), "--workers", "2", "--writable") as service:
        yield service


def test_the_manifest_has_its_34_tests_seven_of_which_need_an_update(suites) -> None:
    assert len(TESTS) == 34
    assert len(UPDATES) == 7


def run(service, test: rdflib.term.Node) -> None:
    for request in requests(PROTOCOL, test):
        path = str(PROTOCOL.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
        method = str(PROTOCOL.value(request, HT.methodName))
        answer = service.send(method, path, headers_of(PROTOCOL, request), body_of(PROTOCOL, request))
        wanted = PROTOCOL.value(request, HT.resp)
        statuses = [str(status).rpartition("#")[2] for status in PROTOCOL.objects(wanted, MF.expectedStatus)]
        assert statuses
        assert any(str(answer.status)[0] == status[len("StatusCode")] for status in statuses), answer
        if answer.status >= 400:
            assert answer.media_type == "application/problem+json"
            assert answer.json()["status"] == answer.status
        if (form := PROTOCOL.value(wanted, MF.expectedFormat)) is not None:
            assert answer.media_type in {"tabular": TABULAR, "boolean": BOOLEAN, "RDF": GRAPH}[str(form)]
        if (truth := PROTOCOL.value(wanted, MF.expectedBoolean)) is not None:
            assert answer.json()["boolean"] is truth.toPython()


@pytest.mark.parametrize("test", [t for t in TESTS if t not in UPDATES], ids=name_of)
def test_protocol(test, public) -> None:
    run(public, test)


@pytest.mark.parametrize("test", [t for t in TESTS if "#bad_" in t], ids=name_of)
def test_what_must_be_refused_is_refused_where_updates_are_taken_too(test, writable) -> None:
    run(writable, test)


@pytest.mark.parametrize("test", UPDATES, ids=name_of)
def test_protocol_of_updates(test, writable) -> None:
    run(writable, test)


@pytest.mark.parametrize("test", UPDATES, ids=name_of)
def test_no_update_is_taken_from_the_public(test, public) -> None:
    first = requests(PROTOCOL, test)[0]
    path = str(PROTOCOL.value(first, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    answer = public.send("POST", path, headers_of(PROTOCOL, first), body_of(PROTOCOL, first))
    assert answer.status == 403
    assert answer.json()["kind"] == "read-only"


# ---------------------------------------------------------------- graph store protocol

DIRECT = manifest("graph-store-protocol/manifest-direct.ttl")
INDIRECT = manifest("graph-store-protocol/manifest-indirect.ttl")
READING = [
    (graph, test, number)
    for graph in (DIRECT, INDIRECT)
    for test in entries(graph)
    for number, request in enumerate(requests(graph, test))
    if str(graph.value(request, HT.methodName)) in ("GET", "HEAD")
]


def graphs_before(graph: rdflib.Graph, test: rdflib.term.Node, number: int) -> dict[str, rdflib.Graph]:
    """What the writing requests before the given one leave, by the path that names the graph."""
    state: dict[str, rdflib.Graph] = {}
    for request in requests(graph, test)[:number]:
        method, path = str(graph.value(request, HT.methodName)), key(str(graph.value(request, HT.absolutePath)))
        if method == "DELETE":
            state.pop(path, None)
        elif method in ("PUT", "POST"):
            said = rdflib.Graph()
            for text in parts(headers_of(graph, request).get("content-type", ""), body_of(graph, request) or b""):
                said.parse(data=text, format="turtle", publicID="http://www.example/")
            state[path] = said if method == "PUT" else state.get(path, rdflib.Graph()) + said
    return state


def parts(content_type: str, body: bytes) -> list[bytes]:
    """The texts of a body, which may be a form of several files."""
    if not content_type.startswith("multipart/"):
        return [body]
    message = email.message_from_bytes(f"Content-Type: {content_type}\n\n".encode() + body.replace(b"\r\n", b"\n"))
    return [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]


def key(path: str) -> str:
    """The path with what need not be percent-encoded decoded, once."""
    return re.sub(r"%[0-9A-Fa-f]{2}", lambda m: bytes.fromhex(m[0][1:]).decode(), path)


def own(path: str, case: int) -> str:
    """The path as this case names its graph: all cases share a service, and each has graphs of its own."""
    return path.replace("person", f"case-{case}", 1).replace("/gsp", "/rdf-graph-store", 1)


@pytest.fixture(scope="module")
def graphs(suites, start, stored, tmp_path_factory) -> Iterator:
    """A service whose store holds what the requests before each GET and HEAD of the suite would have left."""
    port = _free_port()
    held: dict[str | None, bytes] = {}
    for case, (graph, test, number) in enumerate(READING):
        for path, said in graphs_before(graph, test, number).items():
            place, _, query = own(path, case).partition("?")
            name = query.removeprefix("graph=") if query else f"http://127.0.0.1:{port}{place}"
            held[None if query == "default" else name] = said.serialize(format="nt").encode()
    folder = stored(tmp_path_factory.mktemp("graphs") / "store", held, ox.RdfFormat.N_TRIPLES)
    with start("--store", str(folder), "--workers", "1", "--port", str(port)) as service:
        yield service


@pytest.mark.parametrize("case", range(len(READING)), ids=[f"{name_of(test)}-{number}" for _, test, number in READING])
def test_graph_store_protocol_reading(case, graphs) -> None:
    graph, test, number = READING[case]
    if "post_get_new_graph" in test:
        pytest.skip("the server chooses the new graph's name: there is nothing to read where nothing is written")
    request = requests(graph, test)[number]
    path = own(str(graph.value(request, HT.absolutePath)), case)
    answer = graphs.send(str(graph.value(request, HT.methodName)), path, headers_of(graph, request))
    wanted = graph.value(request, HT.resp)
    statuses = [str(status).rpartition("#")[2] for status in graph.objects(wanted, MF.expectedStatus)]
    assert statuses
    for status in statuses:
        assert answer.status == {"OK": 200, "NotFound": 404, "StatusCode4xx": 404}[status]
    if (expected := body_of(graph, wanted)) is not None:
        assert answer.media_type == "text/turtle"
        got = rdflib.Graph().parse(data=answer.body, format="turtle")
        assert isomorphic(got, rdflib.Graph().parse(data=expected, format="turtle", publicID="http://www.example/"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


# ---------------------------------------------------------------- service description


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples", None])
def test_service_description(accept, public) -> None:
    """returns-rdf, has-endpoint-triple and conforms-to-schema of the suite's manifest."""
    answer = public.get("/sparql", accept)
    assert answer.status == 200
    assert answer.media_type == (accept or "text/turtle")
    graph = rdflib.Graph().parse(data=answer.body, format=accept or "text/turtle")
    endpoint = rdflib.URIRef(public.url + "/sparql")
    service = graph.value(predicate=SD.endpoint, object=endpoint)
    assert (service, rdflib.RDF.type, SD.Service) in graph
    check_schema(graph)


# Domain and range of each term (https://www.w3.org/TR/sparql11-service-description/, section 3).
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, {SD.SPARQL11Query, SD.SPARQL11Update, SD.SPARQL10Query}),
    SD.feature: (
        SD.Service,
        {SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs, SD.BasicFederatedQuery},
    ),
    SD.resultFormat: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}


def check_schema(graph: rdflib.Graph) -> None:
    for subject, predicate, value in graph:
        if predicate not in SD:
            continue
        domain, range_ = SCHEMA[predicate]
        assert (subject, rdflib.RDF.type, domain) in graph
        if isinstance(range_, set):
            assert value in range_
        elif range_ is not None:
            assert (value, rdflib.RDF.type, range_) in graph
    assert {kind for kind in graph.objects(None, rdflib.RDF.type) if kind in SD} <= {
        SD.Service,
        SD.Dataset,
        SD.Graph,
        SD.NamedGraph,
    }
    for service in graph.subjects(rdflib.RDF.type, SD.Service):
        assert len(list(graph.objects(service, SD.endpoint))) == 1
        assert len(list(graph.objects(service, SD.defaultDataset))) == 1


# ---------------------------------------------------------------- result formats

FORMATS = [
    (name, graph, test)
    for name in ("csv-tsv-res", "json-res")
    for graph in [manifest(f"{name}/manifest.ttl")]
    for test in entries(graph)
]


def file_of(graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.URIRef) -> Path:
    return Path(str(graph.value(node, predicate)).removeprefix("file://"))


@pytest.fixture(scope="module")
def results(suites, start, stored, tmp_path_factory) -> Iterator:
    """A service that has the data of each test in a named graph."""
    files = {file_of(graph, graph.value(test, MF.action), QT.data) for _, graph, test in FORMATS}
    held = {file.as_uri(): file.read_bytes() for file in files}
    folder = stored(tmp_path_factory.mktemp("results") / "store", held)
    with start("--store", str(folder), "--workers", "1") as service:
        yield service


@pytest.mark.parametrize(("name", "graph", "test"), FORMATS, ids=[name_of(test) for _, _, test in FORMATS])
def test_result_format(name, graph, test, results) -> None:
    action = graph.value(test, MF.action)
    query, data = file_of(graph, action, QT.query), file_of(graph, action, QT.data)
    result = file_of(graph, test, MF.result)
    accept = {"csv": "text/csv", "tsv": "text/tab-separated-values", "srj": "application/sparql-results+json"}[
        result.suffix[1:]
    ]
    answer = results.query(query.read_text("utf-8"), accept, **{"default-graph-uri": data.as_uri()})
    assert answer.status == 200
    assert answer.media_type == accept
    if accept == "text/csv":
        assert answer.body.count(b"\r\n") == answer.body.count(b"\n")  # RFC 4180
    assert READERS[accept](answer.body) == READERS[accept](result.read_bytes())


def _as_rows(body: bytes) -> list:
    """The solutions, blank nodes without their names, in no order."""
    results = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(results, ox.QueryBoolean):
        return [bool(results)]
    names = [variable.value for variable in results.variables]
    return sorted([[(name, _shown(row[name])) for name in sorted(names)] for row in results], key=str)


def _as_tsv_rows(body: bytes) -> list:
    """As `_as_rows`: numbers may be written with or without their datatypes."""
    results = ox.parse_query_results(body, ox.QueryResultsFormat.TSV)
    names = [variable.value for variable in results.variables]
    return sorted([{name: _shown(row[name]) for name in sorted(names)} for row in results], key=str)


def _shown(term: object) -> str:
    if isinstance(term, ox.BlankNode):
        return "_:"
    # Oxigraph keeps values: not how a number was written, and -3 as xsd:integer whichever of its subtypes it had.
    if isinstance(term, ox.Literal) and (found := re.search("(?i:double|decimal|float|integer)$", term.datatype.value)):
        return f"{float(term.value)} {found[0].lower()}"
    return str(term)


def _as_csv_rows(body: bytes) -> list:
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""))
    # The order of the columns of SELECT * is the engine's.
    return sorted([dict(sorted(zip(head, map(_plain, row), strict=True))) for row in rows], key=str)


def _plain(cell: str) -> str:
    if cell.startswith("_:"):
        return "_:"
    return str(float(cell)) if re.fullmatch(r"[+-]?\d+(\.\d*)?([eE][+-]?\d+)?", cell) else cell


READERS = {
    "text/csv": _as_csv_rows,
    "text/tab-separated-values": _as_tsv_rows,
    "application/sparql-results+json": _as_rows,
}
