"""What several tests need: a real SPARQL 1.1 server."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


def _start(*options: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start `oxigraph serve` in memory on a free loopback port, and wait until it listens."""
    beside_python = Path(sys.executable).with_name("oxigraph")
    program = str(beside_python) if beside_python.exists() else shutil.which("oxigraph")
    assert program, "the tests need the program oxigraph: pip install oxigraph"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        assert server.poll() is None, f"oxigraph ended with status {server.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server, f"http://127.0.0.1:{port}"
        time.sleep(0.05)
    server.kill()
    raise AssertionError("oxigraph did not start within 10 s")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture(scope="session")
def _running_server() -> Iterator[str]:
    server, url = _start()
    yield url
    _stop(server)


@pytest.fixture
def sparql_server(_running_server: str) -> str:
    """The URL of a real, empty Oxigraph server: query at …/query, update at …/update."""
    body = urllib.parse.urlencode({"update": "CLEAR ALL"}).encode()
    with urllib.request.urlopen(f"{_running_server}/update", data=body) as answer:
        assert answer.status == 204
    return _running_server


@pytest.fixture(scope="session")
def impatient_server() -> Iterator[str]:
    """The URL of a real Oxigraph server that gives up every query after one second."""
    server, url = _start("--timeout-s", "1")
    yield url
    _stop(server)
