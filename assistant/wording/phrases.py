"""Fixed sentences that no model is asked for: unmet conditions, results of actions, what is not known.

They lie as `key = "sentence"` in `notices.en.toml` and `notices.zh.toml`, with the same keys and the same `{{ names }}`
in both (a test holds that). To add one, add it to both files. Knows no conversation.

>>> say("need_unknown", "en", name="The Halden Lamp", need="waterproof")
'Whether The Halden Lamp is “waterproof” is not stated.'
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template, meta

LANGUAGES = ("en", "zh")
_ENVIRONMENT = Environment(undefined=StrictUndefined, autoescape=False)


class UnknownPhrase(KeyError):
    """A key that no file of notices holds, or values that are not those that the notice names."""


@cache
def notices(language: str) -> Mapping[str, str]:
    """Return every notice of a language by its key; a language without a file reads as English."""
    known = language if language in LANGUAGES else "en"
    path = Path(__file__).with_name(f"notices.{known}.toml")
    return {str(key): str(text) for key, text in tomllib.loads(path.read_text(encoding="utf-8")).items()}


@cache
def names(key: str, language: str) -> frozenset[str]:
    """Return the names of the values that a notice wants."""
    return frozenset(meta.find_undeclared_variables(_ENVIRONMENT.parse(notices(language)[key])))


def say(key: str, language: str, **values: object) -> str:
    """Return a notice filled with exactly the values that it names.

    Raises:
        UnknownPhrase: there is no such notice, or values are missing or unknown.
    """
    if key not in notices(language):
        raise UnknownPhrase(f"there is no notice {key!r}: add it to notices.en.toml and notices.zh.toml")
    wanted = names(key, language)
    if wanted != values.keys():
        raise UnknownPhrase(f"the notice {key!r} takes {sorted(wanted)} and was given {sorted(values)}")
    return _template(key, language).render(values)


@cache
def _template(key: str, language: str) -> Template:
    """Return a notice compiled, once: compiling takes a thousand times as long as filling in."""
    return _ENVIRONMENT.from_string(notices(language)[key])
