"""Old formats of word processors, .doc, .wps and .rtf above all, through LibreOffice where it is installed.

What is DOCX, ODT, HTML or PDF under such a name never comes here: `kg.read.kinds` knows it by its bytes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kg.errors import InputError
from kg.read import docx, text
from kg.read.composer import Reading

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PROGRAMS = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_SECONDS = 45  # less than a file may take in all (kg.read.limits)
_MEMORY, _FILE = 4 * 2**20, 2**20  # KiB that LibreOffice may take, blocks of 512 bytes that it may write
# A private profile that runs no macro, follows no link and fetches nothing that the document names.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(data: bytes, where: str) -> Reading:
    """The text of an old word processor's file, with its tables, headings and notes; plain text under its name as it stands.

    Raises `InputError` where it is damaged, encrypted or no text document, or where LibreOffice is needed and absent.
    """
    suffix = find_suffix(data, where)
    return docx.read(convert(data, suffix, where), where) if suffix else text.read(data, where)


def find_suffix(data: bytes, where: str) -> str:
    r"""The suffix under which LibreOffice knows what the bytes are, "" where they are none of its documents.

    >>> find_suffix(b"{\\rtf1\\ansi", "a.doc"), find_suffix("工作要点".encode(), "a.doc")
    ('rtf', '')

    Raises `InputError` where they are encrypted, or a document that is no text.
    """
    if data.startswith(_OLE):
        return _inside_ole(data, where)
    # UTF-16 has zeros between the letters.
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return "xml"
    if head.startswith(b"<") and b"urn:oasis:names:tc:opendocument:xmlns:office" in head:
        return "fodt"
    if data[:2] in (b"\xdb\xa5", b"\x31\xbe", b"\x32\xbe"):  # Word 2 and Write, before the OLE container
        return "doc"
    return ""


def _inside_ole(data: bytes, where: str) -> str:
    """The suffix of what an OLE container holds, by the names in its directory ([MS-CFB])."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    locked = InputError(
        "the file is protected by a password", where=where, remedy="remove the password in an office program"
    )
    if holds("EncryptedPackage"):
        raise locked
    if holds("WordDocument"):
        if _is_encrypted_word(data):
            raise locked
        return "doc"
    for name, kind in (("Workbook", "an Excel workbook"), ("PowerPoint Document", "a presentation")):
        if holds(name):
            raise InputError(
                f"the file is {kind}, not a text document", where=where, remedy="save its text as .docx or .txt"
            )
    return "wps"


def _is_encrypted_word(data: bytes) -> bool:
    """Whether the head of the WordDocument stream says that the text is encrypted ([MS-DOC], 2.5.2: FibBase)."""
    for at in range(512, len(data) - 12, 64):  # streams begin at a sector
        if data[at : at + 2] == b"\xec\xa5" and 0x60 <= int.from_bytes(data[at + 2 : at + 4], "little") <= 0x120:
            return bool(data[at + 11] & 1)
    return False


def find_program() -> str | None:
    """LibreOffice's program; None where it is not installed."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def convert(data: bytes, suffix: str, where: str, seconds: float = _SECONDS) -> bytes:
    """A document as DOCX, made by LibreOffice in a folder and with a profile of its own, which are removed again.

    Raises `InputError` where LibreOffice is absent, takes too long or cannot read the document.
    """
    program = find_program()
    if program is None:
        raise InputError(
            f"a document of the kind {suffix.upper()} is read by LibreOffice, which is not installed",
            where=where,
            remedy="install LibreOffice (on Debian: apt-get install libreoffice-writer-nogui), or save the file as .docx",
        )
    with tempfile.TemporaryDirectory(prefix="plankg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        document = folder / f"document.{suffix}"
        document.write_bytes(data)
        made = folder / "made" / "document.docx"
        _run(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *"--headless --norestore --nologo --nodefault --nolockcheck --nofirststartwizard".split(),
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(made.parent),
                str(document),
            ],
            folder,
            where,
            seconds,
        )
        if not made.is_file():
            raise InputError(
                "LibreOffice cannot read the document: it is damaged, or protected by a password",
                where=where,
                remedy="open it in the program that wrote it, and save it as .docx without a password",
            )
        return made.read_bytes()


def _run(command: list[str], folder: Path, where: str, seconds: float) -> None:
    """Runs LibreOffice within limits; whatever it started ends with it."""
    if os.name == "posix":
        limits = f'ulimit -v {_MEMORY}; ulimit -f {_FILE}; exec "$@"'
        command = ["/bin/sh", "-c", limits, "sh", *command]
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise InputError(
                f"LibreOffice took more than {seconds:g} seconds over the document",
                where=where,
                remedy="save the file as .docx",
            ) from None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
    elif process.poll() is None:
        process.kill()
