"""The passages behind a thing, and which of them say a particular value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from kg import vocab
from kg.describe.description import Quote
from kg.describe.lookup import Lookup
from kg.sentences import sentence_around

_BLANK = re.compile(r"\s+")


def quotes(lookup: Lookup, node: str, predicate: str = "evidence") -> tuple[Quote, ...]:
    """The passages of a thing in the order of the text."""
    found = [quote for passage in lookup.nodes(node, vocab.plan(predicate)) if (quote := quote_of(lookup, passage))]
    return tuple(sorted(found, key=lambda q: (q.file, q.start, -q.end)))


def quote_of(lookup: Lookup, passage: str) -> Quote | None:
    """One passage with its sentence; None where the graph does not say where it lies."""
    source = lookup.value(passage, vocab.PROV_WAS_QUOTED_FROM)
    start, end = lookup.value(passage, vocab.OA_START), lookup.value(passage, vocab.OA_END)
    exact = lookup.value(passage, vocab.OA_EXACT)
    if source is None or start is None or end is None or exact is None:
        return None
    text = lookup.file_text(source)
    sentence = sentence_around(text, int(start), int(end)) if text else exact
    return Quote(passage, exact, sentence, lookup.value(source, vocab.plan("fileName")) or source, int(start), int(end))


def saying(found: Sequence[Quote], words: Iterable[str]) -> tuple[Quote, ...]:
    """Of a thing's passages those that are one of the words, else that hold one; of a passage within a passage the inner one."""
    wanted = {plain for word in words if (plain := _plain(word))}
    exact = [q for q in found if _plain(q.text) in wanted]
    return innermost(exact or [q for q in found if any(word in _plain(q.text) for word in wanted)])


def dated(found: Sequence[Quote], *days: str) -> tuple[Quote, ...]:
    """Of a thing's passages those that hold the numbers of all these dates or years ("2021-12-31", "2025")."""
    hits = []
    for quote in found:
        numbers = [int(n) for n in re.findall(r"\d+", _plain(quote.text))]
        if all(_follows([int(part) for part in day.split("-")], numbers) for day in days):
            hits.append(quote)
    return innermost(hits)


def pieces(found: Sequence[Quote], text: str) -> tuple[Quote, ...]:
    """Of a thing's passages the outermost that stand in a text which several of them make up."""
    whole = _plain(text)
    inside = [q for q in found if _plain(q.text) and _plain(q.text) in whole]
    return tuple(q for q in inside if not any(_holds(other, q) for other in inside))


def innermost(found: Sequence[Quote]) -> tuple[Quote, ...]:
    """The passages that hold no other one of them."""
    return tuple(q for q in found if not any(_holds(q, other) for other in found))


def _holds(outer: Quote, inner: Quote) -> bool:
    return outer.file == inner.file and outer.start <= inner.start and inner.end <= outer.end and outer != inner


def _plain(text: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).replace("—", "-").replace("–", "-")


def _follows(parts: list[int], numbers: list[int]) -> bool:
    """Whether the parts of a date stand one after the other among the numbers."""
    return any(numbers[n : n + len(parts)] == parts for n in range(len(numbers)))
