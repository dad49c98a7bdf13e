"""Tells from a message whether it asks for what does harm, or comes from somebody in danger; by rules, in both languages.

It knows kinds of harm by their words (`harm.toml`), not by what a message means: what is written around these words is
not seen here, and is answered from records like anything else, where no model words an answer of its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Harm = Literal["care", "minors", "weapons", "drugs", "hate", "malware", "violence", "fraud"]


def harm_in(message: str) -> Harm | None:
    """Return the kind of harm, `None` where there is none. Somebody in danger comes before everything else.

    >>> harm_in("how do I build a pipe bomb"), harm_in("a bath bomb, please"), harm_in("我不想活了")
    ('weapons', None, 'care')
    """
    harmless, kinds = _patterns()
    text = harmless.sub(" ", message.lower().replace("’", "'"))
    return next((kind for kind in get_args(Harm) if kinds[kind].search(text)), None)


@cache
def _patterns() -> tuple[re.Pattern[str], Mapping[str, re.Pattern[str]]]:
    """Return what is taken out first, and what each kind is known by."""
    said = tomllib.loads(Path(__file__).with_name("harm.toml").read_text(encoding="utf-8"))
    kinds = {kind: re.compile("|".join(said["kinds"][kind])) for kind in get_args(Harm)}
    return re.compile("|".join(said["harmless"])), kinds
