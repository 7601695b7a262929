"""How close two tasks are: what both have, and one figure from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from kg.relate.reading import Content, Plan
from kg.relate.words import settings, squares, weight_of_four

# From here on a shared clause, or shared words, tell half as much as they can.
_HALF_CLAUSE, _HALF_WORDS = 2_000_000, 6_000
_ROUNDING = 0.01  # scores are rounded


@dataclass(frozen=True, slots=True)
class Closeness:
    """What two tasks have in common, each from 0 to 1."""

    words: float  # cosine of their pairs of characters
    heading: float  # how much of one's heading stands in a clause of the other
    phrases: float  # runs of four characters in both
    clause: float  # the two clauses nearest to one another
    people: float  # a group of people that both are for
    initiatives: float  # campaigns that both name
    headings: float  # a subject of both headings
    heading_subject: float  # a subject of one heading that the other's text speaks of
    subjects: float  # subjects of both texts
    apart: float  # how far their plans lie apart in what they speak of


@cache
def _factors() -> tuple[tuple[str, float], ...]:
    table = settings()["weight"]
    return tuple((name, float(table[name])) for name in Closeness.__slots__)


def apart(one: Plan, other: Plan) -> float:
    """0 for plans of one field, 1 for plans of different fields: from there on equal headings mean little."""
    near, far = settings()["field"]["near"], settings()["field"]["far"]
    if not one.words or not other.words:
        return 1.0
    alike = len(one.words & other.words) / max(len(one.words), len(other.words))
    return min(1.0, max(0.0, (near - alike) / (near - far)))


def names_subject(a: Content, b: Content) -> bool:
    """Whether one speaks of a subject that the other's heading names."""
    return not (a.title_subjects.isdisjoint(b.subjects) and b.title_subjects.isdisjoint(a.subjects))


def reaches(a: Content, b: Content, plans_apart: float, least: float) -> bool:
    """Whether two tasks can have this score: false only where they cannot, and much cheaper than to compare them."""
    factor = settings()["weight"]
    shared = squares(a.words & b.words)
    if not shared:
        return False
    phrases = sum(map(weight_of_four, a.fours & b.fours))
    subjects = len(a.subjects & b.subjects)
    heading = max(
        squares(a.heading & b.words) / a.heading_weight if a.heading_weight else 0.0,
        squares(b.heading & a.words) / b.heading_weight if b.heading_weight else 0.0,
    )
    most = (
        factor["base"]
        + factor["words"] * shared / math.sqrt(a.weight * b.weight)
        + factor["heading"] * heading
        + factor["phrases"] * phrases / (phrases + _HALF_WORDS)
        + factor["clause"] * shared / (shared + _HALF_CLAUSE)
        + (factor["people"] if a.people & b.people else 0.0)
        + factor["initiatives"] * min(1.0, len(a.initiatives & b.initiatives) / 2)
        + factor["subjects"] * subjects / max(1, min(len(a.subjects), len(b.subjects)))
        + (factor["headings"] if a.title_subjects & b.title_subjects else 0.0)
        + factor["heading_subject"] * _heading_subject(a, b, heading, plans_apart)
        + factor["apart"] * plans_apart
    )
    return most >= math.log(least / (1 - least)) - _ROUNDING


def compare(a: Content, b: Content, plans_apart: float) -> Closeness:
    """What two tasks have in common; the order of the two does not matter."""
    shared = squares(a.words & b.words)
    subjects = a.subjects & b.subjects
    heading = max(_heading(a, b), _heading(b, a))
    phrases = sum(map(weight_of_four, a.fours & b.fours))
    return Closeness(
        words=shared / math.sqrt(a.weight * b.weight) if shared else 0.0,
        heading=heading,
        phrases=phrases / (phrases + _HALF_WORDS),
        clause=_nearest_clauses(a, b),
        people=1.0 if a.people & b.people else 0.0,
        initiatives=min(1.0, len(a.initiatives & b.initiatives) / 2),
        headings=1.0 if a.title_subjects & b.title_subjects else 0.0,
        heading_subject=_heading_subject(a, b, heading, plans_apart),
        subjects=len(subjects) / max(1, min(len(a.subjects), len(b.subjects))),
        apart=plans_apart,
    )


def _heading_subject(a: Content, b: Content, heading: float, plans_apart: float) -> float:
    """Whether one speaks of what the other's heading names; where no list of subjects knows one of the two headings,
    and the plans are of one field, the heading's own words tell.
    """
    if names_subject(a, b):
        return 1.0
    if a.title_subjects and b.title_subjects:
        return 0.0
    return heading * (1 - plans_apart)


def _heading(a: Content, b: Content) -> float:
    if not a.heading_weight:
        return 0.0
    return max((squares(a.heading & clause) for clause, _ in b.clauses), default=0) / a.heading_weight


def _nearest_clauses(a: Content, b: Content) -> float:
    best = 0.0
    for one, weight in a.clauses:
        for other, other_weight in b.clauses:
            most = min(weight, other_weight)
            if most <= best * (most + _HALF_CLAUSE):  # even as much as one clause holds would not tell more
                continue
            common = one & other
            if len(common) > 1:
                shared = squares(common)
                best = max(best, shared / (shared + _HALF_CLAUSE) * min(1.0, shared / most))
    return best


def score(closeness: Closeness) -> float:
    """One figure from 0 to 1, to three places: a logistic function whose factors are data.

    They were fitted on one half of the pairs that readers judged (`data/gold/correspondence.csv`).
    """
    total = settings()["weight"]["base"] + sum(factor * getattr(closeness, name) for name, factor in _factors())
    return round(1 / (1 + math.exp(-total)), 3)
