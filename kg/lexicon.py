"""The project's word lists as checked look-ups: concept schemes from ontology/, cue tables from data/rules/.

The concept files are Turtle; they are read once per process with pyoxigraph's parser.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from kg import resources
from kg.errors import QueryError
from kg.vocab import plan

SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme, with every word that means it."""

    iri: str
    notation: str
    zh: str
    en: str
    aliases: tuple[str, ...]  # other words that mean it, longest first
    hidden: tuple[str, ...]  # words that contain an alias and do not mean it
    broader: str | None = None


@cache
def scheme(name: str) -> tuple[Concept, ...]:
    """The concepts of `ontology/concepts/{name}.ttl`, in the order of their notations.

    >>> "实施方案" in {c.notation for c in scheme("plan-type")}
    True

    Raises `QueryError` where the file is not Turtle or one word has two owners.
    """
    import pyoxigraph

    file = resources.path(f"ontology/concepts/{name}.ttl")
    found: dict[str, dict[str, list[Any]]] = {}
    try:
        for triple in pyoxigraph.parse(path=str(file)):
            if isinstance(triple.subject, pyoxigraph.NamedNode):
                predicate = triple.predicate.value.removeprefix(SKOS)
                found.setdefault(triple.subject.value, {}).setdefault(predicate, []).append(triple.object)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(str(error), where=str(file), remedy="mend the Turtle") from error
    concepts = []
    for iri, facts in found.items():
        if "notation" not in facts or "prefLabel" not in facts:
            continue
        labels = {o.language: o.value for o in facts["prefLabel"]}
        zh = labels.get("zh", "")
        words = {o.value for o in facts.get("altLabel", []) if o.language == "zh"} - {zh}
        hidden = {o.value for o in facts.get("hiddenLabel", [])}
        broader = sorted(o.value for o in facts.get("broader", []))
        concepts.append(
            Concept(
                iri,
                facts["notation"][0].value,
                zh,
                labels.get("en", ""),
                tuple(sorted(words, key=lambda w: (-len(w), w))),
                tuple(sorted(hidden, key=lambda w: (-len(w), w))),
                broader[0] if broader else None,
            )
        )
    concepts.sort(key=lambda c: c.notation)
    owners: dict[str, str] = {}
    for concept in concepts:
        for word in (concept.zh, *concept.aliases):
            if owners.setdefault(word, concept.notation) != concept.notation:
                raise QueryError(
                    f"{word!r} belongs to {owners[word]!r} and to {concept.notation!r}",
                    where=str(file),
                    remedy="let one own it",
                )
    return tuple(concepts)


def either(words: Iterable[str]) -> str:
    """A pattern for any of the words, of those that fit the longest; words with the same beginning are tried together.

    >>> either(["农民", "农民工", "老年人"])
    '农(?:民工|民)|老(?:年人)'
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(found)})" for first, found in rests.items())


@cache
def property_of(scheme_name: str, name: str) -> dict[str, str]:
    """What one of the ontology's properties says of each concept of a scheme, by the concept's IRI.

    >>> factors = property_of("unit", "unitFactor")
    >>> {c.notation: factors[c.iri] for c in scheme("unit") if c.notation in ("公里", "‰")}
    {'‰': '0.1', '公里': '1000.0'}
    """
    import pyoxigraph

    return {
        triple.subject.value: triple.object.value  # type: ignore[union-attr]
        for triple in pyoxigraph.parse(path=str(resources.path(f"ontology/concepts/{scheme_name}.ttl")))
        if triple.predicate.value == plan(name)
    }


@cache
def collection(scheme_name: str, slug: str) -> frozenset[str]:
    """The notations of the concepts that a skos:Collection of a scheme holds.

    >>> sorted(collection("crowd-group", "key-groups"))
    ['产业工人', '农民', '老年人', '青少年', '领导干部和公务员']
    """
    import pyoxigraph

    members = set()
    for triple in pyoxigraph.parse(path=str(resources.path(f"ontology/concepts/{scheme_name}.ttl"))):
        if triple.predicate.value == SKOS + "member" and str(triple.subject).endswith(f"/{scheme_name}/{slug}>"):
            members.add(triple.object.value)  # type: ignore[union-attr]
    return frozenset(c.notation for c in scheme(scheme_name) if c.iri in members)


@cache
def rules(name: str) -> dict[str, Any]:
    """The table `data/rules/{name}.toml`.

    >>> "style" in rules("numbering")
    True

    Raises `QueryError` where it is not TOML.
    """
    file = resources.path(f"data/rules/{name}.toml")
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise QueryError(str(error), where=str(file), remedy="mend the TOML") from error


@lru_cache(maxsize=1)
def rank_of() -> dict[str, int]:
    """The rank of every numbering style; a style of lower rank never stands inside one of a higher rank.

    >>> rank_of()["han-comma"] < rank_of()["arabic-dot"]
    True
    """
    return {style["name"]: style["rank"] for style in rules("numbering")["style"]}
