"""What the characters of symbol fonts show, in Unicode.

Source: the tables of Wingdings, Wingdings 2 and Symbol at unicode.org (WG2 N4384), as far as documents use them
for numbers, ticks and bullets.
"""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✔", 0xFD: "☒", 0xFE: "☑",
    **{0x81 + i: chr(0x2460 + i) for i in range(10)},  # ① to ⑩
    **{0x8C + i: chr(0x2776 + i) for i in range(10)},  # ❶ to ❿
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "●", 0x99: "○", 0xA2: "■",
    0xA3: "□", 0xAE: "◆",
    **{0x6A + i: chr(0x2460 + i) for i in range(10)},
    **{0x75 + i: chr(0x2776 + i) for i in range(10)},
}  # fmt: skip
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB9: "≠",
    0xBB: "≈", 0xD7: "⋅", 0xE5: "∑", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6D: "μ", 0x70: "π", 0x44: "Δ",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def show_symbol(code: int, font: str) -> str:
    """The character that a code of a font shows; "" where no one can tell.

    >>> show_symbol(0xF0FE, "Wingdings"), show_symbol(0xF081, "Wingdings"), show_symbol(0x2460, "宋体")
    ('☑', '①', '①')
    """
    table = _FONTS.get(font.strip().lower())
    if table is not None and code & 0xFF in table and (code < 0x100 or 0xF000 <= code <= 0xF0FF):
        return table[code & 0xFF]
    if 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code) if table is None else ""


def show_bullet(text: str, font: str) -> str:
    """A list's bullet as it looks; • where it is one of a symbol font that has no such character in Unicode.

    >>> show_bullet("\\uf0d8", "Wingdings"), show_bullet("—", "宋体"), show_bullet("\\uf0b7", "Symbol"), show_bullet("o", "Courier New")
    ('➢', '—', '•', '•')
    """
    text = text.strip()
    if text in ("o", "O"):  # the hollow circle of Courier New
        return "•"
    return "".join(
        (show_symbol(ord(c), font) or "•")
        if 0xE000 <= ord(c) <= 0xF8FF or (ord(c) < 0x100 and font.strip().lower() in _FONTS)
        else c
        for c in text
    )
