"""Heading and text of an item that is printed in one paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon import rules

_SHORTEST = 6  # characters; shorter headings are not looked for where their full stop is lost
LONGEST = 40  # characters; the longest heading of a task seen in real plans has 38


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = rules("titles")
    verbs = "|".join(sorted(table["verbs"], key=lambda w: (-len(w), w)))
    heads = "|".join(sorted(table["heads"], key=lambda w: (-len(w), w)))
    closers = "|".join(sorted(table["closers"], key=lambda w: (-len(w), w)))
    second = "|".join(sorted(table["second"], key=lambda w: (-len(w), w)))
    return re.compile(verbs), re.compile(rf"(?:{heads})"), re.compile(rf"(?:{closers})$"), re.compile(second)


@lru_cache(maxsize=1)
def _strong() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = rules("titles")
    return re.compile("|".join(table["strong"])), re.compile("|".join(table["causative"]))


@lru_cache(maxsize=1)
def _loose() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    table = rules("titles")
    starters = "|".join([*table["loose"], *sorted(table["second"], key=lambda w: (-len(w), w))])
    return re.compile(starters), re.compile(table["joining"]), frozenset(table["nouns"])


def closed_heading(text: str) -> int | None:
    """The length of a heading of one phrase that its full stop closes before a text; None where an item has none.

    >>> closed_heading("加强组织领导。各地要高度重视。"), closed_heading("加强组织领导,各地要高度重视。落实责任。")
    (6, None)
    """
    end = _sentence_end(text)
    return end if 4 <= end <= LONGEST and text[end : end + 1] == "。" and "," not in text[:end] else None


def split_by_siblings(text: str, end: int, longest: int) -> int | None:
    """Where an item's heading ends by the headings of its siblings, none of which is longer than `longest`.

    `end` is where the heading ends by the item's own words. Only what begins with a verb and runs on over a comma or to
    one, well beyond all siblings, is looked at: None where nothing shows a place.

    >>> text = "建设高标准粮仓新建、改建绿色高标准仓容3000万吨,应用低温储粮技术。"
    >>> text[:split_by_siblings(text, 24, 10)]
    '建设高标准粮仓'
    """
    first = _cues()[0].match(text)
    if first is None or end <= longest + 2 or text[end : end + 1] == "。" and "," not in text[:end]:
        return None
    starters, joining, nouns = _loose()
    comma = text.find(",")
    for match in starters.finditer(text, max(_SHORTEST, first.end() + 2), comma if comma >= 0 else len(text)):
        head = text[: match.start()]
        if len(head) > longest + 2:
            break
        next_one = starters.match(text, match.end()) if match.group() in nouns else None
        is_noun = next_one is not None and next_one.group() not in ("在", "对")
        if not is_noun and not joining.search(head) and head.count("“") == head.count("”") and "(" not in head:
            return len(head)
    return None


def split_title(text: str) -> tuple[int, bool]:
    """Where the heading of a folded item ends, and whether a lost full stop was assumed there.

    The heading is the first sentence where it reads as one; where the full stop between heading and text
    was lost, it is the noun phrase in …行动/…工程 or the verb-object phrase that the item begins with.
    The returned index excludes the closing punctuation mark.

    >>> split_title("开展智慧助老活动。依托老科协,普及智能技术。")
    (8, False)
    >>> text = "农民科学素质提升行动加强农村科普工作,增强农民的科学素质。"
    >>> text[:split_title(text)[0]]
    '农民科学素质提升行动'
    >>> text = "加强科学素质教育培训深入贯彻落实新发展理念,把树立科学精神纳入计划。"
    >>> text[:split_title(text)[0]]
    '加强科学素质教育培训'
    """
    end = _sentence_end(text)
    sentence = text[:end]
    closed = end < len(text) and text[end] in "。:;!"
    if closed and _reads_as_heading(sentence):
        cut = _after_named_measure(sentence)
        return (cut, True) if cut else (end, False)
    if not closed and end == len(text) and len(text) <= LONGEST:
        return end, False
    cut = _after_named_measure(sentence) or _before_second_verb(sentence)
    if cut:
        return cut, True
    comma = re.search(r"[,;]", sentence)
    if closed and len(sentence) <= 60:
        return end, False
    return (comma.start() if comma and comma.start() <= LONGEST else min(end, LONGEST)), False


def _sentence_end(text: str) -> int:
    """The first full stop outside quotation marks and brackets."""
    depth = 0
    for i, c in enumerate(text):
        if c in "“《(〈「":
            depth += 1
        elif c in "”》)〉」":
            depth = max(0, depth - 1)
        elif c in "。!?\n" and not depth:
            return i
        elif c in ":;" and not depth and i <= LONGEST:
            return i
    return len(text)


def _reads_as_heading(sentence: str) -> bool:
    """Short, and no comma that would begin a second statement."""
    outside = re.sub(r"“[^”]*”|\([^)]*\)|《[^》]*》", "", sentence)
    if len(sentence) > LONGEST:
        return False
    if outside.count(",") and _before_second_verb(sentence):
        return False
    return outside.count(",") == 0 or (
        outside.count(",") <= 2 and len(sentence) <= 36 and bool(_cues()[0].match(outside))
    )


def _after_named_measure(sentence: str) -> int | None:
    """Behind …提升行动 or …工程 where a verb follows at once: 青少年科学素质提升行动|激发全区青少年好奇心."""
    verbs, heads, *_ = _cues()
    for match in heads.finditer(sentence):
        rest = sentence[match.end() :]
        if match.end() >= 6 and len(rest) >= 6 and verbs.match(rest) and not verbs.match(sentence):
            return match.end()
    return None


def _before_second_verb(sentence: str) -> int | None:
    """Before the verb that begins a second phrase where the first one is complete: 加强…培训|深入贯彻…."""
    verbs, _, closers, second = _cues()
    first = verbs.match(sentence)
    if not first:
        return None
    limit = min([sentence.find(c) for c in ",;" if c in sentence] + [LONGEST])
    cuts = [
        match.start()
        for match in second.finditer(sentence, first.end() + 2)
        if 6 <= match.start() <= limit - 5 and closers.search(sentence[: match.start()])
    ]
    strong, causative = _strong()
    if not causative.match(sentence):
        cuts += [
            match.start()
            for match in strong.finditer(sentence, first.end() + 2)
            if 6 <= match.start() <= limit - 6 and sentence[match.start() - 1] not in "和与并及、的以来再要应能“("
        ]
    return min(cuts, default=None)
