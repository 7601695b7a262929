"""DOCX made by hand and turned into PDF by LibreOffice: PDFs with embedded fonts and borders drawn as Word's are."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.unit.read.pdf_maker import Cell

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>
</Types>"""
_RELS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
_PARTS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/>
<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>
</Relationships>"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def _run(text: str, size: float, bold: bool = False, extra: str = "") -> str:
    return (
        f'<w:r><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312" w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'
        f'{"<w:b/>" if bold else ""}<w:sz w:val="{round(2 * size)}"/></w:rPr>{extra}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


class Docx:
    """A word processor's file, paragraph by paragraph."""

    def __init__(self, head: str = "") -> None:
        self._body: list[str] = []
        self._notes: list[str] = []
        self._head = head

    def paragraph(
        self, text: str, *, align: str = "both", indent: float = 2, size: float = 16, bold: bool = False, note: str = ""
    ) -> None:
        mark = ""
        if note:
            self._notes.append(note)
            mark = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(self._notes) + 1}"/></w:r>'
        first = (
            f'<w:ind w:firstLineChars="{round(100 * indent)}" w:firstLine="{round(20 * indent * size)}"/>'
            if indent
            else ""
        )
        self._body.append(
            f'<w:p><w:pPr><w:spacing w:line="578" w:lineRule="exact"/>{first}<w:jc w:val="{align}"/></w:pPr>{_run(text, size, bold)}{mark}</w:p>'
        )

    def title(self, *lines: str, size: float = 22) -> None:
        for line in lines:
            self.paragraph(line, align="center", indent=0, size=size, bold=True)

    def turn(self, landscape: bool) -> None:
        """Ends the section; what came since the last end is upright or landscape."""
        self._body.append(f"<w:p><w:pPr>{self._section(landscape)}</w:pPr></w:p>")

    def _section(self, landscape: bool) -> str:
        size = (
            '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
            if landscape
            else '<w:pgSz w:w="11906" w:h="16838"/>'
        )
        return (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:footerReference w:type="default" r:id="rId1"/>'
            f'{size}<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992"/></w:sectPr>'
        )

    def table(
        self, widths: Sequence[int], rows: Sequence[Sequence[Cell | None]], *, head: int = 1, size: float = 10.5
    ) -> None:
        """None where a merged cell reaches; a merged cell may take rows or columns."""
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        out = []
        wide_above: dict[int, int] = {}  # column → columns of the merged cell that reaches down there
        for n, row in enumerate(rows):
            cells = []
            column = 0
            while column < len(row):
                cell = row[column]
                merge = ""
                if cell is None:  # below a cell merged over rows
                    columns, text, merge = wide_above.get(column, 1), "", "<w:vMerge/>"
                else:
                    columns, text = cell.columns, cell.text
                    wide_above[column] = columns
                    merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
                paragraphs = "".join(f"<w:p>{_run(t, size, n < head)}</w:p>" for t in text.split("\n"))
                span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
                wide = sum(widths[column : column + columns])
                cells.append(
                    f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}{merge}</w:tcPr>{paragraphs}</w:tc>'
                )
                column += columns
            header = "<w:trPr><w:tblHeader/></w:trPr>" if n < head else ""
            out.append(f"<w:tr>{header}{''.join(cells)}</w:tr>")
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        self._body.append(
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(out)}</w:tbl>"
        )

    def save(self, landscape: bool = False) -> bytes:
        body = "".join(self._body) + self._section(landscape)
        number = '<w:r><w:t>— </w:t></w:r><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r>'
        notes = "".join(
            f'<w:footnote w:id="{n}"><w:p>{_run("", 9, extra="<w:footnoteRef/>")}{_run(note, 9)}</w:p></w:footnote>'
            for n, note in enumerate(self._notes, 2)
        )
        separators = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        parts = {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS,
            "word/_rels/document.xml.rels": _PARTS,
            "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
            "word/footer1.xml": f'<w:ftr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{number}</w:p></w:ftr>',
            "word/header1.xml": f'<w:hdr {_W}><w:p><w:pPr><w:jc w:val="right"/></w:pPr>{_run(self._head, 10.5)}</w:p></w:hdr>',
            "word/footnotes.xml": f"<w:footnotes {_W}>{separators}{notes}</w:footnotes>",
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        return out.getvalue()


def print_with_office(docx: bytes, folder: Path) -> bytes:
    """The PDF that LibreOffice prints of a DOCX."""
    return print_all_with_office([docx], folder)[0]


def print_all_with_office(files: Sequence[bytes], folder: Path) -> list[bytes]:
    """The PDFs that LibreOffice prints of several DOCX: it starts slowly, so it starts once."""
    assert OFFICE
    sources = [folder / f"plan{n}.docx" for n in range(len(files))]
    for source, docx in zip(sources, files, strict=True):
        source.write_bytes(docx)
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return [source.with_suffix(".pdf").read_bytes() for source in sources]
