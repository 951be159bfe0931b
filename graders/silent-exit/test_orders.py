"""Does the shop take orders again, and is its container as safe as before?"""

import re
import time
from datetime import datetime

import pytest
from customers import ask, cancelled, content, elsewhere, lost, lost_with_the_next_image, orders_of, placed, stopped
from rights import OWN, may_read, programs_of_its_own, rewritable, strangers

from kikori.grading import Answer, Scene, asks, eventually, quoted, say, says_well_in_vain

GONE = ("exited", "dead", "created")
STAYS = 1.5
"""Seconds that a container lives whose program does not end as it begins."""
FILES = ("/entrypoint.sh", "/srv", "/opt", "/app", "/usr/local", "/etc/orders", "/var/lib/orders")
KILLED = 137
"""How a process ends that the kernel ended: 128 and the number of SIGKILL."""
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


def test_answer(scene: Scene) -> None:
    """A customer who opens the shop's page gets an answer.

    ja: 店のページを開いた客に、応答が返る。
    """

    def visit() -> tuple[Answer, str]:
        return ask(scene, "GET", "/"), scene.state("orders")

    answer, _ = eventually(visit, lambda seen: seen[0].status == 200 or seen[1] in GONE, within=3.5)
    assert answer.status == 200, say(
        f"expected status 200 for / at the published port, saw {answer}",
        f"公開されたポートの / には 200 が返るはずですが、{answer} でした",
    )


def test_running(scene: Scene) -> None:
    """The container runs.

    ja: コンテナーが動いている。
    """
    stays = eventually(lambda: age(scene), lambda seen: seen >= STAYS or scene.state("orders") in GONE, within=5)
    assert stays >= STAYS, say(
        f"expected the container to be running, it is {standing(scene)}. What were its last words, and whose are they?",
        f"コンテナーは動いているはずですが、{standing(scene)} です。最後に残した言葉は何で、誰の言葉でしょうか",
    )


@pytest.mark.guard
def test_no_restart_loop(scene: Scene) -> None:
    """The container is not started over and over.

    ja: コンテナーが何度も起動し直されてはいない。
    """
    count = int(scene.container("orders").attrs["RestartCount"])
    assert count < 2, say(
        f"expected the service to stay, but the engine has started it again {count} times: "
        "a policy that restarts changes nothing about why it ends",
        f"動き続けるはずが、Docker が {count} 回起動し直しています。再起動の設定を足しても、終わる理由は変わりません",
    )


@pytest.mark.needs("test_answer")
def test_settings(scene: Scene) -> None:
    """The shop goes by its own name and limit, as its configuration says.

    ja: 店は、設定どおりの名前と上限を名乗る。
    """
    page = ask(scene, "GET", "/").text
    wanted = (scene.params["shop"], scene.params["limit"])
    missing = [word for word in wanted if not re.search(rf"\b{word}\b", page)]
    assert not missing, say(
        f"an answer comes, but it is not this shop: {len(missing)} of 2 facts are missing in {quoted(page)}. "
        "Which configuration does it speak from?",
        f"応答はありますが、この店ではありません。2つの情報のうち {len(missing)} つがありません: "
        f"{quoted(page)}。どの設定をもとに話しているのでしょうか",
    )
    shop, limit, beside = elsewhere(scene)
    told, last = beside.told, beside.last
    assert not beside.has_ended, say(
        f"the same image was started once more, in a new container, and that ended with exit code {beside.code}; its "
        f"last line: {quoted(last)}. What does the container that runs have that the image has not?",
        f"同じイメージから新しいコンテナーを起動すると、終了コード {beside.code} で終わりました。"
        f"最後の行: {quoted(last)}。動いているほうのコンテナーにあって、イメージにないものは何でしょうか",
    )
    assert told, say(
        "the same image was started once more, in a new container, and does not answer there, although it runs; "
        f"its last line: {quoted(last)}",
        f"同じイメージから新しいコンテナーを起動すると、動いてはいますが応答しません。最後の行: {quoted(last)}",
    )
    assert shop in told and limit in told, say(  # noqa: PT018 - one reason for both
        f"the same image and your compose.yaml were deployed for another shop, called {shop} and with a limit of "
        f"{limit}. Expected it to say so, saw {quoted(told)}. Where do the name and the limit come from?",
        f"同じイメージと compose.yaml を、別の店（{shop}、上限 {limit}）のデプロイとして起動しました。"
        f"そう名乗るはずですが、{quoted(told)} でした。名前と上限は、どこから来るのでしょうか",
    )


@pytest.mark.needs("test_answer")
def test_order(scene: Scene) -> None:
    """Orders are taken, kept, and can be read again.

    ja: 注文が受け付けられ、保存され、あとから読める。
    """
    taken = placed(scene, "orders")
    away = lost(scene, taken)
    cancelled(scene, taken)
    assert not away, say(
        f"{len(taken)} orders were taken, and {len(away)} of them do not come back as they were given: "
        f"{next(iter(away.values()), '')}",
        f"{len(taken)} 件の注文が受け付けられましたが、そのうち {len(away)} 件は渡したとおりに返ってきません: "
        f"{next(iter(away.values()), '')}",
    )


@pytest.mark.timeout(60)
@pytest.mark.needs("test_order", "test_no_restart_loop")
def test_order_outlives_a_stop(scene: Scene) -> None:
    """Told to stop, the service ends by itself; orders taken before are there afterwards, and with the next image.

    ja: サービスは、止まるように言われると自分で終わる。受けた注文は、再び起動したあとにも、次のイメージにも残っている。
    """
    taken = placed(scene, "orders before a stop")
    places = [mount["Destination"] for mount in scene.inspect("orders")["Mounts"]]
    loose = [file.path for file in scene.files("orders", *places) if file.kind == "file" and file.is_open_to(0o002)]
    try:
        code = stopped(scene)
        gone = lost_with_the_next_image(scene, taken)
    finally:  # also where the check is interrupted
        scene.container("orders").start()
    eventually(lambda: ask(scene, "GET", "/"), lambda seen: seen.status != 0, within=15)
    away = lost(scene, taken)
    cancelled(scene, taken)
    assert not away, say(
        f"orders were taken, the service was stopped and started, and {len(away)} of {len(taken)} did not come back "
        f"as they were given: {next(iter(away.values()), '')}. Where were they kept meanwhile?",
        f"注文を受けたあとにサービスを止めて起動すると、{len(taken)} 件のうち {len(away)} 件が"
        f"渡したとおりには返りません: {next(iter(away.values()), '')}。その間、注文はどこに置かれていたのでしょうか",
    )
    assert not gone, say(
        f"a new container of the same image was given the service's volume, as the next release gives it, and {gone} "
        f"of {len(taken)} orders taken before were not to be had from it. Where are orders kept?",
        f"次のリリースと同じように、同じイメージの新しいコンテナーにサービスのボリュームを渡したところ、"
        f"それまでに受けた {len(taken)} 件の注文のうち {gone} 件を読み出せませんでした。"
        "注文はどこに置かれているのでしょうか",
    )
    assert not loose, say(
        f"orders were taken, and everybody in the container may rewrite this file: {loose[0] if loose else ''}",
        f"注文を受けたあとの {loose[0] if loose else ''} を、コンテナーの中の誰もが書き換えられます",
    )
    signal = str(scene.inspect("orders")["Config"].get("StopSignal") or "SIGTERM").upper()
    assert signal not in UNHEARD, say(
        f"told to stop, the container is sent {signal}, which no process gets to see: "
        "how should the service end by itself?",
        f"止まるように言うとき、コンテナーには {signal} が送られます。これはどのプロセスにも見えません。"
        "サービスはどうやって自分で終わるのでしょうか",
    )
    assert code != KILLED, say(
        f"told to stop, the service did not end, and was killed after its grace period (exit code {code}). "
        "Which process got the signal?",
        f"止まるように言われてもサービスは終わらず、猶予のあとで強制終了されました（終了コード {code}）。"
        "シグナルはどのプロセスに届いたのでしょうか",
    )


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
    assert 400 <= answer.status < 500, say(
        f"the kitchen can cook {limit} at a time; an order for {limit + 1} should be turned down, saw {answer}",
        f"厨房が一度に作れるのは {limit} 個です。{limit + 1} 個の注文は断られるはずですが、{answer} でした",
    )


@pytest.mark.needs("test_answer")
def test_healthcheck(scene: Scene) -> None:
    """The engine finds the service healthy, having asked it.

    ja: Docker のヘルスチェックがサービスに尋ねて、正常だと答えている。
    """

    def health() -> str:
        return str((scene.container("orders").attrs["State"].get("Health") or {"Status": "none"})["Status"])

    seen = eventually(health, lambda status: status == "healthy", within=4)
    assert seen == "healthy", say(
        f"expected a healthcheck that finds the service healthy, it says {seen}. Where does it ask?",
        f"ヘルスチェックは healthy になるはずですが、{seen} です。どこに尋ねているのでしょうか",
    )
    assert not says_well_in_vain(scene, "orders"), say(
        "the healthcheck was asked in a container of the same image in which no service runs, and it said well. "
        "When would it say anything else?",
        "同じイメージの、サービスが動いていないコンテナーでヘルスチェックを実行したところ、成功で終わりました。"
        "ほかの答えになるのは、どんなときでしょうか",
    )
    assert asks(scene, "orders"), say(
        "the healthcheck was run once more, and no connection was accepted in the container meanwhile: who was asked?",
        "ヘルスチェックをもう一度実行しましたが、その間、コンテナーの中で受け付けられた接続は一つもありません。"
        "誰に尋ねたのでしょうか",
    )


@pytest.mark.needs("test_answer", "test_no_restart_loop")
def test_process_is_not_root(scene: Scene) -> None:
    """No process in the container is root's.

    ja: コンテナーの中に root のプロセスはない。
    """
    seen = scene.processes("orders")
    assert seen, say(
        "expected to see the container's processes, saw none",
        "コンテナーのプロセスが見えるはずですが、一つも見えません",
    )
    assert not any(one.is_root for one in seen), say(
        "a process in the container runs as root: a hole in one request would be a hole in the container",
        "コンテナーの中のプロセスが root で動いています。要求ひとつの穴が、コンテナー全体の穴になります",
    )


@pytest.mark.needs("test_process_is_not_root")
def test_rights_are_few(scene: Scene) -> None:
    """The service can read its configuration and not rewrite its program, and is in its own group alone.

    ja: サービスは設定を読めるが、自分のプログラムは書き換えられず、自分のグループにだけ属する。
    """
    settings = [file for file in scene.files("orders", "/etc/orders") if file.kind == "file"]
    own = scene.sidecar("orders").processes()
    for one in {(process.uids, process.gids, process.command): process for process in own}.values():
        closed = [file.path for file in settings if not may_read(file, one)]
        assert not closed, say(
            f"{quoted(one.command)} has no right to read {closed[0] if closed else ''}: "
            "whoever edits that file changes nothing",
            f"{quoted(one.command)} には {closed[0] if closed else ''} を読む権利がありません。"
            "このファイルを編集しても、何も変わりません",
        )
        foreign = sorted({*one.gids} - {OWN})
        assert not foreign, say(
            f"{quoted(one.command)} is in the group {foreign[0] if foreign else ''}, and its own is {OWN}: "
            "what that group may read, the service may, too",
            f"{quoted(one.command)} はグループ {foreign[0] if foreign else ''} に属しています"
            f"（専用のグループは {OWN}）。そのグループが読めるものは、サービスも読めてしまいます",
        )
        changed = rewritable(scene, one)
        assert not changed, say(
            f"{quoted(one.command)} can rewrite {changed[0].path if changed else ''}: a hole in one request would "
            "stay. Who needs which right?",
            f"{quoted(one.command)} は {changed[0].path if changed else ''} を書き換えられます。要求ひとつの穴が、"
            "いつまでも残ることになります。誰にどの権利が要りますか",
        )


@pytest.mark.needs("test_process_is_not_root")
def test_runs_what_was_released(scene: Scene) -> None:
    """The service runs what its image brings, and nothing out of a place where it may write.

    ja: サービスが実行するのはイメージに入ったものだけで、自分が書き込める場所のものは実行しない。
    """
    beside = elsewhere(scene)[2]
    kept = [*programs_of_its_own(scene), *beside.programs]
    assert not kept, say(
        f"{kept[0] if kept else ''} is a program, and the service may rewrite it: "
        "after the next release, which one runs?",
        f"{kept[0] if kept else ''} はプログラムで、サービスが書き換えられます。"
        "次のリリースのあと、実行されるのはどれでしょうか",
    )
    assert not beside.runs_from_its_volume, say(
        "modules were put into the volume of a second container of the same image, and one of them was run as a part "
        "of the service. In which places, and in which order, does Python look for what is imported?",
        "同じイメージの別のコンテナーで、ボリュームにモジュールを置いたところ、サービスの一部として実行されました。"
        "Python は import するものを、どこから、どの順に探すのでしょうか",
    )


@pytest.mark.guard
def test_user_is_not_root(scene: Scene) -> None:
    """The container was started for the user of the service's own, who is not root.

    ja: コンテナーは、root ではない、サービス専用のユーザーで起動されている。
    """
    user, number = str(scene.container("orders").attrs["Config"]["User"]) or "root", scene.uid("orders")
    assert number == OWN, say(
        f"expected the service's own user, number {OWN}; the container was started for {quoted(user)}, and that is "
        f"number {number}. Who needs which right?",
        f"サービス専用のユーザー（番号 {OWN}）で動くはずが、{quoted(user)}、つまり番号 {number} で起動されています。"
        "誰にどの権利が要りますか",
    )


@pytest.mark.guard
def test_files_are_not_open(scene: Scene) -> None:
    """Nobody but root and the service's own user can change what the service runs and reads.

    ja: サービスが実行し、読むファイルを変えられるのは、root とサービス専用のユーザーだけである。
    """
    found = {file.path: file for file in scene.files("orders", *FILES) if strangers(file)}
    path, file = next(iter(found.items()), ("", None))
    assert file is None, say(
        f"somebody who is neither root nor the service's own user could change {path}: it belongs to user {file.owner} "
        f"and group {file.group}, with mode {file.mode:o}. Who needs which right?",
        f"root でもサービス専用のユーザーでもない誰かが、{path} を変えられます（所有者 {file.owner}、"
        f"グループ {file.group}、モード {file.mode:o}）。誰にどの権利が要りますか",
    )
