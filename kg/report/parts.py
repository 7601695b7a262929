"""What several renderings show alike: steps, places, who must act, and what belongs to a plan or to an agency."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.report.words import Speech, clean
from kg.validate.report import SEVERITIES, Change, Place, PlanEntry, Report, ReportFinding, RuleReport, Waiver
from kg.validate.words import say

FIRST = 3  # what a planner is to do first
_BODIES = 3  # named in one breath
MARKED = 100  # characters; longer words are the whole provision, and marking it would mark nothing


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a rule, with what it found."""

    index: int
    rule: RuleReport
    wrong: str
    total: int
    checked: int  # how many things the rule looked at; 0 where that says nothing about the total
    plans: int
    new: int
    acts: tuple[tuple[str, int], ...]  # body that must act ("": none is named), findings; the most first
    example: ReportFinding


def steps(report: Report, speech: Speech) -> list[Step]:
    """What to do, in order."""
    found = []
    for index, rule in enumerate(report.to_do(), start=1):
        tally = report.tally.rules[rule.iri]
        acts, example = tuple(tally.acts.items()), report.example(rule)
        checked = rule.checked if rule.checked >= tally.total and not report.only else 0
        found.append(
            Step(index, rule, speech.wrong(rule, example), tally.total, checked, tally.plans, tally.new, acts, example)
        )
    return found


def step_bodies(step: Step, speech: Speech) -> str:
    """The bodies that must act on a step, with how often."""
    shown = [
        (clean(name) or speech("nobody")) + speech.bracketed(speech.number("findings", count))
        for name, count in step.acts[:_BODIES]
    ]
    left = len(step.acts) - _BODIES
    said = ("、" if speech.zh else ", ").join(shown)
    return said + ((" " + speech.number("more-bodies", left if not speech.zh else len(step.acts))) if left > 0 else "")


def count_of(step: Step, speech: Speech) -> str:
    """How many of how many."""
    if step.checked:
        return speech.number("of-checked", step.total, step.checked)
    return speech.number("findings", step.total)


def who(finding: ReportFinding, speech: Speech) -> str:
    """The bodies that must act on a finding, and as what."""
    if not finding.acts:
        return speech("nobody")
    return speech.list(finding.acts) + (speech.bracketed(speech(finding.acts_as)) if finding.acts_as else "")


def place_name(finding: ReportFinding) -> str:
    """Number and title of the provision, and the part of it that is meant."""
    place = finding.provision
    name = f"{place.number} {place.title}".strip() if place else finding.label
    is_part = place is not None and finding.focus != place.iri and finding.label not in name
    if is_part and finding.passage and finding.label in finding.passage.words:
        is_part = False
    return clean(name + (f" — {finding.label}" if is_part else ""))


def value_of(finding: ReportFinding, speech: Speech) -> str:
    """What stands there, where the quotation does not say it already: the finding's own sentence, else the bare value.

    Another thing of the same name (the earlier milestone of an indicator, an item with the same title) is not said yet.
    """
    shown = finding.value_label
    another = finding.value.startswith("<") and finding.value != f"<{finding.focus}>"
    if shown == finding.quote or (shown == finding.label and not (another and finding.sentence)):
        return ""
    return own_sentence(finding, speech) if finding.sentence and shown else clean(shown)


def own_sentence(finding: ReportFinding, speech: Speech) -> str:
    """What is wrong with this very thing, by its name; "" where the rule says nothing of it."""
    return clean(say(finding.sentence, speech.lang)) if finding.sentence else ""


def said(rule: RuleReport, finding: ReportFinding, speech: Speech) -> str:
    """What is wrong: of this very thing where the rule has words for it, else of any."""
    return own_sentence(finding, speech).rstrip("。.") or speech.wrong(rule, finding)


def about(report: Report, speech: Speech) -> list[str]:
    """What the reader must know of the run besides its verdict: profile, rules that are off, what is missing or cut short."""
    lines = []
    if report.profile:
        lines.append(speech.label("profile") + (speech.rule(report.profile_title) or clean(report.profile)))
    if report.off:
        lines.append(speech.number("off", len(report.off)))
    if not report.inferred:
        lines.append(speech("not-inferred"))
    if report.listed is not None:
        lines.append(speech.number("listed", report.listed))
    return lines


def sentence(finding: ReportFinding, marks: tuple[str, str] = ("【", "】")) -> str:
    """The sentence of the plan with the words marked that the finding is about; "" if there is none."""
    passage = finding.passage
    if passage is None:
        return ""
    before, words, after = (clean(part) for part in (passage.before, passage.words, passage.after))
    return (
        f"{before}{marks[0]}{words}{marks[1]}{after}"
        if (before or after) and len(words) <= MARKED
        else before + words + after
    )


def location(finding: ReportFinding, speech: Speech) -> str:
    """Line and column in the text as it was read; "" where they are not known."""
    passage = finding.passage
    return "" if passage is None or not passage.line else speech.number("line-column", passage.line, passage.column)


def plan_titles(finding: ReportFinding, speech: Speech) -> str:
    return speech.list([plan.title for plan in finding.plans]) or speech("no-plan")


def change_parts(change: Change, speech: Speech) -> list[str]:
    """How the run stands against the earlier one, in words."""
    parts = [speech.number("new", len(change.new)), speech.number("open", len(change.still_open))]
    parts.append(speech.number("fixed", len(change.fixed)))
    for key, count in (
        ("unchecked", len(change.unchecked)),
        ("of-new-rules", change.of_new_rules),
        ("of-new-plans", change.of_new_plans),
    ):
        parts += [speech.number(key, count)] if count else []
    return parts


def by_plan(report: Report) -> dict[str, list[tuple[RuleReport, list[ReportFinding]]]]:
    """The findings of each plan ("": of none), by rule, in the order of what to do first."""
    found: dict[str, list[tuple[RuleReport, list[ReportFinding]]]] = {}
    for rule in report.to_do():
        own: dict[str, list[ReportFinding]] = {}
        for finding in rule.findings:
            for iri in dict.fromkeys(plan.iri for plan in finding.plans) or ("",):
                own.setdefault(iri, []).append(finding)
        for iri, findings in own.items():
            found.setdefault(iri, []).append((rule, findings))
    return found


def nothing_listed(report: Report, plan: Place | None = None) -> str:
    """Why no finding of a plan (None: of the whole report) is listed, as a key of the words. Only the last is a pass.

    "nothing-read", "not-listed" (cut by --max-results), "all-waived", "nothing-of-body" (narrowed by --agency), "nothing-found".
    """
    if isinstance(plan, PlanEntry) and not any(plan.counts.get(kind) for kind in ("Task", "Target")):
        return "nothing-read"
    open_here = report.tally.problems if plan is None else report.tally.plans.get(plan.iri, {})
    if any(open_here.values()):
        return "not-listed"
    if any(plan is None or plan.iri in (p.iri for p in waived.finding.plans) for waived in report.waived):
        return "all-waived"
    return "nothing-of-body" if any(kind == "agency" for kind, _ in report.only) else "nothing-found"


def nothing_to_do(report: Report, speech: Speech) -> str:
    """What stands in place of the steps where there are none: that there was nothing to check is no pass."""
    return speech(nothing_listed(report)) if report.looked_at else speech.verdict(report)


@dataclass(frozen=True, slots=True)
class Agency:
    """A body with what it must act on, and what else names it."""

    name: str  # "": nobody is named
    acts: tuple[ReportFinding, ...]
    named: tuple[ReportFinding, ...]


def agencies(report: Report) -> list[Agency]:
    """The bodies that must act or are named, those first that must act on most of the gravest.

    All that must act are there, also where the report lists none of their findings.
    """
    acts: dict[str, list[ReportFinding]] = {}
    named: dict[str, list[ReportFinding]] = {}
    for rule in report.to_do():
        for finding in rule.findings:
            for name in finding.acts or ("",):
                acts.setdefault(name, []).append(finding)
            for name in finding.agencies:
                if name not in finding.acts:
                    named.setdefault(name, []).append(finding)
    numbers = report.tally.agencies

    def rank(name: str) -> tuple[object, ...]:
        mine = numbers.get(name, {})
        return (not name, *(-mine.get(severity, 0) for severity in SEVERITIES), name)

    return [
        Agency(name, tuple(acts.get(name, ())), tuple(named.get(name, ())))
        for name in sorted({*acts, *named, *numbers}, key=rank)
    ]


def rules_in_state(report: Report, state: str) -> Iterator[RuleReport]:
    return (rule for rule in report.rules if rule.state == state)


def gone_words(identifier: str, finding: ReportFinding | None, rules: dict[str, RuleReport], speech: Speech) -> str:
    """What an earlier run found and this one does not; its identifier alone where the earlier report does not list it."""
    if finding is None:
        return identifier
    rule = rules.get(finding.rule)
    wrong = speech.wrong(rule, finding) if rule else clean(finding.message) or finding.rule.rsplit("#", 1)[-1]
    return f"{wrong} — {plan_titles(finding, speech)} {place_name(finding)}"


def waiver_name(waiver: Waiver) -> str:
    """What a waiver is for, as its file says it."""
    return clean(waiver.finding or " ".join(part for part in (waiver.rule, waiver.plan, waiver.place) if part))


def waiver_words(waiver: Waiver, speech: Speech) -> str:
    """Reason, owner and expiry."""
    return speech.join([speech.label(key) + clean(getattr(waiver, key)) for key in ("reason", "owner", "expires")])
