"""Which files a path means, and how each is read."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from kg.errors import InputError
from kg.model import Finding, Source, Span
from kg.read.archive import Listing, Member, file_name, is_housekeeping, list_archive, read_member
from kg.read.kinds import MARKUP, MEDIA_TYPES, SUFFIXES, ZIP, find_media_type, unread
from kg.read.limits import Limits
from kg.read.zips import too_large

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
    MEDIA_TYPES[".rtf"]: "kg.read.office",
    MEDIA_TYPES[".pdf"]: "kg.read.pdf",
}
_BYTES_A_CHARACTER = 4  # at most, in UTF-8, GB18030 and UTF-16
# Without meaning in a text; those that part words or lines (tab, form feed, line end, end of file) are not among them.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x7f]")
_SHOWN = 20  # places that a finding names


def survey(paths: Iterable[str | Path], limits: Limits | None = None) -> Listing:
    """The readable files that the paths mean: files as they are, folders and archives with all in them, at any depth.

    The order is that of the arguments, inside a folder or an archive that of the names; a file comes once. Inside
    them hidden files, READMEs and the like are passed over, kinds that are not read are counted. A folder that links
    lead to twice, or in a circle, is read once. What cannot be listed is among the failures.
    """
    limits = limits or Limits()
    whole = Listing()
    found: dict[Path | Member, None] = {}
    for given in map(Path, paths):
        try:
            listing = _list(given, limits)
        except InputError as error:
            whole.failures.append((str(given), error))
            continue
        found.update(dict.fromkeys(listing.files))
        whole.failures += listing.failures
        whole.passed_over += listing.passed_over
    whole.files = list(found)
    return whole


def find_files(paths: Iterable[str | Path]) -> list[Path | Member]:
    """The readable files that the paths mean; see `survey`.

    Raises `InputError` where a path does not exist, a folder holds nothing to read, or an archive cannot be opened.
    """
    listing = survey(paths)
    for _, error in listing.failures:
        raise error
    return listing.files


def _list(given: Path, limits: Limits) -> Listing:
    """What one argument means."""
    try:
        mode = given.stat().st_mode
    except FileNotFoundError:
        raise InputError("no such file or folder", where=str(given), remedy="check the path") from None
    except (OSError, ValueError) as error:  # a loop of links, a name too long or with a NUL
        said = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read: {said}", where=str(given), remedy="check the path") from error
    if not stat.S_ISDIR(mode):
        return _list_file(given, limits, is_regular=stat.S_ISREG(mode)) or Listing([given])
    listing = Listing()
    for path in _walk(given, listing):
        suffix = path.suffix.lower()
        if suffix not in SUFFIXES:
            listing.passed_over[suffix] += 1
            continue
        try:
            inside = _list_file(path, limits) if suffix == ".zip" else None
        except InputError as error:
            listing.failures.append((str(path), error))
            continue
        if inside is None:
            listing.files.append(path)
        else:
            listing.files += inside.files
            listing.failures += inside.failures
            listing.passed_over += inside.passed_over
    if not listing.files and not listing.failures:
        raise _nothing(given, "folder", listing)
    return listing


def _list_file(path: Path, limits: Limits, *, is_regular: bool = True) -> Listing | None:
    """What an archive means; None for any other file."""
    if not is_regular:  # a pipe can be read once only
        return None
    try:
        with path.open("rb") as file:
            is_zip = file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return None  # the reader says so
    if not is_zip or path.suffix.lower() in (".docx", ".odt"):
        return None
    listing = list_archive(path, limits)
    if listing is not None and not listing.files and not listing.failures:
        raise _nothing(path, "archive", listing)
    return listing


def _nothing(path: Path, what: str, listing: Listing) -> InputError:
    others = "".join(f", but {n} {suffix or '(no suffix)'}" for suffix, n in listing.passed_over.most_common(1))
    return InputError(
        f"the {what} holds no file to read{others}",
        where=str(path),
        remedy="files of these kinds are read: " + " ".join(SUFFIXES),
    )


def _walk(top: Path, listing: Listing) -> Iterator[Path]:
    """The files below a folder in the order of their names, each real folder once."""
    seen: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            about = path.stat()
            if stat.S_ISREG(about.st_mode):
                yield path
            if not stat.S_ISDIR(about.st_mode) or (about.st_dev, about.st_ino) in seen:
                continue
            seen.add((about.st_dev, about.st_ino))
            names = sorted((name for name in os.listdir(path) if not is_housekeeping(name)), reverse=True)  # noqa: PTH208
        except OSError as error:
            if not path.is_symlink():  # a link that leads nowhere is nobody's plan
                fault = InputError(f"cannot be read: {error.strerror}", where=str(path), remedy="check its permissions")
                listing.failures.append((str(path), fault))
            continue
        waiting += [path / name for name in names]


def read_file(path: Path | Member, limits: Limits | None = None) -> Source:
    """One file as a `Source`.

    Raises `InputError` where it cannot be opened, is larger than the limits allow, or holds no text of a kind that is read.
    """
    limits = limits or Limits()
    if isinstance(path, Member):
        return read_bytes(read_member(path, limits), path.name, where=str(path), limits=limits)
    try:
        with path.open("rb") as file:
            data = read_bounded(file, limits, where=str(path))
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="check its permissions"
        ) from error
    return read_bytes(data, file_name(path), where=str(path), limits=limits)


def read_bounded(file: BinaryIO, limits: Limits, where: str) -> bytes:
    """All bytes of an open file or pipe.

    Raises `InputError` where there are more than the limits allow; no more than those are read.
    """
    try:
        size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError):  # no real file behind it
        size = 0
    if size > limits.file:
        raise too_large(where, limits)
    data = file.read(limits.file + 1)
    if len(data) > limits.file:
        raise too_large(where, limits)
    return data


def read_bytes(
    data: bytes, name: str, media_type: str | None = None, *, where: str | None = None, limits: Limits | None = None
) -> Source:
    """Bytes as a `Source`; what they are is told by themselves and by `name`, where `media_type` does not say it.

    >>> source = read_bytes("一、总体要求\\r\\n".encode("utf-16"), "a.txt")
    >>> source.text, source.encoding
    ('一、总体要求\\n', 'utf-16-le')

    Raises `InputError` where the bytes are empty, no text, of a kind that is not read, or too many.
    """
    limits, where = limits or Limits(), where or name
    if not data:
        raise InputError("the file is empty", where=where, remedy="give a file that holds the text of a plan")
    media_type = media_type or find_media_type(data, name, where, limits)
    if media_type == ZIP:
        raise InputError("the file is an archive", where=where, remedy="give it the suffix .zip, or unpack it")
    if media_type not in _READERS:
        raise unread(media_type, where)
    if media_type in MARKUP and len(data) > limits.markup:
        raise _too_long(f"{limits.markup:,} bytes", "markup", where)
    if media_type.startswith("text/plain") and len(data) > _BYTES_A_CHARACTER * limits.text:
        raise _too_long(f"{limits.text:,} characters", "text", where)
    reading = import_module(_READERS[media_type]).read(data, where)
    if len(reading.text) > limits.text:
        raise _too_long(f"{limits.text:,} characters", "text", where)
    text, findings = _clean(reading.text)
    return Source(
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        byte_sha256=hashlib.sha256(data).hexdigest(),
        file_name=name,
        media_type=media_type,
        encoding=reading.encoding,
        url=reading.url,
        tables=reading.tables,
        marks=reading.marks,
        asides=reading.asides,
        findings=(*reading.findings, *findings),
    )


def _too_long(most: str, limit: str, where: str) -> InputError:
    return InputError(
        f"the text has more than {most}", where=where, remedy=f"give a part of it, or raise the limit {limit}"
    )


def _clean(text: str) -> tuple[str, tuple[Finding, ...]]:
    """The text with blanks for control characters, one for one so that all places stay, and a finding that says where."""
    places = tuple(Span(found.start(), found.end()) for found in re.finditer(f"{_CONTROL.pattern}+", text))
    if not places:
        return text, ()
    return _CONTROL.sub(" ", text), (Finding("decoded-with-loss", "warning", places[:_SHOWN]),)
