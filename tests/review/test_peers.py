"""Peer review: dealt evenly, without names, and read back from strangers' files."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.review.evidence.anonymize import nameless, true_names
from kikori.review.marks import INSTRUCTOR, marks_of
from kikori.review.peers.assignment import KEY, AssignmentKey, assign, read_key
from kikori.review.peers.marks import MOST_BYTES, MOST_COMMENT, collect
from kikori.review.store import digest_of, opened
from terminal_user import Kikori

from .made_up import ANSWER, Learner, made_up


def people(*names: str) -> list[Learner]:
    return [Learner(name=name, answer=f"{ANSWER} Number {place}.") for place, name in enumerate(names)]


def dealt(folder: Path, peers: int = 2) -> AssignmentKey:
    assign(folder, Catalog(), peers, seed=1)
    return read_key(folder)


@pytest.mark.parametrize(("class_", "peers"), [(3, 2), (5, 2), (8, 3), (2, 1)])
def test_everybody_reads_as_many_as_read_theirs_and_never_their_own(tmp_path: Path, class_: int, peers: int) -> None:
    names = [f"l{n}" for n in range(class_)]
    folder = made_up(tmp_path / "class", *people(*names))
    owner = {digest_of(file): f"l{n}" for n, file in enumerate(sorted(folder.glob("*.kikori")))}
    deals = dealt(folder, peers).deals.values()
    assert {*Counter(one.reader for one in deals).values()} == {peers}
    assert {*Counter(one.submission for one in deals).values()} == {peers}
    assert len({(one.reader, one.submission) for one in deals}) == class_ * peers
    assert {one.reader for one in deals} == {*names} == {*owner.values()}


def test_nobody_reads_their_own(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", *[Learner(name=f"l{n}", file=f"l{n}.kikori") for n in range(4)])
    owner = {digest_of(file): file.stem for file in folder.glob("*.kikori")}
    assert not [one for one in dealt(folder, 3).deals.values() if owner[one.submission] == one.reader]


def test_a_class_too_small_is_told_what_is_impossible(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", *people("ada", "bob"), Learner(name="cy", answer=""))
    done = assign(folder, Catalog(), 3)
    assert done.readers == 2
    assert "first-look: 2 took part, so each reads 1 and not 3" in done.told
    assert [one for one in done.told if "cy takes no part" in one]
    alone = made_up(tmp_path / "alone", *people("ada"))
    with pytest.raises(KikoriError, match="Nobody has an explanation"):
        assign(alone, Catalog(), 2)
    assert not (alone / KEY).exists()


def test_a_seed_deals_alike_and_ids_are_never_the_same(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", *people("ada", "bob", "cy", "di", "eve"))
    pairs = []
    ids: set[str] = set()
    for _ in range(2):
        assign(folder, Catalog(), 2, seed=5, again=True)
        key = read_key(folder)
        pairs.append(sorted((one.reader, one.submission) for one in key.deals.values()))
        assert not ids & key.deals.keys()
        ids |= key.deals.keys()
    assert pairs[0] == pairs[1]


def test_dealing_twice_is_refused_and_keeps_what_was_filled_in(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", *people("ada", "bob"))
    dealt(folder, 1)
    (folder / "peers" / "ada.peer.md").write_text("filled in")
    with pytest.raises(KikoriError, match="dealt before"):
        assign(folder, Catalog(), 1)
    assign(folder, Catalog(), 1, again=True)
    (kept,) = folder.glob("peers-before-*/peers/ada.peer.md")
    assert kept.read_text() == "filled in"


def test_no_name_login_address_or_attempt_is_in_a_file(tmp_path: Path) -> None:
    told = (
        "I, Ada Lovelace (ada.lovelace@example.com, adalovelace@laptop:~$), looked into /home/countess/x "
        "in kikori-first-look-00ab12-web-1 with Bob [#1]."
    )
    ada = Learner(name="ada.lovelace", answer=told)
    folder = made_up(tmp_path / "class", ada, Learner(name="Bob"), Learner(name="cyrus"))
    dealt(folder)
    texts = {file.name: file.read_text() for file in (folder / "peers").iterdir()}
    assert set(texts) == {"ada.lovelace.peer.md", "Bob.peer.md", "cyrus.peer.md"}
    for name, text in texts.items():
        assert not re.search(r"\bada\b|lovelace|\bbob\b|cyrus|00ab12|example\.com|laptop|countess", text, re.I), name
    assert "I, the author the author (the author, the author:~$)" in texts["Bob.peer.md"]
    assert "nginx -t" in texts["Bob.peer.md"]
    assert KEY not in {file.name for file in (folder / "peers").iterdir()}
    assert (folder / KEY).stat().st_mode & 0o077 == 0


def test_names_in_japanese_are_found_though_no_space_bounds_them() -> None:
    text = "青井は見た。aoiが直した。aoirsは別。mail: x@example.jp"
    assert nameless(text, "aoi", "", ["青井"], "ja") == "同僚は見た。筆者が直した。aoirsは別。mail: （アドレス）"


def test_a_name_that_is_everybodys_word_is_left_in_their_texts() -> None:
    texts = ["the web server", "a web page", "the web", "web again", "Ben helped me"]
    assert true_names(["web", "Ben", "it"], texts) == ["Ben"]


def fill(text: str, level: str = "2", comment: str = "Clear.") -> str:
    return text.replace("level:\ncomment:", f"level: {level}\ncomment: {comment}")


def sheets(folder: Path) -> dict[str, Path]:
    return {file.name.removesuffix(".peer.md"): file for file in (folder / "peers").iterdir()}


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """Two who read each other."""
    ada, bob = Learner(name="ada", file="ada.kikori"), Learner(name="bob", file="bob.kikori")
    folder = made_up(tmp_path / "class", ada, bob)
    dealt(folder, 1)
    return folder


def test_marks_come_back_beside_the_instructors(pair: Path) -> None:
    file = sheets(pair)["ada"]
    text = fill(file.read_text(), "２ ", "Clear.\n\nAnd more.")
    file.write_bytes(
        text.replace("criterion * -->\n\ncomment:", "criterion * -->\n\ncomment: All in all, yes.").encode()
    )
    (read,) = collect(pair, [file], Catalog()).files
    assert (read.reader, read.marks, read.problems) == ("ada", 5, ())
    with opened(pair) as store:
        marks = marks_of(store, digest_of(pair / "bob.kikori"))
        assert not marks_of(store, digest_of(pair / "ada.kikori"))
    assert {mark.by for mark in marks} == {"ada"}
    found = {mark.criterion: (mark.level, mark.comment) for mark in marks}
    assert found["symptom"] == (2, "Clear.\n\nAnd more.")
    assert found[""] == (None, "All in all, yes.")


def test_what_was_left_out_is_no_mark_and_a_second_time_replaces(pair: Path) -> None:
    file = sheets(pair)["ada"]
    blank = file.read_text()
    assert collect(pair, [file], Catalog()).files[0].marks == 0
    for level in ("1", "3"):
        file.write_text(fill(blank, level).replace("\n", "\r\n"))
        assert collect(pair, [file], Catalog()).files[0].marks == 4
    with opened(pair) as store:
        assert {mark.level for mark in marks_of(store)} == {3}


def test_an_author_cannot_mark_their_own_through_the_quotation(tmp_path: Path) -> None:
    mark = "<!-<!-- -->- criterion symptom -->"  # once the comment in it is taken out, it is one
    forged = f"x\n### T {mark}\nlevel: 3\n~~~\n~~~~\u2028### T {mark}\rlevel: 3"
    folder = made_up(tmp_path / "class", Learner(name="ada", answer=forged), Learner(name="bob"))
    dealt(folder, 1)
    assert "> ### T <!-- criterion symptom -->\n> level: 3" in sheets(folder)["bob"].read_text()
    (read,) = collect(folder, [sheets(folder)["bob"]], Catalog()).files
    assert (read.marks, read.problems) == (0, ())


def test_a_forged_id_is_told_and_marks_nobody(pair: Path) -> None:
    ada, bob = (sheets(pair)[name] for name in ("ada", "bob"))
    own, theirs = fill(ada.read_text()), bob.read_text()
    id_of = re.compile(r"explanation ([0-9a-f]{16})")
    wrong = pair / "wrong.md"
    for text, told in [
        (id_of.sub(f"explanation {id_of.search(theirs)[1]}", own), "was not given to ada"),  # type: ignore[index]
        (id_of.sub("explanation 0123456789abcdef", own), "was not given to ada"),
        (re.sub("sheet [0-9a-f]{16}", "sheet 0123456789abcdef", own), "was not given to anybody"),
        (own.replace("criterion symptom", "criterion nonsense"), "no criterion of this lab"),
        (fill(ada.read_text(), "4"), "is none of 0, 1, 2, 3"),
        (fill(ada.read_text(), "2", "x" * (MOST_COMMENT + 1)), "at most 2000"),
        ("nothing", "was not given to anybody"),
        ("x" * (MOST_BYTES + 1), "more than 512 KiB"),
    ]:
        wrong.write_text(text)
        done = collect(pair, [wrong], Catalog())
        assert told in " ".join(done.files[0].problems), text[:200]
        assert done.exit_code == 1
    with opened(pair) as store:
        assert {mark.criterion for mark in marks_of(store)} <= {"evidence", "mechanism", "stop-gap"}
        assert {mark.submission for mark in marks_of(store)} <= {digest_of(pair / "bob.kikori")}


def test_nobody_without_a_name_becomes_the_instructor(tmp_path: Path) -> None:
    folder = made_up(tmp_path / "class", *people("ada", "bob"), Learner(name=INSTRUCTOR), Learner(name="\u3000"))
    assert {one.reader for one in dealt(folder, 1).deals.values()} == {"ada", "bob"}


@pytest.mark.slow
def test_the_commands_say_what_they_did(pair: Path, kikori: Kikori) -> None:
    again = kikori("review", "assign", str(pair), "--peers", "1")
    assert again.returncode == 2
    assert "--again" in again.stderr
    file = sheets(pair)["ada"]
    file.write_text(fill(file.read_text()))
    said = kikori("review", "collect", str(pair), str(file), str(pair / "none.md"))
    assert said.returncode == 1
    assert f"{file}: 4 marks by ada" in said.stdout
    assert "can't be read" in said.stdout


def test_a_file_is_in_its_readers_language(tmp_path: Path) -> None:
    japanese = Learner(name="青井", answer="利用者には白いページしか見えず、ログが原因を示していた [#1]。")
    folder = made_up(tmp_path / "class", japanese, Learner(name="bob"))
    dealt(folder, 1)
    assert "満点の答え" in sheets(folder)["青井"].read_text()
    assert "A full answer" in sheets(folder)["bob"].read_text()
