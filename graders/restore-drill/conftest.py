"""The drill's house: nights that are played, what was kept of them, and what the court makes of it."""

from __future__ import annotations

import base64
import io
import json
import tarfile
import time
from functools import cached_property
from itertools import islice
from typing import Any

import pytest
import requests

from kikori.errors import OurFault
from kikori.grading import Scene, archive_of

WORD = {"X-Town": "three-cups-before-noon"}
DUMPS, LOGS, KEYS = "/backup/nights", "/backup/logs", "/srv/safe"
ENDING = ".sql.gz.age"
PATIENCE = 60
POINT = ("watch",) * 4 + ("good", "watch")
"""A day after a good night, the next one, and a part of its morning."""
BAD, OLD = ("revoke", *("watch",) * 3, "view", "full", "key"), ("stop", "cut", "behind")
"""What may cut a dump short, with half a day after the first; and why it may have the rows of an earlier hour."""
APART, ENOUGH = 7, 15
"""Days from one of many bad nights to the next, as the town has them; seconds of a job whose night is bad anyway."""
MANY = 8
"""More bad nights than a job that counts two weeks of files, good and bad, has room for."""
LARGEST, MOST = 32 * 2**20, 256 * 2**20
"""Bytes of a file that is looked at, and of a folder: weeks of nights, and logs, come to far less."""
PACKED, ROW = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PK\x03\x04", b"7z\xbc\xaf"), b"INSERT INTO"
"""How a file begins that gzip, bzip2, xz, zstd, zip or 7-Zip packed; and what a dump and a log have for each row."""
CLOCK = """
patience=40
run() {{
  timeout -k 2 $patience setpriv --reuid=backup-job --regid=backup-job --init-groups env -i HOME=/home/backup-job \\
    LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "/srv/backup/$@" > /dev/null 2>&1
}}
older() {{
  find / -xdev \\( -path '/backup/*' -o -user backup-job \\) -type f ! -path '/proc/*' \\
    -exec touch -c -r {{}} -d '-{apart} days' {{}} \\;
}}
key=/etc/backup/recipients
for _ in $(seq {many}); do
  turn=$(curl -fsS -m 60 -X POST http://town:9000/turn/{number}) || exit 1
  [ -n "$turn" ] || break
  night=${{turn%% *}}
  case $turn in watch | *good) patience=40 ;; *) patience={enough} ;; esac
  case $turn in *again) older; run logs; run logs ;; esac
  run logs
  case $turn in
    watch) ;;
    *full) (ulimit -f 8; run nightly "$night") ;;
    *key)
      [ ! -e $key ] || mv $key $key.away
      run nightly "$night"
      [ ! -e $key.away ] || mv $key.away $key ;;
    *) run nightly "$night" ;;
  esac
  echo "$turn"
done
"""
"""What the clock does, turn by turn, on a full disk or without a key where the town says so. Many bad nights are a week
apart: what the job has written gets as much older, and logs are begun as in the hours of some days."""
Found = dict[str, Any]


class House:
    """The machines of the tea house, as the checks see them; each part of it is played once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.most, self.filled, self.nights, self.left, self.touched = 0, 0, list[str](), set[str](), False

    def town(self, path: str, **words: Any) -> Found:
        """Have something happen in the town, or something judged there.

        Raises:
            OurFault: it can't be asked, so nothing can be said.
        """
        address = self.scene.address("town", 9000)
        try:
            with self.scene.clients.session("POST") as session:
                seen = session.request("POST", f"http://{address}{path}", json=words, headers=WORD, timeout=PATIENCE)
        except requests.RequestException as problem:
            raise OurFault(f"the town could not be asked for {path}: {type(problem).__name__}") from None
        if seen.status_code != 200:
            raise OurFault(f"the town could not be asked for {path}: {seen.text[:300]}")
        found: Found = json.loads(seen.text)
        return found

    def play(self, *steps: str) -> Found:
        """Play some watches and nights; gives the dump of each night by what was wrong with it, and its date.

        Raises:
            OurFault: a machine came too late, so nothing can be said.
        """
        began = time.time() - 2
        number = self.town("/play/turns", steps=steps)["number"]
        clock = CLOCK.format(many=len(steps), number=number, apart=APART, enough=ENOUGH)
        # runs: the learner's own jobs are what is judged, by what they leave and by what rings
        said = self.scene.host("vault", user="root").run(clock).stdout
        over = self.town("/play/over")
        self.touched |= over["touched"]
        if (over["unsettled"] or over["left"]) and not self.touched:
            raise OurFault("the nights could not be played to their end: the machine is too busy to say anything")
        dumps = self.files("vault", DUMPS, began)
        turns = [line.split() for line in said.splitlines() if line != "watch"]
        self.nights += [night for night, _ in turns]
        self.most = over["logs"]
        return {what: (night, sent(dumps.get(night + ENDING, b""))) for night, what in turns}

    def files(self, service: str, place: str, since: float = 0) -> dict[str, bytes]:
        """The plain files of a folder that are no older, by their paths in it; nothing where there is no folder."""
        if not (tar := archive_of(self.scene.container(service), place, MOST)):
            return {}
        found: dict[str, bytes] = {}
        with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
            for member in archive:
                if member.isfile() and member.size <= LARGEST and member.mtime >= since:
                    found[member.name.partition("/")[2]] = archive.extractfile(member).read()  # type: ignore[union-attr]
        return found

    @property
    def keys(self) -> list[str]:
        """What lies in the safe by now."""
        return [sent(text) for _, text in sorted(self.files("spare", KEYS).items())]

    @cached_property
    def names(self) -> list[str]:
        """The names that customers have."""
        return [*self.town("/judge/names")["names"]]

    def plain(self) -> list[str]:
        """Files beside the nights in which rows can be read as they are, or unpacked."""
        rows = [ROW, *(name.encode() for name in self.names)]
        found = self.files("vault", DUMPS)
        packed = {name for name, text in found.items() if text.startswith(PACKED)}
        return sorted(packed | {name for name, text in found.items() if any(row in text for row in rows)})

    def judged(self, night: str, dump: str) -> Found:
        """What the dump of a night gives back."""
        return self.town("/judge/night", night=night, dump=dump, keys=self.keys)

    def seen(self, played: Found) -> Found:
        """The good one of some nights: what its dump gives back, and what the bell heard."""
        night, dump = played.get("good", ("", ""))
        return {"night": night, "judged": self.judged(night, dump), "bell": self.town("/judge/bell", night=night)}

    def morning(self, night: str) -> Found:
        """A morning with a mistake; what the dump of an older night and the logs give back of it."""
        at = self.town("/play/mistake")["at"]
        dump = sent(self.files("vault", DUMPS).get(night + ENDING, b""))
        logs = {log.rpartition("/")[2]: sent(text) for log, text in self.files("vault", LOGS).items()}
        return self.town("/judge/point", dump=dump, keys=self.keys, logs=logs) | {"at": at, "night": night}

    @cached_property
    def good(self) -> Found:
        """A night on which nothing is wrong, and what its dump gives back; the vault is started anew before it."""
        self.scene.restart("vault", patience=3)
        self.town("/play/after", nights=[name.removesuffix(ENDING) for name in self.files("vault", DUMPS)])
        return self.seen(self.play("good"))

    @cached_property
    def point(self) -> Found:
        """A day, another night and a morning with a mistake; what the older dump and the logs give back of it."""
        first = self.good["night"]
        second, most = self.seen(self.play(*POINT)), self.most
        rings = [*self.town("/judge/bell", night=first)["rings"], *second["bell"]["rings"]]
        return self.morning(first) | {"most": most, "second": second, "rings": rings}

    def unnoticed(self, *steps: str) -> set[str]:
        """Play nights on which something is wrong; gives those with a bad dump on which nothing rang."""
        played = self.play(*steps)
        found = set(steps)
        self.left |= set(self.plain())
        if steps == BAD:  # what a replica has not read, or reads still, is not purged
            self.filled = self.most
        for what, (night, dump) in played.items():
            if rang(self.town("/judge/bell", night=night)) or is_good(self.judged(night, dump)):
                found.discard(what)
        return found

    @cached_property
    def bad(self) -> set[str]:
        """Of the nights on which a dump is cut short those of which nobody heard."""
        return self.unnoticed(*BAD)

    @cached_property
    def old(self) -> set[str]:
        """Of the nights on which the second machine is behind those of which nobody heard."""
        return self.unnoticed(*OLD)

    @cached_property
    def after(self) -> Found:
        """Weeks of bad nights, a good one and a morning; which good ones are kept, and what the oldest gives back."""
        last = self.seen(self.play(*["again"] * MANY, "good"))
        self.left |= set(self.plain())
        last["furniture"] = self.town("/judge/furniture")["furniture"]
        files = {name.removesuffix(ENDING): text for name, text in self.files("vault", DUMPS).items()}
        kept = sorted((night for night in self.nights if night in files), reverse=True)
        good = [*islice((night for night in kept if is_good(self.judged(night, sent(files[night])))), 2)]
        known = [one for one in (self.good["night"], self.point["second"]["night"]) if one in files]
        return last | {"kept": good, "morning": self.morning(min([*known, *good], default=""))}


def sent(content: bytes) -> str:
    """A file as the town takes it."""
    return base64.b64encode(content).decode()


def rang(bell: Found) -> bool:
    """Whether somebody got up: it was rung, or rang by itself at six."""
    return bool(bell["rings"]) or not bell["done"]


def differs(judged: Found) -> int:
    """How many rows are not as they should be."""
    return sum(judged.get(kind, 0) for kind in ("missing", "changed", "extra"))


def is_good(judged: Found) -> bool:
    """Whether a dump could be opened and gave back every row, in tables that are defined as the shop's are."""
    return not {"why", "unread"} & judged.keys() and not judged.get("reshaped") and not differs(judged)


houses: dict[str, House] = {}


@pytest.fixture(scope="module")
def house(scene: Scene) -> House:
    """The house; whoever asks later gets the same, with what was played in it."""
    return houses.setdefault(scene.attempt.id, House(scene))
