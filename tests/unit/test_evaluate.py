"""Each rule of the comparison on a graph of its own; that all rules together are right, tests/differential shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.evaluate import Scores, read_gold, score
from kg.store import open_store

PREFIXES = """
    @prefix : <https://w3id.org/plankg/ontology#> .
    @prefix x: <https://example.org/> .
    @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix oa: <http://www.w3.org/ns/oa#> .
"""
PLAN = 'x:p a :Plan ; dcterms:title "某市全民科学素质行动实施方案"@zh .\n'
ACTION = 'x:a a :Action ; :inPlan x:p ; :ordinal 1 ; :number "(一)" ; dcterms:title "农民科学素质提升行动"@zh ; :text "农民科学素质提升行动" .\n'
TASK = """x:t a :Task ; :inPlan x:p ; :ordinal 1 ; :number "1." ; :inAction x:a ; dcterms:title "开展培训"@zh ;
    :text "开展培训。面向农民开展技术培训。" .\n"""


def gold(**changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = {
        "plan": {"title": "某市全民科学素质行动实施方案"},
        "actions": [{"id": "A1", "number": "（一）", "title": "农民科学素质提升行动"}],
        "tasks": [
            {
                "id": "T1",
                "number": "1.",
                "title": "开展培训",
                "action": "A1",
                "text_begin": "开展培训。",
                "text_end": "开展技术培训",
            }
        ],
        "safeguards": [],
        "targets": [],
        "agencies": [],
    }
    return document | changes


def scores(turtle: str, document: dict[str, Any] | None = None) -> Scores:
    return score(ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE), [("某市", document or gold())])


def counts(found: Scores, kind: str) -> tuple[int, int, int]:
    row = found.row(kind)
    return row.right, row.graph, row.gold


def duty(text: str, role: str = "Lead", basis: str = "Stated", of: str = "x:t", n: int = 1) -> str:
    return f"""{of} :responsibility {of}r{n} . {of}r{n} a :Responsibility ; :agencyText "{text}" ; :agency x:{text} ;
        :role :{role} ; :basis :{basis} . x:{text} skos:prefLabel "某市{text}"@zh .\n"""


def target(n: int = 1, owner: str = "x:t", indicator: str = "培训农民", rest: str = ":value 50 ;") -> str:
    return f"""x:target{n} a :Target ; :inPlan x:p ; :targetOf {owner} ; {rest} :unitText "场" ; :comparator :Equal ;
        :indicatorText "{indicator}" ; :aspirational false .\n"""


def gold_target(**changes: Any) -> dict[str, Any]:
    facts = {
        "quote": "培训农民50场",
        "indicator": "培训农民",
        "value": 50,
        "unit": "场",
        "comparator": "=",
        "deadline": None,
    }
    return facts | {"recurrence": None, "aspirational": False, "belongs_to": "T1"} | changes


def test_a_graph_that_says_what_the_gold_says_is_perfect() -> None:
    found = scores(PLAN + ACTION + TASK)
    assert found.is_perfect()
    assert {row.f1 for row in found.rows} == {1.0}


def test_an_empty_graph_has_nothing_right_and_no_plan() -> None:
    found = scores("")
    assert counts(found, "plan") == (0, 0, 1)
    assert counts(found, "task") == (0, 0, 1)
    assert (found.row("task").precision, found.row("task").recall, found.row("task").f1) == (0.0, 0.0, 0.0)
    assert (found.row("safeguard").precision, found.row("safeguard").f1) == (1.0, 1.0)  # neither side has one


def test_the_plan_with_the_nearest_title_is_meant_and_none_if_all_are_far() -> None:
    other = 'x:q a :Plan ; dcterms:title "某市全民科学素质行动方案"@zh .\n'
    assert scores(other + PLAN + ACTION + TASK).is_perfect()
    far = 'x:q a :Plan ; dcterms:title "城市更新三年计划"@zh .\n'
    assert counts(scores(far), "plan") == (0, 0, 1)


def test_brackets_blanks_dashes_and_closing_stops_do_not_count() -> None:
    document = gold(plan={"title": "某市 方案（2021－2025年）", "document_number": "某政〔2021〕1号"})
    found = scores(
        'x:p a :Plan ; dcterms:title "某市方案(2021-2025年)"@zh ; :documentNumber "某政〔2021〕 1号" .', document
    )
    assert counts(found, "plan.title") == (1, 1, 1)
    assert counts(found, "plan.document_number") == (1, 1, 1)


def test_an_issuer_counts_without_its_city_and_a_ministry_without_its_country() -> None:
    document = gold(plan={"title": "某市全民科学素质行动实施方案", "issuer": ["南昌市东湖区人民政府", "教育部"]})
    found = scores(
        PLAN
        + """x:p dcterms:publisher x:g, x:m . x:g skos:prefLabel "东湖区人民政府"@zh .
        x:m skos:prefLabel "中华人民共和国教育部"@zh .""",
        document,
    )
    assert counts(found, "plan.issuer") == (2, 2, 2)


def test_only_basis_citations_count_and_without_citations_the_documents_do() -> None:
    document = gold(plan={"title": "某市全民科学素质行动实施方案", "based_on": ["科学技术普及法"]})
    cited = """x:p :citation x:c1, x:c2 ; :basedOn x:d . x:d dcterms:title "别的"@zh .
        x:c1 :citedTitle "科学技术普及法" ; :isBasis true . x:c2 :citedTitle "某条例" ; :isBasis false ."""
    assert counts(scores(PLAN + cited, document), "plan.based_on") == (1, 1, 1)
    assert counts(
        scores(PLAN + 'x:p :basedOn x:d . x:d dcterms:title "科学技术普及法"@zh .', document), "plan.based_on"
    ) == (1, 1, 1)


def test_a_task_is_paired_by_its_beginning_else_by_a_near_title() -> None:
    renamed = TASK.replace("开展培训。", "广泛开展培训。")
    assert counts(scores(PLAN + ACTION + renamed), "task") == (1, 1, 1)  # title + text begins so
    near = TASK.replace("开展培训", "开展大培训")
    found = scores(PLAN + ACTION + near)
    assert counts(found, "task") == (1, 1, 1)
    assert counts(found, "task.title") == (0, 1, 1)
    far = TASK.replace("开展培训", "完善基础设施建设")
    found = scores(PLAN + ACTION + far)
    assert counts(found, "task") == (0, 1, 1)
    assert ("extra", "完善基础设施建设") in {(d.side, d.fact) for d in found.differences if d.kind == "task"}
    assert found.row("task.title").gold == 0  # nothing to compare with


def test_of_two_equal_beginnings_the_first_in_reading_order_is_taken() -> None:
    again = TASK.replace("x:t ", "x:u ").replace(":ordinal 1", ":ordinal 2").replace('"1."', '"2."')
    assert counts(scores(PLAN + ACTION + again + TASK), "task.number") == (1, 1, 1)


def test_another_reading_of_a_title_counts() -> None:
    document = gold()
    document["tasks"][0] |= {"title": "开展培训活动", "title_also": ["开展培训"]}
    assert counts(scores(PLAN + ACTION + TASK, document), "task.title") == (1, 1, 1)


def test_a_text_is_taken_from_the_passage_where_the_task_has_none() -> None:
    task = """x:t a :Task ; :inPlan x:p ; :ordinal 1 ; :number "1." ; :inAction x:a ; :evidence x:e .
        x:e oa:exact "开展培训。面向农民开展技术培训。" .\n"""
    assert counts(scores(PLAN + ACTION + task), "task.text_end") == (1, 1, 1)


def test_an_action_stands_in_its_section_or_in_an_action() -> None:
    document = gold()
    document["actions"][0]["section"] = "主要任务"
    for predicate in ("inSection", "inAction"):
        above = f'x:a :{predicate} x:s . x:s dcterms:title "主要任务"@zh .'
        assert counts(scores(PLAN + ACTION + TASK + above, document), "action.section") == (1, 1, 1)
    assert counts(scores(PLAN + ACTION + TASK, document), "action.section") == (0, 0, 1)


def test_agency_role_and_basis_are_counted_apart() -> None:
    document = gold()
    document["tasks"][0]["responsibility"] = [{"agency": "市科协", "role": "lead", "basis": "sole"}]
    found = scores(PLAN + ACTION + TASK + duty("市科协", basis="Stated"), document)
    assert [counts(found, f"responsibility.{k}") for k in ("agency", "role", "basis")] == [
        (1, 1, 1),
        (1, 1, 1),
        (0, 1, 1),
    ]
    assert ("T1", "市科协", "SoleAgency") in {d.fact for d in found.differences if d.side == "missing"}


def test_leads_of_an_action_are_stated_responsibilities() -> None:
    document = gold()
    document["actions"][0]["leads"] = ["市科协"]
    found = scores(PLAN + ACTION + TASK + duty("市科协", of="x:a"), document)
    assert counts(found, "responsibility.basis") == (1, 1, 1)


def test_effective_leads_are_own_ones_else_those_of_the_action() -> None:
    document = gold()
    document["actions"][0]["leads"] = ["市科协"]
    graph = PLAN + ACTION + TASK + duty("市科协", of="x:a")
    assert counts(scores(graph, document), "lead.effective") == (0, 0, 1)
    assert counts(scores(graph + "x:t :effectiveLeadAgency x:市科协 .", document), "lead.effective") == (1, 1, 1)


def test_the_first_of_a_joint_list_is_presumed_to_lead_unless_it_is_a_collective() -> None:
    document = gold(agencies=[{"surface": "市科协", "kind": "agency"}])
    document["tasks"][0]["responsibility"] = [{"agency": "市科协", "role": "joint", "basis": "stated"}]
    graph = PLAN + ACTION + TASK + duty("市科协", role="Joint") + "x:t :presumedLeadAgency x:市科协 ."
    assert counts(scores(graph, document), "lead.presumed") == (1, 1, 1)
    document["agencies"] = [{"surface": "市科协", "kind": "collective"}]
    assert counts(scores(graph, document), "lead.presumed") == (0, 1, 0)


def test_a_full_name_may_be_another_official_form() -> None:
    agency = {"surface": "市科协", "kind": "agency", "full_name": "某市科学技术协会", "full_name_also": ["某市市科协"]}
    found = scores(PLAN + ACTION + TASK + duty("市科协"), gold(agencies=[agency]))
    assert counts(found, "agency.full_name") == (1, 1, 1)
    found = scores(PLAN + ACTION + TASK + duty("市科协"), gold(agencies=[agency | {"full_name_also": []}]))
    assert counts(found, "agency.full_name") == (0, 1, 1)


def test_a_crowd_group_counts_by_its_name() -> None:
    document = gold()
    document["tasks"][0]["crowd_groups"] = ["农民"]
    found = scores(
        PLAN + ACTION + TASK + 'x:t :crowdGroup x:f . x:f skos:prefLabel "farmers"@en, "农民"@zh .', document
    )
    assert counts(found, "crowd_group") == (1, 1, 1)


def test_safeguards_are_compared_by_title_and_can_own_targets() -> None:
    document = gold(safeguards=[{"title": "加强领导"}], targets=[gold_target(belongs_to="S1")])
    graph = (
        PLAN
        + ACTION
        + TASK
        + 'x:s a :SafeguardMeasure ; :inPlan x:p ; dcterms:title "加强领导。"@zh .\n'
        + target(owner="x:s")
    )
    found = scores(graph, document)
    assert counts(found, "safeguard") == (1, 1, 1)
    assert counts(found, "target.all") == (1, 1, 1)


def test_a_target_is_compared_by_amount_by_all_and_by_indicator() -> None:
    document = gold(targets=[gold_target(deadline=2025)])
    found = scores(PLAN + ACTION + TASK + target(indicator="培训农民人数"), document)
    assert [counts(found, f"target.{k}") for k in ("amount", "all", "indicator")] == [(1, 1, 1), (0, 1, 1), (1, 1, 1)]
    found = scores(PLAN + ACTION + TASK + target(indicator="建设场馆"), document)
    assert counts(found, "target.indicator") == (0, 1, 1)
    assert ("target.indicator", ("50", "场", "培训农民")) in {(d.kind, d.fact) for d in found.differences}


def test_a_relative_target_is_left_out_and_one_without_any_value_is_extra() -> None:
    for rest, extra in ((':benchmarkText "高于全省平均" ;', 0), (":minValue 10 ;", 0), (":minValue 0 ;", 1), ("", 1)):
        found = scores(PLAN + ACTION + TASK + target(rest=rest), gold())
        assert counts(found, "target.amount") == (0, extra, 0), rest


def test_facts_are_counted_as_often_as_they_are_said() -> None:
    document = gold(targets=[gold_target(), gold_target()])
    found = scores(PLAN + ACTION + TASK + target(), document)
    assert counts(found, "target.amount") == (1, 1, 2)
    assert [d.side for d in found.differences if d.kind == "target.amount"] == ["missing"]


def test_a_store_is_scored_by_its_default_graph() -> None:
    store = open_store()
    with store.write() as working:
        working.load((PREFIXES + PLAN + ACTION + TASK).encode(), format=ox.RdfFormat.TURTLE)
        named = ox.NamedNode("https://example.org/graph")
        working.load((PREFIXES + TASK.replace("x:t ", "x:u ")).encode(), format=ox.RdfFormat.TURTLE, to_graph=named)
    assert score(store, [("某市", gold())]).is_perfect()


def test_the_table_has_headings_in_both_languages_and_lists_differences() -> None:
    found = scores(PLAN + ACTION)
    assert (
        found.to_text("en").splitlines()[0]
        == f"{'fact':24}{'precision':>10}{'recall':>10}{'F1':>10}   right/graph/gold"
    )
    assert (
        found.to_text("zh").splitlines()[0]
        == "事实" + " " * 20 + " " * 4 + "准确率" + " " * 4 + "召回率" + " " * 8 + "F1   正确/图中/标准"
    )
    assert "某市  task  missing  T1" in found.to_text("en", show=True).splitlines()
    assert "某市  task  缺  T1" in found.to_text("zh", show=True).splitlines()


def test_json_holds_the_rows_and_on_demand_the_differences() -> None:
    found = scores(PLAN + ACTION)
    assert json.loads(found.to_json())["task"] == {
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
        "right": 0,
        "graph": 0,
        "gold": 1,
    }
    assert {"document": "某市", "kind": "task", "side": "missing", "fact": "T1"} in json.loads(
        found.to_json(show=True)
    )["differences"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"plan": {}}, "plan.title is missing"),
        ({"tasks": None}, "tasks must be a list"),
        ({"tasks": ["T1"]}, "tasks[0] must be an object"),
        ({"actions": [{"id": "A1", "number": 1, "title": "x"}]}, "actions[0].number must be text"),
        ({"targets": [gold_target(comparator="≥")]}, "targets[0].comparator is '≥'"),
        ({"targets": [gold_target(value=True)]}, "targets[0].value must be a number"),
        ({"actions": []}, "there is no action 'A1'"),
        ({"actions": gold()["actions"] * 2}, "the id 'A1' is given twice"),
        (
            {"tasks": [gold()["tasks"][0] | {"responsibility": [{"agency": "x", "role": "boss", "basis": "sole"}]}]},
            "tasks[0].responsibility[0].role is 'boss'",
        ),
    ],
)
def test_a_gold_file_of_another_shape_is_refused_with_the_place(
    change: dict[str, Any], place: str, tmp_path: Path
) -> None:
    file = tmp_path / "gold.json"
    file.write_text(json.dumps(gold(**change)), "utf-8")
    with pytest.raises(InputError) as error:
        read_gold([file])
    assert place in str(error.value)
    assert str(file) in str(error.value)


def test_a_gold_file_that_is_missing_or_no_json_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such gold file"):
        read_gold([tmp_path / "none.json"])
    (tmp_path / "broken.json").write_text('{"plan": \n  oops}', "utf-8")
    with pytest.raises(InputError, match=r"broken\.json, line 2, column 3: not JSON"):
        read_gold([tmp_path / "broken.json"])
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not UTF-8"):
        read_gold([tmp_path / "binary.json"])
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no gold file"):
        read_gold([tmp_path / "empty"])
    (tmp_path / "list.json").write_text("[]", "utf-8")
    with pytest.raises(InputError, match="the file must be an object"):
        read_gold([tmp_path / "list.json"])


def test_the_projects_own_gold_files_are_of_the_shape() -> None:
    folder = Path(__file__).resolve().parents[2] / "data" / "gold"
    assert [len(document["tasks"]) for _, document in read_gold([folder])] == [29, 25, 31, 26, 24]
