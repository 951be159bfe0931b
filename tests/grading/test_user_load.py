"""Users of a check: every answer is counted, and nobody is cut off."""

from __future__ import annotations

import threading
import time

from kikori.grading import Answer, load


def test_every_answer_is_counted_and_no_number_is_given_twice() -> None:
    asked, turn = list[int](), threading.Lock()

    def ask(number: int) -> Answer:
        with turn:
            asked.append(number)
        time.sleep(0.01)
        return Answer(status=503 if number % 5 == 0 else 200, text="")

    met = load(ask, users=4, seconds=0.3)
    assert sorted(asked) == list(range(len(asked)))
    assert len(met.served) == len(asked) >= 8
    assert met.statuses[503] == len(met.other_than(200)) == len([number for number in asked if number % 5 == 0])
    assert 0.01 <= met.percentile(50) <= met.percentile(99)


def test_a_request_that_has_begun_is_answered() -> None:
    over = threading.Event()

    def ask(_: int) -> Answer:
        over.wait(0.5)
        return Answer(status=200, text="")

    assert load(ask, users=2, seconds=0.05).statuses == {200: 2}


def test_nobody_waited_where_nobody_came() -> None:
    assert load(lambda _: Answer(status=200, text=""), users=1, seconds=0).percentile(95) == 0
