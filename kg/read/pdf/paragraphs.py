"""Printed lines → paragraphs: which line goes on with the one above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.read.pdf.lines import Frame, Line, body_size, find_pitch, glue

# What a line begins with that begins a paragraph (GB/T 9704-2012, 7.3.3, and what people do instead).
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百]+[章节条篇部]|[一二三四五六七八九十百]{1,4}\s?[、．.]|[(（]\s?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})\s?[)）]"
    r"|\d{1,3}\s?[．、](?!\d)|\d{1,3}\.(?!\d)|\d{1,2}(?:\.\d{1,2})+(?![\d.%％])|[①-⑳⑴-⒇⒈-⒛㈠-㈩]|专栏\s?\d|附\s?件\s?\d?\s?[:：]"
    r"|[—─]{2}|[●■◆★▲•➢]"
)
# What a hanging paragraph begins with: the lines below begin where its text does, behind the label.
_LABELLED = re.compile(
    r"[^，。；]{1,12}[:：]|\d{1,3}[.．、]|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳●■◆★▲•➢□▪·]|[a-zA-Z][.)、]"
)
_ENDED = re.compile(r"[。！？；：!?;:][”’》）)】」』]*$|\.{3,}\s*\d+$")
_LEADER = re.compile(r"[.．…·・\-_]{4,}\s*[(（]?\d{0,4}[)）]?$|[.．…·]{6,}")
_CHAPTER = re.compile(
    r"第[一二三四五六七八九十百]+[章节篇编部]|[一二三四五六七八九十百]{1,4}\s?、|[(（][一二三四五六七八九十百]{1,4}[)）]"
)
_NO_TITLE = re.compile(
    r"[(（〔\[].*[)）〕\]]$|(?:二[〇○0]|[12]\d).{0,8}年.{0,8}[月日]$|[\d\s.\-—]+$|目\s*录$|附\s*件\s*\d*$"
)
_SLACK = 0.004  # em that places may be off by rounding
_HAIR = 0.15  # em that the edge of a text area may be off
_HANGING = 1.3  # em: a mark beyond the edge, and what no character finds room in
_NEW_GAP = 1.5  # times the usual distance of lines: a paragraph set off by space


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph as printed; the lines of a title stay lines."""

    text: str
    level: int | None = None  # 0: the document's title; 1: a heading


class Flow:
    """Puts lines together as they come, page after page; what a table or a box parts stays parted.

    `lines` are all that will come: they tell the size of the text, the distance of its lines, and its habits.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._body = body_size([m for m in lines if not m.is_centred()] or lines)
        self._pitch = find_pitch(lines)
        self._indents = has_indents(lines)
        full = [m for m in lines if m.room() < 1.5 * m.size]
        # Some printers end every line with a blank: then it says nothing.
        self._blanks = sum(m.blank_behind for m in full) * 5 < len(full)
        # Text recognised on scans has a size of its own in every line: then sizes say little.
        noisy = sum(abs(a.size - b.size) > 0.04 * a.size for a, b in pairwise(full)) * 4 > len(full)
        self._other, self._big = (0.5, 1.6) if noisy else (0.12, 1.2)
        self._lines: list[Line] = []  # of the paragraph that is open
        self._pieces: list[str] = []  # its text
        self.done: list[Text] = []

    def add(self, line: Line) -> None:
        if self._lines and (self._is_title(line) or not self._goes_on(line)):
            if self._adds_to_title(line):
                self._pieces += ("\n", line.text)
                self._lines.append(line)
                return
            self.close()
        if self._lines:
            above = self._lines[-1]
            self._pieces.append(glue(above.text, line.text, above.blank_behind and self._blanks))
        self._pieces.append(line.text)
        self._lines.append(line)

    def close(self) -> None:
        """Ends the paragraph that is open."""
        if self._lines:
            text = "".join(self._pieces)
            self.done.append(Text(text, self._level(text)))
        self._lines, self._pieces = [], []

    # ------------------------------------------------------------ titles

    def _is_title(self, line: Line) -> bool:
        return self._is_big(line) or line.is_centred()

    def _is_big(self, line: Line) -> bool:
        """Set larger than the text and in the middle, though it may fill the width."""
        before = line.x0 - line.frame.left
        return line.size >= self._big * self._body and abs(before - line.room()) <= 1.2 * line.size

    def _adds_to_title(self, line: Line) -> bool:
        above = self._lines[-1]
        return (
            self._is_big(line)
            and self._is_big(above)
            and abs(line.size - above.size) < 0.06 * line.size
            and (line.font, line.red) == (above.font, above.red)
            and line.page == above.page
            and line.y - above.y < 2.2 * line.size
            and not _CHAPTER.match(line.text)
        )

    def _level(self, text: str) -> int | None:
        first = self._lines[0]
        if not self._is_title(first) or first.red or len(text) < 2 or _NO_TITLE.match(text):
            return None
        if _CHAPTER.match(text):
            return 1 if not _ENDED.search(text[-40:]) else None
        return 0 if first.size >= 1.25 * self._body and self._is_big(first) else None

    # ------------------------------------------------------------ paragraphs

    def _goes_on(self, line: Line) -> bool:
        above, first = self._lines[-1], self._lines[0]
        if self._is_title(above) or is_of_contents(above) or is_of_contents(line):
            return False
        if abs(line.size - above.size) > self._other * above.size or line.red != above.red:
            return False
        same_page = line.page == above.page and line.y > above.y
        if same_page and line.y - above.y > _NEW_GAP * max(self._pitch, 1.2 * line.size):
            return False
        if not is_full(above, line) and not _may_hang(above, line):
            return False
        if not self._indents and _NUMBERED.match(line.text) and (has_ended(above) or above.text[-1] in "）)"):
            return False  # paragraphs that begin at the margin: the number tells
        if len(self._lines) > 1:  # where its second line began, the others do
            return abs(_offset(line) - _offset(self._lines[1])) < 0.8
        if _offset(line) < 0.8:
            return True
        hanging = _offset(line) > _offset(first) + 0.5 and _LABELLED.match(first.text)
        return bool(hanging and not _NUMBERED.match(line.text))


def _offset(line: Line) -> float:
    """How far a line begins from the left of its text area, in characters."""
    return line.indent()


def is_full(above: Line, below: Line, room: float | None = None) -> bool:
    """Whether what begins the line below found no room on the line above: the break is the printer's, not the writer's.

    `room` is what the line above leaves, where its place does not tell.
    """
    spare = (above.room() if room is None else room) - below.first_width
    if spare < -_SLACK * below.size:
        return True
    # Chinese characters alone leave a whole one or none. With figures between them it may be a hair, and the edge of
    # the text area is not known to a hair: then the words tell.
    hair = spare < _HAIR * below.size and any(c.isascii() and c.isalnum() for c in above.text)
    return hair and not has_ended(above) and not _NUMBERED.match(below.text)


def _may_hang(above: Line, below: Line) -> bool:
    """Whether the line above, in the midst of a sentence, leaves no more than marks that hang over the edge make of it.

    Word processors let 、 and 。 stand beyond the edge, and so make the text area look a character wider than it is.
    """
    spare = above.room() - below.first_width
    return spare < _HANGING * below.size and not has_ended(above) and not _NUMBERED.match(below.text)


def has_ended(line: Line) -> bool:
    """Whether it ends as sentences do."""
    return bool(_ENDED.search(line.text[-40:]))


def is_of_contents(line: Line) -> bool:
    """Whether it is a line of a table of contents: dots lead to a page number."""
    return bool(_LEADER.search(line.text[-80:]))


def has_indents(lines: Sequence[Line]) -> bool:
    """Whether paragraphs begin with an indent of about two characters."""
    indented = sum(1.4 <= _offset(line) <= 2.8 for line in lines)
    return indented * 15 > len(lines)


# ---------------------------------------------------------------- cells


def join_cell(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of a cell: a line goes on with the one above where that one had no room for it.

    In a cell set in the middle indents say nothing.
    """
    middle = [abs(line.x0 - line.frame.left - line.room()) <= 0.9 * line.size for line in lines]
    centred = len(lines) > 1 and all(middle) and any(line.indent() > 0.7 for line in lines)
    found: list[list[str]] = []
    opened = 0
    for n, line in enumerate(lines):
        if n and _cell_goes_on(lines, n, opened, centred):
            found[-1] += (glue(lines[n - 1].text, line.text), line.text)
        else:
            found.append([line.text])
            opened = n
    return ["".join(pieces) for pieces in found]


def _cell_goes_on(lines: Sequence[Line], n: int, opened: int, centred: bool) -> bool:
    above, line = lines[n - 1], lines[n]
    width = line.frame.right - line.frame.left
    room = width - (above.x1 - above.x0) if centred else above.room()
    if not is_full(above, line, room) and width > 2.2 * line.size:
        return False
    if _NUMBERED.match(line.text) and (has_ended(above) or not re.match(r"[\d一二三四五六七八九十]", line.text)):
        return False
    if centred or n - opened > 1 or line.indent() < 0.8:
        return True
    return line.indent() > lines[opened].indent() + 0.5 and bool(_LABELLED.match(lines[opened].text))


def cell_frame(x0: float, x1: float, padding: float) -> Frame:
    return Frame(x0 + padding, x1 - padding)
