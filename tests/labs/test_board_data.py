"""The picture board's data: always the same, of the promised shape; the image that serves it has tests of its own."""

from __future__ import annotations

import hashlib
import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from kikori import paths

pytestmark = pytest.mark.slow

FOLDER = paths.ROOT / "labs/_images/board-data"
MODULES = ("plan", "people", "posts", "rows", "truth", "words")
"""Those that need neither Pillow nor MariaDB."""
TINY = "ab1ce5b2156671b9"
"""What the tiny profile has hashed to on every Python so far."""


@pytest.fixture(scope="module")
def made() -> Iterator[SimpleNamespace]:
    """The generator's modules, and what they make for `standard`; no bytecode is left, it would make another image."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        patch.syspath_prepend(str(FOLDER))
        modules = {name: importlib.import_module(f"engawa.{name}") for name in MODULES}
    yield SimpleNamespace(**modules, **data_of(modules, "standard"))
    for name in [name for name in sys.modules if name.split(".")[0] == "engawa"]:
        del sys.modules[name]


def data_of(modules: dict[str, Any], name: str) -> dict[str, Any]:
    profile = modules["plan"].PROFILES[name]
    members = modules["people"].members(profile)
    pictures = modules["posts"].pictures(profile, members)
    remarks = modules["posts"].remarks(profile, pictures, members)
    return {"members": members, "pictures": pictures, "remarks": remarks}


@pytest.mark.parametrize(
    ("profile", "counts"),
    [("tiny", (200, 400, 4_000)), ("standard", (1_000, 4_000, 100_000)), ("large", (1_000, 10_000, 100_000))],
)
def test_a_profile_has_what_it_promises(made: SimpleNamespace, profile: str, counts: tuple[int, ...]) -> None:
    found = data_of(vars(made), profile)
    for rows, count in zip(found.values(), counts, strict=True):
        assert [row.id for row in rows] == list(range(1, count + 1))
    banished = [member for member in found["members"] if member.banished]
    assert len(banished) == counts[0] // 50
    assert not any(member.moderator for member in banished)
    assert [member.id for member in found["members"] if member.moderator] == [1, 2, 3, 4, 5]


def test_it_is_always_the_same(made: SimpleNamespace) -> None:
    first, again = data_of(vars(made), "tiny"), data_of(vars(made), "tiny")
    assert first == again
    assert first["members"] != made.members[:200]
    text = made.truth.text(made.plan.PROFILES["tiny"], "1", first["members"], [], first["remarks"])
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == TINY


def test_names_differ_in_more_than_case(made: SimpleNamespace) -> None:
    names = [member.name for member in made.members]
    assert len({name.lower() for name in names}) == len(names)
    assert all(3 <= len(name) <= 32 and name.replace("_", "").isalnum() and name.isascii() for name in names)


def test_passwords_are_secrets(made: SimpleNamespace) -> None:
    assert all(len(one.password) >= 8 and one.name.lower() not in one.password for one in made.members)
    assert len({one.password for one in made.members}) == len({one.salt for one in made.members}) == 1_000


def test_a_digest_is_digested_again(made: SimpleNamespace) -> None:
    found = hashlib.sha256(b"salt:secret").hexdigest()
    for _ in range(20):
        found = hashlib.sha256((found + "salt").encode()).hexdigest()
    assert made.people.digest("salt", "secret") == found


def share_of_first(counts: Counter[int], ranks: int) -> float:
    return sum(count for _, count in counts.most_common(ranks)) / counts.total()


def test_a_few_are_popular_and_a_few_are_busy(made: SimpleNamespace) -> None:
    received = Counter(remark.picture for remark in made.remarks)
    written = Counter(remark.member for remark in made.remarks)
    shown = Counter(picture.member for picture in made.pictures)
    assert 600 < received.most_common(1)[0][1] < 1_300  # a page with all of them can still be shown
    assert 0.15 < share_of_first(received, 40) < 0.3  # the first percent
    assert 0.15 < share_of_first(written, 10) < 0.4
    assert 0.15 < share_of_first(shown, 10) < 0.4
    assert made.pictures[-1].id - len(received) > 0  # some have none


def test_popularity_falls_as_zipf_says(made: SimpleNamespace) -> None:
    counts = sorted(Counter(remark.picture for remark in made.remarks).values(), reverse=True)
    for rank in (50, 200, 1000):
        assert counts[rank - 1] / counts[0] == pytest.approx((1 + 20) / (rank + 20), rel=0.35)


def test_pictures_come_every_ten_minutes(made: SimpleNamespace) -> None:
    moments = [picture.created_at for picture in made.pictures]
    assert moments[-1] == datetime(2026, 1, 1)
    assert {later - at for at, later in pairwise(moments)} == {timedelta(minutes=10)}
    assert max(member.joined_at for member in made.members) < moments[0]


def test_remarks_follow_their_picture_one_by_one(made: SimpleNamespace) -> None:
    assert all(remark.created_at > made.pictures[remark.picture - 1].created_at for remark in made.remarks)
    assert len({(remark.picture, remark.created_at) for remark in made.remarks}) == len(made.remarks)
    moments = [remark.created_at for remark in made.remarks]
    assert moments == sorted(moments)


def test_the_first_page_would_show_the_banished(made: SimpleNamespace) -> None:
    banished = {member.id for member in made.members if member.banished}
    newest = made.pictures[-20:]
    assert sum(picture.member in banished for picture in newest) >= 2
    last = {remark.picture: remark.member for remark in made.remarks}
    assert sum(last[picture.id] in banished for picture in newest if picture.id in last) >= 3


@pytest.mark.parametrize("sign", ["<", "&", '"', "'", "\\", "🍵", "縁側", "the veranda"])
def test_words_have_what_must_be_escaped(made: SimpleNamespace, sign: str) -> None:
    for said in ([one.words for one in made.remarks], [one.caption for one in made.pictures]):
        assert any(sign in words for words in said)
        assert not any(words != words.strip() or "\n" in words or "\t" in words for words in said)


def test_a_row_is_escaped(made: SimpleNamespace) -> None:
    assert made.rows.row((7, b"a\tb\n\\\0", "é", True)) == b"7\ta\\tb\\n\\\\\\0\t\xc3\xa9\t1\n"
    assert made.rows.row((datetime(2026, 1, 1),)) == b"2026-01-01 00:00:00.000\n"
