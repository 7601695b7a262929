"""Bytes of a PDF → pages of glyphs and rules, by PDFium in a process of its own (`kg.read.pdf.worker`)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import InputError

SECONDS = 90  # for the whole file, whatever the machine's load; a page has its own, fewer seconds (`worker`)
MAX_BYTES = 512 << 20


class Glyph(NamedTuple):
    """A character where it stands; lengths in points, x to the right, y (of the baseline) down."""

    char: str
    x0: float
    x1: float
    y: float
    size: float
    style: int


class Style(NamedTuple):
    """How a glyph is set, and whether the file itself says that it is a running head or foot."""

    font: str
    bold: bool
    red: bool
    running: bool


class Rule(NamedTuple):
    """A straight line along an edge of the page."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, upright; rotated stamps and water marks are left out."""

    number: int  # from 1
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    image: float  # share of the page under pictures
    drawn: int  # pieces of curves: letters drawn as outlines
    missing: bool = False  # the file has no such page, though it counts it


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF as PDFium reads it."""

    pages: tuple[Page, ...]
    styles: tuple[Style, ...]
    sound: bool  # its table of objects is whole; if not, PDFium searched the bytes for what is left


DAMAGED = ("the PDF is damaged or cut off", "download it again, or open it in a PDF program and save it anew")
TOO_MUCH = ("the PDF holds more text or lines than a plan can", "give the part of it that is the plan")
_REFUSALS = {
    "open": DAMAGED,
    "format": DAMAGED,
    "page": DAMAGED,
    "password": ("the PDF is encrypted and asks for a password", "save it without a password"),
    "security": ("the PDF is encrypted in a way that is not known", "save it without encryption"),
    "size": TOO_MUCH,
}
_HOSTILE = (
    "the PDF takes more time or memory than it may, or crashes its reader: it is damaged or made to do harm",
    "open it in a PDF program, print it to a new PDF, and give that",
)


def load(data: bytes, where: str) -> Paper:
    """The pages of a PDF.

    Raises `InputError` where the bytes are no PDF, damaged beyond reading, encrypted with a password, too many, or
    take longer or more memory than they may.
    """
    if not data.strip():
        raise InputError("the file is empty", where=where, remedy="give a file that holds the text of a plan")
    # Acrobat takes a header anywhere in the first 1024 bytes (ISO 32000-1, implementation note 13 of PDF 1.7).
    if b"%PDF-" not in data[:1024]:
        raise InputError("the file is no PDF", where=where, remedy="give it the suffix of what it is")
    if len(data) > MAX_BYTES:
        raise InputError(f"the PDF is larger than {MAX_BYTES >> 20} MB", where=where, remedy="give a part of it")
    lines = _run(data, where)
    head, rest = lines[0], lines[1:]
    for line in (head, *rest):
        if error := line.get("error"):
            what, remedy = _REFUSALS.get(error) or (
                f"the PDF says that it has {line.get('count', 'very many')} pages",
                "give the pages that are the plan",
            )
            raise InputError(what, where=where, remedy=remedy)
    if not rest or "styles" not in rest[-1] or len(rest) != head["pages"] + 1:
        raise InputError(_HOSTILE[0], where=where, remedy=_HOSTILE[1])
    if not head["pages"]:
        raise InputError("the PDF has no pages", where=where, remedy=DAMAGED[1])
    styles = tuple(Style(*s) for s in rest[-1]["styles"])
    pages = tuple(_page(number, raw) for number, raw in enumerate(rest[:-1], 1))
    used = Counter(glyph.style for page in pages for glyph in page.glyphs)
    running = sum(n for style, n in used.items() if styles[style].running)
    if running * 5 > used.total():  # a program that calls everything an artifact
        styles = tuple(s._replace(running=False) for s in styles)
    return Paper(pages, styles, head["sound"])


def _run(data: bytes, where: str) -> list[dict[str, Any]]:
    """What the worker says, line by line."""
    worker = Path(__file__).with_name("worker.py")
    # The worker sees the modules that this process sees; -P keeps its own folder (which has an html.py) out of the way.
    path = os.pathsep.join(p for p in sys.path if p)
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(worker)],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(_HOSTILE[0], where=where, remedy=_HOSTILE[1]) from error
    except OSError as error:
        raise InputError(
            f"the PDF's reader cannot be started: {error.strerror}", where=where, remedy="free memory or processes"
        ) from error
    if done.returncode and b"ModuleNotFoundError" in done.stderr:
        raise InputError("PDFs need pypdfium2", where=where, remedy="pip install pypdfium2")
    try:
        if done.returncode == 0 and done.stdout.endswith(b"\n"):
            return [json.loads(line) for line in done.stdout.splitlines()]
    except ValueError:  # it died in the middle of a line
        pass
    raise InputError(_HOSTILE[0], where=where, remedy=_HOSTILE[1])


def _page(number: int, raw: dict[str, Any]) -> Page:
    if raw.get("missing"):
        return Page(number, 595.0, 842.0, (), (), 0.0, 0, missing=True)
    width, height = raw["width"] / 100, raw["height"] / 100
    columns = raw["glyphs"]
    names = ("x", "y", "width", "size", "style", "angle")
    placed = list(zip(columns["text"], *(columns[n] for n in names), strict=True))
    # A table set sideways on an upright page is read as the page must be turned to be read.
    angles = Counter(round(angle / 90) % 4 for *_, angle in placed)
    turn = min(angles, key=lambda a: (-angles[a], a)) if angles else 0
    glyphs = []
    for char, x, y, advance, size, style, angle in placed:
        if abs((angle - 90 * turn + 180) % 360 - 180) <= 3 and size >= 100:
            x, y = _turned(x / 100, y / 100, turn, width, height)
            glyphs.append(Glyph(char, x, x + advance / 100, y, size / 100, style))
    flat = raw["rules"]
    rules = []
    for i in range(0, len(flat), 4):
        a, b = _turned(flat[i] / 100, flat[i + 1] / 100, turn, width, height)
        c, d = _turned(flat[i + 2] / 100, flat[i + 3] / 100, turn, width, height)
        rules.append(Rule(min(a, c), min(b, d), max(a, c), max(b, d)))
    if turn % 2:
        width, height = height, width
    shown = tuple(g for g in glyphs if -1 <= g.x0 <= width + 1 and -1 <= g.y <= height + g.size)
    return Page(number, width, height, shown, tuple(rules), raw["image"], raw["drawn"])


def _turned(x: float, y: float, turn: int, width: float, height: float) -> tuple[float, float]:
    """The place on a page turned so that text at `turn` right angles (against the clock) stands upright."""
    return ((x, y), (height - y, x), (width - x, height - y), (y, width - x))[turn]
