"""The numbers that Word prints before paragraphs: they are not in the text, but counted from numbering.xml.

Source: ISO/IEC 29500-1, 17.9. What Word does besides: lists of the same abstract definition are one count; a level
that was passed over counts as begun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from kg.read.docx.styles import Styles, W, is_on, whole_number
from kg.read.numbers import custom_format, print_number
from kg.read.symbols import show_bullet

_LAST_LEVEL = 8
_LONGEST = 120  # characters of a number; a hostile file has ten million
_MOST_PIECES = 25  # nine levels with text between them, and some to spare
_MOST_LINKS = 10  # numStyleLink to numStyleLink; a circle ends here
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One of the nine levels of a list."""

    start: int = 0
    style: str = "decimal"  # number format
    pieces: tuple[str | int, ...] = ()  # what is printed: texts, and the levels whose numbers stand between
    bullet: str = ""
    suffix: str = "tab"
    restart: int | None = None  # 0 never; n: only after a paragraph of level n (from 1) or above
    legal: bool = False  # all numbers in digits


_UNSTATED, _UNSTATED_ABOVE = Level(), Level(1)


class Numbering:
    """The lists of a DOCX file and how far each is counted: ask for each paragraph once, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        root = etree.Element("none") if root is None else root
        self._styles = styles
        self._abstract = {e.get(W + "abstractNumId", ""): e for e in reversed(root.findall(W + "abstractNum"))}
        self._lists = {e.get(W + "numId", ""): e for e in reversed(root.findall(W + "num"))}
        self._definitions: dict[str, tuple[str, dict[int, Level], dict[str, int], dict[int, int]]] = {}
        self._of_abstract: dict[str, tuple[dict[int, Level], dict[str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def place(self, properties: etree._Element | None, style: str) -> tuple[str, int] | None:
        """The list and the level (from 0) of a paragraph; None where it has no number."""
        own = None if properties is None else properties.find(W + "numPr")
        number = level = None
        if own is not None:
            number, level = own.find(W + "numId"), own.find(W + "ilvl")
        inherited = self._styles.number(style)
        if number is not None:
            name = number.get(W + "val", "")
            # A list named without a level: its first, not the style's, whose list it replaces.
            at = whole_number(level, -1)
        elif inherited is not None:
            name, of_style, owner = inherited
            linked = self._definition(name)[2]
            # The level that names the style wins over the one that the style names (17.9.23).
            at = whole_number(level, linked.get(style, linked.get(owner, of_style)))
        else:
            return None
        if name not in self._lists:
            return None
        if at < 0:
            at = self._definition(name)[2].get(style, 0)
        return name, min(at, _LAST_LEVEL)

    def _definition(self, name: str) -> tuple[str, dict[int, Level], dict[str, int], dict[int, int]]:
        """Of a list: its abstract definition, its levels, the levels linked to styles, the numbers it begins with."""
        if name not in self._definitions:
            self._definitions[name] = self._read(name)
        return self._definitions[name]

    def _read(self, name: str) -> tuple[str, dict[int, Level], dict[str, int], dict[int, int]]:
        element = self._lists.get(name)
        if element is None:
            return "", {}, {}, {}
        abstract = self._resolve(element)
        key = name if abstract is None else abstract.get(W + "abstractNumId", "")
        if key not in self._of_abstract:
            self._of_abstract[key] = ({}, {}) if abstract is None else _read_abstract(abstract)
        levels, linked = self._of_abstract[key]
        levels, starts = dict(levels), {}
        for override in element.findall(W + "lvlOverride"):
            at = whole_number(override, -1, "ilvl")
            if not 0 <= at <= _LAST_LEVEL:
                continue
            level = override.find(W + "lvl")
            if level is not None:
                levels[at] = _read_level(level)
            start = override.find(W + "startOverride")
            if start is not None:
                starts[at] = whole_number(start, 0)
                levels[at] = replace(levels.get(at, _UNSTATED), start=starts[at])
        return key, levels, linked, starts

    def _resolve(self, element: etree._Element) -> etree._Element | None:
        """The abstract definition that holds the levels of a list, through styles of numbering."""
        for _ in range(_MOST_LINKS):
            named = element.find(W + "abstractNumId")
            abstract = None if named is None else self._abstract.get(named.get(W + "val", ""))
            link = None if abstract is None else abstract.find(W + "numStyleLink")
            if link is None:
                return abstract
            target = self._styles.number(link.get(W + "val", ""))
            if target is None or target[0] not in self._lists:
                return abstract
            element = self._lists[target[0]]
        return None

    def count(self, name: str, at: int) -> tuple[str, str]:
        """Counts a paragraph of a list and gives the number that is printed before it, and what follows the number."""
        key, levels, _, starts = self._definition(name)
        level = levels.get(at, _UNSTATED)
        counts = self._counts.setdefault(key, {})
        if at in starts and (name, at) not in self._begun:
            counts[at] = starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._begun.add((name, at))
        for above in range(at):
            if above not in counts:
                counts[above] = levels.get(above, _UNSTATED_ABOVE).start
        for below in [b for b in counts if b > at]:
            restart = levels.get(below, _UNSTATED).restart
            if restart is None or restart > below or at < restart:
                del counts[below]
        if level.bullet:
            return level.bullet, level.suffix
        printed = [self._printed(piece, level, levels, counts) for piece in level.pieces]
        return "".join(printed)[:_LONGEST], level.suffix

    def _printed(self, piece: str | int, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        if isinstance(piece, str):
            return piece
        style = levels.get(piece, _UNSTATED).style
        if piece not in counts or style in ("bullet", "none"):
            return ""
        return print_number(counts[piece], "decimal" if level.legal else style)


def _read_abstract(element: etree._Element) -> tuple[dict[int, Level], dict[str, int]]:
    """The levels of an abstract definition, and which of them styles are linked to."""
    levels, linked = {}, {}
    for level in element.iterfind(W + "lvl"):
        at = whole_number(level, -1, "ilvl")
        if 0 <= at <= _LAST_LEVEL:
            levels[at] = _read_level(level)
            linked.update((style.get(W + "val", ""), at) for style in level.iterfind(W + "pStyle"))
    return levels, linked


def _read_level(element: etree._Element) -> Level:
    suffix, restart = element.find(W + "suff"), element.find(W + "lvlRestart")
    style = _number_format(element)
    stated = element.find(W + "lvlText")
    text = "" if stated is None else stated.get(W + "val", "")[:_LONGEST]
    bullet = ""
    if element.find(W + "lvlPicBulletId") is not None:
        bullet = "•"
    elif style == "bullet":
        bullet = show_bullet(_PLACE.sub("", text), _font(element))
    pieces = [int(s) - 1 if i % 2 else s for i, s in enumerate(_PLACE.split(text))]
    return Level(
        start=whole_number(element.find(W + "start"), 0),
        style=style,
        pieces=tuple(piece for piece in pieces[:_MOST_PIECES] if piece != ""),
        bullet=bullet,
        suffix="tab" if suffix is None else suffix.get(W + "val", "tab"),
        restart=None if restart is None else whole_number(restart, 0),
        legal=bool(is_on(element.find(W + "isLgl"))),
    )


def _number_format(level: etree._Element) -> str:
    """The format of a level's numbers; Word 2010's own ones stand beside a plain one, as an alternative to it."""
    found = list(level.iter(W + "numFmt"))
    custom = next((e for e in found if e.get(W + "val") == "custom" and e.get(W + "format")), None)
    if custom is not None:
        return custom_format(custom.get(W + "format", ""))
    return found[0].get(W + "val", "decimal") if found else "decimal"


def _font(level: etree._Element) -> str:
    fonts = level.find(f"{W}rPr/{W}rFonts")
    return "" if fonts is None else fonts.get(W + "ascii", fonts.get(W + "hAnsi", ""))


_DASHES = "-–—―─－"


def join_number(label: str, suffix: str, text: str) -> str:
    """A paragraph with its automatic number, parted as a writer would part them.

    >>> join_number("一、", "tab", "总体要求"), join_number("1.", "tab", "5G建设"), join_number("第一条", "space", "为了加强管理")
    ('一、总体要求', '1. 5G建设', '第一条 为了加强管理')
    """
    label = label.strip()
    if not label:
        return text
    last = label[-1]
    glued = suffix == "nothing" or last in _DASHES
    if not glued and last in ".．" and text[:1].isdigit():
        glued = False
    elif last in "、.．,，:：;；)）]】〕》>。":
        glued = True
    return f"{label}{text}" if glued else f"{label} {text}"
