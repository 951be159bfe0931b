"""A compose file of a workspace may say what is listed and nothing else; it may be a stranger's."""

from __future__ import annotations

import time
from pathlib import Path

import msgspec
import pytest

from kikori.content import Catalog
from kikori.errors import Exit, WorkspaceProblem
from kikori.model import Kind, Lab
from kikori.untrusted.allow_list import LARGEST
from kikori.untrusted.compose_file import check_learner_compose


@pytest.fixture(scope="module")
def lab() -> Lab:
    return Catalog().lab("silent-exit")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "compose.yaml"


def judge(file: Path, lab: Lab) -> None:
    check_learner_compose(file, lab, {"orders": {}, "proxy": {}}, {"market": {"driver_opts": {"x": "y"}}, "back": None})


def refusal(file: Path, lab: Lab, data: bytes | str) -> str:
    """What is said of a file that is refused; always with its path."""
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    with pytest.raises(WorkspaceProblem) as caught:
        judge(file, lab)
    assert caught.value.message.startswith(f"{file}: ")
    assert caught.value.exit_code is Exit.USAGE
    return caught.value.message


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("privileged: true", "privileged"),
        ("volumes: ['/:/host']", "volumes"),
        ("volumes: ['/var/run/docker.sock:/var/run/docker.sock']", "volumes"),
        ("volumes: [{type: bind, source: /, target: /host}]", "volumes"),
        ("network_mode: host", "network_mode"),
        ("networks: [default]", "networks default"),
        ("networks: host", "networks host"),
        ("networks:", "networks None"),
        ("networks: [market, '../market']", "networks ../market"),
        ("networks: [[market]]", "networks ['market']"),
        ("networks: [{market: {}}]", "networks {'market': {}}"),
        ("networks: {market: {}, other: {}}", "networks other"),
        ("networks: {market: {ipv4_address: 172.17.0.1}}", "networks.market.ipv4_address"),
        ("networks: {market: {driver_opts: {a: b}}}", "networks.market.driver_opts"),
        ("networks: {market: {link_local_ips: [169.254.169.254]}}", "networks.market.link_local_ips"),
        ("networks: {market: {mac_address: '02:42:ac:11:00:02', aliases: [a]}}", "networks.market.mac_address"),
        ("networks: {market: {aliases: ['a b']}}", "networks.market.aliases"),
        ("networks: {market: {aliases: {a: b, C: d}}}", "networks.market.aliases"),
        ("pid: host", "pid"),
        ("ipc: host", "ipc"),
        ("uts: host", "uts"),
        ("userns_mode: host", "userns_mode"),
        ("cgroup_parent: /", "cgroup_parent"),
        ("devices: ['/dev/sda:/dev/sda']", "devices"),
        ("device_cgroup_rules: ['a *:* rwm']", "device_cgroup_rules"),
        ("cap_add: [SYS_ADMIN]", "cap_add SYS_ADMIN"),
        ("cap_add: ALL", "cap_add ALL"),
        ("cap_add: [NET_BIND_SERVICE, ALL]", "cap_add ALL"),
        ("cap_add: [{NET_BIND_SERVICE: 1}]", "cap_add"),
        ("cap_drop: []", "cap_drop"),
        ("security_opt: ['apparmor:unconfined']", "security_opt"),
        ("sysctls: {kernel.msgmax: 1}", "sysctls kernel.msgmax"),
        ("sysctls: ['net.ipv4.ip_forward=1', 'kernel.shmmax=1']", "sysctls kernel.shmmax"),
        ("sysctls: net.ipv6.x=1", "sysctls net.ipv6.x"),
        ("ports: ['80:80']", "ports 80:80"),
        ("ports: ['0.0.0.0:80:80']", "ports 0.0.0.0:80:80"),
        ("ports: ['127.0.0.1::80', '80']", "ports 80"),
        ("ports: ['127.0.0.1:0-65535:80']", "ports"),
        ("ports: [{target: 80, published: 80, host_ip: 0.0.0.0}]", "ports"),
        ("ports: 8080", "ports 8080"),
        ("build: .", "build"),
        ("build: {context: /, network: host}", "build"),
        ("image: alpine", "image"),
        ("extends: {file: /etc/x.yaml, service: y}", "extends"),
        ("env_file: /etc/passwd", "env_file"),
        ("secrets: [ca]", "secrets"),
        ("configs: [x]", "configs"),
        ("runtime: other", "runtime"),
        ("deploy: {replicas: 1000}", "deploy"),
        ("scale: 1000", "scale"),
        ("container_name: bare", "container_name"),
        ("labels: {com.docker.compose.project: other}", "labels"),
        ("mem_limit: 2g", "mem_limit 2g"),
        ("mem_limit: -1", "mem_limit -1"),
        ("mem_limit: 0", "mem_limit 0"),
        ("mem_limit: lots", "mem_limit lots"),
        (f"mem_limit: '{'9' * 5000}'", "mem_limit 9"),
        ("memswap_limit: -1", "memswap_limit -1"),
        ("memswap_limit: 2g", "memswap_limit 2g"),
        ("pids_limit: 100000", "pids_limit 100000"),
        ("oom_score_adj: -1000", "oom_score_adj"),
        ("environment: {HOME: }", "environment.HOME"),
        ("environment: {HOME: null, A: b}", "environment.HOME"),
        ("environment: [HOME]", "environment.HOME"),
        ("environment: [A=b, PATH]", "environment.PATH"),
        ("environment: HOME", "environment.HOME"),
        ("environment: {A: [b]}", "environment.A"),
        ("stop_grace_period: 10000h", "stop_grace_period 10000h"),
        ("stop_grace_period: 121s", "stop_grace_period 121s"),
        ("stop_grace_period: 2m1s", "stop_grace_period 2m1s"),
        ("stop_grace_period: -1s", "stop_grace_period -1s"),
        ("stop_grace_period: ''", "stop_grace_period"),
        ("stop_grace_period:", "stop_grace_period"),
        (f"ports: [{', '.join(['127.0.0.1::80'] * 1500)}]", "ports"),
        ("expose: ['1-65535']", "expose"),
        (f"expose: [{', '.join(map(str, range(1500)))}]", "expose"),
        ("ulimits: {nproc: 100}", "ulimits.nproc"),
        ("ulimits: {nofile: 65537}", "ulimits.nofile 65537"),
        ("ulimits: {nofile: -1}", "ulimits.nofile -1"),
        ("ulimits: {nofile: 0}", "ulimits.nofile 0"),
        ("ulimits: {nofile: many}", "ulimits.nofile"),
        ("ulimits: {nofile: true}", "ulimits.nofile"),
        ("ulimits: {nofile: {soft: 64}}", "ulimits.nofile"),
        ("ulimits: {nofile: {soft: 64, hard: 64, more: 1}}", "ulimits.nofile"),
        ("ulimits: {nofile: {soft: 128, hard: 64}}", "ulimits.nofile"),
        ("ulimits: {nofile: {soft: 64, hard: 1000000}}", "ulimits.nofile"),
        ("ulimits: {nofile: 64, memlock: -1}", "ulimits.memlock"),
        ("'<<': {privileged: true}", "<<"),
        ("<<: {privileged: true}", "privileged"),
        ("yes: 1", "True"),
    ],
)
def test_key_that_reaches_outside_is_refused_and_named(file: Path, lab: Lab, line: str, named: str) -> None:
    said = refusal(file, lab, f"services:\n  orders:\n    command: ['true']\n    {line}\n")
    assert f"services.orders.{named}" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("include: [/etc/x.yaml]", "'include' is not allowed"),
        ("networks: {default: {driver: host}}", "'networks' is not allowed"),
        ("volumes: {x: {driver_opts: {device: /}}}", "'volumes' is not allowed"),
        ("name: kikori-other", "'name' is not allowed"),
        ("secrets: {ca: {file: /etc/shadow}}", "'secrets' is not allowed"),
        ("x-common: 1", "'x-common' is not allowed"),
        ("services: {evil: {command: x}}", "the service 'evil' is not allowed"),
        ("services: [orders]", "'services' must hold names with values"),
        ("services: orders", "'services' must hold names with values"),
        ("services: {orders: [command]}", "'services.orders' must hold names with values"),
        ("services: {orders: privileged}", "'services.orders' must hold names with values"),
        ("services: {orders: {ulimits: [nofile]}}", "'services.orders.ulimits' must hold names with values"),
        ("- a", "not a compose file"),
        ("just text", "not a compose file"),
        ("", "not a compose file"),
        ("services: {", "not valid YAML"),
        ("services: {}\n---\nservices: {}", "not valid YAML"),
        ("services:\n\torders: {}", "not valid YAML"),
        ("? [a]\n: b", "not valid YAML"),
        ("services: {orders: {command: 2026-02-31}}", "not valid YAML"),
        ("services: {orders: {command: " + "9" * 5000 + "}}", "not valid YAML"),
    ],
)
def test_file_of_another_shape_is_refused(file: Path, lab: Lab, text: str, told: str) -> None:
    assert told in refusal(file, lab, text)


@pytest.mark.parametrize(
    "value",
    ["&a x", "[&a x]", "[*a]", "!!bool maybe", "!!timestamp x", "!reset null", "!override [x]", "!<!x> y"],
)
def test_anchors_aliases_and_tags_are_refused_wherever_they_stand(file: Path, lab: Lab, value: str) -> None:
    assert "an anchor, alias or tag is not allowed" in refusal(file, lab, f"services: {{orders: {{command: {value}}}}}")


def test_bomb_of_aliases_does_not_go_off(file: Path, lab: Lab) -> None:
    levels = ",".join(f"&a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
    began = time.process_time()
    refusal(file, lab, f"services: {{orders: {{sysctls: [&a0 [x],{levels}]}}}}")
    assert time.process_time() - began < 1


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[" * 60_000, "{" * 60_000, "- " * 30_000, "? " * 30_000, "{a: [" * 10_000])
def test_nesting_without_end_takes_no_time(file: Path, lab: Lab, text: str) -> None:
    began = time.process_time()
    assert "nested deeper than 16 is not allowed" in refusal(file, lab, text)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("value", ["${HOME}", "$HOME", "$$$HOME", "a$"])
def test_variable_is_refused(file: Path, lab: Lab, value: str) -> None:
    said = refusal(file, lab, f"services: {{orders: {{command: '{value}'}}}}")
    assert "a variable is not allowed" in said
    assert "write $$" in said


def test_link_is_refused(file: Path, lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_text("services: {}", encoding="utf-8")
    file.symlink_to("real.yaml")
    with pytest.raises(WorkspaceProblem, match="a link or a file over 64 KiB is not allowed"):
        judge(file, lab)


def test_link_to_nowhere_is_refused(file: Path, lab: Lab) -> None:
    file.symlink_to("/nowhere/at/all")
    with pytest.raises(WorkspaceProblem, match="a link"):
        judge(file, lab)


def test_huge_file_is_refused_before_it_is_read(file: Path, lab: Lab) -> None:
    with file.open("wb") as huge:
        huge.truncate(LARGEST * 100_000)
    with pytest.raises(WorkspaceProblem, match="over 64 KiB"):
        judge(file, lab)


@pytest.mark.parametrize("data", ["services: {}  # 注文".encode("euc-jp"), b"\xff\xfes\0", b"services: \0"])
def test_file_that_is_no_text_is_refused(file: Path, lab: Lab, data: bytes) -> None:
    assert "not valid YAML" in refusal(file, lab, data)


@pytest.mark.parametrize(("networks", "told"), [(None, "this lab has none"), ({"market": {}}, "this lab has market")])
def test_network_that_the_lab_does_not_declare_is_refused(
    file: Path, lab: Lab, networks: dict[str, object] | None, told: str
) -> None:
    file.write_text("services: {orders: {networks: [default]}}", encoding="utf-8")
    with pytest.raises(WorkspaceProblem, match=f"networks default is not allowed .*{told}"):
        check_learner_compose(file, lab, {"orders": {}}, networks)


def test_what_stands_below_a_network_must_be_a_mapping(file: Path, lab: Lab) -> None:
    assert "must hold names with values" in refusal(file, lab, "services: {orders: {networks: {market: host}}}")


def test_capability_of_another_lab_is_refused_and_it_is_said_that_there_is_none(file: Path, lab: Lab) -> None:
    said = refusal(file, lab, "services: {orders: {cap_add: [SYS_PTRACE]}}")
    assert "this lab allows NET_BIND_SERVICE" in said


@pytest.mark.parametrize(
    "line",
    [
        "command: ['sh', '-c', 'exec orders & wait; echo \"a* !b\"']",
        "command: sh -c 'echo $$HOME'",
        "environment: {LOG: debug}",
        "environment: ['LOG=debug']",
        "ports: ['127.0.0.1::8080']",
        "ports: ['127.0.0.1:8080:8080/tcp', '127.0.0.1::53/udp']",
        "cap_add: [NET_BIND_SERVICE]",
        "sysctls: {net.ipv4.ip_unprivileged_port_start: 80}",
        "sysctls: ['net.core.somaxconn=1024']",
        "mem_limit: 1g",
        "mem_limit: 256m",
        "mem_limit: 268435456",
        "memswap_limit: 256m",
        "memswap_limit: 268435456",
        "pids_limit: 1024",
        "ulimits: {nofile: 65536}",
        "ulimits: {nofile: {soft: 512, hard: 4096}}",
        "user: '1000'",
        "healthcheck: {test: ['CMD', 'true'], interval: 1s}",
        "restart: on-failure",
        "networks: [market, back]",
        "networks: []",
        "networks: {market: , back: {}}",
        "networks: {market: {aliases: [shop, shop.internal]}}",
        "stop_grace_period: 3s",
        "stop_grace_period: 1m30s",
        "stop_grace_period: 1500ms",
        "environment: {A: b, N: 1, EMPTY: '', YES: true}",
        "environment: [A=b, EMPTY=]",
        "environment:",
        "expose: ['80', '81/udp']",
    ],
)
def test_harmless_file_passes(file: Path, lab: Lab, line: str) -> None:
    file.write_text(f"services:\n  orders:\n    {line}\n", encoding="utf-8")
    judge(file, lab)


@pytest.mark.parametrize(
    "text", ["services: {}", "services:", "services: {orders: }", "services: {proxy: {init: true}}"]
)
def test_file_that_says_little_passes(file: Path, lab: Lab, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    judge(file, lab)


def test_limits_of_a_lab_to_tune_stay(file: Path, lab: Lab) -> None:
    tune = msgspec.structs.replace(lab, about=msgspec.structs.replace(lab.about, kind=Kind.TUNE))
    said = refusal(file, tune, "services: {orders: {mem_limit: 64m}}")
    assert "services.orders.mem_limit" in said
    assert "the limits stay" in said


def test_template_of_the_lab_passes(lab: Lab) -> None:
    assert lab.workspace
    judge(lab.workspace / "compose.yaml", lab)
