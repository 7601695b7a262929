"""A real service, in a process of its own, on a port of its own; and the conformance suites where they lie."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox
import pytest

from kg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
SUITES = ROOT.parent / "shared" / "conformance" / "sparql11"
PROGRAM = [sys.executable, "-c", "from kg.cli import main; main()"]


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers (in small letters), body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self):
        return json.loads(self.body)


@dataclass
class Service:
    """A running `kg serve`."""

    process: subprocess.Popen[str]
    url: str = ""
    log: list[str] = field(default_factory=list)

    def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = 60,
    ) -> Answer:
        """Just this request: no header is added but Host, and Content-Length where there is a body."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.putrequest(method, parts.path + path, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def get(self, path: str, accept: str | None = None, **headers: str) -> Answer:
        return self.send("GET", path, {**({"Accept": accept} if accept is not None else {}), **headers})

    def query(self, sparql: str, accept: str | None = None, **parameters: object) -> Answer:
        return self.get("/sparql?" + urlencode({"query": sparql, **parameters}, doseq=True), accept)

    def rows(self, sparql: str) -> list[dict[str, str]]:
        answer = self.query(sparql)
        assert answer.status == 200, answer.text
        return [{k: v["value"] for k, v in row.items()} for row in answer.json()["results"]["bindings"]]

    def wait_for_log(self, found: Callable[[str], bool], seconds: float = 10) -> str:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in list(self.log):
                if found(line):
                    return line
            if self.process.poll() is not None and not self.url:
                break
            time.sleep(0.02)
        raise AssertionError("no such line in the log:\n" + "\n".join(self.log))

    def stop(self, number: int | None = None) -> int:
        """Send a signal (SIGTERM) and wait; the exit status."""
        if self.process.poll() is None:
            self.process.terminate() if number is None else self.process.send_signal(number)
        return self.process.wait(timeout=40)


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return kept | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def call(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=cwd, env=environment(), capture_output=True, text=True, check=False, timeout=120
    )


@contextlib.contextmanager
def serving(*options: str) -> Iterator[Service]:
    """`kg serve` with these options on a free port; stopped at the end."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0", *options],
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    service = Service(process)

    def drain() -> None:
        assert process.stderr
        for line in process.stderr:
            service.log.append(line.rstrip("\n"))

    reader = threading.Thread(target=drain, daemon=True)
    reader.start()
    try:
        line = service.wait_for_log(lambda text: " at http://" in text, 60)
        service.url = line.split(" at ")[1].split("/sparql (")[0]
        yield service
        assert not [text for text in service.log if "Traceback" in text], "\n".join(service.log)
    finally:
        service.stop()
        reader.join(timeout=10)
        assert process.stderr
        process.stderr.close()


def make_store(folder: Path, graphs: Mapping[str | None, bytes], format: ox.RdfFormat = ox.RdfFormat.TURTLE) -> Path:
    """A store with these graphs (None is the default graph), as they are."""
    with contextlib.closing(open_store(folder, create=True)) as store, store.write() as working:
        for name, text in graphs.items():
            working.load(text, format=format, to_graph=ox.NamedNode(name) if name else None)
    return folder


@pytest.fixture(scope="session")
def suites() -> Path:
    if not SUITES.is_dir():
        if os.environ.get("PLANKG_REQUIRE_SHARED") == "1":
            pytest.fail(f"{SUITES} is required and absent")
        pytest.skip("the W3C's tests (../shared/conformance/sparql11) are no part of the repository, and not here")
    return SUITES


@pytest.fixture(scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two of the plans that come with plankg."""
    folder = tmp_path_factory.mktemp("plans") / "store"
    documents = sorted((ROOT / "data" / "documents").glob("*.txt"), key=lambda path: path.stat().st_size)[:2]
    done = call("build", *map(str, documents), "--store", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def service(plans: Path) -> Iterator[Service]:
    """A service over the two plans, for tests that only ask."""
    with serving("--store", str(plans)) as running:
        yield running


@pytest.fixture(scope="session")
def start() -> Callable[..., contextlib.AbstractContextManager[Service]]:
    """Start a service of one's own: `with start("--store", …) as service`."""
    return serving


@pytest.fixture(scope="session")
def stored() -> Callable[..., Path]:
    """Make a store of given graphs: see `make_store`."""
    return make_store


@pytest.fixture(scope="session")
def command() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `kg` to its end."""
    return call
