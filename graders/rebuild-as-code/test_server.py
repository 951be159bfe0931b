"""Does the repository build the server on a host on its first day, twice the same, and back after a restart?

The values are another server's, drawn for this attempt; Ansible and all three machines are the lab's own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import customers
import pytest
import report
from plays import ACCOUNTS, IN_A_ROW, MESSAGE, SOME, USERS, is_steady, said_of, users_of
from rights import (
    OTHERS_WRITE,
    READ,
    WRITE,
    above,
    are_apart,
    doors,
    folders_of_others,
    open_to_all,
    roots_but_not_safe,
    strange_doors,
    users_at,
)
from snapshot import in_short, is_moving
from tables import PARTS

from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from afterwards import Afterwards
    from plays import Built, Untouched

    from conftest import Given

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(240)
EARLY, LATE = 1.0, 5.0
"""Seconds by which the bank may hear sooner or later than at each pause."""
IN_MEMORY = ("/run", "/dev/shm")  # noqa: S108  # it is looked at
OPEN = re.compile(r"open (\d+)")


@pytest.mark.static
@pytest.mark.needs("test_repository")
def test_wrong_values(untouched: Untouched) -> None:
    """With a value that is missing or wrong, the run fails, and nothing is changed.

    ja: 値が足りないか間違っていれば、実行は失敗し、何も変わらない。
    """
    changed = [one for one in untouched.refused if one.changed]
    assert not changed, reason("wrong-changed", what=changed[0].what, path=quoted(changed[0].changed[-1]))
    accepted = [one.what for one in untouched.refused if one.code == 0]
    assert not accepted, reason("wrong-accepted", what=in_short(accepted))


@pytest.mark.needs("test_repository")
def test_check_is_honest(untouched: Untouched, built: Built) -> None:
    """On a host on its first day --check goes through, says of each task what a run would do, and changes nothing.

    ja: 初日のホストで --check は最後まで通り、実行なら何をするかをタスクごとに述べ、何も変えない。
    """
    played, changed = untouched.shown
    assert not changed, reason("check-changed", path=quoted(changed[0] if changed else ""), count=len(changed))
    assert played.code == 0, reason("check-failed", seen=quoted(said_of(played), 160))
    unsaid = report.unsaid(report.read(played.said), report.read(built.run.said))
    assert not unsaid, reason("check-unsaid", count=len(unsaid), task=quoted(unsaid[0] if unsaid else ""))


@pytest.mark.needs("test_repository")
def test_builds(built: Built) -> None:
    """On a host on its first day the run goes through.

    ja: 初日のホストで、実行が最後まで通る。
    """
    seen = report.read(built.run.said)
    assert built.run.code == 0, reason("run-failed", seen=quoted(said_of(built.run), 160))
    assert seen.changed > 0, reason("run-nothing")


@pytest.mark.needs("test_builds")
def test_desk(built: Built) -> None:
    """The new host sells tickets as the old one does, and writes them down alike.

    ja: 新しいホストは、古いサーバーと同じように切符を売り、同じように記録する。
    """
    desk = built.desk
    assert desk["open"], reason("desk-shut")
    odd = customers.not_in_order(desk["answers"])
    assert not odd, reason("desk-odd", odd=odd, all=len(desk["asked"]))
    assert desk["post"].get("status") == 501, reason("desk-post", status=desk["post"].get("status", 0))
    lacking = customers.not_in_book(desk["book"], desk["asked"])
    assert not lacking, reason("desk-book", lacking=lacking, all=len(desk["asked"]))
    lacking = customers.not_sold(desk["sold"], desk["asked"])
    assert not lacking, reason("desk-sold", lacking=lacking, all=len(desk["asked"]))
    assert re.fullmatch(r"number \d+", desk["number"]), reason("desk-ledger")
    assert desk["status"].get("text", "").startswith("Active connections"), reason("desk-status")


@pytest.mark.needs("test_builds")
def test_turnstiles(built: Built) -> None:
    """Turnstiles are let through and written down, also on the day on which all of them stand there at once.

    ja: 改札機は通り、記録される。全台が同時に並ぶ日も同じである。
    """
    gates = built.gates
    assert OPEN.fullmatch(gates["said"]), reason("gate-shut")
    assert f" {gates['words']}\n" in gates["log"], reason("gate-log")
    assert gates["many"] == built.values["turnstiles"], reason(
        "gate-many", seen=gates["many"], all=built.values["turnstiles"]
    )


@pytest.mark.needs("test_desk", "test_turnstiles")
def test_rights(built: Built) -> None:
    """Each program runs as its own user, and listens where it is needed.

    ja: どのプログラムも自分のユーザーで動き、要るところでだけ待ち受ける。
    """
    beside, values = built.stand.sidecar, built.values
    found = doors(beside.network("tcp"), beside.network("tcp6"))
    wanted = (values[one] for one in ("web_port", "status_port", "ledger_port", "gate_port"))
    strange = strange_doors(found, wanted, built.stand.banks)
    assert not strange, reason("rights-doors", some=", ".join(map(str, strange)))
    assert not built.desk["ledger"], reason("rights-ledger")
    assert are_apart(built.users, ACCOUNTS), reason("rights-accounts")
    processes, open_by = beside.processes(), {one.pid: one.open for one in beside.descriptors()}
    for port, user in (("ledger_port", "tsuda"), ("gate_port", "mori")):
        seen = users_at(values[port], found, open_by, processes)
        assert seen == {built.users.get(user, -1)}, reason("rights-user", what=port, user=user)


@pytest.mark.static
@pytest.mark.needs("test_desk", "test_turnstiles")
def test_files(built: Built) -> None:
    """What the programs write others may read and not change, and what root carries out nobody else may change.

    ja: プログラムが書いたものは、ほかの人に読めて、変えられない。root が実行するものは、root のほか誰も変えられない。
    """
    beside, values = built.stand.sidecar, built.values
    files = {one.path: one for one in beside.at(*(str(values[name]) for name in USERS))}
    for name, user in USERS.items():
        path, owner = str(values[name]), built.users.get(user, -1)
        one = files.get(path)
        assert one, reason("rights-file-none", what=name)
        assert one.owner == owner, reason("rights-owner", what=name, user=user)
        assert one.mode & (READ | OTHERS_WRITE) == READ, reason("rights-mode", what=name, mode=f"{one.mode:o}")
        folders = {folder.path: folder for folder in beside.at(*above(path))}
        assert open_to_all({path: one}, folders, READ), reason("rights-way", what=name)
        assert not folders_of_others(folders.values(), owner), reason("rights-folder", what=name)
    new = {one.path: one for one in beside.at(*(path for path, kind in built.stand.changes().items() if kind != 2))}
    loose = [path for path in (*open_to_all(new, {}, WRITE), *roots_but_not_safe(new)) if not is_moving(path, ())]
    assert not loose, reason("rights-loose", path=quoted(loose[0] if loose else ""))


@pytest.mark.needs("test_builds")
def test_bank(built: Built, given: Given) -> None:
    """The bank hears of the takings at each pause, with its word.

    ja: 銀行は、間隔ごとに、合言葉の付いた売上の知らせを受け取る。
    """
    heard = built.bank
    assert len(heard) >= IN_A_ROW, reason("bank-silent", seen=len(heard))
    last = heard[-IN_A_ROW:]
    read = [MESSAGE.fullmatch(one[1]) for one in last]
    assert all(read), reason("bank-form")
    assert all(one and one[2] == given.word for one in read), reason("bank-word")
    pause, gaps = built.values["pause"], [later[0] - one[0] for one, later in pairwise(last)]
    assert min(gaps) > pause - EARLY, reason("bank-early", pause=pause, seen=f"{min(gaps):.1f}")
    assert is_steady(heard), reason("bank-numbers")
    assert sorted(gaps)[len(gaps) // 2] < pause + LATE, reason("bank-late", pause=pause)
    assert users_of(heard) <= {built.users.get("ota", -1)}, reason("bank-user")


@pytest.mark.needs("test_desk", "test_turnstiles", "test_bank")
def test_second_run(built: Built) -> None:
    """A second run changes nothing, says so, and cuts nobody off.

    ja: 2回目の実行は何も変えず、そう述べ、誰の接続も切らない。
    """
    again = built.again
    assert again["played"].code == 0, reason("again-failed", seen=quoted(said_of(again["played"]), 160))
    assert not again["changed"], reason("again-changed", some=in_short(again["changed"]))
    assert not again["restarted"], reason("again-restarted", some=quoted(in_short(again["restarted"])))
    told = report.read(again["played"].said).changed
    assert told == 0, reason("again-says", count=told)
    first, second = (OPEN.fullmatch(one) for one in again["held"])
    assert first, reason("gate-shut")
    assert (int(second[1]) if second else 0) > int(first[1]), reason("again-cut")


@pytest.mark.static
@pytest.mark.needs("test_bank")
def test_secret_on_host(untouched: Untouched, built: Built, given: Given) -> None:
    """On the host only root and the program that needs it can read the bank's word, and no run shows it.

    ja: ホストで銀行の合言葉を読めるのは、root と、それを使うプログラムだけである。どの実行も、それを表示しない。
    """
    beside = built.stand.sidecar
    changes = [path for path, kind in built.stand.changes().items() if kind != 2]
    plain = [one.path for one in beside.at(*changes) if one.kind == "file"]
    files = {one.path: one for one in beside.at(*beside.holding([given.word], *plain, *IN_MEMORY))}
    folders = {one.path: one for one in beside.at(*{folder for path in files for folder in above(path)})}
    loose = open_to_all(files, folders, READ)
    assert not loose, reason("secret-readable", path=quoted(loose[0] if loose else ""))
    owners = {one.owner for one in files.values()} - {0, built.users.get("ota", -1)}
    assert not owners, reason("secret-anothers")
    assert not any(given.word in one.command for one in beside.processes()), reason("secret-argument")
    assert given.word not in built.run.said, reason("secret-shown", how="play --diff")
    shown = [how for how, said in untouched.said if given.word in said]
    assert not shown, reason("secret-shown", how=shown[0] if shown else "")


@pytest.mark.needs("test_desk", "test_turnstiles")
def test_crash(built: Built) -> None:
    """If the gate or the ledger dies, it is started again.

    ja: 改札か台帳が落ちても、また起動する。
    """
    assert built.crashed["gate"], reason("crash-gate")
    assert built.crashed["desk"], reason("crash-ledger")


@pytest.mark.needs("test_desk", "test_turnstiles", "test_bank")
def test_change(afterwards: Afterwards) -> None:
    """A run on a host that stands brings each value that is another by then, one of them as well as all.

    ja: すでにできているホストでの実行が、変わった値を一つでも全部でも反映する。
    """
    changed = afterwards.brought
    names = ", ".join(changed["names"])
    seen = quoted(said_of(changed["played"]), 160)
    assert changed["played"].code == 0, reason("change-failed", what=names, seen=seen)
    assert changed["open"], reason("change-desk", what=names)
    assert not changed["unused"], reason("change-unused", what=names, seen=changed["unused"][0])
    assert not changed["old"], reason("change-old", what=names, some=", ".join(map(str, changed["old"])))


@pytest.mark.static
@pytest.mark.needs("test_change")
def test_secret_in_changes(afterwards: Afterwards) -> None:
    """A run that brings a new word shows neither the old one nor the new one, however talkative it is.

    ja: 新しい合言葉を反映する実行は、どれほど詳しく表示しても、前の合言葉も新しい合言葉も表示しない。
    """
    words = {change.secret["bank_word"] for change, _ in afterwards.runs}
    shown = any(word in played.said for _, played in afterwards.runs for word in words)
    assert not shown, reason("secret-shown", how="play --diff -vvv")


@pytest.mark.needs("test_desk", "test_turnstiles", "test_bank")
def test_restart(built: Built) -> None:
    """After a restart all of it is back by itself, and nothing that was written is lost.

    ja: 再起動のあと、すべてがひとりでに戻る。書いたものは失われない。
    """
    seen = built.restarted
    assert seen["open"], reason("restart-desk")
    assert seen["gate"], reason("restart-gate")
    assert seen["many"] == SOME, reason("restart-many", seen=seen["many"], all=SOME)
    assert seen["bank"], reason("restart-bank")
    assert seen["kept"], reason("restart-lost")


@pytest.mark.needs("test_desk", "test_turnstiles", "test_bank")
def test_trouble(afterwards: Afterwards) -> None:
    """While the bank is away, and callers of the ledger say nothing, the rest answers as on the old server.

    ja: 銀行につながらず、台帳に何も言わない相手がいる間も、残りは古いサーバーと同じように応える。
    """
    seen = afterwards.troubled
    is_told = (seen["status"], seen["text"]) == (503, "the ledger does not answer")
    assert is_told or seen["status"] == 200, reason("trouble-desk", status=seen["status"])
    assert seen["open"], reason("trouble-ledger")
    assert seen["again"], reason("trouble-bank")
    assert seen["again"] > seen["before"], reason("trouble-count")


@pytest.mark.needs("test_change")
def test_jobs(built: Built, afterwards: Afterwards) -> None:
    """The clock carries out what it carried out on the old server, its letters reach somebody, and nothing else begins.

    ja: 決まった時刻に、古いサーバーで動いていたものだけが動き、その知らせは誰かに届く。
    """
    found = built.jobs()
    assert found, reason("jobs-none")
    own = [one for one in found if one.user == "tsuda" and one.when == built.values["nightly"]]
    assert len(own) == 1, reason("jobs-not-one", count=len(own))
    parts = [path for path, kind in built.stand.changes().items() if kind != 2 and PARTS.fullmatch(path)]
    others = [*(one.path for one in found if one not in own), *parts]
    assert not others, reason("jobs-others", path=quoted(others[0] if others else ""))
    assert own[0].mailto == built.values["mail_to"], reason("jobs-letters")
    takings = afterwards.takings
    assert takings["text"], reason("jobs-nothing")
    assert takings["is_right"], reason("jobs-other")
    assert takings["owner"] == built.users.get("tsuda", 0), reason("jobs-owner")
    assert not takings["open"], reason("jobs-readable")
    assert not takings["letters"], reason("jobs-talk", count=takings["letters"])
