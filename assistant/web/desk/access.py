"""Who may open the desk: whoever holds its pass; where the shop has set no key, this machine alone."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.people.desk_pass import AGENT, DAY_S, LONGEST_NAME, DeskPass
from assistant.web.messages import language_for
from assistant.web.rendering import document
from assistant.web.storefront import WebSettings, is_loopback

COOKIE = "regulars_desk"
HOME = "/desk"
# A proxy on this machine makes everybody look local; these headers tell that there is one.
_FROM_ELSEWHERE = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class NotAtDesk(Exception):
    """The request shows no pass; the app answers with the door of the desk."""


class DeskDoor:
    """Tells who is at the desk.

    Args:
        passes: who issues and reads passes.
        settings: whether others can reach the app at all.
    """

    def __init__(self, passes: DeskPass, settings: WebSettings) -> None:
        self.passes, self._settings = passes, settings

    def __call__(self, request: Request) -> str:
        """Let an agent through and return their name.

        Raises:
            NotAtDesk: the request shows no pass, or a page of somebody else's sent it.
        """
        if request.method != "GET" and not self._own_page(request):
            raise NotAtDesk
        if self.passes.wants_key:
            if (name := self.passes.holder(request.cookies.get(COOKIE, ""))) is None:
                raise NotAtDesk
            return name
        if not (self._settings.local and _on_this_machine(request)):
            raise NotAtDesk
        return AGENT.role

    @staticmethod
    def _own_page(request: Request) -> bool:
        """Return whether a form was sent from this app's own page: browsers always name the origin of a form."""
        origin = request.headers.get("origin", "")
        return not origin or urlsplit(origin).netloc == request.headers.get("host", "")


def door_routes(door: DeskDoor, *, shop: str, settings: WebSettings) -> APIRouter:
    """Return the page on which agents show the key."""
    routes = APIRouter()

    def page(request: Request, *, wrong: bool = False) -> Response:
        language = language_for(request, settings.language)
        text = document("desk/door.html", language=language, shop=shop, wrong=wrong, has_key=door.passes.wants_key)
        return HTMLResponse(text, status_code=403 if wrong else 200)

    @routes.get("/desk/door", include_in_schema=False)
    def see(request: Request) -> Response:
        return page(request)

    @routes.post("/desk/door", include_in_schema=False)
    def enter(
        request: Request,
        key: Annotated[str, Form(max_length=200)] = "",
        name: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    ) -> Response:
        issued = door.passes.issue(key.strip(), name.strip())
        if issued is None:
            return page(request, wrong=True)
        answer = RedirectResponse(HOME, status_code=303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, issued, max_age=DAY_S, httponly=True, samesite="strict", secure=secure, path="/")
        return answer

    return routes


async def to_the_door(_request: Request, _error: Exception) -> Response:
    """Answer whoever shows no pass."""
    return RedirectResponse("/desk/door", status_code=303)


def _on_this_machine(request: Request) -> bool:
    near = request.client is not None and is_loopback(request.client.host)
    asked = is_loopback(request.headers.get("host", ""))
    return near and asked and not any(name in request.headers for name in _FROM_ELSEWHERE)
