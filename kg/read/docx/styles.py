"""The styles of a DOCX file: what a paragraph or a run has from its style and the styles that it is based on.

Source: ISO/IEC 29500-1, 17.7 (styles), 17.3.1.20 (outlineLvl).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])")
_TITLE = {"title", "标题", "document title", "文档标题", "文件标题", "公文标题"}
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]|table of figures|图表目录")
_NUMBER = re.compile(r"-?\d{1,9}")
_LONGEST_CHAIN = 50  # styles based on each other; a circle ends here


def whole_number(element: etree._Element | None, default: int, name: str = "val") -> int:
    """The number that an element's attribute says; the default where it says none.

    >>> whole_number(None, 3)
    3
    """
    value = "" if element is None else element.get(W + name, "")
    return int(value) if _NUMBER.fullmatch(value) else default


def is_on(element: etree._Element | None) -> bool | None:
    """A property that is on or off (17.17.4); None where it is not stated."""
    if element is None:
        return None
    return element.get(W + "val", "true").lower() not in ("false", "0", "off", "none")


class Styles:
    """The styles by their ids, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall(W + "style")
        self._styles = {s.get(W + "styleId", ""): s for s in reversed(found)}
        self._default = next(
            (
                s.get(W + "styleId", "")
                for s in found
                if s.get(W + "type") == "paragraph" and s.get(W + "default", "0") in ("1", "true", "on")
            ),
            "",
        )
        self._levels: dict[str, int | None] = {}
        self._numbers: dict[str, tuple[str, int, str] | None] = {}
        self._vanish: dict[str, bool] = {}
        self._contents: dict[str, bool] = {}

    def id_of(self, properties: etree._Element | None) -> str:
        """The id of a paragraph's style, the default one where it names none that exists."""
        named = None if properties is None else properties.find(W + "pStyle")
        name = "" if named is None else named.get(W + "val", "")
        return name if name in self._styles else self._default

    def chain(self, style: str) -> Iterator[etree._Element]:
        """A style and those that it is based on, itself first."""
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(style)
            element = self._styles[style]
            yield element
            base = element.find(W + "basedOn")
            style = "" if base is None else base.get(W + "val", "")

    def level(self, style: str) -> int | None:
        """The level of the heading that a style makes: 0 the title, 1 to 9; None for running text."""
        if style not in self._levels:
            self._levels[style] = self._find_level(style)
        return self._levels[style]

    def _find_level(self, style: str) -> int | None:
        for element in self.chain(style):
            name = _name(element)
            if name in _TITLE:
                return 0
            if heading := _HEADING.fullmatch(name):
                return int(heading[1])
            outline = element.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                return outline_level(outline)
        return None

    def is_contents(self, style: str) -> bool:
        """Whether a style is of an entry in a table of contents."""
        if style not in self._contents:
            self._contents[style] = any(_CONTENTS.fullmatch(_name(s)) for s in self.chain(style))
        return self._contents[style]

    def number(self, style: str) -> tuple[str, int, str] | None:
        """The numbering that a paragraph style brings: id of the list, level (-1 where not stated), style that states it."""
        if style not in self._numbers:
            self._numbers[style] = self._find_number(style)
        return self._numbers[style]

    def _find_number(self, style: str) -> tuple[str, int, str] | None:
        level = -1
        for element in self.chain(style):
            properties = element.find(f"{W}pPr/{W}numPr")
            if properties is None:
                continue
            if level < 0:
                level = whole_number(properties.find(W + "ilvl"), -1)
            number = properties.find(W + "numId")
            if number is not None:
                return number.get(W + "val", ""), level, element.get(W + "styleId", "")
        return None

    def vanishes(self, style: str) -> bool:
        """Whether text of a paragraph or character style is hidden."""
        if style not in self._vanish:
            stated = (is_on(s.find(f"{W}rPr/{W}vanish")) for s in self.chain(style))
            self._vanish[style] = next((s for s in stated if s is not None), False)
        return self._vanish[style]

    def default_vanishes(self) -> bool:
        """Whether text of the default paragraph style is hidden."""
        return self.vanishes(self._default)


def outline_level(element: etree._Element) -> int | None:
    """The heading's level that w:outlineLvl says, from 1; its 9 is running text."""
    level = whole_number(element, 9)
    return level + 1 if 0 <= level < 9 else None


def _name(style: etree._Element) -> str:
    name = style.find(W + "name")
    return "" if name is None else name.get(W + "val", "").strip().lower()
