"""What goes back to a learner: their own work and nothing of others, in their language, harmless whatever is in it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.replay.verdict import Verdict
from kikori.review import feedback
from kikori.review.feedback import MOST_BYTES, Feedback, html_of, markdown_of, read_feedback, write_feedback
from kikori.review.marks import Level, Mark, note
from kikori.review.results import file_names
from kikori.review.store import digest_of, opened
from kikori.review.web.file_templates import TEMPLATES
from terminal_user import Kikori

from .made_up import ANSWER, Learner, judged, made_up

JAPANESE = "時刻表の利用者には白いページしか見えず、ウェブサーバーのログが原因のファイルを示していた [#1]。"
EVIL = "<img src=https://evil.example/x onerror=alert(1)> ![x](https://evil.example/y) \x1b[31mred\x1b[0m\x07\u202e"


def written(folder: Path) -> Path:
    write_feedback(folder, folder / "feedback", Catalog())
    return folder / "feedback"


def one(tmp_path: Path, learner: Learner) -> Feedback:
    folder = written(made_up(tmp_path / "class", learner))
    (file,) = folder.glob("*.json")
    return read_feedback(file)


@pytest.mark.parametrize("part", ["feedback", "report", "peers"])
def test_words_are_there_in_both_languages(part: str) -> None:
    both = tomllib.loads((TEMPLATES / f"{part}-words.toml").read_text(encoding="utf-8"))
    assert both["en"].keys() == both["ja"].keys()
    assert not [key for lang in both.values() for key, text in lang.items() if not text]


def test_each_learner_gets_one_in_three_forms_and_nothing_of_the_others(tmp_path: Path) -> None:
    ada = Learner(name="ada", level=2, comment="Well found, ada.")
    bob = Learner(name="bob", level=0, comment="A word for bob alone.", answer=f"{ANSWER} By me, bob.")
    folder = written(made_up(tmp_path / "class", ada, bob))
    forms = {f"{name}-first-look.feedback.{form}" for name in ("ada", "bob") for form in ("json", "html", "md")}
    assert {file.name for file in folder.iterdir()} == forms
    for form in ("json", "html", "md"):
        text = (folder / f"ada-first-look.feedback.{form}").read_text()
        assert "Well found, ada." in text
        assert "bob" not in text


def test_it_holds_marks_steps_checks_and_time(tmp_path: Path) -> None:
    found = one(tmp_path, Learner(name="ada", level=2, comment="Good.", hints=2, failures=1))
    assert found.verdict is Verdict.VERIFIED
    assert (found.points, found.of) == (8.0, 12)
    assert [(part.id, part.level, part.points) for part in found.criteria] == [
        ("symptom", 2, 2.0),
        ("evidence", 2, 2.0),
        ("stop-gap", 2, 1.5),
        ("mechanism", 2, 2.5),
    ]
    assert all(part.full and part.comment == "So it is." for part in found.criteria)
    assert (found.checks[0].before, found.checks[0].after) == ("failed", "passed")
    assert (found.steps, found.said, found.minutes, found.hints) == (
        ("detect", "mitigate"),
        ("detect", "locate"),
        30,
        2,
    )
    assert (found.shown("locate"), found.shown("cause")) == ("said", "no")


def test_points_are_kept_back_until_every_criterion_has_a_mark(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", Learner(name="ada", file="a.kikori"))
    with opened(folder) as store:
        note(store, Mark(submission=digest_of(folder / "a.kikori"), criterion="symptom", level=Level.ALL))
    found = read_feedback(written(folder) / "ada-first-look.feedback.json")
    assert (found.points, found.criteria[0].points) == (None, 3.0)
    assert "Not every part is marked yet." in html_of(found)


def test_a_word_by_hand_stands_before_the_machines(tmp_path: Path) -> None:
    failed = Learner(
        name="ada", verdict=Verdict.NOT_VERIFIED, reason="saw nothing", by_hand="verified", comment="Seen."
    )
    found = one(tmp_path, failed)
    assert (found.verdict, found.by_hand, found.reason) == (Verdict.VERIFIED, True, "")
    assert (found.steps, found.said) == (("detect", "mitigate"), ("detect",))


def test_a_mark_that_the_machine_has_overtaken_is_told(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", Learner(name="ada", file="a.kikori", level=2))
    again = Learner(name="ada", verdict=Verdict.NOT_VERIFIED)
    with opened(folder) as store:
        store.note(digest_of(folder / "a.kikori"), judged(again, "a.kikori"))
    (told,) = write_feedback(folder, tmp_path / "out", Catalog()).told
    assert "a.kikori: the machine says something else now" in told


def test_a_lab_without_faults_has_no_steps(tmp_path: Path) -> None:
    found = one(tmp_path, Learner(name="ada", lab="fat-image"))
    assert found.asked == ()
    assert "four steps" not in html_of(found) + markdown_of(found)


def test_what_could_not_be_verified_is_said_not_to_count(tmp_path: Path) -> None:
    found = one(tmp_path, Learner(name="ada", verdict=Verdict.COULD_NOT_VERIFY, reason="a broken check"))
    assert "does not count against you" in markdown_of(found)
    assert found.checks[0].after is None
    assert (found.shown("detect"), found.shown("mitigate")) == ("said", "unknown")


def test_a_report_as_long_as_a_file_may_be_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MOST_CHECKS", 2)
    found = one(tmp_path, Learner(name="ada", verdict=Verdict.COULD_NOT_VERIFY))
    assert [check.title for check in found.checks] == ["Check page.", "Check process."]


def test_it_speaks_the_learners_language(tmp_path: Path) -> None:
    found = one(tmp_path, Learner(name="青井", answer=JAPANESE, level=3))
    assert found.lang == "ja"
    assert '<html lang="ja">' in html_of(found)
    assert "あなたの説明" in markdown_of(found)
    assert re.search(r"[ぁ-ん]", found.criteria[0].full)


def test_nothing_of_it_is_in_the_instructors_language(tmp_path: Path) -> None:
    """The replay spoke Japanese; that the learner's own Kikori spoke English changes nothing."""
    ada = Learner(name="青井", answer=JAPANESE, file="a.kikori", verdict=Verdict.NOT_VERIFIED)
    folder = made_up(tmp_path / "class", ada)
    seen = judged(ada, "a.kikori")
    assert seen.report
    checks = tuple(
        msgspec.structs.replace(check, title="時刻表が見える。", reason="" if number else "白いページだった")
        for number, check in enumerate(seen.report.checks)
    )
    with opened(folder) as store:
        report = msgspec.structs.replace(seen.report, checks=checks)
        row = msgspec.structs.replace(seen.row, reason="時刻表が見える。 白いページだった")
        store.note(digest_of(folder / "a.kikori"), msgspec.structs.replace(seen, report=report, row=row))
    found = read_feedback(written(folder) / "青井-first-look.feedback.json")
    assert {check.title for check in found.checks} == {"時刻表が見える。"}
    assert found.checks[0].reason == "白いページだった"
    assert not re.search(r"Check |saw nothing", html_of(found) + markdown_of(found))


def test_peers_are_heard_without_their_names(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", Learner(name="ada", file="a.kikori"), Learner(name="bob", file="b.kikori"))
    with opened(folder) as store:
        digest = digest_of(folder / "a.kikori")
        said = "Clear to me. Bob"
        note(store, Mark(submission=digest, criterion="symptom", by="bob", level=Level.MOST, comment=said))
    text = (written(folder) / "ada-first-look.feedback.json").read_text()
    (word,) = msgspec.json.decode(text, type=Feedback).criteria[0].peers
    assert (word.level, word.comment) == (2, "Clear to me. a colleague")
    assert "bob" not in text.lower()


def test_the_last_of_two_submissions_counts_and_both_are_told(tmp_path: Path) -> None:
    first = Learner(name="ada", handed_in=20, file="first.kikori", verdict=Verdict.NOT_VERIFIED)
    folder = made_up(tmp_path / "class", Learner(name="ada", handed_in=40, file="again.kikori"), first)
    done = write_feedback(folder, tmp_path / "out", Catalog())
    assert (done.files, done.learners) == (1, 1)
    assert done.told == (
        "ada has 2 submissions of first-look (first.kikori, again.kikori); again.kikori counts, as the last",
    )
    assert read_feedback(tmp_path / "out" / "ada-first-look.feedback.json").verdict is Verdict.VERIFIED


def test_what_cannot_be_read_or_was_not_replayed_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", Learner(name="ada"), Learner(name=" "), Learner(name="cy", lab="no-such-lab"))
    (folder / "broken.kikori").write_bytes(b"no zip")
    done = write_feedback(folder, tmp_path / "out", Catalog())
    assert done.files == 1
    assert len(done.told) == 3
    assert "not replayed yet" in " ".join(done.told)


@pytest.mark.slow
def test_a_folder_without_a_review_says_what_to_type(tmp_path: Path, kikori: Kikori) -> None:
    said = kikori("review", "feedback", str(tmp_path))
    assert said.returncode == 2
    assert f"./kikori review {tmp_path}" in said.stderr
    assert not (tmp_path / "review.sqlite").exists()


def test_names_of_files_are_anybodys_and_nobodys_twice() -> None:
    names = file_names(["a/b", "a_b", "A_B", "../../etc/passwd", "...", "日本", "x" * 300])
    assert len({name.casefold() for name in names.values()}) == len(names)
    assert not [name for name in names.values() if "/" in name or name.startswith(".")]
    assert names["日本"] == "日本"


def test_hostile_text_stays_text_in_every_form(tmp_path: Path) -> None:
    evil = Learner(name="ada", level=1, comment=EVIL, verdict=Verdict.NOT_VERIFIED, reason=EVIL)
    found = one(tmp_path, evil)
    page, text = html_of(found), markdown_of(found)
    assert not re.search(r"<(img|script|iframe|link)", page)
    assert not re.search(r"(src|href)=", page.replace("src=https://evil.example/x onerror", ""))
    assert "style-src 'sha256-" in page.split("<title>")[0].replace("&#39;", "'")
    assert not re.search(r"(?<!\\)<img|(?<!\\)!\[|(?<!\\)\]\(", text.replace("!\\[", ""))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", page + text)


@pytest.mark.slow
def test_a_command_shows_it_harmlessly(tmp_path: Path, kikori: Kikori) -> None:
    folder = written(made_up(tmp_path / "class", Learner(name="ada", level=1, comment=EVIL)))
    file = str(folder / "ada-first-look.feedback.json")
    said = kikori("feedback", file)
    assert said.returncode == 0
    assert "Verified" in said.stdout
    assert "of 12 points" in said.stdout
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", said.stdout)
    assert kikori("feedback", file, "--html").stdout.startswith("<!doctype html>")
    assert kikori("feedback", file, "--markdown").stdout.startswith("# ")
    assert json.loads(kikori("feedback", file, "--json").stdout)["learner"] == "ada"
    assert kikori("feedback", file, "--html", "--markdown").returncode == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[" * 200_000,
        b"\xff\xfe",
        b'{"format": 2}',
    ],
)
def test_what_is_no_feedback_file_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.feedback.json"
    file.write_bytes(data)
    with pytest.raises(KikoriError, match="not a feedback file"):
        read_feedback(file)


def test_a_file_that_is_too_large_is_not_read_though_it_is_well_formed(tmp_path: Path) -> None:
    file = tmp_path / "x.feedback.json"
    file.write_bytes(msgspec.json.encode(one(tmp_path, Learner(name="ada"))).ljust(MOST_BYTES + 1))
    with pytest.raises(KikoriError, match="not a feedback file"):
        read_feedback(file)


def test_a_file_with_one_key_more_or_a_strange_step_is_refused(tmp_path: Path) -> None:
    told = msgspec.to_builtins(one(tmp_path, Learner(name="ada")))
    for changed in (told | {"more": 1}, told | {"asked": ["dance"]}, told | {"lang": "fr"}, told | {"format": 2}):
        file = tmp_path / "x.feedback.json"
        file.write_text(json.dumps(changed))
        with pytest.raises(KikoriError, match="not a feedback file"):
            read_feedback(file)
