"""Plain text: UTF-8, GB18030 and UTF-16, with or without byte order mark."""

from __future__ import annotations

import codecs

from kg.errors import InputError
from kg.read.composer import Reading
from kg.read.plain_tables import find_tables
from kg.read.wrapped import unwrap

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = {chr(c) for c in range(32)} - set("\t\n\r\f\v\x1a")


def read(data: bytes, where: str) -> Reading:
    """A plain text as it stands; one that was wrapped to a width is joined into its paragraphs (see `unwrap`).

    Raises `InputError` where the bytes are empty or no text.
    """
    text, encoding = decode(data, where)
    text, findings = unwrap(text)
    return Reading(text, encoding, find_tables(text), findings=findings)


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    >>> decode("责任单位".encode("gb18030"), "a.txt")
    ('责任单位', 'gb18030')

    Raises `InputError` where the bytes are empty or no text in a known encoding.
    """
    if not data.strip():
        raise InputError("the file is empty", where=where, remedy="give a file that holds the text of a plan")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _clean(data[len(mark) :].decode(encoding), where), encoding
            except UnicodeDecodeError as error:
                raise InputError(f"not {encoding} as its byte order mark says ({error.reason})", where=where) from error
    for encoding in ("utf-8", *_unmarked_utf16(data), "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _clean(text, where), encoding
    raise InputError(
        "the file is not text in UTF-8, UTF-16 or GB18030",
        where=where,
        remedy="save it as UTF-8 text, or give another file",
    )


def _unmarked_utf16(data: bytes) -> tuple[str, ...]:
    """Which byte order of UTF-16 gives the commonest characters of Chinese text, if zero bytes say that it is UTF-16.

    The zeros alone do not tell the order: they stand in line ends and ASCII (high byte) and in 一, U+4E00 (low byte).
    """
    if b"\0" not in data[:4096] or len(data) % 2:
        return ()
    commonest = {
        e: sum(data[:4096].decode(e, "replace").count(c) for c in "\n一的、，。") for e in ("utf-16-le", "utf-16-be")
    }
    return tuple(sorted((e for e, n in commonest.items() if n), key=lambda e: -commonest[e]))[:1]


def _clean(text: str, where: str) -> str:
    if sum(map(text.count, _CONTROL)) > len(text) // 500:
        raise InputError("the file is binary, not text", where=where, remedy="give the text of the plan")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("the file is empty", where=where, remedy="give a file that holds the text of a plan")
    return text
