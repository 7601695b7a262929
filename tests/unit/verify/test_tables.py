"""What was read off tables agrees with the text: roles by the headings of columns, numbers cell by cell."""

from __future__ import annotations

import pytest

from kg.pipeline import build
from kg.store import open_store
from kg.verify import verify

HEAD = "<p>某市旅游工作实施方案</p><p>为发展旅游,制定本方案。</p>"
DIVISION = (
    "<p>一、工作安排</p><p>加强协同。</p><p>二、重点任务</p><table border=1>"
    "<tr><th>领域</th><th>序号</th><th>工作任务</th><th>牵头单位</th><th>配合单位</th><th>完成时限</th></tr>"
    "<tr><td rowspan=2>设施建设</td><td>1</td><td>建设旅游公路</td><td>市交通运输局</td><td>市财政局</td><td>2025年12月底</td></tr>"
    "<tr><td>2</td><td>新建旅游厕所</td><td>市文旅局</td><td>市住建局</td><td>2024年底</td></tr>"
    "<tr><td>市场</td><td>3</td><td>开展宣传推广</td><td>市委宣传部</td><td>市文旅局</td><td>每年</td></tr></table>"
)
INDICATORS = (
    "<p>一、发展目标</p><table border=1><tr><th>指标</th><th>单位</th><th>2020年</th><th>2025年</th></tr>"
    "<tr><td>接待游客人次</td><td>万人次</td><td>800</td><td>1200</td></tr>"
    "<tr><td>旅游收入</td><td>亿元</td><td>15</td><td>20</td></tr></table>"
    "<p>二、重点任务</p><p>1.建设公路。完善路网。(市交通运输局)</p><p>2.开展宣传。办节。(市文旅局)</p>"
)


@pytest.mark.parametrize("body", [DIVISION, INDICATORS], ids=["division of work", "indicators"])
def test_what_a_table_says_agrees_with_it(tmp_path, body) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.html").write_text(f"<html><body>{HEAD}{body}</body></html>", "utf-8")
    store = open_store()
    assert not build([tmp_path], store).failures
    found = verify(store)
    assert list(found.failures) == []
