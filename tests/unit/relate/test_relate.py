"""Corresponding tasks on small graphs: what is found, what is said of it, when nothing can be said."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import vocab
from kg.graph import correspondence_iri
from kg.pipeline import build, remove
from kg.reason import infer
from kg.reason.facts import Facts, read_graph
from kg.reason.rules import rules_of, run
from kg.relate import Touched, relate
from kg.relate.closeness import Closeness, apart, compare, reaches, score
from kg.relate.reading import read_plans
from kg.relate.words import settings, shared_phrases, subjects, weights
from kg.store import open_store
from kg.store.graphs import load_vocabulary, plan_graphs, replace_lines, replace_plan

ID = "https://w3id.org/plankg/id/"
PREFIXES = f"""@prefix : <{vocab.PLAN}> . @prefix x: <{ID}plan/> . @prefix dcterms: <{vocab.DCTERMS}> .
@prefix g: <{vocab.CONCEPT}crowd-group/> . @prefix i: <{vocab.CONCEPT}initiative/> . @base <{ID}> .
"""
CITY = """<plan/city> a :Plan ; dcterms:title "某市方案"@zh ; :region <region/330300> .
<plan/city/1> a :Task ; :inPlan x:city ; dcterms:title "实施智慧助老行动"@zh ; :effectiveCrowdGroup g:older-people ; :evidence <source/aa/0-40>, <source/aa/3-9> ;
  :text "实施智慧助老行动。依托老年大学,普及智能技术知识和技能,提升老年人信息获取、识别和使用能力。" .
<plan/city/2> a :Task ; :inPlan x:city ; dcterms:title "加快老旧管网改造"@zh ; :text "加快老旧管网改造。对使用三十年以上的供水管道编制年度改造计划。" .
<region/330300> :within <region/330000> .
"""
DISTRICT = """<plan/district> a :Plan ; dcterms:title "某区方案"@zh ; :region <region/330304> .
<plan/district/1> a :Task ; :inPlan x:district ; dcterms:title "开展智慧助老活动"@zh ; :effectiveCrowdGroup g:older-people ; :evidence <source/bb/0-40> ;
  :text "开展智慧助老活动。依托社区服务机构,普及智能技术知识和技能,让广大老年人融入智慧社会。" .
<plan/district/2> a :Task ; :inPlan x:district ; dcterms:title "建设早餐网点"@zh ; :text "建设早餐网点。推广流动餐车,每个街道至少建成一个早餐网点。" .
<region/330304> :within <region/330300>, <region/330000> .
"""
OTHER = """<plan/other> a :Plan ; dcterms:title "他县方案"@zh ; :region <region/520328> .
<plan/other/1> a :Task ; :inPlan x:other ; dcterms:title "实施智慧助老行动"@zh ; :effectiveCrowdGroup g:older-people ;
  :text "实施智慧助老行动。普及智能技术知识和技能,提升老年人信息获取和使用能力。" .
"""


def store_of(*plans: str) -> ox.Store:
    working = ox.Store()
    for n, turtle in enumerate(plans):
        replace_plan(working, f"{ID}graph/{n}", ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE))
    relate(working, correspondence_iri)
    return working


def said(working: ox.Store) -> set[tuple[str, str, str]]:
    return set(read_graph(working, vocab.CORRESPONDENCE_GRAPH))


def values(working: ox.Store, subject: str, name: str) -> list[str]:
    quads = working.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(vocab.plan(name)), None, ox.DefaultGraph())
    return sorted(q.object.value for q in quads)


def counterparts(working: ox.Store, task: str) -> list[str]:
    return [iri.removeprefix(ID + "plan/") for iri in values(working, f"{ID}plan/{task}", "correspondsTo")]


def test_tasks_that_ask_for_the_same_thing_correspond_both_ways() -> None:
    working = store_of(CITY, DISTRICT)
    assert counterparts(working, "city/1") == ["district/1"]
    assert counterparts(working, "district/1") == ["city/1"]
    assert counterparts(working, "city/2") == counterparts(working, "district/2") == []


def test_a_correspondence_says_why_and_by_which_passages() -> None:
    working = store_of(CITY, DISTRICT)
    node = correspondence_iri(f"{ID}plan/district/1", f"{ID}plan/city/1")
    assert values(working, node, "correspondingTask") == [f"{ID}plan/city/1", f"{ID}plan/district/1"]
    assert float(values(working, node, "score")[0]) >= settings()["threshold"]
    assert values(working, node, "method") == [settings()["method"]]
    assert values(working, node, "sharedSubject") == ["老年人智能技术"]
    assert "普及智能技术知识和技能" in values(working, node, "sharedPhrase")
    assert values(working, node, "shares") == [f"{vocab.CONCEPT}crowd-group/older-people"]
    assert values(working, node, "evidence") == [f"{ID}source/aa/0-40", f"{ID}source/bb/0-40"]  # the longest of each


def test_a_third_plan_changes_nothing_that_was_said_of_two() -> None:
    two, three = said(store_of(CITY, DISTRICT)), said(store_of(CITY, DISTRICT, OTHER))
    assert two < three


def test_plans_that_were_compared_say_so_even_where_nothing_corresponds() -> None:
    working = store_of(
        CITY, OTHER.replace("智慧助老", "防汛抗旱").replace("智能技术知识和技能", "堤防").replace("老年人", "水库")
    )
    assert values(working, f"{ID}plan/city", "comparedWith") == [f"{ID}plan/other"]
    assert counterparts(working, "city/1") == []


@pytest.mark.parametrize(
    "other",
    [DISTRICT, OTHER.replace("智慧助老", "防汛抗旱").replace("智能技术知识和技能", "堤防").replace("老年人", "水库")],
    ids=["corresponding", "none"],
)
def test_what_another_method_compared_is_compared_anew(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    working = store_of(CITY, other)
    monkeypatch.setitem(settings(), "method", "another")
    assert relate(working, correspondence_iri, Touched(working)) == 1
    methods = {value for _, predicate, value in said(working) if predicate == f"<{vocab.plan('method')}>"}
    assert methods == ({'"another"'} if other == DISTRICT else set())


def test_what_was_compared_by_the_same_method_is_kept() -> None:
    working = store_of(CITY, DISTRICT)
    assert relate(working, correspondence_iri, Touched(working)) == 0


def test_one_plan_alone_has_no_graph_of_correspondences() -> None:
    assert said(store_of(CITY)) == set()


def test_the_graph_is_closed_under_the_ontology_and_nothing_is_inferred_from_it() -> None:
    working = store_of(CITY, DISTRICT)
    load_vocabulary(working)
    infer(working)
    relate(working, correspondence_iri)
    facts = Facts(fact for name in working.named_graphs() for fact in read_graph(working, name.value))
    before = len(said(working))
    assert run(rules_of(Facts(read_graph(working, vocab.ONTOLOGY_GRAPH))), facts) == {}
    infer(working)
    relate(working, correspondence_iri)
    assert len(said(working)) == before


def test_it_is_no_graph_of_a_plan() -> None:
    assert plan_graphs(store_of(CITY, DISTRICT)) == [f"{ID}graph/0", f"{ID}graph/1"]


def test_what_no_longer_corresponds_goes() -> None:
    working = store_of(CITY, DISTRICT)
    replace_lines(working, f"{ID}graph/1", b"")
    relate(working, correspondence_iri)
    assert said(working) == set()
    assert counterparts(working, "city/1") == []


def test_the_order_of_the_plans_does_not_matter() -> None:
    assert said(store_of(CITY, DISTRICT, OTHER)) == said(store_of(OTHER, DISTRICT, CITY))


def test_building_relates_and_removing_forgets(tmp_path) -> None:
    store = open_store()
    build(["data/documents/000_257efe563ac71352.txt", "data/documents/002_2fe466a36393ce43.txt"], store)
    first = {q.triple for q in store.quads(vocab.CORRESPONDENCE_GRAPH)}
    assert any(t.predicate.value == vocab.plan("correspondsTo") for t in first)
    build(["data/documents/002_2fe466a36393ce43.txt"], store)
    assert {q.triple for q in store.quads(vocab.CORRESPONDENCE_GRAPH)} == first
    plan = next(
        row["p"].value for row in store.query("SELECT ?p { ?p a plan:Plan FILTER(CONTAINS(STR(?p), '/plan/513300-')) }")
    )
    assert remove(store, plan)
    assert list(store.quads(vocab.CORRESPONDENCE_GRAPH)) == []


# ---------------------------------------------------------------- larger collections


@pytest.fixture
def small(monkeypatch):
    """Bounds so narrow that three plans are a large collection."""
    monkeypatch.setitem(settings()["bounds"], "all_plans", 2)


def test_in_a_large_collection_a_plan_is_compared_completely_with_those_above_it(small) -> None:
    working = store_of(CITY, DISTRICT, OTHER)
    assert values(working, f"{ID}plan/district", "comparedWith") == [f"{ID}plan/city"]
    assert values(working, f"{ID}plan/other", "comparedWith") == []


def test_in_a_large_collection_plans_like_one_another_are_compared_while_there_is_room(small, monkeypatch) -> None:
    monkeypatch.setitem(settings()["bounds"], "beside", 1)
    monkeypatch.setitem(settings()["bounds"], "all_plans", 3)
    copies = [
        OTHER.replace("plan/other", f"plan/o{n}").replace("x:other", f"x:o{n}").replace("他县", f"{name}养老服务")
        for n, name in enumerate(("甲县", "乙县", "丙县"))
    ]
    working = store_of(CITY, *copies)  # six places, for four plans: the most like it for each
    assert values(working, f"{ID}plan/o1", "comparedWith") == [f"{ID}plan/o0"]
    assert values(working, f"{ID}plan/city", "comparedWith") == []
    monkeypatch.setitem(settings()["bounds"], "beside", 2)
    assert values(store_of(CITY, *copies), f"{ID}plan/o1", "comparedWith") == []


def test_a_task_keeps_no_more_than_so_many_of_another_plan(monkeypatch) -> None:
    monkeypatch.setitem(settings()["bounds"], "counterparts", 1)
    twice = OTHER.replace("plan/other/1", "plan/other/2").replace(":Plan ;", ":Plan .", 1).partition("\n")[2]
    both = store_of(CITY, OTHER + twice)
    assert counterparts(both, "other/1") == counterparts(both, "other/2") == ["city/1"]
    assert counterparts(both, "city/1") == ["other/1", "other/2"]  # the best of each of them


def test_a_cited_plan_is_above_wherever_it_lies(small) -> None:
    citing = DISTRICT.replace("某区方案", "某区方案").replace(
        "region/330304> .\n", "region/330304> ; :basedOn x:other .\n", 1
    )
    working = store_of(citing, OTHER, CITY)
    assert values(working, f"{ID}plan/district", "comparedWith") == [f"{ID}plan/city", f"{ID}plan/other"]


# ---------------------------------------------------------------- words and figures


@pytest.mark.parametrize("table", settings()["subject"], ids=lambda t: t["name"])
def test_the_example_of_each_subject_speaks_of_it(table) -> None:
    assert table["name"] in subjects(table["example"])


def test_no_subject_stands_twice() -> None:
    names = [table["name"] for table in settings()["subject"]]
    assert sorted(set(names)) == sorted(names)


def test_common_words_weigh_less_than_rare_ones() -> None:
    assert weights()["加强"] < weights()["科技"] < weights()["矿山"] <= weights()["犇羴"]


def test_phrases_stand_in_both_texts() -> None:
    one, other = (
        "推动科普场馆与博物馆、文化馆等融合发展,努力构建现代科技馆体系",
        "推动科技馆与博物馆、文化馆等融合共享,构建现代科技馆体系",
    )
    found = shared_phrases(one, other, 5)
    assert found
    assert all(phrase in one and phrase in other for phrase in found)


def test_the_cheap_test_never_drops_what_would_be_kept() -> None:
    store = open_store()
    build(["data/documents"], store)
    plans, least = read_plans(store.snapshot()), settings()["noted"]
    checked = 0
    for p, one in enumerate(plans):
        for other in plans[p + 1 :]:
            far = apart(one, other)
            for a in one.tasks[::2]:
                for b in other.tasks[::2]:
                    if score(compare(a.content, b.content, far)) >= least:
                        checked += 1
                        assert reaches(a.content, b.content, far, least), (a.iri, b.iri)
    assert checked > 40


def test_a_score_lies_between_0_and_1_and_grows_with_each_thing_shared() -> None:
    names = [name for name in Closeness.__slots__ if name != "apart"]
    low, high = score(Closeness(*[0.0] * len(names), 1.0)), score(Closeness(*[1.0] * len(names), 0.0))
    assert 0 <= low < 0.05 < 0.95 < high <= 1
    for name in names:
        some = Closeness(**dict.fromkeys(names, 0.4), apart=0.0)
        more = Closeness(**{n: 0.6 if n == name else 0.4 for n in names}, apart=0.0)
        assert score(some) < score(more), name
