"""Compare the graph with what careful reading found in the documents: gold files + store → precision, recall, F1.

The figures are those of the project's reference scorer (`shared/gold/score.py`): the same matching rules, in the same
order. Where it takes "the first" of several values, the order of a sorted N-Triples file decides, so that the figures
do not hang on how a graph was written down.
"""

from __future__ import annotations

from kg.evaluate.correspondence import Judged, read_judged, score_correspondence
from kg.evaluate.gold import read_gold
from kg.evaluate.scoring import score
from kg.evaluate.tally import Difference, Row, Scores

__all__ = ["Difference", "Judged", "Row", "Scores", "read_gold", "read_judged", "score", "score_correspondence"]
