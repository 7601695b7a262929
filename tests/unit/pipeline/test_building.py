"""The order of the stages: what becomes of good files, bad files, changed files, and of files that mean harm."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kg import resources
from kg.errors import InputError, KGError, NotAPlanError
from kg.numerals import int_to_han
from kg.pipeline import build, graph_name, read_plan, remove
from kg.read import Limits, read_bytes, read_file
from kg.store import open_store

NO_PLAN = sorted((Path(__file__).resolve().parents[2] / "golden" / "plans" / "no-plan").iterdir())
SMALL = "南昌市{year}年科普工作要点\n为提高素质,制定本要点。\n一、工作任务\n1.开展培训。办班。(市科协)\n2.{second}。办展。(市教育局)\n二、保障措施\n1.加强领导。做好。\n2.加强投入。做好。"


def write(folder: Path, name: str, year: int = 2020, second: str = "办好活动", before: str = "") -> Path:
    file = folder / name
    file.write_text(before + SMALL.format(year=year, second=second), "utf-8")
    return file


# ---------------------------------------------------------------- bad input


@pytest.mark.parametrize("file", NO_PLAN, ids=lambda p: p.name)
def test_a_text_that_is_no_plan_is_refused_in_words(file: Path) -> None:
    with pytest.raises(NotAPlanError, match="no plan found in it") as caught:
        read_plan(read_file(file))
    assert file.name in str(caught.value)
    assert caught.value.remedy


def test_there_are_texts_that_are_no_plans() -> None:
    assert len(NO_PLAN) >= 6


def test_bad_files_are_reported_and_the_others_are_built(tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "recipe.txt").write_text("红烧肉\n1.切肉。\n2.炖煮。", "utf-8")
    store = open_store()
    report = build([tmp_path, tmp_path / "missing.txt", tmp_path / "plan.pdf"], store)
    assert [Path(p.file) for p in report.plans] == [good]
    failed = {Path(f).name: e for f, e in report.failures}
    assert set(failed) == {"empty.txt", "binary.txt", "recipe.txt", "missing.txt", "plan.pdf"}
    assert all(isinstance(e, InputError) for e in failed.values())
    assert isinstance(failed["recipe.txt"], NotAPlanError)
    assert all(e.where and Path(e.where).name == name for name, e in failed.items())
    assert all(e.remedy for e in failed.values())


def test_nothing_good_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    store = open_store()
    report = build([tmp_path], store)
    assert report.plans == []
    assert store.is_empty()


def test_a_plan_from_standard_input_is_read() -> None:
    store = open_store()
    report = build(["-"], store, stdin=SMALL.format(year=2020, second="办好活动").encode())
    assert [p.file for p in report.plans] == ["-"]
    assert report.failures == []
    assert [q.object.value for q in store.quads() if q.predicate.value.endswith("#fileName")] == ["-", "-"]


def test_empty_standard_input_is_reported_as_such() -> None:
    report = build(["-"], open_store(), stdin=b"")
    assert report.plans == []
    assert [str(error).partition(":")[0] for _, error in report.failures] == ["standard input"]


# ---------------------------------------------------------------- the same plan again


def test_building_a_file_again_changes_nothing(tmp_path: Path) -> None:
    file, store = write(tmp_path, "a.txt"), open_store()
    assert [p.change for p in build([file], store).plans] == ["new"]
    before = {str(q) for q in store.quads()}
    assert [p.change for p in build([file], store).plans] == ["unchanged"]
    assert {str(q) for q in store.quads()} == before


def test_a_changed_file_replaces_its_plan(tmp_path: Path) -> None:
    store = open_store()
    build([write(tmp_path, "a.txt")], store)
    report = build([write(tmp_path, "a.txt", second="办好展览")], store)
    assert [p.change for p in report.plans] == ["changed"]
    texts = {q.object.value for q in store.quads() if q.predicate.value.endswith("/title")}
    assert "办好展览" in texts
    assert "办好活动" not in texts


def test_one_plan_in_two_files_is_built_once_from_the_fuller_one(tmp_path: Path) -> None:
    small = write(tmp_path, "a.txt")
    full = tmp_path / "b.txt"
    full.write_text(small.read_text("utf-8") + "\n3.加强宣传。做好。", "utf-8")
    for order in ([small, full], [full, small]):
        report = build(order, open_store())
        assert [p.file for p in report.plans] == [str(full)]
        assert report.duplicates == [(str(small), str(full))]


def test_a_file_that_now_holds_the_plan_under_another_title_supersedes_it(tmp_path: Path) -> None:
    store = open_store()
    old = build([write(tmp_path, "a.txt")], store).plans[0].iri
    text = SMALL.format(year=2020, second="办好活动").replace(
        "南昌市2020年科普工作要点", "南昌市2020年全民科普工作要点"
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    plan = build([tmp_path / "a.txt"], store).plans[0]
    assert plan.replaces == (old,)
    said = [q for q in store.quads() if q.subject.value == old]
    assert {q.predicate.value.rpartition("/")[2] for q in said} == {"isReplacedBy"}
    assert {q.object.value for q in said} == {plan.iri}


def test_plans_of_two_years_live_side_by_side(tmp_path: Path) -> None:
    store = open_store()
    report = build([write(tmp_path, "a.txt", 2020), write(tmp_path, "b.txt", 2021)], store)
    assert len({p.iri for p in report.plans}) == 2
    assert {graph_name(p.iri) for p in report.plans} <= set(store.graph_names())


def test_removing_a_plan_leaves_the_other_as_if_it_had_been_alone(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.txt", 2020), write(tmp_path, "b.txt", 2021)
    both, alone = open_store(), open_store()
    iri = build([first, second], both).plans[0].iri
    kept = [f for f, p in zip((first, second), build([first, second], open_store()).plans, strict=True) if p.iri != iri]
    build(kept, alone)
    assert remove(both, iri)
    assert {str(q) for q in both.quads()} == {str(q) for q in alone.quads()}
    assert not remove(both, iri)


def test_an_interruption_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = open_store()
    build([write(tmp_path, "a.txt", 2020)], store)
    before = {str(q) for q in store.quads()}

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([write(tmp_path, "b.txt", 2021)], store, progress=stop)
    assert {str(q) for q in store.quads()} == before


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    files = [write(tmp_path, "a.txt", 2020), write(tmp_path, "b.txt", 2021)]
    told: list[tuple[object, ...]] = []
    build(files, open_store(), progress=lambda *step: told.append(step))
    assert told[:2] == [("read", str(files[0]), 1, 2), ("read", str(files[1]), 2, 2)]


# ---------------------------------------------------------------- long and hostile input


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Ends with an error where the block takes longer: processor time, since tests may share the machine."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except TimeoutError as slow:
        pytest.fail(str(slow), pytrace=False)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.fixture(scope="module", autouse=True)
def _tables_are_loaded() -> None:
    for file in sorted(resources.folder("data/documents").glob("*.txt")):
        read_plan(read_file(file))


def outcome(text: str) -> None:
    with suppress(KGError):
        read_plan(read_bytes(text.encode(), "a.txt"))


def test_a_plan_of_two_thousand_items_does_not_hang() -> None:
    chapters = "\n".join(
        f"{int_to_han(c)}、第{c}项任务\n"
        + "\n".join(f"{i}.开展培训。每年办班,做好工作。(市科协、市教育局)" for i in range(1, 21))
        for c in range(1, 101)
    )
    source = read_bytes(f"某市科普工作要点\n为提高素质,制定本要点。\n{chapters}".encode(), "a.txt")
    with at_most(60):
        plan = read_plan(source)
    assert sum(p.kind == "Task" for p in plan.record.provisions) == 2000


LONG = 100_000
LINES: list[object] = [
    "(", ")", "（）", "、", ",", "。", "9", "《", "》", "《》", "“", " ", "\t", "\u3000", "甲", "市科协、", "市科协", "州、", "牵头", "责任单位:", "第一位的", "会同", "一", "1,", "十五", "一百",
    "按职责分工", "加强", "加强建设", "行动", "关于", "转发", "经", "1.", "1、", "2020—", "①", "每年", "索引号:", "由", "各市", "\n", "办发〔2020〕1号",
]  # fmt: skip
SENTENCES = ["3个", "学生", "((全"]


@pytest.mark.parametrize("pattern", LINES, ids=repr)
@pytest.mark.parametrize("place", ["title", "preamble", "item"])
def test_a_long_line_of_one_thing_does_not_hang(pattern: str, place: str) -> None:
    length = LONG if place == "item" else LONG // 5
    line = (pattern * length)[:length]
    head, preamble, item = (line if place == p else "" for p in ("title", "preamble", "item"))
    with at_most(20):
        outcome(
            f"{head}\n某市科普工作要点\n为提高素质,制定本要点。{preamble}\n一、任务\n1.开展培训。办班。{item}\n2.办好活动。(市科协)\n二、其他\n3.做事。(市科协)"
        )


@pytest.mark.parametrize("pattern", SENTENCES, ids=repr)
def test_a_sentence_that_runs_on_for_pages_does_not_hang(pattern: str) -> None:
    line = (pattern * LONG)[:LONG]
    with at_most(20):
        outcome(
            f"某市科普工作要点\n为提高素质,制定本要点。\n一、任务\n1.开展培训。办班。{line}\n2.办好活动。(市科协)\n二、其他\n3.做事。(市科协)"
        )


@pytest.mark.parametrize("blanks", [300, 2_000, 10_000])
def test_a_run_of_blanks_anywhere_does_not_hang(blanks: int) -> None:
    gap = " " * blanks
    with at_most(20):
        outcome(
            f"某市{gap}科普工作要点\n为提高素质,{gap}制定本要点。\n一、任务\n1.开展培训。{gap}办班。(市科协{gap}、市教育局)\n2.办好活动。\n责任单位:{gap}市科协\n二、其他\n3.做事。(市科协)"
        )


@pytest.mark.parametrize("line", ["甲。", "1.做事。", "(1)做事。", "责任单位:市科协、", "("])  # fmt: skip
def test_many_short_lines_do_not_hang(line: str) -> None:
    with at_most(20):
        outcome("某市科普工作要点\n一、任务\n" + f"{line}\n" * 5_000 + "二、其他\n1.做事。(市科协)")


# ---------------------------------------------------------------- many processes, and nothing new


@pytest.mark.parametrize("jobs", [1, 3])
def test_any_number_of_processes_gives_the_same_store(tmp_path: Path, jobs: int) -> None:
    for year in range(2015, 2021):
        write(tmp_path, f"{year}.txt", year)
    (tmp_path / "bad.txt").write_bytes(b"")
    one, other = open_store(), open_store()
    here, there = build([tmp_path], one), build([tmp_path], other, jobs=jobs)
    assert {str(q) for q in one.quads()} == {str(q) for q in other.quads()}
    assert here.plans == there.plans
    assert [file for file, _ in here.failures] == [file for file, _ in there.failures]


def test_a_file_that_costs_too_much_is_reported_and_the_others_are_built(tmp_path: Path) -> None:
    good = write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")  # nobody will ever write into it
    report = build([good, tmp_path / "b.txt"], open_store(), jobs=2, limits=Limits(seconds=1))
    assert [p.file for p in report.plans] == [str(good)]
    ((file, error),) = report.failures
    assert (file, error.where) == (str(tmp_path / "b.txt"), str(tmp_path / "b.txt"))
    assert "more than 1 seconds" in str(error)


def test_building_unchanged_files_publishes_no_new_version(tmp_path: Path) -> None:
    file, folder = write(tmp_path, "a.txt"), tmp_path / "store"
    build([file], open_store(folder, create=True))
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir() if p.name != "lock"}
    store = open_store(folder)
    assert [p.change for p in build([file], store).plans] == ["unchanged"]
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir() if p.name != "lock"} == before
    write(tmp_path, "a.txt", second="办好展览")
    assert [p.change for p in build([file], store).plans] == ["changed"]
    assert (folder / "CURRENT").read_text() != "v1\n"
