"""How an element looks, as far as it matters for the text: what hides, breaks lines, centres or stands out.

Source: CSS 2.2 and HTML 15.3 (rendering); of a page's style sheets only rules of one simple selector are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kg.read.html.tree import Element

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main marquee menu nav ol optgroup"
    " option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp".split()
)
# Never printed, whatever the style says.
_UNPRINTED = frozenset("head title style meta link base button select datalist input map rp rt xml".split())
_BOLD = frozenset("b strong th h1 h2 h3 h4 h5 h6".split())
_SIZES = {"x-small": 7.5, "small": 10.0, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0}
_FONT = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0, "+1": 13.5, "+2": 18.0, "+3": 24.0}
_HEADS = {"h1": 24.0, "h2": 18.0, "h3": 14.0}
_POINTS = {"pt": 1.0, "px": 0.75}
_MOST_RULES = 5_000
_MOST_CSS = 500_000

Properties = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks; None where it looks as what it stands in does."""

    printed: bool = True  # by what it is
    hidden: bool = False  # by its style
    block: bool = False
    align: str | None = None
    bold: bool | None = None
    size: float | None = None  # in points
    keeps_blanks: bool | None = None
    list_style: str | None = None


@lru_cache(maxsize=20_000)
def read_properties(style: str) -> Properties:
    """The properties of a style attribute.

    >>> read_properties("Text-Align: CENTER; font-size:22.0pt !important")
    {'text-align': 'center', 'font-size': '22.0pt'}
    """
    found: Properties = {}
    for part in style[:4_000].split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


_SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]+)?", re.I)
_WANTED = re.compile(r"display|text-align|font|white-space|list-style|mso-hide", re.I)


@dataclass(slots=True)
class Sheet:
    """The rules of a page's style sheets whose selector is one of `p`, `.title`, `p.title`, `#title`."""

    rules: dict[str, Properties] = field(default_factory=dict)
    _looks: dict[tuple[str, ...], Look] = field(default_factory=dict)

    def add(self, css: str) -> None:
        """Takes the rules of a style element; those for print only are left out."""
        css = re.sub(r"/\*.*?(?:\*/|\Z)|<!--|-->", "", css[:_MOST_CSS], flags=re.S)
        open_blocks: list[str] = []  # what stands before each brace that is not closed yet
        pieces = re.split(r"([{}])", css)
        for text, brace in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            if brace == "{":
                open_blocks.append(text.rpartition(";")[2].strip())
            elif brace == "}" and open_blocks:
                selectors = open_blocks.pop()
                if not any("print" in block for block in open_blocks) and _WANTED.search(text):
                    self._add_rule(selectors, text)

    def _add_rule(self, selectors: str, body: str) -> None:
        for selector in selectors.split(","):
            if _SIMPLE.fullmatch(selector.strip()) and len(self.rules) < _MOST_RULES:
                self.rules.setdefault(selector.strip().lower(), {}).update(read_properties(body))

    def look(self, element: Element) -> Look:
        """How an element looks by its name, attributes, style and the page's rules."""
        get = element.attributes.get
        key = (
            element.tag,
            get("class", ""),
            get("id", "") if self.rules else "",
            get("style", ""),
            get("align", ""),
            get("size", "") if element.tag == "font" else "",
            "hidden" if "hidden" in element.attributes else "",
        )
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._see(element)
        return look

    def _see(self, element: Element) -> Look:
        tag = element.tag
        properties: Properties = {}
        if self.rules:
            classes = [c.lower() for c in element.get("class").split()]
            names = [tag, *("." + c for c in classes), *(f"{tag}.{c}" for c in classes)]
            names += [f"#{element.get('id').lower()}", f"{tag}#{element.get('id').lower()}"]
            for name in names:
                properties |= self.rules.get(name, {})
        properties = properties | read_properties(element.get("style"))
        display = properties.get("display", "")
        return Look(
            printed=tag not in _UNPRINTED,
            hidden=(
                "hidden" in element.attributes
                or display == "none"
                or "mso-hide" in properties
                or properties.get("mso-element") in ("comment-list", "header", "footer")
            ),
            block=_is_block(tag, display),
            align=_alignment(element, properties),
            bold=_boldness(tag, properties.get("font-weight", "")),
            size=_size(element, properties),
            keeps_blanks=_blanks(tag, properties.get("white-space", "")),
            list_style=_list_style(properties),
        )


def _is_block(tag: str, display: str) -> bool:
    if display in ("inline", "contents") and tag not in ("td", "th", "tr", "table"):
        return False
    return tag in _BLOCKS or display in ("block", "list-item", "flex", "grid", "table", "table-row", "table-cell")


def _alignment(element: Element, properties: Properties) -> str | None:
    if element.tag in ("table", "img", "hr"):  # there it says where the box stands, and cells begin anew
        return properties.get("text-align") or "start"
    align = properties.get("text-align") or element.get("align").strip().lower() or None
    return "center" if element.tag in ("center", "caption") and align is None else align


def _boldness(tag: str, weight: str) -> bool | None:
    if weight:
        return weight in ("bold", "bolder") or weight.isdigit() and int(weight) >= 600
    return True if tag in _BOLD else None


def _size(element: Element, properties: Properties) -> float | None:
    stated = properties.get("font-size") or ""
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,6})?)\s*(pt|px)", stated)
    if match:
        return float(match[1]) * _POINTS[match[2]]
    if stated in _SIZES:
        return _SIZES[stated]
    if element.tag == "font":
        return _FONT.get(element.get("size").strip())
    return _HEADS.get(element.tag)


def _blanks(tag: str, white_space: str) -> bool | None:
    if white_space:
        return white_space in ("pre", "pre-wrap", "pre-line", "break-spaces")
    return True if tag in ("pre", "listing", "plaintext", "xmp") else None


def _list_style(properties: Properties) -> str | None:
    stated = properties.get("list-style-type") or properties.get("list-style")
    words = (stated or "").replace("outside", "").replace("inside", "").split()
    return words[0] if words else None


def find_sheet(root: Element) -> Sheet:
    """The rules of all style elements of a page."""
    sheet = Sheet()
    for element in root.walk():
        if element.tag == "style":
            sheet.add(element.words())
    return sheet
