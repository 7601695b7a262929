"""The graph of correspondences: brought up to date as a whole, closed under the ontology's own axioms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import vocab
from kg.relate.choosing import Found, choose
from kg.relate.reading import Plan, read_plans
from kg.relate.words import settings, shared_phrases
from kg.store.graphs import replace_lines

_TYPE = f"<{vocab.RDF_TYPE}>"


def relate(working: ox.Store) -> int:
    """Make the graph of correspondences, and the default graph, hold which tasks of different plans correspond.

    To be run after the entailments: the groups of people that a task inherits count. The graph is closed: it says
    `plan:correspondsTo` both ways and each inverse, so that nothing has to be inferred from it.
    Pairs that come near are noted with their score, so that "no counterpart" can say how near the nearest comes.
    Returns how many pairs of tasks correspond.
    """
    found, complete = choose(read_plans(working))
    replace_lines(working, vocab.CORRESPONDENCE_GRAPH, _write(found, complete))
    return sum(pair.score >= settings()["threshold"] for pair in found)


def _write(found: Iterable[Found], complete: Iterable[tuple[Plan, Plan]]) -> bytes:
    return "".join(sorted({f"{line} .\n" for line in (*_of_plans(complete), *_of_tasks(found))})).encode()


def _of_plans(complete: Iterable[tuple[Plan, Plan]]) -> Iterator[str]:
    for one, other in complete:
        yield f"<{one.iri}> {_term('comparedWith')} <{other.iri}>"
        yield f"<{other.iri}> {_term('comparedWith')} <{one.iri}>"


def _of_tasks(found: Iterable[Found]) -> Iterator[str]:
    corresponds, task, inverse = _term("correspondsTo"), _term("correspondingTask"), _term("correspondence")
    kind, method = _term("Correspondence"), f'{_term("method")} "{settings()["method"]}"'
    for pair in found:
        one, other = f"<{pair.one.iri}>", f"<{pair.other.iri}>"
        node = f"<{correspondence_iri(pair.one.iri, pair.other.iri)}>"
        if pair.score >= settings()["threshold"]:
            yield f"{one} {corresponds} {other}"
            yield f"{other} {corresponds} {one}"
        yield f"{node} {_TYPE} {kind}"
        yield f"{node} {method}"
        yield f'{node} {_term("score")} "{pair.score:.3f}"^^<{vocab.XSD_DECIMAL}>'
        for end in (one, other):
            yield f"{node} {task} {end}"
            yield f"{end} {inverse} {node}"
        yield from (f"{node} {said}" for said in _reasons(pair))


def _reasons(pair: Found) -> Iterator[str]:
    a, b = pair.one.content, pair.other.content
    for phrase in shared_phrases(a.text, b.text, settings()["bounds"]["phrases"]):
        yield f'{_term("sharedPhrase")} "{phrase}"'
    for subject in sorted(a.subjects & b.subjects):
        yield f'{_term("sharedSubject")} "{subject}"'
    for shared in sorted((a.people & b.people) | (a.initiatives & b.initiatives) | (a.indicators & b.indicators)):
        yield f"{_term('shares')} <{shared}>"
    for passage in (pair.one.evidence, pair.other.evidence):
        if passage:
            yield f"{_term('evidence')} <{passage}>"


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


def _term(name: str) -> str:
    return f"<{vocab.plan(name)}>"
