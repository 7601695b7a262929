"""Which of the media types that can be had the client likes best (RFC 9110, sections 12.4.2 and 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RANGE = re.compile(r"\s*(\*|[!#$%&'*+.^_`|~\w-]+)/(\*|[!#$%&'*+.^_`|~\w-]+)\s*$", re.ASCII)
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$")


@dataclass(frozen=True, slots=True)
class _Wanted:
    range: str
    parameters: frozenset[tuple[str, str]]
    quality: float

    def precision(self, media_type: str) -> int:
        """How closely the range names the type; -1 where it does not."""
        main = media_type.partition("/")[0]
        # The answers are UTF-8 whether that is asked for or not; any other parameter names another type.
        if self.parameters - {("charset", "utf-8"), ("charset", "utf8")}:
            return -1
        exact = 2 + bool(self.parameters)
        return {media_type: exact, f"{main}/*": 1, "*/*": 0}.get(self.range, -1)


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The best of the `offered` media types, in the order in which the server would give them; None where none will do.

    The most precise range decides on a type, q=0 forbids it; a header that is missing or empty allows everything.
    Parts of the header that are none are passed over.

    >>> choose("text/csv;q=0.5, application/*;q=0.9", ["text/csv", "application/xml"])
    'application/xml'
    >>> choose("*/*, text/csv;q=0", ["text/csv"]) is None
    True
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    wanted = _read(accept)
    best, quality = None, 0.0
    for media_type in offered:
        named = max(wanted, key=lambda want: want.precision(media_type), default=None)
        if named is None or named.precision(media_type) < 0:
            continue
        if named.quality > quality:
            best, quality = media_type, named.quality
    return best


def _read(accept: str) -> list[_Wanted]:
    wanted = []
    for part in accept.split(","):
        name, *rest = part.split(";")
        if not (found := _RANGE.match(name)):
            continue
        quality, parameters = 1.0, set()
        for parameter in rest:
            key, _, value = (text.strip().strip('"').lower() for text in parameter.partition("="))
            if key == "q":
                quality = float(value) if _QUALITY.match(value) else 0.0
                break  # what follows q is no part of the type
            if key:
                parameters.add((key, value))
        wanted.append(_Wanted(f"{found[1]}/{found[2]}".lower(), frozenset(parameters), quality))
    return wanted
