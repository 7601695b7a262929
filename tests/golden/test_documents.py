"""Which cited titles are one document: all citations of all plans, against what careful reading says (data/gold/documents.csv)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import resources
from kg.pipeline import read_plan
from kg.read import read_file
from kg.vocab import plan as term

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (
    ROOT / "data" / "documents",
    ROOT / "tests" / "golden" / "invented",
    ROOT.parent / "shared" / "documents" / "more",
)
GOLD = resources.path("data/gold/documents.csv")


def rows() -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PLANS = sorted({row["plan"] for row in rows()})


def file_of(plan: str) -> Path | None:
    return next((f for folder in FOLDERS for s in (".txt", ".html") if (f := folder / (plan + s)).exists()), None)


def citations(file: Path) -> Iterator[tuple[str, str, str]]:
    """Cited title, cited number and document of each citation of a plan, in reading order."""
    plan = read_plan(read_file(file))
    said: dict[str, dict[str, str]] = {}
    for triple in plan.triples:
        if "/citation/" in triple.subject.value and "/statement/" not in triple.subject.value:
            said.setdefault(triple.subject.value, {})[triple.predicate.value] = triple.object.value  # type: ignore[union-attr]
    for _, facts in sorted(said.items(), key=lambda each: int(each[0].rpartition("/")[2])):
        yield facts[term("citedTitle")], facts.get(term("citedNumber"), ""), facts[term("document")]


@pytest.fixture(scope="module")
def found() -> dict[str, list[tuple[str, str, str]]]:
    return {plan: list(citations(file)) for plan in PLANS if (file := file_of(plan))}


def test_every_citation_is_found_and_no_other(found: dict[str, list[tuple[str, str, str]]]) -> None:
    assert len(found) >= 12
    for plan, cited in found.items():
        want = [(row["cited_title"], row["cited_number"]) for row in rows() if row["plan"] == plan]
        assert [(title, number) for title, number, _ in cited] == want, plan


def test_one_document_is_one_node_and_one_node_is_one_document(found: dict[str, list[tuple[str, str, str]]]) -> None:
    nodes: dict[str, set[str]] = {}
    documents: dict[str, set[str]] = {}
    for plan, cited in found.items():
        want = [row["document"] for row in rows() if row["plan"] == plan]
        for (_, _, node), document in zip(cited, want, strict=True):
            nodes.setdefault(document, set()).add(node)
            documents.setdefault(node, set()).add(document)
    assert {document: len(of) for document, of in nodes.items() if len(of) != 1} == {}
    assert {node: sorted(of) for node, of in documents.items() if len(of) != 1} == {}
