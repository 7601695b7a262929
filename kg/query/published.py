"""The saved questions as RDF: SHACL's SPARQL executables with their parameters."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg import vocab
from kg.errors import QueryError
from kg.query.saved import Parameter, SavedQuery
from kg.query.tokens import tokenise
from kg.query.values import serialise

Fact = tuple[str, str, str]
_ONTOLOGY = f"<{vocab.QUERIES_IRI}>"


def publish(queries: Mapping[str, SavedQuery]) -> set[Fact]:
    """The questions as triples (terms in N-Triples form), without blank nodes.

    Each is a `sh:SPARQLSelectExecutable` (SHACL, section 5.2; SHACL Advanced Features, section 5.2): its text in `sh:select`,
    its prefixes declared once for all in `sh:prefixes`; each parameter a `sh:Parameter`, and as SHACL demands
    the local name of its `sh:path` is the variable that it stands for (`__plan_iri`). Labels, descriptions and limits are in
    Chinese and English. Raises `QueryError` where two questions mean different namespaces by one prefix.

    >>> from kg.query import load_queries
    >>> facts = publish(load_queries())
    >>> ("<https://w3id.org/plankg/queries#targets>", f"<{vocab.RDF_TYPE}>", f"<{vocab.SH}SPARQLSelectExecutable>") in facts
    True
    """
    facts: set[Fact] = {
        (_ONTOLOGY, _a(vocab.RDF_TYPE), _a(vocab.OWL + "Ontology")),
        (_ONTOLOGY, _a(vocab.RDFS_LABEL), _text("plankg 保存的查询", "zh")),
        (_ONTOLOGY, _a(vocab.RDFS_LABEL), _text("Saved questions of plankg", "en")),
    }
    declared: dict[str, tuple[str, str]] = {}
    for query in queries.values():
        prefixes, body = split_prefixes(query.text)
        for prefix, namespace in prefixes.items():
            owner, known = declared.setdefault(prefix, (query.path, namespace))
            if known != namespace:
                raise QueryError(f"the prefix {prefix}: is {namespace} here, and {known} in {owner}", where=query.path)
        facts |= _query(query, body)
    for prefix, (_, namespace) in declared.items():
        node = f"<{vocab.QUERIES_IRI}#prefix-{prefix}>"
        facts |= {
            (_ONTOLOGY, _sh("declare"), node),
            (node, _a(vocab.RDF_TYPE), _sh("PrefixDeclaration")),
            (node, _sh("prefix"), _text(prefix)),
            (node, _sh("namespace"), _typed(namespace, vocab.XSD + "anyURI")),
        }
    return facts


def split_prefixes(text: str) -> tuple[dict[str, str], str]:
    """The prefixes that a query declares, and the query below its header and them.

    >>> split_prefixes("#+ summary: x\\nPREFIX a: <urn:a:>\\n\\nASK { ?s a:b 1 }\\n")
    ({'a': 'urn:a:'}, 'ASK { ?s a:b 1 }\\n')
    """
    tokens = [t for t in tokenise(text) if t.kind not in ("space", "comment")]
    prefixes: dict[str, str] = {}
    n = 0
    while n + 2 < len(tokens) and tokens[n].text.upper() == "PREFIX":
        prefixes[tokens[n + 1].text.rstrip(":")] = tokens[n + 2].text[1:-1]
        n += 3
    return prefixes, text[tokens[n].start :] if n < len(tokens) else ""


def _query(query: SavedQuery, body: str) -> set[Fact]:
    node = f"<{vocab.QUERIES_IRI}#{query.name}>"
    facts = {
        *((node, _a(vocab.RDF_TYPE), _sh(kind)) for kind in ("SPARQLExecutable", "SPARQLSelectExecutable")),
        (node, _a(vocab.RDF_TYPE), _sh("Parameterizable")),
        (node, _a(vocab.RDFS_IS_DEFINED_BY), _ONTOLOGY),
        (node, _a(vocab.DCTERMS + "identifier"), _text(query.name)),
        (node, _a(vocab.OWL_VERSION_INFO), _text(query.version)),
        (node, _sh("prefixes"), _ONTOLOGY),
        (node, _sh("select"), _text(body)),
        *((node, _a(vocab.SCHEMA + "keywords"), _text(word)) for word in (*query.tags, *query.answers)),
    }
    for predicate, texts in (
        (vocab.RDFS_LABEL, query.summary),
        (vocab.RDFS_COMMENT, query.description),
        (vocab.SKOS + "scopeNote", query.limits),
    ):
        facts |= {(node, _a(predicate), _text(text, lang)) for lang, text in texts.items()}
    for order, parameter in enumerate(query.parameters, 1):
        facts |= _parameter(node, query.name, parameter, order)
    return facts


def _parameter(query: str, name: str, p: Parameter, order: int) -> set[Fact]:
    node, path = f"<{vocab.QUERIES_IRI}#{name}.{p.name}>", f"<{vocab.QUERIES_IRI}#{p.variable}>"
    datatype = {"literal": vocab.XSD_STRING, "integer": vocab.XSD_INTEGER, "language": vocab.RDF_LANG_STRING}
    facts = {
        (query, _sh("parameter"), node),
        (node, _a(vocab.RDF_TYPE), _sh("Parameter")),
        (path, _a(vocab.RDF_TYPE), _a(vocab.RDF + "Property")),
        (node, _sh("path"), path),
        (node, _sh("name"), _text(p.name)),
        (node, _sh("order"), _typed(str(order), vocab.XSD_INTEGER)),
        (node, _sh("nodeKind"), _sh("IRI" if p.kind == "iri" else "Literal")),
        *((node, _sh("description"), _text(text, lang)) for lang, text in p.description.items()),
    }
    if not p.required:
        facts.add((node, _sh("optional"), _typed("true", vocab.XSD_BOOLEAN)))
    if p.target:
        facts.add((node, _sh("class"), _a(p.target)))
    if kind := p.detail if p.kind == "datatype" else datatype.get(p.kind):
        facts.add((node, _sh("datatype"), _a(kind)))
    if p.pattern:
        facts.add((node, _sh("pattern"), _text(f"^(?:{p.pattern})$")))
    for predicate, bound in (("minInclusive", p.minimum), ("maxInclusive", p.maximum)):
        if bound is not None:
            facts.add((node, _sh(predicate), _typed(bound, kind or vocab.XSD_DECIMAL)))
    if p.default is not None and not (p.kind == "iri" and p.target):
        facts.add((node, _sh("defaultValue"), serialise(p, p.default)))
    if p.example is not None:
        facts.add((node, _a(vocab.SKOS + "example"), _text(p.example)))
    cell = f"<{vocab.QUERIES_IRI}#{name}.{p.name}.%d>"
    for place, word in enumerate(p.enumerate, 1):
        facts |= {
            (cell % place, _a(vocab.RDF + "first"), serialise(p, word)),
            (
                cell % place,
                _a(vocab.RDF + "rest"),
                cell % (place + 1) if place < len(p.enumerate) else _a(vocab.RDF + "nil"),
            ),
        }
    if p.enumerate:
        facts.add((node, _sh("in"), cell % 1))
    return facts


def _a(iri: str) -> str:
    return f"<{iri}>"


def _sh(name: str) -> str:
    return f"<{vocab.SH}{name}>"


def _text(text: str, lang: str | None = None) -> str:
    return str(ox.Literal(text, language=lang) if lang else ox.Literal(text))


def _typed(text: str, datatype: str) -> str:
    return str(ox.Literal(text, datatype=ox.NamedNode(datatype)))
