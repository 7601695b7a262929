"""Bytes of every encoding that plans come in."""

from __future__ import annotations

import codecs
import hashlib

import pytest

from kg.errors import InputError
from kg.read import read_bytes

PLAN = "一、工作任务\n1.开展培训。(市科协)\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PLAN.encode(), "utf-8"),
        (PLAN.encode("gb18030"), "gb18030"),
        (PLAN.encode("gbk"), "gb18030"),
        (PLAN.encode("gb2312"), "gb18030"),
        (PLAN.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + PLAN.encode("utf-16-be"), "utf-16-be"),
        (PLAN.encode("utf-16-le"), "utf-16-le"),
        (PLAN.encode("utf-16-be"), "utf-16-be"),
    ],
    ids=["utf-8", "utf-8 BOM", "gb18030", "gbk", "gb2312", "utf-16 BOM", "utf-16-be BOM", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    source = read_bytes(data, "a.txt")
    assert (source.text, source.encoding) == (PLAN, encoding)


def test_the_digests_are_of_the_text_and_of_the_bytes() -> None:
    data = PLAN.encode("gb18030")
    source = read_bytes(data, "a.txt")
    assert source.text_sha256 == hashlib.sha256(PLAN.encode()).hexdigest()
    assert source.byte_sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_becomes_one_line_feed(end: str) -> None:
    assert read_bytes(PLAN.replace("\n", end).encode(), "a.txt").text == PLAN


def test_characters_outside_the_basic_plane_count_as_one_code_point() -> None:
    text = "一、𠮷林省科普\n"
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert read_bytes(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u3000\n".encode()])
def test_an_empty_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(InputError, match="a.txt: the file is empty"):
        read_bytes(data, "a.txt")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bytes(range(256)) * 20, r"binary|not text"),
        (b"\x00" * 4096, r"binary|not text|empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(1000), "the file is a picture"),
        (b"PK\x03\x04" + bytes(range(256)) * 4, "the archive is damaged"),
        (b"%PDF-1.4\n" + b"\x00\x01\x02\x03" * 200, "the PDF is damaged"),
    ],
    ids=["every byte", "zeros", "png", "zip", "pdf"],
)
def test_what_is_no_text_is_refused_in_words_whatever_its_name(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read_bytes(data, "a.txt")
    assert caught.value.where == "a.txt"
    assert caught.value.remedy


def test_a_byte_order_mark_that_lies_is_refused() -> None:
    with pytest.raises(InputError, match="byte order mark"):
        read_bytes(codecs.BOM_UTF8 + PLAN.encode("gb18030"), "a.txt")


def test_utf_8_cut_in_the_middle_of_a_character_is_not_taken_for_another_encoding() -> None:
    """A download that broke off is the file's fault, not a text in GB18030."""
    data = (PLAN * 50).encode()[:-2]
    try:
        text = read_bytes(data, "a.txt").text
    except InputError:
        return
    assert text.startswith("一、工作任务\n1.开展培训。")


def test_a_message_names_the_place_and_what_to_do() -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(b"", "a.txt", where="plans/a.txt")
    assert str(caught.value) == "plans/a.txt: the file is empty (give a file that holds the text of a plan)"
