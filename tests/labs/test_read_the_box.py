"""What read-the-box holds to be true of its box agrees with what is built, and its judgement is fair."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from kikori import paths
from lab_modules import STANDS_ON

pytestmark = pytest.mark.stands_on("read-the-box", code=STANDS_ON)
LAB, GRADER = (paths.ROOT / part / "read-the-box" for part in ("labs", "graders"))
PEERS = paths.ROOT / "labs" / "_images" / "old-server-peers"
SEEDS = range(1000, 1012)
NEXT_DOOR = "4711"


@pytest.fixture(scope="module")
def lab() -> Iterator[Any]:
    """The model of the box and the grader's pure modules, without a trace left in sys."""
    names = (
        "railway.box",
        "railway.files",
        "railway.hands",
        "railway.truth",
        "inventory",
        "journal",
        "look",
        "records",
        "untouched",
    )
    before, path, writes = set(sys.modules), [*sys.path], sys.dont_write_bytecode
    sys.path[:0], sys.dont_write_bytecode = [str(PEERS), str(GRADER)], True
    yield SimpleNamespace(**{name.rpartition(".")[2]: import_module(name) for name in names})
    sys.path[:], sys.dont_write_bytecode = path, writes
    for name in {*names, "railway"} - before:
        sys.modules.pop(name, None)


def complete(lab: Any, box: Any) -> dict[str, Any]:
    """The inventory of somebody who has found everything."""
    found: dict[str, Any] = {}
    for name, part in lab.truth.Truth(box).parts().items():
        key = lab.inventory.KEYS.get(name)
        if name == "system":
            found[name] = {row.key: min(row.fields["value"]) for row in part.rows}
        elif key:
            found[name] = [{field: said(field, row) for field in row.fields} | {key: row.key} for row in part.rows]
        else:
            found[name] = [row.key for row in part.rows]
    return found | {"after_restart": {name: found.pop(name) for name in lab.inventory.AFTER}}


def said(field: str, row: Any) -> Any:
    """A right value of a field, or all of the callers."""
    return sorted(row.fields[field]) if field == "callers" else min(row.fields[field])


def wrong_parts(lab: Any, inventory: dict[str, Any], box: Any) -> set[str]:
    """Judge an inventory as the checks do."""
    parts = lab.inventory.in_network(lab.inventory.read(yaml.safe_dump(inventory)), box)
    truth = lab.truth.Truth(box).parts()
    judged = {
        name: lab.inventory.judge(name, lab.inventory.lines_of(name, parts[name], box), truth[name]) for name in truth
    }
    return {name for name, one in judged.items() if not one.is_right}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_complete_inventory_is_right_and_that_of_the_box_next_door_is_not(lab: Any, seed: int) -> None:
    box = lab.box.Box(str(seed))
    assert wrong_parts(lab, complete(lab, box), box) == set()
    assert wrong_parts(lab, complete(lab, lab.box.Box(str(seed), network="172.18.0.2/16")), box) == set()
    wrong = wrong_parts(lab, complete(lab, lab.box.Box(NEXT_DOOR)), box)
    assert {"addresses", "calls", "gone", "cut"} <= wrong


def test_other_spellings_are_as_good(lab: Any) -> None:
    box = lab.box.Box("1234")
    found = complete(lab, box)
    found["system"] |= {"release": "Debian GNU/Linux 13 (trixie)", "memory_mb": 192 * 2**20}
    for one in found["processes"]:
        one["program"] = f"/usr/bin/python3 -B {one['program']}" if one["program"].endswith(".py") else one["program"]
        one["user"] = lab.box.USERS[one["user"]]
    for one in found["ports"]:
        one["listens"] = re.sub(r"^0\.0\.0\.0", "*", one["listens"]).replace("/run/", "/var/run/")
    found["calls"] = [{**one, "to": one["to"].replace(box.bank, "bank")} for one in found["calls"]]
    found["jobs"] = [{**one, "runs": one["runs"] == "yes"} for one in found["jobs"]]
    found["unowned"] += ["/usr/local/src/beacond-0.7/config.log", "/home/mori/.bashrc"]
    found["data"] += [{"path": "/var/log/nginx/error.log", "program": "/usr/sbin/nginx", "kept": "disk"}]
    assert wrong_parts(lab, found, box) == set()


def test_the_length_of_a_network_counts_and_that_of_an_earlier_network_too(lab: Any) -> None:
    def said(box: Any, length: str, block: str) -> dict[str, Any]:
        found = complete(lab, lab.box.Box("1234", network=f"{block}.7/{length}"))
        return found | {"addresses": [{**one, "address": one["address"]} for one in found["addresses"]]}

    box = lab.box.Box("1234", network="192.168.16.2/20")
    for right in (("20", "192.168.16"), ("16", "172.21.0"), ("20", "192.168.48"), ("20", "10.4.4")):
        assert wrong_parts(lab, said(box, *right), box) == set()
    for wrong in (("24", "192.168.16"), ("31", "192.168.16"), ("8", "172.21.0")):
        assert wrong_parts(lab, said(box, *wrong), box) == {"addresses"}
    bare = complete(lab, box)
    bare["addresses"] = [{**one, "address": one["address"].split("/")[0]} for one in bare["addresses"]]
    assert wrong_parts(lab, bare, box) == {"addresses"}


def test_fields_are_those_of_the_schema_and_no_others(lab: Any) -> None:
    schema = json.loads((LAB / "workspace" / "inventory.schema.json").read_text("utf-8"))["properties"]
    fields = {name: one.get("items", one).get("properties", {}).keys() - {"seen"} for name, one in schema.items()}
    known = lab.inventory.FIELDS
    assert {name: set(one) for name, one in fields.items() if one} == {
        name: set(one) for name, one in known.items() if name
    }
    assert schema.keys() == set(known[""])
    empty = (LAB / "workspace" / "inventory.yaml").read_text("utf-8")
    for text, where in {
        empty + "notes: []\n": "notes",
        empty.replace("  cut: []", "  cut: []\n  perhaps: []"): "after_restart: perhaps",
        empty.replace("calls: []", "calls: [{to: a, note: b}]"): "calls, 1: note",
        empty.replace("  processors:", "  processors:\n  seen: today"): "system: seen",
    }.items():
        with pytest.raises(lab.inventory.Unknown, match=f"^{where}$"):
            lab.inventory.read(text)


def test_each_caller_who_is_cut_off_is_cut_off_for_a_reason(lab: Any) -> None:
    for seed in SEEDS:
        box = lab.box.Box(str(seed))
        cut = {row.key for row in lab.truth.Truth(box).parts()["cut"].rows}
        assert {*box.gates, box.office} <= cut
        assert (set(box.kiosks) <= cut) == (box.hand == "ledger")
        assert (box.sensor in cut) == (box.hand == box.weather)
        assert box.bus not in cut


def test_what_is_more_than_words_is_unreadable(lab: Any) -> None:
    empty = (LAB / "workspace" / "inventory.yaml").read_text("utf-8")
    for value in ("[[a]]", "{a: b}", "2026-13-45", f"0x{'f' * 9000}", "&a [*a]"):
        with pytest.raises(lab.inventory.Unreadable):
            lab.inventory.read(empty.replace("calls: []", f"calls: [{{to: a, program: {value}}}]"))
    rows = ", ".join(["{to: *a}"] * 400)
    with pytest.raises(lab.inventory.Unreadable, match="too long"):
        lab.inventory.read(empty.replace("calls: []", f"calls: [{{to: &a {'x' * 4000}}}, {rows}]"))


@pytest.mark.parametrize("text", ["", "- a list", "system: {}", "a: [", "| a | table |"])
def test_what_has_another_form_is_unreadable(lab: Any, text: str) -> None:
    with pytest.raises(lab.inventory.Unreadable):
        lab.inventory.read(text)


def test_the_empty_inventory_can_be_read(lab: Any) -> None:
    box = lab.box.Box("1234")
    found = yaml.safe_load((LAB / "workspace" / "inventory.yaml").read_text("utf-8"))
    assert wrong_parts(lab, found, box) == set(lab.truth.Truth(box).parts())


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_drawn_is_filled_in_and_the_hands_can_be_read_by_a_shell(lab: Any, seed: int) -> None:
    box = lab.box.Box(str(seed))
    script = lab.hands.script(box, "4711")
    with tarfile.open(fileobj=io.BytesIO(lab.files.packed(box, 1.8e9))) as archive:
        texts = {one.name: archive.extractfile(one).read() for one in archive if one.isfile()}  # type: ignore[union-attr]
    left = [name for name, text in texts.items() if re.search(rb"@[a-z_]+@", text)]
    assert not left
    assert not re.search(r"@[a-z_]+@", script)
    shells = [text for text in texts.values() if text.startswith(b"#!/bin/sh")]
    for text in (*shells, script.encode()):
        subprocess.run(["sh", "-n"], input=text, check=True, timeout=10)


def test_only_what_is_no_past_of_the_box_is_strange(lab: Any) -> None:
    box = lab.box.Box("1234")
    known = {one.path: 1 for one in lab.files.entries(box, 1.8e9)} | {"/etc": 0, "/root": 0, "/run/nginx.pid": 1}
    known |= {"/etc/sv/web/supervise": 1, "/etc/sv/web/supervise/lock": 1, "/root/.lesshst": 1}
    assert lab.untouched.strange_paths(known, box) == []
    strange = {"/root/README": 1, "/usr/bin/nano": 2, "/etc/sv/push/run": 1, "/etc/nginx/nginx.conf": 0}
    assert lab.untouched.strange_paths(known | strange, box) == sorted(strange)


def test_files_that_are_gone_shorter_or_open_to_others_are_noticed(lab: Any) -> None:
    box = lab.box.Box("1234")
    lying = {
        one.path: (one.mode, lab.box.USERS[one.owner], len(one.data))
        for one in lab.files.entries(box, 0)
        if not one.link
    }
    lying |= {box.memory: (0o644, 1003, 12), box.sold: (0o644, 1000, 10**6)}
    del lying[box.gate_log]
    assert lab.untouched.not_as_left(lying, box) == []
    packed, short = f"{box.access_log}.2.gz", {box.book: (0o644, 1002, 0), "/root/.bash_history": (0o644, 0, 10**4)}
    harmed = {path: one for path, one in (lying | short).items() if path != packed}
    assert lab.untouched.not_as_left(harmed, box) == sorted([packed, *short])


def served(lab: Any, box: Any, laid: int) -> tuple[dict[str, bytes], dict[str, tuple[int, int, int]]]:
    """Records as they lie there when each caller was served twice."""
    now, files, base = "2026-12-01 09:30:00", {}, lab.records.given(box, laid)
    gates = "".join(f"Tue Dec  1 09:30:00 2026 {one} pass\n" * 2 for one in box.gates)
    visits = "".join(
        f'{one} > {box.from_file} [01/Dec/2026:09:30:00 +0000] "GET /{says} HTTP/1.0" {status}\n'
        for one, says in zip(box.kiosks, ("up", "both"), strict=True)
        for status in (502, 200, 200)
    )
    sales = [f"{now};{one}\n" for one in ("up;410", "both;800") * 2]
    new = {
        box.book: "".join(sales), box.sold: "".join(f"{turn};{one}" for turn, one in enumerate(sales, 1)),
        box.memory: f"{now} 12\n" * 2, box.gate_log: gates, box.beacon_log: f"{now} {box.bus}\n" * 2,
        box.access_log: visits,
    }  # fmt: skip
    files = {path: base[path] + text.encode() for path, text in new.items()}
    return files, dict.fromkeys((*box.gates, *box.kiosks, box.bus, box.sensor), (3, 2, 1))


def test_records_say_what_callers_did_no_more_and_no_less(lab: Any) -> None:
    for seed in SEEDS:
        box = lab.box.Box(str(seed))
        files, counts = served(lab, box, 1_790_000_000)
        check = lambda files, box=box, counts=counts: lab.records.wrong_records(  # noqa: E731
            box, 1_790_000_000, files, counts, counts
        )
        assert check(files) == ([], [])
        assert lab.records.is_at_rest(box, counts, counts)
        for path, text in files.items():
            cut, lines = text.splitlines(keepends=True), len(text.splitlines())
            assert check(files | {path: b"".join(cut[: lines - 1])}).lost == [path]
            assert check(files | {path: text + cut[-1]}).more == [path]
            assert check(files | {path: text + b"something else\n"}).more == [path]
            assert check(files | {path: None}).lost == [path]
            if lab.records.given(box, 1_790_000_000)[path]:
                assert check(files | {path: b"".join(cut[1:])}).lost == [path]
                assert check(files | {path: text.replace(cut[0], cut[0].replace(b"2", b"3"), 1)}).lost == [path]


def test_a_caller_who_is_being_served_may_be_booked_or_not(lab: Any) -> None:
    box = lab.box.Box("1234")
    files, counts = served(lab, box, 1_790_000_000)
    later = {who: (sent + 1, answered, vain) for who, (sent, answered, vain) in counts.items()}
    assert not lab.records.is_at_rest(box, counts, later)
    assert not lab.records.is_at_rest(box, later, later)
    assert lab.records.wrong_records(box, 1_790_000_000, files, counts, later) == ([], [])
    more = files | {box.memory: files[box.memory] + b"2026-12-01 09:31:00 12\n"}
    assert lab.records.wrong_records(box, 1_790_000_000, more, counts, later) == ([], [])


def test_old_logs_are_those_that_were_handed_over(lab: Any) -> None:
    box = lab.box.Box("1234")
    files = lab.records.given(box, 1_790_000_000)
    look = lambda more: lab.records.wrong_logs(box, 1_790_000_000, files | more)  # noqa: E731
    assert look({lab.records.REPORT: files[lab.records.REPORT] + b"later\n"}) == ([], [])
    packed, plain = f"{box.access_log}.2.gz", f"{box.access_log}.1"
    assert look({packed: gzip.compress(gzip.decompress(files[packed]), 1)}) == ([], [])
    assert look({packed: b"", plain: files[plain][3:]}).lost == [plain, packed]
    assert look({plain: files[plain] + b"more\n"}).more == [plain]


def test_jobs_write_when_their_tables_say(lab: Any) -> None:
    for seed in SEEDS:
        box = lab.box.Box(str(seed))
        base = lab.records.given(box, 1_790_000_000)
        report, hour = base[lab.records.REPORT], int(box.nightly_when.split()[1])
        minute = int(box.nightly_when.split()[0])
        shown = re.findall(rf"^{lab.records.DAY}$", report.decode(), re.MULTILINE)
        assert {int(one[14:16]) for one in shown} == {box.report_minute}
        at = lambda hour, minute: f"2026-12-01 {hour:02}:{minute:02}:59"  # noqa: E731
        right = {
            lab.records.REPORT: report + f"{at(7, box.report_minute)}\ncurl: (28) late\n".encode(),
            lab.records.NIGHTLY: f"{at(hour, minute)};up;410\n".encode(),
        }
        run = lambda files, box=box: lab.records.run_by_hand(box, 1_790_000_000, files)  # noqa: E731
        assert run(right) == run({lab.records.REPORT: report, lab.records.NIGHTLY: None}) == []
        assert run(right | {lab.records.NIGHTLY: base[box.book]}) == []
        by_hand = {
            lab.records.REPORT: report + f"{at(7, (box.report_minute + 9) % 60)}\n".encode(),
            lab.records.NIGHTLY: f"{at(hour + 6, minute)};up;410\n".encode(),
        }
        assert run(by_hand) == [lab.records.REPORT, lab.records.NIGHTLY]


def test_the_bank_knows_what_the_box_can_have_told_it(lab: Any) -> None:
    box = lab.box.Box("1234")
    told = [(1000.0 + turn * box.pause, f"takings {turn + 1} 2026-12-01.09:00:00\n") for turn in range(4)]
    assert lab.records.false_takings(box, 999, told) == 0
    assert lab.records.false_takings(box, 999, told[1:]) == 0  # the first came before the bank was there
    assert lab.records.false_takings(box, 999, [(1001.0, "takings 999 x\n"), *told]) == 1
    assert lab.records.false_takings(box, 999, [told[0], (1060.0, "takings 2 x\n"), *told[1:]]) == 1
    assert lab.records.false_takings(box, 999, [*told, (told[-1][0] + 1, "hello\n")]) == 1


def running(lab: Any, box: Any) -> list[Any]:
    """The processes of a box as it is left alone."""
    wanted, kept = lab.untouched.expected_processes(box), lab.untouched.supervised(box)
    found = [(1, 0, "S", 0, 5.0, "runsvdir -P /etc/service")]
    for number, (name, path) in enumerate(box.programs.items(), 10):
        parent = 1
        if name in kept:
            parent = number + 100
            found.append((parent, 1, "S", 0, 5.0, f"runsv {name}"))
        command, user = wanted[path]
        found.append((number, parent, "S", user, 6.0, command))
    return [
        lab.untouched.Running(*one)
        for one in [*found, (300, 9000, "S", 0, 99.0, "bash"), (301, 300, "S", 0, 99.0, "ss")]
    ]


def test_what_runs_on_after_its_shell_is_noticed_and_an_open_shell_is_not(lab: Any) -> None:
    for seed in SEEDS:
        box = lab.box.Box(str(seed))
        there = running(lab, box)
        assert lab.untouched.left_processes(there, 1, box) == []
        assert lab.untouched.anew(there, 8.0, box) == []
        more = [(302, 1, "S", 0, 9.0, "sleep 5000"), (303, 110, "S", 0, 9.0, "sh"), (304, 1, "Z", 0, 9.0, "[true]")]
        left = lab.untouched.left_processes([*there, *(lab.untouched.Running(*one) for one in more)], 1, box)
        assert "sleep 5000" in left
        assert "[true]" not in left
        again = [one._replace(since=50.0) if one.command == "cron -f" else one for one in there]
        assert lab.untouched.anew(again, 8.0, box) == ["cron -f"]


def test_what_is_seen_from_beside_is_what_the_kernel_has(lab: Any, tmp_path: Path) -> None:
    kept, own = tmp_path / "kept.log", str(os.getpid())
    with kept.open("wb") as held:
        held.write(b"a line\n")
        held.flush()
        assert dict(lab.look.dates(own, [str(kept)]))[str(kept)] == (kept.stat().st_ctime, kept.stat().st_mtime)
        kept.unlink()
        assert (str(kept), base64.b64encode(b"a line\n").decode()) in list(lab.look.unnamed(own))
    addresses, now = dict(lab.look.addresses()), time.monotonic()
    assert addresses["127.0.0.1/8"] <= now + 1
    process = lab.look.process(own)
    assert (process["parent"], process["user"]) == (os.getppid(), os.getuid())
    assert 0 < process["since"] <= time.clock_gettime(time.CLOCK_BOOTTIME) + 1
    assert own in set(lab.look.pids((Path("/proc") / own / "ns/pid").stat().st_ino))
    assert lab.look.routes(own) == lab.look.routes(own)


def test_a_journal_outlives_its_keeper_and_begins_anew_with_the_server(lab: Any, tmp_path: Path) -> None:
    place = tmp_path / "journal.json"
    first = lab.journal.Journal.found(place)
    first.sent("192.0.2.7")
    second = first.begin_anew()
    second.sent("192.0.2.8")
    second.answered("192.0.2.8")
    second.started()
    first.in_vain("192.0.2.7")
    again = lab.journal.Journal.found(place)
    assert again.told() == second.told()
    assert again.counts == {"192.0.2.8": [1, 1, 0]}
    assert again.laid > 0
    assert len(again.done) == len(lab.journal.now())


def test_names_that_people_added_are_those_in_hosts(lab: Any) -> None:
    box = lab.box.Box("1234")
    docks = f"127.0.0.1\tlocalhost\nfe00::\tip6-localnet\n172.18.0.2\t{box.name}\n"
    hosts = f"{docks}{box.gone} kanko\n{box.bank} bank\n"
    assert lab.untouched.strange_hosts(hosts, box) == 0
    assert lab.untouched.strange_hosts(f"{hosts}10.0.0.1 mine\n", box) == 1
    assert lab.untouched.strange_hosts(docks, box) == 2


def test_the_kernels_table_and_the_note_of_runsv_are_read(lab: Any) -> None:
    rows = [
        "  sl  local_address rem_address   st",
        "   0: 0100007F:1CC0 00000000:0000 0A x",
        "   1: 0B00007F:A1B2 0:0 0A x",
    ]
    assert lab.untouched.listening("\n".join([*rows, "   2: 0100007F:0050 0100007F:9999 01 x"])) == {"127.0.0.1:7360"}
    note = (0x400000000000000A + 1_764_500_000).to_bytes(8, "big") + bytes(12)
    assert lab.untouched.started_at(note) == 1_764_500_000
    assert lab.untouched.started_at(b"") == 0


def test_what_the_box_may_use_is_what_compose_gives_it(lab: Any) -> None:
    box = yaml.safe_load((LAB / "compose.yaml").read_text("utf-8"))["services"]["box"]
    assert box["mem_limit"] == f"{lab.truth.MEMORY_MB}m"
    assert float(box["cpus"]) == lab.truth.PROCESSORS
    control = (paths.ROOT / "labs/_images/old-server/debs/kiosk-text/DEBIAN/control").read_text("utf-8")
    assert f"Package: {lab.truth.VENDOR[0]}\nVersion: {lab.truth.VENDOR[1]}\n" in control


def test_the_first_line_of_the_inventory_names_its_schema() -> None:
    first = (LAB / "workspace" / "inventory.yaml").read_text("utf-8").splitlines()[0]
    name = first.rpartition("=")[2]
    assert (LAB / "workspace" / Path(name)).is_file()
