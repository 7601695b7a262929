"""Facts in one cell, and back."""

from __future__ import annotations

import pytest

from kg.lexicon import scheme
from kg.sheet import KINDS, fact_name, kind_of, plain, read_fields, write_fields


def test_every_kind_of_fact_has_a_concept_and_fields_and_every_concept_a_kind() -> None:
    assert {c.notation for c in scheme("fact-kind")} == set(KINDS)
    for concept in scheme("fact-kind"):
        for word in (concept.notation, concept.zh, concept.en, *concept.aliases):
            assert kind_of(word) == concept.notation


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_written_names_every_field_and_is_read_again(kind: str, lang: str) -> None:
    values = {field.name: "甲乙" for field in KINDS[kind] if field.form == "text"}
    cell = write_fields(kind, values, lang)
    if values:
        assert read_fields(kind, cell) == values


@pytest.mark.parametrize(
    ("kind", "cell", "fields"),
    [
        ("responsibility", "区科协", {"agency": "区科协"}),
        ("responsibility", "单位=区科协;角色=牵头", {"agency": "区科协", "role": "牵头"}),
        ("responsibility", "角色＝配合", {"role": "配合"}),
        ("responsibility", "BODY=区科协; Role = lead", {"agency": "区科协", "role": "lead"}),
        ("target", "20", {"value": "20"}),
        ("target", "数值=20\n期限=2025-06", {"value": "20", "deadline": "2025-06"}),
        ("target", "指标=甲;乙; 数值=3", {"indicator": "甲;乙", "value": "3"}),
        ("title", "甲;乙=丙", {"value": "甲;乙=丙"}),
        ("title", "  ", {}),
    ],
)
def test_a_cell_gives_its_fields(kind: str, cell: str, fields: dict[str, str]) -> None:
    assert read_fields(kind, cell) == fields


@pytest.mark.parametrize(("cell", "says"), [("角色=牵头; 角色=配合", "twice"), ("区科协; 角色=配合", "stands before")])
def test_a_cell_that_says_too_much_is_refused(cell: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_fields("responsibility", cell)


def test_a_fact_is_named_by_its_words_and_by_place_only_among_equals() -> None:
    assert fact_name("2-3", "target", "培训 1.5万人次") == fact_name("2-3", "target", "培训１．５万人次")
    assert fact_name("2-3", "target", "甲", 2) == fact_name("2-3", "target", "甲") + "-2"
    assert len({fact_name("2-3", kind, "甲") for kind in KINDS}) == len(KINDS)
    assert plain(" 2021—2025 ") == "2021-2025"
