"""The words of the home page alive, in both languages."""

from __future__ import annotations

import re
import tomllib

import pytest

from english_sentences import english_in
from kikori.attempts import Store, reading
from kikori.content import Catalog
from kikori.content.tracks import syllabus_of
from kikori.learner.session import Session
from kikori.model import Attempt, Stage
from kikori.panel.home.fragments import WORDS, fragments, lasting
from kikori.panel.home.standing import lessons
from kikori.settings import Lang

pytestmark = pytest.mark.slow

LANGS: tuple[Lang, Lang] = ("en", "ja")
LAB = "silent-exit"
HOMES = {"en": "/", "ja": "/ja/"}
SAID = tomllib.loads(WORDS.read_text(encoding="utf-8"))


def begin(stage: Stage, lab: str = LAB, since: float = 0.0, **more: object) -> Attempt:
    """An attempt that was broken some seconds ago."""
    told = {"id": f"{lab}-abc123", "lab": lab, "learner": "ada", "seed": 1, "params": {}, "stage": stage}
    found = Store().save(Attempt(**told | more))  # type: ignore[arg-type]
    Store().record(found, "broke")
    log = Store().folder(found.id) / "events.jsonl"
    (event,) = Store().events(found)
    log.write_text(log.read_text().replace(str(event.at), str(event.at - since)))
    return found


def button(lang: Lang) -> tuple[str, str]:
    """The address and the words of what is to be pressed; there is one."""
    (found,) = re.findall(r'class="md-button[^"]*" href="([^"]+)"[^>]*>([^<]+)</a>', fragments(Session(lang=lang)).hero)
    return found


def hero(lang: Lang) -> str:
    return fragments(Session(lang=lang)).hero


@pytest.mark.parametrize(("lang", "words"), [("en", "Start first-look"), ("ja", "first-look を始める")])
def test_whoever_did_nothing_is_led_to_the_first_lab(lang: Lang, words: str) -> None:
    assert button(lang) == (f"{HOMES[lang]}labs/first-look/", words)
    assert 'data-start="first-look"' in hero(lang)
    assert {"en": "about 30 minutes", "ja": "30分"}[lang] in hero(lang)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "Continue silent-exit: broken for 12 min"), ("ja", "silent-exit の続き（故障から12分）")],
)
def test_what_is_broken_says_for_how_long(lang: Lang, words: str) -> None:
    begin(Stage.BROKEN, since=12 * 60 + 5)
    assert button(lang) == (f"{HOMES[lang]}labs/silent-exit/", words)
    assert "data-start" not in hero(lang)
    assert Catalog().lab(LAB).about.title.lang(lang) in hero(lang)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("stage", [one for one in Stage if one is not Stage.STOPPED])
def test_every_stage_has_its_words(lang: Lang, stage: Stage) -> None:
    begin(stage)
    assert SAID[lang]["stage"][stage].format(time=SAID[lang]["moment"]) in button(lang)[1]


@pytest.mark.parametrize("lang", LANGS)
def test_a_pause_and_an_explanation_are_told(lang: Lang) -> None:
    found = begin(Stage.FIXED, explained=True)
    assert SAID[lang]["explained"] in button(lang)[1]
    Store().move(found, paused=True)
    assert SAID[lang]["paused"] in button(lang)[1]


@pytest.mark.parametrize(
    ("lang", "page", "words"),
    [
        ("en", "how", "Read on: How"),
        ("ja", "how", "続きを読む（どうやる）"),
    ],
)
def test_after_a_page_the_next_one_is_offered_with_the_minutes_left_of_its_module(
    lang: Lang, page: str, words: str
) -> None:
    reading.mark("start-here/how-to-learn/why", read=True)
    assert button(lang) == (f"{HOMES[lang]}courses/start-here/how-to-learn/{page}/", words)
    left = sum(step.minutes for step in syllabus_of(Catalog()).whole("start-here/how-to-learn")[1:])
    assert {"en": f"About {left} minutes left of this module", "ja": f"あと約{left}分"}[lang] in hero(lang)


@pytest.mark.parametrize("lang", LANGS)
def test_all_labs_and_courses_are_counted(lang: Lang) -> None:
    begin(Stage.STOPPED, lab="first-look", submitted="/x.kikori")
    labs = len(Catalog().labs())
    assert {"en": f"1 of {labs} labs done", "ja": f"ラボ 1/{labs} 済み"}[lang] in hero(lang)
    found = fragments(Session(lang=lang)).map
    courses = Catalog().courses()
    assert found.count("<progress ") == len(courses)
    for course in courses:
        assert f'aria-label="{course.about.title.lang(lang)}' in found
    assert found.count("data-ref=") == sum(len(course.modules) for course in courses)


@pytest.mark.parametrize("lang", LANGS)
def test_the_map_says_in_words_what_is_done_begun_and_next(lang: Lang) -> None:
    for page in ("why", "how", "why-again"):
        reading.mark(f"start-here/how-to-learn/{page}", read=True)
    begin(Stage.STOPPED, lab="first-look", submitted="/x.kikori")
    reading.mark("start-here/sharpening-the-axe/why", read=True)
    items = dict(re.findall(r'data-ref="([^"]+)">(.*?)</li>', fragments(Session(lang=lang)).map, re.DOTALL))
    said = SAID[lang]
    assert f"✓ {said['done']}" in items["start-here/how-to-learn"]
    assert f"◐ {said['begun']}" in items["start-here/sharpening-the-axe"]
    assert f"▶ {said['next']}" in items["start-here/sharpening-the-axe"]
    assert [ref for ref, text in items.items() if said["next"] + "</b>" in text] == ["start-here/sharpening-the-axe"]
    before = Catalog().courses()[0].modules[1].about.title.lang(lang)
    assert said["before"].format(titles=before) in items["start-here/home-server"]


@pytest.mark.parametrize("lang", LANGS)
def test_whoever_did_everything_is_offered_another_round(lang: Lang) -> None:
    for name in lessons(syllabus_of(Catalog())):
        reading.mark(name, read=True)
    for lab in Catalog().labs():
        begin(Stage.STOPPED, lab=lab.id, submitted="/x.kikori")
    assert button(lang) == (f"{HOMES[lang]}labs/", SAID[lang]["all-done"])
    assert "100" in fragments(Session(lang=lang)).map


@pytest.mark.parametrize("lang", LANGS)
def test_what_still_runs_beside_it_is_linked(lang: Lang) -> None:
    begin(Stage.FIXED, lab="first-look", submitted="/x.kikori")
    assert f'href="{HOMES[lang]}labs/first-look/">first-look</a> ({SAID[lang]["submitted"]})' in hero(lang)


def test_a_reader_of_japanese_meets_no_english_sentence() -> None:
    begin(Stage.BROKEN)
    found = fragments(Session(lang="ja"))
    assert not english_in(re.sub(r"<[^>]*>", "、", found.hero + found.map))


@pytest.mark.parametrize(
    ("seconds", "en", "ja"),
    [
        (59, "less than a minute", "1分未満"),
        (60, "1 min", "1分"),
        (119 * 60, "119 min", "119分"),
        (120 * 60, "2 h", "2時間"),
        (47 * 3600 + 3599, "47 h", "47時間"),
        (48 * 3600, "2 days", "2日"),
    ],
)
def test_a_time_is_told_in_one_unit(seconds: float, en: str, ja: str) -> None:
    assert (lasting(seconds, "en"), lasting(seconds, "ja")) == (en, ja)
