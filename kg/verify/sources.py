"""The kept texts, and the places in them."""

from __future__ import annotations

import hashlib

from kg import vocab
from kg.verify.case import Case


def verify_source(case: Case, source: str) -> None:
    """The text is there and has the digest that is stated and that names it."""
    if not case.count("source", source):
        return
    text = case.text(source)
    if not case.compare(bool(text), "no-text", "source", source, case.value(source, "fileName") or source):
        return
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    stated = case.value(source, "textSha256") or ""
    case.compare(stated == digest, "text-digest", "source", source, stated[:12] or "?", digest[:12])
    name = source.rpartition("/")[2]
    case.compare(digest.startswith(name) and len(name) >= 12, "source-name", "source", source, name, digest[:12])


def verify_passage(case: Case, iri: str) -> None:
    """The offsets lie in the text, cut out the words that are quoted, and name the passage."""
    if not case.count("passage", iri):
        return
    passage = case.passage(iri)
    if passage is None:
        offsets = f"{case.value(iri, vocab.OA_START)}–{case.value(iri, vocab.OA_END)}"
        case.compare(False, "passage-range", "passage", iri, offsets, "?")
        return
    shown = f"{passage.start}-{passage.end}"
    if case.compare(
        passage.cut is not None,
        "passage-range",
        "passage",
        iri,
        shown,
        len(case.text(passage.source)),
        passage,
    ):
        words = case.values(iri, vocab.OA_EXACT)
        said = next((w for w in words if w != passage.cut), passage.cut)
        case.compare(words == [passage.cut], "passage-words", "passage", iri, said, passage.cut or "", passage)
    name = f"{passage.source.rpartition('/')[2]}/{shown}"
    case.compare(iri.endswith("/" + name), "passage-name", "passage", iri, iri.rpartition("/")[2], shown, passage)


def verify_evidence(case: Case, fact: str, kind: str) -> bool:
    """A fact has its passages, in the plan's own text; what was restored or comes from a person has who says so."""
    nodes = case.nodes(fact, "evidence")
    if not nodes:
        vouched = bool(case.lookup.subjects(vocab.plan("about"), fact))
        return case.compare(vouched, "no-evidence", kind, fact, fact)
    holds = True
    for node in nodes:
        passage = case.passage(node)
        source = passage.source if passage else case.value(node, vocab.PROV_WAS_QUOTED_FROM)
        holds &= case.compare(source in case.sources, "foreign-evidence", kind, fact, node, passage=passage)
    return holds


def verify_sureness(case: Case, fact: str, kind: str) -> None:
    """One rule found it, and how sure that is lies between 0 and 1."""
    rules, sure = case.values(fact, "rule"), case.values(fact, "confidence")
    holds = len(rules) == 1 and len(sure) == 1 and bool(rules[0]) and _is_share(sure[0])
    case.compare(holds, "sureness", kind, fact, ", ".join([*rules, *sure]) or "-")


def _is_share(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False
