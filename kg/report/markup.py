"""What the pages of a report are made of: addresses, words of documents, quotations, tables, and the page around them."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from kg.report import parts
from kg.report.words import SEVERITY_SIGN, Speech, clean
from kg.validate.report import Report, ReportFinding

POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"


def esc(text: str) -> str:
    """A text as HTML.

    >>> esc("<script>规划")
    '&lt;script&gt;规划'
    """
    return html.escape(clean(text))


class Markup:
    """The pages of one report; `folder` says whether plans and agencies have files of their own."""

    def __init__(self, report: Report, speech: Speech, folder: bool) -> None:
        self.report, self.speech, self.folder = report, speech, folder
        self.rules = {rule.iri: rule for rule in report.rules}
        self.agencies = parts.agencies(report)
        self.of_plans = parts.by_plan(report)
        self.homes = self._homes()

    # ------------------------------------------------------------ names and links

    def _homes(self) -> dict[str, str]:
        """The plan below which a finding stands, by identifier; "" for none."""
        listed = {plan.iri for plan in self.report.plans}
        return {
            f.id: next((plan.iri for plan in f.plans if plan.iri in listed), "")
            for rule in self.report.rules
            for f in rule.findings
        }

    @staticmethod
    def plan_name(iri: str) -> str:
        """The anchor of a plan, and the name of its file."""
        tail = iri.rstrip("/").rsplit("/", 1)[-1]
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in tail).strip(".") or "plan"
        return f"plan-{safe}" if safe == tail else f"plan-{safe}-{hashlib.sha256(iri.encode()).hexdigest()[:6]}"

    @staticmethod
    def agency_name(name: str) -> str:
        return "agency-" + (hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10] if name else "none")

    def to(self, name: str, anchor: str = "") -> str:
        """The address of a plan's or agency's page, or of a place on it."""
        if self.folder:
            return f"{name}.html" + (f"#{anchor}" if anchor else "")
        return f"#{anchor or name}"

    def link(self, address: str, text: str, kind: str = "") -> str:
        classes = f' class="{kind}"' if kind else ""
        return f'<a href="{html.escape(address)}"{classes}>{text}</a>'

    def of_document(self, text: str) -> str:
        """Words of a document, with their language where the page has another."""
        return esc(text) if self.speech.zh else f'<span lang="zh-Hans">{esc(text)}</span>'

    def tag(self, severity: str) -> str:
        return f'<span class="tag {severity}">{SEVERITY_SIGN[severity]} {esc(self.speech(severity))}</span>'

    def example(self, finding: ReportFinding) -> str:
        """One finding where it stands: plan, provision, sentence, and the way to all others."""
        plan = self.of_document(parts.plan_titles(finding, self.speech))
        where = parts.place_name(finding)
        titles = {place.title for place in finding.plans}
        place = f" › {self.of_document(where)}" if where not in titles else ""
        address = self.to(self.home(finding), f"f-{finding.id}")
        return self.link(address, plan + place) + self.quote(finding) + self.value(finding)

    def home(self, finding: ReportFinding) -> str:
        iri = self.homes.get(finding.id, "")
        return self.plan_name(iri) if iri else "plan-none"

    def quote(self, finding: ReportFinding) -> str:
        passage = finding.passage
        if passage is None:
            return ""
        lang = "" if self.speech.zh else ' lang="zh-Hans"'
        whole = not (passage.before or passage.after) or len(passage.words) > parts.MARKED
        marked = esc(passage.words) if whole else f"<mark>{esc(passage.words)}</mark>"
        return f"<blockquote{lang}>{esc(passage.before)}{marked}{esc(passage.after)}</blockquote>"

    def value(self, finding: ReportFinding) -> str:
        value = parts.value_of(finding, self.speech)
        return f'<p class="small">{esc(self.speech.label("value"))}{self.of_document(value)}</p>' if value else ""

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = (), caption: str = ""
    ) -> str:
        """A table; cells are HTML already. The first cell of a row is its heading."""

        def kind(n: int) -> str:
            return ' class="n"' if n in numbers else ' class="v"' if heads[n] == self.speech("version") else ""

        top = "".join(f'<th scope="col"{kind(n)}>{esc(head)}</th>' for n, head in enumerate(heads))
        lines = [
            f"<table>{f'<caption>{esc(caption)}</caption>' if caption else ''}<thead><tr>{top}</tr></thead><tbody>"
        ]
        for row in rows:
            cells = "".join(
                f'<td{kind(n)} data-head="{esc(heads[n])}">{cell}</td>' for n, cell in enumerate(row[1:], start=1)
            )
            lines.append(f'<tr><th scope="row">{row[0]}</th>{cells}</tr>')
        return "\n".join([*lines, "</tbody></table>"])

    def document(self, title: str, sections: Iterable[str]) -> str:
        speech = self.speech
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="{"zh-Hans" if speech.zh else "en"}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            POLICY,
            f"<title>{esc(title)}</title>",
            f"<style>\n{_style()}</style>",
            "</head>",
            "<body>",
            "<main>",
            *sections,
            "</main>",
            f'<footer><p class="small">{esc(speech("legend"))}</p></footer>',
            "</body>",
            "</html>",
        ]
        return "\n".join(lines) + "\n"


@lru_cache(maxsize=1)
def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text("utf-8")
