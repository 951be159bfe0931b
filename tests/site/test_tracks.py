"""A track's page: sessions with minutes and links, the map in order, the short route, and what is left out."""

from __future__ import annotations

import re
import tomllib

import pytest

from kikori import paths
from kikori.content.tracks import Schedule
from kikori.settings import Lang
from kikori.site import pages
from kikori.site.assembly import plain
from kikori.site.content import LANGS, Content

from .test_navigation import pages_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def written(real: Content) -> dict[str, str]:
    """Every track's page in both languages."""
    return {f"{one.track.id}.{lang}": pages.track(one, real, lang) for one in real.tracks for lang in LANGS}


def rows(page: str) -> list[list[str]]:
    """The cells of the table of sessions."""
    table = page.partition("|---|---|---|\n")[2].partition("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in table.splitlines()]


def minutes(cell: str) -> int:
    found = re.search(r"\d+", cell)
    assert found
    return int(found[0])


def lesson_minutes(ref: str) -> int:
    about = tomllib.loads((paths.ROOT / "courses" / ref / "module.toml").read_text(encoding="utf-8"))
    return int(about["reading"]) + int(about["practice"])


def test_minutes_of_a_session_are_those_on_the_pages_of_its_modules(written: dict[str, str]) -> None:
    """What the courses' pages say, read there, times the factor that the track's page says."""
    for lang in LANGS:
        page = written[f"two-weeks.{lang}"]
        found = re.search(r"1\.5", page.partition("|---|")[0])
        assert found, "the page says the factor"
        first, second = (lesson_minutes(f"start-here/{name}") for name in ("how-to-learn", "sharpening-the-axe"))
        assert minutes(rows(page)[0][2]) == (first + second) * 1.5


@pytest.mark.parametrize("lang", LANGS)
def test_table_has_a_row_for_each_session_and_links_to_all_that_is_done(
    real: Content, written: dict[str, str], lang: Lang
) -> None:
    for one in real.tracks:
        found = rows(written[f"{one.track.id}.{lang}"])
        assert [minutes(cells[2]) for cells in found] == [session.minutes for session in one.sessions]
        for session, (title, done, _) in zip(one.sessions, found, strict=True):
            assert session.title.lang(lang) in title
            assert re.findall(r"\]\(\.\./\.\./labs/([a-z0-9-]+)\.md\)", done) == list(session.labs)
            pages_there = [f"{step.module}/{step.page}" for step in session.steps if step.page]
            assert re.findall(r"\]\(\.\./([a-z0-9/-]+)\.md\)", done) == pages_there


def test_a_part_of_a_lab_is_told(written: dict[str, str]) -> None:
    assert "(90 of 270 min)" in written["two-weeks.en"]
    assert "（270分のうち90分）" in written["two-weeks.ja"]
    assert "(40 of 110 min)" in written["slo-day.en"]


@pytest.mark.parametrize("lang", LANGS)
def test_map_has_the_modules_in_the_order_of_the_track(real: Content, written: dict[str, str], lang: Lang) -> None:
    for one in real.tracks:
        chart = written[f"{one.track.id}.{lang}"].partition("```mermaid\n")[2].partition("```")[0]
        titles = [real.modules[ref].about.title.lang(lang) for ref in one.modules]
        assert re.findall(r'\["(\d+)\. (.+)"\]', chart) == [(str(n), title) for n, title in enumerate(titles, 1)]
        known = [real.modules[ref].about.title.lang(lang) for ref in one.track.about.assumes]
        assert re.findall(r'\(\["(.+)"\]\)', chart) == known
        assert " --> " in chart


def test_short_route_and_what_is_left_out_are_told(real: Content, written: dict[str, str]) -> None:
    page = written["two-weeks.en"]
    short = page.partition("## When you fall behind")[2].partition("\n## ")[0]
    assert "- [Paging a person](../observability/paging/why.md)\n" in short
    assert "why.md): Lab: [The stop that cost a lunch](../../labs/slow-stop.md)" in short
    out = page.partition("## What it leaves out")[2].partition("\n## ")[0]
    (two_weeks,) = [one for one in real.tracks if one.track.id == "two-weeks"]
    left = set(re.findall(r"\(\.\./([a-z0-9/-]+)/why\.md\)", out))
    assert left == {*real.modules} - {*two_weeks.modules}


def test_every_track_is_in_the_list_the_navigation_and_on_the_courses_page(real: Content) -> None:
    from kikori.site.navigation import navigation

    tree = {name: text.decode() for name, text in plain(real).items() if name.endswith(".md")}
    named = pages_of(navigation(real, "en"))
    for one in real.tracks:
        assert f"({one.track.id}.md)" in tree["courses/tracks/index.md"]
        assert f"(tracks/{one.track.id}.md)" in tree["courses/index.ja.md"]
        assert f"courses/tracks/{one.track.id}.md" in named


def test_content_without_tracks_has_no_page_of_them(tiny: object, read: object) -> None:
    content = read()  # type: ignore[operator]
    assert not [name for name in plain(content) if "tracks" in name]
    assert "tracks/" not in plain(content)["courses/index.md"].decode()


def test_hours_are_those_of_the_sessions(real: Content, written: dict[str, str]) -> None:
    def hours(found: Schedule) -> float:
        return sum(session.minutes for session in found.sessions) / 60

    for one in real.tracks:
        said = re.search(r"([\d.]+) hours in all", written[f"{one.track.id}.en"])
        assert said
        assert abs(float(said[1]) - hours(one)) <= 0.5
