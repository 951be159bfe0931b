"""Is the image one that could be shipped: small, without the key, quick to build again, and well-behaved as it runs?"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import subprocess
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from copies import asked, copied, files_with, image, programs, shown
from layers import Contents, contents, holds, spellings_of

from kikori.grading import Process, Scene, eventually, quoted, replica, say, serving

pytestmark = pytest.mark.timeout(60)
BASES = ("kikori/warehouse", "kikori/python", "kikori/server", "debian:trixie-slim")
LARGEST = 80
"""MB above the base; Python takes 35, and the compiler 200."""
KEY = b"LIC-7Q4T-93HD-M2XW-KURA"
LETTERS = "2346789CDFGHJKMPQRTVWXY"
SEAL = re.compile(r"licence seal ([0-9a-f]{8})\b")
BUILD = 150
"""Seconds in which an image is built again, on a machine with other things to do."""
STEP = re.compile(r"^#(\d+) \[[^]]*\] (RUN .*)$")
INSTALLS = re.compile(r"\bapt(-get)?\b[^&;|]*\binstall\b|\bdpkg\b[^&;|]*\s(-i|--install|--unpack)\b")
INSTALLING = re.compile(r"\b(Unpacking|Setting up) \S+ \(")


def layers(scene: Scene, name: str) -> list[str]:
    """An image's layers, lowest first; none where there is no such image."""
    seen = scene.docker("image", "inspect", "--format", "{{json .RootFS.Layers}}", name)
    return list(json.loads(seen.stdout)) if seen.returncode == 0 else []


@cache
def opened(name: str, known: tuple[str, ...]) -> Contents:
    """What lies in an image's layers, read once for all checks."""
    return contents(name, known, KEY)


def own_contents(scene: Scene) -> Contents:
    """What the image's layers hold beyond those of our bases."""
    return opened(shown(scene)["Id"], tuple(layer for base in BASES for layer in layers(scene, base)))


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


def seals(folder: Path, key: bytes) -> set[str]:
    """The seals of a folder's licences, worked out as the Makefile does: of the whole file."""
    return {hashlib.sha256(path.read_bytes()).hexdigest()[:8] for path in files_with(folder, key)}


def seal(text: str) -> str:
    """The seal that the service tells; empty where it tells none."""
    found = SEAL.search(text)
    return found[1] if found else ""


@pytest.mark.guard
def test_labels(scene: Scene) -> None:
    """The service prints labels with the right check digit, in its depot's name, under the licence's seal.

    ja: サービスは、営業所の名前と正しいチェックデジットの付いたラベルを刷り、ライセンスの印を名乗る。
    """
    number = f"{secrets.randbelow(10**9):010d}"
    wanted = f"{scene.params['depot']} {number}-{check_digit(number)}"
    seen = label(scene, number)
    assert seen == wanted, say(
        f"expected the label {quoted(wanted)}, saw {quoted(seen)}",
        f"ラベルは {quoted(wanted)} のはずですが、{quoted(seen)} でした",
    )
    licensed = seals(scene.workspace, KEY)
    assert licensed, say(
        "the maker's licence is in no file of the workspace any more, so no build can have it",
        "製造元のライセンスが、作業フォルダーのどのファイルにもありません。これではビルドに渡せません",
    )
    for path in ("/", "/health"):
        told = scene.get("labels", path, 8080).text
        assert seal(told) in licensed, say(
            f"expected {path} to tell the seal of the licence in vendor.key, saw {quoted(told)}. "
            "With which licence was the library built?",
            f"{path} は vendor.key のライセンスの印を名乗るはずですが、{quoted(told)} でした。"
            "ライブラリーは、どのライセンスで作られましたか",
        )


def test_size(scene: Scene) -> None:
    """The image adds little to what all images here stand on.

    ja: イメージが共通の土台に足しているものは、わずかである。
    """
    below = max((layers(scene, base) for base in BASES), key=lambda base: _shared(shown(scene), base))
    sizes = scene.docker("history", "--format", "{{.Size}}", "--human=false", shown(scene)["Id"]).stdout.split()
    own = [int(size) for size in reversed(sizes) if int(size)]
    above = sum(own[_shared(shown(scene), below) :]) / 1e6
    assert above <= LARGEST, say(
        f"the image has {above:.0f} MB above its base, and {LARGEST} are enough to run it. Which layer brings what?",
        f"土台の上に {above:.0f} MB ありますが、動かすには {LARGEST} MB で足ります。どのレイヤーが何を運んでいますか",
    )


def _shared(found: dict[str, Any], base: list[str]) -> int:
    """How many layers an image shares with a base."""
    own = found["RootFS"]["Layers"]
    return len(base) if base and own[: len(base)] == base else 0


@pytest.mark.timeout(BUILD + 30)
@pytest.mark.needs("test_labels", "test_size")
def test_elsewhere(scene: Scene) -> None:
    """Built with another licence and started for another depot, the service goes by that licence and that depot.

    ja: 別のライセンスで作り、別の営業所のために起動すると、サービスはそのライセンスと営業所を名乗る。
    """
    chance = scene.draw("licence")
    parts = ("".join(chance.choices(LETTERS, k=4)) for _ in range(3))
    other, depot = f"LIC-{'-'.join(parts)}-KURA", f"{chance.choice('EKNRSTW')}ishi{chance.randrange(10, 99)}"
    number = f"{chance.randrange(10**9):010d}"
    with copied(scene.workspace) as folder:
        for path in files_with(folder, KEY):
            path.write_bytes(path.read_bytes().replace(KEY, other.encode()))
        licensed = seals(folder, other.encode())
        with image(folder, BUILD) as (name, last):
            assert name, say(
                f"a copy of the workspace with another licence in vendor.key can't be built: {quoted(last, 200)}",
                f"vendor.key を別のライセンスに替えた写しは、ビルドできませんでした: {quoted(last, 200)}",
            )
            with replica(scene, "labels", environment={"DEPOT": depot}, image=name) as beside:
                told, printed = asked(beside, "/"), asked(beside, f"/label/{number}")
    assert seal(told) in licensed, say(
        f"a copy of the workspace was built with another licence in vendor.key, whose seal is {min(licensed)}. "
        f"Expected the service to tell it, saw {quoted(told)}. Where does the seal come from?",
        f"vendor.key を別のライセンス（印は {min(licensed)}）に替えた写しをビルドしました。サービスはその印を名乗る"
        f"はずですが、{quoted(told)} でした。印はどこから来るのでしょうか",
    )
    wanted = f"{depot} {number}-{check_digit(number)}"
    assert printed == wanted, say(
        f"the image was started for another depot, with DEPOT={depot}. Expected the label {quoted(wanted)}, "
        f"saw {quoted(printed)}",
        f"イメージを別の営業所のために DEPOT={depot} で起動しました。ラベルは {quoted(wanted)} のはずですが、"
        f"{quoted(printed)} でした",
    )


@pytest.mark.timeout(90)
def test_no_layer_has_the_key(scene: Scene) -> None:
    """Neither a layer of the image nor its description has the licence key, as it is, encoded or packed.

    ja: イメージのどのレイヤーにも説明にも、ライセンスキーはない。そのままでも、別の書き方でも、圧縮されていても。
    """
    told = json.dumps(shown(scene)) + scene.docker("history", "--no-trunc", shown(scene)["Id"]).stdout
    assert not holds(told.encode(), spellings_of(KEY)), say(
        "the key stands in the image's own description, where anybody can read it without starting anything",
        "キーがイメージの説明そのものに書かれています。何も起動しなくても、誰にでも読めます",
    )
    where = own_contents(scene).key
    assert not where, say(
        f"a layer of the image has the key: {where}. What does a later line do to an earlier layer, "
        "and what can whoever gets this file do with it?",
        f"イメージのレイヤーにキーがあります: {where}。後の行は前のレイヤーに何をしますか。"
        "そして、このファイルを手にした人には何ができますか",
    )


def test_user(scene: Scene) -> None:
    """The image runs as a user who is not root, whatever that user is called.

    ja: イメージは、名前が何であれ、root ではないユーザーで動く。
    """
    user = shown(scene)["Config"].get("User") or "root"
    number = scene.uid("labels", user)
    assert number != 0, say(
        f"expected a user of the service's own; the image runs as {user}, whose number is 0. "
        "To the kernel a user is a number, and 0 is root",
        f"サービス専用のユーザーで動くはずですが、{user}、番号 0 で動きます。"
        "カーネルにとってユーザーとは番号であり、0 は root です",
    )


@pytest.mark.timeout(90)
@pytest.mark.needs("test_labels", "test_user")
def test_rights(scene: Scene) -> None:
    """The service can't rewrite what it runs, and the image brings no program that gives its caller root's rights.

    ja: サービスは自分が動かすものを書き換えられず、呼んだ人に root の権利を与えるプログラムをイメージは持ち込まない。
    """
    files = own_contents(scene).files
    for path, entry in files.items():
        gives = (entry.mode & 0o4000 and entry.owner == 0) or (entry.mode & 0o2000 and entry.group == 0)
        assert entry.kind != "file" or not (gives or entry.capable), say(
            f"{path} (mode {entry.mode:o}) gives whoever calls it rights of root: of what use is another user then?",
            f"{path}（モード {entry.mode:o}）は、呼んだ人に root の権利を与えます。"
            "それなら、別のユーザーで動かす意味は何でしょうか",
        )
    rooted = [one for one in scene.sidecar("labels").processes() if one.is_root]
    assert not rooted, say(
        f"this runs as root: {quoted(rooted[0].command if rooted else '')}",
        f"root で動いているものがあります: {quoted(rooted[0].command if rooted else '')}",
    )
    for one in {(process.uids, process.gids): process for process in serving(scene, "labels")}.values():
        path = rewritable(own_contents(scene), one)
        mode = files[path].mode if path else 0
        assert not path, say(
            f"the service runs as user {one.uids[1]}, who may write to {path}, mode {mode:o}: "
            "a hole in one request could put another program there. Who needs which right?",
            f"サービスはユーザー {one.uids[1]} で動き、{path}（モード {mode:o}）に書き込めます。"
            "要求ひとつの穴から、別のプログラムを置かれます。誰にどの権利が要りますか",
        )


def rewritable(found: Contents, who: Process) -> str:
    """A program of an image's own layers, or a folder above one, that a process may write to; else nothing."""
    for path, entry in found.files.items():
        if entry.kind != "file" or not (entry.mode & 0o111 or re.search(r"\.(py|pyc|so(\.\d+)*)$", path)):
            continue
        for place in (path, *map(str, PurePosixPath(path).parents)):
            one = found.files.get(place)
            if one is None or (one.kind == "folder" and one.mode & 0o1000 and one.owner not in who.uids):
                continue
            if one.owner in who.uids or one.mode & (0o020 if one.group in who.gids else 0o002):
                return place
    return ""


@pytest.mark.timeout(90)
def test_rebuild(scene: Scene) -> None:
    """After a change of one line of the service's code the packages are not installed anew.

    ja: サービスのコードを1行変えたあとのビルドで、パッケージは入れ直されない。
    """
    with copied(scene.workspace) as folder:
        changed = programs(folder)
        for program in changed:
            with program.open("a") as text:
                text.write(f"\n# {secrets.token_hex(4)}\n")
        again = installed_anew(folder)
        names = ", ".join(str(path.relative_to(folder)) for path in changed)
    assert not again, say(
        f"a comment was added to {names}, and the build began again with: {again[:100]}",
        f"{names} にコメントを1行足すと、ビルドはここからやり直されました: {again[:100]}",
    )


def installed_anew(folder: Path) -> str:
    """The first step that installs packages and is not taken from the cache; the build is ended there.

    What a step installs is told by its line, or by what the package manager says meanwhile.
    """
    name = f"kikori-check-{secrets.token_hex(6)}"
    command = ["docker", "build", "--progress=plain", "--network=none", "--tag", name, str(folder)]
    steps: dict[str, str] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as build:
        for line in build.stdout or ():
            if match := STEP.match(line):
                steps[match[1]] = match[2]
                continue
            number, _, said = line.removeprefix("#").partition(" ")
            if number not in steps or said.startswith(("CACHED", "DONE")) or not said.strip():
                continue
            if INSTALLS.search(steps[number]) or INSTALLING.search(said):
                build.kill()
                return steps[number]
    subprocess.run(["docker", "image", "rm", name], capture_output=True, check=False)
    return ""
