"""A shop's web app without its language model, for measuring what it takes in.

    python -m eval.speed.event_server HOME PORT

Pages, routes and store are the app's own; the shop under HOME is made anew with the demo's products.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import uvicorn

from assistant.settings import read
from assistant.shop import open_shop
from assistant.web.server import create_app
from assistant.web.storefront import WebSettings
from eval.shops import demo_products


def main() -> None:
    """Serve the shop until it is told to stop."""
    home, port = Path(sys.argv[1]), int(sys.argv[2])
    settings = replace(read(os.environ), home=home, database_url="", chroma_url="")
    with open_shop(settings) as shop:
        shop.catalogue.put(demo_products(), feed="demo")
        app = create_app(shop, WebSettings(load_engine=False))
        uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
