"""Anybody can write anybody's name into a file: who sent it is compared, and nobody's own is replaced unseen."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kikori.content import Catalog
from kikori.errors import Exit
from kikori.replay.verdict import Row, Verdict
from kikori.review.gradebook.cohort_table import table_of
from kikori.review.gradebook.report_page import html_of
from kikori.review.results import classwork
from kikori.review.review_folder import ReviewFolder
from kikori.review.store import digest_of, opened
from kikori.review.submissions import SubmittedFile, handed_in
from kikori.review.web.queue import Entry, Uncertainty
from kikori.review.web.serving import open_review_folder
from kikori.review.web.views import reasons
from kikori.settings import Lang
from kikori.submission import read_manifest
from kikori.submission.senders import FILE, Senders, doubts_of, keep_senders

from .made_up import Learner, made_up

OWN = Learner(name="ada", file="a.kikori", handed_in=20, given=True)
FORGED = Learner(name="ada", file="b.kikori", handed_in=90, attempt="first-look-ffffff", given=True)
LANGUAGES: tuple[Lang, ...] = ("en", "ja")
SENT = {"a.kikori": "Ada", "b.kikori": "ben"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made_up(tmp_path / "class", OWN, FORGED)


@pytest.fixture
def review_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReviewFolder]:
    monkeypatch.setattr("kikori.review.review_folder.PATIENCE", 0)
    with open_review_folder(folder, Catalog()) as found:
        yield found


def entry(review_folder: ReviewFolder, file: str) -> Entry:
    (found,) = [one for one in review_folder.entries().values() if one.row.file == file]
    return found


def test_what_somebody_else_sent_does_not_replace_a_learners_own(folder: Path) -> None:
    keep_senders(folder, SENT)
    found = classwork(folder, Catalog())
    assert [work.file for work in found.works] == ["a.kikori"]
    assert found.told == (
        "b.kikori: sent by ben, and says that it is by ada",
        "ada has 2 submissions of first-look (b.kikori, a.kikori); a.kikori counts, as the last that nobody else sent; "
        "they come from 2 attempts or senders: ask whose they are",
    )


def test_of_two_attempts_the_last_counts_and_both_are_told(folder: Path) -> None:
    found = classwork(folder, Catalog())
    assert [work.file for work in found.works] == ["b.kikori"]
    assert found.told == (
        "ada has 2 submissions of first-look (a.kikori, b.kikori); b.kikori counts, as the last; "
        "they come from 2 attempts or senders: ask whose they are",
    )


def test_what_somebody_else_sent_is_told_where_the_learner_sent_nothing(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", FORGED)
    keep_senders(folder, SENT)
    found = classwork(folder, Catalog())
    assert [work.file for work in found.works] == ["b.kikori"]
    assert found.told == ("b.kikori: sent by ben, and says that it is by ada",)


def test_the_same_bytes_sent_by_another_take_nothing_away(folder: Path) -> None:
    """Whoever copies ada's file does not make it somebody else's."""
    (folder / "b.kikori").unlink()
    shutil.copy(folder / "a.kikori", folder / "0.kikori")
    keep_senders(folder, {"a.kikori": "ada", "0.kikori": "ben"})
    (work,) = classwork(folder, Catalog()).works
    assert work.own
    assert work.senders == ("ada", "ben")


def test_both_files_are_doubted_in_the_queue_and_the_strangers_more(review_folder: ReviewFolder, folder: Path) -> None:
    for file in ("a.kikori", "b.kikori"):
        assert Uncertainty.ORIGINS in entry(review_folder, file).doubts
        assert Uncertainty.SENDER not in entry(review_folder, file).doubts
    keep_senders(folder, SENT)
    assert Uncertainty.ORIGINS in entry(review_folder, "a.kikori").doubts
    assert Uncertainty.SENDER not in entry(review_folder, "a.kikori").doubts
    stranger = entry(review_folder, "b.kikori")
    assert {Uncertainty.ORIGINS, Uncertainty.SENDER} <= {*stranger.doubts.each}
    told = [reason["text"] for reason in reasons(stranger, review_folder.entries(), "en")]
    assert "Sent by ben, and says that it is by ada." in told
    assert next(reason["kind"] for reason in reasons(stranger, review_folder.entries(), "ja")) == "sender"


def test_a_second_hand_in_of_one_attempt_is_of_one_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made_up(tmp_path / "class", OWN, Learner(name="ada", file="b.kikori", handed_in=90))
    with open_review_folder(folder, Catalog()) as review_folder:
        found = entry(review_folder, "b.kikori").doubts
    assert (Uncertainty.TWICE in found, Uncertainty.ORIGINS in found) == (True, False)


def test_two_attempts_that_one_learner_sent_are_of_one_origin(folder: Path, review_folder: ReviewFolder) -> None:
    keep_senders(folder, {"a.kikori": "ada", "b.kikori": "\uff21da "})
    found = entry(review_folder, "b.kikori").doubts
    assert (Uncertainty.TWICE in found, Uncertainty.ORIGINS in found, Uncertainty.SENDER in found) == (
        True,
        False,
        False,
    )


def uploaded(folder: Path, senders: dict[str, str] | None = None) -> Path:
    """A folder that somebody handed in beside the inbox's own files, with a list of senders of its own."""
    place = folder / "upload"
    place.mkdir()
    (folder / "b.kikori").rename(place / "b.kikori")
    if senders is not None:
        (place / FILE).write_bytes(msgspec.json.encode(senders))
    return folder


def test_what_nobody_knows_the_sender_of_does_not_replace_what_is_known(folder: Path) -> None:
    keep_senders(folder, {"a.kikori": "ada"})
    found = classwork(uploaded(folder), Catalog())
    assert [work.file for work in found.works] == ["a.kikori"]
    assert found.told == (
        "ada has 2 submissions of first-look (upload/b.kikori, a.kikori); a.kikori counts, "
        "as the last that is known to be theirs; they come from 2 attempts or senders: ask whose they are",
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ada", "Ada", "ben"])
def test_a_list_in_an_uploaded_folder_says_nothing(folder: Path, name: str) -> None:
    keep_senders(folder, {"a.kikori": "ada"})
    uploaded(folder, {"b.kikori": name})
    found = classwork(folder, Catalog())
    assert [work.file for work in found.works] == ["a.kikori"]
    assert f"upload/{FILE}: not of this computer's cohort server, so nothing in it counts" in found.told
    with open_review_folder(folder, Catalog()) as review_folder:
        stranger = entry(review_folder, "upload/b.kikori")
        assert Uncertainty.UNSENT not in entry(review_folder, "a.kikori").doubts
        told = [[one["kind"] for one in reasons(stranger, review_folder.entries(), lang)] for lang in LANGUAGES]
    assert stranger.row.senders == ()
    assert {Uncertainty.ORIGINS, Uncertainty.UNSENT} <= {*stranger.doubts.each}
    assert all("unsent" in kinds for kinds in told)


def test_a_list_that_was_changed_says_nothing_any_more(folder: Path) -> None:
    keep_senders(folder, SENT)
    kept = (folder / FILE).read_bytes()
    (folder / FILE).write_bytes(kept.replace(b'"ben"', b'"ada"'))
    assert Senders().of(folder / "b.kikori") == ()
    (folder / FILE).write_bytes(kept)
    assert Senders().of(folder / "b.kikori") == ("ben",)


def test_a_list_of_another_computer_says_nothing(folder: Path, own_places: Path) -> None:
    keep_senders(folder, SENT)
    (own_places / "state/kikori/senders.key").write_bytes(b"another one")
    assert Senders().of(folder / "a.kikori") == ()
    (own_places / "state/kikori/senders.key").unlink()
    assert Senders().of(folder / "a.kikori") == ()


def test_where_no_sender_is_known_at_all_that_is_no_doubt(review_folder: ReviewFolder) -> None:
    assert Uncertainty.UNSENT not in entry(review_folder, "a.kikori").doubts


@pytest.mark.parametrize(("lang", "said"), [("en", "not known who sent it"), ("ja", "誰が送ったか分からない")])
def test_the_table_shows_the_doubt(folder: Path, lang: Lang, said: str) -> None:
    keep_senders(folder, {"a.kikori": "ada"})
    made_up(folder, Learner(name="cy", file="c.kikori", given=True))
    table = table_of(classwork(folder, Catalog()), lang)
    assert {cell.file: cell.doubts for cell in table.cells} == {"a.kikori": ("origins",), "c.kikori": ("unsent",)}
    assert said in html_of(table, lang)


@pytest.mark.slow
@pytest.mark.parametrize("other", ["аda", "ad\u200ba", "ADA"])
def test_learners_whose_names_look_alike_are_a_doubt(tmp_path: Path, other: str) -> None:
    folder = made_up(
        tmp_path / "class", OWN, Learner(name=other, file="b.kikori"), Learner(name="ben", file="c.kikori")
    )
    found = classwork(folder, Catalog())
    assert sorted(work.file for work in found.works if "name" in work.doubts) == ["a.kikori", "b.kikori"]
    with open_review_folder(folder, Catalog()) as review_folder:
        odd = sorted(one.row.file for one in review_folder.entries().values() if Uncertainty.NAME in one.doubts)
        told = [one["text"] for one in reasons(entry(review_folder, "b.kikori"), review_folder.entries(), "ja")]
    assert odd == ["a.kikori", "b.kikori"]
    assert any("紛らわしい" in text for text in told)


def test_a_row_of_a_review_tells_its_doubts(folder: Path) -> None:
    keep_senders(folder, SENT)
    uploaded(folder)
    names = {file: file.name for file in sorted(folder.rglob("*.kikori"))}
    told = {one.name: one.doubts for one in handed_in(names, Catalog())}
    assert told == {"a.kikori": ("origins",), "b.kikori": ("unsent", "origins")}


# --- whose seed it is


def by(name: str, **changed: object) -> Learner:
    """Somebody whose cohort gave them the seed, unless something else is said."""
    return msgspec.structs.replace(Learner(name=name, file=f"{name}.kikori", given=True), **changed)


def relabelled(folder: Path, source: str, target: str, learner: str) -> None:
    """A neighbour's file with another name in it, replayed and verified as that one was."""
    with zipfile.ZipFile(folder / source) as old, zipfile.ZipFile(folder / target, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            if member == "manifest.json":
                data = json.dumps(json.loads(data) | {"learner": learner}).encode()
            new.writestr(member, data)
    with opened(folder) as store:
        known = store.known(digest_of(folder / source))
        assert known
        row = msgspec.structs.replace(known.judged.row, file=target, learner=learner)
        store.note(digest_of(folder / target), msgspec.structs.replace(known.judged, row=row))


def rows_of(folder: Path) -> dict[str, Row]:
    """What a review writes of a folder whose files were all replayed before."""
    names = {file: file.name for file in sorted(folder.rglob("*.kikori"))}
    with opened(folder) as store:
        known = {one.name: (one, store.known(one.digest)) for one in handed_in(names, Catalog())}
    return {name: one.filed(found.judged, "").row for name, (one, found) in known.items() if found}


@pytest.mark.slow
@pytest.mark.parametrize("sent", [True, False])
def test_a_neighbours_file_under_another_name_is_not_verified_in_a_cohort(tmp_path: Path, sent: bool) -> None:
    folder = made_up(tmp_path / "class", by("ada"))
    relabelled(folder, "ada.kikori", "ben.kikori", "ben")
    if sent:
        keep_senders(folder, {"ada.kikori": "ada", "ben.kikori": "ben"})
    rows = rows_of(folder)
    assert (rows["ada.kikori"].verdict, rows["ada.kikori"].doubts) == (Verdict.VERIFIED, ())
    assert (rows["ben.kikori"].verdict, rows["ben.kikori"].doubts) == (Verdict.COULD_NOT_VERIFY, ("seed",))
    assert rows["ben.kikori"].ends_with is Exit.CHECK_FAILED
    assert "did not give ben the seed" in rows["ben.kikori"].reason
    with open_review_folder(folder, Catalog()) as review_folder:
        assert Uncertainty.SEED in entry(review_folder, "ben.kikori").doubts
        assert Uncertainty.SEED not in entry(review_folder, "ada.kikori").doubts
        assert entry(review_folder, "ben.kikori").row.verdict is Verdict.COULD_NOT_VERIFY
    table = table_of(classwork(folder, Catalog()), "en")
    assert {cell.file: cell.doubts for cell in table.cells} == {"ada.kikori": (), "ben.kikori": ("seed",)}


@pytest.mark.parametrize(("number", "lab"), [(0, "first-look"), (2, "first-look"), (1, "silent-exit")])
def test_a_seed_is_for_one_attempt_at_one_lab(tmp_path: Path, number: int, lab: str) -> None:
    folder = made_up(tmp_path / "class", by("ada"))
    claim = SubmittedFile(file=folder, name="", digest="", told=read_manifest(folder / "ada.kikori")).claim
    assert doubts_of([claim]) == [()]
    assert doubts_of([msgspec.structs.replace(claim, number=number, lab=lab)]) == [("seed",)]


def test_a_file_without_a_seed_of_the_cohort_is_doubted_beside_those_that_it_took_in(tmp_path: Path) -> None:
    """What an older Kikori wrote is read, and so is a practice attempt; neither counts before somebody has asked."""
    folder = made_up(tmp_path / "class", by("ada"), by("ben", given=False))
    assert {row.doubts for row in rows_of(folder).values()} == {()}, "who is in no cohort is asked for nothing"
    keep_senders(folder, {"ada.kikori": "ada", "ben.kikori": "ben"})
    rows = rows_of(folder)
    assert (rows["ben.kikori"].verdict, rows["ben.kikori"].doubts) == (Verdict.COULD_NOT_VERIFY, ("seed",))
    assert rows["ada.kikori"].verdict is Verdict.VERIFIED


def test_without_the_secret_nothing_is_said_of_seeds(tmp_path: Path, own_places: Path) -> None:
    folder = made_up(tmp_path / "class", by("ada"))
    relabelled(folder, "ada.kikori", "ben.kikori", "ben")
    (own_places / "state/kikori/senders.key").unlink()
    assert {row.doubts for row in rows_of(folder).values()} == {()}


def test_the_instructors_word_stands_above_the_doubt(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", by("ben", given=False))
    keep_senders(folder, {"ben.kikori": "ben"})
    with opened(folder) as store:
        (one,) = handed_in({folder / "ben.kikori": "ben.kikori"}, Catalog())
        known = store.known(one.digest)
    assert known
    assert one.filed(known.judged, "verified").row.counted is Verdict.VERIFIED
