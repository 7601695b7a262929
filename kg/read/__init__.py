"""Bytes → `Source`: a file per format.

Guaranteed afterwards: `text` is what all offsets refer to, decoded, without byte order mark,
with line ends as a single line feed; `text_sha256` is the digest of exactly that text.
"""

from kg.read.files import find_files, read_bytes, read_file

__all__ = ["find_files", "read_bytes", "read_file"]
