"""The report as .docx, to be passed on and written into; headings make its outline, nothing in it runs."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from kg.report import parts
from kg.report.words import SEVERITY_SIGN, Speech, clean
from kg.sheet.package import without_clock
from kg.validate.report import SEVERITIES, PlanEntry, Report, ReportFinding

_INK = {"violation": "A3171B", "warning": "7A4A00", "info": "2A5470", "new": "5B2A86"}
_SANS, _SERIF = "Microsoft YaHei", "SimSun"


def render(report: Report, lang: str = "zh") -> bytes:
    """The document: verdict, what to do first, each plan with its findings, each agency, waivers, what was not checked.

    The same report gives the same bytes. Raises `UsageError` for another language than zh or en.
    """
    from docx import Document

    made = _Document(Document(), report, Speech(lang, print=True))
    made.write()
    out = io.BytesIO()
    made.made.save(out)
    return without_clock(out.getvalue())


class _Document:
    def __init__(self, made: Any, report: Report, speech: Speech) -> None:
        self.made, self.report, self.speech = made, report, speech
        self.rules = {rule.iri: rule for rule in report.rules}
        self._set_up()

    def _set_up(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        made, speech = self.made, self.speech
        stamp = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
        made.core_properties.author, made.core_properties.title = "plankg", speech("title")
        made.core_properties.created = made.core_properties.modified = stamp
        made.core_properties.language = "zh-CN" if speech.zh else "en"
        made.core_properties.comments = ""
        page = made.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.2)
        page.top_margin = page.bottom_margin = Cm(2.2)
        for name, size in (("Normal", 10.5), ("Title", 22), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11)):
            style = made.styles[name]
            style.font.name, style.font.size = _SANS if speech.zh else "Calibri", Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("w:ascii", "w:hAnsi"):
                fonts.set(qn(kind), _SANS if speech.zh else "Calibri")
            fonts.set(qn("w:eastAsia"), _SANS)
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            if name != "Normal":
                style.font.color.rgb = RGBColor.from_string("1A1C20")
                style.font.bold = True
        made.styles["Normal"].paragraph_format.space_after = Pt(4)
        made.styles["Normal"].paragraph_format.line_spacing = 1.3

    # ------------------------------------------------------------ paragraphs

    def line(self, *runs: tuple[str, str], style: str | None = None, indent: float = 0, keep: bool = False) -> None:
        """A paragraph of runs: text and kind ("", strong, soft, quote, mark, or a severity)."""
        from docx.enum.text import WD_COLOR_INDEX
        from docx.oxml.ns import qn
        from docx.shared import Cm, RGBColor

        paragraph = self.made.add_paragraph(style=style)
        paragraph.paragraph_format.left_indent = Cm(indent) if indent else None
        paragraph.paragraph_format.keep_with_next = keep or None
        for text, kind in runs:
            if not text:
                continue
            run = paragraph.add_run(text)
            run.bold = kind in ("strong", *_INK) or None
            if kind in _INK:
                run.font.color.rgb = RGBColor.from_string(_INK[kind])
            elif kind == "soft":
                run.font.color.rgb = RGBColor.from_string("4D535E")
            if kind in ("quote", "mark"):
                run.font.name = _SERIF
                run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SERIF)
            if kind == "mark":
                run.font.highlight_color, run.underline = WD_COLOR_INDEX.YELLOW, True

    def heading(self, text: str, level: int) -> None:
        self.made.add_heading(text, level)

    def row_of(self, key: str, text: str, kind: str = "", indent: float = 0) -> None:
        if text:
            self.line((self.speech.label(key), "soft"), (text, kind), indent=indent)

    def table(self, heads: list[str], rows: list[list[str]], widths: list[float]) -> None:
        """A table whose header is repeated on every page."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt

        table = self.made.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.autofit = False
        for cells in (heads, *rows):
            row = table.rows[0] if cells is heads else table.add_row()
            for cell, text, width in zip(row.cells, cells, widths, strict=True):
                cell.width = Cm(width)
                run = cell.paragraphs[0].add_run(text)
                run.bold, run.font.size = cells is heads or None, Pt(9.5)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        self.made.add_paragraph()

    # ------------------------------------------------------------ parts

    def write(self) -> None:
        report, speech = self.report, self.speech
        self.made.add_heading(speech("title"), 0)
        self.line((speech.verdict(report), "strong"))
        if report.since:
            about = speech.number("since", clean(report.since.file)) if report.since.file else speech("changes")
            self.line((about + speech.colon, "strong"), (speech.join(parts.change_parts(report.since, speech)), ""))
        for said in parts.about(report, speech):
            self.line((said, "soft"))
        self.line((speech("legend"), "soft"))
        self._steps()
        self._plans()
        self._agencies()
        self._changes()
        self._waivers()
        self._not_checked()

    def _steps(self) -> None:
        speech, steps = self.speech, parts.steps(self.report, self.speech)
        if not steps:
            self.line((parts.nothing_to_do(self.report, speech), "strong"))
        first = speech("first-3") if len(steps) >= parts.FIRST else speech("first")
        for title, some in ((first, steps[: parts.FIRST]), (speech("then"), steps[parts.FIRST :])):
            if some:
                self.heading(title, 1)
                for step in some:
                    self._step(step)

    def _step(self, step: parts.Step) -> None:
        speech, rule, finding = self.speech, step.rule, step.example
        self.heading(f"{step.index}. {step.wrong}", 2)
        sign = f"{SEVERITY_SIGN[rule.severity]} {speech(rule.severity)}"
        new = f" · {speech.number('new', step.new)}" if step.new else ""
        plans = f" · {speech.number('in-plans', step.plans)}" if step.plans else ""
        self.line((sign, rule.severity), (f" · {parts.count_of(step, speech)}{plans}", ""), (new, "new"), keep=True)
        self.row_of("remedy", speech.rule(rule.remedy), "strong")
        self.row_of("who", parts.step_bodies(step, speech))
        self.row_of("why", speech.rule(rule.why))
        title, where = parts.plan_titles(finding, speech), parts.place_name(finding)
        self.row_of("example", title if where == title else f"{title} › {where}")
        self._quote(finding)

    def _quote(self, finding: ReportFinding) -> None:
        passage = finding.passage
        if passage is None:
            return
        kind = "mark" if (passage.before or passage.after) and len(passage.words) <= parts.MARKED else "quote"
        runs = ((clean(passage.before), "quote"), (clean(passage.words), kind), (clean(passage.after), "quote"))
        self.line(*runs, indent=0.8)

    def _plans(self) -> None:
        report, speech = self.report, self.speech
        if report.plans:
            self.heading(speech("plans"), 1)
            heads = [speech("plan"), *(f"{SEVERITY_SIGN[s]} {speech(s)}" for s in SEVERITIES)]
            numbers = report.tally.plans
            rows = [
                [clean(p.title), *(str(numbers.get(p.iri, {}).get(s, 0)) for s in SEVERITIES)] for p in report.plans
            ]
            self.table(heads, rows, [8.6, 2.6, 2.6, 2.6])
        of_plans = parts.by_plan(report)
        for plan in (*report.plans, None):
            found = of_plans.get(plan.iri if plan else "", [])
            if plan is None and not found:
                continue
            self.heading(clean(plan.title) if plan else speech("no-plan"), 2)
            if isinstance(plan, PlanEntry):
                self.row_of("issuers", speech.list(plan.issuers))
                self.row_of("checked-here", speech.counts(plan.counts))
                if not found:
                    self.line((speech(parts.nothing_listed(self.report, plan)), ""))
            for rule, findings in found:
                self.heading(
                    f"{SEVERITY_SIGN[rule.severity]} {speech(rule.severity)} · {speech.wrong(rule, findings[0])}", 3
                )
                self.row_of("remedy", speech.rule(rule.remedy))
                for finding in findings:
                    self._finding(finding)

    def _finding(self, finding: ReportFinding) -> None:
        speech = self.speech
        new = f" [{speech('new')}]" if finding.change == "new" else ""
        self.line((parts.place_name(finding), "strong"), (new, "new"), indent=0.4, keep=True)
        self._quote(finding)
        self.row_of("value", parts.value_of(finding, speech), indent=0.8)
        at = parts.location(finding, speech)
        said = [speech.label("who") + parts.who(finding, speech), *([at] if at else []), f"{speech('id')} {finding.id}"]
        self.line((" · ".join(said), "soft"), indent=0.8)

    def _agencies(self) -> None:
        speech, numbers = self.speech, self.report.tally.agencies
        acting = [agency for agency in parts.agencies(self.report) if numbers.get(agency.name)]
        if not acting:
            return
        self.heading(speech("agencies"), 1)
        heads = [speech("agency"), *(f"{SEVERITY_SIGN[s]} {speech(s)}" for s in SEVERITIES)]
        rows = [
            [clean(a.name) or speech("nobody"), *(str(numbers[a.name].get(s, 0)) for s in SEVERITIES)] for a in acting
        ]
        self.table(heads, rows, [8.6, 2.6, 2.6, 2.6])
        for agency in acting:
            self.heading(clean(agency.name) or speech("nobody"), 2)
            rule = ""
            for finding in agency.acts:
                if finding.rule != rule:
                    rule = finding.rule
                    of = self.rules[rule]
                    wrong = speech.wrong(of, finding)
                    self.line(
                        (f"{SEVERITY_SIGN[of.severity]} {speech(of.severity)}", of.severity),
                        (f" · {wrong}", ""),
                        keep=True,
                    )
                title, where = parts.plan_titles(finding, speech), parts.place_name(finding)
                self.line((title if where == title else f"{where} ({title})", ""), style="List Bullet")

    def _changes(self) -> None:
        change, speech = self.report.since, self.speech
        if change is None:
            return
        gone = {finding.id: finding for finding in change.gone}
        here = {finding.id: finding for rule in self.report.rules for finding in rule.findings}
        self.heading(speech("changes"), 1)
        for key, some in (("fixed", change.fixed), ("new", change.new), ("unchecked", change.unchecked)):
            if some:
                self.heading(f"{speech(key)}{speech.bracketed(str(len(some)))}", 2)
                for identifier in some:
                    finding = here.get(identifier) or gone.get(identifier)
                    self.line((parts.gone_words(identifier, finding, self.rules, speech), ""), style="List Bullet")

    def _waivers(self) -> None:
        waivers, speech = self.report.waivers, self.speech
        if waivers is None:
            return
        self.heading(speech("waivers"), 1)
        if waivers.waived:
            self.line((speech("waived-note"), ""))
        for each in waivers.waived:
            finding = each.finding
            wrong = speech.wrong(self.rules[finding.rule], finding)
            self.line(
                (f"{wrong} — {parts.plan_titles(finding, speech)} {parts.place_name(finding)}", ""), style="List Bullet"
            )
            self.line((parts.waiver_words(each.waiver, speech), "soft"), indent=0.8)
        for key, some in (("waiver-expired", waivers.expired), ("waiver-unused", waivers.unused)):
            for waiver in some:
                said = f"{speech(key)}{speech.colon}{parts.waiver_name(waiver)} — {parts.waiver_words(waiver, speech)}"
                self.line((said, ""), style="List Bullet")

    def _not_checked(self) -> None:
        speech = self.speech
        if self.report.not_checked:
            self.heading(speech("not checked"), 1)
            for rule in self.report.not_checked:
                self.line((speech.rule(rule.label), ""), style="List Bullet")
