"""The store in a folder: versions, locks, leftovers, damage."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError, UsageError
from kg.store import open_store
from kg.store.embedded import EmbeddedStore

SUBJECT, TITLE = ox.NamedNode("https://w3id.org/plankg/id/plan/x"), ox.NamedNode("http://purl.org/dc/terms/title")


def quad(text):
    return ox.Quad(SUBJECT, TITLE, ox.Literal(text))


@pytest.fixture
def folder(tmp_path):
    with EmbeddedStore(tmp_path / "store", create=True).write() as working:
        working.add(quad("规划"))
    return tmp_path / "store"


def titles(folder):
    return sorted(q.object.value for q in EmbeddedStore(folder).quads())


def versions_in(folder):
    return sorted(entry.name for entry in folder.iterdir() if entry.name.startswith("v") and entry.is_dir())


def test_a_store_that_is_not_there_is_an_error_that_says_how_to_build_it(tmp_path):
    with pytest.raises(StoreError, match="kg build"):
        open_store(tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_opening_to_create_writes_nothing(tmp_path):
    store = open_store(tmp_path / "store", create=True)
    assert not store.exists()
    assert store.is_empty()
    assert not (tmp_path / "store").exists()


def test_a_first_write_that_is_given_up_leaves_no_folder(tmp_path):
    with pytest.raises(KeyboardInterrupt), open_store(tmp_path / "a" / "store", create=True).write() as working:  # noqa: PT012 - the block is what is given up
        working.add(quad("半途"))
        raise KeyboardInterrupt
    assert not (tmp_path / "a" / "store").exists()


def test_a_first_write_that_is_given_up_leaves_an_empty_folder_empty(tmp_path):
    with pytest.raises(ValueError, match="given up"), open_store(tmp_path, create=True).write():
        raise ValueError("given up")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("科学素质", encoding="utf-8")
    with pytest.raises(StoreError, match="something else"):
        open_store(tmp_path, create=True)
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_store(tmp_path):
    (tmp_path / "plan.txt").write_text("规划", encoding="utf-8")
    with pytest.raises(StoreError, match="file"):
        open_store(tmp_path / "plan.txt", create=True)


def test_the_base_is_remembered_and_another_is_refused(tmp_path):
    base = "https://data.example.org/plans/"
    with open_store(tmp_path / "store", create=True, base=base).write() as working:
        working.add(quad("规划"))
    assert open_store(tmp_path / "store").base == base
    assert open_store(tmp_path / "store", base=base).base == base
    with pytest.raises(UsageError, match="begin with"):
        open_store(tmp_path / "store", base="https://other.example.org/")


def test_a_newer_format_is_refused(folder):
    about = folder / "plankg.json"
    about.write_text(json.dumps({"format": 99, "base": "https://x.example/"}), encoding="utf-8")
    with pytest.raises(StoreError, match="format 99"):
        open_store(folder)


@pytest.mark.parametrize("text", ["", "[]", '{"format": "1", "base": "x:"}', '{"format": 1}', "\x00"])
def test_an_unreadable_plankg_json_is_damage(folder, text):
    (folder / "plankg.json").write_text(text, encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)


def test_current_naming_a_missing_version_is_damage(folder):
    (folder / "CURRENT").write_text("v77\n", encoding="ascii")
    with pytest.raises(StoreError, match="v77, which is not there"):
        open_store(folder).is_empty()


def test_current_naming_a_path_is_damage(folder):
    (folder / "CURRENT").write_text("../../etc\n", encoding="ascii")
    with pytest.raises(StoreError, match="damaged"):
        open_store(folder)


def test_a_version_that_rocksdb_refuses_is_damage(folder):
    (folder / "v1" / "CURRENT").write_bytes(b"rubbish")
    with pytest.raises(StoreError, match="damaged: v1 cannot be opened"):
        open_store(folder).is_empty()


def test_a_writer_in_another_process_is_named_by_its_id(folder):
    program = f"""
        import sys
        sys.path[:0] = {sys.path!r}
        from kg.store import open_store
        with open_store({str(folder)!r}).write():
            print("writing", flush=True)
            sys.stdin.readline()
    """
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "writing\n"
        with pytest.raises(StoreError, match=f"process {other.pid} is writing"), open_store(folder).write():
            pytest.fail("two writers at once")
        assert titles(folder) == ["规划"]  # readers do not wait
        other.communicate("\n")
    assert other.returncode == 0
    with open_store(folder).write() as working:
        working.add(quad("方案"))
    assert titles(folder) == ["方案", "规划"]


def test_a_writer_in_another_thread_is_refused_too(folder):
    store, met = open_store(folder), []

    def write():
        try:
            with store.write():
                met.append("wrote")
        except StoreError as error:
            met.append(str(error))

    with store.write():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert "is writing to this store" in met[0]


def test_a_writer_that_was_killed_leaves_the_store_as_it_was_and_the_next_one_cleans_up(folder):
    program = f"""
        import os, signal, sys
        sys.path[:0] = {sys.path!r}
        import pyoxigraph as ox
        from kg.store import open_store
        with open_store({str(folder)!r}).write() as working:
            working.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("半途")))
            working.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert ended.returncode == -9
    assert any(entry.name.startswith("work-") for entry in folder.iterdir())
    assert titles(folder) == ["规划"]
    with open_store(folder).write() as working:
        working.add(quad("方案"))
    assert titles(folder) == ["方案", "规划"]
    assert not any(entry.name.startswith("work-") for entry in folder.iterdir())


def test_a_first_writer_that_was_killed_leaves_a_place_to_build_in(tmp_path):
    folder = tmp_path / "store"
    program = f"""
        import os, signal, sys
        sys.path[:0] = {sys.path!r}
        from kg.store import open_store
        with open_store({str(folder)!r}, create=True).write() as working:
            os.kill(os.getpid(), signal.SIGKILL)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    with pytest.raises(StoreError, match="no store here"):
        open_store(folder)
    with open_store(folder, create=True).write() as working:
        working.add(quad("规划"))
    assert titles(folder) == ["规划"]


def test_a_version_stays_while_somebody_reads_it_and_goes_when_nobody_does(folder):
    reader = open_store(folder)
    rows = reader.query("SELECT ?o { ?s ?p ?o }")
    with open_store(folder).write() as working:
        working.add(quad("方案"))
    assert versions_in(folder) == ["v1", "v2"]
    assert [row["o"].value for row in rows] == ["规划"]
    reader.close()
    with open_store(folder).write() as working:
        working.add(quad("纲要"))
    assert versions_in(folder) == ["v3"]


def test_an_open_store_notices_what_another_writer_has_published(folder):
    reader = open_store(folder)
    assert [q.object.value for q in reader.quads()] == ["规划"]
    with open_store(folder).write() as working:
        working.add(quad("方案"))
    assert sorted(q.object.value for q in reader.quads()) == ["方案", "规划"]
    reader.close()


def test_threads_can_read_one_store_while_it_is_written(folder):
    store, seen, failures = open_store(folder), [], []

    def read():
        try:
            for _ in range(30):
                seen.append(len(list(store.query("SELECT ?o { ?s ?p ?o }"))))
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        with store.write() as working:
            working.add(quad(f"第{number}份"))
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(seen) <= {1, 2, 3, 4, 5, 6}
    assert len(list(store.quads())) == 6


def test_who_keeps_the_working_copy_cannot_change_what_was_published(folder):
    with open_store(folder).write() as working:
        working.add(quad("方案"))
    working.add(quad("太晚"))
    with contextlib.suppress(OSError):
        working.flush()  # its files are gone
    assert titles(folder) == ["方案", "规划"]


def test_a_store_copied_without_its_locks_can_be_read(folder):
    for lock in folder.glob("*.lock"):
        lock.unlink()
    assert titles(folder) == ["规划"]


def test_a_store_of_which_nothing_may_be_written_can_be_read(folder):
    entries = [folder, *folder.rglob("*")]
    for entry in entries:
        entry.chmod(0o555 if entry.is_dir() else 0o444)
    try:
        assert titles(folder) == ["规划"]
        if os.geteuid() != 0:  # root may write anywhere
            with pytest.raises(StoreError, match="cannot be written"), open_store(folder).write():
                pytest.fail("wrote to a read-only folder")
    finally:
        for entry in entries:
            entry.chmod(0o755 if entry.is_dir() else 0o644)


def test_a_query_that_calls_another_endpoint_is_refused(folder):
    from kg.errors import QueryError

    store = open_store(folder)
    for query in (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { service silent ?e { ?s ?p ?o } } }",
        "PREFIX ex: <x:>\nSELECT * { ?s ?p ex:.SERVICE<http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p 1e5SERVICE<http://127.0.0.1:9/> { ?a ?b ?c } }",
        "PREFIX ex: <x:>\nSELECT * { ?s ?p ex:a\\#b . SERVICE<http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p ?o FILTER(1<?o)SERVICE<http://127.0.0.1:9/> { ?a ?b ?c } }",
        "SELECT * { ?s ?p '''a'b\\'''' . SERVICE<http://127.0.0.1:9/> { ?a ?b ?c } }",
    ):
        with pytest.raises(QueryError, match="SERVICE"):
            store.query(query)
    assert len(list(store.query('SELECT ?service { ?service ?p ?o # SERVICE\n FILTER(?o != "SERVICE") }'))) == 1


def test_a_folder_and_an_endpoint_at_once_are_a_usage_error(tmp_path):
    with pytest.raises(UsageError):
        open_store(tmp_path, endpoint="http://localhost:7878")
    with pytest.raises(UsageError):
        open_store(update_endpoint="http://localhost:7878/update")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place where even root can make no folder")
def test_a_place_where_no_folder_can_be_made_is_a_store_error():
    with pytest.raises(StoreError, match="cannot be written"), open_store("/proc/plankg", create=True).write():
        pass
