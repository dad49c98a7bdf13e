"""Which attributes a question asks for by a unit or an adjective alone: 几瓦, 多长, "how many litres".

Reads a message in lower case; knows no product.
"""

from __future__ import annotations

import re

from assistant.conversation.reading.framing import content
from assistant.conversation.reading.table import rows

_AROUND = re.compile(
    r"它|是|有|大概|大约|到底|一共|总共|最[大高多]?|能|装|的|空[箱包壶瓶杯锅车盒]子?|本身|自重|整[个只]"
)
"""What may stand around such a question and asks for nothing else."""


def extents(text: str) -> tuple[str, ...]:
    """Return the names of the attributes that are asked for, the likelier first; none where more is asked.

    >>> extents("几瓦啊")[0], extents("how many litres is it?")[0], extents("多长时间能送到")
    ('power', 'capacity', ())
    """
    for english, chinese, names in rows("extents.tsv"):
        for form in (*english, *chinese):
            if form in text and not content(_AROUND.sub(" ", text.replace(form, " "))):
                return names
    return ()
