"""Findings, and the answers of persons: what they speak of is there, and the words that they quote are in the text."""

from __future__ import annotations

from kg import vocab
from kg.verify.case import Case
from kg.verify.numerals import fold
from kg.verify.sources import verify_evidence


def verify_finding(case: Case, node: str) -> None:
    """What a finding is about is there; its original words, where it quotes any, stand in the text."""
    if not case.count("finding", node):
        return
    for about in case.nodes(node, "about"):
        case.compare(case.lookup.is_there(about), "about", "finding", node, about)
    passages = case.passages(node)
    if not passages:
        return
    verify_evidence(case, node, "finding")


def verify_correction(case: Case, node: str) -> None:
    """What a person answered about is there, and the words that the answer rests on stand in the text."""
    if not case.count("correction", node):
        return
    for about in case.nodes(node, "about"):
        case.compare(case.lookup.is_there(about), "about", "correction", node, about)
    case.compare(bool(case.nodes(node, "verdict")), "sureness", "correction", node, "-")
    for passage in case.passages(node):
        case.compare(fold(passage.exact) in case.whole, "original", "correction", node, passage.exact, "", passage)
    case.compare(bool(case.values(node, vocab.PROV_WAS_ATTRIBUTED_TO)), "no-evidence", "correction", node, node)
