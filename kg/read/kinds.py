"""Which media type a file has: what its bytes say, and its name where they say nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from kg.errors import InputError
from kg.read.limits import Limits
from kg.read.zips import find_name, open_zip, read_entry

ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".docx": DOCX,
    ".odt": ODT,
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".rtf": "application/rtf",
    ".pdf": "application/pdf",
}
SUFFIXES = (*MEDIA_TYPES, ".zip")  # of what is read
_TEXTS = frozenset({"text/plain", "text/markdown"})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_OFFICE = frozenset(MEDIA_TYPES[suffix] for suffix in (".doc", ".wps", ".rtf"))
MARKUP = _TEXTS | _PAGES | {"multipart/related"}

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
# What is told by its first bytes and not read: what it is, and what to do about it.
_STRANGERS = (
    (re.compile(rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", re.DOTALL), "a picture", "make text of it first, for example: ocrmypdf --image-dpi 300 PICTURE TEXT.pdf"),
    (re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh[1-9]1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd"), "packed in a way that is not read", "unpack it, or pack it as .zip"),
)  # fmt: skip
# Other files that are zips: a part's name, what the file is, what to do about it.
_PACKAGES = (
    ("xl/workbook.xml", "a workbook", "save its text as .docx or .txt"),
    ("ppt/presentation.xml", "a presentation", "save its text as .docx or .txt"),
    ("OFD.xml", "an OFD document", "save it as PDF"),
    ("META-INF/container.xml", "an e-book", "save its text as .docx or .txt"),
    ("content.xml", "an OpenDocument file, but no text", "save its text as .odt or .txt"),
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p)\b", re.IGNORECASE)
_PAGE_BEGINS = re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)  # fmt: skip
_MAIL = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?mime-version:", re.IGNORECASE)
_HEAD = 4096


def find_media_type(data: bytes, name: str, where: str | None = None, limits: Limits | None = None) -> str:
    """The media type of a file by its bytes; `name` decides among kinds of text, and where the bytes say nothing.

    >>> find_media_type(b"%PDF-1.7", "plan.txt"), find_media_type("<html><body>".encode("utf-16"), "plan.doc")
    ('application/pdf', 'text/html')

    Raises `InputError` for a kind that is not read.
    """
    where = where or name
    suffix = PurePosixPath(name).suffix.lower()
    named = MEDIA_TYPES.get(suffix)
    if data.startswith(_ZIPS):
        with open_zip(io.BytesIO(data), where, limits or Limits()) as archive:
            found = find_package_type(archive, where)
        return str(named) if found == ZIP and named in (DOCX, ODT) else found  # damaged: their readers say how
    if data.lstrip()[:5] == b"%PDF-" or (named == "application/pdf" and b"%PDF-" in data[:1024]):
        return "application/pdf"
    if data.startswith(_OLE):
        return named if named in _OFFICE else "application/msword"
    for pattern, what, remedy in _STRANGERS:
        if pattern.match(data):
            raise InputError(f"the file is {what}", where=where, remedy=remedy)
    # UTF-16 has zeros between the letters.
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"{\\rtf"):
        return named if named in _OFFICE else "application/rtf"
    if named == "multipart/related" or _MAIL.match(head):
        return "multipart/related"
    if named in _PAGES:
        return str(named)
    if _PAGE_BEGINS.match(head) or (named not in _TEXTS and head.startswith(b"<") and _PAGE.search(head)):
        return "text/html"
    if named in _OFFICE or named in _TEXTS:
        return str(named)  # the office reader knows older and rarer kinds
    if named == DOCX and b"schemas.microsoft.com/office" in head:
        return "application/msword"  # Word's XML of 2003
    if named is None and suffix:
        raise unread(suffix, where)
    return "text/plain"  # also a .pdf or .docx of plain text


def find_package_type(archive: zipfile.ZipFile, where: str) -> str:
    """The media type of a zip by what lies in it: a document, or an archive of files.

    Raises `InputError` for a document of a kind that is not read.
    """
    names = {find_name(info).lower() for info in archive.infolist()}
    if "[content_types].xml" in names and any(name.startswith("word/") for name in names):
        return DOCX
    if "mimetype" in names and "content.xml" in names:
        said = next(info for info in archive.infolist() if find_name(info).lower() == "mimetype")
        if read_entry(archive, said, where, Limits()).strip().startswith(ODT.encode()):
            return ODT
    for part, what, remedy in _PACKAGES:
        if part.lower() in names:
            raise InputError(f"the file is {what}", where=where, remedy=remedy)
    return ZIP


def unread(suffix: str, where: str) -> InputError:
    """The error for a kind that is not read."""
    what = f"files of the kind {suffix or '(no suffix)'} are not read"
    return InputError(what, where=where, remedy="these are: " + " ".join(SUFFIXES))
