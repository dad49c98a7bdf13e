"""Opens the shop and serves it: `python app.py`, or `make run` for everything before it too.

Reads the settings once and hands them on in pieces. Its log names no person and no message.
"""

from __future__ import annotations

import logging
import os
import sys

import uvicorn

from assistant.errors import RegularsError, SettingError
from assistant.nightly import Nightly
from assistant.settings import Settings, read
from assistant.shop import LOOPBACK, open_shop
from assistant.web.chatwoot.notes import ChatwootSettings
from assistant.web.server import create_app
from assistant.web.storefront import WebSettings
from index.errors import IndexProblem
from index.place import sole_writer


def main() -> int:
    """Serve the shop until it is told to stop; return 2 with one sentence where it cannot be opened."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s", datefmt="%H:%M:%S")
    for talkative in ("httpx", "apscheduler"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    try:
        settings = read(os.environ)
        with sole_writer(settings.home), open_shop(settings) as shop:
            pages = WebSettings(
                language=settings.language,
                timezone=settings.timezone,
                events_key=settings.events_key,
                local=settings.host in LOOPBACK,
                chatwoot=_chatwoot(settings),
                evals=settings.home / "eval",
            )
            nightly = Nightly(settings.learn_at, settings.timezone)
            app = create_app(shop, pages, background=(shop.adviser, nightly))
            print(f"{settings.name} is open at http://{settings.host}:{settings.port}", flush=True)
            uvicorn.run(app, host=settings.host, port=settings.port, access_log=False, log_level="warning")
    except (RegularsError, IndexProblem) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _chatwoot(settings: Settings) -> ChatwootSettings | None:
    """Return where Chatwoot is; `None` where nothing is said of it.

    Raises:
        SettingError: only a part of what is needed is said.
    """
    given = {name: getattr(settings, f"chatwoot_{name}") for name in ("url", "token", "secret")}
    if not any(given.values()):
        return None
    for name, value in given.items():
        if not value:
            raise SettingError(f"SHOP_CHATWOOT_{name.upper()}", value, "it is needed beside the other two")
    return ChatwootSettings(**given)


if __name__ == "__main__":
    sys.exit(main())
