"""A store that grew, plan by plan, holds what one holds that was built of the same plans at once; so do its bytes."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kg import resources, vocab
from kg.pipeline import build, remove
from kg.reason import changes as reasoning
from kg.reason import infer
from kg.relate import correspondence
from kg.relate.words import settings
from kg.store import open_store
from kg.store.graphs import change_lines

OUTLINE = """全民科学素质行动规划纲要实施方案({years}年)
根据《全民科学素质行动规划纲要(2021—2035年)》{more},制定本方案。
一、重点任务
(一)青少年科学素质提升行动。牵头单位:{own}教育局
1.{first}。推进中小学科学教育,建设校园科技馆,举办青少年科技创新大赛。(责任单位:{own}教育局、{own}科协)
2.推进“双减”后的校外科普。组织馆校合作,开展课后科学服务。(责任单位:{own}科协)
(二)老年人科学素质提升行动
3.{second}。依托老年大学,普及智能技术知识和技能,培训老年人{number}人次。(责任单位:{own}民政局)
二、保障措施
1.加强领导。各成员单位做好落实。
2.加强投入。保障科普经费。
"""
AREAS = {"江西省": "省", "南昌市": "市", "东湖区": "区", "西湖区": "区", "浙江省": "省", "瓯海区": "区"}


def text(area: str, variant: int) -> str:
    # Variants of one plan keep its title, and so its name.
    body = OUTLINE.format(
        years="2021—2025",
        more="和《江西省全民科学素质行动规划纲要实施方案(2021—2025年)》" if variant != 1 else "",
        own=AREAS[area],
        first="提升科学教育质量" if variant != 2 else "提升课堂教学质量",
        second="实施智慧助老行动" if variant != 1 else "加强老年人健康科普服务",
        number=5000 + variant,
    )
    return f"{area}{body}"


step = st.one_of(
    st.tuples(st.just("build"), st.lists(st.tuples(st.sampled_from(sorted(AREAS)), st.integers(0, 2)), max_size=3)),
    st.tuples(st.just("remove"), st.sampled_from(sorted(AREAS))),
)


def holds(store) -> list[str]:
    return sorted(map(str, store.quads()))


@pytest.fixture(params=[2, 50], ids=["a large collection", "a small collection"])
def size(request, monkeypatch):
    monkeypatch.setitem(settings()["bounds"], "all_plans", request.param)
    monkeypatch.setitem(settings()["bounds"], "above", 1)
    return request.param


def grown(steps, folder: Path):
    """The store after the steps, and the texts of the plans that it then holds."""
    store, now, names = open_store(folder / "store", create=True), {}, {}
    for verb, what in steps:
        if verb == "build":
            files = []
            for area, variant in dict(what).items():
                file = folder / f"{area}.txt"
                file.write_text(text(area, variant), "utf-8")
                files.append(file)
                now[area] = text(area, variant)
            if files:
                report = build(files, store)
                assert not report.failures
                names.update((Path(plan.file).stem, plan.iri) for plan in report.plans)
        elif what in now:
            assert remove(store, names[what])
            del now[what]
    return store, now


def at_once(now: dict[str, str]):
    store = open_store()
    with tempfile.TemporaryDirectory() as folder:
        for area, content in now.items():
            (Path(folder) / f"{area}.txt").write_text(content, "utf-8")
        if now:
            build([folder], store)
    return store


def check(steps) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, now = grown(steps, Path(folder))
        with closing(store):
            if now:
                assert holds(store) == holds(at_once(now))


FIXED = [
    [("build", [("东湖区", 0)]), ("build", [("南昌市", 0)]), ("build", [("江西省", 0)])],
    [("build", [("江西省", 0), ("东湖区", 0)]), ("remove", "江西省"), ("build", [("南昌市", 1)])],
    [("build", [(area, 0) for area in AREAS]), ("build", [("东湖区", 1)]), ("build", [("东湖区", 0), ("瓯海区", 2)])],
    [("build", [(area, 2) for area in AREAS]), ("remove", "南昌市"), ("remove", "浙江省"), ("build", [("江西省", 1)])],
]


@pytest.mark.parametrize("steps", FIXED, ids=lambda steps: " ".join(verb for verb, _ in steps))
def test_a_store_that_grew_holds_what_one_built_at_once_holds(steps, size) -> None:
    check(steps)


@examples(max_examples=6, deadline=None)  # each builds several stores on disk
@given(st.lists(step, min_size=2, max_size=5))
def test_whatever_was_added_replaced_and_withdrawn_in_whatever_order(steps) -> None:
    check(steps)


def test_a_build_in_parts_on_disk_holds_what_one_in_memory_holds(monkeypatch, tmp_path) -> None:
    whole = open_store()
    build([resources.folder("data/documents")], whole)
    for module, name in ((reasoning, "_AT_ONCE"), (correspondence, "_AT_ONCE"), (correspondence, "_PLANS_AT_ONCE")):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr("kg.pipeline.drawing._AT_ONCE", 2)
    monkeypatch.setattr("kg.pipeline.building._LARGE", 2)
    with closing(open_store(tmp_path / "store", create=True)) as parts:
        build([resources.folder("data/documents")], parts)
        assert holds(parts) == holds(whole)


@pytest.mark.parametrize("few", [0, 100])
def test_with_another_vocabulary_all_is_drawn_anew(few, monkeypatch) -> None:
    monkeypatch.setattr("kg.pipeline.drawing._FEW", few)
    file = resources.folder("data/documents") / "000_257efe563ac71352.txt"
    store = open_store()
    build([file], store)
    now = holds(store)
    axiom = f"<{vocab.plan('Task')}> <{vocab.RDFS}subClassOf> <{vocab.plan('Agency')}> .".encode()
    with store.write() as working:
        change_lines(working, vocab.ONTOLOGY_GRAPH, [axiom])
        infer(working)
    assert holds(store) != now
    build([file], store)
    assert holds(store) == now


def test_an_interrupted_rebuild_leaves_the_old_version_and_the_next_one_is_whole(tmp_path) -> None:
    for area in ("东湖区", "南昌市"):
        (tmp_path / f"{area}.txt").write_text(text(area, 0), "utf-8")
    store = open_store(tmp_path / "store", create=True)
    build([tmp_path / "东湖区.txt"], store)
    before = holds(store)
    for stage in ("write", "infer", "relate", "save"):

        def stop(at: str, *_: object, stage: str = stage) -> None:
            if at == stage:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            build([tmp_path / "南昌市.txt"], store, progress=stop)
        assert holds(store) == before
    build([tmp_path / "南昌市.txt"], store)
    assert holds(store) == holds(at_once({area: text(area, 0) for area in ("东湖区", "南昌市")}))


def test_an_interrupted_first_build_on_disk_leaves_nothing(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("kg.pipeline.building._LARGE", 2)
    (tmp_path / "东湖区.txt").write_text(text("东湖区", 0), "utf-8")

    def stop(at: str, *_: object) -> None:
        if at == "relate":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build([tmp_path / "东湖区.txt"], open_store(tmp_path / "store", create=True), progress=stop)
    assert not (tmp_path / "store").exists()
