"""How a plan is put together: the order of its numbers, titles used twice, headings without content, annexes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from rdflib import DCTERMS, Literal

from kg.item_numbers import match_bare_number, match_number
from kg.numerals import fold
from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.validate.namespaces import OA, PLAN

_CLASSES = (PLAN.Task, PLAN.Action, PLAN.SafeguardMeasure, PLAN.Section)
# The list under the text (GB/T 9704-2012, 7.3.4): 附件 and a colon, then names, several of them numbered.
_LISTED = re.compile(r"^附件[::]\s*(?P<first>\S.*)$", re.MULTILINE)
# A reference in the text, and a line that any annex or list of annexes begins with.
_REFERRED = re.compile(r"(?:见|参见|参照|对照|按|按照|依照|根据)附件(?P<number>\d{1,2}|[一二三四五六七八九十]{0,2})")
_ANY_ANNEX = re.compile(r"^附(?:件|表|录)?\s*(?:[\d一二三四五六七八九十]|[::]|$)", re.MULTILINE)
_NEXT = re.compile(r"\s*\n\s*(?P<number>\d{1,2})[.、.]\s*(?P<name>\S.*)")
_NUMBER = re.compile(r"^(?:\d{1,2}[.、.]|[((]\d{1,2}[))])\s*")
_LEFT_OUT = re.compile(r"[((](?:略|此略|另发|不发|不公开|从略)[))]")
_HEADING = re.compile(r"^\s*附(?:件|表|录)\s*[0-9一二三四五六七八九十]{0,3}\s*[::]?\s*$", re.MULTILINE)


def _start(data: Data, node: Any) -> int:
    starts = [data.value(passage, OA.start) for passage in data.objects(node, PLAN.evidence)]
    values = [start.value for start in starts if isinstance(start, Literal) and isinstance(start.value, int)]
    return min(values, default=-1)


@check("number-order")
def check_number_order(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Provisions whose printed number is lower than that of one that stands before it, under one heading, in one style.

    A row that begins again at one is a new row, and a number used twice is another rule's.
    """
    rows: dict[tuple[Any, str], list[tuple[int, str, Any]]] = defaultdict(list)
    for node in focus:
        key, start = str(data.value(node, PLAN.key) or ""), _start(data, node)
        if start >= 0:
            rows[data.value(node, PLAN.inPlan), key.rpartition("-")[0]].append((start, str(node), node))
    for row in rows.values():
        highest: dict[str, tuple[int, Any]] = {}
        for _, _, node in sorted(row, key=lambda entry: entry[:2]):
            style, number = _read(str(data.value(node, PLAN.number) or ""))
            value, before = highest.get(style, (0, None))
            if value > number > 1:
                yield node, PLAN.number, before
            elif number != value:
                highest[style] = number, node


@lru_cache(maxsize=4096)
def _read(number: str) -> tuple[str, int]:
    """Style and value of a printed number; ("", 0) where it is none.

    >>> _read("(十二)"), _read("3."), _read("")
    (('han-bracket', 12), ('arabic-dot', 3), ('', 0))
    """
    text = fold(number)
    found = (match_bare_number(text) or match_number(text + "总")) if text else None
    return (found.style, found.value) if found else ("", 0)


@check("title-repeated")
def check_titles(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Items of one class and plan with one title, under different numbers: each after the first, with the first.

    Rows of a table of indicators, and titles of fewer than six characters (组织领导), are no titles of items.
    """
    rows: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for node in focus:
        kinds = data.types(node)
        kind = next((kind for kind in _CLASSES if kind in kinds), None)
        title = fold(str(data.value(node, DCTERMS.title) or "")).strip("。 ")
        if len(title) >= 6:
            rows[data.value(node, PLAN.inPlan), kind, title].append(node)
    for row in rows.values():
        first, *others = sorted(row, key=lambda node: (_start(data, node), str(node)))
        for other in others:
            yield other, DCTERMS.title, first


@check("heading-without-content")
def check_headings(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Tasks and measures whose whole text is their title, and that name nobody: nothing is asked of anybody."""
    for node in focus:
        text = fold(str(data.value(node, PLAN.text) or "")).strip("。 \n")
        titles = {fold(str(title)).strip("。 \n") for title in data.objects(node, DCTERMS.title)}
        if text and text in titles and not data.has(node, PLAN.responsibility):
            yield node, PLAN.text, None


@check("annex-missing")
def check_annexes(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Annexes that the list under the text names, or the text itself where no line speaks of any, and that are not there.

    An annex is there where a line has its name once more, or a heading 附件 stands for each that is named.

    >>> missing_annexes("附件：1.重点任务分工\\n      2.名单(略)\\n\\n重点任务分工\\n一、总体要求")
    ['名单']
    >>> missing_annexes("一、经费保障\\n各街道要加大投入，详见附件1。")
    ['附件1']
    """
    for plan in focus:
        for source in data.objects(plan, PLAN.sourceFile):
            for name in missing_annexes(data.source_text(source) or ""):
                yield plan, None, Literal(name, lang="zh")


def missing_annexes(text: str) -> list[str]:
    """The names of the annexes that a text lists and does not hold, in order."""
    text = "\n".join(line.strip() for line in fold(text).splitlines())
    missing = []
    for listed in _LISTED.finditer(text):
        names, at = [listed["first"]], listed.end()
        while match := _NEXT.match(text, at):
            if int(match["number"]) != len(names) + 1:
                break
            names.append(match["name"])
            at = match.end()
        headings = len(_HEADING.findall(text))
        for name in names:
            bare = _LEFT_OUT.sub("", _NUMBER.sub("", name)).strip("。 ")
            again = any(
                line == bare or line == f"《{bare}》" for line in (text[: listed.start()] + text[at:]).splitlines()
            )
            if bare and not again and headings < len(names):
                missing.append(bare)
    if not _ANY_ANNEX.search(text):
        missing += dict.fromkeys(f"附件{found['number']}" for found in _REFERRED.finditer(text))
    return missing
