"""What becomes of users, logs and disks while one rush follows another and the log is rotated?"""

import re
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath
from typing import NamedTuple

import pytest
from logs import Line, Logs
from rights import by_others, in_reach, others_may_write
from rush import (
    CREW,
    MIB,
    MISSING,
    NAMELESS,
    ROOM_OF_LOGS,
    SHOWN,
    SPREAD,
    UNSIGNED,
    Rush,
    address_of_crews,
    photo_of_site,
)

from kikori.grading import Scene, eventually, growth, in_words, quoted, say

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
    return seen


def known(rush: Rush, written: Written) -> int:
    """Count the requests of the last rush that are in a log."""
    return len(rush.answers.keys() & written.lines.keys())


@pytest.fixture(scope="module")
def written(rush: Rush) -> Written:
    """What the logs have of the last rush, once they have all, or after some seconds."""
    marks = [*rush.before.values(), *rush.after.values()]
    wanted = {number for numbers in marks for number in numbers} | rush.answers.keys()

    def is_enough(seen: Written) -> bool:
        return all(map(seen.has_one, marks)) and known(rush, seen) >= MOSTLY * len(rush.answers)

    return eventually(lambda: Written(rush.logs.find(wanted)), is_enough, within=4)


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
    held = [quoted(command) for command in rush.holders[:MOST_NAMED]]
    assert rush.nameless <= NAMELESS, say(
        f"some seconds after a rush {rush.nameless / MIB:.1f} MiB are held in files that have no name any more; they "
        f"count as logs do. Who holds such files: {' and '.join(held) or 'a process that has ended since'}. "
        "Since when, and until when?",
        f"混雑のあと数秒たっても、名前のないファイルが {rush.nameless / MIB:.1f} MiB を占めています。"
        "これもログと同じように数えます。そうしたファイルを開いているのは "
        f"{'、'.join(held) or 'すでに終わったプロセス'} です。いつから、いつまででしょうか",
    )
    assert not rush.beyond, say(
        f"one rush left {in_words(rush.beyond)} more than the one before, the logs on /data not counted; "
        f"what is kept elsewhere may grow by {ELSEWHERE // MIB} MiB, and no process may stay. "
        "What is it, and who takes it away?",
        f"一回の混雑で、/data のログのほかに {in_words(rush.beyond)} が増えました。ほかの場所に残すものが"
        f"増えてよいのは {ELSEWHERE // MIB} MiB までで、プロセスは残ってはいけません。"
        "増えたのは何で、片付けるのは誰ですか",
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
        "a crew on a bad line, on which at times nothing gets through for some seconds, was sending a photo while the "
        f"log was written and rotated; expected it to be kept, saw {users.last}",
        "ときどき数秒間何も届かなくなる電波の悪い場所の班が、ログの書き込みとローテーションの間、"
        f"写真を送っていました。保存されるはずですが、{users.last} でした",
    )


@pytest.mark.needs("test_upload", "test_logs_get_small_again")
def test_requests_can_be_found(rush: Rush, written: Written) -> None:
    """The requests of the last rush can be found in the logs, from before and after the rotation.

    ja: 直近の混雑の要求は、ローテーションの前も後も、ログの中に見つかる。
    """
    assert written.has_one(rush.before.get(SHOWN, [])), say(
        f"requests from just before the last rush, some {SPREAD} seconds ago, can be read in no log under /data or "
        "/var/log, plain or packed by gzip, bzip2 or xz: the office could not answer for them",
        f"直近の混雑の直前、{SPREAD} 秒ほど前の要求が、/data と /var/log の下のどのログからも読み取れません"
        "（gzip、bzip2、xz で圧縮したものも調べました）。事務所は問い合わせに答えられません",
    )
    assert written.has_one(rush.after.get(SHOWN, [])), say(
        "requests from just after the last rush are answered, and can be read in no log that has a name under /data or "
        "/var/log. Where does the server write them?",
        "直近の混雑の直後の要求には応答がありますが、/data と /var/log の下の、名前のあるどのログからも"
        "読み取れません。サーバーはどこに書いたのでしょうか",
    )
    seen = known(rush, written)
    assert seen >= MOSTLY * len(rush.answers), say(
        f"of the {len(rush.answers)} requests of the last rush {seen} can be read in a log under /data or /var/log; "
        "expected all but those of an instant",
        f"直近の混雑の要求 {len(rush.answers)} 件のうち、/data か /var/log の下のログから読み取れるのは {seen} 件です。"
        "ほんの一瞬の分を除いて、すべてあるはずです",
    )


@pytest.mark.needs("test_requests_can_be_found")
def test_log_says_who_asked(scene: Scene, rush: Rush, written: Written) -> None:
    """The log has the requests that were refused too, and says who saw which photo.

    ja: ログには断られた要求も残り、誰がどの写真を見たかが分かる。
    """
    for kind, english, japanese in (
        (MISSING, "for photos that are not there", "存在しない写真を求めた要求"),
        (UNSIGNED, "of somebody who is not signed in", "サインインしていない人の要求"),
    ):
        assert written.has_one([*rush.before.get(kind, []), *rush.after.get(kind, [])]), say(
            f"requests {english} can be read in no log, although others can. What will the insurer ask about those?",
            f"{japanese}が、どのログからも読み取れません。ほかの要求は読み取れます。"
            "その要求について尋ねられたら、どう答えますか",
        )
    address, photo = address_of_crews(scene), photo_of_site(scene)
    asked = [*rush.before.get(CREW, []), *rush.after.get(CREW, [])]
    assert written.has_one(asked), say(
        f"the crews, whose address is {address}, looked at a photo; that can be read in no log, although other "
        "requests can",
        f"アドレス {address} の班が写真を見ましたが、どのログにもありません。ほかの要求は載っています",
    )
    lines = [[line.text for line in written.lines[number]] for number in asked if number in written.lines]
    others = [line.text for number in rush.after.get(SHOWN, []) for line in written.lines.get(number, [])]
    place = re.compile(rb"(?<![\d.])" + re.escape(address.encode()) + rb"(?!\.?\d)")
    says_who = all(any(place.search(line) and photo.encode() in line for line in each) for each in lines)
    assert not lines or (says_who and not any(map(place.search, others))), say(
        f"the crews, whose address is {address}, looked at the photo {photo}; from what the log has of it nobody can "
        "tell that it was they, and not somebody else, or which photo it was",
        f"アドレス {address} の班が写真 {photo} を見ました。しかし、ほかの誰かではなくその班だったことか、"
        "どの写真だったかが、ログの行からは分かりません",
    )


@pytest.mark.needs("test_requests_can_be_found")
def test_logs_are_not_open(scene: Scene, rush: Rush, written: Written) -> None:
    """Only root and the web server can change a log, and no service can put another file in its place.

    ja: ログを変えられるのは root とウェブサーバーだけで、どのサービスも別のファイルに差し替えられない。
    """
    found = {line.file.path: line.file for lines in written.lines.values() for line in lines}
    loose = [path for path, file in found.items() if others_may_write(file)]
    assert not loose, say(
        f"others than root and its owner may now write to {loose[0]}: what would such a log prove to an insurer?",
        f"root でも所有者でもないユーザーが {loose[0]} に書き込めます。"
        "そのログは、保険会社に対して何の証拠になるでしょうか",
    )
    folders = sorted({str(PurePosixPath(path).parent) for path in found})
    handed = in_reach(scene, *folders)
    assert not handed, say(
        f"a process that answers requests may put files into {handed}, and root writes to a file there by its name. "
        "Where could that name lead?",
        f"要求に答えるプロセスが {handed} にファイルを置けます。root は、そこにあるファイルに名前を頼りに書き込みます。"
        "その名前を、どこにつなげられるでしょうか",
    )


@pytest.mark.needs("test_requests_can_be_found")
def test_only_root_says_what_root_runs(scene: Scene) -> None:
    """Nobody but root can change what root runs, or does as it says.

    ja: root が実行するものや、root が従う設定を変えられるのは、root だけである。
    """
    loose = by_others(scene)
    assert not loose, say(
        f"somebody else than root may change {loose}, and what root does comes from there, at once or by way of a "
        "copy. Who needs which right?",
        f"root でない誰かが {loose} を変えられます。root がすることは、直接か、写しを通して、そこから来ています。"
        "誰にどの権利が要りますか",
    )
