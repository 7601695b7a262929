"""Who the bodies of the responsibility lists are: data/gold/agencies.csv against the graph, all plans in one store."""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kg.pipeline import build
from kg.store import open_store
from kg.store.protocol import Store

ROOT = Path(__file__).resolve().parents[2]
FIVE, MORE = ROOT / "data" / "documents", ROOT.parent / "shared" / "documents" / "more"
NAME_BAR, TYPE_BAR = 0.95, 0.98


@dataclass(frozen=True)
class Form:
    """A surface form of one plan as readers judged it, and the node that the graph has for it."""

    plan: str
    surface: str
    types: frozenset[str]
    names: frozenset[str]  # full names that count; none where readers were unsure
    node: str | None
    found_types: frozenset[str]
    found_name: str


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("〈", "(").replace("〉", ")")


@cache
def store_of(corpus: str) -> Store:
    folders = [FIVE] if corpus == "five" else [FIVE, MORE]
    if not all(folder.is_dir() for folder in folders):
        if os.environ.get("PLANKG_REQUIRE_SHARED") == "1":
            pytest.fail(f"{MORE} is required and absent")
        pytest.skip("the further documents are not beside the checkout")
    store = open_store()
    build([file for folder in folders for file in sorted(folder.iterdir()) if file.suffix in (".txt", ".html")], store)
    return store


@cache
def forms(corpus: str) -> tuple[Form, ...]:
    store = store_of(corpus)
    nodes: dict[tuple[str, str], str] = {}
    for row in store.query(
        "SELECT DISTINCT ?file ?text ?agency WHERE { ?plan plan:sourceFile/plan:fileName ?file . ?part plan:inPlan ?plan ; "
        "plan:responsibility ?duty . ?duty plan:agencyText ?text ; plan:agency ?agency }"
    ):
        nodes[Path(row["file"].value).stem, squeeze(row["text"].value)] = row["agency"].value
    types: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for row in store.query(
        'SELECT ?agency ?name ?kind WHERE { ?agency a plan:Agency ; skos:prefLabel ?name FILTER(LANG(?name) = "zh") '
        "OPTIONAL { ?agency plan:agencyType/skos:notation ?kind } }"
    ):
        names[row["agency"].value] = row["name"].value
        if row["kind"] is not None:
            types[row["agency"].value].add(row["kind"].value)
    built = {stem for stem, _ in nodes}
    with (ROOT / "data" / "gold" / "agencies.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["plan"] in built]
    found = []
    for row in rows:
        node = nodes.get((row["plan"], squeeze(row["surface"])))
        full = {squeeze(name) for name in (row["full_name"], *row["full_name_also"].split("|")) if name}
        found.append(
            Form(
                row["plan"],
                row["surface"],
                frozenset(row["types"].split("+")),
                frozenset(full),
                node,
                frozenset(types.get(node or "", ())),
                squeeze(names.get(node or "", "")),
            )
        )
    return tuple(found)


@pytest.mark.parametrize("corpus", ["five", "all"])
def test_full_names_are_right(corpus: str) -> None:
    judged = [form for form in forms(corpus) if form.names]
    wrong = [
        (form.plan, form.surface, form.found_name, sorted(form.names))
        for form in judged
        if form.found_name not in form.names
    ]
    assert len(judged) >= {"five": 69, "all": 430}[corpus]
    assert 1 - len(wrong) / len(judged) >= NAME_BAR, wrong


@pytest.mark.parametrize("corpus", ["five", "all"])
def test_types_are_right(corpus: str) -> None:
    wrong = [
        (form.plan, form.surface, sorted(form.found_types), sorted(form.types))
        for form in forms(corpus)
        if form.types != form.found_types
    ]
    assert 1 - len(wrong) / len(forms(corpus)) >= TYPE_BAR, wrong


@pytest.mark.parametrize("corpus", ["five", "all"])
def test_a_node_has_one_name_and_a_name_one_node(corpus: str) -> None:
    names: dict[str, set[str]] = defaultdict(set)
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in store_of(corpus).query(
        'SELECT ?agency ?name WHERE { ?agency a plan:Agency ; skos:prefLabel ?name FILTER(LANG(?name) = "zh") }'
    ):
        names[row["agency"].value].add(row["name"].value)
        if "/all-" not in row["agency"].value:  # 各成员单位 is another group in each area
            bearers[row["name"].value].add(row["agency"].value)
    assert {node: found for node, found in names.items() if len(found) > 1} == {}
    assert {name: found for name, found in bearers.items() if len(found) > 1} == {}


@pytest.mark.parametrize("corpus", ["five", "all"])
def test_no_two_nodes_for_one_body_and_no_node_for_two(corpus: str) -> None:
    """By the names that readers gave: forms that share one are one node, forms of one node share one."""
    nodes: dict[str, set[str]] = defaultdict(set)
    read: dict[str, list[Form]] = defaultdict(list)
    for form in forms(corpus):
        if form.names and form.node:
            read[form.node].append(form)
            for name in form.names:
                nodes[name].add(form.node)
    assert {name: found for name, found in nodes.items() if len(found) > 1} == {}
    two = [(a.surface, b.surface) for group in read.values() for a in group for b in group if not a.names & b.names]
    assert two == []
