"""Descriptions as lines for a terminal: facts first, each with the numbers of its sentences; the sentences below, once."""

from __future__ import annotations

from collections.abc import Iterator

from kg.describe.description import Candidate, Choice, Description, Fact, Quote, Value

_CLIP = 160  # characters of a sentence that are shown; JSON has all of them
_WIDE = 90  # what is known about a value stands on its line if it is no longer than this
_WORDS = {
    "zh": {"none": "无", "inferred": "推理", "several": "“{}”可指下列 {} 项:", "colon": ":", "evidence": "原文"},
    "en": {
        "none": "none",
        "inferred": "inferred",
        "several": "“{}” can mean {} things:",
        "colon": ": ",
        "evidence": "Evidence",
    },
}


def describe_in_words(thing: Description, lang: str) -> str:
    """A heading, the IRI, the facts, and the sentences that the numbers in brackets point to."""
    return "\n".join(_Page(lang).lines(thing)).rstrip() + "\n"


def choice_in_words(choice: Choice, lang: str) -> str:
    lines = [_WORDS[lang]["several"].format(choice.reference, len(choice.candidates))]
    return "\n".join([*lines, *(_candidate(c, lang) for c in choice.candidates)]) + "\n"


def _candidate(candidate: Candidate, lang: str) -> str:
    kind = candidate.kind_zh if lang == "zh" else candidate.kind_en
    where = f"  《{candidate.plan}》" if candidate.plan else ""
    return f"  {candidate.short}  {kind} {candidate.heading}{where}"


class _Page:
    """The lines of one description, and the sentences that they have pointed to."""

    def __init__(self, lang: str) -> None:
        self.lang, self.words = lang, _WORDS[lang]
        self.notes: dict[Quote, int] = {}

    def lines(self, thing: Description) -> Iterator[str]:
        kind = thing.kind_zh if self.lang == "zh" else thing.kind_en
        yield f"{kind} {thing.heading}".strip()
        yield f"<{thing.iri}>"
        yield ""
        for fact in thing.facts:
            yield from self.fact(fact, "")
        if self.notes:
            yield ""
            yield self.words["evidence"]
        for quote, n in self.notes.items():
            yield f"[{n}] {quote_in_words(quote)}"

    def fact(self, fact: Fact, indent: str) -> Iterator[str]:
        head = f"{indent}{fact.label(self.lang)}{self.words['colon']}"
        if not fact.values:
            yield head + self.words["none"]
        elif all(_is_plain(v) for v in fact.values) and len(text := "、".join(v.text for v in fact.values)) <= _WIDE:
            yield head + text
        elif len(fact.values) == 1:
            yield from self.value(fact.values[0], head, indent + "    ")
        else:
            yield head.rstrip()
            for value in fact.values:
                yield from self.value(value, f"{indent}  - ", indent + "    ")

    def value(self, value: Value, head: str, indent: str) -> Iterator[str]:
        brief = self.brief(value)
        mark = f" [{self.words['inferred']}]" if value.inferred else ""
        text = value.text.replace("\n", "\n" + indent)
        sure = f" 〔{value.sure.in_words(self.lang)}〕" if value.sure else ""
        yield f"{head}{text}{brief}{mark}{self.marks(value)}{sure}"
        for note in value.notes:
            yield f"{indent}→ {note}"
        for fact in () if brief else value.details:
            yield from self.fact(fact, indent)

    def marks(self, value: Value) -> str:
        """The numbers of a value's sentences; of what stands on its line, too."""
        details = value.details if self.brief(value) else ()
        inner = [tuple(q for q in v.quotes if q.iri != v.iri) for fact in details for v in fact.values]
        numbers = [self.notes.setdefault(q, len(self.notes) + 1) for quotes in (value.quotes, *inner) for q in quotes]
        return "".join(f" [{n}]" for n in dict.fromkeys(numbers))

    def brief(self, value: Value) -> str:
        """What is known about a value, if it is short and simple enough for its line."""
        inner = [v for fact in value.details for v in fact.values]
        if any(v.details or v.notes or "\n" in v.text for v in inner):
            return ""
        facts = (f" · {f.label(self.lang)}{self.words['colon']}{self.joined(f)}" for f in value.details)
        text = "".join(facts)
        return text if len(text) <= _WIDE else ""

    def joined(self, fact: Fact) -> str:
        """A detail's values on one line; of a mere passage its number, since the sentence stands below."""
        mere = [q for v in fact.values for q in v.quotes if q.iri == v.iri]
        numbers = [self.notes.setdefault(q, len(self.notes) + 1) for q in mere]
        if numbers:
            return "".join(f"[{n}]" for n in numbers)
        return "、".join(v.text for v in fact.values) or self.words["none"]


def _is_plain(value: Value) -> bool:
    return not (value.notes or value.quotes or value.details or value.inferred or value.sure or "\n" in value.text)


def quote_in_words(quote: Quote) -> str:
    """The sentence with the passage marked in it, the file and the offsets.

    >>> quote_in_words(Quote("x:p", "区科协", "由区科协负责。", "a.txt", 7, 10))
    '“由【区科协】负责。” a.txt:7–10'
    """
    before, found, after = quote.sentence.partition(quote.text.strip())
    if not found:
        before, after = "", ""
    before, after = before.lstrip(), after.rstrip()
    exact = _clipped(quote.text.strip(), _CLIP)
    marked = f"【{exact}】" if before or after else exact
    room = max(20, (_CLIP - len(marked)) // 2)
    if len(before) > room:
        before = "…" + before[-room:]
    if len(after) > room:
        after = after[:room] + "…"
    words = " ".join((before + marked + after).split())
    return f"“{words}” {quote.file}:{quote.start}–{quote.end}"


def _clipped(text: str, room: int) -> str:
    half = room // 2
    return text if len(text) <= room else f"{text[:half]}…{text[-half:]}"
