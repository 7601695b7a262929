"""Facts → the sheet that a person answers."""

from __future__ import annotations

from collections.abc import Iterable

from kg.lexicon import scheme
from kg.review.doubts import Doubt
from kg.sheet import COLUMNS, header, table_bytes

_OFFERED = {"zh": ("是", "否", "增补"), "en": ("yes", "no", "add")}


def fill_sheet(doubts: Iterable[Doubt], suffix: str, lang: str = "zh", who: str = "", when: str = "") -> bytes:
    """The sheet as a file of this suffix (.csv, .xlsx), the answers left open but for who and when, where they are given.

    Paths of parts are written with § before them: spreadsheet programs take 2-3-9 for a day.
    """
    kinds = {c.notation: c.zh if lang == "zh" else c.en for c in scheme("fact-kind")}
    rows = []
    for doubt in doubts:
        cells = {
            "fact": doubt.fact,
            "plan": doubt.plan,
            "where": f"§{doubt.owner}" if doubt.owner else "",
            "heading": doubt.heading,
            "kind": kinds.get(doubt.kind, doubt.kind),
            "taken": doubt.taken,
            "sentence": doubt.sentence,
            "confidence": doubt.confidence,
            "rule": doubt.rule,
            "finding": "\n".join(doubt.findings),
            "who": who,
            "when": when,
            "quote": doubt.quote,
        }
        rows.append([cells.get(name, "") for name in COLUMNS])
    place = list(COLUMNS).index("correct")
    return table_bytes(
        suffix,
        header(lang),
        rows,
        widths=[column.width for column in COLUMNS.values()],
        choices={place: _OFFERED[lang]},
        name="核对" if lang == "zh" else "review",
    )
