"""What keep-the-evidence takes for a table of all processes, a list of connections, and a log that is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths
from lab_modules import STANDS_ON

pytestmark = pytest.mark.stands_on("keep-the-evidence", code=STANDS_ON)
TOWN = paths.ROOT / "labs" / "keep-the-evidence" / "images" / "town"
THERE = [
    (1, "runsvdir", "runsvdir /etc/service"),
    (25, "runsv", "runsv jobs"),
    (26, "runsv", "runsv nginx"),
    (27, "svlogd", "svlogd -tt /var/log/jobs"),
    (31, "fcgiwrap", "/usr/sbin/fcgiwrap -c 4"),
    (32, "nginx", "nginx: master process nginx -g daemon off;"),
    (35, "run", "/bin/sh ./run"),
    (44, "nginx", "nginx: worker process"),
    (184, "kdevtmpd", "cupsd -l"),
]
HIS, SETTLED = 184, 1000.0


@pytest.fixture(scope="module")
def town() -> Iterator[Any]:
    """The modules that look at the box, without a trace left in sys."""
    names = ("pieces", "made_up", "contradictions", "excerpts", "evidence")
    path, writes = [*sys.path], sys.dont_write_bytecode
    sys.path[:0], sys.dont_write_bytecode = [str(TOWN)], True
    yield SimpleNamespace(**{name: import_module(name) for name in names})
    sys.path[:], sys.dont_write_bytecode = path, writes
    for name in names:
        sys.modules.pop(name, None)


def table(
    town: Any, *texts: tuple[str, str, str], anew: tuple[str, ...] = (), unserved: tuple[tuple[float, str], ...] = ()
) -> tuple[float | None, Any, list[str]]:
    """When a table of all came, and who is missing; what is false is none.

    A text has the name that was given, its path, and its content.

    Processes of the names that were started ``anew`` have other numbers than they had then.
    """
    came, absent, few, _ = judged(town, texts, anew, unserved)
    return came, absent, few


def judged(
    town: Any, texts: Any, anew: tuple[str, ...] = (), unserved: Any = ()
) -> tuple[float | None, Any, list[str], list[int]]:
    """The same, and which processes there can't have been."""
    others = [[pid, name] for pid, name, _ in THERE if pid != HIS]
    living = [one for one in others if one[1] not in anew]
    names = ["cupsd -l", "kdevtmpd"]
    there = [pid for pid, _ in others] + [HIS - 1]
    truth = SimpleNamespace(pid=HIS, pids=others, there=there, living=living, names=names, unserved=unserved)
    truth.is_word = lambda number, text: town.evidence.Truth.is_word(truth, number, text)
    told: tuple[float | None, Any, list[str], list[int]] = town.evidence.table(
        truth, [town.pieces.Piece(5.0, top, path, None, text.encode()) for top, path, text in texts]
    )
    return told


def exe(name: str) -> str:
    """Where the program of a process lies, as /proc says it."""
    return "/usr/bin/dash" if name == "run" else f"/usr/bin/{name}{' (deleted)' if name == 'kdevtmpd' else ''}"


FORMS = {
    "ps -eo pid,comm": [f"{pid:7} {name}" for pid, name, _ in THERE],
    "ps -eo comm,pid": [f"{name:16} {pid:7}" for pid, name, _ in THERE],
    "top": [f"{pid:7} root      20   0   12345   4321   1234 S   0.0   0.1   0:00.01 {name}" for pid, name, _ in THERE],
    "ps -ef": [f"root {pid:7} 1  0 20:36 ?        00:00:00 {args}" for pid, _, args in THERE],
    "lstart": [f"{pid:7} 1 site Mon Nov 30 20:36:37 2026 {args}" for pid, _, args in THERE],
    "a loop over /proc": [f"/proc/{pid}: {name} {args}" for pid, name, args in THERE],
    "ls -l /proc/*/exe": [f"lrwxrwxrwx 1 root root 0 /proc/{pid}/exe -> {exe(name)}" for pid, name, _ in THERE],
    "status, one after another": [f"Name:\t{name}\nPid:\t{pid}\n{args}" for pid, name, args in THERE],
}


def without(form: str, *pids: int) -> tuple[str, str, str]:
    """A list in which processes are missing, as it was handed in."""
    lines = [line for (pid, _, _), line in zip(THERE, FORMS[form], strict=True) if pid not in pids]
    return "ps", "ps", "\n".join(lines)


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_whole_table_is_one_and_no_line_may_be_missing(town: Any, form: str) -> None:
    assert table(town, without(form)) == (5.0, [], [])
    for gone, _, _ in THERE:
        assert table(town, without(form, gone))[0] is None, f"{form} without {gone}"


@pytest.mark.parametrize("form", FORMS)
def test_a_table_may_be_older_than_the_processes_that_serve_now_and_has_them_all_the_same(town: Any, form: str) -> None:
    for anew, gone in (("nginx", 44), ("fcgiwrap", 31)):
        assert table(town, without(form), anew=(anew,)) == (5.0, [], [])
        assert table(town, without(form, gone), anew=(anew,)) == (None, [], [anew])


def test_a_table_lacks_what_did_not_serve_when_it_came(town: Any) -> None:
    kept = without("ps -ef", 32, 44, 31)
    assert table(town, kept, anew=("nginx", "fcgiwrap"), unserved=((3.0, "page"),)) == (5.0, [], [])
    assert table(town, kept, anew=("nginx", "fcgiwrap"), unserved=((3.0, "picture"),)) == (None, [], ["nginx"])
    assert table(town, kept, anew=("nginx", "fcgiwrap"), unserved=((30.0, "page"),))[0] is None


def test_a_tree_of_all_processes_is_a_table(town: Any) -> None:
    tree = "runsvdir(1)-+-runsv(25)---svlogd(27)\n  |-run(35)---fcgiwrap(31)\n  `-runsv(26)---nginx(32)---nginx(44)\n"
    assert table(town, ("tree", "tree", f"{tree}kdevtmpd(184)"), anew=("nginx",)) == (5.0, [], [])
    less = tree.replace("---nginx(44)", "")
    assert table(town, ("tree", "tree", f"{less}kdevtmpd(184)"), anew=("nginx",)) == (None, [], ["nginx"])


def test_what_supervisors_and_scripts_say_of_a_service_is_no_process_of_it(town: Any) -> None:
    name, path, text = without("ps -ef", 44)
    said = f"{text}\nrun: nginx: (pid 32) 500s\nroot 26 1 0 20:36 ? 00:00:00 runsv nginx"
    said += "\nroot 90 1 0 20:36 ? 00:00:00 /bin/bash -c ps -ef; nginx -s reload"
    said += "\nroot 91 1 0 20:36 ? 00:00:00 tail -f /var/log/nginx/access.log"
    assert table(town, (name, path, said), anew=("nginx",)) == (None, [], ["nginx"])


def test_a_copy_of_proc_is_a_table_whether_it_is_one_archive_or_many_files(town: Any) -> None:
    texts = [(f"{pid}", f"Name:\t{name}\nPid:\t{pid}\n{args}\n") for pid, name, args in THERE]
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in texts)) == (5.0, [], [])
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in texts[1:]))[0] is None
    assert table(town, *((f"status-{pid}", f"status-{pid}", text) for pid, text in texts))[0] == 5.0
    part = [(pid, text) for pid, text in texts if pid != "44"]
    assert table(town, *(("proc.tar", f"p/{pid}/status", text) for pid, text in part), anew=("nginx",))[0] is None
    assert table(town, *((f"status-{pid}", f"status-{pid}", text) for pid, text in part), anew=("nginx",))[0] is None


def test_a_list_of_the_services_alone_names_who_is_missing(town: Any) -> None:
    assert table(town, without("ps -eo pid,comm", 1, 35)) == (None, [[1, "runsvdir"], [35, "run"]], [])


@pytest.mark.parametrize(
    ("came", "since"),
    [
        ([(1001, 0, 1000)], None),  # handed in at once
        ([(1300, 0, 1001)], None),  # nearly five minutes on its way
        ([(1800, 0, 1001)], 1010),  # it is old when it comes
        ([(1800, 0, 1001), (1805, 0, 1600)], None),  # so it is copied again
        ([(1100, 0, 1050), (1200, 1050, 1200)], None),  # in two parts
        ([(1100, 0, 990)], 1000),  # cut at the break-in
        ([(1100, 995, 1100)], 0),  # its end alone
        ([], 0),
    ],
)
def test_a_log_reaches_until_some_minutes_before_it_came(
    town: Any, came: list[tuple[int, int, int]], since: int | None
) -> None:
    marks = [[at, str(at)] for at in range(0, 2000, 10)]
    seen = [(at, {number for number, (one, _) in enumerate(marks) if start <= one <= end}) for at, start, end in came]
    assert town.evidence.missing(marks, seen, SETTLED) == since


NAMES = sorted({name for _, name, _ in THERE})
LOOPS = {
    "a line for each number and name": [f"{number} {name}" for number in range(1, 300) for name in NAMES],
    "the name first": [f"{name} {number}" for number in range(1, 300) for name in NAMES],
    "as ps -ef": [f"root {number} 1 0 20:36 ? 00:00:00 {name}" for number in range(1, 300) for name in NAMES],
    "all names on a line": [f"{number} {' '.join(NAMES)}" for number in range(1, 300)],
    "as a tree": [f"{name}({number})" for number in range(1, 300) for name in NAMES],
    "as status": [f"Name:\t{name}\nPid:\t{number}" for number in range(1, 300) for name in NAMES],
    "numbers that are there": [f"{number} {name}" for number, _, _ in THERE for name in NAMES],
    "numbers that are there, all names on a line": [f"{number} {' '.join(NAMES)}" for number, _, _ in THERE],
    "a part of the numbers": [f"{number} {name}" for number in [*range(1, 50), HIS] for name in NAMES],
}


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_over_numbers_and_names_is_no_table(town: Any, loop: str) -> None:
    came, _, _, false = judged(town, [("ps", "ps", "\n".join(LOOPS[loop]))])
    assert came is None
    assert false


def test_a_copy_of_proc_that_a_loop_wrote_is_no_table(town: Any) -> None:
    text = "\n".join(NAMES)
    came, _, _, false = judged(town, [("p.tar", f"p/{number}/cmdline", text) for number in range(1, 300)])
    assert (came, false != []) == (None, True)


@pytest.mark.parametrize("form", FORMS)
def test_a_table_may_have_what_came_later_and_may_be_taken_again_and_again(town: Any, form: str) -> None:
    name, path, text = without(form)
    later = "\n".join(f"{text}\n{number} {number} sleep 1\n{number} sh -c nginx" for number in range(190, 400, 3))
    assert judged(town, [(name, path, later)]) == (5.0, [], [], [])


@pytest.mark.parametrize("form", FORMS)
def test_numbered_files_beside_an_excerpt_are_no_table(town: Any, form: str) -> None:
    numbered = [(str(number), str(number), "the text of a file\n") for number in range(1, 200)]
    assert judged(town, [*numbered, without(form, 31)])[0] is None


def connections(town: Any, *lines: str) -> tuple[float | None, float | None]:
    """When a list came that has his connection, and one that has too much: to port 4652, from 51000."""
    truth = SimpleNamespace(peers=[51000], met=[51000, 51002], port=4652)
    truth.is_word = lambda number, text: town.evidence.Truth.is_word(truth, number, text)
    told: tuple[float | None, float | None] = town.evidence.connection(
        truth, [town.pieces.Piece(7.0, "net", "net", None, "\n".join(lines).encode())]
    )
    return told


def ss(port: int) -> str:
    """A line of ss."""
    return f"ESTAB 0 0 172.25.0.5:{port} 172.25.0.3:4652"


def hexes(port: int) -> str:
    """A line of /proc/net/tcp."""
    return f"   1: 050019AC:{port:04X} 030019AC:122C 01 00000000:00000000 02:000005A1 00000000 0 0 271828 2"


@pytest.mark.parametrize("line", [ss, hexes])
def test_a_connection_from_every_port_is_none(town: Any, line: Any) -> None:
    assert connections(town, *(line(port) for port in range(50000, 52000))) == (None, 7.0)
    assert connections(town, " ".join(line(port) for port in range(50000, 52000))) == (None, 7.0)
    assert connections(town, *(line(port) for port in range(40000, 41000))) == (None, None)


@pytest.mark.parametrize("line", [ss, hexes])
def test_a_list_may_be_taken_again_and_have_his_other_connections(town: Any, line: Any) -> None:
    seen = [line(51000), line(51002), "LISTEN 0 511 0.0.0.0:80 0.0.0.0:*", *(ss(port)[:-2] for port in range(80))]
    assert connections(town, *seen * 60) == (7.0, None)
    full = f'{line(51000)} users:(("kdevtmpd",pid=184,fd=3)) skmem:(r0,rb131072,t0,tb46080) rto:204 ino:40001 sk:1001'
    assert connections(town, full) == (7.0, None)


def test_a_list_of_every_second_says_no_time(town: Any) -> None:
    told = {"path": "/srv/site/cgi/stats.cgi", "time": 1000000, "sha256": ""}
    written = town.evidence.times(told["time"])
    stamps = [f"1970-01-12 13:{at // 60:02}:{at % 60:02} /srv/site/cgi/stats.cgi" for at in range(3600)]
    assert town.evidence.says_when(told["path"], written, stamps[46 * 60 + 40])
    assert not town.evidence.says_when(told["path"], written, "\n".join(stamps))


@pytest.mark.parametrize(
    ("gone", "since"),
    [
        ((), None),
        ((30,), None),  # the server was ended before it wrote that down
        ((30, 50, 70), None),
        ((30, 31), 300),
        ((5, 40, 41, 42), 400),
        ((98, 99), None),  # a moment ago: it may be on its way
    ],
)
def test_a_log_that_was_off_lacks_what_is_nowhere(town: Any, gone: tuple[int, ...], since: int | None) -> None:
    marks = [[number * 10, f"visit={number:012}"] for number in range(100)]
    log = [
        f"[01/Dec/2026:02:00:00 +0000] GET /?{mark} 200" for number, (_, mark) in enumerate(marks) if number not in gone
    ]
    parts = ("\n".join(lines).encode() for lines in (log[:50], log[40:]))
    found = [town.pieces.Piece(900.0, "log", "log", None, part) for part in parts]
    truth = SimpleNamespace(every={"access": marks}, asked=991.0)
    assert town.evidence.pauses(truth, found) == {"access": since}


def test_a_log_of_the_jobs_that_a_loop_wrote_is_no_copy(town: Any) -> None:
    def log(seconds: Any, fraction: str) -> Any:
        lines = [f"2026-12-01_02:00:{at:02}.{fraction} run-parts: executing /srv/site/jobs/count" for at in seconds]
        return town.pieces.Piece(9.0, "jobs", "jobs", None, "\n".join(lines).encode())

    true, part, loop = log(range(60), "12345"), log(range(20, 50), "12345"), log(range(60), "00000")
    rotated_away = log(range(30, 60), "12345")
    assert town.evidence.invented([true, part, loop], [true]) == [loop]
    assert town.evidence.invented([true, part], [rotated_away]) == []
    assert town.evidence.invented([true, loop], []) == []


@pytest.mark.parametrize("line", [ss, hexes])
def test_a_connection_guessed_in_many_lists_is_none(town: Any, line: Any) -> None:
    def claimed(*lists: list[int]) -> int:
        texts = ("\n".join(map(line, ports)).encode() for ports in lists)
        found = [town.pieces.Piece(7.0, f"net-{number}", "net", None, text) for number, text in enumerate(texts)]
        return len(town.contradictions.strange_peers(4652, [51000, 51002], found))

    assert claimed(*(list(range(port, port + 8)) for port in range(50000, 51600, 8))) > town.contradictions.PEERS
    assert claimed([51000], [51000, 51002], [51002, 51004], [51000]) < town.contradictions.PEERS


def file_of(town: Any, *copies: tuple[str, int | None], lists: tuple[str, ...] = ()) -> Any:
    """What the box says of a page of his, changed at 1000000, by the names and times of its copies."""
    told = {"path": "/srv/site/cgi/stats.cgi", "time": 1000000, "sha256": town.pieces.Piece(1, "", "", 0, b"x").sha256}
    found = [town.pieces.Piece(5.0, f"copy-{at}", path, at, b"x") for path, at in copies]
    found += [
        town.pieces.Piece(6.0, f"list-{number}", "list", None, text.encode()) for number, text in enumerate(lists)
    ]
    return town.evidence.file_of(told, found)


def test_a_file_of_many_times_has_none(town: Any) -> None:
    def listed(at: int) -> str:
        return f"-rwxr-xr-x 1 site site 109 1970-01-12 13:{at // 60:02}:{at % 60:02}.1 +0000 /srv/site/cgi/stats.cgi"

    true, page = 46 * 60 + 40, "srv/site/cgi/stats.cgi"
    assert file_of(town, *((page, 1000000 - at) for at in range(40)))["disputed"]
    assert file_of(town, (page, None), lists=tuple(listed(true - at) for at in range(40)))["disputed"]
    again = [(f"srv/site/pictures/again-{number}.cgi", 1000100 + number) for number in range(40)]
    assert file_of(town, (page, 1000000), ("root/his/stats.cgi", 1000040), (page, 1000000), *again)["time"] == 5.0
    edited = tuple(listed(at) for at in (true, true, true + 50, true + 60))
    assert file_of(town, (page, None), lists=edited)["time"] == 6.0
    assert file_of(town, (page, 1000040))["later"]
    assert not file_of(town, (page, None))["later"]


def test_numbered_files_under_every_name_are_no_copies_of_proc(town: Any) -> None:
    names = ("runsvdir", "runsv", "svlogd", "fcgiwrap", "nginx", "run", "kdevtmpd")
    guessed = [(f"{number}-{name}", "status", f"{name}\n") for number in range(1, 200) for name in names]
    assert judged(town, guessed)[0] is None
    copied = [(f"{pid}-status", "status", f"Name:\t{name}\nPid:\t{pid}\n") for pid, name, _ in THERE]
    assert judged(town, copied)[0] == 5.0


def test_a_log_without_its_times_is_no_copy(town: Any) -> None:
    marks = [[900.0, "port 41000 "]]
    for line, has in (("2026-12-01_09:34:46.8 Accepted for root from 10.0.0.2 port 41000 ssh2", True), ("", False)):
        text = line or "Accepted publickey for root from 10.0.0.2 port 41000 ssh2"
        piece = town.pieces.Piece(900.0, "log", "log", None, text.encode())
        assert bool(town.evidence.marks_in("sshd", marks, piece)) is has


@pytest.fixture(scope="module")
def settings() -> Iterator[Any]:
    """The grader's modules that read what sshd and nginx are told, without a trace left in sys."""
    names, path = ("keys", "conditions"), [*sys.path]
    sys.path[:0] = [str(paths.ROOT / "graders" / "keep-the-evidence")]
    yield SimpleNamespace(**{name: import_module(name) for name in names})
    sys.path[:] = path
    for name in names:
        sys.modules.pop(name, None)


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("location ^~ /pictures/ { default_type text/plain; }", []),
        ("location ~ ^/cgi/(?<one>[a-z]+)$ { try_files $uri /$one$1 =404; }  # $msec", []),
        ("log_format own '$time_local $request'; access_log /var/log/nginx/$day.log own if=$is;", []),
        (
            "map $time_iso8601 $day { ~^(?<it>[^T]+) $it; } map $status $is { 404 0; } access_log /$day.log a if=$is;",
            [],
        ),
        ('set $shut ""; if ($uri ~ "[{;}]") { set $shut "${shut}p"; } if ($shut = p) { return 403; }', []),
        ('if ($time_iso8601 ~ "^2026-12-01") { return 403; }', ["time_iso8601"]),
        ("map $date_gmt $today { ~^a 1; } if ($today) { return 403; }", ["date_gmt"]),
        ("split_clients $request_id $some { 50% 1; * 0; } if ($some) { return 403; }", ["request_id"]),
    ],
)
def test_what_a_request_has_may_decide_and_a_date_may_not(settings: Any, text: str, strange: list[str]) -> None:
    assert settings.conditions.strange(text) == strange


@pytest.mark.parametrize(
    ("row", "is_lasting"),
    [
        ("ssh-ed25519 AAAA desk-1", True),
        ('restrict,pty,permitopen="localhost:80" ssh-ed25519 AAAA desk-1', True),
        ('expiry-time="202612020000Z" ssh-ed25519 AAAA desk-1', False),
        ('pty,from="10.0.0.0/8,!10.0.0.7" ssh-ed25519 AAAA desk-1', False),
        ('command="echo ssh-rsa \\"no\\"" ssh-ed25519 AAAA desk-1', False),
    ],
)
def test_a_key_with_a_limit_is_less_than_one_without(settings: Any, row: str, is_lasting: bool) -> None:
    assert settings.keys.line_of(row).key == "AAAA"
    assert settings.keys.line_of(row).is_lasting is is_lasting
    assert settings.keys.line_of(f"# {row}") is None


def test_an_expired_key_opens_nothing(settings: Any) -> None:
    gone, good = (settings.keys.line_of(f'expiry-time="{at}" ssh-rsa AAAA x') for at in ("20200101", "29990101"))
    assert settings.keys.has_expired(gone)
    assert not settings.keys.has_expired(good)
