"""The graph as files, and query results as text: the same graph gives the same bytes."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import EmptyError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.reason.facts import Fact
    from kg.store.protocol import Store

__all__ = ["FORMATS", "format_of", "render_facts", "render_graph", "serialise"]

FORMATS = ("ttl", "nt", "nq", "trig", "jsonld")
_SUFFIXES = {".ttl": "ttl", ".nt": "nt", ".nq": "nq", ".trig": "trig", ".jsonld": "jsonld"}
STDOUT = "-"


def format_of(destination: str | os.PathLike[str]) -> str:
    """The format that a file's suffix means; Turtle for standard output (`-`).

    Raises `UsageError` for any other suffix.

    >>> format_of("东湖区.trig"), format_of("-")
    ('trig', 'ttl')
    """
    name = os.fspath(destination)
    if name == STDOUT:
        return "ttl"
    suffix = Path(name).suffix.lower()
    if suffix not in _SUFFIXES:
        what = f"the suffix {suffix} is no graph format" if suffix else "the name has no suffix"
        raise UsageError(what, where=name, remedy=f"use one of {' '.join(_SUFFIXES)}")
    return _SUFFIXES[suffix]


def serialise(
    store: Store, destination: str | os.PathLike[str], format: str | None = None, plan: str | None = None
) -> None:
    """Write the graph of a store, or of one plan (its IRI), to a file or to standard output (`-`).

    Holds what plans assert and what follows, with the labels of the concepts that it refers to, and neither the
    ontology nor the rest of the concepts. N-Quads and TriG keep the named graphs; the others write their merge.
    `format` is one of `FORMATS`; None goes by the suffix. The file is replaced at once, when it is complete.

    Raises `UsageError` for an unknown format or plan, `EmptyError` where there is nothing to write, `InputError` for a
    file that cannot be written.
    """
    text = render_graph(store, format or format_of(destination), plan)
    if os.fspath(destination) == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    else:
        _replace(Path(destination), text)


def render_graph(store: Store, format: str, plan: str | None = None) -> bytes:
    """The bytes that `serialise` writes."""
    from kg.export import turtle
    from kg.export.selection import select

    if format not in FORMATS:
        raise UsageError(f"there is no graph format {format!r}", remedy=f"use one of {' '.join(FORMATS)}")
    graphs = select(store, plan)
    facts = set().union(*graphs.values())
    if not facts:
        raise EmptyError("the store holds nothing to write", where=store.where, remedy="build plans first: kg build")
    if format == "trig":
        return turtle.write_trig(graphs, store.base).encode()
    if format != "nq":
        return render_facts(facts, format, store.base)
    lines = {f"{s} {p} {o}{f' <{name}>' if name else ''} .\n" for name, graph in graphs.items() for s, p, o in graph}
    return "".join(sorted(lines)).encode()


def render_facts(facts: Collection[Fact], format: str, base: str) -> bytes:
    """The bytes of a graph that has no name: Turtle, N-Triples or JSON-LD.

    Raises `UsageError` for a format of named graphs.
    """
    from kg.export import jsonld, turtle

    if format == "ttl":
        return turtle.write_turtle(facts, base).encode()
    if format == "jsonld":
        return jsonld.write_jsonld(facts, base).encode()
    if format == "nt":
        return "".join(sorted({f"{s} {p} {o} .\n" for s, p, o in facts})).encode()
    raise UsageError(f"there are no named graphs to write as {format}", remedy="use ttl, nt or jsonld")


def _replace(path: Path, text: bytes) -> None:
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if path.is_symlink() or path.exists() and not path.is_file():
            path.write_bytes(text)  # into /dev/null, a pipe or what a link names, never in its place
            return
        try:
            new.write_bytes(text)
            new.replace(path)
        finally:
            with contextlib.suppress(OSError):
                new.unlink()
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", where=str(path), remedy="check the folder and its permissions"
        ) from error
