"""Makes DOCX and ODT files part by part, for the tests of their readers."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_KINDS = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings",
          "footnotes": "footnotes", "endnotes": "endnotes"}  # fmt: skip


def pack(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the parts, the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(zipfile.ZipInfo(name), content, stored)
    return out.getvalue()


def word_parts(body: str, **parts: str) -> dict[str, str | bytes]:
    """The parts of a DOCX file: `body` inside w:body, the others inside their own roots."""
    contents = {"document": f"<w:body>{body}</w:body>", "styles": "", "numbering": "", **parts}
    types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_TYPE}.{_KINDS[n]}+xml"/>' for n in contents)
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_OFFICE}/{n}" Target="{n}.xml"/>'
        for i, n in enumerate(contents)
        if n != "document"
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="'
        'application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{
            f"word/{n}.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:{n} {NAMES}>{x}</w:{n}>'
            for n, x in contents.items()
        },
    }


def word(body: str, **parts: str) -> bytes:
    """A DOCX file."""
    return pack(word_parts(body, **parts))


def run(text: str, properties: str = "") -> str:
    """A run; a tab or line feed in the text becomes its element."""
    inner = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split("([\t\n])", text)
        if piece
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def p(content: str = "", *, number: tuple[int, int] | None = None, style: str = "", more: str = "") -> str:
    """A paragraph of a text or of ready runs; `number` is its list and level."""
    runs = content if content.startswith("<") else run(content) if content else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{named}{listed}{more}</w:pPr>{runs}</w:p>"


def level(at: int, style: str, text: str, *, start: int = 1, more: str = "", after: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/>{after}</w:lvl>'
    )


def numbering(abstract: dict[int, str], lists: dict[int, tuple[int, str]]) -> str:
    """numbering.xml: abstract lists by their ids; lists by theirs, each with its abstract one and its overrides."""
    return "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:multiLevelType w:val="multilevel"/>{x}</w:abstractNum>'
        for i, x in abstract.items()
    ) + "".join(f'<w:num w:numId="{i}"><w:abstractNumId w:val="{a}"/>{x}</w:num>' for i, (a, x) in lists.items())


def restart(at: int, start: int) -> str:
    """The override that lets a list begin anew."""
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def cell(content: str = "", properties: str = "") -> str:
    """A cell of a text or of ready paragraphs."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row of a table; a cell may be a mere text."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def across(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def open_text(
    body: str, automatic: str = "", styles: str = "", method: int = zipfile.ZIP_DEFLATED, **more: str | bytes
) -> bytes:
    """An ODT file."""
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for n, u in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"),
                     ("draw", "drawing"), ("fo", "xsl-fo-compatible"))
    )  # fmt: skip
    names += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    kind = "application/vnd.oasis.opendocument.text"
    return pack(
        {
            "mimetype": kind,
            "content.xml": f"<office:document-content {names}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {names}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
            f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>',
            **more,
        },
        method,
    )


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file of these streams ([MS-CFB], version 3: sectors of 512 bytes)."""
    padded = [data + bytes(-len(data) % 512 or 512 * (not data)) for data in streams.values()]
    padded = [data + bytes(max(0, 4096 - len(data))) for data in padded]  # shorter ones would lie in the mini stream
    entries = b"Root Entry", *[n.encode() for n in streams]
    directory_sectors = -(-len(entries) // 4)
    fat = [0xFFFFFFFD, *range(2, 1 + directory_sectors), 0xFFFFFFFE]
    starts = []
    for data in padded:
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + len(data) // 512), 0xFFFFFFFE]
    assert len(fat) <= 128, "one sector of the allocation table is enough for the tests"
    directory = b""
    for i, name in enumerate(entries):
        wide = name.decode().encode("utf-16-le") + b"\0\0"
        root = i == 0
        kind, start, size = (5, 0xFFFFFFFE, 0) if root else (2, starts[i - 1], len(padded[i - 1]))
        right = i + 1 if 0 < i < len(entries) - 1 else 0xFFFFFFFF
        directory += struct.pack(
            "<64sHBBIII16sIQQIIII", wide, len(wide), kind, 1, 0xFFFFFFFF, right, 1 if root else 0xFFFFFFFF, b"", 0, 0, 0,
            start, size, 0, 0,
        )[:128]  # fmt: skip
    directory += bytes(directory_sectors * 512 - len(directory))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0,
    )  # fmt: skip
    header += struct.pack("<108I", *[0xFFFFFFFF] * 108)
    table = struct.pack(f"<{len(fat)}I", *fat) + b"\xff" * (512 - 4 * len(fat))
    return header + table + directory + b"".join(padded)
