"""The report as plain text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.verify.words import KINDS, PHRASES

if TYPE_CHECKING:
    from kg.verify.report import Failure, Verification

_CLIP = 120


def render(verification: Verification, lang: str, limit: int | None) -> str:
    """The verdict first, then each failure: what, which fact, where, which words."""
    failures = verification.failures
    colon, comma = ("", "、") if lang == "zh" else (" ", ", ")
    counts = comma.join(
        f"{words[lang]} {verification.checked[kind]}" if lang == "zh" else f"{verification.checked[kind]} {words[lang]}"
        for kind, words in KINDS.items()
        if verification.checked[kind] and kind != "plan"
    )
    head = PHRASES["fails" if failures else "holds"][lang].format(
        failures=len(failures),
        plans=len(verification.plans),
        counts=counts,
        comparisons=verification.comparisons,
    )
    lines = [head]
    if verification.by_person:
        lines.append(PHRASES["by-person"][lang].format(n=verification.by_person))
    for number, failure in enumerate(failures[:limit], 1):
        lines += ["", *_failure(number, failure, lang, colon)]
    if limit is not None and len(failures) > limit:
        lines += ["", PHRASES["more"][lang].format(n=len(failures) - limit)]
    return "\n".join(lines) + "\n"


def _failure(number: int, failure: Failure, lang: str, colon: str) -> list[str]:
    kind = KINDS[failure.kind][lang]
    lines = [f"{number}. [{kind}] {failure.message(lang)}", f"   <{failure.fact}>"]
    quote = " ".join(failure.quote.split())
    if len(quote) > _CLIP:
        quote = f"{quote[: _CLIP // 2]}…{quote[-_CLIP // 2 :]}"
    place = str(failure.place) if failure.place else ""
    if quote or place:
        lines.append("   " + f"“{quote}” {place}".strip() if quote else f"   {place}")
    return lines
