"""How IRIs are shortened, and in which order things are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.vocab import CONCEPT, PREFIXES, QUERIES_IRI, SCHEMES, SH

# Ours first, then the concept schemes, then by name. The schemes: `level:county` reads better than the whole IRI, and
# `concept:level/county` is no prefixed name in Turtle.
ALL_PREFIXES: dict[str, str] = {
    "plan": PREFIXES["plan"],
    **{scheme: f"{CONCEPT}{scheme}/" for scheme in sorted(SCHEMES)},
    **PREFIXES,
}
# Of what we publish besides the graph.
_KNOWN = {**ALL_PREFIXES, "sh": SH, "query": f"{QUERIES_IRI}#"}
_BY_NAMESPACE = {namespace: prefix for prefix, namespace in _KNOWN.items()}

# A subset of PN_LOCAL (Turtle 1.1, section 6.5) that needs no escapes and that nobody reads otherwise.
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
# References that RFC 3986, section 5.2 resolves by putting them behind a base that ends with a slash: no scheme, no
# dot segments, no query.
_REFERENCE = re.compile(
    r"(?![.]{1,2}(?:/|\Z))[A-Za-z0-9_~-][A-Za-z0-9_.~-]*(?:/(?![.]{1,2}(?:/|\Z))[A-Za-z0-9_.~-]+)*\Z"
)
_DIGITS = re.compile(r"(\d+)")
_FIRST = ("plan", "document", "agency", "region")


@lru_cache(maxsize=65536)
def prefixed(iri: str) -> str | None:
    """The prefixed name of an IRI (given without angle brackets), where it has one.

    >>> prefixed("https://w3id.org/plankg/concept/level/county"), prefixed("https://example.org/")
    ('level:county', None)
    """
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _BY_NAMESPACE.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix and _LOCAL.match(iri[cut:]) else None


def relative(iri: str, base: str) -> str | None:
    """The reference that means an IRI under the base, where one can be had that every parser resolves alike.

    >>> relative("https://w3id.org/plankg/id/plan/x/2-3-9", "https://w3id.org/plankg/id/")
    'plan/x/2-3-9'
    """
    rest = iri.removeprefix(base)
    return rest if rest != iri and base.endswith("/") and _REFERENCE.match(rest) else None


def used_prefixes(names: Iterable[str]) -> dict[str, str]:
    """The prefixes, in their order, that stand in these prefixed names."""
    used = {name.partition(":")[0] for name in names}
    return {prefix: namespace for prefix, namespace in _KNOWN.items() if prefix in used}


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts 2-9 before 2-10.

    >>> sorted(["2-10", "2-9", "2"], key=natural)
    ['2', '2-9', '2-10']
    """
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in _DIGITS.split(text) if p)


def reading_order(base: str):
    """A key that sorts subjects (as terms): plans first, each with its provisions in the order of their numbers.

    >>> base = "https://w3id.org/plankg/id/"
    >>> subjects = [f"<{base}{part}>" for part in ("source/8d/1-2", "plan/x/2", "plan/x/1/target/1", "plan/x", "plan/x/1")]
    >>> [subject[len(base) + 1 : -1] for subject in sorted(subjects, key=reading_order(base))]
    ['plan/x', 'plan/x/1', 'plan/x/1/target/1', 'plan/x/2', 'source/8d/1-2']
    """

    def key(subject: str):
        iri = subject[1:-1]
        parts = iri.removeprefix(base).split("/") if iri.startswith(base) else []
        rank = len(_FIRST) + 1 if not parts else _FIRST.index(parts[0]) if parts[0] in _FIRST else len(_FIRST)
        return rank, tuple(natural(part) for part in parts), iri

    return key
