"""What a page's head says of its document in labels and values: cells, list items, definitions, or one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import rules
from kg.numerals import fold
from kg.read.html.flow import Line

_LONGEST_VALUE = 200
_BRACKETS = "[]【】〔〕"


@dataclass(frozen=True, slots=True)
class Field:
    """A label with its value, and the line that it begins in."""

    label: str  # without blanks and colon
    value: str
    line: int

    def __str__(self) -> str:
        return f"{self.label}：{self.value}"

    @property
    def name(self) -> str:
        """Which fact it tells, as data/rules/frame.toml names it; "" where the label is unknown.

        >>> Field("发文字号", "某政发〔2021〕7号", 0).name
        'document_number'
        """
        return _labels().names.get(self.label, "")

    @property
    def of_page(self) -> bool:
        """Whether it tells of the page, not of the document: how often it was read, in which size it is set."""
        return self.label in _labels().of_page

    @property
    def of_site(self) -> bool:
        """Whether it tells of the site, where it stands beside the text."""
        return self.label in _labels().of_site


@dataclass(frozen=True, slots=True)
class _Labels:
    pattern: re.Pattern[str]  # a label and its colon
    names: dict[str, str]  # label → name of the field in frame.toml
    of_page: frozenset[str]
    of_site: frozenset[str]


@lru_cache(maxsize=1)
def _labels() -> _Labels:
    names = {label: entry["name"] for entry in rules("frame")["field"] for label in entry["labels"]}
    pages = rules("pages")["fields"]
    names |= {label: names.get(label, "other") for label in pages["more"]}
    spaced = [r"\s*".join(label) for label in sorted(names, key=lambda n: (-len(n), n))]
    pattern = re.compile(rf"[\[【]?\s*(?P<label>{'|'.join(spaced)})\s*[\]】]?\s*:")
    return _Labels(pattern, names, frozenset(pages["page"]), frozenset(pages["site"]))


def bare_label(text: str) -> str:
    """The label that a whole line or cell is; "" where it is none.

    >>> bare_label("索 引 号："), bare_label("[发布机构]"), bare_label("发文机关：国务院")
    ('索引号', '发布机构', '')
    """
    label = re.sub(rf"[\s{re.escape(_BRACKETS)}]", "", fold(text)).rstrip(":")
    return label if label in _labels().names else ""


def split_fields(text: str) -> list[tuple[str, str]]:
    """The labels of one line with their values; what stands before the first label is left out.

    >>> split_fields("发布日期：2021-11-29 16:27 访问次数：  来源：区科协")
    [('发布日期', '2021-11-29 16:27'), ('访问次数', ''), ('来源', '区科协')]
    """
    folded = fold(text)
    marks = list(_labels().pattern.finditer(folded))
    found = []
    for i, mark in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else len(text)
        value = text[mark.end() : stop].strip(" \t\u3000|｜;；•·")
        found.append((re.sub(r"\s+", "", mark["label"]), value))
    return found


def starts_with_label(text: str) -> bool:
    """Whether a line begins with the label of a field and a colon."""
    return bool(_labels().pattern.match(fold(text)))


def find_fields(lines: Sequence[Line], start: int, end: int) -> tuple[list[Field], set[int]]:
    """The fields of an interval of lines, those without a value too, and the lines that they stand in.

    A label that is a line of its own has its value in the next line, or none where the next cell is empty.
    """
    found: list[Field] = []
    taken: set[int] = set()
    at = start
    while at < end:
        line = lines[at]
        if 2 * line.linked > len(line.text):  # menus use the same words
            at += 1
            continue
        label = bare_label(line.text) if line.text else ""
        if label and (_ends_with_colon(line.text) or line.owner.cell or line.text[0] in _BRACKETS):
            value, after = _value_below(lines, at, end)
            if value or _ends_with_colon(line.text) or line.owner.cell:
                taken.update(range(at, after))
                found.append(Field(label, value, at))
                at = after
                continue
        elif line.text and len(line.text) <= 4 * _LONGEST_VALUE and starts_with_label(line.text):
            pairs = split_fields(line.text)
            taken.add(at)
            if pairs and not pairs[-1][1]:
                value, after = _value_below(lines, at, end)
                pairs[-1] = (pairs[-1][0], value)
                taken.update(range(at, after))
            else:
                after = at + 1
            found += [Field(label, value, at) for label, value in pairs]
            at = after
            continue
        at += 1
    return found, taken


def find_table_fields(lines: Sequence[Line], rows: list[list[tuple[int, int]]]) -> list[Field]:
    """The fields of a table of labels and values, given its cells as intervals of lines; none where it is another table.

    Labels that are not known count where known ones stand beside them.
    """
    found: list[Field] = []
    known = unknown = 0
    for row in rows:
        pending: tuple[str, int] | None = None
        for first, last in row:
            words = " ".join(line.text for line in lines[first:last] if line.text)
            pairs = split_fields(words) if starts_with_label(words) else []
            if pending and not bare_label(words) and not pairs:
                if words and len(words) <= _LONGEST_VALUE:
                    found.append(Field(pending[0], words, pending[1]))
                pending = None
            elif bare_label(words) and not any(2 * line.linked > len(line.text) for line in lines[first:last]):
                pending = (bare_label(words), first)
                known += 1
            elif pairs:
                known += len(pairs)
                found += [Field(label, value, first) for label, value in pairs if value]
                pending = (pairs[-1][0], first) if not pairs[-1][1] else None
            elif words and len(words) <= 12:
                pending = (re.sub(r"[\s:：\[\]【】]", "", words), first)
                unknown += 1
            elif words:
                return []
    if known < 2 or known <= unknown:
        return []
    return found


def _ends_with_colon(text: str) -> bool:
    return text.endswith((":", "："))


def _value_below(lines: Sequence[Line], at: int, end: int) -> tuple[str, int]:
    """The value of a label that ends a line, and the line after it."""
    below = at + 1
    if below >= end:
        return "", below
    line = lines[below]
    frame = lines[at].owner.parent
    if line.owner is not lines[at].owner and all(e is not frame for e in line.owner.ancestors()):
        return "", below
    if not line.text:
        return "", below + 1
    if bare_label(line.text) or starts_with_label(line.text) or len(line.text) > _LONGEST_VALUE or "。" in line.text:
        return "", below
    words = [line.text]
    cell = line.owner.cell
    below += 1
    while cell and cell is not lines[at].owner.cell and below < end and lines[below].owner.cell is cell:
        words.append(lines[below].text)
        below += 1
    return " ".join(w for w in words if w), below
