"""What the manager sees of whether people come back: days that are over, with what each figure means."""

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from assistant.behaviour.event import Event, Kind
from assistant.errors import NotAllowed
from assistant.people.desk_pass import AGENT
from assistant.store.database import open_database
from assistant.store.events import Events
from assistant.store.principal import GUEST, SYSTEM
from assistant.web.desk.returning import returning
from assistant.web.rendering import document

NOW = datetime(2026, 6, 29, 9, tzinfo=UTC)  # a Monday


@pytest.fixture
def events(tmp_path):
    """Ada on the 1st and the 9th, Bo on the 2nd, and Cy today."""
    database = open_database("", tmp_path)
    days = {"1": ("ada", 28), "2": ("bo", 27), "3": ("ada", 20), "4": ("cy", 0)}
    told = [
        Event(id=id_, kind=Kind.SEARCH, at=NOW - timedelta(days=ago), customer_id=who, query="tea")
        for id_, (who, ago) in days.items()
    ]
    Events(database).add(told, SYSTEM)
    yield Events(database)
    database.dispose()


def test_today_is_not_over_and_does_not_count(events):
    shown = returning(events, AGENT, "en", now=NOW)
    assert str(shown.first) == "2026-06-01" and str(shown.last) == "2026-06-28"
    (week,) = shown.weeks
    assert str(week.begins) == "2026-06-01" and week.people == 2 and week.shares == ("50.0 %", "0.0 %", "0.0 %")
    values = {line.name: line.value for line in shown.lines}
    assert values["Day-1 retention"] == "0.0 %" and values["Stickiness (DAU / MAU)"] == "–"
    assert returning(events, AGENT, "en", now=NOW - timedelta(days=28)) is None


def test_a_shopper_may_not_see_it(events):
    with pytest.raises(NotAllowed):
        returning(events, GUEST, "en", now=NOW)


@pytest.mark.parametrize(("language", "name"), [("en", "Day-7 retention"), ("zh", "7日留存")])
def test_the_page_shows_each_figure_with_its_meaning(events, language, name):
    shown = returning(events, AGENT, language, now=NOW)
    given = {"language": language, "shop": "S", "learned": None, "demand": [], "segments": []}
    page = document("desk/insights.html", returning=shown, **given)
    assert name in page and "50.0 %" in page and all(line.means in page for line in shown.lines)
    assert "undefined" not in page
    assert name not in document("desk/insights.html", returning=None, **given)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width"), [("en", 360), ("zh", 1200)])
def test_a_manager_opens_a_figure_to_read_what_it_means(visit, served, language, width):
    told = [
        Event(
            id=f"{language}-{ago}",
            kind=Kind.SEARCH,
            at=datetime.now(UTC) - timedelta(days=ago),
            customer_id="c-2",
            query="tea",
        )
        for ago in (40, 33, 2)
    ]
    served.shop.events.add(told, SYSTEM)
    page = visit(width=width, height=740)
    page.context.add_cookies([{"name": "language", "value": language, "url": served.url}])
    page.goto(f"{served.url}/desk/insights")
    name, meaning = ("Returning people", "more than one visit") if language == "en" else ("回头客比例", "超过一次")
    expect(page.get_by_text(meaning)).to_be_hidden()
    page.get_by_text(name).click()
    expect(page.get_by_text(meaning)).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
