"""What a saved query must keep to besides being SPARQL, so that every tool that reads it understands the same."""

from __future__ import annotations

import re

from kg.errors import KGError, QueryError
from kg.query.binding import bind, check_syntax
from kg.query.evidence import PASSAGE, pattern_columns, pattern_query
from kg.query.header import LANGUAGES
from kg.query.pages import PLAN
from kg.query.saved import SavedQuery
from kg.query.tokens import Token, is_parameter, line_of, tokenise
from kg.query.values import serialise

_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY".split())
_OPEN, _CLOSE = frozenset("({["), frozenset(")}]")


def lint(query: SavedQuery) -> list[QueryError]:
    """Everything that is wrong with a saved query, with file and line; empty where nothing is.

    The rules are those of `queries/README.md`.
    """
    try:
        columns = (
            check_syntax(query.path, query.text.replace("$_", "?_"))
            if not _limits(query)
            else check_syntax(query.path, bind(query, _examples(query)))
        )
    except KGError as error:
        return [error if isinstance(error, QueryError) else QueryError(str(error), where=f"{query.path}:1")]
    faults = [*_header_faults(query, columns), *_text_faults(query)]
    try:
        bind(query, _examples(query))
    except KGError as error:
        faults.append(QueryError(f"its own examples do not fit: {error}", where=f"{query.path}:1"))
    return faults


def _limits(query: SavedQuery) -> bool:
    """Whether a parameter stands after LIMIT or OFFSET, so that the text is SPARQL only once it is bound."""
    last = ""
    for token in _spoken(query.text):
        if is_parameter(token) and last in ("LIMIT", "OFFSET"):
            return True
        last = token.text.upper()
    return False


def _examples(query: SavedQuery) -> dict[str, str]:
    """A value for every parameter; a short value for an IRI is no IRI yet, so that any IRI stands for it."""
    values: dict[str, str] = {}
    for p in query.parameters:
        example = p.example if p.example is not None else p.default
        if example is not None:
            values[p.name] = "urn:example" if p.kind == "iri" and p.target and ":" not in example else example
    return values


def _spoken(text: str) -> list[Token]:
    return [t for t in tokenise(text) if t.kind not in ("space", "comment")]


def _header_faults(query: SavedQuery, columns: list[str]) -> list[QueryError]:
    def at(key: str) -> str:
        line = next((n for n, text in enumerate(query.text.splitlines(), 1) if re.match(rf"#\+.*\b{key}\b", text)), 1)
        return f"{query.path}:{line}"

    faults = []
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", query.name):
        faults.append(
            QueryError(f"the name {query.name!r} is not in small letters with hyphens", where=f"{query.path}:1")
        )
    if not re.fullmatch(r"\d+\.\d+\.\d+", query.version):
        faults.append(QueryError("the header has no version of the form 1.0.0", where=at("version")))
    for language in LANGUAGES:
        for key, texts in (("summary", query.summary), ("description", query.description)):
            if not texts.get(language):
                faults.append(QueryError(f"the header has no {key} in {language}", where=at(key)))
        faults += [
            QueryError(f"the parameter {p.name} has no description in {language}", where=at(p.name))
            for p in query.parameters
            if not p.description.get(language)
        ]
        faults += [
            QueryError(f"the column {name} has no label in {language}", where=at(name))
            for name, labels in query.columns.items()
            if not labels.get(language)
        ]
    faults += [
        QueryError(f"the parameter {p.name} has no example", where=at(p.name))
        for p in query.parameters
        if p.example is None
    ]
    if list(query.columns) != columns:
        faults.append(
            QueryError(
                f"the columns are {', '.join(columns)}; the header has {', '.join(query.columns) or 'none'}",
                where=at("columns"),
            )
        )
    faults += [
        QueryError(f"the header has limits, but not in {language}", where=at("limits"))
        for language in LANGUAGES
        if query.limits and not query.limits.get(language)
    ]
    faults += [QueryError(what, where=at("evidence")) for what in _evidence_faults(query, columns)]
    faults += [QueryError(what, where=at("page")) for what in _page_faults(query)]
    for p in query.parameters:
        if p.values is not None:
            try:
                if "value" not in check_syntax(query.path, p.values, known=True):
                    faults.append(
                        QueryError(f"the values of {p.name} are asked for without ?value", where=at("values"))
                    )
            except KGError as error:
                faults.append(QueryError(f"the values of {p.name}: {error}", where=at("values")))
        for choice in (*p.enumerate, *([p.default] if p.default is not None else [])):
            try:
                if p.kind != "iri" or not p.target:
                    serialise(p, choice)
            except KGError as error:
                faults.append(QueryError(str(error), where=at(p.name)))
    return faults


def _page_faults(query: SavedQuery) -> list[str]:
    if query.page is None:
        return []
    parameter = query.parameter(query.page.by)
    if parameter is None or parameter.kind != "iri" or not parameter.variable.startswith("__"):
        return [f"page goes by {query.page.by}, which is no parameter for an IRI that may be left out"]
    if parameter.default is not None:
        return [f"page goes by {query.page.by}, which has a default"]
    if query.page.order is None:
        return [] if query.page.by == PLAN else ["page has no order"]
    try:
        if check_syntax(query.path, query.page.order, known=True) not in (["value"], ["value", "weight"]):
            return ["the order of the pages is asked for otherwise than as ?value, or ?value ?weight"]
    except KGError as error:
        return [f"the order of the pages: {error}"]
    return []


def _evidence_faults(query: SavedQuery, columns: list[str]) -> list[str]:
    if not isinstance(query.evidence, str):
        return [f"the evidence is no column: {name}" for name in query.evidence or () if name not in columns]
    spoken = pattern_columns(query.evidence, columns)
    if not spoken:
        return ["the evidence speaks of no column"]
    if PASSAGE not in {token.text[1:] for token in tokenise(query.evidence) if token.kind == "var"}:
        return [f"the evidence leads to no ?{PASSAGE}"]
    try:
        check_syntax(query.path, pattern_query(query.evidence, spoken), known=True)
    except KGError as error:
        return [f"the evidence: {error}"]
    return []


def _text_faults(query: SavedQuery) -> list[QueryError]:
    faults: list[QueryError] = []
    tokens = _spoken(query.text)

    def fault(token: Token, what: str, remedy: str | None = None) -> None:
        faults.append(QueryError(what, where=f"{query.path}:{line_of(query.text, token.start)}", remedy=remedy))

    in_pattern: set[str] = set()
    opened: list[str] = []  # what each open bracket belongs to
    clause = ""  # the word that the tokens between brackets follow: SELECT, GROUP, ORDER, LIMIT …
    ordered = limited = False
    for n, token in enumerate(tokens):
        word = token.text.upper() if token.kind == "word" else ""
        before = tokens[n - 1].text.upper() if n else ""
        if word in _UPDATES:
            fault(token, f"a saved query only asks: it may not {word}")
        if word == "SERVICE":
            fault(token, "a saved query may not call another endpoint (SERVICE)")
        if word in ("SELECT", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "VALUES", "BIND", "FILTER"):
            clause = word
        if word == "ORDER" and not opened:
            ordered = True
        if word == "LIMIT" and not opened:
            limited = True
        if is_parameter(token):
            name = token.text[1:]
            if before == "AS":
                fault(token, f"the parameter ?{name} cannot be a new name (AS)")
            elif clause == "SELECT" and "{" not in opened[-1:]:
                fault(
                    token,
                    f"the parameter ?{name} cannot be a column",
                    "SELECT a variable and compare it with the parameter",
                )
            elif clause == "GROUP":
                fault(token, f"the parameter ?{name} cannot be grouped by")
            elif clause == "VALUES":
                fault(token, f"the parameter ?{name} cannot be given values by the query")
            if "FILTER" not in opened and "BIND" not in opened and "HAVING" not in opened:
                in_pattern.add(name)
        if token.text in _OPEN and token.kind == "mark":
            opened.append(clause if token.text == "(" and clause in ("FILTER", "BIND", "HAVING") else token.text)
            if token.text == "{":
                clause = ""
        elif token.text in _CLOSE and token.kind == "mark" and opened:
            opened.pop()
            if token.text == "}" or clause in ("FILTER", "BIND", "VALUES"):
                clause = ""
    for p in query.parameters:
        if p.variable.startswith("__") and p.default is None and p.variable not in in_pattern:
            faults.append(
                QueryError(
                    f"the parameter ?{p.variable} may be left out, but stands only in an expression, which is then an error in every row",
                    where=f"{query.path}:{line_of(query.text, query.text.index('?' + p.variable))}",
                    remedy="let it occur in a pattern, or give it a default",
                )
            )
    if (limited or query.pagination) and not ordered:
        faults.append(QueryError("pages need an order: LIMIT or pagination without ORDER BY", where=f"{query.path}:1"))
    return faults
