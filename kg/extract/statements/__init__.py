"""Where an item says who is responsible, and what the statement says, clause by clause."""

from __future__ import annotations

from kg.extract.statements.bodies import kind_of, states_area
from kg.extract.statements.model import Member, Parsed, Statement
from kg.extract.statements.parse import parse_statement
from kg.extract.statements.places import find_statements
from kg.extract.statements.words import first_listed_rule, lead_mark

__all__ = [
    "Member",
    "Parsed",
    "Statement",
    "find_statements",
    "first_listed_rule",
    "kind_of",
    "lead_mark",
    "parse_statement",
    "states_area",
]
