"""The portrait: what the shop knows of a shopper's tastes, each line with its reason, for them to see and correct.

Stated lines were said by the shopper; observed ones are computed anew from their events each time, so that replaying
events gives the same portrait and deleting them deletes what was learned. Knows no page and no language.
"""

from assistant.people.portrait.lines import Evidence, Line, Portrait, Stage
from assistant.people.portrait.portraits import Portraits

__all__ = ["Evidence", "Line", "Portrait", "Portraits", "Stage"]
