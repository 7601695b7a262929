"""The kinds of bodies of `ontology/concepts/agency-type.ttl` as look-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg import resources
from kg.errors import QueryError

_PLAN = "https://w3id.org/plankg/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"

# What may end an office's name, and how it reads in full.
SUFFIXES = {
    "委员会": "委员会", "办公室": "办公室", "总局": "总局", "总署": "总署", "中心": "中心",
    "局": "局", "厅": "厅", "部": "部", "署": "署", "委": "委员会", "办": "办公室",
}  # fmt: skip
NATIONAL_PREFIX = re.compile(r"^(中华人民共和国|国务院|国家|全国|中国|中央)")


@dataclass(frozen=True, slots=True)
class AgencyType:
    """One kind of body as the concept scheme has it."""

    notation: str
    zh: str
    en: str
    body_kind: str
    aliases: tuple[str, ...]
    stem: str | None
    body: str | None
    pattern: str | None
    national_name: str | None
    initial: str | None
    components: tuple[str, ...]
    endings: tuple[str, ...]


@lru_cache(maxsize=1)
def agency_types() -> dict[str, AgencyType]:
    """The scheme `agency-type` by notation.

    >>> agency_types()["science-association"].body
    '科学技术协会'

    Raises `QueryError` where the file is not Turtle or one word has two owners.
    """
    import pyoxigraph

    file = resources.path("ontology/concepts/agency-type.ttl")
    facts: dict[str, dict[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]] = {}
    try:
        for triple in pyoxigraph.parse(path=str(file)):
            facts.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(str(error), where=str(file), remedy="mend the Turtle") from error
    types: dict[str, AgencyType] = {}
    owners: dict[str, str] = {}
    for iri in sorted(facts):
        own = facts[iri]
        if _SKOS + "notation" not in own:
            continue

        def one(name: str, own: dict = own) -> str | None:  # type: ignore[type-arg]
            return own[_PLAN + name][0].value if _PLAN + name in own else None

        labels = {label.language: label.value for label in own[_SKOS + "prefLabel"]}
        notation = own[_SKOS + "notation"][0].value
        aliases = sorted({label.value for label in own.get(_SKOS + "altLabel", ())}, key=lambda word: (-len(word), word))
        for word in (labels["zh"], *aliases):
            if owners.setdefault(word, notation) != notation:
                raise QueryError(f"{word!r} belongs to {owners[word]!r} and to {notation!r}", where=str(file), remedy="let one own it")
        components = sorted(node.value.rsplit("/", 1)[1] for node in own.get(_PLAN + "componentType", ()))
        types[notation] = AgencyType(
            notation,
            labels["zh"],
            labels["en"],
            (one("bodyKind") or "/government").rsplit("/", 1)[1],
            tuple(aliases),
            one("officialStem"),
            one("officialBody"),
            one("namePattern"),
            one("nationalName"),
            one("compoundInitial"),
            tuple(sorted(components, key=lambda part: notation.find(part))),
            tuple(sorted((each.value for each in own.get(_PLAN + "nameEnding", ())), key=lambda word: (-len(word), word))),
        )
    return types


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The scheme's words by what they are in a name."""

    bodies: dict[str, AgencyType]  # whole bodies: 人社局, 科协
    stems: dict[str, AgencyType]  # what is left without 局, 厅 …: 人社; only where one kind owns it
    initials: dict[str, AgencyType]
    endings: tuple[tuple[str, AgencyType], ...]  # longest first
    national: dict[str, AgencyType]  # names that mean the top body alone: 海关总署, 教育部


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of the scheme, read once."""
    bodies: dict[str, AgencyType] = {}
    national: dict[str, AgencyType] = {}
    stems: dict[str, set[str]] = {}
    types = agency_types()
    for kind in types.values():
        for word in (kind.zh, *kind.aliases):
            bodies[word] = kind
            if word == kind.national_name or (kind.body_kind == "government" and re.search(r"(?<!人武)(?:部|总局|总署|署)$", word)) or NATIONAL_PREFIX.match(word):
                national[word] = kind
            for suffix in SUFFIXES:
                if kind.stem and word.endswith(suffix) and len(word) - len(suffix) > 1:
                    stems.setdefault(word[: -len(suffix)], set()).add(kind.notation)
                    break
        if kind.stem:
            stems.setdefault(kind.stem, set()).add(kind.notation)
    for kind in types.values():
        # 证监会 and its like are the top body's, too, where no area can stand before them
        for word in kind.aliases:
            if kind.national_name and kind.pattern and "{short}" in kind.pattern and word.endswith(("会", "总局")):
                national[word] = kind
    single = {stem: types[next(iter(owners))] for stem, owners in stems.items() if len(owners) == 1 and len(stem) > 1}
    initials = {kind.initial: kind for kind in types.values() if kind.initial}
    endings = sorted(((ending, kind) for kind in types.values() for ending in kind.endings), key=lambda pair: (-len(pair[0]), pair[0]))
    return Lexicon(bodies, single, initials, tuple(endings), national)
