"""Words of a task's text as the comparison takes them: pairs and fours of characters, weighed by how common they are."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from kg import resources
from kg.errors import QueryError
from kg.lexicon import rules
from kg.numerals import fold

_HAN = re.compile(r"[㐀-鿿]+")
_CLAUSE = re.compile(r"[。;;\n]")


@cache
def settings() -> dict[str, Any]:
    """The tables of `data/rules/correspondence.toml`."""
    return rules("correspondence")


class Weights(dict[str, int]):
    """How much a pair of characters tells: 0 where every task of the background has it, 1000 at most.

    The background is a count over plans of many kinds, kept as data (`data/words/background.csv`): the weight of a
    word does not hang on which plans a store holds. What the background does not know tells the most.
    """

    def __init__(self, tasks: int, counts: dict[str, int]) -> None:
        top = math.log(tasks + 1)
        super().__init__({word: round(1000 * (1 - math.log(n + 1) / top)) for word, n in counts.items()})
        self._unknown = round(1000 * (1 - math.log(2) / top))

    def __missing__(self, word: str) -> int:
        self[word] = self._unknown
        return self._unknown


class _Squares(dict[str, int]):
    def __missing__(self, word: str) -> int:
        self[word] = found = weights()[word] ** 2
        return found


@cache
def weights() -> Weights:
    """The weights of the background.

    >>> weights()["推进"] < weights()["科普"] < weights()["银龄"]
    True

    Raises `QueryError` for a table that is none.
    """
    file = resources.path("data/words/background.csv")
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            counts = {row["word"]: int(row["tasks"]) for row in csv.DictReader(lines)}
        return Weights(counts.pop(""), counts)
    except (KeyError, ValueError) as error:
        raise QueryError(f"not a table of words: {error}", where=str(file), remedy="install plankg again") from error


_squares = _Squares()


def squares(words: Iterable[str]) -> int:
    """The sum of the squared weights of pairs of characters; whole numbers, so that their order does not matter."""
    return sum(map(_squares.__getitem__, words))


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, punctuation and what is not Chinese apart.

    >>> sorted(pairs("应急科普,APP"))
    ['应急', '急科', '科普']
    """
    found: set[str] = set()
    for run in _HAN.findall(text):
        found.update(map(str.__add__, run, run[1:]))
    return frozenset(found)


def fours(text: str) -> frozenset[str]:
    """The runs of four characters of a text.

    >>> sorted(fours("建立应急科普"))
    ['应急科普', '建立应急', '立应急科']
    """
    return frozenset([run[n : n + 4] for run in _HAN.findall(text) for n in range(len(run) - 3)])


@lru_cache(maxsize=1 << 18)
def weight_of_four(four: str) -> int:
    """What a run of four characters tells: the weight of its least common pairs, as far as they are not common.

    >>> weight_of_four("银龄科普") > weight_of_four("进一步推")
    True
    """
    known = weights()
    return (known[four[:2]] + known[four[1:3]] + known[four[2:]]) // 3


def clauses(text: str) -> list[frozenset[str]]:
    """The pairs of characters of each clause: what stands between full stops, semicolons and line ends."""
    found = (pairs(part) for part in _CLAUSE.split(text))
    return [clause for clause in found if len(clause) > 2]


@cache
def _words_of_subjects() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """The words with their subjects, by their first two characters."""
    found: dict[str, dict[str, set[str]]] = {}
    for table in settings()["subject"]:
        for word in map(fold, table["words"]):
            found.setdefault(word[:2], {}).setdefault(word, set()).add(table["name"])
    return {head: tuple((word, frozenset(names)) for word, names in words.items()) for head, words in found.items()}


def subjects(text: str) -> frozenset[str]:
    """The subjects that a text (folded) speaks of, by the words of `data/rules/correspondence.toml`.

    >>> sorted(subjects("统筹流动科技馆、科普大篷车,开展应急科普"))
    ['应急科普', '现代科技馆体系']
    """
    by_head = _words_of_subjects()
    heads = by_head.keys() & set(map(str.__add__, text, text[1:]))
    return frozenset().union(*[names for head in heads for word, names in by_head[head] if word in text])


@lru_cache(maxsize=1 << 16)  # plans copy from one another
def shared_phrases(one: str, other: str, at_most: int) -> tuple[str, ...]:
    """The longest telling phrases of four characters or more that stand in both texts (folded), most telling first.

    >>> shared_phrases("推动科普场馆与博物馆、文化馆等融合发展", "推动科技馆与博物馆、文化馆等融合共享", 2)
    ('馆与博物馆', '文化馆等融合')
    """
    common = fours(one) & fours(other)
    found: set[str] = set()
    for run in _HAN.findall(one):
        start = 0
        while start < len(run) - 3:
            end = start + 4
            if run[start:end] not in common:
                start += 1
                continue
            while end < len(run) and run[end - 3 : end + 1] in common:
                end += 1
            while run[start:end] not in other:
                end -= 1
            found.add(run[start:end])
            start = end - 2
    whole = [p for p in found if not any(p != longer and p in longer for longer in found)]
    whole = [p for p in whole if len(p) > 4] or whole  # four characters are often the ends of two words
    return tuple(sorted(whole, key=lambda p: (-_telling(p), p))[:at_most])


def _telling(phrase: str) -> int:
    known = weights()
    return sum(known[phrase[n : n + 2]] for n in range(len(phrase) - 1))
