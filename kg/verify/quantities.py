"""Targets and achievements: the number, its unit and its deadline are those of the clause."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from kg import vocab
from kg.verify.case import Case, Passage
from kg.verify.numerals import date_numbers, five_year_periods, fold, is_close, last_day_of, numbers
from kg.verify.sources import verify_evidence, verify_sureness

# A word of the clause that says so, or of its neighbourhood: 以上, 不少于, ≥.
_CUES = {
    "AtLeast": r"以上|不少于|不低于|不小于|不得少于|不得低于|至少|起码|最低|确保|保持在|底线|>=|≥|及以上|高于|优于|不短于|不断|稳定在",
    "MoreThan": r"超过|突破|大于|高于|多于|超|余|多|逾|破|>|以上",
    "AtMost": r"以内|以下|不超过|不高于|不多于|不大于|不得超过|不得高于|控制在|压减|压缩|降|至多|最多|≤|<=|内|不突破|少于|缩短|减",
    "LessThan": r"低于|小于|少于|不到|不足|以下|<|降",
    "About": r"左右|约|大约|上下|大概|近|前后",
}
_THIS_YEAR = re.compile(r"年内|半年|年底|年末|今年|本年|当年|全年|年度|月底|月前|月份|季度|月")
_TOO_FAR = 400  # code points before a clause in which its sentence may state a date


def verify_quantity(case: Case, node: str, kind: str) -> None:
    word = kind.lower()
    if not case.count(word, node):
        return
    verify_sureness(case, node, word)
    if not verify_evidence(case, node, word):
        return
    _verify_deadline_day(case, node, word)
    _verify_base_unit(case, node, word)
    if case.is_a_persons(node):
        return
    quote = case.value(node, "quote") or ""
    places = case.passages(node)
    at = next((p for p in places if fold(quote) and fold(quote) in fold(p.exact)), None)
    vouched = any(fold(quote) in text for text in case.repairs(node))
    if not case.compare(at is not None or vouched, "not-there", word, node, quote or "-") or at is None:
        return
    _verify_numbers(case, node, word, quote, at)
    _verify_comparator(case, node, word, quote, at)
    _verify_deadline(case, node, word, at, places)
    _verify_words(case, node, word, at)


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def _verify_numbers(case: Case, node: str, word: str, quote: str, at: Passage) -> None:
    here = [n for cell in re.split(r"[\t\n]", quote) for n in numbers(cell)]
    wide = [*here, *numbers(case.around(at, before=80, after=40))]
    shown = ", ".join(dict.fromkeys(n.shown for n in here)) or "-"
    unit = fold(case.value(node, "unitText") or "")
    for name in ("value", "minValue", "maxValue", "growthRate", "baselineValue"):
        stated = case.value(node, name)
        if stated is None:
            continue
        value = _decimal(stated)
        if value is None:
            case.compare(False, "number", word, node, stated, shown, at)
            continue
        # What a figure is measured against may stand in the clause before; a growth of minus 3 is a fall by 3.
        read = wide if name in ("baselineValue", "minValue") else here
        meant = [n for n in read if is_close(abs(value) if name in ("growthRate", "baselineValue") else value, n.value)]
        repaired = any(is_close(value, n.value) for text in case.repairs(node) for n in numbers(text))
        if case.compare(bool(meant) or repaired, "number", word, node, stated, shown, at) and name == "value" and unit:
            behind = any(_follows(n.rest, unit) for n in meant)
            case.compare(behind or repaired or _elsewhere(case, at, unit), "unit", word, node, unit, "", at)


def _follows(rest: str, unit: str) -> bool:
    """Whether a unit stands behind a number: at once, behind 余 or 多, or behind the other end of a range."""
    match = re.match(r"(?:[余多来]|以上|左右|[\d.,]+|[-至到]|[万亿千百十](?=[余多]))*", rest)
    return rest.startswith(unit) or (match is not None and rest[match.end() :].startswith(unit))


def _elsewhere(case: Case, at: Passage, unit: str) -> bool:
    """In a table the unit stands in the indicator's cell or at the head of its column, in brackets or a cell of its own."""
    text = case.text(at.source)
    row = text[text.rfind("\n", 0, at.start) + 1 : at.end]
    if "\t" not in row:
        return False
    line = case.paragraph(at)
    head = fold(text[max(0, at.start - 6000) : at.start])
    return f"({unit})" in line or unit in line or f"({unit})" in head or f"单位:{unit}" in head


def _verify_base_unit(case: Case, node: str, word: str) -> None:
    value, stated = _decimal(case.value(node, "value")), _decimal(case.value(node, "valueInUnit"))
    unit = case.value(node, "unit")
    if value is None or stated is None or unit is None:
        return
    labels = {fold(t) for p in (vocab.SKOS_PREF_LABEL, vocab.SKOS_ALT_LABEL) for t in case.values(unit, p)}
    labels |= {fold(t) for t in case.values(unit, vocab.SKOS_NOTATION)}
    written = case.value(node, "unitText") or ""
    if labels:
        case.compare(fold(written) in labels, "name", word, node, written)
    factor = _decimal(case.value(unit, "unitFactor")) or Decimal(1)
    expected = value * factor  # factors such as that of 亩 are cut off somewhere
    near = abs(stated - expected) <= Decimal("0.000001") * max(Decimal(1), abs(expected))
    case.compare(near, "base-unit", word, node, stated, expected)


def _verify_comparator(case: Case, node: str, word: str, quote: str, at: Passage) -> None:
    named = next((each.removeprefix(vocab.PLAN) for each in case.nodes(node, "comparator")), None)
    if named not in _CUES:
        return
    # The word may stand in the clause before the quote (不少于甲30个、乙50个), and in a table at the column's head.
    near = fold(quote) + case.around(at, before=60, after=6)
    head = case.whole if "\t" in case.text(at.source)[max(0, at.start - 200) : at.end + 1] else ""
    holds = re.search(_CUES[named], near) or (head and re.search(_CUES[named], head))
    label = case.lookup.label(vocab.plan(named)) or named
    case.compare(bool(holds), "comparator", word, node, label, "", at)


def _verify_deadline_day(case: Case, node: str, word: str) -> None:
    stated, day = case.value(node, "deadline"), case.value(node, "deadlineDate")
    if stated is None and day is None:
        return
    last = last_day_of(stated or "")
    case.compare(last is not None and last == day, "date-day", word, node, day or "-", last or stated or "-")


def _verify_deadline(case: Case, node: str, word: str, at: Passage, places: list[Passage]) -> None:
    for name in ("deadline", "achievedBy"):
        stated = case.value(node, name)
        if stated is None:
            continue
        own = [p for p in places if p is not at] or [at]
        near = case.around(at, before=_TOO_FAR, after=40)
        texts = [*(fold(p.exact) for p in places), near, case.paragraph(at), *case.repairs(node)]
        holds = is_dated(stated, texts, whole=name == "deadline") or _is_of_the_plan(case, stated, texts)
        if not holds and name == "achievedBy":  # the year that a chapter on what was done begins with
            holds = is_dated(stated, [fold(case.text(at.source)[: at.end])], whole=False)
        shown = ", ".join(str(n) for p in own for n in date_numbers(p.exact)) or "-"
        case.compare(holds, "date", word, node, stated, shown, own[0])


def is_dated(stated: str, texts: list[str], *, whole: bool) -> bool:
    """Whether one of the texts names the year (and, with `whole`, the month and day) that is stated, in any form."""
    parts = [int(part) for part in stated.split("-")]
    wanted = parts if whole else parts[:1]
    for text in map(_with_last_months, texts):
        there = date_numbers(text)
        if any(there[i : i + len(wanted)] == wanted for i in range(len(there))):
            return True
        # 2021—2023年6月: the month belongs to the last year named before it.
        if len(wanted) > 1 and wanted[0] in there and wanted[1] in there[there.index(wanted[0]) :]:
            return True
        if len(wanted) == 1 and any(wanted[0] in period for period in five_year_periods(text)):
            return True
    return False


_PART_OF_YEAR = re.compile(r"第?([上下]半年|[一二三四1-4]季度)")
_LAST_MONTHS = {"上": "6月", "下": "12月", **dict(zip("一二三四1234", ("3月", "6月", "9月", "12月") * 2, strict=True))}


def _with_last_months(text: str) -> str:
    """A text in which halves and quarters of a year are their last months.

    >>> _with_last_months("2020年上半年,2021年第三季度")
    '2020年6月,2021年9月'
    """
    return _PART_OF_YEAR.sub(lambda found: _LAST_MONTHS[found[1][0]], text)


def _is_of_the_plan(case: Case, stated: str, texts: list[str]) -> bool:
    """年底, 6月前: within the year that the plan is for or is issued in; at the end of the plan: that of its period."""
    ends = case.values(case.plan, "periodEnd") + case.values(case.plan, "periodStart")
    issued = [day[:4] for day in case.values(case.plan, vocab.DCTERMS_ISSUED)]
    year, *rest = stated.split("-")
    if year not in ends + issued:
        return False
    return any(
        _THIS_YEAR.search(t) and all(int(part) in date_numbers(_with_last_months(t)) for part in rest) for t in texts
    ) or (not rest and year in ends)


def _verify_words(case: Case, node: str, word: str, at: Passage) -> None:
    """Words that are kept as written stand in the paragraph: the indicator's may be put in another order."""
    near = case.paragraph(at) + case.around(at, before=_TOO_FAR)
    table = case.whole if "\t" in case.text(at.source)[max(0, at.start - 200) : at.end + 1] else ""
    indicator = fold(case.value(node, "indicatorText") or "")
    strange = {c for c in indicator if c not in near + table and c != "的"}
    case.compare(bool(indicator) and not strange, "not-there", word, node, case.value(node, "indicatorText") or "-")
    for name in ("recurrence", "scopeText", "benchmarkText"):
        stated = case.value(node, name)
        if stated is not None:
            case.compare(fold(stated) in near + table, "not-there", word, node, stated, "", at)
