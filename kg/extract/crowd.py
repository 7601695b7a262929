"""For whom an action or task is: groups that its text teaches, serves, opens to or strengthens."""

from __future__ import annotations

import re

from kg.extract.clauses import sentence_around
from kg.extract.mentions import Mention, find_mentions
from kg.lexicon import rules
from kg.model import Provision, Span, Stated


def read_crowd_groups(text: str, provision: Provision, title_length: int) -> tuple[Stated[str], ...]:
    """The groups of one provision in the order in which its text names them.

    An action takes those of its heading and lead sentence; a task those that its own words make beneficiaries.
    """
    if provision.kind not in ("Action", "Task"):
        return ()
    found: dict[str, Stated[str]] = {}
    for span in provision.spans:
        for mention in find_mentions("crowd-group", text, span.start, span.end):
            in_title = mention.span.end <= provision.spans[0].start + title_length
            if provision.kind == "Action" and not in_title:
                continue
            group = mention.concept.notation
            if group not in found and counts(text, mention, span, in_title=in_title):
                found[group] = Stated(group, (mention.span,), "crowd-title" if in_title else "crowd-clause", 0.9 if in_title else 0.75)
    return tuple(found.values())


def counts(text: str, mention: Mention, bounds: Span, *, in_title: bool) -> bool:
    """Whether the text is for the group that it names here, not by it, about it, or merely beside it."""
    table = rules("crowd")
    sentence = sentence_around(text, mention.span.start, bounds.start, bounds.end)
    before, after = text[sentence.start : mention.span.start], text[mention.span.end : sentence.end]
    if _in_name(text, sentence, mention):
        return False
    if re.match(table["not_behind"], after) or re.search(table["not_before"], before):
        return False
    if in_title:
        return True
    clause_before = re.split(r"[,;:。]", before)[-1]
    clause_after = re.split(r"[,;:。]", after)[0]
    listed = re.sub(r"^(?:[、和与及](?:[^、,;。和与及的]{1,8}))+", "", clause_after)  # 老年人、残疾人等的健康
    return bool(re.search(table["behind"], clause_after) or re.search(table["behind"], listed) or re.search(table["before"], _head(clause_before)))


def _head(before: str) -> str:
    """What stands before a list of groups: 面向青少年、|农民."""
    return re.sub(r"(?:[^、,;。和与及的]{2,8}[、和与及])+$", "", before)


def _in_name(text: str, sentence: Span, mention: Mention) -> bool:
    """Inside “” or 《》, or in the name of a contest, award, programme or facility."""
    for opening, closing in (("“", "”"), ("《", "》")):
        opened = text.rfind(opening, sentence.start, mention.span.start)
        if opened >= 0 and text.find(closing, opened, mention.span.start) < 0:
            return True
    after = text[mention.span.end : mention.span.end + 14]
    return bool(re.match(r"[^,。;、]{0,10}?(?:大赛|竞赛|比赛|评选|奖|计划|中心|基地|场所|阵地|宫|节日?|活动月|夏令营|展演|课堂”)", after))
