"""Documents that plans cite and that are plans of the store themselves: one node, whichever of them came first.

A plan's own statements do not depend on what else the store holds, except here. Where a cited document is a plan, the
citing plan's graph names the plan, and the document's own IRI keeps `dcterms:isReplacedBy` and its titles there, so
that all can be undone when the plan is withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg import vocab
from kg.graph import document_iri
from kg.resolve.documents import own_key, without_years
from kg.resolve.regions import regions

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.graphs import Change

_CITES = tuple(f"<{vocab.plan(name)}>".encode() for name in ("document", "basedOn", "implements"))
_OBJECT = f"<{vocab.RDF_OBJECT}>".encode()
_IS_DOCUMENT = f"<{vocab.RDF_TYPE}> <{vocab.plan('PolicyDocument')}>".encode()
_REPLACED = f"<{vocab.DCTERMS_IS_REPLACED_BY}>".encode()
_NUMBER = f"> <{vocab.plan('documentNumber')}> ".encode()
_YEAR = re.compile(r"/plan/[^/]*?-(\d{4})-")


@dataclass(frozen=True, slots=True)
class PlanTitle:
    """What tells which cited document a plan is."""

    plan: str  # its IRI
    title: str
    number: str | None


class Links:
    """Which documents are which plans: by number, else by area, title and years, where only one plan bears them.

    A title without years means a plan with years only in plans of that time.
    """

    def __init__(self, plans: Iterable[PlanTitle], base: str) -> None:
        self._base = f"{base}document/"
        by_key: dict[str, set[str]] = {}
        by_number: dict[str, set[str]] = {}
        self._when: dict[tuple[str, str], tuple[int, int]] = {}  # (document, plan): years of the plan
        for each in plans:
            code = each.plan.rpartition("/")[2].partition("-")[0]
            key = own_key(each.title, regions().by_code(code))
            by_key.setdefault(document_iri(base, key), set()).add(each.plan)
            bare, first, last = without_years(key)
            if bare != key:
                by_key.setdefault(document_iri(base, bare), set()).add(each.plan)
                self._when[document_iri(base, bare), each.plan] = first - 1, last + 1
            if each.number:
                by_number.setdefault(each.number, set()).add(each.plan)
                by_key.setdefault(document_iri(base, each.number), set()).add(each.plan)
        self._by_key, self._by_number = by_key, by_number

    def apply(self, lines: bytes, citing: str) -> bytes:
        """A plan's statements (N-Triples) with the plans in place of the documents that they are; `citing` is its IRI."""
        numbers = dict(_said(lines, _NUMBER))
        found: dict[bytes, bytes] = {}
        for document in sorted(_cited(lines, self._base)):
            plan = self.plan_of(document, numbers.get(document), citing)
            if plan is not None:
                found[f"<{document}>".encode()] = f"<{plan}>".encode()
        return _rewrite(lines, found) if found else lines

    def plan_of(self, document: str, number: str | None, citing: str) -> str | None:
        """The plan that a document with this number is, where a plan cites it; None where it is none, or may be several."""
        year = int(match[1]) if (match := _YEAR.search(citing)) else None

        def is_of_its_time(plan: str) -> bool:
            when = self._when.get((document, plan))
            return when is None or year is not None and when[0] <= year <= when[1]

        plans = self._by_number.get(number or "") or {
            plan for plan in self._by_key.get(document, ()) if is_of_its_time(plan)
        }
        return next(iter(plans)) if len(plans) == 1 else None


def unlink(lines: bytes, base: str) -> bytes:
    """A plan's statements as they are without any other plan."""
    back: dict[bytes, bytes] = {}
    head = f"<{base}document/".encode()
    for line in lines.splitlines():
        subject, predicate, value = line[:-2].split(b" ", 2)
        if predicate == _REPLACED and subject.startswith(head):
            back[value] = subject
    if not back:
        return lines
    rest = []
    for line in lines.splitlines():
        subject, predicate, value = line[:-2].split(b" ", 2)
        if predicate == _REPLACED and subject.startswith(head):
            line = b"%s %s ." % (subject, _IS_DOCUMENT)
        elif (predicate in _CITES or predicate == _OBJECT) and value in back:
            line = b"%s %s %s ." % (subject, predicate, back[value])
        rest.append(line)
    return b"".join(line + b"\n" for line in rest)


def relink(working: ox.Store, links: Links, base: str, graphs: Iterable[str]) -> list[Change]:
    """Bring the graphs of plans up to date with the plans that there are now; how they changed."""
    import pyoxigraph as ox

    from kg.store.graphs import replace_lines

    changes = []
    wanted, found = set(graphs), _links_in(working, base)
    for graph in sorted(wanted & found.keys()):
        head, _, tail = graph.rpartition("/graph/")
        citing = f"{head}/plan/{tail}"
        numbers = {document: _number_in(working, document, graph) for document in found[graph]}
        now = {document: links.plan_of(document, number, citing) for document, number in numbers.items()}
        if now == found[graph]:
            continue
        old = working.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        changes.append(replace_lines(working, graph, links.apply(unlink(old, base), citing)))
    return changes


def titles_in(working: ox.Store, plans: Iterable[str]) -> Iterator[PlanTitle]:
    """Titles and numbers of the plans of a store."""
    import pyoxigraph as ox

    def values(plan: str, predicate: str) -> list[str]:
        quads = working.quads_for_pattern(ox.NamedNode(plan), ox.NamedNode(predicate), None, ox.DefaultGraph())
        return sorted(q.object.value for q in quads if isinstance(q.object, ox.Literal))

    for plan in plans:
        title, number = values(plan, vocab.DCTERMS_TITLE), values(plan, vocab.plan("documentNumber"))
        if title:
            yield PlanTitle(plan, title[0], number[0] if number else None)


def title_of(plan: str, title: str, lines: bytes) -> PlanTitle:
    """The same of a plan that is on its way to the store."""
    return PlanTitle(plan, title, dict(_said(lines, _NUMBER)).get(plan))


def _cited(lines: bytes, base: str) -> set[str]:
    return {value for _, value in _said(lines, b"> %s " % _CITES[0]) if value.startswith(base)}


def _said(lines: bytes, predicate: bytes) -> Iterator[tuple[str, str]]:
    """Subject and value of each statement with a property; looking for it alone spares looking at each line."""
    at = lines.find(predicate)
    while at >= 0:
        start, end = lines.rfind(b"\n", 0, at) + 1, lines.find(b"\n", at)
        value = lines[at + len(predicate) : end if end >= 0 else len(lines)].removesuffix(b" .")
        yield lines[start + 1 : at].decode(), value[1:-1].decode()
        at = lines.find(predicate, at + 1)


def _rewrite(lines: bytes, found: dict[bytes, bytes]) -> bytes:
    rest = []
    for line in lines.splitlines():
        subject, predicate, value = line[:-2].split(b" ", 2)
        if (predicate in _CITES or predicate == _OBJECT) and value in found:
            line = b"%s %s %s ." % (subject, predicate, found[value])
        elif subject in found and line == b"%s %s ." % (subject, _IS_DOCUMENT):
            line = b"%s %s %s ." % (subject, _REPLACED, found[subject])
        rest.append(line)
    return b"".join(line + b"\n" for line in rest)


def _links_in(working: ox.Store, base: str) -> dict[str, dict[str, str | None]]:
    """By graph the documents that it names, each with the plan in its place, if there is one."""
    import pyoxigraph as ox

    found: dict[str, dict[str, str | None]] = {}
    head = f"{base}document/"
    for name in (vocab.plan("document"), vocab.DCTERMS_IS_REPLACED_BY):
        for quad in working.quads_for_pattern(None, ox.NamedNode(name), None, None):
            if not (isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)):
                continue
            documents = found.setdefault(quad.graph_name.value, {})
            if name == vocab.DCTERMS_IS_REPLACED_BY:
                if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(head):
                    documents[quad.subject.value] = quad.object.value
            elif quad.object.value.startswith(head):
                documents[quad.object.value] = None
    return found


def _number_in(working: ox.Store, document: str, graph: str) -> str | None:
    import pyoxigraph as ox

    name = ox.NamedNode(vocab.plan("documentNumber"))
    quads = working.quads_for_pattern(ox.NamedNode(document), name, None, ox.NamedNode(graph))
    return min((q.object.value for q in quads if isinstance(q.object, ox.Literal)), default=None)
