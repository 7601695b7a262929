"""Numbers that a browser prints before the items of a list, and that are not in the page's text.

Source: HTML 4.4.5 (ol: start, reversed, type; li: value), CSS Counter Styles 3; class names of UEditor's lists.
"""

from __future__ import annotations

import re

from kg.read.html.styles import Sheet
from kg.read.html.tree import Element
from kg.read.numbers import print_number

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_HAN = "chineseCountingThousand"
# Counter style → number format of `print_number`, and what is printed after it.
_STYLES = {
    "decimal": ("decimal", "."),
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "cjk-ideographic": (_HAN, "、"),
    "simp-chinese-informal": (_HAN, "、"),
    "trad-chinese-informal": (_HAN, "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}
# UEditor, the editor of most Chinese content systems, draws these as pictures: <ol class="custom_cn2 …">.
_EDITOR = {
    "custom_cn": (_HAN, "", "、"),
    "custom_cn1": (_HAN, "", "）"),
    "custom_cn2": (_HAN, "（", "）"),
    "custom_num": ("decimal", "", "、"),
    "custom_num1": ("decimal", "", "）"),
    "custom_num2": ("decimal", "（", "）"),
}
# An item that prints a number of its own: sites switch the browser's off in sheets that are not in the page.
_OWN = re.compile(
    r"[（(]?(?:\d{1,3}|[一二三四五六七八九十百]{1,4})[)）、.．](?!\d)|第[一二三四五六七八九十百\d]+[章节条]"
    r"|[①-⑳⑴-⒛㈠-㈩]|[（(]?[a-zA-Z][)）.．、]"
)


def number_items(ordered: Element, sheet: Sheet) -> dict[Element, str]:
    """What is printed before each item of an `ol`; items without a number are left out.

    >>> from kg.read.html.tree import parse
    >>> page = parse("<ol start=3 style='list-style-type:cjk-ideographic'><li>甲<li value=9>乙<li>1.丙</ol>", "a.html")
    >>> ordered = next(e for e in page.walk() if e.tag == "ol")
    >>> list(number_items(ordered, Sheet()).values())
    ['三、', '九、']
    """
    items = [c for c in ordered.children if isinstance(c, Element) and c.tag == "li"]
    step = -1 if "reversed" in ordered.attributes else 1
    value = _whole(ordered.get("start"), len(items) if step < 0 else 1)
    found: dict[Element, str] = {}
    for item in items:
        value = _whole(item.get("value"), value)
        number = _print(value, ordered, item, sheet)
        if number and not _OWN.match(item.words().lstrip(" \t\r\n\f\u3000\xa0")):
            found[item] = number
        value += step
    return found


def _whole(stated: str, otherwise: int) -> int:
    return int(stated) if re.fullmatch(r"\s*-?\d{1,6}\s*", stated) else otherwise


def _print(value: int, ordered: Element, item: Element, sheet: Sheet) -> str:
    style = (
        sheet.look(item).list_style
        or _TYPES.get(item.get("type"))
        or sheet.look(ordered).list_style
        or _TYPES.get(ordered.get("type"))
        or "decimal"
    )
    custom = next((_EDITOR[c] for c in ordered.get("class").split() if c in _EDITOR), None)
    if custom:
        return custom[1] + print_number(value, custom[0]) + custom[2]
    if style in ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin") and value > 0:
        letters = _letters(value)
        return (letters if style.startswith("lower") else letters.upper()) + "."
    quoted = re.fullmatch(r"""["'](.*)["']""", style)
    if quoted:
        return quoted[1]
    known = _STYLES.get(style)
    return print_number(value, known[0]) + known[1] if known else ""


def _letters(value: int) -> str:
    """a to z, then aa, ab …: letters as digits without a zero."""
    letters = ""
    while value > 0:
        value, digit = divmod(value - 1, 26)
        letters = chr(97 + digit) + letters
    return letters
