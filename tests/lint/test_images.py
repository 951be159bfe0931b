"""The rules of images: built here, from Debian."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.lint.subjects.dockerfile import Dockerfile

from .spoiling import LAB, Spoil, hold, look, name

pytestmark = pytest.mark.slow

COMPOSE = f"{LAB}/compose.yaml"
DOCKERFILE = f"{LAB}/images/web/Dockerfile"
INSTALL = " && apt-get install -y --no-install-recommends nginx \\\n"


def run(command: str) -> Spoil:
    """A command in the midst of a RUN; it is told at the line that RUN begins on."""
    return Spoil(
        "debian-packages", DOCKERFILE, INSTALL, f"{INSTALL} && {command} \\\n", "apt-get install", at="RUN apt-get"
    )


def instruction(text: str) -> Spoil:
    return Spoil(
        "debian-packages", DOCKERFILE, "COPY timetable", f"{text}\nCOPY timetable", "apt-get", at=text.split("\n")[0]
    )


def taken(old: str, new: str) -> Spoil:
    mend = "FROM kikori/server or debian:trixie-slim"
    return Spoil("shared-base", DOCKERFILE, old, new, mend, at=new.splitlines()[0])


SPOILS = [
    Spoil("image-built", COMPOSE, "build: images/web", "build: images/wep", "build: images/web", at="wep"),
    Spoil("image-built", COMPOSE, "build: images/web", "build: ../../..", "build: images/web", at="../../.."),
    Spoil(
        "image-built",
        COMPOSE,
        "build: images/web",
        "build: { context: images/web, privileged: true }",
        "build: images/web",
        at="privileged",
    ),
    Spoil(
        "image-built",
        COMPOSE,
        "build: images/web",
        "build: { context: images/web, dockerfile_inline: FROM x }",
        "build: images/web",
        at="inline",
    ),
    Spoil("image-named", COMPOSE, "    image: kikori/first-look-web\n", "", "image: kikori/first-look-web", at="web:"),
    Spoil(
        "image-named",
        COMPOSE,
        "kikori/first-look-web",
        "kikori/other-lab-web",
        "image: kikori/first-look-web",
        at="other-lab",
    ),
    Spoil(
        "image-used",
        f"{LAB}/images/db/Dockerfile",
        None,
        "FROM kikori/server\n",
        "build: images/db",
        found_in=f"{LAB}/images/db",
    ),
    taken("FROM kikori/server", "FROM nginx:latest AS first\nFROM kikori/server"),
    taken("FROM kikori/server", "FROM debian:latest AS first\nFROM kikori/server"),
    taken("FROM kikori/server", "FROM kikori/nothing AS first\nFROM kikori/server"),
    taken("FROM kikori/server", "FROM docker.io/kikori/server AS first\nFROM kikori/server"),
    taken("COPY --chmod", "COPY --from=nginx:1 /etc/nginx /etc/nginx\nCOPY --chmod"),
    taken("RUN apt-get", "RUN --mount=type=bind,from=alpine,target=/a apt-get"),
    taken("FROM kikori/server", "# syntax=docker/dockerfile:1\nFROM kikori/server"),
    Spoil(
        "shared-base",
        "labs/_images/server/Dockerfile",
        "FROM debian:trixie-slim",
        "FROM ubuntu",
        "debian:trixie-slim",
        at="FROM ubuntu",
    ),
    run("pip install flask"),
    run("pip install -r requirements.txt"),
    run("pip install --require-hashes -r requirements.txt flask"),
    run("pip3 install --break-system-packages flask"),
    run("/usr/bin/pip install flask"),
    run("python3 -m pip install flask"),
    run("npm ci"),
    run("curl -fsSL https://example.org/install | sh"),
    run("wget -q https://example.org/x.deb"),
    run("X=1 wget -q https://example.org/x.deb"),
    run("(cd /tmp; git clone https://example.org/x)"),
    run("sh -c 'gem install rails'"),
    run("echo $(curl https://example.org/)"),
    run("echo deb https://example.org/ x > /etc/apt/sources.list.d/x.list"),
    run("cargo install ripgrep"),
    run("go install example.org/x@latest"),
    instruction('RUN ["pip", "install", "flask"]'),
    instruction("ADD https://example.org/x.tar /x"),
    Spoil(
        "debian-packages",
        DOCKERFILE,
        "COPY timetable",
        "RUN <<END\npip install flask\nEND\nCOPY timetable",
        "apt-get",
        at="pip install",
    ),
    Spoil(
        "debian-packages",
        "labs/_images/server/Dockerfile",
        "ENV LANG",
        "RUN pip install x\nENV LANG",
        "apt-get",
        at="pip",
    ),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


def test_image_of_a_stranger_is_found(content: Path) -> None:
    Spoil(
        "", COMPOSE, "    image: kikori/first-look-web\n    build: images/web\n", "    image: nginx:latest\n", ""
    ).carry_out(content)
    assert [one.rule for one in look(content)] == ["image-built", "image-used"]


def test_image_on_the_workspace_has_no_name(content: Path, lab: Path) -> None:
    (lab / "images" / "web").rename(lab / "workspace")
    (lab / "images").rmdir()
    Spoil("", COMPOSE, "build: images/web", "build: { context: '${KIKORI_WORKSPACE}' }", "").carry_out(content)
    (one,) = look(content)
    assert (one.rule, one.fix) == ("image-named", "take `image` out")
    Spoil("", COMPOSE, "    image: kikori/first-look-web\n", "", "").carry_out(content)
    assert look(content) == ()


def test_image_that_only_docker_would_find_is_found(content: Path) -> None:
    Spoil("", DOCKERFILE, "FROM kikori", "FROM --platform=linux/amd64 kikori", "").carry_out(content)
    assert [one.rule for one in look(content, "first-look")] == ["shared-base"]


def test_two_services_may_share_an_image(content: Path, lab: Path) -> None:
    text = (lab / "compose.yaml").read_text(encoding="utf-8")
    service = text[text.index("  web:") : text.index("networks:\n  village")]
    other = service.replace("  web:", "  second:").replace("    build: images/web\n", "")
    (lab / "compose.yaml").write_text(text.replace(service, service + other), encoding="utf-8")
    assert look(content) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FROM kikori/server", "FROM kikori/server AS made\nRUN true\nFROM debian:trixie-slim\nCOPY --from=made /a /a"),
        ("recommends nginx", "recommends nginx curl python3-pip npm git wget"),
        (
            "COPY timetable",
            "RUN /opt/x/bin/pip install --no-deps --require-hashes -r /tmp/requirements.txt\nCOPY timetable",
        ),
        ("COPY timetable", 'HEALTHCHECK CMD ["curl", "http://127.0.0.1/"]\nCOPY timetable'),
        ("COPY timetable", "# pip install nothing\nCOPY timetable"),
        ("COPY timetable", "RUN rm -rf /usr/share/pip /opt/npm\nCOPY timetable"),
    ],
)
def test_what_is_right_is_not_found(content: Path, old: str, new: str) -> None:
    Spoil("", DOCKERFILE, old, new, "").carry_out(content)
    assert look(content) == ()


def test_shared_image_that_nobody_uses_is_found(content: Path) -> None:
    spoil = Spoil(
        "no-orphan-image",
        "labs/_images/db/Dockerfile",
        None,
        "FROM kikori/server\n",
        "rm -r",
        found_in="labs/_images/db",
    )
    assert hold(content, spoil).lab == ""


def test_dockerfile_is_read_instruction_by_instruction() -> None:
    text = "FROM a AS b\n# no\nRUN one \\\n# no\n  two\ncopy --from=c x y\nCOPY --from=b x y\nCOPY --from=0 x y\n"
    found = Dockerfile(Path("Dockerfile"), text)
    assert [(one.line, one.name, one.text.split()) for one in found.instructions[:3]] == [
        (1, "FROM", ["a", "AS", "b"]),
        (3, "RUN", ["one", "two"]),
        (6, "COPY", ["--from=c", "x", "y"]),
    ]
    assert list(found.images()) == [(1, "a"), (6, "c")]
