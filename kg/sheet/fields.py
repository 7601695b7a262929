"""What a fact of each kind consists of, and how that is written in one cell.

A fact with one field is written as its value; one with several as 单位=区人社局; 角色=牵头. A cell without any name= gives
the first field alone. Names and fixed words are understood in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.lexicon import scheme
from kg.sheet.facts import plain


@dataclass(frozen=True, slots=True)
class Field:
    """One part of a fact."""

    name: str
    zh: str
    en: str
    form: str  # text, date, years, deadline, number, yes-no, region, a key of CHOICES, or concept:SCHEME
    also: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


# Fixed words: value → (Chinese, English, what else is understood).
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "role": {
        "Lead": ("牵头", "lead", "主办", "牵头单位"),
        "Joint": ("共同负责", "joint", "联合", "并列"),
        "Support": ("配合", "support", "参与", "协助", "配合单位"),
    },
    "comparator": {
        "Equal": ("等于", "equal", "=", "达到"),
        "AtLeast": ("不少于", "at least", ">=", "≥", "以上", "不低于"),
        "MoreThan": ("超过", "more than", ">"),
        "AtMost": ("不超过", "at most", "<=", "≤", "以内", "不高于"),
        "LessThan": ("少于", "less than", "<", "低于"),
        "About": ("约", "about", "~", "≈", "左右"),
    },
    "accumulation": {"OverPeriod": ("期间累计", "over the period", "累计"), "AtDate": ("时点数", "at a date", "时点")},
    "part": {
        "Section": ("章节", "section"),
        "Action": ("行动", "action"),
        "Task": ("任务", "task"),
        "SafeguardMeasure": ("保障措施", "safeguard", "safeguard measure"),
    },
    "result": {"Target": ("目标", "target"), "Achievement": ("已有成绩", "achievement", "成绩")},
    "yes-no": {"true": ("是", "yes", "true", "y", "1", "对"), "false": ("否", "no", "false", "n", "0", "不")},
}

_VALUE = "value"
_TITLE = Field("title", "标题", "title", "text")
_PART = (_TITLE, Field("part", "类别", "part", "part"), Field("number", "编号", "number", "text"))
_FIGURE = (
    Field("value", "数值", "value", "number"),
    Field("unit", "单位", "unit", "text"),
    Field("indicator", "指标", "indicator", "text"),
    Field("comparator", "比较", "comparator", "comparator", ("比较关系",)),
    Field("minimum", "下限", "minimum", "number"),
    Field("maximum", "上限", "maximum", "number"),
    Field("baseline", "基数", "baseline", "number"),
    Field("growth_rate", "增长率", "growth rate", "number"),
    Field("benchmark", "参照", "benchmark", "text"),
    Field("accumulation", "累计方式", "accumulation", "accumulation"),
    Field("scope", "范围", "scope", "text"),
    Field("bindingness", "约束性", "bindingness", "concept:bindingness", ("属性",)),
    Field("result", "类别", "result", "result"),
)


def _one(form: str) -> tuple[Field, ...]:
    return (Field(_VALUE, "值", "value", form),)


KINDS: dict[str, tuple[Field, ...]] = {
    "title": _one("text"),
    "plan-type": _one("concept:plan-type"),
    "issuer": _one("text"),
    "document-number": _one("text"),
    "index-number": _one("text"),
    "sealed-by": _one("text"),
    "originator": _one("text"),
    "approval": _one("text"),
    "addressee": _one("text"),
    "issued": _one("date"),
    "published": _one("date"),
    "period": _one("years"),
    "status": _one("text"),
    "subject": _one("text"),
    "region": _one("region"),
    "citation": (
        _TITLE,
        Field("number", "文号", "number", "text", ("发文字号",)),
        Field("is_basis", "制定依据", "basis", "yes-no", ("依据",)),
    ),
    "section": _PART,
    "action": _PART,
    "task": _PART,
    "safeguard": _PART,
    "responsibility": (Field("agency", "单位", "body", "text", ("agency", "责任单位")), Field("role", "角色", "role", "role")),
    "crowd-group": _one("concept:crowd-group"),
    "initiative": _one("concept:initiative"),
    "deadline": _one("deadline"),
    "target": (
        *_FIGURE,
        Field("deadline", "期限", "deadline", "deadline", ("截止日期", "完成时限")),
        Field("recurrence", "周期", "recurrence", "text"),
        Field("aspirational", "力争", "aspirational", "yes-no"),
    ),
    "achievement": (*_FIGURE, Field("achieved_by", "截至", "achieved by", "date")),
    "agency-name": _one("text"),
}  # fmt: skip


def kind_of(word: str) -> str | None:
    """The kind of fact that a cell means: its notation, or its name in Chinese or English.

    >>> kind_of("责任单位"), kind_of("Target"), kind_of("天气")
    ('responsibility', 'target', None)
    """
    wanted = plain(word).casefold()
    for concept in scheme("fact-kind"):
        if wanted in {plain(w).casefold() for w in (concept.notation, concept.zh, concept.en, *concept.aliases)}:
            return concept.notation
    return None


def _names(field: Field) -> tuple[str, ...]:
    return (field.zh, field.en, field.name, *field.also)


def read_fields(kind: str, cell: str) -> dict[str, str]:
    """The fields that a cell gives, as written.

    Raises `ValueError` for a field that is given twice, and for words before the first name=.

    >>> read_fields("responsibility", "单位=区人社局；角色＝配合")
    {'agency': '区人社局', 'role': '配合'}
    >>> read_fields("responsibility", "区人社局"), read_fields("title", "甲=乙")
    ({'agency': '区人社局'}, {'value': '甲=乙'})
    """
    fields = KINDS[kind]
    cell = cell.strip()
    if not cell:
        return {}
    if len(fields) == 1:
        return {fields[0].name: cell}
    by_name = {name.casefold(): field.name for field in fields for name in _names(field)}
    words = "|".join(re.escape(name) for name in sorted(by_name, key=lambda n: (-len(n), n)))
    marks = list(re.finditer(rf"(?:^|[;；\n])\s*(?P<name>{words})\s*[=＝]", cell, re.IGNORECASE))
    if not marks:
        return {fields[0].name: cell}
    if marks[0].start() > 0:
        raise ValueError(f"“{cell[: marks[0].start()].strip()}” stands before the first name=")
    found: dict[str, str] = {}
    for i, mark in enumerate(marks):
        name = by_name[mark["name"].casefold()]
        if name in found:
            raise ValueError(f"{mark['name']} is given twice")
        stop = marks[i + 1].start() if i + 1 < len(marks) else len(cell)
        found[name] = cell[mark.end() : stop].strip().strip(";；").strip()
    return found


def write_fields(kind: str, values: Mapping[str, str], lang: str = "zh") -> str:
    """A fact in one cell; what it does not have is left out.

    >>> write_fields("responsibility", {"agency": "区人社局", "role": "Lead"})
    '单位=区人社局; 角色=牵头'
    >>> write_fields("crowd-group", {"value": "青少年"}, "en")
    'young people'
    """
    fields = KINDS[kind]
    said = [(field, in_words(field, values[field.name], lang)) for field in fields if values.get(field.name)]
    if len(fields) == 1:
        return said[0][1] if said else ""
    return "; ".join(f"{field.label(lang)}={value}" for field, value in said)


def in_words(field: Field, value: str, lang: str) -> str:
    """A value as a person reads it: fixed words and concepts in the language, all else as it is."""
    choice = CHOICES.get(field.form, {}).get(value)
    if choice:
        return choice[0 if lang == "zh" else 1]
    if field.form.startswith("concept:"):
        for concept in scheme(field.form.removeprefix("concept:")):
            if concept.notation == value:
                return concept.zh if lang == "zh" else concept.en or concept.zh
    return value
