"""Glyphs → printed lines, in the order in which a page is read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kg.read.pdf.pages import Glyph, Style

_GUTTER = 1.0  # em: what stands farther apart may be of two columns
_WORD_GAP = 0.75  # em between Chinese characters: less is justification, more is a blank
_LATIN_GAP = 0.2  # em between Latin characters
_BLANK_GAP = 0.15  # em that a blank of the file's own must leave to be one
_COLUMN_ROWS = 6  # rows: fewer beside each other are no columns


@dataclass(frozen=True, slots=True)
class Frame:
    """The text area that a line stands in."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or what of it stands in one cell or column."""

    page: int  # from 1
    text: str
    x0: float
    x1: float
    y: float  # of the baseline, down from the page's upper edge
    size: float  # of most of its characters
    first_width: float  # of what cannot be parted from its first character: it must fit on the line above to go there
    bold: bool
    red: bool
    running: bool  # the file itself says that it is a running head or foot
    font: str
    blank_behind: bool  # a blank of the file's own ends it
    parted: bool  # a gap in it may be the one between columns
    unmarked: str  # the text without raised small figures, which may point to footnotes
    frame: Frame = Frame(0.0, 0.0)

    @property
    def top(self) -> float:
        return self.y - 0.9 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.15 * self.size

    def indent(self) -> float:
        """How far it begins from the text area's left, in characters of its own size."""
        return (self.x0 - self.frame.left) / self.size

    def room(self) -> float:
        """How much is left of the text area behind it; less than nothing where punctuation hangs out."""
        return self.frame.right - self.x1

    def is_centred(self) -> bool:
        """Whether it stands in the middle and was put there: an indented line that happens to end early does not count."""
        before, after = self.x0 - self.frame.left, self.room()
        if abs(before - after) > 1.2 * self.size:
            return False
        return before > 2.6 * self.size


def find_lines(
    page: int, glyphs: Iterable[Glyph], styles: Sequence[Style], *, columns: bool = False, blanks: bool = True
) -> list[Line]:
    """The lines that the glyphs make, from the top down; with `columns`, what stands apart in a row is parted.

    Without `blanks`, those between Chinese characters say nothing.
    """
    found = []
    for row in _rows(glyphs):
        parts = _parts(row, _GUTTER) if columns else [row]
        found += [line for part in parts if (line := _line(page, part, styles, blanks))]
    return found


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that share a baseline, small raised or lowered ones with the line that they belong to; each row by x."""
    rows: list[list[Glyph]] = []
    base, size = 0.0, 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.y, g.x0)):
        if rows and glyph.y - base <= 0.45 * max(size, glyph.size):
            rows[-1].append(glyph)
            if glyph.size > size * 1.05:
                base, size = glyph.y, glyph.size
        else:
            rows.append([glyph])
            base, size = glyph.y, glyph.size
    return [_tidy(row) for row in rows]


def _tidy(row: list[Glyph]) -> list[Glyph]:
    """In the order of x, without what is printed twice to look bold, and no glyph reaching into the next."""
    row.sort(key=lambda g: (g.x0, g.y))
    found: list[Glyph] = []
    for glyph in row:
        if glyph.char == " " and found and glyph.x0 < found[-1].x0 + 0.02:
            continue
        if found:
            above = found[-1]
            if (
                above.char == glyph.char
                and glyph.x0 - above.x0 < 0.15 * glyph.size
                and abs(above.y - glyph.y) < 0.15 * glyph.size
            ):
                continue
            if above.x0 < glyph.x0 < above.x1:
                found[-1] = above._replace(x1=glyph.x0)
        found.append(glyph)
    if found and found[-1].x1 - found[-1].x0 > found[-1].size:
        found[-1] = found[-1]._replace(x1=found[-1].x0 + found[-1].size)
    return found


def _parts(row: Sequence[Glyph], gap: float) -> list[list[Glyph]]:
    parts: list[list[Glyph]] = []
    for glyph in row:
        if glyph.char.isspace():
            continue
        if parts and glyph.x0 - parts[-1][-1].x1 <= gap * max(glyph.size, parts[-1][-1].size):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    return parts


def _line(page: int, row: Sequence[Glyph], styles: Sequence[Style], blanks: bool) -> Line | None:
    words = [g for g in row if not g.char.isspace()]
    if not words:
        return None
    sizes = Counter(round(g.size, 1) for g in words)
    size = max(sizes, key=lambda s: (sizes[s], s))
    main = [g for g in words if abs(g.size - size) < 0.06] or words
    # Figures are often of another font than the text around them: the Chinese characters tell.
    kinds = Counter(styles[g.style] for g in main if g.char >= "\u2e80") or Counter(styles[g.style] for g in main)
    style = max(kinds, key=lambda s: (kinds[s], s))
    base = median(g.y for g in main)
    text = join_glyphs(row, blanks)
    return Line(
        page,
        text,
        words[0].x0,
        words[-1].x1,
        base,
        size,
        _first_width(words),
        sum(n for s, n in kinds.items() if s.bold) * 2 > kinds.total(),
        sum(n for s, n in kinds.items() if s.red) * 2 > kinds.total(),
        all(styles[g.style].running for g in words),
        style.font,
        blanks and row[-1].char.isspace(),
        _parted(words),
        text if len(sizes) == 1 else join_glyphs([g for g in row if not _is_note_mark(g, size, base)], blanks),
    )


def _parted(words: Sequence[Glyph]) -> bool:
    return any(b.x0 - a.x1 > _GUTTER * max(a.size, b.size) for a, b in pairwise(words))


def _is_note_mark(glyph: Glyph, size: float, base: float) -> bool:
    return (
        glyph.size < 0.8 * size
        and glyph.y < base - 0.12 * size
        and (glyph.char.isdigit() or glyph.char in "[]〔〕*※" or "①" <= glyph.char <= "⑳")
    )


# ---------------------------------------------------------------- blanks

_CLOSING = frozenset("，。、；：！？）》”’〉】」』〕％,.;:!?)]}%…—·")
_WIDE = frozenset("“”‘’—…·")  # set a character wide in Chinese print, though of the Latin blocks
_OPENING = frozenset("（《“‘〈【「『〔([{")


def _is_latin(char: str) -> bool:
    return char < "\u2e80" and (char.isalnum() or char in "-.%/+&@_~—–")


def _first_width(words: Sequence[Glyph]) -> float:
    """How wide the line's first piece is that no line break may part (GB/T 15834, 5.1: no line begins with a comma)."""
    at = 0
    while at < len(words) - 1 and words[at].char in _OPENING:
        at += 1
    if _is_latin(words[at].char):
        while at + 1 < len(words) and _is_latin(words[at + 1].char):
            at += 1
    while at + 1 < len(words) and words[at + 1].char in _CLOSING:
        at += 1
    return words[at].x1 - words[0].x0


def join_glyphs(row: Sequence[Glyph], blanks: bool = True) -> str:
    """The text of a row: blanks that only spread the line are left out, those that part words stay as one.

    What is spread out character by character (序　　号, 东 湖 区) is one word.
    """
    out: list[str] = []
    above: Glyph | None = None
    blank = False  # a blank of the file's own
    inside = _spread(row)
    usual = _usual_gap(row)
    for glyph in row:
        if glyph.char.isspace():
            blank = True
            continue
        if (
            above is not None
            and _stands_apart(above, glyph, blank, usual, blanks)
            and (above.x0, glyph.x0) not in inside
        ):
            out.append(" ")
        out.append(glyph.char)
        above, blank = glyph, False
    return "".join(out)


def _stands_apart(a: Glyph, b: Glyph, blank: bool, usual: float, blanks: bool) -> bool:
    gap = (b.x0 - a.x1) / min(a.size, b.size)
    if a.char < "\u2e80" and b.char < "\u2e80" and a.char not in _WIDE and b.char not in _WIDE:
        return gap > _LATIN_GAP or (blank and gap > 0.05)
    if not blanks:
        return gap >= 2 * _WORD_GAP
    if blank:
        return gap >= _BLANK_GAP
    return gap >= (min(_WORD_GAP, usual + 0.24) if _is_han(a.char) and _is_han(b.char) else _WORD_GAP)


def _usual_gap(row: Sequence[Glyph]) -> float:
    """By how many em the line spreads its Chinese characters: one that stands off more has a blank before it.

    Some printers leave the blank's glyph out and move on instead.
    """
    gaps = [(b.x0 - a.x1) / a.size for a, b in pairwise(row) if _is_han(a.char) and _is_han(b.char)]
    return median(gaps) if len(gaps) >= 5 else _WORD_GAP


def _spread(row: Sequence[Glyph]) -> set[tuple[float, float]]:
    """The gaps of a row that lie inside a word of spread-out characters, as (x0 before, x0 behind)."""
    parts = _parts(row, _WORD_GAP)
    inside = set()
    for a, b in pairwise(parts):
        near = b[0].x0 - a[-1].x1 <= 2.6 * a[-1].size
        single = len(a) == 1 and _is_han(a[0].char) and (len(b) == 1 or b[1].char in "：:") and _is_han(b[0].char)
        if near and single:
            inside.add((a[-1].x0, b[0].x0))
    return inside


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "〇○"


def glue(above: str, below: str, blank: bool = False) -> str:
    """What goes between the text of a line and of the one that goes on with it: a blank between Latin words.

    With `blank`, the line above ended with one: between names that blanks part (教育局 科技局) it must not get lost.

    >>> glue("推进“放管服”改", "革"), glue("Internet", "Plus"), glue("2021-", "2025年"), glue("教育局", "科技局", True)
    ('', ' ', '', ' ')
    """
    latin = above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii() and below[:1].isalpha()
    return " " if latin or blank else ""


def body_size(lines: Sequence[Line]) -> float:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda s: (sizes[s], s)) if sizes else 12.0


def find_pitch(lines: Sequence[Line]) -> float:
    """The usual distance of two lines of a paragraph."""
    gaps = [
        b.y - a.y
        for a, b in pairwise(lines)
        if a.page == b.page and 0 < b.y - a.y < 3 * a.size and abs(a.size - b.size) < 0.5
    ]
    return median(gaps) if gaps else 0.0


# ---------------------------------------------------------------- text areas and columns


def find_frame(lines: Sequence[Line], otherwise: Frame) -> Frame:
    """The text area of a page or column, from where its lines begin and end.

    The right edge is where most lines end (they are justified), else the farthest that two lines reach.
    """
    if len(lines) < 5:
        return otherwise
    least = max(2, len(lines) // 12)
    starts, ends = sorted(m.x0 for m in lines), sorted(m.x1 for m in lines)
    left = next((x for x in starts if _count(starts, x, 2) >= least), otherwise.left)
    near = {x: _count(ends, x, 1.5) for x in ends}
    right = max(near, key=lambda x: (near[x], x))
    if near[right] * 4 < len(lines) or near[right] < 3:
        right = next((x for x in reversed(ends) if _count(ends, x, 6) >= least), otherwise.right)
    return Frame(left, right) if right - left > 40 else otherwise


def _count(ordered: Sequence[float], x: float, off: float) -> int:
    """How many of the ordered places are at most `off` from x."""
    return bisect_right(ordered, x + off) - bisect_left(ordered, x - off)


def may_have_columns(lines: Sequence[Line], frame: Frame) -> bool:
    """Whether rows leave gaps, or are half as wide as the page, often enough for two columns."""
    narrow = sum(m.x1 - m.x0 < 0.55 * (frame.right - frame.left) for m in lines)
    return sum(m.parted for m in lines) >= 4 or (narrow >= 2 * _COLUMN_ROWS and narrow * 2 > len(lines))


def put_in_columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The parts of a page's rows as columns in reading order: a band over the whole width, then left, then right, …

    Nothing where the page has one column.
    """
    gutter = _find_gutter(lines)
    if gutter is None:
        return []
    bands: list[list[Line]] = []
    left: list[Line] = []
    right: list[Line] = []

    def flush() -> None:
        bands.extend(band for band in (list(left), list(right)) if band)
        left.clear()
        right.clear()

    for line in sorted(lines, key=lambda m: (m.y, m.x0)):
        if line.x0 < gutter < line.x1:
            flush()
            bands.append([line])
        else:
            (left if line.x1 <= gutter else right).append(line)
    flush()
    return bands


def _find_gutter(lines: Sequence[Line]) -> float | None:
    """Where the blank strip between two columns lies, if there are two: rows enough on both sides, few across."""
    if len(lines) < 2 * _COLUMN_ROWS:
        return None
    x0, x1 = min(m.x0 for m in lines), max(m.x1 for m in lines)
    wide = x1 - x0
    best: tuple[int, float] | None = None
    for step in range(30, 71, 2):
        x = x0 + wide * step / 100
        across = sum(m.x0 < x < m.x1 for m in lines)
        if best is None or (across, abs(x - (x0 + x1) / 2)) < (best[0], abs(best[1] - (x0 + x1) / 2)):
            best = (across, x)
    if best is None:
        return None
    across, gutter = best
    left = [m for m in lines if m.x1 <= gutter]
    right = [m for m in lines if m.x0 >= gutter]
    if len(left) < _COLUMN_ROWS or len(right) < _COLUMN_ROWS or across * 3 > len(left) + len(right):
        return None
    # Columns are filled with text; the two ends of signature lines and lists of names are not.
    full_left = sum(m.x1 - m.x0 > 0.6 * (gutter - x0) for m in left)
    full_right = sum(m.x1 - m.x0 > 0.6 * (x1 - gutter) for m in right)
    return gutter if full_left * 2 > len(left) and full_right * 2 > len(right) else None


def in_frame(lines: Iterable[Line], frame: Frame) -> list[Line]:
    return [replace(line, frame=frame) for line in lines]
