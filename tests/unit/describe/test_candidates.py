"""Names of campaigns that no concept means are told to people; nothing else in quotation marks is."""

from __future__ import annotations

import pytest

from kg.describe import find_candidates
from kg.describe.candidates import names_in
from kg.lexicon import rules
from kg.store.protocol import Store

ARE = [
    ("深化“数字纪委”工程", "数字纪委"),
    ("举办“赣鄱科普大讲堂”活动", "赣鄱科普大讲堂"),
    ("开展“家庭应急包”推广行动", "家庭应急包"),
    ("参加“江西省科普微视频大赛”等", "江西省科普微视频大赛"),
    ("开展《瓯海科普大讲堂》", "瓯海科普大讲堂"),
]
ARE_NONE = [
    "深化“放管服”改革",
    "落实“双减”政策",
    "办好“三下乡”活动",
    "开展“青少年科技创新大赛”",
    "实行“一企一策”的办法",
    "坚持“政府推动、全民参与、提升素质、促进和谐”工作方针",
    "“十四五”期间",
    "推动《余姚日报》专栏建设",
    "贯彻落实《江西省科普行动计划》",
    "“对症下药”抓计划",
    "服务“三农”",
]


@pytest.mark.parametrize(("text", "name"), ARE)
def test_a_name_of_a_campaign_is_a_candidate(text: str, name: str) -> None:
    assert [words for words, _ in names_in(text)] == [name]


@pytest.mark.parametrize("text", ARE_NONE)
def test_what_is_known_or_no_campaign_is_none(text: str) -> None:
    assert names_in(text) == []


def test_the_example_of_the_rule_is_known_or_a_candidate() -> None:
    example = rules("initiatives")["candidate"]["example"]
    assert [words for words, _ in names_in(example)] == ["十百千万"]


def test_the_candidates_of_the_five_plans_are_those_that_a_reader_finds(five_plans: Store) -> None:
    found = {c.words for c in find_candidates(five_plans)}
    assert {
        "赣鄱科普大讲堂",
        "江西省科普微视频大赛",
        "春泥计划",
        "四换三名三创",
        "科学3分钟",
        "一村一名智慧科普传播员",
    } <= found
    assert not found & {"双减", "科普中国", "姚江田野", "十四五", "三农", "馆校"}
    assert len(found) <= 14
