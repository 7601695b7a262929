"""How a document writes its facts: the ways that the accuracy card counts apart."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_NUMBERS = (
    (r"第.+[章节条]", "第一章"),
    (r"[一二三四五六七八九十百]+[、.]?", "一、"),
    (r"\([一二三四五六七八九十百]+\)", "(一)"),
    (r"\d+[.、]?", "1."),
    (r"\(\d+\)", "(1)"),
    (r"[①-⑳]", "①"),
    (r"\d+(?:\.\d+)+", "1.1"),
    (r"专栏.*", "专栏"),
)


def number_style(number: str | None) -> str:
    """The style of an item's number.

    >>> number_style("（十二）"), number_style("3."), number_style("A")
    ('numbering: (一)', 'numbering: 1.', 'numbering: other')
    """
    # NFKC would make a plain digit of a circled one.
    if number is None:
        return "numbering: none"
    plain = number if re.match("[①-⑳]", number) else unicodedata.normalize("NFKC", number)
    return "numbering: " + next((name for pattern, name in _NUMBERS if re.fullmatch(pattern, plain)), "other")


def duty_style(item: dict[str, Any]) -> str:
    """How an action or task of the gold says who acts.

    >>> duty_style({"responsibility": [{"agency": "县科协", "role": "lead", "basis": "sole"}]})
    'responsibility: one body alone'
    """
    entries = item.get("responsibility")
    if entries is None:
        return "responsibility: lead of an action" if item.get("leads") else "responsibility: none in the gold"
    if not entries:
        return "responsibility: none in the gold"
    bases, roles = {e["basis"] for e in entries}, {e["role"] for e in entries}
    if "first-listed-rule" in bases:
        return "responsibility: first listed leads"
    if "sole" in bases:
        return "responsibility: one body alone"
    if roles == {"lead"}:
        return "responsibility: leads only"
    if "lead" in roles:
        return "responsibility: leads and others"
    return "responsibility: list without a lead"


def target_style(fact: tuple[Any, ...]) -> str:
    """How a target is put: (value, unit, comparator, deadline, recurrence, owner, aspirational).

    >>> target_style(("80", "%", "AtLeast", "2025", None, "T1", False))
    'target: share, dated'
    """
    _, unit, _, deadline, recurrence, *_ = fact
    if recurrence:
        return "target: recurring"
    kind = "share" if unit in ("%", "‰", "个百分点", "倍") else "count"
    return f"target: {kind}, {'dated' if deadline else 'undated'}"
