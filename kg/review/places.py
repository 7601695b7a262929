"""The words around a fact: for a person to read, and for its answer to rest on."""

from __future__ import annotations

from kg import vocab
from kg.describe.lookup import Lookup
from kg.review.facts import FactNode

_ENDS = "。！？；!?;\n"
_WIDE = 160  # code points of context on either side of what is marked
_LONGEST = 2000  # code points of a quote
_PART = 200  # of a part's own text, so much is quoted


def context(lookup: Lookup, places: tuple[str, ...]) -> str:
    """The sentence of the passage that says most, with the passage marked 【】 and one sentence on either side."""
    found = [place for iri in places if (place := _place(lookup, iri))]
    if not found:
        return ""
    source, start, end = max(found, key=lambda p: (min(p[2] - p[1], _WIDE), -p[1]))
    text = lookup.file_text(source)
    low, high = _sentence(text, start, end)
    low = max(start - _WIDE, _sentence(text, max(0, low - 1), max(0, low - 1))[0] if low else 0)
    high = min(end + _WIDE, _sentence(text, high, high)[1] if high < len(text) else high)
    inner = text[start:end]
    if len(inner) > 4 * _WIDE:
        inner = f"{inner[: 2 * _WIDE]}…{inner[-2 * _WIDE :]}"
    return " ".join(f"{text[low:start]}【{inner}】{text[end:high]}".split())


def words_of(lookup: Lookup, fact: FactNode) -> str:
    """The words that an answer rests on: where they change, the answer no longer holds.

    Of a group or campaign the sentence that names it, as far as it belongs to the part; of a part its beginning; of
    all else the passage itself.
    """
    if not fact.places:
        return ""
    quote = lookup.value(fact.node, vocab.plan("quote"))
    place = _place(lookup, fact.places[0])
    if quote or place is None:
        return (quote or "")[:_LONGEST]
    source, start, end = place
    text = lookup.file_text(source)
    if fact.kind in ("section", "action", "task", "safeguard"):
        return text[start : min(end, start + _PART)].split("\n")[0]
    if fact.kind in ("crowd-group", "initiative"):
        low, high = _sentence(text, start, end)
        holding = [p for p in _own_places(lookup, fact) if p[0] == source and p[1] <= start and end <= p[2]]
        if holding:
            _, first, last = max(holding, key=lambda p: p[2] - p[1])
            low, high = max(low, first), min(high, last)
        return text[low:high].strip()[:_LONGEST]
    return text[start:end][:_LONGEST]


def _own_places(lookup: Lookup, fact: FactNode) -> list[tuple[str, int, int]]:
    """The passages of what the fact is about."""
    nodes = [
        n
        for subject in lookup.nodes(fact.node, vocab.RDF_SUBJECT)
        for n in lookup.nodes(subject, vocab.plan("evidence"))
    ]
    return [place for iri in nodes if (place := _place(lookup, iri))]


def _place(lookup: Lookup, iri: str) -> tuple[str, int, int] | None:
    source = lookup.value(iri, vocab.PROV_WAS_QUOTED_FROM)
    start, end = lookup.value(iri, vocab.OA_START), lookup.value(iri, vocab.OA_END)
    if source is None or not start or not end or not start.isdigit() or not end.isdigit():
        return None
    return source, int(start), int(end)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence, or sentences, around a place begin and end."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    if end > start and text[end - 1] in _ENDS:
        return first, end
    ends = [found for mark in _ENDS if (found := text.find(mark, end)) >= 0]
    return first, min(ends) + 1 if ends else len(text)
