"""Names that stay open, with the bodies that they may mean; reforms in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.describe import in_words, open_names, show
from kg.pipeline import build
from kg.store import open_store
from kg.store.protocol import Store

PAGE = """关于印发《2024年科普工作要点》的通知
各单位:
现将《2024年科普工作要点》印发给你们。

2024年科普工作要点
一、重点任务
1.开展科普活动。组织开展各类科普活动,提升公众科学素质。(责任单位:鼓楼区科协、天幕计划推进处)
2.建设科普场馆。加强科普场馆建设,扩大开放。(责任单位:余姚市环保局)
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "plan.txt").write_text(PAGE, "utf-8")
    store = open_store()
    assert len(build([tmp_path], store).plans) == 1
    return store


def test_open_names_are_listed_by_kind_with_their_candidates(store):
    found = {name.text: name for name in open_names(store)}
    assert {text: name.code for text, name in found.items()} == {
        "鼓楼区科协": "ambiguous-agency",
        "天幕计划推进处": "unresolved-agency",
    }
    assert "福州市鼓楼区科学技术协会" in found["鼓楼区科协"].candidates
    assert found["天幕计划推进处"].candidates == ()


def test_they_are_said_with_their_number(store):
    lines = in_words(open_names(store), "zh")
    assert lines[0] == "单位名称未能识别 1:天幕计划推进处"
    assert lines[1].startswith("单位名称不止一个可能 1:鼓楼区科协(")
    assert in_words((), "zh") == []


def test_a_body_shows_what_it_became_and_what_it_was(store):
    became = show(store, "agency/330281/environmental-protection", "zh").to_text("zh")
    assert "改革后:余姚市生态环境局\n    → 2019-03-31 环境保护部门改为生态环境部门" in became
    came = show(store, "agency/330281/ecology-environment", "en").to_text("en")
    assert "came of: 余姚市环境保护局\n    → 2019-03-31 environmental protection authorities" in came
