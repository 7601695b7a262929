"""Documents that a plan names: title marks around the title, the number behind it, the document that it means."""

from __future__ import annotations

import re

from kg import vocab
from kg.verify.case import Case
from kg.verify.numerals import date_numbers, fold
from kg.verify.sources import verify_evidence, verify_sureness

_BEHIND = 60  # code points behind a title in which its number stands
_NOTICE = re.compile(r".*(?:印发|转发|批转|发布)(?:关于)?<?(?P<core>.+?)>?的通知$")


def verify_citation(case: Case, node: str) -> None:
    if not case.count("citation", node):
        return
    verify_sureness(case, node, "citation")
    if not verify_evidence(case, node, "citation") or case.is_a_persons(node):
        return
    title, places = fold(case.value(node, "citedTitle") or ""), case.passages(node)
    repairs = case.repairs(node, case.plan)
    place = next((p for p in places if title and title in fold(p.exact)), None)
    restored = any(title in text for text in repairs)
    if not case.compare(place is not None or restored, "not-there", "citation", node, case.value(node, "citedTitle")):
        return
    if place is not None:
        text = case.text(place.source)
        before, after = text[: place.start].rstrip()[-1:], text[place.end :].lstrip()[:1]
        marked = fold(before) == "<" and fold(after) == ">"
        lost = fold(before) == "<" or fold(after) == ">"  # one of them: a finding says so
        case.compare(
            marked or (lost and restored), "cited-title", "citation", node, case.value(node, "citedTitle"), "", place
        )
        number = case.value(node, "citedNumber")
        if number:
            _verify_number(case, node, number, fold(text[place.end : place.end + _BEHIND]), repairs)
    _verify_document(case, node, title)


def _verify_number(case: Case, node: str, number: str, behind: str, repairs: list[str]) -> None:
    wanted, there = date_numbers(number), date_numbers(behind)
    organ = fold(number).partition("(")[0]
    printed = any(there[i : i + len(wanted)] == wanted for i in range(len(there))) and organ in behind
    # 川府发〔202324: the year and the serial run into each other, and a finding says how they were parted.
    repaired = any(fold(number) in text for text in repairs)
    case.compare(printed or repaired, "cited-number", "citation", node, number, behind)


def _verify_document(case: Case, node: str, title: str) -> None:
    """A title of the document is the cited one, or what a notice of printing carries; a short one is introduced as such.

    A document that is a plan of the graph has the titles of the node that the plan has taken the place of, too.
    """
    match = _NOTICE.match(title)
    carried = {title, match["core"]} if match else {title}
    plain = {_plain(each) for each in carried}
    for document in case.nodes(node, "document"):
        nodes = [document, *case.replaced_by(document)]
        titles = [fold(t) for n in nodes for p in _TITLES for t in case.values(n, p)]
        holds = any(_plain(t) in plain for t in titles) or _is_short(case, node, title)
        case.compare(holds, "cited-document", "citation", node, ", ".join(titles) or document, title)


_TITLES = (vocab.DCTERMS_TITLE, vocab.SKOS_ALT_LABEL)
_SHORT = re.compile(r"简称[<“\"]*([^<>”\"),。]{2,20})")


def _plain(title: str) -> str:
    """A title without marks and brackets, which notices drop, and with one kind of dash."""
    return re.sub(r"[-~至到]+(?=\d)", "-", re.sub(r"[<>()\[\]“”\"\s]", "", re.sub("[—–─－‐―−]+", "-", title)))


def _is_short(case: Case, node: str, title: str) -> bool:
    return any(title == fold(m[1]) for p in case.passages(node) for m in _SHORT.finditer(fold(case.text(p.source))))
