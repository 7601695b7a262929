"""Headings that lost their first characters, put back by the wording of their sisters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kg.lexicon import collection, scheme
from kg.model import Finding, Provision, Stated
from kg.numerals import fold


def repair_headings(provisions: tuple[Provision, ...]) -> tuple[tuple[Provision, ...], tuple[Finding, ...]]:
    """Actions among whose sisters the others name a crowd group each: 民科学素质行动 beside 老年人科学素质行动.

    Only where at least two sisters share the rest of the wording and exactly one key group ends with what is left.
    """
    groups = {word: c.notation for c in scheme("crowd-group") for word in (c.zh,)}
    findings, repaired = [], []
    for provision in provisions:
        fixed = provision
        if provision.kind == "Action" and provision.title and not provision.crowd_groups:
            sisters = [
                p
                for p in provisions
                if p.kind == "Action" and p.key != provision.key and _parent(p.key) == _parent(provision.key)
            ]
            whole = _mended(fold(provision.title), [fold(s.title) for s in sisters], groups)
            if whole:
                title, group = whole
                start = provision.spans[0]
                span = type(start)(start.start, start.start + len(provision.title))
                fixed = replace(
                    provision, repaired_title=title, crowd_groups=(Stated(group, (span,), "repaired-heading", 0.9),)
                )
                findings.append(
                    Finding(
                        "repaired-title",
                        "warning",
                        (span,),
                        provision.key,
                        repaired=title,
                        original=provision.title,
                        confidence=0.9,
                    )
                )
        repaired.append(fixed)
    return tuple(repaired), tuple(findings)


def _parent(key: str) -> str:
    return key.rpartition("-")[0]


def _mended(title: str, sisters: list[str], groups: dict[str, str]) -> tuple[str, str] | None:
    tails = Counter(s[len(word) :] for s in sisters for word in groups if s.startswith(word) and len(s) > len(word) + 3)
    for tail, count in sorted(tails.items(), key=lambda item: (-item[1], item[0])):
        rest = title.removesuffix(tail)
        if count < 2 or rest == title or len(rest) > 6:
            continue
        present = {word for s in sisters for word in groups if s == word + tail}
        meant = (
            [word for word in groups if word.endswith(rest) and word != rest and word not in present] if rest else []
        )
        chosen = [word for word in meant if word in collection("crowd-group", "key-groups")] or meant
        if len(chosen) == 1:
            return chosen[0] + tail, groups[chosen[0]]
    return None
