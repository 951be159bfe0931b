"""Does the shop take orders again, and is its container as safe as before?"""

import json
import re
import secrets
import tarfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from docker.errors import NotFound

from kikori.grading import Answer, Scene, eventually, say

GONE = ("exited", "dead", "created")
FILES = ("/entrypoint.sh", "/srv", "/etc/orders", "/var/lib/orders")
NEVER_NO = re.compile(r"(\|\||;)\s*(/bin/)?(true|:|exit\s+0)\s*;?\s*$")
REQUEST = re.compile(r'^(\S+) - - \[[^]]*\] "(?:GET|HEAD) ', re.MULTILINE)


def ask(scene: Scene, method: str, path: str, order: dict[str, object] | None = None) -> Answer:
    """Ask at the published port; where several are published, the one that answers counts."""
    published = scene.container("orders").attrs["HostConfig"]["PortBindings"] or {}
    ports = sorted(int(name.split("/")[0]) for name in published)
    answer = Answer(status=0, text=f"no port is published; the container is {scene.state('orders')}")
    for port in ports:
        answer = scene.ask(method, "orders", path, port, json=order)
        if answer.status:
            break
    return answer


def standing(scene: Scene) -> str:
    """How the container stands, in words for a reason."""
    state = scene.container("orders").attrs["State"]
    return f"{state['Status']} (exit code {state['ExitCode']})" if state["Status"] in GONE else str(state["Status"])


def content(answer: Answer) -> dict[str, object]:
    """The JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(answer.text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def files(scene: Scene, path: str) -> Iterator[tarfile.TarInfo]:
    """What lies at a path of the container, running or not."""
    try:
        stream, _ = scene.container("orders").get_archive(path)
    except NotFound:
        return
    with tarfile.open(fileobj=BytesIO(b"".join(stream))) as archive:
        yield from archive


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
    state = eventually(lambda: scene.state("orders"), lambda seen: seen == "running" or seen in GONE, within=2)
    assert state == "running", say(
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
        f"an answer comes, but it is not this shop: {len(missing)} of 2 facts are missing in {page[:80].strip()!r}. "
        "Which configuration does it speak from?",
        f"応答はありますが、この店ではありません。2つの情報のうち {len(missing)} つがありません: "
        f"{page[:80].strip()!r}。どの設定をもとに話しているのでしょうか",
    )


@pytest.mark.needs("test_answer")
def test_order(scene: Scene) -> None:
    """An order is taken, kept, and can be read again.

    ja: 注文が受け付けられ、保存され、あとから読める。
    """
    order = {"name": f"kikori-{secrets.token_hex(3)}", "dish": "salmon", "count": 2}
    taken = ask(scene, "POST", "/orders", order)
    number = content(taken).get("id")
    assert number, say(
        f"expected an order to be taken and numbered, saw {taken}: {taken.text[:80].strip()!r}",
        f"注文には番号が付いて返るはずですが、{taken} でした: {taken.text[:80].strip()!r}",
    )
    kept = ask(scene, "GET", f"/orders/{number}")
    ask(scene, "DELETE", f"/orders/{number}")  # a grader orders no lunch
    assert order.items() <= content(kept).items(), say(
        f"the order was taken, but it does not come back as it was given: {kept}",
        f"注文は受け付けられましたが、渡したとおりに返ってきません: {kept}",
    )


@pytest.mark.needs("test_answer")
def test_limit(scene: Scene) -> None:
    """An order over the limit is turned down.

    ja: 上限を超える注文は断られる。
    """
    limit = int(scene.params["limit"])
    answer = ask(scene, "POST", "/orders", {"name": "kikori", "dish": "salmon", "count": limit + 1})
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

    def asked_from_inside() -> bool:
        container = scene.container("orders")
        networks = container.attrs["NetworkSettings"]["Networks"].values()
        own = {address for net in networks for address in (net["IPAddress"], net["GlobalIPv6Address"]) if address}
        peers = REQUEST.findall(container.logs(tail=500).decode("utf-8", "replace"))
        return any(peer in own or peer.startswith(("127.", "::1", "::ffff:127.")) for peer in peers)

    seen = eventually(health, lambda status: status == "healthy", within=4)
    assert seen == "healthy", say(
        f"expected a healthcheck that finds the service healthy, it says {seen}. Where does it ask?",
        f"ヘルスチェックは healthy になるはずですが、{seen} です。どこに尋ねているのでしょうか",
    )
    question = " ".join(scene.container("orders").attrs["Config"]["Healthcheck"].get("Test") or ())
    assert not NEVER_NO.search(question), say(
        f"expected a healthcheck that can fail; this one ends well whatever the service says: {question}",
        f"ヘルスチェックは失敗できるはずですが、サービスが何と答えても成功で終わります: {question}",
    )
    assert eventually(asked_from_inside, bool, within=4), say(
        "the healthcheck says healthy, but the service's log has no request from inside the container: who was asked?",
        "ヘルスチェックは healthy ですが、サービスのログにコンテナー内からの要求がありません。誰に尋ねたのでしょうか",
    )


@pytest.mark.needs("test_answer", "test_no_restart_loop")
def test_process_is_not_root(scene: Scene) -> None:
    """No process in the container is root's.

    ja: コンテナーの中に root のプロセスはない。
    """
    seen = scene.host("orders").run("grep -h ^Uid: /proc/[0-9]*/status").stdout
    users = {int(user) for line in seen.splitlines() for user in line.split()[1:]}
    assert users, say(
        "expected to see the container's processes, saw none",
        "コンテナーのプロセスが見えるはずですが、一つも見えません",
    )
    assert 0 not in users, say(
        "a process in the container runs as root: a hole in one request would be a hole in the container",
        "コンテナーの中のプロセスが root で動いています。要求ひとつの穴が、コンテナー全体の穴になります",
    )


@pytest.mark.guard
def test_user_is_not_root(scene: Scene) -> None:
    """The container was started for a user who is not root.

    ja: コンテナーは、root ではないユーザーで起動されている。
    """
    user = str(scene.container("orders").attrs["Config"]["User"])
    assert user.split(":")[0] not in ("", "root", "0"), say(
        f"expected a user of the service's own, the container runs as {user or 'root'}: who needs which right?",
        f"サービス専用のユーザーで動くはずが、{user or 'root'} で動いています。誰にどの権利が要りますか",
    )


@pytest.mark.guard
def test_files_are_not_open(scene: Scene) -> None:
    """Not everybody in the container can change what the service runs and reads.

    ja: サービスが実行し、読むファイルを、誰もが変えられるわけではない。
    """
    found = [file for path in FILES for file in files(scene, path)]
    loose = [file.name for file in found if not file.issym() and file.mode & 0o002 and not file.mode & 0o1000]
    assert not loose, say(
        f"anybody in the container could now rewrite {loose[0] if loose else ''}; who needs which right?",
        f"コンテナーの中の誰もが {loose[0] if loose else ''} を書き換えられます。誰にどの権利が要りますか",
    )
