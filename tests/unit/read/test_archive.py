"""Zip archives: what lies in them is read, and what is made to hurt is refused."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from kg.errors import InputError
from kg.read import Limits, Member, find_files, read_file, survey
from kg.read.archive import is_housekeeping

TEXT = "某市科普工作要点\n一、任务\n1.开展培训。(市科协)\n"


def pack(*files: tuple[str | zipfile.ZipInfo, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return made.getvalue()


def foreign(name: bytes, flags: int = 0) -> zipfile.ZipInfo:
    """A name in bytes of any character set, as Windows writes it."""
    info = zipfile.ZipInfo(name.decode("cp437"))
    info.flag_bits = flags
    return info


def write(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def names(listing_or_files) -> list[str]:
    return [file.name for file in listing_or_files]


def test_members_are_read_in_the_order_of_their_names_with_their_way_in_the_file_s_name(tmp_path: Path) -> None:
    file = write(
        tmp_path, "bundle.zip", pack(("计划/b.txt", TEXT), ("计划/", ""), ("a.md", TEXT), ("计划/深/c.html", TEXT))
    )
    found = find_files([file])
    assert names(found) == ["bundle.zip/a.md", "bundle.zip/计划/b.txt", "bundle.zip/计划/深/c.html"]
    assert all(isinstance(member, Member) for member in found)
    assert str(found[0]) == f"{file}/a.md"
    source = read_file(found[1])
    assert (source.file_name, source.text, source.media_type) == ("bundle.zip/计划/b.txt", TEXT, "text/plain")


@pytest.mark.parametrize("name", ["县规划.txt", "①附件.txt", "plan.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_are_read_in_the_character_set_that_they_are_in(tmp_path: Path, name: str, encoding: str) -> None:
    # zipfile cannot write such names: the same number of other bytes is replaced.
    raw = name.encode(encoding)
    stand_in = b"x" * len(raw)
    data = pack((stand_in.decode(), TEXT)).replace(stand_in, raw)
    (found,) = find_files([write(tmp_path, "a.zip", data)])
    assert found.name == f"a.zip/{name}"
    assert read_file(found).text == TEXT


def test_a_name_that_says_that_it_is_unicode_is(tmp_path: Path) -> None:
    assert names(find_files([write(tmp_path, "a.zip", pack(("鼓楼区.txt", TEXT)))])) == ["a.zip/鼓楼区.txt"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/计划.txt", "etc/计划.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\计划\\a.txt", "计划/a.txt"),
        ("a\\..\\b.txt", "a/b.txt"),
        ("./a//b.txt", "a/b.txt"),
        ("a\n\x1b[31mb.txt", "a\ufffd\ufffd[31mb.txt"),
    ],
)
def test_a_name_leads_nowhere_and_is_safe_to_print(tmp_path: Path, name: str, kept: str) -> None:
    assert names(find_files([write(tmp_path, "z.zip", pack((name, TEXT)))])) == [f"z.zip/{kept}"]
    assert sorted(os.listdir(tmp_path)) == ["z.zip"]  # noqa: PTH208


def test_what_systems_leave_behind_is_passed_over_and_other_kinds_are_counted(tmp_path: Path) -> None:
    data = pack(
        *(
            (name, TEXT)
            for name in ("__MACOSX/._a.txt", "a/.DS_Store", ".git/b.txt", "README.txt", "~$a.docx", "a.txt")
        ),
        ("b.xlsx", "x"),
        ("c.jpg", "x"),
    )
    listing = survey([write(tmp_path, "a.zip", data)])
    assert names(listing.files) == ["a.zip/a.txt"]
    assert dict(listing.passed_over) == {".xlsx": 1, ".jpg": 1}


def test_archives_in_archives_are_opened(tmp_path: Path) -> None:
    inner = pack(("深/a.txt", TEXT), ("b.zip", pack(("c.txt", TEXT + "二、其他\n"))))
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", "outer.zip", pack(("inner.zip", inner), ("z.txt", TEXT)))
    found = find_files([tmp_path])
    assert names(found) == ["outer.zip/inner.zip/b.zip/c.txt", "outer.zip/inner.zip/深/a.txt", "outer.zip/z.txt"]
    assert [len(read_file(member).text) for member in found] == [len(TEXT) + 5, len(TEXT), len(TEXT)]


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = pack(("a.txt", TEXT), ("a.txt", TEXT + "二、其他\n"))
    found = find_files([write(tmp_path, "a.zip", data)])
    assert [read_file(member).text for member in found] == [TEXT, TEXT + "二、其他\n"]


def test_a_document_that_is_a_zip_is_no_archive(tmp_path: Path) -> None:
    word = pack(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>"))
    assert find_files([write(tmp_path, "a.docx", word)]) == [tmp_path / "a.docx"]
    assert find_files([write(tmp_path, "b.zip", word)]) == [tmp_path / "b.zip"]
    assert names(find_files([write(tmp_path, "c.zip", pack(("d.docx", word), method=zipfile.ZIP_STORED))])) == [
        "c.zip/d.docx"
    ]


def test_an_archive_by_another_name_is_opened_where_it_is_named(tmp_path: Path) -> None:
    assert names(find_files([write(tmp_path, "bundle.dat", pack(("a.txt", TEXT)))])) == ["bundle.dat/a.txt"]


# ---------------------------------------------------------------- refused


def failure(path: Path, limits: Limits | None = None) -> InputError:
    listing = survey([path], limits)
    assert listing.files == []
    ((_, error),) = listing.failures
    assert error.remedy
    return error


def test_an_archive_without_anything_to_read_is_refused(tmp_path: Path) -> None:
    assert "holds no file to read, but 2 .jpg" in str(
        failure(write(tmp_path, "a.zip", pack(("a.jpg", ""), ("b.jpg", ""))))
    )
    assert "holds no file to read" in str(failure(write(tmp_path, "b.zip", pack())))


def locked(data: bytes) -> bytes:
    """The archive with the bit of encryption set for every member, in both headers."""
    whole = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = whole.find(mark)
        while at >= 0:
            whole[at + place] |= 1
            at = whole.find(mark, at + 4)
    return bytes(whole)


def test_an_encrypted_archive_is_said_to_be_one_once(tmp_path: Path) -> None:
    file = write(tmp_path, "a.zip", locked(pack(("a.txt", TEXT), ("b.txt", TEXT))))
    assert "protected by a password" in str(failure(file))


def test_one_encrypted_member_does_not_cost_the_others(tmp_path: Path) -> None:
    data = bytearray(pack(("a.txt", TEXT), ("b.txt", TEXT)))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    first, second = find_files([write(tmp_path, "a.zip", bytes(data))])
    with pytest.raises(InputError, match="password"):
        read_file(first)
    assert read_file(second).text == TEXT


def test_a_name_that_is_nothing_but_an_end_is_no_file(tmp_path: Path) -> None:
    data = pack(("x.txt", TEXT), ("b.txt", TEXT)).replace(b"x.txt", b"\0.txt")
    assert names(find_files([write(tmp_path, "a.zip", data)])) == ["a.zip/b.txt"]


@pytest.mark.parametrize("cut", [10, 60, -30, -5])
def test_a_damaged_archive_is_refused(tmp_path: Path, cut: int) -> None:
    assert "damaged" in str(failure(write(tmp_path, "a.zip", pack(("a.txt", TEXT * 10))[:cut])))


def test_a_damaged_member_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    data = bytearray(pack(("a.txt", TEXT), ("b.txt", TEXT), method=zipfile.ZIP_STORED))
    data[45] ^= 0xFF
    first, second = find_files([write(tmp_path, "a.zip", bytes(data))])
    with pytest.raises(InputError, match="damaged"):
        read_file(first)
    assert read_file(second).text == TEXT


def test_a_member_that_shrank_beyond_measure_is_refused(tmp_path: Path) -> None:
    (member,) = find_files([write(tmp_path, "a.zip", pack(("a.txt", b" " * 5_000_000)))])
    with pytest.raises(InputError, match="shrank to less than a 200th"):
        read_file(member)


def test_a_member_that_is_too_large_is_refused_whatever_the_directory_says(tmp_path: Path) -> None:
    noise = bytes(range(32, 127)) * 40
    file = write(tmp_path, "a.zip", pack(("a.txt", noise)))
    (member,) = find_files([file])
    with pytest.raises(InputError, match="larger than 1,000 bytes"):
        read_file(member, Limits(file=1_000))
    data = file.read_bytes()
    at = data.rfind(b"PK\x01\x02") + 24
    (liar,) = find_files([write(tmp_path, "b.zip", data[:at] + struct.pack("<L", 500) + data[at + 4 :])])
    with pytest.raises(InputError, match="damaged"):
        read_file(liar, Limits(file=1_000))


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, "a.zip", pack(*((f"{n}.txt", "") for n in range(60))))
    assert "more than 50 files" in str(failure(file, Limits(entries=50)))
    # So is one whose directory is too large to be looked at, before it is.
    assert "more than 10 files" in str(failure(file, Limits(entries=10)))
    nested = write(tmp_path, "b.zip", pack(("1.zip", file.read_bytes()), ("2.zip", file.read_bytes())))
    assert "more than 100 files" in str(failure(nested, Limits(entries=100)))


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path, "a.zip", pack(*((f"{n}.txt", "x" * 1_000) for n in range(20))))
    assert "larger than 10,000 bytes" in str(failure(file, Limits(unpacked=10_000)))


def test_archives_that_lie_too_deep_in_one_another_are_refused_as_a_whole(tmp_path: Path) -> None:
    data = pack(("a.txt", TEXT))
    for _ in range(3):
        data = pack(("b.zip", data), ("计划.txt", TEXT))
    assert "more than 3 deep" in str(failure(write(tmp_path, "a.zip", data)))
    assert len(find_files([write(tmp_path, "b.zip", data)]) if not survey([tmp_path / "b.zip"]).failures else []) == 0
    assert len(survey([tmp_path / "a.zip"], Limits(depth=4)).files) == 4


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    data = bytearray(pack(("a.txt", TEXT), ("b.txt", TEXT)))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<L", 0)  # both members begin at the first one's place
    assert "made to hurt" in str(failure(write(tmp_path, "a.zip", bytes(data))))


def test_a_folder_goes_on_behind_a_bad_archive(tmp_path: Path) -> None:
    write(tmp_path, "a.zip", b"PK\x03\x04 nothing")
    write(tmp_path, "b.zip", pack(("c.txt", TEXT)))
    write(tmp_path, "d.txt", TEXT.encode())
    listing = survey([tmp_path])
    assert [file.name for file in listing.files] == ["b.zip/c.txt", "d.txt"]
    assert [Path(file).name for file, _ in listing.failures] == ["a.zip"]


def test_an_archive_that_changes_between_two_looks_is_read_anew(tmp_path: Path) -> None:
    file = write(tmp_path, "a.zip", pack(("a.txt", TEXT), ("b.txt", TEXT)))
    first, second = find_files([file])
    assert read_file(first).text == TEXT
    write(tmp_path, "a.zip", pack(("a.txt", "二、其他\n")))
    os.utime(file, (1, 1))
    assert read_file(first).text == "二、其他\n"
    with pytest.raises(InputError, match="changed meanwhile"):
        read_file(second)
    file.unlink()
    with pytest.raises(InputError, match="cannot be read"):
        read_file(first)


@pytest.mark.parametrize("name", ["计划.docx", "readme_plan.docx", "通知.txt", "NOTICE.docx"])
def test_a_plan_is_no_housekeeping(name: str) -> None:
    assert not is_housekeeping(name)


def test_an_archive_damaged_in_any_way_is_read_or_refused_in_words(tmp_path: Path) -> None:
    inner = pack(("a.txt", TEXT), ("计划/b.md", TEXT))
    wholes = [
        pack(("计划.txt", TEXT * 5), ("深/b.txt", TEXT), ("inner.zip", inner)),
        pack(("计划.txt", TEXT * 5), ("inner.zip", inner), method=zipfile.ZIP_STORED),
        pack(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")),
    ]
    limits = Limits(file=1_000_000, unpacked=100_000_000, entries=100)
    random = Random(20_240_601)
    for _ in range(400):
        data = bytearray(random.choice(wholes))
        for _ in range(random.choice((1, 1, 2, 5, 20))):
            at = random.randrange(len(data))
            match random.randrange(4):
                case 0:
                    data[at] = random.randrange(256)
                case 1:
                    del data[at : at + random.randrange(1, 30)]
                case 2:
                    data[at:at] = random.randbytes(random.randrange(1, 10))
                case 3:
                    data[at : at + 4] = random.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\5\6", b"PK\1\2"))
        listing = survey([write(tmp_path, "a.zip", bytes(data))], limits)
        for file in listing.files:
            with suppress(InputError):
                read_file(file, limits)
