"""The accuracy cards of data/accuracy: no kind of fact may do worse than the card says, and the bars hold.

`KG_REGOLD=1` writes the cards anew; look at the difference before you keep it.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from kg.evaluate import Scores, card, read_gold, score
from kg.pipeline import build
from kg.store import open_store

ROOT = Path(__file__).resolve().parents[2]
CARDS = ROOT / "data" / "accuracy"
DOCUMENTS = {
    "five": ROOT / "data" / "documents",
    "more": ROOT.parent / "shared" / "documents" / "more",
    "invented": ROOT / "tests" / "golden" / "invented",
}
GOLD = {
    "five": ROOT / "data" / "gold",
    "more": ROOT / "data" / "gold" / "more",
    "invented": ROOT / "tests" / "golden" / "invented",
}
# What a reader of plans must reach on plans that it has not seen, all of them together.
BARS = {
    "action": 0.97,
    "task": 0.97,
    "task.title": 0.93,
    "responsibility.agency": 0.98,
    "responsibility.role": 0.96,
    "lead.effective": 0.96,
    "target.amount": 0.92,
    "target.all": 0.85,
    "plan metadata": 0.97,
}


@cache
def measured(corpus: str) -> Scores:
    """The scores of a corpus built into one store."""
    documents = DOCUMENTS[corpus]
    if not documents.is_dir():
        if os.environ.get("PLANKG_REQUIRE_SHARED") == "1":
            pytest.fail(f"{documents} is required and absent")
        pytest.skip("the further documents are not beside the checkout")
    gold = sorted(GOLD[corpus].glob("*.json"))
    files = [next(f for f in documents.glob(f"{g.stem}.*") if f.suffix in (".txt", ".html")) for g in gold]
    store = open_store()
    report = build(files, store)
    assert not report.failures
    return score(store, read_gold(gold))


@pytest.mark.parametrize("corpus", DOCUMENTS)
def test_no_kind_of_fact_does_worse_than_its_card_says(corpus: str) -> None:
    file = CARDS / f"{corpus}.json"
    scores = measured(corpus)
    if os.environ.get("KG_REGOLD") == "1":
        card.save(scores, file)
    losses = [change for change in card.changes(scores, card.read_card(file)) if change.is_loss]
    assert not losses, card.changes_text(tuple(losses))


@pytest.mark.parametrize("corpus", DOCUMENTS)
@pytest.mark.parametrize("kind", BARS)
def test_the_bars_hold(corpus: str, kind: str) -> None:
    row = {r.kind: r for r in card.with_totals(measured(corpus))}[kind]
    assert row.f1 >= BARS[kind], [d for d in measured(corpus).differences if d.kind == kind]


def _table() -> str:
    """The README's card: F1 of the kinds that have a bar, and of those that have none."""
    rows = {c: {r.kind: r for r in card.with_totals_of(card.read_card(CARDS / f"{c}.json"))} for c in DOCUMENTS}
    kinds = [*BARS, "target.indicator", "crowd_group", "agency.full_name", "safeguard"]
    lines = ["| fact | " + " | ".join(DOCUMENTS) + " | bar |", "|---|" + "---|" * (len(DOCUMENTS) + 1)]
    for kind in kinds:
        figures = " | ".join(f"{rows[c][kind].f1:.3f}" for c in DOCUMENTS)
        lines.append(f"| {kind} | {figures} | {BARS.get(kind, '')} |")
    return "\n".join(lines)


def test_the_readme_shows_the_cards() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    start, end = text.index("<!-- accuracy -->\n"), text.index("<!-- /accuracy -->")
    table = f"<!-- accuracy -->\n{_table()}\n"
    if os.environ.get("KG_REGOLD") == "1":
        readme.write_text(text[:start] + table + text[end:], encoding="utf-8")
    assert readme.read_text(encoding="utf-8")[start:].startswith(table)


def test_a_card_names_its_documents() -> None:
    for corpus, gold in GOLD.items():
        stored = card.read_card(CARDS / f"{corpus}.json")
        assert stored["documents"] == sorted(g.stem for g in gold.glob("*.json"))
