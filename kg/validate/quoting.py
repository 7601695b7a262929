"""Words of a plan in their sentence, with the line and column where they stand."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Any

from rdflib import Literal, URIRef

from kg.validate.data import Data
from kg.validate.namespaces import OA, PLAN, PROV
from kg.validate.report import Passage

LONGEST_WORDS = 160  # characters; a whole task can be a page
LONGEST_CONTEXT = 80  # on either side
_ENDS = frozenset("。！？!?；;\n")
_CLOSES = frozenset("”’」』）)】》")
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_BREAK = re.compile(rf"(?<={_CJK})\s*\n\s*(?={_CJK})")

__all__ = ["Quoter", "flat"]


def flat(text: str) -> str:
    """A text on one line: no space where Chinese goes on, one elsewhere.

    >>> flat("各成员\\n单位  2025 年")
    '各成员单位 2025 年'
    """
    return " ".join(_BREAK.sub("", text).split())


class Quoter:
    """Quotes from the source texts of one data graph; keeps where their lines begin."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self._lines: dict[str, list[int]] = {}
        self._texts: dict[str, str] = {}

    def quote(self, passage: Any) -> Passage:
        """A passage in its sentence; without one where the graph carries no text, or the text reads otherwise."""
        exact = min((str(text) for text in self.data.objects(passage, OA.exact)), default="")
        return self._quote(passage, exact, 0, len(exact))

    def quote_words(self, words: str, passages: list[Any]) -> Passage:
        """Words that stand in one of some passages, in their sentence; alone where they stand in none."""
        for passage in passages:
            exact = min((str(text) for text in self.data.objects(passage, OA.exact)), default="")
            found = _find(words, exact)
            if found:
                return self._quote(passage, exact, *found)
        return Passage("", _short(flat(words), LONGEST_WORDS), "")

    def _quote(self, passage: Any, exact: str, first: int, last: int) -> Passage:
        data, words = self.data, exact[first:last]
        source, begin = data.value(passage, PROV.wasQuotedFrom), data.value(passage, OA.start)
        text = self._text(source)
        at = begin.value if isinstance(begin, Literal) and isinstance(begin.value, int) else -1
        start, end = at + first, at + last
        if at < 0 or text[start:end] != words:
            return Passage("", _short(flat(words), LONGEST_WORDS), "")
        before, after = _around(text, start, end)
        line, column = self._place(str(source), start)
        end_line, end_column = self._place(str(source), end)
        return Passage(
            before=_tail(flat(before), LONGEST_CONTEXT),
            words=_short(flat(words), LONGEST_WORDS),
            after=_short(flat(after), LONGEST_CONTEXT),
            file=_one(data, source, PLAN.fileName),
            media_type=_one(data, source, PLAN.mediaType),
            start=start,
            end=end,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
        )

    def _text(self, source: Any) -> str:
        """The text of a file, kept: a store is asked for it once."""
        key = str(source)
        if key not in self._texts:
            self._texts[key] = "" if source is None else self.data.source_text(source) or ""
        return self._texts[key]

    def _place(self, source: str, at: int) -> tuple[int, int]:
        """Line and column, from 1."""
        if source not in self._lines:
            self._lines[source] = [
                0,
                *(match.end() for match in re.finditer("\n", self._text(URIRef(source)))),
            ]
        starts = self._lines[source]
        line = bisect_right(starts, at)
        return line, at - starts[line - 1] + 1


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind within the sentence; before a statement on its own the sentence that it closes."""
    left = _sentence_start(text, start)
    if not text[left:start].strip() and end - start < LONGEST_CONTEXT:
        left = _sentence_start(text, left - 1) if left > 0 and text[left - 1] != "\n" else left
    right = end
    if right and text[right - 1] not in _ENDS:
        while right < len(text) and text[right] not in _ENDS and right - end <= 4 * LONGEST_CONTEXT:
            right += 1
        while right < len(text) and (text[right] in _ENDS or text[right] in _CLOSES) and text[right] != "\n":
            right += 1
    return text[left:start], text[end:right]


def _sentence_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1] not in _ENDS:
        at -= 1
    while at < len(text) and text[at] in _CLOSES:
        at += 1
    return at


def _find(words: str, exact: str) -> tuple[int, int] | None:
    """Where words stand in a passage, whatever the width of characters and the white space."""
    at = exact.find(words)
    if at >= 0:
        return at, at + len(words)
    places = [(n, c) for n, char in enumerate(exact) for c in unicodedata.normalize("NFKC", char) if not c.isspace()]
    wanted = "".join(c for c in unicodedata.normalize("NFKC", words) if not c.isspace())
    at = "".join(c for _, c in places).find(wanted) if wanted else -1
    return (places[at][0], places[at + len(wanted) - 1][0] + 1) if at >= 0 else None


def _one(data: Any, node: Any, predicate: URIRef) -> str:
    return min((str(value) for value in data.objects(node, predicate)), default="")


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _tail(text: str, length: int) -> str:
    return text if len(text) <= length else "…" + text[1 - length :]
