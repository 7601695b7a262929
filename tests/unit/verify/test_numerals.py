"""Numbers and dates read anew."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.verify.numerals import date_numbers, five_year_periods, is_close, last_day_of, numbers


def read(text: str) -> set[tuple[str, str]]:
    return {(format(n.value.normalize(), "f"), n.rest) for n in numbers(text)}


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("达到17.5%", "17.5", "%"),
        ("１．５万人次", "15000", "人次"),
        ("1.5万人次", "1.5", "万人次"),
        ("6,500名", "6500", "名"),
        ("1000余场", "1000", "余场"),
        ("300多万元", "3000000", "元"),
        ("3千万元", "30000000", "元"),
        ("五十场", "50", "场"),
        ("一百零五个", "105", "个"),
        ("两千三百人", "2300", "人"),
        ("1亿2000万元", "100000000", "2000万元"),
        ("百分之八十", "80", "%"),
        ("三分之二的村", "66.66666666666666666666666667", "%的村"),
        ("九成以上", "90", "%以上"),
        ("九成五", "95", "%"),
        ("一半乡镇", "50", "%乡镇"),
        ("服务全覆盖", "100", "%"),
        ("实现零事故", "0", "%事故"),
        ("翻一番", "2", ""),
        ("增长10—15个", "15", "个"),
    ],
)
def test_a_number_is_read_with_what_stands_behind_it(text: str, value: str, rest: str) -> None:
    assert (value, rest) in read(text)


@pytest.mark.parametrize("text", ["没有数字的句子", "", "、。"])
def test_where_there_is_no_number_none_is_read(text: str) -> None:
    assert [n for n in numbers(text) if n.value != 0] == []


def test_a_rounded_share_is_close_to_what_it_rounds_and_nothing_else_is() -> None:
    third = Decimal(100) / 3
    assert is_close(Decimal("33.33"), third)
    assert is_close(Decimal("33.3"), third)
    assert not is_close(Decimal("33.4"), Decimal("33.2"))
    assert not is_close(Decimal(18), Decimal("18.4"))


def test_dates_are_their_numbers_however_they_are_written() -> None:
    assert date_numbers("二〇二二年三月二十一日") == date_numbers("2022-03-21") == date_numbers("２０２２年３月２１日")


def test_a_five_year_plan_stands_for_its_years() -> None:
    assert five_year_periods("“十三五”规划,“十四五”末") == [(2016, 2020), (2021, 2025)]
    assert five_year_periods("第十五个五年规划") == [(2026, 2030)]
    assert five_year_periods("一五一十") == []


@pytest.mark.parametrize(("stated", "day"), [("2025", "2025-12-31"), ("2024-02", "2024-02-29"), ("2025-06-30", "2025-06-30"), ("2025-13", None), ("soon", None)])  # fmt: skip
def test_the_last_day_of_what_is_stated(stated: str, day: str | None) -> None:
    assert last_day_of(stated) == day
