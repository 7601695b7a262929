"""What the command line says of itself."""

from __future__ import annotations

import subprocess

import click
import pytest

from kg.cli.program import kg as program
from kg.query import load_queries

from .conftest import PROGRAM, ROOT, environment

HEAVY = {"SPARQLWrapper", "owlrl", "pyoxigraph", "pyparsing", "pyshacl", "rdflib", "tabulate", "wcwidth", "yaml"}


@pytest.mark.parametrize("name", sorted(program.commands))
def test_every_command_and_option_has_help(kg, name):
    command = program.commands[name]
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"
    done = kg(name, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: kg {name} ")


def test_the_list_of_commands_is_cut_nowhere_at_80_columns(kg, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = kg("--help")
    assert "..." not in done.out.partition("Commands:")[2]
    assert all(len(line) <= 80 for line in done.out.splitlines())
    assert all(f"\n  {name} " in done.out for name in program.commands)


def test_help_imports_no_heavy_library():
    code = "import sys; from kg.cli.program import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([*PROGRAM[:2], code], env=environment(), cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(done.stderr.split())


def test_no_command_at_all_is_answered_with_the_help(kg):
    done = kg()
    assert (done.status, done.out) == (2, "")
    assert "build" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["bulid"], "no such command 'bulid'"),
        (["build", "--nope"], "no such option"),
        (["stats", "--format", "xml"], "'xml' is not one of 'table', 'csv', 'json', 'md'"),
        (["show"], "missing argument"),
        (["stats", "too", "much"], "unexpected extra arguments"),
        (["stats", "--lang", "fr"], "'fr' is not one of 'zh', 'en'"),
    ],
)
def test_a_wrong_call_is_one_line_that_names_the_help(kg, arguments, says):
    done = kg(*arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("kg: ")
    assert done.err.count("\n") == 1
    assert says in done.err
    assert "--help says more)" in done.err


def test_no_parameter_of_a_saved_question_is_hidden_by_an_option_of_the_command():
    taken = {word for p in program.commands["query"].params for word in p.opts}
    clashes = {f"{q.name} --{p.name}" for q in load_queries().values() for p in q.parameters if f"--{p.name}" in taken}
    assert not clashes
