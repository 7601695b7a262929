"""Every file that the paths mean, read and put aside: one entry a plan, in the order of the plans' IRIs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kg.corrections import Outcome
from kg.errors import InputError, KGError
from kg.graph import PlanGraph
from kg.model import Source
from kg.pipeline.plans import Plan
from kg.pipeline.report import BuildReport, Progress
from kg.pipeline.spool import Spool
from kg.pipeline.workers import choose_jobs, work_on_each
from kg.read import Limits, Member, read_bytes, read_file, survey

STDIN = "-"
Read = Callable[[Source, str], Plan]  # a source, and the file as messages name it
Render = Callable[[PlanGraph], bytes]

_SAMPLE = (
    "某市科普工作要点\n为提高素质,制定本要点。\n一、任务\n1.开展培训。到2025年,办班3个。(市科协)\n2.办展。(市教育局)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is remembered of a plan that was read; its statements lie in a spool."""

    iri: str
    title: str
    file: str  # as messages name it
    file_name: str  # as the graph names it
    rank: tuple[int, int, str, str]  # of two files of one plan the first by this is taken: the fuller one
    spool: int
    place: tuple[int, int]
    outcome: Outcome = field(default_factory=Outcome)  # of what persons answered about it


@dataclass(frozen=True, slots=True)
class Gathering:
    """The plans that were read, each once, by their IRIs."""

    entries: tuple[Entry, ...]
    spools: tuple[Spool, ...]

    def text(self, entry: Entry) -> bytes:
        """A plan's statements as they were rendered."""
        return self.spools[entry.spool].get(entry.place)


@contextmanager
def gather(
    paths: Iterable[str | Path],
    read: Read,
    render: Render,
    report: BuildReport,
    *,
    progress: Progress | None = None,
    stdin: bytes | None = None,
    jobs: int | None = 0,
    limits: Limits | None = None,
    folder: Path | None = None,
) -> Iterator[Gathering]:
    """Read every file that the paths mean; what fails goes into the report, and of one plan in two files the fuller counts.

    `jobs` as in `work_on_each`; None chooses by the number of files. `folder` is where what was read is put aside.
    """
    limits = limits or Limits()
    with ExitStack() as stack:
        files, names = _find(paths, stdin, limits, report, stack)
        jobs = choose_jobs(len(files)) if jobs is None else jobs
        spools = tuple(Spool(folder) for _ in range(max(1, min(jobs, len(files)))))
        for spool in spools:
            stack.callback(spool.close)
        if jobs > 1 and len(files) > 1:
            _load_tables(read)
        work = partial(_read_one, read=read, render=render, limits=limits, spools=spools, names=names)

        def begin(n: int) -> None:
            if progress:
                progress("read", names(files[n]), n + 1, len(files))

        found: list[tuple[int, Entry]] = []
        failed: list[tuple[int, InputError]] = []
        for n, outcome in work_on_each(work, files, jobs, limits, begin):
            if isinstance(outcome, Entry):
                found.append((n, outcome))
            else:
                outcome.where = outcome.where or _where(names(files[n]))
                failed.append((n, outcome))
        report.failures += [(names(files[n]), error) for n, error in sorted(failed, key=lambda pair: pair[0])]
        yield Gathering(_choose(found, report), spools)


def _find(
    paths: Iterable[str | Path], stdin: bytes | None, limits: Limits, report: BuildReport, stack: ExitStack
) -> tuple[list[Path | Member], Callable[[Path | Member | str], str]]:
    """The files, and how messages name them: standard input lies in a temporary file meanwhile."""
    given = list(paths)
    held = ""
    if STDIN in map(str, given):
        held = stack.enter_context(tempfile.TemporaryDirectory(prefix="plankg-"))
        (Path(held) / STDIN).write_bytes(stdin or b"")
        given = [Path(held) / STDIN if str(path) == STDIN else path for path in given]

    def name(file: Path | Member | str) -> str:
        return str(file).removeprefix(f"{held}/") if held else str(file)

    listing = survey(given, limits)
    for file, error in listing.failures:
        error.where = _where(name(error.where or file))
        report.failures.append((name(file), error))
    report.passed_over += listing.passed_over
    return listing.files, name


def _where(name: str) -> str:
    return "standard input" if name == STDIN else name


def _load_tables(read: Read) -> None:
    """Load what every plan needs before the processes part, so that they share it."""
    read(read_bytes(_SAMPLE.encode(), "sample.txt"), "sample.txt")


def _read_one(
    file: Path | Member,
    slot: int,
    *,
    read: Read,
    render: Render,
    limits: Limits,
    spools: tuple[Spool, ...],
    names: Callable[[Path | Member], str],
) -> Entry | InputError:
    """One file through every stage; its statements go into the spool of this slot."""
    name = names(file)
    try:
        source = read_file(file, limits)
        plan = read(source, name)
        text = render(plan.graph)
    except InputError as error:
        if error.where in (None, file.name, str(file)):
            error.where = _where(name)
        return error
    except (KGError, MemoryError):
        raise
    except ImportError as error:
        return InputError(
            f"what reads this kind is not installed ({error})", where=_where(name), remedy="install plankg again"
        )
    except Exception as error:  # a fault of ours, or of a library, on one document: it must not cost the others
        fault = InputError(
            f"the reader failed on it ({type(error).__name__}: {error})",
            where=_where(name),
            remedy="report it, with the file",
        )
        fault.__cause__ = error
        return fault
    record = plan.record
    rank = (-len(record.provisions), -len(plan.graph), source.text_sha256, name)
    place = spools[slot].put(text)
    return Entry(plan.iri, record.title.value, name, source.file_name, rank, slot, place, plan.outcome)


def _choose(found: list[tuple[int, Entry]], report: BuildReport) -> tuple[Entry, ...]:
    """Each plan once; the files that were passed over for another go into the report."""
    best: dict[str, Entry] = {}
    for _, entry in found:
        other = best.get(entry.iri)
        if other is None or entry.rank < other.rank:
            best[entry.iri] = entry
    for _, entry in sorted(found, key=lambda pair: pair[0]):
        if best[entry.iri] is not entry:
            report.duplicates.append((entry.file, best[entry.iri].file))
    return tuple(best[iri] for iri in sorted(best))
