"""The report that planners act on: typed, and the one source of every rendering.

What was not checked is a state of its own and never a pass: `RuleReport.checked` counts the focus nodes of each rule.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from kg.errors import UsageError
from kg.validate.rules import Words

FORMAT = "plankg-report/1"
Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")  # gravest first


@dataclass(frozen=True, slots=True)
class Place:
    """Something of the graph by name: a plan or a provision."""

    iri: str
    title: str
    number: str = ""  # as printed; "" for a plan


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """One thing that is wrong, said so that a planner finds it in the plan."""

    id: str  # first 12 hex of SHA-256 over rule, focus node, path and value: the same in every run
    rule: str  # IRI
    severity: Severity
    focus: str  # IRI, or the term as N-Triples writes it
    label: str  # what the focus node is called
    plans: tuple[Place, ...]  # usually one; several for what plans share (an agency)
    provision: Place | None  # number and title of the action or task
    quote: str  # the sentence of the plan that it is about
    agencies: tuple[str, ...]  # names of those concerned, the lead first
    path: str  # as SPARQL writes it; "" if none
    value: str  # as N-Triples writes it; "" if none
    value_label: str  # the value as a person would call it
    component: str  # IRI of the SHACL constraint component
    message: str  # only where the rule has no message of its own: the engine's
    sentence: Words = field(
        default_factory=dict
    )  # what is wrong with this very thing, by its name; complete in zh and en


@dataclass(frozen=True, slots=True)
class RuleReport:
    """One rule, what it looked at and what it found."""

    iri: str
    name: str
    severity: Severity
    label: Words
    message: Words
    why: Words
    remedy: Words
    version: str
    file: str
    checked: int  # focus nodes; 0 = nothing to check, which is no pass
    findings: tuple[ReportFinding, ...]
    thresholds: dict[str, int | float] = field(default_factory=dict)  # the numbers that this run used
    threshold_words: dict[str, Words] = field(default_factory=dict)  # what each of them means

    @property
    def state(self) -> Literal["found", "passed", "not checked"]:
        if self.findings:
            return "found"
        return "passed" if self.checked else "not checked"


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found, by rule; rules in their order."""

    rules: tuple[RuleReport, ...]
    plans: tuple[Place, ...]
    counts: dict[str, int]  # class in our namespace ("Task") → instances in the data
    triples: int
    inferred: bool  # False: the data lack entailments, so leads through the action are missing
    looked_at: int  # focus nodes of all rules together, the ontology's own and the concepts' left out
    paths: dict[str, str]  # path as SPARQL writes it → as Turtle writes it
    profile: str = ""  # name of the profile; "" where none was applied
    profile_title: Words = field(default_factory=dict)
    off: tuple[str, ...] = ()  # IRIs of the rules that profile or settings switched off
    engine: str = field(default="", compare=False)  # which one ran; in no rendering: both must say the same

    @property
    def findings(self) -> tuple[ReportFinding, ...]:
        """All findings, gravest first, then in the rules' order."""
        found = [finding for rule in self.rules for finding in rule.findings]
        return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))

    @property
    def not_checked(self) -> tuple[RuleReport, ...]:
        """The rules that had nothing to check."""
        return tuple(rule for rule in self.rules if not rule.checked)

    @property
    def conforms(self) -> bool:
        """`sh:conforms`: no result of any severity (SHACL section 3.6.1.1)."""
        return not any(rule.findings for rule in self.rules)

    def count(self, severity: str) -> int:
        return sum(len(rule.findings) for rule in self.rules if rule.severity == severity)

    def plans_with(self, severity: str) -> int:
        """In how many plans something of this severity was found."""
        return len({plan.iri for f in self.findings if f.severity == severity for plan in f.plans})

    def to_do(self) -> tuple[RuleReport, ...]:
        """The rules that found something, by what to do first: severity, then plans touched, then findings."""

        def rank(rule: RuleReport) -> tuple[int, int, int]:
            plans = {plan.iri for finding in rule.findings for plan in finding.plans}
            return SEVERITIES.index(rule.severity), -len(plans), -len(rule.findings)

        return tuple(sorted((rule for rule in self.rules if rule.findings), key=rank))

    def status(self, fail_on: str = "violation") -> int:
        """The exit status: 0 nothing at or above `fail_on`, 1 something, 6 there was nothing to check.

        Raises `UsageError` for another `fail_on` than violation, warning or info.
        """
        if fail_on not in SEVERITIES:
            raise UsageError(f"'{fail_on}' is no severity", remedy="one of violation, warning, info")
        if not self.looked_at:
            return 6
        grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return 1 if any(self.count(severity) for severity in grave) else 0

    def verdict(self, lang: str = "zh") -> str:
        """The verdict in words, with what was checked and what was not."""
        from kg.validate.words import verdict

        return verdict(self, lang)

    def to_json(self) -> str:
        """The whole report as JSON, sorted, in the format named in its first key; ends with a line feed."""
        model: dict[str, Any] = {
            "format": FORMAT,
            "verdict": {"zh": self.verdict("zh"), "en": self.verdict("en")},
            "conforms": self.conforms,
            "problems": {severity: self.count(severity) for severity in SEVERITIES},
            "checked": dict(sorted(self.counts.items())),
            "not_checked": [rule.iri for rule in self.not_checked],
            "profile": {"name": self.profile, "title": self.profile_title},
            "off": list(self.off),
            "inferred": self.inferred,
            "triples": self.triples,
            "plans": [asdict(plan) for plan in self.plans],
            "rules": [{**asdict(rule), "state": rule.state} for rule in self.rules],
        }
        return json.dumps(model, ensure_ascii=False, indent=1) + "\n"

    def to_text(self, lang: str = "zh", limit: int | None = 5) -> str:
        """The report for people, in zh or en; `limit` findings are shown per rule, the totals stay exact."""
        from kg.validate.text import render

        return render(self, lang, limit)

    def to_turtle(self) -> str:
        """The report as SHACL defines it (section 3.6), the same bytes for the same report."""
        from kg.validate.turtle import write

        return write(self)
