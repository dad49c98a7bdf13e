"""Stop strings over any cut into pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.stops import StopCutter

pieces = st.lists(st.text("abc", max_size=4), max_size=8)
stops = st.lists(st.text("abc", min_size=1, max_size=3), max_size=3)


@given(pieces, stops)
def test_it_shows_what_a_search_in_the_whole_text_would(pieces, stops):
    whole = "".join(pieces)
    cutter = StopCutter(tuple(stops))
    shown = "".join(cutter.take(piece) for piece in pieces) + cutter.rest()
    ends = [whole.find(stop) for stop in stops if stop in whole]
    # With several stop strings the first to be complete ends the stream, which may begin later than another.
    if len(set(stops)) <= 1:
        assert shown == (whole[: min(ends)] if ends else whole)
    else:
        assert whole.startswith(shown)
        assert cutter.done == bool(ends)
