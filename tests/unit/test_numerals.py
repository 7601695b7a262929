"""Numerals as plans print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.numerals import five_year_start, fold, han_to_int, int_to_han, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("一百", 100), ("一百零五", 105), ("一百一十", 110),
        ("两千零五", 2005), ("三万", 30_000), ("一万零五百", 10_500), ("二十万", 200_000), ("五亿三千万", 530_000_000),
        ("〇", 0), ("二〇二五", 2025), ("二○一九", 2019), ("二零三五", 2035),
    ],
)  # fmt: skip
def test_a_chinese_numeral_has_its_value(text: str, value: int) -> None:
    assert han_to_int(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("一万亿", 10**12), ("三百万亿", 3 * 10**14), ("万", 10_000), ("亿", 10**8)]
)
def test_multipliers_multiply_all_that_stands_before_them(text: str, value: int) -> None:
    assert han_to_int(text) == value


@pytest.mark.parametrize("text", ["", "甲", "1", "十a", "第一", "一 二", "百分之十"])
def test_what_is_no_chinese_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        han_to_int(text)


def test_every_heading_number_reads_back() -> None:
    assert [han_to_int(int_to_han(n)) for n in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize(("value", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (999, "九百九十九")])  # fmt: skip
def test_heading_numbers_are_printed_as_people_do(value: int, text: str) -> None:
    assert int_to_han(value) == text


@pytest.mark.parametrize("value", [0, -1, 1000])
def test_no_heading_has_such_a_number(value: int) -> None:
    with pytest.raises(ValueError, match="no heading"):
        int_to_han(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"), ("100", "100"), ("17.5", "17.5"), ("6,500", "6500"), ("1,234,567", "1234567"), ("1.5万", "15000"), ("1千万", "10000000"),
        ("0.35亿", "35000000"), ("3万亿", "3000000000000"), ("1000.0万", "10000000"), ("5百", "500"), ("一", "1"), ("三百五十", "350"), ("十万", "100000"),
    ],
)  # fmt: skip
def test_a_number_has_its_plain_value_written_without_exponent(text: str, value: str) -> None:
    assert format(parse_number(text), "f") == value
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "甲", "-", ".", "万1", "1.2.3", "80%"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        parse_number(text)


def test_a_number_longer_than_any_count_has_its_value_too() -> None:
    assert parse_number("9" * 40) == Decimal("9" * 40)


def test_fold_makes_full_width_forms_ascii_and_blanks_spaces() -> None:
    assert fold("（１２）：Ａ；％，．！") == "(12):A;%,.!"
    assert fold("甲\u3000乙\u00a0丙\u200b丁\ufeff") == "甲 乙 丙 丁 "


def test_fold_leaves_chinese_marks_as_they_are() -> None:
    assert fold("、。《》“”〈〉—•〔〕") == "、。《》“”〈〉—•〔〕"


@pytest.mark.parametrize(("n", "year"), [(3, 1966), (10, 2001), (12, 2011), (13, 2016), (14, 2021), (15, 2026)])
def test_five_year_plans_follow_each_other(n: int, year: int) -> None:
    assert five_year_start(n) == year
