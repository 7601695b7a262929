"""The report: verdict, states, statuses, renderings, what it says about broken input."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SH

from kg.errors import EXIT_STATUS, InputError, QueryError, UsageError
from kg.report.text import render
from kg.validate import validate
from kg.validate.data import load
from kg.validate.engine import run
from kg.validate.loaded import OneGraphStore
from kg.validate.report import Report
from kg.validate.rules import load_shapes
from kg.validate.run import set_up
from kg.validate.settings import profile
from kg.validate.turtle import read, write

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix plan: <https://w3id.org/plankg/ontology#> .
@prefix : <https://example.org/> .
"""
STATEMENT = "(区教体局、区科协按职责分工负责)"
TEXT = "9.对接“技能中国行动”。" + STATEMENT
# Two plans; in the first nobody leads task 9.
PLANS = f"""{PREFIXES}
:one a plan:Plan ; dcterms:title "东湖区实施方案"@zh ; dcterms:publisher :gov .
:two a plan:Plan ; dcterms:title "瓯海区规划"@zh .
:gov a plan:Agency ; skos:prefLabel "东湖区人民政府"@zh .
:t9 a plan:Task ; plan:inPlan :one ; plan:inAction :a ; plan:number "9." ; plan:ordinal 1 ; plan:text "{TEXT[2:]}" ;
  dcterms:title "对接“技能中国行动”"@zh ; plan:responsibility :r1, :r2 ; plan:evidence :e9 ;
  plan:jointAgency :jiaoTi, :keXie ; plan:responsibleAgency :jiaoTi, :keXie .
:a a plan:Action ; plan:inPlan :one ; plan:number "(三)" ; plan:ordinal 1 ; dcterms:title "产业工人行动"@zh ; plan:evidence :e9 .
:r1 a plan:Responsibility ; plan:agency :jiaoTi ; plan:agencyText "区教体局" ; plan:role plan:Joint ; plan:basis plan:Stated ; plan:evidence :er .
:r2 a plan:Responsibility ; plan:agency :keXie ; plan:agencyText "区科协" ; plan:role plan:Joint ; plan:basis plan:Stated ; plan:evidence :er .
:keXie a plan:Agency ; skos:prefLabel "东湖区科协"@zh . :jiaoTi a plan:Agency ; skos:prefLabel "东湖区教体局"@zh .
:e9 a plan:Passage ; oa:start 0 ; oa:end {len(TEXT)} ; oa:exact "{TEXT}" ; prov:wasQuotedFrom :s .
:er a plan:Passage ; oa:start {TEXT.index("(")} ; oa:end {len(TEXT)} ; oa:exact "{STATEMENT}" ; prov:wasQuotedFrom :s .
:s a plan:SourceFile ; plan:sourceText "{TEXT}" .
"""
LEAD = "https://w3id.org/plankg/shapes#task-lead"


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(ox.parse(PLANS, format=ox.RdfFormat.TURTLE))


def rule_of(report: Report, name: str):
    return next(rule for rule in report.rules if rule.name == name)


def test_a_finding_names_plan_provision_sentence_and_agencies(report: Report) -> None:
    (finding,) = rule_of(report, "task-lead").findings
    assert [plan.title for plan in finding.plans] == ["东湖区实施方案"]
    assert finding.provision is not None
    assert (finding.provision.number, finding.provision.title) == ("9.", "对接“技能中国行动”")
    assert finding.quote == STATEMENT
    assert finding.agencies == ("东湖区教体局", "东湖区科协")
    assert finding.severity == "violation"


def test_a_finding_about_a_plan_names_its_issuer(report: Report) -> None:
    finding = next(f for f in rule_of(report, "plan-period").findings if f.label == "东湖区实施方案")
    assert finding.agencies == ("东湖区人民政府",)


def test_a_rule_without_focus_nodes_is_not_checked_and_never_passed(report: Report) -> None:
    states = {rule.name: rule.state for rule in report.rules}
    assert states["target-value"] == "not checked"
    assert states["evidence-verifies"] == "passed"
    assert states["task-lead"] == "found"
    assert "target-value" in {rule.name for rule in report.not_checked}


def test_the_verdict_counts_what_must_be_fixed_where_and_what_was_checked(report: Report) -> None:
    must, left = report.count("violation"), len(report.not_checked)
    english, chinese = report.verdict("en"), report.verdict("zh")
    assert english.startswith(f"{must} problems must be fixed in 2 of 2 plans; ")
    assert "1 task, " in english
    assert english.endswith(f"{left} rules had nothing to check.")
    assert chinese.startswith(f"{must} 处必须修改,涉及 2 份规划中的 2 份;")
    assert "1 项任务" in chinese
    assert chinese.endswith(f"{left} 条规则没有可检查的对象。")


def test_identifiers_are_unique_and_the_same_in_every_run(report: Report) -> None:
    again = validate(ox.parse(PLANS, format=ox.RdfFormat.TURTLE))
    identifiers = [finding.id for finding in report.findings]
    assert len(set(identifiers)) == len(identifiers) > 5
    assert identifiers == [finding.id for finding in again.findings]
    assert report.to_json() == again.to_json()


def test_findings_that_only_their_place_tells_apart_are_all_there() -> None:
    # Three passages of one source that have lost their words: alike in all that lasts.
    passages = "".join(
        f"<https://example.org/source/aa/{start}-{start + 2}> oa:start {start} ; oa:end {start + 2} .\n"
        f":t{start} a plan:Task ; plan:evidence <https://example.org/source/aa/{start}-{start + 2}> .\n"
        for start in (0, 5, 9)
    )
    report = validate(ox.parse(PREFIXES + passages, format=ox.RdfFormat.TURTLE))
    (exact,) = [rule for rule in report.rules if rule.name == "passage-exact"]
    assert [finding.focus.rsplit("/", 1)[-1] for finding in exact.findings] == ["0-2", "5-7", "9-11"]
    assert len({finding.id for finding in exact.findings}) == len({finding.key for finding in exact.findings}) == 3


def test_the_status_follows_the_severity_asked_for(report: Report) -> None:
    assert [report.status(severity) for severity in ("violation", "warning", "info")] == [1, 1, 1]
    only_info = validate(ox.parse(f"{PREFIXES} :t plan:confidence 0.3 .", format=ox.RdfFormat.TURTLE))
    assert [only_info.status(severity) for severity in ("violation", "warning", "info")] == [0, 0, 1]
    with pytest.raises(UsageError):
        report.status("error")


def test_no_plan_is_no_pass() -> None:
    for data in ([], ox.parse('<x:a> <x:b> "c" .', format=ox.RdfFormat.N_TRIPLES)):
        empty = validate(data)
        assert empty.status() == empty.status("info") == 6
        assert empty.verdict("en") == "Nothing to check: no rule applies to anything in the data. This is not a pass."
        assert "不等于通过" in empty.verdict("zh")


def test_the_ontology_alone_is_nothing_to_check() -> None:
    from kg import resources

    quads = [
        q
        for path in ("ontology/plan.ttl", "ontology/concepts/unit.ttl")
        for q in ox.parse(path=str(resources.path(path)))
    ]
    assert validate(quads).status() == 6


def test_missing_entailments_are_said() -> None:
    report = validate(ox.parse(f"{PREFIXES} :t a plan:Task ; plan:leadAgency :a .", format=ox.RdfFormat.TURTLE))
    assert not report.inferred
    assert "kg infer" in render(report, "en")
    assert "kg infer" in render(report, "zh")


def test_the_text_tells_a_planner_what_to_do_in_chinese(report: Report) -> None:
    text = render(report, "zh", None)
    assert text.splitlines()[0] == report.verdict("zh")
    for words in ("先改什么", "[必须修改] 任务没有牵头单位,也无法从责任单位中推定 (1/1)", "- 9. 对接“技能中国行动”", f"原文:“9.对接“技能中国行动”。【{STATEMENT}】”",
                  "由谁处理:东湖区人民政府(发文单位)", "涉及单位:东湖区教体局、东湖区科协", "怎么改:", "没有可检查的对象,不算通过:"):  # fmt: skip
        assert words in text


def test_the_text_tells_a_planner_what_to_do_in_english(report: Report) -> None:
    text = render(report, "en", None)
    assert text.splitlines()[0] == report.verdict("en")
    for words in ("What to do first", "[Must fix] The task has no lead agency, and none can be presumed from its list (1/1)", "- 9. 对接“技能中国行动”",
                  "How to mend it: ", "Who must act: 东湖区人民政府 (issuer of the plan)", "nothing to check, not a pass: "):  # fmt: skip
        assert words in text


def test_an_unknown_language_is_refused(report: Report) -> None:
    with pytest.raises(UsageError):
        render(report, "fr")


def test_what_is_cut_short_is_said_and_totals_stay_exact() -> None:
    tasks = "".join(f":t{n} a plan:Task . " for n in range(9))
    report = validate(ox.parse(PREFIXES + tasks, format=ox.RdfFormat.TURTLE))
    text = render(report, "en", 2)
    assert "none can be presumed from its list (9/9)" in text
    assert "… and 7 more not shown" in text
    assert "……" not in render(report, "zh", None)


def test_grave_rules_come_first(report: Report) -> None:
    order = [rule.severity for rule in report.to_do()]
    assert order == sorted(order, key=("violation", "warning", "info").index)


def test_the_json_holds_the_whole_model(report: Report) -> None:
    model = json.loads(report.to_json())
    assert model["format"] == "plankg-report/2"
    assert model["verdict"] == {"zh": report.verdict("zh"), "en": report.verdict("en")}
    found = [finding for rule in model["rules"] for finding in rule["findings"]]
    assert sorted(f["id"] for f in found) == sorted(f.id for f in report.findings)
    assert {rule["state"] for rule in model["rules"]} == {"found", "passed", "not checked"}


def test_the_turtle_is_a_shacl_report_and_comes_back_the_same(report: Report) -> None:
    text = write(report)
    back = {(r.id, r.rule, r.severity, r.focus, r.path, r.value, r.component) for r in read(text)}
    assert back == {(f.id, f.rule, f.severity, f.focus, f.path, f.value, f.component) for f in report.findings}
    graph = rdflib.Graph().parse(data=text, format="turtle")
    (root,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert not graph.value(root, SH.conforms).toPython()
    assert len(list(graph.objects(root, SH.result))) == len(report.findings)
    assert not any(isinstance(node, rdflib.BNode) for node in graph.objects(root, SH.result))


def test_the_turtle_says_what_pyshacl_says() -> None:
    shapes = set_up(load_shapes(), profile(None))
    data = load(ox.parse(PLANS, format=ox.RdfFormat.TURTLE))
    theirs = {(str(r.focus), shapes.rule_of[r.shape], r.component) for r in run(data.graph, shapes.for_engine())}
    ours = {
        (r.focus, r.rule, r.component)
        for r in read(write(validate(ox.parse(PLANS, format=ox.RdfFormat.TURTLE))))
        if not r.component.endswith("builtInCheck")
    }
    # Of several constraints of one rule on one value one is reported.
    assert ours <= theirs
    assert {pair[:2] for pair in ours} == {pair[:2] for pair in theirs}


def test_a_report_without_findings_conforms() -> None:
    report = validate(ox.parse(f"{PREFIXES} :t plan:confidence 0.9 .", format=ox.RdfFormat.TURTLE))
    assert report.conforms
    assert report.status("info") == 0
    assert read(write(report)) == []


def test_a_broken_report_in_turtle_is_refused() -> None:
    with pytest.raises(InputError):
        read("this is no Turtle")


def test_the_lean_store_gives_pyshacl_the_same_answers_as_rdflibs_own() -> None:
    shapes = load_shapes().for_engine()
    lean = load(ox.parse(PLANS, format=ox.RdfFormat.TURTLE)).graph
    assert isinstance(lean.store, OneGraphStore)
    plain = rdflib.Graph()
    for triple in lean:
        plain.add(triple)
    assert len(lean) == len(plain)
    keys = [
        sorted((str(r.focus), str(r.shape), str(r.value), r.component) for r in run(g, shapes)) for g in (lean, plain)
    ]
    assert keys[0] == keys[1]


@pytest.mark.parametrize("kind", ["file", "rdflib", "dataset", "oxigraph", "kg store"])
def test_every_kind_of_source_gives_the_same_findings(kind: str, report: Report, tmp_path: Path) -> None:
    quads = list(ox.parse(PLANS, format=ox.RdfFormat.TURTLE))
    if kind == "file":
        source = tmp_path / "plans.ttl"
        source.write_text(PLANS, encoding="utf-8")
    elif kind == "rdflib":
        source = rdflib.Graph().parse(data=PLANS, format="turtle")
    elif kind == "dataset":
        source = rdflib.Dataset()
        source.parse(data=PLANS, format="turtle")
    elif kind == "oxigraph":
        source = ox.Store()
        source.extend(quads)
    else:
        from kg.store import open_store

        source = open_store()
        with source.write() as working:
            working.extend(quads)
    assert [f.id for f in validate(source).findings] == [f.id for f in report.findings]


@pytest.mark.parametrize(
    ("name", "text"), [("a.ttl", "<x> <y> "), ("a.nt", "nonsense"), ("a.txt", PLANS), ("missing.ttl", None)]
)
def test_unreadable_data_is_an_input_error_with_status_3(name: str, text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        validate(tmp_path / name)
    assert EXIT_STATUS[type(error.value)] == 3
    assert name in str(error.value)


OWN = (
    PREFIXES
    + """
:short a sh:NodeShape ; sh:targetClass plan:Task ; sh:severity sh:Warning ; rdfs:label "Short titles"@en ;
  sh:property [ sh:path dcterms:title ; sh:maxLength 5 ] .
"""
)


def test_own_shapes_join_ours_and_their_nested_results_count_for_the_rule(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(OWN, encoding="utf-8")
    data = list(ox.parse(PLANS, format=ox.RdfFormat.TURTLE))
    report = validate(data, [file])
    rule = rule_of(report, "short")
    assert (rule.severity, rule.checked, len(rule.findings), rule.file) == ("warning", 1, 1, "own.ttl")
    assert rule.findings[0].message
    assert "Short titles" in render(report, "zh")
    assert len(rule_of(report, "task-lead").findings) == 1
    alone = validate(data, [file], own_rules=False)
    assert [r.name for r in alone.rules] == ["short"]


BROKEN = {
    "no Turtle": "this is no Turtle",
    "no shape": '<x:a> <x:b> "c" .',
    "two paths": PREFIXES + ":s a sh:PropertyShape ; sh:targetClass plan:Task ; sh:path :a, :b ; sh:minCount 1 .",
    "a count that is none": PREFIXES
    + ':s a sh:NodeShape ; sh:targetClass plan:Task ; sh:property [ sh:path :a ; sh:minCount "one" ] .',
    "a broken query": PREFIXES
    + ':s a sh:NodeShape ; sh:targetClass plan:Task ; sh:sparql [ sh:select "SELECT $this WHERE { $this" ] .',
    "a check that there is not": PREFIXES + ':s a sh:NodeShape ; sh:targetClass plan:Task ; plan:builtInCheck "none" .',
}


@pytest.mark.parametrize("engine", ["pyshacl", "fast"])
@pytest.mark.parametrize("fault", BROKEN)
def test_broken_shapes_are_a_query_error_with_status_4(fault: str, engine: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text(BROKEN[fault], encoding="utf-8")
    with pytest.raises(QueryError) as error:
        validate(ox.parse(PLANS, format=ox.RdfFormat.TURTLE), [file], engine=engine)
    assert EXIT_STATUS[type(error.value)] == 4


def test_a_missing_file_of_shapes_is_an_input_error() -> None:
    with pytest.raises(InputError):
        validate([], ["nowhere.ttl"])


@pytest.mark.parametrize("words", ["own", "sparql", "none"])
def test_both_engines_say_the_same_of_shapes_of_the_users_own(words: str, tmp_path: Path) -> None:
    said = {
        "own": OWN,
        "sparql": PREFIXES
        + """:named a sh:NodeShape ; sh:targetClass plan:Task ;
  sh:sparql [ sh:message "no number: {?value}"@en ; sh:select
    "SELECT $this ?value WHERE { $this <https://w3id.org/plankg/ontology#text> ?value }" ] .""",
        "none": PREFIXES + ":described a sh:NodeShape ; sh:targetClass plan:Plan ; sh:property "
        "[ sh:path rdfs:comment ; sh:minCount 1 ] , [ sh:path ( dcterms:publisher skos:prefLabel ) ; sh:maxLength 2 ] .",
    }[words]
    file = tmp_path / "own.ttl"
    file.write_text(said, encoding="utf-8")
    data = list(ox.parse(PLANS, format=ox.RdfFormat.TURTLE))
    reports = [validate(data, [file], own_rules=False, engine=engine) for engine in ("pyshacl", "fast")]
    assert [report.engine for report in reports] == ["pyshacl", "fast"]
    assert reports[0].findings
    assert reports[0].to_json() == reports[1].to_json()
    assert reports[0].to_turtle() == reports[1].to_turtle()


def test_auto_goes_by_size_and_an_unknown_engine_is_refused() -> None:
    assert validate([]).engine == "pyshacl"
    many = (ox.Triple(ox.NamedNode(f"x:{n}"), ox.NamedNode("x:p"), ox.Literal("任务")) for n in range(10_000))
    assert validate(many).engine == "fast"
    with pytest.raises(UsageError):
        validate([], engine="quick")
