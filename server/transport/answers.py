"""Answers over HTTP: JSON, and every no as one code that the client has the words for."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from server.protocol.refusals import Code, Refused

T = TypeVar("T")

STATUS = {
    Code.NO_ROOM: 404,
    Code.FORBIDDEN: 403,
    Code.CONFLICT: 409,
    Code.GONE: 410,
    Code.RATE: 429,
    Code.INTERNAL: 500,
    Code.UNAVAILABLE: 503,
    Code.OVERLOADED: 503,
}


class Misread(Exception):
    """A body that is not what this address takes."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


def told(value: Any, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def refused(status: int, code: str, headers: Mapping[str, str] | None = None) -> Response:
    answer = told({"code": code}, status)
    answer.headers.update(headers or {})
    return answer


def no(refusal: Refused, statuses: Mapping[Code, int] = STATUS) -> Response:
    """The answer to a rule's no."""
    headers = {"retry-after": str(1 + refusal.retry_ms // 1000)} if refusal.retry_ms else {}
    return refused(statuses.get(refusal.code, 400), refusal.code.value, headers)


async def body(request: Request, kind: type[T]) -> T:
    """The JSON body, strictly typed; `Misread` for anything else. Its size and time are bounded in guard.py."""
    media, _, charset = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() != "application/json" or charset.strip().lower() not in ("", "charset=utf-8"):
        raise Misread(415, "json_only")
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise Misread(400, "bad_request") from None
