"""Numbers that only their neighbours tell, and lines that hold several items."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kg.outline.counting import count_lines
from kg.outline.lines import match_number, split_lines


def counted(text: str) -> list[tuple[str, str]]:
    """Number and own words of each line."""
    lines, numbers = count_lines(split_lines(text))
    return [(n.shown if n else "", line.text[n.end if n else 0 :]) for line, n in zip(lines, numbers, strict=True)]


def shown(text: str) -> list[str]:
    return [number for number, _ in counted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一 甲要求\n二 乙任务\n三 丙措施", ["一", "二", "三"]),
        ("一、甲要求\n二 乙任务\n三、丙措施", ["一、", "二", "三、"]),
        ("一,甲要求\n二,乙任务", ["一,", "二,"]),
        ("一)甲要求\n二)乙任务", ["一)", "二)"]),
        ("1 甲要求\n2 乙任务\n3 丙措施", ["1", "2", "3"]),
        ("1 甲要求\n1.1 乙目标\n1.2 丙目标\n2 丁任务\n2.1 戊工程", ["1", "1.1", "1.2", "2", "2.1"]),
        ("1.1 甲要求\n1.2 乙任务\n2.1 丙措施\n2.2 丁措施", ["1.1", "1.2", "2.1", "2.2"]),
        ("1.1.1 甲要求\n1.1.2 乙任务", ["1.1.1", "1.1.2"]),
        ("a)甲要求\nb)乙任务\nc)丙措施", ["a)", "b)", "c)"]),
        ("A.甲要求\nB.乙任务", ["A.", "B."]),
        ("(a)甲要求\n(b)乙任务", ["(a)", "(b)"]),
        ("1,甲要求内容\n2,乙任务内容", ["1,", "2,"]),
        ("1:甲要求内容\n2:乙任务内容", ["1:", "2:"]),
        ("第一章\n甲要求\n第二章\n乙任务", ["第一章", "", "第二章", ""]),
        ("一、\n甲要求\n二、\n乙任务", ["一、", "", "二、", ""]),
    ],
)
def test_a_run_of_numbers_in_an_odd_form_is_a_count(text: str, expected: Sequence[str]) -> None:
    assert shown(text) == list(expected)


@pytest.mark.parametrize(
    "text",
    [
        "一 是加强领导",
        "3 个基地\n5 家企业",
        "2 月底前完成\n3 月底前验收",
        "1 名专家\n2 名学者\n3 名教师",
        "3.5 万人次\n4.5 万人次",
        "12.4 宪法日宣传",
        "1.5倍以上\n1.6倍以上",
        "A 类企业优先\nB 类企业其次",
        "a)甲要求",
        "三 是抓落实\n五 是抓考核",
        "10 万元以上\n11 万元以上",
    ],
)
def test_figures_and_words_of_a_text_are_no_count(text: str) -> None:
    assert set(shown(text)) == {""}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1.甲事项。做好甲事。2.乙事项。做好乙事。3.丙事项。做好。", ["1.", "2.", "3."]),
        ("(一)甲事项。做好。(市科协)(二)乙事项。做好。(市科协)", ["(一)", "(二)"]),
        ("一、主要任务(一)甲事项。做好甲事。(二)乙事项。做好乙事。", ["一、", "(一)", "(二)"]),
        ("一、主要任务1.甲事项。做好甲事情。2.乙事项。做好乙事情。", ["一、", "1.", "2."]),
        ("第一条 甲事项做好甲事。第二条 乙事项做好乙事。", ["第一条", "第二条"]),
        ("为做好工作,提出意见。一、甲事项。做好。二、乙事项。做好。三、丙事项。做好。", ["", "一、", "二、", "三、"]),
        ("(三)甲事项。做好甲事。(四)乙事项。做好乙事。二、保障措施。做好。", ["(三)", "(四)"]),
    ],
)
def test_a_line_that_holds_several_items_is_parted(line: str, expected: Sequence[str]) -> None:
    assert shown(line) == list(expected)


@pytest.mark.parametrize(
    "line",
    [
        "1.甲事项。包括:(1)甲一;(2)甲二;(3)甲三。做好落实工作。",
        "(一)甲事项。按照第(二)条规定,做好工作。落实“三、四、五”行动。",
        "1.甲事项。增长2.5个百分点。3.2万人参加,做好各项服务工作。",
        "(一)甲事项。一是做好甲;二是做好乙;三是做好丙。四是做好丁。",
        "(一)甲事项,其中:1.甲一;2.甲二;3.甲三。做好各项工作落实。",
        "1.甲事项(1.甲一。2.甲二。)做好各项工作的贯彻落实与督查。",
        "为做好工作,提出意见。一、甲事项。做好。我们要抓好二、三产业。",
        "(一)甲事项。1.做好甲一工作。2.做好甲二工作。3.做好甲三工作。",
    ],
)
def test_pieces_of_an_item_stay_in_its_line(line: str) -> None:
    assert len(counted(line)) == 1


@pytest.mark.parametrize(
    ("line", "style", "value"),
    [
        ("第一部分 总体要求", "part", 1),
        ("第3章 主要任务", "chapter", 3),
        ("第 三 章 主要任务", "chapter", 3),
        ("第一百零五条 加强监管。", "article", 105),
        ("第2节 优化布局", "chapter-section", 2),
        ("〔三〕健全制度。", "han-bracket", 3),
        ("【专栏3】重点工程", "box", 3),
        ("㈤健全制度", "han-bracket-sign", 5),
        ("⒓开展培训", "arabic-dot-sign", 12),
        ("⑶开展培训", "arabic-bracket-sign", 3),
        ("❸开展培训", "circled-black", 3),
        ("3）开展培训", "arabic-half", 3),
        ("3、2021年底前完成", "arabic-dot", 3),
        ("3.2021年底前完成", "arabic-dot", 3),
        ("2.1.3 优化布局", "decimal-3", 3),
        ("●（四）优化布局", "han-bracket", 4),
        ("行动五：科普进校园", "named", 5),
        ("Ⅳ、优化布局", "roman", 4),
    ],
)
def test_every_form_of_a_number_is_read(line: str, style: str, value: int) -> None:
    number = match_number(split_lines(line)[0].text)
    assert number is not None
    assert (number.style, number.value) == (style, value)


@pytest.mark.parametrize(
    "line",
    [
        "一、二、三产业融合发展",
        "三、四线城市同步推进",
        "第一条款规定如下",
        "第三部分资金用于培训,不得挪用",
        "专栏报道先进典型",
        "任务书一式三份",
        "1.5万人次",
        "2、3月份集中开展",
        "(2021年修订)",
        "措施有力",
    ],
)
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    assert match_number(split_lines(line)[0].text) is None
