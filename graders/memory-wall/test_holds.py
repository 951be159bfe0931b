"""Can readers put books on hold, without a process being left behind for each?"""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from kikori.grading import Answer, Scene, eventually, say

SERVICE = "catalogue"
HOLDS, SPARE = 12, 4


def content(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def reserve(scene: Scene, book: int) -> tuple[Answer, str]:
    """Put a book on hold for a reader of ours; the answer, and the hold's number where there is one."""
    order = {"book": book, "reader": f"kikori-{secrets.token_hex(3)}"}
    answer = scene.ask("POST", SERVICE, "/holds", json=order)
    return answer, str(content(answer).get("id") or "")


@pytest.mark.needs("test_answer")
def test_hold(scene: Scene) -> None:
    """A reader puts a book on hold, and its slip is written.

    ja: 利用者が本を予約でき、その予約票が書かれる。
    """
    book = secrets.randbelow(9000) + 1000
    answer, number = reserve(scene, book)
    assert number, say(
        f"expected a hold with a number, saw {answer}: {answer.text[:80].strip()!r}",
        f"予約には番号が付いて返るはずですが、{answer} でした: {answer.text[:80].strip()!r}",
    )

    def slip() -> str:
        return str(content(scene.get(SERVICE, f"/holds/{number}")).get("slip") or "")

    def is_complete(text: str) -> bool:
        return all(word in text for word in (str(book), scene.params["town"]))

    written = eventually(slip, is_complete, within=4)
    scene.ask("DELETE", SERVICE, f"/holds/{number}")  # a grader reads no books
    assert is_complete(written), say(
        f"the book is on hold, but its slip says {written[:80]!r}: the front desk would not find it",
        f"予約はされましたが、予約票は {written[:80]!r} です。これではカウンターの人が本を見つけられません",
    )


@pytest.mark.timeout(40)
@pytest.mark.needs("test_hold")
def test_nothing_left_running(scene: Scene, account: Callable[[], Any]) -> None:
    """After twice as many holds the service has no more processes than before.

    ja: 予約が2倍になっても、プロセスの数は増えない。
    """
    taken = [reserve(scene, 1000 + number) for number in range(HOLDS)]
    once = account()  # None where nothing can be started any more
    taken += [reserve(scene, 2000 + number) for number in range(HOLDS)]
    most = once.processes + SPARE if once else 0
    twice = eventually(account, lambda seen: bool(seen and seen.processes <= most), within=8)
    for number in (number for _, number in taken if number):
        scene.ask("DELETE", SERVICE, f"/holds/{number}")
    refused = [answer for answer, number in taken if not number]
    assert not refused, say(
        f"of {len(taken)} holds {len(refused)} were refused: {refused[0] if refused else ''}",
        f"{len(taken)} 件の予約のうち {len(refused)} 件が断られました: {refused[0] if refused else ''}",
    )
    assert twice, say(
        f"after {len(taken)} holds not one more process can be started in the container",
        f"{len(taken)} 件の予約のあと、コンテナーの中でプロセスをもう一つも起動できません",
    )
    assert twice.processes <= most, say(
        f"after {HOLDS} holds the service has {most - SPARE} processes, after {len(taken)} it has {twice.processes}, "
        "and they don't end. How many can there be, and then?",
        f"プロセスは {HOLDS} 件の予約のあとで {most - SPARE} 個、{len(taken)} 件のあとで {twice.processes} 個になり、"
        "終わりません。いくつまで増え、そのあとどうなるでしょうか",
    )
