"""Every command on a real SPARQL 1.1 server does what it does on a folder."""

from __future__ import annotations

import pytest

from .conftest import ROOT

ASKING = [
    ["stats"],
    ["stats", "--lang", "zh", "-f", "json"],
    ["show", "360102-2021-d3598686"],
    ["show", "9", "-f", "json"],
    ["query", "tasks-of-plan", "--plan", "东湖", "-f", "csv"],
    ["sparql", "SELECT ?t { ?t a plan:Task } ORDER BY ?t", "-f", "csv"],
    ["sparql", "ASK { ?t a plan:Task }", "-f", "xml"],
    ["sparql", "DESCRIBE <plan/360102-2021-d3598686>", "-f", "ttl"],
    ["schema", "-f", "json"],
    ["validate", "-f", "json"],
    ["export", "-f", "trig"],
    ["export", "--plan", "东湖"],
    ["score", str(ROOT / "data" / "gold"), "--show"],
    ["infer", "-f", "json", "--list"],
]


@pytest.mark.slow
def test_every_command_does_on_a_server_what_it_does_on_a_folder(kg, store, sparql_server, monkeypatch):
    there = ["--endpoint", sparql_server]
    built = kg("build", "--samples", *there)
    assert (built.status, built.err) == (0, "")
    plans = [line for line in built.out.splitlines() if not line.startswith(" ")]  # below a plan: its open names
    assert [line.split()[0] for line in plans] == ["new"] * 5
    assert kg("build", "--samples", *there).out.count("unchanged  ") == 5
    for command in ASKING:
        local, remote = kg(*command), kg(*command, *there)
        assert remote.status == local.status, command
        assert remote.out == local.out, command
    monkeypatch.setenv("KG_ENDPOINT", sparql_server)
    assert kg("remove", "东湖").status == kg("remove", "东湖", "--store", store).status == 0
    assert kg("export", "-f", "nq").out == kg("export", "-f", "nq", "--store", store).out
    assert kg("remove", "东湖").status == 2


def test_an_empty_server_has_nothing_to_answer_from(kg, sparql_server):
    for command in ("stats", "export", "validate"):
        assert kg(command, "--endpoint", sparql_server).status == 6


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        (["--endpoint", "http://127.0.0.1:1"], 5, "no answer"),
        (["--endpoint", "SERVER/nothere"], 5, "HTTP status 404"),
        (["--endpoint", "localhost"], 2, "not an HTTP URL"),
        (["--endpoint", ""], 2, "--endpoint is empty"),
        (["--update-endpoint", "SERVER/update"], 2, "an update endpoint needs an endpoint"),
        (["--endpoint", "SERVER", "--store", "x"], 2, "either a folder or an endpoint"),
        (["--endpoint", "SERVER", "--update-endpoint", "SERVER/nothere"], 5, "HTTP status 404"),
    ],
)
def test_a_server_that_cannot_be_used_is_said_so(kg, plan, sparql_server, options, status, says):
    done = kg("build", plan, *(option.replace("SERVER", sparql_server) for option in options))
    assert (done.status, done.out) == (status, "")
    assert says in done.err
    assert kg("stats", "--endpoint", sparql_server).status == 6
