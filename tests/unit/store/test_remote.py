"""The store behind an endpoint: what is sent, and what goes wrong on the way."""

from __future__ import annotations

import socket
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError, UsageError
from kg.store import open_store

TITLE = ox.NamedNode("http://purl.org/dc/terms/title")


def post(url, **form):
    with urllib.request.urlopen(url, data=urllib.parse.urlencode(form).encode()) as answer:
        return answer.read()


@pytest.fixture
def recorder():
    """A real HTTP server that records requests and answers what `answers` says, by path."""
    seen, answers = [], {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            seen.append((self.path, dict(self.headers), urllib.parse.parse_qs(body)))
            status, text = answers.get(self.path, (200, '{"head":{},"boolean":true}'))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", seen, answers
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_query_is_posted_as_a_form_without_parameters_of_our_own(recorder):
    url, seen, _ = recorder
    assert open_store(endpoint=url).query("ASK { ?s ?p '科协' }")
    [(path, headers, form)] = seen
    assert path == "/query"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["Accept"] == "application/sparql-results+json"
    assert form == {"query": ["ASK { ?s ?p '科协' }"]}


def test_a_password_in_the_url_is_sent_as_a_header_and_never_shown(recorder):
    url, seen, answers = recorder
    store = open_store(endpoint=url.replace("//", "//kate:s%3Acret@"))
    store.query("ASK {}")
    assert seen[0][1]["Authorization"] == "Basic a2F0ZTpzOmNyZXQ="
    answers["/query"] = (401, "who are you")
    with pytest.raises(StoreError, match="401") as caught:
        store.query("ASK {}")
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403, 404, 405, 414, 429, 500, 502, 503])
def test_an_http_error_is_a_store_error_with_status_and_words_of_the_server(recorder, status):
    url, _, answers = recorder
    answers["/query"] = (status, "抱歉 no")
    with pytest.raises(StoreError, match=f"HTTP status {status}: 抱歉 no") as caught:
        open_store(endpoint=url).query("ASK {}")
    assert caught.value.where == f"{url}/query"
    assert caught.value.remedy


def test_a_query_that_only_the_server_refuses_is_a_query_error_with_its_words(recorder):
    url, _, answers = recorder
    answers["/query"] = (400, "too clever for me")
    with pytest.raises(QueryError, match="too clever for me"):
        open_store(endpoint=url).query("ASK {}")


@pytest.mark.parametrize("answer", ['{"head":{"vars":["s"]},"results":{"bindings":[', "", "<html>welcome</html>"])
def test_an_answer_that_breaks_off_or_is_no_answer_is_a_store_error(recorder, answer):
    url, _, answers = recorder
    answers["/query"] = (200, answer)
    with pytest.raises(StoreError, match="not complete"):
        open_store(endpoint=url).query("SELECT ?s { ?s ?p ?o }")


def test_a_server_that_runs_out_of_time_is_noticed_though_it_says_200(impatient_server):
    lines = "".join(f"<x:{number}> <x:p> {number} . " for number in range(1000))
    post(f"{impatient_server}/update", update=f"INSERT DATA {{ {lines} }}")
    store = open_store(endpoint=impatient_server)
    bomb = "?a <x:p> ?x . ?b <x:p> ?y . ?c <x:p> ?z . FILTER(?x + ?y + ?z = -1)"
    with pytest.raises(StoreError, match="not complete"):
        store.query(f"SELECT (COUNT(*) AS ?n) {{ {bomb} }}")
    with pytest.raises(StoreError, match="not complete"):
        store.query(f"CONSTRUCT {{ ?a <x:p> ?b }} WHERE {{ {bomb} }}")


def test_nobody_listening_is_a_store_error():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(StoreError, match="refused") as caught:
        open_store(endpoint=url).exists()
    assert caught.value.where == f"{url}/query"


def test_a_server_that_never_answers_is_given_up_after_the_time_limit():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        store = open_store(endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}", timeout=0.2)
        with pytest.raises(StoreError, match=r"no answer within 0\.2 s"):
            store.query("ASK {}")


def test_what_is_no_http_url_is_a_usage_error():
    for url in ("localhost:7878", "ftp://example.org/", "plans", "http://"):
        with pytest.raises(UsageError):
            open_store(endpoint=url)


def test_a_write_sends_nothing_where_nothing_changed_and_one_update_otherwise(recorder):
    url, seen, answers = recorder
    answers["/query"] = (200, "")  # an empty graph as N-Triples
    store = open_store(endpoint=f"{url}/query", update_endpoint=f"{url}/change")
    store.graph_names = list  # the recorder knows no graphs
    with store.write():
        pass
    assert {path for path, _, _ in seen} == {"/query"}
    with store.write() as working:
        working.add(ox.Quad(ox.NamedNode("x:s"), TITLE, ox.Literal("规划")))
        working.add(ox.Quad(ox.NamedNode("x:s"), TITLE, ox.Literal("规划"), ox.NamedNode("x:g")))
    [update] = [form["update"] for path, _, form in seen if path == "/change"]
    assert len(update) == 1
    assert update[0].count("INSERT DATA") == 1
    assert "GRAPH <x:g>" in update[0]


def test_a_write_leaves_the_statements_of_others_with_their_blank_nodes_alone(sparql_server):
    post(f"{sparql_server}/update", update="INSERT DATA { <x:s> <x:p> [ <x:q> '别人的' ] }")
    store = open_store(endpoint=sparql_server)
    with store.write() as working:
        working.add(ox.Quad(ox.NamedNode("x:s"), TITLE, ox.Literal("规划")))
    assert len(list(store.quads())) == 3


def test_a_changed_statement_with_a_blank_node_is_refused_and_nothing_is_sent(sparql_server):
    store = open_store(endpoint=sparql_server)
    with pytest.raises(StoreError, match="blank node"), store.write() as working:
        working.add(ox.Quad(ox.BlankNode("b"), TITLE, ox.Literal("规划")))
    assert store.is_empty()
