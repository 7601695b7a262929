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


def describe_form(parameter: Parameter, lang: str = "en") -> str:
    """What form a parameter's value has, in words, with its example.

    >>> describe_form(Parameter("until", "_until_xsd_date", "datatype", True, vocab.XSD_DATE, example="2025-12-31"))
    'a date like 2025-12-31'
    >>> describe_form(Parameter("top", "_top_integer", "integer", True, minimum="1"), "zh")
    '整数,不小于 1'
    """
    zh = lang == "zh"
    name = parameter.detail.removeprefix(vocab.XSD) if parameter.kind == "datatype" else parameter.kind
    if parameter.enumerate:
        return ("其一:" if zh else "one of ") + ", ".join(parameter.enumerate)
    forms = _FORMS_ZH if zh else _FORMS
    words = forms["member"] if parameter.kind == "iri" and parameter.target else forms.get(name, name)
    if parameter.pattern:
        words += f",形如 {parameter.pattern}" if zh else f" of the form {parameter.pattern}"
    if parameter.minimum is not None:
        words += f",不小于 {parameter.minimum}" if zh else f", at least {parameter.minimum}"
    if parameter.maximum is not None:
        words += f",不大于 {parameter.maximum}" if zh else f", at most {parameter.maximum}"
    if parameter.example is not None:
        words += f",如 {parameter.example}" if zh else f" like {parameter.example}"
    return words


_FORMS = {
    "member": "an IRI, a local id or a name",
    "iri": "an IRI",
    "literal": "a text",
    "language": "a text",
    "string": "a text",
    "number": "a number",
    "decimal": "a number",
    "double": "a number",
    "integer": "a whole number",
    "date": "a date",
    "dateTime": "a date and time",
    "gYear": "a year",
    "gYearMonth": "a year and month",
    "boolean": "true or false",
}
_FORMS_ZH = {
    "member": "IRI、编号或名称",
    "iri": "IRI",
    "literal": "文字",
    "language": "文字",
    "string": "文字",
    "number": "数",
    "decimal": "数",
    "double": "数",
    "integer": "整数",
    "date": "日期",
    "dateTime": "日期和时间",
    "gYear": "年份",
    "gYearMonth": "年月",
    "boolean": "true 或 false",
}


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
