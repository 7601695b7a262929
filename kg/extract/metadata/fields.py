"""The labelled fields of a page's head: 索引号, 发文机关, 成文日期."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from kg.lexicon import rules
from kg.model import Span

# What the value of a field looks like where it stands in a line of its own, or behind a blank instead of a colon.
_VALUE = {
    "index_number": r"^[\w/\-.]*\d[\w/\-.]{3,}",
    "document_number": r"\d+\s*号",
    "issuing_body": r"[府局厅部委会室院处]$",
    "publishing_body": r"[府局厅部委会室院处]$",
    "issued": r"^\d{4}",
    "published": r"^\d{4}",
    "subject": r"^[一-鿿、/\\>]+$",
    "status": r"^[一-鿿]{2,4}$",
    "source": r"[府局厅部委会室院处]$",
    "heading": r"$^",
    "other": r"$^",
}
# A label that the list does not know, behind a blank: 索引号:A1  公开目录:市政府文件.
_OTHER_LABEL = re.compile(r"\s{2,}(?=[一-鿿]{2,8}\s*:)")
_BARE = ("index_number", "document_number", "issuing_body", "publishing_body", "issued", "published")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str], dict[str, re.Pattern[str]]]:
    name_of, spaced, bare = {}, [], []
    for entry in rules("frame")["field"]:
        for label in entry["labels"]:
            name_of[label] = entry["name"]
            pattern = r"\s*".join(map(re.escape, label))
            spaced.append(pattern)
            if entry["name"] in _BARE and len(label) > 2:
                bare.append(pattern)
    spaced.sort(key=lambda p: -len(p))
    bare.sort(key=lambda p: -len(p))
    return (
        re.compile(r"(?P<label>" + "|".join(spaced) + r")\s*[】\]]?\s*[::]"),
        re.compile(r"(?:^|[\s|])(?P<label>" + "|".join(bare) + r")(?=[\s|]+(?P<value>[^\s|]+(?:\s\d*\s?号)?))"),
        name_of,
        {name: re.compile(pattern) for name, pattern in _VALUE.items()},
    )


def read_fields(text: str, spans: tuple[Span, ...]) -> dict[str, tuple[str, Span]]:
    """The labelled fields of a page's head: name → (value, place); the first value of a name counts.

    >>> text = "索 引 号: A1/2018-1 主题分类: 政务公开"
    >>> {k: v for k, (v, _) in read_fields(text, (Span(0, len(text)),)).items()}
    {'index_number': 'A1/2018-1', 'subject': '政务公开'}
    """
    labelled, bare, name_of, looks = _patterns()
    found: dict[str, tuple[str, Span]] = {}
    following = dict(itertools.pairwise(spans))
    for span in spans:
        line = span.cut(text)
        marks = [(m.start(), m.end(), m["label"]) for m in labelled.finditer(text, span.start, span.end)]
        if not marks and len(line) <= 200:
            for m in bare.finditer(line):
                name = name_of["".join(m["label"].split())]
                if name not in found and looks[name].search(m["value"]):
                    found[name] = (m["value"], Span(span.start + m.start("value"), span.start + m.end("value")))
        if not marks and (label := "".join(line.split())) in name_of and name_of[label] in _BARE:
            marks = [(span.start, span.end, label)]  # a cell of its own, without a colon
        for i, (_, end, label) in enumerate(marks):
            stop = marks[i + 1][0] if i + 1 < len(marks) else span.end
            raw = _OTHER_LABEL.split(text[end:stop])[0]
            value = raw.strip().strip("|").strip(" •·【[")
            name = name_of["".join(label.split())]
            if not value and i + 1 == len(marks):  # a table's cells come as lines: the value stands in the next one
                below = following.get(span)
                cell = below.cut(text).strip() if below else ""
                if below and 2 <= len(cell) <= 60 and not labelled.search(cell) and looks[name].search(cell):
                    found.setdefault(name, (cell, below))
                continue
            if value and name not in found:
                start = end + raw.index(value)
                found[name] = (value, Span(start, start + len(value)))
    return found
