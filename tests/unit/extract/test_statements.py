"""Who acts: every form of the annotation guide's table, and what pages do to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract import extract
from kg.model import PlanRecord, Provision
from kg.outline import outline
from kg.read import read_bytes

Task = Callable[..., Provision]
Record = Callable[[str], PlanRecord]

L, J, S = ("Lead", "Stated"), ("Joint", "Stated"), ("Support", "Stated")
F1, F2 = ("Lead", "FirstListedRule"), ("Support", "FirstListedRule")
SOLE = ("Lead", "SoleAgency")
RULE = "排在第一位的为牵头单位"


def told(provision: Provision) -> list[tuple[str, str, str]]:
    return [(d.agency_text, d.role, d.basis) for d in provision.responsibilities]


FORMS = [
    # 牵头单位: each leads
    ("\n牵头单位:市科协、市教育局", [("市科协", *L), ("市教育局", *L)]),
    ("(牵头部门:市科协)", [("市科协", *L)]),
    ("(市科协牵头)", [("市科协", *L)]),
    ("(市科协、市教育局牵头负责)", [("市科协", *L), ("市教育局", *L)]),
    ("(市科协、市教育局分别牵头)", [("市科协", *L), ("市教育局", *L)]),
    # own leads, the others support
    ("(牵头单位:市科协;配合单位:市教育局、市财政局)", [("市科协", *L), ("市教育局", *S), ("市财政局", *S)]),
    ("(牵头单位:市科协,参与单位:市教育局)", [("市科协", *L), ("市教育局", *S)]),
    ("(牵头单位：市科协；责任单位：市教育局、市财政局)", [("市科协", *L), ("市教育局", *S), ("市财政局", *S)]),
    ("\n牵头单位:市科协\n配合单位:市教育局、市财政局", [("市科协", *L), ("市教育局", *S), ("市财政局", *S)]),
    ("(市科协牵头,市教育局、市财政局参与)", [("市科协", *L), ("市教育局", *S), ("市财政局", *S)]),
    ("(市科协牵头，市教育局、市财政局按职责分工负责)", [("市科协", *L), ("市教育局", *S), ("市财政局", *S)]),
    (
        "(市科协牵头；市教育局、市财政局；市妇联配合)",
        [("市科协", *L), ("市教育局", *S), ("市财政局", *S), ("市妇联", *S)],
    ),
    ("(市科协牵头,各县区配合)", [("市科协", *L), ("各县区", *S)]),
    ("(由市科协会同市教育局、市财政局负责)", [("市科协", *L), ("市教育局", *S), ("市财政局", *S)]),
    ("(市科协会同市教育局负责)", [("市科协", *L), ("市教育局", *S)]),
    ("由市科协牵头,市教育局配合。", [("市科协", *L), ("市教育局", *S)]),
    ("由市科协会同市教育局负责。", [("市科协", *L), ("市教育局", *S)]),
    # one agency alone
    ("(市科协按职责分工负责)", [("市科协", *SOLE)]),
    ("(市科协)", [("市科协", *SOLE)]),
    ("（市科协）。", [("市科协", *SOLE)]),
    ("\n责任单位:市科协", [("市科协", *SOLE)]),
    ("(市科协负责)", [("市科协", *SOLE)]),
    # several share
    ("(市科协、市教育局、市财政局按职责分工负责)", [("市科协", *J), ("市教育局", *J), ("市财政局", *J)]),
    ("(市科协、市教育局按照各自职责分工负责)", [("市科协", *J), ("市教育局", *J)]),
    ("(市科协、市教育局)", [("市科协", *J), ("市教育局", *J)]),
    ("\n责任单位:市科协、市教育局", [("市科协", *J), ("市教育局", *J)]),
    ("(责任单位:市科协、市教育局)", [("市科协", *J), ("市教育局", *J)]),
    ("\n(责任单位:市科协、市教育局)", [("市科协", *J), ("市教育局", *J)]),
    ("\n【责任单位:市科协、市教育局】", [("市科协", *J), ("市教育局", *J)]),
    ("\n责任单位:市科协,市教育局;市财政局", [("市科协", *J), ("市教育局", *J), ("市财政局", *J)]),
    ("\n责任单位:市科协以及市教育局", [("市科协", *J), ("市教育局", *J)]),
    # a collective alone
    ("(各成员单位)", [("各成员单位", *J)]),
    ("(各成员单位按职责分工负责)", [("各成员单位", *J)]),
    ("(各县（市、区）人民政府)", [("各县(市、区)人民政府", *J)]),
    # 指导
    ("(生态环境部、国家发展改革委指导)", [("生态环境部", *J), ("国家发展改革委", *J)]),
    # 等
    ("(市农业农村局等部门按职责分工负责)", [("市农业农村局", *J)]),
    ("(市科协、市教育局等)", [("市科协", *J), ("市教育局", *J)]),
    # the rule about the first
    (
        f"\n责任单位:市科协、市教育局,各县(市)人民政府。{RULE}。",
        [("市科协", *F1), ("市教育局", *F2), ("各县(市)人民政府", *F2)],
    ),
    ("(责任部门:市科协、市教育局,首位为牵头部门)", [("市科协", *F1), ("市教育局", *F2)]),
    (f"\n责任单位:市科协、市教育局。{RULE},下同。", [("市科协", *F1), ("市教育局", *F2)]),
    # what pages do
    ("(市科协市教育局按职责分工负责)", [("市科协", *J), ("市教育局", *J)]),
    ("\n责任单位:市科协 市教育局 市财政局", [("市科协", *J), ("市教育局", *J), ("市财政局", *J)]),
    ("(市科协、 市教 育局)", [("市科协", *J), ("市教育局", *J)]),
    ("(市科协、市教育局\n)", [("市科协", *J), ("市教育局", *J)]),
    ("(市科协、市教育局", [("市科协", *J), ("市教育局", *J)]),
    ("\n责任单位:市科协、市教育局、\n市财政局", [("市科协", *J), ("市教育局", *J), ("市财政局", *J)]),
    ("\n责任单位:市科协、市教育局\n、市财政局", [("市科协", *J), ("市教育局", *J), ("市财政局", *J)]),
    ("\n责任单位:\n市科协、市教育局", [("市科协", *J), ("市教育局", *J)]),
    ("(市科协、市文化广电新闻出版局〈旅游局〉)", [("市科协", *J), ("市文化广电新闻出版局〈旅游局〉", *J)]),
    ("(市科协、市教育局（体育局）、市财政局)", [("市科协", *J), ("市教育局(体育局)", *J), ("市财政局", *J)]),
    ("(州委政法委,州、县(市)反邪教办公室)", [("州委政法委", *J), ("州反邪教办公室", *J), ("县(市)反邪教办公室", *J)]),
    ("(各市、县(区)人民政府)", [("各市、县(区)人民政府", *J)]),
    ("(市科协、委、市教育局)", [("市科协", *J), ("委", *J), ("市教育局", *J)]),
    ("\n牵头单位:市科协、市教育局(分别牵头)", [("市科协", *L), ("市教育局", *L)]),
    ("(分别由市科协、市教育局牵头)", [("市科协", *L), ("市教育局", *L)]),
    ("\n责任单位：市科协（牵头）、市教育局", [("市科协", *L), ("市教育局", *S)]),
    ("(市科协(牵头)、市教育局)", [("市科协", *L), ("市教育局", *S)]),
    ("(市教育局、市科协根据职责分工负责)", [("市教育局", *J), ("市科协", *J)]),
    ("责任单位:市科协、市教育局。", [("市科协", *J), ("市教育局", *J)]),
    ("\n责 任 单 位:市科协、市教育局", [("市科协", *J), ("市教育局", *J)]),
    ("(责任单位:市科协,责任人:李四)", [("市科协", *SOLE)]),
    ("(配合单位:市科协)", [("市科协", *S)]),
]


@pytest.mark.parametrize(("statement", "expected"), FORMS)
def test_a_statement_gives_each_body_its_role_and_basis(
    task: Task, statement: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(task(statement)) == expected


@pytest.mark.parametrize("statement", [case[0] for case in FORMS if type(case) is tuple and "\n" not in case[0][:1]])
def test_the_text_of_a_task_leaves_its_statement_out(task: Task, statement: str) -> None:
    assert task(statement).text.rstrip("。") == "开展培训。每年办班"


@pytest.mark.parametrize(
    "text",
    [
        "开展培训(含线上)。每年办班。",
        "开展“科技周(节)”。每年办班。",
        "建设科普馆(室)。每年办班(市级)。",
        "做好工作。市科协要牵头做好完善工作机制等工作。",
        "做好工作。市科协负责本方案的组织实施,协调解决重大问题。",
        "提高素质(见附件)。每年办班。",
        "推进中心(站、所)建设。每年办班(不涉密)。",
    ],
)
def test_brackets_in_names_and_running_prose_are_no_statements(record: Record, text: str) -> None:
    found = record(
        f"某市科普工作要点\n为提高素质,制定本要点。\n一、工作任务\n1.{text}\n2.办好活动。(市科协、市教育局)\n二、其他\n3.做事。(市科协)"
    )
    first = next(p for p in found.provisions if p.kind == "Task")
    assert first.responsibilities == ()
    assert first.text == text


def test_an_open_list_stays_open(task: Task) -> None:
    assert [d.open_list for d in task("(市科协、市农业农村局等部门按职责分工负责)").responsibilities] == [False, True]
    assert [d.open_list for d in task("(市科协、市教育局)").responsibilities] == [False, False]


def test_collectives_and_fragments_are_told_from_agencies(task: Task) -> None:
    kinds = [d.agency_kind for d in task("(市科协、委、各县(市)人民政府)").responsibilities]
    assert kinds == ["agency", "fragment", "collective"]


def test_an_elided_first_part_is_restored_beside_the_name(task: Task) -> None:
    duties = task("(省发展改革委、财政厅、教育厅)").responsibilities
    assert [(d.agency_text, d.full_text) for d in duties] == [
        ("省发展改革委", None),
        ("财政厅", "省财政厅"),
        ("教育厅", "省教育厅"),
    ]


def test_an_agency_that_comes_again_in_the_same_role_is_one_entry(task: Task) -> None:
    assert told(task("(市科协、市教育局、市科协)")) == [("市科协", *J), ("市教育局", *J)]


def test_a_lead_among_those_who_help_is_read_as_both_in_a_list_of_all_as_lead_alone(task: Task) -> None:
    helps = task("(市科协牵头,市教育局、市科协配合)").responsibilities
    assert [(d.agency_text, d.role) for d in helps] == [
        ("市科协", "Lead"),
        ("市教育局", "Support"),
        ("市科协", "Support"),
    ]


def test_statements_after_each_sentence_all_belong_to_the_item(task: Task) -> None:
    found = task("(市科协牵头)办好展览。(市教育局、市财政局)", text="开展培训。每年办班。")
    assert told(found) == [("市科协", *L), ("市教育局", *J), ("市财政局", *J)]
    assert [d.position for d in found.responsibilities] == [1, 2, 3]


def test_every_body_lies_where_its_span_says(record: Record) -> None:
    text = "某市科普工作要点\n为提高素质,制定本要点。\n一、工作任务\n1.开展培训。（市科协、 市教 育局市财政局\n）\n2.办好活动。\n责任单位：州委政法委，州、县（市）反邪教办公室、\n省发展改革委、财政厅。\n二、其他\n3.做事。(市科协)"
    found = record(text)
    source = found.source.text
    cuts = [["".join(s.cut(source).split()) for s in d.spans] for p in found.provisions for d in p.responsibilities]
    assert cuts == [["市科协"], ["市教育局"], ["市财政局"], ["州委政法委"], ["州、县（市）反邪教办公室"], ["县（市）反邪教办公室"], ["省发展改革委"], ["财政厅"], ["市科协"]]  # fmt: skip


# ---------------------------------------------------------------- the rule about the first, across items


def _plan(*statements: str) -> str:
    items = "\n".join(f"({'一二三四五六'[i]})办好活动。办展。{s}" for i, s in enumerate(statements))
    return f"某州科普责任分工方案\n为提高素质,制定本方案。\n一、工作任务\n{items}\n二、其他任务\n(一)做事。\n责任单位:州科协、州教育局"


def _tasks(record: Record, *statements: str) -> list[list[tuple[str, str, str]]]:
    return [told(p) for p in record(_plan(*statements)).provisions if p.kind == "Task"]


def test_the_rule_about_the_first_holds_below_where_it_says_so(record: Record) -> None:
    tasks = _tasks(record, f"\n责任单位:州科协、州财政局。{RULE},下同。", "\n责任单位:州财政局、州科协")
    assert tasks == [
        [("州科协", *F1), ("州财政局", *F2)],
        [("州财政局", *F1), ("州科协", *F2)],
        [("州科协", *F1), ("州教育局", *F2)],
    ]


def test_the_rule_about_the_first_holds_for_its_own_list_only_where_it_does_not_say_so(record: Record) -> None:
    tasks = _tasks(record, f"\n责任单位:州科协、州财政局。{RULE}。", "\n责任单位:州财政局、州科协")
    assert tasks == [
        [("州科协", *F1), ("州财政局", *F2)],
        [("州财政局", *J), ("州科协", *J)],
        [("州科协", *J), ("州教育局", *J)],
    ]


def test_the_rule_about_the_first_does_not_hold_above_it(record: Record) -> None:
    tasks = _tasks(record, "\n责任单位:州财政局、州科协", f"\n责任单位:州科协、州财政局。{RULE},下同。")
    assert tasks[0] == [("州财政局", *J), ("州科协", *J)]


def test_a_lead_by_the_rule_points_to_the_sentence_of_the_rule(record: Record) -> None:
    found = record(_plan(f"\n责任单位:州科协、州财政局。{RULE},下同。", "\n责任单位:州财政局、州科协"))
    basis = {d.basis_span.cut(found.source.text) for p in found.provisions for d in p.responsibilities if d.basis_span}
    assert basis == {f"{RULE},下同"}
    assert all(
        (d.basis_span is not None) == (d.basis == "FirstListedRule")
        for p in found.provisions
        for d in p.responsibilities
    )


def test_own_leads_win_over_the_rule_about_the_first(record: Record) -> None:
    tasks = _tasks(record, f"\n责任单位:州科协、州财政局。{RULE},下同。", "(州财政局牵头,州科协参与)")
    assert tasks[1] == [("州财政局", *L), ("州科协", *S)]


def test_two_bodies_that_lead_in_their_own_sentence_win_over_the_rule_about_the_first(record: Record) -> None:
    tasks = _tasks(record, f"\n责任单位:州科协、州财政局。{RULE},下同。", "(州科协、州财政局牵头负责)")
    assert tasks[1] == [("州科协", *L), ("州财政局", *L)]


def test_two_bodies_under_a_label_of_leads_yield_to_the_rule_about_the_first(record: Record) -> None:
    tasks = _tasks(record, f"\n责任单位:州科协、州财政局。{RULE},下同。", "\n牵头单位:州科协、州财政局")
    assert tasks[1] == [("州科协", *F1), ("州财政局", *F2)]


def test_one_agency_alone_needs_no_rule_and_a_collective_leads_by_it(record: Record) -> None:
    tasks = _tasks(
        record, f"\n责任单位:州科协、州财政局。{RULE},下同。", "\n责任单位:州科协", "\n责任单位:各县(市)人民政府"
    )
    assert [t[0][1:] for t in tasks[1:3]] == [SOLE, F1]


def test_a_rule_in_the_preamble_holds_for_the_whole_plan(record: Record) -> None:
    text = _plan("\n责任单位:州财政局、州科协").replace("制定本方案。", f"制定本方案。各项任务责任单位中,{RULE}。")
    assert next(told(p) for p in record(text).provisions if p.kind == "Task") == [("州财政局", *F1), ("州科协", *F2)]


# ---------------------------------------------------------------- leads of actions


def test_leads_in_a_heading_belong_to_the_action_and_not_to_its_tasks(record: Record) -> None:
    found = record(
        "某区科普实施方案\n为提高素质,制定本方案。\n一、提升行动\n(一)青少年科学素质提升行动。激发好奇心。(牵头部门:区教体局、区科协)\n"
        "1.开展活动。办展。(区科协、区妇联按职责分工负责)\n2.办好培训。办班。(区妇联按职责分工负责)\n二、保障措施\n(一)加强领导。做好。\n(二)加强投入。做好。"
    )
    by_key = {p.key: p for p in found.provisions}
    assert told(by_key["1-1"]) == [("区教体局", *L), ("区科协", *L)]
    assert by_key["1-1"].kind == "Action"
    assert told(by_key["1-1-1"]) == [("区科协", *J), ("区妇联", *J)]
    assert told(by_key["1-1-2"]) == [("区妇联", *SOLE)]


def test_a_deadline_in_a_statement_is_the_task_s_own(task: Task) -> None:
    found = task("\n责任单位:市科协、市教育局;完成时限:2020年12月底前")
    assert told(found) == [("市科协", *J), ("市教育局", *J)]
    assert found.deadline is not None
    assert found.deadline.value == "2020-12"


def test_repairs_of_lists_leave_findings(task: Task) -> None:
    def codes(statement: str) -> set[str]:
        text = f"某市科普工作要点\n为提高素质,制定本要点。\n一、任务\n1.开展培训。{statement}\n2.办好活动。(市科协)\n二、其他\n3.做事。(市科协)"
        source = read_bytes(text.encode(), "a.txt")
        return {f.code for f in extract(source, outline(source)).findings} & {
            "split-agencies", "coordinated-name", "damaged-name", "elided-name",
        }  # fmt: skip

    assert codes("(市科协、市教育局)") == set()
    assert codes("(市科协市教育局)") == {"split-agencies"}
    assert codes("(市、县(区)反邪教办公室)") == {"coordinated-name"}
    assert codes("(市科协、委、市教育局)") == {"damaged-name"}
    assert codes("(省发展改革委、财政厅)") == {"elided-name"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展线上)培训。每年办班。(市科协、市教育局)", [("市科协", *J), ("市教育局", *J)]),
        ("开展(线上培训。每年办班。\n责任单位:市科协、市教育局", [("市科协", *J), ("市教育局", *J)]),
        (
            "开展(线上培训。每年办班。(市科协、市教育局)",
            [("市科协", *J), ("市教育局", *J)],
        ),
        (
            "开展培训。每年办班。(市科协、市教育局按职责分工负责\n做好总结。",
            [("市科协", *J), ("市教育局", *J)],
        ),
    ],
)
def test_a_lost_bracket_elsewhere_does_not_hide_the_statement(
    task: Task, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(task("", text=text)) == expected


@pytest.mark.parametrize(
    ("limit", "deadline"),
    [
        ("2020年上半年", "2020-06"),
        ("2020年第三季度末前", "2020-09"),
        ("年底前", "2020"),
        ("6月底前", "2020-06"),
        ("下半年完成", "2020-12"),
        ("11月15日前", "2020-11-15"),
        ("持续推进", None),
    ],
)
def test_the_time_limit_of_a_task_needs_no_year_where_the_plan_is_for_one(
    record: Callable[[str], PlanRecord], limit: str, deadline: str | None
) -> None:
    text = f"宜春市2020年科普工作要点\n为做好工作,制定本要点。\n一、任务\n1.开展培训。办班。\n牵头单位:市科协\n完成时限:{limit}\n2.办展。办好。\n牵头单位:市科协"
    task = next(p for p in record(text).provisions if p.kind == "Task")
    assert (task.deadline.value if task.deadline else None) == deadline
