"""Can the crews send their photos, are the old ones there, and is the server as safe as before?"""

import hashlib
import json
import secrets

import pytest
from photos import COUNT, SIZE, sums_of_site
from rights import ROOTS, workers

from kikori.grading import Answer, Scene, eventually, reasons, writable_by

reason = reasons(__file__)


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

    ja: サーバーのコンテナが動いている。
    """
    assert scene.state("web") == "running", reason("server-is-up", state=scene.state("web"))


@pytest.mark.needs("test_server_is_up")
def test_sign_in(scene: Scene) -> None:
    """A crew can sign in.

    ja: 現場の班がサインインできる。
    """
    answer = eventually(lambda: sign_in(scene)[0], lambda seen: seen.status == 201, within=4)
    assert answer.status == 201, reason("sign-in", answer=answer)


@pytest.mark.needs("test_sign_in")
def test_upload(scene: Scene) -> None:
    """A photo that a crew sends is kept, and comes back as it was.

    ja: 班が送った写真が保存され、そのまま取り出せる。
    """
    answer, whole = eventually(lambda: sent(scene), lambda seen: seen[1], within=3)
    assert photo_of(answer), reason("upload", size=SIZE // 1024, answer=answer)
    assert whole, reason("upload-2")


@pytest.mark.needs("test_upload")
def test_strangers_are_refused(scene: Scene) -> None:
    """Who is not signed in can neither send photos nor take them back.

    ja: サインインしていない人は、写真を送ることも取り消すこともできない。
    """
    answer, crew = sign_in(scene)
    photo = secrets.token_bytes(SIZE // 8)
    name = photo_of(scene.ask("POST", "web", "/photos", data=photo, headers=crew))
    assert name, reason("strangers-are-refused", answer=answer)
    try:
        strange = [
            refusal(scene, name, crew, headers) for headers in ({}, {"Cookie": f"session={secrets.token_hex(12)}"})
        ]
        assert not any(strange), reason("strangers-are-refused-2", filter=next(filter(None, strange)))
        whole = fetched(scene, [name]) == [hashlib.sha256(photo).hexdigest()]
        assert whole, reason("strangers-are-refused-3")
    finally:
        scene.ask("DELETE", "web", f"/photos/{name}", headers=crew)


def refusal(scene: Scene, name: str, crew: dict[str, str], headers: dict[str, str]) -> str:
    """Say what somebody without a session of the service was not refused; empty where that is nothing."""
    told = reason("refusal") if headers else ""
    told = told or reason("refusal-2")
    for method, path, data in (
        ("GET", "/me", b""),
        ("POST", "/photos", secrets.token_bytes(64)),
        ("DELETE", f"/photos/{name}", b""),
    ):
        answer = scene.ask(method, "web", path, data=data, headers=headers)
        if kept := photo_of(answer):
            scene.ask("DELETE", "web", f"/photos/{kept}", headers=crew)
        if answer.status not in (401, 403):
            return reason("refusal-3", method=method, path=path, told=told, answer=answer)
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
    assert seen >= wanted, reason("photos-are-kept", count=len(wanted - seen), count_2=COUNT)


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_files_are_not_open(scene: Scene) -> None:
    """Neither everybody on the server nor the services can change what root runs.

    ja: root が実行するものは、サーバー上の誰もが変えられるわけではなく、リクエストに答えるサービスにも変えられない。
    """
    loose = [file.path for file in scene.sidecar("web").files("/data", *ROOTS) if file.is_open_to(0o002)]
    assert not loose, reason("files-are-not-open", loose=loose[0])
    handed = [file.path for one in workers(scene) if not one.is_root for file in writable_by(scene, "web", one, *ROOTS)]
    assert not handed, reason("files-are-not-open-2", handed=handed[0])


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_workers_are_not_root(scene: Scene) -> None:
    """Requests are not answered by root.

    ja: リクエストに答えるのは root ではない。
    """
    as_root = eventually(lambda: [one for one in workers(scene) if one.is_root], lambda seen: not seen, within=2)
    assert not as_root, reason("workers-are-not-root")
