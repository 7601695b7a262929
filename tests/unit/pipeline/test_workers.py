"""Work in processes of its own: limits hold, what one item does costs no other, and no process is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError, KGError
from kg.pipeline.workers import choose_jobs, work_on_each
from kg.read import Limits

QUICK = Limits(seconds=1)


def run(
    work: Callable[[str, int], object], items: list[str], jobs: int = 2, limits: Limits = QUICK
) -> dict[str, object]:
    begun: list[int] = []
    done = {items[n]: outcome for n, outcome in work_on_each(work, items, jobs, limits, begun.append)}
    assert begun == list(range(len(items)))
    return done


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("jobs", [0, 1, 2, 5])
def test_every_item_is_worked_on_once(jobs: int) -> None:
    items = [str(n) for n in range(40)]
    assert run(lambda item, slot: (item * 2, slot < max(1, jobs)), items, jobs) == {i: (i * 2, True) for i in items}


def test_no_items_need_no_process() -> None:
    assert run(lambda item, slot: item, [], 2) == {}


def test_work_runs_in_as_many_processes_as_are_asked_for() -> None:
    def work(item: str, slot: int) -> int:
        time.sleep(0.05)
        return os.getpid()

    processes = set(run(work, [str(n) for n in range(12)], 3).values())
    assert len(processes) == 3
    assert os.getpid() not in processes
    assert not any(is_running(process) for process in processes)


def misbehave(item: str, slot: int) -> str:
    match item:
        case "sleeps":
            time.sleep(60)
        case "loops":
            while True:
                pass
        case "hangs":  # as a library does that never comes back to Python
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(1)
            time.sleep(60)
        case "crashes":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "leaves":
            os._exit(7)
        case "swells":
            held = []
            while True:
                held.append(bytearray(b"x") * 10_000_000)
                time.sleep(0.01)
        case "gives up":
            raise MemoryError
    return item


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ("sleeps", "more than 1 seconds"),
        ("loops", "more than 1 seconds"),
        ("hangs", "more than 1 seconds"),
        ("crashes", "SIGSEGV"),
        ("leaves", "status 7"),
        ("swells", "bytes of memory"),
        ("gives up", "more memory than there is"),
    ],
)
def test_an_item_that_misbehaves_costs_no_other(item: str, says: str) -> None:
    items = ["a", item, "b", "c", "d"]
    limits = Limits(seconds=1 if "1 seconds" in says else 60, memory=300_000_000)
    done = run(misbehave, items, 1, limits)
    assert [done[name] for name in items if name != item] == ["a", "b", "c", "d"]
    error = done[item]
    assert isinstance(error, InputError)
    assert says in str(error)
    assert error.remedy


def test_memory_that_was_there_before_is_no_item_s_doing() -> None:
    held = bytearray(b"x") * 120_000_000

    def work(item: str, slot: int) -> int:
        time.sleep(0.5)  # long enough to be looked at
        return len(held)

    assert run(work, ["a"], 1, Limits(seconds=60, memory=100_000_000)) == {"a": len(held)}


def test_an_error_that_is_not_the_item_s_ends_everything() -> None:
    def work(item: str, slot: int) -> str:
        if item == "b":
            raise KGError("no room for temporary files", where="/tmp", remedy="free some")
        return item

    with pytest.raises(KGError, match="no room") as caught:
        run(work, ["a", "b", "c"])
    assert (caught.value.where, caught.value.remedy) == ("/tmp", "free some")


@pytest.mark.parametrize("jobs", [1, 3])
def test_an_interruption_leaves_no_process_and_none_of_what_they_started(tmp_path: Path, jobs: int) -> None:
    def work(item: str, slot: int) -> None:
        (tmp_path / item).write_text(str(os.getpid()))
        child = subprocess.Popen(["sleep", "60"])
        (tmp_path / f"{item}.child").write_text(str(child.pid))
        child.wait()

    def interrupt(n: int) -> None:
        if n == jobs - 1:
            end = time.monotonic() + 20
            while len(list(tmp_path.glob("*.child"))) < jobs - 1 and time.monotonic() < end:
                time.sleep(0.01)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(work_on_each(work, ["a", "b", "c", "d"], jobs, Limits(), interrupt))
    processes = [int(file.read_text() or 0) for file in tmp_path.iterdir()]
    assert len(processes) >= 2 * (jobs - 1)
    assert not any(is_running(process) for process in processes)


def test_readers_that_end_in_order_clean_up_when_interrupted(tmp_path: Path) -> None:
    def work(item: str, slot: int) -> None:
        try:
            (tmp_path / "begun").touch()
            time.sleep(60)
        finally:
            (tmp_path / "begun").rename(tmp_path / "cleaned")

    iterator = work_on_each(work, ["a"], 1, Limits(seconds=60), lambda n: None)
    with pytest.raises(KeyboardInterrupt):
        _interrupt_when(lambda: (tmp_path / "begun").exists(), iterator)
    assert (tmp_path / "cleaned").exists()


def _interrupt_when(is_so: Callable[[], bool], iterator) -> None:
    import threading

    def watch() -> None:
        while not is_so():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Timer(0, watch).start()
    try:
        next(iterator)
    finally:
        iterator.close()
        signal.signal(signal.SIGINT, before)


def test_a_parent_that_is_gone_takes_its_workers_with_it(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib\n"
        "from kg.pipeline.workers import work_on_each\n"
        "from kg.read import Limits\n"
        "def work(item, slot):\n"
        "    pathlib.Path(sys.argv[1], item).write_text(str(os.getpid()))\n"
        "    return item\n"
        "for n, _ in work_on_each(work, [str(n) for n in range(6)], 3, Limits(), lambda n: None):\n"
        "    if n == 5: os.kill(os.getpid(), 9)\n"
    )
    subprocess.run(["python3", "-c", code, tmp_path], executable=_python(), check=False)
    end = time.monotonic() + 10
    processes = [int(file.read_text()) for file in tmp_path.iterdir()]
    while any(map(is_running, processes)) and time.monotonic() < end:
        time.sleep(0.05)
    assert processes
    assert not any(map(is_running, processes))


def _python() -> str:
    import sys

    return sys.executable


def test_a_few_files_need_one_process_and_many_one_a_core() -> None:
    assert choose_jobs(0) == choose_jobs(7) == 1
    assert choose_jobs(1_000) == len(os.sched_getaffinity(0))
