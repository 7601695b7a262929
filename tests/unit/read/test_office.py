"""Files of old word processors: known by their bytes, read through LibreOffice where it is installed.

Where LibreOffice is absent, the tests that need it are skipped; with PLANKG_REQUIRE_OFFICE=1 they fail.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import docx, odt, read_bytes
from kg.read.office import convert, find_program, find_suffix, read
from tests.unit.read.test_docx import CHAPTERS, HEAD, PLANS, as_word, squeezed
from tests.unit.read.word_files import (
    DOWN,
    ON,
    across,
    cell,
    compound,
    level,
    numbering,
    open_text,
    p,
    restart,
    row,
    run,
    table,
    word,
)

FORMULA = "{\\rtf1\\ansi\\ansicpg936\\uc1 "


pytestmark = pytest.mark.slow  # LibreOffice takes seconds to start


@pytest.fixture(scope="session")
def office() -> str:
    """LibreOffice's program."""
    program = find_program()
    if program is None:
        if os.environ.get("PLANKG_REQUIRE_OFFICE") == "1":
            pytest.fail("LibreOffice is required and absent")
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    return program


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


def through(program: str, profile: Path, data: bytes, suffix: str, target: str) -> bytes:
    """A document as LibreOffice saves it in another format, not by way of the code under test."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / f"a.{suffix}"
        source.write_bytes(data)
        out = Path(name) / "out"
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", target]
        subprocess.run([*command, "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=120)
        (made,) = out.iterdir()
        return made.read_bytes()


def bare(text: str) -> list[str]:
    """The lines of a text without white space: cells are lines, as LibreOffice prints them."""
    return [s for line in re.split("[\n\t]", text) if (s := re.sub(r"\s", "", line))]


# ---------------------------------------------------------------- known by their bytes


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"{\\rtf1 a}", "rtf"),
        (b"\xef\xbb\xbf{\\rtf1 a}", "rtf"),
        (
            b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "xml",
        ),
        (b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0">', "fodt"),
        (b"\xdb\xa5-\0", "doc"),
        (compound({"WordDocument": b"x"}), "doc"),
        (compound({"CONTENTS": b"x"}), "wps"),
        ("一、总体要求".encode("gb18030"), ""),
    ],
)
def test_a_document_is_known_by_its_bytes(data: bytes, suffix: str) -> None:
    assert find_suffix(data, "a.doc") == suffix


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_what_is_another_kind_within_is_read_as_that(suffix: str) -> None:
    def text(data: bytes) -> str:
        return read_bytes(data, f"a{suffix}").text

    assert text(word(p("开展培训。"))) == "开展培训。\n"
    assert text(open_text("<text:p>开展培训。</text:p>")) == "开展培训。\n"
    assert text("开展培训。\n".encode("gb18030")) == "开展培训。\n"
    assert "开展培训。" in text("<html><body><p>一、开展培训。</p></body></html>".encode("utf-16"))


def message(data: bytes, suffix: str = ".doc") -> str:
    with pytest.raises(InputError) as caught:
        read_bytes(data, f"a{suffix}")
    assert caught.value.where == f"a{suffix}"
    assert caught.value.remedy
    return str(caught.value)


def word_head(flags: int) -> bytes:
    """The head of a WordDocument stream (FibBase) of Word 97 to 2003."""
    return b"\xec\xa5\xc1\0" + bytes(6) + flags.to_bytes(2, "little") + bytes(500)


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".wps"])
def test_files_with_a_password_are_said_to_have_one(suffix: str) -> None:
    assert "password" in message(compound({"EncryptionInfo": b"x" * 200, "EncryptedPackage": b"y" * 6000}), suffix)
    assert "password" in message(compound({"WordDocument": word_head(0x0100), "1Table": b"x"}), suffix)


def test_other_office_files_are_named() -> None:
    assert "Excel workbook" in message(compound({"Workbook": b"x"}))
    assert "presentation" in message(compound({"PowerPoint Document": b"x"}))
    assert "binary" in message(bytes(range(32)) * 50)


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("kg.read.office._PROGRAMS", ("soffice", "libreoffice"))
    for data in (compound({"WordDocument": word_head(0)}), b"{\\rtf1 a}"):
        said = message(data)
        assert "LibreOffice, which is not installed" in said
        assert "apt-get install libreoffice" in said
        assert ".docx" in said


# ---------------------------------------------------------------- through LibreOffice


SAMPLE = (
    p("重点任务分工表", style="h1")
    + p("总体要求", number=(1, 0)) + p("指导思想", number=(1, 1)) + p("甲", number=(1, 2)) + p("乙", number=(1, 2))
    + p("基本原则", number=(1, 1)) + p("丙", number=(1, 2)) + p("工作任务", number=(1, 0))
    + table(
        row(*HEAD),
        row("1", cell("青少年行动", DOWN), cell("市教育局", DOWN), "市科协", "2021年12月"),
        row("2", cell("", ON), cell("", ON), cell(p("团市委") + p("市妇联")), "长期"),
        row("3", "农民行动", cell("市农业农村局", across(2)), "2022年"),
        widths=(800, 2400, 2000, 2000, 1600),
    )
    + p(run("加强保障") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。"))
)  # fmt: skip
SAMPLE_WORD = word(
    SAMPLE,
    numbering=numbering({0: CHAPTERS}, {1: (0, "")}),
    styles='<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/></w:style>',
    footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{p(run("指经费。"))}</w:footnote>',
)


@pytest.mark.parametrize("target", ["docx", "odt", "doc"])
def test_what_libreoffice_makes_of_a_document_says_the_same(office: str, profile: Path, target: str) -> None:
    made = through(office, profile, SAMPLE_WORD, "docx", target)
    want = docx.read(SAMPLE_WORD, "a.docx")
    got = read_bytes(made, f"a.{target}")
    assert got.text == want.text
    assert "一、总体要求\n（一）指导思想\n1.甲\n2.乙\n（二）基本原则\n1.丙\n二、工作任务\n" in got.text
    assert got.tables == want.tables
    assert got.asides == want.asides
    assert [(m.span, m.level) for m in got.marks] == [(m.span, m.level) for m in want.marks]


def test_a_wps_file_is_a_doc_file(office: str, profile: Path) -> None:
    made = through(office, profile, SAMPLE_WORD, "docx", "doc")
    assert read_bytes(made, "a.wps").text == docx.read(SAMPLE_WORD, "a.docx").text
    # Renamed by hand: the bytes count.
    assert read_bytes(made, "a.docx").text == docx.read(SAMPLE_WORD, "a.docx").text


@pytest.mark.parametrize("plan", PLANS[:1], ids=lambda f: f.stem)
def test_a_plan_with_automatic_numbers_survives_the_old_format(office: str, profile: Path, plan: Path) -> None:
    text = squeezed(read_bytes(plan.read_bytes(), plan.name).text)
    for target in ("doc", "odt"):
        made = through(office, profile, as_word(text), "docx", target)
        printed = through(office, profile, made, target, "txt:Text:UTF8").decode("utf-8-sig")
        got = bare(read_bytes(made, f"a.{target}").text)
        assert got == bare(printed)
        assert sum(a == b for a, b in zip(got, bare(text), strict=True)) > 0.6 * len(got)


@pytest.mark.usefixtures("office")
def test_rich_text_is_read() -> None:
    def shown(text: str) -> str:
        return "".join(f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?" if ord(c) > 127 else c for c in text)

    text = "某市科普工作要点\n一、总体要求\n开展培训。"
    data = (FORMULA + "\\par ".join(shown(line) for line in text.split("\n")) + "\\par}").encode("ascii")
    assert read(data, "a.rtf").text == text + "\n"


@pytest.mark.usefixtures("office")
def test_a_damaged_old_document_is_told_of_and_nothing_is_left_behind() -> None:
    before = set(Path(tempfile.gettempdir()).glob("plankg-*"))
    damaged = compound({"WordDocument": word_head(0) + os.urandom(0) + b"\xff" * 3000, "1Table": b"\xff" * 100})
    try:
        read(damaged, "a.doc")
    except InputError as error:
        assert error.where == "a.doc"
    assert set(Path(tempfile.gettempdir()).glob("plankg-*")) <= before


@pytest.mark.usefixtures("office")
def test_libreoffice_is_stopped_when_it_takes_too_long() -> None:
    before = set(Path(tempfile.gettempdir()).glob("plankg-*"))
    began = time.monotonic()
    with pytest.raises(InputError) as caught:
        convert(b"{\\rtf1 a}", "rtf", "a.rtf", seconds=0.05)
    assert "took more than 0.05 seconds" in str(caught.value)
    assert time.monotonic() - began < 10
    assert set(Path(tempfile.gettempdir()).glob("plankg-*")) <= before


# Formats that LibreOffice prints as Word does; it prints the others of the standard in plain digits.
FORMATS = (
    "decimal decimalZero chineseCountingThousand taiwaneseCountingThousand chineseLegalSimplified ideographLegalTraditional "
    "ideographTraditional ideographZodiac decimalEnclosedCircle decimalEnclosedCircleChinese upperRoman lowerRoman ordinal "
    "aiueo aiueoFullWidth iroha irohaFullWidth none"
).split()
UP_TO_A_HUNDRED = ["chineseCounting", "taiwaneseCounting", "japaneseCounting", "upperLetter", "lowerLetter"]


def test_number_formats_are_printed_as_libreoffice_prints_them(office: str, profile: Path) -> None:
    abstract, lists, body = {}, {}, ""
    for style in (*FORMATS, *UP_TO_A_HUNDRED):
        for start in (
            1,
            9,
            10,
            11,
            19,
            20,
            21,
            26,
            30,
            31,
            49,
            50,
            98,
            *(() if style in UP_TO_A_HUNDRED else (99, 109, 110, 999, 1000, 1010)),
        ):
            name = len(lists) + 1
            abstract[name] = level(0, style, "（%1）", start=start)
            lists[name] = (name, "")
            body += p(f"{style}甲", number=(name, 0)) * (1 if style in UP_TO_A_HUNDRED else 2)
    data = word(body, numbering=numbering(abstract, lists))
    printed = through(office, profile, data, "docx", "txt:Text:UTF8").decode("utf-8-sig")
    assert len(bare(printed)) > 700
    assert bare(docx.read(data, "a.docx").text) == bare(printed)
    in_odt = through(office, profile, data, "docx", "odt")
    again = through(office, profile, in_odt, "odt", "txt:Text:UTF8").decode("utf-8-sig")
    got = bare(odt.read(in_odt, "a.odt").text)
    # In OpenDocument 1st is 1, and what stands before is 貳, in the characters of the mainland.
    differ = [(a, b) for a, b in zip(got, bare(again), strict=True) if a != b and "ordinal" not in a]
    assert {b.partition("）")[2] for _, b in differ} <= {"ideographLegalTraditional甲"}


def test_lists_are_counted_as_libreoffice_counts_them(office: str, profile: Path) -> None:
    abstract = {
        0: CHAPTERS,
        1: level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "lowerLetter", "%1.%2.%3)"),
        2: level(0, "decimalEnclosedCircle", "%1", start=4),
    }
    lists = {
        1: (0, ""),
        2: (1, ""),
        3: (1, restart(0, 1)),
        4: (1, ""),
        5: (2, ""),
        6: (1, restart(0, 7) + restart(1, 1)),
    }
    items = [
        (1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2), (1, 1), (1, 0), (2, 1), (2, 0), (2, 1), (2, 2), (2, 2),
        (2, 0), (2, 2), (4, 0), (3, 0), (3, 0), (2, 0), (5, 0), (5, 0), (6, 0), (6, 1), (6, 1), (6, 0), (6, 1), (1, 1), (2, 0),
    ]  # fmt: skip
    body = "".join(p(f"项{n}", number=i) + (p("正文") if n % 4 == 3 else "") for n, i in enumerate(items))
    body += table(*(row(cell(p(number=(2, 0))), "任务") for _ in range(4))) + p("后", number=(2, 0))
    data = word(body, numbering=numbering(abstract, lists))
    printed = bare(through(office, profile, data, "docx", "txt:Text:UTF8").decode("utf-8-sig"))
    assert bare(docx.read(data, "a.docx").text) == printed
    in_odt = through(office, profile, data, "docx", "odt")
    again = bare(through(office, profile, in_odt, "odt", "txt:Text:UTF8").decode("utf-8-sig"))
    assert bare(odt.read(in_odt, "a.odt").text) == again
