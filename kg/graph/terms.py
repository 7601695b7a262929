"""RDF terms as N-Triples writes them, in the canonical form that Oxigraph dumps too (RDF 1.1 N-Triples, section 4).

Text is many times faster to make than a library's terms, and a store takes it in bulk.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from kg import vocab
from kg.lexicon import Concept, property_of, scheme

# Outside what IRIREF of N-Triples allows, and outside ASCII's printable characters only where the base brings it.
_NO_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]')
_FREQUENT = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\b", "\\b"), ("\f", "\\f"))
_CHARACTERS = {escape: character for character, escape in _FREQUENT}
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|.)")
_CODED = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f\ufffe\uffff]")


def iri(text: str) -> str:
    """An IRI.

    Raises `ValueError` for a character that no IRI may hold.

    >>> iri("https://w3id.org/plankg/id/region/360102")
    '<https://w3id.org/plankg/id/region/360102>'
    """
    if _NO_IRI.search(text):
        raise ValueError(f"not an IRI: {text!r}")
    return f"<{text}>"


def web_address(text: str) -> str | None:
    """The IRI of a page as a document gives it; None where it is none (RFC 3987)."""
    import pyoxigraph

    try:
        return str(pyoxigraph.NamedNode(text))
    except ValueError:
        return None


def plain(text: str) -> str:
    """A string without a language.

    >>> print(plain('“科普”\\n"科普"'))
    "“科普”\\n\\"科普\\""
    """
    if not text.isprintable() or '"' in text or "\\" in text:  # few texts; no other printable character is escaped
        for character, escape in _FREQUENT:
            text = text.replace(character, escape)
        text = _CODED.sub(lambda found: f"\\u{ord(found[0]):04X}", text)
    return f'"{text}"'


def zh(text: str) -> str:
    """A Chinese string.

    >>> zh("科普")
    '"科普"@zh'
    """
    return f"{plain(text)}@zh"


def en(text: str) -> str:
    """An English string."""
    return f"{plain(text)}@en"


def value_of(term: str) -> str:
    """What a term says without its syntax: the IRI, or the text of a literal.

    >>> value_of(zh('"科普"')), value_of(integer(3)), value_of(iri("https://w3id.org/plankg/ontology#Plan"))
    ('"科普"', '3', 'https://w3id.org/plankg/ontology#Plan')
    """
    if term.startswith("<"):
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _CHARACTERS[found[0]]


class _Datatype:
    """Makes literals of one datatype from text that needs no escapes."""

    def __init__(self, datatype: str) -> None:
        self._end = f'"^^<{datatype}>'

    def __call__(self, text: object) -> str:
        return f'"{text}{self._end}'


integer = _Datatype(vocab.XSD_INTEGER)
year = _Datatype(vocab.XSD_G_YEAR)
month = _Datatype(vocab.XSD_G_YEAR_MONTH)
duration = _Datatype(vocab.XSD_DURATION)
_decimal = _Datatype(vocab.XSD_DECIMAL)
_date = _Datatype(vocab.XSD_DATE)
_boolean = _Datatype(vocab.XSD_BOOLEAN)
_moment = _Datatype(vocab.XSD_DATE_TIME)


def day(when: date | str) -> str:
    """A date; a text is an ISO date already."""
    return _date(when if isinstance(when, str) else when.isoformat())


def moment(when: str) -> str:
    """A date and time; a date alone is its first moment."""
    return _moment(when if "T" in when else f"{when}T00:00:00")


def boolean(value: bool) -> str:
    """A truth value."""
    return _boolean("true" if value else "false")


@lru_cache(maxsize=1024)
def decimal(value: Decimal | float) -> str:
    """A number, without exponent and closing zeros (XML Schema 1.1-2, section 3.3.3: canonical form).

    >>> decimal(Decimal("15.80"))[:6], decimal(Decimal("1E+3"))[:6], decimal(1.0)[:3]
    ('"15.8"', '"1000"', '"1"')
    """
    text = format(value if isinstance(value, Decimal) else Decimal(str(value)), "f")
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return _decimal(text)


class _Named(dict[str, str]):
    """The ontology's terms and full IRIs as IRIs; a misspelt term is a `ValueError`."""

    def __missing__(self, name: str) -> str:
        found = self[name] = iri(name if ":" in name else vocab.plan(name))
        return found


named = _Named()


@cache
def _by_notation(scheme_name: str) -> dict[str, str]:
    return {c.notation: iri(c.iri) for c in scheme(scheme_name)}


def concept(scheme_name: str, notation: str | None) -> str | None:
    """The concept with this notation; None where there is none.

    >>> concept("level", "county")
    '<https://w3id.org/plankg/concept/level/county>'
    """
    return _by_notation(scheme_name).get(notation) if notation else None


@cache
def _by_word(scheme_name: str) -> dict[str, str]:
    return {word: iri(c.iri) for c in scheme(scheme_name) for word in (*c.aliases, c.zh)}


def concept_by_word(scheme_name: str, word: str) -> str | None:
    """The concept that a word means, by label, other label or notation; None where there is none.

    >>> concept_by_word("level", "县级")
    '<https://w3id.org/plankg/concept/level/county>'
    """
    return _by_word(scheme_name).get(word) or concept(scheme_name, word)


def base_unit(word: str) -> str:
    """The IRI of the base unit of a unit's kind; the word itself for a unit that no scheme has.

    >>> base_unit("万人次") == base_unit("人次") != base_unit("人")
    True
    """
    unit = concept_by_word("unit", word) if word else None
    return property_of("unit", "baseUnit").get(value_of(unit), word) if unit else word


def in_base_unit(value: Decimal, unit: str) -> Decimal:
    """A value in the base unit of its kind; `unit` is the IRI of the unit that it is in.

    >>> [str(in_base_unit(Decimal(n), concept_by_word("unit", unit))) for n, unit in ((30, "公里"), (1500, "亩"), (5, "‰"))]
    ['30000', '1000000', '0.5']
    """
    factor = Decimal(property_of("unit", "unitFactor").get(value_of(unit), "1"))
    # Factors such as that of 亩, two thirds of a thousand, end somewhere: what they leave over is no part of the value.
    exact = round(value * factor, _PLACES)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


_PLACES = 6


@cache
def labels(scheme_name: str) -> dict[str, Concept]:
    """The concepts of a scheme by notation."""
    return {c.notation: c for c in scheme(scheme_name)}
