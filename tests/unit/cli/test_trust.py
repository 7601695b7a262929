"""verify, review, and build --corrections, as people call them: from a store to a sheet, its answers, and back."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.sheet import column_of

from .conftest import PROGRAM, contents, environment

DONGHU = "360102-2021-d3598686"


def answer(data: bytes, **answers: dict[str, str]) -> str:
    """A sheet with answers: for the row whose fact ends so, the cells of these columns."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    columns = [column_of(name) for name in rows[0]]
    for row in rows[1:]:
        for end, cells in answers.items():
            if row[0].endswith(end):
                for name, cell in {"who": "王敏", "when": "2026-03-01", **cells}.items():
                    row[columns.index(name)] = cell
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def test_the_five_plans_agree_with_their_texts(kg, store):
    done = kg("verify", "--lang", "en")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Compared with the text: 5 plans, and all agrees: 5 texts, ")
    told = json.loads(kg("verify", DONGHU, "-f", "json").out)
    assert told["holds"] is True
    assert told["checked"]["plan"] == 1
    assert told["failures"] == []


def test_what_does_not_agree_is_named_and_the_status_is_1(kg, store):
    kg("export", "-o", "graph.nq")
    text = Path("graph.nq").read_text("utf-8")
    from kg.store import open_store

    opened = open_store(store)
    with opened.write() as working:
        working.update(
            "PREFIX plan: <https://w3id.org/plankg/ontology#> "
            "DELETE { ?t plan:value ?v } INSERT { ?t plan:value 71.5 } WHERE { ?t plan:value ?v FILTER(?v = 17.5) }"
        )
    opened.close()
    assert "17.5" in text
    done = kg("verify", "--lang", "zh")
    assert done.status == 1
    assert "图中的数值是 71.5,原句中的数字是 17.5" in done.out
    assert f"plan/{DONGHU}/target/1>" in done.out
    failure = json.loads(kg("verify", "-f", "json").out)["failures"][0]
    assert failure["plan"].endswith(DONGHU)
    assert kg("verify", "450000-2024-be82e44c").status == 0


@pytest.mark.parametrize("command", [("verify",), ("review", "-o", "r.csv")])
def test_an_empty_store_has_nothing_to_look_at(kg, store, command):
    for plan in ("330281", "330304", "360102", "450000", "513300"):
        (iri,) = [p["iri"] for p in json.loads(kg("stats", "-f", "json").out) if f"/{plan}-" in p["iri"]]
        assert kg("remove", iri).status == 0
    done = kg(*command)
    assert done.status == 6
    assert "holds no plan" in done.err
    assert not Path("r.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("verify", "nowhere"), "there is no plan 'nowhere'"),
        (("review", "nowhere", "-o", "r.csv"), "there is no plan 'nowhere'"),
        (("review", "-o", "r.ods"), "name it .csv or .xlsx"),
        (("review", "-o", ""), "-o is empty"),
        (("review", "-o", "no/r.csv"), "no such folder"),
        (("review", "-o", "r.csv", "--below", "much"), "no confidence"),
        (("review", "-o", "r.csv", "--when", "soon"), "no date"),
        (("review",), "--output"),
    ],
)
def test_a_wrong_call_is_said_before_any_work(kg, store, arguments, says):
    done = kg(*arguments)
    assert done.status == 2
    assert says in done.err
    assert not list(Path().glob("r.*"))


def test_a_sheet_is_written_by_suffix_most_doubtful_first(kg, store):
    done = kg("review", "-o", "r.xlsx", "--lang", "zh", "--who", "王敏", "--when", "2026-03-01")
    assert done.status == 0
    assert "条事实中有" in done.out
    sheet = load_workbook("r.xlsx").active
    columns = [column_of(str(cell.value)) for cell in sheet[1]]
    sure = [float(row[columns.index("confidence")].value) for row in sheet.iter_rows(min_row=2)]
    assert sure[0] == min(sure) < 0.9
    assert {row[columns.index("who")].value for row in sheet.iter_rows(min_row=2)} == {"王敏"}
    few = kg("review", DONGHU, "-o", "-", "--below", "60%").out
    assert few.startswith("\ufeff")
    every = kg("review", DONGHU, "-o", "-", "--all", "--lang", "en").out
    assert every.count(f"\n{DONGHU}") > 200 > few.count(f"\n{DONGHU}")
    again = kg("review", "-o", "r2.xlsx", "--lang", "zh", "--who", "王敏", "--when", "2026-03-01")
    assert again.status == 0
    assert Path("r.xlsx").read_bytes() == Path("r2.xlsx").read_bytes()


def test_from_a_store_to_a_sheet_to_answers_and_back(kg, store, plan, tmp_path):
    kg("review", DONGHU, "-o", "r.csv", "--all", "--lang", "zh")
    data = Path("r.csv").read_bytes()
    duty = next(r[0] for r in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if "/2-3-9#responsibility-" in r[0])
    group = next(r[0] for r in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if "/2-3-9#crowd-group-" in r[0])
    target = next(r[0] for r in csv.reader(io.StringIO(data.decode("utf-8-sig"))) if f"{DONGHU}#target-" in r[0])
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    answered = answer(
        data,
        **{
            duty: {"correct": "否", "right": "单位=区总工会", "note": "电话核实"},
            group: {"correct": "否"},
            target: {"correct": "是"},
            f"{DONGHU}#title": {"correct": "否", "right": "东湖区全民科学素质行动实施方案(2021—2025年)"},
        },
    )
    (sheets / "a.csv").write_text(answered, "gb18030", newline="")

    done = kg("build", plan, "--corrections", sheets, "--lang", "zh")
    assert (done.status, done.err) == (0, "")
    assert "人工核对:确认 1、更正 2、删除 1" in done.out
    once = kg("export", "-f", "nq").out
    assert kg("build", plan, "--corrections", sheets).out.startswith(("未变", "unchanged"))
    assert kg("export", "-f", "nq").out == once  # the same again

    shown = kg("show", f"{DONGHU}/2-3-9", "--lang", "zh").out
    assert "责任:1. 区总工会" in shown
    assert "〔1 人工核对; 王敏 2026-03-01 更正〕" in shown
    assert "→ 电话核实" in shown
    assert "东湖区全民科学素质行动实施方案(2021—2025年)" in kg("stats", "--lang", "zh").out
    assert kg("verify", DONGHU).status == 0
    assert kg("validate", "-f", "json").status == kg("validate", "-f", "json").status
    assert kg("infer").status == 0  # nothing contradicts the ontology
    rows = kg(
        "sparql",
        "SELECT ?name ?when WHERE { ?c a plan:Correction ; plan:verdict plan:Replaced ; plan:factKind 'responsibility' ; "
        "prov:wasAttributedTo/foaf:name ?name ; prov:generatedAtTime ?when }",
        "-f",
        "csv",
    )
    assert rows.out.splitlines()[1:] == ["王敏,2026-03-01T00:00:00"]

    # The text changes: one answer no longer applies, the others do.
    changed = tmp_path / plan.name
    changed.write_text(
        plan.read_text("utf-8").replace("(区人社局按职责分工负责)", "(区人社局、区教体局按职责分工负责)"), "utf-8"
    )
    done = kg("build", changed, "--corrections", sheets, "--lang", "en")
    assert done.status == 1
    assert "answers of persons: 1 confirmed, 1 replaced, 1 removed" in done.out
    assert "a.csv: row " in done.err
    assert "not applied: the words that it rests on are no longer in the text “(区人社局按职责分工负责)”" in done.err
    assert "correction-not-applied" in kg("sparql", "SELECT ?code WHERE { ?f plan:code ?code }", "-f", "csv").out
    report = json.loads(kg("build", changed, "--corrections", sheets, "-f", "json").out)["corrections"]
    assert [u["reason"] for u in report["not_applied"]] == ["text-changed"]
    assert len(report["applied"]) == 3

    # Without the sheets nothing is dropped in silence.
    done = kg("build", plan, "--lang", "en")
    assert done.status == 1
    assert "3 answers of persons no longer hold, since --corrections was not given (they came from a.csv)" in done.err
    assert kg("build", plan).status == 0


def test_answers_about_a_plan_that_is_not_built_are_told(kg, store, plan, tmp_path):
    kg("review", DONGHU, "-o", "r.csv", "--all")
    sheet = tmp_path / "a.csv"
    sheet.write_text(answer(Path("r.csv").read_bytes(), **{"#title": {"correct": "yes"}}), "utf-8")
    text = "某市科普工作要点\n为提高素质,制定本要点。\n一、任务\n1.开展培训。办班3个。(市科协)\n2.办展。(市教育局)"
    (tmp_path / "other.txt").write_text(text, "utf-8")
    done = kg("build", tmp_path / "other.txt", "--corrections", sheet, "--lang", "en")
    assert done.status == 0
    assert f"1 answer is about {DONGHU}, which was not built this time" in done.err


def test_answers_about_a_plan_that_has_another_name_now_are_told_and_found_in_the_graph(kg, plan, tmp_path):
    changed = tmp_path / "plans" / plan.name
    changed.parent.mkdir()
    changed.write_text(plan.read_text("utf-8"), "utf-8")
    kg("build", changed)
    kg("review", "-o", "r.csv", "--all")
    sheet = tmp_path / "a.csv"
    sheet.write_text(answer(Path("r.csv").read_bytes(), **{"#title": {"correct": "yes"}}), "utf-8")
    changed.write_text(plan.read_text("utf-8").replace("实施方案(2021", "实施办法方案(2021"), "utf-8")
    for _ in range(2):  # the second build knows it, too
        done = kg("build", changed, "--corrections", sheet, "--lang", "en")
        assert done.status == 1
        assert f"{DONGHU} is 360102-2021-" in done.err
        assert "1 answers not applied" in done.err
        rows = kg(
            "sparql",
            "SELECT ?old WHERE { ?f plan:code 'correction-not-applied' ; plan:originalText ?old }",
            "-f",
            "csv",
        )
        assert rows.out.split() == ["old", DONGHU]
    assert kg("verify").status == 0


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("fact,correct?,who,when\n{0}#title,perhaps,W,2026-03-01\n", "row 2, column “correct? (yes/no)”: “perhaps” is no answer"),
        ("a,b\n1,2\n", "not a sheet of answers"),
        ("fact,correct?,who,when\n{0}#issued,no,,2026-03-01\n", "row 2, column “who”: is empty"),
    ],
)  # fmt: skip
def test_a_bad_sheet_stops_the_build_before_anything_is_changed(kg, store, plan, tmp_path, rows, says):
    before = contents(store)
    sheet = tmp_path / "bad.csv"
    sheet.write_text(rows.format(DONGHU), "utf-8")
    done = kg("build", plan, "--corrections", sheet)
    assert done.status == 3
    assert says in done.err
    assert str(sheet) in done.err
    assert contents(store) == before


def test_the_sheets_may_be_named_in_the_environment(kg, plan, tmp_path, monkeypatch):
    assert kg("build", plan, "--corrections", tmp_path / "nowhere").status == 3
    monkeypatch.setenv("KG_CORRECTIONS", str(tmp_path / "nowhere"))
    assert "no such file or folder" in kg("build", plan).err
    monkeypatch.setenv("KG_CORRECTIONS", "")
    assert kg("build", plan).status == 0


def test_two_builds_with_answers_give_the_same_bytes_under_two_hash_seeds(kg, plan, tmp_path):
    kg("build", plan)
    kg("review", "-o", "r.csv", "--all", "--who", "王敏", "--when", "2026-03-01")
    data = Path("r.csv").read_bytes()
    facts = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))][1:]
    sheet = tmp_path / "a.csv"
    sheet.write_text(answer(data, **{fact: {"correct": "no" if n % 7 == 3 and "#crowd" in fact else "yes"} for n, fact in enumerate(facts)}), "utf-8")  # fmt: skip
    written = []
    for seed in ("1", "77"):
        target = tmp_path / f"{seed}.nt"
        subprocess.run(
            [*PROGRAM, "build", str(plan), "--corrections", str(sheet), "--store", str(tmp_path / seed), "-o", str(target)],
            env=environment(PYTHONHASHSEED=seed),
            check=True,
            capture_output=True,
        )  # fmt: skip
        written.append(target.read_bytes())
    assert written[0] == written[1]
