"""Reports on the five plans, and on invented ones whose every word is hostile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.pipeline import build
from kg.store import open_store
from kg.validate import validate
from kg.validate.report import Report

DOCUMENTS = sorted((Path(__file__).resolve().parents[3] / "data" / "documents").glob("*.txt"))
PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix plan: <https://w3id.org/plankg/ontology#> .
@prefix : <https://example.org/id/plan/> .
"""


def graph(title: str, body: str, agency: str, file: str = "plan.txt") -> list[ox.Triple]:
    """A plan with a title, a task of one sentence that a collective must do, and its issuer, made of any words."""
    sentence = f"{body}。({agency}按职责分工负责)"
    statement = sentence[len(body) + 1 :]

    def term(text: str) -> str:
        return str(ox.Literal(text))

    text = f"""{PREFIXES}
:p a plan:Plan ; dcterms:title {term(title)} ; dcterms:publisher :g ; plan:sourceFile :s .
:g a plan:Agency ; skos:prefLabel {term(agency)} .
<https://example.org/id/plan/p/1> a plan:Task ; plan:inPlan :p ; plan:number "1." ; plan:ordinal 1 ;
  dcterms:title {term(body)} ; plan:text {term(sentence)} ; plan:evidence :e ; plan:responsibility :r .
:r a plan:Responsibility ; plan:agencyText {term(agency)} ; plan:evidence :er .
:e a plan:Passage ; oa:start 0 ; oa:end {len(sentence)} ; oa:exact {term(sentence)} ; prov:wasQuotedFrom :s .
:er a plan:Passage ; oa:start {len(body) + 1} ; oa:end {len(sentence)} ; oa:exact {term(statement)} ; prov:wasQuotedFrom :s .
:s a plan:SourceFile ; plan:fileName {term(file)} ; plan:mediaType "text/plain" ; plan:sourceText {term(sentence)} .
"""
    return list(ox.parse(text, format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="session")
def five() -> Report:
    """The report on the five plans."""
    store = open_store()
    assert not build(DOCUMENTS, store).failures
    return validate(store)


@pytest.fixture(scope="session")
def drafted() -> Callable[[str, str], Report]:
    """The report on the text of one plan, in a file of a name."""

    def check(text: str, name: str = "draft.txt") -> Report:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / name
            file.write_text(text, "utf-8")
            store = open_store()
            assert not build([file], store).failures
            return validate(store)

    return check
