"""The five plans in a store, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store import open_store
from kg.store.protocol import Store

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def five_plans() -> Store:
    store = open_store()
    report = build([ROOT / "data" / "documents"], store)
    assert not report.failures
    return store


@pytest.fixture(scope="session")
def plans(five_plans: Store) -> dict[str, str]:
    """The last part of each plan's IRI, by the code of its area."""
    rows = five_plans.query("SELECT ?plan { ?plan a <https://w3id.org/plankg/ontology#Plan> }")
    found = [row["plan"].value.rsplit("/", 1)[-1] for row in rows]
    return {local.split("-")[0]: local for local in found}
