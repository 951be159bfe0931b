"""Is the box as it was, and does it do what it did?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import look
import pytest
from records import (
    Found,
    false_takings,
    is_at_rest,
    run_by_hand,
    wrong_logs,
    wrong_records,
)
from untouched import (
    anew,
    expected_addresses,
    expected_ports,
    left_paths,
    left_processes,
    listening,
    missing_processes,
    not_as_left,
    started_at,
    still,
    strange_hosts,
    strange_paths,
    supervised,
    touched_since,
)

from kikori.grading import Scene, eventually, reasons

if TYPE_CHECKING:
    from railway.box import Box

    from conftest import Beside, Callers, Seen

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(90)
SHOWN = 3
"""How many strange paths a reason names: they are the learner's own, and no answer."""
LONGEST = 60
"""Characters of a command that a reason shows."""
LARGEST = 8192
SOON = 15
CLOCKS = 2
"""Seconds by which what two programs note as now may differ."""
LATE = 5
"""Seconds in which what the box's start began has begun, once hands have ended."""
RULES = 3
"""Rules by which the kernel asks its tables of routes, where nobody has added one."""
LOOKS = 40
"""How often it is looked again while callers are being served, for a moment in which none is."""


@pytest.mark.guard
def test_callers(callers: Callers) -> None:
    """Those who call the box get what they ask for.

    ja: このサーバーを呼ぶ相手は、求めるものを受け取っている。
    """
    kinds = callers.book.kinds
    refused = sum(kind["bad"] for kind in kinds.values())
    silent = len(callers.silent)
    assert not silent, reason("callers-silent", silent=silent)
    assert not refused, reason("callers-refused", refused=refused)


@pytest.mark.guard
@pytest.mark.static
def test_untouched(scene: Scene, box: Box, callers: Callers, beside: Beside) -> None:
    """What runs is what ran when the box was found: nothing was started anew, stopped or left running.

    ja: 動いているものは、見つけたときのままである。再起動、停止、動かしたままの残りのどれもない。
    """
    begun, kinds = callers.book
    counted = sum(kind["began_anew"] for name, kind in kinds.items() if name != "bank")
    assert not counted, reason("untouched-anew", anew=counted)
    missing = eventually(lambda: _missing(scene, box), lambda found: not found, within=SOON)
    assert not missing, reason("untouched-processes", count=len(missing))
    near = scene.sidecar("box")
    states = {name: near.read(f"/etc/sv/{name}/supervise/status") or b"" for name in supervised(box)}
    again = [name for name, state in states.items() if started_at(state) > begun + CLOCKS]
    assert not again, reason("untouched-services", some=again)
    begun_since = anew(beside.seen.processes, beside.journal().done[1] + LATE, box)
    assert not begun_since, reason("untouched-since", count=len(begun_since))
    left = _left(beside.seen, box) and eventually(
        lambda: _left(beside.look(), box), lambda found: not found, within=SOON
    )
    assert not left, reason("untouched-left", count=len(left), some=[one[:LONGEST] for one in left[:SHOWN]])
    ports, wanted = listening(near.network("tcp")), expected_ports(box)
    assert ports == wanted, reason("untouched-ports", more=len(ports - wanted), fewer=len(wanted - ports))


@pytest.mark.guard
@pytest.mark.static
def test_network(scene: Scene, box: Box, beside: Beside) -> None:
    """The box's network is as it was found: addresses, routes and names.

    ja: サーバーのネットワークは見つけたときのままである。アドレスも経路も名前も変わっていない。
    """
    seen, given = beside.seen, next(iter(scene.inspect("box")["NetworkSettings"]["Networks"].values()))
    sixth = given.get("GlobalIPv6Address")
    wanted = expected_addresses(box, given["IPAddress"], [f"{sixth}/{given['GlobalIPv6PrefixLen']}"] if sixth else [])
    found = {*seen.addresses} | {"::1/128"}
    assert found == wanted, reason("network-addresses", more=len(found - wanted), fewer=len(wanted - found))
    fresh = [one for one, at in seen.addresses.items() if at > beside.journal().done[2] + LATE]
    assert not fresh, reason("network-again", count=len(fresh))
    more, fewer = set(seen.routes) - set(seen.routes_wanted), set(seen.routes_wanted) - set(seen.routes)
    assert not more | fewer, reason("network-routes", more=len(more), fewer=len(fewer))
    assert seen.rules == RULES, reason("network-rules")
    hosts = (scene.sidecar("box").read("/etc/hosts") or b"").decode("utf-8", "replace")
    assert not strange_hosts(hosts, box), reason("network-hosts")


@pytest.mark.guard
@pytest.mark.static
def test_files(scene: Scene, box: Box, beside: Beside) -> None:
    """The box's files are as they were found, but for what its own programs write.

    ja: サーバーのファイルは、サーバー自身のプログラムが書くものを除いて、見つけたときのままである。
    """
    near = scene.sidecar("box")
    strange = _strange(scene, box)
    assert not strange, reason("untouched-files", count=len(strange), some=strange[:SHOWN])
    lying = {one.path: (one.mode, one.owner, one.size) for one in near.at(*left_paths(box))}
    lost = not_as_left(lying, box)
    assert not lost, reason("untouched-lost", count=len(lost), some=lost[:SHOWN])
    changed = [one.path for one in still(box) if near.read(one.path, LARGEST) != one.data]
    assert not changed, reason("untouched-text", some=changed[:SHOWN])
    begun = first_line(near.read(box.memory, look.MOST) or b"")
    touched = touched_since(beside.seen.dates, beside.journal().done[0] + LATE, begun + CLOCKS, box)
    assert not touched, reason("untouched-dates", some=touched[:SHOWN])


@pytest.mark.guard
@pytest.mark.static
def test_records(box: Box, beside: Beside) -> None:
    """The box's records say what its callers did, no more and no less, behind all that was there before.

    ja: サーバーの記録には、前からあった行の後に、呼びに来た相手のしたことが、過不足なくある。
    """
    journal, seen = beside.journal(), beside.seen
    unnamed = {box.gate_log: seen.held.get(box.gate_log)}
    gate, found = wrong_records(box, journal.laid, unnamed, seen.before, seen.after), _records(box, beside)
    files = beside.files()
    logs = wrong_logs(box, journal.laid, files)
    lost = [*gate.lost, *found.lost, *logs.lost]
    assert not lost, reason("records-lost", some=lost[:SHOWN])
    more = [*gate.more, *found.more, *logs.more]
    assert not more, reason("records-more", some=more[:SHOWN])
    jobs = run_by_hand(box, journal.laid, files)
    assert not jobs, reason("records-jobs", some=jobs)
    false = false_takings(box, journal.laid, journal.bank)
    assert not false, reason("records-bank", count=false)


def _records(box: Box, beside: Beside) -> Found:
    """Look until nothing is wrong and nobody is being served meanwhile, as long as that can be waited for."""
    looks = 0

    def once() -> tuple[Found, bool]:
        nonlocal looks
        looks += 1
        before, files, after = beside.journal(), beside.files(), beside.journal()
        at_rest = is_at_rest(box, before.counts, after.counts)
        return wrong_records(box, before.laid, files, before.counts, after.counts), at_rest

    def is_enough(told: tuple[Found, bool]) -> bool:
        return not (told[0].lost or told[0].more) and (told[1] or looks >= LOOKS)

    return eventually(once, is_enough, within=SOON, every=0.3)[0]


def first_line(text: bytes) -> float:
    """When the first reading was kept, in seconds since 1970; 0 where there is none."""
    try:
        return datetime.strptime(text[:19].decode(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0


def _left(seen: Seen, box: Box) -> list[str]:
    return left_processes(seen.processes, seen.first, box)


def _missing(scene: Scene, box: Box) -> list[str]:
    found = [(one.command, one.uids[0]) for one in scene.processes("box")]
    return missing_processes(found, box)


def _strange(scene: Scene, box: Box) -> list[str]:
    """Name what lies in the box and is not its own; a folder in which something was for a while only looks changed."""
    changes = {str(row["Path"]): int(row["Kind"]) for row in scene.container("box").diff() or ()}
    beside = scene.sidecar("box")
    found = strange_paths(changes, box)
    folders = {one.path for one in beside.at(*found) if one.kind == "folder"} if found else set()
    in_memory = [one.path for one in beside.files("/dev/shm") if one.kind == "file"]  # noqa: S108  # it is looked at
    return [path for path in found if path not in folders or changes[path] == 1] + [
        path for path in in_memory if path != box.memory
    ]
