"""The town's door: the bell for whoever has a backup to see to, and what happens, for those who may say so."""

import hashlib
import itertools
import json
import re
import secrets
import time
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

import court
import machines
import play
import trade
from book import Book

PORT, LARGEST, SHOWN = 9000, 64 * 2**20, 30
OPENING = 45
"""Seconds that somebody waits for the town after a restart."""
ENOUGH = 40
"""Seconds after which no more of many bad nights is played."""
WORD = "cb674e718ca0b79558023fe68a90b62cd0d5a8f1f325078c53aa54a08d4237a2"
"""Who may say what happens knows the word of which this is the hash."""
HELP = """The bell.

  POST /done   the backup of tonight is good
  POST /ring   somebody has to get up; say why

At six in the morning it rings by itself if nobody has said since two o'clock that the backup is good.
"""


class Bell:
    """What it was told, in order; the newest are shown."""

    def __init__(self):
        self.record, self.lock = [], Lock()

    def hear(self, kind, text):
        """Keep what comes."""
        with self.lock:
            self.record.append({"kind": kind, "text": text[:200], "at": time.time()})

    def page(self):
        """For people."""
        told = [one for one in self.record if one["kind"] != "night"]
        lines = [f"{time.strftime('%H:%M:%S', time.gmtime(one['at']))} {one['kind']} {one['text']}" for one in told]
        return HELP + "\n" + "\n".join(lines[-SHOWN:]) + "\n"


class Town:
    """The book, and what may be asked."""

    def __init__(self):
        self.bell, self.lock, self.ready = Bell(), Lock(), Event()
        self.book, self.before, self.at = None, None, ""
        self.steps, self.number, self.unsettled, self.amiss, self.nights = [], "", False, "", {}
        self.most, self.stood, self.touched, self.began = 0, None, False, 0.0

    def begin(self):
        """Open the shop, once; afterwards the machines are only waited for."""
        for host in ("db-1", "db-2", ""):
            machines.wait_for(host)
        self.book = Book()
        if not self.book.is_open:
            play.begin(self.book)
            self.book.save()
        self.ready.set()

    def act(self, path, words):
        """Do something; gives what came of it."""
        with self.lock:
            try:
                return getattr(self, path.strip("/").replace("/", "_"))(**words)
            finally:
                self.book.save()

    def play_weeks(self, stopped=False):
        return play.weeks(self.book, stopped)

    def play_watch(self, apart=False, stopped=False):
        return play.watch(self.book, apart, stopped)

    def play_incident(self):
        return play.incident(self.book)

    def play_after(self, nights):
        return play.after(self.book, nights)

    def play_turns(self, steps):
        """Prepare what happens, step by step, whenever somebody who is told the number asks for the next."""
        self.steps, self.number, self.unsettled, self.most = list(steps), secrets.token_hex(8), False, 0
        self.stood, self.touched, self.began = None, False, time.monotonic()
        return {"number": self.number}

    def play_over(self):
        """Have all be well again; gives what was not played, what came too late or was touched, and the most logs seen."""
        left, self.steps, self.number = len(self.steps), [], ""
        self.heal()
        self.count()
        return {"left": left, "unsettled": self.unsettled, "touched": self.touched, "logs": self.most}

    def count(self):
        """Look how many logs the first machine has between two steps."""
        self.most = max(self.most, len(machines.logs("db-1")))

    def turn(self, number):
        """Take the next step; gives what it is, in words for a shell."""
        with self.lock:
            if not self.steps or number != self.number:
                return ""
            step = self.steps.pop(0)
            while step == "again" and self.steps and time.monotonic() > self.began + ENOUGH:
                step = self.steps.pop(0)
            try:
                if step == "again" == self.amiss:
                    return self.again()
                self.heal()
                self.count()
                if step == "watch":
                    self.unsettled |= not play.watch(self.book)["settled"]
                    return step
                return self.night(step)
            finally:
                self.book.save()

    def again(self):
        """One more of many bad nights, of which nothing is judged but what is kept after them."""
        return self.two_o_clock(play.night(self.book, "again")["night"], "again")

    def night(self, step):
        """A night with something amiss, or nothing."""
        if step in play.SPOILS:
            play.spoil(step)
            self.amiss = step
        night = play.night(self.book, step)["night"]
        self.unsettled |= not play.settle(step in play.LATE)
        self.stood = self.second()
        return self.two_o_clock(night, step)

    def two_o_clock(self, night, step):
        """Note what there was when a night came; gives the night in words for a shell."""
        self.nights[night] = {"heard": len(self.bell.record), "rows": deepcopy(self.book.rows())}
        self.bell.hear("night", night)
        return f"{night} {step}"

    def second(self):
        """What the second machine's threads do, and how often somebody has told them to."""
        return machines.standing(), machines.interrupted()

    def heal(self):
        """Put right what is amiss, and what somebody else did to the second machine's threads."""
        play.behind.end()
        stood, self.stood = self.stood, None
        self.touched |= stood is not None and self.second() != stood
        if self.amiss:
            play.heal(self.amiss)
        self.amiss = ""
        if stood is not None and not machines.repeats():
            self.touched = True
            machines.ask("db-2", "START SLAVE")
            play.settle()

    def play_mistake(self):
        self.at, self.before = play.mistake(self.book)
        return {"at": self.at}

    def judge_bell(self, night):
        """What the bell heard in a night: why it rang, and whether somebody said that all is good."""
        if night not in self.nights:
            return {"rings": [], "done": False}
        since = self.bell.record[self.nights[night]["heard"] + 1 :]
        since = list(itertools.takewhile(lambda one: one["kind"] != "night", since))
        rings = [one["text"] for one in since if one["kind"] == "ring"]
        return {"rings": rings, "done": any(one["kind"] == "done" for one in since)}

    def judge_night(self, night, dump, keys):
        """What the dump of a night gives back, beside the book as it was then."""
        if night not in self.nights:
            return {"why": "nothing"}
        return court.judge_night(self.nights[night]["rows"], court.sent(dump), [court.sent(one) for one in keys])

    def judge_point(self, dump, keys, logs):
        kept = {name: court.sent(text) for name, text in logs.items()}
        mine = court.logs_of_first()
        family = re.compile(re.escape(min(mine).rpartition(".")[0]) + r"\.\d+")
        kept = {name: text for name, text in kept.items() if family.fullmatch(name)}
        return court.judge_point(self.before, self.at, court.sent(dump), [court.sent(one) for one in keys], kept | mine)

    def judge_first(self):
        """The shop's two machines beside the book, and which of them has been changed in anything else."""
        self.heal()
        repeats = machines.repeats()
        if repeats and not machines.catch_up():
            raise RuntimeError("db-2 has not yet caught up")
        first, second = (court.on(host, self.book.rows()) for host in ("db-1", "db-2"))
        return first | {"second": second, "repeats": repeats} | self.judge_furniture()

    def judge_furniture(self):
        """On which of the shop's machines something else than rows has been changed."""
        return {"furniture": [host for host, was in self.book.furniture.items() if machines.furniture(host) != was]}

    def judge_names(self):
        """The names that customers have."""
        return {"names": trade.names()}

    def judge_spare(self):
        """The spare machine beside what can be had, once something was deleted."""
        if not self.book.wanted:
            return {"calm": True}
        found = court.on("spare", self.book.wanted)
        return found | {"lost": len(self.book.gap), "point": self.book.point, "orders": len(self.book.wanted["orders"])}


class Door(BaseHTTPRequestHandler):
    """One request."""

    town = Town()

    def do_GET(self):
        if not self.town.ready.is_set():
            return self.say(503, "not open yet\n")
        return self.say(200, self.town.bell.page())

    def do_POST(self):
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST))
        if self.path in ("/ring", "/done"):
            self.town.bell.hear(self.path[1:], body.decode("utf-8", "replace"))
            return self.say(200, "heard\n")
        if self.path.startswith("/turn/"):
            return self.say(200, self.town.turn(self.path.removeprefix("/turn/")))
        if not self.path.startswith(("/play/", "/judge/")) or not self.may():
            return self.say(404, "nothing here\n")
        self.town.ready.wait(OPENING)
        try:
            return self.say(200, json.dumps(self.town.act(self.path, json.loads(body or b"{}"))))
        except Exception as problem:
            return self.say(500, f"{type(problem).__name__}: {problem}")

    def may(self):
        """Whether somebody knows the word."""
        return hashlib.sha256(self.headers.get("X-Town", "").encode()).hexdigest() == WORD

    def say(self, status, text):
        """Answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *words):
        """Nobody reads it."""


if __name__ == "__main__":
    Thread(target=Door.town.begin, daemon=True).start()
    ThreadingHTTPServer(("", PORT), Door).serve_forever()
