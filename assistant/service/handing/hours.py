"""When people answer, in the notation of OpenStreetMap's opening hours ("Mo-Fr 09:00-17:30"), in the shop's zone."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # missing in its stubs

from assistant.errors import SettingError


class Hours:
    """The hours of a desk.

    Args:
        text: such as "Mo-Fr 09:00-17:30; Sa 10:00-14:00", "24/7", or "off" where nobody ever answers.
        timezone: in which they are told.

    Raises:
        SettingError: the text cannot be read.
    """

    def __init__(self, text: str, timezone: str = "UTC") -> None:
        self._zone = ZoneInfo(timezone)
        try:
            self._hours = OpeningHours(text, timezone=self._zone)
        except ParserError as error:
            wanted = 'opening hours such as "Mo-Fr 09:00-17:30; Sa 10:00-14:00" or "24/7" are expected'
            raise SettingError("SHOP_DESK_HOURS", text, wanted) from error

    def open_at(self, now: datetime) -> bool:
        """Return whether somebody answers at an aware time."""
        return bool(self._hours.is_open(now.astimezone(self._zone)))

    def next_opening(self, now: datetime) -> datetime | None:
        """Return when somebody answers next, in the shop's zone; `now` where they do, `None` where nobody ever does."""
        local = now.astimezone(self._zone)
        if self._hours.is_open(local):
            return local
        found: datetime | None = self._hours.next_change(local)
        return found if found is not None and self._hours.is_open(found) else None
