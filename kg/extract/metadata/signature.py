"""Who signed, and when: the bodies above a date, with or without a seal of another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kg.agency_names import is_agency_name, is_collective, split_names
from kg.extract.dates import find_date, find_month, repair_date
from kg.lexicon import rules
from kg.model import Span, Stated

_LONGEST = 400  # characters of a line that names all who sign
_MOST = 30  # lines


@dataclass(frozen=True, slots=True)
class Signature:
    """A date with the bodies that stand above it."""

    issuers: tuple[Stated[str], ...]
    issued: Stated[date]
    sealed: bool
    sealed_by: Stated[str] | None
    repaired: str | None  # the date as it stands, where it was damaged


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = rules("metadata")["signature"]
    return (
        re.compile(table["sealed"]),
        re.compile(table["sealed_by"]),
        re.compile(table["body"]),
        re.compile(table["no_body"]),
    )


def find_signature(text: str, block: tuple[Span, ...]) -> Signature | None:
    """The first signature among lines: bodies, then a date, in lines of their own or in one."""
    lines = [(span, span.cut(text)) for span in block]
    for i, (span, line) in enumerate(lines):
        if len(line) > _LONGEST:
            continue
        when, repaired = _date_of(line)
        bodies: list[Stated[str]] = []
        if when is None:
            same = _in_one_line(span, line)
            if same is None:
                continue
            when, bodies = same
        elif i == 0:
            continue
        sealed, sealed_by = False, None
        j = i - 1
        while j >= 0 and i - j <= _MOST:
            place, above = lines[j]
            seal = _table()[1].fullmatch(above.strip())
            if seal:
                sealed = True
                at = place.start + above.index(seal["body"])
                sealed_by = Stated(seal["body"], (Span(at, at + len(seal["body"])),), "signature")
                j -= 1
                continue
            names = signing_bodies(above)
            if not names and not bodies and _reads_as_body(above):
                names = [(above.strip(), len(above) - len(above.lstrip()), len(above.rstrip()))]
            if not names:
                break
            sure = 1.0 if all(is_agency_name(n) or is_collective(n) for n, *_ in names) else 0.7
            sealed = sealed or bool(_table()[0].search(above))
            bodies = [
                Stated(name, (Span(place.start + a, place.start + b),), "signature", sure) for name, a, b in names
            ] + bodies
            j -= 1
        if bodies:
            sure = 0.9 if repaired else 1.0
            issued = Stated(when, (span,), "signature", sure)
            return Signature(tuple(bodies), issued, sealed, sealed_by, line if repaired else None)
    return None


def _date_of(line: str) -> tuple[date | None, bool]:
    """The date that a line is nothing but, and whether it was repaired."""
    if len(line) > 24:
        return None, False
    found = find_date(line)
    if found:
        return (found[0], False) if found[2] - found[1] >= len(line.strip("() ")) - 2 else (None, False)
    digits = line.strip()
    return (repair_date(digits), True) if digits.isdigit() else (None, False)


def _in_one_line(span: Span, line: str) -> tuple[date, list[Stated[str]]] | None:
    """Bodies and date of a signature that is set in one line."""
    bare = line.rstrip()
    start = max(0, len(bare) - 24)
    found = None
    at = start
    while (next_found := find_date(bare[at:])) is not None:  # the last date of the line ends it
        found = (next_found[0], at + next_found[1], at + next_found[2])
        at = found[2]
    if found is None or found[2] < len(bare) or "年" not in bare[found[1] :]:
        return None
    names = signing_bodies(bare[: found[1]])
    if not names:
        return None
    return found[0], [Stated(name, (Span(span.start + a, span.start + b),), "signature") for name, a, b in names]


def signing_bodies(line: str) -> list[tuple[str, int, int]]:
    """The bodies that a line of a signature names, with their places in the line; empty where a word is none.

    >>> signing_bodies("市科学技术协会  市教育局(代章)")
    [('市科学技术协会', 0, 7), ('市教育局', 9, 13)]
    """
    bare = _table()[0].sub(lambda m: " " * len(m.group()), line)
    if len(line) > _LONGEST or any(c in bare for c in "。;:,《》“”"):
        return []
    found = []
    for match in re.finditer(r"[^\s、]+", bare):
        word = match.group()
        parts = (word,) if len(word) <= 16 and is_agency_name(word) else split_names(word)
        at = match.start()
        for part in parts or (word,):
            if not is_agency_name(part) and not (is_collective(part) and part.endswith(("办公室", "委员会", "政府"))):
                return []
            found.append((part, at, at + len(part)))
            at += len(part)
    return found


def _reads_as_body(line: str) -> bool:
    """Whether a line above a date reads as the name of a body that nothing knows."""
    _, _, body, no_body = _table()
    name = line.strip()
    return 4 <= len(name) <= 30 and bool(body.fullmatch(name)) and not no_body.search(name)


def find_cover(text: str, block: tuple[Span, ...]) -> tuple[tuple[Stated[str], ...], Stated[date] | None]:
    """The body and the date that stand on a cover, between the title and the first words of the text."""
    bodies: tuple[Stated[str], ...] = ()
    when: Stated[date] | None = None
    for span in block[:8]:
        line = span.cut(text)
        if len(line) > 60 or line.endswith(("。", ":")) or re.match(r"目\s*录|前\s*言|序\s*言", line):
            break
        names = signing_bodies(line)
        if names and not bodies:
            bodies = tuple(Stated(n, (Span(span.start + a, span.start + b),), "cover", 0.85) for n, a, b in names)
        found = find_date(line) or find_month(line)
        if found and when is None and found[2] - found[1] >= len(line.strip("() ")) - 4:
            when = Stated(found[0], (Span(span.start + found[1], span.start + found[2]),), "cover", 0.85)
    return bodies, when
