"""Do travellers see and book the ferry's seats, also after seats has moved, and is nobody reached who should not be?"""

import json
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually, quoted, say, says_well_in_vain

EVERYBODY = ("front", "seats", "store")
# The supervisor takes up to five seconds to notice a service that a learner adds.
JUST_MENDED = 7
# The task promises ten seconds; the rest is for a busy computer.
FOLLOWED_WITHIN = 13

Move = Callable[[], AbstractContextManager[tuple[str, str]]]


def ask(scene: Scene, method: str, path: str, **options: object) -> Answer:
    """Ask at the published port of the page; where several are published, the one that answers counts."""
    published = scene.inspect("front")["HostConfig"]["PortBindings"] or {}
    answer = Answer(status=0, text=say("front publishes no port", "front はポートを公開していない"))
    for port in sorted(int(name.split("/")[0]) for name in published):
        answer = scene.ask(method, "front", path, port, **options)
        if answer.status:
            break
    return answer


def content(answer: Answer) -> dict[str, Any]:
    """The JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def free(scene: Scene) -> object:
    """The free seats that a traveller is told."""
    seen = eventually(lambda: ask(scene, "GET", "/seats"), lambda answer: answer.status == 200, within=3)
    return content(seen).get("free")


def in_store(scene: Scene) -> int:
    """The free seats that the store has."""
    return int(scene.debug("store", "kikori/lost-neighbour-store").check_output("valkey-cli get free"))


def networks(scene: Scene, service: str) -> dict[str, dict[str, Any]]:
    """The networks that a service is on, by Docker's name for them."""
    return dict(scene.inspect(service)["NetworkSettings"]["Networks"])


@pytest.mark.timeout(30)
@pytest.mark.guard
def test_everybody_is_there(scene: Scene) -> None:
    """Page, seats and store are all running.

    ja: ページ、空席のサービス、保管庫が、どれも動いている。
    """

    def missing() -> list[str]:
        return [f"{name} ({scene.state(name)})" for name in EVERYBODY if scene.state(name) != "running"]

    seen = eventually(missing, lambda gone: not gone, within=3)
    assert not seen, say(
        f"expected three running services, not so {', '.join(seen)}. What were its last words?",
        f"三つのサービスが動いているはずですが、{'、'.join(seen)} は違います。最後に残した言葉は何でしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_everybody_is_there")
def test_front_and_store_share_no_network(scene: Scene) -> None:
    """The page, which faces the world, is on no network with the store.

    ja: 外に面したページは、保管庫とどのネットワークも共有していない。
    """
    shared = sorted(networks(scene, "front").keys() & networks(scene, "store").keys())
    assert not shared, say(
        f"front and store meet on {', '.join(shared)}: whoever gets into the page can read and write every booking",
        f"front と store が {', '.join(shared)} で隣り合っています。"
        "ページに入り込んだ者が、すべての予約を読み書きできます",
    )


@pytest.mark.guard
@pytest.mark.needs("test_everybody_is_there")
def test_only_front_is_published(scene: Scene) -> None:
    """Of the three, only the page has a published port.

    ja: 三つのうち、公開ポートを持つのはページだけ。
    """
    open_to_all = [name for name in ("seats", "store") if scene.inspect(name)["HostConfig"]["PortBindings"]]
    assert not open_to_all, say(
        f"{', '.join(open_to_all)} has a published port: neighbours need none, and now strangers can call it",
        f"{', '.join(open_to_all)} のポートが公開されています。"
        "隣どうしなら公開は不要ですし、見知らぬ人も呼べるようになりました",
    )


@pytest.mark.guard
@pytest.mark.needs("test_everybody_is_there")
def test_correction_is_for_the_crew(scene: Scene) -> None:
    """Corrections can be made in the container of seats, and from nowhere else.

    ja: 訂正は、seats のコンテナーの中からだけできる。
    """
    seats = scene.debug("seats")
    inside = eventually(lambda: seats.run("curl -fsS -m 4 http://127.0.0.1:9000/free"), lambda seen: seen.succeeded)
    assert inside.stdout.strip().isdigit(), say(
        "expected the crew's shell in seats to get the number from port 9000, it got "
        f"{quoted(inside.stdout or inside.stderr)}",
        "seats の中のシェルからはポート 9000 で席数が読めるはずですが、返ってきたのは "
        f"{quoted(inside.stdout or inside.stderr)} です",
    )
    places = [f"{net['IPAddress']}:9000" for net in networks(scene, "seats").values() if net["IPAddress"]]
    open_to = [place for place in places if seats.run(f"curl -fsS -m 3 http://{place}/free").succeeded]
    assert not open_to, say(
        f"the correction port answers at {', '.join(open_to)}, where neighbours reach it, and asks nobody who calls",
        f"訂正用のポートが {', '.join(open_to)} で応答しています。隣のコンテナーから届き、相手を確かめもしません",
    )


@pytest.mark.needs("test_everybody_is_there")
def test_page(scene: Scene) -> None:
    """A traveller who opens the ferry's page sees it.

    ja: フェリーのページを開いた乗客に、ページが見える。
    """
    answer = eventually(lambda: ask(scene, "GET", "/"), lambda seen: seen.status == 200, within=3)
    shown = answer.status == 200 and scene.params["ship"] in answer.text
    assert shown, say(
        f"expected the page of the {scene.params['ship']} at the published port, saw {answer}. "
        "Who waits behind that port?",
        f"公開ポートには {scene.params['ship']} のページがあるはずですが、{answer} でした。その先で誰が待っていますか",
    )


@pytest.mark.needs("test_page")
def test_seats(scene: Scene) -> None:
    """A traveller is told the free seats.

    ja: 乗客に空席の数が伝わる。
    """
    answer = eventually(lambda: ask(scene, "GET", "/seats"), lambda seen: seen.status == 200, within=JUST_MENDED)
    wanted = {"ship": scene.params["ship"], "free": in_store(scene)}
    told = f"{answer} {content(answer) or ''}".strip()
    assert content(answer) == wanted, say(
        f"expected /seats to tell the {wanted['free']} seats that the store has, saw {told}. "
        "How far did the question come?",
        f"/seats は保管庫にある {wanted['free']} 席を答えるはずですが、{told} でした。質問はどこまで届いたのでしょうか",
    )


@pytest.mark.needs("test_seats")
def test_booking(scene: Scene) -> None:
    """A traveller can book, and the seat is no longer free.

    ja: 乗客が予約でき、その席は空席でなくなる。
    """
    before = free(scene)
    taken = ask(scene, "POST", "/seats/bookings", json={"name": f"kikori-{secrets.token_hex(3)}", "count": 1})
    number = content(taken).get("id")
    after, kept = free(scene), in_store(scene)
    if number:
        ask(scene, "DELETE", f"/seats/bookings/{number}")  # a grader takes no ferry
    booked = number and isinstance(before, int) and after == before - 1
    assert booked, say(
        f"expected a booking to be taken and one seat fewer than {before}, saw {taken} and then {after}. Who answers?",
        f"予約が受け付けられて {before} から1席減るはずですが、{taken}、その後の空席は {after} でした。"
        "答えているのは誰でしょうか",
    )
    assert kept == after, say(
        f"a booking was taken, and travellers are told that {after} seats are free; the store has {kept}. "
        "What becomes of the booking when seats ends?",
        f"予約は受け付けられ、乗客には空席が {after} と伝わりますが、保管庫の数は {kept} です。"
        "seats が終わったら、その予約はどうなるのでしょうか",
    )


@pytest.mark.needs("test_everybody_is_there")
def test_healthy(scene: Scene) -> None:
    """The engine's healthchecks of page and seats are content.

    ja: ページと seats のヘルスチェックが、正常だと答えている。
    """

    def ill() -> list[str]:
        seen = {name: scene.inspect(name)["State"].get("Health") or {"Status": "none"} for name in ("front", "seats")}
        return [f"{name} {health['Status']}" for name, health in seen.items() if health["Status"] != "healthy"]

    unwell = eventually(ill, lambda names: not names, within=5)
    assert not unwell, say(
        f"expected both to be healthy, Docker says {', '.join(unwell)}. Where does the healthcheck ask?",
        f"どちらも healthy になるはずですが、Docker によれば {', '.join(unwell)} です。"
        "ヘルスチェックはどこに尋ねていますか",
    )
    blind = [name for name in ("front", "seats") if says_well_in_vain(scene, name)]
    assert not blind, say(
        f"where nothing of {', '.join(blind)} runs, its healthcheck says well. When would it say anything else?",
        f"{'、'.join(blind)} が何も動いていないところでも、ヘルスチェックは成功します。"
        "ほかの答えになるのは、どんなときでしょうか",
    )


@pytest.mark.timeout(90)
@pytest.mark.needs("test_booking", "test_front_and_store_share_no_network", "test_only_front_is_published")
def test_another_address_is_followed(scene: Scene, move: Move, names: Callable[[], None]) -> None:
    """When seats gets another address, travellers have their answer again within ten seconds.

    ja: seats のアドレスが変わっても、10秒以内に乗客への答えが戻る。
    """

    def three_travellers() -> Answer:
        for _ in range(3):
            answer = ask(scene, "GET", "/seats")
            if answer.status != 200:
                names()
                break
        return answer

    with move() as (before, after):
        seen = eventually(three_travellers, lambda answer: answer.status == 200, FOLLOWED_WITHIN, 0.2)
    if before == after:
        raise OurFault(f"seats could not be moved away from {before}")
    assert seen.status == 200, say(
        f"seats was stopped at {before} and came back at {after}, as after a release, and {FOLLOWED_WITHIN} s later "
        f"travellers still see {seen}. From where does front know the address?",
        f"リリースのときのように、seats を {before} で止めると {after} で戻ってきましたが、{FOLLOWED_WITHIN} 秒たっても"
        f"乗客には {seen} が返ります。front はアドレスをどこから知るのでしょうか",
    )
