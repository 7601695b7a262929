"""Terms as text: the same bytes as pyoxigraph's own, and nothing that breaks a line."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg import vocab
from kg.graph import terms

ODD = [*range(0x100), 0x2028, 0x2029, 0xD7FF, 0xE000, 0xFDD0, 0xFEFF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x202E, 0x10FFFF]


@pytest.mark.parametrize("code", ODD, ids=hex)
def test_every_character_is_escaped_as_oxigraph_dumps_it(code: int) -> None:
    for text in (chr(code), f"科普{chr(code)}普及", f'"{chr(code)}\\'):
        assert terms.plain(text) == str(ox.Literal(text))
        assert terms.zh(text) == str(ox.Literal(text, language="zh"))
        assert terms.value_of(terms.zh(text)) == text


@pytest.mark.parametrize("text", ["\\u0041", "\\n", 'a"b\\', "\\\\u0000", ""])
def test_what_looks_like_an_escape_comes_back_as_it_was(text: str) -> None:
    assert terms.value_of(terms.plain(text)) == text
    (quad,) = ox.parse(f"<a:b> <a:c> {terms.plain(text)} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    assert quad.object.value == text


@pytest.mark.parametrize(
    ("number", "written"),
    [("15.80", "15.8"), ("1E+3", "1000"), ("1.0", "1"), ("100", "100"), ("0.00000015", "0.00000015"), ("0", "0"), ("-1.50", "-1.5"), ("0.0", "0")],
)  # fmt: skip
def test_a_decimal_is_written_as_oxigraph_keeps_it(number: str, written: str) -> None:
    term = terms.decimal(Decimal(number))
    assert term == f'"{written}"^^<{vocab.XSD_DECIMAL}>'
    store = ox.Store()
    store.load(f"<a:b> <a:c> {term} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    assert [str(q.object) for q in store] == [term]


@pytest.mark.parametrize("text", ["https://example.org/a b", "https://example.org/<", 'https://example.org/"', "https://example.org/\n", "https://example.org/{x}", "https://example.org/\\"])  # fmt: skip
def test_what_cannot_stand_in_an_iri_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an IRI"):
        terms.iri(text)


def test_an_address_that_is_none_is_left_out() -> None:
    assert terms.web_address("https://example.org/规划?id=1") == "<https://example.org/规划?id=1>"
    assert terms.web_address("example") is None
    assert terms.web_address("https://example.org/a b") is None


def test_a_misspelt_term_is_a_fault() -> None:
    with pytest.raises(ValueError, match="leadAgent"):
        terms.named["leadAgent"]
