"""Can readers put books on hold, without anything being left behind for each?"""

import json
import secrets
from collections.abc import Callable
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, growth, quoted, say, unkept

SERVICE = "catalogue"
HOLDS, SPARE = 12, 4
MOST = dict.fromkeys(("tasks", "ended", "descriptors", "connections", "files"), SPARE) | {"bytes": 64 * 1024}
"""What a round of holds may leave; the healthcheck is at work meanwhile."""


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


def slip(scene: Scene, number: str) -> str:
    """The slip of a hold; empty where there is none."""
    return str(content(scene.get(SERVICE, f"/holds/{number}")).get("slip") or "")


def is_complete(scene: Scene, text: str, book: int) -> bool:
    """Whether a slip says which book it is, and whose."""
    return all(word in text for word in (str(book), scene.params["town"]))


@pytest.mark.needs("test_answer")
def test_hold(scene: Scene) -> None:
    """A reader puts a book on hold, and its slip is written.

    ja: 利用者が本を予約でき、その予約票が書かれる。
    """
    book = secrets.randbelow(9000) + 1000
    answer, number = reserve(scene, book)
    assert number, say(
        f"expected a hold with a number, saw {answer}: {quoted(answer.text)}",
        f"予約には番号が付いて返るはずですが、{answer} でした: {quoted(answer.text)}",
    )

    written = eventually(lambda: slip(scene, number), lambda text: is_complete(scene, text, book), within=4)
    scene.ask("DELETE", SERVICE, f"/holds/{number}")  # a grader reads no books
    assert is_complete(scene, written, book), say(
        f"the book is on hold, but its slip says {quoted(written)}: the front desk would not find it",
        f"予約はされましたが、予約票は {quoted(written)} です。これではカウンターの人が本を見つけられません",
    )


class Morning:
    """Holds that are taken, looked up and cancelled, until one of them is refused or has no slip."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.holds = 0
        self.refused: list[Answer] = []
        self.without: dict[Any, bool] = {}

    def go_on(self) -> None:
        """One round more."""
        if self.refused or self.without:
            return
        books = [1000 + secrets.randbelow(9000) for _ in range(HOLDS)]
        taken = [(book, *reserve(self.scene, book)) for book in books]
        self.holds += HOLDS
        self.refused = [answer for _, answer, number in taken if not number]
        told = {(number, book): True for book, _, number in taken if number}
        self.without = unkept(told, lambda of: is_complete(self.scene, slip(self.scene, of[0]), of[1]), within=6)
        for number, _ in told:
            self.scene.ask("DELETE", SERVICE, f"/holds/{number}")


@pytest.mark.timeout(60)
@pytest.mark.needs("test_hold")
def test_nothing_left_running(scene: Scene, kept: Callable[[], Any], listed: Callable[[dict[str, int]], str]) -> None:
    """Each of many holds has its slip, and once it is cancelled nothing is left of it: no process, no file.

    ja: たくさんの予約のどれにも予約票があり、取り消した後には、プロセスもファイルも、何も残らない。
    """
    morning, left = Morning(scene), dict[str, int]()
    try:
        left = growth(kept, morning.go_on, MOST, rounds=2, rest=6)
    except OurFault:
        if scene.state(SERVICE) == "running":
            raise
    state = scene.state(SERVICE)
    assert state == "running", say(
        f"after {morning.holds} holds the container is {state}",
        f"{morning.holds} 件の予約のあと、コンテナーは {state} です",
    )
    refused, without = morning.refused, morning.without
    assert not refused, say(
        f"of {morning.holds} holds {len(refused)} were refused: {refused[0] if refused else ''}",
        f"{morning.holds} 件の予約のうち {len(refused)} 件が断られました: {refused[0] if refused else ''}",
    )
    assert not without, say(
        f"of {morning.holds} holds, each of which got a number, {len(without)} have no slip: "
        "who would fetch those books?",
        f"番号の付いた {morning.holds} 件の予約のうち {len(without)} 件には予約票がありません。"
        "その本は誰が取りに行くのでしょうか",
    )
    assert not left, say(
        f"{morning.holds} holds were taken and cancelled, and of the last {HOLDS} there is still more than before: "
        f"{listed(left)}. "
        "How many can there be, and then?",
        f"{morning.holds} 件の予約を受けて取り消しましたが、最後の {HOLDS} 件でまだ残っているものがあります: "
        f"{listed(left)}。"
        "いくつまで増え、そのあとどうなるでしょうか",
    )
