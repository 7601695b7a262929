"""Run as a script of its own: the PDF on standard input, its glyphs and rules on standard output.

PDFium is a large program in C++ and what it reads comes from strangers: it runs in a process of its own that may take
so much memory and so many seconds and no more, and may open and write no file. What it dies of, the reader survives.

Output: lines of JSON. The first has the keys `pages` and `sound`, or `error`; then a page a line; lengths are
hundredths of a point, x to the right, y down from the upper left corner of the page as it is shown.
A page has the keys `width`, `height`, `image` (share of its area under pictures), `drawn` (pieces of curves),
`glyphs` (columns `text`, `x`, `y` of the baseline's start, `width`, `size`, `style`, `angle` in degrees) and `rules` (`x0 y0 x1 y1`, flat).
The last line has the key `styles`: what the numbers in `style` mean.
This file imports nothing of `kg`: it must start fast and with as little as possible.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from itertools import pairwise
from typing import Any

import pypdfium2_raw as pdfium

MAX_PAGES = 3_000
MAX_GLYPHS = 600_000  # a plan of 150 pages has 120,000
MAX_PAGE_GLYPHS = 50_000
MAX_RULES = 200_000
MAX_DEPTH = 12  # forms in forms
PAGE_SECONDS = 10
CPU_SECONDS = 40
MEMORY = 1 << 30
ERRORS = {2: "open", 3: "format", 4: "password", 5: "security", 6: "page"}  # FPDF_ERR_* of fpdfview.h
GENERATED = frozenset((0, 10, 13, 0xFFFE, 0xFFFF))

Matrix = tuple[float, float, float, float, float, float]


def limit(size: int) -> None:
    """Bounds memory, time and files of this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's timeout is what is left
        return
    memory = MEMORY + 4 * size
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (value, value))
        except (OSError, ValueError):  # lower already, or not to be had here (macOS has no RLIMIT_AS)
            continue


def arm() -> None:
    """Gives the next page its seconds of work: the signal's default action ends the process, also inside PDFium."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)


def times(a: Matrix, b: Matrix) -> Matrix:
    """First a, then b."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def matrix_of(thing: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, m):
        return (1, 0, 0, 1, 0, 0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def shown(page: Any) -> tuple[Matrix, float, float]:
    """From the page's own space to hundredths of a point from the upper left corner of what is shown; width, height."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        box.left, box.bottom, box.right, box.top = 0, 0, 595, 842
    left, bottom, right, top = (min(max(v, -1e6), 1e6) for v in (box.left, box.bottom, box.right, box.top))
    wide, high = right - left, top - bottom
    turn = pdfium.FPDFPage_GetRotation(page) % 4
    matrix: Matrix = {
        0: (1, 0, 0, -1, -left, top),
        1: (0, 1, 1, 0, -bottom, -left),
        2: (-1, 0, 0, 1, right, -bottom),
        3: (0, -1, -1, 0, top, right),
    }[turn]
    if turn % 2:
        wide, high = high, wide
    return times(matrix, (100, 0, 0, 100, 0, 0)), wide, high


class Styles:
    """Font, weight, colour and use of text objects, numbered in the order in which they are met."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, bool, bool, bool], int] = {}
        self.fonts: dict[int, tuple[str, bool]] = {}

    def of(self, thing: Any) -> int:
        font = pdfium.FPDFTextObj_GetFont(thing)
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self.fonts:
            buffer = ctypes.create_string_buffer(256)
            size = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256) if font else 0
            name = buffer.raw[: max(min(size, 256) - 1, 0)].decode("utf-8", "replace") if size else ""
            bold = (
                "bold" in name.lower()
                or "heavy" in name.lower()
                or (bool(font) and pdfium.FPDFFont_GetWeight(font) >= 600)
            )
            self.fonts[address] = (name.split("+")[-1], bold)
        name, bold = self.fonts[address]
        r, g, b, a = ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint()
        red = (
            bool(pdfium.FPDFPageObj_GetFillColor(thing, r, g, b, a)) and r.value > 150 and g.value < 90 and b.value < 90
        )
        # Word and WPS embolden a font that has no bold face by drawing the outline too.
        bold = bold or pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        return self.numbers.setdefault((name, bold, red, is_artifact(thing)), len(self.numbers))


def is_artifact(thing: Any) -> bool:
    """Whether the file itself says that the text is none of the document's own: a running head, a page number.

    Source: ISO 32000-1, 14.8.2.2. (What kind of artifact it is, PDFium does not tell where it is a name.)
    """
    out, size = ctypes.create_string_buffer(64), ctypes.c_ulong()
    place = ctypes.cast(out, ctypes.POINTER(ctypes.c_ushort))
    for i in range(min(pdfium.FPDFPageObj_CountMarks(thing), 8)):
        mark = pdfium.FPDFPageObj_GetMark(thing, i)
        if pdfium.FPDFPageObjMark_GetName(mark, place, 64, size):
            if out.raw[: min(size.value, 64)].decode("utf-16-le", "replace").rstrip("\0") == "Artifact":
                return True
    return False


def _bare(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium called with plain addresses: what is called for every character must not make objects."""
    prototype: Any = ctypes.CFUNCTYPE(result, *arguments)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


_PLACE = (ctypes.c_void_p, ctypes.c_int)
get_object = _bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, *_PLACE)
get_char = _bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint, *_PLACE)
has_error = _bare(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int, *_PLACE)
get_origin = _bare(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, *_PLACE, ctypes.c_void_p, ctypes.c_void_p)
get_box = _bare(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, *_PLACE, ctypes.c_void_p)


def glyphs_of(page: Any, space: Matrix, styles: Styles, room: int) -> dict[str, Any] | None:
    """The characters of a page with their places; None where there are more than `room`."""
    columns: dict[str, Any] = {k: [] for k in ("x", "y", "width", "size", "style", "angle")}
    text: list[str] = []
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return {"text": "", **columns}
    count = pdfium.FPDFText_CountChars(text_page)
    if count > min(room, MAX_PAGE_GLYPHS):
        return None
    x, y, box, m = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x_, y_, box_ = ctypes.addressof(x), ctypes.addressof(y), ctypes.addressof(box)
    own = ctypes.cast(text_page, ctypes.c_void_p).value
    known: dict[int, tuple[float, int, float, float, float]] = {}
    last: tuple[int, float, float] | None = None
    same = high = 0
    a, b, c, d, e, f = space
    for i in range(max(count, 0)):
        address = get_object(own, i)
        if not address:  # blanks and line ends that PDFium adds
            continue
        code = get_char(own, i)
        if code == 0x20 and pdfium.FPDFText_IsGenerated(text_page, i) == 1:
            continue
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        if address not in known:
            thing = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
            pdfium.FPDFText_GetMatrix(text_page, i, m)
            size = ctypes.c_float()
            pdfium.FPDFTextObj_GetFontSize(thing, ctypes.byref(size))
            # Along the line and up from it, on the page as shown.
            along = (m.a * a + m.b * c, m.a * b + m.b * d)
            across = (m.c * a + m.d * c, m.c * b + m.d * d)
            scale = math.hypot(*across) * abs(size.value)
            length = math.hypot(*along) or 1.0
            known[address] = (
                scale,
                styles.of(thing),
                math.degrees(math.atan2(-along[1], along[0])),
                along[0] / length,
                along[1] / length,
            )
        scale, style, angle, cos, sin = known[address]
        if code in GENERATED:
            # A hyphen at a line's end that PDFium takes for a mark of division, or a character without Unicode.
            code = 0x2D if pdfium.FPDFText_IsHyphen(text_page, i) == 1 else 0xFFFD
        elif has_error(own, i) == 1:
            code = 0xFFFD
        if not (get_origin(own, i, x_, y_) and get_box(own, i, box_)):
            continue
        px, py = x.value, y.value
        ox, oy = px * a + py * c + e, px * b + py * d + f
        if angle == 0 and b == 0:
            advance = box.right * a + e - ox
        else:  # how far the character reaches along its line: the farthest corner of its box
            advance = max(
                (qx * a + qy * c + e - ox) * cos + (qx * b + qy * d + f - oy) * sin
                for qx, qy in ((box.left, py), (box.right, py), (px, box.bottom), (px, box.top))
            )
        if not (math.isfinite(ox) and math.isfinite(oy) and math.isfinite(advance)) or max(abs(ox), abs(oy)) > 1e8:
            continue
        if not 0 < advance < 3 * scale:
            advance = scale if code > 0x2E7F else scale / 2
        if last == (address, ox, oy):
            # One glyph that stands for several characters (a ligature, a long dash): each gets its share of the width.
            same += 1
            first = len(text) - same
            share = advance / (same + 1)
            for k in range(same):
                columns["x"][first + k] = round(ox + k * share * cos)
                columns["y"][first + k] = round(oy + k * share * sin)
                columns["width"][first + k] = round(share)
            ox, oy, advance = ox + same * share * cos, oy + same * share * sin, share
        else:
            last, same = (address, ox, oy), 0
        text.append(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")
        columns["x"].append(round(ox))
        columns["y"].append(round(oy))
        columns["width"].append(round(advance))
        columns["size"].append(round(min(scale, 1e6)))
        columns["style"].append(style)
        columns["angle"].append(round(angle))
    pdfium.FPDFText_ClosePage(text_page)
    return {"text": "".join(text), **columns}


class Drawing:
    """The straight rules of a page, how much of it lies under pictures, and how much else is drawn."""

    def __init__(self, area: float) -> None:
        self.rules: list[int] = []
        self.area = max(area, 1.0)
        self.image = 0.0
        self.drawn = 0
        self.full = False

    def collect(self, count: Any, get: Any, holder: Any, space: Matrix, depth: int = 0) -> None:
        for i in range(max(count(holder), 0)):
            thing = get(holder, i)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self.path(thing, times(matrix_of(thing), space))
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                m = times(matrix_of(thing), space)
                self.image += abs(m[0] * m[3] - m[1] * m[2]) / 1e4 / self.area
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                inner = times(matrix_of(thing), space)
                self.collect(pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, thing, inner, depth + 1)
            if self.full:
                return

    def path(self, thing: Any, m: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium.FPDFPath_GetDrawMode(thing, fill, stroke) or not (fill.value or stroke.value):
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        figure: list[tuple[float, float]] = []
        figures = [figure]
        for i in range(max(pdfium.FPDFPath_CountSegments(thing), 0)):
            segment = pdfium.FPDFPath_GetPathSegment(thing, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
                self.drawn += 1
                figure = [] if stroke.value else figure  # a curve's ends are no rule
                if figure is not figures[-1]:
                    figures.append(figure)
            if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            point = (x.value * m[0] + y.value * m[2] + m[4], x.value * m[1] + y.value * m[3] + m[5])
            if not all(abs(v) < 1e8 for v in point):
                continue
            if kind == pdfium.FPDF_SEGMENT_MOVETO and figure:
                figure = []
                figures.append(figure)
            figure.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and len(figure) > 2:
                figure.append(figure[0])
            if len(self.rules) > 4 * MAX_RULES:
                self.full = True
                return
        for figure in figures:
            self.figure(figure, bool(stroke.value))

    def figure(self, points: list[tuple[float, float]], stroke: bool) -> None:
        if len(points) < 2:
            return
        if stroke:
            for (x0, y0), (x1, y1) in pairwise(points):
                self.rule(x0, y0, x1, y1)
        elif len(points) <= 6:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
            if y1 - y0 <= 300 and x1 - x0 > y1 - y0:
                self.rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
            elif x1 - x0 <= 300:
                self.rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        if (abs(x0 - x1) <= 60) != (abs(y0 - y1) <= 60):
            self.rules += (round(min(x0, x1)), round(min(y0, y1)), round(max(x0, x1)), round(max(y0, y1)))


def main() -> None:
    data = sys.stdin.buffer.read()
    write = sys.stdout.write
    limit(len(data))
    arm()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        write(json.dumps({"error": ERRORS.get(pdfium.FPDF_GetLastError(), "format")}) + "\n")
        return
    count = pdfium.FPDF_GetPageCount(document)
    if count > MAX_PAGES:
        write(json.dumps({"error": "pages", "count": count}) + "\n")
        return
    sound = bool(pdfium.FPDF_DocumentHasValidCrossReferenceTable(document))
    write(json.dumps({"pages": count, "sound": sound}) + "\n")
    styles, room, rules = Styles(), MAX_GLYPHS, 0
    for number in range(count):
        arm()
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            write(json.dumps({"missing": True}) + "\n")
            continue
        space, width, height = shown(page)
        glyphs = glyphs_of(page, space, styles, room)
        drawing = Drawing(width * height)
        drawing.collect(pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, page, space)
        rules += len(drawing.rules) // 4
        if glyphs is None or drawing.full or rules > MAX_RULES:
            write(json.dumps({"error": "size"}) + "\n")
            return
        room -= len(glyphs["x"])
        write(
            json.dumps(
                {
                    "width": round(width * 100),
                    "height": round(height * 100),
                    "image": round(min(drawing.image, 9.0), 2),
                    "drawn": drawing.drawn,
                    "glyphs": glyphs,
                    "rules": drawing.rules,
                },
                separators=(",", ":"),
            )
            + "\n"
        )
        pdfium.FPDF_ClosePage(page)
    write(json.dumps({"styles": list(styles.numbers)}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
