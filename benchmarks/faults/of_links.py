"""Faults of the graph in passages, links, terms and answers of persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zlib import crc32

from benchmarks.faults.ground import HOME, Ground, term
from benchmarks.faults.model import Claim, Fact, Planting, mutation
from benchmarks.faults.of_data import (
    Explained,
    literal,
    nodes,
    nothing,
    of_leads,
    of_region,
    of_text,
    owner,
    shifted,
    touched,
)
from kg import vocab

# ---------------------------------------------------------------- passages


def _passages(ground: Ground) -> Iterator[tuple[str, str]]:
    for node in ground.all("Passage"):
        yield node, ground.called(node)


def _quoting(ground: Ground, passage: str) -> tuple[Claim, ...]:
    """Who quotes from a passage may lose its quotation."""
    users = {f.subject for f in ground.statements if f.object == passage and f.predicate == term("evidence")}
    return tuple(claim for user in users for claim in of_text(ground.called(user)))


def _passage_part(rule: str, title: str, predicate: str, change: Callable[[str], str | None], *also: str) -> None:
    @mutation(title, rule)
    def places(ground: Ground) -> Iterator[Planting]:
        used = {f.object for f in ground.statements if f.predicate in (term("evidence"), term("basisEvidence"))}
        for node, name in _passages(ground):
            fact = ground.about(node, predicate)[0]
            value = change(fact.object)
            if node in used:
                yield Planting(
                    (Claim(rule, name),),
                    gone=frozenset({fact}),
                    new=frozenset({Fact(node, fact.predicate, value)} if value else ()),
                    explains=(*_quoting(ground, node), *(Claim(r, name) for r in also)),
                    zone=frozenset(
                        {name, *(owner(ground.called(f.subject)) for f in ground.statements if f.object == node)}
                    ),
                )


def _one_on(value: str) -> str:
    return literal(int(value.split('"')[1]) + 1, vocab.XSD_INTEGER)


def _none(_value: str) -> None:
    return None


_passage_part("passage-start", "passage without start", vocab.OA_START, _none, "evidence-verifies")
_passage_part("passage-end", "passage without end", vocab.OA_END, _none, "evidence-verifies", "passage-start")
_passage_part("passage-exact", "passage without text", vocab.OA_EXACT, _none, "evidence-verifies")
_passage_part("passage-source", "passage without file", vocab.PROV_WAS_QUOTED_FROM, _none, "evidence-verifies")
_passage_part("passage-start", "passage that starts below zero", vocab.OA_START, lambda _: literal(-1, vocab.XSD_INTEGER), "evidence-verifies")  # fmt: skip
_passage_part("evidence-verifies", "passage that ends one too late", vocab.OA_END, _one_on)
_passage_part("evidence-verifies", "passage with another text", vocab.OA_EXACT, lambda v: v[:-1] + '云云"')


# ---------------------------------------------------------------- links and terms


def _linked(rule: str, title: str, classes: tuple[str, ...], predicate: str, wrong: Callable[[Ground], str], explained: Explained = nothing, *, replace: bool = False) -> None:  # fmt: skip
    """Register: a link to a thing of another kind; the finding is about that thing."""

    @mutation(title, rule)
    def places(ground: Ground) -> Iterator[Planting]:
        node_of_wrong = wrong(ground)
        for node in nodes(ground, *classes):
            here = ground.about(node, predicate)
            if here and node_of_wrong:
                name, thing = ground.called(node), ground.called(node_of_wrong)
                yield Planting(
                    (Claim(rule, thing),),
                    gone=frozenset(here if replace else ()),
                    new=frozenset({Fact(node, here[0].predicate, node_of_wrong)}),
                    # What stands there is taken for a member of the class, and has none of its properties.
                    explains=(*explained(name), Claim("*", thing), Claim("domains-and-ranges", "*")),
                    hides=tuple(explained(name)),
                    zone=frozenset({thing}) | touched(name, predicate),
                )


def _citation(ground: Ground) -> str:
    return next(iter(ground.all("Citation")), "")


_linked("agency-link", "a document among the candidates", ("Responsibility",), "agency", _citation, lambda n: (*of_leads(n), Claim("responsibility-one-agency", n)), replace=True)  # fmt: skip
_linked("plan-link", "in something that is no plan", ("Citation",), "inPlan", lambda g: next(iter(g.all("Responsibility")), ""), replace=True)  # fmt: skip
_linked("action-link", "in something that is no action", ("Task",), "inAction", _citation)
_linked("section-link", "in something that is no section", ("Action",), "inSection", _citation)
_linked("target-link", "a target of something that has none", ("Target",), "targetOf", _citation, lambda n: shifted(n, "target-owner"), replace=True)  # fmt: skip


@mutation("a body as region", "plan-region")
def _body_as_region(ground: Ground) -> Iterator[Planting]:
    """The plan is said to be for a body."""
    plan, body = ground.node(""), next(iter(ground.all("Agency")), "")
    here = frozenset(ground.about(plan, "region"))
    if here and body:
        new = frozenset({Fact(plan, term("region"), body)})
        explains = (Claim("agency-link", ground.called(body)), *of_region(""))
        yield Planting((Claim("plan-region", ""),), (), here, new, explains, of_region(""), frozenset({"plan region"}))


@mutation("a concept that there is not", "concept-link")
def _no_concept(ground: Ground) -> Iterator[Planting]:
    """A campaign that no list of campaigns has."""
    for provision in ground.of_kind("Task"):
        made = f"initiative/none-{provision.key}"
        new = frozenset({Fact(ground.node(provision.key), term("mentionsInitiative"), f"<{HOME}{made}>")})
        yield Planting((Claim("concept-link", made),), new=new, zone=frozenset({provision.key}))


_linked("concept-link", "a body among the campaigns", ("Task",), "mentionsInitiative", lambda g: next(iter(g.all("Agency")), ""))  # fmt: skip
_linked("concept-link", "a provision as unit", ("Target",), "unit", lambda g: next(iter(g.all("Task")), ""))


@mutation("a misspelt property", "known-terms")
def _misspelt(ground: Ground) -> Iterator[Planting]:
    """A term that the ontology does not have."""
    for provision in ground.of_kind("Task"):
        node = ground.node(provision.key)
        made = f"<{vocab.PLAN}leadAgent{crc32((ground.name + provision.key).encode())}>"
        new = frozenset({Fact(node, made, literal("区科协"))})
        yield Planting((Claim("known-terms", provision.key),), new=new, zone=frozenset({provision.key}))


@mutation("a node without name", "no-blank-nodes")
def _blank(ground: Ground) -> Iterator[Planting]:
    """A statement about a blank node."""
    for node in ground.all("Target"):
        name = ground.called(node)
        new = frozenset({Fact(node, term("restates"), "_:target")})
        explains = (Claim("domains-and-ranges", name),)
        hides = shifted(name, "target-milestones", "target-contradicts")  # what restates another is compared no more
        yield Planting(
            (Claim("no-blank-nodes", name),), (), new=new, explains=explains, hides=hides, zone=touched(name, "")
        )


# ---------------------------------------------------------------- answers of persons


def _correction(rule: str, title: str, left_out: str) -> None:
    @mutation(title, rule)
    def places(ground: Ground) -> Iterator[Planting]:
        for provision in ground.of_kind("Task"):
            name = f"correction/{crc32(provision.key.encode()):08x}"
            node, person = ground.node(name), f"<{HOME}person/1a2b3c4d>"
            said = {
                vocab.RDF_TYPE: term("Correction"),
                "inPlan": ground.node(""),
                "about": ground.node(provision.key),
                "verdict": term("Confirmed"),
                vocab.PROV_WAS_ATTRIBUTED_TO: person,
                vocab.PROV_GENERATED_AT_TIME: literal("2026-03-02T00:00:00", vocab.XSD_DATE_TIME),
            }
            new = {Fact(node, term(p), value) for p, value in said.items() if p != left_out}
            new.add(Fact(person, term(vocab.RDF_TYPE), term(vocab.PROV_PERSON)))
            new.add(Fact(person, term(vocab.FOAF_NAME), literal("核对员")))
            yield Planting((Claim(rule, name),), new=frozenset(new), zone=frozenset({name, provision.key}))


_correction("correction-verdict", "an answer without verdict", "verdict")
_correction("correction-who", "an answer without author", vocab.PROV_WAS_ATTRIBUTED_TO)
_correction("correction-when", "an answer without date", vocab.PROV_GENERATED_AT_TIME)
