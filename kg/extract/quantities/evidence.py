"""What speaks for a number's being a result to be reached, and how much."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.quantities.amounts import ONCE
from kg.extract.quantities.cues import cues
from kg.extract.quantities.places import Place, Scene
from kg.extract.quantities.relative import changes


def _level(place: Place, scene: Scene) -> bool:
    if place.amount.form in ("share", "fold") and changes(place):
        return True
    if lasts(place):
        return True
    known = cues().evidence
    if place.amount.unit in ("%", "‰") and known.share_of.search(place.before):
        return True
    if (place.counts or place.amount.unit == "%") and cues().indicator.covers.search(place.before):
        return True
    return bool(known.level.search(place.before) or known.at_least.search(place.before))


def _change(place: Place, scene: Scene) -> bool:
    return changes(place) or place.ends and bool(cues().evidence.change.search(place.before))


def _rate(place: Place, scene: Scene) -> bool:
    return place.amount.unit in ("%", "‰") and bool(cues().evidence.rate.search(place.before))


def _measure(place: Place, scene: Scene) -> bool:
    return place.ends and bool(cues().evidence.measure.search(place.before))


def _outcome(place: Place, scene: Scene) -> bool:
    return place.ends and bool(cues().evidence.outcome.search(place.before))


def _done(place: Place) -> bool:
    """What people and things do is counted: 劳动者入会1万人."""
    return place.ends and place.counts and not place.is_few and bool(cues().evidence.done.search(place.before))


def _object(place: Place, scene: Scene) -> bool:
    """A verb of doing has the counted thing for its object: 新建乡镇卫生院2所, 培训5000人次, 新建2所乡镇卫生院."""
    if _done(place):
        return True
    known = cues().evidence
    if place.bracketed and not known.bracket.search(place.words):
        return False
    if place.amount.unit in ("%", "‰", "个百分点") and not place.ends:
        return False
    if place.amount.form == "han" and cues().numbers.once.search(place.before) and place.amount.unit in ONCE:
        return True
    governed = known.strong_start.search(place.before) or (
        None if place.is_few else known.strong_inside.search(place.before)
    )
    if place.is_money and is_total(place, scene):
        return True
    if not governed:
        return False
    if place.is_money:
        return bool(known.money.search(place.before[governed.start() :]) or known.money.match(place.after))
    if place.before.endswith("的"):
        return known.strong_start.search(place.before) is not None and not place.is_few
    return True


_TOTAL = 1_000_000  # yuan; nobody gets as much in one piece without a condition in the sentence
_FAR = 1500


def is_total(place: Place, scene: Scene) -> bool:
    """全年发放稳岗返还资金1.5亿元: what all get together by a date."""
    known = cues().no_target
    if not (scene.dated or scene.recurring or scene.hoped) or place.amount.value < _TOTAL:
        return False
    start = max(place.sentence.span.start, place.amount.span.start - _FAR)
    said = place.text[start : place.clause.span.start]
    return bool(known.paid_out.search(place.before)) and not known.for_those.search(said)


def _weak_object(place: Place, scene: Scene) -> bool:
    """A verb of moving on has a count of things for its object: 推进20个以上物流园区建设."""
    known = cues().evidence
    return (
        (place.counts or not place.is_money and place.amount.form == "digits")
        and not place.bracketed
        and bool(known.weak_start.search(place.before))
        and not (place.before.endswith("的") and place.is_few)
        or place.counts
        and bool(known.acting_on.search(place.before))
        and bool(known.acted_on.search(place.after) or known.acted_on_next.match(place.say(place.beside(1))))
    )


def _counted_noun(place: Place, scene: Scene) -> bool:
    return (
        place.amount.form == "digits"
        and (place.counts or not place.is_money and len(place.after) >= 4)
        or place.amount.form == "han"
        and len(place.after) >= 4
    )


def _subject(place: Place, scene: Scene) -> bool:
    """The counted things do or have something: 80%以上的村建有画廊, 100个事项实现“一趟不用跑”."""
    known = cues().evidence
    if place.amount.unit not in ("%",) and not place.counts or place.ends:
        return False
    if place.amount.unit != "%" and not known.subject_start.search(place.before):
        return False
    return bool(known.predicate.search(place.after))


def _each(place: Place, scene: Scene) -> bool:
    return bool(cues().evidence.per_each.search(place.before)) and not place.is_money


def _whole(place: Place, scene: Scene) -> bool:
    return place.amount.form in ("whole", "none")


def _dated(place: Place, scene: Scene) -> bool:
    return scene.dated


def _recurring(place: Place, scene: Scene) -> bool:
    return scene.recurring and not place.is_money


def _regular(place: Place, scene: Scene) -> bool:
    return scene.recurring and place.amount.unit in cues().no_target.time_units and place.ends


def _timely(place: Place, scene: Scene) -> bool:
    """What each case is to be done within: 15个工作日内更新."""
    known = cues().no_target
    if place.amount.unit not in known.time_units or known.once_only.search(place.before):
        return False
    return is_within(place) or is_beforehand(place)


def is_within(place: Place) -> bool:
    """15分钟内直达村级责任人: what is to be done within a time."""
    known = cues().no_target
    if known.within_which.match(place.after):
        return True
    return place.amount.unit in known.at_once_units and known.at_once.match(place.after) is not None


def lasts(place: Place) -> bool:
    """满足15日以上安置需求: how long a store is to last."""
    known = cues().no_target
    if place.amount.unit not in known.time_units:
        return False
    return known.lasts.search(place.before) is not None and known.lasts_for.match(place.after) is not None


def is_beforehand(place: Place) -> bool:
    """提前3天发布预警."""
    known = cues().no_target
    return known.beforehand.search(place.before) is not None and known.beforehand_for.match(place.after) is not None


def _hoped(place: Place, scene: Scene) -> bool:
    return scene.hoped


def _goal(place: Place, scene: Scene) -> bool:
    return scene.goal


def _continues(place: Place, scene: Scene) -> bool:
    return scene.continues


EVIDENCE: tuple[tuple[str, int, Callable[[Place, Scene], bool]], ...] = (
    ("full-coverage", 3, _whole),
    ("level", 3, _level),
    ("change", 3, _change),
    ("share", 3, _rate),
    ("outcome", 3, _outcome),
    ("subject", 3, _subject),
    ("object", 3, _object),
    ("each", 2, _each),
    ("timely", 3, _timely),
    ("listed", 3, _continues),
    ("goal", 3, _goal),
    ("moved-on", 2, _weak_object),
    ("measure", 2, _measure),
    ("recurring", 2, _recurring),
    ("dated", 2, _dated),
    ("hoped", 2, _hoped),
    ("counted", 1, _counted_noun),
    ("regular", 1, _regular),
)
