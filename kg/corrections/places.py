"""Where quoted words stand in a text, white space and width of characters aside."""

from __future__ import annotations

from kg.model import PlanRecord, Provision, Span
from kg.sheet import plain

_BEFORE = 24  # code points before a part in which its number stands


class Words:
    """A text without white space and in one width, with the way back to its offsets.

    >>> words = Words("公民 科学素质\\n达到１５％。")
    >>> words.find("科学素质达到15%")
    Span(start=3, end=13)
    """

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self._at: list[int] = []
        for place, character in enumerate(text):
            for letter in plain(character) if not character.isascii() else ("" if character.isspace() else character):
                letters.append(letter)
                self._at.append(place)
        self._plain = "".join(letters)

    def find(self, quote: str, low: int = 0, high: int | None = None) -> Span | None:
        """The first place between two offsets that holds the words; None for no words, too."""
        wanted = plain(quote)
        if not wanted:
            return None
        at = self._plain.find(wanted)
        while at >= 0:
            span = Span(self._at[at], self._at[at + len(wanted) - 1] + 1)
            if span.start >= low and (high is None or span.end <= high):
                return span
            at = self._plain.find(wanted, at + 1)
        return None

    def is_unique(self, quote: str) -> bool:
        """Whether the words stand in the text, and only once."""
        wanted = plain(quote)
        return bool(wanted) and self._plain.count(wanted) == 1


def extent(provision: Provision) -> Span:
    """From before a part's number to the end of its text, statements and deadline."""
    spans = [*provision.spans, *(duty.statement_span for duty in provision.responsibilities)]
    if provision.deadline:
        spans += provision.deadline.spans
    if not spans:
        return Span(0, 0)
    return Span(max(0, min(s.start for s in spans) - _BEFORE), max(s.end for s in spans))


def holder_of(record: PlanRecord, span: Span) -> Provision | None:
    """The part whose own words hold a place, the smallest first."""
    holding = [p for p in record.provisions if extent(p).start <= span.start and span.end <= extent(p).end]
    return min(holding, key=lambda p: extent(p).end - extent(p).start, default=None)
