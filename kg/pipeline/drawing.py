"""What is drawn from the plans of a store: what follows from them, and which of their tasks correspond."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.graph import correspondence_iri
from kg.pipeline.report import Progress

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.graphs import Change

_AT_ONCE = 200_000  # lines of changes that are held in memory
_FEW = 100  # plans whose statements are held in memory: that is quicker


class Drawing:
    """Brings what is drawn up to date with changes that it is told of; memory holds a part of them at a time.

    With `anew`, the vocabulary has changed, or this is the first build: then all is drawn anew.
    """

    def __init__(
        self, working: ox.Store, progress: Progress | None = None, anew: bool = False, is_large: bool = False
    ) -> None:
        from kg.relate import Touched

        self._working, self._progress = working, progress
        self._anew, self._at_end = anew, anew and not is_large
        self._held: list[Change] = []
        self._new: set[str] = set()
        self._touched = Touched(working)
        self.is_needed = anew
        self._parts = 0
        if anew and is_large:
            from kg.reason import infer_in_parts

            infer_in_parts(working)

    def add(self, change: Change, new: Collection[str] = ()) -> None:
        """Take account of what plans' graphs gained and lost; `new` are plans of which the store had nothing."""
        if not change:
            return
        self.is_needed = True
        if self._at_end:
            return  # all is looked at then
        self._held.append(change)
        self._new.update(new)
        if sum(each.added + each.removed for each in self._held) > _AT_ONCE:
            self._infer()

    def finish(self) -> None:
        """Draw what has not been drawn yet."""
        from kg.reason import infer, infer_in_parts
        from kg.relate import relate
        from kg.store.graphs import plan_graphs

        if self._at_end:
            self._tell("infer", 1, 1)
            draw = infer if len(plan_graphs(self._working)) <= _FEW else infer_in_parts
            draw(self._working)
        else:
            self._infer()
        self._tell("relate", 1, 1)
        relate(
            self._working,
            correspondence_iri,
            None if self._anew else self._touched,
            lambda n, of: self._tell("relate", n, of),
        )

    def _infer(self) -> None:
        from kg.reason import infer_changes

        self._parts += 1
        self._tell("infer", self._parts, self._parts)
        changes = [*self._held, infer_changes(self._working, self._held, is_own=self._is_new)]
        self._held, self._new = [], set()
        if not self._anew:
            self._touched.add(changes)

    def _is_new(self, term: str) -> bool:
        """Whether a term names a part of a new plan: nobody else speaks of these."""
        at = term.find("/plan/")
        end = term.find("/", at + len("/plan/")) if at > 0 else -1
        return end > 0 and term[1:end] in self._new

    def _tell(self, stage: str, n: int, of: int) -> None:
        if self._progress:
            self._progress(stage, "", n, of)
