"""Saved questions: `queries/*.rq` with their headers → bound SPARQL → results.

`load_queries` reads them, `bind` puts values in as RDF terms, `run` asks a store, `lint` checks a file.
"""

from __future__ import annotations

from kg.query.binding import bind
from kg.query.catalogue import columns, example_values, find_query, load_queries, run, suggest, values_with_defaults
from kg.query.lint import lint
from kg.query.lookup import find_iri, resolve_values
from kg.query.saved import Parameter, SavedQuery

__all__ = [
    "Parameter",
    "SavedQuery",
    "bind",
    "columns",
    "example_values",
    "find_iri",
    "find_query",
    "lint",
    "load_queries",
    "resolve_values",
    "run",
    "suggest",
    "values_with_defaults",
]
