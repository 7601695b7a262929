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
# 高校毕业生、农民工、退役军人求职登记服务率: a list of people may end in one who is no group.
_PEOPLE = re.compile(
    r"^(?:[、和与及][^、,;。和与及]{0,10}?(?:人员|人才|群体|家庭|学生|居民|群众|职工|军人|毕业生|农民工|对象|青年|妇女|儿童|老人|年人|疾人|工人|农民|农户|牧民|渔民|村民))+"
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

    def settled(self, words: str) -> str | None:
        """The group that these words decide for; None where they speak for both or neither."""
        is_one, is_other = bool(self.pattern.search(words)), bool(self.unless.search(words))
        return None if is_one == is_other else self.group if is_one else self.otherwise


@dataclass(frozen=True, slots=True)
class _Narrow:
    """What must and must not stand beside a word that means its group only in some surroundings."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    not_before: re.Pattern[str]
    not_behind: re.Pattern[str]
    spite: re.Pattern[str]

    def admits(self, before: str, after: str) -> bool:
        """Whether the word means its group between these parts of its clause."""
        wanted = self.before.search(before) and self.behind.search(after)
        return bool(wanted) and not self.not_before.search(before) and not self.not_behind.search(after)


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
    works: re.Pattern[str]
    led: re.Pattern[str]
    recruited_before: re.Pattern[str]
    recruited_behind: re.Pattern[str]
    name: re.Pattern[str]
    clause: re.Pattern[str]
    heading: re.Pattern[str]
    mixed_before: re.Pattern[str]
    mixed_behind: re.Pattern[str]
    workforce: frozenset[str]
    acting: frozenset[str]
    always: frozenset[str]
    context: dict[str, _Context]
    both: dict[str, str]
    narrow: dict[str, _Narrow]


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
        works=re.compile(no["works"]),
        led=re.compile(no["led"]),
        recruited_before=re.compile(no["recruited_before"]),
        recruited_behind=re.compile(no["recruited_behind"]),
        name=re.compile(no["name"]),
        clause=re.compile(no["clause"]),
        heading=re.compile(table["heading"]["not"]),
        mixed_before=re.compile(table["heading"]["mixed_before"]),
        mixed_behind=re.compile(table["heading"]["mixed_behind"]),
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
        narrow={
            word: _Narrow(
                re.compile(entry.get("where_before", "")),
                re.compile(entry.get("where_behind", "")),
                re.compile(entry.get("not_before", "(?!)")),
                re.compile(entry.get("not_behind", "(?!)")),
                re.compile(entry.get("spite", "(?!)")),
            )
            for entry in table["narrow"]
            for word in entry["words"]
        },
    )


# Characters of a clause beside a mention that can say whether it is served; longer clauses are tables that lost their lines.
_NEAR = 120


def read_crowd_groups(text: str, provision: Provision, title_length: int) -> tuple[Stated[str], ...]:
    """The groups of one provision in the order in which its text names them.

    An action takes those of its heading; a task those that its own words make beneficiaries.
    """
    if provision.kind not in ("Action", "Task"):
        return ()
    cues = _cues()
    found: dict[str, Stated[str]] = {}
    whole: dict[str, str] = {}  # word → whose it is by the item as a whole
    for span in provision.spans:
        for mention in find_mentions("crowd-group", text, span.start, span.end):
            title_end = provision.spans[0].start + title_length
            in_title = mention.span.end <= title_end
            if provision.kind == "Action" and not (in_title and _is_all_for(text, mention, provision, title_end)):
                continue
            sentence = _sentence(text, mention, span)
            groups = [_group(text, mention, sentence, provision, whole)]
            if mention.word in cues.both:
                groups.append(cues.both[mention.word])
            for group in groups:
                if group and group not in found and counts(text, mention, sentence, group, in_title=in_title):
                    found[group] = Stated(
                        group, (mention.span,), "crowd-title" if in_title else "crowd-clause", 0.9 if in_title else 0.75
                    )
    return tuple(found.values())


def _is_all_for(text: str, mention: Mention, provision: Provision, title_end: int) -> bool:
    """Whether a heading that names a group promises that all its tasks are for the group."""
    cues, start = _cues(), provision.spans[0].start
    return not (
        cues.heading.search(text[start:title_end])
        or cues.mixed_behind.match(text[mention.span.end : title_end])
        or cues.mixed_before.search(text[start : mention.span.start])
    )


def _group(text: str, mention: Mention, sentence: Span, provision: Provision, whole: dict[str, str]) -> str:
    """学生 in a sentence, or else an item, about universities are those of universities."""
    entry = _cues().context.get(mention.word)
    if entry is None:
        return mention.concept.notation
    if entry.clause_only:
        clause = _CLAUSE.split(text[mention.span.end : sentence.end], maxsplit=1)[0]
        return entry.group if entry.pattern.search(clause) else entry.otherwise
    if (group := entry.settled(sentence.cut(text))) is not None:
        return group
    if mention.word not in whole:
        settled = (entry.settled(span.cut(text)) for span in provision.spans)
        whole[mention.word] = next((group for group in settled if group is not None), entry.otherwise)
    return whole[mention.word]


def _sentence(text: str, mention: Mention, bounds: Span) -> Span:
    """The sentence of a mention; of one that runs on for pages, what is near."""
    low, high = max(bounds.start, mention.span.start - 400), min(bounds.end, mention.span.end + 400)
    return sentence_around(text, mention.span.start, low, high)


def counts(text: str, mention: Mention, sentence: Span, group: str, *, in_title: bool) -> bool:
    """Whether the text is for the group that it names here, not by it, about it, or merely beside it."""
    cues = _cues()
    before, after = text[sentence.start : mention.span.start], text[mention.span.end : sentence.end]
    clause_before = _CLAUSE.split(before[-_NEAR:])[-1]
    clause_after = _CLAUSE.split(after[:_NEAR], maxsplit=1)[0]
    if _in_marks(text, sentence, mention) or cues.name.match(clause_after):
        return False
    narrow = cues.narrow.get(mention.word)
    if narrow and not narrow.admits(clause_before, clause_after):
        return False
    spite = narrow is not None and narrow.spite.match(clause_after)
    if cues.not_behind.match(clause_after) and not spite or cues.not_before.search(clause_before):
        return False
    if cues.recruited_before.search(clause_before) and cues.recruited_behind.search(clause_after):
        return False
    if in_title or mention.word in cues.always:
        return True
    acts = cues.works.match(clause_after) or group in cues.acting and cues.acts.match(clause_after)
    if acts and not cues.led.search(clause_before) or cues.clause.search(clause_after):
        return False
    # 学校科技教师、企业科技人员等培训; 农民工、外来创业人员异地就医
    listed = _LISTED.sub("", clause_after)
    if listed == clause_after:
        listed = _PEOPLE.sub("", clause_after)
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
