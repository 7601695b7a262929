"""What a planted fault is: where it lies, what it must be found as, what else it explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from benchmarks.faults.ground import Ground


class Edit(NamedTuple):
    """One change of a text: what stood from `start` to `end` reads `words` now."""

    start: int
    end: int
    words: str


class Fact(NamedTuple):
    """One statement, each part as N-Triples writes it."""

    subject: str
    predicate: str
    object: str


class Claim(NamedTuple):
    """Findings of one rule about one place.

    `about` is the place's name below its plan (`2-1-9`, `2-1-9/target/1`, "" for the plan itself), or a shared node's
    (`agency/360102/…`). A `*` at the end of either means all that begin so.

    >>> Claim("target-owner", "2-1-9/target/*").covers("target-owner", "2-1-9/target/2")
    True
    """

    rule: str
    about: str

    def covers(self, rule: str, about: str) -> bool:
        return _fits(self.rule, rule) and _fits(self.about, about)


def _fits(pattern: str, text: str) -> bool:
    return text.startswith(pattern[:-1]) if pattern.endswith("*") else text == pattern


@dataclass(frozen=True, slots=True)
class Planting:
    """One fault at one place of one plan, not yet planted.

    Edits change the text, which is then read again; facts are taken from the statements, or put among them, before the
    entailments are drawn.
    """

    plants: tuple[Claim, ...]  # each must be found, and was not there before
    edits: tuple[Edit, ...] = ()
    gone: frozenset[Fact] = frozenset()
    new: frozenset[Fact] = frozenset()
    explains: tuple[Claim, ...] = ()  # may be found besides
    hides: tuple[Claim, ...] = ()  # may be found no more
    zone: frozenset[str] = frozenset()  # names of the places it touches; none: the whole plan
    mutation: str = ""  # its name, given by the registry


Places = Callable[["Ground"], Iterator[Planting]]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A way to spoil a plan: what it plants, and every place of a plan where it can be planted."""

    name: str
    rules: tuple[str, ...]
    places: Places
    means: str = field(default="")  # one sentence: what a writer of plans did wrong
    whole: tuple[Claim, ...] = ()  # what may come or go with it in the plan as a whole, wherever it is planted
    chain: bool = False  # planted in a plan whose upper plan stands beside it


MUTATIONS: dict[str, Mutation] = {}


def mutation(name: str, *rules: str, whole: tuple[Claim, ...] = (), chain: bool = False) -> Callable[[Places], Places]:
    """Register the places of a mutation under a name, with the rules that must find it."""

    def register(places: Places) -> Places:
        if name in MUTATIONS:
            raise ValueError(f"two mutations are called {name!r}")
        MUTATIONS[name] = Mutation(name, rules, places, (places.__doc__ or "").strip(), whole, chain)
        return places

    return register


# What counts over all tasks of a plan, and so may come or go where the list of one changes, or an item goes.
LISTS = (Claim("agency-overload", ""), Claim("agency-type", "agency/*"))
ITEMS = (
    *LISTS,
    *(Claim(rule, "") for rule in ("plan-evaluation", "plan-funding", "plan-publication", "group-*", "upper-*")),
)


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """The text after the edits, which do not overlap.

    >>> edited("(区科协牵头)", (Edit(4, 6, "负责"),))
    '(区科协负责)'
    """
    parts, at = [], 0
    for edit in sorted(edits):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        parts += [text[at : edit.start], edit.words]
        at = edit.end
    return "".join([*parts, text[at:]])


class Positions:
    """Where places of an edited text stood before.

    >>> Positions((Edit(2, 4, ""), Edit(6, 6, "新增"))).before(4), Positions((Edit(2, 4, ""),)).before(1)
    ('6+0', '1')
    """

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        self._edits = sorted(edits)

    def before(self, position: int) -> str:
        """The place before the edits; of what an edit has put in, the place of the edit and the distance from it."""
        shift = 0
        for start, end, words in self._edits:
            if position < start + shift:
                break
            within = position - start - shift
            if within < len(words):
                return str(start + within) if within < end - start else f"{end}+{within - (end - start)}"
            shift += len(words) - (end - start)
        return str(position - shift)
