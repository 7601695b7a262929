"""The styles and lists of an OpenDocument text: what is hidden, which paragraph is the title, how lists count.

Source: OpenDocument 1.3 part 3, 16 (styles), 5.3 (lists), 19.880 (text:start-value); `loext:num-list-format` is
LibreOffice's own, for numbers that no prefix and suffix can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from kg.read.numbers import custom_format, print_number
from kg.read.symbols import show_bullet

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, STYLE, TABLE, DRAW = (_OASIS % name for name in ("office", "text", "style", "table", "drawing"))
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_TITLES = {"title", "标题", "文档标题", "公文标题"}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])")
_LONGEST_CHAIN = 50  # styles based on each other; a circle ends here
_LONGEST = 120  # characters of a number
_NUMBER = re.compile(r"\d{1,9}")
_FOLLOWED = {"listtab": "tab", "space": "space", "nothing": "nothing"}


def whole_number(element: etree._Element, name: str, default: int) -> int:
    """The number that an attribute says; the default where it says none."""
    value = element.get(name, "")
    return int(value) if _NUMBER.fullmatch(value) else default


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list style."""

    format: str = "none"
    bullet: str = ""
    prefix: str = ""
    suffix: str = ""
    pattern: str = ""  # `%1%.%2%`, where the file gives it
    shown: int = 1  # how many levels the number shows
    start: int = 1
    followed: str = "tab"


@dataclass(slots=True)
class Count:
    """How far a list is counted: level from 1 → last number."""

    numbers: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, style: dict[int, ListLevel], start: int | None) -> None:
        """Counts an item."""
        if start is None:
            last = self.numbers.get(level)
            start = style.get(level, ListLevel()).start if last is None else last + 1
        self.numbers = {k: n for k, n in self.numbers.items() if k < level}
        for above in range(1, level):
            self.numbers.setdefault(above, style.get(above, ListLevel()).start)
        self.numbers[level] = start


def print_label(count: Count, level: int, style: dict[int, ListLevel]) -> tuple[str, str]:
    """What is printed before an item, and what follows it.

    >>> levels = {1: ListLevel("chineseCountingThousand", suffix="、"), 2: ListLevel("decimal", shown=2)}
    >>> print_label(Count({1: 3}), 1, levels), print_label(Count({1: 3, 2: 4}), 2, levels)
    (('三、', 'tab'), ('三.4', 'tab'))
    """
    own = style.get(level, ListLevel())
    if own.bullet:
        return own.bullet, own.followed

    def printed(at: int) -> str:
        of = style.get(at, ListLevel())
        return print_number(count.numbers[at], of.format) if at in count.numbers and not of.bullet else ""

    if own.pattern:
        text = re.sub(r"%([1-9]|10)%", lambda m: printed(int(m[1])), own.pattern)
        return text[:_LONGEST], own.followed
    if own.format == "none":
        return (own.prefix + own.suffix)[:_LONGEST], own.followed
    shown = [printed(at) for at in range(max(1, level - own.shown + 1), level + 1)]
    return (own.prefix + ".".join(s for s in shown if s) + own.suffix)[:_LONGEST], own.followed


class OdtStyles:
    """The styles of content.xml and styles.xml together, by their names."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._lists: dict[str, etree._Element] = {}
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._hides: dict[tuple[str, str], bool] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for container in () if root is None else root.iterchildren(OFFICE + "automatic-styles", OFFICE + "styles"):
                for style in container.iterchildren(STYLE + "style"):
                    key = style.get(STYLE + "family", ""), style.get(STYLE + "name", "")
                    self._styles.setdefault(key, style)
                for style in container.iterchildren(TEXT + "list-style"):
                    self._lists.setdefault(style.get(STYLE + "name", ""), style)
                for style in container.iterchildren(TEXT + "outline-style"):
                    self.outline = self.outline or _read_levels(style)

    def _chain(self, family: str, name: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get(STYLE + "parent-style-name", "")

    def list_levels(self, name: str) -> dict[int, ListLevel]:
        """The levels of a list style; none where there is no such style."""
        if name not in self._levels:
            style = self._lists.get(name)
            self._levels[name] = {} if style is None else _read_levels(style)
        return self._levels[name]

    def list_style(self, paragraph: str) -> str | None:
        """The list style of a paragraph style: "" where it has expressly none, None where nothing is said."""
        for style in self._chain("paragraph", paragraph):
            stated = style.get(STYLE + "list-style-name")
            if stated is not None:
                return stated
        return None

    def level(self, paragraph: str) -> int | None:
        """The level of the heading that a paragraph style is named after: 0 the title, 1 to 9; None for running text."""
        for style in self._chain("paragraph", paragraph):
            name = style.get(STYLE + "display-name") or style.get(STYLE + "name", "").replace("_20_", " ")
            if name.lower() in _TITLES:
                return 0
            if heading := _HEADING.fullmatch(name.lower()):
                return int(heading[1])
        return None

    def hides(self, family: str, name: str) -> bool:
        """Whether text of a style is hidden."""
        key = family, name
        if key not in self._hides:
            shown = (
                p.get(TEXT + "display")
                for style in self._chain(family, name)
                for p in style.iterchildren(STYLE + "text-properties")
            )
            self._hides[key] = next((s for s in shown if s), "true") == "none"
        return self._hides[key]

    def section_hides(self, section: etree._Element) -> bool:
        """Whether a section is hidden."""
        return section.get(TEXT + "display") == "none"


def _read_levels(style: etree._Element) -> dict[int, ListLevel]:
    levels: dict[int, ListLevel] = {}
    for element in style:
        kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
        at = whole_number(element, TEXT + "level", 0)
        if not 1 <= at <= 10:
            continue
        label = element.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
        followed = "tab" if label is None else _FOLLOWED.get(label.get(TEXT + "label-followed-by", ""), "tab")
        if kind == "list-level-style-number" or kind == "outline-level-style":
            levels[at] = ListLevel(
                format=_number_format(element),
                prefix=element.get(STYLE + "num-prefix", "")[:_LONGEST],
                suffix=element.get(STYLE + "num-suffix", "")[:_LONGEST],
                pattern=element.get(_LOEXT + "num-list-format", element.get(STYLE + "num-list-format", ""))[:_LONGEST],
                shown=whole_number(element, TEXT + "display-levels", 1),
                start=whole_number(element, TEXT + "start-value", 1),
                followed=followed,
            )
        elif kind == "list-level-style-bullet":
            font = element.find(STYLE + "text-properties")
            name = "" if font is None else font.get(STYLE + "font-name", "")
            bullet = show_bullet(element.get(TEXT + "bullet-char", "•")[:10], name)
            levels[at] = ListLevel(bullet=bullet, followed=followed)
        elif kind == "list-level-style-image":
            levels[at] = ListLevel(bullet="•", followed=followed)
    return levels


def _number_format(element: etree._Element) -> str:
    found = custom_format(element.get(STYLE + "num-format", ""))
    if element.get(STYLE + "num-letter-sync") != "true":
        return {"lowerLetter": "lowerAlphabet", "upperLetter": "upperAlphabet"}.get(found, found)
    return found
