"""What rules out that a number is a result to be reached: it is paid, a condition, an attribute, a term, a part of the plan."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.quantities.cues import cues
from kg.extract.quantities.evidence import is_beforehand, is_total, lasts
from kg.extract.quantities.places import Place, Scene
from kg.extract.quantities.relative import is_baseline

# A sentence that runs on for pages is read where its numbers stand.
_FAR = 1500
Evidence = dict[str, int]  # what speaks for it, by name


def _is_measured_against(place: Place, scene: Scene, evidence: Evidence) -> bool:
    return is_baseline(place)


def _names_all(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """13个镇全覆盖: the word behind says what is reached."""
    return not place.amount.whole and any(o.whole and o.span.start > place.amount.span.start for o in place.others)


def _attributes(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """The number says which things are meant, not how many: 10千伏及以下线路, 年产值超五百亿元工业园区20个."""
    known = cues().no_target
    amount, after = place.amount, place.after
    if lasts(place):
        return False
    if amount.unit in known.head_units and place.tail and known.heads.match(after):
        return True
    if place.tail and after.startswith("的") and amount.unit != "%":
        if "object" not in evidence or len(place.others) > 1 and not cues().evidence.strong_last.search(place.before):
            return True  # 20个年接待300万人次以上的景区
        if any(o.span.start < amount.span.start for o in place.others):
            return True
    if known.counted_later.match(after) and (amount.unit != "%" or known.relation.search(place.before)):
        return True
    if amount.unit not in known.attribute_units or amount.form == "whole":
        return False
    if any(o.span.start == amount.span.end + len(place.tail) for o in place.others):
        return True  # 其中超千亿元5个
    if known.reach.match(after) and amount.unit not in known.time_units:
        return True
    if not after or not re.match("[一-龥(“]", after) or "timely" in evidence:
        return False
    if known.property_of.match(after) and "level" in evidence and not cues().evidence.makes_of.search(place.before):
        return True
    if re.match("和|及|与|以及|、", after):
        return False
    if place.tail:
        return not _is_sized(place)
    behind = next((o for o in place.others if o.span.start > amount.span.start), None)
    if (
        behind
        and behind.unit not in known.attribute_units
        and "、" not in place.text[amount.span.end : behind.span.start]
    ):
        return True
    if not place.is_money or known.floor.search(place.before):
        return False
    return known.money_attribute.match(after) is not None and not _is_sized(place)


def _is_sized(place: Place) -> bool:
    """打造千亿元产业集群, 布局一批年产300万立方米以上生产基地: the size is the result."""
    alone = len([o for o in place.others if o.form != "whole"]) == 1
    known = cues().evidence
    return alone and bool(known.sized.match(place.after)) and bool(known.makes.search(place.before))


def _is_condition(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """…的, in front of what follows for those it holds for."""
    known = cues().no_target
    if known.of_those.match(place.after) or known.or_more.match(place.after):
        return True
    demanded = known.demanded.match(place.after)
    if known.qualified.match(place.after) and known.relation.search(place.before):
        if not _is_count_of(place) and not demanded:
            return True
    if place.amount.unit == "%" and known.compares.search(place.before) and known.qualified.match(place.after):
        return True  # 漏损率高于12%的城市
    words = place.words
    if known.conditional_end.search(words) or known.per.search(place.before):
        return True
    if known.applicants.match(place.text, place.sentence.span.start):
        return True
    behind = place.say(place.beside(1))
    if known.joined_to_condition.match(behind) and known.conditional_end.search(behind):
        return True
    return bool(known.conditional_start.match(words)) and (
        bool(known.reward.search(_rest(place))) or bool(place.tail) and "的" in place.after
    )


def _is_count_of(place: Place) -> bool:
    """不少于10个工程 counts them; 服务企业20家以上的机构 says which."""
    return (place.counts or place.amount.unit == "%") and not (place.tail and place.after.startswith("的"))


def _rest(place: Place) -> str:
    """What the sentence says from the number's clause on."""
    return place.text[place.clause.span.start : min(place.sentence.span.end, place.amount.span.end + _FAR)]


def _is_paid(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """Rewards, subsidies, penalties."""
    known = cues().no_target
    start = max(place.sentence.span.start, place.amount.span.start - _FAR)
    if not known.reward.search(place.text, start, min(place.sentence.span.end, place.amount.span.end + _FAR)):
        return False
    if place.is_money and is_total(place, scene):
        return False
    if place.is_money or place.amount.unit in ("%", "‰", "倍", "年", "个月", "分", "个基点", "个百分点"):
        raised = known.raised.search(place.before) and not known.permitted.search(place.before)
        if (raised or known.floor.search(place.before)) and not known.limit.search(place.before):
            return False
        near = place.words + place.say(place.beside(1)) + place.say(place.beside(-1))
        if "level" in evidence or "change" in evidence or "share" in evidence or "subject" in evidence:
            if not place.is_money:
                return bool(known.reward.search(place.words)) and not (scene.dated or scene.goal or scene.hoped)
            return bool(known.reward.search(near))
        if "object" in evidence or "goal" in evidence or "listed" in evidence:
            return bool(known.reward.search(near)) and not known.earned.search(place.before)
        return True
    if known.granted.search(place.before):
        return True
    if known.grants_behind.match(place.after) and not cues().evidence.given_to.search(place.before):
        return True
    gives = known.gives.search(_rest(place))
    works = cues().evidence.strong_start.search(place.before) and not known.reached.search(place.before)
    return gives is not None and (
        bool(place.tail)
        and not works
        or bool(known.reached.search(place.before))
        or known.conditional_start.match(place.words) is not None
    )


def _is_price(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """Rates of tax and interest, prices, limits of credit."""
    known = cues().no_target
    if known.limit.search(place.before) and (place.is_money or place.amount.unit in ("年", "个月", "%")):
        return True
    if known.most_of_one.search(place.before):
        return True
    if not (place.is_money or place.amount.unit in ("%", "‰", "个基点", "倍", "个百分点")):
        return False
    return bool(known.price.search(place.words)) and not known.changed.search(place.before)


def _is_term(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """How long something lasts or may take: 有效期5年, 5个工作日内办结, 24小时服务."""
    known = cues().no_target
    if place.amount.unit not in known.time_units:
        return False
    if place.amount.unit == "年" and known.summed.match(place.after):
        return True
    if lasts(place) or "timely" in evidence and is_beforehand(place):
        return False
    if known.term.search(place.words):
        return True
    if "timely" in evidence:
        return False
    shortened = known.shortened.search(place.before)
    if known.procedure.match(place.after) and not shortened:
        return True
    if known.time_level.search(place.before) or scene.recurring and place.ends:
        return False
    if known.ability.search(place.before) and known.ability_behind.match(place.after):
        return False
    return not ("listed" in evidence and place.ends)


def _is_standard(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """按每千人5张床位的标准."""
    known = cues().no_target
    match = known.standard.match(place.before)
    if match is None or known.standard_said.search(place.before):
        return False
    return not known.at_least.search(place.before)


def _is_part(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """Parts of the plan or of speech: 5项提升行动, 四个方面."""
    known = cues().no_target
    amount = place.amount
    if amount.unit not in known.part_units:
        return False
    noun = known.parts.match(place.after)
    if place.is_few and amount.unit in known.few_units and "object" not in evidence and "each" not in evidence:
        if "moved-on" not in evidence or noun or len(place.after) < 2:
            return not ("level" in evidence or "subject" in evidence and not noun)
    if noun is None:
        return False
    return not ("level" in evidence or re.search("累计|新增|每年", place.before)) or place.is_few


def _is_there_already(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """A number of what exists, in a phrase about something else: 加大23个重点县建设力度."""
    known = cues().no_target
    return (
        bool(known.embedded.search(place.after))
        and "level" not in evidence
        or bool(known.basis.search(place.words))
        or bool(known.around.search(place.words))
        or _is_of_a_group(place)
        and "subject" not in evidence
        or bool(known.among.match(place.after))
    )


def _is_of_a_group(place: Place) -> bool:
    """涵盖33个大类、137个品种: what something is made up of."""
    first = place.text[place.clause.span.start : place.others[0].span.start]
    return bool(cues().no_target.group.search(place.before)) or (
        place.before.startswith(first) and bool(cues().no_target.made_up.search(first))
    )


def _is_rank(place: Place, scene: Scene, evidence: Evidence) -> bool:
    known = cues().no_target
    return (
        place.amount.unit in ("名", "位")
        and bool(known.rank.search(place.before))
        or bool(known.prize.search(place.words))
        or bool(known.helping.search(place.before))
    )


def _is_aside(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """A bracket that only explains: (每小时20蒸吨以上)."""
    if not place.bracketed:
        return False
    return "listed" not in evidence and not ("level" in evidence or "object" in evidence)


def _is_unsupported(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """In a section on who is supported and how, only what has a date, a hope or recurs is to be reached."""
    return scene.supporting and not (scene.dated or scene.hoped or scene.recurring or scene.goal)


def _is_attribute_of_all(place: Place, scene: Scene, evidence: Evidence) -> bool:
    """全覆盖、多层次的体系: a quality, not a result."""
    return place.amount.whole and bool(cues().no_target.quality.match(place.after))


REFUSALS: tuple[tuple[str, Callable[[Place, Scene, Evidence], bool]], ...] = (
    ("baseline", _is_measured_against),
    ("all-of-them", _names_all),
    ("quality", _is_attribute_of_all),
    ("attribute", _attributes),
    ("condition", _is_condition),
    ("paid", _is_paid),
    ("price", _is_price),
    ("term", _is_term),
    ("standard", _is_standard),
    ("part", _is_part),
    ("existing", _is_there_already),
    ("rank", _is_rank),
    ("aside", _is_aside),
    ("support", _is_unsupported),
)
