"""What IRIs are made of; the layout is that of the ontology's README."""

from __future__ import annotations

import hashlib
import unicodedata

from kg import vocab
from kg.graph.terms import value_of
from kg.model import PlanRecord, Region


def squeeze(text: str) -> str:
    """A text in NFKC and without white space: how words are compared.

    >>> squeeze("科普 （一）")
    '科普(一)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def identity_hash(text: str, length: int = 8) -> str:
    """The first hexadecimal digits of a text's SHA-256 after NFKC and without white space.

    >>> identity_hash("科普（一）") == identity_hash("科普 (一)")
    True
    """
    return hashlib.sha256(squeeze(text).encode("utf-8")).hexdigest()[:length]


def plan_id(record: PlanRecord, region: Region | None) -> str:
    """The last part of a plan's IRI: area, year, and a hash of what identifies it whatever the file is called."""
    title = record.title.value
    if record.document_number:
        identity = record.document_number.value + title
    elif record.index_number:
        identity = record.index_number.value + title
    else:
        identity = (
            title
            + "".join(i.value for i in record.issuers)
            + (record.issued.value.isoformat() if record.issued else "")
        )
    year = record.period.value[0] if record.period else record.issued.value.year if record.issued else "undated"
    return f"{region.code if region else 'unknown'}-{year}-{identity_hash(identity)}"


def document_iri(base: str, key: str) -> str:
    """The IRI of the document that `kg.resolve` gives this key."""
    return f"{base}document/{identity_hash(key)}"


def correspondence_iri(one: str, other: str) -> str:
    """The IRI of the correspondence of two tasks, whichever is named first.

    >>> a, b = "https://w3id.org/plankg/id/plan/a-2021-1/1", "https://w3id.org/plankg/id/plan/b-2021-2/7"
    >>> correspondence_iri(a, b) == correspondence_iri(b, a)
    True
    >>> correspondence_iri(a, b)
    'https://w3id.org/plankg/id/correspondence/f37c3125d6db'
    """
    base = one.rpartition("/plan/")[0]
    return f"{base}/correspondence/{hashlib.sha256(' '.join(sorted((one, other))).encode()).hexdigest()[:12]}"


def statement_name(predicate: str, value: str, *, many: bool) -> str:
    """The last part of the name of a statement: its property and, where there can be several, its value.

    >>> statement_name(vocab.plan("crowdGroup"), f"<{vocab.concept('crowd-group', 'farmers')}>", many=True)
    'crowdGroup/farmers'
    """
    prop = predicate[max(predicate.rfind("#"), predicate.rfind("/")) + 1 :]
    if not many:
        return prop
    said = value_of(value)
    known = value.startswith(f"<{vocab.CONCEPT}")
    return f"{prop}/{said.rpartition('/')[2] if known else identity_hash(said)}"
