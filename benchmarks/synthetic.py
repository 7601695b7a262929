"""Plans by the thousand: those at hand, given to other areas of the same level, with other shares.

Each copy speaks of its own area and of the areas above it, as GB/T 2260 has them, so that a collection made so has as many
issuers, agencies and titles as a real one; what the plans ask for stays, so that tasks correspond more than they would in life.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.area_names import area_forms, area_rows
from kg.extract import extract
from kg.model import Region, Source
from kg.outline import outline
from kg.read import find_files, read_file
from kg.resolve import resolve
from kg.resolve.regions import NATION, regions

_SHARE = re.compile(r"(?<![\d.])(\d)(\d(?:\.\d+)?)(?=%)")
_STEP = 97  # areas between two copies of a plan: no two copies are neighbours


@dataclass(frozen=True, slots=True)
class Original:
    """A plan that copies are made of, and where its title stands."""

    source: Source
    region: Region
    title: int


def originals(folders: list[Path]) -> list[Original]:
    """The plans of the folders whose area is known, in the order of their files."""
    found = []
    for file in find_files(folders):
        if file.suffix not in (".txt", ".html"):
            continue
        source = read_file(file)
        record = extract(source, outline(source))
        region = resolve(record).region
        if region is not None:
            found.append(Original(source, region, record.title.spans[0].start))
    return found


def copies(given: list[Original], number: int) -> Iterator[str]:
    """So many texts; the first of each plan is the plan itself.

    >>> from kg import resources
    >>> plans = originals([resources.folder("data/documents")])
    >>> texts = list(copies(plans[:1], 2))
    >>> texts[0] == plans[0].source.text, plans[0].region.name in texts[1]
    (True, False)
    """
    levels = {original.region.level: _areas(original.region.level) for original in given}
    for n in range(number):
        original, turn = given[n % len(given)], n // len(given)
        if not turn:
            yield original.source.text
            continue
        areas = [code for code in levels[original.region.level] if code != original.region.code]
        at = (turn * _STEP + n) % len(areas) if areas else 0
        text = original.source.text
        again = turn // len(areas) if areas else turn
        if again:  # more copies than areas: another edition
            text = f"{text[: original.title]}第{again + 1}批{text[original.title :]}"
        text = given_to(text, original.region, regions().by_code(areas[at]) if areas else None)
        yield _other_shares(text, turn)


def write_copies(folder: Path, given: list[Original], number: int) -> None:
    """So many files in a folder."""
    for n, text in enumerate(copies(given, number)):
        (folder / f"{n:05}.txt").write_text(text, "utf-8")


def _areas(level: str) -> list[str]:
    existing = [code for code, _, until in area_rows() if not until]
    return [code for code in existing if (region := regions().by_code(code)) and region.level == level]


def _other_shares(text: str, turn: int) -> str:
    return _SHARE.sub(lambda m: f"{(int(m[1]) + turn - 1) % 9 + 1}{m[2]}", text)


def given_to(text: str, old: Region, new: Region | None) -> str:
    """The text with the names of an area and of those above it replaced by another's."""
    if new is None:
        return text
    words: dict[str, str] = {}
    pairs = [(old, new), *zip(regions().above(old), regions().above(new), strict=False)]
    for one, other in pairs:
        if NATION.code in (one.code, other.code):
            continue
        forms = {form: word for word, form in reversed(area_forms(other.name))}
        for word, form in area_forms(one.name):
            if len(word) > 1:
                words.setdefault(word, forms.get(form, other.name))
    pattern = re.compile("|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))))
    return pattern.sub(lambda m: words[m[0]], text)
