"""Counted results: which numbers of a plan are to be reached (or were), and all that is said about each.

`amounts` finds numbers with units; `judgement` tells results from conditions, rewards and names; `dates`, `comparators`,
`relative` and `indicators` read what is said about one; `reading` goes through the plan.
"""

from kg.extract.quantities.amounts import Amount, find_amounts
from kg.extract.quantities.dates import Calendar, find_dates
from kg.extract.quantities.reading import read_quantities

__all__ = ["Amount", "Calendar", "find_amounts", "find_dates", "read_quantities"]
