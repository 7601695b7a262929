"""A table as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

_STYLE = """
:root { color-scheme: light dark }
body { margin: 1.5rem; font: 16px/1.7 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif }
table { border-collapse: collapse }
caption { text-align: start; font-size: 1.25rem; font-weight: 600; padding-block: .5rem }
th, td { padding: .35rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); text-align: start; vertical-align: top; max-width: 36em; overflow-wrap: anywhere }
th { border-bottom: 2px solid currentColor; white-space: nowrap }
td { white-space: pre-line }
td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
.note { max-width: 45em }
@media print { body { margin: 0; font-size: 9pt } a { color: inherit; text-decoration: none } thead { display: table-header-group } tr { break-inside: avoid } }
""".strip()


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell; an IRI that it leads to; whether it is a number."""

    text: str
    link: str = ""
    number: bool = False


def write_page(
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    lang: str = "zh",
    caption: str = "",
    notes: Sequence[str] = (),
) -> str:
    """The page. Every word is escaped; only http and https IRIs become links.

    >>> page = write_page(["规划"], [[Cell("<东湖区>", "javascript:alert(1)")]], caption="规划一览")
    >>> "&lt;东湖区&gt;" in page, "javascript" in page
    (True, False)
    """
    title = html.escape(caption or "plankg")
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{"zh-Hans" if lang == "zh" else html.escape(lang)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        "<table>",
        *([f"<caption>{title}</caption>"] if caption else []),
        "<thead><tr>" + "".join(f'<th scope="col">{html.escape(head)}</th>' for head in heads) + "</tr></thead>",
        "<tbody>",
        *("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows),
        "</tbody>",
        "</table>",
        *(f'<p class="note">{html.escape(note)}</p>' for note in notes),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _cell(cell: Cell) -> str:
    text = html.escape(cell.text)
    if cell.link.startswith(("http://", "https://")):
        text = f'<a href="{html.escape(cell.link)}">{text}</a>'
    return f'<td class="number">{text}</td>' if cell.number else f"<td>{text}</td>"
