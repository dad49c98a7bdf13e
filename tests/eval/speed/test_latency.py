"""What is said of the times of visits: figures are of what was timed, and a part that did not come has no answer."""

from eval.harness.task import Example
from eval.tasks.bench import TASK as BENCH
from eval.tasks.latency import TASK


def timed(cards=100.0, recommended=2, token=80.0):
    return {
        "cards_ms": cards,
        "first_sentence_ms": 900.0 if recommended else None,
        "reply_ms": 3_000.0 * recommended,
        "recommended": recommended,
        "first_token_ms": token,
    }


def visit(number, first, later):
    return Example(id=f"visit {number}", given={"part": "visit"}), {"first": first, "later": later}


def test_replies_are_timed_where_two_products_are_recommended(figures_of):
    visits = [visit(0, timed(), timed(cards=300.0)), visit(1, timed(recommended=1), timed(cards=None, token=120.0))]
    figures, _ = figures_of(TASK, *visits)
    assert (figures["visits"], figures["two_product_replies"]) == (2, 1)
    assert (figures["cards_p50_ms"], figures["cards_p95_ms"]) == (100, 300)
    assert (figures["reply_p50_ms"], figures["first_sentence_p50_ms"]) == (6_000, 900)
    assert figures["later_first_token_p50_ms"] == 80 and figures["cards_ms.no_answer_share"] == 1 / 4


def test_a_second_shopper_is_compared_with_one_alone(figures_of):
    pairs = [
        (Example(id=f"second shopper {n}", given={"part": "second shopper"}), {"alone_ms": 100.0, "beside_ms": beside})
        for n, beside in enumerate((150.0, 250.0, 350.0))
    ]
    figures, bounds = figures_of(TASK, *pairs)
    assert (figures["alone_cards_ms"], figures["second_shopper_cards_ms"]) == (100, 250)
    assert figures["second_shopper_longer_ms"] == 150 and "second_shopper_longer_ms" in bounds


def test_beside_a_busy_core_a_reply_may_take_three_times_as_long(figures_of):
    first = {"cards_ms": 100.0, "first_sentence_ms": 7_000.0, "reply_ms": 9_000.0, "recommended": 2}
    later = {"cards_ms": 100.0, "later_first_token_ms": 1.0, "first_token_ms": 1.0}
    figures, _ = figures_of(
        TASK, (Example(id="busy visit 0", given={"part": "busy visit"}), {"first": first, "later": later})
    )
    assert figures["busy.first_sentence_p50_ms"] == 7_000 and "first_sentence_p50_ms" not in figures
    bars = {metric.name: metric.bar for metric in TASK.metrics}
    assert bars["busy.first_sentence_p50_ms"] == 3 * bars["first_sentence_p50_ms"]


def test_what_the_app_costs_is_told_once(figures_of):
    costs = {"memory_mb": 2_000.0, "start_s": 4.0, "model_ready_s": 9.0, "prompts_read_s": 20.0}
    figures, bounds = figures_of(TASK, (Example(id="app", given={"part": "app"}), costs))
    assert figures == costs and not bounds


def test_a_parts_figures_are_of_its_calls(figures_of):
    calls = [(Example(id=f"filter {n}", given={"part": "filter", "product": "P"}), {"ms": n}) for n in range(1, 21)]
    events = Example(id="events", given={"part": "events"}), {"per_s": 3_000.0, "batches_ms": [40.0, 50.0]}
    figures, _ = figures_of(BENCH, *calls, events)
    assert (figures["filter_p50_ms"], figures["filter_p95_ms"]) == (10, 19)
    assert (figures["events_per_s"], figures["event_batch_p95_ms"]) == (3_000, 50)
