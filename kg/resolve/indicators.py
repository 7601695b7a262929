"""What is counted, equal across plans: the words of a quantity → an indicator of the scheme."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.lexicon import scheme

_ATTRIBUTE = re.compile(r"(?:的|各类|各项|[省市州县区盟旗]级?|全国|投入|安排|当地)$")
_SHORTEST = 4  # characters of a word that may have an attribute before it


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], int]:
    """Word → notation, and the length of the longest word."""
    words = sorted({(_plain(word), c.notation) for c in scheme("indicator") for word in (c.zh, *c.aliases)})
    return dict(reversed(words)), max(len(word) for word, _ in words)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_indicator(written: str) -> str | None:
    """The notation of the indicator that the words mean, or None.

    Words before it count as an attribute only where they end in 的, 各类, 各项 or name the area; a part of a longer noun
    is another indicator.

    >>> find_indicator("公民具备基本科学素质比例") == find_indicator("某区公民具备科学素质的比例")
    True
    >>> find_indicator("形式多样、各具特色的科普活动") == find_indicator("科普活动")
    True
    >>> find_indicator("精准科普服务全覆盖") is None
    True
    """
    plain = _plain(written)
    words, longest = _words()
    if plain in words:
        return words[plain]
    for length in range(min(longest, len(plain) - 1), _SHORTEST - 1, -1):
        notation = words.get(plain[-length:])
        if notation and _ATTRIBUTE.search(plain, max(0, len(plain) - length - 2), len(plain) - length):
            return notation
    return None
