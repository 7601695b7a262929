"""Turtle and TriG for people: prefixed, one block a subject, one line a predicate, always in the same order.

RDF 1.1 Turtle, RDF 1.1 TriG. pyoxigraph's own writer puts the prefixes in an order that changes from run to run and
escapes every slash of a prefixed name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kg.export.names import ALL_PREFIXES, natural, prefixed, reading_order, relative, used_prefixes
from kg.reason.facts import TYPE, Fact, iri
from kg.vocab import DCTERMS_TITLE, PLAN, RDFS_LABEL, SKOS_PREF_LABEL, XSD

_FIRST = [TYPE, *map(iri, (DCTERMS_TITLE, SKOS_PREF_LABEL, RDFS_LABEL))]
_LITERAL = re.compile(
    r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z0-9-]+)|\^\^<(?P<datatype>[^>]*)>)?\Z', re.DOTALL
)
# What may stand without quotes (Turtle 1.1, section 2.5.2).
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+\Z"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"),
    XSD + "boolean": re.compile(r"(?:true|false)\Z"),
}

_WIDTH = 100  # of values that stand in one line


class _Writer:
    """Terms as Turtle writes them; remembers what the head must declare."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._names: set[str] = set()
        self._is_relative = False
        self._known: dict[str, str] = {}

    def head(self) -> str:
        lines = [f"@base <{self._base}> .\n"] if self._is_relative else []
        lines += [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in used_prefixes(self._names).items()]
        return "".join(lines)

    def term(self, term: str) -> str:
        shown = self._known.get(term)
        if shown is None:
            shown = self._known[term] = self._iri(term) if term.startswith("<") else self._literal(term)
        return shown

    def _iri(self, term: str) -> str:
        if name := prefixed(term[1:-1]):
            self._names.add(name)
            return name
        if reference := relative(term[1:-1], self._base):
            self._is_relative = True
            return f"<{reference}>"
        return term

    def _literal(self, term: str) -> str:
        found = _LITERAL.match(term)
        if not found:
            return term  # a form that RDF 1.1 does not know (a direction): as it stands
        text, language, datatype = found["text"], found["language"], found["datatype"]
        if datatype and (bare := _BARE.get(datatype)) and bare.match(text):
            return text
        # Lines of a longer text as lines; N-Triples' other escapes hold in Turtle, too.
        quoted = '"""' + _unescape_newlines(text) + '"""' if "\\n" in text else f'"{text}"'
        if language:
            return f"{quoted}@{language}"
        return f"{quoted}^^{self._iri(f'<{datatype}>')}" if datatype else quoted


def _unescape_newlines(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[0], text)


def write_turtle(facts: Iterable[Fact], base: str) -> str:
    """A graph as Turtle."""
    writer = _Writer(base)
    blocks = _blocks(facts, writer, base, "")
    return writer.head() + "".join("\n" + block for block in blocks)


def write_head(base: str) -> str:
    """The head for bodies that are written one by one: every prefix that they may need."""
    lines = [
        f"@base <{base}> .\n",
        *(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in ALL_PREFIXES.items()),
    ]
    return "".join(lines)


def write_body(facts: Iterable[Fact], base: str) -> str:
    """A part of a graph as Turtle, to stand below `write_head`."""
    return "".join("\n" + block for block in _blocks(facts, _Writer(base), base, ""))


def write_trig(graphs: dict[str, set[Fact]], base: str) -> str:
    """Named graphs as TriG; "" names the default graph."""
    writer = _Writer(base)
    body = []
    for name in sorted(graphs):
        blocks = _blocks(graphs[name], writer, base, "    " if name else "")
        text = "\n".join(blocks)
        body.append(f"\n{writer.term(iri(name))} {{\n{text}}}\n" if name else "\n" + text)
    return writer.head() + "".join(body)


def _blocks(facts: Iterable[Fact], writer: _Writer, base: str, indent: str) -> list[str]:
    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in facts:
        subjects[subject][predicate].append(value)
    return [_block(subject, subjects[subject], writer, indent) for subject in sorted(subjects, key=reading_order(base))]


def _block(subject: str, said: dict[str, list[str]], writer: _Writer, indent: str) -> str:
    lines = []
    for predicate in sorted(said, key=predicate_order):
        verb = "a" if predicate == TYPE else writer.term(predicate)
        values = [writer.term(value) for value in sorted(said[predicate], key=value_order)]
        comma = ", " if sum(map(len, values)) < _WIDTH else f",\n{indent}        "
        lines.append(f"{indent}    {verb} {comma.join(values)}")
    return f"{indent}{writer.term(subject)}\n" + " ;\n".join(lines) + " .\n"


def value_order(value: str):
    """A key for values: IRIs before literals, our own terms first, numbers in their order."""
    is_iri = value.startswith("<")
    return not is_iri, not value.startswith("<" + PLAN), natural(value[1:-1] if is_iri else value), value


def predicate_order(predicate: str) -> tuple[int, str, str]:
    """A key for predicates: type, title and labels, then by name."""
    rank = _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST)
    return rank, prefixed(predicate[1:-1]) or predicate, predicate
