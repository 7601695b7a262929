"""The report as the command line gives it: forms by suffix, folders, saved reports, and what is refused before any work."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import PROGRAM, contents, environment

FORMS = ["json", "html", "xlsx", "docx", "csv", "md", "ttl", "xml", "sarif", "svg", "txt", "shields.json"]


@pytest.fixture(scope="session")
def _saved(_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    command = [*PROGRAM, "validate", "--store", str(_built), "-o", "last.json"]
    assert subprocess.run(command, cwd=folder, env=environment(), check=False).returncode == 1
    return folder / "last.json"


@pytest.fixture
def saved(_saved: Path, tmp_path: Path) -> Path:
    """The report on the five plans, where the test runs."""
    return Path(shutil.copy(_saved, tmp_path / "last.json"))


def test_the_suffix_chooses_the_form_and_a_saved_report_renders_the_same(kg, store, saved, tmp_path):
    for suffix in FORMS:
        done = kg("report", saved, "-o", f"a.{suffix}")
        assert (done.status, done.out, done.err) == (1, "", "")
    assert kg("validate", "-o", "b.html").status == 1
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == saved.read_bytes()
    assert json.loads((tmp_path / "a.shields.json").read_text("utf-8"))["schemaVersion"] == 1
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".") and file.name != ".plankg"]


def test_a_folder_is_written_at_once_and_again(kg, saved, tmp_path):
    assert kg("report", saved, "-o", "site/").status == 1
    first = contents(tmp_path / "site")
    assert {"index.html", "report.json"} < set(first)
    assert kg("report", "site/report.json", "-o", "site").status == 1
    assert contents(tmp_path / "site") == first
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("keep me", "utf-8")
    done = kg("report", saved, "-o", "other")
    assert (done.status, "holds something else" in done.err) == (2, True)
    assert list(contents(tmp_path / "other")) == ["letter.txt"]


def test_narrowed_compared_and_waived_on_the_command_line(kg, saved, tmp_path):
    finding = json.loads(saved.read_text("utf-8"))["rules"]
    first = next(f["id"] for rule in finding for f in rule["findings"] if rule["severity"] == "violation")
    waivers = f'[[waiver]]\nfinding = "{first}"\nreason = "a"\nowner = "b"\nexpires = 2026-12-31\n'
    (tmp_path / "w.toml").write_text(waivers, "utf-8")
    done = kg("report", saved, "--waivers", "w.toml", "--today", "2026-11-22", "--since", saved, "--lang", "en")
    before = json.loads(saved.read_text("utf-8"))["problems"]["violation"]
    assert f"{before - 1} problems must be fixed" in done.out
    assert "Against last.json: 0 new; " in done.out
    assert done.status == 1
    assert kg("report", saved, "--since", saved, "--fail-on", "new-violation").status == 0
    assert kg("report", saved, "--plan", "甘孜州").status == 0
    assert kg("report", saved, "--plan", "甘孜州", "--fail-on", "warning").status == 1
    assert "only " in kg("report", saved, "--plan", "甘孜州", "--lang", "en").out.lower()


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["-o", "a.pdf"], 2, "the suffix .pdf is no form of a report"),
        (["-o", "nowhere/a.html"], 2, "no such folder"),
        (["-o", ""], 2, "-o is empty"),
        (["-f", "csv", "-o", "site/"], 2, "a folder takes html"),
        (["--waivers", "w.toml"], 3, "w.toml: cannot be read"),
        (["--waivers", "good.toml"], 2, "give --today"),
        (["--today", "2026-11-22"], 2, "--today is for waivers"),
        (["--since", "nowhere.json"], 3, "nowhere.json: cannot be read"),
        (["--since", "good.toml"], 3, "not JSON"),
        (["--fail-on", "new-violation"], 2, "needs an earlier report"),
        (["--plan", "杭州"], 2, "--plan 杭州 is not in the report"),
        (["--max-results", "0"], 2, "--max-results"),
        (["-f", "pdf"], 2, "'pdf' is not one of"),
    ],
)
def test_what_cannot_be_reported_is_said_so_and_nothing_is_written(kg, saved, tmp_path, arguments, status, says):
    (tmp_path / "good.toml").write_text("", "utf-8")
    before = contents(tmp_path)
    done = kg("report", saved, *arguments)
    assert (done.status, done.out) == (status, "")
    assert says in done.err
    assert contents(tmp_path) == before


def test_what_is_no_report_is_said_so(kg, recipe):
    for file in ("nowhere.json", recipe):
        done = kg("report", file)
        assert (done.status, done.out) == (3, "")


def test_a_broken_output_leaves_what_was_there(kg, saved, tmp_path):
    (tmp_path / "old.html").write_text("old", "utf-8")
    (tmp_path / "bad.json").write_text("{}", "utf-8")
    assert kg("report", "bad.json", "-o", "old.html").status == 3
    assert (tmp_path / "old.html").read_text("utf-8") == "old"


def test_github_annotations_go_to_standard_output(kg, saved):
    lines = kg("report", saved, "-f", "github", "--sources", "plans").out.splitlines()
    assert lines[0].startswith("::notice title=Verdict::")
    assert any(line.startswith("::error file=plans/") for line in lines)
