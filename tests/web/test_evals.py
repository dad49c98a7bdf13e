"""The evaluators' pages: kept runs listed, opened and compared; and the report, as a browser shows it."""

import argparse
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

import assistant.web
from assistant.people.desk_pass import DeskPass
from assistant.web.desk.access import DeskDoor, NotAtDesk, door_routes, to_the_door
from assistant.web.evals.wiring import all_eval_routes
from assistant.web.storefront import WebSettings
from eval.harness.book import RunBook
from eval.harness.metrics import Metric
from eval.harness.running import run
from eval.harness.scores import NoAnswer, Score
from eval.harness.task import Example, Stage, Task
from eval.report.gathering import gathered
from eval.report.writing import write_report

HOSTILE = "</details><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
CARD = {
    "product_id": "LAMP-1",
    "title": "Ember folding desk lamp",
    "price_text": "$39.90",
    "stock_text": "In stock",
    "rating": 4.6,
    "rating_count": 132,
    "why": "Folds flat for a small desk",
    "options": {"color": "Brass"},
}


def turn(message, text, **given):
    absent = dict.fromkeys(("comparison", "question", "cart", "proposed", "handoff"))
    said = [{"text": text, "by": "model", "subject": "LAMP-1", "sources": ["product:LAMP-1#price"]}]
    plan = [{"subject": "LAMP-1", "facts": [["price", "$39.90"], ["name", HOSTILE]]}]
    trace = {"search_ms": 12.5, "plan": plan, "rejected": ["It is the cheapest of all."], "prompts": ["answer.en"]}
    base = {"message": message, "language": "en", "intent": "find", "constraints": {"price_max": 5000}, "cards": [CARD]}
    return base | absent | {"sentences": said, "reply_ms": 123.4, "trace": trace} | given


class Visits(Stage):
    """Visits of two turns; those of `bad` end wrong, the last says nothing, the first is hostile."""

    def __init__(self, bad):
        self._bad = bad

    @property
    def examples(self):
        return [Example(id=f"visit-{n}", given={"goal": f"lamp {n}"}) for n in range(30)]

    async def play(self, example, trial):
        number = int(example.id.partition("-")[2])
        if number == 29:
            raise NoAnswer("the visit broke off")
        choice = {"text": "Who is it for?", "choices": ["A child", HOSTILE]} if number == 1 else None
        table = {"titles": ["Ember", "Nook"], "rows": [["Price", ["$39.90", "$24.50"]]]} if number == 2 else None
        text = HOSTILE if number == 0 else f"The Ember lamp costs $39.90, said for the {number}th time."
        first = turn(HOSTILE if number == 0 else f"a lamp under $50, please ({number})", text, comparison=table)
        return {
            "turns": [first, turn("我要一盏灯", "这盏灯售价 $39.90。", language="zh", question=choice)],
            "n": number,
        }


def task(name, bad):
    def judge(_example, output):
        found = output["n"] not in bad
        yield Score("success", float(found), "the lamp was found" if found else f"no lamp came {HOSTILE}")

    @contextmanager
    def opened(_args):
        yield Visits(bad)

    metrics = (Metric("success", of="success", bar=0.8), Metric("strict", of="success", no_answer=0.0))
    return Task(name=name, promise="whether lamps are found", opened=opened, scorers=(judge,), metrics=metrics)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder as SHOP_HOME/eval: `visits` three times, worse the second time; each compared with the one before."""
    home = tmp_path_factory.mktemp("home") / "eval"
    book = RunBook(home / "runs")
    args = argparse.Namespace(task="x", seed=7, trials=None, fresh=True, runs=None, out=None)
    runs = []
    for at, bad in enumerate((range(4, 6), range(4, 26), range(4, 6))):
        with ThreadPoolExecutor() as apart:  # Playwright keeps a loop in this thread, once a browser was open
            runs.append(apart.submit(run, task("visits", set(bad)), args, book).result()[0])
        path = book.of(runs[-1]) / "run.json"  # all begin in the same second: tell them apart
        path.write_text(json.dumps(json.loads(path.read_text()) | {"started": f"2024-11-2{at}T10:00:00+00:00"}))
    return argparse.Namespace(home=home, book=book, runs=runs)


class Served(uvicorn.Server):
    """The pages on a free port of this machine, in a thread."""

    def __init__(self, app):
        super().__init__(uvicorn.Config(app, port=0, log_level="error", ws="none", lifespan="off"))
        self._thread = threading.Thread(target=self.run)

    def __enter__(self):
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self.started:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        self.url = f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_):
        self.should_exit = True
        self._thread.join(timeout=10)


def pages(home, *, key=""):
    settings = WebSettings(evals=home)
    door, app = DeskDoor(DeskPass("a secret", key), settings), FastAPI()
    app.add_exception_handler(NotAtDesk, to_the_door)
    app.include_router(door_routes(door, shop="Regulars", settings=settings))
    app.include_router(all_eval_routes("Regulars", settings, door))
    app.mount("/page", StaticFiles(directory=Path(assistant.web.__file__).parent / "assets"))
    return app


@pytest.fixture(scope="module")
def site(kept):
    with Served(pages(kept.home)) as server:
        yield server


@pytest.fixture
def evaluator(site):
    with httpx.Client(base_url=site.url) as client:
        yield client


def place(kept, number):
    return f"/desk/evals/runs/visits/{kept.runs[number].id}"


def test_runs_are_listed_with_their_figures_and_bars(evaluator, kept):
    page = evaluator.get("/desk/evals").text
    assert "whether lamps are found" in page and "≥ 0.8 met" in page and "≥ 0.8 missed" in page
    assert [page.index(place(kept, n)) for n in (2, 1, 0)] == sorted(page.index(place(kept, n)) for n in (2, 1, 0))
    assert "2024-11-22 10:00" in page


def test_without_runs_it_says_what_to_type(guarded, tmp_path):
    with httpx.Client(base_url=guarded.url, follow_redirects=True) as client:
        client.post("/desk/door", data={"key": "open sesame"})
        page = client.get("/desk/evals").text
    assert "No evaluation has been run yet" in page and "python -m eval conversations" in page
    assert '<a href="/desk/evals">Evaluations</a>' in page


@pytest.mark.parametrize("path", ["", "/compare", "/runs/a/b", "/runs/a/b/0", "/label", "/label/a/b"])
def test_without_the_key_there_is_only_the_door(kept, path):
    with Served(pages(kept.home, key="sesame")) as server:
        answer = httpx.get(f"{server.url}/desk/evals{path}")
        assert answer.status_code == 303 and answer.headers["location"] == "/desk/door"
        posted = httpx.post(f"{server.url}/desk/evals/label/a/b", data={"row": "x", "turn": 0})
        assert posted.status_code == 303 and posted.headers["location"] == "/desk/door"


def test_a_run_shows_its_figures_and_the_worst_examples_first(evaluator, kept):
    page = evaluator.get(place(kept, 1)).text
    assert "23 of 30 fall short" in page and "no answer" in page
    assert page.index("visit-29") < page.index("visit-4<") < page.index("visit-1<")
    assert "<script>window" not in page
    short = evaluator.get(place(kept, 1), params={"only": "short"}).text
    assert "visit-4<" in short and "visit-1<" not in short


def test_any_example_opens_with_its_conversation_scores_and_trace(evaluator, kept):
    page = evaluator.get(f"{place(kept, 1)}/4").text
    for text in ("The Ember lamp costs", "我要一盏灯", "It is the cheapest of all.", "no lamp came", "search_ms", "✗"):
        assert text in page, text
    assert "Folds flat for a small desk" in page and "In stock" in page


@pytest.mark.parametrize("at", [0, 1, 2])
def test_hostile_texts_stay_texts(evaluator, kept, at):
    page = evaluator.get(f"{place(kept, 0)}/{at}").text
    assert "<script>window" not in page and "<img" not in page and "&lt;script&gt;window.hacked" in page


def test_examples_lead_to_the_next_in_the_order_of_the_list(evaluator, kept):
    page = evaluator.get(f"{place(kept, 1)}/29?only=short").text
    assert "1 of 23" in page and f'{place(kept, 1)}/4?only=short" rel="next"' in page and 'rel="prev"' not in page
    page = evaluator.get(f"{place(kept, 1)}/4?only=short").text
    assert f'{place(kept, 1)}/29?only=short" rel="prev"' in page


def test_two_runs_are_compared_with_the_verdict_that_was_kept(evaluator, kept):
    names = [f"visits/{one.id}" for one in kept.runs]
    page = evaluator.get("/desk/evals/compare", params={"before": names[0], "after": names[1]}).text
    assert "worse" in page and "stands" in page and "python -m eval compare" not in page
    assert "Examples that fall short only after (20)" in page
    swapped = evaluator.get("/desk/evals/compare", params={"before": names[1], "after": names[0]}).text
    assert f"python -m eval compare {kept.runs[1].id} {kept.runs[0].id}" in swapped
    assert "Examples that fell short only before (20)" in swapped


def test_the_command_that_the_page_names_brings_the_verdict(evaluator, kept, monkeypatch):
    from eval import __main__ as command

    first, third = kept.runs[0], kept.runs[2]
    params = {"before": f"visits/{first.id}", "after": f"visits/{third.id}"}
    assert "python -m eval compare" in evaluator.get("/desk/evals/compare", params=params).text
    monkeypatch.setattr(command, "task_named", lambda name: task(name, set()))
    assert command.main(["compare", first.id, third.id, "--runs", str(kept.book.folder)]) == 0
    page = evaluator.get("/desk/evals/compare", params=params).text
    assert "no difference seen" in page and "python -m eval compare" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/desk/evals/runs/visits/..",
        "/desk/evals/runs/visits/%2e%2e",
        "/desk/evals/runs/..%2f..%2fetc/passwd",
        "/desk/evals/runs/visits/nothing",
        "/desk/evals/compare?before=visits/../visits&after=../../etc/passwd",
        "/desk/evals/compare?before=%00&after=",
        "/desk/evals/label/visits/..%5c..",
    ],
)
def test_a_name_that_is_not_listed_opens_nothing(site, path):
    answer = httpx.get(site.url + path)
    assert answer.status_code == 404


def test_an_example_that_is_not_there_opens_nothing(evaluator, kept):
    assert evaluator.get(f"{place(kept, 0)}/999").status_code == 404
    assert evaluator.get(f"{place(kept, 0)}/-1").status_code == 404


def test_what_is_no_run_is_left_out(tmp_path):
    for name, text in (("half", "{"), ("other", '["a list"]'), ("old", '{"task": "x"}')):
        (tmp_path / "runs" / "visits" / name).mkdir(parents=True)
        (tmp_path / "runs" / "visits" / name / "run.json").write_text(text)
    with Served(pages(tmp_path)) as server:
        assert "No evaluation has been run yet" in httpx.get(f"{server.url}/desk/evals").text


def test_the_pages_are_there_in_chinese(evaluator, kept):
    evaluator.cookies.set("language", "zh")
    for path, text in (("/desk/evals", "评测"), (place(kept, 1), "不达标"), (f"{place(kept, 1)}/4", "被拒绝的句子")):
        assert text in evaluator.get(path).text


@pytest.fixture
def browse(chromium, site):
    """Open a page of the site, or a file: `browse(path, width=…, scheme=…)`; the requests it makes are `page.asked`."""
    contexts = []

    def opened(path, *, width=1280, scheme="light", script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path if "://" in path else site.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_on_the_pages_and_nothing_sticks_out(browse, kept, scheme, width):
    names = [f"visits/{one.id}" for one in kept.runs]
    compare = f"/desk/evals/compare?before={names[0]}&after={names[1]}"
    for path in ("/desk/evals", place(kept, 1), f"{place(kept, 1)}/2", compare, f"/desk/evals/label/{names[0]}"):
        page = browse(path, width=width, scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert (path, violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("window.hacked") is None


@pytest.fixture(scope="module")
def report(kept, tmp_path_factory):
    return write_report(gathered(kept.book, worst=30), tmp_path_factory.mktemp("out")).as_uri()


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_the_report_asks_for_nothing_and_axe_finds_nothing(browse, report, scheme, width):
    page = browse(report, width=width, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_timeout(200)
    assert page.asked == [report] and page.evaluate("window.hacked") is None
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_the_report_can_be_read_without_a_script_and_searched_with_one(browse, report):
    still = browse(report, script=False)
    still.locator(".case summary").first.click()
    assert still.locator(".case").first.get_by_text("the visit broke off").first.is_visible()
    assert not still.locator("#find").is_visible()
    page = browse(report)
    page.get_by_role("searchbox").fill("visit-29")
    assert page.locator(".case:visible").count() == 1 and page.get_by_text("1 shown").is_visible()
