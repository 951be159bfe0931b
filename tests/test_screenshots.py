"""The pictures of all pages: taken by one command, named by what they show, and small."""

from __future__ import annotations

import struct
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kikori import paths
from tools.screenshots.camera import ASSETS, DOCS, LOOKS, both, name_of
from tools.screenshots.small_png import smaller

if TYPE_CHECKING:
    from playwright.sync_api import Page

STRIPES = """<body style="margin:0">
<div style="height:300px;background:linear-gradient(90deg,#1f6b43,#a8591a,#fff)"></div>
<p style="font-size:40px">斧</p>"""
HALVES = """source => new Promise(done => {
  const picture = new Image();
  picture.onload = () => {
    const pen = Object.assign(document.createElement("canvas"), { width: 600, height: 400 }).getContext("2d");
    pen.drawImage(picture, 0, 0);
    done([...pen.getImageData(0, 10, 1, 1).data, ...pen.getImageData(599, 10, 1, 1).data]);
  };
  picture.src = source;
})"""


def test_each_look_has_a_name_of_its_own() -> None:
    names = [name_of("home", lang, look) for lang in both() for look in LOOKS]
    assert len({*names}) == len(names) == 6
    assert {"home-en-light-desktop.png", "home-en-dark-desktop.png", "home-ja-light-phone.png"} <= {*names}


def test_there_is_one_way_and_it_is_told() -> None:
    assert "-m tools.screenshots" in (paths.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert not [*(paths.ROOT / "tests").rglob("screenshots.py")]


def test_pictures_of_the_guides_are_those_that_are_written() -> None:
    written = {f"{name}{end}.png" for looks in DOCS.values() for name in looks.values() for end in ("", ".ja")}
    assert written == {file.name for file in ASSETS.glob("*.png")}
    guides = "".join(file.read_text(encoding="utf-8") for file in (paths.ROOT / "docs").glob("*.md"))
    assert {name for name in written if name in guides or name.replace(".ja.png", ".png") in guides} == written


@pytest.mark.slow
def test_an_unknown_page_is_refused(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "tools.screenshots", "--only", "moon", str(tmp_path)]
    said = subprocess.run(argv, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 2
    assert "choose from" in said.stderr
    assert "workbench" in said.stderr


@pytest.mark.browser
def test_a_picture_is_made_small_and_shows_the_same(page: Page) -> None:
    page.set_viewport_size({"width": 600, "height": 400})
    page.set_content(STRIPES)
    png = page.screenshot()
    small = smaller(page, png)
    assert len(small) < len(png)
    assert struct.unpack(">IIBB", small[16:26]) == (600, 400, 8, 3)
    both_ends = [page.evaluate(HALVES, f"data:image/png;base64,{b64encode(data).decode()}") for data in (png, small)]
    assert all(abs(one - other) < 16 for one, other in zip(*both_ends, strict=True)), both_ends


@pytest.mark.browser
def test_the_cohorts_page_is_taken_in_every_look(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "tools.screenshots", "--only", "cohort", str(tmp_path)]
    subprocess.run(argv, cwd=paths.ROOT, check=True)
    wanted = {name_of("cohort", lang, look) for lang in both() for look in LOOKS}
    assert {file.name for file in tmp_path.iterdir()} == wanted
    for file in tmp_path.iterdir():
        data = file.read_bytes()
        width = 390 if "phone" in file.name else 1280
        assert struct.unpack(">I", data[16:20]) == (width,)
        assert 5_000 < len(data) < 100_000, "something is on it, and it is small"
