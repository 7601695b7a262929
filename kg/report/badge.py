"""The report as a badge: SVG, or the endpoint that shields.io draws one from."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import escape, quoteattr

from kg.report.words import Speech
from kg.validate.report import Report

_COLOURS = {"red": "#b3261e", "orange": "#9a5b00", "green": "#1e6b3a", "grey": "#555b63"}


def _badge(report: Report, speech: Speech) -> tuple[str, str, str]:
    """Label, message, colour: never green where nothing was checked."""
    must, should = report.count("violation"), report.count("warning")
    label = speech("badge-label")
    if not report.looked_at:
        return label, speech("nothing-checked"), "grey"
    if must:
        return label, speech.number("badge", must), "red"
    if should:
        return label, speech.number("badge-warning", should), "orange"
    return label, speech("nothing-must"), "green"


def render_shields(report: Report, lang: str = "zh") -> str:
    """The endpoint of shields.io (schemaVersion 1).

    Raises `UsageError` for another language than zh or en.
    """
    label, message, colour = _badge(report, Speech(lang))
    model = {"schemaVersion": 1, "label": label, "message": message, "color": _COLOURS[colour].lstrip("#")}
    return json.dumps(model, ensure_ascii=False) + "\n"


def render(report: Report, lang: str = "zh") -> str:
    """A badge as SVG, told by words before colour (contrast 4.5:1 and more).

    Raises `UsageError` for another language than zh or en.
    """
    label, message, colour = _badge(report, Speech(lang))
    left, right = _wide(label) + 12, _wide(message) + 12
    whole, title = left + right, escape(f"{label}: {message}")
    font = "system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Verdana,sans-serif"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" aria-label={quoteattr(f"{label}: {message}")}>'
        f"<title>{title}</title>"
        f'<clipPath id="r"><rect width="{whole}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#3b4048"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{_COLOURS[colour]}"/></g>'
        f'<g fill="#fff" text-anchor="middle" font-family="{font}" font-size="11">'
        f'<text x="{left / 2:g}" y="14">{escape(label)}</text><text x="{left + right / 2:g}" y="14">{escape(message)}</text></g></svg>\n'
    )


def _wide(text: str) -> int:
    """Pixels of a text at 11: Chinese characters are as wide as they are high."""
    return round(sum(11 if re.match(r"[\u2e80-\uffef]", c) else 6.2 for c in text))
