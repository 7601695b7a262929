"""What is said of targets and achievements."""

from __future__ import annotations

import re
from collections import Counter

from kg import vocab
from kg.graph.draft import Draft
from kg.graph.names import identity_hash, squeeze
from kg.graph.terms import (
    base_unit,
    boolean,
    concept,
    concept_by_word,
    day,
    decimal,
    duration,
    in_base_unit,
    iri,
    named,
    plain,
    zh,
)
from kg.lexicon import rules
from kg.model import Quantity


def state_quantities(draft: Draft) -> None:
    """Every counted result, and which targets say the same again."""
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str, str, str | None], str] = {}
    for quantity in draft.record.quantities:
        kind = "target" if quantity.kind == "Target" else "achievement"
        counts[quantity.owner, kind] += 1
        path = f"{quantity.owner}/" if quantity.owner else ""
        node = draft.at(f"{path}{kind}/{counts[quantity.owner, kind]}")
        _state_quantity(draft, node, quantity)
        if quantity.kind == "Target" and quantity.value is not None:
            same = (identity_hash(quantity.indicator), str(quantity.value), quantity.unit, quantity.deadline)
            if same in first:
                draft.add(node, "restates", first[same])
            else:
                first[same] = node


def _state_quantity(draft: Draft, node: str, quantity: Quantity) -> None:
    add = draft.add
    draft.a(
        node,
        quantity.kind,
        inPlan=draft.plan,
        quote=plain(quantity.quote),
        indicatorText=plain(quantity.indicator),
        indicator=_indicator(draft, quantity.indicator, quantity.unit),
        comparator=named[quantity.comparator] if quantity.comparator else None,
        aspirational=boolean(quantity.aspirational) if quantity.kind == "Target" else None,
        accumulation=named[quantity.accumulation] if quantity.accumulation else None,
        scopeText=plain(quantity.scope) if quantity.scope else None,
        benchmarkText=plain(quantity.benchmark) if quantity.benchmark else None,
        achievedBy=day(quantity.achieved_by) if quantity.achieved_by else None,
        bindingness=concept("bindingness", quantity.bindingness),
    )
    add(node, "targetOf" if quantity.kind == "Target" else "achievementOf", draft.at(quantity.owner))
    for name, number in (
        ("value", quantity.value),
        ("minValue", quantity.minimum),
        ("maxValue", quantity.maximum),
        ("baselineValue", quantity.baseline),
        ("growthRate", quantity.growth_rate),
    ):
        if number is not None:
            add(node, name, decimal(number))
    if quantity.unit:
        add(node, "unitText", plain(quantity.unit))
        unit = concept_by_word("unit", quantity.unit)
        add(node, "unit", unit)
        if quantity.value is not None and unit:
            add(node, "valueInUnit", decimal(in_base_unit(quantity.value, unit)))
    if quantity.deadline:
        draft.deadline(node, quantity.deadline)
    if quantity.recurrence:
        add(node, "recurrence", plain(quantity.recurrence))
        period = rules("targets")["recurrence"]["periods"].get(quantity.recurrence)
        if period:
            add(node, "recurrencePeriod", duration(period))
    draft.evidence(
        node,
        (quantity.span, *([quantity.deadline_span] if quantity.deadline_span else [])),
        quantity.rule,
        quantity.confidence,
    )


def _indicator(draft: Draft, written: str, unit: str) -> str:
    """The indicator that the words mean: one of the scheme, else one named by the words and the kind of unit themselves.

    Words that do not say what is counted (会议, 覆盖率) mean something else in each plan.
    """
    known = concept("indicator", draft.resolution.indicators.get((written, unit)))
    if known:
        return known
    words = squeeze(written)
    base = base_unit(unit)
    if len(re.sub(rules("targets")["unsaid"]["words"], "", words)) < _LEAST_SAID:
        base = draft.plan
    node = iri(f"{draft.base}indicator/{identity_hash(f'{words}|{base}' if base else words)}")
    draft.a(node, "Indicator")
    draft.add(node, vocab.SKOS_PREF_LABEL, zh(words))
    return node


_LEAST_SAID = 3  # characters
