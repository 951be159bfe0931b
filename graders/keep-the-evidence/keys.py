"""Whose keys open an account, and when: what sshd's settings say, told by an sshd of ours, and the lists they name.

A limit to an address or to a time shuts nothing for good, and lets nobody in for good; no try of ours can show that.
"""

import io
import re
import tarfile
import time
from base64 import b64decode
from contextlib import suppress
from hashlib import sha1, sha256
from typing import Any, NamedTuple

from kikori.grading import Scene, archive_of

SETTINGS, PATIENCE = "/etc/ssh", 60
HOMES = {"root": "/root", "site": "/srv/site"}
ELSEWHERE = "198.51.100.77"
"""An address that nobody here has (RFC 5737)."""
MOST = 12
"""So many addresses that the settings name are asked for, too."""
MOST_SETTINGS = 8 << 20
"""Bytes of the settings that are read."""
ADDRESS = re.compile(rb"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
ASK = """rm -rf /etc/ssh; mv /srv/ssh /etc/ssh; mkdir -p /run/sshd
for user in root site; do for address in "$@"; do
  echo "asked $user $address"; /usr/sbin/sshd -T -C "user=$user,host=$address,addr=$address"
done; done"""
ACCESS = ("permitrootlogin", "pubkeyauthentication", "authenticationmethods", "forcecommand", "permittty")
LISTS = ("authorizedkeysfile", "allowusers", "denyusers")
OPTION = re.compile(r'([\w-]+)(?:="((?:\\.|[^"\\])*)")?(?:,|$)')
LASTING = {
    "restrict", "pty", "no-agent-forwarding", "agent-forwarding", "no-port-forwarding", "port-forwarding",
    "no-x11-forwarding", "x11-forwarding", "no-user-rc", "user-rc", "permitopen", "permitlisten", "environment",
}  # fmt: skip
"""Options with which a key lets its owner in as ever."""
ROW = re.compile(r'\s*(?:((?:[^\s"]|"(?:\\.|[^"\\])*")+)\s+)?(?:ssh|ecdsa|sk)-\S+\s+(\S+)')


class Line(NamedTuple):
    """A key in a list: its options and its blob."""

    options: dict[str, str]
    key: str

    @property
    def is_lasting(self) -> bool:
        """Whether it lets its owner in at any time, from everywhere, to what they like."""
        return self.options.keys() <= LASTING


class Door:
    """What sshd would do by the settings that lie on the server: for each user, and for each address asked for."""

    def __init__(self, scene: Scene, customers: str, image: str) -> None:
        self.scene, self.customers = scene, customers
        content = packed_settings(scene)
        named = sorted({found.decode() for found in ADDRESS.findall(content)})[:MOST]
        self.told = parsed(settings(scene, image, content, [customers, ELSEWHERE, *named])) if content else {}
        self.contents = dict[str, bytes]()

    def lasting(self, user: str, public: str) -> bool:
        """Whether the owner of a key gets in from everywhere, at any time; a key in no list is no matter of lists."""
        here, elsewhere = (self.told.get((user, one), {}) for one in (self.customers, ELSEWHERE))
        if any(here.get(name) != elsewhere.get(name) for name in (*ACCESS, *LISTS)):
            return False
        lines = [line for line in self.lines(user, self.customers) if line.key == blob(public)]
        return not lines or any(line.is_lasting for line in lines)

    def hidden(self, public: str) -> list[str]:
        """Accounts that a key still opens from some addresses; that it opens from everywhere is for a try to show."""
        return sorted({user for user, address in self.told if self.opens(user, address, blob(public))})

    def opens(self, user: str, address: str, key: str) -> bool:
        """Whether it opens an account from some addresses alone."""
        told = self.told[user, address]
        if told.get("pubkeyauthentication") == "no" or (user == "root" and told.get("permitrootlogin") == "no"):
            return False
        if self.is_revoked(told.get("revokedkeys", "none"), key):
            return False
        everywhere = told.get("authorizedkeysfile") == self.told.get((user, ELSEWHERE), told).get("authorizedkeysfile")
        lines = [line for line in self.lines(user, address) if line.key == key and not has_expired(line)]
        return any("from" in line.options or not everywhere for line in lines)

    def lines(self, user: str, address: str) -> list[Line]:
        """The keys in all lists in which sshd looks for a user."""
        paths = self.told.get((user, address), {}).get("authorizedkeysfile", "").split()
        places = (path.replace("%h", HOMES[user]).replace("%u", user).replace("%%", "%") for path in paths)
        texts = (self.content(place if place.startswith("/") else f"{HOMES[user]}/{place}") for place in places)
        found = (line_of(row) for text in texts for row in text.decode("utf-8", "replace").splitlines())
        return [line for line in found if line]

    def is_revoked(self, path: str, key: str) -> bool:
        """Whether a key stands in a list of revoked ones, as text or as ssh-keygen writes it."""
        rows = [row for row in self.content(path).splitlines() if not row.startswith(b"#")] if path != "none" else []
        with suppress(ValueError):
            raw, content = b64decode(key), b"\n".join(rows)
            forms = (key.encode(), raw, sha1(raw, usedforsecurity=False).digest(), sha256(raw).digest())
            return any(form in content for form in forms)
        return False

    def content(self, path: str) -> bytes:
        """What lies at a path, read once."""
        if path not in self.contents:
            self.contents[path] = self.scene.sidecar("web").read(path) or b""
        return self.contents[path]


def blob(public: str) -> str:
    """A key without its kind and its name."""
    return [*public.split(), "", ""][1]


def line_of(row: str) -> Line | None:
    """A key as a list has it; nothing where the line has none."""
    found = ROW.match(row) if not row.lstrip().startswith("#") else None
    return found and Line({name.lower(): value for name, value in OPTION.findall(found[1] or "")}, found[2])


def has_expired(line: Line) -> bool:
    """Whether a key is good no more, whatever comes."""
    until = re.sub(r"\D", "", line.options.get("expiry-time", ""))
    return bool(until) and until.ljust(14, "0") < time.strftime("%Y%m%d%H%M%S", time.gmtime())


def packed_settings(scene: Scene) -> bytes:
    """The folder of sshd's settings as a tar; nothing where there is none."""
    return archive_of(scene.container("web"), SETTINGS, MOST_SETTINGS)


def settings(scene: Scene, image: str, content: bytes, addresses: list[str]) -> str:
    """Ask an sshd of ours, without a network, what those settings mean for each user and address."""
    looker = scene.engine.containers.create(
        image,
        ["sh", "-c", ASK, "ask", *addresses],
        labels=scene.labels,
        network_mode="none",
        mem_limit="128m",
        pids_limit=32,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges"],
    )
    try:
        looker.put_archive("/srv", owned(content))
        looker.start()
        looker.wait(timeout=PATIENCE)
        return str(looker.logs(stdout=True, stderr=False).decode("utf-8", "replace"))
    finally:
        with suppress(Exception):
            looker.remove(force=True)


def owned(content: bytes) -> bytes:
    """The plain files and folders of a tar, as root's: without its powers, ours reads nobody else's."""
    made = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(content)) as given, tarfile.open(fileobj=made, mode="w") as archive:
        for member in given:
            if member.isdir() or member.isreg():
                member.uid = member.gid = 0
                archive.addfile(member, given.extractfile(member) if member.isreg() else None)
    return made.getvalue()


def parsed(told: str) -> dict[tuple[str, str], dict[str, Any]]:
    """What it said, by user and address; of users it has a line for each pattern."""
    found, now = dict[tuple[str, str], dict[str, Any]](), dict[str, Any]()
    for line in told.splitlines():
        name, _, value = line.partition(" ")
        if name == "asked":
            user, address = value.split()
            now = found[user, address] = {}
        else:
            now[name] = f"{now[name]} {value}" if name in now else value
    return {key: said for key, said in found.items() if said}
