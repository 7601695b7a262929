"""Whole plans printed as PDFs and read back: the record is the one that the text gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kg.extract import extract
from kg.model import PlanRecord, Source
from kg.outline import outline
from kg.read import read_bytes, read_file
from kg.resources import folder
from tests.unit.read.pdf_maker import Press
from tests.unit.read.pdf_office import OFFICE, Docx, print_all_with_office

DOCUMENTS = sorted(folder("data/documents").glob("*.txt"))

LAYOUTS: Mapping[str, Mapping[str, object]] = {
    "as GB/T 9704 has it": {},
    "punctuation hanging out": {"hang": True},
    "lines not justified": {"justify": False},
    "heads and outer numbers": {"head": lambda n: "政府公报 2021年第3期", "foot": str, "foot_at": "outer"},
    "small print": {"size": 10.5, "pitch": 16, "foot": lambda n: f"第{n}页"},
}


def paragraphs(document: Path) -> list[str]:
    """What the document says, a paragraph a line; no-break blanks are blanks: the font has none."""
    return [line.strip() for line in document.read_text("utf-8").replace("\u00a0", " ").split("\n") if line.strip()]


def printed(document: Path, layout: Mapping[str, object]) -> bytes:
    press = Press(**layout)  # type: ignore[arg-type]
    for text in paragraphs(document):
        press.paragraph(text)
    return press.finish()


def facts(source: Source) -> dict[str, object]:
    """A record without its places: they are those of another text."""
    record: PlanRecord = extract(source, outline(source))

    def words(text: str) -> str:
        return re.sub(r"\s+", "", text)

    def value(stated: object) -> object:
        return [value(s) for s in stated] if isinstance(stated, tuple) else getattr(stated, "value", stated)

    metadata = (
        "title plan_type issuers document_number index_number sealed_by originator approval addressees issued "
        "published period status subjects"
    ).split()
    return {
        **{name: value(getattr(record, name)) for name in metadata},
        "citations": [(c.title, c.number, c.is_basis, c.restored) for c in record.citations],
        "provisions": [
            (
                *(p.kind, p.key, p.number, p.ordinal, words(p.title), words(p.text), p.section, p.action),
                *(value(p.deadline), value(p.crowd_groups), value(p.initiatives)),
            )
            for p in record.provisions
        ],
        "responsibilities": [
            (p.key, r.agency_text, r.full_text, r.agency_kind, r.role, r.basis, r.position, r.open_list)
            for p in record.provisions
            for r in p.responsibilities
        ],
        "quantities": [
            replace(q, span=None, deadline_span=None, quote=words(q.quote))  # type: ignore[arg-type]
            for q in record.quantities
        ],
        "findings": [(f.code, f.about, f.original, f.repaired) for f in record.findings],
    }


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d.stem[:3])
def test_a_plan_printed_as_a_pdf_gives_the_text_and_the_record_of_its_text(document: Path, layout: str) -> None:
    source = read_bytes(printed(document, LAYOUTS[layout]), "a.pdf", "application/pdf")
    assert [re.sub(r"\s+", "", t) for t in source.text.split("\n")[:-1]] == [
        re.sub(r"\s+", "", t) for t in paragraphs(document)
    ]
    expected, found = facts(read_file(document)), facts(source)
    for name, value in expected.items():
        assert found[name] == value, name


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt install libreoffice-writer-nogui fonts-noto-cjk")
def test_plans_that_an_office_program_prints_give_the_records_of_their_texts(tmp_path: Path) -> None:
    files = []
    for document in DOCUMENTS:
        docx = Docx(head="政府公报 2021年第3期")
        for text in paragraphs(document):
            docx.paragraph(text)
        files.append(docx.save())
    for document, data in zip(DOCUMENTS, print_all_with_office(files, tmp_path), strict=True):
        expected, found = facts(read_file(document)), facts(read_bytes(data, "a.pdf", "application/pdf"))
        for name, value in expected.items():
            assert found[name] == value, (document.name, name)
