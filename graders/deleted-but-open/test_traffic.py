"""What becomes of users, logs and disks while one rush follows another and the log is rotated?"""

import re
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from typing import NamedTuple

import pytest
from kinds import KINDS
from logs import Line, Logs
from rights import by_others, in_reach, others_may_write
from rush import (
    CREW,
    MIB,
    MISSING,
    MOST_ADDED,
    NAMELESS,
    ROOM_OF_LOGS,
    SHOWN,
    SPREAD,
    UNSIGNED,
    Rush,
    address_of_crews,
    photo_of_site,
)

from kikori.grading import Scene, eventually, growth, in_words, quoted, reasons, say

reason = reasons(__file__)

ELSEWHERE = 4 * MIB
LEFT = {"bytes": ELSEWHERE, "processes": 12, "ended": 12}
"""How much more a rush may leave; a job or two may be at work at any moment."""
MOSTLY = 0.75
"""A rotation that copies and truncates may lose the lines of an instant; a busy computer makes it a long one."""
MOST_NAMED = 3

pytestmark = pytest.mark.timeout(200)  # two rushes or three on a busy machine, and the rotations after them


class Written(NamedTuple):
    """What the logs have of the last rush: the lines, by the number of each request."""

    lines: dict[str, list[Line]]

    def has_one(self, numbers: Collection[str]) -> bool:
        """Whether one of these requests is there; nothing is said where none was made."""
        return not numbers or any(number in self.lines for number in numbers)


@pytest.fixture(scope="module")
def rush(scene: Scene, logs: Logs) -> Rush:
    """Some rushes, while users come who are in no hurry."""
    seen = Rush(scene, logs)
    logs.begin()
    with ThreadPoolExecutor(2) as users:
        users.submit(seen.users.send)
        users.submit(seen.users.look)
        try:
            seen.beyond = growth(seen.elsewhere, seen.wave, LEFT, rounds=2)
        finally:
            seen.users.over.set()
    seen.count_added()
    return seen


def known(requests: Collection[str], written: Written) -> int:
    """Count the requests of a rush that are in a log."""
    return sum(number in written.lines for number in requests)


def has_most(requests: Collection[str], written: Written) -> bool:
    """Whether the requests of a rush are in a log, but for those of an instant."""
    return known(requests, written) >= MOSTLY * len(requests)


@pytest.fixture(scope="module")
def written(rush: Rush) -> Written:
    """What the logs have of the last two rushes, once they have all, or after some seconds."""
    marks, rushes = [*rush.before.values(), *rush.after.values()], (rush.earlier, rush.answers)
    wanted = {mark for each in (*marks, *rushes) for mark in each}

    def is_enough(seen: Written) -> bool:
        return all(map(seen.has_one, marks)) and all(has_most(requests, seen) for requests in rushes)

    return eventually(lambda: Written(rush.logs.find(wanted)), is_enough, within=4)


@pytest.mark.needs("test_upload")
def test_logs_get_small_again(rush: Rush) -> None:
    """Some seconds after a rush the logs are small again.

    ja: 混雑のあと数秒で、ログはまた小さくなる。
    """
    assert rush.size <= ROOM_OF_LOGS, reason(
        "logs-get-small-again", size=rush.size / MIB, room_of_logs=ROOM_OF_LOGS // MIB
    )


@pytest.mark.needs("test_upload")
def test_rush_leaves_nothing_behind(rush: Rush) -> None:
    """Space that a rush took comes back once its logs are rotated.

    ja: 混雑で使われた容量は、ログのローテーションのあとで戻ってくる。
    """
    held = [quoted(command) for command in rush.holders[:MOST_NAMED]]
    assert rush.nameless <= NAMELESS, reason(
        "rush-leaves-nothing-behind",
        nameless=rush.nameless / MIB,
        held=held or say("a process that has ended since", "すでに終わったプロセス"),
    )
    assert not rush.beyond, reason(
        "rush-leaves-nothing-behind-2", in_words=in_words(rush.beyond), elsewhere=ELSEWHERE // MIB
    )
    commands = quoted(" / ".join(sorted(set(rush.added))[:MOST_NAMED]))
    assert len(rush.added) <= MOST_ADDED, reason(
        "rush-leaves-nothing-behind-3", count=len(rush.added), commands=commands
    )


@pytest.mark.needs("test_upload")
def test_nobody_is_cut_off(rush: Rush) -> None:
    """Users are served without a break, during rushes and while the log is rotated.

    ja: 混雑のときも、ログのローテーションのときも、応対は途切れない。
    """
    users = rush.users
    assert not rush.turned_away, reason(
        "nobody-is-cut-off", count=len(rush.turned_away), turned_away=rush.turned_away[0]
    )
    assert not users.refused, reason(
        "nobody-is-cut-off-2", asked=users.asked, count=len(users.refused), refused=users.refused[0]
    )
    assert users.is_kept, reason("nobody-is-cut-off-3", last=users.last)


@pytest.mark.needs("test_upload", "test_logs_get_small_again")
def test_requests_can_be_found(rush: Rush, written: Written) -> None:
    """The requests of a rush can be found in the logs until the next rush is over, whatever was rotated.

    ja: 混雑のときのリクエストは、ローテーションのあとも、次の混雑が終わるまでログの中に見つかる。
    """
    assert written.has_one(rush.before.get(SHOWN, [])), reason("requests-can-be-found", spread=SPREAD)
    assert written.has_one(rush.after.get(SHOWN, [])), reason("requests-can-be-found-2")
    assert has_most(rush.answers, written), reason(
        "requests-can-be-found-3", count=len(rush.answers), seen=known(rush.answers, written)
    )
    assert has_most(rush.earlier, written), reason(
        "requests-can-be-found-4", count=len(rush.earlier), seen=known(rush.earlier, written)
    )


@pytest.mark.needs("test_requests_can_be_found")
def test_log_says_who_asked(scene: Scene, rush: Rush, written: Written) -> None:
    """The log has requests of every kind, refused ones too, and says who saw which photo.

    ja: ログには、断られたものも含めてどの種類のリクエストも残り、誰がどの写真を見たかが分かる。
    """
    for kind, english, japanese in (
        (MISSING, "for photos that are not there", "存在しない写真を求めた要求"),
        (UNSIGNED, "of somebody who is not signed in", "サインインしていない人の要求"),
    ):
        assert written.has_one([*rush.before.get(kind, []), *rush.after.get(kind, [])]), reason(
            "log-says-who-asked", english=english, japanese=japanese
        )
    address, photo = address_of_crews(scene), photo_of_site(scene)
    asked = [*rush.before.get(CREW, []), *rush.after.get(CREW, [])]
    assert written.has_one(asked), reason("log-says-who-asked-2", address=address)
    lines = [[line.text for line in written.lines[number]] for number in asked if number in written.lines]
    others = [line.text for number in rush.after.get(SHOWN, []) for line in written.lines.get(number, [])]
    place = re.compile(rb"(?<![\d.])" + re.escape(address.encode()) + rb"(?!\.?\d)")
    says_who = all(any(place.search(line) and photo.encode() in line for line in each) for each in lines)
    assert not lines or (says_who and not any(map(place.search, others))), reason(
        "log-says-who-asked-3", address=address, photo=photo
    )
    for english, japanese in KINDS:
        assert written.has_one([*rush.before.get(english, []), *rush.after.get(english, [])]), reason(
            "log-says-who-asked-4", english=english, japanese=japanese
        )


@pytest.mark.needs("test_requests_can_be_found")
def test_logs_are_not_open(scene: Scene, rush: Rush, written: Written) -> None:
    """Only root and the web server can change a log, and no service can put another file in its place.

    ja: ログを変えられるのは root とウェブサーバーだけで、どのサービスも別のファイルに差し替えられない。
    """
    found = {line.file.path: line.file for lines in written.lines.values() for line in lines}
    loose = [path for path, file in found.items() if others_may_write(file)]
    assert not loose, reason("logs-are-not-open", loose=loose[0])
    folders = sorted({str(PurePosixPath(path).parent) for path in found})
    handed = in_reach(scene, *folders)
    assert not handed, reason("logs-are-not-open-2", handed=handed)


@pytest.mark.needs("test_requests_can_be_found")
def test_only_root_says_what_root_runs(scene: Scene) -> None:
    """Nobody but root can change what root runs, or does as it says.

    ja: root が実行するものや、root が従う設定を変えられるのは、root だけである。
    """
    loose = by_others(scene)
    assert not loose, reason("only-root-says-what-root-runs", loose=loose)
