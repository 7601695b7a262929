"""One validation: load data and shapes, run engine and built-in checks, describe what they find."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from rdflib import Literal, URIRef

from kg.errors import UsageError
from kg.validate import engine as reference
from kg.validate import fast
from kg.validate.checks import looks_across, run_check
from kg.validate.data import Data, is_ours
from kg.validate.describe import Describer, instances_by_class
from kg.validate.engine import Result
from kg.validate.identity import digest
from kg.validate.lines import LinesData, load_lines
from kg.validate.loaded import in_rdflib
from kg.validate.pieces import Cut, Piece, UncuttableError
from kg.validate.report import Place, Report, ReportFinding, RuleReport
from kg.validate.rules import Rule, Shapes, focus_nodes, load_shapes
from kg.validate.settings import Profile, apply, read_settings
from kg.validate.settings import profile as find_profile
from kg.validate.stored import is_remote
from kg.vocab import PLAN

Progress = Callable[[str, str, int, int], None]  # stage, what, how many, of how many
# Larger stores are looked at some plans at a time; a remote one always, so that no single answer is long.
PLANS_AT_ONCE = 25
WHOLE_UP_TO = 50
# From how many triples on `auto` takes the fast engine: below it pySHACL is done within a second.
FAST_FROM = 10_000
ENGINES = ("auto", "pyshacl", "fast")


def run_rules(
    source: Any,
    extra: Iterable[str | Path] = (),
    own: bool = True,
    profile: str | None = None,
    settings: str | Path | None = None,
    engine: str = "auto",
    pieces: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """See `kg.validate.validate`."""
    if engine not in ENGINES:
        raise UsageError(f"there is no engine '{engine}'", remedy=f"one of {', '.join(ENGINES)}")
    chosen = find_profile(profile)
    shapes = set_up(load_shapes(extra, own), chosen if own else None, settings)
    if pieces is None and hasattr(source, "graph_names"):
        pieces = _pieces_of(source)
    if pieces:
        try:
            return examine_in_pieces(source, shapes, engine, pieces, progress, chosen if own else None)
        except UncuttableError:
            pass
    return examine(choose(load_lines(source, shapes.reads()), engine), shapes, chosen if own else None)


def set_up(shapes: Shapes, profile: Profile | None, settings: str | Path | None = None) -> Shapes:
    """The shapes as a profile wants them and, over that, a user's settings. Raises `InputError` for what there is not."""
    if profile is not None:
        shapes = apply(shapes, profile.settings, f"profile {profile.name}")
    return shapes if settings is None else apply(shapes, read_settings(settings), str(settings))


def _pieces_of(store: Any) -> int:
    """How many plans are looked at together; 0: all at once."""
    return PLANS_AT_ONCE if is_remote(store) or len(store.graph_names()) > WHOLE_UP_TO else 0


def choose(data: LinesData, engine: str) -> Data:
    """The data as the engine asked for needs them; `auto` goes by their size, and by whether there is a fast engine."""
    if engine == "auto":
        engine = "fast" if data.triples >= FAST_FROM and fast.is_installed() else "pyshacl"
    return data if engine == "fast" else in_rdflib(data)


class Gathered:
    """What was found so far, in one piece of the data or in several."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes, self._rules = shapes, {rule.iri: rule for rule in shapes.rules}
        self.found: dict[str, dict[tuple[str, str, str], ReportFinding]] = {rule.iri: {} for rule in shapes.rules}
        self.checked: dict[str, int] = dict.fromkeys(self.found, 0)
        self.counts: dict[str, int] = {}
        self.plans: list[Place] = []
        self.looked_at = 0

    def describe(self, results: Iterable[Result], describer: Describer) -> None:
        # Of several constraints that fail always the same one is named.
        for result in sorted(results, key=lambda result: result.component):
            rule = self._rules[self.shapes.rule_of[result.shape]]
            finding = describer.finding(result, rule)
            # Two constraints of one rule may fail on the same value: one problem for whoever must mend it.
            self.found[rule.iri].setdefault((finding.focus, finding.path, finding.value), finding)

    def count(self, focus: dict[str, set[Any]], describer: Describer, data: Data, own: frozenset[str] | None) -> None:
        """Counts focus nodes, instances and plans: all of them, or only those that are the piece's own."""

        def ours(nodes: Iterable[Any]) -> set[Any]:
            return set(nodes) if own is None else {node for node in nodes if node in own}

        looked_at: set[Any] = set()
        for rule, nodes in focus.items():
            mine = ours(nodes)
            self.checked[rule] += len(mine)
            looked_at |= mine
        self.looked_at += sum(map(_is_data, looked_at))
        for name, nodes in instances_by_class(data).items():
            self.counts[name] = self.counts.get(name, 0) + len(ours(nodes))
        self.plans += [describer.entry(plan) for plan in ours(data.instances(URIRef(PLAN + "Plan")))]

    def report(self, triples: int, inferred: bool, engine: str, profile: Profile | None) -> Report:
        return Report(
            rules=tuple(
                _rule_report(rule, self.checked[rule.iri], self.found[rule.iri].values()) for rule in self.shapes.rules
            ),
            plans=tuple(sorted(self.plans, key=lambda place: place.iri)),
            counts={name: count for name, count in self.counts.items() if count},
            triples=triples,
            inferred=inferred,
            looked_at=self.looked_at,
            profile=profile.name if profile else "",
            profile_title=profile.title if profile else {},
            off=tuple(rule.iri for rule in self.shapes.off),
            engine=engine,
        )


def examine(data: Data, shapes: Shapes, profile: Profile | None = None) -> Report:
    """The report on a data graph that is loaded already, by the engine that it was loaded for."""
    focus = {rule.iri: focus_nodes(rule.iri, shapes, data) for rule in shapes.rules}
    results = _engine_of(data, shapes)(data) if any(focus.values()) else []
    for rule in shapes.rules:
        if rule.built_in:
            results += run_check(rule, data, focus[rule.iri])
    gathered, describer = Gathered(shapes), Describer(data, shapes)
    gathered.describe(results, describer)
    gathered.count(focus, describer, data, None)
    return gathered.report(data.triples, data.inferred, "fast" if isinstance(data, LinesData) else "pyshacl", profile)


def _engine_of(data: Data, shapes: Shapes) -> Callable[[Any], list[Result]]:
    if isinstance(data, LinesData):
        return fast.Compiled(shapes.for_engine()).run
    return lambda loaded: reference.run(loaded.graph, shapes.for_engine())


def examine_in_pieces(
    store: Any,
    shapes: Shapes,
    engine: str,
    size: int,
    progress: Progress | None = None,
    profile: Profile | None = None,
) -> Report:
    """The same report on a store, `size` plans at a time: see `kg.validate.pieces`. Raises `UncuttableError`."""
    across = {rule.iri for rule in shapes.rules if rule.built_in and looks_across(rule.built_in)}
    cut = Cut(store, shapes.without(across), shapes.reads())
    if engine == "auto":
        engine = "fast" if fast.is_installed() else "pyshacl"
    ask = fast.Compiled(shapes.for_engine()).run if engine == "fast" else None
    gathered, loose, literals = Gathered(shapes), set(), {rule.iri: set() for rule in shapes.rules}

    def ready(names: list[str]) -> tuple[Piece, list[Result]]:
        piece = cut.piece(names)
        return piece, ask(piece.data) if ask else []

    def look(piece: Piece, found: list[Result], said_by: Data | None = None) -> None:
        data = piece.data if ask else in_rdflib(piece.data)
        focus = {rule.iri: focus_nodes(rule.iri, shapes, data) for rule in shapes.rules if rule.iri not in across}
        results = found if ask else reference.run(data.graph, shapes.for_engine())
        for rule in shapes.rules:
            if rule.built_in and rule.iri not in across:
                results += run_check(rule, data, focus[rule.iri])
        for rule, nodes in focus.items():
            literals[rule] |= {node for node in nodes if isinstance(node, Literal)}
        # A literal has no plan of its own: what is wrong with it is said once, for all that have it.
        loose.update(result for result in results if isinstance(result.focus, Literal))
        gathered.describe((r for r in results if r.focus in piece.own), Describer(said_by or data, shapes))
        gathered.count(focus, Describer(data, shapes), data, piece.own)

    triples = done = 0
    for piece, found in _ahead(ready, cut.pieces(size)):
        look(piece, found)
        triples, done = triples + piece.triples, min(done + size, len(cut.plans))
        if progress:
            progress("check", "", done, len(cut.plans))
    rest = cut.rest()
    triples += rest.triples + cut.left_out
    if triples != cut.whole.count():
        raise UncuttableError
    look(rest, ask(rest.data) if ask else [], cut.whole)  # nodes of many plans: the store says of which
    for rule in shapes.rules:
        gathered.checked[rule.iri] += len(literals[rule.iri])
        if rule.iri in across:
            focus = focus_nodes(rule.iri, shapes, cut.whole)
            gathered.checked[rule.iri] = len(focus)
            loose.update(run_check(rule, cut.whole, focus))
    gathered.describe(loose, Describer(cut.whole, shapes))
    return gathered.report(triples, cut.whole.inferred, engine, profile)


def _ahead(make: Callable[[Any], Any], of: Iterable[Any]) -> Iterator[Any]:
    """What `make` makes of each, in order; two more are being made meanwhile (reading and rules need no Python lock)."""
    waiting: deque[Any] = deque()
    with ThreadPoolExecutor(2) as threads:
        try:
            for each in of:
                waiting.append(threads.submit(make, each))
                if len(waiting) > 2:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            threads.shutdown(wait=True, cancel_futures=True)  # after Ctrl-C nothing more is begun


def _rule_report(rule: Rule, checked: int, found: Iterable[ReportFinding]) -> RuleReport:
    findings = sorted(found, key=lambda finding: (_in_reading_order(finding), finding.id, finding.path, finding.value))
    return RuleReport(
        iri=rule.iri,
        name=rule.name,
        severity=rule.severity,  # type: ignore[arg-type]
        label=rule.label,
        message=rule.message,
        why=rule.why,
        remedy=rule.remedy,
        version=rule.version,
        file=rule.file,
        checked=checked,
        findings=tuple(_told_apart(findings)),
        thresholds={name: _plain(value) for name, value in rule.thresholds.items()},
        threshold_words=rule.threshold_words,
    )


def _told_apart(findings: Iterable[ReportFinding]) -> Iterator[ReportFinding]:
    """The same findings, none lost: those that nothing but their place tells apart are numbered in their order."""
    times: Counter[str] = Counter()
    for finding in findings:
        times[finding.id] += 1
        if times[finding.id] > 1:
            number = str(times[finding.id])
            finding = replace(finding, id=digest(finding.id, number), key=digest(finding.key, number))
        yield finding


def _plain(number: int | Decimal) -> int | float:
    return number if isinstance(number, int) else float(number)


def _in_reading_order(finding: ReportFinding) -> tuple[Any, ...]:
    place = finding.provision
    key = "" if place is None else place.iri
    return (
        [plan.iri for plan in finding.plans],
        [_number(part) for part in key.split("/")[-1].split("-")],
        finding.focus,
    )


def _number(text: str) -> tuple[int, str]:
    digits = "".join(character for character in text if character.isdigit())
    return int(digits or 0), text


def _is_data(node: Any) -> bool:
    """Whether a focus node shows that there is something to check: the ontology has dates and concepts of its own."""
    return not isinstance(node, Literal) and not is_ours(str(node))
