"""Whether a stage's time grows faster than the text: `python -m benchmarks.bombs` reads pages that mean harm at three lengths.

Each page is a small plan with one run of the same few characters put into one place. Prints every stage whose time more than
trebles when the run doubles, or that does not end, with the function that it was in.
"""

from __future__ import annotations

import argparse
import math
import os
import select
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

from kg import vocab
from kg.errors import KGError
from kg.extract import extract
from kg.graph import build_graph
from kg.outline import outline
from kg.read import read_bytes
from kg.resolve import resolve

RUNS = (
    "（", "(", ")", "（）", "((全", "、", ",", "。", ";", ":", ".", "·", "—", "-", "~", "%", "《", "》", "《》", "〈", "“", "”", "“”", "〔", "【",
    " ", "\t", "\u3000", "\n", "\n\n一", "甲", "1", "9", "0.", "1.", "1.1.", "1、", "(1)", "①", "一", "一、", "(一)", "十", "十五", "一百", "万", "亿", "第", "第一", "第一章", "第一条",
    "2020", "2020年", "2020—", "2020年1月", "年", "月", "月1日", "到2020年", "每年", "1,", "1个", "3个、", "1%", "1%以上", "提高到1%", "万人次", "A", "a ", "http://", "专栏1", "附件1",
    "市科协", "市科协、", "、市科协", "省", "省、", "市", "州、", "县(市)", "区科协区教育局", "中共", "人民政府", "办公室", "各市", "各", "等", "等部门", "有关部门", "牵头", "牵头单位:", "责任单位:", "牵头,", "配合", "会同", "由", "负责", "按职责分工负责", "(市科协", "市科协)", "(市科协牵头)", "(市科协)", "第一位的", "下同",
    "的", "和", "与", "及", "加强", "加强建设", "行动", "工程", "关于", "转发", "印发", "通知", "经", "同意", "根据", "《通知》", "索引号:", "发文字号:", "办发〔2020〕1号", "〔2020〕1号", "学生", "青少年", "农民、", "其中", "累计", "年均增长", "力争", "达到", "全覆盖", "翻一番",
)  # fmt: skip
PLACES = ("title", "preamble", "heading", "item", "statement", "lines")
STAGES = ("read", "outline", "extract", "resolve", "graph")
_HARMLESS = 0.15  # seconds at the greatest length: below this no exponent can be told


def make_page(run: str, place: str, length: int) -> str:
    """A small plan with a run of so many characters in one of its places."""
    line = (run * (length // len(run) + 1))[:length]
    if place == "lines":
        line = "\n".join((run.replace("\n", "") or "甲") for _ in range(length // (len(run) + 1)))
    title, preamble, heading, item, statement, lines = (line if place == p else "" for p in PLACES)
    return (
        f"{title}\n某市科普工作要点\n某办发〔2020〕1号\n为提高素质,制定本要点。{preamble}\n一、任务{heading}\n1.开展培训。办班。{item}\n"
        f"2.办好活动。到2025年,办班3个。(市科协{statement})\n{lines}\n二、其他\n3.做事。责任单位:市科协{statement}\n"
    )


@dataclass(slots=True)
class Taken:
    """Seconds of one stage at one length; `where` says in which functions of ours, most often first."""

    stage: str
    length: int
    seconds: float
    where: str
    ended: bool = True


def read_page(text: str, note: Callable[[str], None], done: Callable[[str, float], None]) -> None:
    """The page through every stage; tells which one begins, and how long it took."""
    values: dict[str, object] = {}
    stages: dict[str, Callable[[], object]] = {
        "read": lambda: read_bytes(text.encode(), "a.txt"),
        "outline": lambda: outline(values["read"]),  # type: ignore[arg-type]
        "extract": lambda: extract(values["read"], values["outline"]),  # type: ignore[arg-type]
        "resolve": lambda: resolve(values["extract"]),  # type: ignore[arg-type]
        "graph": lambda: build_graph(values["extract"], values["resolve"], vocab.DEFAULT_BASE),  # type: ignore[arg-type]
    }
    for name, stage in stages.items():
        note(name)
        start = time.process_time()
        try:
            values[name] = stage()
        except KGError:
            return
        finally:
            done(name, time.process_time() - start)


class _Sampler:
    """Counts in which of our functions the time goes."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def __call__(self, _: int, frame: FrameType | None) -> None:
        names = []
        while frame and len(names) < 3:
            file = frame.f_code.co_filename
            if "/kg/" in file:
                names.append(f"{file.rpartition('/kg/')[2]}:{frame.f_lineno} {frame.f_code.co_name}")
            frame = frame.f_back
        self.seen[" < ".join(names)] += 1

    def most(self) -> str:
        return self.seen.most_common(1)[0][0] if self.seen else ""


def _measure_here(run: str, place: str, length: int, limit: float, write: int) -> None:
    sampler = _Sampler()
    signal.signal(signal.SIGPROF, sampler)
    signal.signal(signal.SIGVTALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    signal.setitimer(signal.ITIMER_PROF, 0.01, 0.01)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    now = "read"

    def note(stage: str) -> None:
        nonlocal now
        now = stage
        sampler.seen.clear()

    def done(stage: str, seconds: float) -> None:
        os.write(write, f"{stage}\t{length}\t{seconds}\t{sampler.most()}\n".encode())

    try:
        read_page(make_page(run, place, length), note, done)
    except Exception as error:
        os.write(write, f"{now}\t{length}\t-1\t{type(error).__name__} {sampler.most()}\n".encode())


def measure(run: str, place: str, lengths: tuple[int, ...], limit: float) -> list[Taken]:
    """All stages at all lengths, in a process that ends when it takes more than `limit` seconds at one length."""
    taken: list[Taken] = []
    for length in lengths:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _measure_here(run, place, length, limit, writing)
            os._exit(0)
        os.close(writing)
        said = b""
        end = time.monotonic() + 6 * limit
        while select.select([reading], [], [], max(0.0, end - time.monotonic()))[0] and (
            part := os.read(reading, 65536)
        ):
            said += part
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for line in said.decode().splitlines():
            stage, size, seconds, where = line.split("\t")
            if float(seconds) < 0:
                if "TimeoutError" in where:
                    taken = [t for t in taken if (t.stage, t.length) != (stage, int(size))]
                taken.append(Taken(stage, int(size), limit, where, ended=False))
            else:
                taken.append(Taken(stage, int(size), float(seconds), where))
        if any(not t.ended for t in taken):
            break
    return taken


def findings(run: str, place: str, lengths: tuple[int, ...], limit: float) -> Iterator[str]:
    """A line for every stage whose time grows faster than the text."""
    taken = measure(run, place, lengths, limit)
    for stage in STAGES:
        times = {t.length: t for t in taken if t.stage == stage}
        if not times:
            continue
        top = times[max(times)]
        if not top.ended:
            yield f"{stage}\t{place}\t{run!r}\t> {limit:.0f} s at {top.length}\t\t{top.where}"
        elif top.length // 2 in times and top.seconds > _HARMLESS:
            before = max(times[top.length // 2].seconds, 0.001)
            exponent = math.log2(top.seconds / before)
            if exponent > 1.5:
                yield f"{stage}\t{place}\t{run!r}\t{top.seconds:.2f} s at {top.length}\t{exponent:.1f}\t{top.where}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bombs", description=__doc__)
    parser.add_argument("--length", type=int, default=100_000, help="characters of the longest run (100,000)")
    parser.add_argument("--limit", type=float, default=10, help="seconds of processor time for one page (10)")
    parser.add_argument("--run", action="append", help="only this run of characters")
    parser.add_argument("--place", action="append", choices=PLACES, help="only this place")
    options = parser.parse_args()
    lengths = (options.length // 4, options.length // 2, options.length)
    for place in options.place or PLACES:  # the tables are loaded before the first fork
        read_page(make_page("甲", place, 10), lambda _: None, lambda *_: None)
    print("stage\tplace\trun\ttime\texponent\twhere")
    for run in options.run or RUNS:
        for place in options.place or PLACES:
            for line in findings(run, place, lengths, options.limit):
                print(line, flush=True)


if __name__ == "__main__":
    main()
