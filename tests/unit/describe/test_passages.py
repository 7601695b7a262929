"""Sentences around passages, and which passage says a value."""

from __future__ import annotations

import pytest

from kg.describe.description import Quote
from kg.describe.passages import dated, innermost, pieces, saying
from kg.describe.text import quote_in_words
from kg.sentences import sentence_around

TEXT = "第一句。开展培训,由区科协负责!第三句\n新的一行"


@pytest.mark.parametrize(
    ("passage", "sentence"),
    [
        ("区科协", "开展培训,由区科协负责!"),
        ("第一句", "第一句。"),
        ("负责!", "开展培训,由区科协负责!"),
        ("句。开展", "第一句。开展培训,由区科协负责!"),
        ("第三句", "第三句"),
        ("一行", "新的一行"),
    ],
)
def test_a_passage_stands_in_its_whole_sentence(passage: str, sentence: str) -> None:
    start = TEXT.index(passage)
    assert sentence_around(TEXT, start, start + len(passage)) == sentence


def quote(text: str, start: int = 0, file: str = "a.txt") -> Quote:
    return Quote(f"x:{start}-{start + len(text)}", text, text, file, start, start + len(text))


def test_of_nested_passages_the_inner_one_says_it() -> None:
    outer, inner, other = quote("健全技能人才培养制度", 10), quote("技能人才", 12), quote("技能人才", 12, "b.txt")
    assert saying([outer, inner, other], ["技能人才"]) == (inner, other)
    assert saying([outer, inner], ["制度"]) == (outer,)
    assert saying([outer], ["农民", ""]) == ()
    assert innermost([outer]) == (outer,)


def test_blanks_and_width_do_not_hide_a_word() -> None:
    assert saying([quote("余政办发 〔2018〕２８号")], ["余政办发〔2018〕28号"])


def test_a_date_is_said_where_its_numbers_follow_each_other() -> None:
    signed, year, other = quote("2018年4月12日", 5), quote("2018年工作要点", 40), quote("12日4月", 60)
    assert dated([signed, year, other], "2018-04-12") == (signed,)
    assert dated([signed, year, other], "2018") == (signed, year)
    assert dated([quote("2021—2025年")], "2021", "2025")
    assert not dated([year], "2018", "2025")


def test_a_text_is_put_together_from_its_outermost_passages() -> None:
    first, second, inner, foreign = quote("标题。", 3), quote("正文第一段", 10), quote("第一段", 12), quote("别处", 50)
    assert pieces([first, second, inner, foreign], "标题。\n正文第一段") == (first, second)


def test_a_long_sentence_is_clipped_around_its_passage() -> None:
    sentence = "前" * 300 + "区科协" + "后" * 300
    shown = quote_in_words(Quote("x:p", "区科协", sentence, "a.txt", 300, 303))
    assert "前【区科协】后" in shown
    assert shown.startswith("“…前")
    assert shown.endswith("…” a.txt:300–303")
    assert len(shown) < 200
