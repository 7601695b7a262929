"""The scheme of kinds of bodies: whole, consistent, each word with one owner."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import resources
from kg.agency_types import agency_types, lexicon, office, read_types
from kg.errors import QueryError


def test_the_scheme_holds_at_least_120_kinds_from_ministries_to_townships() -> None:
    types = agency_types()
    assert len(types) >= 120
    assert {
        "science-association",
        "human-resources",
        "publicity",
        "township-government",
        "subdistrict-office",
        "customs",
    } <= set(types)


def test_every_kind_has_both_labels_and_an_ascii_notation() -> None:
    for kind in agency_types().values():
        assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", kind.notation)
        assert kind.zh
        assert kind.en.isascii()
        assert kind.en


def test_every_body_kind_is_a_concept() -> None:
    text = resources.path("ontology/concepts/body-kind.ttl").read_text("utf-8")
    for kind in agency_types().values():
        assert f'skos:notation "{kind.body_kind}"' in text, kind.notation


def test_a_merged_office_is_named_by_the_kinds_that_it_joins() -> None:
    types = agency_types()
    merged = [kind for kind in types.values() if kind.components]
    assert merged
    for kind in merged:
        assert kind.notation == "-".join(kind.components)
        assert set(kind.components) <= set(types)


def test_a_word_with_two_owners_is_refused_and_both_are_named(tmp_path: Path) -> None:
    scheme = tmp_path / "agency-type.ttl"
    concept = '<https://w3id.org/plankg/concept/agency-type/{0}> skos:notation "{0}" ; skos:prefLabel "{1}"@zh, "x"@en ; skos:altLabel "科协"@zh .\n'
    scheme.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        + concept.format("one", "甲")
        + concept.format("two", "乙"),
        "utf-8",
    )
    with pytest.raises(QueryError, match=r"科协.*one.*two"):
        read_types(scheme)


def test_broken_turtle_is_refused_with_its_place(tmp_path: Path) -> None:
    scheme = tmp_path / "agency-type.ttl"
    scheme.write_text("<a> <b>", "utf-8")
    with pytest.raises(QueryError, match=r"agency-type\.ttl"):
        read_types(scheme)


@pytest.mark.parametrize(
    ("body", "formal", "types"),
    [
        ("人社局", "人力资源和社会保障局", ["human-resources"]),
        ("人社厅", "人力资源和社会保障厅", ["human-resources"]),
        ("水务局", "水务局", ["water"]),
        ("水利局", "水利局", ["water"]),
        ("教体局", "教育体育局", ["education", "sports"]),
        ("教科体局", "教育科技体育局", ["education", "science-technology", "sports"]),
        ("文广新旅局", "文化广电新闻出版旅游局", ["broadcasting", "culture", "press", "tourism"]),
        ("文化广电新闻出版局", "文化广电新闻出版局", ["broadcasting", "culture", "press"]),
        ("文体旅局", "文化体育旅游局", ["culture", "sports", "tourism"]),
        ("科工信局", "科学技术工业和信息化局", ["industry-information", "science-technology"]),
        ("农水局", "农业农村水利局", ["agriculture-rural", "water"]),
        ("科委", "科学技术委员会", ["science-technology"]),
        ("教委", "教育委员会", ["education"]),
        ("规自局", "规划和自然资源局", ["natural-resources", "planning"]),
        ("自规局", "自然资源和规划局", ["natural-resources", "planning"]),
        ("科经局", "科学技术和经济信息化局", ["economy-information", "science-technology"]),
        ("科工局", "科学技术和工业信息化局", ["industry-information", "science-technology"]),
        ("党史和地方志研究室", "党史和地方志研究室", ["local-chronicles", "party-history"]),
        ("经发局", "经济发展局", ["economic-development"]),
        ("营商局", "营商环境建设局", ["business-environment"]),
        ("科创委", "科技创新委员会", ["science-technology"]),
        ("中医管理局", "中医药管理局", ["traditional-medicine"]),
        ("老促会", "老区建设促进会", ["old-area-promotion"]),
        ("农广校", "农业广播电视学校", ["farmers-radio-school"]),
        ("银保监分局", "监管分局", ["banking-insurance-regulator"]),
    ],
)
def test_a_body_is_read_into_its_official_words_and_kinds(body: str, formal: str, types: list[str]) -> None:
    found = office(body)
    assert found is not None
    kind, words, merged = found
    assert words == formal
    assert list(merged or kind.components or (kind.notation,)) == types


def test_no_stem_is_taken_from_two_kinds() -> None:
    for stem, kind in lexicon().stems.items():
        owners = {other.notation for other in agency_types().values() if stem in other.stems}
        assert owners <= {kind.notation}
