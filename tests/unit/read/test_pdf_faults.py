"""PDFs that cannot be read, or only in part: each is refused or reported in words, within seconds."""

from __future__ import annotations

import base64
import io
import random
import re
import time
import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from kg.errors import InputError
from kg.read import read_bytes
from kg.read.composer import Reading
from kg.read.pdf import read
from tests.unit.read.pdf_maker import Cell, Press

SENTENCE = "为深入贯彻落实全民科学素质行动规划纲要，进一步提升全市公民科学素质，结合我市实际，制定本方案。"
SECONDS = 100  # for anything at all; a page has ten in PDFium, a file forty


def plan(pages: int = 3, **habits: object) -> bytes:
    press = Press(**habits)  # type: ignore[arg-type]
    for n in range(pages):
        press.new_page()
        for k in range(4):
            press.paragraph(f"{4 * n + k + 1}.{SENTENCE}")
    return press.finish()


def scan(press: Press) -> None:
    """A page that is a picture."""
    press.new_page()
    picture = Image.new("L", (60, 85), 230)
    press.canvas.drawImage(ImageReader(picture), 0, 0, *press.page)


def refusal(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(data, "plans/a.pdf")
    assert caught.value.where == "plans/a.pdf"
    return caught.value


# ---------------------------------------------------------------- scans


def test_a_scan_is_refused_with_the_command_that_recognises_its_text() -> None:
    press = Press(foot=None)
    for _ in range(3):
        scan(press)
    error = refusal(press.finish())
    assert error.what == "the PDF is a scan without a text layer (3 pages, no text)"
    assert error.remedy is not None
    assert "ocrmypdf -l chi_sim --force-ocr in.pdf out.pdf" in error.remedy
    assert "tesseract-ocr-chi-sim" in error.remedy


def test_a_scan_with_nothing_but_page_numbers_as_text_is_a_scan() -> None:
    press = Press()
    for _ in range(3):
        scan(press)
    assert "scan" in refusal(press.finish()).what


def test_letters_drawn_as_outlines_are_no_text() -> None:
    press = Press(foot=None)
    press.new_page()
    path = press.canvas.beginPath()
    for n in range(500):
        path.moveTo(100, 100 + n)
        path.curveTo(110, 100 + n, 120, 110 + n, 130, 120 + n)
    press.canvas.drawPath(path)
    assert "scan" in refusal(press.finish()).what


@pytest.mark.parametrize("curves", [1, 20])
def test_a_few_shapes_alone_may_be_letters_too(curves: int) -> None:
    press = Press(foot=None)
    press.new_page()
    path = press.canvas.beginPath()
    for n in range(curves):
        path.moveTo(100, 100 + n)
        path.curveTo(110, 100 + n, 120, 110 + n, 130, 120 + n)
    press.canvas.drawPath(path)
    error = refusal(press.finish())
    assert error.what == "the PDF holds no text, only what is drawn (1 page)"
    assert error.remedy is not None
    assert "ocrmypdf -l chi_sim --force-ocr in.pdf out.pdf" in error.remedy


def test_scanned_pages_among_others_are_named_in_a_finding() -> None:
    press = Press()
    press.paragraph(SENTENCE)
    for n in range(5):
        if n == 2:
            press.new_page()
            press.paragraph("二、保障措施")
        else:
            scan(press)
    reading = read(press.finish(), "a.pdf")
    assert [(f.code, f.severity, f.original) for f in reading.findings] == [
        ("page-without-text", "warning", "2-3, 5-6")
    ]
    assert reading.text == f"{SENTENCE}\n二、保障措施\n"


def test_an_empty_page_is_no_scan() -> None:
    press = Press(foot=None)
    press.paragraph(SENTENCE)
    press.new_page()
    press.new_page()
    reading = read(press.finish(), "a.pdf")
    assert (reading.text, reading.findings) == (SENTENCE + "\n", ())


# ---------------------------------------------------------------- PDFs by hand


def raw(*objects: bytes) -> bytes:
    """A PDF of the objects 1, 2, …; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"


def page(resources: bytes = b"<</Font<</F1 5 0 R>>>>") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %b>>" % resources


def one_page(contents: bytes, *more: bytes, font: bytes = FONT, resources: bytes = b"<</Font<</F1 5 0 R>>>>") -> bytes:
    return raw(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page(resources), contents, font, *more)


def bomb(piece: bytes, count: int, before: bytes = b"", after: bytes = b"") -> bytes:
    """A stream that is packed twice."""
    pack = zlib.compressobj(9)
    block = piece * 1000
    packed = [pack.compress(before)]
    packed += [pack.compress(block) for _ in range(count // 1000)]
    inner = b"".join([*packed, pack.compress(after), pack.flush()])
    return stream(zlib.compress(inner, 9), b"/Filter[/FlateDecode/FlateDecode]")


# ---------------------------------------------------------------- broken text


CODES = [300 + 7 * n for n in range(30)]


def cid_font(entries: bytes = b"") -> bytes:
    """An embedded subset whose codes are numbers of glyphs: only ToUnicode tells what they show."""
    info = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 1000"
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+FangSong%b>>" % info
    return b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+FangSong/Encoding/Identity-H/DescendantFonts[%b]%b>>" % (
        inner,
        entries,
    )


def with_unicode(shown: Callable[[int], str] | None) -> bytes:
    """A page of such a font; `shown` says which character each of its codes is, None leaves the table out."""
    text = stream(b"BT /F1 16 Tf 72 700 Td <%b> Tj ET" % b"".join(b"%04x" % c for c in CODES))
    if shown is None:
        return one_page(text, font=cid_font())
    pairs = b"\n".join(b"<%04x> <%b>" % (c, shown(n).encode("utf-16-be").hex().encode()) for n, c in enumerate(CODES))
    table = (
        b"/CIDInit /ProcSet findresource begin\nbegincmap\n1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        b"%d beginbfchar\n%b\nendbfchar\nendcmap end" % (len(CODES), pairs)
    )
    return one_page(text, stream(table), font=cid_font(b"/ToUnicode 6 0 R"))


def test_a_font_that_says_what_it_shows_is_read() -> None:
    assert read(with_unicode(lambda n: SENTENCE[n]), "a.pdf").text == SENTENCE[:30] + "\n"


@pytest.mark.parametrize(
    "shown",
    [None, lambda n: chr(0xE000 + n), lambda n: "\ufffd", lambda n: chr(0xC0 + n)],
    ids=["no table", "private use", "replacement characters", "accented letters"],
)
def test_text_whose_characters_are_lost_is_refused_as_garbage(shown: Callable[[int], str] | None) -> None:
    error = refusal(with_unicode(shown))
    assert "do not say which characters they show" in error.what
    assert "ocrmypdf" in str(error.remedy)


def test_characters_beyond_the_basic_plane_are_read_whole() -> None:
    assert read(with_unicode(lambda n: "𠮷林省科普"[n % 5]), "a.pdf").text == "𠮷林省科普" * 6 + "\n"


def test_radicals_in_the_table_of_a_font_are_read_as_the_characters_meant() -> None:
    text = "⼀是⻓江⻢⻋"
    assert read(with_unicode(lambda n: text[n] if n < len(text) else "科"), "a.pdf").text.startswith("一是长江马车科科")


# ---------------------------------------------------------------- locked, damaged, not a PDF


def test_an_encrypted_pdf_with_an_empty_password_is_opened() -> None:
    locked = plan(encrypt=StandardEncryption("", ownerPassword="secret", canCopy=0, strength=128))
    assert b"/Encrypt" in locked
    assert read(locked, "a.pdf").text == read(plan(), "a.pdf").text


def test_an_encrypted_pdf_with_a_password_is_refused_in_words() -> None:
    error = refusal(plan(encrypt=StandardEncryption("1234", strength=128)))
    assert "password" in error.what
    assert error.remedy == "save it without a password"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_download_that_broke_off_is_refused_in_words(share: float) -> None:
    data = plan()
    assert "damaged or cut off" in refusal(data[: int(len(data) * share)]).what


def test_a_pdf_whose_table_of_objects_is_wrong_is_read_and_reported() -> None:
    data = plan()
    start = re.search(rb"startxref\n(\d+)", data)
    assert start
    broken = data.replace(start[0], b"startxref\n7")
    reading = read(broken, "a.pdf")
    assert reading.text == read(data, "a.pdf").text
    assert [f.code for f in reading.findings] == ["damaged-file"]


def test_pages_that_the_file_counts_but_does_not_have_are_reported() -> None:
    text = stream(b"BT /F1 12 Tf 72 700 Td (Plan of work 2025) Tj ET")
    data = raw(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 4>>", page(), text, FONT)
    reading = read(data, "a.pdf")
    assert reading.text == "Plan of work 2025\n"
    assert [(f.code, f.original) for f in reading.findings] == [("page-missing", "2-4")]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<html>404</html>", "no PDF"),
        (b"PK\x03\x04" + bytes(100), "no PDF"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 50, "damaged"),
        (raw(CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"), "no pages"),
        (one_page(stream(b"")), "no text"),
    ],
    ids=["nothing", "blanks", "html", "zip", "noise", "no pages", "no text"],
)
def test_what_is_no_pdf_or_holds_nothing_is_refused_in_words(data: bytes, what: str) -> None:
    assert what in refusal(data).what


def test_a_pdf_is_read_by_its_media_type() -> None:
    source = read_bytes(plan(), "a.pdf", "application/pdf")
    assert source.text.startswith("1." + SENTENCE)


# ---------------------------------------------------------------- hostile


def forms(depth: int, wide: int) -> bytes:
    """Forms that show forms: wide ** depth characters."""
    inner = [stream(b"/X Do " * wide, FORM + b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + n)) for n in range(depth)]
    last = stream(b"BT /F1 12 Tf (x) Tj ET", FORM + b"/Resources<</Font<</F1 5 0 R>>>>")
    return one_page(stream(b"/X Do"), *inner, last, resources=b"<</XObject<</X 6 0 R>>>>")


TEXT = stream(b"BT /F1 12 Tf 72 700 Td (x) Tj ET")
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a tree of pages that holds itself": lambda: raw(
        CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"
    ),
    "a reference to itself": lambda: raw(CATALOGUE, b"2 0 R"),
    "a million pages said": lambda: raw(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>", page(), TEXT, FONT),
    "a million pages": lambda: raw(
        CATALOGUE, b"<</Type/Pages/Kids[%b]/Count 1000000>>" % (b"3 0 R " * 1_000_000), page(), TEXT, FONT
    ),
    "a gigabyte of blanks": lambda: one_page(bomb(b" " * 1000, 1_000_000)),
    "a gigabyte of text": lambda: one_page(bomb(b"(abcdefghij) Tj ", 6_000_000, b"BT /F1 12 Tf ", b" ET")),
    "millions of lines": lambda: one_page(bomb(b"0 0 m 100 100 l S ", 5_000_000)),
    "forms in forms": lambda: forms(11, 10),
    "a form that shows itself": lambda: (
        forms(0, 0).replace(b"(x) Tj", b"/X Do").replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")
    ),
    "brackets in brackets": lambda: one_page(stream(b"[" * 2_000_000)),
    "an object of brackets": lambda: one_page(b"[" * 2_000_000 + b"]" * 2_000_000),
    "a length that lies": lambda: one_page(b"<</Length 99999999999>>stream\nBT ET\nendstream"),
    "numbers out of range": lambda: raw(
        CATALOGUE,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page().replace(b"[0 0 595 842]", b"[-1e30 0 1e30 9e37]"),
        stream(b"BT /F1 1e20 Tf 1e30 0 0 1e-30 1e30 nan Tm (hello) Tj ET"),
        FONT,
    ),
    "one line of dots": lambda: one_page(stream(b"BT /F1 1 Tf 10 700 Td (%b) Tj ET" % (b"." * 40_000 + b"x"))),
    "a hatching": lambda: one_page(
        stream(
            b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (n, n, n, n) for n in range(590))
            + b"BT /F1 9 Tf (plan) Tj ET"
        )
    ),
    "characters strewn about": lambda: one_page(
        stream(
            b"BT /F1 8 Tf "
            + b"".join(b"1 0 0 1 %d %d Tm (a) Tj " % (n * 7919 % 590, n * 104729 % 840) for n in range(12_000))
            + b"ET"
        )
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_ends_within_seconds_in_a_reading_or_in_words(name: str) -> None:
    data = HOSTILE[name]()
    start = time.monotonic()
    try:
        reading = read(data, "a.pdf")
    except InputError as error:
        assert error.remedy, error
    else:
        assert len(reading.text) < 200_000
    assert time.monotonic() - start < SECONDS


def test_what_a_page_asks_too_much_for_is_refused_as_such() -> None:
    error = refusal(raw(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>", page(), TEXT, FONT))
    assert "1000000 pages" in error.what


def test_a_reader_that_dies_or_hangs_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The process that reads is killed from inside, by the system, or by the clock: each time there are words."""
    import kg.read.pdf.pages as pages

    for body in (
        "import os; os.abort()",
        "import time; time.sleep(60)",
        'print(\'{"pages": 1, "sound": true}\')',
        "print('x')",
    ):
        worker = tmp_path / "worker.py"
        worker.write_text(body)
        monkeypatch.setattr(pages, "__file__", str(tmp_path / "pdf_pages.py"))
        monkeypatch.setattr(pages, "SECONDS", 1)
        assert "more time or memory" in refusal(plan(1)).what


# ---------------------------------------------------------------- any bytes

_PLAN = plan(2)


def _table() -> bytes:
    press = Press()
    press.table(
        (1, 3, 2),
        [[Cell("序号"), Cell("任务"), Cell("单位")]]
        + [[Cell(str(n)), Cell(SENTENCE), Cell("市科协")] for n in range(30)],
    )
    return press.finish()


def _unpacked(data: bytes) -> bytes:
    """The same PDF with its streams as they are: a change of a byte changes what is drawn, not only its packing."""

    def plain(found: re.Match[bytes]) -> bytes:
        body = zlib.decompress(base64.a85decode(b"<~" + found[1].strip(), adobe=True))
        return b"/Length %d >>\nstream\n%bendstream" % (len(body), body)

    packed = rb"/Filter \[ /ASCII85Decode /FlateDecode \] /Length \d+\s*>>\s*stream\r?\n(.*?)endstream"
    return re.sub(packed, plain, data, flags=re.DOTALL)


SEEDS = [_PLAN, _unpacked(_PLAN), _unpacked(_table())]


def _total(data: bytes) -> None:
    start = time.monotonic()
    try:
        reading = read(data, "a.pdf")
    except InputError as error:
        assert str(error).startswith("a.pdf: ")
        assert error.remedy
    else:
        assert isinstance(reading, Reading)
        assert reading.text.strip()
        for table in reading.tables:
            assert 0 <= table.span.start <= table.span.end <= len(reading.text)
    assert time.monotonic() - start < SECONDS


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=600))
def test_any_bytes_give_a_reading_or_words(data: bytes) -> None:
    _total(data)
    _total(b"%PDF-1.4\n" + data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2), st.integers(0, 2**32), st.integers(1, 40))
def test_a_damaged_pdf_gives_a_reading_or_words(seed: int, chance: int, changes: int) -> None:
    """Bytes changed, cut out, doubled or moved; the seed makes the damage the same on every run."""
    dice, data = random.Random(chance), bytearray(SEEDS[seed])
    for _ in range(changes):
        at, length = dice.randrange(len(data)), dice.randrange(1, 60)
        match dice.randrange(5):
            case 0:
                data[at] = dice.randrange(256)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length]
            case 3:
                data[at : at + 1] = str(dice.choice([0, -1, 2**31, 10**12, 1e30])).encode()
            case _:
                to = dice.randrange(len(data))
                data[to : to + length] = data[at : at + length]
        if len(data) < 100:
            break
    _total(bytes(data))


def test_the_seeds_of_the_damage_are_sound() -> None:
    assert len({read(seed, "a.pdf").text for seed in SEEDS[:2]}) == 1
    assert b"FlateDecode" not in SEEDS[1]
    assert len(read(SEEDS[2], "a.pdf").tables) == 1
    assert io.BytesIO(SEEDS[2]).read(5) == b"%PDF-"
