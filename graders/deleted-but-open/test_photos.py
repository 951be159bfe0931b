"""Can the crews send their photos, are the old ones there, and is the server as safe as before?"""

import hashlib
import json
import secrets
from http.client import HTTPConnection, HTTPException

import pytest

from kikori.grading import Answer, Scene, eventually, say

COUNT, SIZE = 16, 256 * 1024
OURS = "/data /etc/often /etc/logrotate.conf /etc/logrotate.d /etc/nginx /etc/roofs /etc/service /usr/local/lib/roofs"


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
    host, _, port = (scene.address("web") or "127.0.0.1:9").rpartition(":")
    connection, sums = HTTPConnection(host, int(port), timeout=4), list[str]()
    try:
        for name in names:
            connection.request("GET", f"/photos/{name}")
            answer = connection.getresponse()
            photo = answer.read()
            sums.append(hashlib.sha256(photo).hexdigest() if answer.status == 200 else "")
    except (OSError, HTTPException):
        return sums
    finally:
        connection.close()
    return sums


@pytest.mark.guard
def test_server_is_up(scene: Scene) -> None:
    """The server itself is running.

    ja: サーバー自体は動いている。
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


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_files_are_not_open(scene: Scene) -> None:
    """Not everybody on the server can change its files.

    ja: サーバーのファイルを、誰もが変えられるわけではない。
    """
    loose = scene.host("web").run(f"find {OURS} -perm -0002 ! -type l").stdout
    assert not loose, say(
        f"anybody on the server could now rewrite {loose.splitlines()[:1]}; who needs which right?",
        f"サーバー上の誰もが {loose.splitlines()[:1]} を書き換えられます。誰にどの権利が要りますか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_workers_are_not_root(scene: Scene) -> None:
    """Requests are not answered by root.

    ja: 要求に答えるのは root ではない。
    """
    rows = scene.host("web").run("ps -eo user=,args=").stdout.splitlines()
    workers = [row for row in rows if "nginx: worker" in row or "roofs.py" in row]
    assert not any(row.startswith("root") for row in workers), say(
        "a process that answers requests runs as root: a hole in one request would be a hole in the whole server",
        "要求に答えるプロセスが root で動いています。要求ひとつの穴が、サーバー全体の穴になります",
    )
