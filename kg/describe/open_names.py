"""The names of bodies that stay open: not recognised, meaning more than one body, or damaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import vocab

if TYPE_CHECKING:
    from kg.store.protocol import Store

# Codes of findings, and how they are said.
_CODES = {
    "unresolved-agency": ("未能识别", "not recognised"),
    "ambiguous-agency": ("不止一个可能", "may mean several bodies"),
    "damaged-name": ("残缺", "damaged"),
}
_QUERY = f"""PREFIX plan: <{vocab.PLAN}>
PREFIX skos: <{vocab.SKOS}>
SELECT DISTINCT ?plan ?code ?text ?candidate WHERE {{
  VALUES ?code {{ {" ".join(f'"{code}"' for code in _CODES)} }}
  ?finding a plan:Finding ; plan:code ?code ; plan:inPlan ?plan ; plan:originalText ?text .
  OPTIONAL {{
    ?duty plan:agencyText ?text ; plan:candidate ?body . ?body skos:prefLabel ?candidate
    FILTER(LANG(?candidate) = "zh" && STRSTARTS(STR(?duty), CONCAT(STR(?plan), "/")))
  }}
}}
ORDER BY ?plan ?code ?text ?candidate"""


@dataclass(frozen=True, slots=True)
class OpenName:
    """A written form that leads to no one body of a known kind."""

    plan: str  # IRI
    code: str  # of the finding
    text: str  # as written
    candidates: tuple[str, ...]  # full names of the bodies that it may mean

    def as_json(self) -> dict[str, Any]:
        return {"plan": self.plan, "code": self.code, "text": self.text, "candidates": list(self.candidates)}


def open_names(store: Store) -> tuple[OpenName, ...]:
    """Every open name of every plan in the store, by plan, kind and name."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for row in store.query(_QUERY):
        plan, code, text, candidate = (row[name] for name in ("plan", "code", "text", "candidate"))
        names = found.setdefault((plan.value, code.value, text.value), [])
        if candidate is not None:
            names.append(candidate.value)
    return tuple(OpenName(*key, tuple(found[key])) for key in sorted(found))


def in_words(names: tuple[OpenName, ...], lang: str) -> list[str]:
    """The names of one plan as lines: how many of each kind, and which.

    >>> print(*in_words((OpenName("p", "ambiguous-agency", "鼓楼区科协", ("南京市鼓楼区科学技术协会", "福州市鼓楼区科学技术协会")),), "zh"))
    单位名称不止一个可能 1:鼓楼区科协(南京市鼓楼区科学技术协会、福州市鼓楼区科学技术协会)
    """
    zh = lang == "zh"
    comma, lines = ("、" if zh else ", "), []
    for code, words in _CODES.items():
        own = [name for name in names if name.code == code]
        if own:
            said = (name.text + (f"({comma.join(name.candidates)})" if name.candidates else "") for name in own)
            head = f"单位名称{words[0]} {len(own)}:" if zh else f"names of bodies, {words[1]} {len(own)}: "
            lines.append(head + comma.join(said))
    return lines
