"""One engineer's year at Kazahaya: drawn from a word, so that the same word gives the same one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

BEGINS = ("2027-01-04", "2027-04-05", "2027-07-05", "2027-10-04")
SOLVED = {
    "P1": ("dispatch screen freezes", "配車の画面が固まる", "dispatch", "own", (13, 17)),
    "P2": ("disk of the milk tanks full", "牛乳タンクのディスクがいっぱいになる", "milk tanks", "own", (7, 10)),
    "P3": ("timetable not printed after a change", "変更後に時刻表が印刷されない", "timetable", "others", (5, 6)),
    "P4": ("certificate run out", "証明書の期限切れ", "certificates", "many", (3, 5)),
    "P5": ("night job of the pharmacy late", "薬局の夜間ジョブが遅れる", "prescriptions", "others", (2, 3)),
    "P6": ("leak in the dispatcher", "配車プログラムのメモリリーク", "dispatch", "own", (1, 1)),
    "P7": ("two clocks that differ", "二つの時計のずれ", "network", "many", (1, 1)),
    "P8": ("taxis doubled on the map", "地図で二重になるタクシー", "dispatch", "others", (1, 1)),
    "P9": ("bills sent twice", "二重に送られた請求書", "billing", "others", (1, 2)),
}
"""What was solved: in words, the part, whose problem it was, and between how many and how many times."""
PARTS = {
    "dispatch": "配車",
    "milk tanks": "牛乳タンク",
    "timetable": "時刻表",
    "prescriptions": "処方箋",
    "billing": "請求",
    "storage": "ストレージ",
    "backups": "バックアップ",
    "network": "ネットワーク",
    "sign-in": "ログイン",
    "certificates": "証明書",
    "contracts": "契約",
    "mail": "メール",
}
"""The parts of the system, not all of them machines, in both languages."""
WEEK = {
    "W1": (
        "alone on call for dispatch",
        "配車のオンコールを1人で担う",
        (6, 8),
        ("the four of the rota", "当番の4人"),
        "yes",
    ),
    "W2": (
        "reads each release of the timetable",
        "時刻表のリリースをすべて読む",
        (4, 6),
        ("the timetable's team", "時刻表のチーム"),
        "yes",
    ),
    "W3": (
        "weekly report by hand that nobody has read since June",
        "6月から誰も読んでいない週の報告書を手で作る",
        (3, 5),
        (),
        "yes",
    ),
    "W4": (
        "takes the minutes of three meetings",
        "三つの会議の記録を取る",
        (2, 4),
        ("whoever calls the meeting", "会議を開く人"),
        "yes",
    ),
    "W5": ("pager of the pharmacy, by contract", "契約で決まった薬局のページャー", (5, 7), (), "no"),
    "W6": ("an hour with whoever is new", "新人との1時間", (2, 2), ("Haruka", "ハルカ"), "yes"),
}
"""What a week has: in words, half hours, who could take it in both languages, and whether it may be stopped."""
PEOPLE = (
    ("lead", "リーダー", "has asked Emre for this plan", "エムレにこの計画を頼んだ"),
    ("Kenji", "ケンジ", "has looked after machines for twenty years", "サーバーの面倒を見て20年"),
    ("Sora", "ソラ", "in her third year as an SRE", "SRE になって3年目"),
    ("Haruka", "ハルカ", "looks after what talks to machines outside", "外の機械とつながるサービスの担当"),
    ("Minato", "ミナト", "writes and runs the customers' web services", "顧客のウェブサービスを書き、動かす"),
    ("Jun", "ジュン", "joined in April", "4月に入社した"),
)
"""Who else is there, and what they do, in both languages."""
NEXT = {
    "A": (
        "write the dispatcher anew, in a faster language",
        "配車プログラムをもっと速い言語で書き直す",
        (),
        (24, 30),
        (8, 10),
        "",
    ),
    "B": (
        "end the frozen dispatch screen for good",
        "配車の画面が固まる問題をなくす",
        ("dispatch",),
        (3, 4),
        (10, 12),
        "P1",
    ),
    "C": (
        "orders of milk that reach the dairy and no bill",
        "酪農組合に届き、請求されない注文",
        ("milk tanks", "billing"),
        (6, 8),
        (5, 6),
        "",
    ),
    "D": (
        "lead the move of all customers to one platform",
        "全顧客を一つの基盤に移す計画を率いる",
        ("all customers",),
        (50, 52),
        (12, 16),
        "",
    ),
    "E": (
        "a restore that nobody has tried",
        "誰も試したことのないリストア",
        ("prescriptions", "storage"),
        (5, 7),
        (4, 6),
        "",
    ),
    "F": (
        "five teams renew certificates by hand",
        "五つのチームが手で更新する証明書",
        ("certificates",),
        (10, 12),
        (3, 4),
        "P4",
    ),
}
"""What could come next: in words, who has it, weeks, hours a week, and the problem of the year that it would end."""
HAS = {**PARTS, "all customers": "全顧客"}
"""Who may have a problem: those of a part, by its name, or all; in both languages."""
TALKS = (
    ("what a frozen screen looks like from inside", "dispatch", "on call, all teams", 14),
    ("our year in graphs", "network", "the whole company", 61),
    ("how a milk tank speaks", "milk tanks", "the dairy's two developers", 2),
)
SHORT, LONG = 1, 6
"""Half hours that an occasion takes."""


@dataclass(frozen=True)
class Occasion:
    """One time that a problem was solved."""

    day: date
    problem: str
    hours: float


@dataclass(frozen=True)
class Problem:
    """A problem of the year, however often it came."""

    name: str
    whose: str
    written: bool
    handed_on: bool


@dataclass(frozen=True)
class Part:
    """A part of the system, what the engineer knows of it, its incidents, and how often others asked about it."""

    name: str
    japanese: str
    knows: int
    incidents: int
    asked: int


@dataclass(frozen=True)
class Work:
    """What a week has."""

    name: str
    hours: float
    may_stop: bool
    takers: tuple[str, ...] = ()
    """Who could take it, as it may be written; nobody where it can only end, or the year is the learner's own."""


@dataclass(frozen=True)
class Next:
    """A problem that could come next."""

    name: str
    whose: tuple[str, ...]
    weeks: int
    hours: int
    ends: str


class Year:
    """All of one year, and the quarter that comes after it."""

    def __init__(self, word: str) -> None:
        """Draw it."""
        rng = random.Random(f"year {word}")  # noqa: S311  # variety, not secrecy
        self.begins = date.fromisoformat(rng.choice(BEGINS))
        self.ends = self.begins + timedelta(days=12 * 7 + 4)
        self.log = _log(rng, self.begins)
        written = rng.sample(["P3", "P4", "P6", "P7", "P9"], rng.randint(2, 3))
        handed_on = rng.sample(written, rng.randint(0, 1))
        self.problems = {
            name: Problem(name, told[3], name in written, name in handed_on) for name, told in SOLVED.items()
        }
        self.parts = _parts(rng)
        self.week = {
            name: Work(name, rng.randint(*told[2]) / 2, told[4] == "yes", told[3]) for name, told in WEEK.items()
        }
        self.next = {
            name: Next(name, told[2], rng.randint(*told[3]), rng.randint(*told[4]), told[5])
            for name, told in NEXT.items()
        }


def _log(rng: random.Random, begins: date) -> list[Occasion]:
    """Draw the occasions of the year before a day, the oldest first."""
    found = []
    for name, (_, _, _, _, times) in SOLVED.items():
        for back in rng.sample(range(1, 360), rng.randint(*times)):
            found.append(Occasion(begins - timedelta(days=back), name, rng.randint(SHORT, LONG) / 2))
    return sorted(found, key=lambda one: (one.day, one.problem))


def _parts(rng: random.Random) -> dict[str, Part]:
    """Draw what is known of each part: one from the inside, and four or five not at all."""
    blank = set(rng.sample(["billing", "contracts", "storage", "sign-in", "mail", "prescriptions"], rng.randint(4, 5)))
    most = rng.choice(["dispatch", "milk tanks", "network"])
    found = {}
    for name, japanese in PARTS.items():
        knows = 0 if name in blank else 3 if name == "dispatch" else rng.randint(1, 2)
        asked = rng.randint(18, 24) if name == most else 0 if name in blank else rng.randint(1, 12)
        found[name] = Part(name, japanese, knows, rng.randint(1, 17), asked)
    return found
