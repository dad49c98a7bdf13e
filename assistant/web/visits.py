"""Who is visiting: a signed, HttpOnly cookie that names the session and the customer signed in. Knows no page."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.people.sessions import LIFETIME_S, Session, SessionTokens, new_session

COOKIE = "regulars_visit"


def visit_of(cookies: Mapping[str, str], tokens: SessionTokens) -> Session | None:
    """Return the session that a visitor's cookie names, `None` where there is none or it is forged or too old."""
    token = cookies.get(COOKIE)
    return tokens.read(token) if token else None


def keep_visit(response: Response, session: Session, tokens: SessionTokens, *, secure: bool) -> None:
    """Hand the visitor a cookie for this session in place of the one they had."""
    response.set_cookie(
        COOKIE, tokens.issue(session), max_age=LIFETIME_S, httponly=True, samesite="lax", secure=secure, path="/"
    )


class GreetVisitors:
    """Gives everybody who opens the page a session, and sends the headers that keep the page to itself.

    The policy names no other host for scripts, styles, fonts or connections; pictures may come from a feed's links.
    Gradio compiles its templates in the browser, hence the two `unsafe-` words.
    """

    _POLICY = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: http: https:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )

    def __init__(self, app: ASGIApp, tokens: SessionTokens) -> None:
        self._app, self._tokens = app, tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add what is missing to the answer's headers."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        connection = HTTPConnection(scope)
        opens = scope["method"] == "GET" and scope["path"] == "/"
        stranger = opens and visit_of(connection.cookies, self._tokens) is None

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._protect(headers)
                if stranger:
                    headers.append("set-cookie", self._fresh_cookie(secure=connection.url.scheme == "https"))
            await send(message)

        await self._app(scope, receive, answer)

    def _protect(self, headers: MutableHeaders) -> None:
        headers.setdefault("content-security-policy", self._POLICY)
        headers.setdefault("x-content-type-options", "nosniff")
        headers.setdefault("referrer-policy", "same-origin")

    def _fresh_cookie(self, *, secure: bool) -> str:
        carrier = Response()
        keep_visit(carrier, new_session(), self._tokens, secure=secure)
        return carrier.headers["set-cookie"]
