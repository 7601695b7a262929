"""SPARQL cut into tokens, so that a variable can be found where it is one and nowhere else."""

from __future__ import annotations

import re
from dataclasses import dataclass

# SPARQL 1.1, section 19.8. Every character belongs to exactly one token; longer kinds of string first, and an IRI before
# the operator `<`, as the grammar's longest match demands.
_TOKEN = re.compile(
    r"""
      (?P<space>   [\x20\t\r\n]+ )
    | (?P<comment> \#[^\n\r]* )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string>  \"\"\"(?:\\.|(?!\"\"\")[^\\])*\"\"\" | '''(?:\\.|(?!''')[^\\])*''' | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*' )
    | (?P<var>     [?$]\w+ )
    | (?P<lang>    @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    (?:[^\W\d_][\w.-]*)?:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.))?)? )
    | (?P<number>  (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? )
    | (?P<word>    [^\W\d]\w* )
    | (?P<mark>    \^\^ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int


def tokenise(sparql: str) -> list[Token]:
    """The tokens of a query, in order; together they are the query again.

    >>> [t.text for t in tokenise('SELECT ?t { ?t ?p "?_x" } # ?_y') if t.kind == "var"]
    ['?t', '?t', '?p']
    """
    return [Token(m.lastgroup or "mark", m[0], m.start()) for m in _TOKEN.finditer(sparql)]


def line_of(text: str, position: int) -> int:
    """The number of the line, from 1, that a position lies in."""
    return text.count("\n", 0, position) + 1


def is_parameter(token: Token) -> bool:
    """Whether a token is a variable that stands for a value to be given: `?_name…` or `?__name…`."""
    return token.kind == "var" and token.text[1] == "_"
