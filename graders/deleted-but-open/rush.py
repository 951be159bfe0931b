"""Rushes of users, and what is seen of the server while one follows another."""

import hashlib
import secrets
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from threading import Event

from kinds import ask_each
from logs import Logs
from msgspec.structs import replace
from photos import sums_of_site

from kikori.grading import Amount, Answer, Scene, amount, eventually, family, say

MIB = 2**20
ROOM_OF_LOGS = 4 * MIB
NAMELESS = 2 * MIB
VISITS, CROWD, LONG = 240, 3, 7200
"""nginx takes headers of up to 8 KiB; three of them are logged."""
FIRST, SPREAD = 14, 20
"""Seconds of the first rush and of each other: a log that is rotated every second is rotated more often than usual."""
MOMENTS, APART = 3, 0.4
"""How often a request is made that must be found again, and the seconds between: a rotation loses an instant."""
PATIENCE, EVERY = 15, 0.05
UNANSWERED = (
    f"the connection was refused or cut, or nothing came within {PATIENCE} s",
    f"接続を拒否されたか切られた、または {PATIENCE} 秒待っても何も来ない",
)
MOST_ADDED = 1
"""How many more processes may run after all rushes, with several rotations in each; a job may be at work."""
PHOTO, PIECE = 256 * 1024, 400
"""Bytes of a photo on a bad line, and how many of them get through in a tenth of a second."""
PAUSE = 12
"""Seconds for which nothing at all gets through there, once."""
SHOWN, MISSING, UNSIGNED, CREW = "shown", "missing", "unsigned", "crew"
"""Kinds of requests to be found again: a page, no such photo, nobody signed in, a photo that a crew looks at."""
Numbers = dict[str, list[str]]
"""By kind, the number or the address that each request can be found by."""


class Slowly:
    """A photo on a bad line, until there is a reason to hurry."""

    def __init__(self, photo: bytes, hurry: Event) -> None:
        self.left, self.hurry, self.size = photo, hurry, len(photo)
        self.waits = chain(repeat(0.1, 10), [PAUSE], repeat(0.1))

    def __len__(self) -> int:
        return self.size

    def read(self, most: int = -1) -> bytes:
        """Give the next bytes; they take their time."""
        many = max(most, PIECE) if self.hurry.wait(next(self.waits)) else PIECE
        piece, self.left = self.left[:many], self.left[many:]
        return piece


class Users:
    """Who is there while others rush: some who look at the site, and one who sends a photo."""

    def __init__(self, scene: Scene) -> None:
        self.url, self.clients = f"http://{scene.address('web') or '127.0.0.1:9'}", scene.clients
        self.crew, self.over = scene.params["crew"], Event()
        self.asked, self.refused, self.is_kept, self.last = 0, list[Answer](), False, Answer(status=0, text="")

    def ask(self, method: str, path: str, **options: object) -> Answer:
        """Send one request on a connection of its own."""
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
    """Busy stretches, one after the other: what the last two asked for, and what each left."""

    def __init__(self, scene: Scene, logs: Logs) -> None:
        self.scene, self.logs, self.users = scene, logs, Users(scene)
        letters = scene.draw("rush").choices("bcdfghjklmnpqrstvwxz", k=9)
        self.long = ("".join(letters) + "-") * (LONG // 10)
        self.answers: dict[str, Answer] = {}
        self.earlier: dict[str, Answer] = {}
        self.turned_away: list[Answer] = []
        self.before: Numbers = {}
        self.after: Numbers = {}
        self.waves = self.size = self.nameless = 0
        self.holders: list[str] = []
        self.beyond: dict[str, int] = {}
        self.running = commands(scene)
        """What ran before the rushes."""
        self.added: list[str] = []

    def wave(self) -> None:
        """Write more log than all logs together may take, and give it the time to be rotated.

        What the log keeps is judged by the last rush, and by the one before it.
        """
        self.before, self.earlier = self.marked() if self.waves else {}, self.answers
        pause = (SPREAD if self.waves else FIRST) * CROWD / VISITS
        with ThreadPoolExecutor(CROWD) as crowd:
            self.answers = dict(pair for pairs in crowd.map(self.visit, repeat(pause, CROWD)) for pair in pairs)
        self.turned_away += [seen for seen in self.answers.values() if seen.status != 200]
        size, nameless = eventually(self.look, lambda seen: seen[0] <= ROOM_OF_LOGS and seen[1] <= NAMELESS, within=8)
        if nameless > NAMELESS:
            self.holders = holders(self.scene)
        self.size, self.nameless = max(self.size, size), max(self.nameless, nameless)
        self.after = self.marked() if self.waves else {}
        self.waves += 1

    def count_added(self) -> None:
        """Give what is still at work the time to end, once the users have gone: what then runs besides was added."""
        self.added = eventually(
            lambda: [*(commands(self.scene) - self.running).elements()],
            lambda seen: len(seen) <= MOST_ADDED,
            within=10,
            every=0.3,
        )

    def marked(self) -> Numbers:
        """Ask in several ways, at several moments, for what can be found again."""
        found = defaultdict[str, list[str]](list)
        for _ in range(MOMENTS):
            number, status = eventually(self._shown, lambda seen: seen[1] == 200, within=3)  # who is refused comes back
            found[SHOWN] += [number] if status == 200 else []
            for kind, path in ((MISSING, f"/photos/{secrets.token_hex(8)}"), (UNSIGNED, "/me")):
                number = secrets.token_hex(12)
                if self.users.ask("GET", f"{path}?{number}").status:
                    found[kind].append(number)
            found[CREW] += self._seen_by_crew()
            for kind, address in ask_each(self.scene).items():
                found[kind.english].append(address)
            self.users.over.wait(APART)
        return dict(found)

    def _shown(self) -> tuple[str, int]:
        number = secrets.token_hex(12)
        return number, self.users.ask("GET", f"/?{number}").status

    def _seen_by_crew(self) -> list[str]:
        """Look at a photo from where the crews are; gives the number, or none where that can't be done."""
        if not address_of_crews(self.scene):
            return []
        number = secrets.token_hex(12)
        url = f"http://web/photos/{photo_of_site(self.scene)}?{number}"
        asked = self.scene.debug("crews").run("curl -s -o /dev/null -m 4 -A %s %s", "RoofCam/2.4 (Android 14)", url)
        return [] if asked.rc else [number]

    def visit(self, pause: float) -> list[tuple[str, Answer]]:
        """Visit as one who talks a lot, and comes back some times if the connection is cut."""
        answers, refused = list[tuple[str, Answer]](), 0
        with self.scene.clients.session() as session:
            agent = str(session.headers["User-Agent"])
            session.headers["User-Agent"] = f"{agent} {self.long}"
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
                self.users.over.wait(pause)
        return answers

    def look(self) -> tuple[int, int]:
        """Tell the bytes of the logs on the data disk, and those that have no name there."""
        return self.logs.size(), self.scene.sidecar("web").unlinked()

    def elsewhere(self) -> Amount:
        """Count what there is, without the logs on the data disk."""
        seen = amount(self.scene, "web")
        return replace(seen, bytes=seen.bytes - self.logs.size())


def commands(scene: Scene) -> Counter[str]:
    """Count the service's processes by their commands; those that have ended and nobody collected are among them."""
    first = int(scene.inspect("web")["State"]["Pid"])
    return Counter(one.command for one in family(scene.sidecar("web").processes(), first))


def photo_of_site(scene: Scene) -> str:
    """Name a photo that has always been there, by its content."""
    return sums_of_site(scene)[0][:16]


def address_of_crews(scene: Scene) -> str:
    """Tell the address that the crews have; empty where they are not there."""
    seen = scene.inspect("crews")
    networks = seen["NetworkSettings"]["Networks"].values() if seen["State"]["Running"] else ()
    return next((str(one["IPAddress"]) for one in networks if one["IPAddress"]), "")


def holders(scene: Scene) -> list[str]:
    """Name the processes that hold files without a name open, those of the disk and the logs first of all."""
    beside = scene.sidecar("web")
    gone = {one.pid: [name for name in one.open if name.endswith(" (deleted)")] for one in beside.descriptors()}
    logs = {pid for pid, names in gone.items() if any(name.startswith(("/data/", "/var/log/")) for name in names)}
    pids = logs or {pid for pid, names in gone.items() if names}
    return sorted({one.command for one in beside.processes() if one.pid in pids})
