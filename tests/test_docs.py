"""The documentation is run: every console block of the README prints what it says, every command stands in it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
REGOLD = bool(os.environ.get("KG_REGOLD"))
# The command as the environment's own Python runs it, so that the tests need no installed script.
_SCRIPT = '#!/bin/sh\nexec "{python}" -c "from kg.cli import main; main()" "$@"\n'


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("docs")
    script = folder / "kg"
    script.write_text(_SCRIPT.format(python=sys.executable))
    script.chmod(0o755)
    return {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "KG_STORE": str(folder / "store"),
        "LANG": "C.UTF-8",
    }


def blocks(text: str) -> list[tuple[int, int, list[tuple[str, str]]]]:
    """Console blocks as (start, end, [(command, output)])."""
    found = []
    for match in re.finditer(r"^```console\n(.*?)^```$", text, re.M | re.S):
        pairs: list[tuple[str, list[str]]] = []
        for line in match[1].splitlines():
            if line.startswith("$ "):
                pairs.append((line[2:], []))
            elif pairs:
                pairs[-1][1].append(line)
        found.append((match.start(1), match.end(1), [(c, "\n".join(o).strip("\n")) for c, o in pairs]))
    return found


def run(command: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return "\n".join(line.rstrip() for line in (done.stdout + done.stderr).strip("\n").splitlines())


def test_every_console_block_of_the_readme_prints_what_it_says(environment: dict[str, str]) -> None:
    text = README.read_text("utf-8")
    wrong = []
    for start, end, pairs in reversed(blocks(text)):
        fresh = []
        for command, said in pairs:
            printed = run(command, environment)
            fresh.append(f"$ {command}\n{printed}\n" if printed else f"$ {command}\n")
            if printed != said:
                wrong.append(f"$ {command}\n--- README\n{said}\n--- printed\n{printed}")
        if REGOLD:
            text = text[:start] + "\n".join(fresh) + text[end:]
    if REGOLD:
        README.write_text(text, "utf-8")
        return
    assert not wrong, "\n\n".join(wrong)


def test_the_python_block_of_the_readme_runs(environment: dict[str, str]) -> None:
    block = re.search(r"^```python\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S)
    assert block is not None
    done = subprocess.run(
        [sys.executable, "-c", block[1]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("/plan/") == 5


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    from kg.cli.program import kg

    text = README.read_text("utf-8")
    for name, command in kg.commands.items():
        assert command.help, name
        assert f"kg {name}" in text, name
