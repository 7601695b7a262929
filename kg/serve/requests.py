"""What a request says, read strictly: parameters, body, media type, accepted types."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.problems import Problem

FORM = "application/x-www-form-urlencoded"
_BODY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a query string or a form, in their order."""

    pairs: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def one(self, name: str) -> str | None:
        """The value of a parameter that may be given once. Raises `Problem` 400 where it is given more often."""
        values = self.all(name)
        if len(values) > 1:
            raise Problem(400, "bad-request", f"{name} is given {len(values)} times", remedy="give it once")
        return values[0] if values else None

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.pairs)


def read_pairs(encoded: bytes) -> Parameters:
    """Parameters from their encoded form. Raises `Problem` 400 where they are no UTF-8.

    >>> read_pairs("query=ASK+%7B%7D&query=区".encode()).all("query")
    ['ASK {}', '区']
    """
    try:
        pairs = parse_qsl(encoded.decode("utf-8"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except ValueError as error:
        raise Problem(
            400, "bad-request", f"the parameters cannot be read: {error}", remedy="write them in UTF-8"
        ) from error
    return Parameters(tuple(pairs))


def query_string(request: Request) -> Parameters:
    return read_pairs(request.scope["query_string"])


def accepted(request: Request) -> str | None:
    """The Accept headers as one; None where there is none."""
    headers = request.headers.getlist("accept")
    return ",".join(headers) if headers else None


def media_type(request: Request) -> str:
    """The media type of the body, in small letters. Raises `Problem` 415 for an encoding that is not UTF-8."""
    name, *parameters = request.headers.get("content-type", "").split(";")
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            raise Problem(415, "bad-encoding", f"the body is said to be {value.strip()}", remedy="send it in UTF-8")
    return name.strip().lower()


async def read_body(request: Request, limit: int) -> bytes:
    """The body. Raises `Problem` 413 where it is longer than `limit`, 408 where it does not come."""
    length = request.headers.get("content-length", "")
    too_long = Problem(413, "request-too-long", f"the request is longer than {limit} bytes", remedy="ask with less")
    if length.isdigit() and int(length) > limit:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise too_long
    except TimeoutError:
        raise Problem(408, "request-timeout", f"the request did not come within {_BODY_SECONDS:g} s") from None
    except ClientDisconnect:
        raise Problem(400, "bad-request", "the request broke off") from None
    return bytes(body)


def as_text(body: bytes) -> str:
    """The body as text. Raises `Problem` 400 where it is no UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(
            400, "bad-encoding", f"the body is not UTF-8: {error.reason}", remedy="send it in UTF-8"
        ) from error
