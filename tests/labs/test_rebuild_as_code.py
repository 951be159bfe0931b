"""What rebuild-as-code's checks make of runs, tables, hosts and books that are right and wrong. No Docker needed."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from kikori import paths
from kikori.grading import File
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("rebuild-as-code", code=STANDS_ON)
LAB, GRADER = (paths.ROOT / part / "rebuild-as-code" for part in ("labs", "graders"))
PEERS = paths.ROOT / "labs" / "_images" / "old-server-peers"
USERS = {"root": 0, "tickets": 1000, "tsuda": 1001, "mori": 1002, "ota": 1003}

DONE = """
PLAY [The server] **************************************************************

TASK [Accounts] ****************************************************************
changed: [host] => (item=tsuda)
ok: [host] => (item=mori)

TASK [Job] *********************************************************************
--- before
+++ after: /etc/cron.d/railway
+ changed: [host] is only a line of a file

changed: [host]

TASK [Job] *********************************************************************
ok: [host]

RUNNING HANDLER [restart] ******************************************************
changed: [host]

PLAY RECAP *********************************************************************
host                       : ok=4    changed=3    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0
"""


@pytest.fixture
def load() -> Iterator[Import]:
    with modules_of(GRADER, PEERS) as load:
        yield load


def test_both_fixes_have_this_servers_values(load: Import) -> None:
    settings, box = load("settings"), load("railway.box").Box("2026", "sanroku")
    for fix in ("brought-along", "written-anew"):
        assert settings.read((LAB / "fixes" / fix / "values.yml").read_text()) == settings.of_box(box)
    assert 'PAST: "2026"' in (LAB / "compose.yaml").read_text(), "the scene has the box that the checks hold true"


def test_start_has_each_name_and_no_value(load: Import) -> None:
    settings = load("settings")
    assert settings.read((LAB / "workspace" / "values.yml").read_text()) == dict.fromkeys(settings.NAMES)


def test_values_are_plain(load: Import) -> None:
    read = load("settings").read
    assert read("a: 1\nb: x\n") == {"a": 1, "b": "x"}
    for text in ("", "- a", "a: [1]", "a: &x 1\nb: *x", "a: !!python/none x", "a: : b", "a: 1\n" * 2000):
        assert read(text) is None


@pytest.mark.parametrize("seed", range(40))
def test_each_wrong_value_differs_in_one_thing(load: Import, seed: int) -> None:
    settings = load("settings")
    good, word = settings.drawn(Random(seed)), settings.secret_word(Random(seed))
    assert set(good) == set(settings.NAMES)
    assert len({good[name] for name in settings.PORTS}) == len(settings.PORTS)
    for one in settings.wrong(Random(seed), good, word):
        other = {name for name in settings.NAMES if one.values.get(name) != good[name] or name not in one.values}
        assert len(other) + (one.secret != {"bank_word": word}) == 1, one.what


@pytest.mark.parametrize("seed", range(40))
def test_wrong_schedules_and_places_are_always_among_them(load: Import, seed: int) -> None:
    settings = load("settings")
    good, word = settings.drawn(Random(seed)), settings.secret_word(Random(seed))
    found = settings.wrong(Random(seed), good, word)
    assert any(one.values.get("nightly") in settings.NO_TIME for one in found)
    assert any(word in str(one.secret.get("bank_word")) != word for one in found)
    paths = [[one.values.get(name, "") for name in settings.PATHS] for one in found]
    folders = [[str(path).rpartition("/")[0] for path in three] for three in paths]
    together = sum(len({*three}) < 3 for three in folders)
    elsewhere = sum("/.." in str(path) or str(path).count("/") == 2 for three in paths for path in three)
    assert together + elsewhere > 0


@pytest.mark.parametrize("seed", range(40))
def test_each_value_is_another_at_one_of_two_runs(load: Import, seed: int) -> None:
    settings = load("settings")
    now, word = settings.drawn(Random(seed)), settings.secret_word(Random(seed))
    before = now | {"bank_word": word}
    changes = settings.later(Random(seed), now, word)
    assert sorted(name for one in changes for name in one.names) == sorted((*settings.NAMES, "bank_word"))
    assert [len(one.names) for one in changes] == [1, len(settings.NAMES)]
    for one in changes:
        after = one.values | one.secret
        assert {name for name in after if after[name] != before[name]} == {*one.names}
        assert len({after[name] for name in settings.PORTS}) == len(settings.PORTS)
        before = after


def test_report_reads_results_and_nothing_else(load: Import) -> None:
    found = load("report").read(DONE)
    assert [(one.name, one.turn, sorted(one.results)) for one in found.tasks] == [
        ("Accounts", 0, ["changed", "ok"]),
        ("Job", 0, ["changed"]),
        ("Job", 1, ["ok"]),
    ]
    assert (found.changed, found.failed, found.announced) == (3, 0, 2)
    assert load("report").read("no run at all").changed == -1


@pytest.mark.parametrize(
    ("change", "unsaid"),
    [
        (("nothing", "nothing"), []),
        (("changed: [host] => (item=tsuda)\nok: [host] => (item=mori)", "skipping: [host]"), ["Accounts"]),
        (("TASK [Job] *********************************************************************\nok: [host]", ""), ["Job"]),
        (("changed: [host] => (item=tsuda)", "ok: [host] => (item=tsuda)"), ["Accounts"]),
        (("RUNNING HANDLER [restart] ******************************************************\nchanged", "skipping"), []),
    ],
)
def test_check_is_held_against_the_run(load: Import, change: tuple[str, str], unsaid: list[str]) -> None:
    report = load("report")
    assert report.unsaid(report.read(DONE.replace(*change)), report.read(DONE)) == unsaid


GOOD_LINE = "MAILTO=office@railway.example\n*/1 * * * * tsuda /usr/local/lib/railway/nightly\n"


def test_cron_reads_what_it_likes(load: Import) -> None:
    tables = load("tables")
    good = tables.Table("/etc/cron.d/railway", 0o644, 0, GOOD_LINE)
    job = ("*/1 * * * *", "tsuda", "/usr/local/lib/railway/nightly", "office@railway.example")
    assert [(one.when, one.user, one.command, one.mailto) for one in tables.jobs([good], USERS)] == [job]
    own = tables.Table("/var/spool/cron/crontabs/tsuda", 0o600, 1001, GOOD_LINE.replace(" tsuda ", " "))
    assert [(one.when, one.user, one.command, one.mailto) for one in tables.jobs([own], USERS)] == [job]


@pytest.mark.parametrize(
    "change",
    [
        {"path": "/etc/cron.d/railway.cron"}, {"path": "/etc/cron.d/sub/railway"}, {"mode": 0o664}, {"owner": 1001},
        {"text": GOOD_LINE.rstrip()}, {"text": "# " + GOOD_LINE.replace("\n", "\n# ") + "\n"}, {"text": "* * * *\n"},
        {"path": "/var/spool/cron/crontabs/tsuda"}, {"path": "/var/spool/cron/crontabs/nobody-known", "mode": 0o600},
    ],
)  # fmt: skip
def test_cron_passes_over_the_rest(load: Import, change: dict[str, Any]) -> None:
    tables = load("tables")
    table = tables.Table("/etc/cron.d/railway", 0o644, 0, GOOD_LINE)._replace(**change)
    assert tables.jobs([table], USERS) == []


def test_mailto_holds_for_the_lines_below_it(load: Import) -> None:
    tables = load("tables")
    text = '1 1 * * * root a\nMAILTO="b@c"\n2 2 * * *  root  b c\n@daily root d\n'
    found = tables.jobs([tables.Table("/etc/cron.d/x", 0o644, 0, text)], USERS)
    assert [(one.when, one.command, one.mailto) for one in found] == [
        ("1 1 * * *", "a", None), ("2 2 * * *", "b c", "b@c"), ("@daily", "d", "b@c"),
    ]  # fmt: skip


def test_snapshot_tells_a_file_written_anew(load: Import) -> None:
    snapshot = load("snapshot")
    file = File("/etc/a", "file", 0o644, 0, 0, 3, inode=7)
    folder = File("/etc", "folder", 0o755, 0, 0, 4096, inode=1)

    def state(one: File, content: bytes = b"abc") -> Any:
        return snapshot.State({one.path: snapshot.mark(one, content)}, frozenset())

    before = state(file)
    assert snapshot.changed_files(before, state(file)) == []
    again = File("/etc/a", "file", 0o644, 0, 0, 3, inode=8)
    assert snapshot.changed_files(before, state(again)) == ["/etc/a"]
    assert snapshot.changed_files(before, state(file, b"abd")) == ["/etc/a"]
    assert snapshot.changed_files(before, snapshot.State({}, frozenset())) == ["/etc/a"]
    assert snapshot.changed_files(state(folder), state(File("/etc", "folder", 0o755, 0, 0, 8192, inode=2))) == []
    seen = snapshot.State({"/etc": ("seen", 0o755, 0, 0)}, frozenset())
    assert snapshot.changed_files(snapshot.State({}, frozenset()), seen) == []


def test_snapshot_tells_programs_that_were_restarted(load: Import) -> None:
    snapshot = load("snapshot")
    running = [
        (1, "runsvdir -P /etc/service log: ..."),
        (5, "perl /srv/gate.pl"),
        (6, "sleep 2"),
        (7, "/usr/bin/python3"),
    ]
    running += [(8, "sh -c sleep 0"), (9, "sshd-session: root@notty"), (10, "sh /usr/local/lib/railway/push")]
    before = snapshot.State({}, frozenset(running))
    after = snapshot.State({}, frozenset({(1, "runsvdir -P /etc/service log: ..!"), (15, "perl /srv/gate.pl")}))
    assert snapshot.restarted(before, after) == ["perl /srv/gate.pl", "sh /usr/local/lib/railway/push"]


def test_repository_is_taken_within_bounds(load: Import, tmp_path: Path) -> None:
    repository = load("repository")
    for name in ("site.yml", "values.yml", ".git/config", "files/library/Turnstile.pm"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert sorted(repository.gather(tmp_path).files) == ["files/library/Turnstile.pm", "site.yml", "values.yml"]
    (tmp_path / "big").write_bytes(b"x" * (2 << 20))
    assert repository.gather(tmp_path).problem == "form-large"
    (tmp_path / "big").unlink()
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert repository.gather(tmp_path).problem == "form-link"
    (tmp_path / "link").unlink()
    for name in ("library/a.py", "roles/x/library/a.py", "callback_plugins/a.py", "roles/x/filter_plugins/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
        assert repository.gather(tmp_path).problem == "form-foreign", name
        (tmp_path / name).unlink()
        (tmp_path / name).parent.rmdir()
    (tmp_path / "values.yml").unlink()
    assert repository.gather(tmp_path) == ({}, "form-missing", "values.yml")


@pytest.mark.parametrize("before", ["", "a", "ab", "bank_word: "])
def test_secret_is_seen_through_what_hides_it(load: Import, before: str) -> None:
    holding, word = load("repository").holding, "edelweiss314159"
    assert holding({"a": f"{before}{word}\n".encode()}, word) == ["a"]
    assert holding({"a": base64.b64encode(f"{before}{word}\n".encode())}, word) == ["a"]
    assert holding({"a": f"{before}{word}".encode().hex().encode()}, word) == ["a"]
    assert holding({"a": b"edelweiss000000", "b": base64.b64encode(b"edelweiss")}, word) == []


def test_books_are_held_against_what_was_sold(load: Import) -> None:
    customers = load("customers")
    asked = customers.sales(Random(3))
    assert {customers.price(path) for path in ("up", "child-down", "both", "child/both")} == {410, 210, 800, 400}
    book = "".join(f"2026-11-30 16:00:00;{one.path};{one.price}\n" for one in asked)
    sold = "".join(f"{number};{line}\n" for number, line in enumerate(book.splitlines(), 1))
    assert (customers.not_in_book(book, asked), customers.not_sold(sold, asked)) == (0, 0)
    assert customers.not_in_book(book.replace(";210", ";205").replace(";400", ";395"), asked) > 0
    assert customers.not_sold(book, asked) == len(asked)
    tickets = [{"status": 200, "text": f"ticket {number}\n"} for number in (4, 5, 6)]
    assert customers.not_in_order(tickets) == 0
    assert customers.not_in_order([tickets[0], tickets[0], tickets[1]]) == 1
    assert customers.not_in_order([{"problem": "TimeoutError"}]) == 1


def test_rights_read_the_kernels_tables(load: Import) -> None:
    rights = load("rights")
    head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    row = "   0: {} 00000000:0000 {} 00000000:00000000 00:00000000 00000000  1001        0 {} 1 0 100 0 0 10 0\n"
    table = head + row.format("0100007F:12B5", "0A", 41) + row.format("00000000:0016", "0A", 42)
    table += row.format("0200007F:1F40", "01", 43)
    six = head + row.format("00000000000000000000000000000000:0050", "0A", 44)
    found = rights.doors(table, six)
    assert found == [("127.0.0.1", 4789, "41"), ("0.0.0.0", 22, "42"), ("::", 80, "44")]  # noqa: S104  # it is read
    assert rights.strange_doors(found, [4789], {5299}) == [80]
    assert rights.strange_doors(found, [4789], {80, 5299}) == []
    assert rights.holders(4789, found, {7: ["socket:[41]"], 8: ["socket:[42]", "/x"]}) == {7}
    assert rights.are_apart(USERS, ("tickets", "ota"))
    assert not rights.are_apart({**USERS, "ota": 0}, ("tickets", "ota"))
    assert not rights.are_apart({**USERS, "ota": 1000}, ("tickets", "ota"))


def test_rights_tell_what_is_open(load: Import) -> None:
    rights = load("rights")

    def files(path: str, mode: int, owner: int = 0) -> dict[str, File]:
        return {path: File(path, "file", mode, owner, 0, 1)}

    word = files("/home/ota/.bank-word", 0o644)
    assert rights.open_to_all(word, {}, rights.READ) == ["/home/ota/.bank-word"]
    shut = {"/home/ota": File("/home/ota", "folder", 0o700, 1003, 1003, 1)}
    assert rights.open_to_all(word, shut, rights.READ) == []
    way = {"/srv": File("/srv", "folder", 0o755, 0, 0, 1), "/srv/a": File("/srv/a", "folder", 0o755, 1000, 1000, 1)}
    assert rights.above("/srv/a/b") == ["/srv/a", "/srv"]
    assert rights.folders_of_others(way.values(), 1000) == []
    assert rights.folders_of_others(way.values(), 1001) == ["/srv/a"]
    open_way = {"/srv/a": File("/srv/a", "folder", 0o777, 1000, 1000, 1)}
    assert rights.folders_of_others(open_way.values(), 1000) == ["/srv/a"]
    assert rights.roots_but_not_safe(files("/etc/service/gate/run", 0o755)) == []
    assert rights.roots_but_not_safe(files("/etc/service/gate/run", 0o777))
    assert rights.roots_but_not_safe(files("/etc/cron.d/railway", 0o644, 1001))
    assert rights.roots_but_not_safe(files("/usr/local/bin/x", 0o4755))
    assert rights.roots_but_not_safe(files("/srv/ledger/ledger.py", 0o755, 1001)) == []


def test_playbooks_of_the_fixes_are_yaml() -> None:
    for file in sorted(LAB.rglob("*.yml")):
        assert yaml.safe_load(file.read_text()) is not None, file
