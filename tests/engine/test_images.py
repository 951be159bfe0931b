"""An image is made anew when anything that goes into it has changed, and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.engine import images
from kikori.engine.images import CA_VARIABLES, SIDECAR, Image, beside, ca_bundle, image_of, shared_images


@pytest.fixture
def context(tmp_path: Path) -> Path:
    """A lab's image on a shared one, which stands on another one."""
    for name, stands_on in (
        ("shelf/base", "debian:trixie-slim"),
        ("shelf/server", "kikori/base"),
        ("web", "kikori/server"),
    ):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "Dockerfile").write_text(f"FROM {stands_on}\nRUN true\n", encoding="utf-8")
    (tmp_path / "web" / "run").write_text("#!/bin/sh\n", encoding="utf-8")
    return tmp_path / "web"


def image(context: Path) -> Image:
    return image_of("kikori/web", context, context.parent / "shelf")


def edit(context: Path) -> None:
    (context / "run").write_text("#!/bin/bash\n", encoding="utf-8")


def rename(context: Path) -> None:
    (context / "run").rename(context / "ran")


def make_executable(context: Path) -> None:
    (context / "run").chmod(0o755)


def add(context: Path) -> None:
    (context / "conf.d").mkdir()
    (context / "conf.d" / "x").touch()


def edit_what_it_stands_on(context: Path) -> None:
    (context.parent / "shelf" / "server" / "Dockerfile").write_text("FROM kikori/base\n", encoding="utf-8")


def edit_the_lowest(context: Path) -> None:
    (context.parent / "shelf" / "base" / "motd").touch()


@pytest.mark.parametrize(
    "change", [edit, rename, make_executable, add, edit_what_it_stands_on, edit_the_lowest], ids=lambda f: f.__name__
)
def test_content_changes_with_all_that_goes_in(context: Path, change: Callable[[Path], None]) -> None:
    before = image(context).content
    change(context)
    assert image(context).content != before


def test_content_is_the_same_for_the_same_files_elsewhere_and_later(context: Path) -> None:
    before = image(context)
    os.utime(context / "run", (1, 1))
    moved = context.rename(context.with_name("moved"))
    assert image(moved).content == before.content


def test_shared_images_are_told_lowest_first(context: Path) -> None:
    found = shared_images(context, context.parent / "shelf")
    assert [image.tag for image in found] == ["kikori/base", "kikori/server"]
    assert found[1].context == context.parent / "shelf" / "server"


@pytest.mark.parametrize(
    "line",
    [
        "FROM debian:trixie-slim",
        "FROM kikori/../web",
        "FROM kikori/..",
        "FROM kikori/unknown",
        "# FROM kikori/server",
        "",
    ],
)
def test_other_images_are_no_shared_ones(context: Path, line: str) -> None:
    (context / "Dockerfile").write_text(f"{line}\n", encoding="utf-8")
    assert shared_images(context, context.parent / "shelf") == []


def test_shared_image_is_seen_in_every_stage_of_a_build(context: Path) -> None:
    text = "FROM kikori/base AS tools\nfrom kikori/server as web\n"
    (context / "Dockerfile").write_text(text, encoding="utf-8")
    found = shared_images(context, context.parent / "shelf")
    assert [image.tag for image in found] == ["kikori/base", "kikori/base", "kikori/server"]


def remove(dockerfile: Path) -> None:
    dockerfile.unlink()


def loop(dockerfile: Path) -> None:
    dockerfile.unlink()
    dockerfile.symlink_to("Dockerfile")


def scramble(dockerfile: Path) -> None:
    dockerfile.write_bytes(b"\xff\xfe\x00")


@pytest.mark.parametrize("spoil", [remove, loop, scramble], ids=lambda f: f.__name__)
def test_dockerfile_of_a_learner_that_can_not_be_read_is_left_to_the_build_to_tell(
    context: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(context / "Dockerfile")
    assert shared_images(context, context.parent / "shelf") == []


def test_bundle_that_is_set_for_other_programs_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CA_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "ca.pem").touch()
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
    assert ca_bundle() == tmp_path / "ca.pem"


def test_sidecars_image_is_built_for_labs_whose_checks_ask_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_disk.py").write_text("def test_disk(scene):\n    scene.processes('web')\n")
    assert beside(tmp_path) == []
    with monkeypatch.context() as patch:
        patch.setattr(images, "has_ps", lambda: False)
        assert [image.tag for image in beside(tmp_path)] == [SIDECAR]
    (tmp_path / "conftest.py").write_text("def room(scene):\n    return scene.sidecar('web').space('/data')\n")
    assert [image.tag for image in beside(tmp_path)] == [SIDECAR]
