"""What a person types for a thing, and what is meant by it."""

from __future__ import annotations

import pytest

from kg.describe import Choice, Description, show
from kg.errors import EmptyError, UsageError
from kg.store import open_store
from kg.store.protocol import Store


def found(store: Store, reference: str) -> Description:
    shown = show(store, reference)
    assert isinstance(shown, Description), [c.short for c in shown.candidates]
    return shown


def choice(store: Store, reference: str) -> Choice:
    shown = show(store, reference)
    assert isinstance(shown, Choice), shown.iri
    return shown


def test_a_thing_is_found_by_its_iri_and_by_the_end_of_it(five_plans: Store, plans: dict[str, str]) -> None:
    local = plans["360102"] + "/2-3-9"
    iri = f"{five_plans.base}plan/{local}"
    for reference in (iri, f"<{iri}>", f"plan/{local}", local, f" {local} "):
        assert found(five_plans, reference).iri == iri
    assert found(five_plans, "agency/360102/human-resources").iri == five_plans.base + "agency/360102/human-resources"
    assert found(five_plans, "360102/human-resources").kind == "Agency"
    assert found(five_plans, "region/360102").kind == found(five_plans, "360102").kind == "Region"
    assert found(five_plans, "concept/crowd-group/farmers").iri == found(five_plans, "crowd-group/farmers").iri
    assert found(five_plans, "plan:Task").iri == "https://w3id.org/plankg/ontology#Task"


@pytest.mark.parametrize("number", ["9", "9.", "９．"])
def test_a_number_means_the_tasks_with_it_in_every_plan(five_plans: Store, number: str) -> None:
    candidates = choice(five_plans, number).candidates
    assert [c.kind_en for c in candidates] == ["task"] * 3
    assert len({c.plan for c in candidates}) == 3
    assert {c.heading for c in candidates} >= {"9. 对接“技能中国行动”"}


def test_a_bracketed_number_means_no_number_without_brackets(five_plans: Store, plans: dict[str, str]) -> None:
    bracketed = {c.short for c in choice(five_plans, "（二）").candidates}
    assert f"{plans['513300']}/1-2" in bracketed
    assert all(local.startswith(plans["513300"]) for local in bracketed)  # elsewhere (二) is an action or a section
    assert bracketed <= {c.short for c in choice(five_plans, "二").candidates}


def test_a_number_that_no_task_has_means_another_provision(five_plans: Store) -> None:
    assert found(five_plans, "专栏1").kind == "Action"
    assert {c.kind_en for c in choice(five_plans, "二、").candidates} == {"section", "action"}


def test_a_path_of_numbers_means_that_place_in_any_plan(five_plans: Store) -> None:
    assert found(five_plans, "2-3-9").heading == "9. 对接“技能中国行动”"


def test_document_and_index_numbers_are_found_whatever_their_brackets(five_plans: Store, plans: dict[str, str]) -> None:
    for reference in ("余政办发〔2018〕28号", "余政办发[2018]28号", "余政办发〔2018〕 28号", "002972698/2018-19122"):
        assert found(five_plans, reference).iri.endswith(plans["330281"])


def test_an_agency_is_found_by_its_short_name_and_by_its_full_name(five_plans: Store) -> None:
    assert found(five_plans, "区人社局").iri == found(five_plans, "南昌市东湖区人力资源和社会保障局").iri
    assert found(five_plans, "市文化广电新闻出版局〈旅游局〉").kind == "Agency"


def test_a_plan_is_found_by_a_part_of_its_title(five_plans: Store, plans: dict[str, str]) -> None:
    assert found(five_plans, "瓯海区科普").iri.endswith(plans["330304"])
    assert len(choice(five_plans, "全民科学素质").candidates) == 3


def test_a_task_is_found_by_a_part_of_its_title_and_a_group_by_its_name(five_plans: Store) -> None:
    assert found(five_plans, "技能中国行动").kind in ("Initiative", "Task")
    assert found(five_plans, "鼓励支持成立企业(园区)科协").kind == "Task"
    assert found(five_plans, "农民").kind == found(five_plans, "农牧民").kind == "CrowdGroup"


def test_several_meanings_are_listed_with_what_to_type(five_plans: Store) -> None:
    for candidate in choice(five_plans, "9").candidates:
        assert found(five_plans, candidate.short).iri == candidate.iri
    text = choice(five_plans, "9").to_text("zh")
    assert text.startswith("“9”可指下列 3 项:\n")
    assert "任务 9. 对接“技能中国行动”  《东湖区" in text
    assert "can mean 3 things" in choice(five_plans, "9").to_text("en")
    assert choice(five_plans, "9").as_json()["candidates"][0]["kindLabel"] == {"zh": "任务", "en": "task"}


def test_what_nothing_is_called_is_refused_with_the_nearest_names(five_plans: Store, plans: dict[str, str]) -> None:
    with pytest.raises(UsageError) as error:
        show(five_plans, "区科技局协")
    assert "区科协" in str(error.value)
    with pytest.raises(UsageError, match=plans["360102"]):
        show(five_plans, plans["360102"][:-1] + "x")
    with pytest.raises(UsageError, match="kg stats"):
        show(five_plans, "xyzzy plugh")
    with pytest.raises(UsageError, match="empty"):
        show(five_plans, "  ")
    with pytest.raises(UsageError, match="zh or en"):
        show(five_plans, "9", lang="de")


@pytest.mark.parametrize(
    "reference", ['a"b', "<>", "x y", "http://exa mple/", "\\", "{}", "://", "plan:NoSuchTerm", "9" * 200]
)
def test_strange_references_are_refused_in_words(five_plans: Store, reference: str) -> None:
    with pytest.raises(UsageError):
        show(five_plans, reference)


def test_an_empty_store_has_nothing_to_show() -> None:
    with pytest.raises(EmptyError):
        show(open_store(), "9")
