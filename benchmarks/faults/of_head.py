"""Faults in what a plan says about itself, and in whom it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from benchmarks.faults.ground import Ground
from benchmarks.faults.model import Claim, Edit, Fact, Planting, mutation
from benchmarks.faults.of_data import of_day
from kg import resources, vocab
from kg.area_names import area_forms
from kg.model import Span, Stated
from kg.resolve import resolve

_DAY = re.compile(r"(?:\d{4}|[二〇○零一三四五六七八九]{4})\s*(?:年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日|-\d{1,2}-\d{1,2}(?:\s+\d\d:\d\d(?::\d\d)?)?)")  # fmt: skip


# Fields of the page that say whose it is.
_SAID = re.compile(r"(?:来源|发布机构|发文机关|发布单位|制发机关|主办单位|主办)[:：]\s*([^\s　]+)")


def apart(edits: list[Edit]) -> tuple[Edit, ...]:
    """The edits in order, those that lie in another left out."""
    kept: list[Edit] = []
    for edit in sorted(set(edits), key=lambda e: (e.start, -e.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def every(ground: Ground, words: str, instead: str = "") -> list[Edit]:
    """Each place where words stand."""
    return [Edit(m.start(), m.end(), instead) for m in re.finditer(re.escape(words), ground.text)]


def spans_of(*facts: Stated | None) -> list[Span]:
    return [span for fact in facts if fact for span in fact.spans]


@mutation("issuer left out", "plan-issuer")
def _no_issuer(ground: Ground) -> Iterator[Planting]:
    """No header, no signature and no title says who issued the plan."""
    if not ground.record.issuers or len(ground.record.issuers) > 1:
        return
    edits = [
        edit for issuer in ground.record.issuers for span in issuer.spans for edit in every(ground, ground.cut(span))
    ]
    office = re.compile(r"(?:人民)?政府(?:办公[室厅])?|科学技术协会")
    if office.search(ground.record.issuers[0].value):
        short = ground.record.issuers[0].value
        for words in (short.removesuffix("办公室"), short.removesuffix("办公厅")):
            edits += every(ground, words)
    edits += [Edit(m.start(1), m.end(1), "") for m in _SAID.finditer(ground.text)]
    region = resolve(ground.record).region
    outside = re.sub("《[^》]*》", "", ground.record.title.value)
    if region is None or not any(word in outside for word, _ in area_forms(region.name)):
        return  # whose plan it is would be unknown too
    yield Planting(
        (Claim("plan-issuer", ""),),
        apart(edits),
        explains=(Claim("plan-number", ""), Claim("metadata-conflict", "")),
        hides=(Claim("metadata-conflict", ""),),
    )


@mutation("day of issue left out", "plan-issued")
def _no_day(ground: Ground) -> Iterator[Planting]:
    """No day stands anywhere in the plan or on its page."""
    if ground.record.issued is None:
        return
    edits = [Edit(m.start(), m.end(), "") for m in _DAY.finditer(ground.text)]
    edits += [Edit(span.start, span.end, "") for span in spans_of(ground.record.issued, ground.record.published)]
    explains = (Claim("target-deadline", "*"), Claim("published-on", ""), *of_day(""))
    yield Planting(
        (Claim("plan-issued", ""),),
        apart(edits),
        explains=explains,
        hides=of_day(""),
        zone=frozenset({"plan dates", "plan text"}),
    )


@mutation("period left out", "plan-period")
def _no_period(ground: Ground) -> Iterator[Planting]:
    """Neither title nor text says from when to when."""
    period = ground.record.period
    if period is None or period.rule == "title-year":
        return
    first, last = period.value
    ranges = re.compile(rf"[（(]?{first}\s*年?\s*(?:[-—－–~～]+|至|到)\s*{last}\s*年[）)]?")
    edits = [Edit(m.start(), m.end(), "") for m in ranges.finditer(ground.text)]
    if "十四五" in ground.text or "十三五" in ground.text:
        return  # the five years are a period by themselves
    yield Planting(
        (Claim("plan-period", ""),),
        apart(edits),
        explains=(Claim("target-deadline", "*"),),
        hides=(
            Claim("target-deadline-in-period", "*"),
            Claim("issued-after-period", ""),
            Claim("basis-out-of-time", ""),
        ),
    )


@mutation("period turned round in the text", "plan-period")
def _period_turned(ground: Ground) -> Iterator[Planting]:
    """The last year before the first: no period that a reader could take."""
    period = ground.record.period
    if period is None or period.value[0] == period.value[1] or period.rule != "title-years" or "五”" in ground.text:
        return
    first, last = period.value
    ranges = re.compile(rf"(?<!\d){first}(\s*年?\s*(?:[-—－–~～]+|至|到)\s*){last}(?=\s*年)")
    edits = [Edit(m.start(), m.end(), f"{last}{m[1]}{first}") for m in ranges.finditer(ground.text)]
    if edits:
        claims = (Claim("target-deadline*", "*"), Claim("issued-after-period", ""), Claim("basis-out-of-time", ""))
        yield Planting((Claim("plan-period", ""),), apart(edits), explains=claims, hides=claims)


@mutation("period turned round", "plan-period-order")
def _dates_turned(ground: Ground) -> Iterator[Planting]:
    """The plan ends before it begins."""
    plan = ground.node("")
    start, end = ground.about(plan, "periodStartDate"), ground.about(plan, "periodEndDate")
    if start and end:
        new = frozenset({Fact(plan, start[0].predicate, end[0].object), Fact(plan, end[0].predicate, start[0].object)})
        claims = (
            Claim("target-deadline-in-period", "*"),
            Claim("issued-after-period", ""),
            Claim("basis-out-of-time", ""),
        )
        gone = frozenset({*start, *end})
        yield Planting((Claim("plan-period-order", ""),), (), gone, new, claims, claims, frozenset({"plan period"}))


@mutation("numbers left out", "plan-number")
def _no_number(ground: Ground) -> Iterator[Planting]:
    """Neither document number nor index number."""
    spans = spans_of(ground.record.document_number, ground.record.index_number)
    edits = [edit for span in spans for edit in every(ground, ground.cut(span))]
    if edits:
        claims = (Claim("document-number-*", ""),)
        yield Planting((Claim("plan-number", ""),), apart(edits), hides=claims, zone=frozenset({"plan number"}))


@mutation("basis left out", "plan-basis")
def _no_basis(ground: Ground) -> Iterator[Planting]:
    """The plan says under what it is made nowhere."""
    cited = [c for c in ground.record.citations if c.is_basis]
    edits = []
    for citation in cited:
        for title in {citation.title, ground.cut(citation.span).strip("《》")}:
            edits += [Edit(m.start(), m.end(), "") for m in re.finditer(rf"《?{re.escape(title)}》?", ground.text) if m.start() > ground.record.title.spans[-1].end]  # fmt: skip
    if edits:
        claims = (Claim("basis-*", ""), Claim("group-*", ""))
        yield Planting(
            (Claim("plan-basis", ""),),
            apart([*edits, *(Edit(*c.span, "") for c in cited)]),
            explains=claims,
            hides=claims,
            zone=frozenset({"plan basis"}),
        )


# ---------------------------------------------------------------- whom it reaches


@cache
def _concepts() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Of the crowd groups: notation → slugs of the group and all above it; slug → the words for it and all below it."""
    store = ox.Store()
    store.load(resources.path("ontology/concepts/crowd-group.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)

    def of(predicate: str) -> Iterator[tuple[str, str]]:
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if getattr(quad.object, "language", "zh") in ("zh", None):
                yield quad.subject.value.rsplit("/", 1)[-1], quad.object.value.rsplit("/", 1)[-1]

    above = dict(of(vocab.SKOS + "broader"))
    rows: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    for slug, notation in of(vocab.SKOS_NOTATION):
        row, at = {slug}, slug
        while at in above:
            at = above[at]
            row.add(at)
        rows[notation] = row
    labels = [*of(vocab.SKOS_PREF_LABEL), *of(vocab.SKOS_ALT_LABEL)]
    for slug, row in ((s, rows[n]) for s, n in of(vocab.SKOS_NOTATION)):
        for one in row:
            words.setdefault(one, set()).update(word for s, word in labels if s == slug)
    return rows, words


_LITERACY = re.compile("科学文?化?素质|科学普及|科学技术普及|科普")


def _group(rule: str, slug: str) -> None:
    @mutation(f"group left out: {rule.removeprefix('group-')}", rule)
    def places(ground: Ground) -> Iterator[Planting]:
        rows, words = _concepts()
        here = {g.value for p in ground.record.provisions for g in p.crowd_groups}
        reached = {key for key, s in KEY_GROUPS.items() if any(s in rows[value] for value in here)}
        titles = [ground.record.title.value, *(c.title for c in ground.record.citations if c.is_basis)]
        if rule not in reached or len(reached) < 4 or not any(_LITERACY.search(title) for title in titles):
            return
        spoken = {ground.cut(s) for p in ground.record.provisions for g in p.crowd_groups if slug in rows[g.value] for s in g.spans}  # fmt: skip
        longest = sorted(words[slug] | spoken, key=lambda word: (-len(word), word))
        pattern = re.compile("|".join(map(re.escape, longest)))
        start = min(p.spans[0].start for p in ground.record.provisions if p.spans)
        edits = tuple(Edit(m.start(), m.end(), "群众") for m in pattern.finditer(ground.text, start))
        yield Planting((Claim(rule, ""),), edits, explains=(Claim("agency-type", "agency/*"),))


KEY_GROUPS = {
    "group-youth": "adolescents",
    "group-farmers": "farmers",
    "group-workers": "industrial-workers",
    "group-older": "older-people",
    "group-officials": "officials",
}
for _rule, _slug in KEY_GROUPS.items():
    _group(_rule, _slug)
