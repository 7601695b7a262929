"""Where a report lists no finding it says why, and only where nothing was found that nothing was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError, UsageError
from kg.report import apply, compare, limit, narrow, read_waivers, render, render_folder
from kg.report.parts import nothing_listed
from kg.validate.report import Report
from tests.unit.report.test_forms import Page

FOUND = "没有发现问题。"


def waived(report: Report, tmp_path: Path) -> Report:
    """The report with all of its findings waived."""
    text = "".join(
        f'[[waiver]]\nfinding = "{finding.id}"\nreason = "统一安排"\nowner = "王某"\nexpires = 2027-01-01\n'
        for finding in report.findings
    )
    file = tmp_path / "all.toml"
    file.write_text(text, "utf-8")
    return apply(report, read_waivers(file), "2026-11-22")


@pytest.mark.parametrize("form", ["html", "docx"])
def test_nothing_was_found_stands_only_where_nothing_was(five: Report, form: str, tmp_path: Path) -> None:
    def says(report: Report) -> bool:
        if form == "html":
            return FOUND in render(report, form).decode()
        import io

        from docx import Document

        return any(FOUND in line.text for line in Document(io.BytesIO(render(report, form))).paragraphs)

    assert all(any(five.tally.plans[plan.iri].values()) for plan in five.plans)
    body = five.to_do()[0].findings[0].acts[0]
    for report in (five, limit(five, 1), narrow(five, [], [body]), waived(five, tmp_path)):
        assert not says(report)


def test_why_nothing_is_listed_of_a_plan(five: Report, tmp_path: Path) -> None:
    plan = five.plans[0]
    empty = replace(five, rules=tuple(replace(rule, findings=()) for rule in five.rules))
    assert nothing_listed(empty, plan) == "nothing-found"
    assert nothing_listed(replace(empty, kept=five.tally, listed=1), plan) == "not-listed"
    assert nothing_listed(waived(five, tmp_path), plan) == "all-waived"
    assert nothing_listed(replace(empty, only=(("agency", "区科协"),)), plan) == "nothing-of-body"
    assert nothing_listed(five, replace(plan, counts={})) == "nothing-read"


def test_links_of_a_cut_or_narrowed_report_lead_somewhere(five: Report, tmp_path: Path) -> None:
    for report in (limit(five, 1), narrow(five, ["东湖"], ["区科协"]), waived(five, tmp_path)):
        page = Page(render(report, "html").decode())
        assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
        files = {name: Page(data.decode()) for name, data in render_folder(report).items() if name.endswith(".html")}
        for name, one in files.items():
            for link in one.links:
                if not link.startswith("http"):
                    file, _, anchor = link.partition("#")
                    assert (file or name) in files, link
                    assert not anchor or anchor in files[file or name].ids, link


def test_every_body_that_must_act_is_in_the_table_of_a_cut_report(five: Report) -> None:
    text = render(limit(five, 1), "md").decode()
    assert all(f"| {name} |" in text for name in five.tally.agencies if name)


def test_a_plan_of_which_nothing_was_read_is_no_pass(five: Report) -> None:
    bare = replace(five.plans[0], iri="https://example.org/id/plan/bare", title="空白方案", counts={})
    report = narrow(replace(five, plans=(*five.plans, bare)), ["空白方案"])
    assert report.status() == 6


def test_what_is_gone_here_cannot_be_told_of_an_earlier_report_that_was_cut(five: Report) -> None:
    task_lead = five.to_do()[0]
    mended = replace(five, rules=tuple(replace(r, findings=()) if r.iri == task_lead.iri else r for r in five.rules))
    change = compare(mended, limit(five, 1), "earlier.json")
    assert len(change.since.fixed) == len(task_lead.findings)
    with pytest.raises(UsageError, match=r"earlier\.json lists only some"):
        narrow(change, ["瓯海"])
    assert narrow(compare(mended, five, "earlier.json"), ["瓯海"]).since.fixed


@pytest.mark.parametrize(
    ("plan", "place", "said"), [("素质", "", "means several plans"), ("瓯海", "1.", "means several places")]
)
def test_a_waiver_silences_only_what_it_names(five: Report, tmp_path: Path, plan: str, place: str, said: str) -> None:
    file = tmp_path / "w.toml"
    file.write_text(
        f'[[waiver]]\nrule = "task-lead"\nplan = "{plan}"\nplace = "{place}"\nreason = "a"\nowner = "b"\nexpires = 2027-01-01\n'
        if place
        else f'[[waiver]]\nrule = "task-lead"\nplan = "{plan}"\nreason = "a"\nowner = "b"\nexpires = 2027-01-01\n',
        "utf-8",
    )
    with pytest.raises(InputError, match=said):
        apply(five, read_waivers(file), "2026-11-22")


def test_a_place_is_named_as_the_report_prints_it(five: Report, tmp_path: Path) -> None:
    finding = next(f for f in five.findings if f.provision and "瓯海" in f.plans[0].title)
    file = tmp_path / "w.toml"
    place = f"{finding.provision.number} {finding.provision.title}"
    file.write_text(
        f'[[waiver]]\nrule = "task-lead"\nplan = "瓯海"\nplace = "{place}"\nreason = "a"\nowner = "b"\nexpires = 2027-01-01\n',
        "utf-8",
    )
    report = apply(five, read_waivers(file), "2026-11-22")
    assert [each.finding.id for each in report.waived] == [finding.id]
    assert report.waivers.unused == ()
