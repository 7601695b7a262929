"""The text of a page: its bytes decide the encoding, whatever the page declares."""

from __future__ import annotations

import re

from kg.errors import InputError
from kg.read.text import decode

LOST = "\N{REPLACEMENT CHARACTER}"

# Pages are cut from far larger parts than plans are: pictures written into the page are dropped before it is measured.
_MOST_BYTES = 16 * 2**20
_PICTURE = re.compile(rb"data:[a-zA-Z/+.-]{1,100};base64,[A-Za-z0-9+/=%\s]+")
_HAN = re.compile("[一-鿿，。、：；（）]")


def decode_page(data: bytes, where: str) -> tuple[str, str]:
    """The text of a page and the name of its encoding; each byte that is none in it becomes U+FFFD.

    >>> decode_page("<p>实施方案</p>".encode("gb18030"), "a.html")
    ('<p>实施方案</p>', 'gb18030')
    >>> decode_page("<p>关于印发《实施方案》的通知</p>".encode().replace("印".encode(), b"\\xe5\\x8d"), "a.html")[0]
    '<p>关于�发《实施方案》的通知</p>'

    Raises `InputError` where the bytes are empty, binary, in no known encoding, or too many.
    """
    if len(data) > _MOST_BYTES:
        data = _PICTURE.sub(b"", data)
    if len(data) > _MOST_BYTES:
        raise InputError(
            f"the page is larger than {_MOST_BYTES >> 20} MB", where=where, remedy="give the page that holds the plan"
        )
    try:
        text, encoding = decode(data, where)
    except InputError:
        if b"\0" in data and (bare := data.replace(b"\0", b"")):
            return decode_page(bare, where)
        found = _decode_damaged(data, ("utf-8", "gb18030"))
        if found is None:
            raise
        text, encoding = found
    else:
        # A UTF-8 page with a damaged byte can be, by chance, well-formed GB18030 of characters that nobody writes.
        if encoding == "gb18030" and (found := _decode_damaged(data, ("utf-8",))):
            text, encoding = found
    return text.replace("\0", "").replace("\ufeff", ""), encoding


def _decode_damaged(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    """The page in the first encoding in which it is Chinese text with few bytes amiss."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            encodings, data = (encoding,), data[2:]
    for encoding in encodings:
        text = data.decode(encoding, "replace")
        lost, han = text.count(LOST), len(_HAN.findall(text))
        # In UTF-8 text of another encoding is nearly all amiss; in GB18030 most bytes are some character.
        if han >= 10 and lost * (4 if encoding == "utf-8" else 50) <= han:
            return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    return None
