"""Signs many people in over HTTP, as a browser does, and keeps their cookies."""

import asyncio
import json
import re

AT_ONCE = 16
COOKIE = re.compile(rb"^set-cookie: ([^;\r]+)", re.IGNORECASE | re.MULTILINE)


class NotSignedIn(RuntimeError):
    """The server gave no cookie; the message is what it said instead."""


async def sign_in(port: int, people: int) -> list[str]:
    """One cookie (`name=value`) for each of so many new people."""
    body = json.dumps({"age": "adult"}).encode()
    request = (
        f"POST /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nX-Porchlight: 1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body
    shares = [len(range(first, people, AT_ONCE)) for first in range(AT_ONCE)]
    kept = await asyncio.gather(*(_one_after_another(port, request, share) for share in shares))
    return [cookie for some in kept for cookie in some]


async def _one_after_another(port: int, request: bytes, times: int) -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    cookies = []
    for _ in range(times):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        said = await reader.readexactly(int(length[1])) if length else b""
        cookie = COOKIE.search(head)
        if cookie is None:
            raise NotSignedIn((head + said).decode(errors="replace"))
        cookies.append(cookie[1].decode())
    writer.close()
    await writer.wait_closed()
    return cookies
