"""Does the counter go on when a store does not, and does each telegram's record arrive, once, in order and whole?"""

import itertools
import json
import statistics
from typing import Any

import pytest

from kikori.grading import Scene, assert_running, assert_unprivileged, eventually, quoted, reasons, say

reason = reasons(__file__)

SERVICES = ("counter", "logs", "metrics")
AGAIN = 300  # unconfirmed is sent again: 128 at most, and a queue with a disk behind has two senders
FEW = 3  # records that somebody had in hand; a place that is full, or that ends with its process, costs more
SWAPS = 0.05  # of all records: at a restart a few may change places
STALLED = 1.5  # seconds: no busy computer makes an answer of a millisecond so late, twice
pytestmark = pytest.mark.timeout(140)  # a bad day is lived by the first check that asks for it


def late_at(took: list[float], calm: list[float]) -> float:
    """The slowest answer of a part of the day when it was slow beyond doubt; else 0."""
    usual, most = statistics.median(calm), sorted(took)
    stalled = most[-2:][0] > STALLED or most[len(most) * 9 // 10] > 0.3 + 10 * usual
    return most[-1] if stalled else 0.0


def is_whole(text: str, row: str) -> bool:
    """Whether a stored record has a text to the letter: as it is, or as JSON writes it."""
    try:
        record = str(json.loads(row)["record"])
    except (ValueError, TypeError, KeyError):
        record = row
    return any(form in record for form in (text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]))


def fate(day: Any, kind: str) -> str:
    """What became of the record of a special text: whole, changed or gone."""
    text = day.special[kind]
    number = next((number for number, sent in day.telegrams.accepted.items() if sent == text), 0)
    rows = [row for seen, row in day.arrived if seen == number]
    if not rows:
        return reason("fate")
    return "" if is_whole(text, rows[0]) else reason("fate-2")


@pytest.mark.guard
def test_services_are_up(scene: Scene) -> None:
    """The containers of the counter and of both stores are running.

    ja: 受付と、二つの保管先のコンテナーが動いている。
    """
    assert_running(scene, *SERVICES)


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_nobody_is_root(scene: Scene) -> None:
    """The counter and its agents do not run as root, and only root can change what they run.

    ja: 受付もエージェントも root で動かず、実行するものを変えられるのは root だけ。
    """
    assert_unprivileged(scene, "counter", "/srv/counter", "/etc")


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_telegrams_are_taken(scene: Scene) -> None:
    """On a calm day the counter takes a telegram and gives it a number.

    ja: 静かな日には、受付は電報を受け付け、番号を返す。
    """
    telegram = {"to": "the desk", "text": "A word in between."}
    seen = eventually(
        lambda: scene.ask("POST", "counter", "/telegrams", json=telegram), lambda seen: seen.status == 201, within=6
    )
    assert seen.status == 201, reason("telegrams-are-taken", seen=seen)


@pytest.mark.needs("test_telegrams_are_taken")
def test_counter_stays_prompt(day: Any) -> None:
    """Customers wait no longer when a store is away or slow.

    ja: 保管先が止まっても遅くなっても、客の待ち時間は延びない。
    """
    away, slow = late_at(day.away, day.calm), late_at(day.slow, day.calm)
    usual = statistics.median(day.calm) * 1000
    prompt = not away and not slow and not day.telegrams.refused
    assert prompt, reason(
        "counter-stays-prompt", usual=usual, away=max(day.away), slow=max(day.slow), count=len(day.telegrams.refused)
    )


@pytest.mark.needs("test_telegrams_are_taken")
def test_nothing_is_lost(day: Any) -> None:
    """Every telegram that was accepted has its record in the store, also after a bad day.

    ja: 受け付けた電報の記録は、悪い一日のあとにも、すべて保管先にある。
    """
    plain = day.telegrams.plain()
    missing = sorted(plain - {number for number, _ in day.arrived})
    few = 0 < len(missing) <= FEW
    assert not missing, say(
        f"{len(plain)} telegrams were accepted; of {len(missing)} there is no record, from number {missing[0]} to "
        f"{missing[-1]}. The records' store was slow from {day.parts[0]} on and was killed at {day.parts[1]}; both "
        f"stores were away from {day.parts[2]} to {day.parts[3]}, and then the counter's computer was restarted. "
        + (
            "So few are not for want of room. Who was trying to hand such a record over then, and who took it for done?"
            if few
            else "Where was a record at that moment?"
        ),
        f"受け付けた電報 {len(plain)} 通のうち、{len(missing)} 通の記録がありません（{missing[0]} 番から "
        f"{missing[-1]} 番の間）。記録の保管先は {day.parts[0]} 番から遅くなり、{day.parts[1]} 番で強制終了しました。"
        f"{day.parts[2]} 番から {day.parts[3]} 番まで両方の保管先が止まり、そのあと受付のコンピューターが"
        "再起動しました。"
        + (
            "これほど少ないのは、場所が足りなかったからではありません。そのとき、その記録を渡そうとしていたのは誰で、"
            "もう済んだと思っていたのは誰でしょうか"
            if few
            else "そのとき、記録はどこにありましたか"
        ),
    )


@pytest.mark.needs("test_telegrams_are_taken")
def test_little_comes_twice(day: Any) -> None:
    """A record comes twice at most where a confirmation was lost.

    ja: 記録が2度届くのは、せいぜい確認が失われたときだけ。
    """
    again = len(day.arrived) - len({number for number, _ in day.arrived})
    assert again <= AGAIN, reason("little-comes-twice", again=again, again_2=AGAIN)


@pytest.mark.needs("test_telegrams_are_taken")
def test_order_is_kept(day: Any) -> None:
    """Records arrive in the order in which the telegrams were accepted, but for a few at a restart.

    ja: 記録は、再起動時のわずかな例外を除いて、受け付けた順に届く。
    """
    first = list(dict.fromkeys(number for number, _ in day.arrived))
    swaps = sum(after < before for before, after in itertools.pairwise(first))
    assert swaps <= 10 + SWAPS * len(first), reason("order-is-kept", count=len(first), swaps=swaps)


@pytest.mark.needs("test_telegrams_are_taken")
def test_every_language(day: Any) -> None:
    """A record says what the customer wrote, in every language.

    ja: どの言語で書かれた電報も、記録に書かれたとおり残る。
    """
    seen = fate(day, "language")
    assert not seen, reason(
        "every-language", language=quoted(day.special["language"]), seen=seen, language_2=day.special["language"]
    )


@pytest.mark.needs("test_telegrams_are_taken")
def test_every_line(day: Any) -> None:
    """A record says what the customer wrote, on every line.

    ja: 何行にわたる電報も、記録に書かれたとおり残る。
    """
    seen = fate(day, "lines")
    assert not seen, reason("every-line", seen=seen)


@pytest.mark.needs("test_telegrams_are_taken")
def test_every_length(day: Any) -> None:
    """A record says what the customer wrote, to the end.

    ja: 長い電報も、記録に最後まで残る。
    """
    seen, size = fate(day, "long"), len(day.special["long"]) // 1024
    assert not seen, reason("every-length", size=size, seen=seen)
