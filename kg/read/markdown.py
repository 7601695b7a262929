"""Markdown (CommonMark 0.31 with tables): what it prints, with headings marked and numbers of lists as printed."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.read import text as plain
from kg.read.composer import Composer, DraftCell, Reading

_BREAKS = {"softbreak", "hardbreak"}

# Marks that CommonMark takes for text where a Chinese full stop stands inside and a word right behind: **开展培训。**每年办班.
_LEFT_OVER = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<words>(?:(?!(?P=mark))[^\n])+?)(?<=\S)(?P=mark)")


def read(data: bytes, where: str) -> Reading:
    """A page in Markdown as its paragraphs, headings and tables.

    Numbers that a list counts stand in the text as they are printed; indented text is text, not code; raw HTML is left out.

    >>> page = "# 某县科普工作要点\\n\\n1. 开展**培训**\\n2. 办好活动\\n".encode()
    >>> reading = read(page, "a.md")
    >>> reading.text, [mark.level for mark in reading.marks]
    ('某县科普工作要点\\n1.开展培训\\n2.办好活动\\n', [0])

    Raises `InputError` where the bytes are empty or no text.
    """
    text, encoding = plain.decode(data, where)
    composer = Composer()
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").disable(["code", "html_block", "html_inline"])
    tokens = parser.parse(text)
    _blocks(tokens, composer)
    reading = composer.finish(encoding)
    return reading if reading.text else Reading(text, encoding)


def _blocks(tokens: list[Token], composer: Composer) -> None:
    top = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)
    only_one = sum(t.type == "heading_open" and int(t.tag[1]) == top for t in tokens) == 1
    level: int | None = None
    number = ""
    cells: list[DraftCell] | None = None
    row = column = 0
    for token in tokens:
        match token.type:
            case "heading_open":
                # The only heading of its size above all others is the page's title.
                level = int(token.tag[1]) - top + (0 if only_one else 1)
            case "heading_close":
                level = None
            case "list_item_open":
                number = token.info + token.markup if token.info else ""
            case "table_open":
                cells, row = [], -1
            case "tr_open":
                row, column = row + 1, -1
            case "th_open" | "td_open":
                column += 1
            case "table_close":
                composer.table(cells or [])
                cells = None
            case "inline" if cells is not None:
                cells.append(DraftCell(row, column, tuple(_words(token).split("\n"))))
            case "inline":
                composer.paragraph(number + _words(token), level)
                number = ""
            case "fence":
                composer.paragraph(token.content)
            case _:
                pass


def _words(token: Token) -> str:
    """The text of a paragraph without its marks of emphasis and links; a line break stays one."""
    pieces = []
    for child in token.children or []:
        if child.type in _BREAKS:
            pieces.append("\n")
        elif child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type == "image":
            pieces.append("".join(c.content for c in child.children or []))
    return _LEFT_OVER.sub(lambda match: match["words"], "".join(pieces))
