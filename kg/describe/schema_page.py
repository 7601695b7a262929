"""The schema as a Markdown page that is read at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg import vocab
from kg.describe.lookup import prefixed

if TYPE_CHECKING:
    from kg.describe.schema import ClassUse, Schema, SchemeUse

_USED = ("plan", "concept", "dcterms", "oa", "org", "prov", "rdfs", "skos", "xsd")


def schema_in_markdown(page: Schema, shown: int) -> str:
    """The page: prefixes, graphs, classes with their properties, schemes (so many concepts of each), example queries."""
    return "\n".join([*_head(page), *_classes(page), *_schemes(page, shown), *_examples(page)]) + "\n"


def _head(page: Schema) -> Iterator[str]:
    yield f"# The graph at hand: {page.triples} {'triple' if page.triples == 1 else 'triples'}"
    yield ""
    yield f"Instances are below `{page.base}`. Queries see the default graph, which holds everything, each triple once."
    yield "Chinese text carries the tag `zh`; IDs, numbers as printed and quotes are plain literals. Compare dates only by the `…Date` properties."
    yield ""
    yield "Prefixes: " + ", ".join(f"`{prefix}: <{vocab.PREFIXES[prefix]}>`" for prefix in _USED) + "."
    yield ""
    yield "## Named graphs"
    for graph in page.graphs:
        yield f"- `{graph.iri}` {graph.count}: {graph.what}"
    yield ""


def _classes(page: Schema) -> Iterator[str]:
    from kg.describe.schema import EVERYWHERE

    yield "## Classes and properties"
    yield "`property` number of triples → range, e.g. a value. On most things besides:"
    for iri, what in EVERYWHERE.items():
        yield f"- `{prefixed(iri)}`: {what}"
    yield ""
    plain = [c for c in page.classes if c.properties]
    for cls in plain:
        yield f"### `{prefixed(cls.iri)}` {cls.count} · {cls.zh} · {cls.en}{_within(cls)}"
        for use in cls.properties:
            yield f"- `{prefixed(use.iri)}` {use.count} → {', '.join(use.ranges)}, e.g. `{use.example}`"
    yield ""
    yield "### Other superclasses, and concepts"
    yield "Concepts have `skos:prefLabel` (zh, en), `skos:notation`, `skos:altLabel`, `skos:definition`, `skos:inScheme`."
    for cls in page.classes:
        if not cls.properties:
            yield f"- `{prefixed(cls.iri)}` {cls.count} · {cls.zh} · {cls.en}{_within(cls)}"
    yield ""


def _within(cls: ClassUse) -> str:
    return f" ⊑ {', '.join(f'`{name}`' for name in cls.within)}" if cls.within else ""


def _schemes(page: Schema, shown: int) -> Iterator[str]:
    yield "## Concept schemes"
    yield "Concepts that the plans use, most used first: last part of the IRI, notation where it differs, label."
    for scheme in page.schemes:
        yield f"- `<{scheme.iri}>` {scheme.zh}, {scheme.used} of {scheme.total}: {_concepts(scheme, shown)}"
    yield ""


def _concepts(scheme: SchemeUse, shown: int) -> str:
    words = []
    for concept in scheme.concepts[:shown]:
        slug = prefixed(concept.iri) if concept.iri.startswith(vocab.PLAN) else concept.iri.rsplit("/", 1)[-1]
        notation = f" “{concept.notation}”" if concept.notation not in (slug, concept.zh, "") else ""
        words.append(f"{slug}{notation} {concept.zh} ({concept.count})")
    if scheme.used > shown:
        words.append(f"and {scheme.used - shown} more")
    return ", ".join(words) or "none"


def _examples(page: Schema) -> Iterator[str]:
    yield "## Example queries"
    for example in page.examples:
        yield f"{example.zh} {example.en}"
        yield "```sparql"
        yield example.sparql
        yield "```"
