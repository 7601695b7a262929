"""What persons answer wins over the reader, survives rebuilding, and is told where it no longer applies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.corrections import Answers, Outcome, correct
from kg.model import PlanRecord, Provision, Quantity
from kg.pipeline import Plan

from .conftest import PAGE, plan_of

Sheet = Callable[..., Answers]
DUTY = {"where": "§1-1-1", "kind": "responsibility", "quote": "(市科协牵头,市教育局、市妇联参与)"}
TARGET = {"where": "§1-1-1", "kind": "target", "quote": "公民具备科学素质的比例达到15%以上"}


def part(record: PlanRecord, key: str) -> Provision:
    return next(p for p in record.provisions if p.key == key)


def duties(record: PlanRecord, key: str) -> list[tuple[str, str, int]]:
    return [(d.agency_text, d.role, d.position) for d in part(record, key).responsibilities]


def figure(record: PlanRecord, words: str) -> Quantity:
    return next(q for q in record.quantities if words in q.quote)


def verdicts(outcome: Outcome) -> list[tuple[str, str]]:
    return [(c.verdict, c.about) for c in outcome.applied]


# ---------------------------------------------------------------- verdicts


def test_the_small_plan_is_read_as_the_tests_take_it(plain_plan: Plan) -> None:
    record = plain_plan.record
    assert duties(record, "1-1-1") == [("市科协", "Lead", 1), ("市教育局", "Support", 2), ("市妇联", "Support", 3)]
    assert [p.kind for p in record.provisions] == ["Section", "Action", "Task", "Task", "Task", "Section", "SafeguardMeasure", "SafeguardMeasure"]  # fmt: skip
    assert figure(record, "15%").value == 15


def test_without_answers_the_record_is_the_same(plain_plan: Plan) -> None:
    assert correct(plain_plan.record, ()) == (plain_plan.record, Outcome())


def test_yes_makes_a_fact_certain_and_changes_nothing_else(sheet: Sheet, plain_plan: Plan) -> None:
    plan = plan_of(answers=sheet(TARGET | {"correct?": "yes", "note": "对过了"}))
    before, after = figure(plain_plan.record, "15%"), figure(plan.record, "15%")
    assert before.confidence < 1
    assert (after.confidence, after.rule, after.value) == (1.0, before.rule, before.value)
    (correction,) = plan.record.corrections
    assert (correction.verdict, correction.who, correction.when, correction.note, correction.file) == (
        "Confirmed",
        "王敏",
        "2026-03-01",
        "对过了",
        "answers.csv",
    )
    assert correction.after is None
    assert correction.spans[0].cut(PAGE) == TARGET["quote"]


def test_no_with_a_right_value_puts_it_in_place(sheet: Sheet) -> None:
    plan = plan_of(
        answers=sheet(DUTY | {"taken": "单位=市教育局; 角色=配合", "correct?": "no", "right value": "单位=市科技局"})
    )
    assert duties(plan.record, "1-1-1") == [("市科协", "Lead", 1), ("市科技局", "Support", 2), ("市妇联", "Support", 3)]
    changed = part(plan.record, "1-1-1").responsibilities[1]
    assert (changed.rule, changed.confidence) == ("correction", 1.0)
    (correction,) = plan.record.corrections
    assert (correction.about, correction.before, correction.after) == (
        "1-1-1/responsibility/2",
        "单位=市教育局; 角色=配合",
        "单位=市科技局; 角色=配合",
    )
    names = {t.object.value for t in plan.triples if t.predicate.value.endswith("#prefLabel")}
    assert "南昌市科学技术局" in names
    assert "南昌市教育局" in names  # it stands in another task


def test_no_alone_takes_a_fact_away_and_those_behind_move_up(sheet: Sheet) -> None:
    plan = plan_of(answers=sheet(DUTY | {"taken": "单位=市教育局; 角色=配合", "correct?": "no"}))
    assert duties(plan.record, "1-1-1") == [("市科协", "Lead", 1), ("市妇联", "Support", 2)]
    assert [(c.verdict, c.about, c.after) for c in plan.record.corrections] == [("Removed", "1-1-1", None)]


def test_a_role_alone_is_put_right(sheet: Sheet) -> None:
    plan = plan_of(answers=sheet(DUTY | {"taken": "单位=市妇联", "correct?": "no", "right value": "角色=牵头"}))
    changed = part(plan.record, "1-1-1").responsibilities[2]
    assert (changed.agency_text, changed.role, changed.basis) == ("市妇联", "Lead", "Stated")


@pytest.mark.parametrize(
    ("right", "fields"),
    [
        ("20", {"value": Decimal(20), "unit": "%"}),
        ("数值=1.5万; 单位=人次", {"value": Decimal(15000), "unit": "人次"}),
        ("比较=不超过", {"comparator": "AtMost"}),
        ("期限=2022-06", {"deadline": "2022-06", "deadline_span": None}),
        ("指标=公民科学素质达标率", {"indicator": "公民科学素质达标率"}),
        ("力争=是; 约束性=预期性", {"aspirational": True, "bindingness": "预期性"}),
        ("数值=无; 下限=10; 上限=15", {"value": None, "minimum": Decimal(10), "maximum": Decimal(15)}),
        ("类别=成绩", {"kind": "Achievement", "deadline": None}),
    ],
)
def test_every_field_of_a_target_is_put_right(sheet: Sheet, right: str, fields: dict[str, object]) -> None:
    plan = plan_of(answers=sheet(TARGET | {"correct?": "no", "right value": right}))
    changed = figure(plan.record, "15%")
    assert {name: getattr(changed, name) for name in fields} == fields
    assert (changed.rule, changed.confidence) == ("correction", 1.0)
    assert plan.outcome.unused == ()


@pytest.mark.parametrize(
    ("kind", "quote", "right", "name", "value"),
    [
        ("title", "南昌市2020年科普工作要点", "南昌市科普要点", "title", "南昌市科普要点"),
        ("document-number", "洪府办发〔2020〕3号", "洪府办发〔2020〕13号", "document_number", "洪府办发〔2020〕13号"),
        ("index-number", "A000/2020-123", "A000/2020-124", "index_number", "A000/2020-124"),
        ("issued", "2020年3月4日", "2020-03-05", "issued", date(2020, 3, 5)),
        ("period", "2020年", "2020-2022", "period", (2020, 2022)),
        ("approval", "已经市政府同意", "经市人大同意", "approval", "经市人大同意"),
    ],
)
def test_metadata_are_put_right_and_the_plan_keeps_its_name(
    sheet: Sheet, plain_plan: Plan, kind: str, quote: str, right: str, name: str, value: object
) -> None:
    plan = plan_of(answers=sheet({"kind": kind, "quote": quote, "correct?": "no", "right value": right}))
    assert plan.outcome.unused == ()
    stated = getattr(plan.record, name)
    assert (stated.value, stated.rule, stated.confidence) == (value, "correction", 1.0)
    assert plan.iri == plain_plan.iri


def test_issuers_are_put_right_one_by_one(sheet: Sheet) -> None:
    row = {"kind": "issuer", "taken": "南昌市人民政府办公室", "quote": "南昌市人民政府办公室"}
    plan = plan_of(answers=sheet(row | {"correct?": "no", "right value": "南昌市人民政府"}))
    assert [i.value for i in plan.record.issuers] == ["南昌市人民政府"]
    assert plan_of(answers=sheet(row | {"correct?": "no"})).record.issuers == ()


def test_the_kind_of_plan_is_put_right(sheet: Sheet) -> None:
    plan = plan_of(answers=sheet({"kind": "plan-type", "correct?": "no", "right value": "实施方案"}))
    assert plan.record.plan_type == "实施方案"
    kinds = {t.object.value for t in plan.triples if t.predicate.value.endswith("#planType")}
    assert len(kinds) == 1
    assert kinds != {t.object.value for t in plan_of().triples if t.predicate.value.endswith("#planType")}


def test_the_area_is_put_right_and_names_follow_it(sheet: Sheet, plain_plan: Plan) -> None:
    plan = plan_of(answers=sheet({"kind": "region", "correct?": "no", "right value": "九江市"}))
    assert plan.iri == plain_plan.iri
    names = {t.object.value for t in plan.triples if t.predicate.value.endswith("#prefLabel")}
    assert "九江市科学技术协会" in names
    (correction,) = plan.record.corrections
    assert correction.about == "statement/region"


def test_the_full_name_of_a_body_is_put_right_wherever_it_is_written_so(sheet: Sheet) -> None:
    row = {"kind": "agency-name", "quote": "市教育局", "correct?": "no", "right value": "南昌市体育局"}
    plan = plan_of(answers=sheet(row))
    agencies = {t.object.value.rpartition("/")[2] for t in plan.triples if t.predicate.value.endswith("#agency")}
    assert "sports" in agencies
    assert "education" not in agencies
    assert [d.agency_text for d in part(plan.record, "1-1-1").responsibilities][1] == "市教育局"


def test_groups_and_deadlines_are_added_removed_and_put_right(sheet: Sheet) -> None:
    where = {"where": "§1-1-1"}
    plan = plan_of(
        answers=sheet(
            where | {"kind": "crowd-group", "taken": "农民", "correct?": "no"},
            where | {"kind": "crowd-group", "correct?": "add", "right value": "妇女", "quote": "开展培训1.5万人次"},
            {
                "where": "§1-1-2",
                "kind": "deadline",
                "correct?": "add",
                "right value": "2020-06",
                "quote": "2020年6月底前",
            },
        )
    )
    assert plan.outcome.unused == ()
    groups = [g.value for g in part(plan.record, "1-1-1").crowd_groups]
    assert "农民" not in groups
    assert "妇女" in groups
    deadline = part(plan.record, "1-1-2").deadline
    assert deadline is not None
    assert (deadline.value, deadline.spans[0].cut(PAGE), deadline.rule) == ("2020-06", "2020年6月底前", "correction")


def test_a_missed_body_target_and_citation_are_added(sheet: Sheet, plain_plan: Plan) -> None:
    plan = plan_of(
        answers=sheet(
            DUTY | {"correct?": "add", "right value": "单位=市科技局; 角色=配合"},
            {"where": "§1-1-2", "kind": "target", "correct?": "", "right value": "数值=1; 单位=次; 指标=科普大赛; 期限=2020", "quote": "每两年举办一次科普大赛"},
            {"kind": "citation", "correct?": "add", "right value": "标题=科普法; 制定依据=是", "quote": "制定本要点"},
        )
    )  # fmt: skip
    assert plan.outcome.unused == ()
    assert duties(plan.record, "1-1-1")[-1] == ("市科技局", "Support", 4)
    added = [q for q in plan.record.quantities if q.rule == "correction"]
    assert [(q.owner, q.value, q.unit, q.comparator) for q in added] == [("1-1-2", Decimal(1), "次", "Equal")]
    spans = [q.span for q in plan.record.quantities]
    assert spans == sorted(spans)
    assert ("科普法", True) in [(c.title, c.is_basis) for c in plan.record.citations]
    assert {v for v, _ in verdicts(plan.outcome)} <= {"Added", "Replaced"}


def test_a_part_is_named_anew_put_into_another_class_and_taken_away(sheet: Sheet) -> None:
    named = plan_of(answers=sheet({"where": "§1-1-1", "kind": "task", "correct?": "no", "right value": "组织培训"}))
    assert part(named.record, "1-1-1").title == "组织培训"
    moved = plan_of(
        answers=sheet({"where": "§1-1-3", "kind": "task", "correct?": "no", "right value": "类别=保障措施"})
    )
    assert [(p.key, p.ordinal) for p in moved.record.provisions if p.kind == "SafeguardMeasure"] == [("1-1-3", 1), ("2-1", 2), ("2-2", 3)]  # fmt: skip
    gone = plan_of(answers=sheet({"where": "§1-1-2", "kind": "task", "correct?": "no"}))
    assert [(p.key, p.ordinal) for p in gone.record.provisions if p.kind == "Task"] == [("1-1-1", 1), ("1-1-3", 2)]
    assert not [q for q in gone.record.quantities if q.owner == "1-1-2"]
    lifted = plan_of(answers=sheet({"where": "§1-1", "kind": "action", "correct?": "no"}))
    assert {(p.section, p.action) for p in lifted.record.provisions if p.kind == "Task"} == {("1", None)}


def test_a_missed_task_is_added_in_its_place(sheet: Sheet) -> None:
    page = PAGE.replace("3.建好阵地", "另外，办好讲座。\n3.建好阵地")
    row = {
        "where": "§1-1-4",
        "kind": "task",
        "correct?": "add",
        "right value": "标题=办好讲座; 编号=4.",
        "quote": "另外,办好讲座。",
    }
    plan = plan_of(page, sheet(row))
    assert plan.outcome.unused == ()
    new = part(plan.record, "1-1-4")
    assert (new.kind, new.action, new.title, new.number) == ("Task", "1-1", "办好讲座", "4.")
    assert [p.ordinal for p in plan.record.provisions if p.kind == "Task"] == [1, 2, 3, 4]


# ---------------------------------------------------------------- rebuilding


def test_the_same_sheets_give_the_same_bytes_whatever_their_order_of_rows(
    write_sheet: Callable[..., Path], sheet: Sheet
) -> None:
    rows = [
        TARGET | {"correct?": "no", "right value": "20"},
        DUTY | {"taken": "单位=市教育局", "correct?": "no"},
        {"where": "§1-1-1", "kind": "crowd-group", "taken": "农民", "correct?": "yes"},
    ]
    first = plan_of(answers=sheet(*rows)).graph.n_triples()
    assert first == plan_of(answers=sheet(*rows)).graph.n_triples()
    assert first == plan_of(answers=sheet(*reversed(rows))).graph.n_triples()


def test_answers_hold_where_the_text_changes_elsewhere_and_parts_move(sheet: Sheet) -> None:
    answers = sheet(
        TARGET | {"heading": "1. 开展培训", "correct?": "no", "right value": "20"},
        {"where": "§1-1-3", "heading": "3. 建好阵地", "kind": "responsibility", "taken": "单位=市科协", "quote": "(市科协负责)", "correct?": "no", "right value": "市文广新局"},
    )  # fmt: skip
    page = PAGE.replace("1.开展培训", "1.新添一项。组织宣传。(市妇联负责)\n2.开展培训").replace(
        "2.办好活动", "3.办好活动"
    )
    page = page.replace("3.建好阵地", "4.建好阵地")
    plan = plan_of(page, answers)
    assert plan.outcome.unused == ()
    assert figure(plan.record, "15%").value == 20
    assert figure(plan.record, "15%").owner == "1-1-2"
    assert duties(plan.record, "1-1-4")[0][0] == "市文广新局"
    assert duties(plan.record, "1-1-1")[0][0] == "市妇联"


@pytest.mark.parametrize(
    ("row", "old", "new", "reason", "about"),
    [
        (TARGET | {"correct?": "no", "right value": "20"}, "达到15%以上", "达到16%以上", "text-changed", "1-1-1"),
        (TARGET | {"correct?": "yes"}, "达到15%以上", "达到16%以上", "text-changed", "1-1-1"),
        (DUTY | {"taken": "单位=市教育局", "correct?": "no"}, "市教育局、市妇联参与", "市妇联参与", "text-changed", "1-1-1"),
        (
            {"where": "§1-1-3", "heading": "3. 建好阵地", "kind": "target", "quote": "建成科普馆3座", "correct?": "yes"},
            "3.建好阵地。建成科普馆3座。(市科协负责)\n",
            "",
            "part-gone",
            "",
        ),
        ({"kind": "approval", "quote": "已经市政府同意", "correct?": "yes"}, "已经市政府同意", "现", "text-changed", ""),
        ({"where": "§9-9", "kind": "crowd-group", "taken": "农民", "correct?": "yes"}, "", "", "part-gone", ""),
        ({"where": "§1-1-2", "kind": "crowd-group", "taken": "农民", "correct?": "yes"}, "", "", "fact-gone", "1-1-2"),
    ],
    ids=["a figure", "a figure, confirmed", "a statement", "a part", "metadata", "no such part", "no such fact"],
)  # fmt: skip
def test_an_answer_whose_text_has_changed_is_not_applied_but_told(
    sheet: Sheet, row: dict[str, str], old: str, new: str, reason: str, about: str
) -> None:
    page = PAGE.replace(old, new) if old else PAGE
    plan = plan_of(page, sheet(row))
    assert plan.record.corrections == ()
    (unused,) = plan.outcome.unused
    assert (unused.reason, unused.file, unused.row) == (reason, "answers.csv", 2)
    (finding,) = [f for f in plan.record.findings if f.code == "correction-not-applied"]
    assert (finding.severity, finding.about) == ("warning", about)
    read = plan_of(page).record
    assert (read.provisions, read.quantities) == (plan.record.provisions, plan.record.quantities)


def test_what_a_person_confirmed_stays_though_the_reader_no_longer_finds_it(sheet: Sheet) -> None:
    row = {
        "where": "§1-1-2",
        "kind": "target",
        "taken": "数值=8; 单位=场; 指标=科普大赛",
        "quote": "每两年举办一次科普大赛",
        "correct?": "yes",
        "fact": "",
    }
    plan = plan_of(answers=sheet(row))
    assert plan.outcome.unused == ()
    kept = [q for q in plan.record.quantities if q.value == 8]
    assert [(q.owner, q.confidence) for q in kept] == [("1-1-2", 1.0)]


def test_what_the_reader_now_reads_rightly_is_confirmed_by_its_correction(sheet: Sheet) -> None:
    row = {
        "where": "§1-1-1",
        "kind": "target",
        "taken": "数值=51",
        "quote": TARGET["quote"],
        "correct?": "no",
        "right value": "15",
    }
    plan = plan_of(answers=sheet(row))
    assert figure(plan.record, "15%").value == 15
    assert figure(plan.record, "15%").confidence == 1.0
    assert [c.verdict for c in plan.record.corrections] == ["Confirmed"]


# ---------------------------------------------------------------- several answers


def test_the_later_of_two_contradicting_answers_holds_and_that_is_told(sheet: Sheet) -> None:
    row = TARGET | {"taken": "数值=15", "correct?": "no"}
    plan = plan_of(
        answers=sheet(
            row | {"right value": "30", "when": "2026-03-05", "who": "李"},
            row | {"right value": "20", "when": "2026-03-02"},
        )
    )
    assert figure(plan.record, "15%").value == 30
    assert [(c.who, c.verdict) for c in plan.record.corrections] == [("李", "Replaced")]
    assert [(u.row, u.reason) for u in plan.outcome.unused] == [(3, "overruled")]
    (finding,) = [f for f in plan.record.findings if f.code == "conflicting-corrections"]
    assert (finding.original, finding.repaired, finding.about) == ("20", "30", "1-1-1")


def test_an_answer_to_an_answer_is_no_contradiction(sheet: Sheet) -> None:
    plan = plan_of(
        answers=sheet(
            DUTY | {"taken": "单位=市教育局; 角色=配合", "correct?": "no", "right value": "单位=市科技局"},
            DUTY | {"taken": "单位=市科技局; 角色=配合", "correct?": "yes", "who": "李", "when": "2026-03-09"},
        )
    )
    assert duties(plan.record, "1-1-1")[1] == ("市科技局", "Support", 2)
    assert [(c.who, c.verdict) for c in plan.record.corrections] == [("王敏", "Replaced"), ("李", "Confirmed")]
    assert plan.outcome.unused == ()


def test_two_persons_of_one_mind_are_both_named(sheet: Sheet) -> None:
    row = TARGET | {"taken": "数值=15", "correct?": "yes"}
    plan = plan_of(answers=sheet(row, row | {"who": "李"}))
    assert {c.who for c in plan.record.corrections} == {"王敏", "李"}
    assert plan.outcome.unused == ()


def test_a_later_yes_restores_what_an_earlier_no_took_away(sheet: Sheet, plain_plan: Plan) -> None:
    row = DUTY | {"taken": "单位=市教育局; 角色=配合"}
    plan = plan_of(answers=sheet(row | {"correct?": "no"}, row | {"correct?": "yes", "when": "2026-03-09"}))
    assert duties(plan.record, "1-1-1") == duties(plain_plan.record, "1-1-1")
    assert [c.verdict for c in plan.record.corrections] == ["Confirmed"]


def test_findings_move_with_the_bodies_that_they_are_about(sheet: Sheet) -> None:
    page = PAGE.replace("市教育局、市妇联参与", "市教育局、委参与")
    before = plan_of(page).record
    about = [f.about for f in before.findings if f.code == "damaged-name"]
    assert about == ["1-1-1/responsibility/3"]
    row = DUTY | {"quote": "(市科协牵头,市教育局、委参与)", "taken": "单位=市教育局", "correct?": "no"}
    after = plan_of(page, sheet(row)).record
    assert [f.about for f in after.findings if f.code == "damaged-name"] == ["1-1-1/responsibility/2"]


# ---------------------------------------------------------------- in the graph


def test_every_correction_points_to_a_node_of_the_graph_and_says_who_and_when(sheet: Sheet) -> None:
    plan = plan_of(
        answers=sheet(
            TARGET | {"correct?": "no", "right value": "20", "when": "2026-03-01 09:30"},
            DUTY | {"taken": "单位=市教育局", "correct?": "no"},
            DUTY | {"taken": "单位=市妇联", "correct?": "yes"},
            DUTY | {"correct?": "add", "right value": "单位=市科技局; 角色=配合"},
            {"where": "§1-1-1", "kind": "crowd-group", "taken": "农民", "correct?": "yes"},
            {"where": "§1-1-1", "kind": "task", "correct?": "yes"},
            {"kind": "title", "correct?": "yes"},
            {"kind": "plan-type", "correct?": "yes"},
            {"kind": "issued", "correct?": "yes"},
            {"kind": "published", "correct?": "add", "right value": "2020-03-09", "quote": "2020年3月4日"},
            {"kind": "region", "taken": "江西省南昌市", "correct?": "yes"},
            {"kind": "issuer", "taken": "南昌市人民政府办公室", "correct?": "yes"},
            {"kind": "citation", "taken": "标题=江西省人民政府关于印发〈江西省科普方案〉的通知", "correct?": "yes"},
        )
    )
    assert plan.outcome.unused == ()
    said: dict[str, dict[str, set[str]]] = {}
    for t in plan.triples:
        said.setdefault(t.subject.value, {}).setdefault(t.predicate.value.rpartition("#")[2].rpartition("/")[2], set()).add(t.object.value)  # fmt: skip
    corrections = {s: facts for s, facts in said.items() if "/correction/" in s}
    assert len(corrections) == 13
    for facts in corrections.values():
        (about,) = facts["about"]
        assert about in said
        (person,) = facts["wasAttributedTo"]
        assert said[person]["name"] == {"王敏"}
        (when,) = facts["generatedAtTime"]
        assert when in ("2026-03-01T00:00:00", "2026-03-01T09:30:00")
        (verdict,) = facts["verdict"]
        if verdict.endswith(("Confirmed", "Replaced", "Added")) and "/statement/" in about + "/target/":
            sure = said[about].get("confidence", {"1"})
            assert sure == {"1"}, about
