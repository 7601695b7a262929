"""Every form says the same, byte for byte the same each time, and a saved report renders as the first one did."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from openpyxl import load_workbook

from kg.errors import UsageError
from kg.report import BINARY, FORMS, form_of, limit, render, render_folder
from kg.report.parts import steps
from kg.report.words import Speech
from kg.validate import saved
from kg.validate.report import Report
from kg.validate.turtle import read


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes_also_from_its_json(five: Report, form: str, lang: str) -> None:
    again = saved.read(five.to_json())
    assert render(five, form, lang) == render(five, form, lang) == render(again, form, lang)


def test_the_folder_is_the_same_from_json(five: Report) -> None:
    files = render_folder(five)
    assert files == render_folder(saved.read(five.to_json()))
    assert {"index.html", "report.json"} < set(files)
    assert sum(name.startswith("plan-") for name in files) == len(five.plans)
    assert sum(name.startswith("agency-") for name in files) >= len(five.tally.agencies)


class Page(HTMLParser):
    """Anchors, links, headings and tags of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.links, self.levels, self.tags = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.tags.append((tag, found))
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_of_the_page_leads_somewhere_and_no_anchor_stands_twice(five: Report, lang: str) -> None:
    page = Page(render(five, "html", lang).decode())
    assert len(page.ids) == len(set(page.ids))
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert {f"f-{finding.id}" for finding in five.findings} <= set(page.ids)


def test_every_link_of_the_folder_leads_somewhere(five: Report) -> None:
    files = {name: Page(data.decode()) for name, data in render_folder(five).items() if name.endswith(".html")}
    for name, page in files.items():
        for link in page.links:
            if not link.startswith("http"):
                file, _, anchor = link.partition("#")
                assert (file or name) in files, link
                assert not anchor or anchor in files[file or name].ids, link


def test_the_page_needs_nothing_else_and_can_be_read_by_all(five: Report) -> None:
    text = render(five, "html", "en").decode()
    page = Page(text)
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "form"}
    assert "@import" not in text
    assert "url(" not in text
    assert "default-src 'none'" in text
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(page.levels, page.levels[1:], strict=False))  # no level is left out
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in page.tags if tag == "th")
    assert dict(page.tags)["html"]["lang"] == "en"
    assert any(attributes.get("lang") == "zh-Hans" for tag, attributes in page.tags if tag == "blockquote")


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
        parts = [int(full[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_every_colour_can_be_read_on_its_ground(five: Report) -> None:
    text = render(five, "html").decode()
    palettes = [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in re.findall(r":root \{(.*?)\}", text, re.S)]
    assert len(palettes) == 3  # by day, by night, on paper
    for palette in palettes:
        for name in ("ink", "soft", "link", "violation", "warning", "info", "new", "done"):
            assert _contrast(palette[name], palette["paper"]) >= 4.5, (name, palette)
        assert _contrast(palette["mark-ink"], palette["mark"]) >= 4.5


def test_what_to_do_first_stands_first_in_page_and_workbook(five: Report) -> None:
    first = [step.wrong for step in steps(five, Speech("zh", print=True))[:3]]
    page = re.sub(r"<style>.*?</style>", "", render(five, "html").decode(), flags=re.S)
    places = [page.index(f"<h3>{wrong}</h3>") for wrong in first]
    assert places == sorted(places)
    assert places[-1] < page.index("然后改")
    assert page.index("先改这三件") < places[0]
    sheet = load_workbook(io.BytesIO(render(five, "xlsx"))).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert [cell for cell in cells if cell in first] == first
    assert "先改这三件" in cells


def test_an_example_has_its_sentence_with_the_words_marked(five: Report) -> None:
    page = render(five, "html").decode()
    step = steps(five, Speech("zh", print=True))[0]
    assert step.example.passage is not None
    assert step.example.passage.before
    assert f"<mark>{step.example.passage.words}</mark>" in page


def test_the_workbook_filters_stays_in_view_and_holds_every_finding(five: Report) -> None:
    book = load_workbook(io.BytesIO(render(five, "xlsx", "zh")))
    assert book.sheetnames[:3] == ["概要", "先改什么", "全部问题"]
    assert book.sheetnames[-1] == "规则"
    for sheet in book.worksheets[1:]:
        assert sheet.auto_filter.ref, sheet.title
        assert sheet.freeze_panes, sheet.title
    ids = {cell.value for row in book["全部问题"].iter_rows(min_row=2) for cell in row}
    assert {finding.id for finding in five.findings} <= ids
    states = [row[2].value for row in book["规则"].iter_rows(min_row=2)]
    assert states.count("没有可检查的对象，不算通过") == len(five.not_checked) > 0


def test_the_document_opens_and_its_outline_is_that_of_the_report(five: Report) -> None:
    from docx import Document

    made = Document(io.BytesIO(render(five, "docx", "zh")))
    headings = [p.text for p in made.paragraphs if p.style.name.startswith("Heading 1")]
    assert headings[:3] == ["先改这三件", "然后改", "各份规划"]
    assert all(plan.title in [p.text for p in made.paragraphs] for plan in five.plans)


def test_csv_has_a_line_for_each_finding(five: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(render(five, "csv", "en").decode("utf-8-sig"))))
    assert sorted(row["Finding"] for row in rows) == sorted(finding.id for finding in five.findings)
    assert {row["Severity"] for row in rows} == {"Must fix", "Should fix", "Consider"}


def test_turtle_comes_back_with_the_same_findings(five: Report) -> None:
    back = {
        (r.id, r.rule, r.severity, r.focus, r.path, r.value, r.component) for r in read(render(five, "ttl").decode())
    }
    assert back == {(f.id, f.rule, f.severity, f.focus, f.path, f.value, f.component) for f in five.findings}
    assert len(list(ox.parse(render(five, "ttl"), format=ox.RdfFormat.TURTLE))) > len(back)


@pytest.mark.parametrize(("fail_on", "grave"), [("violation", 1), ("warning", 2), ("info", 3)])
def test_junit_has_a_case_for_each_rule_and_skips_what_was_not_checked(five: Report, fail_on: str, grave: int) -> None:
    root = ElementTree.fromstring(render(five, "junit", fail_on=fail_on))
    cases = root.findall(".//testcase")
    assert len(cases) == len(five.rules) == int(root.get("tests", ""))
    failed = [r for r in five.rules if r.findings and r.severity in ("violation", "warning", "info")[:grave]]
    assert len(root.findall(".//failure")) == len(failed) == int(root.get("failures", ""))
    assert len(root.findall(".//skipped")) == len(five.not_checked) == int(root.get("skipped", ""))


def test_sarif_points_to_line_and_column_of_the_file(five: Report) -> None:
    from .conftest import DOCUMENTS

    texts = {file.name: file.read_text("utf-8").splitlines() for file in DOCUMENTS}
    run = json.loads(render(five, "sarif", sources="data/documents"))["runs"][0]
    assert len(run["results"]) == len(five.findings)
    ids = {result["partialFingerprints"]["plankgFinding/v1"]: result for result in run["results"]}
    looked = 0
    for finding in five.findings:
        result = ids[finding.id]
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"].startswith("data/documents/")
        region, passage = physical.get("region"), finding.passage
        if region and passage and region["startLine"] == region["endLine"]:
            line = texts[physical["artifactLocation"]["uri"].split("/")[-1]][region["startLine"] - 1]
            cut = line[region["startColumn"] - 1 : region["endColumn"] - 1]
            assert "".join(passage.words.rstrip("…").split()) in "".join(cut.split())
            looked += 1
    assert looked > 100
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}


def test_a_badge_is_green_only_where_something_was_checked(five: Report) -> None:
    from kg.validate import validate

    label = json.loads(render(five, "shields", "en"))
    assert label == {
        "schemaVersion": 1,
        "label": "plan check",
        "message": f"{five.count('violation')} must be fixed",
        "color": "b3261e",
    }
    nothing = json.loads(render(validate([]), "shields", "en"))
    assert (nothing["message"], nothing["color"]) == ("nothing to check", "555b63")
    ElementTree.fromstring(render(five, "badge"))


def test_nothing_to_check_is_no_pass_in_any_form() -> None:
    from kg.validate import validate

    empty = validate([])
    for form in ("text", "html", "md", "csv", "github", "junit", "sarif", "json"):
        text = render(empty, form, "en").decode("utf-8-sig")
        assert form == "csv" or "Nothing to check" in text
        assert "Nothing was found" not in text


def test_what_is_cut_short_is_said_and_totals_stay_exact(five: Report) -> None:
    short = limit(five, 2)
    assert short.tally == five.tally
    assert short.status() == five.status()
    assert all(len(rule.findings) <= 2 for rule in short.rules)
    for form, said in (
        ("html", "每条规则最多列出 2 处"),
        ("text", "另有 57 处未列出"),
        ("md", "每条规则最多列出 2 处"),
        ("ttl", "at most 2 of each rule"),
    ):
        assert said in render(short, form, "zh").decode()
        assert said not in render(five, form, "zh").decode()
    assert json.loads(short.to_json())["problems"] == json.loads(five.to_json())["problems"]
    assert saved.read(short.to_json()).tally == five.tally


@pytest.mark.parametrize("form", sorted(BINARY))
def test_packages_carry_no_clock(five: Report, form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(render(five, form))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in package.read("docProps/core.xml")


def test_other_suffixes_forms_and_languages_are_refused(five: Report) -> None:
    for wrong in (
        lambda: form_of("a.pdf"),
        lambda: form_of("report"),
        lambda: render(five, "pdf"),
        lambda: render(five, "html", "fr"),
    ):
        with pytest.raises(UsageError):
            wrong()
