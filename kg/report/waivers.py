"""Findings that somebody answers for: a file of waivers, read strictly, and what it takes out of a report.

Each waiver says why, who answers for it and until when; an expiry is compared with the day that is given, never with a clock.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import InputError, UsageError
from kg.report.narrow import require_whole
from kg.sheet import read_table
from kg.validate.report import Place, Report, ReportFinding, Waived, Waiver, Waivers

# Key → what else a spreadsheet may call it.
KEYS: dict[str, tuple[str, ...]] = {
    "finding": ("id", "问题编号", "编号"),
    "rule": ("规则",),
    "plan": ("规划",),
    "place": ("where", "provision", "条款", "位置"),
    "reason": ("理由", "原因"),
    "owner": ("责任人", "负责人"),
    "expires": ("expiry", "到期日", "有效期", "截止日期"),
}
_NAMES = {name.casefold(): key for key, also in KEYS.items() for name in (key, *also)}
_IDENTIFIER = re.compile(r"[0-9a-f]{12}")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def read_waivers(path: str | Path) -> tuple[Waiver, ...]:
    """The waivers in a .toml (`[[waiver]]` tables), .csv or .xlsx file.

    Each has `reason`, `owner`, `expires`, and either `finding` (an identifier of the report) or `rule` and `plan`, with
    `place` (number or title of the provision) where it is only that one.
    Raises `InputError`, with the line and the key, for a file that cannot be read or a waiver that is not whole.

    """
    file = Path(path)
    rows = _toml_rows(file) if file.suffix.lower() == ".toml" else _table_rows(file)
    return tuple(_waiver(values, f"{path}, line {line}", line) for line, values in rows)


def apply(report: Report, waivers: tuple[Waiver, ...], today: str | None, file: str = "") -> Report:
    """The report without what the waivers take out, which is kept in `Report.waivers` with those expired and unused.

    A waiver holds until the end of the day that it names. Raises `UsageError` without a day to compare with, for a day that
    is none, and for a report that has waivers already or lists only some of its findings; `InputError` for a rule that is
    none of the report's (nearest name given), and for a plan or place that means several.
    """
    require_whole(report)
    if report.waivers:
        raise UsageError("the report has waivers already", remedy="make it anew with kg validate")
    if today is None:
        raise UsageError(
            "waivers expire: say which day it is",
            where=file or None,
            remedy="give --today YYYY-MM-DD; no clock is asked",
        )
    day = _day(today)
    if day is None:
        raise UsageError(f"--today {today} is no day", remedy="write it as 2026-11-22")
    rules = {name: rule.iri for rule in report.rules for name in (rule.name, rule.iri)}
    for waiver in waivers:
        if waiver.rule and waiver.rule not in rules:
            near = get_close_matches(waiver.rule, rules, 1)
            raise InputError(
                f"there is no rule '{waiver.rule}'",
                where=f"{file}, line {waiver.line}, key rule",
                remedy=f"did you mean {near[0]}?" if near else "the report's sheet of rules lists them",
            )
    expired = tuple(waiver for waiver in waivers if waiver.expires < day)
    in_force = [waiver for waiver in waivers if waiver.expires >= day]
    meant = [_settled(waiver, report, rules, file) for waiver in in_force]
    used: set[int] = set()
    taken: list[Waived] = []
    kept_rules = []
    for rule in report.rules:
        kept = []
        for finding in rule.findings:
            fitting = [n for n, waiver in enumerate(meant) if _fits(waiver, finding, rules)]
            used.update(fitting)
            if fitting:
                taken.append(Waived(finding, in_force[fitting[0]]))
            else:
                kept.append(finding)
        kept_rules.append((rule, tuple(kept)))
    numbers = Counter(waived.finding.rule for waived in taken)
    return replace(
        report,
        rules=tuple(replace(rule, findings=kept, waived=numbers[rule.iri]) for rule, kept in kept_rules),
        waivers=Waivers(
            file=Path(file).name,
            today=day,
            waived=tuple(taken),
            expired=expired,
            unused=tuple(waiver for n, waiver in enumerate(in_force) if n not in used),
        ),
        kept=None,
    )


def _settled(waiver: Waiver, report: Report, rules: dict[str, str], file: str) -> Waiver:
    """The waiver with its plan's IRI and its place's, where the report has them; what means several is refused."""
    if waiver.finding:
        return waiver
    where = f"{file}, line {waiver.line}, key "
    words = _squeezed(waiver.plan)
    plans = {plan.iri: plan.title for plan in report.plans}
    exact = [iri for iri, title in plans.items() if words in (iri, iri.rsplit("/", 1)[-1], _squeezed(title))]
    found = exact or [iri for iri, title in plans.items() if words in _squeezed(title)]
    if len(found) > 1:
        shown = "、".join(plans[iri] for iri in found[:5])
        raise InputError(
            f"'{waiver.plan}' means several plans: {shown}", where=where + "plan", remedy="write the title"
        )
    if not found:
        return waiver  # of another collection: unused
    places = {
        finding.provision.iri: finding.provision
        for rule in report.rules
        if rule.iri == rules[waiver.rule]
        for finding in rule.findings
        if finding.provision and found[0] in (plan.iri for plan in finding.plans)
    }
    named = [place.iri for place in places.values() if waiver.place and _squeezed(waiver.place) in _names_of(place)]
    if len(named) > 1:
        shown = "、".join(f"{places[iri].number} {places[iri].title}" for iri in named[:5])
        raise InputError(
            f"'{waiver.place}' means several places: {shown}", where=where + "place", remedy="write number and title"
        )
    return replace(waiver, plan=found[0], place=named[0] if named else waiver.place)


def _names_of(place: Place) -> tuple[str, ...]:
    number, title = _squeezed(place.number), _squeezed(place.title)
    return place.iri, place.iri.rsplit("/", 1)[-1], number, title, number + title


def _fits(waiver: Waiver, finding: ReportFinding, rules: dict[str, str]) -> bool:
    """Whether a settled waiver is for a finding."""
    if waiver.finding:
        return waiver.finding == finding.id
    if rules[waiver.rule] != finding.rule or waiver.plan not in (plan.iri for plan in finding.plans):
        return False
    return not waiver.place or (finding.provision is not None and waiver.place == finding.provision.iri)


def _squeezed(text: str) -> str:
    return "".join(text.split())


# ---------------------------------------------------------------- reading


def _toml_rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = file.read_text("utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", where=str(file), remedy="check the path"
        ) from None
    except UnicodeDecodeError:
        raise InputError("not UTF-8", where=str(file), remedy="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"no TOML: {error}", where=str(file), remedy="mend it") from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*waiver\s*\]\]", line)]
    other = sorted(set(content) - {"waiver"})
    tables = content.get("waiver", [])
    if other or not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        what = f"'{other[0]}' is no part of it" if other else "'waiver' is no list of tables"
        raise InputError(what, where=str(file), remedy="write each waiver below a line [[waiver]]")
    rows = []
    for n, table in enumerate(tables):
        line = lines[n] if n < len(lines) else 0
        values: dict[str, str] = {}
        for key, value in table.items():
            at = f"{file}, line {_line_of(text, line, key)}, key {key}"
            if key not in KEYS:
                near = get_close_matches(key, KEYS, 1)
                remedy = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(KEYS)}"
                raise InputError(f"'{key}' is no key of a waiver", where=at, remedy=remedy)
            if isinstance(value, datetime) or not isinstance(value, (str, date)):
                raise InputError(
                    "not a text" + (" or a day" if key == "expires" else ""), where=at, remedy="put it in quotes"
                )
            values[key] = value.isoformat() if isinstance(value, date) else value.strip()
        rows.append((line, values))
    return rows


def _line_of(text: str, first: int, key: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        if number >= first and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
            return number
    return first


def _table_rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    table = read_table(file)
    keys: dict[str, str] = {}
    for heading in table.heading:
        key = _NAMES.get(heading.strip().casefold())
        if key is None:
            near = get_close_matches(heading.casefold(), _NAMES, 1)
            remedy = f"did you mean {near[0]}?" if near else f"the columns are {', '.join(KEYS)}"
            raise InputError(f"'{heading}' is no column of waivers", where=f"{file}, line 1", remedy=remedy)
        keys[heading] = key
    return [(line.number, {keys[heading]: text for heading, text in line.cells.items()}) for line in table.lines]


def _waiver(values: dict[str, str], at: str, line: int) -> Waiver:
    for key in ("reason", "owner", "expires"):
        if not values.get(key):
            raise InputError(f"the waiver has no {key}", where=f"{at}, key {key}", remedy=f"say the {key}")
    day = _day(values["expires"])
    if day is None:
        raise InputError(
            f"'{values['expires']}' is no day", where=f"{at}, key expires", remedy="write it as 2026-12-31"
        )
    finding, rule, plan = (values.get(key, "") for key in ("finding", "rule", "plan"))
    if finding and not _IDENTIFIER.fullmatch(finding):
        raise InputError(
            f"'{finding}' is no identifier of a finding",
            where=f"{at}, key finding",
            remedy="copy its 12 digits (0-9, a-f)",
        )
    if bool(finding) == bool(rule):
        what = "names a finding and a rule" if finding else "names neither a finding nor a rule"
        raise InputError(f"the waiver {what}", where=at, remedy="give finding, or rule and plan")
    if rule and not plan:
        raise InputError("the waiver names a rule but no plan", where=f"{at}, key plan", remedy="say in which plan")
    return Waiver(values["reason"], values["owner"], day, finding, rule, plan, values.get("place", ""), line)


def _day(text: Any) -> str | None:
    """A day as YYYY-MM-DD; None for what is none.

    >>> _day("2026年3月1日"), _day("2026-02-30")
    ('2026-03-01', None)
    """
    found = _DAY.fullmatch(str(text).strip())
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None
