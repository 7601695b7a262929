"""The words of a cell as values of the record, by the form of their field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from kg.area_names import area_rows
from kg.lexicon import scheme
from kg.numerals import fold, parse_number
from kg.sheet import KINDS, Field, plain
from kg.sheet.fields import CHOICES

_EMPTY = frozenset(("", "-", "—", "无", "空", "none", "null"))
_DAY = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?)?\s*[年月日]?")


def read_values(kind: str, raw: Mapping[str, str]) -> dict[str, object]:
    """The fields of a fact as values; a field that is written empty (无, none) is None: it is taken away.

    Raises `ValueError` with what is wrong and, behind “ | ”, what to do.

    >>> read_values("target", {"value": "1.5万人次", "comparator": "≥"})
    {'value': Decimal('15000'), 'unit': '人次', 'comparator': 'AtLeast'}
    >>> read_values("period", {"value": "2021—2025年"}), read_values("crowd-group", {"value": "中小学生"})
    ({'value': (2021, 2025)}, {'value': '青少年'})
    """
    fields = {field.name: field for field in KINDS[kind]}
    found: dict[str, object] = {}
    for name, text in raw.items():
        field = fields[name]
        if plain(text).casefold() in _EMPTY and len(fields) > 1:
            if field is KINDS[kind][0] and kind not in ("target", "achievement"):
                raise ValueError(f"{field.zh} is empty | write no (否) without a right value to remove the fact")
            found[name] = None
        elif field.form == "number" and "unit" in fields:
            _read_amount(field, text, found)
        else:
            found[name] = _READERS.get(field.form, _read_choice)(field, text)
    return found


def _read_amount(field: Field, text: str, found: dict[str, object]) -> None:
    """A number; a sign before it and a unit behind it count where they have no field of their own in the cell."""
    match = re.fullmatch(
        r"(?P<sign>>=|<=|[≥≤><=~≈约])?\s*(?P<number>-?[\d,.]+[十百千万亿]*|[一二两三四五六七八九十百千万亿]+)\s*(?P<unit>[^\d\s].*)?",
        fold(text).strip(),
    )
    if match is None:
        raise ValueError(f"“{text}” is no number | write digits, such as 20 or 1.5万")
    try:
        number = match["number"]
        value = -parse_number(number[1:]) if number.startswith("-") else parse_number(number)
    except (ValueError, ArithmeticError) as error:
        raise ValueError(f"“{text}” is no number | write digits, such as 20 or 1.5万") from error
    found[field.name] = value
    if match["unit"] and field.name == "value":
        found.setdefault("unit", match["unit"].strip())
    if match["sign"] and field.name == "value":
        found.setdefault("comparator", _choice("comparator", match["sign"]))


def _read_text(field: Field, text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text).strip()


def _read_choice(field: Field, text: str) -> object:
    value = _choice(field.form, text)
    if value is None:
        words = ", ".join(f"{zh} ({en})" for zh, en, *_ in CHOICES[field.form].values())
        raise ValueError(f"“{text}” is not one of the words for {field.zh} | one of {words}")
    return value == "true" if field.form == "yes-no" else value


def _choice(form: str, text: str) -> str | None:
    wanted = plain(text).casefold()
    for value, words in CHOICES[form].items():
        if wanted in {plain(word).casefold() for word in (value, *words)}:
            return value
    return None


def _read_date(field: Field, text: str) -> date:
    match = _DAY.fullmatch(fold(text).strip())
    if match is None or match[3] is None:
        raise ValueError(f"“{text}” is no date | write it as 2026-03-01")
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise ValueError(f"there is no such day: “{text}” | write it as 2026-03-01") from error


def _read_deadline(field: Field, text: str) -> str:
    """A year, month or day as records hold it: 2025, 2025-06, 2025-06-30."""
    match = _DAY.fullmatch(re.sub(r"(?:底|末)?(?:之?前|以前)?$", "", fold(text).strip()))
    if match is None:
        raise ValueError(f"“{text}” is no year, month or day | write 2025, 2025-06 or 2025-06-30")
    year, month, day = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError(f"there is no such day: “{text}” | write 2025, 2025-06 or 2025-06-30") from error
    return year + (f"-{int(month):02d}" if month else "") + (f"-{int(day):02d}" if day else "")


def _read_years(field: Field, text: str) -> tuple[int, int]:
    years = [int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", fold(text))]
    if not 1 <= len(years) <= 2 or years[0] > years[-1]:
        raise ValueError(f"“{text}” is no period | write 2021-2025, or one year")
    return years[0], years[-1]


def _read_region(field: Field, text: str) -> str:
    """The code of an area, by code or by full name (江西省南昌市东湖区, 南昌市东湖区)."""
    wanted = plain(text)
    if wanted in ("全国", "国家", "100000", "中华人民共和国"):
        return "100000"
    names = {code: name for code, name, until in area_rows() if not until}
    if wanted in names:
        return wanted
    found = []
    for code, name in names.items():
        above = [names[up] for up in dict.fromkeys((code[:2] + "0000", code[:4] + "00")) if up in names and up != code]
        if wanted.endswith(name) and wanted in ("".join(above) + name, "".join(above[1:]) + name, name):
            found.append(code)
    if len(found) != 1:
        what = "several areas have" if found else "no area has"
        raise ValueError(
            f"{what} the name “{text}” | write the six digits of GB/T 2260, or the full name from the province"
        )
    return found[0]


def _read_concept(field: Field, text: str) -> str:
    name = field.form.removeprefix("concept:")
    wanted = plain(text).casefold()
    for concept in scheme(name):
        if wanted in {plain(w).casefold() for w in (concept.notation, concept.zh, concept.en, *concept.aliases) if w}:
            return concept.notation
    raise ValueError(
        f"“{text}” is no word of the scheme {name} | take one of ontology/concepts/{name}.ttl, or add it there"
    )


_READERS: dict[str, Callable[[Field, str], object]] = {
    "text": _read_text,
    "date": _read_date,
    "deadline": _read_deadline,
    "years": _read_years,
    "region": _read_region,
    **{f"concept:{name}": _read_concept for name in ("plan-type", "crowd-group", "initiative", "bindingness")},
}
