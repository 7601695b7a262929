"""Named campaigns, programmes, events and brands that a provision mentions."""

from __future__ import annotations

from kg.extract.mentions import find_mentions
from kg.model import Provision, Stated


def read_initiatives(text: str, provision: Provision) -> tuple[Stated[str], ...]:
    """The initiatives of one action or task in the order in which its text names them."""
    if provision.kind not in ("Action", "Task", "SafeguardMeasure"):
        return ()
    found: dict[str, Stated[str]] = {}
    for span in provision.spans:
        for mention in find_mentions("initiative", text, span.start, span.end):
            found.setdefault(
                mention.concept.notation, Stated(mention.concept.notation, (mention.span,), "initiative-name")
            )
    return tuple(found.values())
