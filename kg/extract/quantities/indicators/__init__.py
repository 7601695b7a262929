"""What a number counts, as a noun phrase in the document's words; a share is turned round (80%的村建有画廊 → 建有画廊的村)."""

from __future__ import annotations

import re

from kg.extract.quantities.cues import cues
from kg.extract.quantities.indicators.behind import governs, of_right, phrase_behind
from kg.extract.quantities.indicators.listed import Said, changed, covered, names_again, of_every, part_of, respective
from kg.extract.quantities.indicators.phrases import from_before, object_of, phrase_before, strip, without_verb
from kg.extract.quantities.places import Place
from kg.extract.quantities.relative import changes
from kg.model import Span

__all__ = ["Said", "name_indicator", "phrase_before"]


def name_indicator(place: Place, quote: Span, reason: str, said: Said | None) -> str:
    """The noun phrase that is counted; what somebody does so often is named with who does it."""
    name = _name(place, quote, reason, said)
    if place.amount.unit in _OFTEN and len(name) <= 12:
        return _with_doer(place, name)
    if cues().indicator.bare.match(name):
        return _of_thing(place, name, said)
    return name


def _with_doer(place: Place, name: str) -> str:
    known = cues().indicator
    toward = known.toward.search(place.before) if place.ends else None
    if toward:
        return toward["verb"] + toward["whom"]
    recurs = cues().recurrence.pattern.search(place.before)
    doer = known.more_years.sub("", strip(place.before[: recurs.start()])) if recurs else ""
    told = known.tells.search(place.before)
    name = re.sub("^(?:至少|定期)+", "", name)
    if told and not name.endswith(told["verb"]) and not name.startswith(told["verb"]):
        return told["verb"] + name.removeprefix(doer.lstrip("各"))
    if 2 <= len(doer) <= 16 and doer not in name and not name.startswith(doer[:2]):
        return doer + name
    return name


def _of_thing(place: Place, name: str, said: Said | None) -> str:
    """A side of a thing with the thing, which the clause before names: 消防通道450公里,宽度不低于3.5米 → 消防通道宽度."""
    previous = place.beside(-1)
    if previous is None or previous.span.start < place.sentence.span.start:
        return name
    thing = ""
    if said is not None and place.amount.unit not in ("%", "‰") and re.search(r"\d", place.say(previous)):
        thing = without_verb(said.indicator)
    elif not re.search(r"\d", place.say(previous)):
        thing = object_of(place.say(previous))
    if not 2 <= len(thing) <= 24:
        return name
    return thing + (name[2:] if len(name) > 2 and thing.endswith(name[:2]) else name)


_HEADS = {
    "人": "人数",
    "名": "人数",
    "位": "人数",
    "人次": "人次",
}  # what was held is counted by events, who came by heads
_OFTEN = ("次", "场", "期", "轮", "遍", "天", "小时", "学时", "课时")


def _name(place: Place, quote: Span, reason: str, said: Said | None) -> str:
    shared = respective(place)
    if shared:
        return shared
    left, right = phrase_before(place.text, quote.start, place.amount.span.start), phrase_behind(place, quote)
    known = cues()
    standard = known.indicator.by_standard.search(place.before), known.indicator.to_standard.match(right)
    if standard[0] and standard[1]:  # 按照每百户不少于20平方米的标准配套建设养老服务设施
        return standard[0]["each"] + right[standard[1].end() :]
    if place.amount.unit == "%":
        left = known.indicator.share_of.sub(r"\g<part>占\g<of>的比例", left)
    if right.startswith("内") and place.amount.unit in known.no_target.time_units:
        before = "" if re.search(r"\d", place.say(place.beside(-1))) else from_before(place)
        return (left or before) + right[1:]
    if place.amount.whole:
        return covered(place, left, said) if left else right or "全覆盖"
    left = known.indicator.newly.sub(r"新增\g<thing>", left) if place.counts else left
    if place.amount.form == "none" and left and right:  # 重特大事故零发生
        return without_verb(left)
    if place.amount.unit in ("%", "‰") and right and known.indicator.sets_apart.match(left):
        return of_right(place, "", right)
    if not left and not right and said is not None and names_again(place, said):
        return known.indicator.change_end.sub("", said.indicator)
    if changes(place):
        return changed(place, quote, left, said)
    levelled = known.evidence.level.search(place.before) or known.evidence.rate.search(place.before)
    among = place.is_first_part
    if among and levelled and said is not None and said.unit not in ("%", "‰", "") and "占比" in left:
        return without_verb(said.indicator) + "中" + left
    if said is not None and (
        reason == "listed" and not levelled or among and place.counts and said.unit == place.amount.unit
    ):
        part = part_of(place, left, right, said)
        if part:
            return part
    each = re.sub("(?:至少)?(?:建成|配备|建设|建立|设立|培育|设置|组建)?(?:至少)?$", "", left)
    if known.indicator.every.match(each) and place.counts and not right:
        return of_every(place, each, said)
    if levelled and len(left) >= 2 and not (right and _does(place)):
        return _with_share(place, left, right)
    if right:
        return of_right(place, left, right)
    verb = known.indicator.verbs_alone.search(place.before)
    if verb and verb.group() == left or len(left) < 2:
        later = (
            quote.start > place.clause.span.start
        )  # 举办技术培训160场、培训6000人: the clause before is of another matter
        if verb and later and said is not None:
            if not said.indicator.endswith(verb.group()):
                return verb.group()
            return (
                said.indicator if place.amount.unit == said.unit else said.indicator + _HEADS.get(place.amount.unit, "")
            )
        if not left and not right and said is not None and said.unit == place.amount.unit and _is_level(place, quote):
            return known.indicator.newly_begun.sub("", said.indicator)
        before = from_before(place)
        trained = cues().indicator.trained.search(before) if verb else None
        if verb and trained and verb.group() in ("培训", "轮训"):
            return verb.group() + strip(re.sub("^(?:加大|加强|强化)", "", trained["who"]))
        if verb:
            named = before and len(before) <= 18 and not cues().evidence.strong_start.search(before)
            return before + verb.group() if named else verb.group()
        if said is not None and known.indicator.whole_words.match(place.text[quote.start : place.amount.span.start]):
            return said.root  # 新建工作站5个、累计11个
        return before or left or place.text[quote.start : quote.end]
    return left


def _is_level(place: Place, quote: Span) -> bool:
    """Whether the words before the number say no more than that it is reached, and those before them have a number, too.

    达到16%以上,力争达到17.5%; 新增30个,达到66个: of the same thing.
    """
    words = place.text[quote.start : place.amount.span.start]
    before = place.say(place.beside(-1))
    return bool(cues().evidence.level.search(words) and re.search(r"\d", before))


def _does(place: Place) -> bool:
    """Whether a verb before the level has the noun behind it for its object: 开展不少于10个示范工程."""
    known = cues().evidence
    return place.amount.unit in known.counters and governs(place) and bool(known.at_least.search(place.before))


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
