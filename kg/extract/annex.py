"""Work that an annex lists in numbered lines: the body's own tasks with their bodies, or tasks that the body only announces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.provisions import counted
from kg.extract.tables.matching import Row, align
from kg.model import Finding, Provision, Span

_MOST = 0.5  # share of the list's items that are found among the body's tasks, for both to be one set of tasks


def join_annex(
    text: str, body: tuple[Provision, ...], listed: tuple[Provision, ...]
) -> tuple[tuple[Provision, ...], dict[str, str]]:
    """The provisions of the body and those that an annex lists, each task once; and by its key what each listed one became.

    Where most items of the list are tasks of the body again, they give these their bodies and deadlines, and the others are left
    out. Else the list is the work, and a chapter of the body without items announces it.
    """
    items = [p for p in listed if p.kind == "Task"]
    if not items:
        return body, {}
    tasks = [p for p in body if p.kind == "Task" and (p.action or p.section)]
    rows = [_row(p) for p in items]
    found = align(text, rows, tasks) if tasks else []
    matched = {match.key: item for match, item in zip(found, items, strict=bool(tasks)) if match is not None}
    if tasks and len(matched) >= _MOST * len(items):
        joined = tuple(_with(p, matched[p.key]) if p.key in matched else p for p in body)
        return joined, {item.key: key for key, item in matched.items()}
    if tasks:
        return body, {}
    announced = (replace(p, kind="Section") if p.kind == "Task" else p for p in body)
    return counted((*announced, *listed)), {p.key: p.key for p in listed}


def about_joined(
    findings: Iterable[Finding], listed: tuple[Provision, ...], became: dict[str, str]
) -> Iterator[Finding]:
    """The findings, those about listed provisions with the keys of what these became; of those left out there is none."""
    keys = {p.key for p in listed}
    for finding in findings:
        key, slash, rest = finding.about.partition("/")
        if key not in keys:
            yield finding
        elif key in became:
            yield replace(finding, about=became[key] + slash + rest)


def _row(provision: Provision) -> Row:
    start = provision.spans[0].start
    return Row(
        provision.number,
        provision.spans,
        Span(start, start + len(provision.title)),
        (),
        provision.responsibilities,
        provision.deadline,
        (),
    )


def _with(provision: Provision, listed: Provision) -> Provision:
    return replace(provision, responsibilities=listed.responsibilities, deadline=provision.deadline or listed.deadline)
