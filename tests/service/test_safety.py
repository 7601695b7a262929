"""Nobody's query harms the service or others' answers: bombs end at their limit, nothing is cut, nothing leaves the store."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f && ?f != ?i) }"
# As many groups as pairs of triples: all are kept until the last is counted.
MEMORY = "SELECT ?c ?f (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?c ?f ORDER BY ?n"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000000"
PLANS = "SELECT ?title { ?plan a plan:Plan ; dcterms:title ?title }"


def get(sparql: str) -> str:
    return "/sparql?" + urlencode({"query": sparql})


@pytest.fixture(scope="module")
def strict(plans, start):
    """A service of two workers that allows two seconds, 128 MiB and answers of 1 MiB, and lets one request wait."""
    options = ("--workers", "2", "--timeout", "2", "--memory", "128", "--max-answer", "1", "--queue", "1")
    with start("--store", str(plans), "--log", "json", *options) as service:
        yield service


def wait_until_ready(service, workers: int = 2) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        ready = service.get("/readyz")
        if ready.status == 200 and ready.json()["workers"] == workers:
            return
        time.sleep(0.1)
    raise AssertionError("the workers did not come back")


def test_a_cross_product_ends_at_the_limit_while_others_are_answered_and_the_pool_recovers(strict) -> None:
    wait_until_ready(strict)
    before = workers_of(strict)
    with ThreadPoolExecutor(1) as threads:
        began = time.monotonic()
        bomb = threads.submit(strict.query, CROSS_PRODUCT)
        answered = 0
        while not bomb.done():
            assert strict.query(PLANS).status == 200
            answered += 1
        took = time.monotonic() - began
    assert answered >= 5
    assert 2 <= took < 6
    said = bomb.result()
    assert said.status == 504
    assert said.media_type == "application/problem+json"
    assert said.json()["kind"] == "time-limit"
    wait_until_ready(strict)
    after = workers_of(strict)
    assert len(after) == 2
    assert len(after - before) == 1


def workers_of(service) -> set[int]:
    """The processes that the service started, as the system lists them."""
    children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children")
    if not children.exists():
        pytest.skip("the system does not list a process's children")
    return {int(pid) for pid in children.read_text("ascii").split()} - {service.process.pid}


def test_a_query_that_wants_too_much_memory_takes_only_its_worker_with_it(plans, start) -> None:
    options = ("--workers", "2", "--timeout", "30", "--memory", "48")
    with start("--store", str(plans), *options) as service:
        said = service.query(MEMORY)
        assert said.status == 422, said.text[:300]
        assert said.json()["kind"] == "memory-limit"
        assert service.query(PLANS).status == 200
        wait_until_ready(service)


def test_a_query_nested_too_deeply_takes_only_its_worker_with_it(strict) -> None:
    deep = "ASK { FILTER(" + "(" * 20000 + "1" + ")" * 20000 + ") }"
    answer = strict.send("POST", "/sparql", {"Content-Type": "application/sparql-query"}, deep.encode())
    assert answer.status in (400, 422, 504)
    wait_until_ready(strict)
    assert strict.query(PLANS).status == 200


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
def test_an_answer_that_is_too_long_is_refused_before_its_first_byte(strict, accept) -> None:
    said = strict.query(LONG, accept)
    assert said.status == 422
    assert said.media_type == "application/problem+json"
    assert said.json()["kind"] == "answer-too-long"
    assert strict.query(LONG.replace("1000000", "100"), accept).status == 200
    assert strict.get("/rdf-graph-store?default", "application/n-triples").status == 422


def test_a_long_answer_comes_whole_and_with_its_length(service) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    total = int(service.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"])
    answer = service.query(query, "application/n-triples")
    assert answer.body.count(b"\n") == total
    assert answer.headers["content-length"] == str(len(answer.body))
    assert len(answer.body) > 1 << 20


def test_a_full_queue_is_told_when_to_come_again_and_a_healthy_one_answers(strict) -> None:
    wait_until_ready(strict)
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(strict.query, [CROSS_PRODUCT] * 8))
    busy = [answer for answer in answers if answer.status == 503]
    assert len(busy) >= 5  # two run, one waits
    for answer in busy:
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.json()["kind"] == "busy"
    assert {answer.status for answer in answers} <= {503, 504}
    wait_until_ready(strict)
    assert strict.query(PLANS).status == 200


def test_a_query_whose_client_has_gone_is_ended(strict) -> None:
    wait_until_ready(strict)
    before = workers_of(strict)
    parts = urlsplit(strict.url)
    with contextlib.closing(socket.create_connection((parts.hostname, parts.port))) as client:
        client.sendall(f"GET {get(CROSS_PRODUCT)} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        time.sleep(0.3)
    end = time.monotonic() + 1.5  # before its limit
    while workers_of(strict) == before:
        assert time.monotonic() < end
        time.sleep(0.05)
    wait_until_ready(strict)


def test_requests_that_are_too_long_are_refused(strict) -> None:
    query = {"Content-Type": "application/sparql-query"}
    long = b"ASK {} #" + b"x" * (1 << 20)
    assert strict.send("POST", "/sparql", query, long).status == 413
    parts = urlsplit(strict.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    with contextlib.closing(connection):  # no length said beforehand
        connection.request("POST", "/sparql", iter([long[: 1 << 19], long[1 << 19 :]]), query, encode_chunked=True)
        assert connection.getresponse().status == 413
    assert strict.send("POST", "/sparql", query, long[: 1 << 20]).status == 200


@pytest.fixture(scope="module")
def elsewhere():
    """A listening port that counts who connects."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        came: list[object] = []
        listener.settimeout(0.2)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                with contextlib.suppress(TimeoutError):
                    came.append(listener.accept()[1])

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"<http://127.0.0.1:{listener.getsockname()[1]}/sparql>", came
        done.set()
        thread.join()


CALLS = [
    "SELECT * { SERVICE @ { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT @ { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE SILENT @ { ?s ?p ?o } } }",
    "ASK { FILTER NOT EXISTS { sErViCe@{ ?s ?p ?o } } }",
    "SELECT * { VALUES ?where { @ } SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { BIND(@ AS ?where) SERVICE SILENT ?where { ?s ?p ?o } }",
    r"ASK { OPTIONAL { <http://x/\u0041#y> ?p ?o } SERVICE @ { ?s ?p ?o } }",
    r"ASK { \u0053ERVICE @ { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE#\n@ { ?s ?p ?o } }",
    "LOAD @",
    "LOAD SILENT @ INTO GRAPH <x:g>",
    "ASK {} ; LOAD @",
    "SELECT * FROM @ { ?s ?p ?o }",
    "SELECT * FROM NAMED @ { GRAPH ?g { ?s ?p ?o } }",
]


@pytest.mark.parametrize("call", CALLS)
def test_no_query_makes_the_service_talk_to_another_host(service, elsewhere, call) -> None:
    url, came = elsewhere
    answer = service.query(call.replace("@", url))
    if "FROM" in call:  # graphs are those of the store; none has this name
        assert answer.status == 200
        assert answer.json()["results"]["bindings"] == []
    else:
        assert answer.status == 400, answer.text
    given = service.query("ASK { ?s ?p ?o }", **{"default-graph-uri": url[1:-1]})
    assert given.json()["boolean"] is False
    assert came == []


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE <http://127.0.0.1:1/> {}' } # SERVICE <http://127.0.0.1:1/> {}",
        "SELECT ?service { ?service a <http://127.0.0.1:1/LOAD> }",
        "PREFIX load: <x:> ASK { load:service load:load ?load }",
    ],
)
def test_a_query_may_say_the_words_where_they_call_nobody(service, query) -> None:
    assert service.query(query).status == 200


def test_updates_that_would_load_or_call_are_refused_where_updates_are_taken(
    start, stored, tmp_path, elsewhere
) -> None:
    url, came = elsewhere
    folder = stored(tmp_path / "store", {})
    update = {"Content-Type": "application/sparql-update"}
    with start("--store", str(folder), "--writable", "--workers", "1") as service:
        for text in ("LOAD @", "CLEAR ALL ; load silent @", "INSERT { ?s ?p ?o } WHERE { SERVICE @ { ?s ?p ?o } }"):
            answer = service.send("POST", "/sparql", update, text.replace("@", url).encode())
            assert answer.status == 400, answer.text
        done = service.send("POST", "/sparql", update, b"INSERT DATA { <x:s> <x:p> 'LOAD' }")
        assert done.status == 204
        assert service.query("ASK { <x:s> <x:p> 'LOAD' }").json()["boolean"] is True
    assert came == []


def test_what_a_request_says_cannot_write_lines_of_its_own_into_the_log(plans, start) -> None:
    with start("--store", str(plans), "--workers", "1") as service:
        service.get("/" + quote("x\n2026 127.0.0.1 GET /forged 200\x1b[2J\u202e", safe=""))
        line = service.wait_for_log(lambda text: "forged" in text)
        assert " GET /x" in line
        assert "\x1b" not in line
        assert "\u202e" not in line


def test_workers_end_with_the_service_even_when_it_is_killed_in_the_midst_of_a_query(plans, start) -> None:
    with start("--store", str(plans), "--workers", "2", "--timeout", "60") as service:
        workers = workers_of(service)
        assert len(workers) >= 2
        with contextlib.suppress(OSError, http.client.HTTPException), ThreadPoolExecutor(1) as threads:
            bomb = threads.submit(service.query, CROSS_PRODUCT)
            time.sleep(0.5)
            service.process.kill()
            bomb.result(timeout=10)
        end = time.monotonic() + 5
        while any(_lives(pid) for pid in workers):
            assert time.monotonic() < end
            time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
