"""Review sheets → answers: every row checked before anything is built."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from kg.corrections.values import read_values
from kg.errors import InputError
from kg.sheet import COLUMNS, KINDS, Line, Table, column_of, kind_of, plain, read_fields, read_table, table_files

Verdict = Literal["yes", "no", "add"]

_VERDICTS: dict[str, Verdict] = {
    **dict.fromkeys("yes y true 1 ok right correct 是 对 正确 √ ✓ ✔ 无误".split(), "yes"),
    **dict.fromkeys("no n false 0 wrong incorrect 否 错 不 不对 错误 有误 × ✗ ✘ x".split(), "no"),
    **dict.fromkeys("add + missing 补 增 加 增补 补充 新增 漏 遗漏".split(), "add"),
}  # type: ignore[arg-type]
# What a plan always has: it can be put right, not be taken away.
_NEEDED = frozenset(("title", "plan-type", "region", "agency-name"))
# What a person can add: parts of the text need a number and a place of their own.
_ADDABLE = frozenset(KINDS) - {"title", "plan-type", "region", "section", "agency-name"}
_SHOWN = 20  # bad rows that a message tells


@dataclass(frozen=True, slots=True)
class Answer:
    """One row that a person filled in."""

    file: str  # last part of the path
    row: int  # as the spreadsheet program counts
    plan: str  # last part of the plan's IRI
    owner: str  # path of the provision; "" for the plan
    heading: str  # of the provision, as the sheet shows it
    kind: str  # notation of the fact-kind scheme
    name: str  # of the fact below its plan (`kg.sheet.fact_name`); "" where the row gives none
    taken: Mapping[str, str]  # fields as the reader took them
    quote: str
    verdict: Verdict
    right: Mapping[str, object]  # typed; empty where none is given
    right_text: str  # as written
    who: str
    when: str  # ISO date, or date and time
    note: str | None

    @property
    def order(self) -> tuple[str, str, int]:
        """Later answers win; of one moment, later files and rows."""
        return (self.when, self.file, self.row)


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers, by the plan that they are about."""

    files: tuple[str, ...] = ()
    by_plan: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)

    def about(self, plan: str) -> tuple[Answer, ...]:
        """The answers about a plan, named by the last part of its IRI, the earliest first."""
        return self.by_plan.get(plan, ())


@dataclass(frozen=True, slots=True)
class _Bad(Exception):  # noqa: N818 - not raised to anybody outside
    column: str
    what: str
    remedy: str


def read_answers(path: str | Path) -> Answers:
    """Every answered row of a sheet, or of all sheets in a folder; rows without an answer are passed over.

    Raises `InputError` for files that cannot be read and for rows that cannot be used: all of them, each with file, row,
    column and what to do.
    """
    found: list[Answer] = []
    wrong: list[str] = []
    files = table_files(path)
    for file in files:
        table = read_table(file)
        columns = _columns(table, file)
        for line in table.lines:
            try:
                answer = _answer({columns[h]: c for h, c in line.cells.items() if h in columns}, file.name, line)
            except _Bad as bad:
                label = COLUMNS[bad.column].en
                wrong.append(f"{file}: row {line.number}, column “{label}”: {bad.what} ({bad.remedy})")
                continue
            if answer is not None:
                found.append(answer)
    if wrong:
        more = f"\n  and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise InputError(
            f"{len(wrong)} {'row' if len(wrong) == 1 else 'rows'} cannot be used; nothing was built\n  "
            + "\n  ".join(wrong[:_SHOWN])
            + more,
            where=str(path),
        )
    by_plan: dict[str, list[Answer]] = {}
    for answer in sorted(found, key=lambda a: a.order):
        by_plan.setdefault(answer.plan, []).append(answer)
    return Answers(tuple(f.name for f in files), {plan: tuple(by_plan[plan]) for plan in sorted(by_plan)})


def _columns(table: Table, file: Path) -> dict[str, str]:
    """Heading → column; headings that are not ours are passed over.

    Raises `InputError` where the needed columns are missing or one stands twice.
    """
    columns: dict[str, str] = {}
    for heading in table.heading:
        name = column_of(heading)
        if name is None:
            continue
        if name in columns.values():
            raise InputError(
                f"the column “{heading}” stands twice", where=str(file), remedy="delete one, or give it another heading"
            )
        columns[heading] = name
    there = set(columns.values())
    if "correct" not in there or not there & {"fact", "kind"}:
        raise InputError(
            "not a sheet of answers: it lacks the columns “fact” and “correct? (yes/no)”",
            where=str(file),
            remedy="kg review PLAN -o FILE writes one; keep its first row",
        )
    return columns


def _answer(cells: Mapping[str, str], file: str, line: Line) -> Answer | None:
    """The answer of a row; None for a row that nobody has answered.

    Raises `_Bad`.
    """
    said = cells.get("correct", "")
    right_text = cells.get("right", "")
    fact = cells.get("fact", "")
    is_new = not fact and not cells.get("taken")
    if not said and not (is_new and right_text):
        if right_text:
            raise _Bad("correct", "is empty beside a right value", "write no (否)")
        return None
    verdict = _VERDICTS.get(plain(said).casefold()) if said else "add"
    if verdict is None:
        raise _Bad("correct", f"“{said}” is no answer", "write yes (是) or no (否), or add (增补) for what was missed")
    plan, owner, kind, name = _identity(cells, fact)
    values = _values(kind, right_text, verdict)
    if verdict == "yes" and right_text and plain(right_text) != plain(cells.get("taken", "")):
        raise _Bad("right", "a right value beside yes", "write no (否), or empty the cell")
    if verdict == "no" and not right_text and kind in _NEEDED:
        raise _Bad("right", f"every plan has this ({kind}), so no alone says too little", "write the right value")
    if verdict == "add":
        _check_addition(kind, values, cells)
    who = cells.get("who", "")
    if not who:
        raise _Bad("who", "is empty", "write who answered: the graph keeps it beside the fact")
    return Answer(
        file=file,
        row=line.number,
        plan=plan,
        owner=owner,
        heading=cells.get("heading", ""),
        kind=kind,
        name=name,
        taken=_taken(kind, cells.get("taken", "")),
        quote=cells.get("quote", ""),
        verdict=verdict,
        right=values,
        right_text=right_text,
        who=who,
        when=_moment(cells.get("when", "")),
        note=cells.get("note") or None,
    )


_FACT = re.compile(r"(?:.*/)?(?P<plan>[^/#]+?-[^/#]+-[0-9a-f]{8})(?:/(?P<owner>[^/#]+))?(?P<name>#(?P<kind>[a-z-]+?)(?:-[0-9a-f]{8})?(?:-\d+)?)$")  # fmt: skip


def _identity(cells: Mapping[str, str], fact: str) -> tuple[str, str, str, str]:
    """Plan, owner, kind and name of the fact: from its name, or from columns of their own."""
    kind_text = cells.get("kind", "")
    kind = kind_of(kind_text) if kind_text else None
    if kind_text and kind is None:
        raise _Bad("kind", f"there is no kind of fact “{kind_text}”", f"one of {', '.join(KINDS)}")
    if fact:
        match = _FACT.match(fact)
        named = match["kind"] if match else ""
        if match is None or named not in KINDS:
            raise _Bad("fact", f"“{fact}” names no fact", "take it from the sheet as kg review wrote it")
        owner = match["owner"] or ""
        return match["plan"], owner, named, owner + match["name"]
    plan = cells.get("plan", "").strip("<>").rstrip("/").rpartition("/")[2]
    if not plan:
        raise _Bad("plan", "is empty", "write the last part of the plan's IRI, as kg stats -f json shows it")
    if kind is None:
        raise _Bad("kind", "is empty", f"one of {', '.join(KINDS)}")
    return plan, cells.get("where", "").removeprefix("§").strip().strip("/"), kind, ""


def _values(kind: str, text: str, verdict: Verdict) -> dict[str, object]:
    try:
        return read_values(kind, read_fields(kind, text))
    except ValueError as error:
        what, _, remedy = str(error).partition(" | ")
        raise _Bad("right", what, remedy or "write it as the column “taken” does") from error


def _taken(kind: str, text: str) -> dict[str, str]:
    try:
        return read_fields(kind, text)
    except ValueError:
        return {}  # somebody wrote into it: the fact's name and its quote are enough


def _check_addition(kind: str, values: Mapping[str, object], cells: Mapping[str, str]) -> None:
    if kind not in _ADDABLE:
        raise _Bad("kind", f"a fact of this kind ({kind}) cannot be added", "correct the one that is there")
    if not values:
        raise _Bad("right", "is empty", "write what is to be added")
    if not cells.get("quote"):
        raise _Bad("quote", "is empty", "copy the words of the text that say so")
    if kind == "responsibility" and not {"agency", "role"} <= values.keys():
        raise _Bad("right", "says not both body and role", "write 单位=区科协; 角色=配合 (body=…; role=…)")
    if kind in ("target", "achievement"):
        if "indicator" not in values:
            raise _Bad("right", "does not say what is counted", "write 数值=20; 单位=场; 指标=科普活动")
        if not values.keys() & {"value", "minimum", "maximum", "growth_rate", "benchmark"}:
            raise _Bad("right", "has no number", "write 数值=20; 单位=场; 指标=科普活动")
    if kind in ("task", "action", "safeguard") and not cells.get("where"):
        raise _Bad("where", "is empty", "write the path of printed numbers that the new part gets, such as §2-3-9")


def _moment(text: str) -> str:
    """A date, or date and time, in ISO form.

    >>> _moment("2026年3月1日"), _moment("2026/3/1 9:30")
    ('2026-03-01', '2026-03-01T09:30:00')
    """
    if not text:
        raise _Bad("when", "is empty", "write the date of the answer, such as 2026-03-01")
    match = re.fullmatch(
        r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?Z?)?",
        text.strip(),
    )
    try:
        if match is None:
            raise ValueError(text)
        year, month, day, hour, minute, second = (int(part) if part else 0 for part in match.groups())
        moment = datetime(year, month, day, hour, minute, second)
    except ValueError as error:
        raise _Bad("when", f"“{text}” is no date", "write it as 2026-03-01") from error
    return moment.date().isoformat() if match[4] is None else moment.isoformat(timespec="seconds")
