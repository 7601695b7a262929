"""Plans of other kinds, read where they lie beside the checkout: who does what holds there too.

The gold in data/gold/more was made by readers who had the document and the guide, not the program.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.evaluate import read_gold, score
from kg.pipeline import build
from kg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT.parent / "shared" / "documents" / "more"
GOLD = sorted((ROOT / "data" / "gold" / "more").glob("*.json"))


@pytest.mark.parametrize("gold", GOLD, ids=lambda p: p.stem)
def test_structure_and_responsibilities_of_plans_of_other_kinds_are_read(gold: Path) -> None:
    document = DOCUMENTS / f"{gold.stem}.txt"
    if not document.exists():
        if os.environ.get("PLANKG_REQUIRE_SHARED") == "1":
            pytest.fail(f"{document.name} is required and absent")
        pytest.skip("the further documents are not beside the checkout")
    store = open_store()
    assert not build([document], store).failures
    scores = score(store, read_gold([gold]))
    for kind in ("plan", "plan.title", "action", "task", "task.action", "safeguard"):
        assert scores.row(kind).f1 == 1, (kind, scores.to_text("en", True))
    for kind in ("responsibility.agency", "responsibility.role", "responsibility.basis", "lead.effective"):
        assert scores.row(kind).f1 >= 0.99, (kind, scores.to_text("en", True))
    assert scores.row("agency.full_name").f1 >= 0.94
