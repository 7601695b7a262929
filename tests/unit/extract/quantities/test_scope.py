"""What holds for a number from outside its sentence: dates of the paragraph, the list or the whole, the kind of chapter, the year."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg.extract.quantities import Calendar, read_quantities
from kg.model import PlanRecord, Provision, Quantity, Span

Record = Callable[[str], PlanRecord]

HEAD = "南昌市人民政府办公室关于印发南昌市科普工作方案的通知\n洪府办发〔2018〕12号\n各县(市、区)人民政府:\n现将方案印发给你们,请认真贯彻执行。\n南昌市人民政府办公室\n2018年3月20日\n"
TITLE = "南昌市科普工作方案"
TASKS = "二、重点任务\n(一)开展培训。每年办班。(市科协)\n(二)办好活动。办展。(市科协、市教育局)\n"


def plan(
    *, preamble: str = "为提高素质,制定本方案。", goals: str = "提高水平。", tasks: str = TASKS, end: str = ""
) -> str:
    return f"{HEAD}{TITLE}\n{preamble}\n一、总体要求\n(一)指导思想。全面贯彻。\n(二)发展目标。{goals}\n{tasks}{end}"


def short(found: tuple[Quantity, ...]) -> list[str]:
    return [
        " ".join(filter(None, (q.owner, f"{q.value.normalize():f}", q.unit, q.deadline or "", "?" * q.aspirational)))
        for q in found
        if q.kind == "Target" and q.value is not None
    ]


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ("到2020年,体系基本建成。科普馆达到10个。志愿者达到300人。", ["10 个 2020", "300 人 2020"]),
        ("到2020年,科普馆达到10个。到2025年,志愿者达到300人。", ["10 个 2020", "300 人 2025"]),
        ("到2020年,主要目标是:\n——设施完善。科普馆达到10个。\n——队伍壮大。志愿者达到300人。", ["10 个 2020", "300 人 2020"]),
        ("到2020年,实现以下目标:\n1.设施完善。科普馆达到10个。\n2.队伍壮大。志愿者达到300人。", ["10 个 2020", "300 人 2020"]),
        ("到2020年,体系基本建成。\n——科普馆达到10个。\n——到2019年,志愿者达到300人。\n——讲座达到50场。", ["10 个 2020", "300 人 2019", "50 场 2020"]),
        ("力争到2020年,科普馆达到10个;志愿者达到300人;讲座50场。", ["10 个 2020 ?", "300 人 2020 ?", "50 场 2020 ?"]),
        ("科普馆达到10个,志愿者达到300人。", ["10 个", "300 人"]),
        ("“十三五”期间,培训1万人次。到2020年末,科普馆达到10个。", ["10000 人次 2020", "10 个 2020"]),
    ],
)  # fmt: skip
def test_a_date_that_opens_the_goals_holds_until_another(record: Record, goals: str, expected: list[str]) -> None:
    assert short(record(plan(goals=goals)).quantities) == expected


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("到2020年,建成科普馆3座。培训农民500人。", ["2-1 3 座 2020", "2-1 500 人 2020"]),
        ("加强设施建设,到2020年,建成科普馆3座。培训农民500人。", ["2-1 3 座 2020", "2-1 500 人"]),
        ("年底前建成科普馆3座,全年培训农民500人。", ["2-1 3 座 2018", "2-1 500 人 2018"]),
        ("9月底前建成科普馆3座。", ["2-1 3 座 2018-09"]),
        ("2019年6月底前建成3座,9月底前建成5座。", ["2-1 3 座 2019-06", "2-1 5 座 2019-09"]),
        ("2017年建成科普馆3座,2018年再建成2座。", ["2-1 2 座 2018"]),
        ("落实《南昌市科普行动计划(2016—2020年)》,建成科普馆3座。", ["2-1 3 座"]),
        ("自2018年起,每年建成科普馆3座。", ["2-1 3 座"]),
        ("建成科普馆3座,力争2019年底前开馆。", ["2-1 3 座"]),
        ("全年完成投资3亿元。(1)建设科普馆,完成投资2亿元。(2)建设画廊,完成投资1亿元。", ["2-1 300000000 元 2018", "2-1 200000000 元 2018", "2-1 100000000 元 2018"]),
        ("到2020年,建设画廊100个。其中,东区60个,西区40个。", ["2-1 100 个 2020", "2-1 60 个 2020", "2-1 40 个 2020"]),
        ("建设画廊100个,其中东区60个、西区40个。", ["2-1 100 个", "2-1 60 个", "2-1 40 个"]),
    ],
)  # fmt: skip
def test_dates_within_a_task(record: Record, task: str, expected: list[str]) -> None:
    tasks = TASKS.replace("每年办班。", task)
    assert short(record(plan(tasks=tasks)).quantities) == expected


def test_a_figure_of_the_preamble_is_the_plans(record: Record) -> None:
    found = record(plan(preamble="为提高素质,市政府决定2018年建成科普馆3座。现制定本方案。"))
    assert short(found.quantities) == ["3 座 2018"]


def test_the_basis_and_the_count_of_the_plans_own_parts_are_none_of_its_figures(record: Record) -> None:
    assert short(record(plan(preamble="为落实10项要求,决定2018年实施36个投资工程包。")).quantities) == []


def test_principles_hold_no_target_though_they_hold_numbers(record: Record) -> None:
    text = plan().replace("全面贯彻。", "全面贯彻,建成3个基地,达到80%。")
    assert short(record(text).quantities) == []


@pytest.mark.parametrize("title", ["企业落户奖励", "财政补贴政策", "申报条件"])
def test_sections_on_support_give_a_target_only_where_it_is_dated_or_hoped_for(record: Record, title: str) -> None:
    task = "培育科普企业20家,服务30家。"
    tasks = TASKS.replace("(一)开展培训。每年办班。", f"(一){title}。{task}")
    assert short(record(plan(tasks=tasks)).quantities) == []
    dated = tasks.replace(task, "到2020年,培育科普企业20家。")
    assert short(record(plan(tasks=dated)).quantities) == ["2-1 20 家 2020"]


def test_a_table_line_gives_none(record: Record) -> None:
    text = plan(end="三、指标\n序号\t指标\t2018年\t2020年\n1\t科普馆\t达到3座\t达到5座\n")
    assert [s for s in short(record(text).quantities) if s.startswith("3")] == []


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("二氧化硫、氮氧化物排放量分别削减3%、4%。", ["二氧化硫排放量分别削减", "氮氧化物排放量分别削减"]),
        ("城市和农村宽带接入能力分别达到100M和50M。", ["城市宽带接入能力", "农村宽带接入能力"]),
        ("建成区绿化覆盖率、绿地率分别达到40%、36%。", ["建成区绿化覆盖率", "绿地率"]),
        ("建设充电桩100个,其中福州60个、厦门40个。", ["充电桩", "福州充电桩", "厦门充电桩"]),
        ("新增国家级平台2个、省级5个。", ["新增国家级平台", "新增省级平台"]),
        ("建设旅游厕所30座,其中新建20座,改扩建10座。", ["旅游厕所", "新建旅游厕所", "改扩建旅游厕所"]),
        ("30个以上小流域的水质得到改善。", ["水质得到改善的小流域"]),
        ("取消16个省界收费站。", ["取消省界收费站"]),
        ("在40个社区开展垃圾分类。", ["开展垃圾分类的社区"]),
        ("提高道路机械化清扫率,建成区达到70%以上,县城达到60%以上。", ["建成区道路机械化清扫率", "县城道路机械化清扫率"]),
        ("VOCs排放总量较2015年下降10%以上。", ["VOCs排放总量较2015年下降"]),
        ("农村危房改造,全年开工1000户。", ["农村危房改造开工"]),
        ("三分之一的行政村建有科普e站。", ["建有科普e站的行政村"]),
        ("科学知识普及率2022年、2025年分别达到75%和90%。", ["科学知识普及率", "科学知识普及率"]),
        ("培训渔民50万人次,职务船员持证率2024年达到100%。", ["培训渔民", "职务船员持证率"]),
        ("公益性交易面积不少于总交易面积的15%。", ["公益性交易面积占总交易面积的比例"]),
        ("居住小区按照每百户不少于20平方米的标准配套建设养老服务设施。", ["每百户配套建设养老服务设施"]),
        ("各区政府每半年报送1次进展情况。", ["报送进展情况"]),
        ("自2020年起每年开展1次第三方评估。", ["第三方评估"]),
        (
            "全市公民具备科学素质的比例达到16%以上,力争达到17.5%。",
            ["公民具备科学素质的比例", "公民具备科学素质的比例"],
        ),
        ("州级科普基地新增30个,达到66个。", ["新增州级科普基地", "州级科普基地"]),
        ("科普专职人员稳定在200人左右。", ["科普专职人员"]),
        ("到2025年,科普画廊实现行政村全覆盖。", ["科普画廊行政村覆盖"]),
        ("3年内实现行政村全覆盖。", ["行政村"]),
        ("创成国家级示范基地5个。", ["国家级示范基地"]),
        ("到2025年累计培训老年人1万人次。", ["培训老年人"]),
        ("力争创成1个国家级示范基地。", ["国家级示范基地"]),
    ],
)  # fmt: skip
def test_what_is_counted_is_found_where_it_stands(
    quantities: Callable[[str], list[Quantity]], text: str, indicator: list[str]
) -> None:
    found = [q.indicator for q in quantities(text)]
    assert [i.replace("分别", "") for i in found] == [i.replace("分别", "") for i in indicator]


@pytest.mark.parametrize(
    "line",
    ["建成3个、" * 8000, "建成3个," * 8000, "每年" * 20000 + "建成3个" * 200, "(" * 20000 + "建成3个" * 200, "“建成3个" * 8000, "到2020年" * 8000, "(建成3个" * 2000],
    ids=lambda line: line[:6],
)  # fmt: skip
def test_a_line_that_never_stops_is_read_in_seconds(line: str) -> None:
    began = time.process_time()
    provision = Provision("2-1", "Task", "(一)", 1, "做", None, line, (Span(0, len(line)),), None, None)
    found = read_quantities(line, line, (provision,), calendar=Calendar(2018, 2020, 2018))
    assert len(found) <= 300
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        ("2025年2月30日前建成科普馆3座。", [None]),
        ("2024年2月29日前建成科普馆3座。", ["2024-02-29"]),
        ("到2025年6月31日,建成科普馆3座。", [None]),
        ("到2025年6月30日,建成科普馆3座。", ["2025-06-30"]),
    ],
)
def test_a_day_that_there_is_not_is_no_deadline(
    quantities: Callable[[str], list[Quantity]], text: str, deadlines: list[str | None]
) -> None:
    found = quantities(text)
    assert [(q.indicator, q.deadline) for q in found] == [("科普馆", day) for day in deadlines]


@pytest.mark.parametrize("verb", ["缩小到", "缩小至", "下降到", "控制在"])
def test_a_ratio_needs_no_unit(quantities: Callable[[str], list[Quantity]], verb: str) -> None:
    [ratio] = quantities(f"城乡居民收入比{verb}1.8以内。")
    assert (ratio.indicator, str(ratio.value), ratio.unit, ratio.comparator) == ("城乡居民收入比", "1.8", "", "AtMost")
