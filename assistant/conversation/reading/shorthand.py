"""What is typed in a hurry, written out: "wat do u hav" is "what do you have". Knows no catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from assistant.conversation.reading.table import rows
from assistant.conversation.reading.words import HAN

_WORD = re.compile(r"(?<![\w'’.@#/-])[A-Za-z]{1,6}(?![\w'’.@#/-]|\.\w)")


def written_out(message: str) -> str:
    """Return a message with its shorthand written out; what stands in names, sizes and addresses is left.

    >>> written_out("wat headphones do u hav"), written_out("size R, U-lock"), written_out("gimme sth 4 bday")
    ('what headphones do you have', 'size R, U-lock', 'give me something 4 birthday')
    """
    for form, meant in _known().items():
        if HAN.search(form):
            message = message.replace(form, meant)
        elif " " in form:
            message = re.sub(rf"\b{re.escape(form)}\b", meant, message, flags=re.IGNORECASE)
    return _WORD.sub(lambda found: _known().get(found[0], found[0]), message)


@cache
def _known() -> Mapping[str, str]:
    """Return what each form stands for; only forms in lower case are shorthand."""
    return {form: meant[0] for forms, meant in rows("shorthand.tsv") for form in forms}
