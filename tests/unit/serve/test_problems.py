"""Every kind of error has a status, and says what, where and what to do about it."""

from __future__ import annotations

import importlib
import json
import pkgutil

import kg
from kg.errors import KGError, QueryError
from kg.serve.problems import HTTP_STATUS, problem_of

SAID = {
    "UsageError": 400,
    "QueryError": 400,
    "EmptyError": 404,
    "InputError": 500,
    "NotAPlanError": 500,
    "StoreError": 502,
    "KGError": 500,
}


def kinds(kind: type[KGError] = KGError):
    yield kind
    for child in kind.__subclasses__():
        yield from kinds(child)


def test_every_kind_of_error_has_a_row_and_every_row_its_kind() -> None:
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        importlib.import_module(module.name)
    assert {kind.__name__: HTTP_STATUS.get(kind) for kind in kinds()} == SAID
    assert set(HTTP_STATUS) == set(kinds())


def test_a_problem_says_what_where_and_the_remedy_as_rfc_9457_has_it() -> None:
    response = problem_of(QueryError("查询有误", where="第1行", remedy="改正它")).response()
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    said = json.loads(response.body)
    assert said["type"] == "about:blank"
    assert said["title"] == "Bad Request"
    assert said["status"] == 400
    assert said["detail"] == "第1行: 查询有误 (改正它)"
    assert [said[name] for name in ("kind", "what", "where", "remedy")] == ["bad-query", "查询有误", "第1行", "改正它"]
