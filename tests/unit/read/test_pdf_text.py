"""Running text of PDFs: paragraphs, titles, blanks, what is left out."""

from __future__ import annotations

import io
import re

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from kg.read.composer import Reading
from kg.read.pdf import read
from kg.read.pdf.characters import is_garbage, normal_form
from tests.unit.read.pdf_maker import FONT, Press, wrap

SENTENCE = "为深入贯彻落实全民科学素质行动规划纲要，进一步提升全市公民科学素质，结合我市实际，制定本方案。"
LONG = [
    f"{n}.开展第{n}项科普活动。" + SENTENCE * (n % 4 + 1) + f"到2025年建成科普基地{n * 3}个。" for n in range(1, 25)
]


def lines(reading: Reading) -> list[str]:
    return reading.text.split("\n")[:-1]


def marked(reading: Reading) -> list[tuple[int, str]]:
    return [(m.level, m.span.cut(reading.text)) for m in reading.marks]


# ---------------------------------------------------------------- paragraphs


@pytest.mark.parametrize(
    "habits",
    [
        {},
        {"hang": True},
        {"justify": False},
        {"size": 10.5, "pitch": 15.75},
        {"pitch": 36},
    ],
    ids=["justified", "hanging punctuation", "ragged", "small", "wide spacing"],
)
def test_wrapped_lines_are_joined_into_their_paragraphs_also_over_page_breaks(habits: dict[str, float]) -> None:
    press = Press(**habits)  # type: ignore[arg-type]
    for text in LONG:
        press.paragraph(text)
    reading = read(press.finish(), "a.pdf")
    assert press.number > 2 or "size" in habits
    assert lines(reading) == LONG


@pytest.mark.parametrize("size", [11, 12, 14, 16])
def test_lines_that_leave_room_for_marks_go_on_in_the_midst_of_names(size: int) -> None:
    """ReportLab's Chinese line breaking lets marks hang over the edge, so that lines without one leave a character's room."""
    texts = [
        f"({n}) 推动数据共享。{'打通壁垒' * (n % 5)}{'建立清单,' * (n % 3)}{'稳妥'[: n % 3]}推进。"
        f"此项工作由省自然资源厅牵头,省住房城乡建设厅、省市场监管局、省国资委、各县(市、区)人民政府配合,{'定期' * (n % 4)}通报。"
        for n in range(1, 40)
    ]
    style = ParagraphStyle(
        "body", fontName=FONT, fontSize=size, leading=1.6 * size, wordWrap="CJK", firstLineIndent=2 * size
    )
    file = io.BytesIO()
    SimpleDocTemplate(file).build([Paragraph(text, style) for text in texts])
    assert lines(read(file.getvalue(), "a.pdf")) == texts


def test_paragraphs_without_indents_end_where_a_number_begins_the_next() -> None:
    full = "（一）" + "加强科普工作" * 4 + "。"  # fills its line to the end
    assert len(full) == 28
    press = Press(indent=0)
    texts = [full, "（二）健全机制。", full + SENTENCE, "（三）" + SENTENCE * 2]
    for text in texts * 3:
        press.paragraph(text)
    assert lines(read(press.finish(), "a.pdf")) == texts * 3


def test_a_line_that_ends_early_because_a_long_number_found_no_room_goes_on() -> None:
    text = "各级各部门要加强对科普工作的组织领导，电话号码：0791-86221407-86221408，联系人见附件，请认真执行。"
    first = wrap(text, 28 * 16, 16, 32)[0]
    assert not first.endswith("8")
    press = Press(justify=False)
    for _ in range(8):
        press.paragraph(text)
    assert lines(read(press.finish(), "a.pdf")) == [text] * 8


def test_lines_of_an_annex_list_that_hang_behind_their_number_are_joined() -> None:
    press = Press()
    for text in LONG[:3]:
        press.paragraph(text)
    annex = "附件：1.某市全民科学素质行动规划纲要实施方案重点任务分工及完成时限一览表"
    press.put(annex[:26], press.left + 32, press._line(), 16)
    press.put(annex[26:], press.left + 32 + 16 * 3.5, press._line(), 16)
    press.paragraph("2.主要指标", indent=5)
    assert lines(read(press.finish(), "a.pdf"))[-2:] == [annex, "2.主要指标"]


def test_signature_and_date_on_the_right_are_lines_of_their_own() -> None:
    press = Press()
    for text in LONG[:4]:
        press.paragraph(text)
    press.right_aligned("某市人民政府办公室")
    press.right_aligned("2021年12月3日", spare=5)
    press.paragraph("（此件公开发布）")
    assert lines(read(press.finish(), "a.pdf"))[-3:] == ["某市人民政府办公室", "2021年12月3日", "（此件公开发布）"]


def test_lines_of_a_table_of_contents_stay_apart() -> None:
    press = Press()
    press.centred("目录")
    entries = []
    for n, title in enumerate(["一、总体要求", "二、重点任务", "三、保障措施"], 1):
        dots = "…" * int((press.room - 16 * len(title) - 16) // 16)
        entries.append(f"{title}{dots}{n}")
        press.put(f"{title}{dots}", press.left, press._line(), 16)
        press.put(str(n), press.right - 8, press.y, 16)
    for text in LONG[:6]:
        press.paragraph(text)
    assert [t.replace(" ", "") for t in lines(read(press.finish(), "a.pdf"))[1:4]] == entries


# ---------------------------------------------------------------- titles


def _official() -> Press:
    """A notice with its letterhead, and the plan that it carries."""
    press = Press()
    press.skip(2)
    press.centred("某市人民政府办公室文件", size=40, red_ink=True)
    press.centred("某政办发〔2021〕12号", size=16)
    press.skip()
    press.centred("某市人民政府办公室关于印发某市全民科学", "素质行动规划纲要实施方案的通知")
    press.skip()
    press.paragraph("各县（市、区）人民政府，市政府有关部门：", indent=0)
    press.paragraph("《某市全民科学素质行动规划纲要实施方案》已经市政府同意，现印发给你们，请认真贯彻执行。")
    press.new_page()
    press.centred("某市全民科学素质行动规划纲要实施方案", "（2021—2025年）")
    press.skip()
    press.paragraph(SENTENCE)
    press.centred("第一章 总体要求", size=16)
    press.paragraph("一、指导思想")
    for text in LONG[:8]:
        press.paragraph(text)
    return press


def test_a_title_over_two_centred_lines_stays_two_lines_and_is_marked_once() -> None:
    reading = read(_official().finish(), "a.pdf")
    titles = [text for level, text in marked(reading) if level == 0]
    assert titles == [
        "某市人民政府办公室关于印发某市全民科学\n素质行动规划纲要实施方案的通知",
        "某市全民科学素质行动规划纲要实施方案\n（2021—2025年）",
    ]


def test_the_letterhead_and_the_document_number_are_no_titles() -> None:
    reading = read(_official().finish(), "a.pdf")
    assert lines(reading)[:2] == ["某市人民政府办公室文件", "某政办发〔2021〕12号"]
    assert all("文件" not in text and "12号" not in text for _, text in marked(reading))


def test_a_centred_chapter_in_the_size_of_the_text_is_a_heading_and_a_plain_line_is_not() -> None:
    reading = read(_official().finish(), "a.pdf")
    assert [text for level, text in marked(reading) if level == 1] == ["第一章 总体要求"]
    assert "一、指导思想" in lines(reading)


def test_a_line_of_text_that_happens_to_end_two_characters_early_is_not_in_the_middle() -> None:
    even = "1." + "加强组织领导" * 3 + "压实责任分工。"  # indent of two, and about two left at the end
    press = Press()
    for _ in range(10):
        press.paragraph(even)
    reading = read(press.finish(), "a.pdf")
    assert lines(reading) == [even] * 10
    assert not reading.marks


# ---------------------------------------------------------------- heads, numbers, notes


@pytest.mark.parametrize(
    "foot",
    [
        lambda n: f"— {n} —",
        lambda n: f"- {n} -",
        lambda n: f"－{n}－",
        lambda n: str(n),
        lambda n: str(n + 16),
        lambda n: f"第 {n} 页 共 9 页",
        lambda n: f"{n}/9",
        lambda n: ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"][n - 1],
    ],
    ids=["dashes", "hyphens", "full-width", "bare", "counted from 17", "of pages", "slash", "roman"],
)
def test_page_numbers_are_left_out(foot) -> None:  # type: ignore[no-untyped-def]
    press = Press(foot=foot)
    for text in LONG:
        press.paragraph(text)
    reading = read(press.finish(), "a.pdf")
    assert press.number > 3
    assert lines(reading) == LONG


def test_page_numbers_at_the_outer_edges_are_left_out() -> None:
    press = Press(foot_at="outer")
    for text in LONG:
        press.paragraph(text)
    assert lines(read(press.finish(), "a.pdf")) == LONG


def test_the_number_of_a_single_page_is_left_out_and_a_year_in_the_text_is_not() -> None:
    press = Press(foot=str)
    press.paragraph(SENTENCE)
    press.paragraph("2025")
    assert lines(read(press.finish(), "a.pdf")) == [SENTENCE, "2025"]


@pytest.mark.parametrize(
    "head",
    [
        lambda n: "某市人民政府公报",
        lambda n: "某市人民政府公报" if n % 2 else "某市全民科学素质行动规划纲要实施方案",
        lambda n: f"某市人民政府公报 第{n}页",
        lambda n: "" if n == 1 else "某市人民政府公报",
    ],
    ids=["same", "left and right pages", "with the page's number", "not on the first page"],
)
def test_running_heads_are_left_out(head) -> None:  # type: ignore[no-untyped-def]
    press = Press(head=head)
    for text in LONG:
        press.paragraph(text)
    assert lines(read(press.finish(), "a.pdf")) == LONG


def test_a_head_that_the_file_marks_as_such_is_left_out_though_it_comes_once() -> None:
    press = Press(foot=None)
    press.paragraph(SENTENCE * 3)
    press.canvas._code.append("/Artifact <</Type /Pagination /Subtype /Header>> BDC")
    press.put("某市人民政府公报", 80, 50, 10.5)
    press.canvas._code.append("EMC")
    assert lines(read(press.finish(), "a.pdf")) == [SENTENCE * 3]


def test_the_same_last_words_at_the_end_of_several_pages_are_text() -> None:
    press = Press(foot=None)
    for n in range(4):
        press.new_page()
        for _ in range(10):
            press.paragraph(LONG[n])
            if press.y > 640:
                break
        while press.y < 700:
            press.paragraph("五、保障")
        press.paragraph("各县人民政府")
    assert lines(read(press.finish(), "a.pdf")).count("各县人民政府") == 4


def test_annexes_that_begin_pages_keep_their_numbers() -> None:
    press = Press(foot=None)
    for n in range(1, 5):
        press.new_page()
        press.paragraph(f"附件{n}", indent=0)
        for text in LONG[:4]:
            press.paragraph(text)
    assert [t for t in lines(read(press.finish(), "a.pdf")) if t.startswith("附件")] == [
        "附件1",
        "附件2",
        "附件3",
        "附件4",
    ]


def test_footnotes_are_asides_at_the_end_and_their_marks_leave_the_text() -> None:
    press = Press()
    press.paragraph(LONG[0])
    press._line()
    press.put("二是建设科普信息员队伍", press.left + 32, press.y, 16)
    press.put("①", press.left + 32 + 11 * 16, press.y - 6, 8)
    press.put("，覆盖全部乡镇。", press.left + 32 + 11 * 16 + 8, press.y, 16)
    press.footnotes = ["① 科普信息员指负责传播科普信息的人员。"]
    for text in LONG[1:8]:
        press.paragraph(text)
    reading = read(press.finish(), "a.pdf")
    assert [s.cut(reading.text) for s in reading.asides] == ["① 科普信息员指负责传播科普信息的人员。"]
    assert lines(reading) == [
        LONG[0],
        "二是建设科普信息员队伍，覆盖全部乡镇。",
        *LONG[1:8],
        "① 科普信息员指负责传播科普信息的人员。",
    ]


def test_a_paragraph_goes_on_over_a_page_break_with_footnotes() -> None:
    press = Press()
    text = SENTENCE * 14
    press.new_page()
    press.footnotes = ["1 本方案所称基层，指乡镇和街道。"]
    press.paragraph(LONG[0])
    press.paragraph(text)
    reading = read(press.finish(), "a.pdf")
    assert press.number == 2
    assert lines(reading) == [LONG[0], text, "1 本方案所称基层，指乡镇和街道。"]


# ---------------------------------------------------------------- characters and blanks


def test_radicals_that_fonts_say_instead_of_characters_become_the_characters() -> None:
    assert "".join(normal_form(c, "仿宋") for c in "⼀⼆⼈⼤⻓⻔⻛⻢⺠⻩⻰") == "一二人大长门风马民黄龙"
    assert normal_form("\uf9dc", "仿宋") == "隆"


def test_full_width_forms_and_punctuation_stay_as_they_are() -> None:
    text = "（１）Ａ，。：；？！“”‘’—…％．"
    assert "".join(normal_form(c, "仿宋") for c in text) == text


def test_spread_out_words_are_put_together_and_blanks_between_names_stay() -> None:
    press = Press()
    for text in LONG[:3]:
        press.paragraph(text)
    press.paragraph("责任单位：市教育局 市科技局 市财政局")
    y = press._line()
    for n, char in enumerate("附件清单"):
        press.put(char, press.left + 40 * n, y, 16)
    press.paragraph("序　号")
    assert lines(read(press.finish(), "a.pdf"))[-3:] == ["责任单位：市教育局 市科技局 市财政局", "附件清单", "序号"]


def test_justified_lines_get_no_blanks() -> None:
    press = Press()
    y = press._line()
    press.put("加强科学素质建设工作", press.left + 32, y, 16, space=6)
    assert lines(read(press.finish(), "a.pdf")) == ["加强科学素质建设工作"]


def test_a_blank_at_a_lines_end_still_parts_two_names() -> None:
    names = "国家发展改革委 体育总局 自然资源部 水利部 农业农村部 国家林业和草原局 农业发展银行等部门负责"
    press = Press()
    for text in LONG[:6]:
        press.paragraph(text)
    press.paragraph(names)
    assert lines(read(press.finish(), "a.pdf"))[-1] == names


def test_blanks_of_recognised_text_say_nothing() -> None:
    press = Press(justify=False)
    for text in LONG[:6]:
        spaced = re.sub(r"(?<=[一-鿿]{2})(?=[一-鿿])", " ", text)
        press.paragraph(spaced)
    assert [t.replace(" ", "") for t in LONG[:6]] == lines(read(press.finish(), "a.pdf"))


def test_text_recognised_on_a_scan_is_joined_though_every_line_has_its_own_size() -> None:
    press = Press(foot=None)
    rows = [(line, n == 0) for text in LONG[:8] for n, line in enumerate(wrap(text, press.room, 16, 32))]
    for n, (line, first) in enumerate(rows):
        off = n * 37 % 9 - 4  # in tenths of a point, as recognition is off
        size = 16 + off * 0.45
        x = press.left + off * 0.4 + (32 if first else 0)
        wide = 16 * len(line) if len(line) > 25 else 0
        y = press._line()
        space = (wide - size * len(line)) / len(line) if wide else 0
        press.put(line, x, y, size, space=space)
    assert lines(read(press.finish(), "a.pdf")) == LONG[:8]


def test_text_printed_twice_to_look_bold_comes_once() -> None:
    press = Press()
    y = press._line()
    for shift in (0, 0.3):
        press.put("二、重点任务的的", press.left + shift, y, 16)
    assert lines(read(press.finish(), "a.pdf")) == ["二、重点任务的的"]


@pytest.mark.parametrize("garbage", ["¹ØÓÚÓ¡·¢ÊµÊ©·½°¸µÄÍ¨Öª", "(cid:1234)(cid:77)的", "\ufffd\ufffd\ufffd\ufffd通知"])
def test_garbage_is_told_from_text(garbage: str) -> None:
    assert is_garbage(garbage)
    assert is_garbage("".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(300)))
    assert not is_garbage("".join(LONG))
    assert not is_garbage("Plan of Action 2021-2025")
    assert not is_garbage(
        "為深入貫徹落實全民科學素質行動規劃綱要，進一步提升全市公民科學素質，結合我市實際，制定本方案。" * 3
    )


# ---------------------------------------------------------------- layout


def test_two_columns_are_read_one_after_the_other() -> None:
    press = Press(size=10.5, pitch=18)
    press.new_page()
    press.centred("某市科学素质工作要点")
    texts = LONG[:8]
    column = (press.room - 24) / 2
    rows = [(line, n == 0) for t in texts for n, line in enumerate(wrap(t, column, 10.5, 21))]
    top, half = press.y + 24, (len(rows) + 1) // 2
    for n, (line, first) in enumerate(rows):
        x = press.left + (column + 24 if n >= half else 0) + (21 if first else 0)
        press.put(line, x, top + (n % half) * 18, 10.5)
    assert lines(read(press.finish(), "a.pdf")) == ["某市科学素质工作要点", *texts]


def test_a_box_is_text_in_its_place_and_goes_on_over_a_page_break() -> None:
    press = Press(foot=None)
    press.paragraph(LONG[0])
    inside = SENTENCE * 2
    top = press.page[1] - press.margins[3] - 40
    rows = wrap(inside, press.room - 12, 16, 32)
    while press.y < top - 60:
        press.paragraph("（一）健全机制。")
    press.y = top
    _framed(press, rows[:1], 32)
    press.new_page()
    _framed(press, rows[1:], 0)
    press.y += 10
    press.paragraph(LONG[2])
    assert lines(read(press.finish(), "a.pdf"))[-2:] == [inside, LONG[2]]


def _framed(press: Press, rows: list[str], indent: float) -> None:
    top = press.y
    for n, row in enumerate(rows):
        press.put(row, press.left + 6 + (indent if n == 0 else 0), top + 24 + n * press.pitch, 16)
    bottom = top + 16 + len(rows) * press.pitch
    for x0, y0, x1, y1 in (
        (press.left, top, press.right, top),
        (press.left, bottom, press.right, bottom),
        (press.left, top, press.left, bottom),
        (press.right, top, press.right, bottom),
    ):
        press.rule(x0, y0, x1, y1)
    press.y = bottom


def test_a_frame_around_the_page_and_underlines_are_no_tables() -> None:
    press = Press()
    for text in LONG[:5]:
        press.paragraph(text)
        press.rule(press.left + 32, press.y + 3, press.left + 132, press.y + 3)
    press.canvas.rect(40, 40, press.page[0] - 80, press.page[1] - 80)
    reading = read(press.finish(), "a.pdf")
    assert lines(reading) == LONG[:5]
    assert not reading.tables


def test_stamps_and_water_marks_across_the_page_are_left_out() -> None:
    press = Press()
    for text in LONG[:5]:
        press.paragraph(text)
    for angle in (45, 90):
        press.canvas.saveState()
        press.canvas.rotate(angle)
        press.canvas.setFont("STSong-Light", 40)
        press.canvas.drawString(200, -100, "内部资料")
        press.canvas.restoreState()
    assert lines(read(press.finish(), "a.pdf")) == LONG[:5]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn: int) -> None:
    press = Press(foot=None)
    press.new_page()
    wide, high = press.page
    press.canvas.setPageRotation(turn)
    press.canvas.saveState()
    # reportlab gives a turned page's sides as they are shown.
    press.canvas.translate(*{90: (high, 0), 180: (wide, high), 270: (0, wide)}[turn])
    press.canvas.rotate(turn)
    for n, row in enumerate(wrap(LONG[2], 448, 16, 32)):
        press.canvas.setFont("STSong-Light", 16)
        press.canvas.drawString(100 if n else 132, 700 - 28 * n, row)
    press.canvas.restoreState()
    assert "".join(lines(read(press.finish(), "a.pdf"))) == LONG[2]


@pytest.mark.parametrize("turn", [90, 270])
def test_text_set_sideways_on_an_upright_page_is_read_as_the_page_must_be_turned(turn: int) -> None:
    press = Press(foot=None)
    press.new_page()
    press.canvas.saveState()
    press.canvas.translate(*((press.page[0], 0) if turn == 90 else (0, press.page[1])))
    press.canvas.rotate(turn)
    for n, row in enumerate(wrap(LONG[2], 448, 16, 32)):
        press.canvas.setFont("STSong-Light", 16)
        press.canvas.drawString(100 if n else 132, 500 - 28 * n, row)
    press.canvas.restoreState()
    assert "".join(lines(read(press.finish(), "a.pdf"))) == LONG[2]


def test_the_same_bytes_give_the_same_reading() -> None:
    data = _official().finish()
    assert read(data, "a.pdf") == read(data, "b.pdf")
