"""`Source → Outline`: the page's frame taken off, the numbered tree built, visible damage repaired.

Guaranteed afterwards, for any text: every span lies inside the text; nodes come in reading order and do
not overlap; keys are unique; whatever was restored has a `Finding`. No document is refused.
"""

from kg.outline.build import outline

__all__ = ["outline"]
