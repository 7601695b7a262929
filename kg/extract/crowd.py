"""For whom an action or task is: groups that its text teaches, serves, opens to or strengthens."""

from __future__ import annotations

import re

from kg.extract.clauses import sentence_around
from kg.extract.mentions import Mention, find_mentions
from kg.lexicon import rules
from kg.model import Provision, Span, Stated


def read_crowd_groups(text: str, provision: Provision, title_length: int) -> tuple[Stated[str], ...]:
    """The groups of one provision in the order in which its text names them.

    An action takes those of its heading; a task those that its own words make beneficiaries.
    """
    if provision.kind not in ("Action", "Task"):
        return ()
    found: dict[str, Stated[str]] = {}
    for span in provision.spans:
        for mention in find_mentions("crowd-group", text, span.start, span.end):
            in_title = mention.span.end <= provision.spans[0].start + title_length
            if provision.kind == "Action" and not in_title:
                continue
            group = _group(text, mention, span)
            if group not in found and counts(text, mention, span, in_title=in_title):
                found[group] = Stated(
                    group, (mention.span,), "crowd-title" if in_title else "crowd-clause", 0.9 if in_title else 0.75
                )
    return tuple(found.values())


def _group(text: str, mention: Mention, bounds: Span) -> str:
    """学生 in a sentence about universities are those of universities."""
    if mention.word == "学生":
        sentence = _sentence(text, mention, bounds).cut(text)
        if "大学生" in sentence or ("高校" in sentence or "高等" in sentence) and "中小学" not in sentence:
            return "大学生"
    return mention.concept.notation


def _sentence(text: str, mention: Mention, bounds: Span) -> Span:
    """The sentence of a mention; of one that runs on for pages, what is near."""
    low, high = max(bounds.start, mention.span.start - 600), min(bounds.end, mention.span.end + 600)
    return sentence_around(text, mention.span.start, low, high)


def counts(text: str, mention: Mention, bounds: Span, *, in_title: bool) -> bool:
    """Whether the text is for the group that it names here, not by it, about it, or merely beside it."""
    table = rules("crowd")
    sentence = _sentence(text, mention, bounds)
    before, after = text[sentence.start : mention.span.start], text[mention.span.end : sentence.end]
    if _in_marks(text, sentence, mention) or re.match(table["not"]["name"], after):
        return False
    if re.match(table["not"]["behind"], after) or re.search(table["not"]["before"], before):
        return False
    if in_title:
        return True
    strict = mention.concept.notation in table["workforce"]["groups"]
    cue = table["workforce"] if strict else table
    clause_before = re.split(r"[,;:。]", before)[-1]
    clause_after = re.split(r"[,;:。]", after)[0]
    listed = re.sub(r"^(?:[、和与及][^、,;。]{1,10}?)+等", "", clause_after)  # 学校科技教师、企业科技人员等培训
    return bool(
        re.search(cue["behind"], clause_after)
        or (listed != clause_after and re.search(cue["behind"], listed))
        or re.search(cue["before"] + table["between"], clause_before)
    )


def _in_marks(text: str, sentence: Span, mention: Mention) -> bool:
    """Inside “” or 《》: part of a name."""
    for opening, closing in (("“", "”"), ("《", "》")):
        opened = text.rfind(opening, sentence.start, mention.span.start)
        if opened >= 0 and text.find(closing, opened, mention.span.start) < 0:
            return True
    return False
