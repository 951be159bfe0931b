"""Labs with an intruder: it is a script of the lab, and of no use anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.rules.images import BETWEEN, LEADING
from kikori.lint.subjects.dockerfile import Dockerfile, Instruction
from kikori.lint.subjects.source_tree import LabSource

COURSE = "security"
NAME = "intruder"
PACKAGES = {
    # servers, and what keeps them running
    "cron", "docker-registry", "fcgiwrap", "gunicorn", "haproxy", "logrotate", "mariadb-backup", "mariadb-server",
    "memcached", "nginx", "nginx-light", "openssh-server", "prometheus", "prometheus-alertmanager",
    "prometheus-blackbox-exporter", "prometheus-mysqld-exporter", "prometheus-nginx-exporter", "rsyslog",
    "rsyslog-gnutls", "rsyslog-openssl", "rsyslog-relp", "runit", "systemd-standalone-sysusers", "tini",
    "valkey-server", "victoria-metrics",
    # shells, languages and their libraries
    "bash", "gcc", "git", "libc6-dev", "make", "python3", "python3-flask", "python3-opentelemetry-proto",
    "python3-pil", "python3-prometheus-client", "python3-pymemcache", "python3-pymysql", "python3-venv", "python3-yaml",
    # clients, and what looks at one's own machine
    "bind9-dnsutils", "ca-certificates", "curl", "dos2unix", "file", "iproute2", "iputils-ping", "jq", "less", "lnav",
    "lsof", "ltrace", "mariadb-client", "nano", "ncat", "openssh-client", "percona-toolkit", "procps", "psmisc",
    "skopeo", "socat", "strace", "sudo", "tcpdump", "umoci", "vim-tiny",
    # keys, archives and copies
    "acl", "age", "bzip2", "gnupg", "openssl", "rsync", "unzip", "xz-utils", "zip", "zstd",
}  # fmt: skip
"""Debian packages of which none searches for holes, guesses passwords or takes a system over."""
INSTALL = re.compile(r"^(?:\S*/)?(?:xargs\s.*)?(?:apt|apt-get|aptitude)\s.*?\binstall\b(?P<words>.*)$", re.DOTALL)
REDIRECTED = re.compile(r"\s\d*[<>].*$", re.DOTALL)
PIP = re.compile(r"\bpip\d?\s+install\b")
SPOKEN_TO = re.compile(r"(?:\b[a-z][a-z0-9+.-]*://(?:[^@/\s'\"]*@)?|/dev/(?:tcp|udp)/)([\w.-]+)", re.IGNORECASE)
RESERVED = re.compile(
    r"(?:^|\.)(?:example|invalid|localhost|test)\.?$|(?:^|\.)example\.(?:com|net|org)\.?$", re.IGNORECASE
)
"""Names that lead nowhere (RFC 2606)."""
ADDRESS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)(?:/\d+)?")
ASSEMBLED = re.compile(r"(?<![\w.])(?!127\.)\d{1,3}\.\d{1,3}\.(?:\d{1,3}\.)?(?:[${%]|[\"']\s*[+%])")
"""An address whose end is counted up, such as `10.0.0.$n`."""
ALL_PORTS = re.compile(r"(?:\brange\(\s*\d+\s*,\s*|\bseq\s+\d+\s+|\{\d+\.\.|\b\d+-)(?:1024|6553[56])\b")
NOBODYS = [
    IPv4Network(one)
    for one in ("0.0.0.0/32", "127.0.0.0/8", "172.16.0.0/12", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")
]
"""This machine, Docker's own networks, and addresses for examples (RFC 5737)."""


@rule
def intruder_stays_inside(source: LabSource) -> Iterator[Location]:
    """A lab with an intruder has no `[outside]`: it has no route to anybody's machine, whatever its script says.

    That is a lab of the course security, or one that has a service or a file called `intruder`.
    """
    if _has_intruder(source) and source.lab.about.outside:
        message = "there is an intruder in this lab, and a way out of it"
        yield Location(source.toml, source.line_of(source.toml, "[outside]"), message, "take [outside] out of lab.toml")


@rule
def intruder_brings_no_tool(source: LabSource) -> Iterator[Location]:
    """What a lab with an intruder is built from is known to lint by name, and can be read: no scanner, no cracker.

    Debian packages from the list in `kikori.lint.rules.intruders`, also in the shared images below it; no pip of its
    own, and no program that is no text. Another package comes onto the list once somebody has said what it is for.
    """
    if _has_intruder(source):
        for dockerfile in _built_from(source):
            yield from _tools(dockerfile, own=dockerfile.path.is_relative_to(source.folder))
        for path in source.files:
            if path.is_relative_to(source.folder / "images") and not _is_text(path):
                fix = "make it while the image is built, by a script beside it"
                yield Location(path, None, "nobody can read what this file does", fix)


@rule
def intruder_knows_this_lab_alone(source: LabSource) -> Iterator[Location]:
    """A program of a lab with an intruder speaks to services by their names: to no other host, address, or all ports.

    Loopback, Docker's own networks, and the names and addresses that are set aside for examples may stand in it.
    """
    for path in _programs(source) if _has_intruder(source) else ():
        for number, line in enumerate(source.text(path).splitlines(), 1):
            if not line.lstrip().startswith("#") and (foreign := _foreign(line)):
                fix = "speak to a service of this lab by its name; for a made-up one take 192.0.2.1 or host.example"
                yield Location(path, number, f"would work elsewhere: {foreign}", fix)


def _has_intruder(source: LabSource) -> bool:
    named = any(path.stem == NAME for path in source.files)
    return source.lab.about.course == COURSE or NAME in source.services or named


def _built_from(source: LabSource) -> Iterator[Dockerfile]:
    """The lab's own Dockerfiles, and those of the shared images that it stands on."""
    waiting, seen = list(source.dockerfiles), set[Path]()
    while waiting:
        dockerfile = waiting.pop()
        yield dockerfile
        for _, image in dockerfile.images():
            below = source.images / image.removeprefix("kikori/") / "Dockerfile"
            if below.is_file() and below not in seen:
                seen.add(below)
                waiting.append(Dockerfile(below, source.text(below)))


def _tools(dockerfile: Dockerfile, own: bool) -> Iterator[Location]:
    for one in dockerfile.instructions:
        for strange in _unknown(one) if one.name == "RUN" else ():
            fix = "take it out; or say in PACKAGES of kikori.lint.rules.intruders what it is for"
            yield Location(dockerfile.path, one.line, f"installs {strange}, which lint does not know", fix)
        if own and PIP.search(one.text):
            fix = "take a Debian package, or write the few lines yourself"
            yield Location(dockerfile.path, one.line, "installs from PyPI", fix)


def _unknown(one: Instruction) -> Iterator[str]:
    words = " ".join(one.text.split('", "')) if one.text.startswith("[") else one.text
    for piece in BETWEEN.split(words):
        found = INSTALL.match(LEADING.sub("", piece.strip()))
        if found:
            named = [word for word in REDIRECTED.sub("", f" {found['words']}").split() if not word.startswith("-")]
            plain = [re.split("[=/:]", word)[0] for word in named]
            yield from (word for word in plain or ["what another file says"] if word not in PACKAGES)


def _is_text(path: Path) -> bool:
    data = path.read_bytes()
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _programs(source: LabSource) -> Iterator[Path]:
    """Scripts in images/ and faults/: what the intruder, the customers and the break are made of."""
    places = [source.folder / name for name in ("images", "faults")]
    for path in source.files:
        program = path.suffix in (".py", ".sh", ".cgi") or source.text(path).startswith("#!")
        if program and any(path.is_relative_to(place) for place in places):
            yield path


def _foreign(line: str) -> str:
    """What in a line would reach somebody else's machine; empty if nothing would."""
    for host in SPOKEN_TO.findall(line):
        if "." in host.strip(".") and not ADDRESS.fullmatch(host) and not RESERVED.search(host):
            return str(host)
    for literal in ADDRESS.findall(line):
        if "/" in literal or not _nobodys(literal):
            return str(literal)
    found = ASSEMBLED.search(line) or ALL_PORTS.search(line)
    return found[0] if found else ""


def _nobodys(literal: str) -> bool:
    try:
        return any(IPv4Address(literal) in network for network in NOBODYS)
    except ValueError:
        return True
