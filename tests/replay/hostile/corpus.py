"""Submissions that a stranger could hand in, and what is said of each.

``REFUSED`` are turned away before an engine is asked, ``REPLAYED`` are run on one.
"""

from __future__ import annotations

import json
import stat
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kikori.replay.verdict import Verdict

from ...submission.raw import chain, file, pax, whole
from .parts import Members, content, entry, joined, laid, many, placed, script, told, without, written

Write = Callable[[Members, Path], object]
NOT, COULD_NOT = Verdict.NOT_VERIFIED, Verdict.COULD_NOT_VERIFY


class Case(NamedTuple):
    """How a submission is made of a good one, the verdict, and words of its reason."""

    write: Write
    verdict: Verdict | None
    """The only one that is right; ``None`` where whatever is not verified is."""
    told: str
    base: str = "first-look"


def changed(change: Callable[[Members], Members]) -> Write:
    return lambda members, file: written(change(members), file)


def added(name: str, data: bytes = b"x") -> Write:
    return changed(lambda members: members | {name: data})


def web(files: bytes) -> Write:
    """Other files in the end state, as they are in the archive."""
    return changed(lambda members: members | {"services/web.tar": files})


def odd(kind: bytes, link: str = "") -> Write:
    return web(entry("odd", kind=kind, link=link))


def stored(name: str, data: bytes, attributes: int = 0, method: int = zipfile.ZIP_DEFLATED) -> Write:
    """A member with what ``zipfile`` alone would not give it."""

    def write(members: Members, file: Path) -> None:
        info = zipfile.ZipInfo(name)
        info.external_attr, info.compress_type = attributes << 16, method
        written({other: old for other, old in members.items() if other != name}, file)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(info, data)

    return write


def twice(members: Members, file: Path) -> None:
    written(members, file)
    with warnings.catch_warnings(), zipfile.ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("manifest.json", members["manifest.json"])


def promising(members: Members, file: Path) -> None:
    """A member that says of itself that it is ten gigabytes."""
    written(members, file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("volumes/zeros.tar", bytes(1000))
        archive.getinfo("volumes/zeros.tar").file_size = 10 * 2**30


def encrypted(members: Members, file: Path) -> None:
    data = bytearray(written(members, file).read_bytes())
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(start) + (6 if start.endswith(b"\x04") else 8)] |= 1
    file.write_bytes(data)


def bombed(members: Members, file: Path) -> None:
    """A workspace of zeros that is a few kilobytes as it is handed in."""
    written(members | {"workspace.tar": entry("zeros", bytes(70 * 2**20))}, file)


def compose(line: str, above: str = "") -> Write:
    """A compose file of the workspace that asks for something in the service, or above it."""
    text = f"{above}\nservices:\n  orders:\n    command: ['true']\n    {line}\n"
    return changed(lambda members: placed(members, compose__yaml=text))


def dockerfile(text: str) -> Write:
    return changed(lambda members: placed(members, Dockerfile=text))


def asked(line: str, key: str, above: str = "") -> Case:
    return Case(compose(line, above), NOT, f"{key} is not allowed", "silent-exit")


def fetched(text: str, named: str) -> Case:
    return Case(dockerfile(text), COULD_NOT, f"has no way out: {named}", "silent-exit")


PYTHON = "FROM kikori/python\n"
REGISTRY = "registry.example/evil/image"
PARTS = ("json", "tar")
MANY = {f"volumes/v{number}.tar": b"" for number in range(100_000)}
LEVELS = ",".join(f"&a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))

REFUSED: dict[str, Case] = {
    # the file as a whole
    "zip slip": Case(added("../../etc/cron.d/x"), COULD_NOT, "is no member of a submission"),
    "absolute member": Case(added("/etc/cron.d/x"), COULD_NOT, "'/etc/cron.d/x' is no member"),
    "name with a newline": Case(added("manifest.json\nverified"), COULD_NOT, r"'manifest.json\nverified' is no member"),
    "name with terminal escapes": Case(added("\x1b[2J\x1b]0;x\x07.json"), COULD_NOT, r"'\x1b[2J\x1b]0;x\x07.json'"),
    "link as a member": Case(stored("explanation.md", b"/etc/passwd", stat.S_IFLNK | 0o777), COULD_NOT, "is a link"),
    "100,000 members": Case(changed(lambda members: members | MANY), COULD_NOT, "a submission has at most 200"),
    "two members of one name": Case(twice, COULD_NOT, "two members of one name"),
    "promise of ten gigabytes": Case(promising, COULD_NOT, "bytes unpacked; a submission has at most"),
    "encrypted member": Case(encrypted, COULD_NOT, "is encrypted or packed in a way"),
    "packing without end": Case(stored("volumes/z.tar", b"", 0, zipfile.ZIP_BZIP2), COULD_NOT, "packed in a way"),
    "text without end": Case(added("explanation.md", bytes(9 * 2**20)), COULD_NOT, "explanation.md is 9437184 bytes"),
    "records nested without end": Case(added("events.jsonl", b'{"at":' * 99_999), COULD_NOT, "events.jsonl is damaged"),
    # the archives inside
    "archive of 100,000 files": Case(web(many(100_000)), COULD_NOT, "more than 20000 files"),
    "list of 100,000 paths": Case(
        added("services/web.json", json.dumps({"present": ["/a"] * 100_000, "gone": []}).encode()),
        COULD_NOT, "names more than 20000 paths",
    ),
    "file that climbs": Case(web(entry("../../etc/cron.d/x")), COULD_NOT, "leads out of its folder"),
    "absolute file": Case(web(entry("/etc/cron.d/x")), COULD_NOT, "leads out of its folder"),
    "character device": Case(odd(tarfile.CHRTYPE), COULD_NOT, "neither a plain file"),
    "block device": Case(odd(tarfile.BLKTYPE), COULD_NOT, "neither a plain file"),
    "named pipe": Case(odd(tarfile.FIFOTYPE), COULD_NOT, "neither a plain file"),
    "hard link": Case(odd(tarfile.LNKTYPE, "/etc/shadow"), COULD_NOT, "neither a plain file"),
    "sparse bomb": Case(odd(tarfile.GNUTYPE_SPARSE), COULD_NOT, "neither a plain file"),
    "nested bomb": Case(bombed, COULD_NOT, "bytes; at most", "silent-exit"),
    "link out of the workspace": Case(
        changed(lambda members: members | {"workspace.tar": entry("x", kind=tarfile.SYMTYPE, link="/etc/passwd")}),
        COULD_NOT, "the workspace: ", "silent-exit",
    ),
    "file through a link": Case(
        changed(lambda members: members | {"workspace.tar": joined(
            joined(entry("a", kind=tarfile.SYMTYPE, link="b"), entry("b", b"x")), entry("a/x", b"x")
        )}),
        COULD_NOT, "the workspace: 'a/x' stands below 'a', which is a link", "silent-exit",
    ),
    "chain of links out of the workspace": Case(
        changed(lambda members: members | {"workspace.tar": chain("../outside")}), COULD_NOT, "bytes; at most 1024",
        "silent-exit",
    ),
    "short chain of links": Case(
        changed(lambda members: members | {"workspace.tar": chain("../outside", depth=3, length=20)}), COULD_NOT,
        "the workspace: ", "silent-exit",
    ),
    "volume below a link": Case(
        added("volumes/data.tar", joined(entry("a", kind=tarfile.SYMTYPE, link="/etc"), entry("a/passwd", b"x"))),
        COULD_NOT, "'a/passwd' stands below 'a', which is a link",
    ),
    "records without end": Case(
        added("volumes/data.tar", whole(pax(b"1" * 600_000), file(b"a"))), COULD_NOT, "600000 bytes of records",
    ),
    "ratio of a bomb": Case(added("volumes/data.tar", entry("a", bytes(100 * 2**20))), COULD_NOT, "times as many"),
    # what it says of itself
    "lab that is a path": Case(changed(lambda members: told(members, lab="../../etc")), COULD_NOT, "There is no lab"),
    "fault that is a path": Case(changed(lambda members: told(members, fault="../x")), COULD_NOT, "not have: '../x'"),
    "service of another lab": Case(
        changed(lambda members: members | {f"services/db.{part}": members[f"services/web.{part}"] for part in PARTS}),
        COULD_NOT, "a service that first-look does not have: db",
    ),
    "volume of another lab": Case(added("volumes/docker.tar", entry("a")), COULD_NOT, "a volume that first-look"),
    # the compose file
    "privileged": asked("privileged: true", "orders.privileged"),
    "capabilities": asked("cap_add: [SYS_ADMIN]", "cap_add SYS_ADMIN"),
    "mount of the host": asked("volumes: ['/:/host']", "orders.volumes"),
    "the engine's socket": asked("volumes: ['/var/run/docker.sock:/docker.sock']", "orders.volumes"),
    "network of the host": asked("network_mode: host", "orders.network_mode"),
    "processes of the host": asked("pid: host", "orders.pid"),
    "memory of the host": asked("ipc: host", "orders.ipc"),
    "users of the host": asked("userns_mode: host", "orders.userns_mode"),
    "devices": asked("devices: ['/dev/sda:/dev/sda']", "orders.devices"),
    "sysctls of the host": asked("sysctls: {kernel.core_pattern: x}", "sysctls kernel.core_pattern"),
    "no confinement": asked("security_opt: ['seccomp:unconfined']", "orders.security_opt"),
    "build context outside": asked("build: {context: /}", "orders.build"),
    "environment from a file": asked("env_file: /etc/shadow", "orders.env_file"),
    "port on all addresses": asked("ports: ['0.0.0.0:80:80']", "ports 0.0.0.0:80:80"),
    "cgroup of another": asked("cgroup_parent: /", "orders.cgroup_parent"),
    "network of another": asked("networks: [other]", "networks other"),
    "include from outside": asked("init: true", "'include'", "include: [/etc/x.yaml]"),
    "external volume": asked("init: true", "'volumes'", "volumes: {x: {external: true}}"),
    "external network": asked("init: true", "'networks'", "networks: {x: {external: true}}"),
    "name of another project": asked("init: true", "'name'", "name: kikori-other"),
    "bomb of aliases": asked(f"sysctls: [&a0 [x],{LEVELS}]", "an anchor, alias or tag"),
    # what a build would have the engine fetch
    "image from elsewhere": fetched(f"FROM {REGISTRY}\n", f"it builds on {REGISTRY}"),
    "image by a variable": fetched(f"ARG X={REGISTRY}\nFROM ${{X}}\n", f"it builds on {REGISTRY}"),
    "image of another's attempt": fetched("FROM kikori-replay-0-1-2-orders\n", "it builds on kikori-replay"),
    "files of an image from elsewhere": fetched(f"{PYTHON}COPY --from={REGISTRY} /x /x\n", f"it builds on {REGISTRY}"),
    "mount of an image from elsewhere": fetched(
        f"{PYTHON}RUN --mount=type=bind,from={REGISTRY},target=/x true\n", f"it builds on {REGISTRY}"
    ),
    "file from the network": fetched(f"{PYTHON}ADD http://169.254.169.254/latest /x\n", "ADD may take files"),
    "file from the network in two lines": fetched(f"{PYTHON}ADD ht\\\ntp://127.0.0.1:2375/info /x\n", "ADD may take"),
    "file from the network after a deceit": fetched(
        f'{PYTHON}RUN <<"E\\"\nE\\\nADD ht\\\ntp://127.0.0.1/ /x\n', "a here-document begins"
    ),
    "file from the network in quotes": fetched(f'{PYTHON}ADD "ht""tp://127.0.0.1/" /x\n', "ADD may take"),
    "file from the network with an escape": fetched(f"{PYTHON}ADD ht\\tp://127.0.0.1/ /x\n", "ADD may take"),
    "flag in quotes": fetched(f'{PYTHON}COPY --fr""om={REGISTRY} /x /x\n', "COPY has a flag"),
    "image for another platform": fetched(f"FROM --platform=linux/amd64 {REGISTRY}\n", "FROM names an image"),
    "image of another's attempt by its long name": fetched(
        "FROM index.docker.io/library/kikori-replay-0-1-2-orders\n", "it builds on index.docker.io"
    ),
    "secret of the reviewer": fetched(f"{PYTHON}RUN --mount=type=secret,id=ca true\n", "a replay mounts files"),
    "host's network": fetched(f"{PYTHON}RUN --network=host true\n", "RUN has a flag"),
    "another builder": fetched(f"# syntax={REGISTRY}\n{PYTHON}", "its syntax line names a program from elsewhere"),
    "another builder in JSON": fetched('{"syntax": "evil/x"}', "its syntax line names a program from elsewhere"),
}  # fmt: skip


# --- what is replayed

RUN = "etc/service/nginx/run"
SERVE = "exec nginx -g 'daemon off;' 2>&1\n"
SILENT = "#!/bin/sh\nexit 0\n"
ROOTS = b"user root;\nevents {}\nhttp { include /etc/nginx/mime.types; include /etc/nginx/conf.d/*.conf; }\n"
NAMES = (
    b"www:x:0:0:www:/:/bin/sh\nroot:x:99:99:root:/:/bin/sh\nwww-data:x:33:33:w:/:/bin/sh\nnobody:x:65534:65534:n:/:/x\n"
)
SIGNED = NAMES.replace(b":0:0:", b":+0:0:").replace(b"root:x:99:99:root:/:/bin/sh\n", b"")
TRIED = "mv /srv/www/index.html /srv/kept; {} && cp -p /srv/kept /srv/www/index.html\n"
"""The page comes back only for who got out, and without it nothing is verified."""


def loose(members: Members) -> Members:
    """A page that anybody may rewrite."""
    page = content(members["services/web.tar"], "srv/www/index.html")
    return laid(members, entry("srv/www/index.html", page, 0o777))


def rootly(members: Members, name: bytes = b"root") -> Members:
    """Workers that are root's, whatever root is called."""
    return laid(members, entry("etc/nginx/nginx.conf", ROOTS.replace(b"user root;", b"user %s root;" % name)))


def lying(begin: Callable[[Members], Members], files: bytes, told: str) -> Case:
    """A container that is not as it should be, with a program or a name that hides it from its own programs."""
    return Case(changed(lambda members: laid(begin(members), files)), NOT, told)


def running(text: str, verdict: Verdict | None, told: str = "") -> Case:
    """A service that is something else as well."""
    return Case(changed(lambda members: laid(members, script(RUN, f"#!/bin/bash\n{text}"))), verdict, told)


def image(lines: str, user: str) -> Write:
    """An order service of this user, with a program in its image that says that it is not root's."""

    def change(members: Members) -> Members:
        text = content(members["workspace.tar"], "Dockerfile").decode()
        if user != "orders":
            text = text.replace("install -d -o orders -g orders", "install -d")
        lie = "#!/bin/sh\necho 'Uid:\t10001\t10001\t10001\t10001'\n"
        return placed(members, Dockerfile=text.replace("USER orders", f"{lines}\nUSER {user}"), lie=lie)

    return changed(change)


ROOT = "Requests are not answered by root, nor with root's rights."
OPEN = "Only its owner can change a file of the server: the page, the configuration, a program."
GONE = "A user who asks for the timetable gets an answer."
REPLAYED: dict[str, Case] = {
    "ps replaced": lying(rootly, script("usr/bin/ps", SILENT), ROOT),
    "ps before ps": lying(rootly, script("usr/local/bin/ps", SILENT), ROOT),
    "ps gone": Case(changed(lambda members: without(rootly(members), "/usr/bin/ps")), NOT, ROOT),
    "find is another": lying(
        loose, entry("usr/bin/find", kind=tarfile.SYMTYPE, link="/usr/bin/true", mode=0o777), OPEN
    ),
    "library before all others": lying(rootly, entry("etc/ld.so.preload", b"\n"), ROOT),
    "root under another name": lying(lambda members: rootly(members, b"www"), entry("etc/passwd", NAMES), ROOT),
    "root with a sign": lying(
        lambda members: rootly(members, b"www"), entry("etc/passwd", SIGNED), ROOT
    ),
    "ps replaced at the start": lying(rootly, script(RUN, f"#!/bin/sh\ncp /bin/true /usr/bin/ps\n{SERVE}"), ROOT),
    "everything gone": Case(
        changed(lambda members: without(members, "/usr", "/bin", "/")), COULD_NOT, "can't be started again"
    ),
    "sh replaced": Case(changed(lambda members: laid(loose(members), script("usr/bin/dash", SILENT))), None, ""),
    "answers the grader alone": Case(
        changed(lambda members: laid(members, entry("etc/nginx/conf.d/timetable.conf", (
            b"server { listen 80; root /srv/www; index index.html;\n"
            b"if ($http_user_agent !~ python-requests) { return 500; } }\n"
        )))), NOT, GONE,
    ),
    "fork bomb": running("b() { b | b & }; b\nexec sleep 600\n", None),
    "disk filler": running("while :; do n=$((n+1)); head -c 400M /dev/zero > /var/f$n; done\n", NOT, ""),
    "tries the network": running(
        TRIED.format("curl -sm 1 http://1.1.1.1/ || ip route get 1.1.1.1 || getent hosts debian.org") + SERVE,
        NOT, GONE,
    ),
    "tries the instructor's files": running(
        TRIED.format("ls /var/run/docker.sock /host || mknod /d b 8 0 || mount /dev/sda1 /mnt") + SERVE,
        NOT, GONE,
    ),
    "tries the other replays": running(
        "for n in {17..48}; do for h in 2 3; do a=172.$n.0.$h; case \" $(hostname -I)\" in *\" 172.$n.\"*) ;; "
        "*) timeout 1 bash -c \"echo > /dev/tcp/$a/80\" 2> /dev/null && touch /srv/reached & esac; done; done; wait\n"
        + TRIED.format("test -e /srv/reached") + SERVE,
        NOT, GONE,
    ),
    "memory filler": running(f"(x=a; while :; do x=$x$x; done) &\n{SERVE}", Verdict.VERIFIED),
    "refuses to die": running(f"(trap '' TERM HUP; while :; do sleep 1; done) &\n{SERVE}", Verdict.VERIFIED),
    "grep replaced in an image": Case(
        image("COPY --chmod=755 lie /usr/bin/grep", "root"), NOT, "No process in the container", "silent-exit"
    ),
    "root by another number": Case(image("", "00"), NOT, "No process in the container", "silent-exit"),
    "grep before grep by a path": Case(
        image("COPY --chmod=755 lie /lie/grep\nENV PATH=/lie:$PATH", "root"), NOT, "No process in the container",
        "silent-exit",
    ),
    "what a good one may have": Case(changed(dict), Verdict.VERIFIED, ""),
}  # fmt: skip
"""Those that are verified fix the fault, and what else they do is contained."""
