"""Facts about the plan as a document, groups, initiatives, names: each value against the passages of its statement."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg import vocab
from kg.verify.case import Case, Passage
from kg.verify.numerals import date_numbers, five_year_periods, fold
from kg.verify.quantities import is_dated
from kg.verify.sources import verify_evidence, verify_sureness

_TITLE, _PUBLISHER = vocab.DCTERMS_TITLE, vocab.DCTERMS_PUBLISHER
_WRITTEN = {vocab.plan(n) for n in ("indexNumber", "status", "originatorText", "approvalText", "addressee")}
_BODIES = {_PUBLISHER, vocab.plan("sealedBy"), vocab.plan("originator")}
_CONCEPTS = {vocab.plan("crowdGroup"), vocab.plan("mentionsInitiative"), vocab.DCTERMS_SUBJECT}
_DAYS = {vocab.DCTERMS_ISSUED, vocab.DCTERMS_AVAILABLE}
_YEARS = {vocab.plan("periodStart"), vocab.plan("periodEnd")}
# What must have a statement of its own wherever it is said.
STATED = {_TITLE, vocab.plan("planType"), vocab.plan("documentNumber"), vocab.plan("region"), *_WRITTEN, *_BODIES, *_CONCEPTS, *_DAYS, *_YEARS}  # fmt: skip
_LEAST = 2
_BLAND = frozenset("人员者众民群体等的和与、")  # in the names of most groups
_FROM_ISSUE = re.compile(r"(?:发布|印发|公布|下发)之日")


def verify_plan(case: Case) -> None:
    """Each fact about the plan has a statement; the plan's name is what its number and title give."""
    for predicate, value in case.lookup.statements(case.plan):
        if predicate in STATED and predicate != vocab.plan("originator"):
            stated = any(
                predicate in case.nodes(node, vocab.RDF_PREDICATE)
                and value.value in case.values(node, vocab.RDF_OBJECT)
                for node in case.lookup.subjects(vocab.RDF_SUBJECT, case.plan)
            )
            case.compare(stated, "no-evidence", "plan", case.plan, f"{predicate} {value.value}")
    _verify_name(case)
    for region in case.nodes(case.plan, "region"):
        code = case.value(region, "regionCode")
        if code is None and any(level.endswith("/national") for level in case.nodes(region, "level")):
            continue  # GB/T 2260 gives the nation none
        found = region.rpartition("/")[2]
        case.compare(code == found, "region-code", "plan", case.plan, code or "-", found)


def _verify_name(case: Case) -> None:
    """The last part of the IRI: a hash of the number and the title, where no person has changed them."""
    if case.answers(f"{case.plan}/statement/title") or any(case.answers(n) for n in _naming(case)):
        return
    title = case.value(case.plan, _TITLE) or ""
    known = case.value(case.plan, "documentNumber") or case.value(case.plan, "indexNumber")
    if not known:
        return  # named by title, bodies as written, and date: verified through these
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", known + title))
    digest = hashlib.sha256(plain.encode()).hexdigest()[:8]
    case.compare(case.plan.endswith("-" + digest), "plan-name", "plan", case.plan, case.plan.rpartition("/")[2], digest)


def _naming(case: Case) -> list[str]:
    return [f"{case.plan}/statement/{name}" for name in ("documentNumber", "indexNumber", "issued", "region")]


def verify_statement(case: Case, node: str) -> None:
    """The graph holds what the statement says, and its passages say so too."""
    if not case.count("statement", node):
        return
    subject, predicate = case.value(node, vocab.RDF_SUBJECT) or "", case.value(node, vocab.RDF_PREDICATE) or ""
    values = case.values(node, vocab.RDF_OBJECT)
    held = set(case.values(subject, predicate)) if subject and ":" in predicate else set()
    shown = f"{predicate.rpartition('/')[2]} {', '.join(values)}"
    if not case.compare(bool(values) and set(values) <= held, "not-asserted", "statement", node, shown):
        return
    verify_sureness(case, node, "statement")
    if not verify_evidence(case, node, "statement") or case.is_a_persons(node):
        return
    for value in values:
        _verify_value(case, node, subject, predicate, value)


def _verify_value(case: Case, node: str, subject: str, predicate: str, value: str) -> None:
    places = case.passages(node)
    texts = [fold(p.exact) for p in places]
    whole = "".join(texts)
    repairs = case.repairs(node, subject, case.plan)
    if predicate == _TITLE:
        parts = fold(value) in whole or _is_made_of(fold(value), texts)
        case.compare(parts or any(fold(value) in r for r in repairs), "not-there", "statement", node, value)
    elif predicate == vocab.plan("documentNumber"):
        wanted, there = date_numbers(value), date_numbers(whole)
        printed = any(there[i : i + len(wanted)] == wanted for i in range(len(there)))
        organ = fold(value).partition("(")[0]
        holds = printed and organ in whole or any(fold(value) in r for r in repairs)
        case.compare(holds, "not-there", "statement", node, value)
    elif predicate in _WRITTEN:
        case.compare(fold(value) in whole, "not-there", "statement", node, value)
    elif predicate in _DAYS or predicate == vocab.plan("deadline"):
        _verify_date(case, node, value, texts, [*repairs], places)
    elif predicate in _YEARS:
        years = set(date_numbers(whole)) | {y for t in texts for period in five_year_periods(t) for y in period}
        if _FROM_ISSUE.search(whole):  # 自发布之日起施行
            days = [day for p in _DAYS for day in case.values(case.plan, p)]
            years |= {int(day[:4]) for day in days if day[:4].isdigit()}
        case.compare(int(value) in years, "years", "statement", node, value, ", ".join(map(str, sorted(years))) or "-")
    elif predicate == vocab.plan("planType"):
        _verify_type(case, node, value, whole)
    elif predicate in _BODIES:
        names = case.names(value)
        holds = any(n in text or text in n for text in texts for n in names if len(text) >= _LEAST)
        case.compare(holds, "name", "statement", node, places[0].exact if places else value)
    elif predicate in _CONCEPTS:
        _verify_concept(case, node, value, places, loosely=predicate == vocab.plan("crowdGroup"))
    elif predicate in (vocab.SKOS_ALT_LABEL, vocab.SKOS_PREF_LABEL):
        _verify_label(case, node, value, whole, repairs)


def _is_made_of(value: str, texts: list[str]) -> bool:
    """Whether a title is its lines put together, whatever order and blanks they have."""
    left = value
    for text in sorted(texts, key=len, reverse=True):
        left = left.replace(text, "", 1)
    return not left


def _verify_date(
    case: Case, node: str, value: str, texts: list[str], repairs: list[str], places: list[Passage]
) -> None:
    wanted = [int(part) for part in value.split("-")]
    holds = is_dated(value, texts, whole=True)
    # 202366: a date whose 年月日 the page lost; a finding says how it was read.
    holds = holds or any(fold(value) in r for r in repairs)
    if not holds and len(wanted) < 3:  # 年底前, 6月底前: of the plan's year
        years = {y for name in ("periodStart", "periodEnd") for y in case.values(case.plan, name)}
        years |= {day[:4] for day in case.values(case.plan, vocab.DCTERMS_ISSUED)}
        there = [n for text in texts for n in date_numbers(text)]
        holds = str(wanted[0]) in years and all(part in there for part in wanted[1:])
    shown = ", ".join(str(n) for p in places for n in date_numbers(p.exact)) or "-"
    case.compare(holds, "date", "statement", node, value, shown)


def _verify_type(case: Case, node: str, value: str, title: str) -> None:
    names = case.names(value)
    label = case.lookup.label(value) or value
    outside = re.sub(r"<[^<>]*>", "", title)
    other = value.endswith("/other")
    case.compare(other or any(name in outside for name in names), "title-kind", "statement", node, label)


def _verify_concept(case: Case, node: str, value: str, places: list[Passage], *, loosely: bool) -> None:
    names = case.names(value)
    if not names:  # the scheme is not in the store: there is nothing to compare with
        case.compare(False, "name", "statement", node, value)
        return
    # 学生 and 师生 in a sentence on universities are 大学生: the sentence says which, the word shares a character at least.
    words = [fold(p.exact) for p in places]
    holds = any(_overlap(word, name) for word in words for name in names)
    holds = holds or loosely and any((set(word) - _BLAND) & set("".join(names)) for word in words)
    holds = holds or any(n in text for text in case.repairs(case.value(node, vocab.RDF_SUBJECT) or "") for n in names)
    case.compare(holds, "name", "statement", node, f"{places[0].exact if places else '-'} → {case.lookup.label(value)}")


def _overlap(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _LEAST and shorter in longer


def _verify_label(case: Case, node: str, value: str, whole: str, repairs: list[str]) -> None:
    """A written form stands where it is said to stand, as written or as it was repaired."""
    words = fold(value)
    agency = case.value(node, vocab.RDF_SUBJECT) or ""
    case.count("agency", agency)
    # 州、县(市)反邪教办公室: the first of two names shares its ending with the second.
    holds = words in whole or whole in words or any(words in r for r in repairs)
    holds = holds or (bool(whole) and set(words) <= set(whole))
    case.compare(holds or words in case.whole, "not-there", "statement", node, value)
