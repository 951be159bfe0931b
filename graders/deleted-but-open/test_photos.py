"""Can the crews send their photos, are the old ones there, and is the server as safe as before?"""

import hashlib
import json
import secrets

import pytest

from kikori.grading import Answer, Process, Scene, answering, eventually, say, writable_by

COUNT, SIZE = 16, 256 * 1024
ROOTS = (
    "/etc/often", "/etc/logrotate.conf", "/etc/logrotate.d", "/etc/nginx", "/etc/roofs", "/etc/service",
    "/usr/local/lib/roofs", "/usr/local/sbin/boot",
)  # fmt: skip
"""What root runs, or does as it says."""


def sign_in(scene: Scene) -> tuple[Answer, dict[str, str]]:
    """What a crew that signs in gets: the answer, and the headers of its further requests."""
    answer = scene.ask("POST", "web", "/login", json={"crew": scene.params["crew"]})
    return answer, {"Cookie": answer.headers.get("Set-Cookie", "").split(";")[0]}


def photo_of(answer: Answer) -> str:
    """The name that the answer to an upload gives to the photo."""
    try:
        return str(json.loads(answer.text)["photo"])
    except (ValueError, KeyError, TypeError):
        return ""


def sent(scene: Scene) -> tuple[Answer, bool]:
    """A photo is sent and taken back: the answer, and whether it came back as it was given."""
    answer, headers = sign_in(scene)
    if answer.status != 201:
        return answer, False
    photo = secrets.token_bytes(SIZE)
    answer = scene.ask("POST", "web", "/photos", data=photo, headers=headers)
    if not (name := photo_of(answer)):
        return answer, False
    whole = fetched(scene, [name]) == [hashlib.sha256(photo).hexdigest()]
    scene.ask("DELETE", "web", f"/photos/{name}", headers=headers)  # a grader climbs no roof
    return answer, whole


def fetched(scene: Scene, names: list[str]) -> list[str]:
    """The checksums of photos as they come over HTTP; empty for one that does not."""
    sums = list[str]()
    with scene.clients.session() as session:
        for name in names:
            try:
                answer = session.get(f"http://{scene.address('web') or '127.0.0.1:9'}/photos/{name}", timeout=4)
            except OSError:  # what requests raises is one
                break
            sums.append(hashlib.sha256(answer.content).hexdigest() if answer.status_code == 200 else "")
    return sums


@pytest.mark.guard
def test_server_is_up(scene: Scene) -> None:
    """The server's container is running.

    ja: サーバーのコンテナーが動いている。
    """
    assert scene.state("web") == "running", say(
        f"the server's container is {scene.state('web')}; `kikori resume` starts it again",
        f"サーバーのコンテナーは {scene.state('web')} です。`kikori resume` で起動できます",
    )


@pytest.mark.needs("test_server_is_up")
def test_sign_in(scene: Scene) -> None:
    """A crew can sign in.

    ja: 現場の班がサインインできる。
    """
    answer = eventually(lambda: sign_in(scene)[0], lambda seen: seen.status == 201, within=4)
    assert answer.status == 201, say(
        f"expected a session for a crew that signs in, saw {answer}. What could not be kept, and where?",
        f"サインインした班にはセッションが始まるはずですが、{answer} でした。何が、どこに保存できなかったのでしょうか",
    )


@pytest.mark.needs("test_sign_in")
def test_upload(scene: Scene) -> None:
    """A photo that a crew sends is kept, and comes back as it was.

    ja: 班が送った写真が保存され、そのまま取り出せる。
    """
    answer, whole = eventually(lambda: sent(scene), lambda seen: seen[1], within=3)
    assert photo_of(answer), say(
        f"expected a photo of {SIZE // 1024} KiB to be kept, saw {answer}. What did the service note about it?",
        f"{SIZE // 1024} KiB の写真は保存されるはずですが、{answer} でした。サービスは何を書き残したでしょうか",
    )
    assert whole, say(
        "the photo was taken, but it does not come back as it was sent",
        "写真は受け付けられましたが、送ったとおりには返ってきません",
    )


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_photos_are_kept(scene: Scene) -> None:
    """All photos that the crews have sent so far are there.

    ja: これまでに班が送った写真は、すべてそろっている。
    """
    seeds = (f"site {scene.params['site']} photo {number}".encode() for number in range(1, COUNT + 1))
    sums = [hashlib.sha256(hashlib.shake_128(seed).digest(SIZE)).hexdigest() for seed in seeds]
    wanted = set(sums)
    seen = eventually(lambda: set(fetched(scene, [sha[:16] for sha in sums])), lambda got: got >= wanted, within=3)
    assert seen >= wanted, say(
        f"{len(wanted - seen)} of {COUNT} photos don't come back as they were: whose was it to give them away?",
        f"{COUNT} 枚のうち {len(wanted - seen)} 枚の写真が元のとおりに返ってきません。捨ててよいものだったのでしょうか",
    )


def workers(scene: Scene) -> list[Process]:
    """Who answers requests; one of each kind that differs in its rights."""
    return [*{(one.uids, one.gids): one for one in answering(scene, "web")}.values()]


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_files_are_not_open(scene: Scene) -> None:
    """Neither everybody on the server nor the services can change what root runs.

    ja: root が実行するものは、サーバー上の誰もが変えられるわけではなく、要求に答えるサービスにも変えられない。
    """
    loose = [file.path for file in scene.sidecar("web").files("/data", *ROOTS) if file.is_open_to(0o002)]
    assert not loose, say(
        f"anybody on the server could now rewrite {loose[0]}; who needs which right?",
        f"サーバー上の誰もが {loose[0]} を書き換えられます。誰にどの権利が要りますか",
    )
    handed = [file.path for one in workers(scene) if not one.is_root for file in writable_by(scene, "web", one, *ROOTS)]
    assert not handed, say(
        f"a process that answers requests could now change {handed[0]}, and root does what stands there; "
        "who needs which right?",
        f"要求に答えるプロセスが {handed[0]} を変えられます。root はそこに書かれたことを実行します。"
        "誰にどの権利が要りますか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_workers_are_not_root(scene: Scene) -> None:
    """Requests are not answered by root.

    ja: 要求に答えるのは root ではない。
    """
    as_root = eventually(lambda: [one for one in workers(scene) if one.is_root], lambda seen: not seen, within=2)
    assert not as_root, say(
        "a process that answers requests runs as root: a hole in one request would be a hole in the whole server",
        "要求に答えるプロセスが root で動いています。要求ひとつの穴が、サーバー全体の穴になります",
    )
