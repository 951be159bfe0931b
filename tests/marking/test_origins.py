"""Anybody can write anybody's name into a file: who sent it is compared, and nobody's own is replaced unseen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori.catalog import Catalog
from kikori.marking.classwork import classwork
from kikori.marking.desk import piled
from kikori.marking.pile import Pile
from kikori.marking.queue import Doubt, Entry
from kikori.marking.views import reasons
from kikori.submission.senders import keep_senders

from .made_up import Learner, made_up

OWN = Learner(name="ada", file="a.kikori", handed_in=20)
FORGED = Learner(name="ada", file="b.kikori", handed_in=90, attempt="first-look-ffffff")
SENT = {"a.kikori": "Ada", "b.kikori": "ben"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made_up(tmp_path / "class", OWN, FORGED)


@pytest.fixture
def pile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pile]:
    monkeypatch.setattr("kikori.marking.pile.PATIENCE", 0)
    with piled(folder, Catalog()) as found:
        yield found


def entry(pile: Pile, file: str) -> Entry:
    (found,) = [one for one in pile.entries().values() if one.row.file == file]
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


def test_both_files_are_doubted_in_the_queue_and_the_strangers_more(pile: Pile, folder: Path) -> None:
    for file in ("a.kikori", "b.kikori"):
        assert Doubt.ORIGINS in entry(pile, file).doubts
        assert Doubt.SENDER not in entry(pile, file).doubts
    keep_senders(folder, SENT)
    assert Doubt.ORIGINS in entry(pile, "a.kikori").doubts
    assert Doubt.SENDER not in entry(pile, "a.kikori").doubts
    stranger = entry(pile, "b.kikori")
    assert {Doubt.ORIGINS, Doubt.SENDER} <= {*stranger.doubts.each}
    told = [reason["text"] for reason in reasons(stranger, pile.entries(), "en")]
    assert "Sent by ben, and says that it is by ada." in told
    assert next(reason["kind"] for reason in reasons(stranger, pile.entries(), "ja")) == "sender"


def test_a_second_hand_in_of_one_attempt_is_of_one_origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = made_up(tmp_path / "class", OWN, Learner(name="ada", file="b.kikori", handed_in=90))
    with piled(folder, Catalog()) as pile:
        found = entry(pile, "b.kikori").doubts
    assert (Doubt.TWICE in found, Doubt.ORIGINS in found) == (True, False)


def test_two_attempts_that_one_learner_sent_are_of_one_origin(folder: Path, pile: Pile) -> None:
    keep_senders(folder, {"a.kikori": "ada", "b.kikori": "\uff21da "})
    found = entry(pile, "b.kikori").doubts
    assert (Doubt.TWICE in found, Doubt.ORIGINS in found, Doubt.SENDER in found) == (True, False, False)
