"""Does every order become a delivery note again, numbered, booked, counted and copied, and nothing lost on the way?"""

import json

import pytest

from kikori.grading import Scene, eventually, say

ORDERS = 4
FIRST = 9.0
"""Seconds until the first note; a clerk may still stand in the last five-second wait that began before the mend."""
REST = 6.0
"""Seconds from then to the last one. With a resolver that asks a dead server first, each takes 5 s."""
HOME = "/var/lib/notes"


class Batch:
    """A few orders placed at once, and the notes that came of them."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.up = scene.state("notes") == "running"
        eventually(lambda: scene.get("notes", "/health"), lambda seen: seen.status == 200, within=6 if self.up else 0)
        self.before = self.register()
        self.counted_before = self.counted()
        self.orders = [*filter(None, map(self._place, range(ORDERS)))]
        self.notes: dict[str, str] = {}

    def _place(self, number: int) -> str:
        order = {"customer": f"Test {number}", "item": "kikori", "count": 1}
        try:
            return str(json.loads(self.scene.ask("POST", "notes", "/orders", json=order).text)["order"])
        except (ValueError, KeyError, TypeError):
            return ""

    def wait(self) -> None:
        """Collect the notes; gives up early when none comes at all."""
        eventually(self._look, lambda seen: bool(seen), within=FIRST)
        eventually(self._look, lambda seen: seen == len(self.orders), within=REST if self.notes else 0)
        for order in set(self.orders) - self.notes.keys():
            self.scene.ask("DELETE", "notes", f"/orders/{order}")  # nobody waits for them any more

    def _look(self) -> int:
        for order in set(self.orders) - self.notes.keys():
            if (answer := self.scene.get("notes", f"/notes/{order}")).status == 200:
                self.notes[order] = answer.text
        return len(self.notes)

    def register(self) -> list[list[str]]:
        """The register's lines: number, order, tracking number."""
        text = self.scene.host("notes").run(f"cat {HOME}/register.csv").stdout if self.up else ""
        return [[*line.split(";"), "", ""][:3] for line in text.splitlines()]

    def added(self) -> list[list[str]]:
        """The register from the line on that was its last when the orders were placed."""
        return self.register()[max(len(self.before) - 1, 0) :]

    def counted(self) -> int:
        """What the wall says."""
        seen = self.scene.get("notes", "/tally").text.strip()
        return int(seen) if seen.isdigit() else -1


@pytest.fixture(scope="module")
def batch(scene: Scene) -> Batch:
    """The orders of this grading."""
    return Batch(scene)


@pytest.mark.guard
def test_orders_are_taken(batch: Batch) -> None:
    """The desk takes orders.

    ja: 受付が注文を受け付けている。
    """
    assert len(batch.orders) == ORDERS, say(
        f"the desk took {len(batch.orders)} of {ORDERS} orders; its container is {batch.scene.state('notes')}",
        f"受付が受け付けた注文は {ORDERS} 件中 {len(batch.orders)} 件です（コンテナーは {batch.scene.state('notes')}）",
    )


@pytest.mark.timeout(30)
@pytest.mark.needs("test_orders_are_taken")
def test_notes_come(batch: Batch) -> None:
    """Four orders placed at once have their notes within seconds.

    ja: 同時に出した4件の注文の納品書が、数秒のうちに出てくる。
    """
    batch.wait()
    assert len(batch.notes) == ORDERS, say(
        f"{ORDERS} orders, {len(batch.notes)} notes within seconds. What is each clerk doing at this moment?",
        f"注文 {ORDERS} 件に対し、数秒で出た納品書は {len(batch.notes)} 枚です。clerk はいま何をしているのでしょうか",
    )


@pytest.mark.needs("test_notes_come")
def test_numbers_have_no_gap_and_no_double(batch: Batch) -> None:
    """Each note has a number of its own, and the numbers follow one another.

    ja: 納品書には一枚ごとに別の番号が付き、番号は途切れずに続く。
    """
    numbers = [int(row[0]) if row[0].isdigit() else 0 for row in batch.added()]
    expected = [numbers[0] + step for step in range(len(numbers))]
    assert numbers == expected, say(
        f"expected the register to go on with {expected}, it has {numbers}: what kept two clerks from the same line?",
        f"台帳の番号は {expected} と続くはずですが、{numbers} です。clerk どうしを分けていたのは何でしょうか",
    )
    told = {order: number for number, order, _ in batch.added()}
    wrong = sum(f"note {told.get(order)}\n" not in note for order, note in batch.notes.items())
    assert not wrong, say(
        f"{wrong} notes show another number than the register has for their order",
        f"{wrong} 枚の納品書の番号が、台帳の番号と違います",
    )


@pytest.mark.needs("test_notes_come")
def test_parcels_are_booked(scene: Scene, batch: Batch) -> None:
    """The carrier knows the tracking number of each note.

    ja: 納品書の追跡番号を、運送会社が知っている。
    """
    known = set(scene.host("carrier").run("cat /var/lib/town/parcels").stdout.split())
    unknown = sum(note.partition("tracking ")[2].split("\n")[0] not in known for note in batch.notes.values())
    assert not unknown, say(
        f"the carrier knows nothing of {unknown} of {ORDERS} parcels: nobody will fetch them",
        f"{ORDERS} 個の荷物のうち {unknown} 個を運送会社は知りません。誰も取りに来ません",
    )


@pytest.mark.needs("test_notes_come")
def test_notes_are_counted(batch: Batch) -> None:
    """The wall counts the notes.

    ja: 壁の表示が納品書を数えている。
    """
    seen = eventually(batch.counted, lambda count: count >= batch.counted_before + ORDERS, within=3)
    assert seen >= batch.counted_before + ORDERS, say(
        f"{ORDERS} notes came, and the count on the wall went from {batch.counted_before} to {seen}",
        f"納品書は {ORDERS} 枚出ましたが、壁の数字は {batch.counted_before} から {seen} になっただけです",
    )


@pytest.mark.needs("test_notes_come")
def test_register_is_copied(scene: Scene, batch: Batch) -> None:
    """The office's copy of the register has the new notes within seconds.

    ja: 事務所用の台帳の写しに、数秒のうちに新しい納品書が載る。
    """

    def missing() -> int:
        copy = scene.host("notes").run("cat /var/backups/notes/register.csv").stdout.splitlines()
        return sum(";".join(row) not in copy for row in batch.added())

    late = eventually(missing, lambda count: not count, within=6)
    assert not late, say(
        f"{late} lines of the register are not in /var/backups/notes/register.csv after 6 s: who copies it?",
        f"6 秒たっても、台帳の {late} 行が /var/backups/notes/register.csv にありません。写しているのは誰でしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_no_order_is_lost(scene: Scene, batch: Batch) -> None:
    """Every order that was ever taken is waiting or has its note.

    ja: 受け付けた注文はどれも、順番を待っているか、納品書になっている。
    """
    inside = scene.host("notes")

    def lost() -> set[str]:
        rows = [line.split() for line in inside.run(f"cat {HOME}/orders.log").stdout.splitlines()]
        files = inside.run(f"ls {HOME}/in {HOME}/work/* {HOME}/out").stdout.split()
        taken = {row[2] for row in rows if row[1] == "taken"} - {row[2] for row in rows if row[1] == "cancelled"}
        return taken - {name.split(".")[0] for name in files}

    gone = eventually(lost, lambda found: not found, within=1)
    assert not gone, say(
        f"{len(gone)} orders of orders.log are neither waiting nor printed: those customers still expect their tea",
        f"orders.log の注文のうち {len(gone)} 件が、待っておらず、納品書にもなっていません。客はお茶を待っています",
    )
    assert set(batch.notes) <= set(inside.run(f"cat {HOME}/orders.log").stdout.split()), say(
        "orders were taken that orders.log knows nothing of: how would anybody miss one?",
        "受け付けた注文が orders.log に載っていません。なくなっても誰も気づけません",
    )


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_one_lock_for_all(scene: Scene) -> None:
    """Whoever locks the register locks the same file as the others.

    ja: 台帳をロックするプロセスは、みな同じファイルをロックしている。
    """
    look = "find /proc/[0-9]*/fd -lname '*register.lock (deleted)' 2>/dev/null"
    old = eventually(lambda: scene.host("notes").run(look).stdout.split("/"), lambda found: len(found) < 3, within=3)
    assert len(old) < 3, say(
        f"process {old[2:3]} has a deleted lock file open: its lock keeps nobody out, and at the next start they meet",
        f"プロセス {old[2:3]} は削除されたロックファイルを開いています。誰も止められず、次の起動でまた鉢合わせします",
    )


@pytest.mark.needs("test_orders_are_taken")
def test_name_is_found_at_once(scene: Scene) -> None:
    """The carrier's name is found without waiting.

    ja: 運送会社の名前が、待たされずに引ける。
    """
    look = f"timeout 0.9 getent ahosts labels.{scene.params['carrier']}.example"
    late = sum(bool(scene.host("notes").run(look).exit_status) for _ in range(4))
    assert not late, say(
        f"{late} of 4 look-ups of the carrier's name took over 0.9 s or found nothing: who is asked first?",
        f"運送会社の名前を引くと、4 回中 {late} 回は 0.9 秒を超えるか失敗しました。最初に尋ねる相手は誰でしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_addresses_are_not_nailed_down(scene: Scene) -> None:
    """Where a name leads is kept by those whose job it is, and survives a new container.

    ja: 名前とアドレスの対応は担当の仕組みに任されていて、コンテナーを作り直しても変わらない。
    """
    inside = scene.host("notes")
    nailed = inside.run(f"grep -F {scene.params['carrier']}.example /etc/hosts").stdout.strip()
    assert not nailed, say(
        f"/etc/hosts says {nailed!r}: Docker writes that file anew, and the carrier's machine moves",
        f"/etc/hosts に {nailed!r} とあります。Docker が書き直すファイルですし、運送会社のマシンは移ります",
    )
    kept = "sv status netconf | grep ^run: || grep resolv.conf /srv/notes/boot /etc/service/*/run"
    assert inside.run(kept).stdout, say(
        "netconf does not run, and nobody else writes /etc/resolv.conf: what it says now is gone with this container",
        "netconf が動かず、ほかに /etc/resolv.conf を書くものもありません。いまの内容はコンテナーとともに消えます",
    )


@pytest.mark.guard
@pytest.mark.needs("test_orders_are_taken")
def test_nobody_works_as_root(scene: Scene) -> None:
    """Desk, clerks, printer and tally do not run as root.

    ja: 受付、clerk、プリンター、集計は root で動いていない。
    """
    rows = [row.split(None, 1) for row in scene.host("notes").run("ps -C python3 -o user=,args=").stdout.splitlines()]
    rooted = [command for user, command in rows if user == "root" and "/srv/notes" in command]
    assert not rooted, say(
        f"{rooted[0] if rooted else ''} runs as root: a hole in it would be a hole in the whole server",
        f"{rooted[0] if rooted else ''} が root で動いています。その穴が、サーバー全体の穴になります",
    )
