"""kg query and kg sparql: forms, files, widths, sentences, pick-lists, the check, the time limit."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import socket
import subprocess
import time

import pytest
from wcwidth import wcswidth

from .conftest import PROGRAM, ROOT, environment

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?l) }"


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_sentences_are_a_column_where_asked_for_and_always_in_json(kg, store):
    asked = ["query", "targets-without-owner", "--plan", "瓯海"]
    plain, with_sentences = rows(kg(*asked, "-f", "csv").out), rows(kg(*asked, "-f", "csv", "--evidence").out)
    assert plain[0] == with_sentences[0][:-1]
    assert with_sentences[0][-1] == "evidence"
    assert all(row[-1] for row in with_sentences[1:])
    bindings = json.loads(kg(*asked, "-f", "json").out)["results"]["bindings"]
    assert [b["evidence"]["value"] for b in bindings] == [row[-1] for row in with_sentences[1:]]
    assert "evidence" not in json.loads(kg(*asked, "-f", "json", "--no-evidence").out)["head"]["vars"]
    assert "原文句子" in kg(*asked, "--evidence", "--lang", "zh").out


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json", "xml", "md", "html", "xlsx"])
def test_a_file_is_written_whole_in_the_form_of_its_suffix(kg, store, tmp_path, form):
    suffix = {"table": "txt"}.get(form, form)
    done = kg("query", "plans", "-o", f"out.{suffix}")
    assert (done.status, done.out, done.err) == (0, "", "")
    data = (tmp_path / f"out.{suffix}").read_bytes()
    assert data.startswith(b"PK") if form == "xlsx" else "瓯海区".encode() in data
    kg("query", "plans", "-f", form, "-o", "other")
    assert (tmp_path / "other").read_bytes() == data
    assert {file.name for file in tmp_path.iterdir()} == {".plankg", f"out.{suffix}", "other"}


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["plans", "-o", "x.doc"], 2, "the suffix .doc"),
        (["plans", "-o", "x"], 2, "no suffix"),
        (["plans", "-o", "nowhere/x.csv"], 2, "no such folder"),
        (["plans", "-o", ".", "-f", "csv"], 2, "a folder"),
        (["plans", "-o", ""], 2, "-o is empty"),
        (["targets", "--plan", "火星", "-o", "x.csv"], 2, "火星"),
        (["plans", "--timeout", "0"], 2, "timeout"),
        (["plans", "--width", "-1"], 2, "width"),
        (["targets", "--values", "plam"], 2, "has no parameter plam"),
        (["--values", "plan"], 2, "--values needs the name"),
        (["targets", "--plan", "https://w3id.org/plankg/id/plan/0"], 2, "there are: "),
    ],
)
def test_what_cannot_be_done_leaves_nothing_behind(kg, store, tmp_path, arguments, status, says):
    (tmp_path / "x.csv").write_text("old", "utf-8")
    done = kg("query", *arguments)
    assert (done.status, done.out) == (status, "")
    assert says in done.err
    assert {file.name for file in tmp_path.iterdir()} == {".plankg", "x.csv"}
    assert (tmp_path / "x.csv").read_text("utf-8") == "old"


def test_an_empty_answer_is_said_in_words_in_every_form(kg, store, tmp_path):
    asked = ["query", "agency-tasks", "--agency", "区总工会", "--plan", "瓯海", "--lang", "zh"]
    for form in ("table", "md", "html"):
        done = kg(*asked, "-f", form)
        assert done.status == 0
        assert "没有查到" in done.out
    for form in ("csv", "tsv", "xml"):
        done = kg(*asked, "-f", form)
        assert "没有查到" in done.err
        assert "没有查到" not in done.out
    said = json.loads(kg(*asked, "-f", "json").out)["head"]["x-plankg"]
    assert said["nothing"]["zh"].startswith("没有查到")
    assert said["nothing"]["en"].startswith("Nothing was found")
    assert said["values"]["plan"].endswith("330304-2021-565aea9f")


@pytest.mark.parametrize("width", [40, 80, 132])
def test_a_table_fits_the_columns_that_it_is_given(kg, store, width):
    for name in ("plans", "targets", "lead-coverage"):
        done = kg("query", name, "--width", str(width), "--lang", "zh", "--evidence")
        assert done.status == 0
        assert max(wcswidth(line) for line in done.out.splitlines()) <= width


def test_a_table_fits_the_terminal_and_a_pipe_gets_one_line_a_row(store):
    command = [*PROGRAM, "query", "targets", "--lang", "zh", "--store", str(store)]
    piped = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert max(wcswidth(line) for line in piped.splitlines()) > 132
    main, terminal = pty.openpty()
    child = subprocess.Popen(
        command, env=environment(COLUMNS="72", LINES="40", TERM="xterm"), cwd=ROOT, stdout=terminal
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        seen += part
    assert child.wait() == 0
    os.close(main)
    lines = seen.decode().replace("\r", "").splitlines()
    assert len(lines) > 60
    assert max(wcswidth(line) for line in lines) <= 72


def test_values_are_listed_with_their_names(kg, store):
    table = rows(kg("query", "tasks-for-group", "--values", "group", "-f", "csv").out)
    assert ["older-people", "老年人"] in table
    said = json.loads(kg("query", "tasks-for-group", "--values", "group", "-f", "json").out)
    assert [[each["value"], each["label"]] for each in said] == table[1:]
    assert "kg query tasks-for-group --values group" in kg("query", "tasks-for-group", "--help").out
    done = kg("query", "targets-due", "--values", "until")
    assert (done.status, done.out) == (2, "")
    assert "a date like 2025-12-31" in done.err


def test_the_check_is_a_table_or_json_and_its_status_says_whether_all_is_sound(kg, store, tmp_path):
    done = kg("query", "--check", "-f", "json")
    said = json.loads(done.out)
    assert done.status == 0, [each for each in said if each["faults"]]
    assert len(said) >= 31
    assert all(each["sound"] for each in said)
    one = kg("query", "plans", "--check", "--lang", "en")
    assert one.status == 0
    assert one.out.splitlines()[2].startswith("plans ")
    assert any(each["expected"] for each in said)
    # A store without all of the samples is somebody's own: no number of rows is expected there.
    assert kg("remove", "360102-2021-d3598686").status == 0
    fewer = kg("query", "--check", "-f", "json")
    assert (fewer.status, [each["expected"] for each in json.loads(fewer.out) if each["expected"]]) == (0, [])


def test_a_query_without_end_is_given_up_in_time(kg, store):
    started = time.monotonic()
    done = kg("sparql", ENDLESS, "--timeout", "0.5")
    assert time.monotonic() - started < 20
    assert (done.status, done.out) == (5, "")
    assert "no answer within 0.5 s" in done.err
    assert "--timeout" in done.err


def test_a_server_that_never_answers_is_given_up_in_time(kg):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        started = time.monotonic()
        done = kg(
            "query", "plans", "--endpoint", f"http://127.0.0.1:{silent.getsockname()[1]}/query", "--timeout", "0.7"
        )
    assert time.monotonic() - started < 20
    assert (done.status, done.out) == (5, "")
    assert "no answer within 0.7 s" in done.err


def test_a_time_limit_changes_no_answer_and_no_error(kg, store):
    for arguments in (
        ["query", "targets", "-f", "json"],
        ["query", "targets", "--plan", "火星"],
        ["query", "targets", "--values", "plan"],
        ["query", "targets", "--print"],
        ["sparql", "SELECT * {"],
        ["sparql", "ASK { ?t a plan:Task }"],
        ["stats"],
    ):
        free = kg(*arguments)
        if arguments != ["stats"]:
            assert kg(*arguments, "--timeout", "60") == free


def test_no_process_is_left_when_the_one_that_waits_is_ended(store):
    command = [*PROGRAM, "sparql", ENDLESS, "--timeout", "60", "--store", str(store)]
    waiting = subprocess.Popen(command, env=environment(), cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True)
    children = f"/proc/{waiting.pid}/task/{waiting.pid}/children"
    for _ in range(200):
        time.sleep(0.05)
        with open(children, encoding="ascii") as file:  # noqa: PTH123
            child = file.read().split()
        if child:
            break
    assert child
    waiting.terminate()
    waiting.communicate(timeout=10)
    assert waiting.returncode == 128 + 15
    time.sleep(0.1)
    assert not os.path.exists(f"/proc/{child[0]}")  # noqa: PTH110
