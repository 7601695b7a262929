"""The plans that ship with the project, as they were read."""

from __future__ import annotations

import pytest

from kg import resources
from kg.model import Source
from kg.read import find_files, read_file


@pytest.fixture(scope="session")
def plans() -> list[Source]:
    return [read_file(p) for p in find_files([resources.folder("data/documents")])]
