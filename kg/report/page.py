"""The report as HTML: one file that needs nothing else, or a folder with a page for each plan and each agency.

No script, no font and no picture from elsewhere (the policy in the head forbids them); severity is told by sign and word
before it is by colour; every word of a document is escaped and carries its language (WCAG 2.2: 1.4.1, 3.1.2).
"""

from __future__ import annotations

from kg.report import parts
from kg.report.markup import esc
from kg.report.sections import Sections
from kg.report.words import SEVERITY_SIGN, Speech
from kg.validate.report import SEVERITIES, Report


def render(report: Report, lang: str = "zh") -> str:
    """The whole report on one page.

    Raises `UsageError` for another language than zh or en.
    """
    return _Pages(report, Speech(lang, print=True), False).whole()


def render_folder(report: Report, lang: str = "zh") -> dict[str, str]:
    """The report as files: index.html, a page for each plan and each agency; name → content.

    Raises `UsageError` for another language than zh or en.
    """
    return _Pages(report, Speech(lang, print=True), True).files()


class _Pages(Sections):
    """The whole report, on one page or in a folder."""

    # ------------------------------------------------------------ pages

    def whole(self) -> str:
        sections = [*self.top(), *self.steps(), *self.changes(), *self.plan_index(), *self.plan_sections()]
        sections += [*self.agency_index(), *self.agency_sections(), *self.waivers(), *self.rule_table()]
        return self.document(self.speech("title"), sections)

    def files(self) -> dict[str, str]:
        speech = self.speech
        sections = [*self.top(), *self.steps(), *self.changes(), *self.plan_index()]
        sections += [*self.agency_index(), *self.waivers(), *self.rule_table()]
        found = {"index.html": self.document(speech("title"), sections)}
        back = f'<p class="back">{self.link("index.html", esc(speech("back")))}</p>'
        for plan in self.plans():
            name = self.plan_name(plan.iri) if plan else "plan-none"
            title = plan.title if plan else speech("no-plan")
            found[f"{name}.html"] = self.document(title, [back, *self.plan_section(plan, level=1)])
        for agency in self.agencies:
            title = agency.name or speech("nobody")
            found[f"{self.agency_name(agency.name)}.html"] = self.document(
                title, [back, *self.agency_section(agency, level=1)]
            )
        return found

    # ------------------------------------------------------------ the top

    def top(self) -> list[str]:
        report, speech = self.report, self.speech
        lines = [f"<h1>{esc(speech('title'))}</h1>", f'<p class="verdict">{self.of_verdict()}</p>']
        numbers = []
        for severity in SEVERITIES:
            count, new = report.tally.problems[severity], report.tally.new[severity]
            more = f'<small class="new">{esc(speech.number("new", new))}</small>' if new else ""
            words = f"<span>{SEVERITY_SIGN[severity]} {esc(speech(severity))} {more}</span>"
            numbers.append(f'<li class="{severity}"><b>{count}</b>{words}</li>')
        lines.append(f'<ul class="numbers">{"".join(numbers)}</ul>')
        if report.since:
            about = (
                speech.number("since", f"<code>{esc(report.since.file)}</code>")
                if report.since.file
                else speech("changes")
            )
            said = esc(speech.join(parts.change_parts(report.since, speech)))
            lines.append(f"<p><strong>{about}</strong>{speech.colon}{said}</p>")
        about = " · ".join(parts.about(report, speech))
        lines += [f'<p class="note">{esc(about)}</p>'] if about else []
        targets = [("to-do", report.to_do()), ("changes", report.since), ("plans", report.plans)]
        targets += [("agencies", self.agencies), ("waivers", report.waivers), ("rules", report.rules)]
        items = "".join(f"<li>{self.link(f'#{key}', esc(speech(key)))}</li>" for key, there in targets if there)
        lines.append(f'<nav aria-label="{esc(speech("contents"))}"><ul>{items}</ul></nav>')
        return lines

    def of_verdict(self) -> str:
        return esc(self.speech.verdict(self.report))

    # ------------------------------------------------------------ what to do

    def steps(self) -> list[str]:
        speech = self.speech
        steps = parts.steps(self.report, speech)
        if not steps:
            return [
                f'<h2 id="to-do">{esc(speech("to-do"))}</h2>',
                f"<p>{esc(parts.nothing_to_do(self.report, self.speech))}</p>",
            ]
        first, rest = steps[: parts.FIRST], steps[parts.FIRST :]
        heading = speech("first-3") if len(first) == parts.FIRST else speech("first")
        lines = [f'<h2 id="to-do">{esc(heading)}</h2>']
        lines.append(f'<p class="note">{esc(speech("marked"))}</p>' if any(s.example.passage for s in first) else "")
        lines += ['<ol class="steps">', *(self.step(step) for step in first), "</ol>"]
        if rest:
            lines += [f"<h2>{esc(speech('then'))}</h2>", '<ol class="steps then">']
            lines += [*(self.step(step) for step in rest), "</ol>"]
        return lines

    def step(self, step: parts.Step) -> str:
        speech, rule, example = self.speech, step.rule, step.example
        facts = [f"<b>{step.index}.</b>", self.tag(rule.severity)]
        facts.append(f"<span>{esc(parts.count_of(step, speech))}</span>")
        if step.plans:
            facts.append(f"<span>{esc(speech.number('in-plans', step.plans))}</span>")
        if step.new:
            facts.append(f'<span class="tag new">{esc(speech.number("new", step.new))}</span>')
        rows = [
            ("remedy", f'<dd class="do">{esc(speech.rule(rule.remedy))}</dd>' if rule.remedy else ""),
            ("who", f"<dd>{self.of_bodies(step)}</dd>"),
            ("why", f"<dd>{esc(speech.rule(rule.why))}</dd>" if rule.why else ""),
            ("example", f"<dd>{self.example(example)}</dd>"),
        ]
        body = "".join(f"<dt>{esc(speech(key))}</dt>{cell}" for key, cell in rows if cell)
        return (
            f'<li class="step {rule.severity}" id="rule-{esc(rule.name)}"><p class="top">{"".join(facts)}</p>'
            f"<h3>{esc(step.wrong)}</h3><dl>{body}</dl></li>"
        )

    def of_bodies(self, step: parts.Step) -> str:
        speech = self.speech
        shown = []
        for name, count in step.acts[:3]:
            text = self.of_document(name) if name else esc(speech("nobody"))
            shown.append(
                self.link(self.to(self.agency_name(name)), text)
                + esc(speech.bracketed(speech.number("findings", count)))
            )
        left = len(step.acts) - 3
        more = " " + speech.number("more-bodies", len(step.acts) if speech.zh else left) if left > 0 else ""
        return ("、" if speech.zh else ", ").join(shown) + esc(more)
