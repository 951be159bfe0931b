"""What each ticket is owed, and how the books differ from that. Nothing in here asks anybody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Ticket = dict[str, Any]
Week = dict[str, Any]
State = dict[str, Any]

PLANNED = re.compile(r"(\d+)\s+(do|person)\b\s*([a-z-]*)")
"""A line of a dry run."""


def reasons_of(week: Week, ticket: Ticket) -> set[str]:
    """Why a well-formed ticket is for a person; nothing where it is as always."""
    asks, found = ticket["asks"], set()
    if ticket["remark"]:
        found.add("remark")
    filer = week["people"][ticket["from"]]
    team = filer["team"]
    if not filer["active"]:
        found.add("unknown")
    if ticket["kind"] == "access":
        if not week["people"].get(asks["user"], {}).get("active"):
            found.add("unknown")
        if week["groups"][asks["group"]]["who_decides"]:
            found.add("restricted")
    elif ticket["kind"] == "quota":
        volume = week["volumes"][asks["volume"]]
        if volume["team"] != team:
            found.add("not-theirs")
        if asks["gb"] > week["policy"]["most_gb"] or volume["gb"] + asks["gb"] > volume["most"]:
            found.add("too-much")
    else:
        host = week["hosts"][asks["host"]]
        if host["team"] != team:
            found.add("not-theirs")
        if host["retired"]:
            found.add("unknown")
    return found


def as_always(week: Week, besides: Iterable[int] = ()) -> list[Ticket]:
    """Those that nobody has to decide, without some that are no form at all."""
    bad = set(besides)
    return [one for one in week["tickets"] if one["id"] not in bad and not reasons_of(week, one)]


def codes_of(week: Week, bad: Mapping[int, set[str]] | None = None) -> dict[int, set[str]]:
    """Of each ticket, for what it may be handed to a person; nothing where it is to be done."""
    bad = bad or {}
    return {one["id"]: bad.get(one["id"]) or reasons_of(week, one) for one in week["tickets"]}


def second_of(pair: tuple[Ticket, Ticket], state: State) -> int:
    """Of two tickets that have room for one: the one that is for a person, as the other one was done first."""
    first, second = sorted(pair, key=lambda one: int(one["id"]))
    turned = _status(state, second) == "done" != _status(state, first)
    return int((first if turned else second)["id"])


class Plan(NamedTuple):
    """How a dry run differs from what is right."""

    silent: list[int]
    """Tickets that it says nothing of."""
    given: list[int]
    """Those that it would do, and that are for a person."""
    kept: list[int]
    """Those that it would hand to a person, and that are as always."""
    reasons: list[str]
    """Those for a person for which it names another reason, or none."""


def plan_of(said: str) -> dict[int, str]:
    """What a dry run says of each ticket: nothing for one that it would do, else the reason."""
    found: dict[int, str] = {}
    for line in said.splitlines():
        if match := PLANNED.match(line.strip()):
            found[int(match[1])] = "" if match[2] == "do" else match[3] or "-"
    return found


def compare_plan(said: str, codes: Mapping[int, set[str]]) -> Plan:
    """Hold a dry run against what is right."""
    plan = plan_of(said)
    there = {number: plan[number] for number in codes if number in plan}
    return Plan(
        silent=sorted(codes.keys() - plan.keys()),
        given=[number for number, reason in there.items() if codes[number] and not reason],
        kept=[number for number, reason in there.items() if reason and not codes[number]],
        reasons=[f"{n} {one}" for n, one in there.items() if one and codes[n] and one not in codes[n]],
    )


class Books(NamedTuple):
    """How the systems differ from what was to be done."""

    lacking: list[str]
    twice: list[str]
    uncalled: list[str]
    """What nobody who may have it has asked for."""
    unnamed: list[str]
    """Certificates that do not say for which ticket they are."""

    @property
    def right(self) -> bool:
        """Whether all is as it should be."""
        return not (self.lacking or self.twice or self.uncalled or self.unnamed)


def compare_books(week: Week, state: State, owed: Iterable[Ticket]) -> Books:
    """Hold the systems against the tickets that were to be done."""
    owed = list(owed)
    found = Books([], [], [], [])
    _members(week, state, owed, found)
    _volumes(week, state, owed, found)
    _certificates(week, state, owed, found)
    return found


def _members(week: Week, state: State, owed: list[Ticket], found: Books) -> None:
    """Who is in which group."""
    asked = [one["asks"] for one in owed if one["kind"] == "access"]
    for name, group in week["groups"].items():
        wanted = {one["user"] for one in asked if one["group"] == name}
        now, before = state["groups"][name]["members"], set(group["members"])
        found.lacking.extend(f"{user} in {name}" for user in sorted((wanted | before) - set(now)))
        found.uncalled.extend(f"{user} in {name}" for user in sorted(set(now) - before - wanted))


def _given(week: Week, state: State, owed: list[Ticket], what: str) -> set[Any]:
    """Volumes or hosts of tickets that were not to be done, and were: what is too much there is no repetition."""
    numbers = {one["id"] for one in owed}
    done = [one for one in week["tickets"] if one["id"] not in numbers and _status(state, one) == "done"]
    asked = [one["asks"] for one in done if isinstance(one["asks"], dict)]
    return {asks[what] for asks in asked if isinstance(asks.get(what), str)}


def _status(state: State, ticket: Ticket) -> str:
    """What has become of a ticket."""
    return str(state["tickets"][str(ticket["id"])]["status"])


def _volumes(week: Week, state: State, owed: list[Ticket], found: Books) -> None:
    """How large each volume is."""
    given = _given(week, state, owed, "volume")
    asked = [one["asks"] for one in owed if one["kind"] == "quota"]
    for name, volume in week["volumes"].items():
        wanted = sum(one["gb"] for one in asked if one["volume"] == name)
        seen = state["volumes"][name]["gb"] - volume["gb"]
        if seen < wanted:
            found.lacking.append(f"{name} +{wanted - seen} GB")
        elif seen > wanted:
            (found.twice if wanted and name not in given else found.uncalled).append(f"{name} +{seen - wanted} GB")


def _certificates(week: Week, state: State, owed: list[Ticket], found: Books) -> None:
    """Which certificates have come, and what for."""
    given = _given(week, state, owed, "host")
    new = state["certificates"][len(week["certificates"]) :]
    wanted = Counter(one["asks"]["host"] for one in owed if one["kind"] == "certificate")
    seen = Counter(one["host"] for one in new)
    found.lacking.extend((wanted - seen).elements())
    for host in (seen - wanted).elements():
        (found.twice if wanted[host] and host not in given else found.uncalled).append(host)
    told = [set(re.findall(r"\d+", one["for"])) for one in new]
    for one in owed:
        host = one["asks"].get("host") if one["kind"] == "certificate" else ""
        if host and seen[host] == wanted[host] and not any(str(one["id"]) in numbers for numbers in told):
            found.unnamed.append(f"{host} ({one['id']})")


class Desk(NamedTuple):
    """How the tickets differ from what was to become of them."""

    undone: list[int]
    """As always, and not done."""
    closed: list[int]
    """For a person, and done."""
    waiting: list[int]
    """For a person, and still where they were."""
    reasons: list[str]


def compare_tickets(state: State, codes: Mapping[int, set[str]]) -> Desk:
    """Hold the tickets against what was to become of them."""
    found = Desk([], [], [], [])
    for number, wanted in codes.items():
        ticket = state["tickets"][str(number)]
        status, reason = ticket["status"], ticket.get("reason", "")
        if not wanted:
            if status != "done":
                found.undone.append(number)
        elif status == "done":
            found.closed.append(number)
        elif status != "person":
            found.waiting.append(number)
        elif reason not in wanted:
            found.reasons.append(f"{number} {reason}")
    return found


def told_act(act: Mapping[str, Any]) -> str:
    """An act of the books as a reason names it: what became of a ticket, too."""
    return " ".join(str(act[key]) for key in ("what", "name", "status") if key in act)


class Report(NamedTuple):
    """What was pushed of a run; -1 where it is no number, or not there."""

    done: float
    persons: float
    success: float


def report_of(state: State) -> Report:
    """Read what was pushed for the job."""
    return _report(state["metrics"].get("tickets", {}))


def reports_of(state: State) -> list[Report]:
    """Read each time at which a success was told, and the counts that stood beside it."""
    told = [one for one in state["pushes"] if one["job"] == "tickets"]
    return [_report(one["kept"]) for one in told if "tickets_last_success_timestamp_seconds" in one["told"]]


def _report(pushed: Mapping[str, str]) -> Report:
    """The three values of a job."""
    return Report(
        _number(pushed.get("tickets_done")),
        _number(pushed.get("tickets_for_a_person")),
        _number(pushed.get("tickets_last_success_timestamp_seconds")),
    )


def _number(text: str | None) -> float:
    """A number, or -1."""
    try:
        return float(text or "-1")
    except ValueError:
        return -1.0
