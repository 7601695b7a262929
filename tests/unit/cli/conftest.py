"""The command line as a user calls it, and a store with the five plans."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli.program import run

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted((ROOT / "data" / "documents").glob("*.txt"))
PROGRAM = [sys.executable, "-c", "from kg.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without settings of kg."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return kept | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"} | variables


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KG_STORE", "KG_ENDPOINT", "KG_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command here; no command may end in a traceback."""

    def call(*arguments: str | Path) -> Done:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert "unexpected error" not in err
        return Done(status, out, err)

    return call


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("built") / "store"
    command = [*PROGRAM, "build", "--samples", "--store", str(store)]
    subprocess.run(command, env=environment(), check=True, capture_output=True)
    return store


@pytest.fixture
def store(_built: Path, tmp_path: Path) -> Path:
    """A store of its own with the five plans, where commands look for one."""
    return Path(shutil.copytree(_built, tmp_path / ".plankg"))


@pytest.fixture
def plan() -> Path:
    """One of the five plans."""
    return DOCUMENTS[0]


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    """A text that is no plan."""
    file = tmp_path / "recipe.txt"
    file.write_text("番茄炒蛋\n一、材料\n番茄两个,鸡蛋三个。\n二、做法\n先炒蛋,再炒番茄。\n", "utf-8")
    return file


def contents(folder: Path) -> dict[str, bytes] | None:
    """Every file below a folder with its bytes; None where there is no folder."""
    if not folder.exists():
        return None
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}
