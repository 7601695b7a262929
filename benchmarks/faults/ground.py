"""A good plan to spoil: its text as read, what it states, and what is found in it before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from benchmarks.faults.model import Edit, Fact, Planting, Positions, edited
from benchmarks.faults.names import Names
from kg import vocab
from kg.model import PlanRecord, Provision, Quantity, Span
from kg.pipeline import Plan, read_plan
from kg.read import read_bytes

Key = tuple[str, str, str]  # rule, what it is about, value: by the names of `Names`
HOME = vocab.DEFAULT_BASE
ADDRESS = "https://www.example.gov.cn/plan.html"  # where the plan is said to have been published


@dataclass
class Ground:
    """One plan that faults are planted in; `companions` are texts of other plans that stand beside it, unspoilt."""

    name: str
    text: str
    companions: tuple[str, ...] = ()
    findings: Counter[Key] = field(default_factory=Counter)  # before anything is planted

    @cached_property
    def plan(self) -> Plan:
        return read_text(self.text, HOME)

    @property
    def record(self) -> PlanRecord:
        return self.plan.record

    @cached_property
    def statements(self) -> list[Fact]:
        return split(self.plan)

    @cached_property
    def names(self) -> Names:
        return Names(self.statements, HOME, self.plan.iri)

    @cached_property
    def _by_subject(self) -> dict[str, list[Fact]]:
        found: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in self.statements:
            found[fact.subject].append(fact)
        return dict(found)

    # ------------------------------------------------------------ statements

    def node(self, name: str) -> str:
        """The node with a name below the plan, as N-Triples writes it; the plan's own for ""."""
        return f"<{self.plan.iri}/{name}>" if name else f"<{self.plan.iri}>"

    def called(self, node: str) -> str:
        """The name of a node that N-Triples writes so."""
        return self.names.of(node[1:-1])

    def about(self, node: str, predicate: str | None = None) -> list[Fact]:
        """The statements about a node, of one property where it is given (ours by its name)."""
        wanted = None if predicate is None else term(predicate)
        return [f for f in self._by_subject.get(node, ()) if wanted in (None, f.predicate)]

    def values(self, node: str, predicate: str) -> list[str]:
        return [fact.object for fact in self.about(node, predicate)]

    def all(self, cls: str) -> Iterator[str]:
        """The nodes of a class, in the order of their IRIs."""
        wanted = term(cls)
        return (f.subject for f in self.statements if f.object == wanted and f.predicate == term(vocab.RDF_TYPE))

    # ------------------------------------------------------------ text

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        return {provision.key: provision for provision in self.record.provisions}

    def of_kind(self, *kinds: str) -> list[Provision]:
        return [provision for provision in self.record.provisions if provision.kind in kinds]

    def below(self, key: str) -> list[Provision]:
        """The provisions that lie in one, itself left out."""
        return [p for p in self.record.provisions if p.key.startswith(key + "-")]

    def above(self, provision: Provision) -> list[Provision]:
        """The actions that a provision lies in, the nearest first."""
        found, at = [], provision.action
        while at and at in self.provisions:
            found.append(self.provisions[at])
            at = self.provisions[at].action
        return found

    @cached_property
    def quantities(self) -> list[tuple[str, Quantity]]:
        """Targets and achievements with their names, in the order of the text."""
        row: Counter[tuple[str, str]] = Counter()
        found = []
        for quantity in self.record.quantities:
            kind = quantity.kind.lower()
            row[quantity.owner, kind] += 1
            path = f"{quantity.owner}/" if quantity.owner else ""
            found.append((f"{path}{kind}/{row[quantity.owner, kind]}", quantity))
        return found

    def targets(self, key: str | None = None) -> list[tuple[str, Quantity]]:
        return [(n, q) for n, q in self.quantities if q.kind == "Target" and key in (None, q.owner)]

    def cut(self, span: Span) -> str:
        return span.cut(self.text)

    def has(self, rule: str, about: str) -> bool:
        """Whether a rule has found something there before."""
        return any(key[0] == rule and key[1] == about for key in self.findings)


def read_text(text: str, base: str) -> Plan:
    """A text through the pipeline, as a file of its own.

    Raises `NotAPlanError` where it holds no plan.
    """
    return read_plan(replace(read_bytes(text.encode(), "plan.txt"), url=ADDRESS), base)


def split(plan: Plan) -> list[Fact]:
    """What a plan asserts, statement by statement."""
    return [Fact(*statement.split(" ", 2)) for statement in plan.graph.statements]


def term(name: str) -> str:
    """A term as N-Triples writes it: of the ontology by its name, any other by its IRI.

    >>> term("value")
    '<https://w3id.org/plankg/ontology#value>'
    """
    return f"<{name}>" if ":" in name else f"<{vocab.plan(name)}>"


def grounds(files: Iterable[Path]) -> Iterator[Ground]:
    """Text files as grounds, named by the files."""
    for file in files:
        yield Ground(file.stem, file.read_text("utf-8-sig").replace("\r\n", "\n"))


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A plan with faults in it, before entailments."""

    iri: str
    title: str
    facts: list[Fact]
    names: Names


def spoil(ground: Ground, plantings: Iterable[Planting], base: str) -> Spoilt:
    """The plan with all these faults, below another base; it is read again where its text has changed.

    Raises `NotAPlanError` where nothing is left that could be a plan.
    """
    plantings = list(plantings)
    edits: tuple[Edit, ...] = tuple(edit for planting in plantings for edit in planting.edits)
    if edits:
        plan = read_text(edited(ground.text, edits), base)
        iri, title, facts = plan.iri, plan.record.title.value, split(plan)
    else:
        iri, title = base + ground.plan.iri[len(HOME) :], ground.record.title.value
        facts = [_moved(fact, base) for fact in ground.statements]
    names = Names(facts, base, iri, Positions(edits), ground.names.places)
    gone = {_moved(fact, base) for planting in plantings for fact in planting.gone}
    new = [_moved(fact, base) for planting in plantings for fact in sorted(planting.new)]
    missing = gone - set(facts)
    if missing:
        raise ValueError(f"{ground.name} does not say {sorted(missing)[0]}")
    return Spoilt(iri, title, [fact for fact in facts if fact not in gone] + new, names)


def _moved(fact: Fact, base: str) -> Fact:
    if HOME not in fact.subject and HOME not in fact.object:
        return fact
    return Fact(
        fact.subject.replace(f"<{HOME}", f"<{base}"), fact.predicate, fact.object.replace(f"<{HOME}", f"<{base}")
    )
