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
        thing = _without_verb(said.indicator)
    elif not re.search(r"\d", place.say(previous)):
        thing = _thing(place.say(previous))
    if not 2 <= len(thing) <= 24:
        return name
    return thing + (name[2:] if len(name) > 2 and thing.endswith(name[:2]) else name)


def _thing(words: str) -> str:
    """What a clause without a number is about: its object, or what is put somewhere.

    >>> _thing("组织受威胁群众开展避险转移演练"), _thing("将民宿餐饮纳入“明厨亮灶”")
    ('避险转移演练', '民宿餐饮')
    """
    known = cues().indicator
    put = known.put.match(words)
    if put:
        return put["thing"]
    governed = known.object.match(words)
    if governed is None:
        return ""
    phrase = words[governed.end() :]
    again = known.object.match(phrase)
    phrase = phrase[again.end() :] if again and len(phrase) - again.end() >= 4 else phrase
    return known.object_end.sub("", re.sub("^.*的(?=[^的]{3,}$)", "", strip(phrase)))


_SHARES = ("%", "‰", "个百分点")
_HEADS = {
    "人": "人数",
    "名": "人数",
    "位": "人数",
    "人次": "人次",
}  # what was held is counted by events, who came by heads
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
    if right.startswith("内") and place.amount.unit in known.no_target.time_units:
        before = "" if re.search(r"\d", place.say(place.beside(-1))) else _from_before(place)
        return (left or before) + right[1:]
    if place.amount.whole:
        return _covered(place, left, said) if left else right or "全覆盖"
    if place.amount.form == "none" and left and right:  # 重特大事故零发生
        return _without_verb(left)
    if place.amount.unit in ("%", "‰") and right and known.indicator.sets_apart.match(left):
        return _of_right(place, "", right)
    if not left and not right and said is not None and _names_again(place, said):
        return known.indicator.change_end.sub("", said.indicator)
    if changes(place):
        return _changed(place, quote, left, said)
    levelled = known.evidence.level.search(place.before) or known.evidence.rate.search(place.before)
    among = place.is_first_part
    if among and levelled and said is not None and said.unit not in ("%", "‰", "") and "占比" in left:
        return _without_verb(said.indicator) + "中" + left
    if said is not None and (
        reason == "listed" and not levelled or among and place.counts and said.unit == place.amount.unit
    ):
        part = _part_of(place, left, right, said)
        if part:
            return part
    each = re.sub("(?:至少)?(?:建成|配备|建设|建立|设立|培育|设置|组建)?(?:至少)?$", "", left)
    if known.indicator.every.match(each) and place.counts and not right:
        return _of_every(place, each, said)
    if levelled and len(left) >= 2 and not (right and _does(place)):
        return _with_share(place, left, right)
    if right:
        return _of_right(place, left, right)
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
        before = _from_before(place)
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


def _of_every(place: Place, each: str, said: Said | None) -> str:
    """配备职业指导员,每个驿站不少于2名: of what the clause before says there are so many in each."""
    previous = place.say(place.beside(-1))
    if re.search(r"\d", previous):
        return each + _without_verb(said.indicator) if said is not None and said.unit == place.amount.unit else each
    return each + _thing(previous)


def _names_again(place: Place, said: Said) -> bool:
    """到2024年占比达到60%、到2025年达到80%: the second number is of what the first is."""
    shares = said.unit in _SHARES and place.amount.unit in _SHARES
    return (shares or said.unit == place.amount.unit) and bool(
        find_deadlines(place.text, place.clause.span.start, place.amount.span.start)
    )


def _covered(place: Place, left: str, said: Said | None) -> str:
    """建设引导标志,实现中心渔港全覆盖: who is reached by what the clause before says."""
    previous = place.say(place.beside(-1))
    if said is None and previous and not re.search(r"\d", previous) and cues().indicator.reached.match(left):
        thing = _thing(previous)
        if 3 <= len(thing) <= 20:
            return thing + left + "覆盖"
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
    month = known.deadline.month.match(words)
    words = words[month.end() :] if month else words
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
        if other.span.start >= start and not _qualifies(place, other.span.end):
            end = min(end, other.span.start)
    words = re.sub("^的", "", place.text[start:end].strip()).strip()
    words = re.sub("[、和及与,]+$|以及$", "", words)
    return cues().indicator.right_trail.sub("", words)


def _qualifies(place: Place, end: int) -> bool:
    """1个带动就业5000人以上的产业园区: the second number belongs to what the first counts."""
    tail = cues().comparator.tail.match(place.text, end)
    return tail is not None and place.text.startswith("的", tail.end())


def _of_right(place: Place, left: str, right: str) -> str:
    """The counted noun stands behind the number: turned round where it does something, with a verb that says what becomes of it."""
    known = cues().indicator
    turned = cues().evidence.predicate.match(right)
    shared = _predicate_of_both(place)
    if shared:
        return f"{shared}的{right}"
    start = (
        place.amount.unit == "%"
        or re.search("[和、与]$", place.before) is not None
        and len(place.others) > 1
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


def _predicate_of_both(place: Place) -> str:
    """11个设区市和117个县完成规划编制: what the second does, the first does, too."""
    at = place.others.index(place.amount)
    if not place.counts or at + 1 >= len(place.others) or _governs(place):
        return ""
    following = place.others[at + 1]
    if following.unit != place.amount.unit or place.text[following.span.start - 1] not in "和与":
        return ""
    words = place.text[following.span.end : place.clause.span.end]
    turned = cues().evidence.predicate.match(words)
    return words[turned.start("verb") :] if turned else ""


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
    if place.is_first_part:
        said = Said(said.indicator, said.indicator, said.unit)
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
    if known.area.search(left) or apart and len(left) <= 10 and left[-1:] != said.root[-1:]:
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
