"""The rules of tracks: order, bounds, and a word on every module."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.lint import lint

from .spoiling import Spoil, hold, look, name

pytestmark = pytest.mark.slow

FILE = "courses/tracks/round.toml"
TRACK = """
order = 10
unit = "day"
factor = 1.5
bound = 250
title = { en = "Once round", ja = "ひと回り" }
summary = { en = "The loop, and the tools.", ja = "学び方と道具。" }
audience = { en = "For a test.", ja = "試験のため。" }

[[sessions]]
title = { en = "The loop", ja = "学び方" }
items = [
  { module = "start-here/how-to-learn", parts = ["why", "how"] },
  { lab = "first-look", minutes = 20 },
]

[[sessions]]
title = { en = "The tools", ja = "道具" }
items = [
  { lab = "first-look", minutes = 10 },
  { module = "start-here/how-to-learn", parts = ["why-again"] },
  { module = "start-here/sharpening-the-axe" },
]

[[leaves_out]]
modules = ["start-here/home-server"]
reason = { en = "There is a server.", ja = "サーバーはもうある。" }

[short]
skips = [{ module = "start-here/sharpening-the-axe" }]
keeps = { en = "The loop.", ja = "学び方。" }
"""
LEFT = TRACK[TRACK.index("[[leaves_out]]") : TRACK.index("[short]")]
SPREAD = '  { lab = "first-look", minutes = 10 },\n'
AGAIN = '  { module = "start-here/how-to-learn", parts = ["why-again"] },\n'

SPOILS = [
    Spoil("track-speaks-of-every-module", FILE, LEFT, "", 'put "start-here/home-server" into a session'),
    Spoil(
        "track-speaks-of-every-module",
        FILE,
        AGAIN,
        "",
        'put "start-here/how-to-learn" into a session',
        at="how-to-learn",
    ),
    Spoil(
        "track-speaks-of-every-module",
        FILE,
        '["start-here/home-server"]',
        '["start-here/home-server", "start-here/sharpening-the-axe"]',
        "take it out of `leaves_out`",
        at="sharpening-the-axe",
    ),
    Spoil(
        "track-speaks-of-every-module",
        FILE,
        "bound = 250",
        'bound = 250\nassumes = ["start-here/home-server"]',
        "name it once",
        at="home-server",
    ),
    Spoil(
        "track-speaks-of-every-module",
        FILE,
        "bound = 250",
        'bound = 250\nassumes = ["start-here/how-to-learn"]',
        "take it out of `assumes`",
        at="assumes",
    ),
    Spoil(
        "track-keeps-prerequisites",
        FILE,
        AGAIN + '  { module = "start-here/sharpening-the-axe" },\n',
        '  { module = "start-here/sharpening-the-axe" },\n' + AGAIN,
        "put start-here/how-to-learn before it",
        at="sharpening-the-axe",
    ),
    Spoil("track-session-in-bounds", FILE, "bound = 250", "bound = 150", "another session", at="The tools"),
    Spoil("track-spreads-all-of-it", FILE, SPREAD, "", "its minutes be 30", at="first-look"),
    Spoil("track-spreads-all-of-it", FILE, SPREAD, SPREAD + SPREAD, "its minutes be 30", at="first-look"),
    Spoil(
        "track-skips-what-it-has",
        FILE,
        'skips = [{ module = "start-here/sharpening-the-axe" }]',
        'skips = [{ module = "start-here/home-server", parts = ["why"] }]',
        "take it out of [short]",
        at="[short]",
    ),
    Spoil(
        "track-short-route-holds",
        FILE,
        'skips = [{ module = "start-here/sharpening-the-axe" }]',
        'skips = [{ module = "start-here/how-to-learn" }]',
        "skip start-here/sharpening-the-axe, too",
        at="[short]",
    ),
    Spoil("track-in-both-languages", FILE, ', ja = "試験のため。"', "", "beside audience.en", at="For a test."),
    Spoil("contract", FILE, "bound = 250", "bounds = 250", "Did you mean 'bound'?", at="bounds"),
    Spoil(
        "contract", FILE, "start-here/home-server", "start-here/home-sever", "Did you mean 'start-here/home-server'?"
    ),
    Spoil("contract", FILE, '"first-look", minutes = 20', '"first-lok", minutes = 20', "Did you mean 'first-look'?"),
]


@pytest.fixture
def tracked(content: Path) -> Path:
    """The content with a track that keeps every rule."""
    file = content / FILE
    file.parent.mkdir()
    file.write_text(TRACK, encoding="utf-8")
    return content


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(tracked: Path, spoil: Spoil) -> None:
    hold(tracked, spoil)


def test_new_module_is_named_to_the_track_that_says_nothing_of_it(tracked: Path) -> None:
    shutil.copytree(tracked / "courses/start-here/home-server", tracked / "courses/start-here/kitchen-server")
    (one,) = look(tracked)
    assert (one.rule, one.file) == ("track-speaks-of-every-module", str(tracked / FILE))
    assert one.message == "the track round says nothing of start-here/kitchen-server"


def test_track_need_not_speak_of_the_modules_of_another_root(tracked: Path, tmp_path: Path) -> None:
    shutil.copytree(paths.ROOT / "courses/slo", tmp_path / "added/courses/slo")
    assert "track-speaks-of-every-module" not in {
        one.rule for one in lint(Catalog([tracked, tmp_path / "added"])).findings
    }


def test_labs_longer_than_the_practice_are_found(tracked: Path) -> None:
    for folder in ("labs", "graders"):
        shutil.copytree(tracked / folder / "first-look", tracked / folder / "second-look")
    file = tracked / "courses/start-here/how-to-learn/module.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("practice = 65", "practice = 55"), encoding="utf-8")
    found = {one.rule: one for one in look(tracked)}
    assert found["labs-fit-their-module"].file == str(file)
    assert "60" in found["labs-fit-their-module"].fix


def test_tracks_are_not_looked_at_while_a_lab_can_not_be_read(tracked: Path) -> None:
    (tracked / "labs/first-look/task.md").unlink()
    assert {one.rule for one in look(tracked)} == {"contract"}
