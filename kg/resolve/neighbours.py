"""What stands around the bodies that a plan names: predecessors and successors, members of collectives, bodies above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.model import AgencyEntity, ChangeEvent
from kg.resolve.collectives import members_of
from kg.resolve.parents import parent_of
from kg.resolve.reforms import trace


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Bodies that no name means, by local id, and what joins them to those that are named."""

    related: dict[str, AgencyEntity]
    events: tuple[ChangeEvent, ...]
    members: dict[str, tuple[str, ...]]  # collective → bodies that it means
    parents: dict[str, str]  # body → the one that it is a part or an office of


def surround(named: Iterable[AgencyEntity], when: date | None) -> Neighbours:
    """The neighbours of the bodies that a plan of a day names; the same body has the same ones from every plan of its time.

    >>> from kg.resolve.agencies import resolve_name
    >>> from kg.resolve.regions import regions
    >>> plan = regions().by_name("余姚市")
    >>> found = surround([resolve_name("市委宣传部", plan).entity], date(2018, 4, 12))
    >>> found.parents, found.related["330281/party-committee"].name
    ({'330281/publicity': '330281/party-committee'}, '中共余姚市委员会')
    """
    known = {entity.local_id: entity for entity in named}
    events, related = trace(known.values(), when)
    members: dict[str, tuple[str, ...]] = {}
    parents: dict[str, str] = {}
    for key in sorted(known):
        if known[key].kind == "collective" and (found := members_of(known[key], when)):
            members[key] = tuple(each.local_id for each in found)
            related.update((each.local_id, each) for each in found if each.local_id not in known)
    queue = [known[key] for key in sorted(known)] + list(related.values())
    for entity in queue:  # grows by those above
        above = parent_of(entity)
        if above is None:
            continue
        parents[entity.local_id] = above.local_id
        if above.local_id not in known and above.local_id not in related:
            related[above.local_id] = above
            queue.append(above)
    return Neighbours(dict(sorted(related.items())), events, members, dict(sorted(parents.items())))
