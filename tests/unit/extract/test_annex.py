"""Work that an annex lists in numbered lines."""

from __future__ import annotations

from kg.extract import extract
from kg.model import PlanRecord
from kg.outline import outline
from kg.read import read_bytes

NOTICE = "某市人民政府办公室关于印发某市分类工作方案的通知\n某政办发〔2022〕3号\n各县区:\n现印发给你们。\n某市人民政府办公室\n2022年5月1日\n"
HEAD = "某市分类工作方案\n为做好分类,制定本方案。\n"
ANNEX = (
    "附件\n某市重点任务责任分工\n"
    "1.优化投放点位。设置点位,配齐设施。牵头单位:市城管局;责任单位:市财政局;完成时限:2022年9月底前。\n"
    "2.推动示范引领。创建示范单位。牵头单位:市教育局。\n"
    "3.配足分类车辆。新增车辆。\n牵头单位:市交通运输局\n"
)


def read(text: str) -> PlanRecord:
    source = read_bytes(text.encode(), "a.txt")
    return extract(source, outline(source))


def tasks(text: str) -> list[tuple[str, list[str], str | None]]:
    return [
        (p.title, [d.agency_text for d in p.responsibilities], p.deadline and p.deadline.value)
        for p in read(text).provisions
        if p.kind == "Task"
    ]


def test_a_list_behind_a_body_without_tasks_is_the_work() -> None:
    body = "一、工作目标\n到2024年全面分类。\n二、工作安排\n分三个阶段推进。\n三、保障措施\n(一)加强领导。做。\n(二)加大投入。做。\n"
    assert tasks(HEAD + body + ANNEX) == [
        ("优化投放点位", ["市城管局", "市财政局"], "2022-09"),
        ("推动示范引领", ["市教育局"], None),
        ("配足分类车辆", ["市交通运输局"], None),
    ]


def test_a_list_of_the_body_s_own_tasks_gives_them_bodies_and_deadlines() -> None:
    body = (
        "一、工作目标\n到2024年全面分类。\n二、重点任务\n(一)优化投放点位。合理设置点位,配齐照明设施。\n"
        "(二)推动示范引领。党政机关带头分类。\n(三)配足分类车辆。新增新能源车。\n三、保障措施\n(一)加强领导。做。\n(二)加大投入。做。\n"
    )
    assert tasks(HEAD + body + ANNEX) == [
        ("优化投放点位", ["市城管局", "市财政局"], "2022-09"),
        ("推动示范引领", ["市教育局"], None),
        ("配足分类车辆", ["市交通运输局"], None),
    ]


def test_findings_about_the_list_go_where_its_items_go() -> None:
    body = (
        "一、工作目标\n到2024年全面分类。\n二、重点任务\n(一)优化投放点位。合理设置点位,配齐照明设施。\n"
        "(二)推动示范引领。党政机关带头分类。\n(三)配足分类车辆。新增新能源车。\n三、保障措施\n(一)加强领导。做。\n(二)加大投入。做。\n"
    )
    annex = ANNEX.replace("责任单位:市财政局", "责任单位:财政局")
    assert [f.about for f in read(HEAD + body + annex).findings if f.code == "elided-name"] == ["2-1/responsibility/2"]
    other = (
        body.replace("优化投放点位", "修订条例").replace("推动示范引领", "开展评比").replace("配足分类车辆", "表彰先进")
    )
    left_out = read(
        NOTICE
        + HEAD
        + other.replace("设置点位", "起草文本").replace("分类。", "评选。").replace("新能源车", "奖项")
        + annex
    )
    assert not [f for f in left_out.findings if f.code == "elided-name"]
