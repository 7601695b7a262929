"""Which tasks of the running text the rows of a table say again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.lexicon import rules
from kg.model import Cell, Finding, Provision, Responsibility, Span, Stated


@dataclass(frozen=True, slots=True)
class Row:
    """One row of work."""

    number: str  # as shown, "" if the table counts none
    spans: tuple[Span, ...]  # of the task's text, its own number left out
    title: Span
    group: tuple[Cell, ...]  # the merged cells beside it that name what it is part of
    duties: tuple[Responsibility, ...]  # positions from 1
    deadline: Stated[str] | None
    findings: tuple[Finding, ...]


def plain(words: str) -> str:
    """The words alone, without marks and white space.

    >>> plain("1. 推进“放管服”改革")
    '1推进放管服改革'
    """
    return re.sub(r"[\s\W_]+", "", words)


def align(text: str, rows: Sequence[Row], body: Sequence[Provision]) -> list[Provision | None]:
    """The task of the running text that each row repeats, None for those that it has not.

    A row's words are the task's heading, or nearly all of them stand in its text. Where many rows are found so, in the order of
    the text, as many rows as tasks between two of them are those tasks in shorter words, if they have a body or some words in common.
    So are all rows where there are as many as tasks and nearly all have something in common with the task at their place.
    """
    found = [_same_task(text, row, body) for row in rows]
    tasks = [provision for provision in body if provision.kind == "Task"]
    if len(tasks) == len(rows) and all(
        match is None or match.key == task.key for match, task in zip(found, tasks, strict=True)
    ):
        alike = sum(_in_common(text, row, task) for row, task in zip(rows, tasks, strict=True))
        if alike >= rules("tables")["same_task"]["in_order"] * len(rows):
            return list(tasks)
    place = {provision.key: at for at, provision in enumerate(body)}
    anchors = [(at, place[match.key]) for at, match in enumerate(found) if match is not None]
    if len(anchors) < rules("tables")["same_task"]["anchors"] * len(rows) or any(
        a[1] >= b[1] for a, b in pairwise(anchors)
    ):
        return found
    for (row, task), (next_row, next_task) in pairwise([(-1, -1), *anchors, (len(rows), len(body))]):
        between = [p for p in body[task + 1 : next_task] if p.kind == "Task"]
        if next_row - row - 1 != len(between):
            continue
        for at, provision in enumerate(between, row + 1):
            if _in_common(text, rows[at], provision):
                found[at] = provision
    return found


def _pairs(words: str) -> Counter[str]:
    return Counter(words[i : i + 2] for i in range(len(words) - 1))


def _same_task(text: str, row: Row, body: Sequence[Provision]) -> Provision | None:
    """The task of the running text that a row repeats word for word, if there is one."""
    title, said = plain(row.title.cut(text)), plain("".join(s.cut(text) for s in row.spans))
    best: tuple[float, Provision] | None = None
    for provision in body:
        heading, inside = plain(provision.title), plain(provision.text)
        if heading and heading in (title, said):
            return provision
        if len(said) >= 8 and said in inside or len(heading) >= 8 and said.startswith(heading):
            share = 1.0
        else:
            wanted = _pairs(said)
            if not wanted:
                continue
            share = (wanted & _pairs(inside)).total() / wanted.total()
        if best is None or share > best[0]:
            best = share, provision
    return best[1] if best and best[0] >= rules("tables")["same_task"]["share"] else None


def _in_common(text: str, row: Row, provision: Provision) -> bool:
    bodies = {d.full_text or d.agency_text for d in row.duties}
    if bodies & {d.full_text or d.agency_text for d in provision.responsibilities}:
        return True
    said = _pairs(plain("".join(s.cut(text) for s in row.spans)))
    return (said & _pairs(plain(provision.text))).total() >= rules("tables")["same_task"]["pairs"]
