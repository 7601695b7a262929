"""What an asker writes → a serialised RDF term that no longer can be anything else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal

from kg import vocab
from kg.errors import UsageError
from kg.query.saved import Parameter

# Who follows an IRI in an answer should get to a page or a name, never to a script or a file of his own machine.
SCHEMES = frozenset({"http", "https", "urn"})
_IRI = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):[^<>\"{}|^`\\\x00-\x20\x7f-\x9f]+")  # RFC 3987, SPARQL 1.1 IRIREF

_YEAR, _ZONE = r"(?!0000)\d{4}", r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
# XML Schema 1.1, part 2: the lexical spaces. Years of four digits: what the engines agree on.
_LEXICAL: dict[str, str] = {
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    "boolean": r"true|false|1|0",
    "date": rf"{_YEAR}-\d\d-\d\d{_ZONE}",
    "dateTime": rf"{_YEAR}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?{_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}",
    "string": r"(?s:.*)",
    "anyURI": r"(?s:.*)",
}
_LEXICAL["float"] = _LEXICAL["double"]
for _narrow in ("long", "int", "short", "nonNegativeInteger", "positiveInteger"):
    _LEXICAL[_narrow] = _LEXICAL["integer"]
_RANGE: dict[str, tuple[int | None, int | None]] = {
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    # An engine's integers have 64 bits: a larger one would be an error in the middle of the query.
    "integer": (-(2**63), 2**63 - 1),
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def serialise(parameter: Parameter, value: str, bare: bool = False) -> str:
    """The RDF term that a value means, as SPARQL writes it; `bare` for a number after LIMIT.

    Raises `UsageError` for a value outside the parameter's kind, choices or bounds.

    >>> plan = Parameter("plan", "_plan_iri", "iri", True)
    >>> serialise(plan, "https://w3id.org/plankg/id/plan/360102-2021-3f9a0c1e")
    '<https://w3id.org/plankg/id/plan/360102-2021-3f9a0c1e>'
    >>> print(serialise(Parameter("text", "_text_literal", "literal", True), '"双减" } # 换\\n行'))
    "\\"双减\\" } # 换\\n行"
    """
    _check_characters(parameter, value)
    if parameter.enumerate and value not in parameter.enumerate:
        raise _wrong(parameter, value, f"one of {', '.join(parameter.enumerate)}")
    if parameter.pattern and not re.fullmatch(parameter.pattern, value):
        raise _wrong(parameter, value, f"of the form {parameter.pattern}")
    match parameter.kind:
        case "iri":
            return f"<{check_iri(parameter, value)}>"
        case "language":
            return f"{quote(value)}@{parameter.detail}"
        case "literal":
            return quote(value)
        case "integer":
            return _typed(parameter, value, vocab.XSD_INTEGER, bare)
        case "number":
            whole = re.fullmatch(_LEXICAL["integer"], value)
            plain = re.fullmatch(_LEXICAL["decimal"], value)
            return _typed(
                parameter,
                value,
                vocab.XSD_INTEGER if whole else vocab.XSD_DECIMAL if plain else vocab.XSD + "double",
                bare,
            )
        case "datatype":
            return _typed(parameter, value, parameter.detail, bare)


def quote(text: str) -> str:
    """A text as a SPARQL string.

    The u after a backslash is written as a codepoint escape: an engine that expands such escapes before it reads
    (section 19.2; rdflib does so even after an escaped backslash) would otherwise turn `\\\\u0022` into a quotation mark.
    """
    written = "".join(_ESCAPES.get(c, c) for c in text)
    return '"' + re.sub(r"(?<=\\)(?:u|U)", lambda m: f"\\U{ord(m[0]):08X}", written) + '"'


def check_iri(parameter: Parameter, value: str) -> str:
    """The value if it is an absolute IRI with an allowed scheme; else `UsageError`."""
    match = _IRI.fullmatch(value)
    if not match or match[1].lower() not in SCHEMES:
        raise _wrong(parameter, value, f"an IRI that begins with {', '.join(s + ':' for s in sorted(SCHEMES))}")
    return value


def _typed(parameter: Parameter, value: str, datatype: str, bare: bool) -> str:
    name = datatype.removeprefix(vocab.XSD)
    if name == datatype or name not in _LEXICAL:
        written = quote(value)  # a datatype that nobody here knows: any text is in it
        return f"{written}^^<{datatype}>"
    if not re.fullmatch(_LEXICAL[name], value, re.ASCII) or not _exists(name, value):
        raise _wrong(parameter, value, f"an xsd:{name}" + (", like 2025-12-31" if name == "date" else ""))
    low, high = _RANGE.get(name, (None, None))
    if low is not None and int(value) < low or high is not None and int(value) > high:
        raise _wrong(parameter, value, f"an xsd:{name}, which goes from {low} to {high}")
    order = _ORDER.get(name)
    if order:
        if parameter.minimum is not None and order(value) < order(parameter.minimum):
            raise _wrong(parameter, value, f"at least {parameter.minimum}")
        if parameter.maximum is not None and order(value) > order(parameter.maximum):
            raise _wrong(parameter, value, f"at most {parameter.maximum}")
    if bare:
        if name != "integer" or int(value) < 0:
            raise _wrong(parameter, value, "a whole number from 0")
        return str(int(value))
    return f"{quote(value)}^^<{datatype}>"


_ORDER: dict[str, Callable[[str], object]] = {
    "integer": Decimal,
    "decimal": Decimal,
    "date": lambda text: text[:10],
    "gYear": lambda text: text[:4],
}


def _exists(name: str, value: str) -> bool:
    """Whether a date that has the right form is in the calendar."""
    if name in ("date", "dateTime"):
        try:
            datetime.date.fromisoformat(value[:10])
        except ValueError:
            return False
    return True


def _check_characters(parameter: Parameter, value: str) -> None:
    # XML 1.0 and SPARQL results cannot carry the controls; UTF-8 cannot carry halves of a surrogate pair.
    for character in value:
        code = ord(character)
        if code < 0x20 and character not in "\t\n\r" or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
            raise UsageError(
                f"the value of {parameter.name} holds the character U+{code:04X}, which no query can carry"
            )


def _wrong(parameter: Parameter, value: str, expected: str) -> UsageError:
    shown = value if len(value) <= 80 else value[:77] + "…"
    return UsageError(f"the value of {parameter.name} is {shown!r}", remedy=f"it must be {expected}")
