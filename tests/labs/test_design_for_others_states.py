"""What design-for-others lets come first in each state, and what each command shows. No Docker needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kikori import paths
from lab_modules import STANDS_ON, Import, modules_of

pytestmark = pytest.mark.stands_on("design-for-others", code=STANDS_ON)
LAB = paths.ROOT / "labs" / "design-for-others"
PLACES = (
    paths.ROOT / "graders" / "design-for-others",
    paths.ROOT / "labs" / "_images" / "paper",
    LAB / "images" / "records",
)
NUMBER = 4711


@pytest.fixture(scope="module")
def lab() -> Iterator[Import]:
    with modules_of(*PLACES) as load:
        yield load


@pytest.mark.parametrize(
    ("told", "right", "wrong"),
    [
        ({"dockssilent": {"silent"}}, "tally-silent ask none", "start stop tally-ask-again tally-prune backup"),
        ({"tallydiskfull": {"full"}}, "tally-prune look", "copy backup restore stop"),
        ({"tallyrefuses": {"tokens"}}, "log wait ask", "start tally-ask-again tally-prune"),
        ({"told to come again": {"crowded"}}, "wait none tally-check", "start stop end tally-ask-again backup"),
        (
            {"malformed": {"torn"}, "tallydown": {"torn"}},
            "stop copy log",
            "start restore backup tally-prune end tally-ask-again",
        ),
        ({"tallydown": {"torn"}}, "start stop copy status", "restore backup tally-prune end tally-ask-again"),
        ({'up{job="tally"}': {"torn"}, "tallydown": {"torn"}}, "start", "restore"),
        ({"another one holds the lock": {"double"}}, "end stop copy log", "start restore backup"),
        ({"tallydiskfull": {"full"}, "tally_waiting": {"crowded"}}, "look", "tally-prune stop"),
        ({"no docks": {"stops"}}, "log stop copy backup", "start tally-ask-again restore tally-prune"),
        ({"no docks": {"stops"}, "tallydown": {"torn"}}, "log stop copy", "start tally-ask-again restore backup"),
        ({"no docks": {"stale"}}, "ask wait", "start stop end tally-ask-again"),
        ({"archive away": {"loses"}}, "look none", "start stop tally-ask-again"),
        ({"tally_reports_total": set()}, "start stop backup tally-ask-again", "restore tally-prune"),
    ],
)
def test_what_comes_first_fits_the_state(lab: Import, told: dict[str, set[str]], right: str, wrong: str) -> None:
    first = lab("first")
    found = first.states(told)
    assert all(first.may_come_first(kind, found) for kind in right.split())
    assert not any(first.may_come_first(kind, found) for kind in wrong.split())


@pytest.mark.parametrize("number", [1000, NUMBER, 5150, 9999])
def test_the_registry_is_known_by_its_line_in_the_log(lab: Import, number: int) -> None:
    truth = lab("truth").Truth(number)
    assert truth.shows("no docks") == {truth.house.needs["registry"].effect}
    assert truth.shows("archive away") == ({"loses"} if truth.house.needs["archive"].effect == "loses" else None)


@pytest.mark.parametrize(
    ("command", "last", "right", "wrong"),
    [
        ("systemctl status tally", "start", "active (running), active, Started tally.service", "inactive, no output"),
        ("systemctl is-active tally", "start", "active, exit code 0", "active (running), Started tally.service"),
        ("systemctl show tally -p ActiveState", "stop", "ActiveState=inactive, exit 0", "ActiveState=active"),
        ("systemctl status tally", "stop", "inactive (dead), Stopped tally.service", "exit code 0, active"),
        ("systemctl is-active tally", "stop", "inactive", "exit code 0, inactive (dead), active"),
        ("systemctl status tally | wc -l", "start", "exit code 0", "active (running)"),
        ("journalctl -u tally", "start", "Started tally.service, exit code 0", "active (running), active, ok"),
        ("journalctl -u tally -n 5", "stop", "Stopped tally.service", "inactive (dead), Started tally.service"),
        ("sudo journalctl -fu tally", "start", "Started tally.service", "exit code 0, active"),
        ("journalctl -u tally --follow", "start", "Started tally.service", "exit code 0"),
        ("tail -f /data/tally/spool", "", "", "exit code 0, active"),
        ("tail -n 5 /data/tally/spool", "", "exit code 0", "active"),
        ("ping registry", "", "", "exit code 0"),
        ("ping -c 3 registry", "", "exit code 0", "ok"),
        ("systemctl start tally", "start", "no output, exit code 0", "active (running)"),
        ("kill -TERM PID", "", "no output, exit code 0", "inactive (dead)"),
        ("cp /data/tally/docks.db /tmp", "stop", "no output, exit code 0", "ok"),
        ("cp -v /data/tally/docks.db /tmp", "stop", "exit code 0", "no output"),
        ("pgrep -f tally.py", "stop", "no output", "exit code 0"),
        ("pgrep -f tally.py", "start", "exit code 0", "no output, active"),
        ("curl -s hill:7490/snapshot", "start", "57 docks or more, exit code 0", "200 OK, active, 10 docks or fewer"),
        ("curl -si hill:7490/snapshot", "start", "57 docks or more, 200 OK", "ok, no output"),
        ("curl -s hill:7490/metrics", "", "10 docks or fewer", "57 docks or more"),
        ("tally-check", "", "ok, exit code 0", "no output, active"),
        ("tally-silent | wc -l", "", "10 docks or fewer", "57 docks or more"),
        ("ls -l /data/tally", "", "exit code 0", "active, ok, no output"),
    ],
)
def test_a_command_shows_what_it_shows(lab: Import, command: str, last: str, right: str, wrong: str) -> None:
    told, signs = lab("commands").command(command), lab("signs").signs
    shown = {
        text: {lab("shown").is_shown(one.kind, told, last) for one in signs(text)} for text in (right, wrong) if text
    }
    assert shown.get(right, {True}) == {True}
    assert shown[wrong] == {False}


def test_each_kind_of_failure_and_command_has_its_place(lab: Import) -> None:
    first, house, grammar = lab("first"), lab("drawn_house.draw"), lab("commands").GRAMMAR
    kinds = {*grammar, *house.COMMANDS, "none"} - {"own", "tally-restore", "tally-backup"}
    assert {*lab("truth").LINES} | {"down", "own"} == {*first.CHANGING}
    assert kinds >= first.LOOKING.union(*first.CHANGING.values())
    assert kinds - first.LOOKING.union(*first.CHANGING.values()) == {"restore"}
