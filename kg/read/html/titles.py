"""The title of a page's document, and which lines the page marks as headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.lexicon import rules
from kg.numerals import fold
from kg.read.html.declared import Declared, is_site
from kg.read.html.flow import Line
from kg.read.html.lines import is_numbered, name_words

_LONGEST = 120
_BEGINNING = 30  # lines of the main text in which its title is looked for
_BIG = 1.15  # times the size of running text
_HEADED = re.compile(r"第[一二三四五六七八九十百]{1,4}[章节条篇编]|[一二三四五六七八九十]{1,3}[、.]")


def plain(text: str) -> str:
    """A text for comparison: without blanks, brackets and quotation marks of all forms.

    >>> plain("关于印发〈实施方案〉 的通知") == plain("关于印发《实施方案》的通知")
    True
    """
    return re.sub(r"[\s<>《》〈〉\"“”'‘’()\[\]〔〕【】—–\-]", "", fold(text))


@lru_cache(maxsize=1)
def _never() -> re.Pattern[str]:
    return re.compile(rules("pages")["title"]["never"])


@lru_cache(maxsize=1)
def _title_names() -> frozenset[str]:
    return frozenset(rules("pages")["title"]["names"])


def running_size(lines: Sequence[Line]) -> float:
    """The size in which most of a text is set, in points."""
    counts: dict[float, int] = {}
    for line in lines:
        counts[line.size] = counts.get(line.size, 0) + len(line.text)
    return max(counts, key=lambda s: (counts[s], s), default=12.0)


def heading_level(line: Line, size: float) -> int | None:
    """The level at which a page marks a line: of its h1 to h6, or 0 (1 with a number) for what is centred and big or bold.

    `size` is that of the running text.
    """
    text = fold(line.text)
    if len(text) > _LONGEST:
        return None
    if line.heading:
        return line.heading
    stands_out = line.size >= max(_BIG * size, 15) or line.bold * 10 > len(text) * 9 and line.size >= 0.95 * size
    if not line.centred or not stands_out or len(text) < 2:
        return None
    if re.search("[。;:,]$", text) or _never().match(text):
        return None
    return 1 if _HEADED.match(text) else 0


def find_shown_title(
    lines: Sequence[Line], start: int, beside: Sequence[bool], declared: Declared
) -> tuple[list[int], bool]:
    """The lines above the main text, which begins at `start`, that show the document's title, none if they don't.

    With it, whether the page's head says so too, or they only look so.
    """
    wanted = [plain(t) for t in (declared.title, declared.window_title) if len(plain(t)) >= 4]
    best: tuple[int, list[int]] = (0, [])
    at = 0
    while at < start:
        run = [at]
        while at + 1 < start and lines[at + 1].joined:
            at += 1
            run.append(at)
        at += 1
        text = plain("".join(lines[i].text for i in run))
        if not 5 <= len(text) <= _LONGEST or is_numbered(lines[run[0]].text):
            continue
        score = _score(text, lines[run[0]], wanted)
        if score == 1 and (beside[run[0]] or is_site(lines[run[0]].text)):
            continue
        if score and score >= best[0]:
            best = (score, run)
    return best[1], best[0] > 1


def _score(text: str, line: Line, wanted: list[str]) -> int:
    """How surely a line is the title: 2 where the page's head says so, 1 where it looks so or is called so."""
    if line.linked * 2 > len(line.text):
        return 0
    called = line.heading in (1, 2) or any(
        _title_names() & name_words(f"{e.get('id')} {e.get('class')}")
        for e in (line.owner, line.owner.parent)
        if e is not None and (e.get("id") or e.get("class"))
    )
    if any(text == w or len(text) >= 8 and (text in w or w in text and len(text) < 2 * len(w)) for w in wanted):
        return 3 if called else 2
    looks = heading_level(line, 12.0) == 0
    return 1 if (called or looks) and re.search("[一-鿿]{5}", text) else 0


def holds_title(lines: Sequence[Line], title: str) -> bool:
    """Whether the beginning of the main text shows a title."""
    beginning = [line for line in lines if line.text][:_BEGINNING]
    joined = plain("".join(line.text for line in beginning if len(line.text) <= _LONGEST))
    return len(plain(title)) >= 4 and plain(title)[:40] in joined


def marks_title(lines: Sequence[Line], size: float) -> bool:
    """Whether the main text begins with a line that the page marks as a title."""
    early = [line for line in lines if line.text][:3]
    return any(heading_level(line, size) in range(4) and not is_numbered(line.text) for line in early)


def is_part_of(line: Line, titles: Sequence[str]) -> bool:
    """Whether a line is one of the titles or a part of it that begins or ends it."""
    text = plain(line.text)
    if _never().match(fold(line.text)):
        return False
    return len(text) >= 4 and any(
        text == t or len(text) >= 6 and (t.startswith(text) or t.endswith(text)) for t in map(plain, titles)
    )
