"""Tasks of different plans that ask for the same thing: what carries one out would be reported as the other's, elsewhere.

`relate` keeps the graph of correspondences up to date in a working store; every correspondence says what both tasks
have in words, people and campaigns, and by which passages. Lexical and structural, from rules that are data
(`data/rules/correspondence.toml`, `data/words/`): a score depends on the two tasks and their two plans alone, so that
a third plan changes no score.
"""

from __future__ import annotations

from kg.relate.closeness import compare
from kg.relate.correspondence import Touched, relate
from kg.relate.reading import read_plans

__all__ = ["Touched", "compare", "read_plans", "relate"]
