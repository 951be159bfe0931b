"""Does the counter go on when a store does not, and does each telegram's record arrive, once, in order and whole?"""

import itertools
import json
import statistics
from typing import Any

import pytest
from reach import doors_for_all, not_offered

from kikori.grading import File, Scene, assert_running, assert_unprivileged, eventually, quoted, reasons, say

reason = reasons(__file__)

SERVICES = ("counter", "logs", "metrics")
STORES = {
    "logs": ("/etc/rsyslog.conf", "/etc/roles/logs/store/run"),
    "metrics": ("/etc/roles/metrics/store/run",),
}
AGAIN = 300  # unconfirmed is sent again: 128 at most, and a queue with a disk behind has two senders
FEW = 3  # records that somebody had in hand; a place that is full, or that ends with its process, costs more
SWAPS = 0.05  # of all records: at a restart a few may change places
STALLED = 1.5  # seconds: no busy computer makes an answer of a millisecond so late, twice
EVERYBODY, STICKY = 0o002, 0o1000  # who may write; where each owns what is theirs
KEPT = ("/srv", "/opt", "/etc", "/usr/local", "/var", "/run")  # where programs, settings, logs and what waits may lie
pytestmark = pytest.mark.timeout(160)  # a bad day is lived by the first check that asks for it


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


def rows_of(day: Any) -> dict[int, list[str]]:
    """Gather what the store has of each telegram."""
    rows = dict[int, list[str]]()
    for number, row in day.arrived:
        rows.setdefault(number, []).append(row)
    return rows


def fate(day: Any, kind: str, wanted: str = "") -> str:
    """Say what became of a special telegram, or of ``wanted`` in its record.

    It came on the calm part of the day, and again while the stores were away. Where others of that time are missing as
    well, it is not the text, and another check tells.
    """
    text = day.telegrams.special[kind]
    numbers = [number for number, sent in day.telegrams.accepted.items() if sent == text]
    if not numbers:
        return reason("fate-0")
    rows = rows_of(day)
    many_are_lost = bool(day.telegrams.plain() - rows.keys())
    for number in numbers:
        away = number > day.parts[3]
        if number not in rows:
            if away and many_are_lost:
                continue
            return reason("fate-away") if away else reason("fate")
        if not any(is_whole(wanted or text, row) for row in rows[number]):
            return reason("fate-away-2") if away else reason("fate-2")
    return ""


def changed(scene: Scene, service: str, *paths: str) -> list[str]:
    """Name the files of a service that differ from its image's."""
    image = scene.debug(service, str(scene.inspect(service)["Config"]["Image"]))
    return [path for path in paths if scene.read(service, path) != image.run("cat %s", path).stdout]


def open_to_all(scene: Scene) -> list[File]:
    """Find what everybody on the counter's computer may change."""
    found = scene.sidecar("counter").files(*KEPT)
    plain = [one for one in found if one.kind in ("file", "folder") and one.is_open_to(EVERYBODY)]
    return [one for one in plain if not one.mode & STICKY]


@pytest.mark.guard
def test_services_are_up(scene: Scene) -> None:
    """The containers of the counter and of both stores are running.

    ja: 受付と、二つの保管先のコンテナが動いている。
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
@pytest.mark.static
@pytest.mark.needs("test_services_are_up")
def test_nothing_is_open_to_all(scene: Scene) -> None:
    """Not everybody on the counter's computer can change what lies there.

    ja: 受付のコンピューターにあるものは、誰でも変えられるわけではない。
    """
    wide = open_to_all(scene)
    path, mode = (wide[0].path, wide[0].mode) if wide else ("", 0)
    assert not wide, reason("open-to-all", path=path, mode=mode)
    doors = doors_for_all(scene)
    path, mode = doors[0] if doors else ("", 0)
    assert not doors, reason("door-for-all", path=quoted(path), mode=mode)


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_others_stay_outside(scene: Scene) -> None:
    """Other computers get as far as the counter's own port, and no further.

    ja: ほかのコンピューターから届くのは、受付自身のポートだけ。
    """
    # What asks a name server has a port for an instant: only who still waits a moment later lets others in.
    first = not_offered(scene)
    stays = eventually(lambda: first & not_offered(scene), lambda left: not left, within=2) if first else first
    seen = ", ".join(f"{kind} {port}" for kind, port in sorted(stays))
    assert not stays, reason("others-stay-outside", seen=seen)


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.needs("test_services_are_up")
def test_stores_are_as_they_were(scene: Scene) -> None:
    """The stores, which other branches share, have the settings that they had.

    ja: ほかの支店と共用する保管先の設定は、元のまま。
    """
    for service, paths in STORES.items():
        others = changed(scene, service, *paths)
        assert not others, reason("stores-are-as-they-were", service=service, paths=others)


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
    """Customers wait no longer when a store is away or slow, or is just back.

    ja: 保管先が止まっても、遅くなっても、戻った直後も、客の待ち時間は延びない。
    """
    away, slow, back = (late_at(took, day.calm) for took in (day.away, day.slow, day.back))
    usual, refused = statistics.median(day.calm) * 1000, day.telegrams.refused
    assert not away, reason("stays-prompt-away", usual=usual, away=max(day.away), count=len(refused))
    assert not slow, reason("stays-prompt-slow", usual=usual, slow=max(day.slow), count=len(refused))
    assert not back, reason("stays-prompt-back", usual=usual, back=max(day.back), count=len(refused))
    seen = [str(status) if status else say("none", "なし") for status in sorted(set(refused))]
    assert not refused, reason("none-is-refused", count=len(refused), seen=seen)


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
        f"{missing[-1]}. The counter's agents were stopped for a moment at {day.parts[0]}. The records' store was slow "
        f"from {day.parts[1]} on and was killed at {day.parts[2]}. The agents were stopped again at {day.alone}, and "
        f"the counter was restarted before they were back. Both stores were away from {day.parts[3]} to "
        f"{day.parts[4]}, and then the counter's computer was restarted. "
        + (
            "So few are seldom for want of room. Who was to hand such a record over then, and who took it for done?"
            if few
            else "Where was a record at that moment?"
        ),
        f"受け付けた電報 {len(plain)} 通のうち、{len(missing)} 通の記録がありません（{missing[0]} 番から "
        f"{missing[-1]} 番の間）。{day.parts[0]} 番で受付のエージェントが少しの間止まりました。記録の保管先は "
        f"{day.parts[1]} 番から遅くなり、{day.parts[2]} 番で強制終了しました。{day.alone} 番で"
        f"エージェントがもう一度止まり、戻る前に受付が再起動しました。{day.parts[3]} 番から "
        f"{day.parts[4]} 番まで両方の保管先が止まり、そのあと受付のコンピューターが再起動しました。"
        + (
            "これほど少ないのは、たいてい、場所が足りなかったからではありません。そのとき、その記録を渡すはずだったのは誰で、"
            "もう済んだと思っていたのは誰でしょうか"
            if few
            else "そのとき、記録はどこにありましたか"
        ),
    )


@pytest.mark.needs("test_telegrams_are_taken")
def test_nothing_is_held_back(day: Any) -> None:
    """What was accepted while no agent was there has its record soon after one is back, with nothing restarted.

    ja: エージェントがいない間に受け付けた電報の記録は、エージェントが戻れば、何も再起動しなくても、まもなく届く。
    """
    late = sorted(day.late & {number for number, _ in day.arrived})
    first = late[0] if late else 0
    assert not late, reason("nothing-is-held-back", late=len(late), first=first)


@pytest.mark.needs("test_telegrams_are_taken")
def test_little_comes_twice(day: Any) -> None:
    """A record comes twice only where a confirmation was lost.

    ja: 同じ記録が2回届くのは、確認が失われたときだけ。
    """
    again = len(day.arrived) - len({number for number, _ in day.arrived})
    assert again <= AGAIN, reason("little-comes-twice", again=again, again_2=AGAIN)


@pytest.mark.needs("test_telegrams_are_taken")
def test_order_is_kept(day: Any) -> None:
    """Records arrive in the order in which the telegrams were accepted, but for a few at a restart.

    ja: 記録は、再起動時のわずかな例外を除いて、受け付けた順に届く。
    """
    one_by_one = (number for number, _ in day.arrived if number not in day.telegrams.rush)
    first = list(dict.fromkeys(one_by_one))
    swaps = sum(after < before for before, after in itertools.pairwise(first))
    assert swaps <= 10 + SWAPS * len(first), reason("order-is-kept", count=len(first), swaps=swaps)


@pytest.mark.needs("test_telegrams_are_taken")
def test_records_are_whole(day: Any) -> None:
    """Each record is one telegram's, to the letter, also when many come at once, or have to wait.

    ja: 電報が一度に来ても、待たされても、記録は1通ごとに一字一句そのまま残る。
    """
    rows, accepted = rows_of(day), day.telegrams.accepted
    rush = day.telegrams.rush & accepted.keys()
    gone = len(rush - rows.keys())
    assert not gone, reason("rush-is-gone", many=len(rush), gone=gone)
    looked_at = (rush | day.telegrams.plain()) & rows.keys()
    changed = sorted(one for one in looked_at if not any(is_whole(accepted[one], row) for row in rows[one]))
    first = changed[0] if changed else 0
    assert not changed, reason("records-are-whole", many=len(looked_at), changed=len(changed), first=first)


@pytest.mark.needs("test_telegrams_are_taken")
def test_numbers_are_unique(day: Any) -> None:
    """Every accepted telegram gets a number that no other has, also after a restart.

    ja: 受け付けた電報には、再起動のあとも、ほかのどれとも違う番号が付く。
    """
    given = day.telegrams.given
    count = len({str(number) for number in given if number is not None})
    assert count == len(given), reason("numbers-are-unique", many=len(given), count=count)


@pytest.mark.needs("test_telegrams_are_taken")
def test_every_language(day: Any) -> None:
    """A record says what the customer wrote, in every language.

    ja: どの言語で書かれた電報も、記録に書かれたとおり残る。
    """
    seen, text = fate(day, "language"), quoted(day.telegrams.special["language"])
    assert not seen, reason("every-language", text=text, seen=seen)


@pytest.mark.needs("test_telegrams_are_taken")
def test_every_sign(day: Any) -> None:
    """A record says what the customer wrote, with every sign.

    ja: どんな記号を含む電報も、記録に書かれたとおり残る。
    """
    seen, text = fate(day, "signs"), quoted(day.telegrams.special["signs"], 300)
    assert not seen, reason("every-sign", text=text, seen=seen)


@pytest.mark.needs("test_telegrams_are_taken")
def test_every_recipient(day: Any) -> None:
    """A record says to whom the telegram is, as the customer wrote the name.

    ja: 記録には、宛名も書かれたとおり残る。
    """
    seen, text = fate(day, "recipient", day.telegrams.name), quoted(day.telegrams.name)
    assert not seen, reason("every-recipient", text=text, seen=seen)


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
    seen, size = fate(day, "long"), len(day.telegrams.special["long"]) // 1024
    assert not seen, reason("every-length", size=size, seen=seen)
