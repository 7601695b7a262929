"""Hard-wrapped text, as it comes out of a PDF: lines of one width that break inside sentences, page numbers between them.

A line break is taken for one of the page's, not of the text, only where the line is full; whatever is not
recognised as hard-wrapped stays as it is, to the character.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from kg.model import Finding

# What begins a paragraph of its own however full the line above is.
_BEGINS = re.compile(
    r"[(（]\s?[一二三四五六七八九十百\d]{1,4}\s?[)）]|第[一二三四五六七八九十百\d]{1,4}[章节篇编条部]|[一二三四五六七八九十百]{1,4}\s?[、．.](?!\d)"
    r"|[\d０-９]{1,3}\s?[．.、](?![\d０-９])|[①-⑳]|——|—{2}|[★◆●■]|专栏|附[件表录图：:]|表\s?\d|图\s?\d"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?P<n>[\d０-９]{1,4})(?:\s*/\s*\d{1,4})?[-—–－·\s]*|第\s*(?P<m>\d{1,4})\s*页(?:[,，/、\s]*共\s*\d{1,4}\s*页)?|[ivxIVXⅠ-Ⅻ]{1,5}"
)
_LEADER = re.compile(r"[.．·…]{4,}")  # a line of a table of contents
_FIRST_WORD = re.compile(r"(?:[!-~]{1,20}|.)[，。、；：？！）》”’〉】]{0,3}")
_ENDS = "。！？；：!?;:"
_GOES_ON = "、，,《（(“—-·"
_OPENS, _CLOSES = "《（(“〈【[", "》）)”〉】]"
_TITLE_END = re.compile(r"(?:通知|方案|规划|纲要|意见|措施|计划|要点|[)）])$")
_AFTER_TITLE = re.compile(
    r"[^。，,]{2,20}[〔\[［（(]\s?20\d\d|为|根据|按照|近年|当前|现将|各|经|《|按|\d{4}\s*年|[一-鿿]{4,20}(?:局|委员会|厅|办公室|人民政府)$"
)
_RESPONSIBLE = ("负责", "牵头", "配合", "参与", "落实", "单位：", "单位:", "部门：", "部门:")
_LONGEST_STATEMENT = 800
_NARROWEST, _WIDEST = 36, 140  # columns; a Chinese character takes two
_INDENT = 4  # columns that the first line of a paragraph is set in


@dataclass(frozen=True, slots=True)
class _Line:
    text: str  # without the blanks at its ends
    width: int  # columns, blanks before it counted
    indented: bool
    apart: bool  # an empty line stands above


def unwrap(text: str) -> tuple[str, tuple[Finding, ...]]:
    """The text with its broken lines joined, and a finding that says so; any other text as it is.

    >>> page = "为加强生态环境保护，统筹推进山水林田湖草沙系统\\n治理，持续改善环境质量，建设美丽家园，现提出如下\\n意见。"
    >>> unwrap(page)[0] == page  # too little to tell
    True
    >>> unwrap((page + "\\n") * 8)[0].split("\\n")[0]
    '为加强生态环境保护，统筹推进山水林田湖草沙系统治理，持续改善环境质量，建设美丽家园，现提出如下意见。'
    """
    lines = _lines(text)
    full = _full_width(lines)
    if full is None:
        return text, ()
    kept, dropped = _without_furniture(lines, full)
    paragraphs = _join(kept, full)
    findings = [
        Finding(
            "joined-line",
            "info",
            (),
            original=f"{len(kept)} lines of about {full} columns",
            repaired=f"{len(paragraphs)} paragraphs",
            confidence=0.9,
        )
    ]
    if dropped:
        findings.append(Finding("removed-furniture", "info", (), original=f"{dropped} page numbers and running heads"))
    return "\n".join(paragraphs) + "\n", tuple(findings)


def _lines(text: str) -> list[_Line]:
    found, apart = [], False
    for raw in re.split(r"[\n\f\v]", text):
        bare = raw.strip()
        if not bare:
            apart = True
            continue
        before = len(raw) - len(raw.lstrip())
        found.append(_Line(bare, _columns(raw[:before]) + _columns(bare), _columns(raw[:before]) >= 2, apart))
        apart = False
    return found


def _columns(text: str) -> int:
    """East Asian wide characters take two columns (Unicode UAX #11, with ambiguous ones wide, as in Chinese print)."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _full_width(lines: list[_Line]) -> int | None:
    """The width of a full line, or None where the lines are not of one width, or end with their sentences."""
    body = [
        n for n, line in enumerate(lines) if not _PAGE_NUMBER.fullmatch(line.text) and not _LEADER.search(line.text)
    ]
    widths = Counter(lines[n].width for n in body if _NARROWEST <= lines[n].width <= _WIDEST)
    if not widths:
        return None
    width = max(widths, key=lambda w: (widths[w], w))
    full = [n for n in body if width - _INDENT - 2 <= lines[n].width <= width + 2]
    longer = sum(lines[n].width > width + 6 for n in body)
    if len(full) < 8 or len(full) * 5 < len(body) or longer * 12 > len(body):
        return None
    inside = [n for n in full if lines[n].text[-1] not in _ENDS]
    going_on = [n for n in inside if n + 1 < len(lines) and not _BEGINS.match(lines[n + 1].text)]
    # The fewer of all lines are full, the more of them must break inside a sentence.
    return width if len(going_on) * (2 if len(full) * 3 >= len(body) else 1.5) >= len(full) else None


def _without_furniture(lines: list[_Line], full: int) -> tuple[list[_Line], int]:
    """The lines without page numbers that count up, and without short lines that come again and again beside them."""
    numbered = [n for n, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)]
    values = [int(m["n"] or m["m"] or 0) for n in numbered if (m := _PAGE_NUMBER.fullmatch(lines[n].text))]
    rising = sum(a <= b for a, b in itertools.pairwise(values))
    if len(numbered) < 2 or rising * 3 < (len(values) - 1) * 2:
        return lines, 0
    gone = set(numbered)
    beside = Counter(
        lines[m].text
        for n in numbered
        for m in (n - 1, n + 1)
        if 0 <= m < len(lines) and lines[m].width < full - 10 and not _BEGINS.match(lines[m].text)
    )
    heads = {text for text, count in beside.items() if count >= 3 and text[-1] not in _ENDS}
    for n in numbered:
        gone |= {m for m in (n - 1, n + 1) if 0 <= m < len(lines) and lines[m].text in heads}
    kept: list[_Line] = []
    for n, line in enumerate(lines):
        if n in gone:
            continue
        cut_by_page = n - 1 in gone
        kept.append(_Line(line.text, line.width, line.indented, line.apart and not cut_by_page))
    return kept, len(gone)


def _join(lines: list[_Line], full: int) -> list[str]:
    indents = sum(line.indented for line in lines) * 20 > len(lines)
    paragraphs: list[str] = []
    first = True  # whether the line above begins its paragraph
    for n, line in enumerate(lines):
        if n and _goes_on(lines[n - 1], line, paragraphs[-1], full, first, indents):
            above = paragraphs[-1]
            gap = (
                " "
                if above[-1].isascii() and above[-1].isalnum() and line.text[0].isascii() and line.text[0].isalnum()
                else ""
            )
            paragraphs[-1] = above + gap + line.text
            first = False
        else:
            paragraphs.append(line.text)
            first = True
    return paragraphs


def _goes_on(above: _Line, line: _Line, paragraph: str, full: int, first: bool, indents: bool) -> bool:
    """Whether a line goes on with the paragraph of the one above."""
    if _LEADER.search(above.text) or _LEADER.search(line.text):
        return False
    if line.apart and above.text[-1] not in _GOES_ON:
        return False
    if _left_open(paragraph) and line.width < full + 6 and not (indents and line.indented):
        return True
    if _is_complete(paragraph, line.text):
        return False
    room = full - _INDENT if first and not indents else full
    if (
        above.width < room - 2
        and above.width + _columns(_word(line.text)) <= room - 1
        or (_BEGINS.match(line.text) and above.text[-1] not in _GOES_ON)
    ):
        return False
    if indents:
        return not line.indented
    # Where indents were lost, a paragraph's first line is narrower by them than the lines that go on.
    opening = full - _INDENT - 2 <= line.width < full - 2 and line.text[-1] not in _ENDS
    if above.text[-1] in _ENDS:
        return above.text[-1] not in "：:" and not opening and (line.width >= full - 2 or line.text[-1] in _ENDS)
    return not (opening and first and above.width < full - 2 and _BEGINS.match(above.text))


def _is_complete(paragraph: str, below: str) -> bool:
    """Whether a paragraph that ends with a full line ends nevertheless: a title, or an item with who is responsible for it."""
    if (
        len(paragraph) <= 90
        and not _BEGINS.match(paragraph)
        and _TITLE_END.search(paragraph)
        and not re.search("[。；，,;]", paragraph)
    ):
        return bool(_AFTER_TITLE.match(below))
    if paragraph[-1] not in "）)］]" or below[0] in "，。；、,;":
        return False
    depth = 0
    for at in range(len(paragraph) - 1, max(-1, len(paragraph) - 1 - _LONGEST_STATEMENT), -1):
        depth += (paragraph[at] in "）)］]") - (paragraph[at] in "（(［[")
        if depth == 0:
            return any(word in paragraph[at:] for word in _RESPONSIBLE)
    return False


def _word(text: str) -> str:
    """What cannot be parted from the first character of a line: Latin words, figures, punctuation behind it."""
    found = _FIRST_WORD.match(text)
    return found[0] if found else text[:1]


def _left_open(paragraph: str) -> bool:
    """Whether a title in 《》 is still open at the end: nobody ends a paragraph there."""
    tail = paragraph[-120:]
    return tail.rfind("《") > tail.rfind("》") and tail.count("《") > tail.count("》")
