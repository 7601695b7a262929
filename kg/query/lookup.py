"""Short values for IRIs: `360102-2021-d3598686`, `东湖` or `区科协` instead of the whole IRI."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab
from kg.errors import EmptyError, UsageError
from kg.query.binding import check_names
from kg.query.saved import Parameter, SavedQuery
from kg.query.values import quote
from kg.store.querying import KNOWN_PREFIXES

if TYPE_CHECKING:
    from kg.store.protocol import Store

_CANDIDATES = f"""
PREFIX rdfs: <{vocab.RDFS}>
PREFIX skos: <{vocab.SKOS}>
PREFIX dcterms: <{vocab.DCTERMS}>
PREFIX plan: <{vocab.PLAN}>
SELECT DISTINCT ?thing ?property ?name {{
  ?class rdfs:subClassOf* <%s> .
  ?thing a ?class .
  OPTIONAL {{
    VALUES ?property {{ skos:prefLabel dcterms:title skos:notation plan:regionCode plan:documentNumber skos:altLabel }}
    ?thing ?property ?name
  }}
}}"""
# The same for what bears one of some names to the letter, or has an IRI that ends so: the index of terms finds it in 2 ms,
# where reading all names of a large class takes 20.
_BEARERS = f"""
PREFIX rdfs: <{vocab.RDFS}>
SELECT DISTINCT ?thing ?property ?name {{
  ?class rdfs:subClassOf* <%s> .
  {{ VALUES ?name {{ %s }} ?thing ?property ?name . ?thing a ?class }} UNION {{ ?thing a ?class FILTER(%s) }}
}}"""
_IS_MEMBER = f"PREFIX rdfs: <{vocab.RDFS}> ASK {{ ?class rdfs:subClassOf* <%s> . <%s> a ?class }}"
# What names a thing best comes first; a part of a name comes after all whole ones.
_RANK = {
    vocab.SKOS_NOTATION: 0,
    vocab.plan("regionCode"): 0,
    vocab.plan("documentNumber"): 0,
    vocab.SKOS_PREF_LABEL: 1,
    vocab.DCTERMS_TITLE: 1,
    vocab.SKOS_ALT_LABEL: 2,
}
_SHOWN = 12
_FOLDERS = ("plan", "agency")  # below the base: a part of a plan, or a body, by its local id


@dataclass(frozen=True, slots=True)
class _Name:
    thing: str
    text: str  # as it is compared
    rank: int
    written: str  # as it stands in the graph


def resolve_values(store: Store, query: SavedQuery, values: Mapping[str, str]) -> dict[str, str]:
    """The values with every short one for an IRI replaced by the IRI that it means; see `find_iri`."""
    check_names(query, values)
    return {
        name: find_iri(store, parameter, value) if parameter and parameter.target and value is not None else value
        for name, value in values.items()
        for parameter in [query.parameter(name)]
    }


def find_iri(store: Store, parameter: Parameter, value: str) -> str:
    """The IRI of the one member of the parameter's class that a value means.

    An IRI, also as tables shorten it (`crowd-group:farmers`, `agency/360102/science-association`), must be a member. Else the
    value is, in this order: the last part of an IRI, a notation, code or document number, a title or preferred label, another
    label; after that a part of one. White space, width and case do not count, unless one thing alone has that name to the letter.

    Raises `UsageError` where nothing or more than one thing has that name, and names them or what there is; `EmptyError`
    where the store has nothing of the class.
    """
    if not parameter.target:
        return value
    for iri in _as_iris(store.base, value):
        if store.query(_IS_MEMBER % (parameter.target, iri)):
            return iri
    kind = parameter.target.rpartition("#")[2].rpartition("/")[2]
    if re.match(r"<?[A-Za-z][A-Za-z0-9+.-]*:(//|[A-Za-z0-9])", value):
        members = members_of(store, parameter.target)
        if not members:
            raise _none_of(kind)
        last = {member.short: member for member in members}
        near = difflib.get_close_matches(local_id(store.base, value), sorted(last), n=3, cutoff=0.8)
        raise UsageError(
            f"there is no {kind} {value} in the store",
            where=parameter.name,
            remedy=_offer(members, [last[n] for n in near]),
        )
    sought = _plain(value)
    called = _best(_bearers(store, parameter.target, {value, sought}), lambda n: n.text == sought)
    if len(called) == 1:
        return called[0]
    names = _names(store, _CANDIDATES % parameter.target)
    if not names:
        raise _none_of(kind)
    if not sought:
        raise UsageError(f"the value of {parameter.name} is empty", remedy=_offer(_members(store.base, names), []))
    for test in (lambda n: n.text == sought, lambda n: sought in n.text):
        found = _best(names, test)
        if parameter.target == vocab.plan("Region"):
            found = _above_all(names, found)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"{value!r} may be {len(found)} things of the class {kind}",
                where=parameter.name,
                remedy="say which: "
                + "; ".join(_show(store, names, thing) for thing in found[:_SHOWN])
                + ("; …" if len(found) > _SHOWN else ""),
            )
    things: dict[str, Member] = {}
    members = {member.iri: member for member in _members(store.base, names)}
    for text in difflib.get_close_matches(sought, sorted({n.text for n in names}), n=3, cutoff=0.4):
        things.update({n.thing: members[n.thing] for n in names if n.text == text})
    raise UsageError(
        f"there is no {kind} that {value!r} names",
        where=parameter.name,
        remedy=_offer(list(members.values()), list(things.values())[:3]),
    )


@dataclass(frozen=True, slots=True)
class Member:
    """Something that a parameter may mean: its IRI, the short value that means it, and its name."""

    iri: str
    short: str
    label: str

    def __str__(self) -> str:
        return f"{self.short} {self.label}".strip()


def members_of(store: Store, target: str) -> list[Member]:
    """Everything of a class, sorted by short value."""
    return _members(store.base, _names(store, _CANDIDATES % target))


def _members(base: str, names: list[_Name]) -> list[Member]:
    labels: dict[str, str] = {}
    for n in names:
        known = labels.setdefault(n.thing, "")
        if n.rank == 1 and (not known or (n.written.isascii(), n.written) < (known.isascii(), known)):
            labels[n.thing] = n.written  # the Chinese one, where there are two
    found = [Member(thing, local_id(base, thing), label) for thing, label in labels.items()]
    return sorted(found, key=lambda m: (m.short, m.iri))


def _as_iris(base: str, value: str) -> list[str]:
    """The IRIs that a value can be the writing of: whole, in angle brackets, below the base, with a known prefix."""
    text = value.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = text.partition(":")
    written = [text] if colon else []
    if colon and prefix in KNOWN_PREFIXES:
        written.append(KNOWN_PREFIXES[prefix] + local)
    if not colon and "/" in text:
        written += [base + text, *(f"{base}{kind}/{text}" for kind in _FOLDERS)]
    return [iri for iri in written if _is_iri(iri)]


def _is_iri(text: str) -> bool:
    """Whether a query can carry a text between angle brackets, and every engine takes it for an absolute IRI."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^<>\"{}|^`\\\x00-\x20\ud800-\udfff]+", text):
        return False
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _none_of(kind: str) -> EmptyError:
    return EmptyError(f"there is no {kind} in the store", remedy="build the graph first: kg build")


def _offer(members: Sequence[Member], near: Sequence[Member]) -> str:
    """What may be meant, or else what there is, as far as a line holds it."""
    if near:
        return "did you mean " + "; ".join(map(str, near)) + "?"
    more = f"; … {len(members)} in all" if len(members) > _SHOWN else ""
    return "there are: " + "; ".join(map(str, members[:_SHOWN])) + more


def _best(names: list[_Name], test: Callable[[_Name], bool]) -> list[str]:
    """The things with a name that passes, of the best rank that any has, sorted."""
    passing = [n for n in names if test(n)]
    best = min((n.rank for n in passing), default=0)
    return sorted({n.thing for n in passing if n.rank == best})


def _above_all(names: list[_Name], found: list[str]) -> list[str]:
    """Of areas the one that all the others lie in, where there is one: a full name begins with those of the areas above."""
    full = {n.thing: n.text for n in names if n.rank == 1 and n.thing in found and not n.text.isascii()}
    for thing, name in full.items():
        if len(full) == len(found) and all(other.startswith(name) for other in full.values()):
            return [thing]
    return found


def _bearers(store: Store, target: str, words: set[str]) -> list[_Name]:
    written = sorted(quote(w) for w in words if w.strip() and w.isprintable())
    if not written:
        return []
    literals = " ".join(w + tag for w in written for tag in ("", "@zh", "@en"))
    # Our IRIs are ASCII, and looking at the ends of all is what takes long.
    ends = " || ".join(f'STRENDS(STR(?thing), CONCAT("/", {w}))' for w in written if w.isascii()) or "false"
    return _names(store, _BEARERS % (target, literals, ends))


def _names(store: Store, sparql: str) -> list[_Name]:
    names: list[_Name] = []
    seen: set[str] = set()
    for thing, property_, name in store.query(sparql):
        if thing.value not in seen:
            seen.add(thing.value)
            short = local_id(store.base, thing.value)
            names.append(_Name(thing.value, _plain(short), 0, short))
        if name is not None and property_.value in _RANK:
            names.append(_Name(thing.value, _plain(name.value), _RANK[property_.value], name.value))
    return names


def _show(store: Store, names: list[_Name], thing: str) -> str:
    [member] = _members(store.base, [n for n in names if n.thing == thing])
    return str(member)


def local_id(base: str, iri: str) -> str:
    """The part of an instance's or concept's IRI that tells it from others of its class.

    >>> local_id("https://w3id.org/plankg/id/", "https://w3id.org/plankg/id/plan/360102-2021-3f9a0c1e/2-3-9")
    '360102-2021-3f9a0c1e/2-3-9'
    """
    for start in (base, vocab.CONCEPT):
        if iri.startswith(start):
            return iri[len(start) :].partition("/")[2]
    return iri.rpartition("#")[2].rpartition("/")[2]


def _plain(text: str) -> str:
    if not unicodedata.is_normalized("NFKC", text):  # asking first is quicker: nearly all names are
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.split()).casefold()
