"""What the runs of a paragraph print: texts, symbols, results of fields, text boxes; revisions and hidden text apart.

Source: ISO/IEC 29500-1, 17.3.2 and 17.3.3 (runs), 17.13.5 (revisions); ECMA-376-3 (alternative content).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from kg.read.docx.fields import Fields
from kg.read.docx.styles import Styles, W, is_on
from kg.read.symbols import show_symbol

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TEXT_PATH = "{urn:schemas-microsoft-com:vml}textpath"
ALTERNATIVES = _MC + "AlternateContent"
_BLANKS = str.maketrans("\n\r\t", "   ")  # white space of the file, not of the page
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_WORDS = [W + "t", W + "txbxContent", W + "fldChar", W + "sym", _MATH + "t", _TEXT_PATH]


@dataclass(slots=True)
class _Text:
    """A paragraph while it is read."""

    hides: bool  # its style hides
    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element | str] = field(default_factory=list)


class Runs:
    """Reads the runs of paragraphs in reading order: fields go on from one paragraph to the next."""

    def __init__(self, styles: Styles, heed_fields: bool) -> None:
        self._styles, self._heed_fields = styles, heed_fields
        self._text = _Text(False)
        self._hiding = False  # the run is hidden
        self._marked = False  # a note's own mark stands behind its reference
        self.fields = Fields()
        self.notes: list[tuple[str, str]] = []  # kind and id, in the order of the marks
        self.changed = False  # tracked changes were met
        self.hidden: list[str] = []  # hidden text that was met
        self._handlers = self._make_handlers()

    def read(self, paragraph: etree._Element, hides: bool) -> tuple[str, list[etree._Element | str]]:
        """What a paragraph prints, and what is anchored in it: text boxes and the words of word art."""
        self._text = _Text(hides)
        self._inline(paragraph)
        return "".join(self._text.pieces), self._text.boxes

    def _inline(self, element: etree._Element) -> None:
        handlers = self._handlers
        for child in element:
            handler = handlers.get(child.tag)
            if handler is not None:
                handler(child)

    def _make_handlers(self) -> dict[str, Callable[[etree._Element], None]]:
        plain = ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent", "ruby", "rubyBase")
        named = {
            **dict.fromkeys(plain, self._inline),
            "sdt": self._control,
            "r": self._run,
            "t": self._words,
            "tab": lambda _: self._print("\t"),
            "ptab": lambda _: self._print("\t"),
            "br": lambda _: self._print("\n"),
            "cr": lambda _: self._print("\n"),
            "noBreakHyphen": lambda _: self._print("-"),
            "sym": self._symbol,
            "ins": self._inserted,
            "moveTo": self._inserted,
            "del": self._deleted,
            "moveFrom": self._deleted,
            "fldSimple": self._simple_field,
            "fldChar": self._field_mark,
            "instrText": lambda e: self.fields.instruct(e.text or ""),
            "footnoteReference": lambda e: self._note("footnote", e),
            "endnoteReference": lambda e: self._note("endnote", e),
            **dict.fromkeys(("drawing", "pict", "object"), self._drawing),
        }
        return {W + name: handler for name, handler in named.items()} | {
            ALTERNATIVES: lambda e: self._inline(find_branch(e)),
            _MATH + "oMath": lambda e: self._print(_formula(e)),
            _MATH + "oMathPara": self._inline,
        }

    def _print(self, text: str) -> None:
        text = self.fields.printed(text)
        if text:
            (self.hidden if self._hiding else self._text.pieces).append(text)

    def _run(self, run: etree._Element) -> None:
        outer = self._hiding
        properties = run.find(W + "rPr")
        hides = None
        if properties is not None:
            hides = is_on(properties.find(W + "vanish"))
            style = properties.find(W + "rStyle")
            if hides is None and style is not None:
                hides = self._styles.vanishes(style.get(W + "val", "")) or None
        self._hiding = self._text.hides if hides is None else hides
        self._marked = False
        self._inline(run)
        self._hiding = outer

    def _words(self, element: etree._Element) -> None:
        text = element.text
        if text and not self._marked:
            text = text.translate(_BLANKS)
            if _PRIVATE.search(text):
                fonts = element.getparent().find(f"{W}rPr/{W}rFonts")
                font = "" if fonts is None else fonts.get(W + "ascii", fonts.get(W + "hAnsi", ""))
                text = _PRIVATE.sub(lambda m: show_symbol(ord(m[0]), font) or m[0], text)
            self._print(text)

    def _symbol(self, element: etree._Element) -> None:
        code = element.get(W + "char", "")
        if re.fullmatch("[0-9A-Fa-f]{1,6}", code):
            self._print(show_symbol(int(code, 16), element.get(W + "font", "")))

    def _control(self, element: etree._Element) -> None:
        content = element.find(W + "sdtContent")
        if content is not None:
            self._inline(content)

    def _inserted(self, element: etree._Element) -> None:
        self.changed = self.changed or len(element) > 0
        self._inline(element)

    def _deleted(self, element: etree._Element) -> None:
        self.changed = self.changed or len(element) > 0

    def _simple_field(self, element: etree._Element) -> None:
        if not self._heed_fields:
            self._inline(element)
            return
        self.fields.begin(element.get(W + "instr", ""))
        self._inline(element)
        self.fields.end()

    def _field_mark(self, element: etree._Element) -> None:
        if not self._heed_fields:
            return
        match element.get(W + "fldCharType"):
            case "begin":
                self.fields.begin()
            case "separate":
                self.fields.separate()
            case "end":
                self._print(self.fields.end())

    def _note(self, kind: str, element: etree._Element) -> None:
        if not self._hiding and not self.fields.silent:
            self.notes.append((kind, element.get(W + "id", "")))
        self._marked = element.get(W + "customMarkFollows", "0") in ("1", "true", "on")

    def _drawing(self, element: etree._Element) -> None:
        if not self._hiding and not self.fields.silent:
            self._text.boxes += _boxes(element)


def find_branch(element: etree._Element) -> etree._Element:
    """The one of several alternatives that holds words; the first where several do."""
    choices = [*element.iterfind(_MC + "Choice"), *element.iterfind(_MC + "Fallback")]
    return next((c for c in choices if next(c.iter(*_WORDS), None) is not None), element)


def _boxes(drawing: etree._Element) -> list[etree._Element | str]:
    """The text boxes of a drawing, each once, and the words of its word art."""
    found: list[etree._Element | str] = []
    for child in drawing:
        if child.tag == W + "txbxContent":
            found.append(child)
        elif child.tag == _TEXT_PATH:
            found.append(child.get("string", ""))
        elif child.tag == ALTERNATIVES:
            branch = find_branch(child)
            found += _boxes(branch) if branch is not child else []
        else:
            found += _boxes(child)
    return found


def _formula(element: etree._Element) -> str:
    """The characters of a formula, fractions with a stroke."""
    if element.tag == _MATH + "t":
        return element.text or ""
    if element.tag == _MATH + "f":
        parts = [element.find(_MATH + name) for name in ("num", "den")]
        return "/".join("" if p is None else _formula(p) for p in parts)
    return "".join(_formula(child) for child in element)
