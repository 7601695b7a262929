"""The facts about a plan as a document, from every place of a page that states them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.model import PlanRecord

from .conftest import NOTICE

Page = Callable[..., PlanRecord]


def fault(*values: object, reason: str) -> object:
    """A case that fails today; strict, so that a repair has to take the mark away."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason, strict=True))


def codes(record: PlanRecord) -> set[str]:
    return {f.code for f in record.findings}


# ---------------------------------------------------------------- document number


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("洪府办发〔2020〕3号", "洪府办发〔2020〕3号"),
        ("洪府办发[2020]3号", "洪府办发〔2020〕3号"),
        ("洪府办发［２０２０］ ３ 号", "洪府办发〔2020〕3号"),
        ("洪府办发（2020）3号", "洪府办发〔2020〕3号"),
        ("洪府办发【2020】第12号", "洪府办发〔2020〕12号"),
        ("发文字号:洪府办发〔2020〕12号", "洪府办发〔2020〕12号"),
        ("文 号： 洪府办发〔2020〕12号", "洪府办发〔2020〕12号"),
    ],
)
def test_a_document_number_is_brought_into_standard_form(page: Page, line: str, number: str) -> None:
    record = page(notice=NOTICE.replace("洪府办发〔2020〕3号", line))
    assert record.document_number is not None
    assert record.document_number.value == number
    assert "repaired-document-number" not in codes(record)


@pytest.mark.parametrize("line", ["(洪府办发〔202024", "洪府办发〔202024号", "洪府办发202024号)"])
def test_a_damaged_document_number_is_repaired_with_a_finding(page: Page, line: str) -> None:
    record = page(notice=NOTICE.replace("洪府办发〔2020〕3号", line))
    assert record.document_number is not None
    assert record.document_number.value == "洪府办发〔2020〕24号"
    assert record.document_number.confidence < 1
    assert "repaired-document-number" in codes(record)


def test_numbers_of_other_documents_are_not_the_plan_s(page: Page) -> None:
    record = page(
        notice=NOTICE.replace("洪府办发〔2020〕3号\n", "").replace(
            "已经市政府同意", "根据《江西省科普条例》(赣府发〔2019〕1号),已经市政府同意"
        ),
        preamble="为贯彻《江西省科普方案》(赣府发〔2020〕2号)精神,制定本要点。",
    )
    assert record.document_number is None


# ---------------------------------------------------------------- fields


def test_labelled_fields_of_a_head_are_read_side_by_side(page: Page) -> None:
    record = page(
        notice="",
        head="索 引 号: A000/2020-123 主题分类: 科技\n发布机构: 南昌市科学技术局 成文日期: 2020-03-01\n文号: 洪科发〔2020〕9号 有效性: 有效\n发布日期: 2020-03-05 10:20\n",
    )
    assert record.index_number is not None
    assert record.index_number.value == "A000/2020-123"
    assert [i.value for i in record.issuers] == ["南昌市科学技术局"]
    assert record.document_number is not None
    assert record.document_number.value == "洪科发〔2020〕9号"
    assert record.issued is not None
    assert record.issued.value == date(2020, 3, 1)
    assert record.published is not None
    assert record.published.value == date(2020, 3, 5)
    assert record.status is not None
    assert record.status.value == "有效"
    assert [s.value for s in record.subjects] == ["科技"]


def test_fields_with_full_width_marks_and_bars_between_them_are_read(page: Page) -> None:
    record = page(
        notice="",
        head="索引号：A000/2020-123　| 发文机关：南昌市科学技术局 |\n成文日期：2020年3月1日 | 发布日期：2020年3月5日 |\n",
    )
    assert record.index_number is not None
    assert record.index_number.value == "A000/2020-123"
    assert [i.value for i in record.issuers] == ["南昌市科学技术局"]
    assert (record.issued and record.issued.value, record.published and record.published.value) == (
        date(2020, 3, 1),
        date(2020, 3, 5),
    )


def test_an_empty_field_is_no_value(page: Page) -> None:
    record = page(
        notice="",
        head="• 索 引 号:\n• 文件编号:\n• 发布单位:\n• 成文日期:\n• 公开方式:\n",
        tail="\n南昌市科学技术局\n2020年3月4日\n",
    )
    assert record.index_number is None
    assert record.document_number is None
    assert [i.value for i in record.issuers] == ["南昌市科学技术局"]


def test_fields_whose_value_stands_in_the_next_line_are_read(page: Page) -> None:
    record = page(notice="", head="索引号:\nA000/2020-123\n发布机构:\n南昌市科学技术局\n成文日期:\n2020-03-01\n")
    assert record.index_number is not None
    assert [i.value for i in record.issuers] == ["南昌市科学技术局"]
    assert record.published is None
    assert record.issued is not None
    assert record.issued.rule == "head-field"


# ---------------------------------------------------------------- signature and dates


def signed(lines: str) -> str:
    return NOTICE.replace("南昌市人民政府办公室\n2020年3月4日", lines)


def test_the_signature_wins_over_the_fields(page: Page) -> None:
    record = page(head="发文机关: 南昌市科学技术局 成文日期: 2020-03-01\n")
    assert [(i.value, i.rule) for i in record.issuers] == [("南昌市人民政府办公室", "signature")]
    assert record.issued is not None
    assert record.issued.value == date(2020, 3, 4)


@pytest.mark.parametrize(
    "lines",
    [
        "南昌市科学技术协会\n南昌市教育局\n2020年3月4日",
        "南昌市科学技术协会  南昌市教育局\n2020年3月4日",
        "   南昌市科学技术协会　　南昌市教育局   \n2020年3月4日",
    ],
)
def test_several_signers_are_all_issuers(page: Page, lines: str) -> None:
    assert [i.value for i in page(notice=signed(lines)).issuers] == ["南昌市科学技术协会", "南昌市教育局"]


def test_who_seals_for_another_is_not_the_issuer(page: Page) -> None:
    record = page(
        head="发文单位:南昌市科学技术局 | 成文日期:2020年3月4日 | 发布日期:2020年3月9日\n",
        notice=signed("南昌市科普工作联席会议办公室(代章)\n2020年3月4日"),
    )
    assert [i.value for i in record.issuers] == ["南昌市科普工作联席会议办公室"]
    assert [s.value for s in record.sealed_by] == ["南昌市科学技术局"]


@pytest.mark.parametrize(
    ("written", "when"),
    [
        ("2020年3月4日", date(2020, 3, 4)),
        ("２０２０年３月４日", date(2020, 3, 4)),
        ("2020 年 3 月 4 日", date(2020, 3, 4)),
        ("二〇二〇年三月四日", date(2020, 3, 4)),
        ("二○二○年十二月三十一日", date(2020, 12, 31)),
        ("2020-03-04", date(2020, 3, 4)),
    ],
)
def test_a_date_under_the_signature_is_the_date_of_issue(page: Page, written: str, when: date) -> None:
    record = page(notice=signed(f"南昌市人民政府办公室\n{written}"))
    assert record.issued is not None
    assert (record.issued.value, record.issued.rule) == (when, "signature")


@pytest.mark.parametrize(
    ("digits", "when"), [("202366", date(2023, 6, 6)), ("20231113", date(2023, 11, 13)), ("2023613", date(2023, 6, 13))]
)
def test_a_date_that_lost_its_characters_is_repaired_where_only_one_reading_is_a_date(
    page: Page, digits: str, when: date
) -> None:
    record = page(notice=signed(f"南昌市人民政府办公室\n{digits}"))
    assert record.issued is not None
    assert record.issued.value == when
    assert record.issued.confidence < 1
    assert "repaired-date" in codes(record)


@pytest.mark.parametrize("written", ["2020111", "2020年2月30日", "2020年13月1日"])
def test_a_date_that_cannot_be_told_is_not_invented(page: Page, written: str) -> None:
    assert page(notice=signed(f"南昌市人民政府办公室\n{written}")).issued is None


@pytest.mark.parametrize(
    "lines",
    [
        ("南昌市人民政府办公室 2020年3月4日"),
        "南昌市人民政府办公室\n(南昌市科学技术局代章)\n2020年3月4日",
    ],
)
def test_signatures_are_read_however_they_are_set(page: Page, lines: str) -> None:
    record = page(notice=signed(lines))
    assert [(i.value, i.rule) for i in record.issuers] == [("南昌市人民政府办公室", "signature")]
    assert record.issued is not None
    assert record.issued.value == date(2020, 3, 4)


def test_without_a_date_of_its_own_the_plan_has_the_date_of_publication_with_little_confidence(page: Page) -> None:
    record = page(notice="", head="发布机构: 南昌市科学技术局\n发布日期: 2020-03-05\n")
    assert record.issued is not None
    assert (record.issued.value, record.issued.rule) == (date(2020, 3, 5), "published-date")
    assert record.issued.confidence < 0.9


def test_a_date_of_generation_is_no_date_of_publication(page: Page) -> None:
    record = page(notice="", head="发布机构: 南昌市科学技术局 生成日期: 2020-03-05\n")
    assert record.published is None
    assert record.issued is not None
    assert record.issued.value == date(2020, 3, 5)


# ---------------------------------------------------------------- notice


@pytest.mark.parametrize(
    ("old", "new", "originator"),
    [
        ("关于印发", "转发市科协关于", "市科协"),
        ("关于印发", "批转市科协关于", "市科协"),
        ("关于印发", "转发市科协等部门关于", "市科协"),
        ("关于印发南昌市2020年科普工作要点的通知", "关于转发市科协《南昌市2020年科普工作要点》的通知", "市科协"),
    ],
)
def test_whose_draft_is_forwarded_is_the_originator(page: Page, old: str, new: str, originator: str) -> None:
    record = page(notice=NOTICE.replace(old, new, 1))
    assert record.originator is not None
    assert record.originator.value == originator


def test_a_notice_that_issues_has_no_originator(page: Page) -> None:
    assert page().originator is None


@pytest.mark.parametrize(
    "words", ["已经市政府同意", "经市政府同意", "已经市委、市政府同意", "报经市政府批准", "已经市政府常务会议审议通过"]
)
def test_who_agreed_is_stated_as_written(page: Page, words: str) -> None:
    record = page(notice=NOTICE.replace("已经市政府同意", words))
    assert record.approval is not None
    assert record.approval.value == words


def test_whom_the_notice_addresses_is_stated_as_written(page: Page) -> None:
    assert [a.value for a in page().addressees] == ["各县区人民政府,市直各部门"]


# ---------------------------------------------------------------- title and period


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("南昌市科普发展“十四五”规划", "规划"),
        ("南昌市贯彻落实《江西省全民科学素质行动规划纲要》责任分工方案", "责任分工方案"),
        ("2018年余姚市实施《全民科学素质行动计划纲要》工作要点", "工作要点"),
        ("南昌市全民科学素质行动规划纲要实施方案(2021—2025年)", "实施方案"),
        ("关于加强科普工作的实施意见", "实施意见"),
        ("关于加强科普工作的若干措施", "若干措施"),
        ("南昌市科普三年行动计划", "行动计划"),
    ],
)
def test_the_kind_of_a_plan_is_the_last_such_word_outside_the_title_marks(page: Page, title: str, kind: str) -> None:
    record = page(notice="", head="发布机构: 南昌市科学技术局\n", title=title)
    assert (record.title.value, record.plan_type) == (title, kind)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("南昌市科普行动计划(2021—2025年)", (2021, 2025)),
        ("南昌市科普行动计划（2021-2025）", (2021, 2025)),
        ("南昌市科普行动计划（２０２１年—２０２５年）", (2021, 2025)),
        ("2018年南昌市科普工作要点", (2018, 2018)),
        ("南昌市2018年度科普工作要点", (2018, 2018)),
        ("南昌市科普发展“十四五”规划", (2021, 2025)),
        ("南昌市科普发展十三五规划", (2016, 2020)),
        ("2018年南昌市实施《全民科学素质行动计划纲要(2016—2020年)》工作要点", (2018, 2018)),
        ("南昌市科普实施方案", None),
        ("南昌市科普行动计划(2025—2021年)", None),
        ("南昌市贯彻《全民科学素质行动规划纲要(2021—2035年)》实施方案", None),
        ("南昌市科普规划(二〇二一—二〇二五年)", (2021, 2025)),
        ("南昌市科普规划(二○二一年至二○二五年)", (2021, 2025)),
        ("南昌市科普发展第十四个五年规划", (2021, 2025)),
    ],
)
def test_the_period_of_a_plan_is_that_of_its_own_title(page: Page, title: str, period: tuple[int, int] | None) -> None:
    record = page(
        notice="", head="发布机构: 南昌市科学技术局\n", title=title, preamble="为提高公民科学素质,制定本方案。"
    )
    assert (record.period and record.period.value) == period


@pytest.mark.parametrize(
    "sentence",
    [
        "规划年限为2021年至2025年。",
        "规划期限为2021—2025年。",
        "实施期限:2021年-2025年。",
        "本方案实施时间为2021年至2025年。",
    ],
)
def test_the_period_may_be_stated_in_the_preamble(page: Page, sentence: str) -> None:
    record = page(notice="", title="南昌市科普实施方案", preamble=f"为提高公民科学素质,制定本方案。{sentence}")
    assert record.period is not None
    assert (record.period.value, record.period.rule) == ((2021, 2025), "stated-period")


def test_the_year_of_a_target_is_no_period(page: Page) -> None:
    record = page(
        notice="", title="南昌市科普实施方案", preamble="为实现到2025年公民具备科学素质的比例达到15%的目标,制定本方案。"
    )
    assert record.period is None
    assert "no-period" in codes(record)


def test_the_red_head_above_a_title_is_no_part_of_it(page: Page) -> None:
    record = page(notice="", head="南昌市科学技术局文件\n", title="南昌市科普实施方案")
    assert record.title.value == "南昌市科普实施方案"


def test_every_fact_cuts_its_own_words_out_of_the_text(page: Page) -> None:
    record = page(
        head="索引号：A000/2020-123 发布日期：2020年3月5日\n", notice=NOTICE.replace("关于印发", "转发市科协关于")
    )
    text = record.source.text
    for fact in (
        record.title,
        record.index_number,
        record.originator,
        record.approval,
        *record.issuers,
        *record.addressees,
    ):
        assert fact is not None
        assert "".join(s.cut(text) for s in fact.spans) == fact.value
    assert record.published is not None
    assert record.published.spans[0].cut(text) == "2020年3月5日"


def test_a_page_without_period_or_issuer_says_so(page: Page) -> None:
    record = page(notice="", title="南昌市科普实施方案")
    assert record.issuers == ()
    assert "no-period" in codes(record)
