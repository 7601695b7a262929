"""Which library may be used in which room, and what may be loaded at start-up.

How the rooms lie above one another is import-linter's to check: see `[tool.importlinter]` in pyproject.toml.
"""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))

# Library (as it is imported) → the rooms of kg/ that may use it. A library that has no row may be used nowhere.
FENCES: dict[str, frozenset[str]] = {
    "SPARQLWrapper": frozenset({"store"}),
    "click": frozenset({"cli"}),
    "docx": frozenset({"report"}),
    "openpyxl": frozenset({"sheet"}),
    "lxml": frozenset({"read"}),
    "markdown_it": frozenset({"read"}),
    "owlrl": frozenset({"reason"}),
    "pyoxigraph": frozenset(
        {
            "lexicon",
            "agency_types",
            "graph",
            "store",
            "pipeline",
            "reason",
            "relate",
            "validate",
            "query",
            "export",
            "evaluate",
            "describe",
            "serve",
        }
    ),
    "pyparsing": frozenset({"validate", "query"}),
    "pypdfium2_raw": frozenset({"read"}),
    "pyshacl": frozenset({"validate"}),
    "rdflib": frozenset({"reason", "validate"}),
    "shacl": frozenset({"validate"}),
    "starlette": frozenset({"serve"}),
    "tabulate": frozenset({"export"}),
    "uvicorn": frozenset({"serve"}),
    "wcwidth": frozenset({"export"}),
    "yaml": frozenset({"query"}),
}
DISTRIBUTIONS = {
    "docx": "python-docx",
    "yaml": "PyYAML",
    "markdown_it": "markdown-it-py",
    "pypdfium2_raw": "pypdfium2",
}  # where the name on the registry is not the imported one
SILENT = {"wcwidth"}  # tabulate loads it by itself, for columns of Chinese characters

HEAVY = frozenset(FENCES) - {"click"}
NAMELESS = {"utils", "util", "helpers", "common", "core", "manager", "misc"}


def room(module: Path) -> str:
    """The part of the package that a file belongs to: `kg/read/text.py` and `kg/read.py` are both `read`."""
    return module.relative_to(ROOT / "kg").parts[0].removesuffix(".py")


def imported_libraries(code: str) -> set[str]:
    """The top-level names of everything imported from outside the standard library and `kg`, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0] if node.module and not node.level else "kg")
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__"}:
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    names.add(name.split(".")[0])
    return names - sys.stdlib_module_names - {"kg"}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}


@pytest.mark.parametrize(
    ("code", "libraries"),
    [
        ("import rdflib.term, json", {"rdflib"}),
        ("def f():\n    from pyshacl import validate", {"pyshacl"}),
        ("import importlib\nimportlib.import_module('yaml.reader')", {"yaml"}),
        ("from kg.errors import KGError\nfrom . import model\nfrom .. import vocab", set()),
    ],
)
def test_an_import_is_seen_wherever_it_stands(code: str, libraries: set[str]) -> None:
    assert imported_libraries(code) == libraries


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_library_is_used_only_in_its_rooms(module: Path) -> None:
    strays = {
        library
        for library in imported_libraries(module.read_text(encoding="utf-8"))
        if room(module) not in FENCES.get(library, ())
    }
    assert not strays, f"{module.relative_to(ROOT)} may not use {sorted(strays)}: see FENCES"


def test_every_fenced_library_is_declared_and_every_declared_library_is_fenced() -> None:
    assert {canonicalize_name(DISTRIBUTIONS.get(name, name)) for name in FENCES} == declared()


@pytest.mark.skipif(not (ROOT / "kg" / "cli").exists(), reason="the rooms are still being built: no kg/cli yet")
def test_every_declared_library_is_used() -> None:
    used = set().union(*(imported_libraries(module.read_text(encoding="utf-8")) for module in MODULES))
    assert set(FENCES) - SILENT - used == set()


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in ("kg.errors", "kg.model", "kg.vocab", "kg.settings", "kg.resources", "kg.cli")
        if importlib.util.find_spec(name)
    ],
)
def test_start_up_loads_no_heavy_library(name: str) -> None:
    code = f"import sys, {name}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(loaded.stdout.split())


def test_every_folder_of_the_package_says_that_it_is_one() -> None:
    # import-linter passes over a folder without __init__.py, and whatever it imports, in silence.
    assert not [
        folder.relative_to(ROOT).as_posix()
        for folder in {module.parent for module in MODULES}
        if not (folder / "__init__.py").exists()
    ]


def test_no_room_is_named_after_nothing() -> None:
    assert not [module for module in MODULES if NAMELESS & {*module.relative_to(ROOT).with_suffix("").parts}]
