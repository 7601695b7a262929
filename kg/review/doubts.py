"""The facts of plans as rows: what the reader took, where it stands, how sure it is, what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg import vocab
from kg.describe.lookup import Lookup, natural
from kg.errors import EmptyError, UsageError
from kg.review.facts import FactNode, facts_in
from kg.review.places import context, words_of

if TYPE_CHECKING:
    from kg.store.protocol import Store

DOUBTFUL = Decimal("0.9")
_GRAVE = ("warning", "error")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One fact as the sheet shows it."""

    fact: str  # plan/owner#kind-digest
    plan: str  # last part of the IRI
    owner: str  # path of the provision; "" for the plan
    heading: str
    kind: str
    taken: str
    sentence: str
    quote: str
    confidence: str
    rule: str
    findings: tuple[str, ...]
    doubt: Decimal  # how sure it is when what was found odd about it counts, too
    is_grave: bool  # a warning is about it

    def sort_key(self) -> tuple[Decimal, str, object, str]:
        return (self.doubt, self.plan, natural(self.owner), self.fact)


def find_doubts(
    store: Store,
    plans: Iterable[str] | None = None,
    *,
    below: Decimal = DOUBTFUL,
    everything: bool = False,
    lang: str = "zh",
) -> tuple[list[Doubt], int]:
    """The facts of these plans (None: of all) that are less sure than `below` or that a warning is about; and of how many.

    With `everything` all facts. Most doubtful first; of equal doubt in reading order.
    Raises `EmptyError` for a store without plans, `UsageError` for an IRI that is no plan of the store.
    """
    lookup = Lookup(store)
    there = lookup.members("Plan")
    if not there:
        raise EmptyError("the store holds no plan", where=store.where, remedy="build some: kg build FOLDER")
    wanted = there if plans is None else sorted(dict.fromkeys(plans), key=natural)
    for plan in wanted:
        if plan not in there:
            raise UsageError(f"there is no plan <{plan}>", where=store.where, remedy="kg stats lists the plans")
    doubts = [_doubt(lookup, plan, fact, lang) for plan in wanted for fact in facts_in(lookup, plan, lang)]
    chosen = doubts if everything else [d for d in doubts if d.doubt < below or d.is_grave]
    return sorted(chosen, key=Doubt.sort_key), len(doubts)


def _doubt(lookup: Lookup, plan: str, fact: FactNode, lang: str) -> Doubt:
    confidence = lookup.value(fact.node, vocab.plan("confidence")) or ""
    rule = lookup.value(fact.node, vocab.plan("rule")) or ""
    label = lookup.label(f"{vocab.scheme('rule')}/{rule}", lang) if rule else None
    findings = _findings(lookup, fact)
    about = [said for each in findings if (said := _said(lookup, each, lang))]
    if fact.candidates:
        about.append(("可能是: " if lang == "zh" else "it may be: ") + "、".join(fact.candidates))
    sure = [_decimal(confidence), *(_decimal(lookup.value(n, vocab.plan("confidence"))) for n in findings)]
    local = plan.rpartition("/")[2]
    return Doubt(
        fact=f"{local}/{fact.name}" if fact.owner else local + fact.name,
        plan=local,
        owner=fact.owner,
        heading=fact.heading,
        kind=fact.kind,
        taken=fact.taken,
        sentence=context(lookup, fact.places),
        quote=words_of(lookup, fact),
        confidence=_short(confidence),
        rule=label or rule,
        findings=tuple(dict.fromkeys(about)),
        doubt=min(sure),
        is_grave=bool(fact.candidates)
        or any(lookup.value(n, vocab.plan("severity")) in _GRAVE and not _is_repair(lookup, n) for n in findings),
    )


def _findings(lookup: Lookup, fact: FactNode) -> list[str]:
    found = [n for node in (fact.node, *fact.besides) for n in lookup.subjects(vocab.plan("about"), node)]
    return [n for n in dict.fromkeys(found) if lookup.kind(n) == "Finding"]


def _is_repair(lookup: Lookup, finding: str) -> bool:
    """What was restored with its own confidence is doubtful by that, not as such."""
    return lookup.value(finding, vocab.plan("repairedText")) is not None


def _said(lookup: Lookup, finding: str, lang: str) -> str:
    label = lookup.label(finding, lang) or lookup.value(finding, vocab.plan("code")) or ""
    before = lookup.value(finding, vocab.plan("originalText"))
    after = lookup.value(finding, vocab.plan("repairedText"))
    change = " → ".join(text for text in (before, after) if text)
    return f"{label}: {change}" if change else label


def _decimal(text: str | None) -> Decimal:
    """A confidence; what the graph does not say is not sure at all."""
    try:
        return Decimal(text or "0")
    except InvalidOperation:
        return Decimal(0)


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
