"""Is there room on the data disk, and is there still room after a rush?"""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

import pytest

from kikori.grading import Scene, eventually, say

MIB = 2**20
LOGS = "find /data /var/log -type f ! -path '/data/photos/*' ! -path '/data/sessions/*'"
READ = "case $0 in *.xz) xzcat $0 ;; *.bz2) bzcat $0 ;; *) zcat -f $0 ;; esac 2>/dev/null | grep -ao 'marked-[0-9a-f]*'"
LONG = "rush-hour-" * 740  # nginx takes headers of up to 8 KiB; three of them are logged
VISITS, CROWD = 240, 3
ROOM_OF_LOGS = 4 * MIB
NAMELESS = 2 * MIB

pytestmark = pytest.mark.timeout(25)  # a rush on a busy machine, and the rotation after it, take more than ten seconds


@dataclass
class Disk:
    """What the data disk says of itself, in bytes and files, and what can be found on it by name."""

    size: int
    free: int
    inodes: int
    inodes_free: int
    named: int

    @property
    def nameless(self) -> int:
        """How much is used and has no name."""
        return max(0, self.size - self.free - self.named)


def disk_of(scene: Scene) -> Disk:
    """Look at the data disk."""
    seen = scene.host("web").run("stat -f -c '%S %b %f %c %d' /data; du -sk /data 2>/dev/null | cut -f1").stdout
    block, size, free, inodes, inodes_free, named = map(int, seen.split())
    return Disk(size * block, free * block, inodes, inodes_free, named * 1024)


def logs_of(scene: Scene) -> tuple[int, int]:
    """How many bytes the logs take: on the data disk, and on the system's."""
    rows = scene.host("web").run(f"{LOGS} -printf '%b %p\\n'").stdout.splitlines()
    sizes = [(int(blocks) * 512, path.startswith("/data/")) for blocks, _, path in (row.partition(" ") for row in rows)]
    return sum(size for size, here in sizes if here), sum(size for size, here in sizes if not here)


@dataclass
class Rush:
    """A busy stretch: requests that can be told from all others, and what the logs took before and after."""

    before: tuple[int, int]
    after: tuple[int, int] = (0, 0)
    marks: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether the logs are small again."""
        return self.after[0] <= ROOM_OF_LOGS and self.after[1] - self.before[1] <= ROOM_OF_LOGS


def ask_marked(scene: Scene, rush: Rush) -> None:
    """A request that can be found again; a server that is just being restarted is asked anew."""

    def ask() -> tuple[str, int]:
        token = f"marked-{secrets.token_hex(8)}"
        return token, scene.get("web", f"/?{token}").status

    token, _ = eventually(ask, lambda seen: seen[1] == 200, within=3)
    rush.marks.append(token)


def visit(scene: Scene, times: int) -> None:
    """One visitor who talks a lot, and comes back some times if sent away."""
    host, _, port = (scene.address("web") or "127.0.0.1:9").rpartition(":")
    refused = 0
    connection = HTTPConnection(host, int(port), timeout=4)
    while times and refused < 5:
        try:
            connection.request("GET", f"/?{LONG}", headers={"User-Agent": LONG, "Referer": LONG})
            connection.getresponse().read()
            times -= 1
        except (OSError, HTTPException):
            refused += 1
            connection.close()  # the next request opens it again
    connection.close()


@pytest.fixture(scope="module")
def rush(scene: Scene) -> Rush:
    """Real requests that write more log than all logs together may take, and the time to rotate it."""
    seen = Rush(before=logs_of(scene))
    ask_marked(scene, seen)
    with ThreadPoolExecutor(CROWD) as crowd:
        list(crowd.map(lambda _: visit(scene, VISITS // CROWD), range(CROWD)))

    def look() -> bool:
        seen.after = logs_of(scene)
        return seen.is_over

    eventually(look, bool, within=6)
    ask_marked(scene, seen)
    return seen


@pytest.mark.needs("test_server_is_up")
def test_room(scene: Scene) -> None:
    """A quarter of the data disk is free, in bytes and in files.

    ja: データ用ディスクは、容量もファイル数も、4分の1が空いている。
    """
    seen = eventually(
        lambda: disk_of(scene),
        lambda disk: 4 * disk.free >= disk.size and 4 * disk.inodes_free >= disk.inodes,
        within=2,
    )
    assert 4 * seen.free >= seen.size, say(
        f"{seen.free / MIB:.1f} of {seen.size / MIB:.0f} MiB are free on /data. What takes the rest?",
        f"/data の空きは {seen.size / MIB:.0f} MiB のうち {seen.free / MIB:.1f} MiB です。残りは何が使っていますか",
    )
    assert 4 * seen.inodes_free >= seen.inodes, say(
        f"/data can take {seen.inodes_free} more files, of {seen.inodes} in all. Where are so many?",
        f"/data に作れるファイルは、全部で {seen.inodes} 個のうち、あと {seen.inodes_free} 個です。"
        "どこにそんなにあるのでしょうか",
    )


@pytest.mark.needs("test_server_is_up")
def test_space_has_a_name(scene: Scene) -> None:
    """What is used on the data disk can be found there by name.

    ja: データ用ディスクの使用分は、名前をたどって見つけられる。
    """
    seen = eventually(lambda: disk_of(scene), lambda disk: disk.nameless <= NAMELESS, within=3)
    assert seen.nameless <= NAMELESS, say(
        f"df counts {seen.nameless / MIB:.0f} MiB on /data that du does not find. What can be there without a name?",
        f"/data では、df が数える容量のうち {seen.nameless / MIB:.0f} MiB が du では見つかりません。"
        "名前がなくても存在できるものは何でしょうか",
    )


@pytest.mark.needs("test_upload")
def test_logs_get_small_again(scene: Scene, rush: Rush) -> None:
    """Some seconds after a rush the logs are small again.

    ja: 混雑のあと数秒で、ログはまた小さくなる。
    """
    assert rush.is_over, say(
        f"some seconds after a rush the logs take {rush.after[0] / MIB:.1f} MiB on /data, and "
        f"{(rush.after[1] - rush.before[1]) / MIB:.1f} MiB more than before in /var/log; they have "
        f"{ROOM_OF_LOGS // MIB} MiB. Who was to see to it, and what does that one say when it is asked?",
        f"混雑のあと数秒たっても、ログは /data で {rush.after[0] / MIB:.1f} MiB、/var/log では前より "
        f"{(rush.after[1] - rush.before[1]) / MIB:.1f} MiB 多く使っています。"
        f"使えるのは {ROOM_OF_LOGS // MIB} MiB です。これは誰の仕事で、尋ねると何と答えるでしょうか",
    )


@pytest.mark.needs("test_upload")
def test_rush_leaves_nothing_behind(scene: Scene, rush: Rush) -> None:
    """Space that a rush took comes back once its logs are rotated.

    ja: 混雑で使われた容量は、ログのローテーションのあとで戻ってくる。
    """
    seen = eventually(lambda: disk_of(scene), lambda disk: disk.nameless <= NAMELESS, within=3)
    assert seen.nameless <= NAMELESS, say(
        f"after a rush of requests df counts {seen.nameless / MIB:.0f} MiB that du does not find. "
        "What happens to the log when it is rotated, and who is told of it?",
        f"要求が押し寄せたあと、df が数える容量のうち {seen.nameless / MIB:.0f} MiB が du では見つからなくなりました。"
        "ローテーションのときログに何が起き、それは誰に知らされるのでしょうか",
    )


@pytest.mark.needs("test_upload", "test_logs_get_small_again")
def test_requests_can_be_found(scene: Scene, rush: Rush) -> None:
    """The requests of the last minutes can be found in the logs, from before and after the rotation.

    ja: 直近の数分の要求は、ローテーションの前も後も、ログの中に見つかる。
    """

    def missing() -> list[str]:
        found = scene.host("web").run(f"{LOGS} -exec sh -c %s {{}} ';'", READ).stdout
        return [mark for mark in rush.marks if mark not in found.split()]

    lost = eventually(missing, lambda marks: not marks, within=3)
    assert rush.marks[0] not in lost, say(
        "a request of a minute ago is in no log under /data or /var/log any more: the office could not answer for it",
        "1分前の要求が、/data と /var/log の下のどのログにももうありません。事務所は問い合わせに答えられません",
    )
    assert not lost, say(
        "a request is answered, and no log under /data or /var/log has it by name. Where does the server write it?",
        "要求には応答がありますが、/data と /var/log の下に名前のあるログには載っていません。"
        "サーバーはどこに書いたのでしょうか",
    )
