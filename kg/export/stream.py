"""Statements written plan by plan, for files that need no store and no memory for the whole."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from kg.errors import InputError, KGError, UsageError

FORMATS = ("nq", "nt", "ttl")
STDOUT = "-"


class OnePlan(Protocol):
    """What one plan asserts, as the building rooms hand it over."""

    @property
    def plan(self) -> str: ...

    @property
    def statements(self) -> tuple[str, ...]: ...

    def n_triples(self) -> bytes: ...

    def n_quads(self, graph: str) -> bytes: ...


def head_of(form: str, base: str) -> bytes:
    """What stands before all plans."""
    if form != "ttl":
        return b""
    from kg.export.turtle import write_head

    return write_head(base).encode()


def renderer(form: str, base: str, graph_name: Callable[[str], str]) -> Callable[[OnePlan], bytes]:
    """A function that writes one plan; N-Quads keep it in its named graph, the others write the merge.

    Raises `UsageError` for a format that needs the whole graph at once.
    """
    if form not in FORMATS:
        raise UsageError(
            f"{form} cannot be written plan by plan",
            remedy=f"use one of {' '.join(FORMATS)}, or kg build and kg export",
        )
    return partial(_render, form, base, graph_name)


def _render(form: str, base: str, graph_name: Callable[[str], str], graph: OnePlan) -> bytes:
    if form == "nq":
        return graph.n_quads(graph_name(graph.plan))
    if form == "nt":
        return graph.n_triples()
    from kg.export.turtle import write_body

    facts = (statement.split(" ", 2) for statement in graph.statements)
    return write_body(((s, p, o) for s, p, o in facts), base).encode()


@contextmanager
def open_output(destination: str) -> Iterator[Callable[[bytes], None]]:
    """Gives a function that writes to a file, or to standard output (`-`).

    The file appears, or is replaced, when all is written and no exception was raised; a device, a pipe or what a link names
    is written into. Nothing is opened before the first write. Raises `InputError` for a file that cannot be written.
    """
    if destination == STDOUT:
        sys.stdout.flush()
        yield lambda text: _write_all(sys.stdout.buffer.fileno(), text)
        return
    path = Path(destination)
    in_place = path.is_symlink() or (path.exists() and not path.is_file())
    target = path if in_place else path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = -1

    def write(text: bytes) -> None:
        nonlocal descriptor
        if descriptor < 0:
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        _write_all(descriptor, text)

    try:
        try:
            yield write
            if descriptor >= 0 and not in_place:
                target.replace(path)
        finally:
            if descriptor >= 0:
                os.close(descriptor)
            if not in_place:
                with contextlib.suppress(OSError):
                    target.unlink()
    except KGError:
        raise
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror}", where=destination, remedy="check the folder and its permissions"
        ) from error


def _write_all(descriptor: int, text: bytes) -> None:
    left = memoryview(text)
    while left:
        left = left[os.write(descriptor, left) :]
