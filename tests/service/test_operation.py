"""Starting, stopping, logging, proxies, and a rebuild while clients ask."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest

from kg.store import open_store

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f && ?f != ?i) }"
ROOM = ox.NamedNode("https://w3id.org/plankg/id/graph/x")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_quietly(plans, start, number) -> None:
    with start("--store", str(plans), "--workers", "1") as service:
        assert service.query("ASK {}").status == 200
        assert service.stop(number) == 0
        assert len(service.log) == 2  # what it serves, and the one request


def test_a_query_under_way_is_answered_or_ended_at_its_limit_before_the_service_stops(plans, start) -> None:
    with start("--store", str(plans), "--workers", "2", "--timeout", "2") as service, ThreadPoolExecutor(1) as threads:
        bomb = threads.submit(service.query, SLOW)
        time.sleep(0.5)
        service.process.send_signal(signal.SIGTERM)
        assert bomb.result(timeout=20).status == 504
        assert service.process.wait(timeout=20) == 0


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        ("--store {tmp}/none", 5, "there is no store here"),
        ("--store {tmp}/letter", 5, "something else than a store"),
        ("--store {tmp}/empty", 6, "the store holds nothing to serve"),
        ("--store {plans} --port {taken}", 5, "the port is in use"),
        ("--store {plans} --host nowhere.invalid", 2, "no address of this machine"),
        ("--store {plans} --writable --host 0.0.0.0", 2, "--writable"),
        ("--endpoint http://127.0.0.1:1 --writable", 2, "--writable"),
        ("--endpoint http://127.0.0.1:1", 5, "no answer"),
        ("--store {plans} --endpoint http://127.0.0.1:1", 2, "a folder or an endpoint"),
        ("--store {plans} --root-path plans", 2, "not a path"),
        ("--store {plans} --port 70000", 2, "70000"),
        ("--store {plans} --timeout 0", 2, "--timeout"),
    ],
)
def test_what_keeps_it_from_starting_is_said_with_its_exit_status(
    plans, stored, command, tmp_path, options, status, says
) -> None:
    stored(tmp_path / "empty", {})
    (tmp_path / "letter").mkdir()
    (tmp_path / "letter" / "letter").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = command("serve", *options.format(tmp=tmp_path, plans=plans, taken=taken.getsockname()[1]).split())
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_each_request_has_a_line_in_the_log(plans, start) -> None:
    with start("--store", str(plans), "--workers", "1", "--log", "json") as service:
        service.query("ASK {}")
        service.query("ASK {")
        lines = [json.loads(service.wait_for_log(lambda text, n=n: f'"status": {n}' in text)) for n in (200, 400)]
    assert [line["path"] for line in lines] == ["/sparql"] * 2
    assert lines[0]["method"] == "GET"
    assert lines[0]["client"] == "127.0.0.1"
    assert lines[0]["bytes"] > 0
    assert lines[0]["ms"] >= 0
    assert lines[0]["version"].startswith("v")
    assert lines[1]["problem"] == "bad-query"
    assert "line 1" in lines[1]["detail"]


@pytest.mark.parametrize("in_path", [True, False], ids=["proxy keeps the prefix", "proxy takes it off"])
def test_it_answers_below_a_path_behind_a_proxy(plans, start, in_path) -> None:
    with start("--store", str(plans), "--workers", "1", "--root-path", "/plans/") as service:
        assert service.url.endswith("/plans")
        bare = service.url.removesuffix("/plans")
        if not in_path:
            service.url = bare
        assert service.query("ASK {}").json()["boolean"] is True
        assert service.get("/healthz").status == 200
        assert f"<{bare}/plans/sparql>" in service.get("/sparql", "application/n-triples").text


def write(folder, round_: int, size: int = 200) -> None:
    """Replace the graph: every subject says the same round, so that a mixed answer would show."""
    with contextlib.closing(open_store(folder)) as store, store.write() as working:
        working.clear()
        says, title = ox.NamedNode("https://example.org/round"), ox.Literal(str(round_))
        working.extend(
            ox.Quad(ox.NamedNode(f"https://example.org/{n}"), says, title, graph)
            for n in range(size)
            for graph in (ox.DefaultGraph(), ROOM)
        )


def test_clients_see_each_build_whole_and_none_is_refused_while_it_is_published(start, stored, tmp_path) -> None:
    folder = stored(tmp_path / "store", {})
    write(folder, 0)
    query = "SELECT ?round (COUNT(*) AS ?n) { ?s <https://example.org/round> ?round } GROUP BY ?round"
    with start("--store", str(folder), "--workers", "3") as service:
        stop = threading.Event()
        seen: list[list[int]] = []

        def ask() -> None:
            mine: list[int] = []
            seen.append(mine)
            while not stop.is_set():
                rows = service.rows(query)
                assert len(rows) == 1
                assert rows[0]["n"] == "200"
                mine.append(int(rows[0]["round"]))

        with ThreadPoolExecutor(8) as threads:
            asking = [threads.submit(ask) for _ in range(8)]
            for round_ in range(1, 11):
                write(folder, round_)
                time.sleep(0.1)
            time.sleep(0.5)
            stop.set()
            for done in asking:
                done.result(timeout=30)
        assert service.rows(query)[0]["round"] == "10"
    assert {round_ for mine in seen for round_ in mine} >= {0, 5, 10}
    assert sum(map(len, seen)) >= 50


def test_a_query_that_began_before_a_build_finishes_on_the_old_version(start, stored, tmp_path) -> None:
    folder = stored(tmp_path / "store", {})
    write(folder, 0, size=1200)
    # Every pair of subjects: long enough for a build to be published meanwhile.
    query = (
        "SELECT (COUNT(*) AS ?n) (MIN(?x) AS ?least) (MAX(?y) AS ?most) "
        "{ ?s <https://example.org/round> ?x . ?t <https://example.org/round> ?y }"
    )
    with start("--store", str(folder), "--workers", "2") as service, ThreadPoolExecutor(1) as threads:
        asking = threads.submit(service.rows, query)
        time.sleep(0.3)
        assert not asking.done()
        write(folder, 1)
        assert service.rows(query)[0] == {"n": "40000", "least": "1", "most": "1"}
        assert asking.result(timeout=30)[0] == {"n": "1440000", "least": "0", "most": "0"}


def test_it_serves_what_another_server_holds_under_the_same_rules(sparql_server, start) -> None:
    with contextlib.closing(open_store(endpoint=sparql_server)) as store, store.write() as working:
        working.add(ox.Quad(ROOM, ROOM, ox.Literal("远处"), ROOM))
        working.add(ox.Quad(ROOM, ROOM, ox.Literal("远处")))
    with start("--endpoint", sparql_server, "--workers", "2", "--timeout", "3") as service:
        assert service.rows("SELECT ?o { ?s ?p ?o }") == [{"o": "远处"}]
        assert service.rows("SELECT ?o { GRAPH ?g { ?s ?p ?o } }") == [{"o": "远处"}]
        assert "远处" in service.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/ld+json").text
        assert service.query("ASK { ?s ?p ?o }", **{"default-graph-uri": "x:none"}).json()["boolean"] is False
        assert service.query("ASK { ?s ?p ?o }", **{"default-graph-uri": ROOM.value}).json()["boolean"] is True
        assert service.get(f"/rdf-graph-store?graph={ROOM.value}", "application/n-triples").body.count(b"\n") == 1
        assert service.query("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }").status == 400
        assert service.query("SELEKT").status == 400
        bomb = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {'1 ' * 60} }}" for n in range(6)) + " }"
        assert service.query(bomb).status in (502, 504)
        assert service.query("ASK {}").status == 200
