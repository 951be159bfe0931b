"""What stands first in the queue, and why."""

from __future__ import annotations

from msgspec.structs import replace

from kikori.replay.verdict import Row, Verdict
from kikori.review.marks import Marked
from kikori.review.similarity.measure import ALIKE, Pair
from kikori.review.web.queue import Entry, QueueFilter, State, Uncertainty, beside, following, queue

CERTAIN = Entry(
    submission="certain",
    row=Row(file="certain.kikori", verdict=Verdict.VERIFIED, learner="ada", lab="first-look", explanation="accepted"),
    standing=Marked(points=0, of=12, marked=0, verdict=Verdict.VERIFIED, by_hand=False, overtaken=False),
    criteria=4,
    claim=True,
)


def entry(name: str, **fields: object) -> Entry:
    return replace(CERTAIN, submission=name, row=replace(CERTAIN.row, **fields))


def marked(one: Entry, *, overtaken: bool = False, count: int = 4) -> Entry:
    return replace(one, touched=True, standing=replace(one.standing, marked=count, overtaken=overtaken))


def order(*entries: Entry) -> list[str]:
    return [one.submission for one in queue(entries, QueueFilter())]


def test_nothing_speaks_against_a_verified_one() -> None:
    assert CERTAIN.doubts is Uncertainty.NONE
    assert CERTAIN.state is State.OPEN


def test_least_certain_first_and_what_is_marked_last() -> None:
    alike = (Pair(one="alike", other="x", likeness=ALIKE),)
    ordered = [
        marked(entry("overtaken"), overtaken=True),
        entry("nowhere", verdict=Verdict.COULD_NOT_VERIFY, nowhere=True),
        entry("unknown", verdict=Verdict.COULD_NOT_VERIFY),
        replace(entry("not", verdict=Verdict.NOT_VERIFIED), claim=False),
        entry("retried", retried=True),
        entry("older", version="3e8da29"),
        replace(entry("claim"), claim=False),
        entry("short", explanation="seen: 2 words"),
        replace(entry("alike"), alike=alike),
        replace(entry("twice"), twice=True),
        CERTAIN,
        marked(entry("marked", verdict=Verdict.NOT_VERIFIED)),
    ]
    expected = [one.submission for one in ordered]
    assert order(*reversed(ordered)) == expected
    assert order(*sorted(ordered, key=lambda one: one.submission)) == expected


def test_more_doubts_of_one_kind_stand_before_fewer() -> None:
    both = entry("both", retried=True, explanation="seen: 2 words")
    assert order(entry("one", retried=True), both) == ["both", "one"]
    assert both.doubts.each == [Uncertainty.RETRIED, Uncertainty.EXPLANATION]


def test_claim_is_doubted_in_both_directions_and_never_without_a_replay() -> None:
    no = entry("no", verdict=Verdict.NOT_VERIFIED)
    unknown = entry("unknown", verdict=Verdict.COULD_NOT_VERIFY)
    assert Uncertainty.CLAIM in no.doubts
    assert Uncertainty.CLAIM not in replace(no, claim=False).doubts
    assert Uncertainty.CLAIM in replace(CERTAIN, claim=False).doubts
    assert Uncertainty.CLAIM not in replace(CERTAIN, claim=None).doubts
    assert Uncertainty.CLAIM not in unknown.doubts
    assert Uncertainty.CLAIM not in replace(unknown, claim=False).doubts


def test_a_little_alike_is_no_doubt() -> None:
    assert Uncertainty.ALIKE not in replace(CERTAIN, alike=(Pair(one="a", other="b", likeness=ALIKE - 0.01),)).doubts


def test_states() -> None:
    assert marked(CERTAIN, count=3).state is State.BEGUN
    assert marked(CERTAIN).state is State.MARKED
    assert marked(CERTAIN, overtaken=True).state is State.OVERTAKEN
    assert replace(marked(CERTAIN, count=0), criteria=0).state is State.MARKED


def test_filter() -> None:
    entries = [
        entry("a", lab="first-look", learner="Ada"),
        entry("b", lab="silent-exit", learner="ben", verdict=Verdict.NOT_VERIFIED),
        marked(entry("c", lab="silent-exit", learner="adam")),
    ]

    def shown(**fields: str) -> set[str]:
        return {one.submission for one in queue(entries, QueueFilter(**fields))}

    assert shown() == {"a", "b", "c"}
    assert shown(lab="silent-exit") == {"b", "c"}
    assert shown(learner=" ADA") == {"a", "c"}
    assert shown(state="marked") == {"c"}
    assert shown(verdict="verified", lab="first-look") == {"a"}
    assert QueueFilter(lab="a&b", learner="あ").query == "?lab=a%26b&learner=%E3%81%82"
    assert QueueFilter().query == ""


def test_beside_and_following() -> None:
    a, b, c, d = entry("a"), marked(entry("b")), entry("c"), marked(entry("d"))
    assert beside([a, b, c], "b") == (a, c)
    assert beside([a, b, c], "a") == (None, b)
    assert beside([a, b, c], "c") == (b, None)
    assert beside([a], "gone") == (None, a)
    assert beside([], "gone") == (None, None)
    assert following([a, b, c, d], "a") == c
    assert following([a, b, c, d], "c") == a, "from the top again"
    assert following([b, c, d], "c") is None
    assert following([a, b], "gone") == a
