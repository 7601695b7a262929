"""Fields of Word: their instructions are not printed, their results are.

Source: ISO/IEC 29500-1, 17.16.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.read.numbers import print_number

# Lists that are made from the text: they say again what stands elsewhere.
_MADE = {"TOC", "INDEX", "TOA", "RD", "BIBLIOGRAPHY"}
_LONGEST = 5_000  # characters of an instruction


@dataclass(slots=True)
class _Field:
    outer: _Field | None  # the field whose instruction takes what this one prints; None: the page does
    silent: bool  # what it prints is left out
    code: list[str] = field(default_factory=list)
    length: int = 0
    in_code: bool = True


class Fields:
    """The fields that are open at a place of the text; they may span paragraphs."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self.contents_began = False  # a table of contents began since this was last put back

    @property
    def is_open(self) -> bool:
        """Whether some field has not ended."""
        return bool(self._open)

    @property
    def silent(self) -> bool:
        """Whether what is printed here is left out: it is of a table of contents or of an instruction."""
        return bool(self._open) and (self._open[-1].silent or self._open[-1].in_code)

    def begin(self, code: str | None = None) -> None:
        """A field begins; one with its code given is at its result at once."""
        top = self._open[-1] if self._open else None
        outer = top if top is not None and top.in_code else top.outer if top is not None else None
        self._open.append(_Field(outer, top is not None and top.silent))
        if code is not None:
            self.instruct(code)
            self.separate()

    def instruct(self, text: str) -> None:
        """A piece of the open field's instruction."""
        if self._open and self._open[-1].in_code:
            _take(self._open[-1], text)

    def separate(self) -> None:
        """The instruction ends, the result begins."""
        if self._open and self._open[-1].in_code:
            top = self._open[-1]
            top.in_code = False
            words = "".join(top.code).split(None, 1)
            if words and words[0].upper() in _MADE:
                self.contents_began = self.contents_began or not top.silent
                top.silent = True

    def end(self) -> str:
        """The field ends; gives what is printed for one that never had a result."""
        if not self._open:
            return ""
        top = self._open.pop()
        return print_equation("".join(top.code)) if top.in_code else ""

    def printed(self, text: str) -> str:
        """What of a text at this place is printed on the page."""
        if not self._open:
            return text
        top = self._open[-1]
        if top.in_code:
            return ""  # text without an instruction's mark inside an instruction
        if top.outer is not None:
            _take(top.outer, text)
            return ""
        return "" if top.silent else text


def _take(taker: _Field, text: str) -> None:
    if taker.length < _LONGEST:
        taker.code.append(text)
        taker.length += len(text)


def print_equation(code: str) -> str:
    r"""What an EQ field prints, as far as Chinese documents use it: characters in circles, text with pinyin above.

    >>> print_equation(r"eq \o\ac(○,1)"), print_equation(r"EQ \o(\s\up 9(shēn),深)"), print_equation("PAGE")
    ('①', '深', '')
    """
    match = re.match(r"\s*eq\s", code, re.IGNORECASE)
    if not match:
        return ""
    last = re.search(r"[,;]([^,;()\\]*)\)\s*$", code)
    text = last[1].strip() if last else ""
    circled = "○" in code or "◯" in code
    if circled and text.isascii() and text.isdigit() and len(text) < 3:
        return print_number(int(text), "decimalEnclosedCircle")
    return text
