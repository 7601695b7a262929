"""Profiles and settings: which rules are on, how grave they are, and where their thresholds lie.

Profiles are data (`shapes/profiles.toml`); a user's settings are a TOML file with the same keys. Both are checked
against the rules there are: a rule, key or threshold that there is not is an error that names what is allowed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import rdflib
from rdflib import RDF, SH, Literal, URIRef

from kg import resources
from kg.errors import InputError, QueryError, UsageError
from kg.validate.rules import SETS, SEVERITIES, THRESHOLD, Rule, Shapes, Words, as_number

KEYS = ("off", "on", "severity", "thresholds")
_WORDS = ("title", "purpose")
_SEVERITY_IRI = {word: iri for iri, word in SEVERITIES.items()}


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set: by rule, named as its IRI ends (`task-lead`) or by its whole IRI."""

    off: frozenset[str] = frozenset()
    on: frozenset[str] = frozenset()  # wins over `off` of the profile below
    severity: dict[str, str] = field(default_factory=dict)
    thresholds: dict[str, dict[str, int | Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of settings, and what it is for."""

    name: str
    title: Words
    purpose: Words
    settings: Settings


@lru_cache(maxsize=1)
def profiles() -> tuple[dict[str, Profile], str]:
    """The profiles by name, and the name of the default one. Raises `QueryError` where the file is broken.

    >>> found, default = profiles()
    >>> sorted(found), default
    (['draft', 'issued', 'publish', 'strict'], 'issued')
    >>> found["draft"].title["zh"]
    '草案'
    """
    path = resources.path("shapes/profiles.toml")
    table = _parse(path, QueryError)
    default = table.pop("default", "")
    found = {}
    for name, entry in table.items():
        words = {key: entry.pop(key) for key in _WORDS}
        found[name] = Profile(name, words["title"], words["purpose"], _settings(entry, f"{path.name}, {name}"))
    return found, default


def profile(name: str | None) -> Profile:
    """The profile of that name, the default one for None. Raises `UsageError` for a name that there is not."""
    found, default = profiles()
    if (name or default) not in found:
        raise UsageError(f"there is no profile '{name}'", remedy=f"one of {', '.join(found)}")
    return found[name or default]


def read_settings(path: str | Path) -> Settings:
    """A user's settings. Raises `InputError` for a file that is missing or no TOML, or has a key that is not allowed."""
    file = Path(path)
    return _settings(_parse(file, InputError), str(file))


def _parse(path: Path, error: type[InputError] | type[QueryError]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as reason:
        raise InputError(
            f"cannot be read: {reason.strerror or reason}", where=str(path), remedy="check the path"
        ) from None
    except UnicodeDecodeError:
        raise InputError("is not UTF-8", where=str(path), remedy="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as reason:
        raise error(f"not valid TOML: {reason}", where=str(path), remedy="mend the TOML") from None


def _settings(table: dict[str, Any], where: str) -> Settings:
    """The settings in a table, its form checked; whether there are such rules is checked where they are applied."""
    for key in table:
        if key not in KEYS:
            raise InputError(f"there is no key '{key}'", where=where, remedy=f"one of {', '.join(KEYS)}")
    for key in ("off", "on"):
        if not isinstance(table.get(key, []), list) or not all(isinstance(name, str) for name in table.get(key, [])):
            raise InputError(
                f"'{key}' is no list of names of rules", where=where, remedy=f'write it as {key} = ["task-lead"]'
            )
    for rule, word in _table(table, "severity", where).items():
        if word not in SEVERITIES.values():
            raise InputError(
                f"severity of '{rule}': there is no '{word}'", where=where, remedy="one of violation, warning, info"
            )
    limits = _table(table, "thresholds", where)
    for rule, values in limits.items():
        if not isinstance(values, dict):
            raise InputError(
                f"'thresholds.{rule}' is no table", where=where, remedy=f"write [thresholds.{rule}], then name = number"
            )
        for name, value in values.items():
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e12:
                raise InputError(
                    f"'thresholds.{rule}.{name}' is no number from 0 on: {value!r}",
                    where=where,
                    remedy="give a number without quotation marks",
                )
    both = sorted(set(table.get("off", ())) & set(table.get("on", ())))
    if both:
        raise InputError(f"'{both[0]}' is both on and off", where=where, remedy="name it in one of the two lists")
    return Settings(
        off=frozenset(table.get("off", ())),
        on=frozenset(table.get("on", ())),
        severity=table.get("severity", {}),
        thresholds={
            rule: {name: as_number(value) for name, value in values.items()} for rule, values in limits.items()
        },
    )


def _table(table: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    found = table.get(key, {})
    if not isinstance(found, dict):
        raise InputError(f"'{key}' is no table", where=where, remedy=f"write [{key}], then one line for each rule")
    return found


def apply(shapes: Shapes, settings: Settings, where: str = "settings") -> Shapes:
    """The shapes as the settings want them; what they do not name stays as it is.

    Rules that are off are named in `Shapes.off`; a severity or threshold is set in the shapes graph too, so that
    every engine sees it. Raises `InputError` for a rule or threshold that there is not.
    """
    names = {rule.name: rule for rule in (*shapes.rules, *shapes.off)} | {
        r.iri: r for r in (*shapes.rules, *shapes.off)
    }
    for name in (*settings.off, *settings.on, *settings.severity, *settings.thresholds):
        if name not in names:
            raise InputError(f"there is no rule '{name}'", where=where, remedy=_alike(name, shapes))
    off = {rule.iri for rule in shapes.off} | {names[name].iri for name in settings.off}
    off -= {names[name].iri for name in settings.on}
    severity = {names[name].iri: word for name, word in settings.severity.items()}
    limits = {names[name].iri: values for name, values in settings.thresholds.items()}
    rules = []
    for rule in (*shapes.rules, *shapes.off):
        unknown = sorted(set(limits.get(rule.iri, ())) - set(rule.thresholds))
        if unknown:
            raise InputError(
                f"rule '{rule.name}' has no threshold '{unknown[0]}'",
                where=where,
                remedy=f"one of {', '.join(rule.thresholds)}" if rule.thresholds else "this rule has none",
            )
        for name, value in limits.get(rule.iri, {}).items():
            if isinstance(rule.thresholds[name], int) and not isinstance(value, int):
                raise InputError(
                    f"threshold '{name}' of '{rule.name}' is no whole number: {value}",
                    where=where,
                    remedy=f"such as {rule.thresholds[name]}, which it is by default",
                )
        rules.append(
            replace(
                rule,
                severity=severity.get(rule.iri, rule.severity),
                thresholds=rule.thresholds | limits.get(rule.iri, {}),
            )
        )
    graph = _set(shapes, {rule.iri: rule for rule in rules}, severity, limits)
    rules.sort(key=lambda rule: (rule.order, rule.iri))
    return replace(
        shapes,
        graph=graph,
        rules=tuple(rule for rule in rules if rule.iri not in off),
        off=tuple(rule for rule in rules if rule.iri in off),
    )


def _alike(name: str, shapes: Shapes) -> str:
    from difflib import get_close_matches

    known = [rule.name for rule in (*shapes.rules, *shapes.off)]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    return (
        f"did you mean {', '.join(near)}? kg validate -f json lists all rules"
        if near
        else f"one of {', '.join(sorted(known))}"
    )


def _set(
    shapes: Shapes, rules: dict[str, Rule], severity: dict[str, str], limits: dict[str, dict[str, int | Decimal]]
) -> rdflib.Graph:
    if not severity and not limits:
        return shapes.graph
    graph = rdflib.Graph()
    for triple in shapes.graph:
        graph.add(triple)
    for iri, word in severity.items():
        for node in [node for node, owner in shapes.rule_of.items() if owner == iri]:
            if str(node) == iri or (node, SH.severity, None) in graph:
                graph.set((node, SH.severity, _SEVERITY_IRI[word]))
    for iri, values in limits.items():
        for threshold in list(graph.objects(URIRef(iri), THRESHOLD)):
            name, parameter = str(graph.value(threshold, rdflib.SKOS.notation)), graph.value(threshold, SETS)
            if name not in values:
                continue
            new = Literal(values[name])
            graph.set((threshold, RDF.value, new))
            if parameter is not None:
                for node in [node for node, owner in shapes.rule_of.items() if owner == iri]:
                    if (node, parameter, None) in graph:
                        graph.set((node, parameter, new))
    return graph
