"""How a page's text is read: encodings, lines, numbers, headings, tables, head."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.read.composer import Reading
from kg.read.html import read

PLAN = "<p>为贯彻落实上级部署，加快推进各项工作，结合我市实际，制定本实施方案。</p><p>一、总体要求</p>"


def _plan(count: int) -> str:
    """As many paragraphs, no two alike."""
    return "".join(
        f"<p>（{n}）第{n}项工作要加强组织领导，落实工作责任，确保按期完成，及时报送。</p>" for n in range(1, count + 1)
    )


def _read(page: str, encoding: str = "utf-8") -> Reading:
    return read(page.encode(encoding), "页面.html")


def _lines(page: str) -> list[str]:
    """The lines of a page's body, given before a plan's first paragraphs."""
    return _read(page).text.splitlines()


# ---------------------------------------------------------------- encoding


def test_a_few_damaged_bytes_of_a_utf_8_page_are_replaced_and_told() -> None:
    data = f"<title>工作方案</title>{_plan(5)}<p>责任单位：市教育局、市财政局。</p>".encode()
    reading = read(data.replace("财政".encode(), b"\xe8\xb4\xff" + "政".encode()), "a.html")
    assert reading.encoding == "utf-8"
    line = reading.text.splitlines()[-1]
    assert line.startswith("责任单位：市教育局、市\N{REPLACEMENT CHARACTER}")
    assert line.endswith("政局。")
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("undecodable-bytes", "warning")
    assert all(set(s.cut(reading.text)) == {"\N{REPLACEMENT CHARACTER}"} for s in finding.spans)


def test_a_damaged_byte_of_a_gb18030_page_is_replaced_and_told() -> None:
    data = f"<title>工作方案</title>{_plan(5)}<p>责任单位：市教育局<br>配合单位：市财政局</p>".encode("gb18030")
    reading = read(data.replace("教".encode("gb18030"), b"\xff\xff"), "a.html")
    assert reading.encoding == "gb18030"
    assert [f.code for f in reading.findings] == ["undecodable-bytes"]
    assert reading.text.endswith("配合单位：市财政局\n")


def test_a_damaged_byte_outside_the_main_text_is_no_finding() -> None:
    foot = "<div class=footer>版权所有：某市人民政府 某ICP备00000000号</div>".encode().replace(
        "某".encode(), b"\xe6\x9f"
    )
    reading = read(f"<div id=zoom>{_plan(3)}</div>".encode() + foot, "a.html")
    assert not reading.findings


def test_a_page_of_bytes_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="UTF-8, UTF-16 or GB18030"):
        read(f"<p>{'計畫實施辦法' * 30}</p>".encode("euc-kr", "ignore") + b"\xff\xfe\xff" * 40, "a.html")


def test_null_bytes_and_byte_order_marks_in_the_middle_are_left_out() -> None:
    assert _lines("\0<p>一、总体\ufeff要求\0</p>\0\0") == ["一、总体要求"]


@pytest.mark.parametrize("data", [b"", b"  \n", "\ufeff".encode(), b"<html><body></body></html>", b"<p>&nbsp;</p>"])
def test_a_page_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"empty|holds no text"):
        read(data, "a.html")


def test_a_page_that_only_frames_others_is_refused_with_what_to_give_instead() -> None:
    page = "<frameset cols=20%,*><frame src=menu.htm><frame src=plan.htm><noframes>不支持框架</noframes></frameset>"
    with pytest.raises(InputError, match="the page in its frame"):
        _read(page)


def test_a_page_whose_text_a_script_loads_is_refused() -> None:
    with pytest.raises(InputError, match="script"):
        _read("<div id=app></div><script>document.write('一、总体要求')</script>")


# ---------------------------------------------------------------- lines


def test_blocks_and_br_break_lines_and_inline_elements_do_not() -> None:
    assert _lines(
        "<div>一、<b>总体</b><span>要求</span><p>坚持<a href=/x>统筹</a>规划<br>分步实施</div>二、<o:p></o:p>任务</br>三、保障"
    ) == ["一、总体要求", "坚持统筹规划", "分步实施", "二、任务", "三、保障"]


def test_white_space_collapses_and_a_line_break_between_two_characters_is_none() -> None:
    assert _lines("<p>  一、 总体\n      要求和\t目标\r\n 2025  年 </p><p>\u3000\u3000&nbsp;二、任务&nbsp;</p>") == [
        "一、 总体要求和 目标 2025 年",
        "二、任务",
    ]


def test_blanks_between_inline_elements_stay() -> None:
    assert _lines("<p>一、某市教育局\n<span>某市财政局</span> <b>某市科技局</b></p>") == [
        "一、某市教育局 某市财政局 某市科技局"
    ]


def test_preformatted_text_keeps_its_lines() -> None:
    assert _lines("<pre>一、总体要求\n  坚持统筹\n\n二、任务</pre>") == ["一、总体要求", "坚持统筹", "二、任务"]
    assert _lines('<div style="white-space: pre-wrap">一、总体要求\n二、任务</div>') == ["一、总体要求", "二、任务"]


def test_the_style_can_make_a_line_of_an_inline_element_and_none_of_a_block() -> None:
    assert _lines('<span style="display:block">一、要求</span><span style="display:block">二、任务</span>') == [
        "一、要求",
        "二、任务",
    ]
    assert _lines('<p style="display:inline">一、要求</p><p style="display:inline">和任务</p>') == ["一、要求和任务"]


def test_scripts_styles_comments_and_hidden_elements_are_left_out() -> None:
    page = (
        "<style>.hide, p.x{display:none}</style><p>一、要求</p><!-- <p>二、旧任务</p> --><script>'<p>三</p>'</script>"
        '<p hidden>四</p><p style="DISPLAY: none">五</p><div class="a hide"><p>六</p></div><p class=x>七</p>'
        "<noscript>八</noscript><template>九</template><textarea>十</textarea><select><option>十一</select>"
        "<![if !supportLists]>二、<![endif]>任务"
    )
    assert _lines(page) == ["一、要求", "二、任务"]


def test_a_page_that_hides_all_its_text_until_a_script_shows_it_is_read() -> None:
    assert _lines(f'<p>载入中</p><div id=c style="display:none">{PLAN * 2}</div>')[-1] == "一、总体要求"


def test_characters_that_are_not_printed_are_left_out() -> None:
    assert _lines(f"{_plan(30)}<p>二、总\u200b体\u00ad要\u2060求\u0007</p>")[-1] == "二、总体要求"


def test_entities_are_characters_and_an_unescaped_sign_is_text() -> None:
    assert _lines("<p>一、增速&lt;5%，3 < 4，&ldquo;双创&rdquo;&#65288;试行&#xFF09;&unknown;") == [
        "一、增速<5%，3 < 4，“双创”（试行）&unknown;"
    ]


def test_powers_are_printed_as_such_and_references_to_notes_are_left_out() -> None:
    assert _lines(
        "<p>一、面积120km<sup>2</sup>，共10<sup>8</sup>吨，CO<sub>2</sub>减排<sup>[3]</sup>目标<sup>①</sup>，H<sup>+</sup></p>"
    ) == ["一、面积120km²，共10⁸吨，CO2减排目标，H+"]


def test_notes_at_the_end_are_asides() -> None:
    reading = _read(
        f'<div class=TRS_Editor>{PLAN}<p>一、要点<a href="#fn1">1</a>。</p></div>'
        '<div id="fn1"><p>1. 指本市户籍人口。</p></div>'
    )
    assert [s.cut(reading.text) for s in reading.asides] == ["1. 指本市户籍人口。"]
    assert "一、要点。\n" in reading.text


def test_xhtml_with_empty_elements_closed_by_a_slash_is_read_to_its_end() -> None:
    page = '<?xml version="1.0" encoding="gbk"?><html><head><title/><script src="a.js"/></head><body><p>一、要求</p></body></html>'
    assert _lines(page) == ["一、要求"]


# ---------------------------------------------------------------- numbers of lists


@pytest.mark.parametrize(
    ("attributes", "numbers"),
    [
        ("", ["1. ", "2. ", "3. "]),
        ("start=5", ["5. ", "6. ", "7. "]),
        ("reversed", ["3. ", "2. ", "1. "]),
        ("type=a start=26", ["z. ", "aa. ", "ab. "]),
        ("type=A", ["A. ", "B. ", "C. "]),
        ("type=i", ["i. ", "ii. ", "iii. "]),
        ('style="list-style-type:cjk-ideographic" start=9', ["九、", "十、", "十一、"]),
        ('style="list-style:simp-chinese-informal inside"', ["一、", "二、", "三、"]),
        ('style="list-style-type: decimal-leading-zero"', ["01. ", "02. ", "03. "]),
        ('style="list-style-type:none"', ["", "", ""]),
        ('style="list-style-type:disc"', ["", "", ""]),
        ('class="custom_cn list-paddingleft-1"', ["一、", "二、", "三、"]),
        ('class="custom_num1"', ["1）", "2）", "3）"]),
    ],
)
def test_the_numbers_that_a_browser_prints_are_in_the_text(attributes: str, numbers: list[str]) -> None:
    page = f"{PLAN}<ol {attributes}><li>甲项工作<li><p>乙项工作</p><p>续</p><li>丙项工作</ol>"
    want = [f"{numbers[0]}甲项工作", f"{numbers[1]}乙项工作", "续", f"{numbers[2]}丙项工作"]
    assert _lines(page)[2:] == want


def test_an_item_can_set_its_number_and_lists_in_items_count_for_themselves() -> None:
    page = f"{PLAN}<ol><li>甲项<ol type=a><li>子项<li>子项二</ol><li value=7>乙项<li style='list-style-type:none'>丙项<li>丁项</ol>"
    assert _lines(page)[2:] == ["1. 甲项", "a. 子项", "b. 子项二", "7. 乙项", "丙项", "9. 丁项"]


def test_items_that_print_a_number_of_their_own_get_no_other() -> None:
    page = f"{PLAN}<ol><li>（一）加强领导<li><p>2.强化督查</p><li>2025年底前完成</ol>"
    assert _lines(page)[2:] == ["（一）加强领导", "2.强化督查", "3. 2025年底前完成"]


def test_lists_without_order_have_no_numbers() -> None:
    assert _lines(f"{PLAN}<ul><li>甲项工作<li>乙项工作</ul>")[2:] == ["甲项工作", "乙项工作"]


# ---------------------------------------------------------------- headings and title


def _marks(page: str) -> list[tuple[int, str]]:
    reading = _read(page)
    return [(m.level, m.span.cut(reading.text)) for m in reading.marks]


def test_headings_have_the_levels_of_their_elements_and_the_first_is_the_title() -> None:
    page = "<h1>某市科普实施方案</h1><h2>一、总体要求</h2><p>坚持统筹。</p><h3>（一）指导思想</h3><p>深入贯彻。</p><h2>二、任务</h2>"
    assert _marks(page) == [(0, "某市科普实施方案"), (2, "一、总体要求"), (3, "（一）指导思想"), (2, "二、任务")]


@pytest.mark.parametrize(
    "line",
    [
        '<p style="text-align:center"><strong>某市科普实施方案</strong></p>',
        "<p align=center><font size=5>某市科普实施方案</font></p>",
        '<center><b style="font-size:22pt">某市科普实施方案</b></center>',
        '<style>.t{text-align:center;font-weight:bold;font-size:22px}</style><p class="t">某市科普实施方案</p>',
        '<p style="text-align:center;font-size:29px">某市科普实施方案</p>',
    ],
)
def test_what_is_centred_and_big_or_bold_is_a_title(line: str) -> None:
    assert _marks(f"<p>各县人民政府：</p>{line}{PLAN}") == [(0, "某市科普实施方案")]


@pytest.mark.parametrize(
    "line",
    [
        "某政办发〔2021〕3号",
        "（2021—2025年）",
        "附件1",
        "目　录",
        "2021年3月5日",
        "要坚持绿色发展，加快转型。",
    ],
)
def test_other_centred_bold_lines_are_no_titles(line: str) -> None:
    assert not _marks(f'<p>各县人民政府：</p><p style="text-align:center"><b>{line}</b></p>{PLAN}')


def test_a_centred_chapter_is_a_heading_below_the_title() -> None:
    page = f'{PLAN}<p style="text-align:center"><b>第一章 总则</b></p><p style="text-align:center"><b>一、目标</b></p>'
    assert _marks(page) == [(1, "第一章 总则"), (1, "一、目标")]


def test_the_title_of_the_window_stands_in_only_where_the_page_shows_none() -> None:
    title = "<title>某市科普实施方案_规划计划_某市人民政府门户网站</title>"
    assert _lines(title + PLAN)[0] == "某市科普实施方案"
    assert _lines(f"{title}<p>某市科普</p><p>实施方案</p>{PLAN}")[:2] == ["某市科普", "实施方案"]
    assert _lines(f"{title}<h1>某市科普行动方案</h1>{PLAN}")[0] == "某市科普行动方案"


def test_the_name_of_a_site_is_no_title() -> None:
    assert _lines(f"<title>某市人民政府门户网站</title>{PLAN}")[0].startswith("为贯彻落实")


def test_a_title_that_stands_above_and_in_the_text_comes_once() -> None:
    page = f"<title>某市科普实施方案</title><h1>某市科普实施方案</h1><div class=TRS_Editor><p align=center>某市科普实施方案</p>{PLAN}</div>"
    assert _read(page).text.count("某市科普实施方案") == 1


# ---------------------------------------------------------------- head


@pytest.mark.parametrize(
    "head",
    [
        "<table><tr><td>索 引 号：</td><td>A-1</td><td>发布机构：</td><td></td></tr><tr><td>成文日期：</td><td>2021-03-05</td></tr></table>",
        "<table><tr><th>索引号</th><td>A-1</td></tr><tr><th>发布机构</th><td>&nbsp;</td></tr><tr><th>成文日期</th><td>2021-03-05</td></tr></table>",
        "<table><tr><td>[ 索 引 号 ]</td><td>A-1</td><td>[ 成文日期 ]</td><td>2021-03-05</td></tr></table>",
        "<table><tr><td>索引号：A-1</td><td>成文日期：2021-03-05</td></tr></table>",
        "<ul><li><b>索引号：</b>A-1</li><li>发布机构：</li><li>成文日期：<span>2021-03-05</span></li></ul>",
        "<ul><li>索引号：</li><li>A-1</li><li>发布机构：</li><li></li><li>成文日期：</li><li>2021-03-05</li></ul>",
        "<dl><dt>索引号</dt><dd>A-1</dd><dt>发布机构</dt><dd></dd><dt>成文日期</dt><dd>2021-03-05</dd></dl>",
        "<div><span>索引号：</span><span> A-1 </span><span>发布机构：</span> <span>成文日期：</span><span>2021-03-05</span></div>",
        "<div><label>索引号：</label><p>A-1</p></div><div><label>发布机构：</label><p></p></div><div><label>成文日期：</label><p>2021-03-05</p></div>",
        "<p>索引号：A-1 | 成文日期：2021-03-05 |</p>",
    ],
    ids="cells headers brackets both-in-a-cell items item-pairs definitions spans labels one-line".split(),
)
def test_labels_and_values_become_a_line_a_pair_however_they_are_set(head: str) -> None:
    page = f"<div class=info>{head}</div><div class=TRS_Editor>{PLAN}</div>"
    assert _lines(page)[:2] == ["索引号：A-1", "成文日期：2021-03-05"]
    assert len(_lines(page)) == 4


def test_what_tells_of_the_page_and_not_of_the_document_is_left_out() -> None:
    page = f"<p>发布日期：2021-11-29 16:27 访问次数：12 来源：区科协 字体：[大 中 小] 打印</p><div class=TRS_Editor>{PLAN}</div>"
    assert _lines(page)[:2] == ["发布日期：2021-11-29 16:27", "来源：区科协"]
    assert len(_lines(page)) == 4


def test_a_search_form_with_labels_is_no_head() -> None:
    page = f"<form><label>标题：</label><input><label>发布机构：</label><input><button>检索</button></form><h3>公开目录</h3><div class=TRS_Editor>{PLAN}</div>"
    assert len(_lines(page)) == 2


META = (
    '<meta name="PubDate" content="2021-11-29 16:27"><meta name="ContentSource" content="区科协">'
    '<meta name="ArticleTitle" content="某区科普实施方案">'
)


def test_what_the_page_only_declares_comes_before_its_text() -> None:
    assert _lines(META + PLAN)[:3] == ["发布日期：2021-11-29 16:27", "来源：区科协", "某区科普实施方案"]


def test_what_the_page_shows_is_not_taken_from_its_declarations() -> None:
    head = "<ul><li>发布机构：某区科协</li><li>发布日期：2021-11-30</li></ul><h1>某区科普实施方案</h1>"
    assert _lines(f"{META}{head}<div id=zoom>{PLAN}</div>")[:3] == [
        "发布机构：某区科协",
        "发布日期：2021-11-30",
        "某区科普实施方案",
    ]


def test_a_bare_date_below_the_title_is_when_the_page_was_published() -> None:
    page = f"<h1>某区科普实施方案</h1><div>2020-11-03 16:35　来源：区科协</div><div class=TRS_Editor>{PLAN}</div>"
    assert _lines(page)[:3] == ["某区科普实施方案", "发布日期：2020-11-03 16:35", "来源：区科协"]


def test_labels_behind_the_first_numbered_line_stay_as_they_are() -> None:
    page = f"<div class=TRS_Editor>{PLAN}<p>名称：科普大篷车；来源：省科协</p><p>电话：0000-1234567</p></div>"
    assert _lines(page)[-2:] == ["名称：科普大篷车；来源：省科协", "电话：0000-1234567"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "/art/1.html", "https://a.example/<script>"])
def test_an_address_that_is_none_is_not_taken(url: str) -> None:
    assert _read(f'<link rel=canonical href="{url}">{PLAN}').url is None


# ---------------------------------------------------------------- tables


def test_spans_that_reach_out_of_a_table_end_at_its_edge() -> None:
    page = f"{PLAN}<table><tr><th>任务<th>单位</tr><tr><td rowspan=0>甲<td>乙局</tr><tr><td>丙局</tr><tr><td rowspan=99 colspan=1>丁<td>戊局</tr></table>"
    reading = _read(page)
    (table,) = reading.tables
    assert (table.rows, table.columns) == (4, 3)
    assert {(c.row, c.column): c.row_span for c in table.cells}[1, 0] == 3


def test_rows_and_columns_without_a_word_are_left_out() -> None:
    page = f"{PLAN}<table><tr><td></td><td>任务</td><td>&nbsp;</td><td>单位</td></tr><tr><td></td><td></td><td></td><td></td></tr><tr><td></td><td>甲</td><td></td><td>乙局</td></tr></table>"
    reading = _read(page)
    assert [(c.row, c.column) for c in reading.tables[0].cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_caption_comes_before_its_table_and_is_no_title() -> None:
    page = f"{PLAN}<p style='text-align:center'><b>重点任务分工表</b></p><table><caption>（单位：个）</caption><tr><td>任务<td>单位<td>时限</tr><tr><td>甲<td>乙局<td>年底</tr></table>"
    reading = _read(page)
    assert reading.text.splitlines()[2:4] == ["重点任务分工表", "（单位：个）"]
    assert not reading.marks
    assert len(reading.tables) == 1


def test_a_table_in_a_table_of_layout_is_a_table() -> None:
    inner = "<table><tr><td>任务<td>牵头单位<td>时限</tr><tr><td>甲<td>乙局<td>年底</tr></table>"
    reading = _read(
        f"<table><tr><td>{PLAN}{inner}</td><td></td></tr><tr><td>某市人民政府</td><td>2021年3月5日</td></tr></table>"
    )
    assert [(t.rows, t.columns) for t in reading.tables] == [(2, 3)]
    assert reading.text.endswith("某市人民政府\n2021年3月5日\n")


def test_a_table_whose_one_cell_holds_the_document_is_dissolved() -> None:
    body = "".join(f"<p>（{n}）加强组织领导，落实工作责任。</p>" for n in "一二三四五六七八九十")
    reading = _read(
        f"<table><tr><td>某市科普实施方案</td><td>2021-03-05</td></tr><tr><td colspan=2>{PLAN}{body}</td></tr></table>"
    )
    assert not reading.tables
    assert reading.text.count("\n") >= 12


def test_a_table_with_one_row_of_tasks_is_a_table() -> None:
    row = "<td>1<td><p>开展检查。</p><p>完善制度，落实责任，确保各项任务全面完成。</p><p>加强督导。</p><td>甲局<td>乙局"
    reading = _read(f"{PLAN}<table><tr><td>序号<td>任务<td>牵头<td>配合</tr><tr>{row}</tr></table>")
    assert [(t.rows, t.columns) for t in reading.tables] == [(2, 4)]


# ---------------------------------------------------------------- surroundings


def test_a_notice_and_its_plan_in_two_elements_are_one_text() -> None:
    notice = (
        "<div class=TRS_Editor><p>各县人民政府：</p><p>现将实施方案印发给你们，请结合实际，认真贯彻执行。</p></div>"
    )
    assert _lines(f"<div>{notice}<div class=TRS_Editor>{_plan(9)}</div></div>")[:2] == [
        "各县人民政府：",
        "现将实施方案印发给你们，请结合实际，认真贯彻执行。",
    ]
    assert (
        _lines(f"<div><div class=a>{notice.replace('TRS_Editor', 'b')}</div><div class=c>{_plan(9)}</div></div>")[0]
        == "各县人民政府："
    )


def test_a_signature_beside_the_text_is_part_of_it() -> None:
    page = f"<a href=/>首页</a><div class=w><div class=c>{_plan(3)}</div><div class=d><p>某市人民政府</p><p>2021年3月5日</p></div></div><div class=foot>版权所有 某ICP备0号</div>"
    assert _lines(page)[-2:] == ["某市人民政府", "2021年3月5日"]


def test_numbered_chapters_in_boxes_of_their_own_are_one_text() -> None:
    chapters = "".join(
        f"<section class=ch><h2>{n}、工作任务</h2><p>加强组织领导，落实工作责任，确保各项任务按期完成，及时报送进展。</p></section>"
        for n in "一二三四"
    )
    assert len(_lines(f"<main>{chapters}</main>")) == 8


def test_of_two_equal_texts_for_two_screens_the_second_is_left_out() -> None:
    text = f"<h1>某市科普实施方案</h1>{PLAN}{PLAN.replace('一、', '二、').replace('我市', '本市')}{PLAN.replace('一、', '三、').replace('我市', '全市')}"
    once = _lines(f"<div class=pc>{text}</div>")
    assert _lines(f"<div class=pc>{text}</div><div class=mobile>{text}</div>") == once


def test_a_link_that_is_never_closed_makes_no_menu_of_the_text() -> None:
    assert len(_lines(f"<p><a href=/>首页</a> &gt; <a href=/z>政务公开</p>{_plan(20)}")) == 20


def test_words_of_buttons_in_the_middle_of_the_text_are_text() -> None:
    page = f"<div class=TRS_Editor>{PLAN}<p>打印</p><p>二、重点任务</p><p>打印</p></div>"
    assert _lines(page)[-2:] == ["打印", "二、重点任务"]


@pytest.mark.parametrize(
    "line",
    [
        "技术支持：（一）由市大数据局负责，加强网站建设，落实ICP备案制度，保障网络安全。",
        "三、加强网站管理。版权所有者依法维权，网站地图定期更新，公网安备信息按要求公示。",
        "位置：科技馆一楼大厅，面积不少于500平方米，年底前完成布展。",
        "推荐优秀项目申报省级示范，每个县不少于3个。",
        "扫描存档全部历史资料，建立数据库，实现共享。",
    ],
)
def test_sentences_with_words_of_buttons_and_feet_are_text(line: str) -> None:
    assert _lines(f"<div>{PLAN}<p>{line}</p></div>")[-1] == line


def test_links_within_the_text_and_names_of_attached_files_are_text() -> None:
    page = f"<div id=zoom>{PLAN}<p><a href=/law>《中华人民共和国科学技术普及法》</a></p><p>二、任务</p><p>附件：<a href=1.docx>1.任务分工表.docx</a></p></div>"
    assert _lines(page)[-3:] == ["《中华人民共和国科学技术普及法》", "二、任务", "附件：1.任务分工表.docx"]
