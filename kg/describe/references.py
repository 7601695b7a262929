"""What a reference means: an IRI, its end, a number, a document number, a name, a part of a title."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from kg import vocab
from kg.describe.lookup import Lookup, natural
from kg.errors import UsageError

_BLANK = re.compile(r"\s+")
_AROUND = "()〔〕[]、.,。:《》<>"
# Who owns a name, most wanted first: an agency's before a concept's, a plan's before a cited document's.
_NAMED = ("Agency", "AgencyGroup", "Plan", "Region", "CrowdGroup", "Indicator", "Initiative", "AgencyType")
_PROVISIONS = ("Task", "SafeguardMeasure", "Action", "Section")


def plain(text: str) -> str:
    """Words as they are compared: NFKC, without white space, one kind of dash.

    >>> plain("余政办发〔2018〕 28号") == plain("余政办发〔2018〕28号")
    True
    """
    folded = _BLANK.sub("", unicodedata.normalize("NFKC", text))
    return folded.replace("—", "-").replace("–", "-").replace("[", "〔").replace("]", "〕").casefold()


def find(lookup: Lookup, reference: str) -> list[str]:
    """The IRIs that a reference means, in order; several where it is not certain.

    Tried in turn, and the first that finds anything wins: IRI or the end of one; printed number of a task
    (of another provision where no task has it) or its path; document or index number; name or short name; whole
    title; part of a plan's title; part of any other title or name.

    Raises `UsageError` where nothing is found, with the nearest names.
    """
    wanted = reference.strip()
    if not wanted:
        raise UsageError("the reference is empty", remedy="give an IRI, a number or a name")
    for look in (_by_iri, _by_number, _by_document_number, _by_name, _by_title, _by_part):
        found = look(lookup, wanted)
        if found:
            return found
    near = _nearest(lookup, wanted)
    remedy = "did you mean " + ", ".join(near) + "?" if near else "kg stats lists the plans"
    raise UsageError(f"nothing here is called {reference!r}", remedy=remedy)


def _by_iri(lookup: Lookup, wanted: str) -> list[str]:
    text = wanted.removeprefix("<").removesuffix(">").strip("/")
    if re.search(r'[\s<>"{}|\\^`]', text):
        return []
    prefix, colon, name = text.partition(":")
    tries = [text] if colon else []
    if prefix in vocab.PREFIXES and colon:
        tries.append(vocab.PREFIXES[prefix] + name)
    tries += [lookup.base + folder + text for folder in ("", "plan/", "agency/", "region/", "document/", "source/")]
    tries.append(vocab.CONCEPT + text.removeprefix("concept/"))
    return next(([iri] for iri in tries if lookup.is_there(iri)), [])


def _by_number(lookup: Lookup, wanted: str) -> list[str]:
    """A bare number ("9", "二") means every way of printing it; with its marks ("9.", "(二)") only that one."""
    number = plain(wanted)
    bare = number.strip(_AROUND)
    if len(number) > 12 or not bare:
        return []
    found: dict[str, list[str]] = {}
    for node, printed in lookup.pairs(vocab.plan("number")):
        shown = plain(printed.value)
        if shown and (shown == number or number == bare and shown.strip(_AROUND) == bare):
            found.setdefault(lookup.kind(node) or "", []).append(node)
    if "Task" in found:
        return lookup.in_order(found["Task"])
    nodes = [node for nodes in found.values() for node in nodes]
    nodes = nodes or [node for node, key in lookup.pairs(vocab.plan("key")) if key.value == wanted]
    return lookup.in_order(nodes)


def _by_document_number(lookup: Lookup, wanted: str) -> list[str]:
    number = plain(wanted)
    for name in ("documentNumber", "indexNumber", "citedNumber"):
        found = [node for node, value in lookup.pairs(vocab.plan(name)) if plain(value.value) == number]
        if found:
            return list(dict.fromkeys(found))
    return []


def _by_name(lookup: Lookup, wanted: str) -> list[str]:
    name = plain(wanted)
    found = {node for node, word in _names(lookup) if plain(word) == name}
    agencies = {node for node in found if lookup.kind(node) in ("Agency", "AgencyGroup")}
    for part, text in [] if agencies else lookup.pairs(vocab.plan("agencyText")):
        if plain(text.value) == name:
            found.update(lookup.nodes(part, vocab.plan("agency")))
    for kind in _NAMED:
        nodes = [node for node in found if lookup.kind(node) == kind]
        if nodes:
            return _sorted(nodes)
    return _sorted(found)


def _by_title(lookup: Lookup, wanted: str) -> list[str]:
    title = plain(wanted.strip("《》"))
    found = [node for node, word in lookup.pairs(vocab.DCTERMS_TITLE) if plain(word.value) == title]
    return _ranked(lookup, found)


def _by_part(lookup: Lookup, wanted: str) -> list[str]:
    part = plain(wanted.strip("《》"))
    if len(part) < 2:
        return []
    titled = [node for node, word in lookup.pairs(vocab.DCTERMS_TITLE) if part in plain(word.value)]
    plans = [node for node in titled if lookup.kind(node) == "Plan"]
    if plans:
        return _sorted(plans)
    named = [node for node, word in _names(lookup) if part in plain(word)]
    return _ranked(lookup, [*titled, *named])


def _ranked(lookup: Lookup, found: Iterable[str]) -> list[str]:
    """Plans, then provisions in reading order, agencies, the rest."""
    nodes = list(dict.fromkeys(found))
    plans = _sorted(node for node in nodes if lookup.kind(node) == "Plan")
    provisions = lookup.in_order([node for node in nodes if lookup.kind(node) in _PROVISIONS])
    agencies = _sorted(node for node in nodes if lookup.kind(node) in ("Agency", "AgencyGroup"))
    first = list(dict.fromkeys([*plans, *provisions, *agencies]))
    return first or _sorted(node for node in nodes if lookup.kind(node))


def _names(lookup: Lookup) -> Iterable[tuple[str, str]]:
    """Every thing and word of it: names and short names, in any language, and notations."""
    for predicate in (vocab.SKOS_PREF_LABEL, vocab.SKOS_ALT_LABEL, vocab.SKOS_NOTATION):
        for node, word in lookup.pairs(predicate):
            yield node, word.value


def _nearest(lookup: Lookup, wanted: str) -> list[str]:
    """The three things in use whose names are most like the reference."""
    words: dict[str, str] = {}
    for kind in ("Plan", "Agency", "AgencyGroup", "Task", "Action", "Region"):
        for node in lookup.members(kind):
            for word in (lookup.short(node), lookup.short(node).removeprefix("plan/"), *lookup.names(node)):
                words.setdefault(plain(word), word)
    for name in ("documentNumber", "indexNumber"):
        words |= {plain(value.value): value.value for _, value in lookup.pairs(vocab.plan(name))}
    return [words[found] for found in difflib.get_close_matches(plain(wanted), sorted(words), n=3, cutoff=0.5)]


def _sorted(nodes: Iterable[str]) -> list[str]:
    return sorted(set(nodes), key=natural)
