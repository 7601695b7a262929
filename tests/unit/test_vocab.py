"""kg.vocab: the checked list of terms, and what an import of it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg import vocab


def test_a_term_of_the_ontology_becomes_its_iri():
    assert vocab.plan("leadAgency") == "https://w3id.org/plankg/ontology#leadAgency"


@pytest.mark.parametrize(
    "name", ["leadagency", "LeadAgency", "", "leadAgency ", "https://w3id.org/plankg/ontology#leadAgency"]
)
def test_a_misspelt_term_is_refused_by_name(name):
    with pytest.raises(ValueError, match="has no term") as fault:
        vocab.plan(name)
    assert repr(name) in str(fault.value)


def test_classes_properties_and_individuals_share_no_name():
    groups = (
        vocab.CLASSES,
        vocab.OBJECT_PROPERTIES,
        vocab.DATA_PROPERTIES,
        vocab.ANNOTATION_PROPERTIES,
        vocab.INDIVIDUALS,
    )
    assert sum(map(len, groups)) == len(vocab.TERMS)


def test_a_concept_lies_below_its_scheme():
    assert vocab.concept("level", "county") == vocab.scheme("level") + "/county"


@pytest.mark.parametrize("slug", ["", "县", "a b", "a/b", "a#b", "a>b", "é"])
def test_a_slug_that_would_not_make_a_readable_iri_is_refused(slug):
    with pytest.raises(ValueError, match="slug"):
        vocab.concept("level", slug)


def test_an_unknown_scheme_is_refused():
    with pytest.raises(ValueError, match="no concept scheme 'colour'"):
        vocab.concept("colour", "red")


def test_prefixes_start_with_ours_and_go_on_in_the_order_of_their_names():
    names = list(vocab.PREFIXES)
    assert names[:2] == ["plan", "concept"]
    assert names[2:] == sorted(names[2:])


def test_no_two_prefixes_name_one_namespace():
    assert len(set(vocab.PREFIXES.values())) == len(vocab.PREFIXES)


def test_every_namespace_ends_so_that_a_local_name_can_follow():
    assert [iri for iri in vocab.PREFIXES.values() if not iri.endswith(("#", "/"))] == []


def test_every_term_of_another_vocabulary_lies_in_a_namespace_with_a_prefix():
    iris = {
        name: value
        for name, value in vars(vocab).items()
        if name.isupper() and isinstance(value, str) and not name.endswith(("_GRAPH", "_IRI", "_BASE"))
    }
    spaces = (*vocab.PREFIXES.values(), vocab.SH)  # SHACL is spoken by reports and published queries, not by the data
    assert {name: iri for name, iri in iris.items() if not iri.startswith(spaces)} == {}


def test_the_names_of_the_graphs_differ():
    assert len({vocab.INFERRED_GRAPH, vocab.ONTOLOGY_GRAPH, vocab.CONCEPT_GRAPH}) == 3


def test_importing_it_imports_nothing_else_of_weight():
    code = "import sys; before = set(sys.modules); import kg.vocab; print(*sorted(set(sys.modules) - before))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(out) <= {"kg", "kg.vocab", "__future__"}
