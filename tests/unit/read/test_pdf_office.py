"""PDFs that LibreOffice prints: embedded fonts, borders cell by cell, real heads, feet and footnotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.read.pdf import read
from tests.unit.read.pdf_maker import Cell
from tests.unit.read.pdf_office import OFFICE, Docx, print_with_office
from tests.unit.read.test_pdf_tables import division, found, written

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt install libreoffice-writer-nogui fonts-noto-cjk"),
]
SENTENCE = "为深入贯彻落实全民科学素质行动规划纲要，进一步提升全市公民科学素质，结合我市实际，制定本方案。"
TASKS = [
    f"{n}.开展第{n}项科普活动。" + SENTENCE * (n % 4 + 1) + "（市科协、市教育局按职责分工负责）" for n in range(1, 13)
]


def test_a_plan_with_its_annex_on_lying_pages_is_read_whole(tmp_path: Path) -> None:
    docx = Docx(head="某市人民政府办公室文件")
    docx.title("某市全民科学素质行动规划纲要", "实施方案（2021—2025年）")
    docx.paragraph(SENTENCE, note="本方案所称公民科学素质，是指崇尚科学精神，树立科学思想。")
    docx.paragraph("一、重点任务")
    for text in TASKS:
        docx.paragraph(text)
    docx.turn(landscape=False)
    docx.paragraph("附件", indent=0)
    docx.title("重点任务分工表")
    rows = division()
    docx.table((700, 1600, 5000, 1600, 3400, 1400), rows, head=2)
    reading = read(print_with_office(docx.save(landscape=True), tmp_path), "a.pdf")
    lines = reading.text[: reading.tables[0].span.start].split("\n")[:-1]
    assert lines == [
        "某市全民科学素质行动规划纲要",
        "实施方案（2021—2025年）",
        SENTENCE,
        "一、重点任务",
        *TASKS,
        "附件",
        "重点任务分工表",
    ]
    assert [(m.level, m.span.cut(reading.text)) for m in reading.marks] == [
        (0, "某市全民科学素质行动规划纲要\n实施方案（2021—2025年）"),
        (0, "重点任务分工表"),
    ]
    assert len(reading.tables) == 1
    assert found(reading) == written(rows)
    notes = [s.cut(reading.text) for s in reading.asides]
    assert len(notes) == 1
    assert notes[0].removeprefix("1").strip() == "本方案所称公民科学素质，是指崇尚科学精神，树立科学思想。"


def test_a_row_that_the_page_cuts_is_one_row(tmp_path: Path) -> None:
    long = "，".join(f"推进第{n}项重点工作并强化科技资源与教育资源的有效衔接" for n in range(1, 60)) + "。"
    rows: list[list[Cell | None]] = [
        [Cell("序号"), Cell("任务"), Cell("单位")],
        *([Cell(str(n)), Cell(long if n in (2, 3) else SENTENCE), Cell("市科协、市教育局")] for n in range(1, 6)),
    ]
    docx = Docx()
    docx.paragraph(SENTENCE)
    docx.table((900, 5000, 2900), rows, size=12)
    reading = read(print_with_office(docx.save(), tmp_path), "a.pdf")
    assert found(reading) == written(rows)
