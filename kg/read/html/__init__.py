"""Pages of the web, as sites of Chinese governments serve them and as office programs save them.

The main text is found and read paragraph by paragraph; before it stand what the page's head says of the document
(`索引号：…`, a line a pair) and its title. The page decides by what it shows; what it only declares in its head
(PubDate, ContentSource, title) is used where nothing is shown.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.errors import InputError
from kg.model import Finding, Span
from kg.read.composer import Composer, Reading
from kg.read.html.declared import find_declared
from kg.read.html.decoding import LOST, decode_page
from kg.read.html.flow import Flow
from kg.read.html.head import Head, read_head
from kg.read.html.lines import is_numbered, is_sentence
from kg.read.html.region import Prose, Region, drop_surroundings, find_region
from kg.read.html.tables import draft, find_data_tables
from kg.read.html.titles import heading_level, is_part_of, plain, running_size
from kg.read.html.tree import Element, parse

_SHOWN = 100  # characters of prose: a page that shows less shows its text by a script
_MOST_PLACES = 100
_BEGINNING = 30  # lines in which a text shows its title


def read(data: bytes, where: str) -> Reading:
    """The main text of a page.

    >>> page = "<table><tr><td>索 引 号：<td>A-1</table><h1>工作要点</h1><p>一、总体要求</p><a href=/>首页</a>"
    >>> read(page.encode("gb18030"), "a.html").text
    '索引号：A-1\\n工作要点\\n一、总体要求\\n'

    Raises `InputError` where the bytes are no text, or the page holds none, is too large or nested too deep.
    """
    text, encoding = decode_page(data, where)
    root = parse(text, where)
    prose = Prose(Flow(root, where))
    if prose.whole < _SHOWN and prose.flow.hides:
        shown = prose.whole
        prose = Prose(Flow(root, where, shows_hidden=True))
        if prose.whole <= 3 * shown:
            prose = Prose(Flow(root, where))
    region = find_region(prose)
    kept = drop_surroundings(prose, region)
    tables = find_data_tables(prose.flow)
    declared = find_declared(root)
    head = read_head(prose, region, kept, tables, declared)
    body = _Body(prose.flow, region, [i for i in kept if i not in head.taken], tables, head)
    reading = body.compose(encoding, declared.url or None)
    if not re.search(r"\w", reading.text):
        raise InputError("the page holds no text", where=where, remedy=_remedy(root))
    return replace(reading, findings=_find_lost(reading.text))


def _remedy(root: Element) -> str:
    if any(e.tag in ("frame", "frameset") for e in root.walk()):
        return "it only frames other pages: give the page in its frame"
    return "its text may be a picture, a file that it links, or loaded by a script: save the text itself"


def _find_lost(text: str) -> tuple[Finding, ...]:
    """One finding for all places where bytes were no characters."""
    places = tuple(Span(m.start(), m.end()) for m in re.finditer(f"{LOST}+", text))
    return (Finding("undecodable-bytes", "warning", places[:_MOST_PLACES]),) if places else ()


class _Body:
    """The text of a page on its way into a `Composer`."""

    def __init__(self, flow: Flow, region: Region, kept: list[int], tables: list[Element], head: Head) -> None:
        self.flow, self.lines, self.region, self.head = flow, flow.lines, region, head
        self.kept = set(kept)
        self.size = running_size([self.lines[i] for i in kept])
        self.tables = {t.first: t for t in tables if t.first >= region.start and t.last <= region.end}
        self.table_starts = {
            next((i for i in range(t.first, t.last) if self.lines[i].text), -1) for t in self.tables.values()
        }
        self.composer = Composer()
        self.first = kept[0] if kept else -1
        self.titles = {plain(t) for t in head.titles}
        self.title_lines = {
            i for i in kept[:_BEGINNING] if is_part_of(self.lines[i], head.titles) and not is_sentence(self.lines[i])
        }

    def compose(self, encoding: str, url: str | None) -> Reading:
        """Head, text and notes."""
        for words in self.head.before:
            self.composer.paragraph(words)
        self.composer.paragraph(self.head.title, level=0)
        for words in self.head.after:
            self.composer.paragraph(words)
        self._place_text()
        for line in self.lines[self.region.end :]:
            if line.note:
                self.composer.aside(line.text)
        return self.composer.finish(encoding, url)

    def _place_text(self) -> None:
        at = self.region.start
        while at < self.region.end:
            for words in self.head.inside.get(at, ()):
                self.composer.paragraph(words)
            table = self.tables.get(at)
            if table and not self.kept.isdisjoint(range(table.first, table.last)):
                self._place_table(table)
                at = table.last
            elif at in self.kept:
                at = self._place_paragraph(at)
            else:
                at += 1

    def _place_paragraph(self, at: int) -> int:
        """Writes a line, or the lines of one heading; gives the line after it."""
        line, after = self.lines[at], at + 1
        if line.note:
            self.composer.aside(line.text)
            return after
        level = self._level(at)
        words = [line.text]
        while level is not None and after in self.kept and self._continues(after, level):
            words.append(self.lines[after].text)
            after += 1
        self.composer.paragraph("\n".join(words), level)
        return after

    def _level(self, at: int) -> int | None:
        line = self.lines[at]
        level = heading_level(line, self.size)
        if at in self.title_lines and (level is not None or line.centred or plain(line.text) in self.titles):
            return 0
        if level is None or line.heading is None and self._stands_above_table(at):
            return None
        return 0 if at == self.first and not is_numbered(line.text) else level

    def _stands_above_table(self, at: int) -> bool:
        """Whether a line is the caption of the table below it."""
        below = next((i for i in range(at + 1, self.region.end) if self.lines[i].text), -1)
        return below in self.table_starts

    def _continues(self, at: int, level: int) -> bool:
        line = self.lines[at]
        return line.joined and bool(line.text) and self._level(at) == level

    def _place_table(self, table: Element) -> None:
        loose, cells = draft(table, self.flow)
        for words in loose:
            self.composer.paragraph(words)
        self.composer.table(cells)


__all__ = ["read"]
