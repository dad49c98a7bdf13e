"""The record of one thing that somebody did, under the name by which the other rooms know it.

It is defined beside the tables, since a store may not import a room above it. Knows no format.
"""

from assistant.store.event import Event, EventItem, Kind, person

__all__ = ["Event", "EventItem", "Kind", "person"]
