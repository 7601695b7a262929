"""The report that planners act on: typed, and the one source of every rendering.

What was not checked is a state of its own and never a pass: `RuleReport.checked` counts the focus nodes of each rule.
Totals are those of `Report.tally`: exact also where the findings that are listed were cut short (`kg.report.limit`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kg.errors import UsageError
from kg.validate.rules import Words

FORMAT = "plankg-report/2"
Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")  # gravest first
NEW = "new-"  # before a severity: only findings that an earlier run did not have
FAIL_ON = (*SEVERITIES, *(NEW + severity for severity in SEVERITIES))
ActsAs = Literal["lead", "presumed lead", "issuer", ""]  # as what a body must act
State = Literal["found", "waived", "passed", "not checked"]


@dataclass(frozen=True, slots=True)
class Place:
    """Something of the graph by name: a plan or a provision."""

    iri: str
    title: str
    number: str = ""  # as printed; "" for a plan


@dataclass(frozen=True, slots=True)
class PlanEntry(Place):
    """A plan that was checked."""

    issuers: tuple[str, ...] = ()
    file: str = ""  # name of the file that it was read from
    url: str = ""  # where that was published
    counts: dict[str, int] = field(default_factory=dict)  # class in our namespace ("Task") → how many in this plan


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a plan within their sentence, and where they stand in the text as it was read."""

    before: str
    words: str
    after: str
    file: str = ""
    media_type: str = ""
    start: int = 0  # code points from the beginning of the text; end is behind the last
    end: int = 0
    line: int = 0  # from 1; 0: not known
    column: int = 0  # from 1, in code points
    end_line: int = 0
    end_column: int = 0  # behind the last character


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """One thing that is wrong, said so that a planner finds it in the plan."""

    id: str  # 12 hex of SHA-256 over the plan and `key`
    key: str  # the same within its plan: 12 hex over rule, what it is about, path and value (`kg.validate.identity`)
    rule: str  # IRI
    severity: Severity
    focus: str  # IRI, or the term as N-Triples writes it
    label: str  # what the focus node is called
    plans: tuple[Place, ...]  # usually one; several for what plans share (an agency)
    provision: Place | None  # number and title of the action or task
    quote: str  # the words of the plan that it is about, cut to be read at a glance
    passage: Passage | None  # the same words in their sentence
    acts: tuple[str, ...]  # names of the bodies that must act: the lead, else the issuer of the plan
    acts_as: ActsAs
    agencies: tuple[str, ...]  # names of all those concerned, the lead first
    path: str  # as SPARQL writes it; "" if none
    path_turtle: str  # as Turtle writes it
    value: str  # as N-Triples writes it; "" if none
    value_label: str  # the value as a person would call it
    component: str  # IRI of the SHACL constraint component
    message: str  # only where the rule has no message of its own: the engine's
    sentence: Words = field(default_factory=dict)  # what is wrong with this very thing, by its name; in zh and en
    change: Literal["new", "open", ""] = ""  # against an earlier run; "" where none was given


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
    waived: int = 0  # findings that a waiver takes out

    @property
    def state(self) -> State:
        if self.findings:
            return "found"
        if self.waived:
            return "waived"
        return "passed" if self.checked else "not checked"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding, or those of a rule in one place, that somebody answers for."""

    reason: str
    owner: str
    expires: str  # day, YYYY-MM-DD: the last on which it holds
    finding: str = ""  # identifier; or a rule and where
    rule: str = ""  # name or IRI
    plan: str = ""
    place: str = ""
    line: int = 0  # of the file that holds it


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that counts neither as a problem nor for the exit status, and who says so."""

    finding: ReportFinding
    waiver: Waiver


@dataclass(frozen=True, slots=True)
class Waivers:
    """What became of a file of waivers."""

    file: str
    today: str
    waived: tuple[Waived, ...] = ()
    expired: tuple[Waiver, ...] = ()
    unused: tuple[Waiver, ...] = ()  # in force, but there is no such finding (any more)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed against an earlier run; the identifiers of all, the findings as far as the earlier report lists them."""

    file: str
    new: tuple[str, ...]
    still_open: tuple[str, ...]
    fixed: tuple[str, ...]
    unchecked: tuple[str, ...]  # open then; their plan or rule was not checked now, so nobody knows
    of_new_rules: int  # of the new ones: found by rules that the earlier run had not, or in plans that it had not
    of_new_plans: int
    gone: tuple[ReportFinding, ...] = ()  # fixed and unchecked, as they were


@dataclass(frozen=True, slots=True)
class RuleTally:
    """Exact numbers of one rule."""

    total: int = 0
    plans: int = 0  # in how many plans
    new: int = 0
    ids: tuple[str, ...] = ()  # identifier/key of every finding
    acts: dict[str, int] = field(default_factory=dict)  # body that must act → findings


@dataclass(frozen=True, slots=True)
class Tally:
    """Exact numbers of a report, whatever of it is listed."""

    problems: dict[str, int]  # severity → findings
    new: dict[str, int]  # severity → findings that an earlier run did not have
    touched: dict[str, int]  # severity → plans with a finding of it
    rules: dict[str, RuleTally]  # IRI → numbers
    plans: dict[str, dict[str, int]]  # IRI → severity → findings
    agencies: dict[str, dict[str, int]]  # name of the body that must act → severity → findings


@dataclass(frozen=True)
class Report:
    """What a validation found, by rule; rules in their order."""

    rules: tuple[RuleReport, ...]
    plans: tuple[Place, ...]
    counts: dict[str, int]  # class in our namespace ("Task") → instances in the data
    triples: int
    inferred: bool  # False: the data lack entailments, so leads through the action are missing
    looked_at: int  # focus nodes of all rules together, the ontology's own and the concepts' left out
    profile: str = ""  # name of the profile; "" where none was applied
    profile_title: Words = field(default_factory=dict)
    off: tuple[str, ...] = ()  # IRIs of the rules that profile or settings switched off
    engine: str = field(default="", compare=False)  # which one ran; in no rendering: both must say the same
    waivers: Waivers | None = None
    since: Change | None = None
    only: tuple[tuple[str, str], ...] = ()  # what it was narrowed to: ("plan", title), ("agency", name)
    listed: int | None = None  # findings listed of each rule; None: all
    kept: Tally | None = None  # the exact numbers, where not all findings are listed any more

    @property
    def findings(self) -> tuple[ReportFinding, ...]:
        """All findings that are listed, gravest first, then in the rules' order."""
        found = [finding for rule in self.rules for finding in rule.findings]
        return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))

    @property
    def waived(self) -> tuple[Waived, ...]:
        """What waivers take out of the findings."""
        return self.waivers.waived if self.waivers else ()

    @property
    def not_checked(self) -> tuple[RuleReport, ...]:
        """The rules that had nothing to check."""
        return tuple(rule for rule in self.rules if rule.state == "not checked")

    @property
    def conforms(self) -> bool:
        """`sh:conforms`: no result of any severity (SHACL section 3.6.1.1). SHACL knows no waivers: they change nothing."""
        return not any(self.tally.problems.values()) and not self.waived

    @cached_property
    def tally(self) -> Tally:
        """The exact numbers of what is open."""
        return self.kept or _count(self.rules)

    def count(self, severity: str) -> int:
        """How many findings of this severity are open."""
        return self.tally.problems[severity]

    def plans_with(self, severity: str) -> int:
        """In how many plans something of this severity was found."""
        return self.tally.touched[severity]

    def to_do(self) -> tuple[RuleReport, ...]:
        """The rules that found something, by what to do first: severity, then plans touched, then findings."""

        def rank(rule: RuleReport) -> tuple[int, int, int]:
            tally = self.tally.rules[rule.iri]
            return SEVERITIES.index(rule.severity), -tally.plans, -tally.total

        return tuple(sorted((rule for rule in self.rules if rule.findings), key=rank))

    def example(self, rule: RuleReport) -> ReportFinding:
        """The finding that shows best what a rule that found something is about: short words within a sentence."""

        def rank(finding: ReportFinding) -> int:
            passage = finding.passage
            if passage is None:
                return 2
            return 0 if (passage.before or passage.after) and len(passage.words) <= 80 else 1

        return min(rule.findings, key=rank)

    def status(self, fail_on: str = "violation") -> int:
        """The exit status: 0 nothing at or above `fail_on`, 1 something, 6 there was nothing to check.

        What a waiver takes out does not count. `new-violation` and the like count only what the earlier run did not have.
        Raises `UsageError` for another `fail_on` than those in FAIL_ON, and for a new- one without an earlier run.
        """
        if fail_on not in FAIL_ON:
            raise UsageError(f"'{fail_on}' is no severity", remedy=f"one of {', '.join(FAIL_ON)}")
        if fail_on.startswith(NEW) and self.since is None:
            raise UsageError(f"{fail_on} needs an earlier report", remedy="name it with --since REPORT.json")
        if not self.looked_at:
            return 6
        numbers = self.tally.new if fail_on.startswith(NEW) else self.tally.problems
        grave = SEVERITIES[: SEVERITIES.index(fail_on.removeprefix(NEW)) + 1]  # type: ignore[arg-type]
        return 1 if any(numbers[severity] for severity in grave) else 0

    def verdict(self, lang: str = "zh") -> str:
        """The verdict in words, with what was checked and what was not."""
        from kg.validate.words import verdict

        return verdict(self, lang)

    def to_json(self) -> str:
        """The whole report as JSON, as shapes/report.schema.json describes it; ends with a line feed."""
        from kg.validate.saved import write

        return write(self)

    def to_turtle(self) -> str:
        """The report as SHACL defines it (section 3.6), the same bytes for the same report."""
        from kg.validate.turtle import write

        return write(self)


def _count(rules: tuple[RuleReport, ...]) -> Tally:
    problems, new = (dict.fromkeys(SEVERITIES, 0) for _ in range(2))
    touched: dict[str, set[str]] = {severity: set() for severity in SEVERITIES}
    plans: dict[str, Counter[str]] = {}
    agencies: dict[str, Counter[str]] = {}
    of_rules = {}
    for rule in rules:
        acts: Counter[str] = Counter()
        for finding in rule.findings:
            problems[finding.severity] += 1
            new[finding.severity] += finding.change == "new"
            for plan in finding.plans:
                touched[finding.severity].add(plan.iri)
                plans.setdefault(plan.iri, Counter())[finding.severity] += 1
            for name in finding.acts or ("",):
                acts[name] += 1
                agencies.setdefault(name, Counter())[finding.severity] += 1
        of_rules[rule.iri] = RuleTally(
            total=len(rule.findings),
            plans=len({plan.iri for finding in rule.findings for plan in finding.plans}),
            new=sum(finding.change == "new" for finding in rule.findings),
            ids=tuple(f"{finding.id}/{finding.key}" for finding in rule.findings),
            acts=dict(sorted(acts.items(), key=lambda pair: (-pair[1], pair[0]))),
        )
    return Tally(
        problems=problems,
        new=new,
        touched={severity: len(found) for severity, found in touched.items()},
        rules=of_rules,
        plans={iri: dict(plans[iri]) for iri in sorted(plans)},
        agencies={name: dict(agencies[name]) for name in sorted(agencies)},
    )
