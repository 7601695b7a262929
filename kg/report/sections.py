"""The sections of a page on plans, agencies, changes, waivers and rules."""

from __future__ import annotations

from collections.abc import Sequence

from kg.report import parts
from kg.report.markup import Markup, esc
from kg.report.words import SEVERITY_SIGN
from kg.validate.report import SEVERITIES, PlanEntry, ReportFinding


class Sections(Markup):
    """Lists of lines of HTML, each a section or none."""

    # ------------------------------------------------------------ plans

    def plans(self) -> list[PlanEntry | None]:
        """The plans to show: all, and none where findings belong to none."""
        plans: list[PlanEntry | None] = [
            plan if isinstance(plan, PlanEntry) else PlanEntry(plan.iri, plan.title) for plan in self.report.plans
        ]
        return plans + ([None] if "" in self.homes.values() else [])

    def plan_index(self) -> list[str]:
        speech, tally = self.speech, self.report.tally
        plans = self.plans()
        if not plans:
            return []
        heads = [speech("plan"), *(f"{SEVERITY_SIGN[s]} {speech(s)}" for s in SEVERITIES), speech("checked-here")]
        rows = []
        for plan in plans:
            name = self.plan_name(plan.iri) if plan else "plan-none"
            title = self.of_document(plan.title) if plan else esc(speech("no-plan"))
            numbers = tally.plans.get(plan.iri, {}) if plan else {}
            if not plan:
                own = [finding for _, findings in self.of_plans.get("", []) for finding in findings]
                numbers = {s: sum(finding.severity == s for finding in own) for s in SEVERITIES}
            counts = speech.counts(plan.counts) if plan else ""
            rows.append([self.link(self.to(name), title), *(str(numbers.get(s, 0)) for s in SEVERITIES), esc(counts)])
        table = self.table(heads, rows, numbers=(1, 2, 3))
        return [f'<h2 id="plans" class="page">{esc(speech("plans"))}</h2>', table]

    def plan_sections(self) -> list[str]:
        return [line for plan in self.plans() for line in self.plan_section(plan, level=3)]

    def plan_section(self, plan: PlanEntry | None, level: int) -> list[str]:
        speech = self.speech
        name = self.plan_name(plan.iri) if plan else "plan-none"
        title = self.of_document(plan.title) if plan else esc(speech("no-plan"))
        lines = [f'<section id="{name}"><h{level}>{title}</h{level}>']
        if plan:
            lines += self.about(plan)
        found = self.of_plans.get(plan.iri if plan else "", [])
        if not found:
            lines.append(f"<p>{esc(speech(parts.nothing_listed(self.report, plan)))}</p>")
        under = 2 if level == 1 else level + 1
        for rule, findings in found:
            lines.append(f"<h{under}>{self.tag(rule.severity)} {esc(speech.wrong(rule, findings[0]))}</h{under}>")
            if rule.remedy:
                lines.append(f'<p class="small">{esc(speech.label("remedy"))}{esc(speech.rule(rule.remedy))}</p>')
            lines += [self.finding(finding, plan, under + 1) for finding in findings]
        return [*lines, "</section>"]

    def about(self, plan: PlanEntry) -> list[str]:
        speech = self.speech
        facts = [(speech("issuers"), self.of_document(speech.list(plan.issuers))) if plan.issuers else ("", "")]
        facts.append(
            (speech("checked-here"), esc(speech.counts(plan.counts))) if any(plan.counts.values()) else ("", "")
        )
        facts.append((speech("file"), f"<code>{esc(plan.file)}</code>") if plan.file else ("", ""))
        if plan.url.startswith(("http://", "https://")):
            facts.append((speech("source"), self.link(plan.url, esc(plan.url))))
        rows = "".join(f"<dt>{esc(key)}</dt><dd>{text}</dd>" for key, text in facts if key)
        return [f'<dl class="small">{rows}</dl>'] if rows else []

    def finding(self, finding: ReportFinding, plan: PlanEntry | None, level: int) -> str:
        """A finding with all that is known of it."""
        speech = self.speech
        first = self.homes.get(finding.id, "") == (plan.iri if plan else "")
        anchor = f"f-{finding.id}" + ("" if first else "-" + self.plan_name(plan.iri if plan else ""))
        new = f' <span class="tag new">{esc(speech("new"))}</span>' if finding.change == "new" else ""
        lines = [
            f'<article class="finding" id="{anchor}"><h{level}>{self.of_document(parts.place_name(finding))}{new}</h{level}>'
        ]
        lines.append(self.quote(finding) + self.value(finding))
        facts = [esc(speech.label("who") + parts.who(finding, speech))]
        others = [name for name in finding.agencies if name not in finding.acts]
        if others:
            facts.append(esc(speech.label("concerned")) + self.of_document(speech.list(others)))
        at = parts.location(finding, speech)
        facts += [esc(at)] if at else []
        facts.append(f"{esc(speech('id'))} <code>{finding.id}</code>")
        lines.append(f'<p class="small">{" · ".join(facts)}</p></article>')
        return "".join(lines)

    # ------------------------------------------------------------ agencies

    def agency_index(self) -> list[str]:
        speech, numbers = self.speech, self.report.tally.agencies
        if not self.agencies:
            return []
        heads = [speech("agency"), *(f"{SEVERITY_SIGN[s]} {speech(s)}" for s in SEVERITIES), speech("named-here")]
        rows = []
        for agency in self.agencies:
            text = self.of_document(agency.name) if agency.name else esc(speech("nobody"))
            mine = numbers.get(agency.name, {})
            row = [self.link(self.to(self.agency_name(agency.name)), text)]
            rows.append([*row, *(str(mine.get(s, 0)) for s in SEVERITIES), str(len(agency.named))])
        table = self.table(heads, rows, numbers=(1, 2, 3, 4))
        return [f'<h2 id="agencies" class="page">{esc(speech("agencies"))}</h2>', table]

    def agency_sections(self) -> list[str]:
        return [line for agency in self.agencies for line in self.agency_section(agency, level=3)]

    def agency_section(self, agency: parts.Agency, level: int) -> list[str]:
        speech = self.speech
        name = self.of_document(agency.name) if agency.name else esc(speech("nobody"))
        lines = [f'<section id="{self.agency_name(agency.name)}"><h{level}>{name}</h{level}>']
        under = 2 if level == 1 else level + 1
        for key, findings in (("acts-here", agency.acts), ("named-here", agency.named)):
            if findings:
                count = speech.bracketed(speech.number("findings", len(findings)))
                lines.append(f"<h{under}>{esc(speech(key) + count)}</h{under}>")
                lines += self.by_rule(findings)
        if not agency.acts and not agency.named:
            lines.append(f"<p>{esc(speech('not-listed'))}</p>")
        return [*lines, "</section>"]

    def by_rule(self, findings: Sequence[ReportFinding]) -> list[str]:
        """Links to findings, grouped by what is wrong and by plan."""
        lines: list[str] = []
        rule = titles = None
        for finding in findings:
            if finding.rule != rule:
                lines += ["</ul>"] if rule else []
                of = self.rules[finding.rule]
                lines.append(f"<p>{self.tag(of.severity)} {esc(self.speech.wrong(of, finding))}</p>")
                mend = esc(self.speech.label("remedy") + self.speech.rule(of.remedy)) if of.remedy else ""
                lines += [f'<p class="small">{mend}</p>'] if mend else []
            if finding.rule != rule or parts.plan_titles(finding, self.speech) != titles:
                lines += ["</ul>"] if finding.rule == rule else []
                titles = parts.plan_titles(finding, self.speech)
                lines.append(f'<p class="small">{self.of_document(titles)}</p><ul class="plain">')
            rule = finding.rule
            place = self.of_document(parts.place_name(finding))
            lines.append(f"<li>{self.link(self.to(self.home(finding), f'f-{finding.id}'), place)}</li>")
        return [*lines, "</ul>"]

    # ------------------------------------------------------------ changes, waivers, rules

    def changes(self) -> list[str]:
        change, speech = self.report.since, self.speech
        if change is None:
            return []
        lines = [f'<h2 id="changes">{esc(speech("changes"))}</h2>']
        lines.append(f"<p>{esc(speech.join(parts.change_parts(change, speech)))}</p>")
        gone = {finding.id: finding for finding in change.gone}
        for key, heading, some in (
            ("fixed", "fixed", change.fixed), ("unchecked", "unchecked-note", change.unchecked), ("new", "new", change.new),
        ):  # fmt: skip
            if not some:
                continue
            lines.append(
                f'<h3 class="{key}">{esc(speech(heading))}{esc(speech.bracketed(str(len(some))))}</h3><ul class="plain">'
            )
            if key == "new":
                here = {f.id: f for rule in self.report.rules for f in rule.findings}
                for identifier in some:
                    words = parts.gone_words(identifier, here.get(identifier), self.rules, speech)
                    home = here.get(identifier)
                    text = esc(words)
                    lines.append(
                        f"<li>{self.link(self.to(self.home(home), f'f-{identifier}'), text) if home else text}</li>"
                    )
            else:
                lines += [f"<li>{esc(parts.gone_words(i, gone.get(i), self.rules, speech))}</li>" for i in some]
            lines.append("</ul>")
        return lines

    def waivers(self) -> list[str]:
        waivers, speech = self.report.waivers, self.speech
        if waivers is None:
            return []
        lines = [f'<h2 id="waivers">{esc(speech("waivers"))}</h2>']
        if waivers.waived:
            heads = [speech(key) for key in ("wrong", "plan", "place", "reason", "owner", "expires")]
            rows = []
            for each in waivers.waived:
                finding, waiver = each.finding, each.waiver
                wrong = f"{self.tag(finding.severity)} {esc(speech.wrong(self.rules[finding.rule], finding))}"
                cells = [
                    self.of_document(parts.plan_titles(finding, speech)),
                    self.of_document(parts.place_name(finding)),
                ]
                rows.append([wrong, *cells, esc(waiver.reason), esc(waiver.owner), esc(waiver.expires)])
            lines += [f"<p>{esc(speech('waived-note'))}</p>", self.table(heads, rows)]
        for key, some in (("waiver-expired", waivers.expired), ("waiver-unused", waivers.unused)):
            if some:
                items = "".join(
                    f"<li>{esc(parts.waiver_name(w))} — {esc(parts.waiver_words(w, speech))}</li>" for w in some
                )
                lines.append(f'<h3>{esc(speech(key))}</h3><ul class="plain">{items}</ul>')
        return lines

    def rule_table(self) -> list[str]:
        speech, tally = self.speech, self.report.tally
        if not self.report.rules:
            return []
        heads = [speech(key) for key in ("rule", "severity", "state", "checked", "count", "version")]
        order = ("not checked", "found", "waived", "passed")
        rules = sorted(self.report.rules, key=lambda rule: order.index(rule.state))
        rows = []
        for rule in rules:
            label = f'{esc(speech.rule(rule.label))} <code class="small">{esc(rule.name)}</code>'
            if rule.findings:
                label = self.link(("index.html" if self.folder else "") + f"#rule-{rule.name}", label)
            state = (
                f"<strong>{esc(speech('not checked'))}</strong>"
                if rule.state == "not checked"
                else esc(speech(rule.state))
            )
            cells = [
                self.tag(rule.severity),
                state,
                str(rule.checked),
                str(tally.rules[rule.iri].total),
                esc(rule.version),
            ]
            rows.append([label, *cells])
        lines = [f'<h2 id="rules" class="page">{esc(speech("rules"))}</h2>']
        if self.report.not_checked:
            lines.append(f"<p>{esc(speech('not-checked-note'))}</p>")
        return [*lines, self.table(heads, rows, numbers=(3, 4), caption=speech("how-counted"))]
