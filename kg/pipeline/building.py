"""Files → store: plans are put in, replaced, superseded and withdrawn; then the entailments are drawn, and which tasks correspond."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg import vocab
from kg.corrections import Answers
from kg.graph import PlanGraph
from kg.pipeline.answered import corrections_in, leftover_lines, take_stock
from kg.pipeline.drawing import Drawing
from kg.pipeline.gathering import STDIN, Entry, Gathering, Read, gather
from kg.pipeline.linking import Links, relink, title_of, titles_in
from kg.pipeline.naming import Naming, names_in, names_in_store, rename, says_in, says_in_store
from kg.pipeline.plans import graph_name, read_below
from kg.pipeline.report import BuildReport, BuiltPlan, Progress
from kg.pipeline.workers import few_collections
from kg.read import Limits

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.graphs import Change
    from kg.store.protocol import Store

_LARGE = 50_000_000  # bytes of statements from which on a first build is not made in memory: about a hundred plans
_LOT = 15_000_000  # bytes of statements that are written at once


class _NothingNewError(Exception):
    """Leaves `Store.write` so that the working copy is dropped: a store in which nothing changes has no new version."""


def build(
    paths: Iterable[str | Path],
    store: Store,
    progress: Progress | None = None,
    stdin: bytes | None = None,
    *,
    jobs: int | None = 0,
    limits: Limits | None = None,
    read: Read | None = None,
    answers: Answers | None = None,
) -> BuildReport:
    """Read the paths, put their plans into the store, draw the entailments and relate the tasks; the store changes at once or not at all.

    A file that fails is in the report and the others are built. A plan that is there already is replaced;
    one whose file now holds it under another name is superseded (`dcterms:isReplacedBy`).
    With `jobs` files are read in so many processes, each file within `limits` (None: as many as pay); 0 reads them here.
    `answers` are what persons said about the facts (`kg.corrections.read_answers`).
    `read` makes a plan of a source; by default `read_plan` under the store's base, with the answers.

    Raises `StoreError` where the store cannot be written.
    """
    report = BuildReport()
    read = read or partial(read_below, store.base, answers)
    with (
        few_collections(),
        gather(
            paths, read, PlanGraph.n_triples, report, progress=progress, stdin=stdin, jobs=jobs, limits=limits
        ) as gathering,
    ):
        if gathering.entries:
            with suppress(_NothingNewError), store.write(is_large=_is_large(gathering.entries)) as working:
                _put(gathering, working, store.base, report, progress, answers)
        take_stock(gathering.entries, answers, report)
    return report


def _put(
    gathering: Gathering,
    working: ox.Store,
    base: str,
    report: BuildReport,
    progress: Progress | None,
    answers: Answers | None,
) -> None:
    """Change the working copy.

    Raises `_NothingNewError` where there is nothing to change.
    """
    from kg.store.graphs import load_vocabulary

    entries = gathering.entries
    vocabulary = load_vocabulary(working)
    known, building = _plans_in(working), {entry.iri for entry in entries}
    replaced = {entry.iri: _superseded(working, entry, known, building) for entry in entries}
    kept = known - building - {old for superseded in replaced.values() for old in superseded}
    titles = [*titles_in(working, sorted(kept)), *(title_of(e.iri, e.title, gathering.text(e)) for e in entries)]
    links = Links(titles, base)
    given, replaced_names = names_in_store(working, base, map(graph_name, kept))
    read = {entry.iri: entry for entry in entries}

    def says(plan: str, body: bytes) -> bool:
        """Whether the words of a plan, in the store or on its way there, name a body."""
        entry = read.get(plan)
        return says_in(gathering.text(entry), body) if entry else says_in_store(working, graph_name(plan), body)

    by_plan = {plan: given[graph_name(plan)] for plan in kept}
    naming = Naming(by_plan | {e.iri: names_in(gathering.text(e), base) for e in entries}, says)
    drawing = Drawing(working, progress, anew=bool(vocabulary), is_large=_is_large(entries))
    writing = _Writing(working, drawing, are_many=_is_large(entries))
    for n, entry in enumerate(entries, 1):
        if progress:
            progress("write", entry.title, n, len(entries))
        superseded = replaced[entry.iri]
        for old in superseded:
            drawing.add(_withdraw(working, old))
        if answers is None and (dropped := corrections_in(working, entry.iri)):
            report.lost.append((entry.iri, len(dropped), tuple(sorted({file for file in dropped.values() if file}))))
        former = _former(working, entry.iri, superseded)
        lines = naming.apply(links.apply(gathering.text(entry), entry.iri), base) + _replacements(entry.iri, former)
        lines += leftover_lines(entry.iri, former, answers, report)
        if entry.iri in known:
            what = "changed" if writing.replace(entry.iri, lines) else "unchanged"
        else:
            writing.add(entry.iri, lines)
            what = "new"
        report.plans.append(BuiltPlan(entry.iri, entry.title, entry.file, what, tuple(superseded)))
    writing.finish()
    changes = [
        *relink(working, links, base, map(graph_name, kept)),
        *rename(working, naming, base, given, replaced_names),
    ]
    for change in changes:
        drawing.add(change)
    if not drawing.is_needed:
        raise _NothingNewError
    drawing.finish()
    if progress:
        progress("save", "", 1, 1)


class _Writing:
    """Puts plans into their graphs: new ones, where they are many, in lots, which a store on disk takes much faster."""

    def __init__(self, working: ox.Store, drawing: Drawing, are_many: bool) -> None:
        self._working, self._drawing, self._are_many = working, drawing, are_many
        self._held: dict[str, bytes] = {}

    def replace(self, plan: str, lines: bytes) -> bool:
        """Give a plan of the store other statements; whether anything changed."""
        from kg.store.graphs import replace_lines

        change = replace_lines(self._working, graph_name(plan), lines)
        self._drawing.add(change)
        return bool(change)

    def add(self, plan: str, lines: bytes) -> None:
        """Put in a plan of which the store has nothing."""
        from kg.store.graphs import replace_lines

        if self._are_many:
            self._held[plan] = lines
            if sum(map(len, self._held.values())) > _LOT:
                self.finish()
        else:
            self._drawing.add(replace_lines(self._working, graph_name(plan), lines), [plan])

    def finish(self) -> None:
        """Put in what is held."""
        from kg.store.graphs import add_plans

        if self._held:
            named = {graph_name(plan): lines for plan, lines in self._held.items()}
            self._drawing.add(add_plans(self._working, named), self._held.keys())
            self._held = {}


def _is_large(entries: Iterable[Entry]) -> bool:
    return sum(entry.place[1] for entry in entries) > _LARGE


def remove(store: Store, plan: str) -> bool:
    """Withdraw one plan; False where the store has no such plan."""
    with store.write() as working:
        if plan not in _plans_in(working):
            return False
        drawing = Drawing(working)
        drawing.add(_withdraw(working, plan))
        rest = sorted(_plans_in(working))
        changes = relink(working, Links(titles_in(working, rest), store.base), store.base, map(graph_name, rest))
        given, replaced = names_in_store(working, store.base, map(graph_name, rest))
        by_plan = {each: given[graph_name(each)] for each in rest}
        naming = Naming(by_plan, lambda each, body: says_in_store(working, graph_name(each), body))
        for change in (*changes, *rename(working, naming, store.base, given, replaced)):
            drawing.add(change)
        drawing.finish()
    return True


def _withdraw(working: ox.Store, plan: str) -> Change:
    from kg.store.graphs import remove_plan

    return remove_plan(working, graph_name(plan))


def _plans_in(working: ox.Store) -> set[str]:
    import pyoxigraph as ox

    quads = working.quads_for_pattern(
        None, ox.NamedNode(vocab.RDF_TYPE), ox.NamedNode(vocab.plan("Plan")), ox.DefaultGraph()
    )
    return {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}


def _superseded(working: ox.Store, entry: Entry, known: set[str], building: set[str]) -> list[str]:
    """Plans of the store that came from a file of this name, for the same area and years, under a slightly other title or number."""
    if entry.file_name == STDIN:
        return []
    prefix = entry.iri.rsplit("-", 1)[0] + "-"
    found = []
    for old in sorted(known - building):
        if not old.startswith(prefix):
            continue
        names = _values(working, old, vocab.plan("sourceFile"), vocab.plan("fileName"))
        titles = _values(working, old, vocab.DCTERMS_TITLE)
        alike = any(difflib.SequenceMatcher(None, entry.title, title).ratio() > 0.8 for title in titles)
        if entry.file_name in names and alike:
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


def _former(working: ox.Store, plan: str, superseded: list[str]) -> list[str]:
    """The plans that this one took the place of, now and before."""
    import pyoxigraph as ox

    predicate, node = ox.NamedNode(vocab.DCTERMS_IS_REPLACED_BY), ox.NamedNode(plan)
    before = {
        q.subject.value
        for q in working.quads_for_pattern(None, predicate, node, ox.DefaultGraph())
        if isinstance(q.subject, ox.NamedNode) and "/plan/" in q.subject.value
    }
    return sorted(before | set(superseded))


def _replacements(plan: str, former: list[str]) -> bytes:
    """What stays said of the plans that this one took the place of."""
    return "".join(f"<{old}> <{vocab.DCTERMS_IS_REPLACED_BY}> <{plan}> .\n" for old in former).encode()
