"""What stands above a page's text, or is declared of it: fields of labels and values, date, title."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.read.html.declared import Declared
from kg.read.html.fields import Field, find_fields, find_table_fields, split_fields, starts_with_label
from kg.read.html.flow import Line
from kg.read.html.lines import is_numbered, is_sentence
from kg.read.html.region import Prose, Region
from kg.read.html.tables import find_rows
from kg.read.html.titles import find_shown_title, heading_level, holds_title, marks_title, running_size
from kg.read.html.tree import Element

_MOMENT = re.compile(r"(?:^|\s)((?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?: +\d{1,2}:\d\d(?::\d\d)?)?)(?=\s|[|]|$)")
_NEAR = 6  # lines below the title in which a bare date is the page's


@dataclass(slots=True)
class Head:
    """What comes before the text, and what of the text's lines it has taken."""

    before: list[str] = field(default_factory=list)  # above the title
    title: str = ""  # its lines; "" where the text shows it itself
    after: list[str] = field(default_factory=list)  # between title and text
    inside: dict[int, list[str]] = field(default_factory=dict)  # by the line of the text that they stand in
    titles: list[str] = field(default_factory=list)  # what is or may be the document's title
    taken: set[int] = field(default_factory=set)


def read_head(prose: Prose, region: Region, kept: list[int], tables: list[Element], declared: Declared) -> Head:
    """The head of a page whose text is the kept lines of a region.

    What the page shows comes in its own order. What it only declares (date, source, title) comes where nothing is shown.
    """
    return _Reader(prose, region, kept, tables, declared).read()


class _Reader:
    def __init__(
        self, prose: Prose, region: Region, kept: list[int], tables: list[Element], declared: Declared
    ) -> None:
        self.prose, self.region, self.declared = prose, region, declared
        self.lines: list[Line] = prose.flow.lines
        self.kept = kept
        self.tables = tables
        self.head = Head()
        self.fields: list[Field] = []

    def read(self) -> Head:
        self._read_fields()
        shown, sure = find_shown_title(self.lines, self.region.start, self.prose.beside, self.declared)
        shown = [i for i in shown if i not in self.head.taken]
        self._read_moment(shown)
        self._read_behind()
        self._place_fields(shown)
        self._place_title(shown, sure)
        return self.head

    # ------------------------------------------------------------ fields

    def _read_fields(self) -> None:
        """What labels and values say before the first numbered line."""
        first = self._first(is_numbered_line, is_sentence)
        self._read_tables(first)
        data = {i for t in self.tables for i in range(t.first, t.last)}
        for low, high in _gaps(0, first, self.head.taken | data):
            found, lines = find_fields(self.lines, low, high)
            by_line: dict[int, list[Field]] = {}
            for one in found:
                by_line.setdefault(one.line, []).append(one)
            # Within the text a line is a field only where it begins with the label of one of the document.
            left = {
                i
                for i in lines
                if i >= self.region.start
                and (not self._may_be_field(self.lines[i]) or any(f.of_site for f in by_line.get(i, ())))
            }
            self.fields += [f for f in found if f.line not in left and f.value and not f.of_page and not f.of_site]
            self.head.taken |= lines - left

    def _may_be_field(self, line: Line) -> bool:
        return starts_with_label(line.text) or line.owner.cell is not None or not line.text

    def _read_tables(self, end: int) -> None:
        """The fields of the tables of labels and values above the text."""
        for table in self.prose.elements:
            if table.tag != "table" or table.last > end or table.first in self.head.taken:
                continue
            rows = [[(c.first, c.last) for c in row] for row in find_rows(table)]
            found = find_table_fields(self.lines, rows)
            if found:
                self.fields += [f for f in found if not f.of_page and not f.of_site]
                self.head.taken.update(range(table.first, table.last))

    def _read_moment(self, shown: list[int]) -> None:
        """The bare date below the title: when the page was published, unless a label says so."""
        if any(f.name == "published" for f in self.fields):
            return
        text = [i for i in self.kept if i not in self.head.taken]
        if shown:
            low = shown[-1] + 1
        elif text and heading_level(self.lines[text[0]], 12.0) is not None:
            low = text[0] + 1
        else:
            low = max(self.region.start - _NEAR, 0)
        for at in range(low, min(self._first(is_numbered_line, is_sentence), low + _NEAR)):
            line = self.lines[at]
            if at in self.head.taken or len(line.text) > 80 or 2 * line.linked > len(line.text):
                continue
            found = _MOMENT.search(line.text)
            if found:
                others = [Field(label, value, at) for label, value in split_fields(line.text) if value]
                self.fields += [
                    Field("发布日期", found[1], at),
                    *(f for f in others if f.name != "published" and not f.of_page and not f.of_site),
                ]
                self.head.taken.add(at)
                return

    def _read_behind(self) -> None:
        """What stands behind the text and is not said before."""
        names = {f.name for f in self.fields}
        for one in find_fields(self.lines, self.region.end, len(self.lines))[0]:
            if one.value and one.name not in {"", "other", "heading"} | names:
                self.fields.append(Field(one.label, one.value, -1))

    def _first(self, *kinds: Callable[[Line], bool]) -> int:
        """The first kept line of the first of the kinds that there is; the region's end where there is none."""
        for kind in kinds:
            for i in self.kept:
                if kind(self.lines[i]):
                    return i
        return self.region.end

    # ------------------------------------------------------------ order

    def _place_fields(self, shown: list[int]) -> None:
        head, region = self.head, self.region
        seen: set[str] = set()
        for one in sorted(self.fields, key=lambda f: f.line):
            if str(one) in seen:
                continue
            seen.add(str(one))
            if one.line >= region.start:
                head.inside.setdefault(one.line, []).append(str(one))
            elif shown and one.line > shown[0]:
                head.after.append(str(one))
            else:
                head.before.append(str(one))
        names = {f.name for f in self.fields}
        if self.declared.published and "published" not in names:
            head.before.append(f"发布日期：{self.declared.published}")
        said = names & {"publishing_body", "issuing_body"} or any(f.label == "来源" for f in self.fields)
        if self.declared.source and not said:
            head.before.append(f"来源：{self.declared.source}")

    def _place_title(self, shown: list[int], sure: bool) -> None:
        """The title above the text, unless the text begins with it, or with another that the page marks."""
        declared = [t for t in (self.declared.title, self.declared.window_title) if t]
        lines = [self.lines[i].text for i in shown]
        self.head.titles = [*(["".join(lines)] if lines else []), *declared]
        text = [self.lines[i] for i in self.kept if i not in self.head.taken]
        wanted = self.head.titles[:1] if lines else declared
        if not wanted or any(holds_title(text, t) for t in wanted):
            return
        if sure or not marks_title(text, running_size(text)):
            self.head.title = "\n".join(lines or declared[:1])


def is_numbered_line(line: Line) -> bool:
    """Whether a line begins with a number as plans have them."""
    return is_numbered(line.text)


def _gaps(start: int, end: int, taken: set[int]) -> list[tuple[int, int]]:
    """The intervals between the taken lines."""
    gaps: list[tuple[int, int]] = []
    low = start
    for at in range(start, end + 1):
        if at == end or at in taken:
            if low < at:
                gaps.append((low, at))
            low = at + 1
    return gaps
