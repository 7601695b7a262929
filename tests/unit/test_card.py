"""The accuracy card: kept, compared, and what counts as a loss."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import card
from kg.evaluate.tally import Scores, Tally


def scores(right: int, *, document: str = "a.json") -> Scores:
    tally = Tally()
    gold = list(range(10))
    tally.compare("task", document, gold[:right], gold, lambda fact: "numbering: 1." if fact != 3 else None)
    tally.compare("plan.title", document, ["x"], ["x"])
    tally.compare("plan.issuer", document, [], ["y"])
    return tally.scores()


def kept(tmp_path: Path, run: Scores) -> dict[str, object]:
    file = tmp_path / "card.json"
    card.save(run, file)
    return card.read_card(file)


def test_a_card_holds_counts_of_every_kind_and_of_all_metadata_together(tmp_path: Path) -> None:
    saved = kept(tmp_path, scores(8))
    assert saved["rows"] == {
        "task": [8, 8, 10],
        "plan.title": [1, 1, 1],
        "plan.issuer": [0, 0, 1],
        "plan metadata": [1, 1, 2],
    }
    assert saved["conventions"] == {"numbering: 1.": {"task": [7, 7, 9]}}


def test_a_run_that_does_as_the_card_says_has_no_change(tmp_path: Path) -> None:
    assert card.changes(scores(8), kept(tmp_path, scores(8))) == ()


def test_less_is_a_loss_and_more_a_gain(tmp_path: Path) -> None:
    saved = kept(tmp_path, scores(8))
    (worse,) = card.changes(scores(7), saved)
    (better,) = card.changes(scores(9), saved)
    assert worse.is_loss
    assert not better.is_loss
    assert card.changes_text((worse,)).startswith("loss  task")
    assert "进步" in card.changes_text((better,), "zh")


def test_a_kind_that_is_gone_is_a_loss(tmp_path: Path) -> None:
    saved = kept(tmp_path, scores(8))
    (change,) = card.changes(Scores(scores(8).rows[1:], (), {}, ("a.json",)), saved)
    assert change.kind == "task"
    assert change.is_loss


def test_a_card_of_other_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="other documents: a.json"):
        card.changes(scores(8, document="b.json"), kept(tmp_path, scores(8)))


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"format": 1, "rows": {"task": ["a", 1, 2]}})])
def test_what_is_no_card_is_refused_by_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "card.json"
    file.write_text(text)
    with pytest.raises(InputError, match="card.json"):
        card.read_card(file)


def test_a_card_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        card.save(scores(8), tmp_path / "missing" / "card.json")
    assert list(tmp_path.iterdir()) == []
