"""Saved questions: `queries/*.rq` with their headers → bound SPARQL → results.

`load_queries` reads them, `bind` puts values in as RDF terms, `run` asks a store, `answer` asks it with the sentences
that each row rests on, `choices` lists what a parameter may be, `lint` checks a file, `check` tries them all.
"""

from __future__ import annotations

from kg.query.answer import EVIDENCE, Answer, answer, prepare
from kg.query.area import find_region, plans_within, takes_region
from kg.query.binding import bind
from kg.query.catalogue import columns, example_values, find_query, load_queries, run, suggest, values_with_defaults
from kg.query.checking import Checked, check
from kg.query.lint import lint
from kg.query.lookup import find_iri, resolve_values
from kg.query.pages import Page, find_page, narrow
from kg.query.picks import Choice, choices, has_choices
from kg.query.published import publish
from kg.query.saved import Paging, Parameter, SavedQuery

__all__ = [
    "EVIDENCE",
    "Answer",
    "Checked",
    "Choice",
    "Page",
    "Paging",
    "Parameter",
    "SavedQuery",
    "answer",
    "bind",
    "check",
    "choices",
    "columns",
    "example_values",
    "find_iri",
    "find_page",
    "find_query",
    "find_region",
    "has_choices",
    "lint",
    "load_queries",
    "narrow",
    "plans_within",
    "prepare",
    "publish",
    "resolve_values",
    "run",
    "suggest",
    "takes_region",
    "values_with_defaults",
]
