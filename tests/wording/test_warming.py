"""What is read beforehand begins as what is asked later, or reading it would be for nothing."""

from os.path import commonprefix

import pytest

from assistant.wording.asking import ask_for
from assistant.wording.evidence import Fact, Point, Subject
from assistant.wording.warming import openings


@pytest.mark.parametrize(("language", "ask"), [("en", "a warm blanket"), ("zh", "一条毯子")])
def test_a_real_request_shares_most_of_its_prompt(language, ask):
    fact = Fact("price", "Price", "$39.99", "p#price")
    point = Point(role="recommend", subject=Subject("p", "product", "Atlas Throw", (fact,)), facts=(fact,), ask=ask)
    real, _ = ask_for(point, point.facts, language)
    whole = "\n".join(message.content for message in real.messages)
    read = ["\n".join(message.content for message in request.messages) for request in openings()]
    shared = [len(commonprefix([whole, one])) for one in read]  # noqa: RUF071 - characters are meant
    assert max(shared) > 0.6 * len(whole)


def test_each_job_and_language_is_read_once():
    slots = [request.slot for request in openings()]
    assert len(slots) == len(set(slots)) >= 8
