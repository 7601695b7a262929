"""The five plans as published: what must be found in them, and what must stay the same whatever happens around them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import resources, vocab
from kg.evaluate import read_gold, score
from kg.evaluate.tally import Scores
from kg.model import Provision, Source
from kg.pipeline import Plan, build, read_plan
from kg.read import find_files, read_bytes, read_file
from kg.store import open_store
from kg.store.protocol import Store

FOLDER = resources.folder("data/documents")
FILES = find_files([FOLDER])
ABOUT = tomllib.loads((FOLDER / "about.toml").read_text("utf-8"))
GOLD = sorted((Path(__file__).resolve().parents[2] / "data" / "gold").glob("*.json"))
SOURCE = f"{vocab.DEFAULT_BASE}source/"

each_plan = pytest.mark.parametrize("file", FILES, ids=lambda p: p.name[:3])


@cache
def plan_of(file: Path) -> Plan:
    return read_plan(read_file(file))


@pytest.fixture(scope="module")
def store() -> Store:
    store = open_store()
    report = build([FOLDER], store)
    assert report.failures == []
    return store


def objects(triples: Iterable[ox.Triple], subject: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.Literal]:
    iri = name if ":" in name else vocab.plan(name)
    return [t.object for t in triples if t.subject == subject and t.predicate.value == iri]  # type: ignore[misc]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


# ---------------------------------------------------------------- how much is found


def test_every_plan_is_described_in_about_toml() -> None:
    assert set(ABOUT) == {f.name for f in FILES}


@each_plan
def test_as_much_is_found_as_a_reader_counts(file: Path) -> None:
    record, expected = plan_of(file).record, dict(ABOUT[file.name])
    by_kind: dict[str, list[Provision]] = {}
    for provision in record.provisions:
        by_kind.setdefault(provision.kind, []).append(provision)
    tasks, actions = by_kind["Task"], {p.key: p for p in by_kind["Action"]}

    def leads(provision: Provision) -> bool:
        return any(d.role == "Lead" for d in provision.responsibilities)

    def inherits(key: str | None) -> bool:
        return key is not None and (leads(actions[key]) or inherits(actions[key].action))

    targets = [q for q in record.quantities if q.kind == "Target"]
    found = {
        "title": record.title.value,
        "actions": len(actions),
        "tasks": len(tasks),
        "with_own_lead": sum(map(leads, tasks)),
        "with_inherited_lead": sum(inherits(t.action) for t in tasks),
        "safeguards": len(by_kind.get("SafeguardMeasure", [])),
        "targets": sum(q.benchmark is None for q in targets),
        "relative_targets": sum(q.benchmark is not None for q in targets),
        "achievements": sum(q.kind == "Achievement" for q in record.quantities),
        "responsibilities": sum(len(p.responsibilities) for p in record.provisions),
    }
    expected.pop("origin")
    assert found == expected


# ---------------------------------------------------------------- the bars of the score


@pytest.fixture(scope="module")
def scores(store: Store) -> Scores:
    assert len(GOLD) == len(FILES)
    return score(store, read_gold(GOLD))


BARS = {
    1.0: ["plan", "plan.issuer", "plan.title", "plan.plan_type", "plan.document_number", "plan.index_number", "plan.originator", "plan.issued", "plan.published", "plan.period_start", "plan.period_end", "plan.region", "plan.region_code", "plan.based_on", "action", "action.section", "task", "task.action", "safeguard", "responsibility.agency", "responsibility.role", "responsibility.basis", "lead.effective", "lead.presumed"],
    0.97: ["action.title", "action.number", "task.title", "task.number", "task.text_end", "target.amount", "target.all", "target.indicator", "agency.full_name"],
    0.85: ["crowd_group"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "bar"), [(kind, bar) for bar, kinds in BARS.items() for kind in kinds])
def test_the_score_reaches_its_bar(scores: Scores, kind: str, bar: float) -> None:
    row = scores.row(kind)
    assert row.gold > 0
    assert row.f1 >= bar, [d for d in scores.differences if d.kind == kind]


def test_every_kind_of_fact_that_is_scored_has_a_bar(scores: Scores) -> None:
    assert {r.kind for r in scores.rows} <= {kind for kinds in BARS.values() for kind in kinds}


# ---------------------------------------------------------------- passages


@each_plan
def test_every_passage_cuts_its_text_out_of_the_source_character_for_character(file: Path) -> None:
    triples, text = plan_of(file).triples, read_file(file).text
    found: dict[ox.NamedNode, dict[str, str]] = {}
    for t in triples:
        if isinstance(t.object, ox.Literal):
            found.setdefault(t.subject, {})[t.predicate.value] = t.object.value  # type: ignore[arg-type]
    passages = {s: v for s, v in found.items() if vocab.OA_EXACT in v}
    assert len(passages) > 80
    for subject, facts in passages.items():
        start, end = int(facts[vocab.OA_START]), int(facts[vocab.OA_END])
        assert 0 <= start < end <= len(text)
        assert text[start:end] == facts[vocab.OA_EXACT]
        assert subject.value.endswith(f"/{start}-{end}")
    source = next(v for v in found.values() if vocab.plan("sourceText") in v)
    assert source[vocab.plan("sourceText")] == text


@each_plan
@pytest.mark.parametrize(
    ("name", "classes"), [("quote", ("Target", "Achievement")), ("agencyText", ("Responsibility",))]
)
def test_what_is_quoted_lies_in_its_passage_or_has_a_finding(file: Path, name: str, classes: tuple[str, ...]) -> None:
    triples = plan_of(file).triples
    exact = {t.subject: t.object.value for t in triples if t.predicate.value == vocab.OA_EXACT}
    evidence: dict[object, list[str]] = {}
    for t in triples:
        if t.predicate.value == vocab.plan("evidence"):
            evidence.setdefault(t.subject, []).append(exact[t.object])
    explained = {t.object for t in triples if t.predicate.value == vocab.plan("about")}
    typed = {
        t.subject
        for t in triples
        if t.predicate.value == vocab.RDF_TYPE and t.object in {ox.NamedNode(vocab.plan(c)) for c in classes}
    }
    quoted = [t for t in triples if t.predicate.value == vocab.plan(name)]
    assert {t.subject for t in quoted} == typed
    for t in quoted:
        inside = any(plain(t.object.value) in plain(passage) for passage in evidence.get(t.subject, []))
        assert inside or t.subject in explained, (t.subject, t.object)


@each_plan
def test_everything_stated_has_a_passage_or_a_finding(file: Path) -> None:
    triples = plan_of(file).triples
    classes = {
        vocab.plan(c)
        for c in (
            "Plan",
            "Section",
            "Action",
            "Task",
            "SafeguardMeasure",
            "Responsibility",
            "Target",
            "Achievement",
            "Citation",
        )
    }
    stated = {t.subject for t in triples if t.predicate.value == vocab.RDF_TYPE and t.object.value in classes}
    assert stated <= {t.subject for t in triples if t.predicate.value == vocab.plan("evidence")}


@each_plan
def test_a_lead_by_a_rule_points_to_the_sentence_of_the_rule(file: Path) -> None:
    triples = plan_of(file).triples
    exact = {t.subject: t.object.value for t in triples if t.predicate.value == vocab.OA_EXACT}
    by_rule = [
        t.subject
        for t in triples
        if t.predicate.value == vocab.plan("basis") and t.object == ox.NamedNode(vocab.plan("FirstListedRule"))
    ]
    assert bool(by_rule) == (file.name[:3] == "002")
    for subject in by_rule:
        (place,) = objects(triples, subject, "basisEvidence")
        assert exact[place] == "排在第一位的为牵头单位,下同".replace(",", exact[place][-3])


@each_plan
def test_what_was_restored_has_a_finding(file: Path) -> None:
    record = plan_of(file).record
    restored = {p.key for p in record.provisions if p.rule == "restored-number"}
    assert restored == {f.about for f in record.findings if f.code == "restored-number"}
    assert len(restored) == {"002": 3}.get(file.name[:3], 0)


@each_plan
def test_there_are_no_blank_nodes_and_no_foreign_terms(file: Path) -> None:
    iris = re.compile(r"[!-~]+")
    for t in plan_of(file).triples:
        assert isinstance(t.subject, ox.NamedNode)
        assert isinstance(t.object, (ox.NamedNode, ox.Literal))
        assert iris.fullmatch(t.subject.value), t.subject


# ---------------------------------------------------------------- names that stay


def names(triples: Iterable[ox.Triple]) -> set[str]:
    """IRIs of everything but passages and source files."""
    return {t.subject.value for t in triples if not t.subject.value.startswith(SOURCE)}  # type: ignore[union-attr]


def facts(triples: Iterable[ox.Triple]) -> set[str]:
    """All that is said without regard to where it stands."""
    return {str(t) for t in triples if SOURCE not in str(t.subject) and SOURCE not in str(t.object)}


def changed(file: Path, change: Callable[[str], str]) -> Plan:
    source = read_file(file)
    text = change(source.text)
    assert text != source.text
    return read_plan(read_bytes(text.encode(), source.file_name))


@each_plan
def test_a_renamed_file_changes_nothing_but_its_name(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一个名字.txt"
    other.write_bytes(file.read_bytes())
    before, after = set(map(str, plan_of(file).triples)), set(map(str, read_plan(read_file(other)).triples))
    assert {t.split(" ")[1] for t in before ^ after} == {f"<{vocab.plan('fileName')}>"}


def test_a_changed_page_counter_changes_nothing_but_passages() -> None:
    file = next(f for f in FILES if "阅读数" in f.read_text("utf-8"))
    after = changed(file, lambda text: text.replace("366次", "1367次"))
    assert facts(after.triples) == facts(plan_of(file).triples)


@each_plan
def test_other_words_before_and_behind_the_plan_change_no_name(file: Path) -> None:
    after = changed(file, lambda text: "首页 | 今天是星期一 | 登录\n" + text + "\n\n版权所有 未经许可不得转载")
    assert facts(after.triples) == facts(plan_of(file).triples)


@each_plan
def test_blanks_and_line_ends_change_no_name(file: Path) -> None:
    after = changed(file, lambda text: text.replace("\n", "  \n\u3000"))
    assert names(after.triples) == names(plan_of(file).triples)


@each_plan
def test_one_task_more_renames_nothing(file: Path) -> None:
    record = plan_of(file).record
    last = [p for p in record.provisions if p.kind == "Task"][-1]
    end = max([s.end for s in last.spans] + [d.statement_span.end for d in last.responsibilities])
    number = {"(四)": "(五)"}.get(last.number) or f"{int(last.number.rstrip('.')) + 1}."
    after = changed(file, lambda text: f"{text[:end]}\n{number}做好新增工作。办好新增活动。{text[end:]}")
    assert sum(p.kind == "Task" for p in after.record.provisions) == ABOUT[file.name]["tasks"] + 1

    def said(triples: Iterable[ox.Triple]) -> set[tuple[str, str, str]]:
        kept = {
            vocab.plan(n)
            for n in ("number", "agencyText", "quote", "citedTitle", "inAction", "inSection", "agency", "code")
        } | {vocab.DCTERMS_TITLE}
        return {(t.subject.value, t.predicate.value, t.object.value) for t in triples if t.predicate.value in kept}  # type: ignore[union-attr]

    assert said(plan_of(file).triples) <= said(after.triples)
    assert len(names(after.triples) - names(plan_of(file).triples)) == 1


@each_plan
def test_one_line_end_more_or_less_in_the_notice_does_not_rename_the_plan(file: Path) -> None:
    assert re.fullmatch(r".*/plan/\d{6}-\d{4}-[0-9a-f]{8}", plan_of(file).iri)
    assert changed(file, lambda text: text.replace("\n", "\n\n", 12)).iri == plan_of(file).iri


_DUMP = """
import sys
from pathlib import Path
from kg.pipeline import convert
convert([Path(p) for p in sys.argv[1:]], sys.stdout.buffer.write)
"""


def test_hash_seed_and_file_order_change_no_byte() -> None:
    def dump(seed: str, files: list[Path]) -> bytes:
        run = subprocess.run(
            [sys.executable, "-c", _DUMP, *map(str, files)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        return run.stdout

    first = dump("1", FILES)
    assert len(first) > 100_000
    assert dump("2", FILES[::-1]) == first


def test_two_orders_of_files_give_the_same_store(store: Store) -> None:
    other = open_store()
    for file in FILES[::-1]:
        build([file], other)
    assert {str(q) for q in other.quads()} == {str(q) for q in store.quads()}


def test_building_again_changes_nothing(store: Store) -> None:
    other = open_store()
    build([FOLDER], other)
    before = {str(q) for q in other.quads()}
    assert [p.change for p in build([FOLDER], other).plans] == ["unchanged"] * len(FILES)
    assert {str(q) for q in other.quads()} == before


@each_plan
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_the_encoding_of_the_file_changes_no_fact(file: Path, encoding: str) -> None:
    source: Source = read_bytes(read_file(file).text.encode(encoding), file.name)
    assert facts(read_plan(source).triples) == facts(plan_of(file).triples)
