"""Whatever the bytes are: a page is read or refused, within seconds."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read.composer import Reading
from kg.read.html import read

LINE = "<p>一、加强组织领导，落实工作责任。（责任单位：市科协）</p>"
SECONDS = 10.0


def _read_or_refuse(data: bytes) -> Reading | None:
    try:
        reading = read(data, "a.html")
    except InputError as error:
        assert error.where == "a.html"
        return None
    spans = [*(m.span for m in reading.marks), *reading.asides, *(t.span for t in reading.tables)]
    spans += [s for t in reading.tables for c in t.cells for s in c.spans]
    spans += [s for f in reading.findings for s in f.spans]
    assert reading.text.strip()
    assert all(0 <= s.start < s.end <= len(reading.text) for s in spans)
    return reading


_TAGS = (
    "p div span b font table tr td th ul ol li br a center h1 h2 section pre sup dl dt dd hr caption form html body head"
    " title style script noscript textarea select option iframe o:p marquee nav footer article"
).split()
_ATTRIBUTES = [
    "",
    " class=TRS_Editor",
    " id=zoom",
    " style='display:none'",
    " style='text-align:center;font-size:22pt'",
    " hidden",
    " rowspan=3 colspan=2",
    " rowspan=0",
    " start=-3 reversed",
    " value=9",
    " href=#ftn1",
    " id=ftn1",
    " class=nav",
]
_WORDS = st.sampled_from(
    [
        "索引号：",
        "发布日期",
        "2021-03-05 16:27",
        "打印",
        "一、总体要求",
        "责任单位：市科协，市教育局。",
        "&nbsp;",
        "&#0;",
        "<",
        "\n",
        "①",
        "\ufffd",
        "[1]",
    ]
)
_PIECES = st.one_of(
    st.builds(lambda tag, attribute: f"<{tag}{attribute}>", st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)),
    st.sampled_from(_TAGS).map(lambda tag: f"</{tag}>"),
    _WORDS,
    st.text(max_size=5),
)
_PAGES = st.lists(_PIECES, max_size=60).map("".join)


@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda b: b"<!DOCTYPE html><p>" + b)))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(data)


@given(_PAGES, st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_soup_of_elements_is_read_or_refused(page: str, encoding: str) -> None:
    _read_or_refuse(page.encode(encoding, "replace"))


@given(_PAGES)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_bytes_read_the_same(page: str) -> None:
    data = page.encode("utf-8", "replace")
    assert _read_or_refuse(data) == _read_or_refuse(data)


@given(st.lists(st.sampled_from(["甲", "乙", "丙"]), min_size=1, max_size=20), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_a_plan_loses_no_paragraph_however_deep_it_lies(names: list[str], depth: int) -> None:
    paragraphs = [f"（{n}）{name}项工作由市科协牵头，市教育局配合，年底前完成。" for n, name in enumerate(names, 1)]
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    for n in range(depth):
        body = f"<table><tr><td>{body}</td></tr></table>" if n % 2 else f"<div><div>{body}</div></div>"
    page = f"<div class=nav><a href=/>首页</a><a href=/a>新闻动态</a></div>{body}<div class=footer>版权所有</div>"
    reading = _read_or_refuse(page.encode())
    assert reading is not None
    assert reading.text.splitlines() == paragraphs


REFUSED = {
    "10,000 nested tables": "<table><tr><td>" * 10_000 + LINE,
    "50 MB": LINE * 650_000,
    "a million elements": "<p>甲" * 300_000,
    "lines without end": "<pre>" + "科学，素质\n" * 900_000,
}
READ = {
    "300 nested tables": "<table><tr><td>" * 300 + LINE * 6_000,
    "tables nested beside text": "".join(f"<table><tr><td>甲{n}<td>" for n in range(300)) + LINE * 4_000,
    "one paragraph of 10 MB": "<p>" + "科学素质，" * 300_000,
    "300,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + f">x</p>{LINE}",
    "entity definitions": '<!DOCTYPE h [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + "<p>&b;</p>" * 999 + LINE,
    "a million signs": "<" * 1_000_000 + LINE,
    "null bytes": "\0" * 2_000_000 + LINE,
    "blanks": " " * 10_000_000 + LINE,
    "cells that span all": "<table>" + ("<tr>" + "<td rowspan=65000 colspan=1000>科" * 5 + "</tr>") * 2_000,
    "a title of separators": f"<title>{'_-|' * 1_000_000}</title>{LINE}",
    "labels": f"<p>{'索引号：' * 300_000}</p>{LINE}",
    "half a label": f"<p>{'索 ' * 500_000}</p>{LINE}",
    "buttons": ("<p>" + "打印 关闭 " * 18 + "x</p>") * 3_000 + LINE,
    "sizes": ("<p>" + "字体大小" * 40 + "x</p>") * 3_000 + LINE,
    "shares": ("<p>分享到" + "好友 " * 60 + "x</p>") * 3_000 + LINE,
    "style without braces": f"<style>{'a ' * 2_000_000}</style>{LINE}",
    "style of braces": f"<style>{'@media print{a{}' * 200_000}</style>{LINE}",
    "style of comments": f"<style>{'/*' * 1_000_000}</style>{LINE}",
    "style attribute": f"<p style='{'a:b;' * 1_000_000}'>x</p>{LINE}",
    "links": "<a href=/x>科学</a>" * 20_000 + LINE,
    "classes": "".join(f"<div class='c{n} d{n}'>科</div>" for n in range(10_000)) + LINE,
}


@pytest.mark.slow
@pytest.mark.parametrize("page", REFUSED.values(), ids=REFUSED.keys())
def test_a_page_beyond_measure_is_refused_within_seconds(page: str) -> None:
    begin = time.process_time()
    with pytest.raises(InputError, match=r"larger than|more than"):
        read(page.encode(), "a.html")
    assert time.process_time() - begin < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("page", READ.values(), ids=READ.keys())
def test_a_page_made_to_hurt_is_read_within_seconds(page: str) -> None:
    begin = time.process_time()
    assert _read_or_refuse(page.encode()) is not None
    assert time.process_time() - begin < SECONDS
