"""All settings, read once at the edge from `SHOP_*` variables and one TOML file, and handed on in pieces.

Read by `app.py` and the `__main__` files only. A variable in the environment beats the file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_cache_path

from assistant.errors import SettingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting of a shop. The variable of `home` is `SHOP_HOME`, and so on."""

    home: Path = Path("var")
    """Where the shop keeps its database, vectors and word index."""
    weights: Path = user_cache_path("regulars") / "weights"
    """Where model files lie and are fetched to."""
    database_url: str = ""
    """An SQLAlchemy URL; empty: SQLite under `home`."""
    chroma_url: str = ""
    """A Chroma server; empty: embedded under `home`."""
    llm: str = "auto"
    """`auto`, a packaged model's name, a .gguf file, a hub model's name, or `openai:URL#MODEL`."""
    llm_key: str = ""
    """The key of an OpenAI-compatible server, where it wants one."""
    embedder: str = "default"
    """`default`, or a hub model's name or a folder for sentence-transformers."""
    threads: int = 0
    """Threads of the language model on CPU; 0 chooses by what is free."""
    host: str = "127.0.0.1"
    port: int = 7860
    name: str = "Regulars"
    """The shop's name as shown."""
    currency: str = ""
    """ISO 4217 code for feeds that name none; empty leaves it unknown."""
    language: str = "en"
    """The page's first language: `en` or `zh`."""
    timezone: str = "UTC"
    demo_sign_in: bool = True
    """Lets a visitor sign in as a demo customer; off by itself when `host` is not a loopback address."""
    checkout_url: str = ""
    """Where the shop's own check-out is; `{cart}` is replaced by the cart's id. Empty: the demo's own page."""
    events_key: str = ""
    """What a system must show that sends events to `/v1/events`; empty: this machine alone may send them."""
    learn_at: str = "03:30"
    """When the running app trains by night, by the clock of `timezone`; `off` leaves it to the shop."""
    desk_key: str = ""
    """What agents must know to open `/desk`; empty: it opens on this machine alone."""
    desk_hours: str = "24/7"
    """When people answer, in `timezone`: "Mo-Fr 09:00-17:30; Sa 10:00-14:00"; "off" where nobody does."""
    priority_segments: str = ""
    """RFM segments whose customers come first in the desk's queue, such as "champion,loyal"; shown on each ticket."""
    rules: str = ""
    """The shop's rules of service, a TOML file; empty: those of the demo store."""
    chatwoot_url: str = ""
    """Where the Chatwoot is whose conversations get drafts as private notes; empty: there is none."""
    chatwoot_token: str = ""
    """The API access token of the account in Chatwoot that writes the notes."""
    chatwoot_secret: str = ""
    """The secret of Chatwoot's webhook, with which it signs what it sends to `/hooks/chatwoot`."""
    secret: str = ""
    """Signs the session cookies; empty: made once and kept under `home`."""


def read(environment: Mapping[str, str], file: Path | None = None) -> Settings:
    """Return the settings of this environment.

    `file` is a TOML file with the same names in lower case without `SHOP_`; the variable `SHOP_CONFIG` names one too.

    Raises:
        SettingError: a name is unknown (with the nearest that exists) or a value cannot be used.
    """
    named = environment.get("SHOP_CONFIG")
    path = file or (Path(named) if named else None)
    given: dict[str, Any] = {f"SHOP_{k.upper()}": v for k, v in _toml(path).items()} if path else {}
    given |= {k: v for k, v in environment.items() if k.startswith("SHOP_") and k != "SHOP_CONFIG"}
    known = {f"SHOP_{f.name.upper()}": f.name for f in fields(Settings)}
    for key, value in given.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            raise SettingError(key, value, f"there is no such setting{f', did you mean {near[0]}?' if near else ''}")
    return Settings(**{known[key]: _value(key, known[key], value) for key, value in given.items()})


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError("SHOP_CONFIG", str(path), f"a readable TOML file is expected ({error})") from error


def _value(key: str, name: str, value: Any) -> Any:
    default = getattr(Settings(), name)
    if isinstance(default, bool):
        return _boolean(key, value)
    if isinstance(default, int):
        return _integer(key, name, value)
    if isinstance(default, Path):
        return Path(str(value)).expanduser()
    text = str(value).strip()
    if name == "language" and text not in ("en", "zh"):
        raise SettingError(key, value, "en or zh is expected")
    if name == "currency" and text and not (len(text) == 3 and text.isascii() and text.isalpha()):
        raise SettingError(key, value, "a three-letter ISO 4217 code such as EUR is expected")
    if name == "timezone":
        _zone(key, text)
    if name == "learn_at":
        text = _time_of_day(key, text)
    return text.upper() if name == "currency" else text


def _boolean(key: str, value: Any) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        return words[str(value).strip().lower()]
    except KeyError:
        raise SettingError(key, value, "true or false is expected") from None


def _integer(key: str, name: str, value: Any) -> int:
    low, high = {"port": (0, 65535), "threads": (0, 1024)}[name]
    try:
        number = int(str(value))
    except ValueError:
        raise SettingError(key, value, f"a whole number from {low} to {high} is expected") from None
    if not low <= number <= high:
        raise SettingError(key, value, f"a whole number from {low} to {high} is expected")
    return number


def _time_of_day(key: str, text: str) -> str:
    """Return a time as HH:MM, or `off`."""
    if text.lower() == "off":
        return "off"
    try:
        return datetime.strptime(text, "%H:%M").strftime("%H:%M")
    except ValueError as error:
        raise SettingError(key, text, "a time of day such as 03:30, or off, is expected") from error


def _zone(key: str, text: str) -> None:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingError(key, text, "a time zone such as Europe/Berlin is expected") from error
