"""Web archives: which part is the page, and how it is decoded."""

from __future__ import annotations

import base64
import quopri
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.read.html import read as read_html
from kg.read.mht import read

PAGES = Path(__file__).parent / "pages"
PLAN = "<h1>某市科普实施方案</h1><p>为加强科普工作，结合我市实际，制定本方案。</p><p>一、总体要求</p>"
TEXT = "某市科普实施方案\n为加强科普工作，结合我市实际，制定本方案。\n一、总体要求\n"
PICTURE = base64.encodebytes(bytes(range(256)) * 40)


def _part(page: bytes, encoding: str = "quoted-printable", media_type: str = "text/html", *headers: str) -> bytes:
    body = {
        "quoted-printable": quopri.encodestring,
        "base64": base64.encodebytes,
        "8bit": bytes,
    }[encoding](page)
    lines = [f"Content-Type: {media_type}", f"Content-Transfer-Encoding: {encoding}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _archive(*parts: bytes, top: str = "", ends: bool = True) -> bytes:
    boundary = b"----MultipartBoundary--abc123----"
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.gov/art/1.html\r\n"
        "Subject: =?utf-8?Q?=E7=A7=91=E6=99=AE?=\r\nDate: Tue, 5 Jan 2021 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary.decode()}"{top}\r\n\r\n'
    ).encode()
    body = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    return head + body + (b"--" + boundary + b"--\r\n" if ends else b"")


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_page_is_decoded_by_its_bytes_whatever_its_part_declares(transfer: str, charset: str) -> None:
    data = _archive(_part(PLAN.encode(charset), transfer, 'text/html; charset="us-ascii"'))
    assert read(data, "a.mht").text == TEXT


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.html")), ids=lambda p: p.stem)
def test_a_page_reads_the_same_from_an_archive(page: Path) -> None:
    data = page.read_bytes()
    alone, packed = (
        read_html(data, "a.html"),
        read(_archive(_part(data), _part(PICTURE, "base64", "image/png")), "a.mht"),
    )
    assert (packed.text, packed.tables, packed.marks) == (alone.text, alone.tables, alone.marks)


def test_the_address_is_that_of_the_page_or_of_the_archive() -> None:
    located = _part(PLAN.encode(), "8bit", "text/html", "Content-Location: http://www.example.gov/art/2.html")
    assert read(_archive(located), "a.mht").url == "http://www.example.gov/art/2.html"
    assert read(_archive(_part(PLAN.encode())), "a.mht").url == "https://www.example.gov/art/1.html"
    canonical = b"<link rel=canonical href='https://www.example.gov/art/3.html'>"
    assert read(_archive(_part(canonical + PLAN.encode())), "a.mht").url == "https://www.example.gov/art/3.html"
    assert read(_archive(_part(PLAN.encode())).replace(b"https://www", b"file:///C:/www"), "a.mht").url is None


def test_the_part_that_the_archive_starts_with_is_the_page() -> None:
    other = _part(f"<p>{'二、另一页的正文，说的是另一件事。' * 30}</p>".encode())
    first = _part(PLAN.encode() * 20, "base64", "text/html", "Content-ID: <frame-1@mhtml.blink>")
    data = _archive(other, first, top=';\r\n\tstart="<frame-1@mhtml.blink>"')
    assert read(data, "a.mht").text.startswith("某市科普实施方案\n")


def test_a_page_that_frames_the_plan_gives_way_to_it() -> None:
    frame = _part(b"<frameset cols=20%,*><frame src=menu><frame src=plan></frameset>")
    menu = _part("<a href=1>首页</a><p>站点菜单</p>".encode())
    assert read(_archive(frame, menu, _part(PLAN.encode() * 9)), "a.mht").text.startswith("某市科普实施方案\n")


def test_parts_of_parts_are_found() -> None:
    inner = b'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nabc\r\n--x\r\n'
    data = _archive(inner + _part(PLAN.encode()) + b"\r\n--x--", _part(PICTURE, "base64", "image/png"))
    assert read(data, "a.mht").text == TEXT


def test_an_archive_cut_off_before_its_end_is_read() -> None:
    assert read(_archive(_part(PLAN.encode(), "8bit"), ends=False), "a.mht").text == TEXT
    whole = _archive(_part(f"{PLAN}<p>二、工作任务</p>".encode(), "base64"), ends=False)
    assert read(whole[:-20], "a.mht").text.startswith(TEXT)


def test_an_archive_of_a_single_part_and_a_page_of_the_wrong_name_are_read() -> None:
    single = b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(
        PLAN.encode()
    )
    assert read(single, "a.mht").text == TEXT
    assert read(PLAN.encode("gb18030"), "a.mht").text == TEXT


def test_an_archive_with_plain_text_alone_is_that_text() -> None:
    assert read(_archive(_part("一、总体要求\n".encode(), "base64", "text/plain")), "a.mht").text == "一、总体要求\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b" \r\n", "empty"),
        (_archive(_part(PICTURE, "base64", "image/png")), "no page"),
        (_archive(), "no page"),
        (_archive(_part(b"<html></html>")), "no text"),
        (_archive(_part(b"\xff\xfe\xff\xff" * 90, "8bit")), "UTF-8, UTF-16 or GB18030|no text|binary|byte order"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n--b\n", "no page"),
    ],
    ids=["blank", "pictures only", "no parts", "an empty page", "no text", "no boundary"],
)
def test_an_archive_without_a_page_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read(data, "a.mht")


def test_an_archive_beyond_measure_is_refused() -> None:
    with pytest.raises(InputError, match="larger than 128 MB"):
        read(_archive() + b"\0" * (129 * 2**20), "a.mht")


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda b: _archive(b, _part(b)))))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert read(data, "a.mht").text.strip()
    except InputError as error:
        assert error.where == "a.mht"


HOSTILE = {
    "60 MB of pictures": _archive(*[_part(PICTURE * 500, "8bit", "image/png")] * 8, _part(PLAN.encode())),
    "parts in parts": b"".join(
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(20_000)
    )
    + PLAN.encode(),
    "a head without end": b"MIME-Version: 1.0\n" + b"X-A: " + b';a="' * 5_000_000,
    "boundaries": _archive(*[b""] * 20_000, _part(PLAN.encode())),
    "pages": _archive(*[_part(b"<p>x</p>")] * 3_000, _part(PLAN.encode() * 9)),
}


@pytest.mark.slow
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_an_archive_made_to_hurt_is_read_or_refused_within_seconds(data: bytes) -> None:
    begin = time.process_time()
    try:
        assert read(data, "a.mht").text.strip()
    except InputError as error:
        assert error.where == "a.mht"
    assert time.process_time() - begin < 10
