"""Is the village's timetable there for its users, and is the server as safe as before?"""

import re
from itertools import islice
from pathlib import PurePosixPath
from urllib.parse import quote

import pytest

from kikori.grading import (
    SYSTEM,
    Answer,
    File,
    Page,
    Process,
    Scene,
    answering,
    eventually,
    quoted,
    rights_of_root,
    say,
    serving,
    words_of,
    writable_by,
)

TIMES, EVERY = 16, 0.1
"""How often the page is asked for in a row, and how many seconds lie between."""
OURS = ("/srv", "/etc/nginx", "/etc/service")
OF_THE_DISK = ("/etc", "/root", "/usr", "/var/lib", "/var/log")
"""Where nothing lies that is for the users of the page."""
LARGEST = 64 * 1024
SOME = 2
"""How many files are asked for of each folder that may be the root of the pages."""
GONE = 2
"""The kind of a change by which a file is gone, as the engine tells it."""
BACK = 8
"""Seconds that the server has for coming back."""
ANYBODY = Process(pid=0, parent=0, uids=(65534,) * 3, gids=(65534,), state="S", command="")
NAMES = re.compile(r"(?:^|[\s;&|])(?:include|load_module|exec|source|sh|\.|-c)\s+['\"]?(/[^\s;'\"]+)")
"""How a configuration or a script names another that is read or executed with it."""
PLACES = re.compile(r"(?<![\w.])/[^\s;'\"{}()]+")
"""A path in a configuration or a script."""


def timetable(scene: Scene) -> list[str]:
    """The words of the page as they were, in their order."""
    line, stop, minute = (scene.params[name] for name in ("line", "stop", "minute"))
    return words_of(f"Village bus, line {line}. The last bus to {stop} leaves at 21:{minute}.")


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
def test_answer(scene: Scene) -> None:
    """A user who asks for the timetable gets an answer.

    ja: 時刻表を求めた利用者に、応答が返る。
    """
    answer = eventually(lambda: scene.get("web", "/"), lambda seen: seen.status == 200)
    assert answer.status == 200, say(
        f"expected status 200 for /, saw {answer}; what does that tell about how far the request came?",
        f"/ には 200 が返るはずですが、{answer} でした。要求はどこまで届いたのでしょうか",
    )
    refused = [seen for seen in in_a_row(scene) if seen.status != 200]
    assert not refused, say(
        f"{TIMES} users asked one after the other, with several browsers and by several names of the server; expected "
        f"an answer each time, saw {refused[0]} {len(refused)} times. What is different when the page does not come?",
        f"{TIMES} 人の利用者が、いくつかのブラウザーから、サーバーのいくつかの名前で、続けてページを求めました。"
        f"毎回応答があるはずですが、{len(refused)} 回は {refused[0]} でした。"
        "ページが出ないときは、何が違うのでしょうか",
    )


def in_a_row(scene: Scene) -> list[Answer]:
    """What users get who ask for the page one after the other."""
    answers = list[Answer]()

    def ask() -> int:
        answers.append(scene.get("web", "/"))
        return len(answers)

    eventually(ask, lambda asked: asked >= TIMES, within=30, every=EVERY)
    return answers


@pytest.mark.needs("test_answer")
def test_timetable(scene: Scene) -> None:
    """The page shows the timetable that the users know.

    ja: ページには、利用者が知っている時刻表が載っている。
    """
    answers = {answer.text: answer for answer in (scene.get("web", "/") for _ in range(scene.clients.kinds))}
    for page in map(Page.of, answers.values()):
        assert page.is_shown, say(
            f"expected a page that browsers show, saw one of the type {quoted(page.kind or 'none')}"
            f"{' to be saved' if page.is_saved else ''}. What does a browser do with that, and who says it?",
            f"ブラウザーが表示するページのはずですが、種類は {quoted(page.kind or 'なし')} "
            f"{'で、保存するよう指示されています' if page.is_saved else 'です'}。"
            "ブラウザーはそれをどう扱いますか。誰がそう伝えているのでしょうか",
        )
        wanted, seen = timetable(scene), page.words
        missing, new = [sum(word not in other for word in words) for words, other in ((wanted, seen), (seen, wanted))]
        assert seen == wanted, say(
            f"a page comes, and a browser does not show on it what it showed before: {quoted(page.text)}. Words that "
            f"are missing: {missing}; words that are new: {new}. What did the users know, in which order?",
            f"ページは出ますが、ブラウザーに表示されるのは、以前の内容ではありません: {quoted(page.text)}。"
            f"足りない言葉は {missing}、新しい言葉は {new}。利用者が知っていたのは、どんな内容でしたか",
        )
        assert not page.alters, say(
            f"the page now holds {quoted(page.alters)}, by which a browser may come to show something else than what "
            "stands there. It showed the timetable without any",
            f"ページに {quoted(page.alters)} が入っています。"
            "ブラウザーの表示が、書かれている内容と変わることがあります。"
            "以前は、なくても時刻表を表示していました",
        )


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
    shown = [path for address, path in drawn(scene).items() if is_given_out(scene, path, address)]
    assert not shown, say(
        f"whoever asks for it gets the server's file {shown[0]}; what has to be shown, and what else is within reach?",
        f"サーバーに求めると、ファイル {shown[0]} が誰にでも渡されます。"
        "見せる必要があるのは何で、ほかに何が見えていますか",
    )


def drawn(scene: Scene) -> dict[str, str]:
    """Some files of the disk by the addresses at which each is got if a folder above it is the root of the pages."""
    chance, beside = scene.draw("disk"), scene.sidecar("web")
    files = [file for file in beside.files(*OF_THE_DISK) if file.kind == "file" and 0 < file.size < LARGEST]
    readable = sorted(file.path for file in files if file.mode & 0o004)
    near = {str(parent) for page in pages(scene) for parent in PurePosixPath(page).parents}
    found = dict[str, str]()
    for root in sorted({"/", *OF_THE_DISK, *near}):
        here = [path for path in readable if str(PurePosixPath(path).parent) == root]
        below = here or [path for path in readable if path.startswith(f"{root.rstrip('/')}/")]
        plain = (path for path in chance.sample(below, len(below)) if (beside.read(path) or b"\0").isascii())
        found |= {path.removeprefix(root.rstrip("/")): path for path in islice(plain, SOME)}
    return found


def is_given_out(scene: Scene, path: str, address: str) -> bool:
    """Whether the server answers with that file."""
    answer, content = scene.get("web", quote(address)), scene.sidecar("web").read(path) or b""
    return answer.status == 200 and answer.text == content.decode("latin-1") and not shows(scene, content)


@pytest.mark.guard
@pytest.mark.needs("test_server_is_up")
def test_page_is_not_open_to_writers(scene: Scene) -> None:
    """Only its owner can change a file of the server: the page, the configuration, a program.

    ja: サーバーのファイル（ページ、設定、プログラム）を変えられるのは、その所有者だけである。
    """
    anywhere = [file for file in writable_by(scene, "web", ANYBODY, "/") if not is_for_all(file)]
    loose = [file for file in scene.sidecar("web").files(*OURS) if file.is_open_to(0o022)] or anywhere
    assert not loose, say(
        f"others than its owner may now write to {loose[0].path}; who needs which right?",
        f"所有者でないユーザーも {loose[0].path} に書き込めます。誰にどの権利が要りますか",
    )


def is_for_all(file: File) -> bool:
    """Whether it is meant to be: a folder in which everybody has files of their own, such as /tmp; a device, a pipe."""
    return file.kind == "other" or bool(file.mode & 0o1000)


def named(scene: Scene) -> list[str]:
    """What the server's configuration and its start name, wherever it lies, and where links among them lead to."""
    beside, known = scene.sidecar("web"), list[str]()
    left = list(beside.files(*OURS))
    for file in left:  # it grows meanwhile
        found = NAMES.findall((beside.read(file.path, LARGEST) or b"").decode("utf-8", "replace"))
        if file.kind == "link":
            found.append(str(PurePosixPath(file.path).parent / file.target))
        for name in found:
            place = name.split("*")[0].rpartition("/")[0] if "*" in name else name
            if place not in known and not place.startswith(tuple(f"{one}/" for one in (*OURS, *SYSTEM))):
                known.append(place)
                left += [file for file in beside.files(place) if file.kind in ("file", "link")]
    return known


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

    ja: 要求に答えるプロセスは、見せるものも、root が実行するものも変えられない。
    """
    shown = pages(scene)
    folders = {str(PurePosixPath(page).parent) for page in shown if is_led_to(scene, page)} - {"/"}
    places = (*OURS, *SYSTEM, *named(scene), *shown, *sorted(folders))
    workers = {(one.uids, one.gids): one for one in answering(scene, "web") if not one.is_root}
    handed = [file for one in workers.values() for file in writable_by(scene, "web", one, *places)]
    assert not handed, say(
        f"a process that answers requests may {told(handed[0])}: a hole in one request would change what everybody is "
        "shown, or what root executes. Who needs which right?",
        f"要求に答えるプロセスが {told(handed[0])}。要求ひとつの穴から、全員に見せるものや、"
        "root が実行するものが書き換えられます。誰にどの権利が要りますか",
    )


def told(file: File) -> str:
    """What may be done with a file or a folder."""
    if file.kind == "folder":
        return say(f"put files into {file.path}", f"{file.path} にファイルを置けます")
    return say(f"change {file.path}", f"{file.path} を変えられます")


@pytest.mark.needs("test_answer")
def test_workers_are_not_root(scene: Scene) -> None:
    """Requests are not answered by root, nor with root's rights.

    ja: 要求に答えるのは root ではなく、root の権限も持っていない。
    """

    def as_root() -> list[Process]:
        return [one for one in answering(scene, "web") if one.is_root]

    found = eventually(as_root, lambda seen: not seen, within=2)  # a server that has just begun has no workers yet
    assert not found, say(
        "a process that answers requests runs as root: a hole in one request would be a hole in the whole server",
        "要求に答えるプロセスが root で動いています。要求ひとつの穴が、サーバー全体の穴になります",
    )
    right = next(filter(None, map(rights_of_root, answering(scene, "web"))), "")
    assert not right, say(f"{right}. Who needs which right?", f"{right}。誰にどの権利が要りますか")


@pytest.mark.needs("test_answer")
def test_server_comes_back(scene: Scene) -> None:
    """The server comes back by itself when its processes end.

    ja: サーバーのプロセスが終わっても、サーバーはひとりでに戻る。
    """
    scene.sidecar("web").end(*(one.pid for one in serving(scene, "web")))
    answer = eventually(lambda: scene.get("web", "/"), lambda seen: seen.status == 200, within=BACK)
    assert answer.status == 200, say(
        f"the server's processes were ended with SIGKILL, as a crash would end them; {BACK} s later there was {answer}."
        " Whom does the supervisor watch?",
        f"サーバーのプロセスを、クラッシュと同じように SIGKILL で終わらせました。{BACK} 秒たっても {answer} です。"
        "supervisor は誰を見張っているのでしょうか",
    )
