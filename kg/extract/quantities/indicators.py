"""What a number counts, as a noun phrase in the document's words; a share is turned round (80%的村建有画廊 → 建有画廊的村)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.clauses import find_deadlines
from kg.extract.quantities.cues import cues
from kg.extract.quantities.places import Place
from kg.extract.quantities.relative import changes
from kg.model import Span

_LONG_BRACKET = re.compile(r"\([^()]{9,}\)")  # it explains
_AND = re.compile("以及|[、与]|和(?![谐解平睦])|(?<![普涉危波推触提顾企])及(?![时格早])")


@dataclass(frozen=True, slots=True)
class Said:
    """What the number before it in the list counts."""

    indicator: str
    root: str  # of the first number of the list
    unit: str


def name_indicator(place: Place, quote: Span, reason: str, said: Said | None) -> str:
    """The noun phrase that is counted; what somebody does so often is named with who does it."""
    name = _name(place, quote, reason, said)
    if place.amount.unit in _OFTEN and len(name) <= 12:
        recurs = cues().recurrence.pattern.search(place.before)
        doer = cues().indicator.more_years.sub("", strip(place.before[: recurs.start()])) if recurs else ""
        told = cues().indicator.tells.search(place.before)
        if told and not name.startswith(told["verb"]):
            return told["verb"] + name.removeprefix(doer.lstrip("各"))
        if 2 <= len(doer) <= 16 and doer not in name and not name.startswith(doer[:2]):
            return doer + name
    return name


_OFTEN = ("次", "场", "期", "轮", "遍", "天", "小时", "学时", "课时")


def _name(place: Place, quote: Span, reason: str, said: Said | None) -> str:
    shared = _respective(place)
    if shared:
        return shared
    left, right = phrase_before(place.text, quote.start, place.amount.span.start), _right(place, quote)
    known = cues()
    standard = known.indicator.by_standard.search(place.before), known.indicator.to_standard.match(right)
    if standard[0] and standard[1]:  # 按照每百户不少于20平方米的标准配套建设养老服务设施
        return standard[0]["each"] + right[standard[1].end() :]
    if place.amount.unit == "%":
        left = known.indicator.share_of.sub(r"\g<part>占\g<of>的比例", left)
    if reason == "timely" and right.startswith("内"):
        return (left or _from_before(place)) + right[1:]
    if place.amount.whole:
        return left or right or "全覆盖"
    if changes(place):
        return _changed(place, quote, left, said)
    levelled = known.evidence.level.search(place.before) or known.evidence.rate.search(place.before)
    if reason == "listed" and said is not None and not levelled:
        part = _part_of(place, left, right, said)
        if part:
            return part
    if levelled and len(left) >= 2 and not (right and _does(place)):
        return _with_share(place, left, right)
    if right:
        return _of_right(place, left, right)
    verb = known.indicator.verbs_alone.search(place.before)
    if verb and verb.group() == left or len(left) < 2:
        before = _from_before(place)
        if verb:
            named = before and len(before) <= 18 and not cues().evidence.strong_start.search(before)
            return before + verb.group() if named else verb.group()
        if said is not None and known.indicator.whole_words.match(place.before):
            return said.root
        return before or left or place.text[quote.start : quote.end]
    return left


def _does(place: Place) -> bool:
    """Whether a verb before the level has the noun behind it for its object: 开展不少于10个示范工程."""
    known = cues().evidence
    return place.amount.unit in known.counters and _governs(place) and bool(known.at_least.search(place.before))


def _governs(place: Place) -> bool:
    known = cues().evidence
    return bool(known.strong_start.search(place.before) or known.strong_inside.search(place.before))


def _with_share(place: Place, left: str, right: str) -> str:
    """A level with what it is a level of, where that is not said beside it."""
    if place.before.endswith("具备") and right:
        return left + right.split("并")[0]
    if place.amount.unit != "%" or cues().evidence.rate.search(left) or "占" in left:
        return left
    at = place.number
    while at > 0:
        at -= 1
        match = cues().indicator.named_share.search(place.say(place.sentence.clauses[at]))
        if match:
            return left + match["share"]
    return left


def phrase_before(text: str, start: int, end: int) -> str:
    """The phrase between two places without dates, hedges, areas and verbs around the noun."""
    known = cues()
    if start > end:
        return ""
    words = _without_dates(text, start, end)
    words = known.indicator.numbering.sub("", words)
    words = known.deadline.this_year.sub("", words, count=1) if known.deadline.this_year.match(words) else words
    recurrences = list(known.recurrence.pattern.finditer(words))
    if recurrences:
        recurrence = recurrences[-1]
        rest = words[recurrence.end() :]
        words = (
            rest
            if len(known.indicator.drop.sub("", known.indicator.trail.sub("", rest))) >= 2
            else (words[: recurrence.start()] + rest)
        )
    words = known.indicator.baseline.sub("", words)
    words = _LONG_BRACKET.sub("", words)
    if len(words) < 40:
        words = known.indicator.modal.sub("", words)
    return known.indicator.doer.sub("", strip(words))


def _without_dates(text: str, start: int, end: int) -> str:
    """What a date leads to is the phrase, and where it leads to nothing, what stands before: 普及率2022年、2025年分别达到."""
    known = cues().indicator
    dates = find_deadlines(text, start, end)
    if not dates:
        return text[start:end].strip()
    last = dates[-1][1]
    behind = known.more_years.sub("", text[last.end : end]).strip()
    if (last.start - start <= 8 or last.end >= end - 6) and len(strip(behind)) >= 2:
        return behind
    words = text[start:end].strip()
    for _, span in reversed(dates):
        words = re.sub("[、和及]?" + re.escape(span.cut(text)) + "[、,和及]?", "", words, count=1)
    return words


def strip(words: str) -> str:
    """A phrase without the hedges and verbs at its ends.

    >>> strip("力争建成科普馆达到")
    '科普馆'
    """
    known = cues().indicator
    for _ in range(3):
        shorter = known.trail.sub("", words.strip(" ,、:"))
        shorter = known.drop.sub("", shorter.strip(" ,、:"))
        if shorter == words:
            break
        words = shorter
    return words.strip(" ,、:")


def _right(place: Place, quote: Span) -> str:
    """The phrase behind the number up to the next one of the list."""
    start = place.amount.span.end + len(place.tail)
    end = quote.end
    for other in place.others:
        if other.span.start >= start:
            end = min(end, other.span.start)
    words = re.sub("^的", "", place.text[start:end].strip()).strip()
    words = re.sub("[、和及与,]+$|以及$", "", words)
    return cues().indicator.right_trail.sub("", words)


def _of_right(place: Place, left: str, right: str) -> str:
    """The counted noun stands behind the number: turned round where it does something, with a verb that says what becomes of it."""
    known = cues().indicator
    turned = cues().evidence.predicate.match(right)
    start = (
        place.amount.unit == "%"
        or not _governs(place)
        and (cues().evidence.subject_start.search(place.before) or cues().evidence.weak_start.search(place.before))
    )
    if turned and start and (place.amount.unit == "%" or not place.after.startswith("的")):
        noun, rest = turned["noun"], right[turned.start("verb") :]
        noun = re.sub("(?:要|应|均|都|全部|须|的)+$", "", noun)
        if "的" in noun and len(rest) >= 2:
            owner, _, part = noun.partition("的")
            return f"{part}{rest}的{owner}"
        if len(rest) >= 2 and len(noun) >= 1:
            return f"{rest}的{noun}" if not rest.endswith(noun) else rest
    verb = known.kept.match(_verb_start(place))
    modifier = "" if _AND.search(left) or left.endswith("等") or len(left) > 14 else left
    if verb and not modifier.startswith(verb.group()):
        modifier = verb.group() + modifier
    covers = known.covers.search(place.before)
    if covers:
        return f"{strip(covers['what'])}的{right}"
    acted = known.acted.match(right)
    if acted and not verb:
        return f"{acted['rest']}的{acted['noun']}"
    return (modifier if verb or modifier.endswith("的") else "") + right if len(right) >= 2 else left or right


def _verb_start(place: Place) -> str:
    return cues().indicator.adverbs.sub("", cues().recurrence.pattern.sub("", place.before))


def _changed(place: Place, quote: Span, left: str, said: Said | None) -> str:
    """Of a change the words that say so are part of what is measured: 排放总量较2015年下降."""
    words = cues().indicator.numbering.sub("", place.text[quote.start : place.amount.span.start]).strip()
    known = cues().indicator
    words = known.deadline_start.sub("", words)
    words = known.this_year_start.sub("", words)
    words = known.drop.sub("", known.change_trail.sub("", words).strip(" ,、:"))
    compared = cues().relative.compared_before.search(words)
    if compared and compared.start() == 0 and said is not None:
        return said.indicator
    if len(words) <= 2 and said is not None:
        return said.root + words
    if len(words) <= 2:
        return _from_before(place) + words
    return words


def _part_of(place: Place, left: str, right: str, said: Said) -> str:
    """A part of what was said: 其中福州630个 → 福州公共充电桩."""
    if right:
        return ""
    known = cues().indicator
    left = re.sub("^(?:其中|包括|含)", "", left)
    if not left:
        verb = known.verbs_alone.search(place.before) or known.kept.match(_verb_start(place))
        return (verb.group() if verb else "") + _without_verb(said.root)
    if place.amount.unit != said.unit:
        return ""
    if known.kept.fullmatch(left):
        return left + _without_verb(said.root)
    if known.rank.fullmatch(left) and known.rank.search(said.root):
        return known.rank.sub(left, said.root, count=1)
    apart = place.bracketed or cues().continuing.within.search(
        place.text, place.sentence.span.start, place.amount.span.start
    )
    if known.area.search(left) or apart and len(left) <= 8 and left[-1:] != said.root[-1:]:
        return left + said.root
    return ""


def _without_verb(root: str) -> str:
    return re.sub(cues().indicator.kept.pattern, "", root, count=1) if cues().indicator.kept.match(root) else root


def _respective(place: Place) -> str:
    """A、B的X分别达到3、4: the name at the number's own place in the list."""
    chain = place.chain
    if len(chain) < 2:
        return ""
    lead = place.text[place.clause.span.start : chain[0].span.start]
    if "分别" not in lead:
        return ""
    names = strip(cues().indicator.numbering.sub("", lead.replace("分别", "")))
    names = strip(_without_dates(names, 0, len(names)))
    items = [i for i in _AND.split(names) if i]
    at = chain.index(place.amount)
    if len(items) != len(chain):
        return names if len(chain) > 1 else ""
    first, last = items[0], items[-1]
    when = re.match("[^,;。]{2,20}时", first) if at else None
    if at == len(items) - 1 or cues().evidence.measure.search(first) or cues().evidence.rate.search(first):
        return (when.group() if when else "") + items[at]
    match = re.match("[A-Za-z0-9.]+", last) if re.fullmatch("[A-Za-z0-9.]+", first) else None
    suffix = last[match.end() :] if match else last[len(first) :]
    return (when.group() if when else "") + items[at] + suffix


def _from_before(place: Place) -> str:
    """…开放实验室等场所,每年不少于60天: what is counted stands in the clause before."""
    previous = place.say(place.beside(-1))
    if not previous:
        return ""
    words = cues().indicator.modal_before.sub("", previous)
    words = cues().indicator.drop.sub("", words)
    return words if len(words) >= 2 else ""
