"""Where on a page its main text stands.

The surest sign is the element that the content system names so; without it, the smallest element that holds nearly
all prose of the page, and what follows on without a menu, a foot or links between. Prose is what is no link and
has punctuation or a number before it. When in doubt more is taken: a line of a page's foot does less harm than a lost
paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from kg.lexicon import rules
from kg.read.html.flow import Flow, Line
from kg.read.html.lines import (
    is_chrome_line,
    is_foot,
    is_links,
    is_named,
    is_numbered,
    is_related,
    is_sentence,
    parts_text,
    weigh,
)
from kg.read.html.tree import Element

_NEARLY_ALL = 0.85
_TRUSTED = 0.5  # of the page's prose: less in a named element, and it is not the article
_ARTICLE = 50  # characters of prose: less is no article of its own
_CHROME = 300  # characters of prose: more, and an element is no menu, whatever it is called
_WEAK = 60  # the same, where the name is used for parts of articles too
_FEW = 8  # lines
_FOOT = 800  # characters: what is longer is no page's foot
_DAY = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")


@dataclass(frozen=True, slots=True)
class Region:
    """An interval of a page's lines."""

    start: int
    end: int


@lru_cache(maxsize=1)
def _chrome_names() -> dict[str, frozenset[str]]:
    words = rules("pages")["chrome"]
    return {name: frozenset(words[name]) for name in ("beside", "weak", "within", "tags", "tags_within")}


class Prose:
    """How much prose each line and each element of a page holds, and which lines stand beside the text."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.elements = [e for e in flow.root.walk() if e.last > e.first]
        raw = [weigh(line) for line in flow.lines]
        self._sums = [0.0, *accumulate(raw)]
        self.beside = [parts_text(line) for line in flow.lines]
        self._mark_chrome()
        self.weights = [0.0 if b else w for w, b in zip(raw, self.beside, strict=True)]
        self._sums = [0.0, *accumulate(self.weights)]

    def of(self, first: int, last: int) -> float:
        """The prose of an interval of lines."""
        return self._sums[last] - self._sums[first]

    @property
    def whole(self) -> float:
        return self._sums[-1]

    def _mark_chrome(self) -> None:
        chrome = _chrome_names()
        lines = self.flow.lines
        sizes = [0, *accumulate(len(line.text) for line in lines)]
        foots = [0, *accumulate(is_foot(line) for line in lines)]
        most = min(max(_CHROME, 0.2 * self.whole), 0.5 * self.whole)
        self.dropped = [False] * len(lines)
        done = 0
        for element in self.elements:
            first, last = element.first, element.last
            if last <= done or (own := self.of(first, last)) >= most:
                continue
            named = element.tag in chrome["tags"] or is_named(element, chrome["beside"])
            foot = foots[last] > foots[first] and sizes[last] - sizes[first] <= _FOOT
            if foot or named or own < _WEAK and is_named(element, chrome["weak"]) or is_related(lines[first].text):
                self.beside[first:last] = [True] * (last - first)
                if foot or element.tag in chrome["tags_within"] or is_named(element, chrome["within"]):
                    self.dropped[first:last] = [True] * (last - first)
                done = last


# ---------------------------------------------------------------- choice


def find_region(prose: Prose) -> Region:
    """Where the main text stands; the whole page where nothing stands out."""
    lines = prose.flow.lines
    if not prose.whole:
        return Region(0, len(lines))
    return _find_named(prose) or _find_densest(prose)


def _find_named(prose: Prose) -> Region | None:
    """The element that the content system names as the article's text; several of them in a row are one."""
    content = rules("pages")["content"]
    ids, classes = _names(tuple(content["ids"])), _names(tuple(content["classes"]))
    named = [
        e
        for e in prose.elements
        if ids.fullmatch(e.get("id")) or any(classes.fullmatch(c) for c in e.get("class").split())
    ]
    named = [e for e in named if prose.of(e.first, e.last)]
    if not named:
        return None
    most = max(prose.of(e.first, e.last) for e in named)
    best = [e for e in named if prose.of(e.first, e.last) >= 0.95 * most][-1]
    start, end = best.first, best.last
    for element in named:  # the notice and the plan in two such elements one below the other
        if element.parent is best.parent and not _is_article(element, prose):
            start, end = min(start, element.first), max(end, element.last)
    if prose.of(start, end) < _TRUSTED * prose.whole:
        return None
    outside = [i for i in (*range(start), *range(end, len(prose.weights))) if prose.weights[i] >= 12]
    if sum(is_numbered(prose.flow.lines[i].text) for i in outside) > 1:
        return None
    return Region(start, end)


@lru_cache(maxsize=4)
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(n).replace(r"\*", r"[\w-]*") for n in names), re.I)


def _is_article(element: Element, prose: Prose) -> bool:
    """Whether an element is an article of its own: an `article`, or with a date, and with a title and some prose."""
    if prose.of(element.first, element.last) < _ARTICLE:
        return False
    titles = frozenset(rules("pages")["title"]["names"])
    headings = [
        e
        for e in element.walk()
        if e is not element and e.last > e.first and (e.tag in ("h1", "h2", "h3") or is_named(e, titles))
    ]
    lines = prose.flow.lines[element.first : element.last]
    # Chapters of one document are set in boxes too: with a number before their heading, and without a date.
    if not headings or is_numbered(prose.flow.lines[headings[0].first].text):
        return False
    return element.tag == "article" or any(len(line.text) <= 40 and _DAY.search(line.text) for line in lines[:4])


def _find_densest(prose: Prose) -> Region:
    enough = _NEARLY_ALL * prose.whole
    best = prose.flow.root
    for element in prose.elements:  # outer ones come first: the last that holds enough is the innermost
        if prose.of(element.first, element.last) >= enough and element.last - element.first <= best.last - best.first:
            best = element
    article = _largest_article(best, prose)
    if article:
        return Region(article.first, article.last)
    return _grow(best, prose)


def _largest_article(element: Element, prose: Prose) -> Element | None:
    """The largest of several articles side by side; None where an element holds but one."""
    groups: dict[tuple[str, str], list[Element]] = {}
    for child in (c for c in element.children if isinstance(c, Element)):
        groups.setdefault((child.tag, child.get("class")), []).append(child)
    for group in groups.values():
        articles = [e for e in group if _is_article(e, prose)] if len(group) > 1 else []
        if len(articles) > 1 and articles[0].tag not in ("p", "tr", "table", "li"):
            return max(articles, key=lambda e: (prose.of(e.first, e.last), -e.first))
    return None


def _grow(best: Element, prose: Prose) -> Region:
    """The interval of an element with what follows on around it: prose wherever it stands, short lines in the same frame."""
    start, end = best.first, best.last
    lines, beside, weights = prose.flow.lines, prose.beside, prose.weights
    # Prose that nothing parts from the text.
    at = start
    while at > 0 and not beside[at - 1]:
        at -= 1
        if weights[at] >= 12 or is_numbered(lines[at].text):
            start = at
    at = end
    while at < len(lines) and not beside[at]:
        if weights[at] >= 12 or is_numbered(lines[at].text):
            end = at + 1
        at += 1
    # Short lines (title, signature, date) in the element around it or the next, and a few beyond.
    frame = best
    for _ in range(2 if best.last - best.first > 1 else 3):
        frame = frame.parent or frame
    low, high = min(frame.first, start - _FEW), max(frame.last, end + _FEW)
    while start > max(low, 0) and not beside[start - 1]:
        start -= 1
    while end < min(high, len(lines)) and not beside[end]:
        end += 1
    return Region(start, end)


def drop_surroundings(prose: Prose, region: Region) -> list[int]:
    """The lines of the region that are text: without buttons, shares, the way through the site, lists of other pages.

    Between its first and its last sentence nothing is taken for a button.
    """
    lines = prose.flow.lines
    inside = [i for i in range(region.start, region.end) if not prose.dropped[i] or is_numbered(lines[i].text)]
    text = [n for n, i in enumerate(inside) if _is_text(lines[i])]
    first, last = (text[0], text[-1]) if text else (len(inside), len(inside))
    end = _find_others(lines, inside, last)
    kept = [
        i
        for n, i in enumerate(inside[:end])
        if first <= n <= last or not is_chrome_line(lines[i].text) and (n > last or not is_links(lines[i]))
    ]
    return _drop_copy(lines, [i for i in kept if lines[i].text])


def _drop_copy(lines: list[Line], kept: list[int]) -> list[int]:
    """The lines without the second of two equal texts: sites set one for wide screens and one for telephones."""
    sentences = [n for n, i in enumerate(kept) if is_sentence(lines[i])]
    half = len(sentences) // 2
    texts = [lines[kept[n]].text for n in sentences]
    if half < 3 or len(sentences) % 2 or texts[:half] != texts[half:]:
        return kept
    first, second = sentences[0], sentences[half]
    while first and second - 1 > sentences[half - 1] and lines[kept[first - 1]].text == lines[kept[second - 1]].text:
        first, second = first - 1, second - 1
    count = 0
    while second + count < len(kept) and first + count < second:
        if lines[kept[first + count]].text != lines[kept[second + count]].text:
            break
        count += 1
    return kept[:second] + kept[second + count :]


def _is_text(line: Line) -> bool:
    return is_numbered(line.text) or is_sentence(line) and not is_chrome_line(line.text)


def _find_others(lines: list[Line], inside: list[int], last: int) -> int:
    """Where, behind the last sentence, the links to other pages begin, with the heading above them."""
    end = len(inside)
    for n in range(len(inside) - 1, last, -1):
        line = lines[inside[n]]
        if not line.text:
            continue
        if is_related(line.text):
            end = n
        elif not is_links(line) and not is_chrome_line(line.text):
            break
    return end
