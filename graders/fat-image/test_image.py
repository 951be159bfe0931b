"""Is the image one that could be shipped: small, without the key, quick to build again, and well-behaved as it runs?"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kikori.grading import Scene, eventually, say

pytestmark = pytest.mark.timeout(60)
BASES = ("kikori/warehouse", "kikori/python", "kikori/server", "debian:trixie-slim")
LARGEST = 80
"""MB above the base; Python takes 35, and the compiler 200."""
KEY = b"LIC-7Q4T-93HD-M2XW-KURA"
CHUNK = 1 << 20
NEVER_NO = re.compile(r"(^\W*|\|\||;)\s*(/bin/)?(true|:|exit\s+0)\s*;?\W*$")
STEP = re.compile(r"^#(\d+) \[[^]]*\] (RUN .*(?:apt|dpkg).*)$")


def image(scene: Scene) -> dict[str, Any]:
    """What the engine says of the image that runs."""
    seen = scene.docker("image", "inspect", scene.inspect("labels")["Image"])
    found: dict[str, Any] = json.loads(seen.stdout)[0]
    return found


def layers(scene: Scene, name: str) -> list[str]:
    """An image's layers, lowest first; none where there is no such image."""
    seen = scene.docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", name)
    return list(json.loads(seen.stdout)) if seen.returncode == 0 else []


def label(scene: Scene, number: str) -> str:
    """What the service prints for a parcel."""
    answer = eventually(
        lambda: scene.get("labels", f"/label/{number}", 8080), lambda seen: seen.status == 200, within=8
    )
    return answer.text.strip() if answer.status == 200 else str(answer)


def check_digit(number: str) -> int:
    """Luhn's check digit (ISO/IEC 7812-1)."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(number))]
    return -sum(value // 10 + value % 10 for value in doubled) % 10


@pytest.mark.guard
def test_labels(scene: Scene) -> None:
    """The service prints labels with the right check digit, in its depot's name.

    ja: サービスは、営業所の名前と正しいチェックデジットの付いたラベルを刷る。
    """
    number = f"{secrets.randbelow(10**9):010d}"
    wanted = f"{scene.params['depot']} {number}-{check_digit(number)}"
    seen = label(scene, number)
    assert seen == wanted, say(
        f"expected the label {wanted!r}, saw {seen!r}", f"ラベルは {wanted!r} のはずですが、{seen!r} でした"
    )
    front = scene.get("labels", "/", 8080).text
    assert re.search(r"licence seal [0-9a-f]{8}\b", front), say(
        f"expected the seal of the maker's licence on the front page, saw {front[:80]!r}",
        f"トップページには製造元のライセンスの印があるはずですが、{front[:80]!r} でした",
    )


def test_size(scene: Scene) -> None:
    """The image adds little to what all images here stand on.

    ja: イメージが共通の土台に足しているものは、わずかである。
    """
    below = max((layers(scene, base) for base in BASES), key=lambda base: _shared(image(scene), base))
    sizes = scene.docker("history", "--format", "{{.Size}}", "--human=false", image(scene)["Id"]).stdout.split()
    own = [int(size) for size in reversed(sizes) if int(size)]
    above = sum(own[_shared(image(scene), below) :]) / 1e6
    assert above <= LARGEST, say(
        f"the image has {above:.0f} MB above its base, and {LARGEST} are enough to run it. Which layer brings what?",
        f"土台の上に {above:.0f} MB ありますが、動かすには {LARGEST} MB で足ります。どのレイヤーが何を運んでいますか",
    )


def _shared(found: dict[str, Any], base: list[str]) -> int:
    """How many layers an image shares with a base."""
    own = found["RootFS"]["Layers"]
    return len(base) if base and own[: len(base)] == base else 0


def test_no_layer_has_the_key(scene: Scene) -> None:
    """Nobody who gets the image gets the licence key, in whatever layer.

    ja: イメージを手にした人の誰も、どのレイヤーからもライセンスキーを得られない。
    """
    told = json.dumps(image(scene)) + scene.docker("history", "--no-trunc", image(scene)["Id"]).stdout
    assert KEY.decode() not in told, say(
        "the key stands in the image's own description, where anybody can read it without starting anything",
        "キーがイメージの説明そのものに書かれています。何も起動しなくても、誰にでも読めます",
    )
    assert not in_layers(image(scene)["Id"]), say(
        "a layer of the image still has the key: what does a later line do to an earlier layer?",
        "イメージのレイヤーのどれかに、まだキーがあります。後の行は、前のレイヤーに何をしますか",
    )


def in_layers(name: str) -> bool:
    """Whether the key stands in any layer, as the engine would hand the image out."""
    with subprocess.Popen(["docker", "save", name], stdout=subprocess.PIPE) as saved:
        before = b""
        try:
            while chunk := saved.stdout.read(CHUNK) if saved.stdout else b"":
                if KEY in before + chunk:
                    return True
                before = chunk[-len(KEY) :]
        finally:
            saved.kill()
    return False


def test_user(scene: Scene) -> None:
    """The image runs as a user who is not root.

    ja: イメージは root ではないユーザーで動く。
    """
    user = image(scene)["Config"].get("User") or "root"
    assert user.split(":")[0] not in ("root", "0"), say(
        f"expected a user of the service's own, the image runs as {user}",
        f"サービス専用のユーザーで動くはずですが、{user} で動きます",
    )


@pytest.mark.needs("test_labels")
def test_healthcheck(scene: Scene) -> None:
    """The image says how to find out whether the service works, and it does.

    ja: サービスが働いているかどうかの確かめ方をイメージが述べ、そのとおり働いている。
    """
    asked = " ".join((image(scene)["Config"].get("Healthcheck") or {}).get("Test") or ())
    assert asked not in ("", "NONE"), say("the image has no healthcheck", "イメージにヘルスチェックがありません")
    assert not NEVER_NO.search(asked.partition(" ")[2]), say(
        f"expected a healthcheck that can fail; this one ends well whatever happens: {asked}",
        f"ヘルスチェックは失敗できるはずですが、何があっても成功で終わります: {asked}",
    )
    seen = eventually(lambda: health(scene), lambda status: status == "healthy", within=12)
    assert seen == "healthy", say(
        f"expected the healthcheck to find the service healthy, it says {seen}",
        f"ヘルスチェックは healthy になるはずですが、{seen} です",
    )


def health(scene: Scene) -> str:
    """What the engine thinks of the container."""
    return str((scene.inspect("labels")["State"].get("Health") or {"Status": "none"})["Status"])


@pytest.mark.needs("test_labels")
def test_end(scene: Scene) -> None:
    """Asked to stop, the service ends at once and of its own accord.

    ja: 止まるように頼まれたサービスは、すぐに、自分で終わる。
    """
    began = time.monotonic()
    scene.docker("stop", scene.inspect("labels")["Id"])
    took, code = time.monotonic() - began, scene.inspect("labels")["State"]["ExitCode"]
    scene.docker("start", scene.inspect("labels")["Id"])
    label(scene, "7992739871")
    assert code == 0, say(
        f"expected the service to end of its own accord, it ended with {code} after {took:.1f} s. "
        "What is process 1, and which signal does it know?",
        f"サービスは自分で終わるはずですが、{took:.1f} 秒後に {code} で終わりました。"
        "プロセス 1 は何で、どのシグナルを知っていますか",
    )


def test_rebuild(scene: Scene) -> None:
    """After a change of one line the packages are not installed anew.

    ja: 1行を変えたあとのビルドで、パッケージは入れ直されない。
    """
    with changed(scene.workspace) as folder:
        again = installed_anew(folder)
    assert not again, say(
        f"a comment was added to labels.py, and the build began again with: {again[:100]}",
        f"labels.py にコメントを1行足すと、ビルドはここからやり直されました: {again[:100]}",
    )


@contextmanager
def changed(workspace: Path) -> Iterator[Path]:
    """The workspace with one line more, somewhere else."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(workspace, Path(place) / "labels", symlinks=True))
        with (folder / "labels.py").open("a") as program:
            program.write(f"# {secrets.token_hex(4)}\n")
        yield folder


def installed_anew(folder: Path) -> str:
    """The first step that installs packages and is not taken from the cache; the build is ended there."""
    command = ["docker", "build", "--progress=plain", "--network=none", "--quiet=false", str(folder)]
    steps: dict[str, str] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as build:
        for line in build.stdout or ():
            if match := STEP.match(line):
                steps[match[1]] = match[2]
                continue
            number, _, said = line.removeprefix("#").partition(" ")
            if number in steps and not said.startswith(("CACHED", "DONE")) and said.strip():
                build.kill()
                return steps[number]
            if said.startswith("CACHED"):
                steps.pop(number, None)
    return ""
