"""Which files a path means, and how each is read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from kg.errors import InputError
from kg.model import Source

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
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".pdf": "application/pdf",
}

# Which module reads a media type: each has `read(data, where) -> Reading`, imported when first needed.
_READERS = {
    "text/plain": "kg.read.text",
    "text/markdown": "kg.read.markdown",
    "text/html": "kg.read.html",
    "application/xhtml+xml": "kg.read.html",
    "multipart/related": "kg.read.mht",
    MEDIA_TYPES[".docx"]: "kg.read.docx",
    MEDIA_TYPES[".odt"]: "kg.read.odt",
    MEDIA_TYPES[".doc"]: "kg.read.office",
    MEDIA_TYPES[".wps"]: "kg.read.office",
    MEDIA_TYPES[".pdf"]: "kg.read.pdf",
}


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """The readable files that the paths mean: files as they are, folders with all below them.

    The order is that of the arguments, inside a folder that of the names; a file comes once.
    Hidden files and kinds that cannot be read are passed over inside folders.

    Raises `InputError` where a path does not exist or a folder holds nothing to read.
    """
    found: dict[Path, None] = {}
    for given in map(Path, paths):
        if not given.exists():
            raise InputError("no such file or folder", where=str(given), remedy="check the path")
        if given.is_dir():
            inside = [
                p
                for p in sorted(given.rglob("*"))
                if p.is_file() and p.suffix.lower() in MEDIA_TYPES and not _hidden(p, given)
            ]
            inside = [p for p in inside if p.name.upper() not in ("README.MD", "LICENSE.MD", "README.TXT")]
            if not inside:
                raise InputError(
                    "the folder holds no file to read",
                    where=str(given),
                    remedy="files of these kinds are read: " + " ".join(MEDIA_TYPES),
                )
            found.update(dict.fromkeys(inside))
        else:
            found[given] = None
    return list(found)


def _hidden(path: Path, top: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(top).parts)


def read_file(path: Path) -> Source:
    """One file as a `Source`.

    Raises `InputError` where it cannot be opened, or is no text.
    """
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise InputError(
            f"files of the kind {path.suffix or '(no suffix)'} are not read",
            where=str(path),
            remedy="these are: " + " ".join(MEDIA_TYPES),
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="check its permissions"
        ) from error
    # A name in another character set (GBK, from a zip of Windows) is no Unicode text: its bytes become U+FFFD.
    return read_bytes(data, os.fsencode(path.name).decode("utf-8", "replace"), media_type, where=str(path))


def read_bytes(data: bytes, file_name: str, media_type: str = "text/plain", *, where: str | None = None) -> Source:
    """Bytes as a `Source`.

    >>> source = read_bytes("一、总体要求\\r\\n".encode("utf-16"), "a.txt")
    >>> source.text, source.encoding
    ('一、总体要求\\n', 'utf-16-le')

    Raises `InputError` where the bytes are empty or no text.
    """
    reading = import_module(_READERS[media_type]).read(data, where or file_name)
    return Source(
        text=reading.text,
        text_sha256=hashlib.sha256(reading.text.encode("utf-8")).hexdigest(),
        byte_sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        media_type=media_type,
        encoding=reading.encoding,
        url=reading.url,
        tables=reading.tables,
        marks=reading.marks,
        asides=reading.asides,
        findings=reading.findings,
    )
