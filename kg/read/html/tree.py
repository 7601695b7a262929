"""A page as a tree of elements, built within limits.

libxml2's parser repairs the page as browsers do; the tree is our own, so that a hostile page is left off at a limit
(elements, depth) and attributes that nobody asks for cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from kg.errors import InputError

# A plan of five hundred pages as Word writes HTML has about 180,000 elements, pages of portals are up to 60 deep.
_MOST_ELEMENTS = 250_000
_MOST_DEPTH = 1_000

_KEPT = frozenset(
    "align class colspan content hidden href id name property rel reversed rowspan size src start style type value"
    " role http-equiv border".split()
)
_CELLS = frozenset("td th dt dd li".split())
# What stands in these is no text of the page.
_MUTE = frozenset("script noscript template object applet textarea svg math canvas audio video iframe noframes".split())
# Of XHTML: <script src="a.js"/> would leave a parser of HTML inside the script to the page's end.
_CLOSED = re.compile(r"<(a|b|div|iframe|i|p|script|span|style|td|textarea|title)(\s[^<>]*)?/>", re.I)


class Element:
    """An element; `children` are elements and texts in order."""

    __slots__ = ("attributes", "cell", "children", "first", "last", "parent", "table", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        # The nearest cell or item that it is or stands in, and the nearest table that it stands in.
        self.cell: Element | None = self if tag in _CELLS else parent.cell if parent else None
        self.table: Element | None = parent if parent and parent.tag == "table" else parent.table if parent else None
        self.first = self.last = 0  # its lines: `kg.read.html.flow` says which

    def get(self, name: str) -> str:
        """The value of an attribute; "" where it is absent."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Element]:
        """The element and all below it in the order of the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += [c for c in reversed(element.children) if isinstance(c, Element)]

    def ancestors(self) -> Iterator[Element]:
        """The elements around it, the nearest first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def words(self) -> str:
        """All text in it, as it stands in the source."""
        pieces: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                pieces.append(node)
            else:
                waiting += reversed(node.children)
        return "".join(pieces)


class _Limit(Exception):  # noqa: N818  an abort of the parser, not an error of the program
    pass


class _Builder:
    """Receives what libxml2 meets."""

    def __init__(self) -> None:
        self.root = Element("", {}, None)
        self._open = [self.root]
        self._count = 0
        self._mute = 0
        self._pieces: list[str] = []

    def _place_text(self) -> None:
        if self._pieces:
            if not self._mute:
                self._open[-1].children.append("".join(self._pieces))
            self._pieces.clear()

    def start(self, tag: str, attributes: dict[str, str], *_: object) -> None:
        self._place_text()
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise _Limit(f"the page has more than {_MOST_ELEMENTS:,} elements")
        if len(self._open) > _MOST_DEPTH:
            raise _Limit(f"the page's elements are nested more than {_MOST_DEPTH:,} deep")
        kept = {k: attributes[k] for k in attributes if k in _KEPT} if attributes else {}
        element = Element(tag, kept, self._open[-1])
        self._open.append(element)
        if tag in _MUTE:
            self._mute += 1
        elif not self._mute:
            element.parent.children.append(element)  # type: ignore[union-attr]

    def end(self, tag: str) -> None:
        self._place_text()
        if len(self._open) > 1:
            if self._open.pop().tag in _MUTE:
                self._mute -= 1

    def data(self, text: str) -> None:
        self._pieces.append(text)

    def close(self) -> Element:
        self._place_text()
        return self.root


def parse(text: str, where: str) -> Element:
    """The page's tree; its root is no element of the page.

    >>> [e.tag for e in parse("<p>一、总则<p>二、任务", "a.html").walk()]
    ['', 'html', 'body', 'p', 'p']

    Raises `InputError` where the page has too many elements or they are nested too deep.
    """
    if text.lstrip()[:5].lower() == "<?xml":
        text = _CLOSED.sub(r"<\1\2></\1>", text)
    text = re.sub(r"</br\s*/?>", "<br>", text, flags=re.I)
    parser = etree.HTMLParser(target=_Builder(), encoding="utf-8", huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except _Limit as limit:
        raise InputError(str(limit), where=where, remedy="give the page that holds the plan, or its text") from None
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"the page cannot be read ({error})", where=where, remedy="save the page anew") from error
    return root if isinstance(root, Element) else Element("", {}, None)
