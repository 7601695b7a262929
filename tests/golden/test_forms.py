"""One plan with its division-of-work table in every form in which it may reach a planner: the same facts."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from kg.extract import extract
from kg.outline import outline
from kg.read import read_bytes

HEAD = [
    "某某市全民阅读工作实施方案",
    "某政办发〔2024〕3号",
    "为推动全民阅读，制定本方案。",
    "一、总体要求",
    "坚持公益普惠，推动全民阅读。",
]
BODY = [
    "二、重点任务",
    "（一）建设农家书屋。新建一批农家书屋，更新图书，到2025年建成100个。",
    "（二）举办读书节。每年举办读书节，开展读书活动。",
    "附件：重点任务分工表",
]
ROWS = [
    ("序号", "工作任务", "牵头单位", "责任单位", "完成时限"),
    ("1", "建设农家书屋。新建一批农家书屋。", "市文旅局", "市财政局、各县（区）人民政府", "2025年12月底前"),
    ("2", "举办读书节", "市委宣传部", "市教育局、市总工会", "每年4月"),
    ("3", "培养阅读推广人", "市教育局", "市文旅局", "2024年12月"),
]


def as_text() -> tuple[bytes, str]:
    table = ["\t".join(row) for row in ROWS]
    return "\n".join([*HEAD, *BODY, *table]).encode(), "a.txt"


def as_markdown() -> tuple[bytes, str]:
    lines = ["|" + "|".join(row) + "|" for row in ROWS]
    lines.insert(1, "|" + "---|" * len(ROWS[0]))
    return "\n\n".join([*HEAD, *BODY, "\n".join(lines)]).encode(), "a.md"


def as_html() -> tuple[bytes, str]:
    paragraphs = "".join(f"<p>{p}</p>" for p in [*HEAD, *BODY])
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    return f"<html><body><div>{paragraphs}<table>{rows}</table></div></body></html>".encode(), "a.html"


def as_docx() -> tuple[bytes, str]:
    document = docx.Document()
    for paragraph in [*HEAD, *BODY]:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=0, cols=len(ROWS[0]))
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    file = io.BytesIO()
    document.save(file)
    return file.getvalue(), "a.docx"


def as_pdf() -> tuple[bytes, str]:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle(
        "plain", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK"
    )
    centred = ParagraphStyle("centred", parent=plain, fontSize=18, leading=30, firstLineIndent=0, alignment=1)
    cell = ParagraphStyle("cell", parent=plain, fontSize=10, leading=14, firstLineIndent=0)
    story: list[object] = [Paragraph(HEAD[0], centred), *(Paragraph(p, plain) for p in [*HEAD[1:], *BODY])]
    table = Table([[Paragraph(c, cell) for c in row] for row in ROWS], colWidths=[36, 150, 80, 120, 80])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, invariant=1).build([*story, table])
    return file.getvalue(), "a.pdf"


@pytest.mark.parametrize("form", [as_text, as_markdown, as_html, as_docx, as_pdf])
def test_the_same_plan_says_the_same_in_every_form(form: Callable[[], tuple[bytes, str]]) -> None:
    source = read_bytes(*form())
    record = extract(source, outline(source))
    tasks = [p for p in record.provisions if p.kind == "Task"]
    assert record.title.value == "某某市全民阅读工作实施方案"
    assert [t.title for t in tasks] == ["建设农家书屋", "举办读书节", "培养阅读推广人"]
    assert [[(d.agency_text, d.role) for d in t.responsibilities] for t in tasks] == [
        [("市文旅局", "Lead"), ("市财政局", "Support"), ("各县(区)人民政府", "Support")],
        [("市委宣传部", "Lead"), ("市教育局", "Support"), ("市总工会", "Support")],
        [("市教育局", "Lead"), ("市文旅局", "Support")],
    ]
    assert [t.deadline and t.deadline.value for t in tasks] == ["2025-12", None, "2024-12"]
    for task in tasks:
        for duty in task.responsibilities:
            assert source.text[duty.spans[0].start : duty.spans[-1].end].replace("\n", "")
