"""Text that a page's width broke into lines, put together again; any other text as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources
from kg.extract import extract
from kg.outline import outline
from kg.read import find_files, read_bytes, read_file
from kg.read.text import decode
from kg.read.wrapped import unwrap

ROOT = Path(__file__).resolve().parents[3]
PLANS = find_files([resources.folder("data/documents")])
OTHERS = [
    p for p in sorted((ROOT.parent / "shared" / "documents" / "more").glob("*.txt")) if not p.name.startswith("33_")
]
NO_PLANS = sorted((ROOT / "tests" / "golden" / "plans" / "no-plan").iterdir())

CLOSING = "，。、；：？！）》”’】"


def columns(text: str) -> int:
    return sum(1 if c < "\x80" else 2 for c in text)


def print_pages(text: str, width: int, *, indents: bool, numbers: bool, head: str = "") -> str:
    """The text as a printer sets it: paragraphs indented by two characters, lines of one width, pages of 22 lines."""
    lines: list[str] = []

    def put(line: str) -> None:
        lines.append(line if indents else line.strip())
        if numbers and len(lines) % 22 == 0:
            lines.append(f"— {len(lines) // 22} —")
            lines.extend([head] if head else [])

    for paragraph in filter(None, map(str.strip, text.split("\n"))):
        line, i = "　　", 0
        while i < len(paragraph):
            j = i + 1
            while (
                paragraph[i].isascii()
                and paragraph[i].isalnum()
                and j < len(paragraph)
                and paragraph[j].isascii()
                and paragraph[j].isalnum()
            ):
                j += 1
            behind = j
            while behind < len(paragraph) and paragraph[behind] in CLOSING:  # no line begins with a closing mark
                behind += 1
            if columns(line) + columns(paragraph[i:behind]) > width and line.strip():
                put(line)
                line = ""
            line += paragraph[i:j]
            i = j
        put(line)
    return "\n".join(lines)


def said(text: str) -> list[tuple[str, str, str, str]]:
    """What is read of a plan but for its last item, behind which chrome may be run on."""
    source = read_bytes(text.encode(), "a.txt")
    record = extract(source, outline(source))
    items = [(p.kind, p.number, "".join(p.title.split()), "".join(p.text.split())) for p in record.provisions]
    return [("plan", "", "".join(record.title.value.split()), ""), *items[:-1]]


@pytest.mark.parametrize("numbers", [False, True], ids=["", "page numbers"])
@pytest.mark.parametrize("indents", [True, False], ids=["indents", "indents lost"])
@pytest.mark.parametrize("width", [56, 64, 76])
@pytest.mark.parametrize("file", PLANS, ids=lambda p: p.name[:3])
def test_a_plan_printed_on_pages_says_what_it_said_before(file: Path, width: int, indents: bool, numbers: bool) -> None:
    text = read_file(file).text
    printed = print_pages(text, width, indents=indents, numbers=numbers, head="某规划文本" if numbers else "")
    source = read_bytes(printed.encode(), "a.txt")
    assert [f.code for f in source.findings] == ["joined-line", *(["removed-furniture"] if numbers else [])]
    assert said(printed) == said(text)


@pytest.mark.parametrize("file", [*PLANS, *OTHERS, *NO_PLANS], ids=lambda p: p.name[:24])
def test_a_text_that_is_not_wrapped_is_not_touched(file: Path) -> None:
    text, _ = decode(file.read_bytes(), file.name)
    assert unwrap(text) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "一、任务\n1.开展培训。\n2.办好活动。\n" * 30,
        "各县（市、区）人民政府，市政府各部门，市直属各单位，驻市各单位\n" * 3,
        "\n".join(f"{n}.新建改建扩建幼儿园、中小学校共三十所，增加学位两万个以上" for n in range(1, 40)),
        "甲" * 5000,
        "\n" * 50 + "甲\n" * 50,
        "第一行\n\n第二行\n\n第三行",
    ],
    ids=["short items", "one line again", "a list of lines of one width", "one long line", "blanks", "paragraphs"],
)
def test_lines_that_end_with_what_they_say_are_no_broken_ones(text: str) -> None:
    assert unwrap(text)[0] == text


BODY = "为深入贯彻落实国家科普规划，推进全民科学素质建设，促进科技与经济社会协调发展，提高公民科学文化素质，依据有关法律法规和上级文件要求，结合我市实际情况，经市人民政府同意，制定本规划。"


def test_page_numbers_and_running_heads_are_no_text() -> None:
    printed = print_pages("\n".join([BODY] * 30), 52, indents=True, numbers=True, head="宜春市科普规划")
    joined, findings = unwrap(printed)
    assert "宜春市科普规划" not in joined
    assert "—" not in joined
    assert joined.split("\n")[:2] == [BODY, BODY]
    assert [f.code for f in findings] == ["joined-line", "removed-furniture"]


@pytest.mark.parametrize("form", ["{}", "- {} -", "— {} —", "第 {} 页", "第{}页 共99页", "{} / 99", "  {}"])
def test_page_numbers_in_every_form_are_dropped(form: str) -> None:
    lines = print_pages("\n".join([BODY] * 30), 52, indents=True, numbers=False).split("\n")
    pages = [[*lines[i : i + 20], form.format(i // 20 + 1)] for i in range(0, len(lines), 20)]
    assert unwrap("\n".join(line for page in pages for line in page))[0] == "\n".join([BODY] * 30) + "\n"


def test_a_year_alone_in_a_line_is_no_page_number() -> None:
    text = print_pages("\n".join([BODY] * 12), 52, indents=True, numbers=False) + "\n2021\n"
    assert "2021" in unwrap(text)[0]


def test_a_table_of_contents_keeps_its_lines() -> None:
    contents = "\n".join(f"第{n}章 主要任务 {'.' * 40} {k}" for k, n in enumerate("一二三四五", 1))
    joined = unwrap(contents + "\n" + print_pages("\n".join([BODY] * 12), 52, indents=False, numbers=False))[0]
    assert joined.split("\n")[:5] == contents.split("\n")


def test_a_heading_as_wide_as_a_line_does_not_take_in_its_text() -> None:
    heading = "（一）构建水生态安全格局，保障流域水生态系统服务能力"
    text = print_pages("\n".join([BODY, heading, BODY] * 8), columns("　　" + heading), indents=False, numbers=False)
    assert heading in unwrap(text)[0].split("\n")


def test_words_in_latin_letters_keep_a_blank_between_them() -> None:
    line = "applied science popularization in the city of Yichun and"
    text = "\n".join([line] * 20)
    assert "and applied" in unwrap(text)[0]


@pytest.mark.parametrize(
    "piece", ["甲", "《", "（", "-", ".", "1", " ", "\n", "甲\n", "1\n", "《\n", "（" * 30 + "\n", "甲" * 28 + "\n"]
)
def test_a_million_of_one_thing_takes_no_time(piece: str) -> None:
    text = (piece * 1_000_000)[:1_000_000]
    assert len(unwrap(text)[0]) > 0
