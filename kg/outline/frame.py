"""Where on the page the plan stands: head, notice, title, preamble, body, tail."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.cited_titles import plan_type_words
from kg.lexicon import rules
from kg.model import Span
from kg.outline.lines import Line, Number, match_number

_SENTENCE_END = "。!?;:"
_BRACKET_TAIL = re.compile(r"\s*\([^()]{1,30}\)\s*$")
_DATE_LINE = re.compile(
    r"^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日$|^[二〇○零一二三四五六七八九十]{4,5}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日$"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Indices of lines: [0, notice) head, [notice, title) notice, title lines, preamble, [body, tail) body, rest tail."""

    lines: tuple[Line, ...]
    numbers: tuple[Number | None, ...]
    notice: int
    title: tuple[int, ...]
    title_text: str
    title_spans: tuple[Span, ...]
    body: int
    tail: int


def _core(text: str) -> str:
    """A line without page labels, outer 《》 and bracketed years at its end."""
    text = re.sub(rules("frame")["title"]["labels"], "", text).strip()
    while _BRACKET_TAIL.search(text) and len(_BRACKET_TAIL.sub("", text)) >= 4:
        text = _BRACKET_TAIL.sub("", text)
    return text


def is_title_like(text: str) -> bool:
    """Whether a folded line reads as the title of a plan.

    >>> is_title_like("某市科普工作要点"), is_title_like("现将《某市科普工作要点》印发给你们。")
    (True, False)
    """
    core = _core(text)
    if not 5 <= len(core) <= 80 or any(c in core for c in "。;!?") or match_number(text):
        return False
    if (
        "通知" in core[-4:]
        or re.search(r"(?:印发|转发|发布|公布)(?:了)?[《〈<]", core)
        or re.match(r"标\s*题|名\s*称", core)
    ):
        return False
    if re.search(r"\.(?:pdf|docx?|wps|zip|rar|gd|ofd)$", core, re.I):
        return False
    return core.endswith(plan_type_words())


def _quoted(lines: tuple[Line, ...], upto: int) -> list[str]:
    """Titles in 《》 that the lines before the body name, without blanks."""
    text = "".join(line.text for line in lines[:upto])
    found, depth, start = [], 0, 0
    for i, c in enumerate(text):
        if c == "《":
            depth += 1
            if depth == 1:
                start = i + 1
        elif c == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append(_plain(text[start:i]))
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).translate(str.maketrans("〈〉《》", "<><>"))


def find_frame(lines: tuple[Line, ...]) -> Frame:
    """The frame of any sequence of lines; parts that are not there are empty."""
    numbers = tuple(match_number(line.text) for line in lines)
    body = _first_heading(lines, numbers)
    title = _find_title(lines, body)
    body = _first_heading(lines, numbers, (title[-1] + 1) if title else 0)
    tail = _find_tail(lines, numbers, body)
    text, spans = _title_text(lines, title)
    notice = _find_notice(lines, title[0] if title else body)
    return Frame(lines, numbers, notice, title, text, spans, body, tail)


_OUTER = ("chapter", "han-comma", "article", "chapter-section", "han-bracket", "arabic-dot")


def _first_heading(lines: tuple[Line, ...], numbers: tuple[Number | None, ...], after: int = 0) -> int:
    """The first line that begins a count: a first number that a second of its style, or a number inside it, follows."""
    for i in range(after, len(lines)):
        number = numbers[i]
        if number is None or number.style not in _OUTER or number.value != 1:
            continue
        if _is_contents(lines, numbers, i):
            continue
        later = [n for n in numbers[i + 1 :] if n]
        if any(n.style == number.style and n.value == 2 for n in later) or (later and later[0].rank > number.rank):
            return i
    for i in range(after, len(lines)):
        number = numbers[i]
        if number and number.style != "box" and number.value in (1, 2):
            return i
    return len(lines)


def _is_contents(lines: tuple[Line, ...], numbers: tuple[Number | None, ...], i: int) -> bool:
    """Whether a heading comes again below: the first is a line of the table of contents."""
    heading = _listed(lines[i].text)
    return (
        any(numbers[j] is not None and _listed(lines[j].text).startswith(heading) for j in range(i + 1, len(lines)))
        and len(heading) >= 4
    )


def _listed(text: str) -> str:
    """A heading without the dots and the page number that a table of contents puts behind it."""
    return text.rstrip().rstrip("0123456789").rstrip(" \t.·…-")


def _find_title(lines: tuple[Line, ...], body: int) -> tuple[int, ...]:
    """The lines of the plan's own title: the last that read as one before the body, in up to three lines."""
    quoted = set(_quoted(lines, body))
    for width in (1, 2, 3):
        for i in range(body - width, -1, -1):
            joined = _plain("".join(line.text for line in lines[i : i + width]))
            if joined in quoted or joined.strip("<>") in quoted and joined.startswith("<"):
                return tuple(range(i, i + width))
    for i in range(
        body, min(len(lines), body + 80)
    ):  # a notice with numbered demands of its own stands before the plan
        if _plain(lines[i].text) in quoted and is_title_like(lines[i].text):
            return (i,)
    for i in range(body - 1, -1, -1):
        if is_title_like(lines[i].text):
            start = i
            while start and _continues(lines[start - 1].text, lines[start].text):
                start -= 1
            return tuple(range(start, i + 1))
    # No title of its own: the heading of the document that carries the text (…关于…的意见, …的通知).
    for i in range(body):
        text = lines[i].text
        if (
            "关于" in text
            and len(text) <= 90
            and not any(c in text for c in "。;")
            and re.search(r"(?:意见|通知|方案|计划|措施|办法|决定|规划|要点)$", _core(text))
        ):
            return (i,)
    return ()


def _continues(upper: str, lower: str) -> bool:
    """Whether a short line above is the first half of a title that was set in two lines."""
    if len(upper) > 30 or any(c in upper for c in "。;:!?,()《》") or match_number(upper) or _DATE_LINE.match(upper):
        return False
    if is_title_like(upper) or upper.endswith(
        ("办公室", "人民政府", "委员会", "局", "厅", "部", "通知", "协会", "办公厅", "小组", "号", "文件")
    ):
        return False
    return len(lower) < 20 and bool(re.search(r"[一-鿿]$", upper)) and len(upper) >= 6


def _title_text(lines: tuple[Line, ...], title: tuple[int, ...]) -> tuple[str, tuple[Span, ...]]:
    if not title:
        return "", ()
    pieces, spans = [], []
    for i in title:
        line = lines[i]
        label = re.match(r"(?:" + rules("frame")["title"]["labels"] + r"|标\s*题\s*:|名\s*称\s*:)\s*", line.text)
        skip = label.end() if label and label.end() < len(line.text) else 0
        spans.append(Span(line.start + skip, line.end))
        pieces.append(line.text[skip:])
    return "".join(pieces), tuple(spans)


def _find_notice(lines: tuple[Line, ...], before: int) -> int:
    """The first line of the notice: the heading …的通知 nearest above the plan's title, or the title itself."""
    endings = tuple(rules("frame")["title"]["notice"])
    found = before
    for i in range(before - 1, -1, -1):
        if lines[i].text.endswith(endings) and len(lines[i].text) <= 100 and "。" not in lines[i].text:
            found = i
    return found


def _find_tail(lines: tuple[Line, ...], numbers: tuple[Number | None, ...], body: int) -> int:
    """The first line after the body: chrome, signature, annex or file names behind the last numbered part."""
    frame = rules("frame")
    starts = tuple(frame["tail"]["starts"])
    annex = re.compile(r"^(?:" + frame["tail"]["annex"] + r")")
    disclosure = re.compile("^" + frame["tail"]["disclosure"])
    last = max((i for i in range(body, len(lines)) if numbers[i]), default=body)
    for i in range(body, len(lines)):  # an annex heading ends the body even where numbered text follows
        if annex.match(lines[i].text) and not numbers[i] and (len(lines[i].text) < 40) and i > body:
            last = min(last, i - 1)
            break
    for i in range(last + 1, len(lines)):
        text = lines[i].text
        if text.startswith(starts) or annex.match(text) or disclosure.match(text) or _DATE_LINE.match(text):
            return _signature_start(lines, i, last + 1) if _DATE_LINE.match(text) else i
        if re.search(r"\.(?:pdf|docx?|wps|zip|rar|gd|ofd|xlsx?)$", text, re.I):
            return i
    return len(lines)


def _signature_start(lines: tuple[Line, ...], date: int, floor: int) -> int:
    """The first line of the signature above a date."""
    start = date
    while start > floor and len(lines[start - 1].text) <= 40 and not any(c in lines[start - 1].text for c in "。;:,"):
        start -= 1
    return start
