"""Web archives (MHT, MHTML): one page with all that it needs, as browsers, Word and WPS save it.

Source: RFC 2557 (MHTML), RFC 2387 (multipart/related), RFC 2045 and 2046 (MIME). Only the parts that may be the page are
decoded; pictures, however large, are passed over.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from email.parser import BytesHeaderParser

from kg.errors import InputError
from kg.read import html, text
from kg.read.composer import Reading

_MOST_BYTES = 128 * 2**20
_MOST_HEAD = 16_000  # bytes of a part's header lines
_MOST_PARTS = 5_000
_MOST_PAGES = 20
_MOST_DEPTH = 4
_SHORT = 300  # characters: a page that says less may only frame the one that is meant

_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z0-9-]{0,60}:")


@dataclass(frozen=True, slots=True)
class _Part:
    media_type: str
    head: Message
    body: bytes  # as it was sent

    def decode(self) -> bytes:
        """The part's own bytes."""
        match str(self.head.get("Content-Transfer-Encoding", "")).strip().lower():
            case "base64":
                body = re.sub(rb"[^A-Za-z0-9+/]", b"", self.body)
                return binascii.a2b_base64(body[: len(body) // 4 * 4] + _rest(body))
            case "quoted-printable":
                return quopri.decodestring(self.body)
        return self.body


def _rest(body: bytes) -> bytes:
    """The last, incomplete group of base64, filled up; a single character is no byte."""
    rest = body[len(body) // 4 * 4 :]
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def read(data: bytes, where: str) -> Reading:
    """The main text of the page in a web archive.

    >>> archive = b"MIME-Version: 1.0\\nContent-Type: multipart/related; boundary=b\\n\\n--b\\nContent-Type: text/html\\n\\n"
    >>> read(archive + "<h1>工作要点</h1><p>一、总体要求</p>".encode("gb18030") + b"\\n--b--", "a.mht").text
    '工作要点\\n一、总体要求\\n'

    Raises `InputError` where there is no page in it, or the page cannot be read.
    """
    if not data.strip():
        raise InputError("the file is empty", where=where, remedy="give a file that holds the text of a plan")
    if len(data) > _MOST_BYTES:
        raise InputError(
            f"the archive is larger than {_MOST_BYTES >> 20} MB", where=where, remedy="save the page without pictures"
        )
    if not _HEADER.match(data[:200]):  # a page that only has the archive's name
        return html.read(data, where)
    parts = list(_find_parts(data, 0))
    start = str(parts[0].head.get_param("start") or "") if parts else ""
    pages = [p for p in parts if p.media_type in ("text/html", "application/xhtml+xml")]
    pages.sort(key=lambda p: not start or str(p.head.get("Content-ID", "")).strip() != start)
    if pages:
        return _read_page(pages, parts[0].head, where)
    plain = next((p for p in parts if p.media_type == "text/plain" and p.body.strip()), None)
    if plain:
        return text.read(plain.decode(), where)
    raise InputError("the archive holds no page", where=where, remedy="save the page anew, as HTML or as text")


def _read_page(pages: list[_Part], head: Message, where: str) -> Reading:
    """The first page, or a far longer one where it holds next to nothing: it frames the other."""
    best: Reading | None = None
    fault: InputError | None = None
    first, *others = pages
    others.sort(key=lambda p: -len(p.body))
    for page in (first, *others[: _MOST_PAGES - 1]):
        try:
            reading = html.read(page.decode(), where)
        except InputError as error:
            fault = fault or error
            continue
        if best is None or len(reading.text) > 5 * len(best.text):
            addresses = (reading.url, page.head.get("Content-Location"), head.get("Snapshot-Content-Location"))
            url = next((str(a) for a in addresses if re.fullmatch(r"https?://\S{3,2000}", str(a))), None)
            best = replace(reading, url=url)
        if len(best.text) > _SHORT:
            return best
    if best is None:
        assert fault is not None
        raise fault
    return best


def _find_parts(data: bytes, depth: int) -> Iterator[_Part]:
    """The archive, then its parts, those of parts of parts too."""
    head, body = _split_head(data)
    media_type = head.get_content_type()
    yield _Part(media_type, head, body)
    boundary = head.get_boundary() if media_type.startswith("multipart/") else None
    if not boundary or depth >= _MOST_DEPTH:
        return
    mark = re.compile(rb"^--" + re.escape(boundary.encode("latin-1", "replace")) + rb"(--)?[ \t]*\r?$", re.M)
    begin = None
    for count, found in enumerate(mark.finditer(body)):
        if begin is not None:
            # The line break before a boundary belongs to it.
            end = found.start() - 1 - (body[found.start() - 2 : found.start() - 1] == b"\r")
            yield from _find_parts(body[begin : max(end, begin)], depth + 1)
        begin = found.end() + 1
        if found[1] or count > _MOST_PARTS:
            return
    if begin is not None:  # cut off before its last boundary
        yield from _find_parts(body[begin:], depth + 1)


def _split_head(data: bytes) -> tuple[Message, bytes]:
    """The header lines of an archive or a part, and what follows them."""
    if data[:1] in (b"\r", b"\n"):
        return BytesHeaderParser().parsebytes(b""), data
    end = re.search(rb"\r?\n[ \t]*\r?\n", data[:_MOST_HEAD])
    if end is None:
        return BytesHeaderParser().parsebytes(b""), data
    return BytesHeaderParser().parsebytes(data[: end.start()]), data[end.end() :]
