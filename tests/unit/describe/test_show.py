"""Every fact is shown with the sentence that says so, and every lead with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from kg.describe import Description, Fact, Quote, Value, show
from kg.store.protocol import Store


def told(store: Store, reference: str, lang: str = "zh") -> Description:
    shown = show(store, reference, lang)
    assert isinstance(shown, Description)
    return shown


def fact(thing: Description, term: str) -> Fact:
    found = thing.fact(term)
    assert found is not None, [f.term for f in thing.facts]
    return found


def only(thing: Description, term: str) -> Value:
    (value,) = fact(thing, term).values
    return value


def detail(value: Value, term: str) -> list[str]:
    return [v.text for f in value.details if f.term == term for v in f.values]


def every_quote(facts: tuple[Fact, ...]) -> Iterator[Quote]:
    for each in facts:
        for value in each.values:
            yield from value.quotes
            yield from every_quote(value.details)


def nodes(store: Store, name: str) -> list[str]:
    rows = store.query(f"SELECT ?s {{ ?s a <https://w3id.org/plankg/ontology#{name}> }} ORDER BY ?s")
    return [row["s"].value for row in rows]


@pytest.mark.parametrize(
    "name",
    ["Plan", "Section", "Action", "Task", "SafeguardMeasure", "Target", "Achievement", "Agency", "Citation", "Finding"],
)
def test_every_thing_is_told_in_both_languages_with_passages_that_cut_out_their_text(
    five_plans: Store, name: str
) -> None:
    texts = {
        row["name"].value: row["text"].value
        for row in five_plans.query(
            "PREFIX plan: <https://w3id.org/plankg/ontology#> SELECT ?name ?text { ?s plan:fileName ?name ; plan:sourceText ?text }"
        )
    }
    quoted = 0
    for node in nodes(five_plans, name):
        for lang in ("zh", "en"):
            thing = told(five_plans, node, lang)
            assert thing.heading
            assert thing.to_text().splitlines()[1] == f"<{node}>"
            assert "None" not in thing.to_text()
            assert json.loads(thing.to_json())["iri"] == node
        for quote in every_quote(thing.facts):
            quoted += 1
            assert texts[quote.file][quote.start : quote.end] == quote.text
            assert quote.text.strip() in quote.sentence
            assert quote.sentence in texts[quote.file]
    assert quoted or name == "Agency"


def test_a_sole_body_leads_because_only_it_is_named(five_plans: Store, plans: dict[str, str]) -> None:
    task = told(five_plans, plans["360102"] + "/2-3-9")
    assert (task.kind_zh, task.heading) == ("任务", "9. 对接“技能中国行动”")
    lead = only(task, "plan:effectiveLeadAgency")
    assert (lead.text, lead.inferred) == ("南昌市东湖区人力资源和社会保障局", True)
    assert lead.notes == ("文中只点名这一个单位", "原文写作 区人社局")
    assert [q.text for q in lead.quotes] == ["(区人社局按职责分工负责)"]
    part = only(task, "plan:responsibility")
    assert part.text == "1. 区人社局"
    assert (detail(part, "plan:role"), detail(part, "plan:basis")) == (["牵头"], ["唯一单位"])


def test_the_first_of_a_list_leads_by_the_sentence_of_the_rule(five_plans: Store, plans: dict[str, str]) -> None:
    task = told(five_plans, plans["513300"] + "/1-3")
    lead = only(task, "plan:effectiveLeadAgency")
    assert lead.notes[0] == "名单中排第一位,按文中规则为牵头单位"
    statement, rule = lead.quotes
    assert statement.text.startswith("责任单位:州教育体育局、委、四川民族学院")
    assert (rule.text, rule.sentence) == ("排在第一位的为牵头单位,下同", "排在第一位的为牵头单位,下同。")
    damaged = fact(task, "plan:responsibility").values[1]
    assert (damaged.text, damaged.notes) == ("2. 委", ("残缺的名称",))
    assert "甘孜藏族自治州发展和改革委员会" in detail(damaged, "plan:candidate")
    assert detail(damaged, "plan:basisEvidence") == ["排在第一位的为牵头单位,下同"]


def test_an_inherited_lead_names_the_action_that_states_it(five_plans: Store, plans: dict[str, str]) -> None:
    task = told(five_plans, plans["360102"] + "/2-1-1", "en")
    leads = fact(task, "plan:effectiveLeadAgency").values
    assert [v.text for v in leads] == ["南昌市东湖区教育体育局", "南昌市东湖区科学技术协会"]
    for lead in leads:
        assert lead.notes[0].endswith("taken from its action (一) 青少年科学素质提升行动")
        assert lead.notes[1] == "the document says that it leads"
        assert [q.text for q in lead.quotes] == ["(牵头部门:区教体局、区科协)"]
    action = told(five_plans, plans["360102"] + "/2-1")
    assert [v.notes[0] for v in fact(action, "plan:leadAgency").values] == ["文中写明由其牵头"] * 2
    assert len(fact(action, "tasks").values) == 4


def test_a_presumed_lead_says_that_it_is_presumed(five_plans: Store, plans: dict[str, str]) -> None:
    task = told(five_plans, plans["330281"] + "/2-2-9")
    assert fact(task, "plan:effectiveLeadAgency").values == ()
    assert "实际牵头单位:无" in task.to_text()
    presumed = only(task, "plan:presumedLeadAgency")
    assert presumed.text == "中共余姚市委宣传部"
    assert presumed.notes == ("没有写明牵头单位;并列单位中排第一位,按惯例推定", "共 17 个单位并列")
    assert presumed.quotes[0].text.startswith("(市委宣传部、市农办")


def test_a_crowd_group_is_quoted_or_traced_to_the_action(five_plans: Store, plans: dict[str, str]) -> None:
    own, inherited = fact(told(five_plans, plans["513300"] + "/1-3"), "plan:effectiveCrowdGroup").values
    assert (own.text, own.inferred, [q.text for q in own.quotes]) == ("大学生", False, ["在校大学生"])
    assert (inherited.text, inherited.inferred) == ("青少年", True)
    assert inherited.notes == ("取自所在行动 一、 青少年科学素质提升行动",)
    assert [q.text for q in inherited.quotes] == ["青少年"]


def test_a_plan_is_told_with_its_metadata_parts_targets_and_repairs(five_plans: Store, plans: dict[str, str]) -> None:
    plan = told(five_plans, plans["330281"])
    number = only(plan, "plan:documentNumber")
    assert (number.text, [q.text for q in number.quotes]) == ("余政办发〔2018〕28号", ["余政办发〔2018〕28号"])
    assert [q.text.replace(" ", "") for q in only(plan, "dcterms:issued").quotes] == ["2018年4月12日"]
    period = only(plan, "period")
    assert (period.text, [q.text for q in period.quotes]) == ("2018", ["2018年"])
    assert fact(plan, "plan:citation").values[0].text == "全民科学素质行动计划纲要"
    tasks = [v.text for a in fact(plan, "actions").values for f in a.details for v in f.values]
    assert len(tasks) == 25
    repair = only(plan, "findings")
    assert detail(repair, "plan:repairedText") == ["2018-04-12"]
    assert repair.quotes
    donghu = told(five_plans, plans["360102"])
    assert len(fact(donghu, "findings").values) > 5
    assert len(fact(donghu, "targets").values) == 6


def test_a_target_is_told_with_its_clause_deadline_and_owner(five_plans: Store, plans: dict[str, str]) -> None:
    target = told(five_plans, plans["330304"] + "/target/1")
    share = next(t for t in fact(told(five_plans, plans["330304"]), "targets").values if "18%" in t.text)
    assert share.text.endswith("≥ 18%, 2025")
    assert share.iri is not None
    target = told(five_plans, share.iri)
    assert only(target, "plan:quote").quotes[0].text == "全区公民具备基本科学素质比例达到18%以上"
    assert (only(target, "plan:comparator").text, only(target, "plan:aspirational").text) == ("不少于", "否")
    assert [q.text for q in only(target, "plan:deadline").quotes] == ["到2025年"]
    assert only(target, "plan:targetOf").iri == f"{five_plans.base}plan/{plans['330304']}"
    aimed = told(five_plans, plans["360102"] + "/target/1")
    assert only(aimed, "plan:aspirational").text == "是"


def test_an_agency_is_told_with_what_it_leads_shares_and_supports(five_plans: Store, plans: dict[str, str]) -> None:
    agency = told(five_plans, "区人社局")
    assert only(agency, "skos:altLabel").text == "区人社局"
    led = only(agency, "leads")
    assert led.iri == f"{five_plans.base}plan/{plans['360102']}"
    assert "9. 对接“技能中国行动”" in detail(led, "tasks")
    assert detail(led, "actions") == ["(三) 产业工人科学素质提升行动"]
    assert only(agency, "joint").details
    supports = told(five_plans, "513300/science-association")
    assert only(supports, "support").iri == f"{five_plans.base}plan/{plans['513300']}"


def test_a_concept_is_told_with_what_uses_it(five_plans: Store) -> None:
    group = told(five_plans, "crowd-group/farmers")
    assert {v.text for v in fact(group, "skos:prefLabel").values} == {"农民", "farmers"}
    users = fact(group, "^plan:crowdGroup").values
    assert any(v.text.startswith("(二) 农民科学素质提升行动  《东湖区") for v in users)
    level = told(five_plans, "concept/level/county")
    assert fact(level, "^plan:level").values[-1].text.startswith("另有 ")


def test_the_text_numbers_each_sentence_once(five_plans: Store, plans: dict[str, str]) -> None:
    text = told(five_plans, plans["513300"] + "/1-3").to_text()
    head, _, sentences = text.partition("\n原文\n")
    numbered = sentences.splitlines()
    assert [line.split("]")[0] for line in numbered] == [f"[{n}" for n in range(1, len(numbered) + 1)]
    assert all(f"[{n}]" in head for n in range(1, len(numbered) + 1))
    assert sum("排在第一位的为牵头单位" in line for line in numbered) == 1
    assert "排在第一位的为牵头单位" in sentences
    assert "Evidence" in told(five_plans, plans["513300"] + "/1-3", "en").to_text()


def test_the_same_thing_is_told_the_same_way_twice(five_plans: Store, plans: dict[str, str]) -> None:
    for reference in (plans["360102"], plans["513300"] + "/1-3", "区科协"):
        assert told(five_plans, reference).to_json() == told(five_plans, reference).to_json()
