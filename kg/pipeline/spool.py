"""What was read is put aside on disk: memory holds one plan at a time, however many there are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import KGError


class Spool:
    """A file without a name, gone with the process; one process writes to it, another reads."""

    def __init__(self, folder: Path | None = None) -> None:
        self._where = str(folder or tempfile.gettempdir())
        try:
            self._file = tempfile.TemporaryFile(prefix="plankg-", dir=folder)  # noqa: SIM115
        except OSError as error:
            raise self._failed(error) from error

    def put(self, data: bytes) -> tuple[int, int]:
        """Append; where it lies now.

        Raises `KGError` where the disk is full.
        """
        descriptor = self._file.fileno()
        try:
            start = os.lseek(descriptor, 0, os.SEEK_END)
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
        except OSError as error:
            raise self._failed(error) from error
        return start, len(data)

    def get(self, place: tuple[int, int]) -> bytes:
        """What lies there."""
        start, length = place
        parts = []
        while length:
            part = os.pread(self._file.fileno(), length, start)
            if not part:
                raise KGError("a temporary file was cut short", where=self._where, remedy="try again")
            parts.append(part)
            start, length = start + len(part), length - len(part)
        return b"".join(parts)

    def close(self) -> None:
        self._file.close()

    def _failed(self, error: OSError) -> KGError:
        return KGError(
            f"no room for temporary files: {error.strerror}",
            where=self._where,
            remedy="free some, or set TMPDIR to a folder that has it",
        )
