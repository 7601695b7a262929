"""A record's names resolved: each form an entity, candidates or a finding."""

from __future__ import annotations

import hashlib

from kg.model import PlanRecord, Provision, Responsibility, Source, Span, Stated
from kg.resolve import resolve

SPAN = Span(0, 1)


def record_of(issuer: str, title: str, *lists: tuple[str | tuple[str, str], ...], text: str = "") -> PlanRecord:
    source = Source(text, hashlib.sha256(text.encode()).hexdigest(), "", "plan.txt", "text/plain", "utf-8")
    provisions = []
    for number, names in enumerate(lists, 1):
        duties = []
        for place, name in enumerate(names, 1):
            written, full = (name, None) if isinstance(name, str) else name
            duties.append(Responsibility(written, "agency", "Joint", "Stated", place, (SPAN,), SPAN, full_text=full))
        provisions.append(
            Provision(str(number), "Task", f"{number}.", number, "", None, "", (SPAN,), None, None, tuple(duties))
        )
    return PlanRecord(
        source,
        Stated(title, (SPAN,), "title"),
        "实施方案",
        (Stated(issuer, (SPAN,), "issuer"),),
        provisions=tuple(provisions),
    )


def test_every_form_has_its_body_and_the_regions_reach_up_to_the_nation() -> None:
    result = resolve(record_of("东湖区人民政府", "东湖区实施方案", ("区科协", "区人社局"), ("市科协", "教育部")))
    assert result.region is not None
    assert result.region.code == "360102"
    assert {text: entity.name for text, entity in result.agencies.items()} == {
        "东湖区人民政府": "南昌市东湖区人民政府",
        "区科协": "南昌市东湖区科学技术协会",
        "区人社局": "南昌市东湖区人力资源和社会保障局",
        "市科协": "南昌市科学技术协会",
        "教育部": "教育部",
    }
    assert [region.code for region in result.regions] == ["100000", "360000", "360100", "360102"]
    assert result.findings == ()


def test_an_elided_first_part_is_taken_from_the_full_text() -> None:
    result = resolve(record_of("余姚市人民政府", "余姚市实施方案", ("省发展改革委", ("财政厅", "省财政厅"))))
    assert result.agencies["财政厅"].name == "浙江省财政厅"
    assert result.agencies["省财政厅"] == result.agencies["财政厅"]


def test_one_body_has_one_name_in_a_plan() -> None:
    result = resolve(record_of("余姚市人民政府", "余姚市实施方案", ("市发改委", "市发展和改革局")))
    assert result.agencies["市发改委"] is result.agencies["市发展和改革局"]


def test_a_fragment_has_candidates_from_elsewhere_in_the_plan_and_no_body() -> None:
    result = resolve(
        record_of(
            "甘孜藏族自治州人民政府办公室",
            "甘孜州责任分工方案",
            ("州科协", "委", "州发展改革委"),
            ("州卫生健康委", "州民政局"),
        )
    )
    assert "委" not in result.agencies
    assert [entity.name for entity in result.candidates["委"]] == ["甘孜藏族自治州卫生健康委员会"]


def test_an_unknown_body_is_found_odd_and_keeps_a_node() -> None:
    result = resolve(record_of("余姚市人民政府", "余姚市实施方案", ("市科协", "市甲乙局")))
    assert [(finding.code, finding.about, finding.original) for finding in result.findings] == [
        ("unresolved-agency", "1/responsibility/2", "市甲乙局")
    ]
    assert result.agencies["市甲乙局"].name == "余姚市甲乙局"


def test_an_area_that_stays_open_is_a_finding_and_breaks_nothing() -> None:
    result = resolve(record_of("某某开发区管委会", "实施方案", ("科协", "各成员单位")))
    assert result.region is None
    assert "unresolved-region" in {finding.code for finding in result.findings}
    assert result.agencies["各成员单位"].kind == "collective"


def test_an_empty_record_resolves_to_nothing() -> None:
    result = resolve(record_of("", "", ()))
    assert result.region is None
    assert result.regions == ()
