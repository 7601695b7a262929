"""Ctrl-C, SIGTERM, a reader that goes away, a full disk, a terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store import open_store

from .conftest import DOCUMENTS, PROGRAM, contents, environment


def _heed_signals() -> None:
    """Who runs the tests in the background (nohup, &) has these signals ignored, and children inherit that."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=lambda v: str(v)
)
@pytest.mark.parametrize("is_new", [True, False], ids=["new store", "store with plans"])
def test_a_signal_in_the_middle_of_a_build_leaves_the_store_as_it_was(request, tmp_path, number, status, is_new):
    store = tmp_path / "new" if is_new else request.getfixturevalue("store")
    before = contents(store)
    # The build waits at the last file, a pipe that nobody has written into.
    pipe = tmp_path / "last.txt"
    os.mkfifo(pipe)
    command = [*PROGRAM, "build", *DOCUMENTS, pipe, "--store", store]
    with (
        subprocess.Popen(
            command, env=environment(), stdout=-1, stderr=-1, text=True, preexec_fn=_heed_signals
        ) as process,
        pipe.open("wb"),  # comes back when the build opens its end
    ):
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (status, "")
    assert "Traceback" not in err
    assert "nothing is left half written" in err
    assert contents(store) == before


@pytest.mark.parametrize("stage", ["read", "write", "infer", "save"])
@pytest.mark.parametrize("is_new", [True, False], ids=["new store", "store with plans"])
def test_at_every_stage_an_interruption_leaves_the_store_as_it_was(request, tmp_path, plan, stage, is_new):
    place = tmp_path / "new" if is_new else request.getfixturevalue("store")
    before = contents(place)
    changed = tmp_path / plan.name
    changed.write_text(plan.read_text("utf-8").replace("提升工程", "提高工程"), "utf-8")

    def interrupt(at: str, what: str, n: int, of: int) -> None:
        if at == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([changed], open_store(place, create=True), interrupt)
    assert contents(place) == before


@pytest.mark.parametrize(
    "arguments",
    [["export"], ["export", "-f", "nt"], ["infer", "--list"], ["sparql", "SELECT * { ?s ?p ?o }"], ["schema"]],
    ids=lambda a: " ".join(a[:2]),
)
def test_a_reader_that_goes_away_is_no_error(store, arguments):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, *arguments], env=environment(), stdout=writing, stderr=-1, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["stats", "export"])
def test_a_full_disk_behind_standard_output_is_said_in_words(store, command):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, command], env=environment(), stdout=full, stderr=-1, text=True, check=False)
    assert (done.returncode, done.stderr) == (5, "kg: output: No space left on device\n")


@pytest.mark.parametrize(("lang", "words"), [("en", "reading 1/1 writing 1/1 inferring saving"), ("zh", "读取 推理")])
def test_progress_is_shown_on_a_terminal_and_cleared(tmp_path, plan, lang, words):
    master, slave = pty.openpty()
    command = [*PROGRAM, "build", plan, "--lang", lang]
    with subprocess.Popen(command, env=environment(), cwd=tmp_path, stdout=-1, stderr=slave) as process:
        os.close(slave)
        shown = b""
        try:
            while part := os.read(master, 65536):
                shown += part
        except OSError:  # how Linux says that the other end is closed
            pass
        out = process.stdout.read().decode()
    os.close(master)
    assert process.returncode == 0
    assert all(word in shown.decode() for word in words.split())
    assert shown.endswith(b"\r\x1b[K")
    assert out.count("\n") == 1
    assert "\r" not in out


def test_progress_is_silent_where_no_terminal_is(kg, plan):
    assert kg("build", plan, "-o", "-").err.startswith("new  ")
    assert kg("build", plan).err == ""
