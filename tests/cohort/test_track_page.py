"""The instructor's page of a track, as it is served and as a browser shows it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from kikori import paths
from kikori.cohort.messages import Where
from kikori.cohort.server.store import Learner, Place
from kikori.cohort.server.track_page import PlaceInTrack, TrackPage, places_in
from kikori.content import Catalog
from kikori.content.tracks import Schedule, schedule_of

from .conftest import TOKEN, Cohort, told
from .test_game_page import rows
from .test_page import CONTRAST, HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Page

ADA = Learner(id="a", name="ada")


@pytest.fixture(scope="module")
def evenings() -> Schedule:
    return schedule_of(Catalog([paths.ROOT]), "evenings")


def placed(track: Schedule, *done: str, places: tuple[Place, ...] = ()) -> PlaceInTrack:
    (row,) = places_in(track, [ADA], places, {"a": set(done), "b": set(track.labs)})
    return row


def stretch(row: PlaceInTrack) -> tuple[int, int]:
    assert row.next
    return row.first, row.next.number


def place(lab: str, heard: float, stage: Where = Where.BROKEN) -> Place:
    return Place(learner="a", name="ada", lab=lab, stage=stage, since=0, heard=heard, failing="", title="", hints=0)


@pytest.mark.slow
def test_a_beginner_is_in_the_first_session(evenings: Schedule) -> None:
    row = placed(evenings)
    assert (row.done, stretch(row)) == ((), (1, 1))


def test_sessions_without_a_lab_lie_in_the_stretch(evenings: Schedule) -> None:
    assert stretch(placed(evenings, "first-look")) == (2, 6)


def test_a_lab_over_several_evenings_is_not_over_before_the_last(evenings: Schedule) -> None:
    before = evenings.labs[: evenings.labs.index("four-signals")]
    assert stretch(placed(evenings, *before)) == (16, 18)
    assert stretch(placed(evenings, *before, "four-signals")) == (19, 19)


def test_a_gap_counts_and_what_is_no_part_does_not(evenings: Schedule) -> None:
    row = placed(evenings, "first-look", "fat-image", "lost-neighbour")
    assert row.done == ("first-look", "fat-image")
    assert stretch(row) == (2, 6)


def test_who_has_done_all_has_no_next_session(evenings: Schedule) -> None:
    row = placed(evenings, *evenings.labs)
    assert (row.next, len(row.done)) == (None, len(evenings.labs))


def test_where_a_learner_is_now_is_the_last_heard_of_the_track(evenings: Schedule) -> None:
    at = (place("silent-exit", 5), place("fat-image", 9), place("lost-neighbour", 20))
    now = placed(evenings, places=at).now
    assert now
    assert now.lab == "fat-image"
    assert placed(evenings, places=(place("fat-image", 9, Where.PAUSED),)).now is None


@pytest.mark.slow
def test_the_least_done_comes_first(cohort: Cohort) -> None:
    for name, labs in (("ada", ("first-look", "silent-exit")), ("ben", ("first-look",)), ("cy", ())):
        _, server = cohort.enrolled(name)
        for lab in labs:
            server.check_in(told(Where.SUBMITTED, lab=lab))
            server.check_in(told(Where.STOPPED, lab=lab))
        if name == "ben":
            server.check_in(told(lab="silent-exit"))
    page = cohort.page("/tracks?track=two-weeks").text
    assert rows(page, "places") == [
        ["cy", "0 of 10", "–", "1: The loop, and sharp tools"],
        ["ben", "1 of 10 first-look", "silent-exit broken", "2: A container is a process"],
        [
            "ada",
            "2 of 10 first-look, silent-exit",
            "–",
            "3: A stop that loses nothing, and what a process waits for",
        ],
    ]
    assert rows(cohort.page("/tracks/live?track=two-weeks").text, "places") == rows(page, "places")


@pytest.mark.slow
def test_the_track_is_chosen_and_an_unknown_one_is_the_first(cohort: Cohort) -> None:
    cohort.enrolled("ada")
    for asked, shown in (("slo-day", "slo-day"), ("none-such", "two-weeks"), (HOSTILE, "two-weeks")):
        page = LexborHTMLParser(cohort.page(f"/tracks?track={asked}").text)
        (chosen,) = page.css("option[selected]")
        assert chosen.attributes["value"] == shown
        assert [one.attributes.get("src") for one in page.css("script")] == ["/static/page.js"]
    assert len(page.css("select#track option")) == len(list((paths.ROOT / "courses/tracks").glob("*.toml")))


@pytest.mark.slow
def test_both_languages_and_the_way_between_them(cohort: Cohort) -> None:
    cohort.enrolled("ada")
    japanese = cohort.page("/tracks?lang=ja&track=slo-day").text
    assert "SLO を学ぶ1日" in japanese
    assert "次の回" in japanese
    assert 'href="/tracks?lang=en&amp;track=slo-day"' in japanese
    assert 'href="/tracks?lang=ja"' in cohort.page("/?lang=ja").text


@pytest.mark.slow
def test_without_learners_the_page_says_so(cohort: Cohort) -> None:
    assert "Nobody has joined yet." in cohort.page("/tracks").text


def test_tracks_that_can_not_be_read_are_told(cohort: Cohort, tmp_path: Path) -> None:
    folder = tmp_path / "broken" / "courses" / "tracks"
    folder.mkdir(parents=True)
    (folder / "trial.toml").write_text("order = 1\n")
    view = TrackPage(cohort.store, Catalog([tmp_path / "broken"]), "en")._view("")
    assert "trial.toml" in view.problem
    assert (view.track, view.rows) == (None, ())
    assert TrackPage(cohort.store, Catalog([tmp_path / "none"]), "en")._view("").track is None


def test_strangers_see_no_track(cohort: Cohort) -> None:
    import requests

    assert requests.get(cohort.url + "/tracks", timeout=10).status_code in (401, 403)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_off_and_all_text_has_contrast(cohort: Cohort, page: Page, width: int, scheme: str) -> None:
    _, server = cohort.enrolled("x" * 80)
    for lab in ("first-look", "silent-exit", "slow-stop", "silent-process", "half-open"):
        server.check_in(told(Where.SUBMITTED, lab=lab))
    server.check_in(told(lab="four-signals"))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{cohort.url}/tracks?token={TOKEN}")
    assert page.locator("tbody tr").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []


@pytest.mark.browser
def test_another_track_is_chosen_and_the_page_renews_itself(cohort: Cohort, page: Page) -> None:
    _, ada = cohort.enrolled("ada")
    page.goto(f"{cohort.url}/tracks?token={TOKEN}")
    page.get_by_label("Track", exact=True).select_option("slo-day")
    page.wait_for_url("**track=slo-day")
    assert page.locator("tbody td").first.inner_text() == "0 of 1"
    page.locator("h2").click()
    ada.check_in(told(Where.SUBMITTED, lab="first-slo"))
    page.get_by_text("all labs done").wait_for()
