"""What identifies a finding from one run to the next, so that an edit elsewhere in the plan does not make it another.

Plans, provisions, agencies and concepts keep their IRIs. What is only numbered in the order of the text (responsibilities,
targets, citations, findings) is known by what it belongs to and by its words; a passage by its words alone. The same words
twice are told apart by their order. A figure's words count without its numbers: who mends a number has the same target still.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from typing import Any

from rdflib import RDF, BNode, Literal, URIRef

from kg.validate.data import Data
from kg.validate.namespaces import OA, PLAN, PROV

_NUMBERED = re.compile(r"(.+/[A-Za-z]+)/([0-9]+)\Z")
_PASSAGE = re.compile(r"(.+/source/[0-9a-f]+)/[0-9]+-[0-9]+\Z")
_HERE = "~"  # in place of the plan's own IRI


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits for some texts.

    >>> digest("task-lead", "~/2-3-9", "", "")
    '486ec36a0cad'
    """
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def worded(text: str, *, numbers: bool = True) -> str:
    """Words as they are compared: NFKC, letters and digits alone; `numbers=False`: without Arabic numerals.

    >>> worded("比例力争达到 17.5%。", numbers=False) == worded("比例力争达到18%", numbers=False)
    True
    """
    kept = (c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
    return "".join(c for c in kept if numbers or not c.isdecimal())


class Anchors:
    """Names for the nodes of one data graph that last longer than their IRIs; keeps what it has looked up."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self._rows: dict[str, dict[Any, str]] = {}
        self._exact: dict[str, dict[Any, int]] = {}

    def key(self, rule: str, focus: Any, path: str, value: Any, plans: tuple[Any, ...]) -> str:
        """What identifies a finding within its plan."""
        parts = [rule, self.of(focus), path, "" if value is None or value == focus else self.of(value)]
        if len(plans) == 1:
            plan = str(plans[0])
            parts = [
                _HERE + part[len(plan) :] if part == plan or part.startswith((plan + "/", plan + "#")) else part
                for part in parts
            ]
        return digest(*parts)

    def of(self, node: Any) -> str:
        """The lasting name of a node."""
        if isinstance(node, Literal):
            return node.n3()
        if isinstance(node, BNode):
            return f"_:{node}"  # nothing lasts about it
        iri = str(node)
        passage = _PASSAGE.match(iri)
        if passage:
            return self._passage(node, passage[1])
        if self.data.has(node, RDF.type, PLAN.SourceFile):
            return f"{self._plan_of(node)}#source"
        found = _NUMBERED.match(iri)
        if found and self.data.has(node, RDF.type):
            row = self._row(found[1])
            if node in row:
                return row[node]
        return iri

    def _row(self, prefix: str) -> dict[Any, str]:
        """The lasting names of all that is numbered under one prefix."""
        if prefix not in self._rows:
            names: dict[Any, str] = {}
            times: dict[str, int] = defaultdict(int)
            number = 1
            while self.data.has(URIRef(f"{prefix}/{number}"), RDF.type):
                node = URIRef(f"{prefix}/{number}")
                name = f"{prefix}#{self._words(node)}"
                times[name] += 1
                names[node] = name if times[name] == 1 else f"{name}-{times[name]}"
                number += 1
            self._rows[prefix] = names
        return self._rows[prefix]

    def _words(self, node: Any) -> str:
        data = self.data
        code = data.value(node, PLAN.code)
        if code is not None:  # a finding of the readers
            about = data.value(node, PLAN.about)
            return digest(str(code), "" if about is None or about == node else self.of(about))
        for predicate, numbers in (
            (PLAN.agencyText, True), (PLAN.indicator, True), (PLAN.quote, False), (PLAN.citedTitle, True),
            (PLAN.citedNumber, True),
        ):  # fmt: skip
            values = sorted(str(value) for value in data.objects(node, predicate))
            if values:
                return digest(*(v if v.startswith("http") else worded(v, numbers=numbers) for v in values))
        return ""

    def _passage(self, node: Any, named_by: str) -> str:
        data, stated = self.data, self.data.value(node, PROV.wasQuotedFrom)
        source = str(stated) if isinstance(stated, URIRef) else named_by  # a text is no source
        if source not in self._exact:
            # By words and place: the n-th passage of a source with the same words.
            seen: dict[str, set[int]] = defaultdict(set)
            nodes = []
            for passage in data.subjects(PROV.wasQuotedFrom, URIRef(source)):
                words = worded(str(data.value(passage, OA.exact) or ""))
                start = data.value(passage, OA.start)
                at = start.value if isinstance(start, Literal) and isinstance(start.value, int) else 0
                seen[words].add(at)
                nodes.append((passage, words, at))
            order = {words: {at: n for n, at in enumerate(sorted(places))} for words, places in seen.items()}
            self._exact[source] = {passage: order[words][at] for passage, words, at in nodes}
        words = worded(str(data.value(node, OA.exact) or ""))
        return f"{self._plan_of(URIRef(source))}#passage-{digest(words)}-{self._exact[source].get(node, 0)}"

    def _plan_of(self, source: Any) -> str:
        return min((str(plan) for plan in self.data.subjects(PLAN.sourceFile, source)), default=str(source))
