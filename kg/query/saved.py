"""A saved question: its header's values and its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["iri", "literal", "number", "integer", "language", "datatype"]
Text = dict[str, str]  # language → text


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the asker gives, in grlc's way of naming: `?_name_kind`, `?__name_kind` where it may be left out."""

    name: str
    variable: str  # as it stands in the text, without ? or $: "__plan_iri"
    kind: Kind
    required: bool  # must be given: it is not optional and has no default
    detail: str = ""  # language tag, or full IRI of the datatype
    description: Text = field(default_factory=dict)
    example: str | None = None
    default: str | None = None
    enumerate: tuple[str, ...] = ()
    target: str | None = None  # the class whose members are meant, as a full IRI: short values are looked up there
    minimum: str | None = None
    maximum: str | None = None
    pattern: str | None = None
    values: str | None = None  # a query for the pick-list: ?value, and ?label where it has one


@dataclass(frozen=True, slots=True)
class Paging:
    """How the answer over a collection is cut: so many values of a parameter that may be left out make a page."""

    by: str  # the parameter's name
    size: int
    # A query for all of its values in order, ?value, and what each counts towards the size, ?weight; None: plans by title.
    order: str | None = None


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One file of `queries/`."""

    name: str
    path: str
    summary: Text
    description: Text
    parameters: tuple[Parameter, ...]
    text: str  # the whole file
    version: str = ""
    answers: tuple[str, ...] = ()  # the questions that it answers: "Q05"
    tags: tuple[str, ...] = ()
    columns: dict[str, Text] = field(default_factory=dict)  # in the order of the projection
    expect: dict[str, int] = field(default_factory=dict)
    limits: Text = field(default_factory=dict)  # what the documents cannot answer
    # Which columns bear the evidence; or a graph pattern that leads from a row's columns to ?passage; None: by the columns' names.
    evidence: tuple[str, ...] | str | None = None
    pagination: int | None = None
    page: Paging | None = None

    def parameter(self, name: str) -> Parameter | None:
        return next((p for p in self.parameters if p.name == name), None)
