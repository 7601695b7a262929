"""Bodies that plans of one area name differently (水务局 and 水利局): one name, whichever plan came first.

A plan's own statements do not depend on what else the store holds, except here and in `linking`. Where another plan's
name is the body's, the plan's graph has that as `skos:prefLabel`, and its own as `skos:altLabel` and
`plan:otherFullName`, so that all can be undone when the other plan is withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from kg import vocab

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store.graphs import Change

_PREF = f"<{vocab.SKOS_PREF_LABEL}>".encode()
_ALT = f"<{vocab.SKOS_ALT_LABEL}>".encode()
_OTHER = f"<{vocab.plan('otherFullName')}>".encode()
_SUBJECT = f"<{vocab.RDF_SUBJECT}>".encode()
_PREDICATE = f"<{vocab.RDF_PREDICATE}>".encode()
_OBJECT = f"<{vocab.RDF_OBJECT}>".encode()
_CHINESE = b"@zh"
_PLAN = re.compile(r"/plan/(?P<area>[^/-]*)-(?P<year>\d{4})-")

Names = dict[bytes, bytes]  # of bodies, as terms of N-Triples


class Naming:
    """Which of the names that plans give a body is its name.

    A name that a plan's words give goes before one that follows from a reform; then one of a plan of the body's own area,
    then that of the latest plan; among the rest the first in the order of the alphabet.
    """

    def __init__(self, given: Mapping[str, Names], says: Callable[[str, bytes], bool]) -> None:
        """`given`: the bodies that each plan names. `says(plan, body)`: whether the plan's words name it."""
        names: dict[bytes, dict[bytes, list[str]]] = {}
        for plan, bodies in given.items():
            for body, name in bodies.items():
                names.setdefault(body, {}).setdefault(name, []).append(plan)
        self._chosen = {
            body: min(several, key=lambda name: min(_rank(plan, body, name, says) for plan in several[name]))
            for body, several in names.items()
            if len(several) > 1
        }

    def others(self, own: Names) -> Names:
        """The bodies among those of a plan that go by another name than the plan's, with that name."""
        return {body: self._chosen[body] for body, name in own.items() if self._chosen.get(body, name) != name}

    def apply(self, lines: bytes, base: str) -> bytes:
        """A plan's statements (N-Triples) with the names that the bodies go by."""
        own = names_in(lines, base)
        others = self.others(own)
        if not others:
            return lines
        was, is_now = _statements(lines, {body: own[body] for body in others}), _statements(lines, others)
        rest = []
        for line in lines.splitlines():
            subject, predicate, value = line[:-2].split(b" ", 2)
            if predicate == _PREF and subject in others and value == own[subject]:
                rest += [b"%s %s %s ." % (subject, name, value) for name in (_ALT, _OTHER)]
                rest.append(b"%s %s %s ." % (subject, _PREF, others[subject]))
            elif predicate == _PREDICATE and value == _PREF and subject in was:
                rest.append(b"%s %s %s ." % (subject, predicate, _ALT))
            elif predicate == _PREDICATE and value == _ALT and subject in is_now:
                rest.append(b"%s %s %s ." % (subject, predicate, _PREF))
            elif not (predicate == _ALT and others.get(subject) == value):  # a form that is the name now
                rest.append(line)
        return b"".join(line + b"\n" for line in rest)


def unname(lines: bytes) -> bytes:
    """A plan's statements with the names that its own words give."""
    own = dict(_said(lines, _OTHER))
    if not own:
        return lines
    others = {body: name for body, name in _said(lines, _PREF) if body in own and name.endswith(_CHINESE)}
    was, is_now = _statements(lines, own), _statements(lines, others)
    rest = []
    for line in lines.splitlines():
        subject, predicate, value = line[:-2].split(b" ", 2)
        if subject in own and predicate in (_PREF, _OTHER) and value in (own[subject], others.get(subject)):
            continue
        if predicate == _ALT and own.get(subject) == value:
            line = b"%s %s %s ." % (subject, _PREF, value)
        elif predicate == _PREDICATE and value == _ALT and subject in was:
            line = b"%s %s %s ." % (subject, predicate, _PREF)
        elif predicate == _PREDICATE and value == _PREF and subject in is_now:
            line = b"%s %s %s ." % (subject, predicate, _ALT)
        rest.append(line)
    of = dict(_said(lines, _SUBJECT))
    forms = sorted({of[node] for node in is_now})
    rest += [b"%s %s %s ." % (body, _ALT, others[body]) for body in forms]
    return b"".join(line + b"\n" for line in rest)


def names_in(lines: bytes, base: str) -> Names:
    """The bodies that a plan's statements name, with the full names that its words give."""
    head = f"<{base}agency/".encode()
    found = {
        subject: value
        for subject, value in _said(lines, _PREF)
        if subject.startswith(head) and value.endswith(_CHINESE)
    }
    return found | dict(_said(lines, _OTHER))


def names_in_store(working: ox.Store, base: str, graphs: Iterable[str]) -> tuple[dict[str, Names], dict[str, Names]]:
    """By graph the names that the plans' words give, and of the bodies with another name the one that they go by."""
    import pyoxigraph as ox

    wanted, head = set(graphs), f"{base}agency/"
    found: dict[str, Names] = {graph: {} for graph in wanted}
    replaced: dict[str, Names] = {graph: {} for graph in wanted}
    for quad in working.quads_for_pattern(None, ox.NamedNode(vocab.SKOS_PREF_LABEL), None, None):
        graph, subject = quad.graph_name, quad.subject
        if not (isinstance(graph, ox.NamedNode) and graph.value in wanted and isinstance(subject, ox.NamedNode)):
            continue
        if subject.value.startswith(head) and isinstance(quad.object, ox.Literal) and quad.object.language == "zh":
            found[graph.value][str(subject).encode()] = str(quad.object).encode()
    for quad in working.quads_for_pattern(None, ox.NamedNode(vocab.plan("otherFullName")), None, None):
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode) and graph.value in wanted:
            body = str(quad.subject).encode()
            replaced[graph.value][body] = found[graph.value].get(body, b"")
            found[graph.value][body] = str(quad.object).encode()
    return found, replaced


def says_in_store(working: ox.Store, graph: str, body: bytes) -> bool:
    """Whether the words of the plan with this graph name a body."""
    import pyoxigraph as ox

    node = ox.NamedNode(body.decode()[1:-1])
    return any(working.quads_for_pattern(None, ox.NamedNode(vocab.RDF_SUBJECT), node, ox.NamedNode(graph)))


def says_in(lines: bytes, body: bytes) -> bool:
    """The same of a plan that is on its way to the store."""
    return b"> %s %s ." % (_SUBJECT, body) in lines


def rename(
    working: ox.Store, naming: Naming, base: str, given: Mapping[str, Names], replaced: Mapping[str, Names]
) -> list[Change]:
    """Bring the graphs of plans up to date with the names that there are now; how they changed."""
    import pyoxigraph as ox

    from kg.store.graphs import replace_lines

    changes = []
    for graph in sorted(given):
        if naming.others(given[graph]) == replaced[graph]:
            continue
        old = working.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph))
        changes.append(replace_lines(working, graph, naming.apply(unname(old), base)))
    return changes


def _rank(plan: str, body: bytes, name: bytes, says: Callable[[str, bytes], bool]) -> tuple[bool, bool, int, bytes]:
    match = _PLAN.search(plan)
    area, year = (match["area"], int(match["year"])) if match else ("", 0)
    own = bool(area) and f"/agency/{area}/".encode() in body
    return not says(plan, body), not own, -year, name


def _statements(lines: bytes, names: Names) -> frozenset[bytes]:
    """The statements about statements that give these bodies these names."""
    of = dict(_said(lines, _OBJECT))
    return frozenset(node for node, body in _said(lines, _SUBJECT) if body in names and of.get(node) == names[body])


def _said(lines: bytes, predicate: bytes) -> list[tuple[bytes, bytes]]:
    """Subject and value of each statement with a property; looking for it alone spares looking at each line."""
    found, mark = [], b"> %s " % predicate
    at = lines.find(mark)
    while at >= 0:
        start, end = lines.rfind(b"\n", 0, at) + 1, lines.find(b"\n", at)
        value = lines[at + len(mark) : end if end >= 0 else len(lines)]
        found.append((lines[start : at + 1], value.removesuffix(b" .")))
        at = lines.find(mark, at + 1)
    return found
