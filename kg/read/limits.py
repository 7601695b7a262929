"""How much one file may cost: the one table of limits, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace

from kg.errors import UsageError


def _limit(value: int, why: str) -> int:
    return field(default=value, metadata={"why": why})


@dataclass(frozen=True, slots=True)
class Limits:
    """What is larger, longer or slower is refused with a message, and the other files are read.

    >>> Limits().raised(["text=2000000", "seconds=300"]).seconds
    300
    """

    file: int = _limit(100_000_000, "bytes of a file or of a member of an archive: plans full of pictures stay below")
    markup: int = _limit(20_000_000, "bytes of text, HTML and MHT: a page with its pictures inside stays below")
    text: int = _limit(1_000_000, "characters of a document's text: the longest national outlines have 80,000")
    seconds: int = _limit(60, "for one file, all stages: a page of average length takes a fiftieth of one")
    memory: int = _limit(1_500_000_000, "bytes that the process which reads a file may take")
    depth: int = _limit(3, "archives in archives: a bundle of bundles of bundles; archives made to hurt go on and on")
    entries: int = _limit(20_000, "members of an archive, those of archives in it included: their list is read at once")
    unpacked: int = _limit(
        10_000_000_000, "bytes of all that an archive says to hold: a hundred files of the greatest size"
    )
    ratio: int = _limit(200, "how many times a member may shrink, above a megabyte: text shrinks to a tenth")

    def raised(self, settings: Iterable[str]) -> Limits:
        """With some limits set to other numbers, each as `name=number`.

        Raises `UsageError` for a name that is none, or no number above zero.
        """
        found = {}
        for setting in settings:
            name, _, number = setting.partition("=")
            if name not in _NAMES:
                raise UsageError(f"there is no limit {name!r}", remedy=f"there are: {' '.join(_NAMES)}")
            if not (number.isascii() and number.isdigit() and int(number)):
                raise UsageError(f"the limit {name} is no number above zero: {number!r}", remedy=f"like {name}=1000")
            found[name] = int(number)
        return replace(self, **found)


_NAMES = tuple(f.name for f in fields(Limits))


def explain() -> str:
    """Every limit with its value and reason, a line each."""
    return "\n".join(f"{f.name}={f.default}: {f.metadata['why']}" for f in fields(Limits))
