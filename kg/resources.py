"""Where the project's data files are: in the checkout, or inside the installed wheel."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.errors import InputError

_FOLDERS = ("ontology", "shapes", "queries", "data")


@lru_cache(maxsize=1)
def root() -> Path:
    """The folder that holds ontology/, shapes/, queries/ and data/.

    The wheel carries them in `kg/_data`; in a checkout they lie beside the package.
    """
    package = Path(__file__).resolve().parent
    packed = package / "_data"
    return packed if packed.is_dir() else package.parent


def path(relative: str) -> Path:
    """The full path of one of the project's data files.

    >>> path("ontology/plan.ttl").name
    'plan.ttl'

    Raises `InputError` where the installation lacks it.
    """
    found = root() / relative
    if relative.split("/", 1)[0] not in _FOLDERS or not found.exists():
        raise InputError("a file of the installation is missing", where=str(found), remedy="install plankg again")
    return found


def folder(relative: str) -> Path:
    """The full path of one of the project's data folders; see `path`."""
    return path(relative)
