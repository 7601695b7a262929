"""RFC 9110, section 12.5.1: the most precise range decides, q weighs, q=0 forbids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiation import choose

JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
OFFERED = [JSON, XML, CSV, TSV]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        (CSV, CSV),
        ("TEXT/CSV", CSV),
        ("text/*", CSV),
        ("text/*, text/csv;q=0.1", TSV),
        (f"{CSV}, {XML}", XML),
        (f"{CSV};q=0.9, {XML};q=0.8", CSV),
        (f"{CSV};q=0.001, image/png", CSV),
        (f"{JSON};q=0, */*;q=0.1", XML),
        ("*/*;q=0", None),
        ("image/png", None),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        ("text/csv;charset=utf-8", CSV),
        ("text/csv;charset=utf-16", None),
        ("text/csv;header=absent", None),
        ("text/csv;q=2", None),  # no weight at all
        ("text/csv;q=abc, */*;q=0.5", JSON),
        ("not a range, text/csv", CSV),
        ("text/csv ; q=1.000", CSV),
        (",,text/csv,", CSV),
        ("*/csv", None),
    ],
)
def test_the_type_that_the_client_likes_best_is_chosen(accept, chosen) -> None:
    assert choose(accept, OFFERED) == chosen


@given(st.text())
def test_any_header_gets_a_type_that_is_offered_or_none(accept: str) -> None:
    assert choose(accept, OFFERED) in [*OFFERED, None]
