"""What an answer says, in the form in which records hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from kg.corrections.answers import Answer
from kg.corrections.facts import PARTS, text_of
from kg.corrections.values import read_values
from kg.sheet import plain, write_fields


def base_name(name: str) -> str:
    """A name without the place that tells apart facts of the same words.

    >>> base_name("2-3-9#responsibility-fe9be1fa-2"), base_name("#title")
    ('2-3-9#responsibility-fe9be1fa', '#title')
    """
    return re.sub(r"(-[0-9a-f]{8})-\d+$", r"\1", name)


def value_in_words(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    return "" if value is None else text_of(value)


def taken_values(answer: Answer) -> dict[str, str]:
    """What the reader took, in the form in which records hold it, whatever language the sheet has."""
    found = {}
    for name, text in answer.taken.items():
        try:
            found[name] = value_in_words(read_values(answer.kind, {name: text}), name)
        except ValueError:
            found[name] = text
    return found


def differing(answer: Answer, now: Mapping[str, str]) -> dict[str, object]:
    """The fields that a person confirmed and that read otherwise now; the number of a part is the text's own."""
    found: dict[str, object] = {}
    for name, text in answer.taken.items():
        if answer.kind in PARTS.values() and name == "number":
            continue
        try:
            value = read_values(answer.kind, {name: text}).get(name)
        except ValueError:
            continue
        if value is not None and plain(text_of(value)) != plain(now.get(name, "")) and not _equal(value, now.get(name)):
            found[name] = value
    return found


def _equal(value: object, text: str | None) -> bool:
    try:
        return isinstance(value, Decimal) and value == Decimal(text or "x")
    except InvalidOperation:
        return False


def taken_words(answer: Answer) -> str | None:
    return write_fields(answer.kind, taken_values(answer)) or None


def result_of(answer: Answer) -> tuple[str, str]:
    return ("no" if answer.right else answer.verdict, plain(answer.right_text))
