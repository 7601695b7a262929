"""The report as JSON and back: the one model of which everything else is a rendering.

What it holds is described by shapes/report.schema.json; the words in it are those of the rules and of the plans, the verdict
stands in both languages, so that nobody needs anything else to render it.
"""

from __future__ import annotations

import json
import re
import types
import typing
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.validate.report import (
    FORMAT,
    SEVERITIES,
    Change,
    PlanEntry,
    Report,
    RuleReport,
    Tally,
    Waivers,
)

_REMEDY = "make the report anew: kg validate -o FILE.json"


def write(report: Report) -> str:
    """The report as JSON, keys in a fixed order; ends with a line feed."""
    tally = report.tally
    model: dict[str, Any] = {
        "format": FORMAT,
        "verdict": {"zh": report.verdict("zh"), "en": report.verdict("en")},
        "conforms": report.conforms,
        "problems": {severity: tally.problems[severity] for severity in SEVERITIES},
        "checked": dict(sorted(report.counts.items())),
        "not_checked": [rule.iri for rule in report.not_checked],
        "profile": {"name": report.profile, "title": report.profile_title},
        "off": list(report.off),
        "inferred": report.inferred,
        "triples": report.triples,
        "looked_at": report.looked_at,
        "only": [list(pair) for pair in report.only],
        "listed": report.listed,
        "tally": asdict(tally),
        "to_do": [
            {
                "rule": rule.iri,
                "findings": tally.rules[rule.iri].total,
                "plans": tally.rules[rule.iri].plans,
                "agencies": tally.rules[rule.iri].acts,
                "example": report.example(rule).id,
            }
            for rule in report.to_do()
        ],
        "plans": [asdict(plan) for plan in report.plans],
        "rules": [{**asdict(rule), "state": rule.state} for rule in report.rules],
        "waivers": None if report.waivers is None else asdict(report.waivers),
        "since": None if report.since is None else asdict(report.since),
    }
    return escape(_lay_out(model)) + "\n"


def asdict(value: Any) -> Any:
    """A dataclass as JSON takes it; `dataclasses.asdict` copies what need not be copied and takes ten times as long."""
    if isinstance(value, (str, int, float, type(None))):
        return value
    if isinstance(value, (tuple, list)):
        return [asdict(part) for part in value]
    if isinstance(value, dict):
        return {key: asdict(part) for key, part in value.items()}
    return {name: asdict(getattr(value, name)) for name in _names(type(value))}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _lay_out(value: Any, depth: int = 0) -> str:
    """JSON with a line for each key of the report, each plan, rule and finding: to be read, compared and written fast."""
    if depth < 3 and isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(_lay_out(part, depth + 1) for part in value) + "\n]"
    if depth < 2 and isinstance(value, dict) and value:
        lines = (f"{json.dumps(key, ensure_ascii=False)}: {_lay_out(part, depth + 1)}" for key, part in value.items())
        return "{" + (",\n" if depth == 0 else ", ").join(lines) + "}"
    if depth == 2 and isinstance(value, dict) and "findings" in value and isinstance(value["findings"], list):
        pairs = (
            (k, _lay_out(v, 2) if k == "findings" else json.dumps(v, ensure_ascii=False)) for k, v in value.items()
        )
        return "{" + ", ".join(f"{json.dumps(key)}: {text}" for key, text in pairs) + "}"
    return json.dumps(value, ensure_ascii=False)


_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def escape(text: str) -> str:
    r"""A text of JSON or Turtle in which no character is hidden or turns the direction of others: the same to a reader.

    >>> escape('"\u202e"')
    '"\\u202e"'
    """
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def read_file(path: str | Path) -> Report:
    """The report in a file. Raises `InputError` for one that is not there, or no report of ours."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot be read: {reason}", where=str(path), remedy="check the path") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("not UTF-8, so no report of ours", where=str(path), remedy=_REMEDY) from None
    return read(text, str(path))


def read(text: str, where: str = "report") -> Report:
    """The report in a text: `write(read(write(report))) == write(report)`.

    Raises `InputError` for what is no JSON, no report, of another format, or lacks or mistypes a key: the key is named.
    """
    try:
        model = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else error
        raise InputError(f"not JSON ({reason})", where=where, remedy=_REMEDY) from None
    found = model.get("format") if isinstance(model, dict) else None
    if found != FORMAT:
        raise InputError(
            f"its format is {found!r}, not {FORMAT}" if found else "no report: it has no format",
            where=where,
            remedy=_REMEDY,
        )
    try:
        tally = _take(Tally, _get(model, "tally"), "tally")
        return Report(
            rules=_take(tuple[RuleReport, ...], _get(model, "rules"), "rules"),
            plans=_take(tuple[PlanEntry, ...], _get(model, "plans"), "plans"),
            counts=_take(dict[str, int], _get(model, "checked"), "checked"),
            triples=_take(int, _get(model, "triples"), "triples"),
            inferred=_take(bool, _get(model, "inferred"), "inferred"),
            looked_at=_take(int, _get(model, "looked_at"), "looked_at"),
            profile=_take(str, _get(model, "profile")["name"], "profile.name"),
            profile_title=_take(dict[str, str], _get(model, "profile")["title"], "profile.title"),
            off=_take(tuple[str, ...], _get(model, "off"), "off"),
            waivers=_take(Waivers | None, _get(model, "waivers"), "waivers"),
            since=_take(Change | None, _get(model, "since"), "since"),
            only=tuple((kind, name) for kind, name in _get(model, "only")),
            listed=_take(int | None, _get(model, "listed"), "listed"),
            kept=tally if model["listed"] is not None else None,
        )
    except (_MistypedError, TypeError, ValueError, KeyError, AttributeError) as error:
        raise InputError(f"not a whole report: {error}", where=where, remedy=_REMEDY) from None


class _MistypedError(Exception):
    pass


def _get(model: dict[str, Any], key: str) -> Any:
    if key not in model:
        raise _MistypedError(f"'{key}' is missing")
    return model[key]


def _take(kind: Any, value: Any, at: str) -> Any:
    """A value of JSON as the type that the model gives it."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return value if value in inside else _refuse(at, f"one of {', '.join(map(repr, inside))}")
    if inside == (int, float):
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else _refuse(at, "a number")
    if origin in (typing.Union, types.UnionType):
        return None if value is None else _take(next(part for part in inside if part is not type(None)), value, at)
    if origin is tuple:
        if not isinstance(value, list):
            _refuse(at, "a list")
        return tuple(_take(inside[0], part, f"{at}[{n}]") for n, part in enumerate(value))
    if origin is dict:
        if not isinstance(value, dict):
            _refuse(at, "an object")
        return {key: _take(inside[1], part, f"{at}.{key}") for key, part in value.items()}
    if is_dataclass(kind):
        if not isinstance(value, dict):
            _refuse(at, "an object")
        types_of = _types(kind)
        return kind(**{name: _take(of, _get_at(value, name, at), f"{at}.{name}") for name, of in types_of.items()})  # type: ignore[operator]
    if not isinstance(value, kind) or isinstance(value, bool) and kind is int:
        _refuse(at, {str: "a text", int: "a whole number", bool: "true or false"}[kind])
    return value


@cache
def _types(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {name: hints[name] for name in _names(kind)}


def _get_at(value: dict[str, Any], name: str, at: str) -> Any:
    if name not in value:
        raise _MistypedError(f"'{at}.{name}' is missing")
    return value[name]


def _refuse(at: str, expected: str) -> Any:
    raise _MistypedError(f"'{at}' must be {expected}")
