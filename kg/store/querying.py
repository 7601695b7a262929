"""Run a query on a pyoxigraph store, with the faults of the query told apart from those of the store."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg.errors import QueryError, StoreError

# Tokens that can hide or imitate a keyword: SPARQL 1.1, section 19.8 (comments, IRIREF, the four kinds of strings,
# variables, prefixed names, language tags). Longer kinds of string first.
_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n\r]* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>  \"\"\"(?:\\.|(?!\"\"\").)*\"\"\" | '''(?:\\.|(?!''').)*''' | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*' )
    | (?P<var>     [?$]\w+ )
    | (?P<lang>    @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    (?:[^\W\d_][\w.-]*)?:(?:(?:[\w:]|%|\\.)(?:[\w:.%-]|\\.)*)? )
    | (?P<escape>  \\. )
    | (?P<word>    [^\W\d]\w* )
    """,
    re.VERBOSE | re.DOTALL,
)

_AT = re.compile(r"^error at (\d+):(\d+): (.*)$", re.DOTALL)


def keywords(sparql: str) -> list[str]:
    """The bare words of a query in upper case: what is no IRI, string, comment, variable, name or language tag.

    >>> keywords('PREFIX s: <x:SERVICE> # SERVICE\\nSELECT ?service { ?service s:service "SERVICE" }')
    ['PREFIX', 'SELECT']
    """
    return [m["word"].upper() for m in _TOKEN.finditer(sparql) if m.lastgroup == "word"]


def refuse_service(sparql: str) -> None:
    """Raise `QueryError` for a query that calls another endpoint (SERVICE).

    Oxigraph would send the request, also from inside EXISTS and with SILENT: reading the own graph must not talk to
    the network. Errs on the safe side: a number may stand right before the keyword (`1e5SERVICE`), so the end of a
    word counts.
    """
    if any(word.endswith("SERVICE") for word in keywords(sparql)):
        raise QueryError(
            "the query calls another endpoint (SERVICE)",
            remedy="ask that endpoint itself with --endpoint; the embedded store sends no requests",
        )


def syntax_error(error: SyntaxError, sparql: str) -> QueryError:
    """The parser's complaint with line, column and the line itself.

    >>> str(syntax_error(SyntaxError("error at 1:19: expected a term"), "SELECT * { ?s ?p }"))
    'line 1, column 19: the query is not valid SPARQL: expected a term (the line is: SELECT * { ?s ?p })'
    """
    found = _AT.match(str(error))
    if not found:
        return QueryError(f"the query is not valid SPARQL: {error}")
    line, column, what = int(found[1]), int(found[2]), found[3]
    lines = sparql.splitlines()
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return QueryError(
        f"the query is not valid SPARQL: {what}",
        where=f"line {line}, column {column}",
        remedy=f"the line is: {shown}" if shown else None,
    )


def run_query(store: ox.Store, sparql: str, where: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The results of a query on a store at hand; SERVICE is refused."""
    refuse_service(sparql)
    try:
        return store.query(sparql)
    except SyntaxError as error:
        raise syntax_error(error, sparql) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError(f"the query failed: {error}", where=where) from error


def as_graph(graph: str | ox.NamedNode | ox.DefaultGraph | None) -> ox.NamedNode | ox.DefaultGraph | None:
    """A graph's name as pyoxigraph takes it; an IRI may come as text."""
    return ox.NamedNode(graph) if isinstance(graph, str) else graph


def graph_iris(store: ox.Store) -> list[str]:
    """The IRIs of the named graphs that hold a triple, sorted."""
    named = [g for g in store.named_graphs() if isinstance(g, ox.NamedNode)]
    return sorted(g.value for g in named if next(store.quads_for_pattern(None, None, None, g), None) is not None)
