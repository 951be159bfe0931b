"""Does the shop take orders again, and is its container as safe as before?"""

import re
import time
from datetime import datetime

import pytest
from customers import ask, cancelled, content, elsewhere, lost, orders_of, placed, uncancelled
from ending import ends_well, grace, next_image, stopped
from planting import compiled
from rights import OWN, may_read, own_processes, programs_of_its_own, rewritable, strangers

from kikori.grading import Answer, Scene, asks, eventually, family, quoted, reasons, says_well_in_vain

reason = reasons(__file__)

GONE = ("exited", "dead", "created")
STAYS = 1.5
"""Seconds that a container lives whose program does not end as it begins."""
FILES = (
    "/entrypoint.sh", "/srv", "/opt", "/app", "/code", "/usr/src", "/usr/local", "/etc/orders", "/var/lib/orders",
)  # fmt: skip
KILLED = 137
"""How a process ends that the kernel ended: 128 and the number of SIGKILL."""
ASKED_AGAIN = 25
"""Seconds within which the engine runs a healthcheck that failed once more."""
UNHEARD = {"SIGKILL", "KILL", "9", "SIGSTOP", "STOP", "19"}
"""Signals that no process gets to see."""


def standing(scene: Scene) -> str:
    """How the container stands, in words for a reason."""
    state = scene.container("orders").attrs["State"]
    return f"{state['Status']} (exit code {state['ExitCode']})" if state["Status"] in GONE else str(state["Status"])


def age(scene: Scene) -> float:
    """For how many seconds the container has run; 0 where it does not, as between two starts of a loop."""
    state = scene.inspect("orders")["State"]
    return time.time() - datetime.fromisoformat(state["StartedAt"]).timestamp() if state["Status"] == "running" else 0.0


@pytest.mark.users
def test_answer(scene: Scene) -> None:
    """A customer who opens the shop's page gets an answer.

    ja: 店のページを開いた客に、応答が返る。
    """

    def visit() -> tuple[Answer, str]:
        return ask(scene, "GET", "/"), scene.state("orders")

    answer, _ = eventually(visit, lambda seen: seen[0].status == 200 or seen[1] in GONE, within=6)
    assert answer.status == 200, reason("answer", answer=answer)


def test_running(scene: Scene) -> None:
    """The container runs.

    ja: コンテナが動いている。
    """
    stays = eventually(lambda: age(scene), lambda seen: seen >= STAYS or scene.state("orders") in GONE, within=5)
    assert scene.state("orders") not in GONE, reason("running", standing=standing(scene))
    assert stays >= STAYS, reason("running-2", stays=STAYS, standing=standing(scene))


@pytest.mark.guard
def test_no_restart_loop(scene: Scene) -> None:
    """The container is not started over and over.

    ja: コンテナが何度も起動し直されてはいない。
    """
    count = int(scene.container("orders").attrs["RestartCount"])
    assert count < 2, reason("no-restart-loop", count=count)


@pytest.mark.timeout(60)
@pytest.mark.needs("test_answer")
def test_settings(scene: Scene) -> None:
    """The shop goes by its own name and limit, as its configuration says; so does a new one, and takes orders.

    ja: 店は設定どおりの名前と上限を名乗る。新しい店のデプロイでも同じで、注文も受け付ける。
    """
    page = ask(scene, "GET", "/").text
    wanted = (scene.params["shop"], scene.params["limit"])
    missing = [word for word in wanted if not re.search(rf"\b{word}\b", page)]
    assert not missing, reason("settings", count=len(missing), page=quoted(page))
    shop, limit, beside = elsewhere(scene)
    told, last = beside.told, beside.last
    assert not beside.has_ended, reason("settings-2", code=beside.code, last=quoted(last))
    assert told, reason("settings-3", last=quoted(last))
    is_told = shop in told and re.search(rf"\b{limit}\b", told)
    assert is_told, reason("settings-4", shop=shop, limit=limit, told=quoted(told))
    assert beside.took, reason("settings-5")


@pytest.mark.users
@pytest.mark.needs("test_answer")
def test_order(scene: Scene) -> None:
    """Orders are taken, kept, can be read again, and can be cancelled.

    ja: 注文が受け付けられ、保存され、あとから読めて、取り消すこともできる。
    """
    taken = placed(scene, "orders")
    away = lost(scene, taken)
    left = uncancelled(scene, taken)
    assert not away, reason("order", count=len(taken), count_2=len(away), iter=next(iter(away.values()), ""))
    assert not left, reason("order-2", count=len(taken), count_2=len(left))


@pytest.mark.timeout(120)
@pytest.mark.needs("test_order", "test_no_restart_loop")
def test_order_outlives_a_stop(scene: Scene) -> None:
    """Told to stop, the service ends by itself; orders are there after a stop, a kill and the next image.

    ja: サービスは、止まるように言われると自分で終わる。注文は、停止や強制終了のあとにも、次のイメージにも残っている。
    """
    taken = placed(scene, "orders before a stop")
    places = [mount["Destination"] for mount in scene.inspect("orders")["Mounts"]]
    loose = [file.path for file in scene.files("orders", *places) if file.kind == "file" and file.is_open_to(0o002)]
    try:
        code = stopped(scene)
        following = next_image(scene, taken)
    finally:  # also where the check is interrupted
        scene.container("orders").start()
    eventually(lambda: ask(scene, "GET", "/"), lambda seen: seen.status != 0, within=15)
    away = lost(scene, taken)
    cancelled(scene, taken)
    assert not away, reason(
        "order-outlives-a-stop", count=len(away), count_2=len(taken), iter=next(iter(away.values()), "")
    )
    assert following.answers, reason("order-outlives-a-stop-6", last=quoted(following.last))
    assert not following.gone, reason("order-outlives-a-stop-2", gone=following.gone, count=len(taken))
    assert not loose, reason("order-outlives-a-stop-3", loose=loose[0] if loose else "")
    signal = str(scene.inspect("orders")["Config"].get("StopSignal") or "SIGTERM").upper()
    assert signal not in UNHEARD, reason("order-outlives-a-stop-4", signal=signal)
    assert code != KILLED, reason("order-outlives-a-stop-5", within=grace(scene), code=code)
    assert ends_well(scene, code), reason("order-outlives-a-stop-8", code=code)
    assert following.is_its_own, reason(
        "order-outlives-a-stop-9", shop=following.shop, limit=following.limit, told=quoted(following.told)
    )
    assert not following.refused, reason("order-outlives-a-stop-10", many=following.many, refused=following.refused)
    assert not following.is_blocked, reason("order-outlives-a-stop-11")
    assert not following.forgotten, reason("order-outlives-a-stop-12", forgotten=following.forgotten)
    assert not following.back, reason("order-outlives-a-stop-13", back=following.back)
    assert following.waits, reason("order-outlives-a-stop-7")


@pytest.mark.users
@pytest.mark.needs("test_answer")
def test_limit(scene: Scene) -> None:
    """An order over the limit is turned down.

    ja: 上限を超える注文は断られる。
    """
    limit = int(scene.params["limit"])
    order = orders_of(scene, "more than the kitchen can cook")[0]
    answer = ask(scene, "POST", "/orders", order | {"count": limit + 1})
    if number := content(answer).get("id"):
        ask(scene, "DELETE", f"/orders/{number}")
    assert 400 <= answer.status < 500, reason("limit", limit=limit, limit_2=limit + 1, answer=answer)


@pytest.mark.timeout(60)
@pytest.mark.needs("test_answer")
def test_healthcheck(scene: Scene) -> None:
    """The engine finds the service healthy, having asked it.

    ja: Docker のヘルスチェックがサービスに尋ねて、正常だと答えている。
    """

    def health() -> str:
        return str((scene.inspect("orders")["State"].get("Health") or {"Status": "none"})["Status"])

    # One answer that came late on a busy computer is no verdict: the next question decides.
    seen = eventually(health, lambda now: now in ("healthy", "none"), within=ASKED_AGAIN)
    assert seen == "healthy", reason("healthcheck", seen=seen)
    assert not says_well_in_vain(scene, "orders"), reason("healthcheck-2")
    assert asks(scene, "orders"), reason("healthcheck-3")


@pytest.mark.needs("test_answer", "test_no_restart_loop")
def test_process_is_not_root(scene: Scene) -> None:
    """No process in the container is root's.

    ja: コンテナの中に root のプロセスはない。
    """
    seen = family(scene.processes("orders"), int(scene.inspect("orders")["State"]["Pid"]))
    assert seen, reason("process-is-not-root")
    assert not any(one.is_root for one in seen), reason("process-is-not-root-2")


@pytest.mark.static
@pytest.mark.needs("test_process_is_not_root")
def test_rights_are_few(scene: Scene) -> None:
    """The service can read its configuration and not rewrite its program, and is in its own group alone.

    ja: サービスは設定を読めるが、自分のプログラムは書き換えられず、自分のグループにだけ属する。
    """
    settings = [file for file in scene.files("orders", "/etc/orders") if file.kind == "file"]
    own = own_processes(scene)
    for one in {(process.uids, process.gids, process.command): process for process in own}.values():
        closed = [file.path for file in settings if not may_read(file, one)]
        assert not closed, reason("rights-are-few", command=quoted(one.command), closed=closed[0] if closed else "")
        foreign = sorted({*one.gids} - {OWN})
        assert not foreign, reason(
            "rights-are-few-2", command=quoted(one.command), foreign=foreign[0] if foreign else "", own=OWN
        )
        changed = rewritable(scene, one)
        assert not changed, reason(
            "rights-are-few-3", command=quoted(one.command), path=changed[0].path if changed else ""
        )


@pytest.mark.static
@pytest.mark.timeout(60)
@pytest.mark.needs("test_process_is_not_root")
def test_runs_what_was_released(scene: Scene) -> None:
    """The service runs what its image brings, and nothing out of a place where it may write.

    ja: サービスが実行するのはイメージに入ったものだけで、自分が書き込める場所のものは実行しない。
    """
    beside = elsewhere(scene)[2]
    kept = [*programs_of_its_own(scene), *beside.programs]
    assert not kept, reason("runs-what-was-released", kept=kept[0] if kept else "")
    assert not beside.runs_from_its_volume, reason("runs-what-was-released-2")
    cached = next(filter(None, (compiled(scene, one) for one in own_processes(scene))), "")
    assert not cached, reason("runs-what-was-released-3", cached=cached)


@pytest.mark.guard
@pytest.mark.static
def test_user_is_not_root(scene: Scene) -> None:
    """The container was started for the user of the service's own, who is not root.

    ja: コンテナは、root ではない、サービス専用のユーザーで起動されている。
    """
    user, number = str(scene.container("orders").attrs["Config"]["User"]) or "root", scene.uid("orders")
    assert number == OWN, reason("user-is-not-root", own=OWN, user=quoted(user), number=number)


@pytest.mark.guard
@pytest.mark.static
def test_files_are_not_open(scene: Scene) -> None:
    """Nobody but root and the service's own user can change what the service runs and reads.

    ja: サービスが実行し、読むファイルを変えられるのは、root とサービス専用のユーザーだけである。
    """
    found = {file.path: file for file in scene.files("orders", *FILES) if strangers(file)}
    path, file = next(iter(found.items()), ("", None))
    assert file is None, reason("files-are-not-open", path=path, owner=file.owner, group=file.group, mode=file.mode)
