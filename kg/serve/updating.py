"""An update's dataset from the protocol's parameters, for the instance that the protocol's tests write to."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import QueryError
from kg.query.tokens import tokenise
from kg.serve.formats import named_node


def with_using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with USING and USING NAMED for the given graphs before each of its patterns.

    SPARQL 1.1 Protocol, section 2.2.3: it is an error where the update says itself which graphs it means.

    >>> with_using("DELETE {} INSERT {} WHERE { ?s ?p ?o }", ["x:a"], [])
    'DELETE {} INSERT {} USING <x:a> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return update
    clauses = [f"USING {named_node(iri)}" for iri in default] + [f"USING NAMED {named_node(iri)}" for iri in named]
    pieces: list[str] = []
    depth, before = 0, ""
    for token in tokenise(update):
        word = token.text.upper() if token.kind == "word" and not depth else ""
        if word in ("USING", "WITH"):
            raise QueryError(
                f"the update says with {word} which graphs it means, and the request says so, too",
                remedy="leave out the clause, or using-graph-uri and using-named-graph-uri",
            )
        if word == "WHERE":
            if before == "DELETE":
                raise QueryError("DELETE WHERE takes no graphs", remedy="write DELETE { … } WHERE { … }")
            pieces.append(" ".join(clauses) + " ")
        if token.kind == "mark":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
        if token.kind not in ("space", "comment"):
            before = word
        pieces.append(token.text)
    return "".join(pieces)
