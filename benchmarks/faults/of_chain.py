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
        explains = (*planting.explains, *planting.plants)
        yield replace(planting, plants=(Claim("upper-task-missing", ""),), explains=explains)


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
