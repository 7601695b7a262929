"""What can go wrong by the operator's doing, and what to do about it.

The document's faults are never exceptions: they are `kg.model.Finding`s beside the value.
`EXIT_STATUS` is the one table from error to exit status (see the README, "Exit statuses").
"""

from __future__ import annotations


class KGError(Exception):
    """An operator's error: what happened, where, and what to do about it.

    >>> str(KGError("no such file", where="plans/a.txt", remedy="check the path"))
    'plans/a.txt: no such file (check the path)'
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what, self.where, self.remedy = what, where, remedy

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} ({self.remedy})" if self.remedy else text


class UsageError(KGError):
    """The command was called with something that it does not know or cannot take."""


class InputError(KGError):
    """A file cannot be read, or is not what it must be."""


class NotAPlanError(InputError):
    """The file can be read, but holds no plan."""


class QueryError(KGError):
    """A query, shape or rule is broken."""


class StoreError(KGError):
    """The store or a remote endpoint failed, is locked, or ran out of time."""


class EmptyError(KGError):
    """There was nothing to check or to answer from."""


EXIT_STATUS: dict[type[KGError], int] = {
    UsageError: 2,
    InputError: 3,
    NotAPlanError: 3,
    QueryError: 4,
    StoreError: 5,
    EmptyError: 6,
    KGError: 5,
}
