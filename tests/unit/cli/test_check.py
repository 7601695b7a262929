"""validate, infer and score."""

from __future__ import annotations

import json
import subprocess

import pytest

from .conftest import PROGRAM, ROOT, contents, environment


@pytest.mark.parametrize("form", ["text", "json", "ttl"])
def test_a_store_and_its_export_are_judged_alike(kg, store, form):
    kg("export", "-o", "graph.nt")
    of_store, of_file = kg("validate", "-f", form), kg("validate", "graph.nt", "-f", form)
    assert of_store.status == of_file.status == 1
    assert of_store.err == of_file.err == ""
    if form == "json":
        assert json.loads(of_store.out)["problems"] == json.loads(of_file.out)["problems"]


def test_the_exit_status_goes_by_the_severity_that_is_asked_for(kg, plan):
    severities = json.loads(kg("validate", plan, "-f", "json").out)["problems"]
    assert (severities["violation"], severities["warning"] > 0) == (0, True)
    assert [kg("validate", plan, "--fail-on", s).status for s in ("violation", "warning", "info")] == [0, 1, 1]


def test_profile_and_settings_say_which_rules_are_on(kg, plan, tmp_path):
    (tmp_path / "mine.toml").write_text('off = ["plan-evaluation"]\n', "utf-8")
    done = json.loads(kg("validate", plan, "-f", "json", "--profile", "draft", "--settings", "mine.toml").out)
    assert done["profile"]["name"] == "draft"
    assert {"plan-evaluation", "plan-issued"} <= {iri.rpartition("#")[2] for iri in done["off"]}


@pytest.mark.parametrize(("lang", "word"), [("zh", "规划"), ("en", "plan")])
def test_the_verdict_is_in_words_of_the_language(kg, plan, lang, word):
    assert word in kg("validate", plan, "--lang", lang).out.splitlines()[0]


def test_a_draft_comes_from_standard_input(kg, plan, tmp_path):
    with plan.open("rb") as text:
        done = subprocess.run(
            [*PROGRAM, "validate", "-"], stdin=text, cwd=tmp_path, env=environment(), capture_output=True, check=False
        )
    assert done.stdout.decode() == kg("validate", plan).out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["nowhere.ttl"], 3, "nowhere.ttl"),
        (["nowhere.txt"], 3, "nowhere.txt: no such file"),
        (["recipe.txt"], 3, "no plan found in it"),
        ([""], 2, "the path is empty"),
        (["recipe.txt", "--store", "x"], 2, "a file and a store"),
        (["--shapes", "nowhere.ttl"], 3, "nowhere.ttl"),
        (["--shapes", "recipe.txt"], 4, "recipe.txt: not valid"),
        (["--profile", "lax"], 2, "there is no profile 'lax' (one of draft, issued, publish, strict)"),
        (["--settings", "nowhere.toml"], 3, "nowhere.toml: cannot be read"),
        (["--settings", "recipe.txt"], 3, "recipe.txt: not valid TOML"),
    ],
)
def test_what_cannot_be_checked_is_said_so(kg, store, recipe, arguments, status, says):
    done = kg("validate", *arguments)
    assert (done.status, done.out) == (status, "")
    assert says in done.err


@pytest.mark.parametrize("engine", ["rules", "owlrl"])
def test_drawing_the_entailments_anew_changes_nothing(kg, plan, engine):
    kg("build", plan)
    before = kg("export", "-f", "nq").out
    said = json.loads(kg("infer", "--engine", engine, "-f", "json", "--list").out)
    assert said["engine"] == engine
    assert said["inferred"] == len(said["triples"]) == sum(said["rules"].values())
    assert said["triples"] == sorted(said["triples"])
    assert said["inconsistencies"] == []
    assert kg("export", "-f", "nq").out == before


def test_what_is_inferred_is_listed_in_words(kg, store):
    plain, listed = kg("infer", "--lang", "zh"), kg("infer", "--lang", "zh", "--list")
    assert plain.out.startswith("推得三元组")
    assert kg("infer", "--lang", "en").out.splitlines()[0].endswith("triples inferred (rules):")
    assert listed.out.startswith(plain.out)
    assert " plan:" not in listed.out.removeprefix(plain.out)


def test_an_inconsistent_graph_is_told_by_the_exit_status(kg, tmp_path, store):
    import pyoxigraph as ox

    from kg.store import open_store

    both = "<https://w3id.org/plankg/ontology#Task> . <urn:x> a <https://w3id.org/plankg/ontology#Agency>"
    with open_store(store).write() as working:
        working.update(f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:x> a {both} }} }}")
        working.update(f"INSERT DATA {{ <urn:x> a {both} }}")
        assert len(list(working.quads_for_pattern(ox.NamedNode("urn:x"), None, None))) == 4
    done = kg("infer", "--lang", "en")
    assert done.status == 1
    assert "contradiction: " in done.out
    assert json.loads(kg("infer", "-f", "json").out)["inconsistencies"]


def test_the_graph_is_measured_against_gold(kg, store):
    gold = ROOT / "data" / "gold"
    figures = json.loads(kg("score", gold, "-f", "json").out)
    assert figures["plan"]["f1"] == 1.0
    assert "plan " in kg("score", *sorted(gold.glob("*.json")), "--show").out


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        ([], 2, "no gold file"),
        (["nowhere.json"], 3, "nowhere.json: there is no such gold file"),
        (["empty"], 3, "the folder holds no gold file"),
        (["recipe.txt"], 3, "recipe.txt, line 1, column 1: not JSON"),
        (["list.json"], 3, "the file must be an object"),
    ],
)
def test_what_is_no_gold_is_said_so(kg, store, tmp_path, recipe, arguments, status, says):
    (tmp_path / "empty").mkdir()
    (tmp_path / "list.json").write_text("[]", "utf-8")
    done = kg("score", *arguments)
    assert (done.status, done.out) == (status, "")
    assert says in done.err


def test_commands_that_only_ask_leave_the_store_untouched(kg, store):
    before = contents(store)
    for command in (["stats"], ["show", "9"], ["schema"], ["validate"], ["export"], ["query", "plans"]):
        kg(*command)
    assert contents(store) == before
