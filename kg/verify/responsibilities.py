"""Who is responsible: the name stands in the statement, the role rests on what it is said to rest on."""

from __future__ import annotations

import re

from kg import vocab
from kg.verify.case import Case
from kg.verify.numerals import fold
from kg.verify.sources import verify_evidence, verify_sureness

_SHORTCUT = {"Lead": "leadAgency", "Joint": "jointAgency", "Support": "supportingAgency"}
_FIRST = re.compile(r"第一|首位|首个|首家|排名第|列第|前列|排在前|首")
# Words of the statement, one of which makes the role that is said to be stated.
_CUES = {
    "Lead": re.compile(r"牵头|主办|主责|总负责|负责|主管|承办|会同|组织|落实|责任|实施|推进|指导"),
    "Support": re.compile(r"配合|参与|参加|协助|协办|协同|支持|会同|落实|指导|负责|按职责|责任单位|成员|联动"),
}
_ROLES = {name: vocab.plan(name) for name in _SHORTCUT}


def verify_responsibilities(case: Case, owner: str) -> None:
    """All parts that bodies have in one action or task, and the short ways from it to them."""
    parts = case.nodes(owner, "responsibility")
    asserted: dict[str, set[str]] = {name: set() for name in _SHORTCUT}
    places = sorted((int(p) if p.isdigit() else -1, part) for part in parts for p in case.values(part, "position"))
    expected = 1
    for place, part in places:
        case.compare(place == expected, "position", "responsibility", part, place)
        expected = place + 1
    for part in parts:
        _verify_part(case, part, owner, parts)
        roles = case.nodes(part, "role")
        for name, role in _ROLES.items():
            if role in roles:
                asserted[name].update(case.nodes(part, "agency"))
    for name, shortcut in _SHORTCUT.items():
        stated = set(case.nodes(owner, shortcut))
        for agency in sorted(stated ^ asserted[name]):
            label = case.lookup.label(agency) or agency
            case.compare(False, "shortcut", "responsibility", owner, f"{shortcut} {label}")
        case.tally.comparisons += bool(parts)


def _verify_part(case: Case, part: str, owner: str, parts: list[str]) -> None:
    if not case.count("responsibility", part):
        return
    verify_sureness(case, part, "responsibility")
    if not verify_evidence(case, part, "responsibility"):
        return
    written = case.value(part, "agencyText") or ""
    places = case.passages(part)
    if not case.is_a_persons(part):
        texts = [fold(p.exact) for p in places] + case.repairs(part, owner)
        holds = bool(fold(written)) and any(fold(written) in text for text in texts)
        case.compare(holds, "not-there", "responsibility", part, written or "-")
        _verify_basis(case, part, parts, {p.iri for p in places})
    _verify_names(case, part, written)


def _verify_basis(case: Case, part: str, parts: list[str], places: set[str]) -> None:
    basis = case.nodes(part, "basis")
    if vocab.plan("Stated") in basis:
        table = case.is_of_a_table(part)
        said = case.whole if table else "".join(fold(p.exact) for p in case.passages(part))
        for name, cue in _CUES.items():
            if _ROLES[name] in case.nodes(part, "role"):
                label = case.lookup.label(_ROLES[name]) or name
                case.compare(bool(cue.search(said)), "role", "responsibility", part, label)
    if vocab.plan("FirstListedRule") in basis:
        sentences = case.passages(part, "basisEvidence")
        case.compare(
            any(_FIRST.search(fold(p.exact)) for p in sentences),
            "rule-sentence",
            "responsibility",
            part,
            "FirstListedRule",
            "",
            next(iter(sentences), None),
        )
    if vocab.plan("SoleAgency") in basis:
        # Whom a person added beside it does not stand in the statement.
        same = [each for each in parts if places & set(case.nodes(each, "evidence")) and not case.answers(each)]
        same = same if part in same else [part, *same]
        case.compare(len(same) == 1, "sole-agency", "responsibility", part, len(same))


def _verify_names(case: Case, part: str, written: str) -> None:
    """The body that is pointed to bears the name that is written, or the one with the area that its list leaves out."""
    forms = {fold(written), fold(case.value(part, "agencyFullText") or written)}
    for agency in case.nodes(part, "agency"):
        case.count("agency", agency)
        names = {fold(name) for p in (vocab.SKOS_PREF_LABEL, vocab.SKOS_ALT_LABEL) for name in case.values(agency, p)}
        case.compare(bool(forms & names), "no-name", "agency", agency, written)
