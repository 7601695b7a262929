"""The plan's own title: over the plan, in up to four lines; or in the heading of the notice that carries it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.agency_names import is_agency_name, split_names
from kg.cited_titles import plan_type_words
from kg.item_numbers import match_number
from kg.lexicon import rules
from kg.model import Span
from kg.outline.lines import Line

_BRACKET_TAIL = re.compile(r"\s*\([^()]{1,30}\)$")
_FILE = re.compile(r"\.(?:pdf|docx?|wps|zip|rar|gd|ofd|xlsx?)$", re.I)
_PASSES_ON = re.compile(r"(?:印发|转发|批转|发布|公布|下发)(?:了)?(?:关于)?[《〈<]")
_FIELD = re.compile(r"(?:标\s*题|名\s*称|信息名称|文件名称)\s*:\s*")
_MARK = re.compile("[〈〉《》]")
_ONE_KIND = str.maketrans("〈〉《》", "<><>")
_LONGEST = 80
_LONG = 9  # characters from which on a line that ends with 政策 or 安排 is no heading of a part
_WIDEST = 4  # lines that a title may be set in


@dataclass(frozen=True, slots=True)
class Title:
    """The lines of a title and what of them is the title itself."""

    lines: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    text: str = ""  # folded


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    table = rules("frame")["title"]
    return (
        re.compile(rf"\s*(?:{table['labels']})\s*"),
        re.compile(rf"\s*\((?:{table['additions']})\)\s*"),
        re.compile(table["passing_on"]),
        re.compile(table["heading"]),
        (*plan_type_words(), *table["endings"]),
    )


def _core(text: str) -> str:
    """A line without page labels and bracketed additions at its end."""
    labels = _table()[0]
    label = labels.match(text)
    text = text[label.end() :].strip() if label else text
    while len(text) <= 200 and (tail := _BRACKET_TAIL.search(text)) and tail.start() >= 4:
        text = text[: tail.start()].rstrip()
    return text


def is_title_like(text: str) -> bool:
    """Whether a folded line reads as the title of a plan.

    >>> is_title_like("某市科普工作要点"), is_title_like("现将《某市科普工作要点》印发给你们。")
    (True, False)
    """
    if len(text) > 2 * _LONGEST:
        return False
    core = _core(text)
    if not 5 <= len(core) <= _LONGEST or any(c in core for c in "。;!?") or match_number(text):
        return False
    if (
        ">" in core
        or "|" in core
        or "通知" in core[-4:]
        or _PASSES_ON.search(core)
        or _FIELD.match(core)
        or _FILE.search(core)
    ):
        return False
    core = core.rstrip("》〉>")
    return core.endswith(_table()[4]) or len(core) >= _LONG and core.endswith(_endings_of_long())


@lru_cache(maxsize=1)
def _endings_of_long() -> tuple[str, ...]:
    return tuple(rules("frame")["title"]["endings_of_long"])


def is_addition(text: str) -> bool:
    """Whether a line is what stands in brackets under a title: (2021—2025年), (草案).

    >>> is_addition("(征求意见稿)"), is_addition("(2021年-2035年)"), is_addition("(此件公开发布)")
    (True, True, False)
    """
    return len(text) <= 40 and bool(_table()[1].fullmatch(text))


def plain(text: str) -> str:
    """A title without blanks, with one kind of inner marks: how titles are compared."""
    text = "".join(text.split())
    return text.translate(_ONE_KIND) if _MARK.search(text) else text


def find_title(lines: Sequence[Line], body: int, skipped: range) -> Title:
    """The title among the lines before the body, or shortly behind where a notice with demands of its own stands first."""
    named = _named(lines, body)
    upto = min(body, len(lines))
    for width in range(1, _WIDEST + 1):
        for i in range(upto - width, -1, -1):
            if i not in skipped and _is_named(lines, i, width, named):
                return _whole(lines, i, i + width, upto)
    for i in range(upto, min(len(lines), upto + 120)):
        for width in (1, 2):
            if (
                i + width <= len(lines)
                and _is_named(lines, i, width, named)
                and is_title_like(_joined(lines, i, width))
            ):
                return _whole(lines, i, i + width, len(lines))
    heading = _in_heading(lines, upto)
    floor = heading.lines[-1] if heading.lines else -1
    for i in range(
        upto - 1, floor, -1
    ):  # the nearer to the body of a line that reads as a title and a document's heading
        if i not in skipped and is_title_like(lines[i].text):
            start = i
            while start > floor + 1 and i - start < _WIDEST - 1 and _continues(lines[start - 1], lines[start]):
                start -= 1
            return _whole(lines, start, i + 1, upto)
        if i not in skipped and lines[i].level == 0 and (marked := _as_one(lines, i, upto)):
            return marked
    return heading if heading.lines else _last_resort(lines, upto)


def _joined(lines: Sequence[Line], i: int, width: int) -> str:
    return "".join(line.text for line in lines[i : i + width])


def _is_named(lines: Sequence[Line], i: int, width: int, named: frozenset[str]) -> bool:
    if width > 1 and sum(len(line.text) for line in lines[i : i + width]) > _LONGEST + 40:
        return False
    joined = _joined(lines, i, width)
    text = plain(joined)
    if len(text) > _LONGEST + 40:
        return False
    is_name = text in named or text.startswith("<") and text.strip("<>") in named
    if not is_name and (width > 1 or plain(_core(joined)) not in named):
        return False
    return not any(_FIELD.match(line.text) for line in lines[i : i + width])


def _named(lines: Sequence[Line], upto: int) -> frozenset[str]:
    """Titles that the lines before the body name: in 《》, in the notice's heading, in a field of the page's head."""
    found: set[str] = set()
    quoted: list[str] = []
    text = "".join(line.text for line in lines[:upto])
    depth, start = 0, 0
    for i, c in enumerate(text):
        if c == "《":
            depth += 1
            start = i + 1 if depth == 1 else start
        elif c == "》" and depth:
            depth -= 1
            if depth == 0:
                quoted.append(text[start:i])
    found.update(plain(q) for q in quoted)
    passing_on = _table()[2]
    for i in range(upto):
        for width in (1, 2, 3):
            if i + width > upto or len(lines[i].text) > _LONGEST + 40:
                break
            joined = _joined(lines, i, width)
            field = _FIELD.match(joined)
            joined = joined[field.end() :] if field else joined
            if len(joined) > 2 * _LONGEST:
                break
            notice = passing_on.search(joined) if joined.endswith("通知") else None
            if field and width == 1 and len(joined) >= 6 and notice is None:
                found.add(plain(joined))
            if notice is not None:
                found.add(
                    plain(notice["title"].strip("《》〈〉<>"))
                    if notice["title"].count("《") < 2
                    else plain(notice["title"])
                )
    return frozenset(t for t in found if len(t) >= 5)


def _whole(lines: Sequence[Line], start: int, end: int, upto: int) -> Title:
    """A title with the bracketed lines under it."""
    while end < upto and end - start < _WIDEST + 2 and is_addition(lines[end].text):
        end += 1
    spans = []
    for i in range(start, end):
        line = lines[i]
        skip = _before_title(line.text) if i == start else 0
        spans.append(Span(line.start + skip, line.end))
    text = "".join(lines[i].text[s.start - lines[i].start :] for i, s in zip(range(start, end), spans, strict=True))
    return Title(tuple(range(start, end)), tuple(spans), text)


def _before_title(text: str) -> int:
    """The length of what stands before a title in its line: page labels, the names of several bodies that issue it."""
    label = _table()[0].match(text) or _FIELD.match(text)
    skip = label.end() if label and label.end() < len(text) else 0
    about = text.find("关于", skip)
    names = text[skip:about].split() if 0 < about <= 200 else []
    if len(names) > 1 and all(_is_body(n) for name in names for n in re.split("[、,]", name) if n):
        skip = about
    return skip


def _is_body(name: str) -> bool:
    return name.endswith("等") or is_agency_name(name) or split_names(name) is not None


def _continues(upper: Line, lower: Line) -> bool:
    """Whether a short line above is the first half of a title that was set in two lines."""
    text = upper.text
    if upper.level == 0 and lower.level == 0:
        return True
    if (
        len(text) > 30
        or any(c in text for c in "。;:!?,()《》")
        or match_number(text)
        or re.search(r"\d{1,2}\s*日$", text)
    ):
        return False
    if is_title_like(text) or text.endswith(tuple(rules("frame")["title"]["not_half"])) or is_agency_name(text):
        return False
    return len(lower.text) < 24 and bool(re.search(r"[一-鿿]$", text)) and len(text) >= 6


def _as_one(lines: Sequence[Line], last: int, upto: int) -> Title | None:
    """Lines that the file marks as a title, where together they read as one."""
    start = last
    while start and lines[start - 1].level == 0 and last - start < _WIDEST - 1:
        start -= 1
    joined = _joined(lines, start, last + 1 - start)
    return _whole(lines, start, last + 1, upto) if is_title_like(joined) else None


def _in_heading(lines: Sequence[Line], upto: int) -> Title:
    """The heading of a document that is nearest above the body: …关于…的意见, …的通知, …八条措施的通知, in up to three lines.

    关于印发…的通知 names the plan that it carries; …关于做好…工作的通知 is itself the title.
    """
    for i in range(upto - 1, -1, -1):
        for width in (1, 2, 3):
            if i + width <= upto and (found := _heading_at(lines, i, width, upto)):
                return found
    return Title()


def _heading_at(lines: Sequence[Line], i: int, width: int, upto: int) -> Title | None:
    _, _, passing_on, ends, _ = _table()
    text = _joined(lines, i, width)
    if len(text) > 2 * _LONGEST or "关于" not in lines[i].text or any(c in text for c in "。;") or _FIELD.match(text):
        return None
    if width > 1 and (any(len(lines[k].text) > 45 for k in range(i, i + width)) or _closed(lines[i].text)):
        return None
    if not ends.search(_core(text)) or _FILE.search(text) or match_number(text):
        return None
    notice = passing_on.search(text) if width == 1 else None
    if notice and notice["title"].strip("《》〈〉").endswith((*_table()[4], *_endings_of_long())):
        a, b = notice.span("title")
        if text[a] in "《〈" and text[b - 1] in "》〉" and text[a:b].count("《") == text[a:b].count("》") == 1:
            a, b = a + 1, b - 1
        return Title((i,), (Span(lines[i].start + a, lines[i].start + b),), text[a:b])
    return _whole(lines, i, i + width, upto)


def _last_resort(lines: Sequence[Line], upto: int) -> Title:
    """The nearest line above the body that ends as headings end."""
    for i in range(upto - 1, -1, -1):
        text = _core(lines[i].text)
        if 5 <= len(text) <= 60 and _table()[3].search(text) and not any(c in text for c in "。;:,>|"):
            return _whole(lines, i, i + 1, upto)
    return Title()


def _closed(text: str) -> bool:
    """Whether a line cannot be the upper half of a heading: it ends as a number, date or salutation does."""
    return text.endswith((":", "号", "日", ")", "通知", "意见", "方案")) or "关于" not in text
