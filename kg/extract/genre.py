"""Whether a text is a plan; if not, what it is and why it is taken for that.

A plan's own title ends with a word for plans, and it orders numbered work. A text whose heading says something else
(解读, 条例, 讲话, 招标公告, …), or which speaks of a plan from outside, is none, whatever it numbers. Where bodies are made
responsible for the items it is read as a plan in spite of its heading: that is what the reader is for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.cited_titles import plan_type_words
from kg.errors import NotAPlanError
from kg.lexicon import rules
from kg.model import Outline, Provision, Source, Stated
from kg.numerals import fold

_RESPONSIBLE = 3  # responsibilities that make a text one that divides work, whatever its heading says
_LONG = 800  # characters without blanks
_READ = 30_000  # characters in which the words of another kind of text show, if it is one


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of text that is no plan."""

    name: str
    what: str
    heading: re.Pattern[str]
    cues: tuple[re.Pattern[str], ...]
    least: int
    remedy: str


@lru_cache(maxsize=1)
def genres() -> tuple[Genre, ...]:
    """The kinds of data/rules/genre.toml, in its order."""
    return tuple(
        Genre(
            g["name"],
            g["what"],
            re.compile(g["heading"]),
            tuple(re.compile(cue, re.M) for cue in g["cues"]),
            g["least"],
            g["remedy"],
        )
        for g in rules("genre")["genre"]
    )


def genre_of_heading(heading: str) -> Genre | None:
    """The kind of text that a heading names, if that is none of plans.

    >>> genre_of_heading("《某市行动计划》政策解读").name, genre_of_heading("某市科普工作要点")
    ('interpretation', None)
    """
    text = re.sub(r"《[^》]*》|〈[^〉]*〉", "□", fold(heading)).strip()
    text = re.sub(r"^标\s*题\s*:\s*", "", text)
    while (bare := re.sub(r"\s*\([^()]*\)$", "", text)) != text:
        text = bare
    passing_on = re.sub(r"的(?:通知|公告|通告|决定)$", "", text)
    for genre in genres():
        if (
            genre.heading.search(text)
            or passing_on != text
            and genre.name == "regulation"
            and genre.heading.search(passing_on)
        ):
            return genre
    return None


def refuse_no_plan(
    source: Source, outline: Outline, provisions: tuple[Provision, ...], facts: dict[str, object]
) -> None:
    """Raise `NotAPlanError` where the text is no plan; it says what it is, and why."""
    responsible = sum(len(p.responsibilities) for p in provisions)
    # A title that names a plan and ends with something else (…方案的批复, …规划编制服务采购公告) is not that of a plan.
    typed = facts.get("plan_type", "其他") != "其他" and _ends_as_plan(outline.title)
    work = any(p.kind in ("Task", "SafeguardMeasure") for p in provisions)
    text = fold(source.text)
    if responsible < _RESPONSIBLE:
        told = _told_by_heading(text, outline, typed) or _told_by_text(text, outline, typed, facts)
        if told is not None:
            genre, why = told
            raise _refusal(source, f"it is {genre.what}: {why}", genre.remedy)
    official = "issuers" in facts or "document_number" in facts or responsible > 0
    long = len("".join(source.text.split())) > _LONG
    if not work:
        raise _refusal(source, "nothing numbered that is to be done")
    if not (typed and (official or long) or official and outline.title):
        raise _refusal(source, "no title of a plan and no issuing body")


def _ends_as_plan(title: str) -> bool:
    """Whether the last words of a title, or what a notice passes on, name a kind of plan."""
    text = re.sub(r"[\s”》〉>]+", "", fold(title))
    while (bare := re.sub(r"\([^()]*\)$|的通知$|第[一二三四五六]版$", "", text)) != text:
        text = bare
    return text.endswith((*plan_type_words(), *rules("frame")["title"]["endings"])) or not genre_of_heading(title)


def _refusal(source: Source, why: str, remedy: str = "") -> NotAPlanError:
    return NotAPlanError(
        f"no plan found in it: {why}",
        where=source.file_name,
        remedy=remedy or "give the text of a 规划, 方案, 计划, 要点, 意见 or 措施 with its title",
    )


def _told_by_heading(text: str, outline: Outline, typed: bool) -> tuple[Genre, str] | None:
    """What the document's own heading says it is: its title, or without one the first lines that can be a heading."""
    if outline.title:
        own = genre_of_heading(outline.title)
        if own is not None and not typed:
            return own, f"its heading is {outline.title[:40]!r}"
        for line in _above(text, outline):
            genre = genre_of_heading(line)
            if genre is not None and genre.name == "interpretation" and ("《" in line or "〈" in line):
                return genre, f"its heading is {line[:40]!r}"
        return None
    for span in (*outline.head_spans, *outline.notice_spans, *outline.preamble_spans)[:12]:
        line = span.cut(text).strip()
        if 5 <= len(line) <= 80 and not any(c in line for c in "。;") and (genre := genre_of_heading(line)) is not None:
            return genre, f"its heading is {line[:40]!r}"
    return None


def _above(text: str, outline: Outline) -> list[str]:
    """The lines right above the title that can be the document's heading."""
    before = [*outline.head_spans, *outline.notice_spans][:8]
    lines = [span.cut(text).strip() for span in before]
    return [line for line in lines if 8 <= len(line) <= 80 and not any(c in line for c in "。;")]


def _told_by_text(text: str, outline: Outline, typed: bool, facts: dict[str, object]) -> tuple[Genre, str] | None:
    """What the words of the text say: cues that no plan has together, or a plan spoken of from outside."""
    signed = _signed(outline, facts)
    if typed and signed:
        return None
    text = text[:_READ]
    title = facts.get("title")
    own = re.sub(r"\s", "", title.value) if isinstance(title, Stated) else ""
    about = rules("genre")["about"]
    mentions = [m.group() for m in re.finditer(about["third_person"], text)]
    outside = len(mentions) >= about["least"]
    for genre in genres():
        least = genre.least
        if typed:  # a title of a plan: only where the text speaks of it from outside as well
            if genre.name not in ("interpretation", "news") or not outside:
                continue
            least = max(2, genre.least - 1)
        elif signed:
            least = genre.least + 1
        found = [m.group().strip() for cue in genre.cues if (m := cue.search(text))]
        if len(found) >= least:
            why = f"it has {', '.join(repr(word[:20]) for word in found[:3])}"
            return genre, why + (f" and speaks of {own[:20]!r}" if outside and own else "")
    return None


def _signed(outline: Outline, facts: dict[str, object]) -> bool:
    """Whether bodies signed the text, or it has a number."""
    issuers = facts.get("issuers")
    signed = isinstance(issuers, tuple) and any(isinstance(i, Stated) and i.rule == "signature" for i in issuers)
    return signed or "document_number" in facts
