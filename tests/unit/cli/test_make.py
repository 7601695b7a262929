"""build, export and remove."""

from __future__ import annotations

import json
import shutil
import subprocess

import pyoxigraph as ox
import pytest

from kg.cli.make import GRAPH_FORMATS
from kg.export import FORMATS

from .conftest import DOCUMENTS, PROGRAM, contents, environment


def exported(kg, *options):
    done = kg("export", "-f", "nq", *options)
    assert done.status == 0
    return done.out


def test_building_again_changes_nothing(kg, store):
    before = exported(kg)
    done = kg("build", "--samples")
    assert done.status == 0
    assert [line.split()[0] for line in done.out.splitlines()] == ["unchanged"] * 5
    assert exported(kg) == before


def test_a_changed_file_replaces_its_plan(kg, tmp_path, plan):
    file = tmp_path / "plan.txt"
    shutil.copy(plan, file)
    assert kg("build", file).out.startswith("new  ")
    text = file.read_text("utf-8")
    file.write_text(text.replace("提升工程", "提高工程"), "utf-8")
    assert kg("build", file).out.startswith("changed  ")
    assert kg("stats", "-f", "csv").out.count("\n") == 2
    assert "提高工程" in exported(kg)
    assert "提升工程" not in exported(kg)
    file.write_text(text, "utf-8")
    kg("build", file)
    fresh = exported(kg)
    kg("build", file, "--store", "fresh")
    assert exported(kg, "--store", "fresh") == fresh


def test_a_bad_file_is_reported_and_the_others_are_built(kg, plan, recipe):
    done = kg("build", recipe, plan, "nowhere.txt")
    assert done.status == 1
    assert done.out.count("\n") == 1
    assert done.err.splitlines()[0].startswith("kg: nowhere.txt: no such file")
    assert "recipe.txt: no plan found in it" in done.err


@pytest.mark.parametrize("bytes_", [b"", b"\x00\x01\xff\xfe\x80\x81", "# 说明\n\n一段话。\n".encode()])
def test_bad_files_alone_make_no_store(kg, tmp_path, bytes_):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(bytes_)
    done = kg("build", "in", "--store", "made", "-o", "graph.ttl")
    assert (done.status, done.out) == (3, "")
    assert not (tmp_path / "made").exists()
    assert not (tmp_path / "graph.ttl").exists()


def test_an_empty_folder_is_said_to_be_one(kg, tmp_path):
    (tmp_path / "empty").mkdir()
    done = kg("build", "empty")
    assert done.status == 3
    assert "empty: the folder holds no file to read" in done.err


def test_an_empty_path_is_not_the_current_folder(kg, tmp_path, plan):
    shutil.copy(plan, tmp_path)
    assert kg("build", "").status == 2
    assert kg("build", plan, "--store", "").status == 2
    assert not (tmp_path / ".plankg").exists()


def test_a_plan_comes_from_standard_input(plan, tmp_path):
    command = [*PROGRAM, "build", "-", "-", "--lang", "en"]
    with plan.open("rb") as text:
        done = subprocess.run(command, stdin=text, cwd=tmp_path, env=environment(), capture_output=True, check=True)
    assert done.stdout.startswith(b"new  ")
    assert done.stderr == b""
    wrong = subprocess.run(command, input=b"\xff\xff\xff", cwd=tmp_path, env=environment(), capture_output=True)
    assert wrong.returncode == 3
    assert wrong.stderr.startswith(b"kg: standard input: ")
    closed = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *command], cwd=tmp_path, env=environment(), capture_output=True
    )
    assert closed.returncode == 2
    assert b"there is no standard input" in closed.stderr


@pytest.mark.parametrize(("lang", "words"), [("en", "the same plan as "), ("zh", "同一规划")])
def test_the_same_plan_in_two_files_is_built_once(kg, tmp_path, plan, lang, words):
    (tmp_path / "in").mkdir()
    shutil.copy(plan, tmp_path / "in" / "a.txt")
    shutil.copy(plan, tmp_path / "in" / "b.txt")
    done = kg("build", "in", "in/a.txt", "--lang", lang)
    assert done.status == 0
    assert done.out.count("\n") == 1
    assert words in done.err
    assert "in/a.txt" in done.err


def test_a_file_name_in_another_character_set_is_no_hindrance(kg, tmp_path, plan):
    import os

    name = os.fsdecode("东湖区.txt".encode("gbk"))
    shutil.copy(plan, tmp_path / name)
    assert kg("build", name).status == 0
    assert kg("build", name, "-f", "json").status == 0


def test_the_report_is_json_on_demand(kg, plan, recipe):
    done = kg("build", plan, recipe, "--format", "json")
    said = json.loads(done.out)
    assert [p["change"] for p in said["plans"]] == ["new"]
    assert [f["file"] for f in said["failures"]] == [str(recipe)]


def test_the_language_changes_the_words_of_the_report(kg, plan):
    assert kg("build", plan, "--lang", "zh").out.startswith("新增  ")
    assert kg("build", plan, "--lang", "en").out.startswith("unchanged  ")


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_the_graph_is_written_too_in_the_form_of_the_suffix(kg, tmp_path, plan, form):
    assert kg("build", plan, "-o", f"graph.{form}").status == 0
    assert (tmp_path / f"graph.{form}").read_text("utf-8") == kg("export", "-f", form).out


def test_the_graph_on_standard_output_is_alone_there(kg, plan):
    done = kg("build", plan, "-o", "-")
    assert done.err.startswith("new  ")
    assert done.out == kg("export").out
    assert len(ox.Dataset(ox.parse(done.out, format=ox.RdfFormat.TURTLE))) > 1000


@pytest.mark.parametrize("output", ["graph.xlsx", "graph", "nowhere/graph.ttl", "", "."])
def test_an_output_that_cannot_be_is_refused_before_any_work(kg, tmp_path, plan, output):
    done = kg("build", plan, "-o", output)
    assert (done.status, done.out) == (2, "")
    assert not (tmp_path / ".plankg").exists()


@pytest.mark.parametrize(
    "base",
    [
        "x",
        "",
        "urn:x:/",
        "http://example.org",
        "http://example.org/x#",
        "http://example.org/?x=/",
        "http://example.org/#/",
        "http://example.org/../",
        "http://example.org/a b/",
        "http://example.org/%zz/",
        "http://example.org/[x]/",
        "http://a:b/",
        "http:////",
        "https://user@example.org/",
    ],
)
def test_a_base_that_cannot_begin_iris_is_refused(kg, tmp_path, plan, base):
    done = kg("build", plan, "--base", base)
    assert (done.status, done.out) == (2, "")
    assert "not the start of IRIs" in done.err
    assert not (tmp_path / ".plankg").exists()


@pytest.mark.parametrize("base", ["https://data.example.org/规划/", "http://[::1]:80/x;y=z,1/"])
def test_every_instance_begins_with_the_base_and_turtle_reads_back_the_same(kg, plan, base):
    assert f"<{base}plan/" in kg("build", plan, "--base", base).out
    turtle = ox.Dataset(ox.parse(kg("export").out, format=ox.RdfFormat.TURTLE))
    assert turtle == ox.Dataset(ox.parse(kg("export", "-f", "nt").out, format=ox.RdfFormat.N_TRIPLES))
    other = kg("build", plan, "--base", "https://other.example.org/")
    assert other.status == 2
    assert base in other.err


def test_a_store_that_another_process_writes_is_refused_and_can_be_read(kg, store):
    before = contents(store)
    with subprocess.Popen(["flock", store / "lock", "sh", "-c", "echo held; cat"], stdin=-1, stdout=-1) as writer:
        assert writer.stdout.readline() == b"held\n"
        for command in (["build", "--samples"], ["infer"], ["remove", "东湖"]):
            done = kg(*command)
            assert (done.status, done.out) == (5, "")
            assert "is writing to this store" in done.err
        assert kg("stats").status == 0
        assert kg("export", "-o", "graph.ttl").status == 0
        writer.stdin.close()
    assert contents(store) == before


@pytest.mark.parametrize("damage", ["plankg.json", "CURRENT", "v1/CURRENT"])
def test_a_damaged_store_is_named_so_and_left_alone(kg, store, damage):
    (store / damage).write_text("x", "utf-8")
    before = contents(store)
    for command in (["stats"], ["show", "9"], ["sparql", "ASK {}"], ["validate"], ["export"], ["build", "--samples"]):
        done = kg(*command)
        assert (done.status, done.out) == (5, ""), command
        assert "the store is damaged" in done.err
    assert contents(store) == before


@pytest.mark.parametrize("form", GRAPH_FORMATS)
def test_an_export_of_one_plan_holds_no_other(kg, store, form):
    done = kg("export", "--plan", "360102-2021-d3598686", "-f", form)
    assert done.status == 0
    assert "360102-2021-d3598686" in done.out
    assert "330281-2018-d8821a67" not in done.out


def test_the_commands_formats_are_those_of_the_export():
    assert GRAPH_FORMATS == FORMATS


@pytest.mark.parametrize(
    ("reference", "says"),
    [("火星", "there is no plan '火星' (there are: "), ("规划", "plans match '规划' (say which: "), ("", "no plan ''")],
)
def test_a_plan_that_is_not_clear_is_neither_exported_nor_removed(kg, store, reference, says):
    before = contents(store)
    for command in (["export", "--plan", reference], ["remove", reference]):
        done = kg(*command)
        assert (done.status, done.out) == (2, "")
        assert says in done.err
    assert contents(store) == before


def test_a_removed_plan_leaves_what_building_the_others_makes(kg, store):
    done = kg("remove", "东湖", "--lang", "en")
    assert done.out == "withdrawn <https://w3id.org/plankg/id/plan/360102-2021-d3598686>\n"
    assert kg("remove", "360102-2021-d3598686").status == 2
    left = exported(kg)
    kg("build", *DOCUMENTS[1:], "--store", "others")
    assert exported(kg, "--store", "others") == left
