"""In a cohort an attempt's seed is the learner's own: neither drawn, nor chosen, nor a neighbour's."""

from __future__ import annotations

import json

import msgspec
import pytest

from kikori.attempts.enrolment import file, is_practice
from kikori.cli import show
from kikori.cohort.client import joining, membership
from kikori.learner.lifecycle import Started, _new
from kikori.learner.session import Session
from kikori.learner.submit import Submitted
from kikori.model import Attempt
from kikori.submission.cohort_key import cohort_of, is_given, known_key, learners_key
from kikori.submission.format import Manifest

from .conftest import Cohort


@pytest.fixture
def joined(cohort: Cohort) -> Cohort:
    """The cohort, with this learner in it under another name than the login's."""
    joining.join(cohort.url, cohort.enrolment, "Ada L")
    return cohort


def begun(seed: int | None = None, lab: str = "first-look") -> Attempt:
    desk = Session()
    return _new(desk, desk.catalog.lab(lab), seed)


def given(attempt: Attempt, learner: str) -> bool:
    told = attempt
    return is_given(known_key(), learner, told.lab, told.cohort, told.number, told.seed)


def test_joining_gives_a_key_that_nobody_else_reads_and_no_neighbours_follows_from(joined: Cohort) -> None:
    ben, _ = joined.enrolled("ben")
    kept = json.loads(file().read_bytes())
    assert file().stat().st_mode & 0o077 == 0
    assert (kept["cohort"], kept["key"]) == (cohort_of(known_key()), learners_key(known_key(), "ada l"))
    assert ben.cohort == kept["cohort"]
    assert ben.key not in (kept["key"], known_key().hex())


def test_attempts_are_counted_and_each_has_a_seed_of_its_own(joined: Cohort) -> None:
    made = [begun(), begun(), begun(lab="silent-exit")]
    assert [(one.learner, one.number) for one in made] == [("Ada L", 1), ("Ada L", 2), ("Ada L", 1)]
    assert len({one.seed for one in made}) == 3
    for one in made:
        assert given(one, "Ada L")
        assert given(one, "ada l"), "a name is the same however it is written"
        assert not given(one, "ben")
        assert not is_practice(one)


def test_attempt_that_was_begun_elsewhere_has_the_same_seed(joined: Cohort) -> None:
    first = begun()
    for kept in Session().store.root.iterdir():
        (kept / "attempt.json").unlink()
    assert begun().seed == first.seed


def test_seed_that_was_chosen_is_for_practice(joined: Cohort) -> None:
    chosen = begun(seed=7)
    assert (chosen.seed, chosen.cohort, chosen.number) == (7, "", 0)
    assert is_practice(chosen)
    assert not given(chosen, "Ada L")
    assert begun().number == 1, "it does not count among the others"


def test_attempt_from_before_joining_is_for_practice(cohort: Cohort) -> None:
    before = begun()
    assert (before.learner, before.cohort, before.number) == ("ada", "", 0)
    assert not is_practice(before), "who is alone at home is told nothing of cohorts"
    joining.join(cohort.url, cohort.enrolment, "ada")
    assert is_practice(before)


def test_server_that_gives_no_key_leaves_seeds_to_chance(joined: Cohort) -> None:
    membership.keep(msgspec.structs.replace(membership.membership(), cohort="", key=""))
    assert (begun().learner, begun().number) == ("ada", 0)
    assert is_practice(begun())


def test_who_is_in_no_cohort_says_nothing_of_one() -> None:
    told = {"format": 1, "lab": "l", "content": "0", "learner": "a", "seed": 1, "fault": None}
    told |= {"attempt": "a", "created": 1.0, "kikori": "0"}
    old = msgspec.json.decode(json.dumps(told).encode(), type=Manifest)
    assert (old.cohort, old.number) == ("", 0), "an older file is read"
    assert json.loads(msgspec.json.encode(old)) == told


@pytest.mark.parametrize("lie", [{"cohort": "../../x"}, {"cohort": "A" * 12}, {"number": -1}, {"number": 10**9}])
def test_strange_claim_in_a_manifest_is_refused(lie: dict[str, object]) -> None:
    told = {"format": 1, "lab": "l", "content": "0", "learner": "a", "seed": 1, "fault": None}
    told |= {"attempt": "a", "created": 1.0, "kikori": "0"}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(told | lie).encode(), type=Manifest)


@pytest.mark.parametrize(("lang", "said"), [("en", "it will not count there"), ("ja", "評価の対象になりません")])
def test_practice_is_told_at_start_and_at_submit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    monkeypatch.setenv("KIKORI_LANG", lang)
    for practice in (True, False):
        show.started(
            Started(attempt="a", lab="l", title="T", services=(), workspace="", task="", next="x", practice=practice)
        )
        show.submitted(Submitted(lab="l", file="f", size=1, practice=practice))
        assert capsys.readouterr().out.count(said) == 2 * practice
