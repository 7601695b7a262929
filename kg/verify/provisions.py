"""Numbered parts: path, printed number, heading, text, order."""

from __future__ import annotations

import re

from kg import vocab
from kg.verify.case import Case, Passage
from kg.verify.numerals import date_numbers, fold
from kg.verify.sources import verify_evidence, verify_sureness

_CIRCLED = {c: n for n, c in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_RESTORED = frozenset({"restored-number"})


def verify_order(case: Case, nodes: list[str]) -> None:
    """The parts of one class are counted 1, 2, 3 …."""
    counted = sorted((int(o) if o.isdigit() else -1, node) for node in nodes for o in case.values(node, "ordinal"))
    expected = 1
    for ordinal, node in counted:
        case.compare(ordinal == expected, "ordinal", "provision", node, ordinal)
        expected = ordinal + 1


def verify_provision(case: Case, node: str) -> None:
    if not case.count("provision", node):
        return
    verify_sureness(case, node, "provision")
    _verify_key(case, node)
    if not verify_evidence(case, node, "provision"):
        return
    by_person = case.is_a_persons(node)
    places = case.passages(node)
    outer = [p for p in places if not any(_holds(other, p) for other in places)]
    text = fold(case.value(node, "text") or "")
    left = text
    for place in outer:
        words = "".join(fold(line) for line in place.exact.split("\n"))
        if left.startswith(words):
            left = left[len(words) :]
    if not by_person:
        case.compare(bool(text) and not left, "text", "provision", node, left or "-")
        _verify_title(case, node, text, outer)
        _verify_number(case, node, outer)


def _holds(outer: Passage, inner: Passage) -> bool:
    within = outer.source == inner.source and outer.start <= inner.start and inner.end <= outer.end
    return within and outer.length > inner.length


def _verify_title(case: Case, node: str, text: str, outer: list[Passage]) -> None:
    title = case.value(node, vocab.DCTERMS_TITLE)
    if title is None:
        return
    words = fold(title)
    # A table's heading stands in a cell that several rows share, or above the table: before the part's own words.
    near = case.around(outer[0], before=len(title) + 40) if outer else ""
    holds = text.startswith(words) or words in text or words in near
    table = case.is_of_a_table(node) and words in case.whole
    case.compare(holds or table, "title", "provision", node, title)
    repaired = case.value(node, "repairedTitle")
    if repaired is not None:
        vouched = any(fold(repaired) in text for text in case.repairs(node))
        case.compare(vouched or fold(repaired) in text, "title", "provision", node, repaired)


def _verify_number(case: Case, node: str, outer: list[Passage]) -> None:
    """The number stands right before the part, or a finding says that it was restored."""
    number = case.value(node, "number")
    if not number or not outer:
        return
    wanted = fold(number)
    before = case.text(outer[0].source)[: outer[0].start]
    printed = fold(before[-(len(number) + 12) :]).rstrip(":").endswith(wanted.rstrip(":"))
    printed = printed or fold(outer[0].exact).startswith(wanted)
    about = case.lookup.subjects(vocab.plan("about"), node)
    restored = any(code in _RESTORED for finding in about for code in case.values(finding, "code"))
    loose = (case.is_of_a_table(node) or (case.value(node, "rule") or "").startswith("restored")) or any(
        wanted in text for text in case.repairs(node)
    )
    case.compare(printed or restored or loose, "number-printed", "provision", node, number, "", outer[0])


def _verify_key(case: Case, node: str) -> None:
    """The path ends the IRI, ends with the number that is printed, and goes on from that of the part above."""
    key, number = case.value(node, "key"), case.value(node, "number")
    if key is None:
        case.compare(False, "key-name", "provision", node, "-")
        return
    case.compare(node == f"{case.plan}/{key}", "key-name", "provision", node, key)
    last = re.match(r"[A-Za-z]*(\d+)", key.rpartition("-")[2])
    value = _number_of(number or "")
    if last and value is not None:
        case.compare(int(last[1]) == value, "key", "provision", node, number, key)
    for name in ("inAction", "inSection"):
        for above in case.nodes(node, name):
            path = case.value(above, "key") or ""
            fits = bool(path) and (key.startswith(path + "-") or _stands_apart(case, node))
            case.compare(fits, "key-above", "provision", node, path or above)


def _stands_apart(case: Case, node: str) -> bool:
    """A row of a table lies in what its group's heading names, wherever the table stands."""
    return case.is_of_a_table(node)


def _number_of(number: str) -> int | None:
    """The value of a number as printed: 二、 (三) 9. ⑤ 专栏1 第三章; None for letters and the like.

    >>> [_number_of(n) for n in ("二、", "(十三)", "9.", "⑤", "专栏1", "第三章", "1.2.3", "A.")]
    [2, 13, 9, 5, 1, 3, 3, None]
    """
    circled = next((n for c, n in _CIRCLED.items() if c in number), None)
    if circled is not None:
        return circled
    found = date_numbers(number)
    return found[-1] if found else None
