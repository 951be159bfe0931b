"""A Dockerfile for which the engine would ask somebody else is refused in a replay, and no right one is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.engine.lab_compose import LabCompose
from kikori.errors import KikoriError, WorkspaceProblem
from kikori.untrusted.dockerfile import LARGEST, check_learner_build

OURS = sorted([
    *paths.ROOT.glob("labs/*/workspace/**/Dockerfile"),
    *paths.ROOT.glob("labs/*/fixes/**/Dockerfile"),
    *paths.ROOT.glob("labs/*/faults/*/fixes/**/Dockerfile"),
])  # fmt: skip


def is_here(image: str) -> bool:
    """An engine with our images, somebody's attempt, and one that was pulled; it knows each by several names."""
    name = re.sub(r"^(index\.)?docker\.io/", "", image).removeprefix("library/").partition("@")[0]
    return name.startswith("kikori") or name in ("debian:trixie-slim", "deadbeef", "sha256:deadbeef")


def judged(folder: Path, text: str) -> str:
    """What is refused; nothing where nothing is."""
    (folder / "Dockerfile").write_text(text, encoding="utf-8")
    try:
        check_learner_build(folder, is_here)
    except WorkspaceProblem:
        raise  # which would be a word about the learner's work
    except KikoriError as problem:
        return problem.message
    return ""


@pytest.mark.parametrize("file", OURS, ids=lambda path: str(path.relative_to(paths.ROOT / "labs").parent))
def test_dockerfile_of_a_lab_or_a_right_fix_is_built(file: Path, tmp_path: Path) -> None:
    assert not judged(tmp_path, file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "FROM debian:trixie-slim",
        "from kikori/python as runs\nFROM runs\nCOPY --from=runs /a /b\nCOPY --from=0 /a /b\n",
        "FROM scratch\nADD files.tar /x\nADD a b /x/\n",
        "ARG BASE=kikori/python\nFROM ${BASE}\nFROM $BASE AS two\n",
        "FROM --platform=$BUILDPLATFORM kikori/python\n",
        "FROM kikori/python\nRUN --mount=type=cache,target=/var/cache/apt apt-get update\n",
        "FROM kikori/python\nRUN python3 <<END\nfrom http.server import HTTPServer\nEND\n",
        "FROM kikori/python\nRUN mariadb -e 'ALTER TABLE a \\\n ADD COLUMN b INT'\n",
        "FROM kikori/python\n# 全角の　空白\nRUN cat > /x <<'END' && true\nADD https://evil/x /x\nEND\nUSER x\n",
        "FROM kikori/python\nRUN cat <<-END > /x\n\tFROM evil/x\n\tEND\nRUN grep x <<<y\n",
        "FROM kikori/python\nRUN a && \\\n  # why\n\n  b\n",
        'FROM kikori/python\nCOPY --from=0 --chown=1:1 --chmod=644 ["a b", "/c"]\n',
        "FROM kikori/python\nRUN --mount=type=bind,source=key,target=/key --network=none cat /key\n",
        'FROM docker.io/library/debian:trixie-slim\nSHELL ["bash", "-c"]\nHEALTHCHECK CMD true\nLABEL a=b\n',
        "FROM kikori/python\r\nRUN true\r\n",
        "FROM kikori/python\nRUN curl -s http://127.0.0.1/ || true\nENV AT=http://shop/\n",
        "\ufeff# escape=`\nFROM kikori/python\nRUN a `\n b\n",
    ],
)
def test_right_dockerfile_is_built(tmp_path: Path, text: str) -> None:
    assert not judged(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "FROM nobody/has-it",
        "FROM kikori/python\nFROM $X\n",
        "ARG X=kikori/python\nARG X=evil/x\nFROM $X\n",
        "FROM --platform=linux/arm64 kikori/python\nCOPY --from=evil/x /a /b\n",
        "FR\\\nOM evil/x\n",
        "# escape=`\nFR`\nOM evil/x\n",
        "FROM kikori/python\nONBUILD ADD https://evil/x /x\n",
        'FROM kikori/python\nADD ["https://evil/x", "/x"]\n',
        "FROM kikori/python\nARG AT=https://evil/x\nADD $AT /x\n",
        "FROM kikori/python\nADD git@evil:x/y /x\n",
        "FROM kikori/python\nADD --keep-git-dir=true github.com/evil/x /x\n",
        "FROM kikori/python\nADD evil/x.git#main /x\n",
        'FROM kikori/python\nRUN --mount=type=bind,"from=evil/x",target=/x true\n',
        "FROM kikori/python\nRUN --mount=target=/x,from=evil/x,type=bind true\n",
        "// syntax=evil/x\nFROM kikori/python\n",
        "#syntax = evil/x\nFROM kikori/python\n",
        "#!/bin/x\n# syntax=evil/x\nFROM kikori/python\n",
        "FROM kikori/python\n" + "#" * LARGEST,
        'FROM kikori/python\nADD "ht""tps://evil/x" /x\n',
        "FROM kikori/python\nADD ht\\tps://evil/x /x\n",
        "FROM kikori/python\nADD h\\\nttps://evil/x /x\n",
        "FROM kikori/python\nADD github.com/evil/x /x\n",
        "FROM kikori/python\nADD evil.example:x/y /x\n",
        "FROM kikori/python\nADD --checksum=sha256:0 x /x\n",
        'FROM kikori/python\nCOPY --fr""om=evil/x /a /b\n',
        "FROM kikori/python\nCOPY --fr\\om=evil/x /a /b\n",
        'FROM kikori/python\nCOPY --from="evil"/x /a /b\n',
        "FROM kikori/python\nCOPY --from=0\\\nevil/x /a /b\n",
        "FROM kikori/python\nCOPY --from=1 /a /b\n",
        "FROM kikori/python\nRUN --mount=from=0,target=/x true\n",
        "FROM kikori/python\nRUN --mount=type=bind,from=kikori/python,from=evil/x,target=/x true\n",
        "FROM kikori/python\nRUN --mount=type=bi\\nd,from=evil/x true\n",
        "FROM kikori/python\nRUN --mount=type=secret,id=ca cat /run/secrets/ca\n",
        "FROM kikori/python\nRUN --mount=type=ssh true\n",
        "FROM kikori/python\nRUN --network=host true\n",
        "FROM kikori/python\nRUN --security=insecure true\n",
        "FROM --platform=linux/amd64 kikori/python\n",
        "FROM --platform=linux/amd64 evil/x\n",
        "FROM docker.io/library/kikori-silent-exit-0000-orders\n",
        "FROM index.docker.io/library/kikori-silent-exit-0000-orders\n",
        "FROM library/kikori-silent-exit-0000-orders\n",
        "FROM registry.evil.example/kikori/python\n",
        "FROM registry.evil.example:5000/kikori/python\n",
        "FROM deadbeef\n",
        "FROM sha256:deadbeef\n",
        "FROM kikori/python@sha256:" + "0" * 64 + "\n",
        "ARG X\nFROM ${X:-evil/x}\n",
        "ARG A=evil\nARG X=${A}/x\nFROM $X\n",
        'FROM kikori/python\nRUN echo "a <<END b"\nADD https://evil/x /x\nEND\n',
        "FROM kikori/python\nRUN echo \\<<END\nADD https://evil/x /x\nEND\n",
        "FROM kikori/python\nRUN a 1<<END\nEND\nADD https://evil/x /x\n",
        "FROM kikori/python\nRUN a <<ONE <<TWO\nONE\nADD https://evil/x /x\nTWO\n",
        "FROM kikori/python\nRUN a <<END\n END\nADD https://evil/x /x\n",
        "FROM kikori/python\nENV a=<<END\nADD https://evil/x /x\nEND\n",
        "FROM kikori/python\nRUN true\u00a0\\\nADD https://evil/x /x\n",
        "FROM kikori/python\nADD\u00a0https://evil/x /x\n",
        "FROM kikori/python\nRUN true\u2028ADD https://evil/x /x\n",
        "FROM kikori/python\nRUN true # a\rADD https://evil/x /x\n",
        "FROM kikori/python\nRUN true\v\fADD https://evil/x /x\n",
        "# a=b\n# escape=`\nFROM kikori/python\nRUN true \\\nADD https://evil/x /x\n",
        "\n# escape=`\nFROM kikori/python\n",
        "FROM kikori/python\nRUN true \\\\\nADD https://evil/x /x\n",
        "FROM kikori/python\nUNKNOWN https://evil/x\n",
    ],
)
def test_dockerfile_that_would_fetch_is_refused(tmp_path: Path, text: str) -> None:
    assert judged(tmp_path, text).startswith("its Dockerfile can't be built in a replay, which has no way out: ")


def test_syntax_that_every_engine_has_is_taken_out(tmp_path: Path) -> None:
    assert not judged(tmp_path, "# syntax=docker/dockerfile:1.7\nFROM kikori/python\n")
    assert (tmp_path / "Dockerfile").read_text(encoding="utf-8") == "#\nFROM kikori/python\n"


def test_cache_begins_empty_and_hands_nothing_on(tmp_path: Path) -> None:
    text = "FROM kikori/python\nRUN --mount=type=cache,id=mine,target=/var/cache/apt,sharing=locked apt-get update\n"
    assert not judged(tmp_path, text)
    read = (tmp_path / "Dockerfile").read_text(encoding="utf-8")
    assert read == "FROM kikori/python\nRUN --mount=type=tmpfs,target=/var/cache/apt apt-get update\n"


def test_file_of_another_name_that_the_engine_would_take(tmp_path: Path) -> None:
    (tmp_path / "dockerfile").write_text("FROM evil/x\n", encoding="utf-8")
    with pytest.raises(KikoriError, match="not called Dockerfile"):
        check_learner_build(tmp_path, is_here)


def test_missing_dockerfile_is_left_to_the_build(tmp_path: Path) -> None:
    check_learner_build(tmp_path, is_here)


def test_every_build_of_a_workspace_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kikori.engine.lab_compose.is_here", lambda image: False)
    lab = Catalog().lab("bad-deploy")
    for folder, text in {"forge": "FROM kikori/delivery\n", "shop": "FROM evil/x\n"}.items():
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Dockerfile").write_text(text, encoding="utf-8")
    with pytest.raises(KikoriError, match="it builds on evil/x"):
        LabCompose(lab, str(tmp_path)).check_learner_builds()
