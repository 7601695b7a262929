"""What a printed number looks like: the styles of data/rules/numbering.toml matched at the start of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import rules
from kg.numerals import han_to_int, int_to_han

_BULLETS = re.compile(r"[★☆◆◇●○■□▲△•]+\s*")
# What a number can begin with, a bullet before it or not: most lines begin with a word.
_MAY_BE = re.compile(r"[\d一二三四五六七八九十百第(〔\[【专任行工举措重Ⅰ-Ⅻ⒈-⒛⑴-⒇㈠-㈩①-⑳❶-❿]")


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number at the start of a line; of a heading without one all is empty but its rank."""

    style: str
    rank: int
    shown: str  # white space dropped
    value: int
    end: int  # index in the line where its own words begin


@dataclass(frozen=True, slots=True)
class Style:
    """One style of numbers."""

    name: str
    rank: int
    kind: str
    pattern: re.Pattern[str]
    loose: re.Pattern[str] | None
    signs: str
    shown: str

    def read(self, text: str, at: int, match: re.Match[str]) -> Number | None:
        """What a match says; None where its digits are no number."""
        digits = match["n"] or ""
        value = self._value(digits)
        if value is None or not text[at : match.end()].strip():
            return None
        shown = "".join(match.group().split())
        if self.name == "box":
            shown = f"专栏{digits}"
        elif self.kind == "decimal":
            shown = digits.replace("．", ".")
        elif self.name in (
            "part",
            "chapter",
            "chapter-section",
            "article",
            "han-bracket",
            "arabic-bracket",
            "arabic-bare",
        ):
            shown = shown.rstrip("、.:")
        return Number(self.name, self.rank, shown, value, match.end())

    def _value(self, digits: str) -> int | None:
        if self.kind == "sign":
            return self.signs.index(digits) + 1
        if self.kind == "decimal":
            return int(re.split(r"[.．]", digits)[-1])
        if self.kind == "latin":
            return ord(digits.lower()) - ord("a") + 1
        if not digits:
            return 0
        if digits.isdecimal():
            return int(digits)
        try:
            return han_to_int(digits)
        except ValueError:
            return None


@lru_cache(maxsize=1)
def styles() -> tuple[Style, ...]:
    """The styles in the order in which they are tried."""
    return tuple(
        Style(
            s["name"],
            s["rank"],
            s["kind"],
            re.compile(s["pattern"]),
            re.compile(s["loose"]) if "loose" in s else None,
            s.get("signs", ""),
            s["shown"],
        )
        for s in rules("numbering")["style"]
    )


def show_number(style: str, value: int) -> str:
    """How a style prints a value; for numbers that were lost.

    >>> show_number("han-bracket", 1)
    '(一)'
    """
    for s in styles():
        if s.name == style:
            if s.kind == "han" and s.name not in ("box", "named") and 0 < value < 1000:
                return s.shown.format(int_to_han(value))
            if s.kind == "sign" and 0 < value <= len(s.signs):
                return s.shown.format(s.signs[value - 1])
            if s.kind == "latin" and 0 < value <= 26:
                return s.shown.format(chr(ord("a") + value - 1))
            return s.shown.format(value)
    raise KeyError(style)


def match_number(text: str) -> Number | None:
    """The printed number at the start of a folded line, if there is one.

    >>> match_number("(十二)健全制度。")
    Number(style='han-bracket', rank=40, shown='(十二)', value=12, end=4)
    >>> match_number("2021年,启动实施") is None
    True
    """
    found = _match(text)
    return found if found and found.end < len(text) else None


def match_bare_number(text: str) -> Number | None:
    """The number that a line is nothing but: its heading stands in the next line.

    >>> match_bare_number("第一章"), match_bare_number("一")
    (Number(style='chapter', rank=10, shown='第一章', value=1, end=3), None)
    """
    if len(text) > 12:
        return None
    found = _match(text + "总")
    return (
        Number(found.style, found.rank, found.shown, found.value, len(text))
        if found and found.end == len(text)
        else None
    )


def _match(text: str) -> Number | None:
    bullets = _BULLETS.match(text)
    at = bullets.end() if bullets else 0
    if not _MAY_BE.match(text, at):
        return None
    for style in styles():
        match = style.pattern.match(text, at)
        if match is not None and (number := style.read(text, at, match)) is not None:
            return number
    return None
