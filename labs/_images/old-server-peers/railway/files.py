"""What lies on the old server, as a tar to be unpacked over a fresh one: programs, settings, data, traces of years."""

import gzip
import io
import tarfile
import time
from pathlib import Path
from typing import NamedTuple

from railway.box import AT_BOOT, BY_HAND, RC_LOCAL, RUNIT, USERS

SOURCES = Path(__file__).with_name("programs")
YEARS = {"mori": 2015, "tsuda": 2018, "ota": 2023, "tickets": 2024, "root": 2019, "nobody": 2020}
"""When people did what they did: the date of a file says whose work it is."""
FOLDERS = {"/srv/tickets/data": "tickets", "/var/lib/tickets": "tickets", "/srv/ledger": "tsuda",
           "/srv/gate": "mori", "/var/log/gate": "mori", "/opt/mori": "mori", "/opt/tsuda": "tsuda", "/opt/ota": "ota",
           "/srv/tickets": "tickets"}  # fmt: skip
"""Folders that have an owner, where something is put into them."""
DAY = 86400


class Entry(NamedTuple):
    """A file, or a link where ``link`` says where to."""

    path: str
    data: bytes
    owner: str = "root"
    mode: int = 0o644
    link: str = ""


def filled(text, box):
    """A text with what was drawn in the place of ``@word@``."""
    for word, value in box.words().items():
        text = text.replace(f"@{word}@", str(value))
    return text


def source(name, box):
    """A program of this folder, with what was drawn."""
    return filled((SOURCES / name).read_text(encoding="utf-8"), box).encode()


def command(name, box):
    """How a program is called, whoever starts it."""
    path = box.programs[name]
    return {
        "web": "nginx -g 'daemon off;'",
        "cron": "cron -f",
        "beacon": f"{path} {box.beacon_port}",
        "gate": f"perl {path}",
        "push": f"sh {path}",
    }.get(name, f"python3 -B {path}")


def settings(name):
    """The lines before a command in which it gets its settings: mori keeps them as CentOS does, tsuda as Debian."""
    return {
        "gate": "set -a; . /etc/sysconfig/gate; set +a\n",
        "tickets": "set -a; . /etc/default/tickets; set +a\ninstall -d -o tickets /run/tickets\n",
    }.get(name, "")


def run_script(name, box):
    """What the supervisor runs of a service."""
    user = box.users[name]
    become = "" if user == "root" else f"chpst -u {user} "
    return f"#!/bin/sh\nexec 2>&1\n{settings(name)}exec {become}{command(name, box)}\n".encode()


def services(box):
    """The supervisor's folders: what is linked is started, and one is there that nobody ever linked."""
    for name, starter in box.starters.items():
        if starter == RUNIT or (starter == BY_HAND and name != "push"):
            yield Entry(f"/etc/sv/{name}/run", run_script(name, box), mode=0o755)
        if starter == RUNIT:
            yield Entry(f"/etc/service/{name}", b"", link=f"/etc/sv/{name}")


def rc_local(box):
    """What is read when the machine starts, as on a CentOS of 2014."""
    lines = ["#!/bin/sh", "# mori: as on the old box. runs BEFORE everything else, so nothing here may wait", ""]
    lines += [f"ip addr replace {box.from_file}/{box.length} dev eth0   # stations, bus, bank", ""]
    for name, starter in box.starters.items():
        if starter == AT_BOOT:
            start = settings(name).replace("\n", "; ") + f"exec chpst -u {box.users[name]} {command(name, box)}"
            lines.append(f"( {start} ) > /dev/null 2>&1 < /dev/null &")
    return Entry(RC_LOCAL, ("\n".join(lines) + "\n").encode(), mode=0o755)


def programs(box):
    """The programs that no package brought, but for the one that was built from source."""
    for name in ("tickets", "ledger", "gate"):
        yield Entry(box.programs[name], source(name, box), box.users[name], 0o755)
    yield Entry(box.programs[box.weather], source("weather", box), "ota")
    yield Entry(box.programs["push"], source("push", box), "ota", 0o755)
    yield Entry("/usr/local/lib/python3.13/dist-packages/fare.py", source("fare", box), "tsuda")
    yield Entry(box.report, source("kanko-report", box), "mori", 0o755)
    yield Entry(box.nightly, source("nightly", box), "tsuda", 0o755)
    yield Entry(box.backup, source("backup", box), "root", 0o755)


def tables(box):
    """Settings, and the tables of the clock: one has a name that cron passes over, one is for a network script."""
    yield Entry("/etc/nginx/conf.d/site.conf", source("site.conf", box))
    yield Entry("/etc/sysconfig/gate", f"GATE_PORT={box.gate_port}\nGATE_LOG={box.gate_log}\n".encode(), "root")
    ledger = f"127.0.0.1:{box.ledger_port}"
    tickets = f"TICKETS_SOCKET=/run/tickets/tickets.sock\nLEDGER={ledger}\n"
    yield Entry("/etc/default/tickets", tickets.encode())
    old = f"DEVICE=eth0\nONBOOT=yes\nBOOTPROTO=none\nIPADDR={box.nowhere}\nNETMASK=255.255.255.0\n"
    yield Entry("/etc/sysconfig/network-scripts/ifcfg-eth0", old.encode())
    report = f"{box.report_when} tsuda {box.report} >> /var/log/kanko.log 2>&1\n"
    yield Entry("/etc/cron.d/kanko", report.encode())
    yield Entry(box.dead_table, f"{box.backup_when} root {box.backup}\n".encode())
    yield Entry("/var/spool/cron/crontabs/tsuda", f"{box.nightly_when} {box.nightly}\n".encode(), "tsuda", 0o600)


def visits(box, now):
    """The web server's logs: yesterday, last week, and the first of a month, which is packed."""
    form = '{} > {} [{}] "GET {} HTTP/1.1" 200\n'
    stamp = lambda at: time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(at))  # noqa: E731
    near = [(now - DAY + 600 * turn, box.kiosks[turn % 2]) for turn in range(40)]
    week = [(now - 7 * DAY + 900 * turn, box.kiosks[turn % 2]) for turn in range(40)]
    month = [(now - 40 * DAY + 3600 * turn, box.kiosks[turn % 2]) for turn in range(30)]
    lines = [[form.format(who, box.from_file, stamp(at), "/up") for at, who in rows] for rows in (near, week, month)]
    lines[2].insert(17, form.format(box.office, box.by_hand, stamp(month[17][0]), "/month"))
    yield Entry(box.access_log, "".join(lines[0]).encode(), "www-data")
    yield Entry(f"{box.access_log}.1", "".join(lines[1]).encode(), "www-data")
    yield Entry(f"{box.access_log}.2.gz", gzip.compress("".join(lines[2]).encode(), mtime=0), "www-data")


def data(box, now):
    """What the programs have written in the last days, and what a job has complained of for years."""
    day = lambda at: time.strftime("%F %T", time.gmtime(at))  # noqa: E731
    sold = "".join(f"{turn};{day(now - DAY + 600 * turn)};up;410\n" for turn in range(40))
    yield Entry(box.sold, sold.encode(), "tickets")
    yield Entry(box.book, sold.encode(), "tsuda")
    hours = lambda minute: [now - now % 3600 + 60 * minute - 3600 * back for back in range(50, 1, -1)]  # noqa: E731
    yield Entry(box.beacon_log, "".join(f"{day(at)} {box.bus}\n" for at in hours(box.minute)).encode(), "nobody")
    yield Entry(box.gate_log, f"{day(now - DAY)} begun\n".encode(), "mori")
    failed = "curl: (7) Failed to connect to kanko port 80 after 3071 ms: Could not connect to server\n"
    yield Entry(
        "/var/log/kanko.log", "".join(f"{day(at)}\n{failed}" for at in hours(box.report_minute)).encode(), "tsuda"
    )
    yield Entry(box.nohup, b"", "ota")


def histories(box):
    """What people typed, as their shells kept it."""
    ota = [
        "uptime", f"sudo ip addr add {box.by_hand}/{box.length} dev eth0", "ping -c1 " + box.gates[0],
        f"nohup sh {box.programs['push']} &", f"ls -l {box.memory}", "exit",
    ]  # fmt: skip
    root = [
        "df -h",
        "du -sh /var/log/*",
        f"rm {box.gate_log}",
        "df -h",
        "vi /etc/nginx/conf.d/site.conf",
        "nginx -t",
        "exit",
    ]
    yield Entry("/home/ota/.bash_history", ("\n".join(ota) + "\n").encode(), "ota", 0o600)
    yield Entry("/root/.bash_history", ("\n".join(root) + "\n").encode(), "root", 0o600)


def entries(box, now):
    """All that lies on the server beside what its image has."""
    yield from services(box)
    yield rc_local(box)
    yield from programs(box)
    yield from tables(box)
    yield from visits(box, now)
    yield from data(box, now)
    yield from histories(box)


def packed(box, now):
    """The tar: owners are numbers, and the date of a file is that of its maker's years."""
    found = [*entries(box, now)]
    with io.BytesIO() as buffer:
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for path, owner in FOLDERS.items():
                if any(one.path.startswith(f"{path}/") for one in found):
                    archive.addfile(_member(path, owner, 0o755, tarfile.DIRTYPE))
            for one in found:
                member = _member(one.path, one.owner, one.mode, tarfile.SYMTYPE if one.link else tarfile.REGTYPE)
                member.size, member.linkname = len(one.data), one.link
                archive.addfile(member, io.BytesIO(one.data))
        return buffer.getvalue()


def _member(path, owner, mode, kind):
    member = tarfile.TarInfo(path.lstrip("/"))
    member.uid = member.gid = USERS[owner]
    member.mode, member.type = mode, kind
    member.mtime = time.mktime((YEARS.get(owner, 2020), 1 + len(path) % 12, 1 + len(path) % 28, 9, 30, 0, 0, 0, 0))
    return member
