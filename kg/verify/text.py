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
        f"{words[lang]} {verification.checked[kind]}"
        if lang == "zh"
        else _number(verification.checked[kind], words[lang])
        for kind, words in KINDS.items()
        if verification.checked[kind] and kind != "plan"
    )
    plans, done, failed = len(verification.plans), verification.comparisons, len(failures)
    head = PHRASES["fails" if failures else "holds"][lang].format(
        failures=f"{failed} 处" if lang == "zh" else _number(failed, "things do"),
        plans=f"{plans} 份规划" if lang == "zh" else _number(plans, "plans"),
        counts=counts,
        comparisons=f"{done} 处" if lang == "zh" else _number(done, "comparisons"),
    )
    lines = [head]
    if verification.by_person:
        lines.append(
            PHRASES["by-person"][lang].format(
                n=verification.by_person if lang == "zh" else _number(verification.by_person, "values rest")
            )
        )
    for number, failure in enumerate(failures[:limit], 1):
        lines += ["", *_failure(number, failure, lang, colon)]
    if limit is not None and len(failures) > limit:
        lines += ["", PHRASES["more"][lang].format(n=len(failures) - limit)]
    return "\n".join(lines) + "\n"


def _number(n: int, several: str) -> str:
    """So many of what the plural names: 1 plan, 2 plans.

    >>> _number(1, "agencies"), _number(2, "agencies"), _number(1, "things do")
    ('1 agency', '2 agencies', '1 thing does')
    """
    if n != 1:
        return f"{n} {several}"
    noun, _, verb = several.partition(" ") if several.split()[-1] in _VERBS else (several, "", "")
    noun = noun.removesuffix("ies") + "y" if noun.endswith("ies") else noun.removesuffix("s")
    return f"1 {noun} {_VERBS[verb]}" if verb else f"1 {noun}"


_VERBS = {"do": "does", "rest": "rests"}


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
