"""One list, in the order in which it was written down: whatever the clock says, and whatever a record holds."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from kikori.attempts.incident import in_words, severity_now, stop_gaps, times
from kikori.attempts.timeline import Entry, timeline
from kikori.bilingual import LANGUAGES
from kikori.model import Command, Event
from kikori.model.incident import EventKind, LabEvent

BEGIN = 1_000_000.0


def happened(at: float, event: str, after: int | None = 0, **detail: str | float | bool) -> Event:
    """An event at so many seconds; ``after`` so many commands, which older attempts do not tell."""
    told = detail if after is None else {**detail, "after": after}
    return Event(at=BEGIN + at, event=event, detail=dict(told))


def typed(
    number: int, at: float, line: str = "ls", service: str = "web", seconds: float = 0.0, code: int = 0
) -> Command:
    return Command(number=number, at=BEGIN + at, service=service, line=line, exit_code=code, seconds=seconds)


def rang(at: float, text: str, kind: EventKind = EventKind.PAGER, ja: str = "") -> LabEvent:
    return LabEvent(kind=kind, at=BEGIN + at, en=text, ja=ja)


def listed(
    events: Sequence[Event], trail: Sequence[Command] = (), offered: Sequence[LabEvent] = ()
) -> tuple[Entry, ...]:
    return timeline(events, trail, offered, "en")


def whats(entries: Sequence[Entry]) -> list[str]:
    return [one.what for one in entries]


def test_events_commands_and_records_of_the_lab_are_one_list() -> None:
    events = [
        happened(0, "broke"),
        happened(60, "declared", 2, severity=2, text="no page"),
        happened(300, "checked", 3, passed=True, quick=False),
        happened(300, "mended", 3),
    ]
    trail = [typed(1, 10), typed(2, 20, "ps", "database", code=1), typed(3, 200, "sv restart nginx")]
    offered = [rang(30, "page: orders fail"), rang(250, "served again", EventKind.CUSTOMERS)]
    found = listed(events, trail, offered)
    assert [(one.seconds, one.source, one.what) for one in found] == [
        (0, "machine", "broke"),
        (10, "commands", "commands"),
        (30, "pager", "pager"),
        (60, "responder", "declared"),
        (200, "commands", "commands"),
        (250, "customers", "customers"),
        (300, "machine", "checked"),
        (300, "machine", "mended"),
    ]
    assert found[1].text == "#1 to #2: 2 commands in web, database, 1 of them failed"
    assert found[4].text == "#3 web: sv restart nginx"


def test_clock_that_was_set_back_changes_no_order_and_is_told() -> None:
    events = [
        happened(5000, "broke"),
        happened(5060, "declared", 1, severity=1, text="all down"),
        happened(1500, "stop-gap", 2, number=1, what="a", risk="b", until="c"),
        happened(1560, "resolved", 3, text="done"),
    ]
    trail = [typed(1, 5030), typed(2, 1490), typed(3, 1530)]
    found = listed(events, trail)
    assert whats(found) == [
        "broke",
        "commands",
        "declared",
        "clock",
        "commands",
        "stop-gap",
        "commands",
        "resolved",
    ]
    assert [one.seconds for one in found] == [0, 30, 60, 60, 60, 70, 100, 130]
    assert "set back here, by 3570 s or more" in found[3].text
    told = times(found)
    assert (told.to_notice, told.to_stop, told.stopped_by, told.clock_set_back) == (60, 70, "stop-gap", True)
    assert "set back meanwhile" in in_words(told, "en")[-1]


def test_clock_that_is_kept_right_is_not_told() -> None:
    found = listed([happened(0, "broke"), happened(10, "hint", number=1), happened(8.5, "hint", number=2)])
    assert whats(found) == ["broke", "hint", "hint"]
    assert [one.seconds for one in found] == [0, 10, 10]


def test_long_command_beside_others_is_no_clock_that_went_back() -> None:
    """The trail holds a command once it has ended, by the time at which it began."""
    trail = [typed(1, 30), typed(2, 10, "tail -f log", "database", seconds=50), typed(3, 70)]
    assert whats(listed([happened(0, "broke")], trail)) == ["broke", "commands"]


def test_lab_writes_on_a_clock_that_was_set_back_too() -> None:
    events = [happened(5000, "broke"), happened(5060, "noted", text="a"), happened(1500, "noted", text="b")]
    offered = [
        rang(4000, "before the break"),
        rang(5030, "first"),
        rang(1490, "between the two clocks"),
        rang(1510, "last"),
    ]
    found = listed([*events, happened(1520, "noted", text="c")], (), offered)
    assert [one.text for one in found if one.source in ("pager", "responder")] == [
        "first", "a", "between the two clocks", "b", "last", "c",
    ]  # fmt: skip
    assert [one.seconds for one in found] == sorted(one.seconds for one in found)


def test_what_users_met_while_the_fault_was_put_in_is_told() -> None:
    offered = [rang(-9, "before"), rang(-3, "no answer", EventKind.CUSTOMERS), rang(2, "rings")]
    found = listed([happened(0, "broke", seconds=5.0)], (), offered)
    assert [(one.text, one.seconds) for one in found[1:]] == [("no answer", 0), ("rings", 2)]
    for odd in (-1.0, 1e9, "5", True):
        assert [one.text for one in listed([happened(0, "broke", seconds=odd)], (), offered)[1:]] == ["rings"]


def test_whole_second_in_which_it_broke_is_told() -> None:
    found = listed([happened(0.9, "broke")], (), [rang(-1, "the second before"), rang(0, "no timetable")])
    assert [(one.text, one.seconds) for one in found[1:]] == [("no timetable", 0)]


def test_record_that_is_in_no_order_is_put_where_its_times_say() -> None:
    found = listed([happened(0, "broke"), happened(50, "noted", text="n")], (), [rang(70, "b"), rang(20, "a")])
    assert [one.text for one in found[1:]] == ["a", "n", "b"]


def test_only_what_came_since_the_last_break_is_told() -> None:
    events = [happened(0, "broke"), happened(9, "declared", 1, severity=1, text="old"), happened(100, "broke", 2)]
    trail = [typed(1, 5), typed(2, 50), typed(3, 120, "new")]
    found = listed(events, trail, [rang(50, "old"), rang(130, "new")])
    assert [(one.what, one.seconds) for one in found] == [("broke", 0), ("commands", 20), ("pager", 30)]


def test_lab_without_faults_counts_from_its_start() -> None:
    found = listed([happened(0, "started"), happened(60, "declared", severity=3, text="x")])
    assert [(one.what, one.seconds) for one in found] == [("started", 0), ("declared", 60)]
    assert listed([]) == ()


def test_attempt_from_before_the_place_was_kept_goes_by_the_clock() -> None:
    events = [happened(0, "broke", None), happened(30, "checked", None, passed=False, quick=False)]
    found = listed(events, [typed(1, 10), typed(2, 40)])
    assert whats(found) == ["broke", "commands", "checked", "commands"]


def test_pause_takes_no_time() -> None:
    events = [
        happened(0, "broke"),
        happened(10, "paused"),
        happened(9000, "resumed"),
        happened(9005, "noted", text="a"),
    ]
    found = listed(events, (), [rang(9003, "rings")])
    assert [(one.what, one.seconds) for one in found] == [
        ("broke", 0), ("paused", 10), ("resumed", 10), ("pager", 13), ("noted", 15),
    ]  # fmt: skip


def test_pause_over_which_the_clock_is_set_back_takes_no_time_either() -> None:
    events = [
        happened(5000, "broke"),
        happened(5010, "paused"),
        happened(100, "resumed"),
        happened(105, "noted", text="a"),
    ]
    assert [one.seconds for one in listed(events)] == [0, 10, 10, 10, 15]


def test_commands_far_from_one_another_are_told_apart_as_are_edits_and_what_is_put_live() -> None:
    trail = [
        typed(1, 10),
        typed(2, 20),
        typed(3, 900, "ps"),
        typed(4, 910, "# edited: compose.yaml", "workspace"),
        typed(5, 920, "kikori apply", "kikori"),
        typed(6, 930, "kikori check", "kikori"),
        typed(7, 940, "uptime"),
        typed(8, 945, "git log", "workspace"),
    ]
    assert [one.text for one in listed([happened(0, "broke")], trail)][1:] == [
        "#1 to #2: 2 commands in web",
        "#3 web: ps",
        "#4 workspace: # edited: compose.yaml",
        "#5 kikori: kikori apply",
        "#7 to #8: 2 commands in web, workspace",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_list_tells_no_fault(lang: str) -> None:
    events = [happened(0, "broke", fault="half-edit", blind=False), happened(5, "reset"), happened(6, "stopped")]
    found = timeline(events, (), (), lang)  # type: ignore[arg-type]
    assert whats(found) == ["broke", "reset"]
    assert not any("half-edit" in one.text for one in found)


def test_list_is_in_the_readers_language() -> None:
    offered = [rang(1, "page", ja="呼び出し"), rang(2, "only English")]
    found = timeline([happened(0, "broke")], (), offered, "ja")
    assert [one.text for one in found] == ["障害が起きた。", "呼び出し", "only English"]


def test_stop_gaps_are_numbered_as_they_come_whatever_their_details_say() -> None:
    events = [
        happened(0, "broke"),
        happened(1, "stop-gap", number=1, what="a", risk="r", until="u"),
        happened(2, "stop-gap", number=1, what="b", risk="r", until="u"),  # two at the same moment
        happened(3, "taken-back", number=2, text="gone"),
    ]
    assert [(one.number, one.what, one.taken_back) for one in stop_gaps(events)] == [(1, "a", False), (2, "b", True)]
    assert [one.text for one in listed(events)][1:] == [
        "Stop-gap 1: a (risk: r; to be taken back: u)",
        "Stop-gap 2: b (risk: r; to be taken back: u)",
        "Took stop-gap 2 back. gone",
    ]


def test_severity_is_that_of_the_last_declaration_until_it_is_resolved() -> None:
    declared, worse = happened(1, "declared", severity=3), happened(2, "declared", severity=1)
    assert severity_now([]) == 0
    assert severity_now([declared, worse]) == 1
    assert severity_now([declared, worse, happened(3, "resolved")]) == 0
    assert severity_now([declared, happened(3, "resolved"), worse]) == 1


@pytest.mark.parametrize(
    ("events", "seconds", "by"),
    [
        ([], None, ""),
        ([("served", 30), ("stop-gap", 40), ("mended", 50)], 30, "served"),
        ([("stop-gap", 20), ("served", 30)], 20, "stop-gap"),
        ([("mended", 50), ("served", 60)], 50, "mended"),
    ],
)
def test_what_came_first_stopped_the_bleeding(events: list[tuple[str, float]], seconds: float | None, by: str) -> None:
    told = times(listed([happened(0, "broke"), *(happened(at, name, what="a") for name, at in events)]))
    assert (told.to_stop, told.stopped_by) == (seconds, by)


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([("stop-gap", 30)], "Nothing in the record stopped the bleeding."),
        ([("stop-gap", 30), ("served", 90)], "after 0.5 min, by the responder's word"),
        ([("stop-gap", 30), ("mended", 60)], "after 0.5 min, by the responder's word"),
    ],
)
def test_a_stop_gap_stopped_the_bleeding_only_if_a_check_found_users_served(
    events: list[tuple[str, float]], said: str
) -> None:
    told = times(listed([happened(0, "broke"), *(happened(at, name, what="a") for name, at in events)]))
    assert said in in_words(told, "en")[1]


@pytest.mark.parametrize(
    ("events", "noticed", "declared"),
    [
        ([], None, None),
        ([("noticed", 20)], 20, None),
        ([("noticed", 20), ("declared", 80)], 20, 80),
        ([("declared", 80)], 80, 80),
    ],
)
def test_noticing_ends_with_a_word_and_at_the_latest_with_the_declaration(
    events: list[tuple[str, float]], noticed: float | None, declared: float | None
) -> None:
    told = times(listed([happened(0, "broke"), *(happened(at, name, text="a", severity=1) for name, at in events)]))
    assert (told.to_notice, told.to_declare) == (noticed, declared)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_times_say_whose_word_they_are(lang: str) -> None:
    events = [
        happened(0, "broke"),
        happened(90, "declared", severity=2, text="x"),
        happened(120, "stop-gap", what="a", risk="b", until="c"),
        happened(600, "mended"),
        happened(660, "resolved", text="y"),
    ]
    said = in_words(times(listed(events)), lang)  # type: ignore[arg-type]
    assert [number for line, number in zip(said, ("1.5", "2.0", "10.0", "11.0"), strict=True) if number in line] == [
        "1.5", "2.0", "10.0", "11.0",
    ]  # fmt: skip
    assert ("responder's word" if lang == "en" else "対応者の言葉") in said[1]


def test_strangers_record_is_read_in_no_time_and_raises_nothing() -> None:
    odd: list[Event] = [happened(0, "broke", None, fault="x")]
    for number in range(4000):  # as many as fit into what a page reads, on a clock that always goes back
        odd.append(
            Event(at=1e308 / (number + 1), event="declared", detail={"after": True, "severity": "?", "text": None})
        )
    odd.append(Event(at=-1e308, event="taken-back", detail={"number": 3.5, "after": 10**300}))
    trail = [typed(number % 7, -1e308, "x" * 500, seconds=1e308) for number in range(2000)]
    offered = [rang(9e9 - 10 * number, "x") for number in range(500)]
    began = time.monotonic()
    found = listed(odd, trail, offered)
    assert times(found).clock_set_back
    assert time.monotonic() - began < 20
