"""Values into the places of the parameters: as terms, never as text."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError, UsageError
from kg.query.saved import Parameter, SavedQuery
from kg.query.tokens import Token, is_parameter, tokenise
from kg.query.values import describe_form, serialise
from kg.store.querying import KNOWN_PREFIXES, refuse_service


def bind(query: SavedQuery, values: Mapping[str, str] | None = None) -> str:
    """The query's text with each given value, or default, in the place of its parameter.

    Every value is checked and written as one RDF term, so it can mean nothing but itself; a parameter that may be left
    out and is left out stays a variable. Raises `UsageError` for unknown names, for what is missing (all at once) and
    for values that the parameter cannot take; `QueryError` where the query itself is broken.
    """
    given = {name: value for name, value in (values or {}).items() if value is not None}
    check_names(query, given)
    chosen = {p.name: given.get(p.name, p.default) for p in query.parameters}
    missing = [p.name for p in query.parameters if p.required and chosen[p.name] is None]
    if missing:
        raise UsageError(
            f"the query {query.name} needs {', '.join(missing)}",
            remedy="give " + "; ".join(_wanted(query, p) for p in query.parameters if p.name in missing),
        )
    by_variable = {p.variable: p for p in query.parameters}
    pieces: list[str] = []
    kinds: list[str] = []
    last = ""
    for token in tokenise(query.text):
        parameter = by_variable.get(token.text[1:]) if is_parameter(token) else None
        value = chosen[parameter.name] if parameter else None
        if parameter and value is not None:
            pieces.append(serialise(parameter, value, bare=last in ("LIMIT", "OFFSET")))
            kinds.append("term")
        else:
            pieces.append(token.text)
            kinds.append(token.kind)
        if token.kind not in ("space", "comment"):
            last = token.text.upper()
    text = "".join(pieces)
    _check_tiling(query, text, pieces, kinds)
    check_syntax(query.name, text)
    return text


def _wanted(query: SavedQuery, parameter: Parameter) -> str:
    listed = parameter.values or parameter.target
    more = f"; kg query {query.name} --values {parameter.name} lists them" if listed else ""
    return f"--{parameter.name}: {describe_form(parameter)}{more}"


def check_names(query: SavedQuery, values: Mapping[str, str]) -> None:
    """Raise `UsageError` where a value is given for a parameter that the query does not have."""
    names = [p.name for p in query.parameters]
    for name in values:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
            known = f"its parameters are {', '.join(names)}" if names else "it takes none"
            raise UsageError(
                f"the query {query.name} has no parameter {name}", remedy=f"did you mean {near[0]}?" if near else known
            )


def _check_tiling(query: SavedQuery, text: str, pieces: list[str], kinds: list[str]) -> None:
    """Cut the bound text again: every piece must still be a token, or a term's few tokens, of its own."""
    tokens = iter(tokenise(text))
    position = 0
    for piece, kind in zip(pieces, kinds, strict=True):
        end = position + len(piece)
        inside: list[Token] = []
        while position < end:
            token = next(tokens, None)
            if token is None or token.start != position or token.start + len(token.text) > end:
                raise QueryError("a value would not stay in its place", where=query.path)
            inside.append(token)
            position += len(token.text)
        if kind == "term" and [t.kind for t in inside] not in (
            ["iri"],
            ["string"],
            ["string", "lang"],
            ["string", "mark", "iri"],
            ["number"],
        ):
            raise QueryError("a value would not stay in its place", where=query.path)


def check_syntax(name: str, text: str, *, known: bool = False) -> list[str]:
    """The columns of a SELECT query, none for another form; `known`: it need not declare the prefixes that we know.

    Raises `QueryError` where the text is no SPARQL 1.1 query, or one that calls another endpoint.
    """
    refuse_service(text)
    try:
        results = ox.Store().query(text, prefixes=KNOWN_PREFIXES if known else None)
    except SyntaxError as error:
        raise QueryError(f"the query is no SPARQL: {error}", where=name) from error
    return [v.value for v in results.variables] if isinstance(results, ox.QuerySolutions) else []
