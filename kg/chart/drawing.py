"""A picture as SVG 1.1, put together from a few shapes; texts are measured, so that nothing lies over them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from kg.export.fitting import wrap

# No font is embedded: what systems have for Chinese, those with simplified forms first.
FONTS = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Hiragino Sans GB', "
    "'Microsoft YaHei', 'WenQuanYi Micro Hei', SimHei, sans-serif"
)
INK, GREY, RULE, FAINT, ALARM = "#1b2430", "#5b6675", "#c3cad4", "#e6eaf0", "#b3261e"
SHADES = ("#ffffff", "#dbe7f6", "#a9c6e8", "#5f93cc", "#1f5499")  # one hue, lighter to darker: holds in print, too
_ON_DARK = SHADES[4:]  # white on the fourth would have a contrast of 3.2 to 1

_NARROW, _BROAD = frozenset("ijltfr.,:;'|!()[]/ "), frozenset("mwMW@%—…")


def text_width(text: str, size: float) -> float:
    """At least how wide a text is drawn by any of the fonts, in pixels.

    A Chinese character is as wide as the font's size, and so are quotation marks and dashes in Chinese fonts.

    >>> text_width("科协", 12)
    24.0
    """
    em = 0.0
    for character in text:
        if unicodedata.east_asian_width(character) in "WFA":
            em += 1.0
        elif character in _NARROW:
            em += 0.4
        elif character in _BROAD:
            em += 0.95
        else:
            em += 0.72 if character.isupper() else 0.6
    return em * size


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines of at most so many pixels.

    >>> wrapped("领导干部和公务员", 50, 12)
    ['领导干部', '和公务员']
    """
    return wrap(" ".join(text.split()), width, lambda part: text_width(part, size))


def number(value: float) -> str:
    """A coordinate with at most one decimal, the same on every machine.

    >>> number(12.0), number(3.14159)
    ('12', '3.1')
    """
    return f"{value:.1f}".removesuffix(".0")


def ink_on(fill: str) -> str:
    """The colour of writing on a ground."""
    return "#ffffff" if fill in _ON_DARK else INK


class Drawing:
    """Collects shapes, lower ones first; `svg` is the file."""

    def __init__(self, title: str, description: str, lang: str) -> None:
        self.title, self.description, self.lang = title, description, lang
        self._lines: list[str] = []

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        stroke: str = "none",
        dashed: bool = False,
        rounded: float = 0,
    ) -> None:
        more = (f' stroke="{stroke}"' if stroke != "none" else "") + (' stroke-dasharray="3 2"' if dashed else "")
        more += f' rx="{number(rounded)}"' if rounded else ""
        self._lines.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" fill="{fill}"{more}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = RULE) -> None:
        self._lines.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" stroke="{stroke}"/>'
        )

    def stroke(self, x1: float, x2: float, y: float, stroke: str, width: float = 1.5) -> None:
        """A level line as strong as a curve."""
        self.curve([(x1, y), (x1, y), (x2, y), (x2, y)], stroke, width)

    def curve(
        self, points: Sequence[tuple[float, float]], stroke: str, width: float = 1.5, dashed: bool = False
    ) -> None:
        """A cubic curve: start, two points that it leans to, end."""
        (x, y), *rest = points
        said = " ".join(f"{number(a)},{number(b)}" for a, b in rest)
        more = ' stroke-dasharray="4 3"' if dashed else ""
        self._lines.append(
            f'<path d="M {number(x)},{number(y)} C {said}" fill="none" stroke="{stroke}" stroke-width="{number(width)}"{more}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        *,
        anchor: str = "start",
        fill: str = INK,
        bold: bool = False,
    ) -> None:
        """One line; y is its base line."""
        more = (f' text-anchor="{anchor}"' if anchor != "start" else "") + (' font-weight="bold"' if bold else "")
        self._lines.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{fill}"{more}>{escape(text)}</text>'
        )

    def block(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        size: float = 12,
        *,
        anchor: str = "start",
        fill: str = INK,
        bold: bool = False,
    ) -> None:
        """Several lines below one another."""
        for n, line in enumerate(lines):
            self.text(x, top + size + n * leading(size), line, size, anchor=anchor, fill=fill, bold=bold)

    def open(self, title: str) -> None:
        """Begin a group that a reader's pointer, or voice, gives a name."""
        self._lines.append(f"<g><title>{escape(title)}</title>")

    def close(self) -> None:
        self._lines.append("</g>")

    def svg(self, width: float, height: float) -> str:
        size = f"{number(width)} {number(height)}"
        lang = "zh-Hans" if self.lang == "zh" else self.lang
        return "\n".join(
            [
                '<?xml version="1.0" encoding="UTF-8"?>',
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{number(width)}" height="{number(height)}" viewBox="0 0 {size}"'
                f' role="img" aria-labelledby="title description" xml:lang={quoteattr(lang)} font-family="{FONTS}">',
                f'<title id="title">{escape(self.title)}</title>',
                f'<desc id="description">{escape(self.description)}</desc>',
                '<defs><pattern id="hatched" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                f'<rect width="5" height="5" fill="{SHADES[1]}"/><rect width="2" height="5" fill="{SHADES[4]}"/></pattern></defs>',
                f'<rect width="{number(width)}" height="{number(height)}" fill="#ffffff"/>',
                *self._lines,
                "</svg>",
                "",
            ]
        )


def leading(size: float) -> float:
    """From one base line to the next."""
    return round(size * 1.4, 1)


def block_height(lines: int, size: float = 12) -> float:
    """How high a block of lines is."""
    return lines * leading(size)
