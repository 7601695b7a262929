"""Documents in 《》, and which of them a plan is made to carry out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.extract.citations import find_titles, is_document
from kg.model import PlanRecord

from .conftest import BODY, NOTICE

Page = Callable[..., PlanRecord]


def bases(record: PlanRecord) -> list[str]:
    return [c.title for c in record.citations if c.is_basis]


def test_the_preamble_names_what_the_plan_carries_out_in_order(page: Page) -> None:
    record = page(
        notice="",
        preamble="根据《中华人民共和国科学技术普及法》《全民科学素质行动规划纲要(2021—2035年)》等文件精神,结合《南昌市科普条例》,制定本要点。",
    )
    assert bases(record) == ["中华人民共和国科学技术普及法", "全民科学素质行动规划纲要(2021—2035年)", "南昌市科普条例"]


@pytest.mark.parametrize("cue", ["根据", "依据", "为贯彻落实", "深入实施", "继续实施", "按照"])
def test_every_cue_of_the_guide_makes_a_basis(page: Page, cue: str) -> None:
    assert bases(page(notice="", preamble=f"{cue}《江西省科普条例》,制定本要点。")) == ["江西省科普条例"]


@pytest.mark.parametrize(
    "title",
    [
        "江西省人民政府关于印发〈江西省科普方案〉的通知",
        "江西省人民政府关于印发<江西省科普方案>的通知",
        "江西省人民政府关于印发《江西省科普方案》的通知",
    ],
)
def test_a_title_that_holds_another_stays_whole(page: Page, title: str) -> None:
    record = page(notice="", preamble=f"为贯彻落实《{title}》(赣府发〔2020〕2号)精神,制定本要点。")
    assert bases(record) == [title]
    assert [c.number for c in record.citations] == ["赣府发〔2020〕2号"]


def test_a_lost_opening_mark_is_restored_with_a_finding(page: Page) -> None:
    record = page(notice="", preamble="根据《科普法》江西省人民政府关于印发江西省科普方案的通知》精神,制定本要点。")
    assert bases(record) == ["科普法", "江西省人民政府关于印发江西省科普方案的通知"]
    assert [c.restored for c in record.citations] == [False, True]
    assert [f.repaired for f in record.findings if f.code == "restored-bracket"] == [
        "《江西省人民政府关于印发江西省科普方案的通知》"
    ]


def test_a_lost_closing_mark_does_not_hide_the_next_title(page: Page) -> None:
    record = page(notice="", preamble="根据《中华人民共和国科学技术普及法精神,结合《江西省科普条例》,制定本要点。")
    assert "江西省科普条例" in bases(record)


def test_a_short_name_is_a_citation_of_the_document_that_it_is_short_for(page: Page) -> None:
    record = page(
        notice="",
        preamble="根据《全民科学素质行动规划纲要(2021—2035年)》(以下简称《纲要》)和《科普法》,制定本要点。",
        body=BODY.replace("每年办班", "落实《纲要》要求"),
    )
    assert [(c.title, c.short_for, c.is_basis) for c in record.citations] == [
        ("全民科学素质行动规划纲要(2021—2035年)", None, True),
        ("科普法", None, True),
        ("纲要", "全民科学素质行动规划纲要(2021—2035年)", False),
    ]


def test_a_short_name_of_the_plan_itself_is_no_citation(page: Page) -> None:
    record = page(
        body=BODY.replace("每年办班", "《南昌市2020年科普工作要点》(以下简称《要点》)印发后,落实《要点》要求")
    )
    assert record.citations == ()


@pytest.mark.parametrize(
    ("before", "issuer"),
    [
        ("根据省委、省政府", "根据省委、省政府"),
        ("为做好工作,贯彻落实国务院办公厅", "贯彻落实国务院办公厅"),
        ("市委提出了要求。落实", "落实"),
        ("按照省政府《省科普规定》(省府发〔2019〕3号)、", "按照省政府"),
    ],
)
def test_a_citation_keeps_the_words_that_may_say_whose_the_document_is(page: Page, before: str, issuer: str) -> None:
    record = page(notice="", preamble=f"{before}《关于做好科普工作的意见》精神,制定本要点。")
    assert record.citations[-1].issuer == issuer


def test_titles_in_the_body_are_cited_but_no_basis(page: Page) -> None:
    record = page(notice="", body=BODY.replace("每年办班", "贯彻落实《江西省科普条例》"))
    assert [(c.title, c.is_basis) for c in record.citations] == [("江西省科普条例", False)]


def test_the_plan_s_own_title_in_its_notice_is_no_citation(page: Page) -> None:
    assert page(notice=NOTICE).citations == ()


def test_newspapers_and_columns_are_no_documents(page: Page) -> None:
    record = page(notice="", preamble="根据《科普条例》,在《江西日报》和《科技之窗》上宣传,制定本要点。")
    assert [c.title for c in record.citations] == ["科普条例"]


@pytest.mark.parametrize(
    "title",
    [
        "科普法",
        "江西省科普条例",
        "全民科学素质行动规划纲要(2021—2035年)",
        "关于新时代进一步加强科学技术普及工作的意见",
        "公务员培训规定",
    ],
)
def test_laws_plans_and_notices_are_documents(title: str) -> None:
    assert is_document(title)


@pytest.mark.parametrize("title", ["江西日报", "余姚科普", "科技之窗", "法", "三国演义"])
def test_other_works_are_none(title: str) -> None:
    assert not is_document(title)


@pytest.mark.parametrize(
    "text",
    ["《", "》", "《》", "》《", "《《》", "《》》", "《甲", "甲》", "", "《甲\n乙》", "，》", "甲乙丙丁戊》》》"],
)
def test_odd_marks_give_places_inside_the_text(text: str) -> None:
    assert all(0 <= span.start <= span.end <= len(text) for span, _ in find_titles(text, 0, len(text)))


def test_a_citation_cuts_its_title_out_of_the_text(page: Page) -> None:
    record = page(
        notice="", preamble="根据《科普法》江西省人民政府关于印发《江西省科普方案（2020年）》的通知》精神,制定本要点。"
    )
    assert record.citations
    assert all(c.span.cut(record.source.text) == c.title for c in record.citations)
