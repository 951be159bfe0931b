"""A lab with an intruder brings nothing that would be of use elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .spoiling import LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

DOCKERFILE = f"{LAB}/images/web/Dockerfile"
SCRIPT = f"{LAB}/images/web/intruder"
KNOWN = "install -y --no-install-recommends nginx"
SPEAKS = "curl -fsS http://web:80/"


@pytest.fixture
def intruded(content: Path) -> Path:
    """The content, with a script that breaks into the lab's own service."""
    Spoil("", SCRIPT, None, f"#!/bin/sh\n# See https://www.rfc-editor.org/rfc/rfc3227\n{SPEAKS}\n", "").carry_out(
        content
    )
    return content


def tool(new: str, at: str = "RUN apt-get", file: str = DOCKERFILE, old: str = KNOWN) -> Spoil:
    return Spoil("intruder-brings-no-tool", file, old, new, "", at=at)


def speaks(new: str) -> Spoil:
    return Spoil("intruder-knows-this-lab-alone", SCRIPT, SPEAKS, new, "by its name", at=new.splitlines()[0])


SPOILS = [
    *(tool(f"{KNOWN} {one}") for one in ("nmap", "hydra:amd64", "john=1.9", "sqlmap/trixie", "$TOOL", "python3-scapy")),
    tool(f"{KNOWN} && apt -qq install nikto"),
    tool(f"{KNOWN} && xargs apt-get install -y < /tmp/list"),
    tool('RUN ["apt-get", "install", "masscan"]\nCOPY timetable', at="masscan", old="COPY timetable"),
    tool(
        "RUN /srv/venv/bin/pip install --require-hashes -r requirements.txt\nCOPY timetable",
        at="pip install",
        old="COPY timetable",
    ),
    tool("procps medusa runit", file="labs/_images/server/Dockerfile", old="procps runit"),
    speaks("curl -fsS https://machikado.jp/login"),
    speaks("curl -fsS http://admin:1234@10.20.30.40/"),
    speaks("exec 3<>/dev/tcp/c2.machikado.jp/443"),
    speaks("ssh root@192.168.1.7 true"),
    speaks("ping -c 1 8.8.8.8"),
    speaks("for n in $(seq 254); do ping -c 1 10.0.0.$n; done"),
    speaks("ask 172.18.0.0/16"),
    speaks("for port in $(seq 1 65535); do ask web $port; done"),
    speaks("ask web {1..1024}"),
    speaks("ask web 1-65535"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_what_would_be_of_use_elsewhere_is_found_and_nothing_else(intruded: Path, spoil: Spoil) -> None:
    hold(intruded, spoil)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (SCRIPT, SPEAKS, "ssh -n root@web true"),
        (SCRIPT, SPEAKS, "exec 3<>/dev/tcp/web/4444; curl http://127.0.0.1:8000/ http://$HOST:80/"),
        (SCRIPT, SPEAKS, "echo '203.0.113.9 - - \"GET http://shop.example/ HTTP/1.1\" 200 65536'"),
        (SCRIPT, SPEAKS, "python3 -c 'for n in range(1024): print(f\"{n:.1f} 127.0.0.{n} 1.2.3\")'"),
        (DOCKERFILE, KNOWN, f"{KNOWN} python3=3.13.* openssh-client 2> /dev/null"),
        (DOCKERFILE, "COPY timetable", "RUN rm -rf /usr/share/nmap\nCOPY timetable"),
    ],
)
def test_what_serves_this_lab_alone_is_not_found(intruded: Path, file: str, old: str, new: str) -> None:
    Spoil("", file, old, new, "").carry_out(intruded)
    assert look(intruded) == ()


def test_a_program_that_nobody_can_read_is_found(intruded: Path) -> None:
    file = intruded / LAB / "images/web/beacon"
    for data in (b"\x7fELF\x02\x01\x01\x00", b"\xff\xfe"):
        file.write_bytes(data)
        (one,) = look(intruded)
        assert (one.rule, one.file) == ("intruder-brings-no-tool", str(file))
    file.write_bytes("物差し\n".encode())
    assert look(intruded) == ()


def test_a_way_out_of_the_lab_is_found(intruded: Path) -> None:
    file = intruded / LAB / "lab.toml"
    with file.open("a", encoding="utf-8") as end:
        end.write('\n[outside]\nen = "It fetches packages."\nja = "パッケージを取りに行く。"\n')
    assert [(one.rule, one.line) for one in look(intruded)] == [
        ("intruder-stays-inside", len(file.read_text(encoding="utf-8").splitlines()) - 2)
    ]


def test_a_lab_without_an_intruder_may_have_its_tools(content: Path) -> None:
    tool(f"{KNOWN} nmap").carry_out(content)
    Spoil("", f"{LAB}/images/web/look", None, "#!/bin/sh\nping 8.8.8.8\n", "").carry_out(content)
    assert look(content) == ()


def test_a_service_called_intruder_makes_it_one(content: Path, lab: Path) -> None:
    tool(f"{KNOWN} nmap").carry_out(content)
    text = (lab / "compose.yaml").read_text(encoding="utf-8")
    service = text[text.index("  web:") : text.index("networks:\n  village")]
    other = service.replace("  web:", "  intruder:").replace("    build: images/web\n", "")
    (lab / "compose.yaml").write_text(text.replace(service, service + other), encoding="utf-8")
    assert [one.rule for one in look(content)] == ["intruder-brings-no-tool"]


def test_a_lab_of_the_course_security_always_is_one(content: Path, lab: Path) -> None:
    shutil.copytree(content / "courses/start-here", content / "courses/security")
    Spoil("", f"{LAB}/lab.toml", 'course = "start-here"', 'course = "security"', "").carry_out(content)
    tool(f"{KNOWN} nmap").carry_out(content)
    assert "intruder-brings-no-tool" in [one.rule for one in look(content)]
