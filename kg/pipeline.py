"""The order of the stages and nothing else: files → records → triples → store → entailments."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg import vocab
from kg.errors import InputError, KGError
from kg.extract import extract
from kg.graph import PlanGraph, build_graph
from kg.model import PlanRecord, Source
from kg.outline import outline
from kg.read import find_files, read_file
from kg.resolve import resolve

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.protocol import Store

STDIN = "-"
Progress = Callable[[str, str, int, int], None]  # stage (read, write, infer, save), what it is at, number, of how many


@dataclass(frozen=True, slots=True)
class BuiltPlan:
    """One plan as it went into the store."""

    iri: str
    title: str
    file: str
    change: str  # "new", "changed" or "unchanged"
    replaces: tuple[str, ...] = ()  # plans that this one supersedes


@dataclass(slots=True)
class BuildReport:
    """What became of every file."""

    plans: list[BuiltPlan] = field(default_factory=list)
    failures: list[tuple[str, KGError]] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)  # (file passed over, file that was built)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan on its way to the store."""

    iri: str
    file: str
    record: PlanRecord
    graph: PlanGraph

    @property
    def triples(self) -> list[ox.Triple]:
        """What it asserts, as pyoxigraph's terms."""
        return list(self.graph.triples())


def graph_name(plan: str) -> str:
    """The named graph that holds what one plan asserts.

    >>> graph_name("https://w3id.org/plankg/id/plan/360102-2021-3f9a0c1e")
    'https://w3id.org/plankg/id/graph/360102-2021-3f9a0c1e'
    """
    head, _, tail = plan.rpartition("/plan/")
    return f"{head}/graph/{tail}"


def read_plan(source: Source, base: str = vocab.DEFAULT_BASE, file: str | None = None) -> Plan:
    """One source through every stage up to its triples.

    Raises `NotAPlanError` where it holds no plan.
    """
    record = extract(source, outline(source))
    graph = build_graph(record, resolve(record), base)
    return Plan(graph.plan, file or source.file_name, record, graph)


def read_plans(
    paths: Iterable[str | Path],
    base: str,
    report: BuildReport,
    progress: Progress | None = None,
    stdin: bytes | None = None,
) -> list[Plan]:
    """Every file that the paths mean as a plan; what fails goes into the report, and of one plan in two files the fuller one counts."""
    files: dict[Path | str, None] = {}
    for path in paths:
        if str(path) == STDIN:
            files[STDIN] = None
            continue
        try:
            files.update(dict.fromkeys(find_files([path])))
        except InputError as error:
            report.failures.append((str(path), error))
    plans: dict[str, Plan] = {}
    for n, file in enumerate(files, 1):
        if progress:
            progress("read", str(file), n, len(files))
        try:
            plan = read_plan(_source(file, stdin), base, str(file))
        except KGError as error:
            if error.where in (None, Path(str(file)).name):
                error.where = "standard input" if file == STDIN else str(file)
            report.failures.append((str(file), error))
            continue
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            # A fault of ours on one document must not cost the others.
            fault = InputError(
                f"the reader failed on it ({type(error).__name__}: {error})",
                where=str(file),
                remedy="report it, with the file",
            )
            fault.__cause__ = error
            report.failures.append((str(file), fault))
            continue
        other = plans.get(plan.iri)
        if other is None:
            plans[plan.iri] = plan
        else:
            kept, dropped = sorted(
                (plan, other),
                key=lambda p: (
                    -len(p.record.provisions),
                    -len(p.graph.statements),
                    p.record.source.text_sha256,
                    p.file,
                ),
            )
            plans[plan.iri] = kept
            report.duplicates.append((dropped.file, kept.file))
    return [plans[iri] for iri in sorted(plans)]


def _source(file: Path | str, stdin: bytes | None) -> Source:
    if file == STDIN:
        from kg.read import read_bytes

        return read_bytes(stdin or b"", STDIN, where="standard input")
    return read_file(Path(file))


def build(
    paths: Iterable[str | Path], store: Store, progress: Progress | None = None, stdin: bytes | None = None
) -> BuildReport:
    """Read the paths, put their plans into the store and draw the entailments; the store changes at once or not at all.

    A file that fails is in the report and the others are built. A plan that is there already is replaced;
    one whose file now holds it under another name is superseded (`dcterms:isReplacedBy`).

    Raises `StoreError` where the store cannot be written.
    """
    from kg.reason import infer
    from kg.store.graphs import load_vocabulary, replace_lines

    report = BuildReport()
    plans = read_plans(paths, store.base, report, progress, stdin)
    if not plans:
        return report
    with store.write() as working:
        changed = bool(load_vocabulary(working))
        known = _plans_in(working)
        for n, plan in enumerate(plans, 1):
            if progress:
                progress("write", plan.record.title.value, n, len(plans))
            superseded = _superseded(working, plan, known, {p.iri for p in plans})
            for old in superseded:
                _withdraw(working, old)
            lines = plan.graph.n_triples() + _replacements(working, plan.iri, superseded)
            change = replace_lines(working, graph_name(plan.iri), lines)
            what = "new" if plan.iri not in known else "changed" if change else "unchanged"
            changed = changed or bool(change) or bool(superseded)
            report.plans.append(BuiltPlan(plan.iri, plan.record.title.value, plan.file, what, tuple(superseded)))
        if changed:
            if progress:
                progress("infer", "", 1, 1)
            infer(working)
        if progress:
            progress("save", "", 1, 1)
    return report


def remove(store: Store, plan: str) -> bool:
    """Withdraw one plan; False where the store has no such plan."""
    from kg.reason import infer

    with store.write() as working:
        if plan not in _plans_in(working):
            return False
        _withdraw(working, plan)
        infer(working)
    return True


def _withdraw(working: ox.Store, plan: str) -> None:
    from kg.store.graphs import remove_plan

    remove_plan(working, graph_name(plan))


def _plans_in(working: ox.Store) -> set[str]:
    import pyoxigraph as ox

    quads = working.quads_for_pattern(
        None, ox.NamedNode(vocab.RDF_TYPE), ox.NamedNode(vocab.plan("Plan")), ox.DefaultGraph()
    )
    return {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}


def _superseded(working: ox.Store, plan: Plan, known: set[str], building: set[str]) -> list[str]:
    """Plans of the store that came from a file of this name, for the same area and years, under a slightly other title or number."""
    if plan.record.source.file_name == STDIN:
        return []
    prefix = plan.iri.rsplit("-", 1)[0] + "-"
    found = []
    for old in sorted(known - building):
        if not old.startswith(prefix):
            continue
        names = _values(working, old, vocab.plan("sourceFile"), vocab.plan("fileName"))
        titles = _values(working, old, vocab.DCTERMS_TITLE)
        alike = any(difflib.SequenceMatcher(None, plan.record.title.value, t).ratio() > 0.8 for t in titles)
        if plan.record.source.file_name in names and alike:
            found.append(old)
    return found


def _values(working: ox.Store, subject: str, *path: str) -> list[str]:
    import pyoxigraph as ox

    nodes: list[object] = [ox.NamedNode(subject)]
    for predicate in path:
        nodes = [
            q.object
            for n in nodes
            if isinstance(n, ox.NamedNode)
            for q in working.quads_for_pattern(n, ox.NamedNode(predicate), None, ox.DefaultGraph())
        ]
    return sorted(n.value for n in nodes if isinstance(n, ox.Literal | ox.NamedNode))


def _replacements(working: ox.Store, plan: str, superseded: list[str]) -> bytes:
    """What stays said of the plans that this one took the place of."""
    import pyoxigraph as ox

    predicate, node = ox.NamedNode(vocab.DCTERMS_IS_REPLACED_BY), ox.NamedNode(plan)
    before = {
        q.subject.value
        for q in working.quads_for_pattern(None, predicate, node, ox.DefaultGraph())
        if isinstance(q.subject, ox.NamedNode)
    }
    return "".join(f"<{old}> {predicate} {node} .\n" for old in sorted(before | set(superseded))).encode()
