"""The columns of the sheet: their names in both languages, and every name that is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.sheet.facts import plain


@dataclass(frozen=True, slots=True)
class Column:
    """One column; whoever writes a sheet by hand may leave out all but the needed ones."""

    name: str
    zh: str
    en: str
    width: int  # in a spreadsheet, characters
    also: tuple[str, ...] = ()

    def heading(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en


COLUMNS: dict[str, Column] = {
    c.name: c
    for c in (
        Column("fact", "事实编号", "fact", 24, ("fact id", "id", "编号")),
        Column("plan", "规划", "plan", 24),
        Column("where", "位置", "where", 10, ("owner", "所属", "path", "条款路径")),
        Column("heading", "条款", "heading", 28, ("provision", "标题")),
        Column("kind", "种类", "kind", 12, ("kind of fact", "事实种类")),
        Column("taken", "程序所读", "taken", 32, ("what the reader took", "reader took", "所读")),
        Column("sentence", "原文(上下文)", "sentence (with context)", 60, ("sentence", "原文", "context", "上下文")),
        Column("confidence", "置信度", "confidence", 9, ("把握",)),
        Column("rule", "规则", "rule", 18),
        Column("finding", "问题", "finding", 24, ("findings", "发现")),
        Column("correct", "对否(是/否)", "correct? (yes/no)", 12, ("correct", "correct?", "对否", "是否正确", "正确")),
        Column("right", "正确的值", "right value", 32, ("right", "value", "正确值", "更正为")),
        Column("who", "核对人", "who", 12, ("reviewer", "by", "何人")),
        Column("when", "核对日期", "when", 12, ("date", "日期", "何时", "核对时间")),
        Column("note", "备注", "note", 24, ("notes", "comment", "说明")),
        Column("quote", "依据原句", "quote", 40, ("quotation", "原句", "依据")),
    )
}


def header(lang: str) -> list[str]:
    """The first row of a sheet."""
    return [column.heading(lang) for column in COLUMNS.values()]


def _bare(text: str) -> str:
    return re.sub(r"\(.*\)$|[?*::]", "", plain(text)).casefold().strip()


_NAMES = {
    _bare(word): column.name
    for column in COLUMNS.values()
    for word in (column.name, column.zh, column.en, *column.also)
}


def column_of(heading: str) -> str | None:
    """The column that a heading means, in whatever language, case and width; None for one that is not ours.

    >>> column_of("Correct? (yes/no)"), column_of(" 核对人 "), column_of("price")
    ('correct', 'who', None)
    """
    return _NAMES.get(_bare(heading))
