"""What the store holds, told to a person: a table of the plans, one thing with the sentences behind it, the schema.

Reads the graph only; returns values that know their text and their JSON.
"""

from __future__ import annotations

from kg.describe.candidates import COLUMNS as CANDIDATE_COLUMNS
from kg.describe.candidates import Candidate, find_candidates
from kg.describe.description import Choice, Description, Fact, Quote, Value
from kg.describe.open_names import OpenName, in_words, open_names
from kg.describe.schema import Schema, schema
from kg.describe.show import show
from kg.describe.stats import COLUMNS, PlanSummary, summarise

__all__ = [
    "CANDIDATE_COLUMNS",
    "COLUMNS",
    "Candidate",
    "Choice",
    "Description",
    "Fact",
    "OpenName",
    "PlanSummary",
    "Quote",
    "Schema",
    "Value",
    "find_candidates",
    "in_words",
    "open_names",
    "schema",
    "show",
    "summarise",
]
