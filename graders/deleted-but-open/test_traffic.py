"""What becomes of users, logs and disks while one rush follows another and the log is rotated?"""

import hashlib
import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from kikori.grading import Amount, Answer, Scene, amount, eventually, growth, in_words, say

if TYPE_CHECKING:
    from conftest import Logs

MIB = 2**20
ROOM_OF_LOGS = 4 * MIB
ELSEWHERE = 4 * MIB
NAMELESS = 2 * MIB
VISITS, CROWD, LONG = 240, 3, 7200
"""nginx takes headers of up to 8 KiB; three of them are logged."""
PATIENCE, EVERY = 15, 0.05
UNANSWERED = (
    f"the connection was refused or cut, or nothing came within {PATIENCE} s",
    f"接続を拒否されたか切られた、または {PATIENCE} 秒待っても何も来ない",
)
PHOTO, PIECE = 256 * 1024, 512
"""Bytes of a photo on a bad line, and how many of them get through in a tenth of a second."""
NUMBER = re.compile(rb"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")
MOSTLY = 0.75
"""A rotation that copies and truncates may lose the lines of an instant; a busy computer makes it a long one."""

pytestmark = pytest.mark.timeout(120)  # two rushes or three on a busy machine, and the rotations after them


class Slowly:
    """A photo on a bad line, until there is a reason to hurry."""

    def __init__(self, photo: bytes, hurry: Event) -> None:
        self.left, self.hurry, self.size = photo, hurry, len(photo)

    def __len__(self) -> int:
        return self.size

    def read(self, most: int = -1) -> bytes:
        """The next bytes; they take their time."""
        many = max(most, PIECE) if self.hurry.wait(0.1) else PIECE
        piece, self.left = self.left[:many], self.left[many:]
        return piece


class Users:
    """Who is there while others rush: some who look at the site, and one who sends a photo."""

    def __init__(self, scene: Scene) -> None:
        self.url, self.clients = f"http://{scene.address('web') or '127.0.0.1:9'}", scene.clients
        self.crew, self.over = scene.params["crew"], Event()
        self.asked, self.refused, self.is_kept, self.last = 0, list[Answer](), False, Answer(status=0, text="")

    def ask(self, method: str, path: str, **options: object) -> Answer:
        """One request on a connection of its own."""
        try:
            with self.clients.session(method) as session:
                seen = session.request(method, self.url + path, timeout=PATIENCE, **options)  # type: ignore[arg-type]
        except OSError:  # what requests raises is one
            return Answer(status=0, text=say(*UNANSWERED))
        return Answer(status=seen.status_code, text=seen.text, headers=dict(seen.headers))

    def look(self) -> None:
        """Look at the site, again and again."""
        while not self.over.wait(EVERY):
            self.asked += 1
            if (seen := self.ask("GET", "/")).status != 200:
                self.refused.append(seen)

    def send(self) -> None:
        """Send a photo that takes as long as all the rest, and take it back."""
        begun = self.ask("POST", "/login", json={"crew": self.crew})
        headers = {"Cookie": begun.headers.get("Set-Cookie", "").split(";")[0]}
        photo = secrets.token_bytes(PHOTO)
        name = hashlib.sha256(photo).hexdigest()[:16]
        self.last = self.ask("POST", "/photos", data=Slowly(photo, self.over), headers=headers)
        if self.last.status == 201:
            self.last = self.ask("GET", f"/photos/{name}")
        self.is_kept = self.last.status == 200
        self.ask("DELETE", f"/photos/{name}", headers=headers)


class Rush:
    """Busy stretches, one after the other: what the last one asked for, and what each left."""

    def __init__(self, scene: Scene, logs: "Logs") -> None:
        self.scene, self.logs, self.users = scene, logs, Users(scene)
        letters = scene.draw("rush").choices("bcdfghjklmnpqrstvwxz", k=9)
        self.long = ("".join(letters) + "-") * (LONG // 10)
        self.answers: dict[str, Answer] = {}
        self.turned_away: list[Answer] = []
        self.before = self.after = ""
        self.size = self.nameless = 0
        self.beyond: dict[str, int] = {}

    def wave(self) -> None:
        """Requests that write more log than all logs together may take, and the time to rotate it."""
        self.before = self.marked()
        with ThreadPoolExecutor(CROWD) as crowd:
            self.answers = dict(pair for pairs in crowd.map(self.visit, range(CROWD)) for pair in pairs)
        self.turned_away += [seen for seen in self.answers.values() if seen.status != 200]
        size, nameless = eventually(self.look, lambda seen: seen[0] <= ROOM_OF_LOGS and seen[1] <= NAMELESS, within=8)
        self.size, self.nameless = max(self.size, size), max(self.nameless, nameless)
        self.after = self.marked()

    def marked(self) -> str:
        """A request that can be found again; who is not served comes back."""

        def ask() -> tuple[str, int]:
            number = secrets.token_hex(12)
            return number, self.users.ask("GET", f"/?{number}").status

        return eventually(ask, lambda seen: seen[1] == 200, within=3)[0]

    def visit(self, _: int) -> list[tuple[str, Answer]]:
        """One visitor who talks a lot, and comes back some times if the connection is cut."""
        answers, refused = list[tuple[str, Answer]](), 0
        with self.scene.clients.session() as session:
            session.headers["User-Agent"] = f"{session.headers['User-Agent']} {self.long}"
            while len(answers) < VISITS // CROWD and refused < 5:
                number = secrets.token_hex(12)
                try:
                    seen = session.get(
                        f"{self.users.url}/?{number}-{self.long}", headers={"Referer": self.long}, timeout=PATIENCE
                    )
                except OSError:
                    refused += 1
                else:
                    answers.append((number, Answer(status=seen.status_code, text="")))
        return answers

    def look(self) -> tuple[int, int]:
        """The bytes of the logs on the data disk, and those that have no name there."""
        return self.logs.size(), self.scene.sidecar("web").unlinked()

    def elsewhere(self) -> Amount:
        """What there is, without the logs on the data disk."""
        seen = amount(self.scene, "web")
        return replace(seen, bytes=seen.bytes - self.logs.size())


@pytest.fixture(scope="module")
def rush(scene: Scene, logs: "Logs") -> Rush:
    """Some rushes, while users come who are in no hurry."""
    seen = Rush(scene, logs)
    with ThreadPoolExecutor(2) as users:
        users.submit(seen.users.send)
        users.submit(seen.users.look)
        try:
            seen.beyond = growth(seen.elsewhere, seen.wave, {"bytes": ELSEWHERE}, rounds=2)
        finally:
            seen.users.over.set()
    return seen


@pytest.mark.needs("test_upload")
def test_logs_get_small_again(rush: Rush) -> None:
    """Some seconds after a rush the logs are small again.

    ja: 混雑のあと数秒で、ログはまた小さくなる。
    """
    assert rush.size <= ROOM_OF_LOGS, say(
        f"some seconds after a rush the logs take {rush.size / MIB:.1f} MiB on /data; they have "
        f"{ROOM_OF_LOGS // MIB} MiB. Who was to see to it, and what does that one say when it is asked?",
        f"混雑のあと数秒たっても、ログは /data で {rush.size / MIB:.1f} MiB を使っています。"
        f"使えるのは {ROOM_OF_LOGS // MIB} MiB です。これは誰の仕事で、尋ねると何と答えるでしょうか",
    )


@pytest.mark.needs("test_upload")
def test_rush_leaves_nothing_behind(rush: Rush) -> None:
    """Space that a rush took comes back once its logs are rotated.

    ja: 混雑で使われた容量は、ログのローテーションのあとで戻ってくる。
    """
    assert rush.nameless <= NAMELESS, say(
        f"some seconds after a rush {rush.nameless / MIB:.0f} MiB are held that have no name any more. "
        "What happens to the log when it is rotated, and who is told of it?",
        f"混雑のあと数秒たっても、名前のないファイルが {rush.nameless / MIB:.0f} MiB を占めています。"
        "ローテーションのときログに何が起き、それは誰に知らされるのでしょうか",
    )
    assert not rush.beyond, say(
        f"one rush left {in_words(rush.beyond)} more than the one before, the logs on /data not counted; "
        f"what is kept elsewhere may grow by {ELSEWHERE // MIB} MiB. What is it, and who takes it away?",
        f"一回の混雑で、/data のログのほかに {in_words(rush.beyond)} が増えました。ほかの場所に残すものが"
        f"増えてよいのは {ELSEWHERE // MIB} MiB までです。増えたのは何で、片付けるのは誰ですか",
    )


@pytest.mark.needs("test_upload")
def test_nobody_is_cut_off(rush: Rush) -> None:
    """Users are served without a break, during rushes and while the log is rotated.

    ja: 混雑のときも、ログのローテーションのときも、応対は途切れない。
    """
    users = rush.users
    assert not rush.turned_away, say(
        f"{len(rush.turned_away)} requests of a rush, with long addresses and headers, got {rush.turned_away[0]}; "
        "expected status 200 for each, as on a quiet day",
        f"混雑のときの、アドレスとヘッダーの長い要求のうち {len(rush.turned_away)} 件が {rush.turned_away[0]} でした。"
        "どれにも、いつもどおりステータス 200 が返るはずです",
    )
    assert not users.refused, say(
        f"a user asked for the site {users.asked} times while the log was written and rotated; expected an answer "
        f"each time, {len(users.refused)} times saw {users.refused[0]}",
        f"ログが書かれ、ローテーションされる間に、サイトを {users.asked} 回求めました。毎回応答があるはずですが、"
        f"{len(users.refused)} 回は {users.refused[0]} でした",
    )
    assert users.is_kept, say(
        "a crew on a bad line was sending a photo while the log was written and rotated; expected it to be kept, "
        f"saw {users.last}",
        "電波の悪い場所の班が、ログの書き込みとローテーションの間、写真を送っていました。保存されるはずですが、"
        f"{users.last} でした",
    )


@pytest.mark.needs("test_upload", "test_logs_get_small_again")
def test_requests_can_be_found(rush: Rush) -> None:
    """The requests of the last rush can be found in the logs, from before and after the rotation.

    ja: 直近の混雑の要求は、ローテーションの前も後も、ログの中に見つかる。
    """

    def found() -> set[str]:
        return {number.decode() for number in NUMBER.findall(rush.logs.text())}

    def enough(seen: set[str]) -> bool:
        return {rush.before, rush.after} <= seen and len(rush.answers.keys() & seen) >= MOSTLY * len(rush.answers)

    seen = eventually(found, enough, within=3)
    assert rush.before in seen, say(
        "a request from just before the last rush is in no log under /data or /var/log any more: the office could not "
        "answer for it",
        "直近の混雑の直前の要求が、/data と /var/log の下のどのログにももうありません。"
        "事務所は問い合わせに答えられません",
    )
    assert rush.after in seen, say(
        "a request is answered, and no log under /data or /var/log has it by name. Where does the server write it?",
        "要求には応答がありますが、/data と /var/log の下に名前のあるログには載っていません。"
        "サーバーはどこに書いたのでしょうか",
    )
    known = len(rush.answers.keys() & seen)
    assert enough(seen), say(
        f"of the {len(rush.answers)} requests of the last rush {known} are in a log under /data or /var/log; expected "
        "all but those of an instant",
        f"直近の混雑の要求 {len(rush.answers)} 件のうち、/data か /var/log の下のログにあるのは {known} 件です。"
        "ほんの一瞬の分を除いて、すべてあるはずです",
    )
