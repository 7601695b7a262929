"""Files → one file of statements: the same bytes whatever the order and the number of processes, with nothing inferred."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import resources
from kg.errors import KGError
from kg.export.stream import head_of, renderer
from kg.pipeline import BuildReport, build, convert, graph_name
from kg.pipeline.spool import Spool
from kg.read import Limits
from kg.store import open_store
from kg.vocab import DEFAULT_BASE

from .test_building import SMALL, write

DOCUMENTS = sorted(resources.folder("data/documents").glob("*.txt"))


def converted(paths, **options) -> tuple[bytes, BuildReport]:
    parts: list[bytes] = []
    report = convert(paths, parts.append, **options)
    return b"".join(parts), report


@pytest.fixture(scope="module")
def plans() -> bytes:
    return converted(DOCUMENTS)[0]


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_any_order_and_any_number_of_processes_give_the_same_bytes(plans: bytes, jobs: int) -> None:
    text, report = converted(DOCUMENTS[::-1], jobs=jobs)
    assert text == plans
    assert [p.iri for p in report.plans] == sorted(p.iri for p in report.plans)
    assert report.failures == []


def test_what_is_written_is_what_a_store_holds_of_each_plan(plans: bytes) -> None:
    store = open_store()
    build(DOCUMENTS, store)
    graphs = {graph_name(p.iri) for p in converted(DOCUMENTS)[1].plans}
    stored = {str(q) for name in graphs for q in store.quads(name)}
    assert {str(q) for q in ox.parse(plans, format=ox.RdfFormat.N_QUADS)} == stored
    lines = plans.decode().split("\n")[:-1]
    assert len(lines) == len(set(lines)) == len(stored)


@pytest.mark.parametrize(("form", "syntax"), [("nt", ox.RdfFormat.N_TRIPLES), ("ttl", ox.RdfFormat.TURTLE)])
@pytest.mark.parametrize("base", [DEFAULT_BASE, "https://data.example.org/规划/"])
def test_the_other_forms_say_the_same_without_the_graphs(form: str, syntax: ox.RdfFormat, base: str) -> None:
    paths = DOCUMENTS[:2]
    text, _ = converted(paths, render=renderer(form, base, graph_name), base=base)
    quads, _ = converted(paths, base=base)
    said = {q.triple for q in ox.parse(head_of(form, base) + text, format=syntax)}
    assert said == {q.triple for q in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}


def test_each_plan_is_written_once_from_the_fuller_file(tmp_path: Path) -> None:
    small = write(tmp_path, "a.txt")
    full = tmp_path / "b.txt"
    full.write_text(small.read_text("utf-8") + "\n3.加强宣传。做好。", "utf-8")
    shutil.copy(small, tmp_path / "c.txt")
    alone, _ = converted([full])
    for jobs in (0, 3):
        text, report = converted([tmp_path], jobs=jobs)
        assert text == alone
        assert report.duplicates == [(str(small), str(full)), (str(tmp_path / "c.txt"), str(full))]


def test_bad_files_are_reported_in_their_order_and_the_others_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    good = write(tmp_path, "b.txt")
    (tmp_path / "c.txt").write_text("红烧肉\n1.切肉。\n2.炖煮。", "utf-8")
    (tmp_path / "d.txt").write_text(SMALL.format(year=2020, second="办" * 3_000), "utf-8")
    text, report = converted([tmp_path, tmp_path / "missing.txt"], jobs=3, limits=Limits(text=2_000))
    assert [Path(file).name for file, _ in report.failures] == ["missing.txt", "a.txt", "c.txt", "d.txt"]
    assert all(error.where == file and error.remedy for file, error in report.failures)
    assert text == converted([good])[0]


def test_members_of_an_archive_are_plans_like_others(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        for file in DOCUMENTS[:3]:
            archive.write(file, f"计划/{file.name}")
        archive.writestr("计划/空.txt", "")
    text, report = converted([tmp_path / "bundle.zip"], jobs=2)
    assert [file for file, _ in report.failures] == [f"{tmp_path}/bundle.zip/计划/空.txt"]
    names = {
        str(q.object.value)
        for q in ox.parse(text, format=ox.RdfFormat.N_QUADS)
        if q.predicate.value.endswith("#fileName")
    }
    assert names == {f"bundle.zip/计划/{file.name}" for file in DOCUMENTS[:3]}


@pytest.mark.parametrize("jobs", [0, 1])
def test_standard_input_may_hold_an_archive(tmp_path: Path, jobs: int) -> None:
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        archive.write(DOCUMENTS[0], "计划/a.txt")
        archive.writestr("b.txt", "红烧肉")
    _, report = converted(["-"], stdin=(tmp_path / "bundle.zip").read_bytes(), jobs=jobs)
    assert [p.file for p in report.plans] == ["-/计划/a.txt"]
    assert [(file, error.where) for file, error in report.failures] == [("-/b.txt", "-/b.txt")]


def test_nothing_is_written_before_all_is_read(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.txt"), write(tmp_path, "b.txt", 2021)
    steps: list[str] = []
    convert([first, second], lambda text: steps.append("written"), progress=lambda stage, *_: steps.append(stage))
    assert steps == ["read", "read", "write", "written", "write", "written"]


def test_a_reader_that_fails_on_one_file_does_not_cost_the_others(tmp_path: Path) -> None:
    from kg.pipeline import read_plan

    def read(source, file):
        if source.file_name == "b.txt":
            raise OverflowError("a fault")
        return read_plan(source)

    files = [write(tmp_path, "a.txt"), write(tmp_path, "b.txt", 2021)]
    for jobs in (0, 1):
        _, report = converted(files, read=read, jobs=jobs)
        assert [Path(p.file).name for p in report.plans] == ["a.txt"]
        ((file, error),) = report.failures
        assert (file, "OverflowError: a fault" in str(error)) == (str(files[1]), True)


def test_what_is_put_aside_comes_back_and_the_folder_stays_empty(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    places = [spool.put(text) for text in (b"one", b"", b"three" * 100_000)]
    assert [spool.get(place) for place in places] == [b"one", b"", b"three" * 100_000]
    assert list(tmp_path.iterdir()) == []
    spool.close()


def test_a_folder_without_room_is_an_error_in_words() -> None:
    with pytest.raises(KGError, match="no room for temporary files") as caught:
        Spool(Path("/proc"))
    assert caught.value.remedy
