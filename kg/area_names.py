"""How administrative divisions are written: the rows of GB/T 2260 and the forms of each name."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import Literal

from kg import resources
from kg.lexicon import rules

Form = Literal["full", "short", "stem"]

_SUFFIX = re.compile(r"^(?P<stem>.{2,}?)(?:特别行政区|地区|矿区|林区|省|市|盟|区|县|旗)$")


@lru_cache(maxsize=1)
def _autonomous() -> re.Pattern[str]:
    peoples = sorted(rules("agencies")["peoples"]["names"].split(), key=lambda name: (-len(name), name))
    return re.compile(rf"^(?P<stem>.{{2,}}?)(?:(?:{'|'.join(peoples)})族?)*自治(?P<kind>[区州县旗])$")


@lru_cache(maxsize=1)
def area_rows() -> tuple[tuple[str, str, str], ...]:
    """The rows of `data/regions/gbt2260.csv`: code, name, last year ("" where it exists)."""
    return tuple(row[:3] for row in dated_rows())


@lru_cache(maxsize=1)
def dated_rows() -> tuple[tuple[str, str, str, str], ...]:
    """The same rows with the first year ("" where it is 2004 or earlier)."""
    with resources.path("data/regions/gbt2260.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return tuple((code, name, until, since) for code, name, until, since in reader)


def area_forms(name: str) -> tuple[tuple[str, Form], ...]:
    """The forms in which a division's name is written, the full one first.

    >>> area_forms("甘孜藏族自治州")
    (('甘孜藏族自治州', 'full'), ('甘孜州', 'short'), ('甘孜', 'stem'))
    >>> area_forms("余姚市")
    (('余姚市', 'full'), ('余姚', 'stem'))
    """
    forms: dict[str, Form] = {name: "full"}
    match = _autonomous().match(name)
    if match:
        kind = match["kind"] if match["kind"] != "区" else "自治区"
        forms.setdefault(match["stem"] + kind, "short")
        forms.setdefault(match["stem"], "stem")
    elif match := _SUFFIX.match(name):
        forms.setdefault(match["stem"], "stem")
    return tuple(forms.items())


@lru_cache(maxsize=1)
def _known() -> dict[str, Form]:
    known: dict[str, Form] = {"中华人民共和国": "full"}
    rank = {"full": 0, "short": 1, "stem": 2}
    for _, name, _ in area_rows():
        for text, form in area_forms(name):
            if rank[form] < rank[known.get(text, "stem")] or text not in known:
                known[text] = form
    return known


def area_prefixes(text: str) -> tuple[tuple[int, Form], ...]:
    """The lengths of every chain of area names at the start of the text, longest first, with the last name's form.

    >>> area_prefixes("南昌市东湖区科协")
    ((6, 'full'), (5, 'stem'), (3, 'full'), (2, 'stem'))
    """
    known = _known()
    found: dict[int, Form] = {}

    def walk(at: int) -> None:
        for length in range(min(15, len(text) - at), 1, -1):
            form = known.get(text[at : at + length])
            if form and at + length not in found:
                found[at + length] = form
                if form != "stem":
                    walk(at + length)

    walk(0)
    return tuple(sorted(found.items(), reverse=True))
