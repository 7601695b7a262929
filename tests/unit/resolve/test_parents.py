"""Bodies that are a part or an office of another."""

from __future__ import annotations

import pytest

from kg.resolve.agencies import resolve_name
from kg.resolve.parents import parent_of
from kg.resolve.regions import regions


@pytest.mark.parametrize(
    ("code", "name", "above"),
    [
        ("330281", "市政府办公室", "余姚市人民政府"),
        ("330281", "市委宣传部", "中共余姚市委员会"),
        ("520328", "县公安局交警大队", "遵义市湄潭县公安局"),
        ("360102", "区税务局", "国家税务总局南昌市税务局"),
        ("110108", "区税务局", "国家税务总局北京市税务局"),
        ("350000", "福建海事局", "中国海事局"),
        ("350000", "福州海关", "海关总署"),
        ("350000", "省国资委", "福建省人民政府"),
        ("520328", "县生态环境分局", "遵义市生态环境局"),
        ("520328", "市生态环境局湄潭分局", "遵义市生态环境局"),
        ("330281", "市科协", None),
        ("330281", "市文化广电新闻出版局〈旅游局〉", None),
        ("330281", "市教育局", None),
        ("100000", "税务总局", None),
    ],
)
def test_the_parent_is_told_by_the_name_or_by_the_kind(code, name, above):
    entity = resolve_name(name, regions().by_code(code)).entity
    found = parent_of(entity)
    assert (found.name if found else None) == above


def test_a_parent_is_the_node_that_its_own_name_resolves_to():
    region = regions().by_code("360102")
    for name in ("区税务局", "区委宣传部", "区政府办公室"):
        above = parent_of(resolve_name(name, region).entity)
        assert resolve_name(above.name, region).entity.local_id == above.local_id
