"""Sign-in over HTTP, as docs/protocol.md section 2 has it."""

import asyncio
import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

PATIENCE_SECONDS = 20.0


class Denied(Exception):
    """The server answered with this status and code instead."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


@dataclass
class Session:
    """The cookie jar of one person. `about` is what the last sign-in answered."""

    cookies: dict[str, str] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def enter(self, url: str, age: str | None = "adult") -> None:
        """A peer's sign-in: the same person again where the cookie is still good."""
        self.about = await self._post(url, "/session", {"age": age} if age else {})

    async def come_back(self, url: str, words: str) -> list[str]:
        """The same person on another device, by their return words; the new ones."""
        body = {"words": words, "attempt": os.urandom(16).hex()}
        return list((await self._post(url, "/return", body))["words"])

    async def accept(self, url: str, token: str, name: str, passphrase: str) -> None:
        """The first sign-in of a member of the team, by invitation."""
        await self._post(url, "/staff/account", {"token": token, "name": name, "passphrase": passphrase})

    async def sign_in(self, url: str, name: str, passphrase: str) -> None:
        await self._post(url, "/staff/session", {"name": name, "passphrase": passphrase})

    async def leave(self, url: str) -> None:
        await asyncio.to_thread(self._send, url, "DELETE", "/session", None)
        self.cookies.clear()

    async def _post(self, url: str, path: str, body: dict[str, str]) -> dict[str, Any]:
        return await asyncio.to_thread(self._send, url, "POST", path, json.dumps(body).encode())

    def _send(self, url: str, method: str, path: str, body: bytes | None) -> dict[str, Any]:
        request = urllib.request.Request(url + path, data=body, method=method)
        for name, value in {"X-Porchlight": "1", "Origin": url, "Content-Type": "application/json"}.items():
            request.add_header(name, value)
        if self.cookies:
            request.add_header("Cookie", self.header)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                self._keep(answer.headers.get_all("Set-Cookie") or [])
                said = answer.read()
        except urllib.error.HTTPError as no:
            with no:
                raise Denied(no.code, _code(no.read())) from None
        return dict(json.loads(said)) if said else {}

    def _keep(self, cookies: list[str]) -> None:
        for header in cookies:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(header).items()}


def _code(body: bytes) -> str:
    try:
        return str(json.loads(body)["code"])
    except (ValueError, KeyError, TypeError):
        return ""
