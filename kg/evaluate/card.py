"""The accuracy card: the scores of a run kept as a file, and what a later run gained or lost against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate.tally import Row, Scores, padded

_FORMAT = 1
_LOSS = 0.0005  # of F1: less is the rounding of a share


@dataclass(frozen=True, slots=True)
class Change:
    """How one kind of fact did before and now."""

    kind: str
    before: Row
    now: Row

    @property
    def gain(self) -> float:
        """Of F1; negative: a loss."""
        return round(self.now.f1 - self.before.f1, 4)

    @property
    def is_loss(self) -> bool:
        return self.gain < -_LOSS


def with_totals(scores: Scores) -> tuple[Row, ...]:
    """The rows, and one for all metadata of the plans together."""
    metadata = [row for row in scores.rows if row.kind.startswith("plan.")]
    if not metadata:
        return scores.rows
    total = Row(
        "plan metadata", sum(r.right for r in metadata), sum(r.graph for r in metadata), sum(r.gold for r in metadata)
    )
    return (*scores.rows, total)


def to_json(scores: Scores) -> str:
    """The card as a file: counts only, so that it reads the same whatever way shares are rounded."""

    def counts(rows: tuple[Row, ...]) -> dict[str, list[int]]:
        return {row.kind: [row.right, row.graph, row.gold] for row in rows}

    card = {
        "format": _FORMAT,
        "documents": list(scores.documents),
        "rows": counts(with_totals(scores)),
        "conventions": {name: counts(rows) for name, rows in scores.conventions.items()},
    }
    return json.dumps(card, ensure_ascii=False, indent=1) + "\n"


def save(scores: Scores, path: str | Path) -> None:
    """Write the card to a file, which is replaced at once, when the new one is complete.

    Raises `InputError` where it cannot be written.
    """
    whole = Path(path).with_name(Path(path).name + ".part")
    try:
        whole.write_text(to_json(scores), encoding="utf-8")
        whole.replace(path)
    except OSError as error:
        whole.unlink(missing_ok=True)
        raise InputError(
            f"cannot be written: {error.strerror}", where=str(path), remedy="check the folder and its permissions"
        ) from error


def read_card(path: str | Path) -> dict[str, Any]:
    """A card that was saved.

    Raises `InputError` where it cannot be read or is none.
    """
    try:
        card = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path), remedy="check the path") from error
    except ValueError as error:
        raise InputError(f"not JSON ({error})", where=str(path), remedy="write it anew with kg score --save") from error
    rows = card.get("rows") if isinstance(card, dict) else None
    if (
        not isinstance(rows, dict)
        or card.get("format") != _FORMAT
        or not all(isinstance(c, list) and len(c) == 3 and all(isinstance(n, int) for n in c) for c in rows.values())
    ):
        raise InputError("no accuracy card", where=str(path), remedy="write it anew with kg score --save")
    return card


def with_totals_of(card: dict[str, Any]) -> tuple[Row, ...]:
    """The rows of a card that was saved."""
    return tuple(Row(kind, *counts) for kind, counts in card["rows"].items())


def changes(scores: Scores, card: dict[str, Any]) -> tuple[Change, ...]:
    """Every kind of fact whose F1 is not what the card says; a kind that is gone counts as nothing found.

    Raises `InputError` where the card was made of other documents.
    """
    if card.get("documents") != list(scores.documents):
        raise InputError(
            "the card was made of other documents: " + ", ".join(card.get("documents") or ["none"]),
            remedy="score the same gold files, or save a card for these",
        )
    now = {row.kind: row for row in with_totals(scores)}
    found = []
    for kind, (right, graph, gold) in card["rows"].items():
        change = Change(kind, Row(kind, right, graph, gold), now.get(kind, Row(kind, 0, 0, gold)))
        if abs(change.gain) > _LOSS:
            found.append(change)
    return tuple(found)


def changes_text(found: tuple[Change, ...], lang: str = "en") -> str:
    """The changes, losses first."""
    words = {
        "en": ("no gain and no loss against the card", "loss", "gain"),
        "zh": ("与成绩单相比无增无减", "退步", "进步"),
    }[lang]
    if not found:
        return words[0] + "\n"
    lines = [
        f"{words[1] if c.is_loss else words[2]}  {c.kind:24}{c.before.f1:8.3f} → {c.now.f1:.3f}  ({c.gain:+.3f})"
        for c in sorted(found, key=lambda c: (c.gain, c.kind))
    ]
    return "\n".join(lines) + "\n"


def conventions_text(scores: Scores) -> str:
    """For each way of writing, how its facts did."""
    lines = []
    for name, rows in scores.conventions.items():
        for row in rows:
            lines.append(
                f"{padded(name, 38)}{row.kind:24}{row.precision:8.3f}{row.recall:8.3f}{row.f1:8.3f}"
                f"   {row.right}/{row.graph}/{row.gold}"
            )
    return "\n".join(lines) + "\n"
