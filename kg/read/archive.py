"""Files inside zip archives, also inside archives in archives: listed first, read one by one later."""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kg.errors import InputError
from kg.read.kinds import MEDIA_TYPES, ZIP, find_package_type
from kg.read.limits import Limits
from kg.read.zips import find_name, is_encrypted, open_zip, read_entry

_INNER = 10  # files of the greatest size: as much of archives in archives is unpacked to list them
_KEPT_OPEN = 4  # archives: members come one after the other, and a directory of thousands takes long to read


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive."""

    archive: Path
    steps: tuple[tuple[int, str], ...]  # from the archive inwards: place in the directory, and path

    @property
    def name(self) -> str:
        """The last part of the archive's path, and the way from there: `bundle.zip/计划/a.docx`."""
        return "/".join([file_name(self.archive), *(name for _, name in self.steps)])

    def __str__(self) -> str:
        return "/".join([str(self.archive), *(name for _, name in self.steps)])


@dataclass(slots=True)
class Listing:
    """What an archive or a folder holds."""

    files: list[Path | Member] = field(default_factory=list)
    failures: list[tuple[str, InputError]] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)  # suffix of what is not read → how many


def file_name(path: Path) -> str:
    """The last part of a path; bytes that are no UTF-8 (a name in GBK from a zip of Windows) become U+FFFD."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def is_housekeeping(name: str) -> bool:
    """Whether nobody means a file of this name when they name its folder: hidden files, READMEs, what systems leave behind.

    >>> [is_housekeeping(name) for name in ("README.md", ".DS_Store", "~$计划.docx", "计划.docx")]
    [True, True, True, False]
    """
    stem = name.partition(".")[0].upper()
    return (
        name.startswith((".", "~$"))
        or stem in ("README", "LICENSE", "LICENCE", "CHANGELOG")
        or name == "__MACOSX"
        or PurePosixPath(name).suffix.lower() in _HOUSEKEEPING
    )


_HOUSEKEEPING = frozenset(".toml .yaml .yml .ini .cfg .css .js .py .db .log .tmp .lnk .url .sha256 .md5".split())


def list_archive(path: Path, limits: Limits) -> Listing | None:
    """The readable files in an archive, in the order of their paths; None for a document that only is a zip.

    Hidden files and the like are passed over in silence, kinds that are not read are counted.
    Raises `InputError` for an archive that is damaged, encrypted as a whole, or made to hurt.
    """
    with _open_file(path, limits) as archive:
        if find_package_type(archive, str(path)) != ZIP:
            return None
        listing = Listing()
        _Survey(path, limits, listing).take(archive, ())
    return listing


def _open_file(path: Path, limits: Limits) -> zipfile.ZipFile:
    try:
        with path.open("rb") as file:
            open_zip(file, str(path), limits).close()
        return zipfile.ZipFile(path)  # which owns its file and closes it
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(path), remedy="check its permissions"
        ) from error


class _Survey:
    """Goes through an archive and those in it, within what is left of the limits."""

    def __init__(self, path: Path, limits: Limits, listing: Listing) -> None:
        self._path, self._limits, self._listing = path, limits, listing
        self._entries, self._bytes, self._inner = limits.entries, limits.unpacked, _INNER * limits.file

    def take(self, archive: zipfile.ZipFile, steps: tuple[tuple[int, str], ...]) -> None:
        infos = archive.infolist()
        self._entries -= len(infos)
        self._bytes -= sum(info.file_size for info in infos)
        if self._entries < 0:
            raise self._refusal(f"the archive holds more than {self._limits.entries:,} files", "entries")
        if self._bytes < 0:
            raise self._refusal(f"unpacked, the archive is larger than {self._limits.unpacked:,} bytes", "unpacked")
        files = sorted((name, place, info) for place, info, name in self._readable(infos))
        locked = [info for _, _, info in files if is_encrypted(info)]
        if files and len(locked) == len(files):
            where = str(Member(self._path, steps)) if steps else str(self._path)
            error = InputError(
                "the archive is protected by a password", where=where, remedy="unpack it with that, and give the folder"
            )
            self._listing.failures.append((where, error))
            return
        for name, place, info in files:
            member = Member(self._path, (*steps, (place, name)))
            if PurePosixPath(name).suffix.lower() != ".zip":
                self._listing.files.append(member)
                continue
            if len(member.steps) >= self._limits.depth:
                raise self._refusal(f"archives lie more than {self._limits.depth} deep in one another", "depth")
            try:
                self._take_inner(archive, info, member)
            except InputError as error:
                if error.where == str(self._path):
                    raise  # the archive as a whole is refused
                self._listing.failures.append((str(member), error))

    def _take_inner(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Member) -> None:
        self._inner -= info.file_size
        if self._inner < 0:
            raise self._refusal(
                f"unpacked, the archives in it are larger than {_INNER * self._limits.file:,} bytes", "file"
            )
        data = read_entry(archive, info, str(member), self._limits)
        with open_zip(io.BytesIO(data), str(member), self._limits) as inner:
            if find_package_type(inner, str(member)) != ZIP:
                self._listing.files.append(member)
            else:
                self.take(inner, member.steps)

    def _readable(self, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[int, zipfile.ZipInfo, str]]:
        for place, info in enumerate(infos):
            name = find_name(info)
            parts = name.split("/")
            if info.filename.endswith("/") or not name or any(is_housekeeping(part) for part in parts):
                continue
            suffix = PurePosixPath(name).suffix.lower()
            if suffix in MEDIA_TYPES or suffix == ".zip":
                yield place, info, name
            else:
                self._listing.passed_over[suffix] += 1

    def _refusal(self, what: str, limit: str) -> InputError:
        return InputError(
            what, where=str(self._path), remedy=f"unpack it and give the folder, or raise the limit {limit}"
        )


def read_member(member: Member, limits: Limits) -> bytes:
    """What a file inside an archive holds.

    Raises `InputError` where it is encrypted, damaged, too large, or the archive has changed meanwhile.
    """
    try:
        about = member.archive.stat()
        # A process of its own has its own open files: two that share one would read each other's places.
        archive = _opened(member.archive, about.st_mtime_ns, member.steps[:-1], limits, os.getpid())
        return read_entry(archive, archive.infolist()[member.steps[-1][0]], str(member), limits)
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", where=str(member), remedy="check its permissions"
        ) from error
    except IndexError as error:
        raise InputError("the archive was changed meanwhile", where=str(member), remedy="try again") from error


@lru_cache(maxsize=_KEPT_OPEN)
def _opened(
    path: Path, changed: int, steps: tuple[tuple[int, str], ...], limits: Limits, process: int
) -> zipfile.ZipFile:
    if not steps:
        return _open_file(path, limits)
    outer = _opened(path, changed, steps[:-1], limits, process)
    where = str(Member(path, steps))
    data = read_entry(outer, outer.infolist()[steps[-1][0]], where, limits)
    return open_zip(io.BytesIO(data), where, limits)
