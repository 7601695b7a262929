"""Faults of a plan against the one that it carries out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.faults.ground import Ground
from benchmarks.faults.model import ITEMS, MUTATIONS, Claim, Edit, Planting, mutation
from benchmarks.faults.of_targets import figure, zone


@mutation("group of the upper plan left out", "upper-group-missing", whole=ITEMS, chain=True)
def _no_group(ground: Ground) -> Iterator[Planting]:
    """Nothing is done for people whom the upper plan names."""
    for name, how in MUTATIONS.items():
        if name.startswith("group left out"):
            for planting in how.places(ground):
                yield replace(planting, plants=(Claim("upper-group-missing", ""),), explains=(*planting.explains, *planting.plants, Claim("upper-task-missing", "")))  # fmt: skip


@mutation("task of the upper plan left out", "upper-task-missing", whole=ITEMS, chain=True)
def _no_task(ground: Ground) -> Iterator[Planting]:
    """An item of the upper plan has no counterpart."""
    for planting in MUTATIONS["item left out"].places(ground):
        if _has_like(ground, planting.edits[0]):
            continue
        explains = (*planting.explains, *planting.plants)
        yield replace(planting, plants=(Claim("upper-task-missing", ""),), explains=explains)


def _has_like(ground: Ground, edit: Edit) -> bool:
    """Whether another item has a title like that of one that is left out: it is taken for the counterpart then.

    (农民科学素质提升行动 for 老年人科学素质提升行动, which a person would not do.)
    """
    titles = {t.key: t.title for t in ground.of_kind("Task")}
    gone = {t.key for t in ground.of_kind("Task") if t.spans and edit.start <= t.spans[0].start < edit.end}
    pairs = {key: {title[i : i + 2] for i in range(len(title) - 1)} for key, title in titles.items()}
    return any(len(pairs[a] & pairs[b]) > 1 for a in gone for b in pairs if b not in gone)


@mutation("share below that of the upper plan", "target-below-upper", chain=True)
def _lower(ground: Ground) -> Iterator[Planting]:
    """The district aims lower than the city."""
    for name, target in ground.targets():
        place = figure(ground, target)
        if (
            place
            and target.unit == "%"
            and target.deadline
            and target.value
            and target.value > 10
            and target.comparator not in ("AtMost", "LessThan", "About")
        ):
            yield Planting(
                (Claim("target-below-upper", name),),
                (Edit(*place, str(target.value - 5)),),
                explains=(
                    Claim("target-below-achievement", name),
                    Claim("target-contradicts", "*"),
                    Claim("target-milestones", "*"),
                ),
                zone=zone(ground, target),
            )
