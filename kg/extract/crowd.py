"""For whom an action or task is: groups that its text teaches, serves, opens to or strengthens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.clauses import sentence_around
from kg.extract.mentions import Mention, find_mentions
from kg.lexicon import rules
from kg.model import Provision, Span, Stated

_LISTED = re.compile(
    r"^(?:[、和与及][^、,;。]{1,10}?)+等|^[、和与及][^、,;。和与及]{2,10}?(?:人员|人才|群体|家庭|学生|居民|群众|职工)"
)
_CLAUSE = re.compile(r"[,;:。\n]")


@dataclass(frozen=True, slots=True)
class _Context:
    """What decides which group a word means."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    group: str
    otherwise: str
    clause_only: bool


@dataclass(frozen=True, slots=True)
class _Cues:
    """The patterns of `data/rules/crowd.toml`, compiled once."""

    behind: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    topic: re.Pattern[str]
    own_behind: re.Pattern[str]
    own_before: re.Pattern[str]
    own_never: re.Pattern[str]
    not_behind: re.Pattern[str]
    not_before: re.Pattern[str]
    acts: re.Pattern[str]
    name: re.Pattern[str]
    clause: re.Pattern[str]
    heading: re.Pattern[str]
    workforce: frozenset[str]
    acting: frozenset[str]
    always: frozenset[str]
    context: dict[str, _Context]
    both: dict[str, str]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    table = rules("crowd")
    own, no, reach = table["workforce"], table["not"], table["reach"]
    far = rf"(?:{table['strong']})[^,;:。\n]{{0,{reach['strong']}}}$"
    near = rf"(?:{table['near']})[^,;:。\n]{{0,{reach['near']}}}$"
    prepositions = rf"(?:{own['prepositions']})[^,;:。\n]{{0,{reach['near']}}}$"
    return _Cues(
        behind=re.compile(table["behind"]),
        strong=re.compile(f"{far}|{near}"),
        weak=re.compile(f"(?:{table['weak']}){table['between']}"),
        topic=re.compile(table["topic"]),
        own_behind=re.compile(own["behind"]),
        own_before=re.compile(f"{own['before']}{table['between']}|{prepositions}"),
        own_never=re.compile(own["never"]),
        not_behind=re.compile(no["behind"]),
        not_before=re.compile(no["before"]),
        acts=re.compile(no["acts"]),
        name=re.compile(no["name"]),
        clause=re.compile(no["clause"]),
        heading=re.compile(table["heading"]["not"]),
        workforce=frozenset(own["groups"]),
        acting=frozenset(no["acting_groups"]),
        always=frozenset(no["always"]),
        context={
            word: _Context(
                re.compile(entry["pattern"]),
                re.compile(entry["unless"]),
                entry["group"],
                entry["otherwise"],
                entry.get("scope") == "clause",
            )
            for entry in table["context"]
            for word in entry["words"]
        },
        both={word: entry["group"] for entry in table["both"] for word in entry["words"]},
    )


def read_crowd_groups(text: str, provision: Provision, title_length: int) -> tuple[Stated[str], ...]:
    """The groups of one provision in the order in which its text names them.

    An action takes those of its heading; a task those that its own words make beneficiaries.
    """
    if provision.kind not in ("Action", "Task"):
        return ()
    cues = _cues()
    found: dict[str, Stated[str]] = {}
    for span in provision.spans:
        for mention in find_mentions("crowd-group", text, span.start, span.end):
            title_end = provision.spans[0].start + title_length
            in_title = mention.span.end <= title_end
            if provision.kind == "Action" and (
                not in_title or cues.heading.search(text[provision.spans[0].start : title_end])
            ):
                continue
            sentence = _sentence(text, mention, span)
            groups = [_group(text, mention, sentence, provision)]
            if mention.word in cues.both:
                groups.append(cues.both[mention.word])
            for group in groups:
                if group and group not in found and counts(text, mention, sentence, group, in_title=in_title):
                    found[group] = Stated(
                        group, (mention.span,), "crowd-title" if in_title else "crowd-clause", 0.9 if in_title else 0.75
                    )
    return tuple(found.values())


def _group(text: str, mention: Mention, sentence: Span, provision: Provision) -> str:
    """学生 in a sentence, or else an item, about universities are those of universities."""
    entry = _cues().context.get(mention.word)
    if entry is None:
        return mention.concept.notation
    if entry.clause_only:
        clause = _CLAUSE.split(text[mention.span.end : sentence.end], maxsplit=1)[0]
        return entry.group if entry.pattern.search(clause) else entry.otherwise
    for words in (sentence.cut(text), *(span.cut(text) for span in provision.spans)):
        is_one, is_other = bool(entry.pattern.search(words)), bool(entry.unless.search(words))
        if is_one != is_other:
            return entry.group if is_one else entry.otherwise
    return entry.otherwise


def _sentence(text: str, mention: Mention, bounds: Span) -> Span:
    """The sentence of a mention; of one that runs on for pages, what is near."""
    low, high = max(bounds.start, mention.span.start - 600), min(bounds.end, mention.span.end + 600)
    return sentence_around(text, mention.span.start, low, high)


def counts(text: str, mention: Mention, sentence: Span, group: str, *, in_title: bool) -> bool:
    """Whether the text is for the group that it names here, not by it, about it, or merely beside it."""
    cues = _cues()
    before, after = text[sentence.start : mention.span.start], text[mention.span.end : sentence.end]
    clause_before = _CLAUSE.split(before)[-1]
    clause_after = _CLAUSE.split(after, maxsplit=1)[0]
    if _in_marks(text, sentence, mention) or cues.name.match(clause_after):
        return False
    if cues.not_behind.match(clause_after) or cues.not_before.search(clause_before):
        return False
    if in_title or mention.word in cues.always:
        return True
    if group in cues.acting and cues.acts.match(clause_after) or cues.clause.search(clause_after):
        return False
    # 学校科技教师、企业科技人员等培训; 农民工、外来创业人员异地就医
    listed = _LISTED.sub("", clause_after)
    if group in cues.workforce and mention.word not in cues.both:
        if cues.own_never.match(mention.word + clause_after):
            return False
        return bool(
            cues.own_behind.search(clause_after)
            or listed != clause_after
            and cues.own_behind.search(listed)
            or cues.own_before.search(clause_before)
        )
    return bool(
        cues.behind.search(clause_after)
        or listed != clause_after
        and cues.behind.search(listed)
        or cues.strong.search(clause_before)
        or cues.weak.search(clause_before)
        or not clause_after.strip()
        and cues.topic.search(clause_before)
    )


def _in_marks(text: str, sentence: Span, mention: Mention) -> bool:
    """Inside “” or 《》: part of a name."""
    for opening, closing in (("“", "”"), ("《", "》")):
        opened = text.rfind(opening, sentence.start, mention.span.start)
        if opened >= 0 and text.find(closing, opened, mention.span.start) < 0:
            return True
    return False
