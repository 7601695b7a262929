"""OpenDocument text as LibreOffice prints it."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read.composer import Reading
from kg.read.odt import read
from tests.unit.read.word_files import open_text, pack


def lines(body: str, automatic: str = "", styles: str = "") -> list[str]:
    return read(open_text(body, automatic, styles), "a.odt").text.splitlines()


def para(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def item(*content: str, more: str = "") -> str:
    inner = "".join(c if c.startswith("<") else para(c) for c in content)
    return f"<text:list-item {more}>{inner}</text:list-item>"


def listed(*items: str, style: str = "", more: str = "") -> str:
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{''.join(items)}</text:list>"


def number(level: int, style: str, more: str = "", followed: str = "listtab") -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{style}" {more}>'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        f'<style:list-level-label-alignment text:label-followed-by="{followed}"/></style:list-level-properties>'
        "</text:list-level-style-number>"
    )


def list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


HAN = 'style:num-suffix="、"'
PLAN = list_style(
    "L",
    number(1, "一, 二, 三, ...", HAN),
    number(2, "一, 二, 三, ...", 'style:num-prefix="（" style:num-suffix="）"'),
    number(3, "1", 'style:num-suffix="."'),
)


def grid(reading: Reading) -> dict[tuple[int, int, int, int], list[str]]:
    return {
        (c.row, c.column, c.row_span, c.column_span): [s.cut(reading.text) for s in c.spans]
        for c in reading.tables[0].cells
    }


# ---------------------------------------------------------------- text


def test_paragraphs_are_lines_and_blanks_tabs_and_breaks_are_kept_as_printed() -> None:
    body = para(
        '某市<text:span>科普</text:span>\n   <text:s text:c="3"/>工作<text:bookmark text:name="x"/>要点'
    ) + para("甲<text:tab/>乙<text:line-break/><text:a>丙</text:a><text:soft-page-break/>丁")
    assert lines(body) == ["某市科普  工作要点", "甲\t乙", "丙丁"]


def test_headings_and_the_title_are_marked() -> None:
    styles = (
        '<style:style style:name="Title" style:family="paragraph"/>'
        '<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Title"/>'
    )
    body = (
        para("某市科普工作要点", "P9")
        + '<text:h text:outline-level="1">总体要求</text:h><text:h text:outline-level="2">指导思想</text:h>'
        + para("开展培训。")
    )
    reading = read(open_text(body, "", styles), "a.odt")
    assert [(m.span.cut(reading.text), m.level) for m in reading.marks] == [
        ("某市科普工作要点", 0),
        ("总体要求", 1),
        ("指导思想", 2),
    ]


def test_notes_are_asides_at_the_end() -> None:
    def note(kind: str, mark: str, text: str) -> str:
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation>'
            f"<text:note-body>{para(text)}</text:note-body></text:note>"
        )

    body = para(f"市科协{note('endnote', 'i', '见通知。')}、市教育局{note('footnote', '①', '含区县。')}负责。")
    reading = read(open_text(body), "a.odt")
    assert reading.text.splitlines() == ["市科协、市教育局负责。", "① 含区县。", "[i] 见通知。"]
    assert [s.cut(reading.text) for s in reading.asides] == ["① 含区县。", "[i] 见通知。"]


def test_text_boxes_stand_behind_their_paragraph_and_comments_nowhere() -> None:
    frame = f"<draw:frame><draw:text-box>{para('专栏1')}{para('建设基地')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{para('图')}</draw:custom-shape>"
    comment = f"<office:annotation>{para('请核对')}</office:annotation>"
    assert lines(para(f"开展{frame}{comment}培训。") + f"<draw:g>{shape}</draw:g>" + para("完")) == [
        "开展培训。", "专栏1", "建设基地", "图", "完",
    ]  # fmt: skip


def test_tables_of_contents_are_left_out_with_their_title() -> None:
    contents = (
        f"<text:table-of-content><text:index-body>{para('一、总体要求 1')}</text:index-body></text:table-of-content>"
    )
    assert lines(para("要点") + para("目  录") + contents + para("一、总体要求")) == ["要点", "一、总体要求"]


def test_of_pinyin_above_characters_the_characters_are_kept() -> None:
    ruby = "<text:ruby><text:ruby-base>深</text:ruby-base><text:ruby-text>shēn</text:ruby-text></text:ruby>"
    assert lines(para(ruby + "圳市")) == ["深圳市"]


# ---------------------------------------------------------------- numbers


def test_the_numbers_of_a_plan_are_printed() -> None:
    body = listed(
        item(
            "总体要求", listed(item("指导思想", listed(item("甲"), item("乙"))), item("基本原则", listed(item("丙"))))
        ),
        item("工作任务", "这一段没有编号。", listed(item("青少年"))),
        style="L",
    )
    assert lines(body, PLAN) == [
        "一、总体要求", "（一）指导思想", "1.甲", "2.乙", "（二）基本原则", "1.丙",
        "二、工作任务", "这一段没有编号。", "（一）青少年",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("1", "1 11 28"),
        ("一, 二, 三, ...", "一 十一 二十八"),
        ("壹, 贰, 叁, ...", "壹 壹拾壹 贰拾捌"),
        ("壹, 貳, 參, ...", "壹 壹拾壹 貳拾捌"),
        ("甲, 乙, 丙, ...", "甲 11 28"),
        ("子, 丑, 寅, ...", "子 戌 28"),
        ("①, ②, ③, ...", "① ⑪ ㉘"),
        ("１, ２, ３, ...", "１ １１ ２８"),
        ("01, 02, 03, ...", "01 11 28"),
        ("a", "a k ab"),
        ("A", "A K AB"),
        ("i", "i xi xxviii"),
        ("I", "I XI XXVIII"),
    ],
)
def test_number_formats_are_printed(style: str, expected: str) -> None:
    body = listed(*(item("", more=f'text:start-value="{n}"') for n in (1, 11, 28)), style="L")
    assert lines(body, list_style("L", number(1, style))) == expected.split()


def test_letters_that_are_repeated_say_so() -> None:
    body = listed(item("", more='text:start-value="28"'), style="L")
    assert lines(body, list_style("L", number(1, "a", 'style:num-letter-sync="true"'))) == ["bb"]


def test_numbers_may_show_the_levels_above() -> None:
    shown = list_style("L", number(1, "1"), number(2, "1", 'text:display-levels="2" style:num-suffix="."'))
    own = list_style("M", number(1, "一, 二, 三, ...", HAN), number(2, "1", 'loext:num-list-format="第%1%条之%2%"'))
    assert lines(listed(item("甲", listed(item("乙"), item("丙"))), style="L"), shown) == ["1 甲", "1.1.乙", "1.2.丙"]
    assert lines(listed(item("甲", listed(item("乙"))), style="M"), own) == ["一、甲", "第一条之1 乙"]


def test_lists_begin_anew_go_on_or_start_where_they_say() -> None:
    body = (
        listed(item("甲"), item("乙"), style="L", more='xml:id="one"')
        + listed(item("丙"), style="L")
        + listed(item("丁"), style="L", more='text:continue-numbering="true"')
        + listed(item("戊"), style="L", more='text:continue-list="one"')
        + listed(item("己", more='text:start-value="7"'), item("庚"), style="L")
        + "<text:list text:style-name='L'><text:list-header><text:p>辛</text:p></text:list-header></text:list>"
    )
    assert lines(body, PLAN) == ["一、甲", "二、乙", "一、丙", "二、丁", "三、戊", "七、己", "八、庚", "辛"]


def test_a_level_that_was_passed_over_counts_as_begun() -> None:
    body = listed(item(listed(item("甲"))), item("乙"), style="L")
    assert lines(body, PLAN) == ["（一）甲", "二、乙"]


def test_an_item_may_have_another_list_style() -> None:
    other = PLAN + list_style("M", number(1, "1", 'style:num-suffix=")"'))
    body = listed(item("甲"), item("乙", more='text:style-override="M"'), style="L")
    assert lines(body, other) == ["一、甲", "2)乙"]


def test_a_list_without_a_style_has_that_of_its_paragraphs() -> None:
    styles = '<style:style style:name="P1" style:family="paragraph" style:list-style-name="L"/>'
    assert lines(listed(item(para("甲", "P1"))), PLAN + styles) == ["一、甲"]


def test_headings_are_counted_by_the_outline() -> None:
    def heading(level: int, text: str, more: str = "") -> str:
        return f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'

    outline = (
        '<text:outline-style style:name="Outline">'
        f'<text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." {HAN}/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>'
        '<style:style style:name="bare" style:family="paragraph" style:list-style-name=""/>'
    )
    body = (
        heading(1, "甲") + heading(2, "乙") + heading(2, "丙") + heading(3, "丁") + heading(1, "戊", 'text:style-name="bare"')
        + heading(1, "己", 'text:is-list-header="true"') + heading(1, "庚") + heading(2, "辛")
        + heading(1, "壬", 'text:restart-numbering="true" text:start-value="9"')
    )  # fmt: skip
    assert lines(body, "", outline) == ["一、甲", "1.乙", "2.丙", "丁", "戊", "己", "二、庚", "1.辛", "九、壬"]


def test_bullets_print_their_character() -> None:
    bullets = list_style(
        "L",
        '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>',
        '<text:list-level-style-bullet text:level="2" text:bullet-char="——"/>',
        '<text:list-level-style-image text:level="3"/>',
    )
    body = listed(item("甲", listed(item("乙", listed(item("丙"))))), item(""), style="L")
    assert lines(body, bullets) == ["• 甲", "——乙", "• 丙"]


def test_a_paragraph_may_say_itself_which_list_it_is_of() -> None:
    one = f'<text:numbered-paragraph text:list-id="x" text:style-name="L">{para("甲")}</text:numbered-paragraph>'
    assert lines(one + para("乙") + one, PLAN) == ["一、甲", "乙", "二、甲"]


# ---------------------------------------------------------------- tables


def cell(text: str = "", more: str = "") -> str:
    inner = text if text.startswith("<") else para(text)
    return f"<table:table-cell {more}>{inner}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def row(*cells: str, more: str = "") -> str:
    inner = "".join(c if c.startswith("<") else cell(c) for c in cells)
    return f"<table:table-row {more}>{inner}</table:table-row>"


def test_a_division_of_work_with_merged_cells_and_counted_rows_is_a_table() -> None:
    serial = listed(item(""), style="N", more='text:continue-numbering="true"')
    body = table(
        "<table:table-header-rows>" + row("序号", "工作任务", "牵头单位", "责任单位") + "</table:table-header-rows>",
        row(cell(serial), "甲", cell("市科协", 'table:number-rows-spanned="2"'), cell(para("团市委") + para("市妇联"))),
        row(cell(serial), "乙", COVERED, "市教育局"),
        row(cell(serial), cell("丙", 'table:number-columns-spanned="2"'), COVERED, "市财政局"),
    )
    reading = read(open_text(body, list_style("N", number(1, "1"))), "a.odt")
    cells = grid(reading)
    assert (reading.tables[0].rows, reading.tables[0].columns) == (4, 4)
    assert [cells[n, 0, 1, 1] for n in (1, 2, 3)] == [["1"], ["2"], ["3"]]
    assert cells[1, 2, 2, 1] == ["市科协"]
    assert cells[1, 3, 1, 1] == ["团市委", "市妇联"]
    assert cells[3, 1, 1, 2] == ["丙"]
    assert cells[3, 3, 1, 1] == ["市财政局"]


def test_what_repeats_without_end_is_bounded() -> None:
    body = table(
        row("序号", cell("任务", 'table:number-columns-repeated="999999999"')),
        row("1", cell("甲", 'table:number-columns-spanned="999999999" table:number-rows-spanned="999999999"')),
        row("2", "乙", more='table:number-rows-repeated="999999999"'),
    ) + para('完<text:s text:c="999999999"/>成')
    reading = read(open_text(body), "a.odt")
    assert len(reading.text) < 100
    assert reading.tables[0].columns <= 256
    assert reading.tables[0].rows == 3


def test_layout_tables_are_dissolved() -> None:
    assert lines(table(row(cell(para("专栏1") + para("甲"))))) == ["专栏1", "甲"]


# ---------------------------------------------------------------- changes, hidden text


def test_deleted_text_is_gone_and_a_finding_tells_of_changes() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        + para("不要")
        + "</text:deletion></text:changed-region>"
        '<text:changed-region text:id="c2"><text:insertion/></text:changed-region>'
        '<text:changed-region text:id="c3"><text:format-change/></text:changed-region></text:tracked-changes>'
    )
    body = (
        changes + para('甲<text:change text:change-id="c1"/>。')
        + para('乙<text:change-start text:change-id="c2"/>丙') + para("丁") + para('戊<text:change-end text:change-id="c2"/>')
        + para('己<text:change-start text:change-id="c3"/>庚<text:change-end text:change-id="c3"/>')
    )  # fmt: skip
    reading = read(open_text(body), "a.odt")
    assert reading.text.splitlines() == ["甲。", "乙丙", "丁", "戊", "己庚"]
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("tracked-changes", "info")
    assert [s.cut(reading.text) for s in finding.spans] == ["甲。", "乙丙", "丁", "戊"]


def test_hidden_text_is_left_out_and_a_finding_tells_it() -> None:
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
    )
    body = (
        para('开展<text:span text:style-name="T1">（内部）</text:span>培训。')
        + para("不公开。", "P1")
        + f'<text:section text:display="none">{para("附注")}</text:section>'
        + para('<text:hidden-paragraph text:is-hidden="true"/>草稿')
        + listed(item(para("旧", "P1")), item("甲"), style="L")
    )
    reading = read(open_text(body, PLAN + styles), "a.odt")
    assert reading.text.splitlines() == ["开展培训。", "二、甲"]
    (finding,) = reading.findings
    assert finding.code == "hidden-text"
    assert re.sub(r"\s", "", finding.original or "") == "（内部）不公开。附注草稿旧"


# ---------------------------------------------------------------- the container


def message(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data, "a.odt")
    assert caught.value.where == "a.odt"
    return str(caught.value)


def test_what_cannot_be_read_is_named() -> None:
    whole = open_text(para("开展培训。" * 500))
    assert "damaged or incomplete" in message(whole[: len(whole) // 2])
    assert "no text" in message(open_text(para("")))
    spreadsheet = (
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><o:body/></o:document-content>'
    )
    assert "no OpenDocument text" in message(pack({"content.xml": spreadsheet}))
    assert "no OpenDocument text" in message(pack({"a.txt": "x"}))


def test_a_file_with_a_password_is_said_to_have_one() -> None:
    manifest = '<m:manifest xmlns:m="x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert "password" in message(
        open_text(para("甲"), **{"META-INF/manifest.xml": manifest, "content.xml": b"\x01\x02"})
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "zip bomb": lambda: open_text(para("甲") + " " * 100_000_000),
    "lists 10,000 deep": lambda: open_text("<text:list><text:list-item>" * 10_000 + "</text:list-item></text:list>" * 10_000),
    "tables 40 deep": lambda: open_text(
        "<table:table><table:table-row><table:table-cell>" * 40
        + para("甲")
        + "</table:table-cell></table:table-row></table:table>" * 40
    ),
    "entities": lambda: pack({"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    "two hundred thousand paragraphs": lambda: open_text(para("甲") * 200_000, method=zipfile.ZIP_STORED),
    "three million spans": lambda: open_text("<text:p>" + "<text:span/>" * 3_000_000 + "</text:p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_within_seconds(name: str) -> None:
    data = HOSTILE[name]()
    began = time.process_time()
    message(data)
    assert time.process_time() - began < 10


BODY = (
    para("某市科普工作要点", "P1")
    + listed(item("甲", listed(item("乙"))), item("丙", more='text:start-value="3"'), style="L")
    + table(row("序号", "任务"), row(cell("1", 'table:number-rows-spanned="2"'), "丁"), row(COVERED, "戊"))
    + para('己<text:span text:style-name="T1">庚</text:span><text:change-start text:change-id="c"/>辛')
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_change_of_a_file_gives_a_reading_or_an_input_error(data: st.DataObject) -> None:
    pieces = re.findall(r"<[^>]*>|[^<]+", BODY)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        match data.draw(st.sampled_from(["drop", "double", "swap", "attribute"])):
            case "drop":
                pieces[at] = ""
            case "double":
                pieces.insert(at, pieces[at])
            case "swap":
                other = data.draw(st.integers(0, len(pieces) - 1))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case "attribute":
                value = data.draw(st.sampled_from(["", "-1", "0", "99999999999", "L", "true", "甲"]))
                pieces[at] = re.sub(r'="[^"]*"', f'="{value}"', pieces[at], count=1)
    changed = open_text("".join(pieces), PLAN)
    cut = data.draw(st.integers(0, len(changed)))
    for given_bytes in (changed, changed[:cut]):
        try:
            reading = read(given_bytes, "a.odt")
        except InputError as error:
            assert error.where == "a.odt"
            continue
        assert reading.text.strip()
        for t in reading.tables:
            for c in t.cells:
                assert c.row + c.row_span <= t.rows
                assert c.column + c.column_span <= t.columns
                assert all(t.span.start <= s.start < s.end <= t.span.end for s in c.spans)
