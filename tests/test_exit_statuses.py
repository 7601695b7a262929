"""The one table from error to exit status, and a real fault for each of its rows."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import EXIT_STATUS, KGError

ROOT = Path(__file__).resolve().parents[1]
PLAN = next((ROOT / "data" / "documents").glob("*.txt"))
# What the statuses mean, as house and help say: 0 done, conforms · 1 findings, does not conform, some inputs failed ·
# 2 usage · 3 input unreadable · 4 a query, shape or rule is broken · 5 engine or store failed · 6 nothing to check.
SAID = {
    "UsageError": 2,
    "InputError": 3,
    "NotAPlanError": 3,
    "QueryError": 4,
    "StoreError": 5,
    "EmptyError": 6,
    "KGError": 5,
}


def kinds(kind: type[KGError] = KGError) -> Iterator[type[KGError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from kinds(child)


def test_every_kind_of_error_has_a_row_and_every_row_its_kind() -> None:
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        importlib.import_module(module.name)
    assert {kind.__name__: EXIT_STATUS.get(kind) for kind in kinds()} == SAID
    assert set(EXIT_STATUS) == set(kinds())


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one plan, an emptied one, and files that are none."""
    place = tmp_path_factory.mktemp("statuses")
    (place / "recipe.txt").write_text("番茄炒蛋\n先炒蛋,再炒番茄。\n", "utf-8")
    (place / "broken.ttl").write_text("这不是 Turtle", "utf-8")
    (place / "other").mkdir()
    (place / "other" / "letter").touch()
    assert call(place, "build", str(PLAN), "--store", "one").returncode == 0
    assert call(place, "build", str(PLAN), "--store", "emptied").returncode == 0
    assert call(place, "remove", "方案", "--store", "emptied").returncode == 0
    return place


def call(place: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    program = [sys.executable, "-c", "from kg.cli import main; main()"]
    return subprocess.run(
        [*program, *arguments],
        cwd=place,
        env=kept | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ("stats --store one", 0, ""),
        ("build {plan} recipe.txt --store two", 1, "recipe.txt: no plan found in it"),
        ("validate {plan} --fail-on info", 1, ""),
        ("bulid", 2, "bulid"),
        ("query --store one task", 2, "did you mean"),
        ("build recipe.txt --store none", 3, "recipe.txt: no plan found in it"),
        ("build nowhere.txt --store none", 3, "nowhere.txt: no such file"),
        ("validate broken.ttl", 3, "broken.ttl: not valid Turtle"),
        ("sparql SELEKT{{}} --store one", 4, "line 1, column "),
        ("validate --store one --shapes broken.ttl", 4, "broken.ttl: not valid Turtle"),
        ("stats --store none", 5, "there is no store here"),
        ("stats --store other", 5, "something else than a store"),
        ("stats --endpoint http://127.0.0.1:1", 5, "no answer"),
        ("stats --store emptied", 6, "holds no plan"),
        ("validate --store emptied", 6, ""),
        ("export --store emptied", 6, "nothing to write"),
    ],
)
def test_a_fault_ends_with_its_status_and_words_on_standard_error(
    place: Path, arguments: str, status: int, says: str
) -> None:
    done = call(place, *arguments.format(plan=PLAN).split())
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert bool(done.stderr) == bool(says)
    assert not (place / "none").exists()


def test_a_traceback_comes_with_debug_alone_and_changes_no_status(place: Path) -> None:
    for arguments in (["--debug", "stats"], ["stats", "--debug"]):
        done = call(place, *arguments, "--store", "none")
        assert done.returncode == 5
        assert "Traceback" in done.stderr
        assert done.stderr.endswith(call(place, "stats", "--store", "none").stderr)
