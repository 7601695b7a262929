"""Pick-lists: the values that a parameter may take on the graph at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab
from kg.errors import QueryError, UsageError
from kg.query.binding import check_names
from kg.query.lookup import members_of
from kg.query.saved import Parameter, SavedQuery
from kg.query.values import describe_form

if TYPE_CHECKING:
    from kg.store.protocol import Store

# What somebody's plan speaks of: a class of concepts has hundreds of members that no plan at hand names.
_IN_USE = f"""
PREFIX rdfs: <{vocab.RDFS}>
SELECT DISTINCT ?thing {{
  {{ SELECT DISTINCT ?thing {{ ?class rdfs:subClassOf* <%s> . ?thing a ?class }} }}
  GRAPH ?graph {{ ?subject ?property ?thing }}
  FILTER(?graph NOT IN (<{vocab.ONTOLOGY_GRAPH}>, <{vocab.CONCEPT_GRAPH}>, <{vocab.INFERRED_GRAPH}>))
}}"""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be given, and what it is called."""

    value: str
    label: str = ""


def choices(store: Store, query: SavedQuery, name: str) -> list[Choice]:
    """The values that a parameter of a saved question may take, sorted; each is understood where it is given.

    Of the header's own query for it (`values`) what `?value` and `?label` are; of a list in the header its words; of a
    class the members that the plans at hand speak of, or all where they speak of none.
    Raises `UsageError` for an unknown parameter, and for one that takes any value of a form: it says which.
    """
    check_names(query, {name: ""})
    parameter = query.parameter(name)
    assert parameter is not None
    if parameter.values is not None:
        return _asked(store, query, parameter)
    if parameter.enumerate:
        return [Choice(word) for word in parameter.enumerate]
    if parameter.target:
        return _members(store, parameter.target)
    raise UsageError(
        f"{name} has no list of values: it takes any value of its form",
        where=query.name,
        remedy=f"give {describe_form(parameter)}",
    )


def has_choices(parameter: Parameter) -> bool:
    """Whether the values of a parameter can be listed."""
    return bool(parameter.values or parameter.enumerate or parameter.target)


def _members(store: Store, target: str) -> list[Choice]:
    members = members_of(store, target)
    used = {row["thing"].value for row in store.query(_IN_USE % target)}
    # Unless it tells one from another the short value would not be understood.
    times: dict[str, int] = {}
    for member in members:
        times[member.short] = times.get(member.short, 0) + 1
    return [
        Choice(member.short if times[member.short] == 1 and member.short else member.iri, member.label)
        for member in members
        if not used or member.iri in used
    ]


def _asked(store: Store, query: SavedQuery, parameter: Parameter) -> list[Choice]:
    results = store.query(parameter.values or "")
    columns = [v.value for v in results.variables] if isinstance(results, ox.QuerySolutions) else []
    if "value" not in columns:
        raise QueryError(f"the values of {parameter.name} are asked for without ?value", where=query.path)
    found = {
        Choice(row["value"].value, row["label"].value if "label" in columns and row["label"] is not None else "")
        for row in results
        if row["value"] is not None
    }
    return _sorted(list(found))


def _sorted(found: Sequence[Choice]) -> list[Choice]:
    return sorted(found, key=lambda choice: (choice.value, choice.label))
