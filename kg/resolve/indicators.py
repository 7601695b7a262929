"""What is counted, equal across plans: the words of a quantity → an indicator of the scheme."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.lexicon import collection, property_of, scheme
from kg.resolve.regions import regions

_ATTRIBUTE = re.compile(r"(?:的|各类|各项|[省市州县区盟旗]级?|全国|投入|安排|当地)$")
_SHORTEST = 4  # characters of a word that may have an attribute before it
_COUNT = "Count"


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], int]:
    """Word → notation, and the length of the longest word."""
    words = sorted({(_plain(word), c.notation) for c in scheme("indicator") for word in (c.zh, *c.aliases)})
    return dict(reversed(words)), max(len(word) for word, _ in words)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_indicator(written: str, unit: str = "") -> str | None:
    """The notation of the indicator that the words mean, or None.

    Words before it count as an attribute only where they end in 的, 各类, 各项 or name the area; a part of a longer noun
    is another indicator. So is what is counted in a unit of another kind: a share of people is not their number.

    >>> find_indicator("公民具备基本科学素质比例") == find_indicator("某区公民具备科学素质的比例")
    True
    >>> find_indicator("形式多样、各具特色的科普活动") == find_indicator("科普活动")
    True
    >>> find_indicator("精准科普服务全覆盖") is None
    True
    >>> find_indicator("厦门公共充电桩", "个"), find_indicator("科普经费", "元"), find_indicator("科普经费", "%")
    ('charging-points', 'science-funding', None)
    """
    plain = _plain(written)
    area = regions().starts(plain)
    notation = _find(plain) or (_find(plain[area.end :]) if area else None)
    return notation if notation and (not unit or _counts_in(notation, unit)) else None


def _find(plain: str) -> str | None:
    words, longest = _words()
    if plain in words:
        return words[plain]
    for length in range(min(longest, len(plain) - 1), _SHORTEST - 1, -1):
        notation = words.get(plain[-length:])
        if notation and _ATTRIBUTE.search(plain, max(0, len(plain) - length - 2), len(plain) - length):
            return notation
    return None


def _counts_in(notation: str, unit: str) -> bool:
    """Whether a unit is of the kind in which an indicator is counted; measure words are of one kind, but for people and the like."""
    usual = _usual_units().get(notation)
    (own_kind, own_base), (kind, base) = _kind(usual), _kind(_units().get(unit))
    if not own_kind:
        return True
    if not kind:  # a measure word that no scheme has
        kind = _COUNT
    if kind != own_kind:
        return False
    apart = _apart()
    return kind != _COUNT or own_base == base or not {own_base, base} & apart


@lru_cache(maxsize=1)
def _units() -> dict[str, str]:
    return {word: c.iri for c in scheme("unit") for word in (c.notation, c.zh, *c.aliases)}


@lru_cache(maxsize=1)
def _usual_units() -> dict[str, str]:
    units = property_of("indicator", "usualUnit")
    return {c.notation: units[c.iri] for c in scheme("indicator") if c.iri in units}


@lru_cache(maxsize=1)
def _apart() -> frozenset[str]:
    notations = collection("unit", "apart")
    return frozenset(c.iri for c in scheme("unit") if c.notation in notations)


def _kind(unit: str | None) -> tuple[str, str]:
    """The kind of quantity of a unit and its base unit; empty for none."""
    if unit is None:
        return "", ""
    kind = property_of("unit", "quantityKind").get(unit, "").rpartition("/")[2]
    return kind, property_of("unit", "baseUnit").get(unit, "")
