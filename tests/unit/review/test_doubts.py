"""The sheet tells every fact once, under a name that its answer is found by, most doubtful first."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.corrections import read_answers
from kg.errors import EmptyError, UsageError
from kg.pipeline import build
from kg.resources import folder
from kg.review import Doubt, fill_sheet, find_doubts
from kg.sheet import COLUMNS, KINDS, column_of, plain
from kg.store import open_store
from kg.store.protocol import Store

PLAN = "https://w3id.org/plankg/ontology#"


@pytest.fixture(scope="module")
def everything(five_plans: Store) -> list[Doubt]:
    return find_doubts(five_plans, everything=True)[0]


def count(store: Store, pattern: str) -> int:
    rows = list(store.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"))
    return int(rows[0]["n"].value)


def test_every_fact_stands_in_the_whole_sheet_once(five_plans: Store, everything: list[Doubt]) -> None:
    assert len({d.fact for d in everything}) == len(everything)
    by_kind = {kind: sum(d.kind == kind for d in everything) for kind in KINDS}
    for kind, pattern in {
        "task": "?x a plan:Task",
        "action": "?x a plan:Action",
        "section": "?x a plan:Section",
        "safeguard": "?x a plan:SafeguardMeasure",
        "responsibility": "?x a plan:Responsibility",
        "target": "?x a plan:Target",
        "achievement": "?x a plan:Achievement",
        "citation": "?x a plan:Citation",
        "title": "?x a plan:Plan",
        "plan-type": "?x plan:planType ?t",
        "region": "?x a plan:Plan ; plan:region ?r",
        "period": "?x plan:periodStart ?y",
        "issued": "?x a plan:Plan ; dcterms:issued ?d",
        "document-number": "?x a plan:Plan ; plan:documentNumber ?n",
    }.items():
        assert by_kind[kind] == count(five_plans, pattern), kind
    for kind, predicate in (("crowd-group", "crowdGroup"), ("initiative", "mentionsInitiative")):
        rows = five_plans.query(f"SELECT ?s ?o WHERE {{ ?s plan:{predicate} ?o }}")
        assert by_kind[kind] == len(list(rows))


def test_each_row_says_what_was_read_where_and_how_sure_that_is(everything: list[Doubt]) -> None:
    for doubt in everything:
        assert doubt.taken, doubt
        assert Decimal(0) <= Decimal(doubt.confidence) <= 1
        assert doubt.rule
        assert doubt.quote, doubt
        assert "【" in doubt.sentence, doubt
        assert not doubt.rule.isascii() or doubt.rule == "", (
            f"the rule {doubt.rule} has no label in ontology/concepts/rule.ttl"
        )


def test_the_most_doubtful_come_first_and_only_they_are_shown(five_plans: Store, everything: list[Doubt]) -> None:
    shown, total = find_doubts(five_plans)
    assert total == len(everything)
    assert [d.doubt for d in shown] == sorted(d.doubt for d in shown)
    assert all(d.doubt < Decimal("0.9") or d.is_grave for d in shown)
    left_out = {d.fact for d in everything} - {d.fact for d in shown}
    assert all(d.doubt >= Decimal("0.9") and not d.is_grave for d in everything if d.fact in left_out)
    fewer, _ = find_doubts(five_plans, below=Decimal("0.7"))
    assert {d.fact for d in fewer} < {d.fact for d in shown}


def test_a_damaged_name_is_to_be_looked_at_with_the_bodies_that_it_may_mean(everything: list[Doubt]) -> None:
    (damaged,) = [d for d in everything if d.kind == "responsibility" and "单位=委;" in d.taken]
    assert damaged.is_grave
    assert any("可能是" in said and "甘孜藏族自治州发展和改革委员会" in said for said in damaged.findings)
    assert damaged.doubt <= Decimal("0.9")


def test_words_are_in_the_language_that_is_asked_for(five_plans: Store) -> None:
    english, _ = find_doubts(five_plans, everything=True, lang="en")
    duty = next(d for d in english if d.kind == "responsibility")
    assert duty.taken.startswith("body=")
    assert "; role=" in duty.taken
    assert duty.rule.isascii()


def test_one_plan_is_shown_without_the_others(five_plans: Store, everything: list[Doubt]) -> None:
    iri = "https://w3id.org/plankg/id/plan/" + everything[0].plan
    own, total = find_doubts(five_plans, [iri], everything=True)
    assert {d.plan for d in own} == {everything[0].plan}
    assert total == len(own) == sum(d.plan == everything[0].plan for d in everything)
    with pytest.raises(UsageError):
        find_doubts(five_plans, [iri + "x"])
    with pytest.raises(EmptyError):
        find_doubts(open_store())


def test_a_sheet_has_every_column_and_a_row_for_each_fact(everything: list[Doubt]) -> None:
    text = fill_sheet(everything[:20], ".csv", "zh", "王敏", "2026-03-01").decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text, newline=""))
    assert [column_of(name) for name in heading] == list(COLUMNS)
    assert len(rows) == 20
    cells = dict(zip(COLUMNS, rows[0], strict=True))
    assert (cells["fact"], cells["who"], cells["when"], cells["correct"]) == (
        everything[0].fact,
        "王敏",
        "2026-03-01",
        "",
    )
    # A bare path such as 2-3-9 becomes a day in a spreadsheet program.
    assert all(row[2] == "" or row[2].startswith("§") for row in rows)


@pytest.mark.parametrize(("suffix", "lang"), [(".csv", "zh"), (".xlsx", "en")])
def test_every_fact_that_is_confirmed_is_found_again_and_changes_in_nothing_but_its_confidence(
    five_plans: Store, tmp_path: Path, suffix: str, lang: str
) -> None:
    doubts, _ = find_doubts(five_plans, everything=True, lang=lang)
    answered = tmp_path / f"answers{suffix}"
    data = fill_sheet(doubts, suffix, lang, "王敏", "2026-03-01")
    if suffix == ".csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        place = [column_of(name) for name in rows[0]].index("correct")
        for row in rows[1:]:
            row[place] = "是"
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        answered.write_text(out.getvalue(), "gb18030", newline="")
    else:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(data))
        place = [column_of(str(cell.value)) for cell in book.active[1]].index("correct") + 1
        for row in range(2, book.active.max_row + 1):
            book.active.cell(row, place).value = True
        book.save(answered)
    store = open_store()
    report = build([folder("data/documents")], store, answers=read_answers(answered))
    assert [unused for _, outcome in report.outcomes for unused in outcome.unused] == []
    applied = [c for _, outcome in report.outcomes for c in outcome.applied]
    assert len(applied) == len(doubts)
    assert {c.verdict for c in applied} == {"Confirmed"}
    assert facts(store) - facts(five_plans) == set()
    assert facts(five_plans) - facts(store) == set()
    unsure = {
        quad.subject.value
        for quad in store.quads(ox.DefaultGraph())
        if quad.predicate.value == PLAN + "confidence" and quad.object.value != "1"
    }
    assert {s for s in unsure if "/finding/" not in s and "/statement/implements/" not in s} == set()
    # What was answered is sure: the next sheet has nothing but what a warning is about.
    left, _ = find_doubts(store)
    assert [d for d in left if not d.is_grave and not d.findings] == []


def facts(store: Store) -> set[str]:
    """All that is said, but for confidences, corrections, and the passages that these quote."""
    return {
        str(quad)
        for quad in store.quads(ox.DefaultGraph())
        if quad.predicate.value != PLAN + "confidence"
        and "/correction/" not in str(quad)
        and not any(mark in quad.subject.value for mark in ("/person/", "/source/"))
    }


def test_the_words_that_an_answer_rests_on_stand_in_the_text(five_plans: Store, everything: list[Doubt]) -> None:
    texts = plain("\n".join(row["t"].value for row in five_plans.query("SELECT ?t WHERE { ?s plan:sourceText ?t }")))
    assert [d.fact for d in everything if plain(d.quote) not in texts] == []
