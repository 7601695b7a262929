"""The five plans, built once."""

from __future__ import annotations

import pytest

from kg.pipeline import build
from kg.resources import folder
from kg.store import open_store
from kg.store.protocol import Store


@pytest.fixture(scope="session")
def five_plans() -> Store:
    store = open_store()
    build([folder("data/documents")], store)
    return store
