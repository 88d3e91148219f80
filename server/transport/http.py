"""The front door over HTTP: pages, the client's files, signing in and out, and the live truth of the rooms."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from msgspec import Meta, Struct
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from server.actions import accounts, returning, rooms
from server.actions.phone import View
from server.actions.services import Services
from server.actions.status import Board
from server.protocol.fields import Part
from server.protocol.own_data import LanguageTag
from server.protocol.refusals import Code, Refused
from server.transport import phone
from server.transport.admission import Admission, Full
from server.transport.answers import STATUS, Misread, body, no, refused, told
from server.transport.assets import Assets
from server.transport.checks import Checks
from server.transport.door import cookie_name
from server.transport.origins import caller, house

if TYPE_CHECKING:
    from server.config import Settings
    from server.domain.status import Status

ROBOTS = "User-agent: *\nDisallow: /\n"
FORGET = '"cookies", "storage"'  # what a browser drops when a person leaves; see Clear-Site-Data
PRESS_FROM_BYTES = 1_000


class Pages(Protocol):
    def shell(self, path: str = "/", languages: str = "") -> str: ...
    def help(self, country: str = "", languages: str = "") -> str: ...
    def privacy(self, languages: str = "") -> str: ...
    def later(self, languages: str = "") -> dict[str, object]: ...
    def goodbye(self, languages: str = "") -> str: ...
    def status(self, status: "Status", languages: str = "") -> str: ...
    def phone(self, view: View, path: str, languages: str = "") -> str: ...


class Enter(Struct, frozen=True, forbid_unknown_fields=True):
    age: Literal["adult", "minor", ""] = ""


class Accept(Struct, frozen=True, forbid_unknown_fields=True):
    token: str
    name: str
    passphrase: str


class Return(Struct, frozen=True, forbid_unknown_fields=True):
    words: Annotated[str, Meta(max_length=400)]
    attempt: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
    language: LanguageTag = "en"


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    passphrase: str


def create_app(services: Services, pages: Pages, dist: Path, admission: Admission) -> ASGIApp:
    """Everything that is not a socket."""
    door = FrontDoor(services, pages, Assets(dist), admission)
    get, post, delete = ["GET"], ["POST"], ["DELETE"]
    routes = [
        Route("/", door.shell, methods=get),
        Route("/rooms", door.shell, methods=get),
        Route("/rooms/{room}", door.shell, methods=get),
        Route("/kept", door.shell, methods=get),
        Route("/back", door.shell, methods=get),
        Route("/console", door.shell, methods=get),
        Route("/listen", door.shell, methods=get),
        Route("/help", door.help, methods=get),
        Route("/privacy", door.privacy, methods=get),
        Route("/status", door.status, methods=get),
        Route("/goodbye", door.goodbye, methods=get),
        Route("/robots.txt", door.robots, methods=get),
        *phone.routes(services, pages),
        Route("/sw.js", door.file, methods=get),
        Route("/favicon.svg", door.file, methods=get),
        Route("/static/{name:path}", door.asset, methods=get),
        Route("/healthz", door.lives, methods=get),
        Route("/readyz", door.ready, methods=get),
        Route("/doors", door.doors, methods=get),
        Route("/words", door.later, methods=get),
        Route("/preview/{room}", door.preview, methods=get),
        Route("/session", door.enter, methods=post),
        Route("/session", door.leave, methods=delete),
        Route("/return", door.come_back, methods=post),
        Route("/staff/account", door.accept, methods=post),
        Route("/staff/session", door.sign_in, methods=post),
    ]
    handlers: dict[int | type[Exception], Callable[..., Awaitable[Response]]] = {
        Refused: _refused,
        Misread: _misread,
        Full: _full,
        HTTPException: door.nothing_here,
        ClientDisconnect: _gone,
        Exception: _failed,
    }
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    return Checks(GZipMiddleware(app, minimum_size=PRESS_FROM_BYTES), services.settings)


class FrontDoor:
    def __init__(self, services: Services, pages: Pages, assets: Assets, admission: Admission) -> None:
        self._services = services
        self._settings: Settings = services.settings
        self._pages = pages
        self._assets = assets
        self._board = Board(services)
        self._admission = admission
        self._house = house(services.settings)
        self._cookie = cookie_name(services.settings)

    async def shell(self, request: Request) -> Response:
        """The client; a room that does not exist is said by the client, and by the status."""
        known = request.path_params.get("room", "") in ("", *self._services.content.rooms)
        return HTMLResponse(self._pages.shell(request.url.path, _languages(request)), 200 if known else 404)

    async def help(self, request: Request) -> Response:
        return HTMLResponse(self._pages.help(request.query_params.get("country", "")[:2], _languages(request)))

    async def privacy(self, request: Request) -> Response:
        return HTMLResponse(self._pages.privacy(_languages(request)))

    async def goodbye(self, request: Request) -> Response:
        return HTMLResponse(self._pages.goodbye(_languages(request)))

    async def status(self, request: Request) -> Response:
        """Whoever stands between may keep it for as long as we do; 503 for who only asks whether we are there."""
        status = await self._board.look()
        seconds = self._settings.status_ms // 1000
        headers = {"cache-control": f"public, max-age={seconds}", "vary": "accept-language"}
        page = self._pages.status(status, _languages(request))
        return HTMLResponse(page, 503 if Part.STORE in status.away else 200, headers)

    async def robots(self, request: Request) -> Response:
        return PlainTextResponse(ROBOTS)

    async def file(self, request: Request) -> Response:
        return self._file(request.url.path[1:], request)

    async def asset(self, request: Request) -> Response:
        return self._file(request.path_params["name"], request)

    async def lives(self, request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(self, request: Request) -> Response:
        if not self._admission.is_open:
            return PlainTextResponse("stopping\n", 503)
        ready = await self._services.store.ready()
        return PlainTextResponse("ready\n" if ready else "the store does not answer\n", 200 if ready else 503)

    async def doors(self, request: Request) -> Response:
        return told(await self._services.doorway.look())

    async def later(self, request: Request) -> Response:
        return told(self._pages.later(_languages(request)))

    async def preview(self, request: Request) -> Response:
        return told(await rooms.preview(self._services, request.path_params["room"]))

    async def enter(self, request: Request) -> Response:
        asked = await body(request, Enter)
        entry = await accounts.enter(
            self._services, self._token(request), asked.age, lambda: self._admission.newcomer(self._address(request))
        )
        answer = told({"fresh": entry.fresh, "role": entry.role})
        if entry.token:
            self._keep(answer, entry.token, self._settings.session_ms)
        return answer

    async def leave(self, request: Request) -> Response:
        await accounts.leave(self._services, self._token(request))
        answer = Response(status_code=204, headers={"clear-site-data": FORGET})
        self._keep(answer, "", 0)
        return answer

    async def come_back(self, request: Request) -> Response:
        """The same person on another device, by their return words; with new ones, for these are used up."""
        given, address = await body(request, Return), self._address(request)
        self._admission.login(address)
        prefix = self._admission.tag(address)
        token, words = await returning.come_back(self._services, given.words, given.attempt, given.language, prefix)
        answer = told({"words": words})
        self._keep(answer, token, self._settings.session_ms)
        return answer

    async def accept(self, request: Request) -> Response:
        given = await body(request, Accept)
        self._admission.login(self._address(request))
        token = await accounts.accept(self._services, given.token, given.name, given.passphrase)
        return self._signed_in(token, 201)

    async def sign_in(self, request: Request) -> Response:
        given = await body(request, SignIn)
        address = self._address(request)
        self._admission.login(address)
        prefix = self._admission.tag(address)
        try:
            token = await accounts.sign_in(self._services, given.name, given.passphrase, prefix)
        except Refused as refusal:
            return no(refusal, {**STATUS, Code.FORBIDDEN: 401})
        return self._signed_in(token, 200)

    async def nothing_here(self, request: Request, missing: HTTPException) -> Response:
        """A person who lost the way gets the page; everything else gets a code."""
        if missing.status_code == 404 and "text/html" in request.headers.get("accept", ""):
            return HTMLResponse(self._pages.shell("/", _languages(request)), 404)
        code = {404: "not_found", 405: "method"}.get(missing.status_code, "bad_request")
        return refused(missing.status_code, code, missing.headers)

    def _file(self, name: str, request: Request) -> Response:
        return self._assets.answer(name, request) or refused(404, "not_found")

    def _signed_in(self, token: str, status: int) -> Response:
        answer = told({}, status)
        self._keep(answer, token, self._settings.staff_session_ms)
        return answer

    def _token(self, request: Request) -> str | None:
        return request.cookies.get(self._cookie)

    def _address(self, request: Request) -> str:
        forwarded = ",".join(request.headers.getlist("x-forwarded-for")).encode("latin-1")
        return caller(self._house, request.client.host if request.client else "", forwarded or None)

    def _keep(self, answer: Response, token: str, life_ms: int) -> None:
        answer.set_cookie(
            self._cookie,
            token,
            max_age=life_ms // 1000,
            path="/",
            secure=self._settings.secure,
            httponly=True,
            samesite="strict",
        )


def _languages(request: Request) -> str:
    return request.headers.get("accept-language", "")


async def _refused(request: Request, refusal: Refused) -> Response:
    return no(refusal)


async def _misread(request: Request, misread: Misread) -> Response:
    return refused(misread.status, misread.code)


async def _gone(request: Request, gone: ClientDisconnect) -> Response:
    """They left, or guard.py sent them away, in the middle of their own words: this reaches nobody."""
    return refused(400, "bad_request")


async def _failed(request: Request, fault: Exception) -> Response:
    """The framework raises the fault again after this answer; checks.py logs where it was."""
    return refused(500, Code.INTERNAL.value)


async def _full(request: Request, full: Full) -> Response:
    return refused(429, "rate", {"retry-after": str(full.seconds)})
