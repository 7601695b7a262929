"""The only room that mints IRIs: what the names are made of, and what a record says as triples."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest

from kg import vocab
from kg.cited_titles import core_title
from kg.extract import extract
from kg.graph import PlanGraph, build_graph, identity_hash, last_day, plan_id
from kg.model import Finding, PlanRecord, Resolution, Span, Stated
from kg.outline import outline
from kg.read import read_bytes
from kg.resolve import resolve

PAGE = (
    "索引号: A000/2020-123\n南昌市人民政府办公室关于印发南昌市2020年科普工作要点的通知\n洪府办发〔2020〕3号\n各县区人民政府:\n"
    "《南昌市2020年科普工作要点》已经市政府同意,现印发给你们。\n南昌市人民政府办公室\n2020年3月4日\n南昌市2020年科普工作要点\n"
    "为贯彻《江西省人民政府关于印发〈江西省科普方案〉的通知》(赣府发〔2020〕2号),制定本要点。\n"
    "一、重点工作\n(一)青少年科学素质行动\n1.开展培训。到2020年,培训1.5万人次,公民具备科学素质的比例达到15%以上。(市科协牵头,市教育局、委参与)\n"
    "2.办好活动。2020年6月底前,每两年举办一次科普大赛。(市科协市教育局按职责分工负责)\n"
    "二、保障措施\n(一)加强领导。做好。\n(二)加强投入。做好。"
)


def record_of(text: str = PAGE, name: str = "a.txt") -> PlanRecord:
    source = read_bytes(text.encode(), name)
    return extract(source, outline(source))


@pytest.fixture(scope="module")
def record() -> PlanRecord:
    return record_of()


def triples_of(record: PlanRecord, resolution: Resolution | None = None, base: str = vocab.DEFAULT_BASE):
    graph = build_graph(record, resolution or resolve(record), base)
    return graph.plan, list(graph.triples())


@pytest.fixture(scope="module")
def built(record: PlanRecord) -> tuple[str, list[ox.Triple]]:
    return triples_of(record)


def about(triples: Iterable[ox.Triple], subject: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for t in triples:
        if t.subject == ox.NamedNode(subject):
            found.setdefault(t.predicate.value.rpartition("#")[2].rpartition("/")[2], []).append(t.object.value)  # type: ignore[union-attr]
    return found


# ---------------------------------------------------------------- names


def test_a_plan_is_named_by_area_year_and_a_hash_of_number_and_title(built: tuple[str, list[ox.Triple]]) -> None:
    iri, _ = built
    assert iri == f"{vocab.DEFAULT_BASE}plan/360100-2020-{identity_hash('洪府办发〔2020〕3号南昌市2020年科普工作要点')}"


def test_the_identity_of_a_plan_is_its_number_else_its_index_else_its_issuer_and_date(record: PlanRecord) -> None:
    title = record.title.value
    without = replace(record, document_number=None)
    bare = replace(without, index_number=None)
    hashes = [plan_id(r, None).rpartition("-")[2] for r in (record, without, bare)]
    assert hashes == [
        identity_hash(f"洪府办发〔2020〕3号{title}"),
        identity_hash(f"A000/2020-123{title}"),
        identity_hash(f"{title}南昌市人民政府办公室2020-03-04"),
    ]


def test_a_plan_without_area_and_year_has_a_name_too(record: PlanRecord) -> None:
    assert re.fullmatch(r"unknown-undated-[0-9a-f]{8}", plan_id(replace(record, period=None, issued=None), None))


def test_the_year_of_a_name_is_that_of_the_period_else_of_issue(record: PlanRecord) -> None:
    later = Stated(date(2022, 1, 1), (), "test")
    assert plan_id(replace(record, issued=later), None).split("-")[1] == "2020"
    assert plan_id(replace(record, issued=later, period=None), None).split("-")[1] == "2022"


def test_provisions_and_what_they_hold_are_named_by_the_printed_numbers(built: tuple[str, list[ox.Triple]]) -> None:
    iri, triples = built
    below = {t.subject.value.removeprefix(iri) for t in triples if t.subject.value.startswith(iri)}  # type: ignore[union-attr]
    assert {"/1", "/1-1", "/1-1-1", "/1-1-2", "/2", "/2-1", "/2-2", "/1-1-1/responsibility/1", "/1-1-1/responsibility/3", "/1-1-1/target/1", "/1-1-1/target/2", "/1-1-2/target/1", "/citation/1"} <= below  # fmt: skip


def test_every_iri_is_ascii_and_under_the_base_that_is_given(record: PlanRecord) -> None:
    base = "https://example.org/plans/"
    iri, triples = triples_of(record, base=base)
    subjects = {t.subject.value for t in triples}  # type: ignore[union-attr]
    assert iri.startswith(base)
    assert all(s.startswith(base) for s in subjects)
    assert all(re.fullmatch(r"[!-~]+", s) for s in subjects)


def test_the_same_record_gives_the_same_sorted_triples(record: PlanRecord) -> None:
    first, second = build_graph(record, resolve(record)), build_graph(record_of(), resolve(record_of()))
    assert isinstance(first, PlanGraph)
    assert first == second
    assert list(first.statements) == sorted(set(first.statements))


def test_the_file_s_name_names_nothing(built: tuple[str, list[ox.Triple]]) -> None:
    other = record_of(name="改名 之后.txt")
    _, triples = triples_of(other)
    assert {t.subject for t in triples} == {t.subject for t in built[1]}


# ---------------------------------------------------------------- what is said


def test_a_plan_says_what_it_is(built: tuple[str, list[ox.Triple]]) -> None:
    iri, triples = built
    facts = about(triples, iri)
    assert facts["title"] == ["南昌市2020年科普工作要点"]
    assert facts["documentNumber"] == ["洪府办发〔2020〕3号"]
    assert facts["indexNumber"] == ["A000/2020-123"]
    assert facts["issued"] == ["2020-03-04"]
    assert (facts["periodStart"], facts["periodEnd"], facts["periodStartDate"], facts["periodEndDate"]) == (["2020"], ["2020"], ["2020-01-01"], ["2020-12-31"])  # fmt: skip
    assert facts["region"] == [f"{vocab.DEFAULT_BASE}region/360100"]
    assert facts["approvalText"] == ["已经市政府同意"]
    assert facts["addressee"] == ["各县区人民政府"]


def test_a_task_says_where_it_lies_and_who_acts(built: tuple[str, list[ox.Triple]]) -> None:
    iri, triples = built
    facts = about(triples, f"{iri}/1-1-1")
    assert facts["type"] == [vocab.plan("Task")]
    assert (facts["inPlan"], facts["inAction"], facts["number"], facts["ordinal"], facts["title"]) == (
        [iri],
        [f"{iri}/1-1"],
        ["1."],
        ["1"],
        ["开展培训"],
    )
    assert (
        facts["leadAgency"] == [f"{vocab.DEFAULT_BASE}agency/360100/sci-tech-association"]
        or len(facts["leadAgency"]) == 1
    )
    assert len(facts["supportingAgency"]) == 1  # the fragment is no agency
    assert "inSection" not in facts


def test_a_fragment_is_damaged_and_means_no_agency(built: tuple[str, list[ox.Triple]]) -> None:
    iri, triples = built
    facts = about(triples, f"{iri}/1-1-1/responsibility/3")
    assert (facts["agencyText"], facts["damaged"]) == (["委"], ["true"])
    assert "agency" not in facts


def test_two_names_run_together_are_two_responsibilities_with_a_finding_each(
    built: tuple[str, list[ox.Triple]],
) -> None:
    iri, triples = built
    texts = [about(triples, f"{iri}/1-1-2/responsibility/{n}")["agencyText"] for n in (1, 2)]
    assert texts == [["市科协"], ["市教育局"]]
    findings = [
        t.subject.value
        for t in triples
        if t.predicate.value == vocab.plan("code") and t.object.value == "split-agencies"
    ]  # type: ignore[union-attr]
    assert {about(triples, f)["about"][0] for f in findings} == {
        f"{iri}/1-1-2/responsibility/1",
        f"{iri}/1-1-2/responsibility/2",
    }


def test_targets_say_value_unit_comparator_and_the_last_day_of_their_deadline(
    built: tuple[str, list[ox.Triple]],
) -> None:
    iri, triples = built
    share = about(triples, f"{iri}/1-1-1/target/2")
    assert (share["value"], share["unitText"], share["comparator"], share["deadline"], share["deadlineDate"]) == (["15"], ["%"], [vocab.plan("AtLeast")], ["2020"], ["2020-12-31"])  # fmt: skip
    assert share["targetOf"] == [f"{iri}/1-1-1"]
    people = about(triples, f"{iri}/1-1-1/target/1")
    assert (people["value"], people["unitText"]) == (["15000"], ["人次"])
    contest = about(triples, f"{iri}/1-1-2/target/1")
    assert (contest["deadlineDate"], contest["recurrence"], contest["recurrencePeriod"]) == (
        ["2020-06-30"],
        ["每两年"],
        ["P2Y"],
    )


@pytest.mark.parametrize(
    ("written", "unit", "value", "in_base"),
    [
        ("培训1.5万人次", "attendance", "15000", "15000"),
        ("投资2.5亿元", "yuan", "250000000", "250000000"),
        ("建设农村公路30公里", "kilometre", "30", "30000"),
        ("建设农村公路30千米", "kilometre", "30", "30000"),
        ("建设高标准农田1500亩", "mu", "1500", "1000000"),
        ("建设高标准农田100公顷", "hectare", "100", "1000000"),
        ("粮食产量达到3万吨", "tonne", "30000", "30000"),
        ("人口自然增长率达到5‰", "permille", "5", "0.5"),
        ("占比提高3个百分点", "percentage-point", "3", "3"),
        ("工业用地亩均税收达到30万元/亩", "yuan-per-mu", "300000", "450"),
    ],
)
def test_comparable_units_are_turned_into_one(written: str, unit: str, value: str, in_base: str) -> None:
    text = PAGE.replace("培训1.5万人次", written)
    iri, triples = triples_of(record_of(text))
    said = about(triples, f"{iri}/1-1-1/target/1")
    assert (said["unit"], said["value"], said["valueInUnit"]) == ([vocab.concept("unit", unit)], [value], [in_base])


def test_literals_have_the_datatypes_of_the_vocabulary(built: tuple[str, list[ox.Triple]]) -> None:
    expected = {
        "periodStart": "gYear", "periodStartDate": "date", "deadlineDate": "date", "issued": "date", "ordinal": "integer", "position": "integer",
        "start": "integer", "end": "integer", "value": "decimal", "confidence": "decimal", "isBasis": "boolean", "aspirational": "boolean",
        "recurrencePeriod": "duration", "damaged": "boolean",
    }  # fmt: skip
    seen = set()
    for t in built[1]:
        name = t.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if name in expected:
            assert isinstance(t.object, ox.Literal)
            assert t.object.datatype.value.endswith(f"#{expected[name]}"), t
            seen.add(name)
    assert seen == set(expected)


def test_decimals_are_written_without_exponent() -> None:
    text = PAGE.replace("1.5万人次", "1000000000000人次").replace("15%", "0.00000015%")
    record = record_of(text)
    _, triples = triples_of(record)
    values = [t.object.value for t in triples if t.predicate.value == vocab.plan("value")]  # type: ignore[union-attr]
    assert {"1000000000000", "0.00000015"} <= set(values)


def test_a_document_cited_in_two_ways_is_one_node(built: tuple[str, list[ox.Triple]]) -> None:
    iri, triples = built
    citation = about(triples, f"{iri}/citation/1")
    assert (citation["citedTitle"], citation["citedNumber"], citation["isBasis"]) == (["江西省人民政府关于印发〈江西省科普方案〉的通知"], ["赣府发〔2020〕2号"], ["true"])  # fmt: skip
    assert about(triples, iri)["basedOn"] == citation["document"]
    other = record_of(PAGE.replace("《江西省人民政府关于印发〈江西省科普方案〉的通知》", "《江西省科普方案》"))
    again, others = triples_of(other)
    assert about(others, f"{again}/citation/1")["document"] == citation["document"]


@pytest.mark.parametrize(
    "title",
    [
        "江西省人民政府关于印发〈江西省科普方案(2021—2025年)〉的通知",
        "江西省人民政府关于印发《江西省科普方案（2021-2025年）》的通知",
        "江西省人民政府关于印发江西省科普方案(2021~2025年)的通知",
        "《江西省科普方案(2021－2025年)》",
        "江西省科普方案 (2021–2025年)",
    ],
)
def test_a_cited_title_has_one_core_however_it_is_cited(title: str) -> None:
    assert core_title(title) == "江西省科普方案(2021-2025年)"


def test_a_span_of_no_length_gives_no_passage(record: PlanRecord) -> None:
    odd = replace(record, findings=(Finding("no-title", "error", (Span(3, 3),)),))
    iri, triples = triples_of(odd, Resolution(None, ()))
    assert "evidence" not in about(triples, f"{iri}/finding/1")


def test_a_record_that_resolves_to_nothing_is_a_graph_too(record: PlanRecord) -> None:
    iri, triples = triples_of(record, Resolution(None, ()))
    assert "/plan/unknown-2020-" in iri
    assert "region" not in about(triples, iri)
    assert about(triples, f"{iri}/1-1-1/responsibility/1")["agencyText"] == ["市科协"]


@pytest.mark.parametrize(("stated", "day"), [("2025", "2025-12-31"), ("2023-02", "2023-02-28"), ("2024-02", "2024-02-29"), ("2025-06", "2025-06-30"), ("2025-06-15", "2025-06-15")])  # fmt: skip
def test_a_deadline_has_a_last_day(stated: str, day: str) -> None:
    assert last_day(stated) == day


def test_a_hash_of_identity_does_not_see_width_and_blanks() -> None:
    assert identity_hash("科普（一） ") == identity_hash("科普 (一)")
    assert identity_hash("科普(一)") != identity_hash("科普(二)")
    assert len(identity_hash("科普", 12)) == 12


def test_where_only_the_month_of_issue_is_known_no_day_is_made_up() -> None:
    cover = "某市湿地保护专项规划(2021—2035年)\n某市规划和自然资源委员会\n2021 年 9 月\n前  言\n为保护湿地,制定本规划。\n一、任务\n1.管好湿地。(市规划和自然资源委员会)"
    iri, triples = triples_of(record_of(cover))
    (issued,) = [t.object for t in triples if t.subject == ox.NamedNode(iri) and t.predicate == ox.NamedNode(vocab.DCTERMS_ISSUED)]  # fmt: skip
    assert issued == ox.Literal("2021-09", datatype=ox.NamedNode(vocab.XSD_G_YEAR_MONTH))


def test_words_that_do_not_say_what_is_counted_are_of_their_own_plan() -> None:
    def indicators(year: int, words: str) -> list[str]:
        text = PAGE.replace("2020", str(year)).replace("培训1.5万人次", words)
        iri, triples = triples_of(record_of(text))
        return about(triples, f"{iri}/1-1-1/target/1")["indicator"]

    assert indicators(2020, "建成苗木基地15个") == indicators(2021, "建成苗木基地20个")
    assert indicators(2020, "建成苗木基地15个") != indicators(2021, "苗木基地达到15公顷")
    assert indicators(2020, "覆盖率达到80%") != indicators(2021, "覆盖率达到80%")
