"""The kinds of bodies of `ontology/concepts/agency-type.ttl` as look-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import QueryError
from kg.lexicon import rules

_PLAN = "https://w3id.org/plankg/ontology#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"


@cache
def suffixes() -> dict[str, str]:
    """What may end an office's name, the longer ones first, and how it reads in full: 委 is 委员会."""
    return dict(rules("agencies")["words"]["ends"])


@cache
def national_prefix() -> re.Pattern[str]:
    """What the name of a body of the nation begins with."""
    return re.compile(rf"^({rules('agencies')['words']['nation']})")


@dataclass(frozen=True, slots=True)
class AgencyType:
    """One kind of body as the concept scheme has it."""

    notation: str
    zh: str
    en: str
    body_kind: str
    aliases: tuple[str, ...]
    stems: tuple[str, ...]  # official ones, shortest first
    body: str | None
    pattern: str | None
    national_name: str | None
    initial: str | None
    components: tuple[str, ...]
    endings: tuple[str, ...]
    leads: tuple[str, ...]

    @property
    def several(self) -> bool:
        """Whether an area may have several such bodies, each with a name of its own."""
        return bool(self.endings) and not self.leads

    def expand(self, stem: str) -> str:
        """The official stem that a form abridges; the form itself where it abridges none.

        >>> [agency_types()[kind].expand(stem) for kind, stem in (("human-resources", "人社"), ("water", "水务"))]
        ['人力资源和社会保障', '水务']
        """
        for official in (stem,) if stem in self.stems else self.stems:
            rest = iter(official)
            if all(char in rest for char in stem):
                return official
        return stem


@lru_cache(maxsize=1)
def agency_types() -> dict[str, AgencyType]:
    """The scheme `agency-type` by notation.

    >>> agency_types()["science-association"].body
    '科学技术协会'
    """
    return read_types(resources.path("ontology/concepts/agency-type.ttl"))


def read_types(file: Path) -> dict[str, AgencyType]:
    """The kinds of bodies of a Turtle file, by notation.

    Raises `QueryError` where the file is not Turtle or one word has two owners.
    """
    import pyoxigraph

    facts: dict[str, dict[str, list[Any]]] = {}
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
        aliases = _longest_first(own.get(_SKOS + "altLabel", ()))
        for word in (labels["zh"], *aliases):
            if owners.setdefault(word, notation) != notation:
                raise QueryError(
                    f"{word!r} belongs to {owners[word]!r} and to {notation!r}",
                    where=str(file),
                    remedy="let one own it",
                )
        components = sorted(node.value.rsplit("/", 1)[1] for node in own.get(_PLAN + "componentType", ()))
        types[notation] = AgencyType(
            notation,
            labels["zh"],
            labels["en"],
            (one("bodyKind") or "/government").rsplit("/", 1)[1],
            aliases,
            tuple(sorted(_longest_first(own.get(_PLAN + "officialStem", ())), key=lambda stem: (len(stem), stem))),
            one("officialBody"),
            one("namePattern"),
            one("nationalName"),
            one("compoundInitial"),
            tuple(components),
            _longest_first(own.get(_PLAN + "nameEnding", ())),
            _longest_first(own.get(_PLAN + "nameLead", ())),
        )
    return types


def _longest_first(literals: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted({literal.value for literal in literals}, key=lambda word: (-len(word), word)))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The scheme's words by what they are in a name."""

    bodies: dict[str, AgencyType]  # whole bodies: 人社局, 科协
    stems: dict[str, AgencyType]  # what is left without 局, 厅 …: 人社; only where one kind owns it
    initials: dict[str, AgencyType]
    endings: tuple[tuple[str, AgencyType], ...]  # longest first
    endings_by_last: dict[str, tuple[tuple[str, AgencyType], ...]]  # the same by their last character
    leads: tuple[tuple[str, AgencyType], ...]  # longest first
    national: dict[str, AgencyType]  # names that mean the top body alone: 海关总署, 教育部


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of the scheme, read once."""
    bodies: dict[str, AgencyType] = {}
    national: dict[str, AgencyType] = {}
    stems: dict[str, set[str]] = {}
    types = agency_types()
    words = rules("agencies")["words"]
    for kind in types.values():
        own = () if kind.zh.endswith(("部门", "机构", "机关")) else (kind.zh,)  # 教育部门 is no body's name
        for word in (*own, *kind.aliases):
            bodies[word] = kind
            if (
                word == kind.national_name
                or (kind.body_kind == "government" and re.search(words["ministry"], word))
                or national_prefix().match(word)
            ):
                national[word] = kind
            for suffix in suffixes():
                if kind.stems and word.endswith(suffix) and len(word) - len(suffix) > 1:
                    stems.setdefault(word[: -len(suffix)], set()).add(kind.notation)
                    break
        for stem in kind.stems:
            stems.setdefault(stem, set()).add(kind.notation)
    for kind in types.values():
        # 证监会 and its like are the top body's, too, where no area can stand before them
        for word in kind.aliases:
            if kind.national_name and kind.pattern and "{short}" in kind.pattern and word.endswith(("会", "总局")):
                national[word] = kind
    single = {stem: types[next(iter(owners))] for stem, owners in stems.items() if len(owners) == 1 and len(stem) > 1}
    initials = {kind.initial: kind for kind in types.values() if kind.initial}
    endings = sorted(
        ((ending, kind) for kind in types.values() if kind.several for ending in kind.endings),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
    leads = sorted(
        ((lead, kind) for kind in types.values() for lead in kind.leads), key=lambda pair: (-len(pair[0]), pair[0])
    )
    by_last: dict[str, list[tuple[str, AgencyType]]] = {}
    for ending, kind in endings:
        by_last.setdefault(ending[-1], []).append((ending, kind))
    return Lexicon(
        bodies,
        single,
        initials,
        tuple(endings),
        {last: tuple(pairs) for last, pairs in by_last.items()},
        tuple(leads),
        national,
    )


@lru_cache(maxsize=4096)
def office(body: str) -> tuple[AgencyType, str, tuple[str, ...]] | None:
    """The kind of a body without its area, its official words, and the kinds that a merged office joins."""
    known = lexicon()
    kind = known.bodies.get(body)
    suffix = next((each for each in suffixes() if body.endswith(each)), "")
    if kind is not None and not kind.several:
        return kind, _official(kind, body, suffix), ()
    if suffix == "委" and (kind := known.initials.get(body[:-1])):
        return kind, kind.expand(body[:-1]) + suffixes()[suffix], ()  # 教委, 科委
    if not suffix or len(body) < len(suffix) + 2:
        return None
    stem = body[: -len(suffix)]
    kind = known.stems.get(stem)
    if kind is not None:
        return kind, kind.expand(stem) + suffixes()[suffix], ()
    if suffix not in ("局", "厅", "委", "委员会", "部"):
        return None
    parts = _pieces(stem)
    if parts is None or len(parts) < 2:
        return None
    singles = "".join(word for word, kind in parts if len(word) == 1 and kind)
    short = rules("agencies")["merged"]["short"]
    kept = (
        singles in short["kept"] and singles in stem and len(parts) > len(singles)
    )  # 文体旅游局, but 文体新局 is 文化体育新闻出版局
    official = "".join(word if kept and len(word) == 1 else _in_full(word, kind) for word, kind in parts)
    kinds = tuple(sorted({notation for _, kind in parts if kind for notation in (kind.components or (kind.notation,))}))
    return next(kind for _, kind in parts if kind), official + suffixes()[suffix], kinds


def _official(kind: AgencyType, body: str, suffix: str) -> str:
    """The official words of a body that is one of its kind's names.

    A stem that is a whole body is that body's name (交通委 → 交通委员会); where a kind has stems and a body, the body is
    the name of its office (扶贫办 → 扶贫开发领导小组办公室), the stems those of its bureaus (扶贫局 → 扶贫开发局).
    """
    stem = body[: -len(suffix)] if suffix else body
    whole = stem + suffixes()[suffix] if suffix else body
    if whole in kind.stems:
        return whole
    if kind.stems and not (kind.body and suffix in ("办", "办公室")):
        return kind.expand(stem) + (suffixes()[suffix] if suffix else "")
    if kind.body and suffix == "办公室" and stem in kind.stems:
        return whole
    if kind.body:
        # 银保监分局 is the 监管分局 of a city
        return kind.body[:-1] + "分局" if body.endswith("分局") else kind.body
    return _lengthen(body)


def _lengthen(body: str) -> str:
    """The body as written, with 委 and 办 at its end in full.

    >>> _lengthen("河长办")
    '河长办公室'
    """
    if body.endswith("委") and not body.endswith(("工委", "监委", "纪委")):
        return body + "员会"
    return body + "公室" if body.endswith("办") else body


def _in_full(word: str, kind: AgencyType | None) -> str:
    """A piece of a merged office's name as official names have it: 文 → 文化, 广 → 广电, 科技 → 科学技术."""
    short = rules("agencies")["merged"]["short"]
    if kind is None or word in short["always"]:
        return word
    return str(short["initials"].get(word, kind.expand(word))) if len(word) < 3 else word


@lru_cache(maxsize=4096)
def _pieces(stem: str) -> tuple[tuple[str, AgencyType | None], ...] | None:
    """A merged office's stem as the stems that it joins, as written, fewest first: 文广新旅 → 文, 广, 新, 旅."""
    if not stem:
        return ()
    known = lexicon()
    best: tuple[tuple[str, AgencyType | None], ...] | None = None
    for length in range(len(stem), 0, -1):
        word, rest = stem[:length], stem[length:]
        if word in "和与及" and rest:
            piece: tuple[str, AgencyType | None] = (word, None)
        elif kind := known.stems.get(word):
            piece = (word, kind)
        elif kind := known.initials.get(word):
            piece = (word, kind)
        else:
            continue
        tail = _pieces(rest)
        if tail is not None and (best is None or len(tail) + 1 < len(best)):
            best = (piece, *tail)
    return best
