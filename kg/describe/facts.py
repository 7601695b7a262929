"""Facts of a thing made of its triples: labelled, in order, with the passages that say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import pyoxigraph as ox

from kg import vocab
from kg.describe.description import Fact, Quote, Value
from kg.describe.lookup import Lookup, prefixed
from kg.describe.passages import dated, pieces, quotes, saying
from kg.describe.sureness import answers_fact, statement_of, sureness_of
from kg.describe.words import FOREIGN, MADE, NOTES

# Left out everywhere: said better by a fact that is put together, or of use to programs only.
HIDDEN = frozenset(
    {
        vocab.RDF_TYPE,
        vocab.DCTERMS_IS_PART_OF,
        vocab.DCTERMS_HAS_PART,
        vocab.RDFS_IS_DEFINED_BY,
        vocab.SKOS_TOP_CONCEPT_OF,
    }
    | {
        vocab.plan(name)
        for name in (
            "evidence basisEvidence hasPart partOf responsibleAgency leadAgency jointAgency supportingAgency "
            "responsibility hasTarget hasAchievement sourceText textSha256 sha256 ordinal key deadlineDate "
            "periodStartDate periodEndDate confidence rule effectiveCrowdGroup effectiveLeadAgency presumedLeadAgency "
            "inheritedLeadAgency inheritedCrowdGroup correspondsTo correspondence comparedWith"
        ).split()
    }
)
_DATES = (vocab.XSD_DATE, vocab.XSD_G_YEAR, vocab.XSD_G_YEAR_MONTH)

# Not said in words, but by where a thing stands or what it is made of: no passage names them.
_UNSPOKEN = frozenset(
    vocab.plan(name) for name in "level inPlan inSection inAction targetOf achievementOf restates sourceFile".split()
)


class Telling:
    """What is known about one thing, told in one language."""

    def __init__(self, lookup: Lookup, node: str, lang: str) -> None:
        self.lookup, self.node, self.lang = lookup, node, lang
        self.notes = NOTES[lang]

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The passages of the thing."""
        return quotes(self.lookup, self.node)

    @cached_property
    def clause(self) -> tuple[Quote, ...]:
        """Of a quantity the passage that holds all of it; of other things none."""
        quote = self.lookup.value(self.node, vocab.plan("quote"))
        return tuple(q for q in self.quotes if q.text == quote)

    # ------------------------------------------------------------ values

    def name(self, node: str) -> str:
        """What a thing is called; a provision with its number."""
        label = self.lookup.label(node, self.lang)
        number = self.lookup.value(node, vocab.plan("number"))
        if number and label:
            return f"{number} {label}"
        named = (vocab.FOAF_NAME, vocab.plan("quote"), vocab.plan("fileName"))
        text = next((v for name in named if (v := self.lookup.value(node, name))), None)
        return label or text or number or self.lookup.short(node)

    def thing(self, node: str, **known: object) -> Value:
        return Value(self.name(node), node, **known)  # type: ignore[arg-type]

    def literal(self, term: ox.Literal) -> str:
        if term.datatype.value == vocab.XSD_BOOLEAN:
            return self.notes["yes" if term.value == "true" else "no"]
        return term.value

    def value(self, predicate: str, term: ox.NamedNode | ox.Literal) -> Value:
        """One value with the passages of this thing that hold its words."""
        inferred = self.lookup.is_inferred(self.node, predicate, term)
        statement = None if inferred else statement_of(self.lookup, self.node, predicate, term)
        sure = sureness_of(self.lookup, statement) if statement else None
        found = quotes(self.lookup, statement) if statement else ()
        if not found:
            found = () if inferred or predicate in _UNSPOKEN else self.passages(term)
        if not found and self.clause and not inferred and predicate not in _UNSPOKEN:
            others = tuple(q for q in self.quotes if q not in self.clause)
            found = others or self.clause if predicate == vocab.plan("deadline") else self.clause
        if isinstance(term, ox.Literal):
            return Value(self.literal(term), None, inferred, quotes=found, sure=sure)
        return self.thing(term.value, inferred=inferred, quotes=found, sure=sure)

    def passages(self, term: ox.NamedNode | ox.Literal) -> tuple[Quote, ...]:
        """The passages of this thing that hold the words of a value, or that the value is put together from."""
        if isinstance(term, ox.NamedNode):
            return saying(self.quotes, (name for name in self.lookup.names(term.value) if len(name) > 1))
        if term.datatype.value in _DATES:
            return dated(self.quotes, term.value)
        if term.datatype.value not in (vocab.XSD_STRING, vocab.RDF_LANG_STRING):
            return ()
        return saying(self.quotes, [term.value]) or pieces(self.quotes, term.value)

    # ------------------------------------------------------------ facts

    def fact(self, predicate: str, values: Iterable[Value]) -> Fact:
        zh, en = labels_of(self.lookup, predicate)
        return Fact(prefixed(predicate), zh, en, tuple(values))

    def own(self, predicate: str) -> Fact | None:
        """The fact of one property, if there is any; a text in the language asked where it has it in both."""
        terms = self.lookup.objects(self.node, predicate)
        if predicate == vocab.SKOS_PREF_LABEL:
            terms.sort(key=lambda t: getattr(t, "language", None) != self.lang)
        languages = {t.language for t in terms if isinstance(t, ox.Literal) and t.language}
        if self.lang in languages and predicate not in (vocab.SKOS_ALT_LABEL, vocab.SKOS_PREF_LABEL):
            terms = [t for t in terms if not isinstance(t, ox.Literal) or t.language in (self.lang, None)]
        return self.fact(predicate, [self.value(predicate, term) for term in terms]) if terms else None

    def others(self, told: Iterable[str]) -> list[Fact]:
        """The facts of every property that is neither told yet nor hidden; what is inferred only of our own terms."""
        known = {*told, *HIDDEN}
        predicates = dict.fromkeys(p for p, _ in self.lookup.statements(self.node))
        facts = []
        for predicate in predicates:
            if predicate in known:
                continue
            fact = self.own(predicate)
            if fact and (predicate.startswith(vocab.PLAN) or not all(v.inferred for v in fact.values)):
                facts.append(fact)
        return facts

    def list_of(self, term: str, values: Sequence[Value], show_empty: bool = False) -> Fact | None:
        """A fact that is put together here (`words.MADE`)."""
        zh, en = MADE[term]
        return Fact(term, zh, en, tuple(values)) if values or show_empty else None

    # ------------------------------------------------------------ what several kinds of things have

    def sureness(self) -> Fact | None:
        """How sure the thing itself is, and by which rule it was found."""
        sure = sureness_of(self.lookup, self.node)
        return self.list_of("sureness", [Value(sure.in_words(self.lang), sure=None)]) if sure else None

    def answers(self, *nodes: str) -> Fact | None:
        """What persons answered about the thing, or about the things that these corrections are about."""
        about = self.lookup.subjects(vocab.plan("about"), self.node)
        own = [each for each in (nodes or about) if self.lookup.kind(each) == "Correction"]
        return answers_fact(self.lookup, own, *MADE["answers"], self.lang)

    def findings(self) -> Fact | None:
        """What was odd about the thing, and what was done."""
        found = self.lookup.subjects(vocab.plan("about"), self.node)
        return self.list_of("findings", [self.finding(n) for n in found if self.lookup.kind(n) == "Finding"])

    def finding(self, node: str) -> Value:
        lookup = self.lookup
        details = [
            Fact(prefixed(vocab.plan(name)), *labels_of(lookup, vocab.plan(name)), (Value(text),))
            for name in ("severity", "originalText", "repairedText", "confidence")
            for text in lookup.values(node, vocab.plan(name))
        ]
        text = lookup.label(node, self.lang) or lookup.value(node, vocab.plan("code")) or ""
        return Value(text, node, quotes=quotes(lookup, node), details=tuple(details))


def labels_of(lookup: Lookup, predicate: str) -> tuple[str, str]:
    """A property's label in Chinese and English: the ontology's, else ours, else its name."""
    if predicate in FOREIGN:
        return FOREIGN[predicate]
    zh, en = lookup.label(predicate, "zh"), lookup.label(predicate, "en")
    return zh or prefixed(predicate), en or zh or prefixed(predicate)
