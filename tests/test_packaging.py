"""What is shipped: the source archive and the wheel are built, installed in an empty environment and used elsewhere.

All of it works without a network: the build backend is in requirements.lock, and the empty environment borrows the
declared dependencies, and nothing else, from the one that runs the tests.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import kg

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DATA_FOLDERS = ("ontology", "shapes", "queries", "data")

needs_command = pytest.mark.skipif(not (ROOT / "kg" / "cli").exists(), reason="no kg/cli.py yet")


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The finished process of a command, run with none of the caller's Python, pip and make settings."""
    keep = {"PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT"}
    env = {name: value for name, value in os.environ.items() if name in keep} | {"PYTHONUTF8": "1"} | variables
    return subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def succeed(*command: str | Path, cwd: Path, **variables: str) -> str:
    done = run(*command, cwd=cwd, **variables)
    assert done.returncode == 0, f"{[*map(str, command)]}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def project_files(*folders: str) -> set[str]:
    """Every file below these folders of the checkout that is the project's own, as a path from its top."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def dependencies(name: str) -> dict[str, Distribution]:
    """The installed distributions that a distribution needs, directly or not, without extras."""
    found: dict[str, Distribution] = {}
    todo = [name]
    while todo:
        for line in distribution(todo.pop()).requires or ():
            requirement = Requirement(line)
            key = canonicalize_name(requirement.name)
            if key not in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                found[key] = distribution(key)
                todo.append(key)
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source archive of the checkout and the wheel made from that archive."""
    out = tmp_path_factory.mktemp("dist")
    succeed(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def bin_folder(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment that holds the wheel and what the wheel declares to need, no more."""
    home = tmp_path_factory.mktemp("installed")
    succeed(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    succeed(*pip, "install", "--no-index", "--no-deps", wheel, cwd=home)
    site = Path(succeed(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=home).strip())
    needed = {}
    for line in PROJECT["dependencies"]:
        name = Requirement(line).name
        needed |= {canonicalize_name(name): distribution(name), **dependencies(name)}
    for lent in needed.values():
        for top in sorted({file.parts[0] for file in lent.files or ()} - {"..", "__pycache__"}):
            link = site / top
            if not link.exists():
                link.symlink_to(Path(str(lent.locate_file(top))).resolve())
    succeed(*pip, "check", cwd=home)
    return home / "bin"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """An empty folder that has nothing to do with the checkout."""
    assert ROOT not in tmp_path.parents
    return tmp_path


def test_the_source_archive_holds_what_the_wheel_is_made_of(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        held = {name.partition("/")[2] for name in tar.getnames()}
    wanted = project_files("kg", "tests", *DATA_FOLDERS) | {
        "pyproject.toml",
        "Makefile",
        "requirements.lock",
        "LICENSE",
    }
    assert wanted - held == set()


def test_the_wheel_carries_the_package_and_its_data_and_nothing_else(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    gold = project_files("data/gold")
    assert held == project_files("kg") | {f"kg/_data/{name}" for name in project_files(*DATA_FOLDERS) - gold}


def test_the_plans_in_the_wheel_are_those_of_the_checkout_byte_for_byte(wheel: Path) -> None:
    plans = sorted((ROOT / "data" / "documents").glob("*.txt"))
    assert len(plans) >= 5
    with zipfile.ZipFile(wheel) as packed:
        for plan in plans:
            assert packed.read(f"kg/_data/data/documents/{plan.name}") == plan.read_bytes()


def test_the_wheel_says_under_which_licences_it_stands(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        (metadata,) = (packed.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    assert "License-Expression: Apache-2.0 AND CC-BY-4.0\n" in metadata
    for licence in ("LICENSE", "data/LICENSE"):
        assert any(name.endswith(f".dist-info/licenses/{licence}") for name in names)


def test_the_installed_package_finds_its_own_files_from_any_folder(bin_folder: Path, elsewhere: Path) -> None:
    code = "import kg; from kg import resources; print(kg.__file__, resources.path('ontology/plan.ttl'), sep='\\n')"
    package, ontology = map(Path, succeed(bin_folder / "python", "-c", code, cwd=elsewhere).split())
    assert package.is_relative_to(bin_folder.parent)
    assert ontology == package.parent / "_data" / "ontology" / "plan.ttl"
    assert ontology.read_bytes() == (ROOT / "ontology" / "plan.ttl").read_bytes()


def test_every_installed_module_can_be_imported_with_the_declared_dependencies_alone(
    bin_folder: Path, elsewhere: Path
) -> None:
    names = sorted(
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in map(Path, project_files("kg"))
        if path.suffix == ".py" and path.stem != "__main__"
    )
    code = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]"
    succeed(bin_folder / "python", "-c", code, *names, cwd=elsewhere)


@needs_command
def test_the_installed_command_tells_its_version(bin_folder: Path, elsewhere: Path) -> None:
    assert kg.__version__ in succeed(bin_folder / "kg", "--version", cwd=elsewhere)


@needs_command
@pytest.mark.slow
def test_the_installed_command_builds_its_own_plans_and_answers(bin_folder: Path, elsewhere: Path) -> None:
    code = "from kg import resources; print(resources.folder('data/documents'))"
    plans = succeed(bin_folder / "python", "-c", code, cwd=elsewhere).strip()
    succeed(bin_folder / "kg", "build", plans, "--store", "store", cwd=elsewhere)
    count = "SELECT (COUNT(?plan) AS ?plans) { ?plan a <https://w3id.org/plankg/ontology#Plan> }"
    answer = succeed(bin_folder / "kg", "sparql", count, "--store", "store", "--format", "csv", cwd=elsewhere)
    assert answer.split() == ["plans", str(len(list(Path(plans).glob("*.txt"))))]
    assert succeed(bin_folder / "kg", "query", "--store", "store", cwd=elsewhere).strip()
    assert run(bin_folder / "kg", "validate", "--store", "store", cwd=elsewhere).returncode in (0, 1)


# ---------------------------------------------------------------- requirements.lock

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINS = {
    canonicalize_name(match["name"]): match["version"]
    for match in re.finditer(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>\S+)", LOCK, flags=re.MULTILINE)
}


def test_the_lock_pins_every_package_with_the_hashes_of_its_files() -> None:
    entries = [line for line in re.sub(r"\\\n\s*", "", LOCK).splitlines() if line and not line.lstrip().startswith("#")]
    assert len(entries) == len(PINS)
    for entry in entries:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==\S+( ; [^-]+?)?\s*(--hash=sha256:[0-9a-f]{64}\s*)+", entry), entry


def test_the_lock_names_no_host_and_no_place_on_a_disk() -> None:
    assert not re.search(r"://|--(index|extra-index|find-links|trusted-host)|^-|@ ", LOCK, flags=re.MULTILINE)


def test_the_lock_satisfies_what_the_project_declares() -> None:
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    for requirement in map(Requirement, lines):
        assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)]), str(requirement)


# ---------------------------------------------------------------- Makefile


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
def test_make_says_in_words_that_there_is_no_python(elsewhere: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, elsewhere)
    done = run("make", "run", "PYTHON=/no/such/python3", cwd=elsewhere)
    assert done.returncode != 0
    assert "install Python 3.11 or later" in done.stderr
    assert not (elsewhere / ".venv").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="no make on this machine")
def test_make_help_lists_every_target_that_is_meant_to_be_called() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (help .*)$", makefile, flags=re.MULTILINE)
    listed = {line.split()[1] for line in succeed("make", "--no-print-directory", "help", cwd=ROOT).splitlines()}
    assert listed == set(phony.split())
