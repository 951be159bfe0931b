"""The rules of compose.yaml: each is found when it is broken, at its line, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.lint import lint

from .spoiling import LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

FILE = f"{LAB}/compose.yaml"
END = "networks:\n  village:\n"


def gone(rule: str, line: str, mend: str) -> Spoil:
    return Spoil(rule, FILE, f"    {line}\n", "", mend, at="web:")


def added(rule: str, line: str, mend: str, at: str = "") -> Spoil:
    return Spoil(
        rule, FILE, "    cpus: 0.5\n", f"    cpus: 0.5\n    {line}\n", mend, at=at or line.split("\n")[0].strip()
    )


def instead(rule: str, old: str, new: str, mend: str) -> Spoil:
    return Spoil(rule, FILE, old, new, mend, at=new.strip().split("\n")[0])


SPOILS = [
    gone("memory-limit", "mem_limit: 96m", "mem_limit: 64m"),
    instead("memory-limit", "mem_limit: 96m", "mem_limit: 0", "mem_limit: 64m"),
    instead("memory-limit", "mem_limit: 96m", "mem_limit: plenty", "mem_limit: 64m"),
    Spoil("memory-budget", FILE, "mem_limit: 96m", "mem_limit: 1025m", "lower", at="services:"),
    Spoil("memory-budget", FILE, "mem_limit: 96m", "mem_limit: 1.5g", "lower", at="services:"),
    gone("cpu-limit", "cpus: 0.5", "cpus: 0.5"),
    instead("cpu-limit", "cpus: 0.5", "cpus: all", "cpus: 0.5"),
    gone("pids-limit", "pids_limit: 64", "pids_limit: 64"),
    instead("pids-limit", "pids_limit: 64", "pids_limit: -1", "pids_limit: 64"),
    Spoil(
        "healthcheck",
        FILE,
        '      test: ["CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1/"]\n',
        "",
        "test:",
        at="healthcheck:",
    ),
    Spoil(
        "healthcheck",
        FILE,
        "      interval: 1s\n",
        "      interval: 1s\n      disable: true\n",
        "test:",
        at="healthcheck:",
    ),
    added("hardening-is-kikoris", "cap_drop: [CHOWN]", "take cap_drop out"),
    added("hardening-is-kikoris", 'security_opt: ["seccomp:unconfined"]', "take security_opt out"),
    Spoil("hardening-is-kikoris", FILE, END, END + "    driver: macvlan\n", "take driver out", at="driver:"),
    Spoil(
        "hardening-is-kikoris", FILE, END, END + "    driver_opts: { mtu: 1400 }\n", "driver_opts", at="driver_opts:"
    ),
    added("not-privileged", "privileged: true", "take the line out"),
    Spoil(
        "capability-explained",
        FILE,
        "cap_add: [CHOWN,",
        "cap_add: [SYS_PTRACE, CHOWN,",
        "# SYS_PTRACE: why",
        at="SYS_PTRACE",
    ),
    Spoil(
        "capability-explained",
        FILE,
        "cap_add: [CHOWN,",
        "cap_add: [CAP_NET_ADMIN, CHOWN,",
        "# NET_ADMIN: why",
        at="NET_ADMIN",
    ),
    Spoil("capability-explained", FILE, "SETUID]", "SETUID, ALL]  # all of them, really", "name the ones", at="ALL"),
    Spoil(
        "capability-explained",
        f"{LAB}/lab.toml",
        "level = 1",
        'level = 1\ncapabilities = ["SYS_ADMIN"]',
        "# SYS_ADMIN: why",
        at="SYS_ADMIN",
    ),
    instead("own-namespaces", "    networks: [village]", "    network_mode: host", "networks:"),
    added("own-namespaces", "pid: host", "take the line out"),
    added("own-namespaces", "ipc: host", "take the line out"),
    added("own-namespaces", "uts: host", "take the line out"),
    added("own-namespaces", "userns_mode: host", "take the line out"),
    added("own-namespaces", "pid: container:other", "take the line out"),
    added("no-devices", 'devices: ["/dev/kvm"]', "take devices out"),
    added("no-devices", "gpus: all", "take gpus out"),
    added("no-devices", "volumes_from: [other]", "take volumes_from out"),
    added("no-devices", "use_api_socket: true", "take use_api_socket out"),
    added("no-host-mounts", 'volumes: ["/var/run/docker.sock:/var/run/docker.sock"]', "COPY"),
    added("no-host-mounts", 'volumes: ["./files:/files:ro"]', "named volume"),
    added("no-host-mounts", 'volumes: ["../../secrets:/s"]', "COPY"),
    added("no-host-mounts", 'volumes: ["~/.ssh:/root/.ssh"]', "COPY"),
    added("no-host-mounts", 'volumes: ["${KIKORI_WORKSPACE}/site:/srv"]', "COPY"),
    added("no-host-mounts", "volumes: [{ type: bind, source: /etc, target: /mnt }]", "COPY"),
    Spoil(
        "no-host-mounts",
        FILE,
        END,
        "volumes:\n  data:\n    driver_opts: { type: none, o: bind, device: /etc }\n" + END,
        "COPY",
        at="data:",
    ),
    Spoil("no-host-mounts", FILE, END, "volumes:\n  data: { external: true }\n" + END, "named volume", at="data:"),
    added("known-compose-keys", "extends: { file: /etc/other.yaml, service: web }", "do it with one of"),
    added("known-compose-keys", "env_file: .env", "environment"),
    added("known-compose-keys", "post_start: [{ command: id, privileged: true }]", "do it with one of"),
    Spoil("known-compose-keys", FILE, END, "include: [other.yaml]\n" + END, "networks", at="include"),
    Spoil("known-compose-keys", FILE, END, "secrets: { key: { file: /etc/shadow } }\n" + END, "volumes", at="secrets"),
    instead("ports-on-loopback", '["127.0.0.1::80"]', '["80"]', "127.0.0.1::PORT"),
    instead("ports-on-loopback", '["127.0.0.1::80"]', '["8080:80"]', "127.0.0.1::PORT"),
    instead("ports-on-loopback", '["127.0.0.1::80"]', '["127.0.0.1:8080:80"]', "127.0.0.1::PORT"),
    instead("ports-on-loopback", '["127.0.0.1::80"]', '["0.0.0.0::80"]', "127.0.0.1::PORT"),
    instead("ports-on-loopback", '["127.0.0.1::80"]', "[{ target: 80, published: 80 }]", "127.0.0.1::PORT"),
    Spoil("no-route-outside", FILE, END, END + "    external: true\n", "[outside]", at="external:"),
    instead("no-route-outside", "    networks: [village]", "    network_mode: bridge", "[outside]"),
    instead("no-route-outside", "    networks: [village]", "    network_mode: town", "[outside]"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cap_add: [CHOWN", "cap_add: [NET_BIND_SERVICE, CHOWN"),
        ("    cap_add: [CHOWN", "    # SYS_PTRACE: strace is what this lab is about\n    cap_add: [SYS_PTRACE, CHOWN"),
        ("SETUID]", "SETUID, SYS_PTRACE]  # strace needs it"),
        ("cap_add: [CHOWN, ", "cap_add:\n      - SYS_PTRACE  # strace needs it\n      - CHOWN\n    x-rest: ["),
        ("    cpus: 0.5\n", '    cpus: "0.5"\n    volumes: ["data:/var/lib/data", "/scratch"]\n    tmpfs: /tmp\n'),
        ("    cpus: 0.5\n", "    cpus: 1\n    volumes: [{ type: volume, source: data, target: /data }]\n"),
        ('["127.0.0.1::80"]', '["127.0.0.1::80/tcp", "127.0.0.1::${KIKORI_MINUTE}"]'),
        ("networks:\n  village:\n", "networks:\n  village:\n    internal: true\n"),
        ("    networks: [village]\n", "    network_mode: none\n"),
        ("mem_limit: 96m", "mem_limit: 1024m"),
        ("mem_limit: 96m", "mem_limit: 100000000"),
        ("services:", "x-limits: &limits\n  cpus: 0.5\nservices:"),
    ],
)
def test_what_is_right_is_not_found(content: Path, lab: Path, old: str, new: str) -> None:
    Spoil("", f"{LAB}/compose.yaml", old, new, "").carry_out(content)
    assert look(content) == ()


def test_route_outside_may_be_explained(content: Path) -> None:
    Spoil("", FILE, END, END + "    external: true\n", "").carry_out(content)
    why = '[outside]\nen = "The lab sends mail."\nja = "このラボはメールを送る。"\n\n[title]'
    Spoil("", f"{LAB}/lab.toml", "[title]", why, "").carry_out(content)
    assert look(content) == ()


def test_tune_lab_has_twice_the_memory(content: Path) -> None:
    shutil.copytree(paths.ROOT / "labs/_models/build/lab", content / "labs/board")
    shutil.copytree(paths.ROOT / "labs/_models/build/grader", content / "graders/board")
    shutil.copytree(paths.ROOT / "labs/_images/python", content / "labs/_images/python")
    compose = "labs/board/compose.yaml"
    Spoil("", "labs/board/lab.toml", 'kind = "build"', 'kind = "tune"', "").carry_out(content)
    Spoil("", compose, "mem_limit: 96m", "mem_limit: 2048m", "").carry_out(content)
    assert look(content) == ()
    Spoil("", compose, "mem_limit: 2048m", "mem_limit: 2049m", "").carry_out(content)
    assert [one.rule for one in look(content)] == ["memory-budget"]


def test_merged_service_is_read_as_compose_reads_it(content: Path) -> None:
    Spoil("", FILE, "services:", "x-limits: &limits\n  cpus: 0.5\n  pids_limit: 64\nservices:", "").carry_out(content)
    Spoil("", FILE, "    cpus: 0.5\n    pids_limit: 64\n", "    <<: *limits\n", "").carry_out(content)
    assert look(content) == ()


WORKSPACE = 'services:\n  web:\n    healthcheck: { test: ["CMD", "true"] }\n    ports: ["127.0.0.1::80"]\n'


def test_healthcheck_may_stand_in_the_workspace(content: Path, lab: Path) -> None:
    (lab / "workspace").mkdir()
    (lab / "workspace" / "compose.yaml").write_text(WORKSPACE, encoding="utf-8")
    test = '      test: ["CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1/"]\n'
    Spoil("", FILE, test, "", "").carry_out(content)
    assert look(content) == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("127.0.0.1::80", "8080:80", "127.0.0.1::PORT"),
        ("    ports", "    privileged: true\n    ports", "may set"),
        ("  web:", "  proxy:", "this lab has web"),
    ],
)
def test_workspace_keeps_to_what_a_learner_may(content: Path, old: str, new: str, said: str) -> None:
    file = f"{LAB}/workspace/compose.yaml"
    one = hold(content, Spoil("learners-compose", file, None, WORKSPACE.replace(old, new), "write it as the message"))
    assert said in one.message


@pytest.mark.parametrize("text", ["services: [", "- web", "services: [web]", "services:\n  web: [1]\n", "\tservices:"])
def test_file_that_is_no_compose_file_is_a_finding(content: Path, lab: Path, text: str) -> None:
    (lab / "compose.yaml").write_text(text, encoding="utf-8")
    (one,) = look(content)
    assert (one.rule, one.file, one.lab) == ("contract", str(lab / "compose.yaml"), "first-look")


def test_lines_of_an_earlier_day_are_a_warning(content: Path, lab: Path) -> None:
    file = lab / "compose.yaml"
    service = "    cap_drop: [ALL]\n    security_opt: [no-new-privileges:true]\n"
    options = '      com.docker.network.bridge.enable_ip_masquerade: "false"\n'
    text = file.read_text(encoding="utf-8").replace("    pids_limit:", f"{service}    pids_limit:", 1)
    file.write_text(text.replace(END, f"{END}    driver_opts:\n{options}"), encoding="utf-8")
    seen = lint(Catalog([content]), tool=None)
    assert seen.findings == ()
    twice = [one.message.split()[2] for one in seen.warnings if one.rule == "hardening-written-twice"]
    assert sorted(twice) == ["cap_drop", "driver_opts", "security_opt"]
