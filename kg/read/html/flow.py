"""The lines of a page in reading order, as a browser breaks them, with what is known of each.

Source: CSS Text 3, 4.1 (white space, and a line break of the source between two Chinese characters is none).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.errors import InputError
from kg.read.html.lists import number_items
from kg.read.html.styles import Sheet, find_sheet
from kg.read.html.tree import Element

_MOST_LINES = 60_000  # a plan of five hundred pages has about 15,000
_LONGEST_LINK = 400  # characters
_WIDE = "⺀-〿㄀-鿿豈-﫿︰-﹏＀-￯“”‘’—…"
_BROKEN = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_INVISIBLE = dict.fromkeys(
    [*range(9), *range(14, 32), 127, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFFFE, 0xFFFF]
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# References to a note as they are printed: [1], ①, (2), 注1, *.
_REFERENCE = re.compile(r"(?:注)?[\[［〔(（]?(?:\d{1,3}|[ivx]{1,4})[\]］〕)）]?|[①-⑳*†‡]{1,3}")
_NOTE = re.compile(r"#?_?(?:ftn|edn|fn|footnotes?|endnotes?|notes?|cite_note)[-_:]?\d+", re.I)


@dataclass(slots=True)
class Line:
    """A printed line of a page; empty for a block that holds nothing."""

    text: str
    owner: Element  # the block that it stands in
    linked: int = 0  # how many of its characters are links
    bold: int = 0
    size: float = 12.0  # of most of its characters, in points
    centred: bool = False
    heading: int | None = None
    joined: bool = False  # the line before it ends at a <br>, not at the paragraph's end
    note: bool = False  # a footnote


@dataclass(frozen=True, slots=True)
class _State:
    """What an element passes on to what stands in it."""

    block: Element
    linked: bool = False
    bold: bool = False
    size: float = 12.0
    centred: bool = False
    keeps_blanks: bool = False
    heading: int | None = None
    note: bool = False


class Flow:
    """The lines of a page; each element knows its own: `lines[element.first : element.last]`.

    Unless `shows_hidden`, hidden elements are left out.

    Raises `InputError` where there are too many.
    """

    def __init__(self, root: Element, where: str, shows_hidden: bool = False) -> None:
        self.root = root
        self._where = where
        self.sheet: Sheet = find_sheet(root)
        self.lines: list[Line] = []
        self.hides = False  # whether something was left out
        self._shows_hidden = shows_hidden
        self._pieces: list[tuple[str, _State]] = []
        self._joined = False
        self._numbers: dict[Element, str] = {}
        self._number: tuple[Element, str] | None = None  # of the item whose first line has not come yet
        self._run()

    def within(self, element: Element) -> list[Line]:
        """The lines of an element that hold words."""
        return [line for line in self.lines[element.first : element.last] if line.text]

    # ------------------------------------------------------------ walk

    def _run(self) -> None:
        for element in self.root.walk():
            element.first = element.last = 0
        state = _State(self.root)
        waiting: list[tuple[Iterator[Element | str], Element, _State, bool]] = [
            (iter(self.root.children), self.root, state, True)
        ]
        while waiting:
            children, element, state, block = waiting[-1]
            node = next(children, None)
            if node is None:
                waiting.pop()
                self._leave(element, block)
            elif isinstance(node, str):
                self._text(node, state)
            elif node.tag == "br":
                self._break(state)
            else:
                entered = self._enter(node, state)
                if entered:
                    waiting.append((iter(node.children), node, *entered))

    def _enter(self, element: Element, state: _State) -> tuple[_State, bool] | None:
        look = self.sheet.look(element)
        element.first = element.last = len(self.lines)
        if look.hidden and not self._shows_hidden:
            self.hides = True
            return None
        if not look.printed:
            return None
        if element.tag in ("sup", "a") and self._refers(element, state):
            return None
        if look.block:
            self._flush()
            element.first = len(self.lines)
        if element.tag == "ol":
            self._numbers |= number_items(element, self.sheet)
        elif element.tag == "li" and element in self._numbers:
            self._number = (element, self._numbers[element])
        note = bool(_NOTE.fullmatch(element.get("id"))) or element.get("role") in ("doc-footnote", "doc-endnote")
        inner = replace(
            state,
            block=element if look.block else state.block,
            linked=state.linked or element.tag == "a" and "href" in element.attributes and _is_short(element),
            bold=state.bold if look.bold is None else look.bold,
            size=state.size if look.size is None else look.size,
            centred=state.centred if look.align is None else look.align == "center",
            keeps_blanks=state.keeps_blanks if look.keeps_blanks is None else look.keeps_blanks,
            heading=_HEADINGS.get(element.tag, state.heading),
            note=state.note or note,
        )
        return inner, look.block

    def _leave(self, element: Element, block: bool) -> None:
        if block:
            self._flush()
            if element.first == len(self.lines):
                self.lines.append(Line("", element))
            if self._number and self._number[0] is element:
                self._number = None
        element.last = len(self.lines) + bool(self._pieces)

    def _refers(self, element: Element, state: _State) -> bool:
        """Whether an element is a mere reference to a note; powers (m²) are printed as such."""
        words = element.words().strip()
        if not words or len(words) > 6 or not _REFERENCE.fullmatch(words):
            return False
        if element.tag == "a":
            return bool(_NOTE.fullmatch(element.get("href"))) and not state.note
        before = self._pieces[-1][0][-1:] if self._pieces else ""
        if words.isdigit() and before.isascii() and before.isalnum():
            self._pieces.append((words.translate(_SUPERSCRIPT), state))
        elif state.note or not before.strip():
            return False
        return True

    # ------------------------------------------------------------ text

    def _text(self, text: str, state: _State) -> None:
        if state.keeps_blanks:
            first, *more = text.split("\n")
            self._pieces.append((first, state))
            for part in more:
                self._break(state)
                self._pieces.append((part, state))
            return
        text = _BLANKS.sub(" ", _BROKEN.sub("", text))
        if text.startswith(" ") and (not self._pieces or self._pieces[-1][0].endswith(" ")):
            text = text[1:]
        if text:
            self._pieces.append((text, state))

    def _break(self, state: _State) -> None:
        self._flush()
        self._joined = bool(self.lines) and self.lines[-1].owner is state.block

    def _flush(self) -> None:
        """Ends the line."""
        pieces, self._pieces = self._pieces, []
        joined, self._joined = self._joined, False
        text = "".join(p for p, _ in pieces).replace("\xa0", " ").translate(_INVISIBLE).strip()
        if not text:
            self._joined = joined
            return
        linked = bold = 0
        sizes: dict[float, int] = {}
        state = pieces[0][1]
        for piece, own in pieces:
            count = len(piece.strip())
            if count:
                state = own
                linked += count if own.linked else 0
                bold += count if own.bold else 0
                sizes[own.size] = sizes.get(own.size, 0) + count
        if self._number:
            number = self._number[1]
            text = f"{number} {text}" if number.isascii() else number + text
            self._number = None
        if len(self.lines) >= _MOST_LINES:
            raise InputError(
                f"the page has more than {_MOST_LINES:,} lines",
                where=self._where,
                remedy="give the page that holds the plan, or its text",
            )
        size = max(sizes, key=lambda s: (sizes[s], s)) if sizes else state.size
        self.lines.append(Line(text, state.block, linked, bold, size, state.centred, state.heading, joined, state.note))


def _is_short(link: Element) -> bool:
    """Whether a link holds no more than a title: one that is never closed reaches to the page's end."""
    length = 0
    for count, element in enumerate(link.walk()):
        length += sum(len(c) for c in element.children if isinstance(c, str))
        if length > _LONGEST_LINK or count > 100:
            return False
    return True
