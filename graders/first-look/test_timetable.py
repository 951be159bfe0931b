"""Is the village's timetable there for its users, and is the server as safe as before?"""

import re
from functools import cache
from itertools import islice, product
from pathlib import PurePosixPath
from urllib.parse import quote
from xml.parsers import expat

import pytest
from visitors import asked, visits

from kikori.grading import (
    SYSTEM,
    Answer,
    File,
    Page,
    Process,
    Scene,
    answering,
    eventually,
    family,
    quoted,
    reasons,
    rights_of_root,
    say,
    serving,
    words_of,
    writable_by,
)

reason = reasons(__file__)

TIMES, EVERY, LONG = 24, 0.05, 15
"""How often the page is asked for in a row, how many seconds lie between, and how many all may take together."""
OURS = ("/srv", "/etc/nginx", "/etc/runit", "/etc/sv", "/etc/service")
OF_THE_DISK = ("/etc", "/root", "/usr", "/var/lib", "/var/log")
"""Where nothing lies that is for the users of the page."""
LARGEST = 64 * 1024
SOME = 2
"""How many files are asked for of each folder that may be the root of the pages."""
BESIDE, MOST = 20, 300
"""How many files beside the page are asked for, and how many addresses in all."""
FAMOUS = "/etc/passwd"
PRIVATE = ("/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/security/opasswd", "/root")
"""What root alone reads in the image."""
XHTML = "application/xhtml+xml"
GONE = 2
"""The kind of a change by which a file is gone, as the engine tells it."""
BACK = 8
"""Seconds that the server has for coming back."""
ANYBODY = Process(pid=0, parent=0, uids=(65534,) * 3, gids=(65534,), state="S", command="")
NAMES = re.compile(r"(?:^|[\s;&|])(?:include|load_module|exec|source|sh|\.|-c)\s+['\"]?(/[^\s;'\"]+)")
"""How a configuration or a script names another that is read or executed with it."""
PREFIXES = re.compile(r"\b(?:location|rewrite)\s+(?:=|\^~|~\*?)?\s*[\"']?\^?(/[\w./-]*)")
HOSTS = re.compile(r"\bserver_name\s+([^;]+);")
ROOTS = re.compile(r"\b(?:root|alias)\s+[\"']?(/[^\s;\"']*)")
ERRORS = re.compile(r"\berror_page\s+([^;]+);")
"""What nginx's configuration gives addresses, names and folders."""
SEARCHED = re.compile(r"\bPATH=[\"']?([^\s;\"']+)")
"""Where a script has programs searched for."""
PARTS = "\x1e"
"""What stands between two answers of one look."""
PLACES = re.compile(r"(?<![\w.])/[^\s;'\"{}()]+")
"""A path in a configuration or a script."""


def timetable(scene: Scene) -> list[str]:
    """The words of the page as they were, in their order."""
    line, stop, minute = (scene.params[name] for name in ("line", "stop", "minute"))
    return words_of(f"Village bus, line {line}. The last bus to {stop} leaves at 21:{minute}.")


@pytest.mark.guard
def test_server_is_up(scene: Scene) -> None:
    """The server's container is running.

    ja: サーバーのコンテナが動いている。
    """
    assert scene.state("web") == "running", reason("server-is-up", state=scene.state("web"))


@pytest.mark.needs("test_server_is_up")
def test_answer(scene: Scene) -> None:
    """A user who asks for the timetable gets an answer.

    ja: 時刻表を求めた利用者に、応答が返る。
    """
    answer = eventually(lambda: asked(scene), lambda seen: seen.status == 200)
    assert answer.status == 200, reason("answer", answer=answer)
    answers = in_a_row(scene)
    refused = [seen for seen in answers if seen.status != 200]
    assert not refused, reason("answer-2", times=TIMES, refused=refused[0], count=len(refused))
    assert len(answers) == TIMES, reason("answer-3", times=TIMES, long=LONG, count=len(answers))


def in_a_row(scene: Scene) -> list[Answer]:
    """What users get who ask for the page one after the other, till one waits in vain or all have waited too long."""
    answers, coming = list[Answer](), islice(visits(scene), TIMES)

    def ask() -> bool:
        visit = next(coming, None)
        if visit is not None:
            answers.append(asked(scene, visit))
        return visit is None or not answers[-1].status

    eventually(ask, bool, within=LONG, every=EVERY)
    return answers


@pytest.mark.needs("test_answer")
def test_timetable(scene: Scene) -> None:
    """The page shows the timetable that the users know.

    ja: ページには、利用者が知っている時刻表が載っている。
    """
    came = [scene.get("web", "/") for _ in range(scene.clients.kinds)]
    for answer in {(seen.text, str(seen.headers.get("Content-Type"))): seen for seen in came}.values():
        page = Page.of(answer)
        assert page.is_shown, reason(
            "timetable",
            kind=quoted(page.kind or say("none", "なし")),
            saved=say(" to be saved", "で、保存するよう指示されています") if page.is_saved else say("", "です"),
        )
        assert page.kind != XHTML or is_xml(answer.text), reason("timetable-4", kind=quoted(page.kind))
        wanted, seen = timetable(scene), page.words
        missing, new = [sum(word not in other for word in words) for words, other in ((wanted, seen), (seen, wanted))]
        assert seen == wanted, reason("timetable-2", text=quoted(page.text), missing=missing, new=new)
        assert not page.alters, reason("timetable-3", alters=quoted(page.alters))
    led = [seen.headers["Refresh"] for seen in came if "Refresh" in seen.headers]
    assert not led, reason("timetable-5", header=quoted(f"Refresh: {led[0]}"))


def is_xml(text: str) -> bool:
    """Whether a browser that is told to read a page as XML finds one in it."""
    try:
        expat.ParserCreate().Parse(text, True)
    except expat.ExpatError:
        return False
    return 'xmlns="http://www.w3.org/1999/xhtml"' in text


@cache
def pages(scene: Scene) -> list[str]:
    """Where on the server the timetable lies, or leads to: among what is not as it was in the image."""
    beside, changed = scene.sidecar("web"), scene.container("web").diff() or []
    paths = [str(one["Path"]) for one in changed if one["Kind"] != GONE]
    return [path for path in paths if shows(scene, beside.read(path, LARGEST) or b"")]


def shows(scene: Scene, content: bytes) -> bool:
    """Whether a browser would show the timetable for it."""
    return Page.of(Answer(status=200, text=content.decode("utf-8", "replace"))).words == timetable(scene)


@pytest.mark.needs("test_answer")
def test_nothing_else_is_shown(scene: Scene) -> None:
    """The server shows the page, and not the rest of the disk.

    ja: サーバーが見せるのはページで、ディスクのほかの中身ではない。
    """
    shown = given_out(scene, configuration(scene))
    assert not shown, reason("nothing-else-is-shown", shown=shown)


def configuration(scene: Scene) -> str:
    """All that nginx may read of its configuration, without comments."""
    beside = scene.sidecar("web")
    files = [file.path for file in beside.files("/etc/nginx", *named(scene)) if file.kind in ("file", "link")]
    texts = [(beside.read(path, LARGEST) or b"").decode("utf-8", "replace") for path in files]
    return "\n".join(re.sub(r"(?m)^\s*#.*", "", text) for text in texts)


def given_out(scene: Scene, said: str) -> str:
    """A file of the disk that somebody gets by one of the server's addresses, names and ports; empty if none."""
    beside, folders = scene.sidecar("web"), shown_folders(scene)
    inside = [file for folder in folders for file in beside.files(folder) if file.kind in ("file", "link")]
    links = [file.path.removeprefix(folder) for folder in folders for file in inside if file.kind == "link"]
    plain = near(scene, said, [file.path for file in inside], folders) | drawn(scene, ROOTS.findall(said))
    content = {path: beside.read(path) or b"" for path in plain.values()}
    wanted = {at: content[path] for at, path in plain.items() if content[path] and not shows(scene, content[path])}
    prefixes = ["", *sorted({found.rstrip("/") for found in (*PREFIXES.findall(said), *links)} - {""})]
    ways = [(prefix + at, at) for at, prefix in product(wanted, prefixes) if prefix + at]
    ways = ways[:MOST]
    hosts = sorted({name.lstrip("*.") for names in HOSTS.findall(said) for name in names.split()} - {"_", ""})
    for host in (None, *(host for host in hosts if re.fullmatch(r"[\w.-]+", host))):
        for address, at in ways:
            asks = {"headers": {"Host": host}} if host else {}
            answer = scene.get("web", quote(address), **asks)
            if answer.status == 200 and is_of(answer.text.encode("latin-1", "replace"), wanted[at]):
                return plain[at]
    return by_other_doors(scene, ways, {at: (plain[at], text) for at, text in wanted.items()})


def is_of(got: bytes, content: bytes) -> bool:
    """Whether it is a file's content; a log may have grown since it was read."""
    return got == content or (len(content) > 40 and got.startswith(content))


def by_other_doors(scene: Scene, ways: list[tuple[str, str]], wanted: dict[str, tuple[str, bytes]]) -> str:
    """The same, asked at each other port at which what answers listens for more than the server itself."""
    for door in doors(scene):
        urls = [f"http://127.0.0.1:{door}{quote(address)}" for address, _ in ways]
        got = scene.debug("web").run(f"curl -s -g -m 4 -w '{PARTS}' %s" + " %s" * (len(urls) - 1), *urls).stdout
        for text, (_, at) in zip(got.split(PARTS), ways, strict=False):
            if is_of(text.encode(), wanted[at][1]):
                return wanted[at][0]
    return ""


def doors(scene: Scene) -> list[int]:
    """The other ports than the page's at which what answers listens, and not for the server alone."""
    beside = scene.sidecar("web")
    held = {name for one in beside.descriptors() for name in one.open}
    rows = [line.split() for line in beside.network("tcp").splitlines()]
    open_ = [row[1].split(":") for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in held]
    return sorted({int(port, 16) for address, port in open_ if address == "00000000"} - {80})


@cache
def shown_folders(scene: Scene) -> list[str]:
    """The folders in which the page lies that is shown."""
    folders = {str(PurePosixPath(page).parent) for page in pages(scene) if is_led_to(scene, page)}
    return sorted(folders - {"/"})


def near(scene: Scene, said: str, paths: list[str], folders: list[str]) -> dict[str, str]:
    """Files beside the page by their addresses, but for what the page or nginx names as a part of it."""
    known = " ".join(ERRORS.findall(said)) + " ".join(scene.get("web", "/").text for _ in range(2))
    strange = [path for path in paths if PurePosixPath(path).name not in known]
    chosen = scene.draw("beside").sample(strange, min(BESIDE, len(strange)))
    return {path.removeprefix(folder): path for path in chosen for folder in folders if path.startswith(f"{folder}/")}


def drawn(scene: Scene, named_roots: list[str]) -> dict[str, str]:
    """Some files of the disk by the addresses at which each is got if a folder above it is the root of the pages."""
    chance, beside = scene.draw("disk"), scene.sidecar("web")
    files = [file for file in beside.files(*OF_THE_DISK) if file.kind == "file" and 0 < file.size < LARGEST]
    readable = sorted(file.path for file in files if file.mode & 0o004)
    above = {str(parent) for page in pages(scene) for parent in PurePosixPath(page).parents}
    roots = {"/", *OF_THE_DISK, *above, *(root.rstrip("/") or "/" for root in named_roots)}
    single = next((root for root in named_roots if beside.read(root)), "")
    found = {FAMOUS: FAMOUS} | ({"": single} if single else {})
    for root in sorted(roots):
        here = [path for path in readable if str(PurePosixPath(path).parent) == root]
        below = here or [path for path in readable if path.startswith(f"{root.rstrip('/')}/")]
        plain = (path for path in chance.sample(below, len(below)) if (beside.read(path) or b"\0").isascii())
        found |= {path.removeprefix(root.rstrip("/")): path for path in islice(plain, SOME)}
    return found


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_page_is_not_open_to_writers(scene: Scene) -> None:
    """Only its owner can change a file of the server: the page, the configuration, a program.

    ja: サーバーのファイル（ページ、設定、プログラム）を変えられるのは、その所有者だけである。
    """
    anywhere = [file for file in writable_by(scene, "web", ANYBODY, "/") if not is_for_all(file)]
    writers = 0o002 if roots_group_is_empty(scene) else 0o022
    ours = scene.sidecar("web").files(*OURS)
    loose = [file for file in ours if file.is_open_to(writers if file.group == 0 else 0o022)] or anywhere
    assert not loose, reason("page-is-not-open-to-writers", path=loose[0].path)


def roots_group_is_empty(scene: Scene) -> bool:
    """Whether nobody but root is in root's group, so that its rights are root's alone."""
    beside = scene.sidecar("web")
    accounts, groups = ((beside.read(f"/etc/{name}") or b"").decode("utf-8", "replace") for name in ("passwd", "group"))
    rows = [line.split(":") for line in accounts.splitlines()]
    others = [row[0] for row in rows if len(row) > 3 and row[3] == "0" and row[2] != "0"]
    members = [line.split(":")[3] for line in groups.splitlines() if line.split(":")[2:3] == ["0"]]
    return not others and not any(set(each.split(",")) - {"", "root"} for each in members)


def is_for_all(file: File) -> bool:
    """Whether it is meant to be: a folder in which everybody has files of their own, such as /tmp; a device, a pipe."""
    return file.kind == "other" or bool(file.mode & 0o1000)


@cache
def named(scene: Scene) -> list[str]:
    """What the server's configuration and its start name, wherever it lies, and where links among them lead to."""
    beside, known = scene.sidecar("web"), list[str]()
    left = list(beside.files(*OURS))
    for file in left:  # it grows meanwhile
        said = (beside.read(file.path, LARGEST) or b"").decode("utf-8", "replace")
        found = NAMES.findall(said) + executed(scene, said)
        if file.kind == "link":
            found.append(str(PurePosixPath(file.path).parent / file.target))
        for name in found:
            place = name.split("*")[0].rpartition("/")[0] if "*" in name else name
            if place not in ("", "/", *known) and not place.startswith(tuple(f"{one}/" for one in (*OURS, *SYSTEM))):
                known.append(place)
                left += [file for file in beside.files(place) if file.kind in ("file", "link")]
    return known


def executed(scene: Scene, said: str) -> list[str]:
    """What a script names that can be executed, and where it has programs searched for."""
    if not said.startswith("#!"):
        return []
    said = re.sub(r"(?m)^\s*#.*", "", said)
    programs = [one.path for one in scene.sidecar("web").at(*PLACES.findall(said)) if is_program(one)]
    searched = [place for places in SEARCHED.findall(said) for place in places.split(":") if place.startswith("/")]
    return programs + searched


def is_program(file: File) -> bool:
    """Whether somebody may execute it."""
    return file.kind == "link" or (file.kind == "file" and bool(file.mode & 0o111))


def is_led_to(scene: Scene, page: str) -> bool:
    """Whether the configuration or a link names a file or a folder above it; a copy elsewhere shows nobody anything."""
    beside, wanted = scene.sidecar("web"), {page, *map(str, PurePosixPath(page).parents)} - {"/"}
    for file in beside.files(*OURS, *named(scene)):
        is_link = file.kind == "link"
        content = b"" if is_link else beside.read(file.path, LARGEST) or b""
        said = str(PurePosixPath(file.path).parent / file.target) if is_link else content.decode("utf-8", "replace")
        if wanted & {place.rstrip("/") for place in PLACES.findall(said)}:
            return True
    return False


@pytest.mark.needs("test_answer")
def test_workers_can_change_nothing(scene: Scene) -> None:
    """What answers requests can change neither what is shown nor what root executes.

    ja: リクエストに答えるプロセスは、見せるものも、root が実行するものも変えられない。
    """
    places = (*OURS, *SYSTEM, *named(scene), *pages(scene), *shown_folders(scene))
    workers = {(one.uids, one.gids): one for one in answering(scene, "web") if not one.is_root}
    handed = [file for one in workers.values() for file in writable_by(scene, "web", one, *places)]
    assert not handed, reason("workers-can-change-nothing", told=told(handed[0]))


def told(file: File) -> str:
    """What may be done with a file or a folder."""
    if file.kind == "folder":
        return reason("told", path=file.path)
    return reason("told-2", path=file.path)


@pytest.mark.needs("test_answer")
def test_workers_are_not_root(scene: Scene) -> None:
    """Requests are not answered by root, nor with root's rights.

    ja: リクエストに答えるのは root ではなく、root の権限も持っていない。
    """

    def as_root() -> list[Process]:
        return [one for one in answering(scene, "web") if one.is_root]

    found = eventually(as_root, lambda seen: not seen, within=2)  # a server that has just begun has no workers yet
    assert not found, reason("workers-are-not-root")
    right = next(filter(None, map(rights_of_root, answering(scene, "web"))), "")
    assert not right, reason("workers-are-not-root-2", right=right)


@pytest.mark.needs("test_answer")
def test_secrets_stay_closed(scene: Scene) -> None:
    """What only root could read, and become, is root's alone.

    ja: root だけが読めたもの、root だけに許されたことは、いまも root だけのものである。
    """
    beside = scene.sidecar("web")
    who = [ANYBODY, *(one for one in answering(scene, "web") if not one.is_root)]
    told = [file.path for file in beside.at(*PRIVATE) if any(may_read(one, file) for one in who)]
    assert not told, reason("secrets-stay-closed", path=(told or [""])[0])
    changed = [str(one["Path"]) for one in scene.container("web").diff() or [] if one["Kind"] != GONE]
    lent = [file.path for file in beside.at(*changed) if file.kind == "file" and file.mode & 0o6000]
    assert not lent, reason("secrets-stay-closed-2", path=(lent or [""])[0])
    accounts = (beside.read("/etc/shadow") or b"").decode("utf-8", "replace").splitlines()
    free = [row.split(":")[0] for row in accounts if row.split(":")[1:2] == [""]]
    assert not free, reason("secrets-stay-closed-3", user=quoted((free or [""])[0]))


def may_read(one: Process, file: File) -> bool:
    """Whether a process has the right to read a file, or a folder's list, by its mode."""
    if file.owner in one.uids:
        return bool(file.mode & 0o400)
    return bool(file.mode & (0o040 if file.group in one.gids else 0o004))


@pytest.mark.needs("test_answer")
def test_server_comes_back(scene: Scene) -> None:
    """The server comes back by itself when its processes end.

    ja: サーバーのプロセスが終わっても、サーバーはひとりでに戻る。
    """
    own = family(scene.sidecar("web").processes(), int(scene.inspect("web")["State"]["Pid"]))
    timed = [one.command for one in own if one.program == "timeout"]
    assert not timed, reason("server-comes-back-2", command=quoted((timed or [""])[0]))
    scene.sidecar("web").end(*(one.pid for one in serving(scene, "web")))
    answer = eventually(lambda: scene.get("web", "/"), lambda seen: seen.status == 200, within=BACK)
    assert answer.status == 200, reason("server-comes-back", back=BACK, answer=answer)
