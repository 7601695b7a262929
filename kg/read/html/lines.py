"""What a line of a page is by its looks: running text, links, a button, a page's foot; and what an element is called."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon import rules
from kg.numerals import fold
from kg.read.html.flow import Line
from kg.read.html.tree import Element

_PUNCTUATION = re.compile("[，。；、：,;:]")
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百]{1,4}[章节条篇]|[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)"
    r"|\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳]"
)
_FILE = re.compile(r"附件|附表|附图|\.(?:docx?|wps|pdf|xlsx?|et|zip|rar|ofd|ceb|gd)\b", re.I)


@lru_cache(maxsize=1)
def _chrome_lines() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in rules("pages")["chrome"]["lines"]), re.I)


@lru_cache(maxsize=1)
def _foot() -> re.Pattern[str]:
    return re.compile(rules("pages")["chrome"]["foot"], re.I)


@lru_cache(maxsize=1)
def _related() -> re.Pattern[str]:
    return re.compile(rf"[\s\[【>]*(?:{rules('pages')['chrome']['related']})[\s\]】:>]*")


@lru_cache(maxsize=50_000)
def name_words(name: str) -> frozenset[str]:
    """The words of an id or class, parted at signs and at capitals; each whole name too.

    >>> sorted(name_words("pageFoot share-box"))
    ['box', 'foot', 'page', 'pagefoot', 'share', 'share-box']
    """
    words = {w.lower() for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
    return frozenset(words | {w.lower() for w in name.split()})


def is_named(element: Element, words: frozenset[str]) -> bool:
    """Whether one of the words stands in an element's id or class."""
    if not element.get("id") and not element.get("class"):
        return False
    return not words.isdisjoint(name_words(f"{element.get('id')} {element.get('class')}"))


def is_chrome_line(text: str) -> bool:
    """Whether a line is nothing but a button, a way through the site or the like.

    >>> is_chrome_line("【打印】 【关闭】"), is_chrome_line("上一篇：关于表彰的决定"), is_chrome_line("一、打印机")
    (True, True, False)
    """
    return len(text) <= 200 and bool(_chrome_lines().fullmatch(fold(text).strip()))


def is_numbered(text: str) -> bool:
    """Whether a line begins with a number as plans have them."""
    return bool(_NUMBERED.match(fold(text[:20])))


def is_links(line: Line) -> bool:
    """Whether a line is little but links to other pages; names of attached files are none."""
    return line.linked * 10 > len(line.text) * 6 and not _FILE.search(line.text)


def is_sentence(line: Line) -> bool:
    """Whether a line is running text."""
    return len(line.text) >= 30 and bool(re.search("[，。；,;]", line.text)) and not is_links(line)


def is_related(text: str) -> bool:
    """Whether a line is the heading above links to other pages."""
    return bool(_related().fullmatch(fold(text)))


def parts_text(line: Line) -> bool:
    """Whether a line ends what runs on: links, buttons, a heading above other pages."""
    if not line.text:
        return False
    return is_links(line) or is_chrome_line(line.text) or is_related(line.text)


def is_foot(line: Line) -> bool:
    """Whether a line stands in the foot of a site's pages."""
    return not is_sentence(line) and not is_numbered(line.text) and bool(_foot().search(fold(line.text)))


def weigh(line: Line) -> float:
    """How much prose a line holds: what is no link and has punctuation or a number before it counts in full."""
    text = line.text
    own = len(text) - line.linked
    if not text or is_links(line) or own < 4:
        return 0.0
    if own >= 12 and _PUNCTUATION.search(text) or is_numbered(text):
        return float(own)
    return own * 0.3
