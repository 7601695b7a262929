"""A question about the plans of one area: a province with the cities and counties in it, say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg import vocab
from kg.errors import EmptyError, UsageError
from kg.query.lookup import find_iri
from kg.query.pages import PLAN, PLANS_BY_TITLE
from kg.query.saved import Parameter, SavedQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.protocol import Store

REGION = "region"
_REGION = Parameter(REGION, "", "iri", required=False, target=vocab.plan("Region"))
_WITHIN = f"""PREFIX plan: <{vocab.PLAN}>
SELECT DISTINCT ?value WHERE {{ ?value a plan:Plan ; plan:region/plan:within* <%s> }}"""


def takes_region(query: SavedQuery) -> bool:
    """Whether a question can be asked of an area: it goes through plans, and one of them could be named.

    >>> from kg.query import find_query
    >>> takes_region(find_query("tasks-without-lead")), takes_region(find_query("task-detail"))
    (True, False)
    """
    plan = query.parameter(PLAN)
    return plan is not None and not plan.required and query.parameter(REGION) is None


def find_region(store: Store, region: str) -> str:
    """The IRI of the area that a code of GB/T 2260, a name or an IRI means; raises as `find_iri` does."""
    return find_iri(store, _REGION, region)


def plans_within(store: Store, query: SavedQuery, values: Mapping[str, str], region: str) -> list[str]:
    """The plans of an area and of all areas within it, by title. A code, a name and an IRI name an area.

    Raises `UsageError` for a question that takes none, for a plan named besides, and for an area that there is not;
    `EmptyError` where it has no plan.
    """
    if not takes_region(query):
        raise UsageError(f"{query.name} is not asked of an area", remedy="leave out --region")
    if PLAN in values:
        raise UsageError("a plan and an area are given", remedy="leave out --region or --plan")
    inside = {solution["value"].value for solution in store.query(_WITHIN % find_region(store, region))}
    if not inside:
        raise EmptyError(f"there is no plan of {region} in the store", remedy="kg query plans lists what there is")
    return [iri for iri in (solution["value"].value for solution in store.query(PLANS_BY_TITLE)) if iri in inside]
