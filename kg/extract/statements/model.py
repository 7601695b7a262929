"""What a responsibility statement is made of."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Finding, Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One responsibility statement: the whole of it, and what stands inside its bracket or line."""

    span: Span
    inner: Span
    labelled: bool
    role: str = "duty"  # the part of bodies before which no label stands
    in_prose: bool = False  # a sentence of the item's text that stays in it
    rule: str = ""  # the rule that found it, where that is neither its label nor its bracket


@dataclass(frozen=True, slots=True)
class Member:
    """One body of a statement's lists, before roles are settled."""

    text: str  # folded, white space dropped
    spans: tuple[Span, ...]
    part: str  # "lead", "lead-list", "duty", "support", "joint": what the words next to it say
    open_list: bool
    full: str | None  # with the area that the name leaves out because its list states it: 财政厅 → 省财政厅
    mark: str = ""  # ★ and the like beside the name


@dataclass(frozen=True, slots=True)
class Parsed:
    """A statement taken apart."""

    members: tuple[Member, ...]
    rule_span: Span | None  # the sentence that makes the first listed body the lead
    same_below: bool
    deadline: Span | None
    findings: tuple[Finding, ...]
    has_verb: bool = False  # 牵头, 负责, 配合 … stands behind some name
    prose: bool = False  # it holds words that are neither names nor what is said of them
