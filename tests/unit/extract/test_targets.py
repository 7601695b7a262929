"""Counted results: every rule of the annotation guide with what it takes and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from kg.model import PlanRecord, Quantity

Quantities = Callable[[str], list[Quantity]]


def one(found: list[Quantity]) -> Quantity:
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("到2025年,建成科普馆3座。", "3", "座", "Equal"),
        ("到2025年,注册志愿者达到300人。", "300", "人", "Equal"),
        ("到2025年,公民具备科学素质的比例达到15%以上。", "15", "%", "AtLeast"),
        ("举办科普讲座不少于50场。", "50", "场", "AtLeast"),
        ("公民具备科学素质的比例不低于15%。", "15", "%", "AtLeast"),
        ("发布文章至少1篇。", "1", "篇", "AtLeast"),
        ("发布科普文章12篇以上。", "12", "篇", "AtLeast"),
        ("公民具备科学素质的比例超过15%。", "15", "%", "MoreThan"),
        ("培训学员300余人。", "300", "人", "MoreThan"),
        ("审批环节控制在5个以内。", "5", "个", "AtMost"),
        ("审批环节不超过5个。", "5", "个", "AtMost"),
        ("举办科普讲座50场左右。", "50", "场", "About"),
        ("新建科普馆约10个。", "10", "个", "About"),
        ("培训学员1.5万人次。", "15000", "人次", "Equal"),
        ("提供科普服务超过1千万人次。", "10000000", "人次", "MoreThan"),
        ("培训学员6,500名。", "6500", "名", "Equal"),
        ("培训学员三百人。", "300", "人", "Equal"),
        ("每两年举办一次科普大赛。", "1", "次", "Equal"),
        ("到2025年实现科普服务全覆盖。", "100", "%", "Equal"),
        ("到2025年,80%的行政村建有科普画廊。", "80", "%", "Equal"),
        ("到2025年,80%以上行政村(社区)建有科普画廊。", "80", "%", "AtLeast"),
        ("80%的行政村建有科普画廊。", "80", "%", "Equal"),
        ("科普覆盖率达到百分之九十。", "90", "%", "Equal"),
        ("人均科普经费达到5元。", "5", "元", "Equal"),
    ],
)  # fmt: skip
def test_a_number_has_its_plain_value_unit_and_comparator(
    quantities: Quantities, text: str, value: str, unit: str, comparator: str
) -> None:
    found = one(quantities(text))
    assert (found.kind, found.value, found.unit, found.comparator) == ("Target", Decimal(value), unit, comparator)


@pytest.mark.parametrize(
    "text",
    [
        "实施5项提升行动。",
        "抓好四大重点人群和五项基础工程建设。",
        "推进“五水共治”和“六大转型”。",
        "开展千名院士千场科普活动和百名专家百场讲座活动。",
        "实行“一村一名智慧科普传播员”计划。",
        "推进与FM96.6微信公众平台的结合。",
        "建设一批科普基地,打造一支队伍。",
        "落实第十四个五年规划,办好第3届科普大赛。",
        "2025年,全部完成各项任务。",
        "贯彻党的十九届五中全会精神。",
        "对获奖的单位给予10万元奖励。",
        "坚持“8+3”产业方向。",
        "办好科普中国e站和12345热线。",
    ],
)
def test_numbers_in_names_parts_of_the_plan_dates_and_thresholds_are_no_targets(
    quantities: Quantities, text: str
) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("建设科普馆3—5家。", 3, 5), ("建设科普馆5—3家。", 5, 3)],
)
def test_a_range_has_the_ends_that_are_written_also_where_the_first_is_the_greater(
    quantities: Quantities, text: str, least: int, most: int
) -> None:
    assert [(q.minimum, q.maximum) for q in quantities(text)] == [(least, most)]


def test_what_is_reached_already_is_called_as_what_is_to_be_reached(quantities: Quantities) -> None:
    found = quantities("米糠制油利用率已达到55%。到2025年,米糠制油利用率达到60%以上。")
    assert {q.indicator for q in found} == {"米糠制油利用率"}


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("到2025年,建成科普馆3座。", "2025"),
        ("2025年底前建成科普馆3座。", "2025"),
        ("到2025年末,建成科普馆3座。", "2025"),
        ("2022年6月底前建成科普馆3座。", "2022-06"),
        ("2022年6月30日前建成科普馆3座。", "2022-06-30"),
        ("“十四五”期间,建成科普馆3座。", "2025"),
        ("“十四五”末,建成科普馆3座。", "2025"),
        ("“十五五”期间,建成科普馆3座。", "2030"),
        ("建成科普馆3座。", None),
        ("近两年内建成科普馆3座。", None),
    ],
)
def test_a_target_has_the_deadline_that_is_stated_for_it(
    quantities: Quantities, text: str, deadline: str | None
) -> None:
    found = one(quantities(text))
    assert (found.deadline, found.recurrence) == (deadline, None)
    assert (found.deadline_span is None) == (deadline is None)


def test_each_target_of_a_list_has_the_deadline_and_the_hope_of_the_list(quantities: Quantities) -> None:
    found = quantities("2025年,力争创建市级科普教育基地3个、科普示范社区2个。")
    assert [(q.quote, q.value, q.deadline, q.aspirational) for q in found] == [
        ("力争创建市级科普教育基地3个", Decimal(3), "2025", True),
        ("科普示范社区2个", Decimal(2), "2025", True),
    ]


def test_two_deadlines_hold_for_their_own_targets(quantities: Quantities) -> None:
    found = quantities("到2025年,科普馆达到10个;到2030年,科普馆达到20个。")
    assert [(q.value, q.deadline) for q in found] == [(Decimal(10), "2025"), (Decimal(20), "2030")]


@pytest.mark.parametrize("word", ["每年", "每两年", "每季度", "每月"])
def test_a_recurrence_is_kept_as_written(quantities: Quantities, word: str) -> None:
    found = one(quantities(f"{word}举办科普讲座不少于2次。"))
    assert (found.recurrence, found.deadline) == (word, None)


def test_the_bracketed_parts_of_a_figure_share_its_recurrence(quantities: Quantities) -> None:
    found = quantities("开放实验室等场所,每年不少于60天(其中科技周期间开放不少于30天,寒暑假期间开放不少于30天)。")
    assert [(q.value, q.recurrence, q.comparator) for q in found] == [
        (Decimal(60), "每年", "AtLeast"),
        (Decimal(30), "每年", "AtLeast"),
        (Decimal(30), "每年", "AtLeast"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "到2025年,建设科普基地10个,其中国家级2个、省级3个。",
        "到2025年,建设科普基地10个(其中国家级2个、省级3个)。",
    ],
)
def test_the_parts_of_a_figure_are_targets_with_its_deadline(quantities: Quantities, text: str) -> None:
    assert [(q.value, q.deadline) for q in quantities(text)] == [(Decimal(n), "2025") for n in (10, 2, 3)]


def test_the_parts_of_a_figure_without_deadline_are_targets(quantities: Quantities) -> None:
    assert [q.value for q in quantities("建设科普基地10个,其中国家级2个、省级3个。")] == [
        Decimal(n) for n in (10, 2, 3)
    ]


def test_a_number_demanded_of_each_person_is_a_target(quantities: Quantities) -> None:
    found = one(quantities("每人每年培训不少于40学时。"))
    assert (found.value, found.unit, found.recurrence) == (Decimal(40), "学时", "每年")


@pytest.mark.parametrize("word", ["力争", "争取"])
def test_a_hope_is_told_from_a_demand(quantities: Quantities, word: str) -> None:
    assert one(quantities(f"到2025年,{word}建成科普馆3座。")).aspirational
    assert one(quantities(f"{word}到2025年,建成科普馆3座。")).aspirational
    assert not one(quantities("到2025年,建成科普馆3座。")).aspirational


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("到2025年,公民具备科学素质的比例达到15%以上。", "公民具备科学素质的比例"),
        ("到2025年,建成科普馆3座。", "科普馆"),
        ("到2025年,建成3座科普馆。", "科普馆"),
        ("累计开展科普巡讲50场、“科技馆进校园”活动10次。", "科普巡讲"),
        ("每两年举办一次科普大赛。", "科普大赛"),
        ("到2025年,80%以上行政村(社区)建有科普画廊。", "建有科普画廊的行政村(社区)"),
        ("到2025年,注册科技志愿者达到300人。", "注册科技志愿者"),
        ("建成30—50个科普基地。", "科普基地"),
        ("培训学员近300人。", "培训学员"),
        ("到2025年,任务完成率达到100%。", "任务完成率"),
        ("完成率达到100%。", "完成率"),
    ],
)
def test_what_is_counted_is_a_noun_phrase(quantities: Quantities, text: str, indicator: str) -> None:
    assert quantities(text)[0].indicator == indicator


@pytest.mark.parametrize("dash", ["—", "-", "～", "~", "至"])
def test_a_range_has_two_ends_and_no_value(quantities: Quantities, dash: str) -> None:
    found = one(quantities(f"建成科普基地30{dash}50个。"))
    assert (found.value, found.minimum, found.maximum) == (None, Decimal(30), Decimal(50))


def test_a_rise_has_a_baseline(quantities: Quantities) -> None:
    found = one(quantities("公民具备科学素质的比例由10%提高到15%。"))
    assert (found.baseline, found.value) == (Decimal(10), Decimal(15))


@pytest.mark.parametrize("text", ["累计开展科普巡讲50场。", "“十四五”期间,开展科普活动300场次。"])
def test_what_adds_up_is_counted_over_the_period(quantities: Quantities, text: str) -> None:
    assert one(quantities(text)).accumulation == "OverPeriod"


def test_a_level_is_counted_at_its_date(quantities: Quantities) -> None:
    assert one(quantities("到2025年,注册科技志愿者达到300人。")).accumulation == "AtDate"


def test_the_same_target_said_twice_is_two_entries(quantities: Quantities) -> None:
    assert len(quantities("到2025年,建成科普馆3座。做好规划。到2025年,建成科普馆3座。")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "截至2020年底,已建成科普馆3座。",
        ("2020年举办了科普活动370场。"),
    ],
)
def test_what_was_done_is_an_achievement(quantities: Quantities, text: str) -> None:
    assert [q.kind for q in quantities(text)] == ["Achievement"]


def test_the_past_in_a_chapter_on_the_state_of_things_is_achieved_and_the_goals_are_targets(
    record: Callable[[str], PlanRecord],
) -> None:
    found = record(
        "某市科普发展“十四五”规划\n为提高素质,制定本规划。\n一、“十三五”规划实施情况\n(一)设施完善。“十三五”期间,新建科普场馆4个。\n(二)活动丰富。举办活动370余场。\n"
        "二、发展目标\n到2025年,公民具备科学素质的比例达到18%以上。\n三、主要任务\n(一)开展培训。每年培训1万人次。(市科协)\n(二)办好活动。办展。(市科协)"
    )
    assert [(q.kind, q.owner, str(q.value), q.deadline) for q in found.quantities] == [
        ("Achievement", "", "4", None),
        ("Achievement", "", "370", None),
        ("Target", "", "18", "2025"),
        ("Target", "3-1", "10000", None),
    ]
    assert found.quantities[0].achieved_by == "2020-12-31"


def test_a_later_number_of_a_list_counts_what_the_list_is_about_not_the_clause_before(
    record: Callable[[str], PlanRecord],
) -> None:
    found = record(
        "某市科普发展“十四五”规划\n为提高素质,制定本规划。\n一、“十三五”规划实施情况\n(一)服务提升。“十三五”期间,深化科普服务乡村振兴,依托农函大举办各类实用技术培训累计160余场、培训6000余人;"
        "举办创新创业大赛27场,新建院士专家工作站5个、累计11个。\n"
        "二、发展目标\n到2025年,公民具备科学素质的比例达到18%以上。\n三、主要任务\n(一)开展培训。每年培训1万人次。(市科协)\n(二)办好活动。办展。(市科协)"
    )
    said = [(str(q.value), q.indicator) for q in found.quantities if q.kind == "Achievement"]
    assert [value for value, _ in said] == ["160", "6000", "27", "5", "11"]
    counted = dict(said)
    assert counted["6000"] == counted["160"] + "人数"
    assert counted["11"] == counted["5"]
    assert "乡村振兴" not in counted["6000"]
    assert "大赛" not in counted["11"]


def test_every_quote_runs_from_mark_to_mark_and_cuts_out_of_the_text(record: Callable[[str], PlanRecord]) -> None:
    found = record(
        "某市科普工作要点\n为提高素质,制定本要点。\n一、任务\n1.开展培训。到２０２５年，累计开展科普巡讲５０场、“科技馆进校园”活动10次；全区培训学员6500名，短期培训1.5万人次。\n2.办展。(市科协)\n二、其他\n3.做事。(市科协)"
    )
    text = found.source.text
    quotes = [q.span.cut(text) for q in found.quantities]
    assert quotes == ["累计开展科普巡讲５０场", "“科技馆进校园”活动10次", "全区培训学员6500名", "短期培训1.5万人次"]
    assert [q.quote for q in found.quantities] == quotes


def test_a_number_of_any_length_is_no_error(quantities: Quantities) -> None:
    quantities(f"由{'9' * 40}个提高到{'9' * 40}个。建成{'9' * 400}.{'9' * 400}万亿个,{'一' * 30}座。")
