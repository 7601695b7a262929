"""Zip archives opened without trust: their directory is bounded before it is read, members while they are unpacked.

Source: PKWARE APPNOTE 6.3.10. Nothing is ever written to disk, so a member's path is a name and no more.
"""

from __future__ import annotations

import lzma
import os
import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from kg.errors import InputError
from kg.read.limits import Limits

_END, _END_SIZE = struct.Struct("<4s4H2LH"), 22
_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY_BYTES = 300  # of the directory that a member may take: a name of a hundred Chinese characters in UTF-8
_SMALL = 1_000_000  # bytes below which a member may shrink as much as it likes
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)
_UTF8, _ENCRYPTED = 0x800, 0x1 | 0x40 | 0x2000
_UNICODE_PATH = 0x7075  # Info-ZIP's extra field


def open_zip(file: BinaryIO, where: str, limits: Limits) -> zipfile.ZipFile:
    """An archive whose directory can be trusted to be of bearable size, and whose members share no bytes.

    Raises `InputError` where it is damaged, has too many members, or is made to unpack to more than anyone wants.
    """
    try:
        too_many = _directory_bytes(file) > limits.entries * _ENTRY_BYTES
        archive = None if too_many else zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise damaged(where) from error
    if archive is None or len(archive.infolist()) > limits.entries:
        raise InputError(
            f"the archive holds more than {limits.entries:,} files",
            where=where,
            remedy="unpack it and give the folder, or raise the limit entries",
        )
    end = 0
    for info in sorted(archive.infolist(), key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise InputError("files in the archive overlap: it is made to hurt", where=where, remedy="do not open it")
        end = info.header_offset + info.compress_size
    return archive


def _directory_bytes(file: BinaryIO) -> int:
    """The size of the central directory, as the end of the archive says it (APPNOTE 4.3.14 to 4.3.16)."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _END_SIZE - 0xFFFF)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    said = _END.unpack(tail[at : at + _END_SIZE])
    if said[5] != 0xFFFFFFFF or at < _LOCATOR.size:
        return int(said[5])
    signature, _, offset, _ = _LOCATOR.unpack(tail[at - _LOCATOR.size : at])
    if signature != b"PK\x06\x07":
        return int(said[5])
    file.seek(min(offset, size))
    return int(_END64.unpack(file.read(_END64.size))[8])


def damaged(where: str) -> InputError:
    """The error for an archive or a member that cannot be unpacked."""
    return InputError("the archive is damaged or incomplete", where=where, remedy="get it again")


def is_encrypted(info: zipfile.ZipInfo) -> bool:
    """Whether a member opens with a password only."""
    return bool(info.flag_bits & _ENCRYPTED)


def find_name(info: zipfile.ZipInfo) -> str:
    """A member's path in Unicode: as its flag or extra field says, else as UTF-8, GB18030 or code page 437.

    Parts that lead out of the folder are left out, what cannot be printed becomes U+FFFD.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        name = _unicode_path(info.extra) or _decode(raw)
    parts = re.split(r"[/\\]+", name.split("\0")[0])
    kept = [part for part in parts if part not in ("", ".", "..") and not re.fullmatch(r"[A-Za-z]:", part)]
    return "".join(c if c.isprintable() else "\ufffd" for c in "/".join(kept))


def _decode(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _unicode_path(extra: bytes) -> str | None:
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        if kind == _UNICODE_PATH and size > 5:
            try:
                return extra[9 : 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        extra = extra[4 + size :]
    return None


def read_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, limits: Limits) -> bytes:
    """What a member holds.

    Raises `InputError` where it is encrypted, damaged, too large, or shrunk beyond what text does.
    """
    if is_encrypted(info):
        raise InputError(
            "the file is protected by a password", where=where, remedy="unpack the archive with it, and give the folder"
        )
    if info.file_size > limits.file:
        raise too_large(where, limits)
    if info.file_size > _SMALL and info.file_size > limits.ratio * max(info.compress_size, 1):
        raise InputError(
            f"the file shrank to less than a {limits.ratio}th: no text does, and what is made to hurt does",
            where=where,
            remedy="look what it is, or raise the limit ratio",
        )
    try:
        with archive.open(info) as stream:  # gives no more than the size that the directory says
            return stream.read(limits.file + 1)
    except _DAMAGE as error:
        raise damaged(where) from error


def too_large(where: str, limits: Limits) -> InputError:
    """The error for a file that has too many bytes."""
    return InputError(
        f"the file is larger than {limits.file:,} bytes",
        where=where,
        remedy="give the text of the plan alone, or raise the limit file",
    )
