"""What holds for any text: outlines are sound, spans lie inside, nothing crashes, nothing hangs."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError, NotAPlanError
from kg.extract import extract
from kg.graph import build_graph
from kg.model import Node, Outline, PlanRecord, Source, Span
from kg.numerals import fold, han_to_int, int_to_han
from kg.outline import outline
from kg.read import read_bytes
from kg.resolve import resolve

quick = settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# ---------------------------------------------------------------- material

NUMBERS = st.sampled_from(
    ["", "", "一、", "二、", "三、", "十、", "百、", "一一一一、", "九百九十九、", "（一）", "(二)", "（三）、", "1.", "2．", "3、", "999.", "0.", "（1）", "(2)", "①", "⑳", "第一章 ", "第二节", "第三条 ", "专栏1：", "专栏", "专栏二 ", "——", "2021年", "3.5"]
)  # fmt: skip
PHRASES = st.sampled_from(
    ["开展培训", "总体要求", "保障措施", "基本原则", "主要任务", "青少年科学素质提升行动", "到2025年", "每年", "建成3座", "达到15%以上", "，", "。", "；", "、", "：", "（", "）", "(", ")", "《", "》", "“", "”", "〈", "〉", "【", "】", "责任单位：", "牵头单位:", "配合单位：", "市科协", "市教育局", "州、县（市）反邪教办公室", "各成员单位", "委", "等部门", "按职责分工负责", "牵头", "会同", "参与", "指导", "排在第一位的为牵头单位，下同", "全覆盖", "1.5万人次", "30—50个", "由10%提高到15%", "　", " ", "\t", "2020年1月1日", "202366", "某办发〔202324", "某政发〔2020〕1号", "某市科普工作要点", "关于印发《某市科普工作要点》的通知", "索引号：", "发布日期:2020-01-01", "某市人民政府", "(代章)", "附件", "9" * 30, "一" * 12, "𠮷", "㍿", "ﬁ", "\u200b", "\ufeff", "①"]
)  # fmt: skip
LINES = st.builds(lambda n, ps: n + "".join(ps), NUMBERS, st.lists(PHRASES, max_size=9))
PAGES = st.builds(
    lambda head, lines: ("某市科普工作要点\n为提高素质,制定本要点。\n" if head else "") + "\n".join(lines),
    st.booleans(),
    st.lists(LINES, min_size=1, max_size=25),
)
# Pages with an annex that divides the work: read as the work, joined with the body's tasks, or left alone.
ANNEXED = st.builds(
    lambda page, items: (
        page
        + "\n附件\n重点任务分工\n"
        + "\n".join(f"{n}.{''.join(words)}。牵头单位:市科协、州、县(市)教育局" for n, words in enumerate(items, 1))
    ),
    PAGES,
    st.lists(st.lists(PHRASES, min_size=1, max_size=4), min_size=3, max_size=6),
)


def source_of(text: str) -> Source | None:
    try:
        return read_bytes(text.encode("utf-8", "surrogatepass"), "a.txt")
    except InputError:
        return None


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(node.children)


def spans_of(value: object) -> Iterator[Span]:
    """Every span inside a value, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from spans_of(part)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans_of(getattr(value, name))


def check_outline(text: str, found: Outline) -> None:
    for span in spans_of(found):
        assert 0 <= span.start <= span.end <= len(text)
    frame = [*found.head_spans, *found.notice_spans, *found.title_spans, *found.preamble_spans]
    assert frame == sorted(frame)
    nodes = list(walk((*found.nodes, *found.annex_nodes)))
    assert len({n.key for n in nodes}) == len(nodes)
    assert [n.span.start for n in nodes] == sorted(n.span.start for n in nodes)
    own = sorted(s for n in nodes for s in (*n.body_spans, *n.statement_spans) if s.end > s.start)
    parts = sorted([*(s for s in frame if s.end > s.start), *own, *(s for s in found.tail_spans if s.end > s.start)])
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts)), "two parts overlap"
    for node in nodes:
        if node.title_span:
            assert fold(node.title_span.cut(text)) == node.title
    restored = {f.about for f in found.findings if f.code == "restored-number"}
    assert {n.key for n in nodes if n.restored} == restored


def check_record(record: PlanRecord) -> None:
    text = record.source.text
    for span in spans_of(record):
        assert 0 <= span.start <= span.end <= len(text)
    keys = [p.key for p in record.provisions]
    assert len(set(keys)) == len(keys)
    for provision in record.provisions:
        assert provision.section is None or provision.section in keys
        assert provision.action is None or provision.action in keys
        assert [d.position for d in provision.responsibilities] == list(range(1, len(provision.responsibilities) + 1))
        for duty in provision.responsibilities:
            assert duty.agency_text
            assert all(duty.statement_span.start <= s.start and s.end <= duty.statement_span.end for s in duty.spans)
    for finding in record.findings:
        assert not re.match(r"(?:box)?\d", finding.about) or finding.about.partition("/")[0] in keys
    for quantity in record.quantities:
        assert quantity.quote == quantity.span.cut(text)
        assert quantity.owner == "" or quantity.owner in keys


# ---------------------------------------------------------------- properties


@given(st.text(max_size=400))
@quick
def test_any_text_has_an_outline_whose_parts_lie_in_it_in_order(text: str) -> None:
    source = source_of(text)
    if source is not None:
        check_outline(source.text, outline(source))


@given(st.one_of(PAGES, ANNEXED))
@quick
def test_any_page_of_numbered_lines_has_a_sound_outline(text: str) -> None:
    source = source_of(text)
    if source is not None:
        check_outline(source.text, outline(source))


@given(st.one_of(PAGES, ANNEXED))
@quick
def test_any_page_is_refused_as_no_plan_or_gives_a_sound_record_and_graph(text: str) -> None:
    source = source_of(text)
    if source is None:
        return
    try:
        record = extract(source, outline(source))
    except NotAPlanError:
        return
    check_record(record)
    statements = build_graph(record, resolve(record)).statements
    assert list(statements) == sorted(set(statements))


@pytest.mark.parametrize("seed", range(12))
def test_a_real_plan_that_lost_or_doubled_characters_is_still_read(plans: list[Source], seed: int) -> None:
    """Pages lose characters; no loss may end in an error, or in a place outside the text."""
    chance = random.Random(seed)
    text = list(plans[seed % len(plans)].text)
    for _ in range(80):
        at = chance.randrange(len(text))
        text[at : at + chance.choice((0, 1, 1, 3))] = chance.choice(
            ("", "", "\n", "（", "）", "、", "。", " ", "一、", "1.")
        )
    source = read_bytes("".join(text).encode(), "a.txt")
    found = outline(source)
    check_outline(source.text, found)
    try:
        record = extract(source, found)
    except NotAPlanError:
        return
    check_record(record)
    build_graph(record, resolve(record))


@given(st.text(max_size=200))
@quick
def test_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.integers(1, 999))
@few
def test_a_heading_number_reads_back(n: int) -> None:
    assert han_to_int(int_to_han(n)) == n


@given(st.binary(max_size=400))
@quick
def test_any_bytes_are_text_or_refused_in_words(data: bytes) -> None:
    try:
        source = read_bytes(data, "a.txt")
    except InputError as error:
        assert "a.txt" in str(error)
        return
    assert source.text.strip()
    assert "\r" not in source.text


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
)
@quick
def test_a_text_is_read_back_from_every_encoding_that_says_what_it_is(text: str, encoding: str) -> None:
    text = f"一、总体要求\n{text}"
    data = text.encode(encoding)
    if encoding == "gb18030":
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return  # the same bytes are a text in UTF-8 as well
    assert read_bytes(data, "a.txt").text == text
