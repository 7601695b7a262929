"""convert, and the options of reading that it shares with build."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli.convert import FORMATS
from kg.export import stream

from .conftest import DOCUMENTS, PROGRAM, environment
from .test_interruption import _heed_signals


def test_the_command_writes_what_build_stores(kg, tmp_path):
    done = kg("convert", *DOCUMENTS, "-o", "plans.nq", "--lang", "en")
    assert (done.status, done.out, done.err) == (0, "5 plans → plans.nq\n", "")
    kg("build", *DOCUMENTS)
    stored = {line for line in kg("export", "-f", "nq").out.split("\n") if "/id/graph/" in line}
    assert set((tmp_path / "plans.nq").read_text("utf-8").split("\n")) - {""} == stored


@pytest.mark.parametrize("form", FORMATS)
def test_standard_output_holds_the_statements_alone(kg, plan, form):
    done = kg("convert", plan, "-f", form)
    assert (done.status, done.err) == (0, "")
    syntax = {"nq": ox.RdfFormat.N_QUADS, "nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE}[form]
    assert sum(1 for _ in ox.parse(done.out, format=syntax)) > 1000


def test_jobs_and_order_change_no_byte(kg, tmp_path):
    for name, options in (("a", ["--jobs", 1]), ("b", ["--jobs", 8]), ("c", [])):
        files = DOCUMENTS[::-1] if name == "b" else DOCUMENTS
        assert kg("convert", *files, "-o", f"{name}.ttl", *options).status == 0
    one, *others = ((tmp_path / f"{name}.ttl").read_bytes() for name in "abc")
    assert others == [one, one]


def test_a_failure_is_reported_and_the_others_are_written(kg, tmp_path, plan, recipe):
    done = kg("convert", recipe, plan, "nowhere.txt", "-o", "plans.nq", "--lang", "zh")
    assert (done.status, done.out) == (1, "1 份规划 → plans.nq\n")
    assert [line.partition(": ")[2].partition(":")[0] for line in done.err.splitlines()] == ["nowhere.txt", str(recipe)]


@pytest.mark.parametrize("before", [None, "as it was"])
def test_bad_files_alone_write_nothing(kg, tmp_path, recipe, before):
    if before:
        (tmp_path / "plans.nq").write_text(before)
    assert kg("convert", recipe, "-o", "plans.nq").status == 3
    left = {p.name: p.read_text("utf-8") for p in tmp_path.iterdir() if p != recipe}
    assert left == ({"plans.nq": before} if before else {})


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "nothing to read"),
        ([""], "a path is empty"),
        (["a.txt", "-o", "plans.jsonld"], "cannot be written plan by plan"),
        (["a.txt", "-o", "plans.xlsx"], "no graph format"),
        (["a.txt", "-o", "nowhere/plans.nq"], "no such folder"),
        (["a.txt", "-o", ""], "-o is empty"),
        (["a.txt", "--base", "x"], "not the start of IRIs"),
        (["a.txt", "--corrections", ""], "--corrections is empty"),
        (["a.txt", "--corrections", "nowhere.csv"], "nowhere.csv"),
        (["a.txt", "--jobs", "0"], "0 is not in the range"),
        (["a.txt", "--limit", "txt=5"], "no limit 'txt'"),
        (["a.txt", "--limit", "text=-5"], "no number above zero"),
    ],
)
def test_a_wrong_call_is_refused_before_any_work(kg, tmp_path, arguments, says):
    done = kg("convert", *arguments)
    assert (done.status, done.out) == (3 if "nowhere.csv" in arguments else 2, "")
    assert says in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_limit_is_set_by_option_or_environment(kg, plan, monkeypatch):
    assert "more than 100 characters" in kg("convert", plan, "--limit", "text=100").err
    monkeypatch.setenv("KG_LIMIT", "text=200 seconds=9")
    for command in ("convert", "build"):
        done = kg(command, plan)
        assert done.status == 3
        assert "more than 200 characters (give a part of it, or raise the limit text)" in done.err
    assert kg("convert", plan, "--limit", "text=1000000").status == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "3 files of other kinds passed over: .jpg 2 .xlsx 1"), ("zh", "跳过 3 个不支持的文件：.jpg 2 .xlsx 1")],
)
def test_files_of_other_kinds_are_counted(kg, tmp_path, plan, lang, words):
    (tmp_path / "in").mkdir()
    shutil.copy(plan, tmp_path / "in")
    for name in ("a.jpg", "b.jpg", "c.xlsx", "README.md", ".hidden"):
        (tmp_path / "in" / name).touch()
    for command in ("convert", "build"):
        done = kg(command, "in", "--lang", lang)
        assert (done.status, done.err) == (0, f"kg: {words}\n")


def test_an_archive_is_read_like_a_folder(kg, tmp_path, plan):
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        archive.write(plan, "计划/a.txt")
    piped = subprocess.run(
        [*PROGRAM, "convert", "-"], input=(tmp_path / "bundle.zip").read_bytes(), env=environment(), capture_output=True
    )
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert '"-/计划/a.txt"' in piped.stdout.decode()
    named = kg("convert", "bundle.zip")
    assert named.out == piped.stdout.decode().replace('"-/计划/a.txt"', '"bundle.zip/计划/a.txt"')


def test_a_device_is_written_into_and_a_reader_that_goes_away_is_no_error(kg, plan):
    assert kg("convert", plan, "-o", "/dev/null", "-f", "nq").status == 0
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, "convert", plan], env=environment(), stdout=writing, stderr=-1, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs a device that is always full")
def test_a_full_disk_is_said_in_words(kg, plan):
    done = kg("convert", plan, "-o", "/dev/full", "-f", "nq")
    assert (done.status, done.out) == (3, "")
    assert "/dev/full: cannot be written: No space left on device" in done.err


def children(process: int) -> list[int]:
    return [int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=lambda v: str(v)
)
def test_a_signal_leaves_neither_half_a_file_nor_a_process(tmp_path, number, status):
    (tmp_path / "plans.nq").write_text("as it was")
    pipe = tmp_path / "last.txt"  # nobody writes into it: a worker waits at it
    os.mkfifo(pipe)
    command = [*PROGRAM, "convert", *DOCUMENTS, pipe, "-o", tmp_path / "plans.nq", "--jobs", "2"]
    with (
        subprocess.Popen(
            command, env=environment(), stdout=-1, stderr=-1, text=True, preexec_fn=_heed_signals
        ) as process,
        pipe.open("wb"),  # comes back when the worker opens its end
    ):
        workers = children(process.pid)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (status, "")
    assert "Traceback" not in err
    assert len(workers) == 2
    end = time.monotonic() + 5
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert {p.name for p in tmp_path.iterdir()} == {"plans.nq", "last.txt"}
    assert (tmp_path / "plans.nq").read_text() == "as it was"


def test_the_command_s_formats_are_those_that_can_be_written_plan_by_plan():
    assert FORMATS == stream.FORMATS
