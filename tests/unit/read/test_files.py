"""Which files a path means, and which kind each is."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.read import Limits, find_files, read_bounded, read_bytes, read_file, survey

SMALL = Limits(file=1_000, markup=700, text=200)


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("一、总则\n", "utf-8")


def _names(folder: Path) -> list[str]:
    return [p.relative_to(folder).as_posix() for p in find_files([folder])]  # type: ignore[union-attr]


# ---------------------------------------------------------------- which files


def test_a_folder_means_every_readable_file_below_it_in_the_order_of_names(tmp_path: Path) -> None:
    _touch(tmp_path, "b.txt", "a.TXT", "sub/c.md", "sub/d.text", "e.jpg", ".hidden.txt", ".git/f.txt", "a.htm")
    _touch(tmp_path, "README.md", "sub/readme.txt", "LICENSE.md", "~$b.docx", "about.toml")
    assert _names(tmp_path) == ["a.TXT", "a.htm", "b.txt", "sub/c.md", "sub/d.text"]


def test_kinds_that_are_not_read_are_counted_and_housekeeping_is_not(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt", "b.jpg", "c.JPG", "sub/d.xlsx", "README.md", ".DS_Store", "about.toml", "without")
    listing = survey([tmp_path])
    assert [str(f) for f in listing.files] == [str(tmp_path / "a.txt")]
    assert dict(listing.passed_over) == {".jpg": 2, ".xlsx": 1, "": 1}


def test_a_folder_with_nothing_but_other_kinds_says_which(tmp_path: Path) -> None:
    _touch(tmp_path, "a.jpg", "b.jpg", "c.xlsx")
    with pytest.raises(InputError, match=r"no file to read, but 2 \.jpg"):
        find_files([tmp_path])


def test_a_folder_that_links_to_itself_is_read_once(tmp_path: Path) -> None:
    _touch(tmp_path, "a/b/c.txt", "a/d.txt")
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "self").symlink_to(".")
    (tmp_path / "again").symlink_to("a")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "nowhere.txt").symlink_to("missing.txt")
    listing = survey([tmp_path])
    assert [Path(f).relative_to(tmp_path).as_posix() for f in listing.files] == ["a/b/c.txt", "a/d.txt"]  # type: ignore[arg-type]
    assert listing.failures == []


def test_a_folder_of_any_depth_is_read(tmp_path: Path) -> None:
    before = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(1_200):  # deeper than Python's stack, in steps: one path of that length the system refuses
            Path("d").mkdir()
            os.chdir("d")
        Path("a.txt").write_text("一、总则\n", "utf-8")
    finally:
        os.chdir(before)
    (found,) = find_files([tmp_path])
    subprocess.run(["rm", "-r", tmp_path / "d"], check=True)  # shutil.rmtree has no such depth
    assert str(found).count("/d") >= 1_200


def test_a_file_that_two_paths_mean_comes_once_at_its_first_place(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt", "b.txt")
    assert find_files([tmp_path / "b.txt", tmp_path, tmp_path / "a.txt"]) == [tmp_path / "b.txt", tmp_path / "a.txt"]


def test_a_folder_inside_a_hidden_folder_can_be_named(tmp_path: Path) -> None:
    _touch(tmp_path, ".work/plans/a.txt")
    assert find_files([tmp_path / ".work" / "plans"]) == [tmp_path / ".work" / "plans" / "a.txt"]


@pytest.mark.parametrize("name", ["没有.txt", "x" * 300 + ".txt", "a\0b.txt"])
def test_a_path_that_leads_nowhere_is_refused_with_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"\.txt: (?:no such file|cannot be read)"):
        find_files([tmp_path / name])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_a_failure_and_the_others_are_read(tmp_path: Path) -> None:
    _touch(tmp_path, "a/b.txt", "c.txt")
    (tmp_path / "a").chmod(0)
    listing = survey([tmp_path])
    (tmp_path / "a").chmod(0o755)
    assert listing.files == [tmp_path / "c.txt"]
    assert [Path(file).name for file, _ in listing.failures] == ["a"]


# ---------------------------------------------------------------- which kind

TEXT = "某市科普工作要点\n一、任务\n1.开展培训。(市科协)\n"
PAGE = f"<!DOCTYPE html><html><head><title>要点</title></head><body><p>{TEXT}</p></body></html>"


def office(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


WORD = office("[Content_Types].xml", "word/document.xml")
MAIL = f"From: <保存>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n{PAGE}"


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (TEXT.encode(), "a.txt", "text/plain"),
        (TEXT.encode(), "a.md", "text/markdown"),
        (TEXT.encode(), "a.docx", "text/plain"),
        (TEXT.encode(), "a.pdf", "text/plain"),
        (TEXT.encode(), "-", "text/plain"),
        (TEXT.encode(), "计划", "text/plain"),
        (PAGE.encode(), "a.txt", "text/html"),
        (PAGE.encode(), "a.doc", "text/html"),
        (PAGE.encode("gb18030"), "a.pdf", "text/html"),
        (PAGE.encode("utf-16"), "-", "text/html"),
        (b"<table><tr><td>1", "a.doc", "text/html"),
        (f"<!-- a --><!-- b -->\n{PAGE}".encode(), "a.txt", "text/html"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", "-", "text/html"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'>", "a.xhtml", "application/xhtml+xml"),
        ("<b>注意</b>:一、任务".encode(), "a.txt", "text/plain"),
        (MAIL.encode(), "a.doc", "multipart/related"),
        (MAIL.encode(), "-", "multipart/related"),
        (b"%PDF-1.7\n", "a.txt", "application/pdf"),
        (b"\n%PDF-1.7\n", "-", "application/pdf"),
        (b"junk %PDF-1.4\n", "a.pdf", "application/pdf"),
        (b"{\\rtf1\\ansi", "a.doc", "application/msword"),
        (b"{\\rtf1\\ansi", "-", "application/rtf"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "a.docx", "application/msword"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "a.wps", "application/vnd.ms-works"),
        (WORD, "a.doc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (WORD, "a.zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (WORD, "-", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (office("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "a.docx", "application/vnd.oasis.opendocument.text"),
        (office("计划/a.txt"), "a.zip", "application/zip"),
        (office("计划/a.txt"), "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)  # fmt: skip
def test_the_bytes_say_what_a_file_is_and_the_name_where_they_do_not(data: bytes, name: str, media_type: str) -> None:
    from kg.read.kinds import find_media_type

    assert find_media_type(data, name) == media_type


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "a picture"),
        (b"\xff\xd8\xff\xe0", "a.txt", "a picture"),
        (b"Rar!\x1a\x07\x01\0", "a.zip", "packed in a way"),
        (b"7z\xbc\xaf\x27\x1c", "-", "packed in a way"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "a.docx", "a workbook"),
        (office("[Content_Types].xml", "ppt/presentation.xml"), "-", "a presentation"),
        (office("OFD.xml", "Doc_0/Document.xml"), "a.zip", "OFD"),
        (office("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "a.odt", "but no text"),
        (b"a,b\n1,2\n", "a.csv", r"of the kind \.csv"),
        (b"PK\x03\x04 and nothing else", "a.docx", "damaged"),
        (b"", "a.txt", "empty"),
    ],
)
def test_what_is_not_read_is_refused_in_words(data: bytes, name: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_bytes(data, name)
    assert caught.value.remedy


def test_comments_without_end_before_a_page_cost_no_time() -> None:
    from kg.read.kinds import find_media_type

    assert find_media_type(b"<!-- --><!---->" * 300, "a.txt") == "text/plain"


def test_a_folder_given_as_a_file_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "a.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_an_input_error(tmp_path: Path) -> None:
    _touch(tmp_path, "a.txt")
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="permissions"):
        read_file(tmp_path / "a.txt")


def test_a_file_keeps_the_last_part_of_its_path_and_its_kind(tmp_path: Path) -> None:
    _touch(tmp_path, "sub/规划.md")
    source = read_file(tmp_path / "sub" / "规划.md")
    assert (source.file_name, source.media_type) == ("规划.md", "text/markdown")


# ---------------------------------------------------------------- limits


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "a.txt"
    with huge.open("wb") as file:
        file.truncate(1 << 40)  # a sparse file: nobody can read it
    with pytest.raises(InputError, match="larger than 100,000,000 bytes"):
        read_file(huge)


def test_no_more_is_taken_from_a_pipe_than_the_limit_allows() -> None:
    with Path("/dev/zero").open("rb") as endless, pytest.raises(InputError, match="larger than 1,000 bytes"):
        read_bounded(endless, SMALL, "standard input")


@pytest.mark.parametrize(
    ("text", "says"),
    [("汉" * 201, "more than 200 characters"), ("a" * 900, "more than 700 bytes"), ("a" * 1001, "more than 700 bytes")],
)
def test_a_text_that_is_too_long_is_refused_with_the_limit_to_raise(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_bytes(text.encode(), "a.txt", limits=SMALL)
    assert "raise the limit" in str(caught.value.remedy)
    assert read_bytes(text.encode(), "a.txt").text.strip() == text


def test_limits_are_raised_by_name_and_a_misspelt_one_is_refused() -> None:
    from kg.errors import UsageError

    assert Limits().raised(["text=5", "seconds=7"]) == Limits(text=5, seconds=7)
    for wrong in ("txt=5", "text", "text=", "text=0", "text=-1", "text=1e6", "text=５", ""):
        with pytest.raises(UsageError) as caught:
            Limits().raised([wrong])
        assert caught.value.remedy


def test_every_limit_has_a_reason() -> None:
    from kg.read.limits import explain

    assert all(len(line.partition(": ")[2]) > 20 for line in explain().splitlines())


# ---------------------------------------------------------------- control characters


def test_control_characters_become_blanks_with_a_finding_and_move_nothing() -> None:
    source = read_bytes("一、总\0\0则\n二、任\x7f务\n".encode() + "三、保障。\n".encode() * 400, "a.txt")
    assert source.text.startswith("一、总  则\n二、任 务\n三")
    (finding,) = source.findings
    assert finding.code == "decoded-with-loss"
    assert [(s.start, s.end) for s in finding.spans] == [(3, 5), (10, 11)]


def test_tabs_form_feeds_and_the_old_mark_of_a_file_s_end_are_no_loss() -> None:
    assert read_bytes(b"a\tb\x0cc\x1a\n", "a.txt").findings == ()
