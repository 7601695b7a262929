"""Choose where to plant, plant, look, and compare: what was planted must be found, and nothing else.

Every spoilt plan stands below a base of its own, so that hundreds lie in one graph and share no node.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from rdflib import SH, URIRef

from benchmarks.faults.chain import chains
from benchmarks.faults.ground import HOME, Ground, Key, read_text, split, spoil
from benchmarks.faults.model import MUTATIONS, Claim, Fact, Mutation, Planting
from benchmarks.faults.names import Names
from benchmarks.synthetic import copies, originals
from kg import resources
from kg.errors import NotAPlanError
from kg.graph import correspondence_iri
from kg.pipeline import graph_name
from kg.pipeline.linking import Links, title_of
from kg.reason import infer
from kg.relate import relate
from kg.store.graphs import load_vocabulary, replace_lines
from kg.validate import fast, validate
from kg.validate.report import Report, ReportFinding, RuleReport
from kg.validate.rules import load_shapes

BATCH = 20  # plans in one graph: a few hundred megabytes in rdflib
_BASE = re.compile(rf"<?({re.escape(HOME)}f\d+/)")
Check = Callable[[ox.Store], Report]  # an engine: a store whose default graph is looked at → what is found


def every_rule(store: ox.Store) -> Report:
    """What all our rules find, at their own thresholds: the profile that leaves none out.

    By the fast engine where it is installed: that both say the same is the business of `tests/differential`.
    """
    return validate(store, profile="publish", engine="fast" if fast.is_installed() else "pyshacl")


@dataclass(frozen=True, slots=True)
class Copy:
    """One plan with faults planted in it (or none), as it lies in a graph with others."""

    ground: Ground
    plantings: tuple[Planting, ...]
    base: str
    lines: bytes  # N-Triples of its statements, without what follows from them
    graphs: tuple[tuple[str, bytes], ...]  # named graph → the lines of it
    late: bytes  # what no store takes: statements with blank nodes
    names: Names | None  # None: nothing that could be a plan was left
    refused: str = ""


@dataclass
class Outcome:
    """What came of one spoilt plan."""

    copy: Copy
    missed: list[tuple[Planting, Claim]] = field(default_factory=list)
    found: list[tuple[Planting, Claim]] = field(default_factory=list)
    unexplained: list[Key] = field(default_factory=list)  # new, and planted by nobody
    vanished: list[Key] = field(default_factory=list)  # there before, and nobody said that it would go


# ---------------------------------------------------------------- choosing


def choose(
    grounds: Sequence[Ground],
    mutations: Iterable[Mutation],
    times: int,
    seed: int,
) -> Iterator[tuple[Ground, Planting]]:
    """So many faults for each rule, shared among its mutations, each in as many plans as have a place for it; the same for the same seed."""
    there = {rule.name for rule in load_shapes().rules}
    ways = Counter(rule for mutation in MUTATIONS.values() for rule in mutation.rules)
    for mutation in mutations:
        if not there & set(mutation.rules):
            continue
        draw = random.Random(f"{seed} {mutation.name}")
        wanted = max(-(-times // ways[rule]) for rule in mutation.rules)
        order = list(grounds)
        draw.shuffle(order)
        offers = []
        for ground in order:
            places = candidates(ground, mutation)
            if places:
                offers.append((ground, draw.sample(places, min(wanted, len(places)))))
            if len(offers) == wanted:
                break
        found = [(ground, places[turn]) for turn in range(wanted) for ground, places in offers if turn < len(places)]
        yield from found[:wanted]


def candidates(ground: Ground, mutation: Mutation) -> list[Planting]:
    """The places of a plan where a fault can be planted: those where the rule has found nothing yet."""
    if mutation.chain != bool(ground.companions):
        return []
    return [
        replace(
            planting,
            mutation=mutation.name,
            explains=(*planting.explains, *mutation.whole),
            hides=(*planting.hides, *mutation.whole),
        )
        for planting in mutation.places(ground)
        if not any(c.covers(key[0], key[1]) for c in planting.plants for key in ground.findings)
    ]


def pack(chosen: Iterable[tuple[Ground, Planting]], most: int = 12) -> list[tuple[Ground, tuple[Planting, ...]]]:
    """Faults put together into as few copies as will do, at most so many in one, none of which touches a place of another."""
    open_: defaultdict[tuple[str, bool], list[list[Planting]]] = defaultdict(list)
    by_name: dict[str, Ground] = {}
    for ground, planting in chosen:
        by_name[ground.name] = ground
        packs = open_[ground.name, bool(planting.edits)]
        for one in packs:
            if len(one) < most and all(_apart(planting, other) for other in one):
                one.append(planting)
                break
        else:
            packs.append([planting])
    return [(by_name[name], tuple(one)) for (name, _), packs in open_.items() for one in packs]


def _apart(one: Planting, other: Planting) -> bool:
    if not one.zone or not other.zone or one.zone & other.zone:
        return False
    return not any(a.start < b.end and b.start < a.end or a.start == b.start for a in one.edits for b in other.edits)


# ---------------------------------------------------------------- planting


def make_copy(ground: Ground, plantings: tuple[Planting, ...], number: int) -> Copy:
    """One spoilt plan below a base of its own, with the unspoilt plans that stand beside it."""
    base = f"{HOME}f{number}/"
    try:
        made = spoil(ground, plantings, base)
    except NotAPlanError as error:
        return Copy(ground, plantings, base, b"", (), b"", None, error.what)
    late = [fact for fact in made.facts if "_:" in (fact.subject[:2], fact.object[:2])]
    said = [(made.iri, made.title, _lines(fact for fact in made.facts if fact not in late))]
    for text in ground.companions:
        beside = read_text(text, base)
        said.append((beside.iri, beside.record.title.value, _lines(split(beside))))
    links = Links([title_of(iri, title, lines) for iri, title, lines in said], base)
    graphs = tuple((graph_name(iri), links.apply(lines, iri)) for iri, _, lines in said)
    return Copy(ground, plantings, base, b"".join(lines for _, lines in graphs), graphs, _lines(late), made.names)


def _lines(facts: Iterable[Fact]) -> bytes:
    return "".join(f"{f.subject} {f.predicate} {f.object} .\n" for f in facts).encode()


def store_of(copies: Iterable[Copy]) -> ox.Store:
    """A store whose default graph holds vocabulary, copies and entailments, as a built one does."""
    store = ox.Store()
    load_vocabulary(store)
    for copy in copies:
        for graph, lines in copy.graphs:
            replace_lines(store, graph, lines)
        if len(copy.graphs) > 1:
            _relate_alone(copy, store)
    infer(store)
    for copy in copies:
        if copy.late:
            store.load(copy.late, format=ox.RdfFormat.N_TRIPLES)
    return store


def _relate_alone(copy: Copy, store: ox.Store) -> None:
    """Which tasks of plans that stand together correspond: those of other copies are none of their business."""
    alone = ox.Store()
    load_vocabulary(alone)
    for graph, lines in copy.graphs:
        replace_lines(alone, graph, lines)
    infer(alone)
    before = {quad.triple for quad in alone.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    relate(alone, correspondence_iri)
    new = [q.triple for q in alone.quads_for_pattern(None, None, None, ox.DefaultGraph()) if q.triple not in before]
    replace_lines(store, f"{copy.base}correspondences", ox.serialize(new, format=ox.RdfFormat.N_TRIPLES))


# ---------------------------------------------------------------- looking


def look(copies: Sequence[Copy], check: Check = every_rule) -> list[Counter[Key]]:
    """What is found in each copy, by names that the spoilt plan has in common with the unspoilt one."""
    readable = [copy for copy in copies if copy.names is not None]
    store = store_of(readable)
    report = check(store)
    found: dict[str, Counter[Key]] = {copy.base: Counter() for copy in copies}
    by_base = {copy.base: copy.names for copy in readable if copy.names}
    for rule in report.rules:
        for finding in rule.findings:
            value = finding.value.removeprefix("<").removesuffix(">")
            for base in _bases_of(rule, finding, store):
                names = by_base[base]
                said = names.of(value) if finding.value.startswith("<") else _unnamed(finding.value)
                found[base][rule.name, _unnamed(names.of(finding.focus)), said] += 1
    return [found[copy.base] for copy in copies]


def _bases_of(rule: RuleReport, finding: ReportFinding, store: ox.Store) -> set[str]:
    """Whose finding it is. A literal is the focus node of all plans where the rule's properties have it as value.

    Raises `ValueError` for a finding that is nobody's.
    """
    if finding.focus.startswith('"'):
        literal = next(iter(ox.parse(f"<x:s> <x:p> {finding.focus} .", format=ox.RdfFormat.N_TRIPLES))).object
        targets = targets_of(rule.iri)
        quads = (q for p in targets for q in store.quads_for_pattern(None, p, literal, ox.DefaultGraph()))
        found = {_base_of(str(quad.subject)) for quad in quads}
    else:
        found = {_base_of(finding.focus)}
    if found <= {None}:
        found = {_base_of(place.iri) for place in finding.plans} | {_base_of(finding.value)}
    if found <= {None}:
        raise ValueError(f"a finding of no plan: {rule.name} {finding.focus} {finding.value}")
    return {base for base in found if base}


@cache
def targets_of(rule: str) -> tuple[ox.NamedNode, ...]:
    """The properties whose objects a rule looks at."""
    graph = load_shapes().graph
    return tuple(ox.NamedNode(str(p)) for p in graph.objects(URIRef(rule), SH.targetObjectsOf))


def _unnamed(name: str) -> str:
    return "_:" if name.startswith("_:") else name


def _base_of(iri: str) -> str | None:
    found = _BASE.match(iri)
    return found[1] if found else None


def prepare(grounds: Sequence[Ground], check: Check = every_rule) -> None:
    """Note in each ground what is found in it before anything is planted."""
    for start in range(0, len(grounds), BATCH):
        some = grounds[start : start + BATCH]
        for ground, found in zip(some, look([make_copy(g, (), n) for n, g in enumerate(some)], check), strict=True):
            ground.findings = found


def compare(copy: Copy, found: Counter[Key]) -> Outcome:
    """What was planted and found or missed, what is new without reason, what is gone without reason."""
    outcome = Outcome(copy)
    before = copy.ground.findings
    new, gone = found - before, before - found
    for planting in copy.plantings:
        for claim in planting.plants:
            hit = any(claim.covers(rule, about) for rule, about, _ in new)
            (outcome.found if hit else outcome.missed).append((planting, claim))
    allowed = [c for p in copy.plantings for c in (*p.plants, *p.explains)]
    outcome.unexplained = [k for k in sorted(new.elements()) if not any(c.covers(k[0], k[1]) for c in allowed)]
    hidden = [c for p in copy.plantings for c in p.hides]
    outcome.vanished = [k for k in sorted(gone.elements()) if not any(c.covers(k[0], k[1]) for c in hidden)]
    if copy.names is None:
        outcome.unexplained, outcome.vanished = [], []
    return outcome


def plant(
    grounds: Sequence[Ground],
    mutations: Iterable[Mutation] | None = None,
    times: int = 3,
    seed: int = 0,
    check: Check = every_rule,
    most: int = 12,
    batch: int = BATCH,
) -> Iterator[Outcome]:
    """Plant each mutation so many times and compare; the grounds are prepared already."""
    packs = pack(choose(grounds, mutations or MUTATIONS.values(), times, seed), most)
    for start in range(0, len(packs), batch):
        copies = [make_copy(ground, faults, n) for n, (ground, faults) in enumerate(packs[start : start + batch])]
        for copy, found in zip(copies, look(copies, check), strict=True):
            yield compare(copy, found)


def run(grounds: Sequence[Ground], times: int = 3, seed: int = 0, check: Check = every_rule) -> list[Outcome]:
    """Plant every mutation in these plans, and in those of them that can be given an upper plan; what came of it."""
    every = [*grounds, *chains(grounds)]
    prepare(every, check)
    return list(plant(every, times=times, seed=seed, check=check))


def spoilt_plans(number: int, seed: int = 0, faults: int = 4, folders: Sequence[Path] | None = None) -> Iterator[Copy]:
    """So many plans, each of another area, with faults planted in them; made one by one, the same for the same seed.

    For those who compare engines: `store_of` puts as many as are wanted into one graph, since no two share a base.

    >>> [len(copy.plantings) > 0 for copy in spoilt_plans(2)]
    [True, True]
    """
    given = originals(list(folders or [resources.folder("data/documents")]))
    for n, text in enumerate(copies(given, number)):
        ground = Ground(f"{n:05}", text)
        draw = random.Random(f"{seed} {n}")
        names = draw.sample(sorted(MUTATIONS), len(MUTATIONS))
        chosen: list[tuple[Ground, Planting]] = []
        for name in names:
            places = candidates(ground, MUTATIONS[name])
            if places:
                chosen.append((ground, draw.choice(places)))
            if len(chosen) == 2 * faults:
                break
        packs = pack(chosen, faults)
        if packs:
            # Every other plan with a spoilt text, the others with spoilt statements, where both can be had.
            yield make_copy(
                ground, max(packs, key=lambda one: (bool(one[1][0].edits) == (n % 2 == 0), len(one[1])))[1], n
            )


def synthetic_grounds(number: int, folders: Sequence[Path] | None = None) -> Iterator[Ground]:
    """So many plans without faults: those at hand, given to other areas."""
    given = originals(list(folders or [resources.folder("data/documents")]))
    for n, text in enumerate(copies(given, number)):
        yield Ground(f"{n:05}", text)
