"""Descriptions as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from kg.describe.description import Candidate, Choice, Description, Fact, Quote, Value

_CLIP = 160  # characters of a sentence that are shown; JSON has all of them
_WORDS = {
    "zh": {"none": "无", "inferred": "推断", "several": "“{}”指下列 {} 项之一:", "colon": ":"},
    "en": {"none": "none", "inferred": "inferred", "several": "“{}” means one of these {}:", "colon": ": "},
}


def describe_in_words(thing: Description, lang: str) -> str:
    """A heading, the IRI, then one fact a line with what says so below it."""
    kind = thing.kind_zh if lang == "zh" else thing.kind_en
    lines = [f"{kind} {thing.heading}".strip(), f"<{thing.iri}>", ""]
    for fact in thing.facts:
        lines += _fact(fact, lang, "")
    return "\n".join(lines).rstrip() + "\n"


def choice_in_words(choice: Choice, lang: str) -> str:
    lines = [_WORDS[lang]["several"].format(choice.reference, len(choice.candidates))]
    return "\n".join([*lines, *(_candidate(c, lang) for c in choice.candidates)]) + "\n"


def _candidate(candidate: Candidate, lang: str) -> str:
    kind = candidate.kind_zh if lang == "zh" else candidate.kind_en
    where = f"  《{candidate.plan}》" if candidate.plan else ""
    return f"  {candidate.short}  {kind} {candidate.heading}{where}"


def _fact(fact: Fact, lang: str, indent: str) -> Iterator[str]:
    words = _WORDS[lang]
    head = f"{indent}{fact.label(lang)}{words['colon']}"
    if not fact.values:
        yield head + words["none"]
    elif len(fact.values) == 1:
        (value,) = fact.values
        yield from _value(value, lang, head, indent + "    ")
    else:
        yield head.rstrip()
        for value in fact.values:
            yield from _value(value, lang, f"{indent}  - ", indent + "    ")


def _value(value: Value, lang: str, head: str, indent: str) -> Iterator[str]:
    mark = f" [{_WORDS[lang]['inferred']}]" if value.inferred else ""
    first, *more = value.text.split("\n")
    yield head + first + (mark if not more else "")
    for n, line in enumerate(more, 1):
        yield indent + line + (mark if n == len(more) else "")
    for note in value.notes:
        yield f"{indent}→ {note}"
    for quote in value.quotes:
        yield indent + quote_in_words(quote)
    for fact in value.details:
        yield from _fact(fact, lang, indent)


def quote_in_words(quote: Quote) -> str:
    """The sentence with the passage marked in it, the file and the offsets.

    >>> quote_in_words(Quote("x:p", "区科协", "由区科协负责。", "a.txt", 7, 10))
    '“由【区科协】负责。” a.txt:7–10'
    """
    before, found, after = quote.sentence.partition(quote.text)
    if not found:
        before, after = "", ""
    marked = f"【{_clipped(quote.text, _CLIP)}】" if before.strip() or after.strip() else _clipped(quote.text, _CLIP)
    room = max(20, (_CLIP - len(marked)) // 2)
    before, after = before.lstrip(), after.rstrip()
    if len(before) > room:
        before = "…" + before[-room:]
    if len(after) > room:
        after = after[:room] + "…"
    words = " ".join((before + marked + after).split("\n"))
    return f"“{words}” {quote.file}:{quote.start}–{quote.end}"


def _clipped(text: str, room: int) -> str:
    half = room // 2
    return text if len(text) <= room else f"{text[:half]}…{text[-half:]}"
