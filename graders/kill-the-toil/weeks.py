"""Weeks that no learner has seen, with people and things that the practice week does not have."""

from __future__ import annotations

import copy
from random import Random
from typing import Any, NamedTuple

from machikado.week import House, Names

Ticket = dict[str, Any]
Week = dict[str, Any]

ROOM = 1000
"""Acts that a run may carry out where the bound is not what is looked at."""
MOST_GB = (55, 60, 65, 75)
"""What the policy allows of a ticket: more than that of the practice week."""
MORE_GB = 5
"""How much more it allows once the plan has been shown."""
SUCCEEDED = "1700000123"
"""When the last run before a week went well, where one did."""
FIRST = 2000
"""Ticket numbers begin above those of the practice week."""


def names(dice: Random) -> Names:
    """Draw what people and things are called; none of it is in the practice week."""
    first = ["anri", "botan", "chika", "daichi", "emi", "fumi", "goro", "hibiki", "itsuko", "junko", "kaede", "lisa"]
    teams = ["bells", "chargers", "helmets", "maps", "stations", "tyres"]
    parts = ["api", "backups", "builds", "films", "models"]
    dice.shuffle(first)
    return Names(
        people=tuple(f"{name}{dice.randrange(10, 100)}" for name in first),
        teams=tuple(dice.sample(teams, 4)),
        parts=tuple(dice.sample(parts, 4)),
        hosts=tuple(dice.sample(["pillar", "gate", "kiosk", "charger"], 2)),
    )


def _house(dice: Random) -> House:
    return House(dice, names(dice), FIRST, dice.choice(MOST_GB))


class Main(NamedTuple):
    """A week that changes between the dry run and the true one."""

    week: Week
    changed: Week
    """The same once the plan has been shown: what was as always is for a person, and the other way round."""
    roomier: Ticket
    """May be carried out only since then."""
    larger: Ticket
    """So is this one, as the policy allows more of a ticket since then."""
    decided: Ticket
    """Might be carried out only until then."""
    pair: tuple[Ticket, Ticket]
    """Of one volume, which has room for either and not for both."""
    withdrawn: Ticket
    """Its owner needs it no more, once the plan has been shown."""
    late: Ticket
    """Comes once the plan has been shown."""


def main(dice: Random) -> Main:
    """A week with all that comes."""
    house = _house(dice)
    for _ in range(3):
        house.access()
    for _ in range(2):
        house.quota()
        house.certificate()
    host = _same_again(house)
    house.for_a_person()
    roomier, larger = _at_the_bounds(house)
    pair, decided = _one_of_two(house), house.access(_group_of_its_own(house))
    first, second = dice.sample([name for name in house.volumes if not _asked(house, name)], 2)
    withdrawn, late = house.quota(first), house.quota(second)
    house.tickets.remove(late)
    week = house.week(ROOM)
    late["id"] = house.number + 1
    _numbers_alike(week, host)
    changed = copy.deepcopy(week)
    changed["tickets"] = [one for one in week["tickets"] if one is not withdrawn] + [late]
    changed["volumes"][roomier["asks"]["volume"]]["most"] += 100
    changed["policy"]["most_gb"] += MORE_GB
    changed["groups"][decided["asks"]["group"]]["who_decides"] = dice.choice(house.active)
    return Main(week, changed, roomier, larger, decided, pair, withdrawn, late)


def _same_again(house: House) -> str:
    """Two tickets for one volume and two for the host given back, alike but for their numbers: four matters."""
    volume = house.dice.choice(list(house.volumes))
    host = house.dice.choice([name for name, one in house.hosts.items() if not one["retired"]])
    by, its = house.of_team(house.volumes[volume]["team"]), house.of_team(house.hosts[host]["team"])
    for _ in range(2):
        house.file("quota", by, volume=volume, gb=20)
        house.file("certificate", its, host=host)
    return host


def _numbers_alike(week: Week, host: str) -> None:
    """Have an earlier certificate of a host hold the numbers of its tickets where they mean something else."""
    first, *_, last = [one["id"] for one in week["tickets"] if one["asks"].get("host") == host]
    earlier = next(one for one in week["certificates"] if one["host"] == host)
    earlier.update(serial=first, **{"for": f"1{last}"})


def _at_the_bounds(house: House) -> tuple[Ticket, Ticket]:
    """As much as may be asked for, and one more than that: gives what is one more for the volume and the policy."""
    first, full, over = house.dice.sample([name for name in house.volumes if not _asked(house, name)], 3)
    house.quota(first)["asks"]["gb"] = house.most_gb
    larger = house.quota(first)
    larger["asks"]["gb"] = house.most_gb + 1
    house.quota(first)["asks"]["gb"] = house.most_gb + MORE_GB
    house.quota(full)["asks"]["gb"] = 30
    house.volumes[full]["most"] = house.volumes[full]["gb"] + 30
    house.volumes[over]["most"] = house.volumes[over]["gb"] + 30
    ticket = house.quota(over)
    ticket["asks"]["gb"] = 31
    return ticket, larger


def _one_of_two(house: House) -> tuple[Ticket, Ticket]:
    """Two tickets for a volume that has room for one of them."""
    volume = house.dice.choice([name for name in house.volumes if not _asked(house, name)])
    house.volumes[volume]["most"] = house.volumes[volume]["gb"] + 45
    pair = house.quota(volume), house.quota(volume)
    for one, gb in zip(pair, (25, 40), strict=True):
        one["asks"]["gb"] = gb
    return pair


def _group_of_its_own(house: House) -> str:
    """An open group that no ticket asks for: whoever comes to decide about it decides about none of the others."""
    asked = {one["asks"].get("group") for one in house.tickets}
    return house.dice.choice(
        [name for name, one in house.groups.items() if not one["who_decides"] and name not in asked]
    )


def _asked(house: House, volume: str) -> bool:
    """Whether a ticket asks for a volume already."""
    return any(one["asks"].get("volume") == volume for one in house.tickets)


class Bad(NamedTuple):
    """A week of forms that somebody filled in wrongly, and what each may be handed over for."""

    week: Week
    codes: dict[int, set[str]]


def bad(dice: Random) -> Bad:
    """Forms of all sorts, among some that are as always."""
    house = _house(dice)
    user, other = dice.sample(house.active, 2)
    group, volume = house.open_group(), dice.choice(list(house.volumes))
    by, either = house.of_team(house.volumes[volume]["team"]), {"not-understood", "unknown"}
    sorts: list[tuple[str, Any, set[str]]] = [
        ("quota", {"volume": volume, "gb": "lots"}, {"not-understood"}),
        ("quota", {"volume": volume, "gb": -20}, {"not-understood"}),
        ("quota", {"volume": volume, "gb": 12.5}, {"not-understood"}),
        ("quota", {"volume": volume}, {"not-understood"}),
        ("quota", {"volume": f"{volume}-2", "gb": 20}, {"unknown"}),
        ("access", {"user": user, "group": f"{group}2"}, {"unknown"}),
        ("access", {"user": f"{user}/../{other}", "group": group}, either),
        ("access", {"user": f'{other} "{user}"', "group": group}, either),
        ("access", "as discussed on the phone", {"not-understood"}),
        ("certificate", {"host": None}, either),
        ("certificate", {"host": f"{house.names.hosts[0]}-99"}, {"unknown"}),
        (dice.choice(("printer", "parking", "badge")), {"user": user}, {"not-understood"}),
    ]
    wanted: list[tuple[Ticket, set[str]]] = []
    for kind, asks, codes in sorts:
        ticket = house.file(kind, by)
        ticket["asks"] = asks
        wanted.append((ticket, codes))
    for make in (house.access, house.quota, house.certificate):
        make()
    week = house.week(ROOM)
    return Bad(week, {ticket["id"]: codes for ticket, codes in wanted})


class Absence(NamedTuple):
    """A week in which systems are away."""

    week: Week
    host: str
    """A certificate for it is issued all the same, and 503 answered."""
    cut: str
    """For this one, too, and the connection is closed without an answer."""


def absence(dice: Random) -> Absence:
    """A week in which systems may be away."""
    house = _house(dice)
    hosts = dice.sample([name for name, one in house.hosts.items() if not one["retired"]], 3)
    for host in hosts:
        house.access()
        house.quota()
        house.certificate(host)
    for _ in range(2):
        _remarked(house)
    return Absence(_after_a_success(house.week(ROOM)), hosts[0], hosts[1])


class Unclosed(NamedTuple):
    """A week in which the system of tickets does not take what becomes of some."""

    week: Week
    usual: Ticket
    """One of them, as always."""
    person: Ticket
    """Comes later, and is for a person."""
    late: Ticket
    """Comes after that one, and is as always."""


def unclosed(dice: Random) -> Unclosed:
    """A week, and two tickets that come later."""
    house = _house(dice)
    usual = house.certificate()
    house.access()
    week = _after_a_success(house.week(ROOM))
    person, late = _remarked(house), house.access()
    week["tickets"] = [one for one in week["tickets"] if one not in (person, late)]
    return Unclosed(week, usual, person, late)


def _remarked(house: House) -> Ticket:
    """A ticket for a person."""
    ticket = house.access()
    ticket["remark"] = house.dice.choice(("until Sunday", "please ask first", "例の件です"))
    return ticket


def _after_a_success(week: Week) -> Week:
    """Let a run have told of a success, before the week begins."""
    return {**week, "metrics": {"tickets": {"tickets_last_success_timestamp_seconds": SUCCEEDED}}}


def mixed(dice: Random, *, access: int, quota: int, certificate: int, persons: int = 0, most: int = ROOM) -> Week:
    """So many tickets of each kind, as always, and so many for a person; a run has gone well before."""
    house = _house(dice)
    for make, many in ((house.access, access), (house.quota, quota), (house.certificate, certificate)):
        for _ in range(many):
            make()
    for _ in range(persons):
        _remarked(house)
    return _after_a_success(house.week(most))
