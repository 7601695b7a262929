"""Sentences of a text: what a passage is shown in."""

from __future__ import annotations

_ENDS = "。！？；!?;\n"


def sentence_around(text: str, start: int, end: int) -> str:
    """The whole sentence, or sentences, that a passage lies in, without white space around them.

    >>> sentence_around("甲负责。各部门排在第一位的为牵头单位,下同。乙", 7, 10)
    '各部门排在第一位的为牵头单位,下同。'
    """
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    if end > start and text[end - 1] in _ENDS:
        return text[first:end].strip()
    ends = [found for mark in _ENDS if (found := text.find(mark, end)) >= 0]
    return text[first : min(ends) + 1 if ends else len(text)].strip()
