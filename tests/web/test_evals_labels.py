"""Labels by hand: shown blind, in an order that is everybody's, kept line by line as the evaluation reads them."""

import json
import re
from pathlib import Path

import pytest

import assistant.web
from assistant.web.evals.kept import KeptRun
from assistant.web.evals.labels import CRITERIA, BadLabel, Labels, replies
from eval.judging.criteria import CRITERIA as JUDGED
from eval.judging.labels import read_labels

ASSETS = Path(assistant.web.__file__).parent / "assets"
RUN = "20261124T101500-3f2a"
SAID = {"helpful": "yes", "clear": "no", "overall": "4"}
ALL = {"row": "visit-1", "turn": "0", "at": "0", **SAID}


def row(number, *, trial=0, turns=2):
    said = {"text": f"Lamp {number} costs $5.", "by": "model", "subject": "L", "sources": ["product:L#price"]}
    plan = {"plan": [{"subject": "L", "facts": [["price", "$5"]]}]}
    kept = [
        {"message": f"message {number}.{at}", "language": "en", "sentences": [said], "trace": plan}
        for at in range(turns)
    ]
    scores = [{"name": "judge", "value": 0.0, "explanation": "the judge says no", "weight": 1.0}]
    return {"id": f"visit-{number}", "trial": trial, "given": {}, "output": {"turns": kept}, "scores": scores}


def test_the_labels_asked_for_are_those_that_the_evaluation_knows():
    assert set(CRITERIA) == set(JUDGED)
    assert all(JUDGED[name].number_of(label) is not None for name, labels in CRITERIA.items() for label in labels)
    assert all(len(labels) == len(JUDGED[name].words["en"]) for name, labels in CRITERIA.items())


def test_what_is_given_is_read_by_the_evaluation(tmp_path):
    labels = Labels(tmp_path)
    labels.give("mei", (RUN, "visit-1", 1), SAID)
    labels.give("Ada B./..", (RUN, "visit-1", 1), SAID | {"helpful": "no"})
    found, rejected = read_labels(tmp_path)
    assert rejected == [] and len(found) == 6
    assert {(one.labeller, one.number) for one in found if one.criterion == "overall"} == {
        ("mei", 3.0),
        ("Ada B./..", 3.0),
    }
    assert {one.place for one in found} == {(RUN, "visit-1", 1)}
    assert all(path.parent == tmp_path for path in tmp_path.rglob("*.jsonl"))
    line = json.loads((tmp_path / "mei.jsonl").read_text().splitlines()[0])
    assert set(line) == {"run", "row", "turn", "labeller", "criterion", "label", "at"}


def test_a_line_that_a_crash_cut_short_spoils_nothing(tmp_path):
    labels = Labels(tmp_path)
    labels.give("mei", (RUN, "visit-1", 0), SAID)
    with (tmp_path / "mei.jsonl").open("a") as file:
        file.write('{"run": "2026')
    assert labels.given("mei") == {(RUN, "visit-1", 0)}
    labels.give("mei", (RUN, "visit-2", 0), SAID)
    assert labels.given("mei") == {(RUN, "visit-1", 0), (RUN, "visit-2", 0)} and read_labels(tmp_path)[1] == []


@pytest.mark.parametrize(
    "said", [{}, SAID | {"overall": "6"}, SAID | {"clear": "<b>"}, {"helpful": "yes", "clear": "no"}]
)
def test_labels_that_do_not_exist_are_not_kept(tmp_path, said):
    with pytest.raises(BadLabel):
        Labels(tmp_path).give("mei", (RUN, "visit-1", 0), said)
    assert not list(tmp_path.iterdir())


def test_everybody_judges_the_same_replies_in_the_same_mixed_order(tmp_path):
    rows = [row(n) for n in range(20)] + [row(1, trial=1), {**row(21), "output": {"no_answer": "none"}}]
    run = KeptRun(tmp_path / "visits" / RUN, {})
    order = [one.place for one in replies(run, rows)]
    assert order == [one.place for one in replies(run, rows[::-1])] and len(order) == len(set(order)) == 40
    assert [place[1] for place in order[::2]] != sorted(place[1] for place in order[::2])
    assert all(len(one.turns) == one.place[2] + 1 for one in replies(run, rows))


@pytest.fixture
def desk(tmp_path):
    """The pages over one kept run of three visits, behind a key: `desk.as_("mei")` is a client of that labeller."""
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from assistant.people.desk_pass import DeskPass
    from assistant.web.desk.access import DeskDoor, NotAtDesk, door_routes, to_the_door
    from assistant.web.evals.wiring import all_eval_routes
    from assistant.web.storefront import WebSettings

    folder = tmp_path / "runs" / "visits" / RUN
    folder.mkdir(parents=True)
    told = {"started": "2026-11-24T10:15:00+00:00", "status": "done", "data": "demo", "commit": "abc"}
    (folder / "run.json").write_text(json.dumps(told))
    (folder / "rows.jsonl").write_text("".join(json.dumps(row(n)) + "\n" for n in range(3)))
    settings = WebSettings(evals=tmp_path)
    door, app = DeskDoor(DeskPass("a secret", "sesame"), settings), FastAPI()
    app.add_exception_handler(NotAtDesk, to_the_door)
    app.include_router(door_routes(door, shop="Regulars", settings=settings))
    app.include_router(all_eval_routes("Regulars", settings, door))

    def entered(name):
        client = TestClient(app)
        client.post("/desk/door", data={"key": "sesame", "name": name}, follow_redirects=False)
        return client

    return entered


PLACE = f"/desk/evals/label/visits/{RUN}"


def shown(page):
    return re.search(r'name="row" value="([^"]+)".*?name="turn" value="(\d+)".*?name="at" value="(\d+)"', page).groups()


def test_replies_are_shown_one_by_one_until_all_are_judged(desk, tmp_path):
    mei = desk("mei")
    assert PLACE in mei.get("/desk/evals/label").text
    page, seen = mei.get(PLACE), []
    for _ in range(6):
        row_, turn, at = shown(page.text)
        seen.append((row_, turn))
        page = mei.post(PLACE, data={"row": row_, "turn": turn, "at": at, **SAID})
        assert page.status_code == 200
    assert len(set(seen)) == 6 and "All replies of this run are judged" in page.text
    assert len(read_labels(tmp_path / "labels")[0]) == 18
    assert shown(desk("bo").get(PLACE).text)[:2] == seen[0]


def test_no_judgment_is_shown_before_ones_own(desk):
    desk("mei").post(PLACE, data=ALL)
    page = desk("bo").get(PLACE).text
    assert "the judge says no" not in page and "mei" not in page and " checked" not in page
    assert "price" in page and "$5" in page  # the evidence


def test_a_reply_can_be_left_for_later(desk):
    mei = desk("mei")
    first, second = (shown(mei.get(PLACE, params={"start": n}).text) for n in (0, 1))
    assert first[:2] != second[:2]
    assert "6 replies were skipped" in mei.get(PLACE, params={"start": 6}).text


def test_what_is_not_answered_or_not_there_is_not_kept(desk, tmp_path):
    mei = desk("mei")
    for data, text in (
        (ALL | {"overall": ""}, "answer all three"),
        (ALL | {"row": "../../x"}, "no such reply"),
        (ALL | {"turn": "7"}, "no such reply"),
    ):
        answer = mei.post(PLACE, data=data)
        assert answer.status_code == 409 and text in answer.text
    assert mei.post("/desk/evals/label/visits/other", data=ALL).status_code in (404, 409)
    assert not (tmp_path / "labels").exists()


@pytest.mark.browser
def test_it_can_be_done_by_keys(desk, chromium):
    page, script = desk("mei").get(PLACE).text, (ASSETS / "label.js").read_text(encoding="utf-8")
    asked = '<script type="module" src="/page/label.js"></script>'
    assert asked in page
    context = chromium.new_context()
    try:
        tab = context.new_page()
        tab.set_content(page.replace(asked, "").replace("</body>", f"<script>{script}</script></body>"))
        for key in ("h", "v", "4"):
            tab.keyboard.press(key)
        chosen = tab.evaluate("Object.fromEntries(new FormData(document.querySelector('.labelling')))")
        assert {name: chosen[name] for name in SAID} == SAID
    finally:
        context.close()
