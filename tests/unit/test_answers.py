"""What the saved queries answer to the questions that people ask, on the five plans: as careful reading answers them.

The expected values were written down from the documents before the queries were looked at; the questions of which
`test_query.py` has the answer are not repeated here.
"""

from __future__ import annotations

from collections import Counter

import pytest

from kg import resources
from kg.pipeline import build
from kg.query import load_queries, run
from kg.store import open_store

PLANS = {"东湖", "余姚", "甘孜", "瓯海", "广西"}


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    assert len(build([resources.folder("data/documents")], opened).plans) == 5
    return opened


def rows(store, name: str, **values: str) -> list[dict[str, str]]:
    results = run(store, name, values)
    names = [v.value for v in results.variables]
    return [{n: (row[n].value if row[n] is not None else "") for n in names} for row in results]


def plan_of(row: dict[str, str]) -> str:
    return next(area for area in PLANS if area in row["planTitle"])


def test_every_question_names_what_the_documents_cannot_answer_where_there_is_such_a_part():
    limited = {q for query in load_queries().values() if "limits:" in query.text for q in query.answers}
    assert {"Q01", "Q04", "Q19", "Q20", "Q21", "Q24"} <= limited


def test_targets_without_owner_q02(store):
    found = rows(store, "targets-without-owner")
    counted = Counter(plan_of(r) for r in found if r["status"] == "no-owner" and r["value"])
    assert counted == {"东湖": 1, "瓯海": 8, "广西": 8}
    assert {plan_of(r): r["status"] for r in found if r["status"] != "no-owner"} == {
        "余姚": "no-target",
        "甘孜": "all-owned",
    }
    assert [r["setBy"] for r in found if plan_of(r) == "东湖"] == ["plan"]
    assert sum(int(r["saidAgain"]) for r in found if r["saidAgain"]) == 5
    [opened] = [r for r in found if r["value"] == "60"]
    assert opened["sentence"].startswith("有条件的高校、科研院所要积极向公众预约开放")


def test_targets_due_in_2025_q03(store):
    found = rows(store, "targets-due", **{"from": "2025-12-31", "until": "2025-12-31"})
    by_lead: dict[tuple[str, str], set[str]] = {}
    for r in found:
        by_lead.setdefault((r["lead"], r["basis"]), set()).add(r["value"])
    donghu = {"3", "2", "1", "80"}
    assert by_lead["南昌市东湖区科学技术协会", "action"] == donghu
    assert by_lead["南昌市东湖区发展和改革委员会", "action"] == donghu
    assert by_lead["甘孜藏族自治州科学技术局", "first-listed-rule"] == {"100", "10000000"}
    assert by_lead["", "none"] == {"17.5", "18", "300", "50", "10", "6500", "15000", "30000", ""}
    assert {plan_of(r) for r in found if r["basis"] == "nothing-due"} == {"余姚", "广西"}
    assert len({r["target"] for r in found if r["value"]}) == 16


def test_busiest_agencies_q05(store):
    first = {}
    for r in rows(store, "busiest-agencies"):
        if r["kind"] != "collective":
            first.setdefault(plan_of(r), (r["agencyName"], r["tasks"], r["leads"], r["ownLeads"], r["actionsLed"]))
    assert first == {
        "东湖": ("南昌市东湖区科学技术协会", "23", "21", "2", "6"),
        "余姚": ("余姚市科学技术协会", "14", "0", "0", "0"),
        "甘孜": ("甘孜藏族自治州科学技术协会", "24", "6", "6", "0"),
        "瓯海": ("", "", "", "", ""),
        "广西": ("", "", "", "", ""),
    }
    collectives = {
        (plan_of(r), r["agencyName"], r["tasks"]) for r in rows(store, "busiest-agencies") if r["kind"] == "collective"
    }
    assert {("甘孜", "各县(市)人民政府", "30"), ("余姚", "各成员单位", "9"), ("东湖", "各成员单位", "1")} <= collectives


def test_roles_of_the_science_associations_q06(store):
    found = rows(store, "roles-of-type", type="科协")
    parts = Counter((plan_of(r), r["part"], r["kind"]) for r in found)
    assert parts["东湖", "lead", "task"] == 2
    assert parts["东湖", "lead", "action"] == 6
    assert parts["东湖", "joint", "task"] == 21
    assert (parts["余姚", "joint", "task"], parts["余姚", "lead", "task"]) == (14, 0)
    assert parts["余姚", "originator", ""] == 1
    assert [r["number"] for r in found if r["part"] == "presumed-lead"] == ["5."]
    assert (parts["甘孜", "lead", "task"], parts["甘孜", "support", "task"]) == (6, 18)
    assert parts["瓯海", "issuer", ""] == 1
    assert parts["广西", "none", ""] == 1
    [duty] = [r for r in found if plan_of(r) == "广西" and r["part"] == "text-only"]
    assert "各级科学技术协会要履行全民科学素质行动牵头职责" in duty["statement"]
    fields = {r["actionTitle"] for r in found if plan_of(r) == "甘孜" and r["part"] == "lead"}
    assert fields == {"青少年科学素质提升行动", "提升科普信息化水平", "提升基层科普能力"}


def test_tasks_without_lead_q07(store):
    found = rows(store, "tasks-without-lead")
    shares = {plan_of(r): (r["withoutLead"], r["tasks"], r["percent"]) for r in found}
    assert shares == {
        "东湖": ("0", "29", "0"),
        "甘孜": ("0", "31", "0"),
        "余姚": ("25", "25", "100"),
        "瓯海": ("26", "26", "100"),
        "广西": ("24", "24", "100"),
    }
    assert Counter((plan_of(r), r["status"]) for r in found) == {
        ("东湖", "all-led"): 1,
        ("甘孜", "all-led"): 1,
        ("余姚", "presumed"): 16,
        ("余姚", "collective"): 9,
        ("瓯海", "no-agency"): 26,
        ("广西", "no-agency"): 24,
    }


def test_key_groups_q09(store):
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for r in rows(store, "crowd-group-coverage"):
        found.setdefault(plan_of(r), {})[r["group"]] = (r["ownTasks"], r["status"])
    groups = ("青少年", "农民", "产业工人", "老年人", "领导干部和公务员")
    own = {plan: tuple(int(table[g][0]) for g in groups) for plan, table in found.items()}
    assert own == {
        "东湖": (4, 3, 3, 2, 1),
        "余姚": (3, 3, 4, 0, 3),  # task 18 is for farmers, too, but its title names a school, 农民学校
        "甘孜": (6, 3, 4, 3, 3),
        "瓯海": (1, 1, 1, 1, 1),
        "广西": (0, 1, 1, 1, 1),
    }
    assert found["余姚"]["老年人"][1] == found["广西"]["青少年"][1] == "in-passing"


def test_groups_left_out_q10(store):
    def statuses(group: str) -> set[tuple[str, str, str]]:
        return {(plan_of(r), r["status"], r["number"]) for r in rows(store, "groups-left-out", group=group)}

    assert statuses("残疾人") == statuses("少数民族") == {(plan, "left-out", "") for plan in PLANS}
    assert statuses("妇女") == {
        ("广西", "own", "22."),
        ("甘孜", "in-passing", "(二)"),
        ("东湖", "left-out", ""),
        ("余姚", "left-out", ""),
        ("瓯海", "left-out", ""),
    }


def test_emergency_communication_q14(store):
    found = rows(store, "provisions-about", words="应急科普")
    leads = {(plan_of(r), r["agencyName"]) for r in found if r["part"] in ("lead", "inherited-lead")}
    assert leads == {
        ("东湖", "南昌市东湖区科学技术协会"),
        ("东湖", "南昌市东湖区应急管理局"),
        ("甘孜", "甘孜藏族自治州科学技术协会"),
    }
    assert {plan_of(r) for r in found if r["kind"] == "none"} == {"广西"}
    assert {r["agencyName"] for r in found if plan_of(r) == "余姚"} == {"各成员单位"}
    assert {r["agencyName"] for r in found if plan_of(r) == "瓯海"} == {""}


def test_comparable_indicators_q16(store):
    found = rows(store, "comparable-indicators")
    assert {r["indicator"] for r in found if r["verdict"] == "comparable"} == {"公民具备科学素质的比例"}
    assert {r["indicator"] for r in found if r["verdict"] == "target-and-result"} == {
        "市级科普教育基地数",
        "科普场馆数",
    }
    apart = {(plan_of(r), r["quote"]) for r in found if r["verdict"] == "other-whole" and r["kind"] == "target"}
    assert {plan for plan, _ in apart} == {"东湖", "甘孜"}
    assert any("80%" in quote for _, quote in apart)
    assert any("全覆盖" in quote for _, quote in apart)


def test_how_many_targets_q17(store):
    [total] = [r for r in rows(store, "target-counts") if not r["plan"]]
    assert (total["stated"], total["restated"], total["targets"], total["relative"]) == ("29", "5", "24", "1")
    each = {plan_of(r): (r["stated"], r["targets"]) for r in rows(store, "target-counts") if r["plan"]}
    assert each == {
        "东湖": ("6", "6"),
        "余姚": ("0", "0"),
        "甘孜": ("2", "2"),
        "瓯海": ("13", "8"),
        "广西": ("8", "8"),
    }


def test_targets_that_cannot_be_verified_q19(store):
    found = rows(store, "targets-not-verifiable")
    reasons: dict[str, set[tuple[str, str]]] = {}
    for r in found:
        reasons.setdefault(r["reason"], set()).add((plan_of(r), r["value"] + r["unit"]))
    assert reasons == {
        "no-deadline": {("广西", "1次"), ("广西", "1篇")},
        "no-end": {("广西", "60天"), ("广西", "30天"), ("广西", "12篇"), ("广西", "1次")},
        "conditional": {("广西", "60天"), ("广西", "30天"), ("广西", "1次")},
        "longer-than-its-time": {("广西", "30天")},
        "aspirational": {("东湖", "17.5%"), ("东湖", "3个"), ("东湖", "2个"), ("瓯海", "")},
        "no-value": {("瓯海", "")},
        "no-target": {("余姚", "")},
        "none": {("甘孜", "")},
    }
    [week] = [r["quote"] for r in found if r["reason"] == "longer-than-its-time"]
    assert week == "其中全国科技活动周期间开放不少于30天"


def test_issuers_and_those_who_must_act_q20(store):
    found = rows(store, "issuers-and-addressees")
    assert {plan_of(r): (r["issuer"], r["issuerKind"], r["documentNumber"], r["issued"]) for r in found} == {
        "东湖": ("南昌市东湖区人民政府", "政府机构", "", "2022-03-21"),
        "余姚": ("余姚市人民政府办公室", "政府机构", "余政办发〔2018〕28号", "2018-04-12"),
        "甘孜": ("甘孜藏族自治州人民政府办公室", "政府机构", "甘办发〔2023〕24号", "2023-06-06"),
        "瓯海": ("温州市瓯海区科学技术协会", "群团组织", "", "2021-11-23"),
        "广西": ("广西壮族自治区科普工作联席会议办公室", "议事协调机构", "桂科智字〔2023〕91号", "2023-11-13"),
    }
    acting = {(plan_of(r), r["actingKind"]): (r["bodies"], r["outside"]) for r in found}
    assert acting["瓯海", "none"] == acting["广西", "none"] == ("0", "0")
    assert acting["东湖", "党委机构"] == ("3", "0")  # 区委宣传部, 区委组织部, 区委党校
    assert acting["东湖", "群团组织"] == ("4", "0")  # 区科协, 区总工会, 区妇联, 团区委
    assert acting["甘孜", "事业单位"][1] == "1"  # 四川民族学院 is the province's
    assert {r["originator"] for r in found if plan_of(r) == "余姚"} == {"余姚市科学技术协会"}


def test_who_leads_for_farmers_q21(store):
    found = rows(store, "tasks-for-group", group="农民")
    leads = {(plan_of(r), r["lead"], r["basis"]) for r in found}
    assert {
        ("东湖", "南昌市东湖区农业农村局", "action"),
        ("东湖", "中共南昌市东湖区委宣传部", "own"),
        ("余姚", "余姚市农村工作办公室", "presumed"),
        ("余姚", "中共余姚市委宣传部", "presumed"),
        ("甘孜", "甘孜藏族自治州农牧农村局", "own"),
        ("瓯海", "", "no-agency"),
        ("广西", "", "no-agency"),
    } == leads
    assert {r["typeToday"] for r in found if plan_of(r) == "甘孜"} == {"农业农村部门"}
    rural = {(r["typeToday"], r["successor"]) for r in found if r["lead"] == "余姚市农村工作办公室"}
    assert rural == {("农业农村部门", "余姚市农业农村局")}
    counterparts = {
        (plan_of(r), r["agencyName"], r["relation"]) for r in rows(store, "counterpart-agencies", type="农业农村局")
    }
    assert {
        ("余姚", "余姚市农村工作办公室", "before"),
        ("余姚", "余姚市农林局", "before"),
        ("余姚", "余姚市农业机械局", "before"),
        ("东湖", "南昌市东湖区农业农村局", "same"),
        ("甘孜", "甘孜藏族自治州农牧农村局", "kind of it"),
        ("瓯海", "", "none"),
        ("广西", "", "none"),
    } == counterparts


def test_funding_q22(store):
    found = rows(store, "funding")
    assert not [r for r in found if r["kind"] == "target"]
    assert {plan_of(r) for r in found if r["kind"] == "no-amount"} == PLANS
    assert {(r["quote"] if "quote" in r else r["sentence"]) for r in found if r["kind"] == "achievement"} == {
        "全区投入科普经费706万元",
        "比“十二五”期间的426万元增加65.7%",
        "区级人均科普经费从2015年的2.67元增加到2020年的3.62元",
    }
    texts = {(plan_of(r), r["number"]): r["agencyName"] for r in found if r["kind"] == "text"}
    assert texts["余姚", "25."] == "各成员单位"
    assert {("东湖", "(二)"), ("瓯海", "(三)"), ("广西", "(一)"), ("广西", "17."), ("广西", "18.")} <= texts.keys()


def test_double_reduction_q24(store):
    found = rows(store, "provisions-about", words="双减")
    assert {(plan_of(r), r["number"]) for r in found if r["kind"] == "task"} == {
        ("东湖", "2."),
        ("瓯海", "专栏2"),
        ("广西", "20."),
    }
    assert {plan_of(r) for r in found if r["kind"] == "none"} == {"余姚", "甘孜"}
    assert {r["agencyName"] for r in found if plan_of(r) == "东湖"} == {
        "南昌市东湖区教育体育局",
        "南昌市东湖区科学技术协会",
    }


def test_repairs_q25(store):
    found = rows(store, "repairs")
    assert {plan_of(r) for r in found if r["kind"] == "none"} == {"瓯海", "广西"}
    read = {(plan_of(r), r["original"], r["repaired"]) for r in found if r["kind"] == "repaired"}
    assert {
        ("甘孜", "甘办发〔202324", "甘办发〔2023〕24号"),
        ("甘孜", "202366", "2023-06-06"),
        ("甘孜", "川府发〔202228号", "川府发〔2022〕28号"),
        ("甘孜", "民科学素质提升行动", "农民科学素质提升行动"),
        ("甘孜", "州科协各县(市)人民政府", "州科协、各县(市)人民政府"),
        ("东湖", "区妇联区人社局", "区妇联、区人社局"),
        ("东湖", "区科协区发改委", "区科协、区发改委"),
        ("东湖", "2025在各单位", "2025年"),
    } <= read
    assert [r["original"] for r in found if r["kind"] == "unreadable"] == ["委"]
    assert all(r["passage"] for r in found if r["kind"] != "none")
