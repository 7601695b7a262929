"""Bytes → `Source`: a file per format.

Guaranteed afterwards: `text` is what all offsets refer to, decoded, without byte order mark,
with line ends as a single line feed; `text_sha256` is the digest of exactly that text.
"""

from kg.read.archive import Listing, Member
from kg.read.files import find_files, read_bounded, read_bytes, read_file, survey
from kg.read.limits import Limits

__all__ = ["Limits", "Listing", "Member", "find_files", "read_bounded", "read_bytes", "read_file", "survey"]
