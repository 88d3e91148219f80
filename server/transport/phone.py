"""Where an alert's link leads: a page with one button, which works without scripts and without signing in."""

from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.actions import phone
from server.actions.phone import State, View
from server.actions.services import Services

STATUS = {State.WAITING: 200, State.SEEN: 200, State.USED: 410, State.OVER: 410, State.GONE: 404}


class Pages(Protocol):
    def phone(self, view: View, path: str, languages: str = "") -> str: ...


def routes(services: Services, pages: Pages) -> list[Route]:
    """GET shows, POST acknowledges; so that a program which opens every link in a letter does nothing by it."""

    async def shows(request: Request) -> Response:
        return answer(request, await phone.look(services, request.path_params["token"]))

    async def sees(request: Request) -> Response:
        return answer(request, await phone.see(services, request.path_params["token"]))

    def answer(request: Request, view: View) -> Response:
        languages = request.headers.get("accept-language", "")
        return HTMLResponse(pages.phone(view, request.url.path, languages), STATUS[view.state])

    return [Route("/page/{token}", shows, methods=["GET"]), Route("/page/{token}", sees, methods=["POST"])]
