"""Gold files: what a careful reader takes from a document, read and checked (their guide: shared/gold/GUIDE.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.errors import InputError

ROLES = {"lead": "Lead", "joint": "Joint", "support": "Support"}
BASES = {"stated": "Stated", "first-listed-rule": "FirstListedRule", "sole": "SoleAgency"}
COMPARATORS = {"=": "Equal", ">=": "AtLeast", ">": "MoreThan", "<=": "AtMost", "<": "LessThan", "~": "About"}

_TEXT, _TEXTS, _NUMBER, _OPTIONAL = (str,), (list,), (int, float), (str, int, type(None))
_PARTS: dict[str, dict[str, tuple[type, ...]]] = {
    "actions": {"id": _TEXT, "number": (str, type(None)), "title": _TEXT},
    "tasks": {
        "id": _TEXT,
        "number": (str, type(None)),
        "title": _TEXT,
        "action": (str, type(None)),
        "text_begin": _TEXT,
        "text_end": _TEXT,
    },
    "safeguards": {"title": _TEXT},
    "targets": {
        "quote": _TEXT,
        "indicator": _TEXT,
        "value": _NUMBER,
        "unit": _TEXT,
        "comparator": _TEXT,
        "deadline": _OPTIONAL,
        "recurrence": _OPTIONAL,
        "aspirational": (bool,),
        "belongs_to": _TEXT,
    },
    "agencies": {"surface": _TEXT, "kind": _TEXT},
}
_KINDS = {str: "text", list: "a list", dict: "an object", int: "a number", float: "a number", bool: "true or false"}


def read_gold(paths: Iterable[str | Path]) -> list[tuple[str, dict[str, Any]]]:
    """The gold files with their names (file name without suffix), in the order given; a folder means its *.json, sorted.

    Raises `InputError` for a file that is missing, no JSON, or not of the guide's shape: the message names the place.

    >>> from kg import resources
    >>> file = next(iter(sorted(resources.root().glob("data/gold/*.json"))), None)
    >>> file is None or read_gold([file])[0][1]["plan"]["title"]
    '东湖区全民科学素质行动规划纲要实施方案(2021—2025年)'
    """
    return [_read(file) for path in paths for file in _files(Path(path))]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.json"))
    if not found:
        raise InputError("the folder holds no gold file", where=str(path), remedy="give JSON files or a folder of them")
    return found


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        gold = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError("there is no such gold file", where=str(path), remedy="check the path") from error
    except OSError as error:
        raise InputError(error.strerror or str(error), where=str(path), remedy="give a gold file") from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", where=str(path), remedy="give a gold file: JSON in UTF-8") from error
    except json.JSONDecodeError as error:
        where = f"{path}, line {error.lineno}, column {error.colno}"
        raise InputError(f"not JSON: {error.msg}", where=where, remedy="mend the file") from error
    check_gold(gold, str(path))
    return path.stem, gold


def check_gold(gold: object, where: str) -> None:
    """Raise `InputError` unless the value has the shape of a gold file; `where` begins the place named."""
    top = _object(gold, where, "the file")
    _field(_field(top, "plan", (dict,), where, ""), "title", _TEXT, where, "plan.")
    for part, fields in _PARTS.items():
        if part == "agencies" and not top.get(part):
            continue
        for n, item in enumerate(_field(top, part, _TEXTS, where, "")):
            at = f"{part}[{n}]"
            entry = _object(item, where, at)
            for name, types in fields.items():
                _field(entry, name, types, where, at + ".")
            _entry(entry, part, where, at)
    _references(top, where)


def _entry(entry: dict[str, Any], part: str, where: str, at: str) -> None:
    if part == "targets":
        _one_of(entry["comparator"], COMPARATORS, where, at + ".comparator")
    if part in ("actions", "tasks"):
        for name in ("leads", "crowd_groups", "title_also"):
            for k, text in enumerate(_list(entry, name, where, at)):
                _type(text, _TEXT, where, f"{at}.{name}[{k}]")
        for k, duty in enumerate(_list(entry, "responsibility", where, at)):
            place = f"{at}.responsibility[{k}]"
            facts = _object(duty, where, place)
            _field(facts, "agency", _TEXT, where, place + ".")
            _one_of(_field(facts, "role", _TEXT, where, place + "."), ROLES, where, place + ".role")
            _one_of(_field(facts, "basis", _TEXT, where, place + "."), BASES, where, place + ".basis")


def _references(gold: dict[str, Any], where: str) -> None:
    """Each id once, and each task in an action that is there, or (null) in none: a chapter that is itself the task."""
    seen: set[str] = set()
    for part in ("actions", "tasks"):
        for n, item in enumerate(gold[part]):
            if item["id"] in seen:
                raise InputError(
                    f"the id {item['id']!r} is given twice",
                    where=f"{where}: {part}[{n}].id",
                    remedy="number the items anew",
                )
            seen.add(item["id"])
    actions = {item["id"] for item in gold["actions"]}
    for n, item in enumerate(gold["tasks"]):
        if item["action"] is not None and item["action"] not in actions:
            raise InputError(
                f"there is no action {item['action']!r}",
                where=f"{where}: tasks[{n}].action",
                remedy="name the id of an action",
            )


def _list(entry: dict[str, Any], name: str, where: str, at: str) -> list[Any]:
    return _type(entry.get(name) or [], _TEXTS, where, f"{at}.{name}")


def _object(value: object, where: str, at: str) -> dict[str, Any]:
    return _type(value, (dict,), where, at)


def _field(entry: dict[str, Any], name: str, types: tuple[type, ...], where: str, at: str) -> Any:
    if name not in entry:
        raise InputError(f"{at}{name} is missing", where=where, remedy="see the guide to the gold files")
    return _type(entry[name], types, where, at + name)


def _type(value: Any, types: tuple[type, ...], where: str, at: str) -> Any:
    """The value, if it is of one of the types; true and false are no numbers here, though Python counts with them."""
    if not isinstance(value, types) or isinstance(value, bool) and bool not in types:
        expected = " or ".join(dict.fromkeys(_KINDS.get(t, "null") for t in types))
        raise InputError(f"{at} must be {expected}", where=where, remedy="see the guide to the gold files")
    return value


def _one_of(value: str, known: dict[str, str], where: str, at: str) -> None:
    if value not in known:
        raise InputError(
            f"{at} is {value!r}, not one of {', '.join(known)}", where=where, remedy="see the guide to the gold files"
        )
