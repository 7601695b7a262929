"""Office packages (.xlsx, .docx) that are the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP entry can bear
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")  # of creation and change, in the package's core properties


def without_clock(data: bytes) -> bytes:
    """The package with fixed times, of its entries and in its properties.

    >>> made = io.BytesIO()
    >>> with zipfile.ZipFile(made, "w") as package:
    ...     package.writestr(zipfile.ZipInfo("docProps/core.xml", (2026, 11, 22, 9, 0, 0)), "2026-11-22T09:00:00Z")
    >>> with zipfile.ZipFile(io.BytesIO(without_clock(made.getvalue()))) as package:
    ...     package.infolist()[0].date_time[0], package.read("docProps/core.xml")
    (1980, b'1980-01-01T00:00:00Z')
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _TIME.sub(b"1980-01-01T00:00:00Z", content)
            kept = zipfile.ZipInfo(entry.filename, _EPOCH)
            kept.compress_type, kept.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(kept, content)
    return out.getvalue()
