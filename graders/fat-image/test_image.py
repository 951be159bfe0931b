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

from kikori.grading import Process, Scene, eventually, quoted, reasons, replica, serving

reason = reasons(__file__)

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
    assert seen == wanted, reason("labels", wanted=quoted(wanted), seen=quoted(seen))
    licensed = seals(scene.workspace, KEY)
    assert licensed, reason("labels-2")
    for path in ("/", "/health"):
        told = scene.get("labels", path, 8080).text
        assert seal(told) in licensed, reason("labels-3", path=path, told=quoted(told))


def test_size(scene: Scene) -> None:
    """The image adds little to what all images here stand on.

    ja: イメージが共通の土台に足しているものは、わずかである。
    """
    below = max((layers(scene, base) for base in BASES), key=lambda base: _shared(shown(scene), base))
    sizes = scene.docker("history", "--format", "{{.Size}}", "--human=false", shown(scene)["Id"]).stdout.split()
    own = [int(size) for size in reversed(sizes) if int(size)]
    above = sum(own[_shared(shown(scene), below) :]) / 1e6
    assert above <= LARGEST, reason("size", above=above, largest=LARGEST)


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
            assert name, reason("elsewhere", last=quoted(last, 200))
            with replica(scene, "labels", environment={"DEPOT": depot}, image=name) as beside:
                told, printed = asked(beside, "/"), asked(beside, f"/label/{number}")
    assert seal(told) in licensed, reason("elsewhere-2", licensed=min(licensed), told=quoted(told))
    wanted = f"{depot} {number}-{check_digit(number)}"
    assert printed == wanted, reason("elsewhere-3", depot=depot, wanted=quoted(wanted), printed=quoted(printed))


@pytest.mark.timeout(90)
def test_no_layer_has_the_key(scene: Scene) -> None:
    """Neither a layer of the image nor its description has the licence key, as it is, encoded or packed.

    ja: イメージのどのレイヤーにも説明にも、ライセンスキーはない。そのままでも、別の書き方でも、圧縮されていても。
    """
    told = json.dumps(shown(scene)) + scene.docker("history", "--no-trunc", shown(scene)["Id"]).stdout
    assert not holds(told.encode(), spellings_of(KEY)), reason("no-layer-has-the-key")
    where = own_contents(scene).key
    assert not where, reason("no-layer-has-the-key-2", where=where)


def test_user(scene: Scene) -> None:
    """The image runs as a user who is not root, whatever that user is called.

    ja: イメージは、名前が何であれ、root ではないユーザーで動く。
    """
    user = shown(scene)["Config"].get("User") or "root"
    number = scene.uid("labels", user)
    assert number != 0, reason("user", user=user)


@pytest.mark.timeout(90)
@pytest.mark.needs("test_labels", "test_user")
def test_rights(scene: Scene) -> None:
    """The service can't rewrite what it runs, and the image brings no program that gives its caller root's rights.

    ja: サービスは自分が動かすものを書き換えられず、呼んだ人に root の権利を与えるプログラムをイメージは持ち込まない。
    """
    files = own_contents(scene).files
    for path, entry in files.items():
        gives = (entry.mode & 0o4000 and entry.owner == 0) or (entry.mode & 0o2000 and entry.group == 0)
        assert entry.kind != "file" or not (gives or entry.capable), reason("rights", path=path, mode=entry.mode)
    rooted = [one for one in scene.sidecar("labels").processes() if one.is_root]
    assert not rooted, reason("rights-2", command=quoted(rooted[0].command if rooted else ""))
    for one in {(process.uids, process.gids): process for process in serving(scene, "labels")}.values():
        path = rewritable(own_contents(scene), one)
        mode = files[path].mode if path else 0
        assert not path, reason("rights-3", uids=one.uids[1], path=path, mode=mode)


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
    assert not again, reason("rebuild", names=names, again=again[:100])


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
