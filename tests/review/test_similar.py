"""Explanations that are alike are found in both languages, and what the whole class writes is no sign of copying."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.review.similarity.index import Likenesses
from kikori.review.similarity.measure import ALIKE, LEAST, Comparison, own_words, passages, shingles
from kikori.review.store import opened

from .essays import CONFIG, JAPANESE, OTHER, PORT, SCRIPT

TEXTS = {
    name: "\n".join(parts) for name, parts in {"config": CONFIG, "port": PORT, "script": SCRIPT, "other": OTHER}.items()
}


def compared(**texts: str) -> dict[tuple[str, str], float]:
    comparison = Comparison()
    for name, text in texts.items():
        comparison.add(name, text)
    return {(pair.one, pair.other): pair.likeness for pair in comparison.pairs()}


def test_explanations_of_one_lab_are_not_alike_for_being_about_the_same() -> None:
    assert compared(**TEXTS) == {}


@pytest.mark.parametrize("text", [TEXTS["port"], "\n".join(JAPANESE)], ids=["en", "ja"])
def test_copy_with_some_words_changed_is_found(text: str) -> None:
    changed = text.replace("traceback", "error").replace("店", "売り場").upper()
    found = compared(a=text, b=changed, c=TEXTS["config"])
    assert found.keys() == {("a", "b")}
    assert found["a", "b"] > ALIKE


def test_spaces_marks_and_widths_make_no_difference() -> None:
    assert shingles("ＡＢＣ, d e!") == shingles("abcde") == {"abcde"}
    assert shingles("abc") == set()


def test_short_texts_are_not_compared() -> None:
    assert compared(a="It was the port.", b="It was the port.") == {}


def test_what_most_of_the_class_shares_is_no_sign() -> None:
    """A sentence that the lesson gave to everybody must not make them look like copies."""
    given = TEXTS["script"]
    own = ["".join(random.Random(number).choices("abcdefghijklmnop", k=300)) for number in range(10)]
    few = compared(**{f"t{number}": given + own[number] for number in range(3)})
    many = compared(**{f"t{number}": given + own[number] for number in range(10)})
    assert all(likeness > LEAST for likeness in few.values())
    assert len(few) == 3
    assert many == {}


def test_only_the_nearest_are_kept() -> None:
    base = TEXTS["config"]
    found = compared(**{f"t{number}": base + str(number) * 9 for number in range(7)})
    assert len([pair for pair in found if "t0" in pair]) <= 6
    assert len(found) < 21


def test_own_words_are_what_the_learner_wrote() -> None:
    prompts = Catalog().lab("silent-exit").about.prompts
    text = (
        f"---\ncause: x\n---\n<!-- a note -->\n## Q <!-- seen -->\n{prompts[0].en}\nIt was [#2] gone.<!-- not this -->"
    )
    assert own_words(text, prompts).split() == ["It", "was", "gone."]
    assert own_words("no heading <!-- x -->at all", prompts) == "no heading at all"


def test_passages_that_both_have() -> None:
    pieces = passages(
        "I saw the Port, and the kernel refused it. Mine alone.", "He wrote: the port and THE KERNEL refused; x"
    )
    assert "".join(piece.text for piece in pieces) == "I saw the Port, and the kernel refused it. Mine alone."
    assert [piece.text for piece in pieces if piece.shared] == ["the Port, and the kernel refused"]
    assert [
        piece.text
        for piece in passages("店の客は接続を拒否されていたのだった。", "客は接続を拒否されていたという。")
        if piece.shared
    ] == ["客は接続を拒否されていた"]
    assert [piece.shared for piece in passages("short", "short")] == [False]
    assert passages("", "x") == []


def test_ligatures_and_wide_letters_keep_their_place() -> None:
    pieces = passages("xx ﬁnally the kernel refused", "finally the kernel refused")
    assert [piece.text for piece in pieces if piece.shared] == ["ﬁnally the kernel refused"]


# --- what is kept


def test_new_ones_are_compared_alone_and_within_their_lab(tmp_path: Path) -> None:
    texts = {"a": TEXTS["port"], "b": TEXTS["config"], "c": TEXTS["script"], "d": TEXTS["port"] + " Really."}
    read: list[str] = []

    def reader(submission: str) -> str:
        read.append(submission)
        return texts[submission]

    with opened(tmp_path) as store:
        first = Likenesses(store, reader)
        assert first.update({"a": "one", "b": "one", "c": "one"})
        assert not first.update({"a": "one", "b": "one", "c": "one"}), "nothing is new"
        assert first.all() == {}
        assert first.update({"a": "one", "b": "one", "c": "one", "d": "two"})
        assert first.all() == {}, "another lab's text is nobody's neighbour"
        assert sorted(read) == ["a", "b", "c", "d"], "each is read once"

        texts["e"] = TEXTS["port"] + " Truly."
        again = Likenesses(store, reader)
        assert again.update({"a": "one", "b": "one", "c": "one", "d": "two", "e": "one"})
        found = again.all()
        assert [(pair.one, pair.other) for pair in found["a"]] == [("a", "e")]
        assert [(pair.one, pair.other) for pair in found["e"]] == [("e", "a")]
        assert Likenesses(store, reader).all() == found, "kept in the file"


def test_all_anew_once_the_class_is_there(tmp_path: Path) -> None:
    """The first few shared what turns out to be everybody's sentence."""
    given = TEXTS["script"]
    texts = {
        f"t{number}": given + "".join(random.Random(number).choices("abcdefghijklm", k=300)) for number in range(10)
    }
    with opened(tmp_path) as store:
        kept = Likenesses(store, texts.__getitem__)
        kept.update(dict.fromkeys(["t0", "t1", "t2"], "lab"))
        assert kept.all()
        kept.update(dict.fromkeys(texts, "lab"))
        assert not kept.all()
