"""What persons answered in review sheets, and how a record is put right by it.

Between `extract` and `resolve`: `PlanRecord → PlanRecord`. The sheets are the source of truth; the record, and through
it the graph, says which answers were applied.
"""

from __future__ import annotations

from kg.corrections.answers import Answer, Answers, read_answers
from kg.corrections.apply import Outcome, Unused, correct

__all__ = ["Answer", "Answers", "Outcome", "Unused", "correct", "read_answers"]
