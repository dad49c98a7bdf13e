"""The app's work by night: at the shop's time, never at start-up, one after the other, at the lowest priority."""

import logging
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from assistant.__main__ import parser
from assistant.nightly import COMMANDS, Nightly

SCRIPT = """
import os, sys, time
match sys.argv[1]:
    case "talks": print("at first"); print("the end is near")
    case "fails": print("what went wrong", file=sys.stderr); sys.exit(3)
    case "modest": time.sleep(0.5); print("it has", os.nice(0), "and", os.environ["OMP_NUM_THREADS"])
    case "slow": open(sys.argv[0] + ".begun", "a").write("."); time.sleep(1.5); print("it took long")
    case "endless": time.sleep(60)
"""


def soon():
    return DateTrigger(datetime.now(UTC) + timedelta(seconds=0.2))


@pytest.fixture(autouse=True)
def said(caplog):
    caplog.set_level(logging.INFO, "regulars.nightly")
    return caplog


@pytest.fixture
def nightly(tmp_path):
    script = tmp_path / "program.py"
    script.write_text(SCRIPT)
    made = []

    def make(*names, at="03:30"):
        made.append(Nightly(at, "UTC", commands=[(name,) for name in names], program=(sys.executable, str(script))))
        return made[-1]

    yield make
    for one in made:
        one.close()


def wait_for(holds):
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_what_runs_by_night_are_commands_of_the_shop():
    assert [parser().parse_args(words).command for words in COMMANDS] == ["learn", "forecast"]


@pytest.mark.parametrize(
    ("now", "next_at"),
    [
        (datetime(2026, 11, 24, 0, 0, tzinfo=UTC), datetime(2026, 11, 24, 2, 30, tzinfo=UTC)),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), datetime(2026, 11, 25, 2, 30, tzinfo=UTC)),
        (datetime(2026, 7, 1, 0, 0, tzinfo=UTC), datetime(2026, 7, 1, 1, 30, tzinfo=UTC)),
    ],
)
def test_it_is_night_by_the_clock_of_the_shop(now, next_at):
    trigger = Nightly("03:30", "Europe/Berlin").trigger()
    assert trigger.get_next_fire_time(None, now.astimezone(ZoneInfo("Europe/Berlin"))) == next_at


def test_nothing_runs_at_start_up_and_nothing_at_all_when_it_is_off(nightly, said, monkeypatch):
    ran = []
    monkeypatch.setattr(Nightly, "night", lambda self: ran.append(self))
    nightly("talks").start()
    assert "next runs at" in said.text
    nightly("talks", at="off").start()
    assert "nothing runs by night" in said.text
    time.sleep(0.3)
    assert ran == []


def test_each_command_runs_after_the_one_before_and_its_result_is_in_the_log(nightly, said):
    nightly("talks", "fails", "modest").start(soon())
    wait_for(lambda: "it has" in said.text)
    assert [record.levelname for record in said.records[-3:]] == ["INFO", "ERROR", "INFO"]
    assert said.records[-3].getMessage() == "talks: the end is near"
    assert said.records[-2].getMessage() == "fails failed with status 3: what went wrong"


@pytest.mark.skipif(sys.platform == "win32", reason="priorities have other names there")
def test_it_gives_way_to_everything_else(nightly, said):
    nightly("modest").start(soon())
    wait_for(lambda: "it has 19 and 1" in said.text)


def test_a_night_that_takes_too_long_is_not_begun_twice_at_once(nightly, said, tmp_path):
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    nightly("slow").start(IntervalTrigger(seconds=0.2))
    wait_for(lambda: "it took long" in said.text)
    assert (tmp_path / "program.py.begun").read_text() in (".", "..")


def test_the_app_ends_while_something_runs(nightly, said):
    one = nightly("endless", "talks")
    one.start(soon())
    wait_for(lambda: one._running is not None)
    started = time.monotonic()
    one.close()
    assert time.monotonic() - started < 10
    assert "goes on another night" in said.text and "the end is near" not in said.text
