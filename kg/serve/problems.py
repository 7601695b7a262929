"""What went wrong, for programs: `application/problem+json` (RFC 9457) with what, where and remedy.

`HTTP_STATUS` is the one table from our errors to the status of the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from kg.errors import EmptyError, InputError, KGError, NotAPlanError, QueryError, StoreError, UsageError

MEDIA_TYPE = "application/problem+json"

HTTP_STATUS: dict[type[KGError], int] = {
    UsageError: 400,
    QueryError: 400,
    EmptyError: 404,
    InputError: 500,  # the files that the service reads are its operator's, not its client's
    NotAPlanError: 500,
    StoreError: 502,  # the store or the remote endpoint behind the service failed
    KGError: 500,
}


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it that
    """An answer that is none: its status, and what, where and remedy as in `KGError`; `kind` is for programs.

    >>> Problem(503, "busy", "all workers are busy", headers={"Retry-After": "5"}).as_json()["status"]
    503
    """

    def __init__(
        self,
        status: int,
        kind: str,
        what: str,
        *,
        where: str | None = None,
        remedy: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(what)
        self.status, self.kind, self.what, self.where, self.remedy = status, kind, what, where, remedy
        self.headers = dict(headers or {})

    def as_json(self) -> dict[str, object]:
        said = {"title": HTTPStatus(self.status).phrase, "status": self.status, "detail": str(self), "kind": self.kind}
        rest = {"what": self.what, "where": self.where, "remedy": self.remedy}
        return {"type": "about:blank", **said, **{name: text for name, text in rest.items() if text}}

    def __str__(self) -> str:
        return str(KGError(self.what, where=self.where, remedy=self.remedy))

    def response(self) -> Response:
        """The answer; it is never kept by a cache."""
        body = json.dumps(self.as_json(), ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(body, self.status, headers, media_type=MEDIA_TYPE)


def problem_of(error: KGError) -> Problem:
    """The problem that one of our errors is, by the nearest class in the table.

    >>> problem_of(QueryError("the query is empty", remedy="write one")).as_json()["detail"]
    'the query is empty (write one)'
    """
    nearest = next(kind for kind in type(error).__mro__ if kind in HTTP_STATUS)
    kind = {
        UsageError: "bad-request",
        QueryError: "bad-query",
        EmptyError: "nothing-there",
        StoreError: "store-failed",
    }.get(nearest, "failed")
    return Problem(HTTP_STATUS[nearest], kind, error.what, where=error.where, remedy=error.remedy)
