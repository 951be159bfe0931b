"""Can the crews send their photos, are the old ones there, and is the server as safe as before?"""

import hashlib
import json
import secrets

import pytest
from photos import COUNT, SIZE, sums_of_site
from rights import ROOTS, workers

from kikori.grading import Answer, Scene, eventually, say, writable_by


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


@pytest.mark.needs("test_upload")
def test_strangers_are_refused(scene: Scene) -> None:
    """Who is not signed in can neither send photos nor take them back.

    ja: サインインしていない人は、写真を送ることも取り消すこともできない。
    """
    answer, crew = sign_in(scene)
    photo = secrets.token_bytes(SIZE // 8)
    name = photo_of(scene.ask("POST", "web", "/photos", data=photo, headers=crew))
    assert name, say(
        f"a crew that signed in ({answer}) could not send a photo", f"サインインした班（{answer}）が写真を送れません"
    )
    try:
        strange = [
            refusal(scene, name, crew, headers) for headers in ({}, {"Cookie": f"session={secrets.token_hex(12)}"})
        ]
        assert not any(strange), say(
            f"{next(filter(None, strange))}. Who is to be asked for a session, and where is that done?",
            f"{next(filter(None, strange))}。誰に、どこでセッションを求めるはずですか",
        )
        whole = fetched(scene, [name]) == [hashlib.sha256(photo).hexdigest()]
        assert whole, say(
            "a stranger's request to take a crew's photo back was refused, and the photo is gone all the same",
            "知らない人が班の写真を取り消そうとして断られましたが、写真はなくなりました",
        )
    finally:
        scene.ask("DELETE", "web", f"/photos/{name}", headers=crew)


def refusal(scene: Scene, name: str, crew: dict[str, str], headers: dict[str, str]) -> str:
    """Say what somebody without a session of the service was not refused; empty where that is nothing."""
    told = say("with a session that nobody began", "誰も始めていないセッションで") if headers else ""
    told = told or say("without a session", "セッションなしで")
    for method, path, data in (
        ("GET", "/me", b""),
        ("POST", "/photos", secrets.token_bytes(64)),
        ("DELETE", f"/photos/{name}", b""),
    ):
        answer = scene.ask(method, "web", path, data=data, headers=headers)
        if kept := photo_of(answer):
            scene.ask("DELETE", "web", f"/photos/{kept}", headers=crew)
        if answer.status not in (401, 403):
            return say(
                f"{method} {path} {told}: expected a refusal, saw {answer}",
                f"{told} {method} {path} を送りました。断られるはずですが、{answer} でした",
            )
    return ""


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_photos_are_kept(scene: Scene) -> None:
    """All photos that the crews have sent so far are there.

    ja: これまでに班が送った写真は、すべてそろっている。
    """
    sums = sums_of_site(scene)
    wanted = set(sums)
    seen = eventually(lambda: set(fetched(scene, [sha[:16] for sha in sums])), lambda got: got >= wanted, within=3)
    assert seen >= wanted, say(
        f"{len(wanted - seen)} of {COUNT} photos don't come back as they were: whose was it to give them away?",
        f"{COUNT} 枚のうち {len(wanted - seen)} 枚の写真が元のとおりに返ってきません。捨ててよいものだったのでしょうか",
    )


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
