"""What the protocol leaves to us: formats, negotiation, HEAD, OPTIONS, datasets, refusals, descriptions."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from urllib.parse import quote, urlencode, urlsplit

import pytest
import rdflib

PLAN_TITLES = "SELECT ?title { ?plan a plan:Plan ; dcterms:title ?title } ORDER BY ?title"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
RESULTS = {
    "application/sparql-results+json": b'{"head"',
    "application/json": b'{"head"',
    "application/sparql-results+xml": b"<?xml",
    "application/xml": b"<?xml",
    "text/csv": b"title\r\n",
    "text/tab-separated-values": b"?title\n",
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


@pytest.mark.parametrize(("accept", "begins"), RESULTS.items())
def test_rows_come_in_every_format(service, accept, begins) -> None:
    answer = service.query(PLAN_TITLES, accept)
    assert answer.status == 200
    assert answer.media_type == accept
    assert answer.body.startswith(begins)
    assert "规划" in answer.text or "方案" in answer.text or "要点" in answer.text
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["content-length"] == str(len(answer.body))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize(("accept", "parser"), GRAPHS.items())
def test_graphs_come_in_every_format(service, accept, parser) -> None:
    for query in (
        "CONSTRUCT { ?p dcterms:title ?t } WHERE { ?p a plan:Plan ; dcterms:title ?t }",
        "DESCRIBE plan:Plan",
    ):
        answer = service.query(query, accept)
        assert answer.status == 200
        assert answer.media_type == accept
        assert len(rdflib.Graph().parse(data=answer.body, format=parser)) >= 2


def test_the_best_format_wins_and_what_cannot_be_had_is_refused_with_a_list(service) -> None:
    assert service.query(PLAN_TITLES, "text/csv;q=0.5, text/*;q=0.4, image/png").media_type == "text/csv"
    assert service.query(PLAN_TITLES, "text/turtle;q=0.9, */*;q=0.1").media_type == "application/sparql-results+json"
    assert service.query("DESCRIBE plan:Plan", "text/csv, */*;q=0.1").media_type == "text/turtle"
    for query, accept, others in (
        (PLAN_TITLES, "text/turtle", "text/csv"),
        ("DESCRIBE plan:Plan", "text/csv", "text/turtle"),
    ):
        refused = service.query(query, accept)
        assert refused.status == 406
        assert refused.media_type == "application/problem+json"
        assert others in refused.json()["remedy"]


def test_head_says_what_get_would_without_the_body(service) -> None:
    for path in (
        "/sparql?" + urlencode({"query": PLAN_TITLES}),
        "/sparql",
        "/rdf-graph-store?default",
        "/healthz",
        "/readyz",
    ):
        head, get = service.send("HEAD", path), service.send("GET", path)
        assert head.status == get.status == 200
        assert head.body == b""
        names = ("content-type", "vary") if path == "/readyz" else ("content-type", "content-length", "vary")
        assert [head.headers.get(name) for name in names] == [get.headers.get(name) for name in names]
    assert service.send("HEAD", "/sparql?query=ASK").status == 400


@pytest.mark.parametrize("path", ["/sparql", "/rdf-graph-store", "/rdf-graph-store/any", "/healthz", "/readyz"])
def test_options_and_methods_that_are_not_there(service, path) -> None:
    answer = service.send("OPTIONS", path, {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"})
    assert answer.status == 204
    assert ("POST" in answer.headers["allow"]) is (path == "/sparql")
    assert answer.headers["access-control-allow-methods"] == answer.headers["allow"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    for method in ("PUT", "DELETE", "PATCH", "TRACE", *(["POST"] if path != "/sparql" else [])):
        refused = service.send(method, path, body=b"")
        assert refused.status == 405
        assert "GET" in refused.headers["allow"]
        assert refused.json()["status"] == 405


def test_pages_of_other_hosts_may_read_answers_and_refusals(service) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/sparql?query=ASK", "/nowhere", "/healthz"):
        assert service.get(path).headers["access-control-allow-origin"] == "*"
    assert service.get("/nowhere").status == 404
    assert service.get("/nowhere").media_type == "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("GET", "/sparql?query=", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, None, 400),
        ("GET", "/sparql?query=%FF%FE", {}, None, 400),
        ("GET", "/sparql?default-graph-uri=x:g", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=not+an+iri", {}, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&named-graph-uri=g", {}, None, 400),
        ("GET", "/sparql?update=CLEAR+ALL", {}, None, 400),
        ("POST", "/sparql", FORM, b"", 400),
        ("POST", "/sparql", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL", 400),
        ("POST", "/sparql?query=ASK%7B%7D", FORM, b"query=ASK%7B%7D", 400),
        ("POST", "/sparql?query=ASK%7B%7D", QUERY, b"ASK{}", 400),
        ("POST", "/sparql", FORM, b"query=\xff", 400),
        ("POST", "/sparql", QUERY, b"ASK { ?s ?p '\xff' }", 400),
        ("POST", "/sparql", {"Content-Type": "application/json"}, b"{}", 415),
        ("POST", "/sparql", {"Content-Type": "application/sparql-query; charset=gb18030"}, b"ASK{}", 415),
        ("POST", "/sparql", QUERY, b"SELEKT * {}", 400),
        ("POST", "/sparql", QUERY, b"INSERT DATA { <x:s> <x:p> <x:o> }", 400),
        ("POST", "/sparql", QUERY, b"LOAD <http://127.0.0.1:1/>", 400),
        ("POST", "/sparql", QUERY, b"ASK { FILTER(<x:nofunction>(1)) }", 400),
        ("POST", "/sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403),
        ("POST", "/sparql", FORM, b"update=CLEAR+ALL", 403),
        ("GET", "/rdf-graph-store", {}, None, 400),
        ("GET", "/rdf-graph-store?graph=x:a&default", {}, None, 400),
        ("GET", "/rdf-graph-store?graph=relative", {}, None, 400),
        ("GET", "/rdf-graph-store?graph=x:a&graph=x:b", {}, None, 400),
        ("GET", "/rdf-graph-store?graph=x:unknown", {}, None, 404),
        ("GET", "/rdf-graph-store/../../etc/passwd", {}, None, 404),
        ("GET", "/rdf-graph-store/%2e%2e/plankg.json", {}, None, 404),
    ],
)
def test_what_is_wrong_is_said_with_its_status(service, method, path, headers, body, status) -> None:
    answer = service.send(method, path, headers, body)
    assert answer.status == status, answer.text
    if status >= 400:
        said = answer.json()
        assert answer.media_type == "application/problem+json"
        assert said["status"] == status
        assert said["what"]
        assert said["title"]


def test_a_broken_query_is_told_where_it_is_broken(service) -> None:
    said = service.query("SELECT *\nWHERE { ?s ?p }").json()
    assert said["where"] == "line 2, column 16"
    assert "WHERE { ?s ?p }" in said["remedy"]
    assert service.query("ASK { ?s nothing:known ?o }").json()["what"] == "the prefix nothing: is not declared"


def test_both_forms_of_post_answer_like_get(service) -> None:
    wanted = service.query(PLAN_TITLES).json()
    assert len(wanted["results"]["bindings"]) == 2
    direct = service.send(
        "POST", "/sparql", {"Content-Type": "application/sparql-query;charset=UTF-8"}, PLAN_TITLES.encode()
    )
    form = service.send("POST", "/sparql", FORM, urlencode({"query": PLAN_TITLES, "format": "json"}).encode())
    assert direct.json() == form.json() == wanted


def test_the_default_graph_holds_everything_and_each_plan_has_a_graph(service) -> None:
    plans = service.rows("SELECT ?g { GRAPH ?g { ?plan a plan:Plan } } ORDER BY ?g")
    graphs = [row["g"] for row in plans]
    assert len(graphs) == 2
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"

    def number(sparql: str, **parameters: object) -> int:
        return int(service.query(sparql, **parameters).json()["results"]["bindings"][0]["n"]["value"])

    everything, first, second = number(count.format("")), *(number(count.format(f"FROM <{g}>")) for g in graphs)
    assert 0 < first < everything
    both = number(count.format(" ".join(f"FROM <{g}>" for g in graphs)))
    assert max(first, second) < both < first + second  # what both plans say of the nation's bodies is there once
    assert number(count.format(""), **{"default-graph-uri": graphs}) == both
    assert number(count.format("FROM <x:none>"), **{"default-graph-uri": graphs[0]}) == first
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(named, **{"named-graph-uri": graphs}) == 2
    assert number(named.replace("{ GRAPH", f"FROM NAMED <{graphs[0]}> {{ GRAPH")) == 1
    assert number(count.format(""), **{"named-graph-uri": graphs}) == 0


def test_a_graph_as_a_whole_is_what_the_query_would_give(service) -> None:
    name = service.rows("SELECT ?g { GRAPH ?g { ?plan a plan:Plan } } LIMIT 1")[0]["g"]
    answer = service.get("/rdf-graph-store?graph=" + quote(name, safe=""), "application/n-triples")
    assert answer.status == 200
    asked = service.query(
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}", "application/n-triples"
    )
    assert sorted(answer.body.splitlines()) == sorted(asked.body.splitlines())
    refused = service.get("/rdf-graph-store?default", "image/png")
    assert refused.status == 406


def test_the_description_counts_what_there_is_as_soon_as_it_is_counted(service) -> None:
    total = int(service.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"])
    tasks = int(service.rows("SELECT (COUNT(*) AS ?n) { ?s a plan:Task }")[0]["n"])
    graph = rdflib.Graph()
    for _ in range(200):
        graph = rdflib.Graph().parse(data=service.get("/sparql", "text/turtle").body, format="turtle")
        if "triples" in str(list(graph.predicates())):
            break
        time.sleep(0.1)
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    default = graph.value(predicate=rdflib.RDF.type, object=sd.Service)
    dataset = graph.value(default, sd.defaultDataset)
    assert int(graph.value(dataset, void.triples)) == total
    part = graph.value(predicate=void["class"], object=rdflib.URIRef("https://w3id.org/plankg/ontology#Task"))
    assert int(graph.value(part, void.entities)) == tasks
    names = {str(name) for name in graph.objects(None, sd.name)}
    assert names == {row["g"] for row in service.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]
    assert service.get("/sparql", "text/csv").status == 406


def test_the_same_answer_has_the_same_bytes(service) -> None:
    for path in ("/sparql", "/rdf-graph-store?default", "/sparql?" + urlencode({"query": PLAN_TITLES})):
        assert service.get(path).body == service.get(path).body


def test_health_and_readiness(service) -> None:
    assert service.get("/healthz").json() == {"status": "ok"}
    ready = service.get("/readyz")
    assert ready.status == 200
    assert ready.json()["status"] == "ready"
    assert ready.json()["version"].startswith("v")
    assert ready.headers["cache-control"] == "no-store"
    assert json.loads(ready.body)["workers"] >= 4


def test_a_host_that_is_none_is_not_repeated_and_a_url_without_end_is_refused(service) -> None:
    for host, path, status in (
        ("ex<am>ple", "/sparql", (b"200", b"400")),
        ("example.org", "/sparql?query=" + "x" * (1 << 17), (b"400", b"431", b"")),
    ):
        parts = urlsplit(service.url)
        with contextlib.closing(socket.create_connection((parts.hostname, parts.port), timeout=10)) as client:
            said = b""
            with contextlib.suppress(ConnectionError):  # refused before all of it was sent
                client.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
                while part := client.recv(1 << 16):
                    said += part
        assert said[9:12] in status
        assert b"ex<am>ple" not in said
    assert service.get("/healthz").status == 200
