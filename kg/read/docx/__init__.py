"""DOCX: the text as Word prints it, automatic numbers and tables included.

Left out: headers and footers, comments, deleted and hidden text, tables of contents, field instructions.
Footnotes and endnotes stand at the end, each with its mark; in the running text the marks are left out, for they
would part words (市科协①、市教育局).
Source: ISO/IEC 29500-1 (Transitional and Strict).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from kg.model import Finding
from kg.read.blocks import Block, compose, texts
from kg.read.composer import Reading
from kg.read.docx.numbering import Numbering
from kg.read.docx.styles import Styles, W
from kg.read.docx.walk import Walk
from kg.read.numbers import print_number
from kg.read.package import Package

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def read(data: bytes, where: str) -> Reading:
    """The text of a Word document, with its tables of data, headings and notes.

    Raises `InputError` where the file is damaged, encrypted, no Word document, too large, or holds no text.
    """
    package = Package(data, where)
    document = _Document(package)
    blocks, notes = document.read()
    reading = compose(blocks, notes, document.findings)
    if not reading.text.strip():
        scanned = any(name.startswith("word/media/") for name in package.names())
        raise package.fault(
            "the document holds pictures, but no text" if scanned else "the document holds no text",
            "make text of the pictures first, for example: ocrmypdf" if scanned else "give the text of the plan",
        )
    return reading


class _Document:
    """The parts of one file and what was met while reading them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = _find_main(package)
        root = package.xml(self._main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise package.fault("the document has no body", "open it in an office program and save it anew")
        self._body = body
        self._related = _relations(package, self._main)
        self._styles = Styles(self._part("styles"))
        self._lists = self._part("numbering")
        self.findings: list[Finding] = []

    def _part(self, kind: str) -> etree._Element | None:
        return self._package.xml(self._related.get(kind, posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")))

    def read(self) -> tuple[list[Block], list[str]]:
        """The blocks of the body, and the notes."""
        walk = Walk(self._package, self._styles, Numbering(self._lists, self._styles))
        blocks = walk.blocks(self._body)
        if walk.runs.fields.is_open:
            # A field that never ends would swallow the text behind it: such a file is read as if it had no fields.
            walk = Walk(self._package, self._styles, Numbering(self._lists, self._styles), heed_fields=False)
            blocks = walk.blocks(self._body)
        if walk.skipped:
            self.findings.append(Finding("skipped-content", "warning", ()))
        return blocks, [*self._notes(walk, "footnote", "decimal"), *self._notes(walk, "endnote", "lowerRoman")]

    def _notes(self, walk: Walk, kind: str, style: str) -> Iterator[str]:
        """The notes of one kind that the text refers to, in the order of their marks."""
        wanted = list(dict.fromkeys(name for k, name in walk.runs.notes if k == kind))
        root = self._part(kind + "s") if wanted else None
        if root is None:
            return
        found = {e.get(W + "id", ""): e for e in reversed(root.findall(W + kind))}
        settings = self._part("settings")
        for element in (settings, self._body):
            for stated in () if element is None else element.iter(W + kind + "Pr"):
                format_ = stated.find(W + "numFmt")
                style = style if format_ is None else format_.get(W + "val", style)
        for number, name in enumerate(wanted, 1):
            if name not in found:
                continue
            text = "\n".join(texts(walk.blocks(found[name]))).strip()
            mark = print_number(number, style)
            if text:
                yield f"[{mark}] {text}" if mark.isascii() else f"{mark} {text}"


def _find_main(package: Package) -> str:
    """The name of the part that holds the text."""
    main = _relations(package, "").get("officeDocument", "")
    for name in (main, "word/document.xml"):
        if name and package.has(name):
            return name
    raise package.fault("the file is a zip archive, but no Word document", "give the documents in it")


def _relations(package: Package, part: str) -> dict[str, str]:
    """The parts that a part refers to, by the kind of the relation."""
    folder, name = posixpath.split(part)
    root = package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, str] = {}
    for relation in () if root is None else root.iter(_REL + "Relationship"):
        if relation.get("TargetMode") != "External":
            kind = relation.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            found.setdefault(kind, target.lstrip("/"))
    return found
