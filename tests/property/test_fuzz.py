"""Damaged real plans: characters dropped, lines joined, brackets lost, pieces moved; each is read soundly or refused in words.

`PLANKG_FUZZ_MINUTES=10` runs for ten minutes with fresh seeds; without it, a fixed few. A seed that fails is named,
and fails again by itself: `PLANKG_FUZZ_SEED=n`.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable

from kg.errors import InputError
from kg.extract import extract
from kg.graph import build_graph
from kg.model import Source
from kg.outline import outline
from kg.read import read_bytes
from kg.resolve import resolve
from tests.property.test_reading import check_outline, check_record

# Seconds for a thousand characters: a hundred times what a sound plan takes, so that only what explodes is caught.
_TOO_LONG = 1.0


def _drop(text: str, chance: random.Random, kinds: str) -> str:
    places = [i for i, c in enumerate(text) if not kinds or c in kinds]
    gone = set(chance.sample(places, round(len(places) * chance.choice([0.01, 0.05, 0.2, 0.7]))))
    return "".join(c for i, c in enumerate(text) if i not in gone)


def _move(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 20)):
        lines.insert(chance.randrange(len(lines) + 1), lines.pop(chance.randrange(len(lines))))
    return "\n".join(lines)


def _repeat(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text))
    piece = text[start : start + chance.randint(1, 400)]
    return text[:start] + piece * chance.randint(2, 12) + text[start:]


def _swap(text: str, chance: random.Random) -> str:
    characters = list(text)
    for _ in range(max(1, len(text) // chance.choice([20, 100, 1000]))):
        characters[chance.randrange(len(characters))] = chance.choice(
            "，。；：、（）()《》“”①一1年%第 \t\n\u3000\u200b𠮷委局牵头负责"
        )
    return "".join(characters)


DAMAGES: dict[str, Callable[[str, random.Random], str]] = {
    "characters lost": lambda text, chance: _drop(text, chance, ""),
    "punctuation lost": lambda text, chance: _drop(text, chance, "，。；：、,;:.—"),
    "brackets lost": lambda text, chance: _drop(text, chance, "（）()《》“”〔〕【】[]〈〉"),
    "lines joined": lambda text, chance: _drop(text, chance, "\n"),
    "lines broken": lambda text, chance: re.sub(".", lambda m: m[0] + "\n" * (chance.random() < 0.05), text),
    "lines moved": _move,
    "a piece repeated": _repeat,
    "characters swapped": _swap,
    "cut off": lambda text, chance: text[chance.randrange(len(text)) :][: chance.randrange(len(text))] or "一",
    "numbers lost": lambda text, chance: _drop(text, chance, "一二三四五六七八九十0123456789"),
}


def _read(text: str) -> None:
    try:
        source: Source = read_bytes(text.encode("utf-8", "surrogatepass"), "a.txt")
    except InputError:
        return
    found = outline(source)
    check_outline(source.text, found)
    try:
        record = extract(source, found)
    except InputError:
        return
    check_record(record)
    build_graph(record, resolve(record))


def _try(plans: list[Source], seed: int) -> None:
    chance = random.Random(seed)
    text, done = chance.choice(plans).text, []
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(DAMAGES))
        text, done = DAMAGES[name](text, chance) or "一", [*done, name]
    start = time.process_time()
    try:
        _read(text)
    except Exception as error:
        raise AssertionError(f"seed {seed} ({', '.join(done)}): {type(error).__name__}: {error}") from error
    taken = time.process_time() - start
    assert taken < _TOO_LONG * (1 + len(text) / 1000), f"seed {seed} ({', '.join(done)}): {taken:.1f} s"


def test_damaged_plans_are_read_soundly_or_refused_in_words(plans: list[Source]) -> None:
    if seed := os.environ.get("PLANKG_FUZZ_SEED"):
        _try(plans, int(seed))
        return
    minutes = float(os.environ.get("PLANKG_FUZZ_MINUTES", "0"))
    end = time.monotonic() + minutes * 60
    seed = 0
    while seed < 40 or time.monotonic() < end:
        _try(plans, seed)
        seed += 1
    print(f"{seed} damaged plans")
