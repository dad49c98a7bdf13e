"""The demo's drawn pictures, served by what they show and in which colour. Knows no product."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from assistant.demo.pictures import picture

routes = APIRouter()


@routes.get("/pictures/{kind}/{colour}.svg", include_in_schema=False)
def drawn(kind: str, colour: str) -> Response:
    """Return a picture; browsers may keep it for a day."""
    try:
        svg = _drawn(kind, colour)
    except (KeyError, ValueError) as error:
        raise HTTPException(404, f"there is no picture of {kind!r} in {colour!r}") from error
    return Response(svg, media_type="image/svg+xml", headers={"cache-control": "public, max-age=86400"})


@lru_cache(maxsize=4096)
def _drawn(kind: str, colour: str) -> str:
    return picture(kind, colour)
