"""Faults of the graph that no text brings about: values left out, given twice, or of the wrong kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from benchmarks.faults.ground import HOME, Ground, term
from benchmarks.faults.model import Claim, Fact, Planting, mutation
from kg import vocab

PROVISIONS = ("Section", "Action", "Task", "SafeguardMeasure")
FACTS = (*PROVISIONS, "Responsibility", "Target", "Achievement", "Citation")
LEADS = ("task-lead", "task-lead-presumed", "task-only-collective", "action-lead-missing-from-task", "action-lead-partly-missing")  # fmt: skip
Explained = Callable[[str], Iterable[Claim]]  # name of the node → what else may be found


def nodes(ground: Ground, *classes: str) -> Iterator[str]:
    for cls in classes:
        yield from ground.all(cls)


def literal(text: object, datatype: str = "") -> str:
    return f'"{text}"' + (f"^^<{datatype}>" if datatype else "")


def owner(name: str) -> str:
    """The provision that a part belongs to: 2-1-9 for 2-1-9/responsibility/1."""
    return name.split("/", 1)[0] if "/" in name else ""


def of_leads(name: str) -> tuple[Claim, ...]:
    """What changes where the leads of a provision change."""
    key = owner(name) or name
    return (
        *(Claim(rule, key) for rule in LEADS),
        *(Claim(rule, f"{key}-*") for rule in LEADS),
        Claim("target-owner", f"{key}/*"),
        Claim("target-owner", f"{key}-*"),
    )


def of_text(name: str) -> tuple[Claim, ...]:
    return Claim("quote-in-passage", name), Claim("agency-text-in-passage", name)


def nothing(_name: str) -> tuple[Claim, ...]:
    return ()


def without(
    rule: str,
    classes: tuple[str, ...],
    predicates: tuple[str, ...],
    explained: Explained = nothing,
    hidden: Explained = nothing,
) -> None:
    """Register: a node of these classes that has one of the properties has none of them."""

    @mutation(f"no {' or '.join(p.rsplit('#')[-1].rsplit('/')[-1] for p in predicates)} ({classes[0]})", rule)
    def places(ground: Ground) -> Iterator[Planting]:
        for node in nodes(ground, *classes):
            gone = frozenset(fact for predicate in predicates for fact in ground.about(node, predicate))
            if gone:
                name = ground.called(node)
                yield Planting(
                    (Claim(rule, name),),
                    gone=gone,
                    explains=tuple(explained(name)),
                    hides=tuple(hidden(name)),
                    zone=touched(name, predicates[0]),
                )


def twice(rule: str, classes: tuple[str, ...], predicate: str, other: Callable[[Ground, str], str | None], explained: Explained = nothing) -> None:  # fmt: skip
    """Register: a node has a second value of a property."""
    name_of = predicate.rsplit("#")[-1].rsplit("/")[-1]

    @mutation(f"two values of {name_of} ({classes[0]})", rule)
    def places(ground: Ground) -> Iterator[Planting]:
        for node in nodes(ground, *classes):
            here = ground.values(node, predicate)
            if len(here) != 1 or (value := other(ground, here[0])) is None or value == here[0]:
                continue
            name = ground.called(node)
            new = frozenset({Fact(node, term(predicate), value)})
            yield Planting(
                (Claim(rule, name),),
                new=new,
                explains=tuple(explained(name)),
                hides=tuple(explained(name)),
                zone=touched(name, predicate),
            )


def instead(
    rule: str,
    title: str,
    classes: tuple[str, ...],
    predicate: str,
    wrong: Callable[[str], str],
    explained: Explained = nothing,
    hidden: Explained = nothing,
    about: Callable[[str, str], str] | None = None,  # name of the node, wrong value → what the finding is about
) -> None:
    """Register: a node has a wrong value in place of the right one."""

    @mutation(title, rule)
    def places(ground: Ground) -> Iterator[Planting]:
        for node in nodes(ground, *classes):
            for fact in ground.about(node, predicate)[:1]:
                name, value = ground.called(node), wrong(fact.object)
                focus = about(name, value) if about else name
                yield Planting(
                    (Claim(rule, focus),),
                    gone=frozenset({fact}),
                    new=frozenset({Fact(node, fact.predicate, value)}),
                    explains=tuple(explained(name)),
                    hides=tuple(hidden(name)),
                    zone=touched(name, predicate),
                )


def touched(name: str, predicate: str) -> frozenset[str]:
    """What a change of one property touches: the property of the plan itself, or all that hangs on the provision."""
    if name.startswith(("agency/", "passage/", "region/")):
        return frozenset({name})
    place = name.split("/", 1)[0] or f"plan {predicate}"
    # Whether something is provided for is seen by the words of all provisions together.
    return frozenset({place, "plan words"} if predicate in ("text", vocab.DCTERMS_TITLE) else {place})


def of_region(_name: str) -> tuple[Claim, ...]:
    """What changes where it is unclear which area the plan is for."""
    return tuple(
        Claim(r, a) for r, a in (("agency-jurisdiction", "*"), ("basis-level-missing", ""), ("agency-overload", ""))
    )


def of_day(_name: str) -> tuple[Claim, ...]:
    """What changes with the day of issue."""
    rules = (
        "document-number-year",
        "issued-after-available",
        "issued-after-period",
        "basis-repealed",
        "metadata-conflict",
    )
    return tuple(Claim(rule, "") for rule in rules)


def shifted(name: str, *rules: str) -> tuple[Claim, ...]:
    return tuple(Claim(rule, name) for rule in rules)


def same(value: str) -> Callable[[str, str], str]:
    return lambda _name, _value: value


def as_value(_name: str, value: str) -> str:
    """A literal that is the focus node itself."""
    return value


# ---------------------------------------------------------------- left out

without("plan-title", ("Plan",), (vocab.DCTERMS_TITLE,))
without("plan-type", ("Plan",), ("planType",))
without("plan-region", ("Plan",), ("region",), of_region, of_region)
without("task-text", ("Task",), ("text",))
without("task-title", ("Task",), (vocab.DCTERMS_TITLE, "repairedTitle"))
without(
    "task-in-action",
    ("Task",),
    ("inAction",),
    lambda name: (*of_leads(name), Claim("action-has-task", name.rsplit("-", 1)[0])),
    of_leads,
)
# In a plan for one year no target is asked for its deadline; which plan it is in is not known now.
without("provision-in-plan", ("Target", "Achievement"), ("inPlan",), lambda n: shifted(n, "target-deadline"), hidden=lambda n: shifted(n, "target-deadline-in-period", "target-below-achievement"))  # fmt: skip
without("responsibility-agency", ("Responsibility",), ("agency",), of_leads, of_leads)
without("responsibility-text", ("Responsibility",), ("agencyText",))
without("responsibility-role", ("Responsibility",), ("role",), of_leads, of_leads)
without("responsibility-basis", ("Responsibility",), ("basis",), lambda n: shifted(n, "responsibility-rule-sentence"))
without("responsibility-rule-sentence", ("Responsibility",), ("basisEvidence",))
without("agency-name", ("Agency", "AgencyGroup"), (vocab.SKOS_PREF_LABEL,))
without(
    "target-value",
    ("Target",),
    ("value", "valueInUnit", "comparator", "minValue", "maxValue", "growthRate", "benchmarkText"),
    hidden=lambda n: shifted(n, "target-below-achievement", "target-unit", "target-share", "comparator"),
)
without("target-unit", ("Target",), ("unitText", "unit"), hidden=lambda n: shifted(n, "target-unit-known"))
without("target-unit-known", ("Target",), ("unit",))
without("target-indicator", ("Target",), ("indicator", "indicatorText"), hidden=lambda n: shifted(n, "target-below-achievement"))  # fmt: skip
without("target-deadline-date", ("Target",), ("deadlineDate",), hidden=lambda n: shifted(n, "target-deadline-in-period"))  # fmt: skip
without("target-of", ("Target",), ("targetOf",), lambda n: shifted(n, "target-owner"))
without("evidence", FACTS, ("evidence",), of_text)
without("fact-confidence", (*FACTS, "Statement"), ("confidence",), hidden=lambda n: shifted(n, "confidence-low"))
without("fact-rule", (*FACTS, "Statement"), ("rule",))
without("statement-subject", ("Statement",), (vocab.RDF_SUBJECT,))
without("statement-property", ("Statement",), (vocab.RDF_PREDICATE,))
without("statement-value", ("Statement",), (vocab.RDF_OBJECT,))
without("comparator", ("Target", "Achievement"), ("comparator",))

# ---------------------------------------------------------------- twice


def _another(cls: str) -> Callable[[Ground, str], str | None]:
    return lambda ground, here: next((node for node in ground.all(cls) if node != here), None)


def _fixed(value: str) -> Callable[[Ground, str], str | None]:
    return lambda _ground, _here: value


def _suffixed(_ground: Ground, here: str) -> str:
    """The same text with a word more."""
    return here.replace('"@', '修订"@') if '"@' in here else here[:-1] + '修订"'


twice("plan-type", ("Plan",), "planType", lambda g, _: next((f"<{iri}>" for iri in _TYPES if f"<{iri}>" not in g.values(g.node(""), "planType")), None), lambda n: shifted(n, "plan-period"))  # fmt: skip
_TYPES = (vocab.concept("plan-type", "outline"), vocab.concept("plan-type", "plan"))
twice("plan-issued", ("Plan",), vocab.DCTERMS_ISSUED, _fixed(literal("1999-01-01", vocab.XSD_DATE)), of_day)
twice("plan-region", ("Plan",), "region", _another("Region"), of_region)
instead(
    "plan-region",
    "a region that there is not",
    ("Plan",),
    "region",
    lambda _: f"<{HOME}region/999999>",
    of_region,
    of_region,
)
twice("provision-title-once", PROVISIONS, vocab.DCTERMS_TITLE, _suffixed)
twice("responsibility-one-agency", ("Responsibility",), "agency", _another("Agency"), of_leads)
twice("responsibility-text", ("Responsibility",), "agencyText", _suffixed, of_text)
twice("responsibility-role", ("Responsibility",), "role", lambda _g, here: term("Support") if here != term("Support") else term("Joint"), of_leads)  # fmt: skip
twice("agency-name", ("Agency",), vocab.SKOS_PREF_LABEL, _suffixed)
twice("target-one-value", ("Target",), "value", _fixed(literal("1.5", vocab.XSD_DECIMAL)), lambda n: shifted(n, "target-share"))  # fmt: skip
twice("target-of", ("Target",), "targetOf", lambda g, _: g.node(""), lambda n: shifted(n, "target-owner"))
twice("fact-confidence", FACTS, "confidence", _fixed(literal("0.75", vocab.XSD_DECIMAL)), lambda n: shifted(n, "confidence-range"))  # fmt: skip
twice("fact-rule", FACTS, "rule", _fixed(literal("another")))

# ---------------------------------------------------------------- of the wrong kind

instead("confidence-range", "confidence above 1", FACTS, "confidence", lambda _: literal("1.5", vocab.XSD_DECIMAL))
instead("confidence-low", "little confidence", FACTS, "confidence", lambda _: literal("0.3", vocab.XSD_DECIMAL))
instead("quote-in-passage", "a quote that the text does not have", ("Target", "Achievement"), "quote", lambda v: v[:-1] + '云云"')  # fmt: skip
instead("agency-text-in-passage", "a body that the text does not name", ("Responsibility",), "agencyText", lambda v: v[:-1] + '云云"')  # fmt: skip
instead("comparator", "no comparator that there is", ("Target", "Achievement"), "comparator", lambda _: term("OverPeriod"))  # fmt: skip
instead("responsibility-role", "no role that there is", ("Responsibility",), "role", lambda _: term("Stated"), of_leads, of_leads)  # fmt: skip
instead("responsibility-basis", "no basis that there is", ("Responsibility",), "basis", lambda _: term("Lead"), lambda n: shifted(n, "responsibility-rule-sentence"))  # fmt: skip
instead(
    "date-values",
    "a date in words",
    ("Target",),
    "deadlineDate",
    lambda v: literal(v[1:5] + "年底"),
    lambda n: shifted(n, "target-deadline-in-period"),
    about=as_value,
)
instead("day-of-issue-values", "a day of issue in words", ("Plan",), vocab.DCTERMS_ISSUED, lambda v: literal(v[1:5] + "年"), of_day, of_day, as_value)  # fmt: skip
instead("number-values", "a number in words", ("Target",), "valueInUnit", lambda _: literal("三十"), about=as_value, hidden=lambda n: shifted(n, "target-below-achievement"))  # fmt: skip
instead("flag-values", "a flag in words", ("Target",), "aspirational", lambda _: literal("是"), about=as_value, hidden=lambda n: shifted(n, "target-aspirational"))  # fmt: skip


@mutation("damaged: false", "damaged-only-true")
def _damaged_false(ground: Ground) -> Iterator[Planting]:
    """A mark of damage that says that there is none."""
    false = literal("false", vocab.XSD_BOOLEAN)
    for node in ground.all("Responsibility"):
        name = ground.called(node)
        new = frozenset({Fact(node, term("damaged"), false)})
        yield Planting((Claim("damaged-only-true", false),), new=new, zone=touched(name, "damaged"))


@mutation("damaged name", "responsibility-damaged")
def _damaged(ground: Ground) -> Iterator[Planting]:
    """A body is marked as illegible, and leads nowhere."""
    for node in ground.all("Responsibility"):
        name = ground.called(node)
        new = frozenset({Fact(node, term("damaged"), literal("true", vocab.XSD_BOOLEAN))})
        gone = frozenset(ground.about(node, "agency"))
        claims = of_leads(name)
        yield Planting((Claim("responsibility-damaged", name),), (), gone, new, claims, claims, touched(name, ""))


@mutation("range turned round", "target-range")
def _range(ground: Ground) -> Iterator[Planting]:
    """The lower end of a range above the upper."""
    for node in ground.all("Target"):
        least, most = ground.about(node, "minValue"), ground.about(node, "maxValue")
        if least and most and least[0].object != most[0].object:
            name = ground.called(node)
            gone = frozenset({least[0], most[0]})
            new = frozenset(
                {Fact(node, least[0].predicate, most[0].object), Fact(node, most[0].predicate, least[0].object)}
            )
            yield Planting((Claim("target-range", name),), gone=gone, new=new, zone=touched(name, ""))


@mutation("last in order counted on by one", "ordinal-order")
def _ordinal(ground: Ground) -> Iterator[Planting]:
    """The reading order has a gap."""
    for kind in PROVISIONS:
        row = ground.of_kind(kind)
        if row:
            last = max(row, key=lambda provision: provision.ordinal)
            fact = ground.about(ground.node(last.key), "ordinal")[0]
            new = frozenset({Fact(fact.subject, fact.predicate, literal(last.ordinal + 1, vocab.XSD_INTEGER))})
            yield Planting(
                (Claim("ordinal-order", last.key),),
                gone=frozenset({fact}),
                new=new,
                zone=frozenset({last.key, "plan order"}),
            )


@mutation("safeguard also a task", "measure-one-kind")
def _both_measures(ground: Ground) -> Iterator[Planting]:
    """One provision of two kinds."""
    for provision in ground.of_kind("SafeguardMeasure"):
        node = ground.node(provision.key)
        explains = (
            *of_leads(provision.key),
            *(Claim(r, provision.key) for r in ("task-in-action", "task-title", "task-text")),
            Claim("ordinal-order", "*"),
        )
        new = frozenset({Fact(node, term(vocab.RDF_TYPE), term("Task"))})
        yield Planting(
            (Claim("measure-one-kind", provision.key),),
            new=new,
            explains=explains,
            zone=frozenset({provision.key, "plan order"}),
        )


@mutation("achievement also a target", "quantity-one-kind")
def _both_quantities(ground: Ground) -> Iterator[Planting]:
    """A result taken for a target."""
    for node in ground.all("Achievement"):
        name = ground.called(node)
        rules = ("value", "unit", "indicator", "deadline", "owner", "of", "below-achievement", "aspirational")
        explains = tuple(Claim(f"target-{rule}", name) for rule in rules)
        new = frozenset({Fact(node, term(vocab.RDF_TYPE), term("Target"))})
        yield Planting((Claim("quantity-one-kind", name),), new=new, explains=explains, zone=touched(name, ""))
