"""The container of DOCX and ODT: a zip of XML parts, opened without trust.

Source: ECMA-376-2 (Open Packaging Conventions), OpenDocument 1.3 part 2. Both allow stored and deflated members only.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from kg.errors import InputError
from kg.read.limits import Limits
from kg.read.zips import find_name, is_encrypted, open_zip

# A plan of five hundred pages has parts of about 30 MB; what is larger is refused before or while it is unpacked.
_MOST_BYTES = 64 * 2**20
# Elements, texts and attributes cost up to 270 bytes each in memory, however small they are in the file.
_MOST_NODES = 2_500_000
# Text shrinks to a tenth; only what is made to hurt shrinks to a two-hundredth, and small parts may.
_MOST_SHRUNK, _SMALL = 200, 2**20

_DAMAGED = "the file is damaged or incomplete"
_AGAIN = "get the file again, or open it in an office program and save it anew"
# ISO 29500 Strict names the same vocabulary differently.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_DOCTYPE = re.compile(rb"<\x00*!\x00*D\x00*O\x00*C\x00*T\x00*Y\x00*P\x00*E")


class Package:
    """The parts of a DOCX or ODT file, each read at most once and all together within a limit.

    Raises `InputError` where the bytes are no zip, are damaged, encrypted, or grow out of measure.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        self._left, self._nodes = _MOST_BYTES, _MOST_NODES
        self._zip = open_zip(io.BytesIO(data), where, Limits())
        # Part names are equal whatever their case (ECMA-376-2, 6.2.2.3).
        self._members = {find_name(m).lower(): m for m in reversed(self._zip.infolist())}

    def fault(self, what: str, remedy: str | None = None) -> InputError:
        """The error that says what is wrong with this file."""
        return InputError(what, where=self.where, remedy=remedy)

    def names(self) -> Iterator[str]:
        """The names of the parts in small letters, sorted."""
        yield from sorted(self._members)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """What a part holds; nothing where it is absent."""
        member = self._members.get(name.lower())
        if member is None:
            return b""
        if is_encrypted(member):
            raise self.fault("the file is protected by a password", "remove the password in an office program")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.fault(_DAMAGED, _AGAIN)
        large = member.file_size > _SMALL and member.file_size > _MOST_SHRUNK * max(member.compress_size, 1)
        if member.file_size > self._left or large:
            raise self._too_large(name)
        try:
            with self._zip.open(member) as stream:
                # The directory may lie about the size: no more than is allowed is ever unpacked.
                data = stream.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
            OverflowError,
        ) as error:
            raise self.fault(f"{_DAMAGED} (part {name})", _AGAIN) from error
        if len(data) > self._left:
            raise self._too_large(name)
        self._left -= len(data)
        return data

    def _too_large(self, name: str) -> InputError:
        return self.fault(
            f"unpacked, the part {name} is larger than any plan",
            "take pictures and objects out, or give the text of the plan",
        )

    def xml(self, name: str) -> etree._Element | None:
        """The root of a part; None where the part is absent.

        Raises `InputError` where the part is not well-formed, declares entities, or has too many or too deep elements.
        """
        data = self.read(name)
        if not data.strip():
            return None
        self._nodes -= data.count(b"<") + data.count(b"=")
        if self._nodes < 0:
            raise self._too_large(name)
        if _DOCTYPE.search(data):
            raise self.fault(f"the part {name} declares a document type, which no office program writes", _AGAIN)
        if b"purl.oclc.org/ooxml/" in data[:20_000]:
            for strict, usual in _STRICT.items():
                data = data.replace(b'"' + strict + b'"', b'"' + usual + b'"')
        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            deep = "depth" in str(error)
            what = f"the part {name} is nested too deep" if deep else f"{_DAMAGED} (part {name})"
            raise self.fault(what, _AGAIN) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.fault(f"the part {name} declares a document type, which no office program writes", _AGAIN)
        return root
