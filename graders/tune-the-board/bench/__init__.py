"""How the picture board is used, and what it must not get wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from kikori.bench.api import Request, UserSession, Violation

from .again import probes, read_again
from .inspecting import Inspector
from .reading import STATIC
from .world import World

DOOR = "front"
TRUTH = ("database", "/usr/share/board/{profile}/truth.json")
QUERIES = ("database", ("mariadb", "-u", "root", "-N", "-e", "SHOW GLOBAL STATUS LIKE 'Questions'"))
HIDING = {
    "database": ("/var/lib/mysql", "/var/log", "/tmp"),  # noqa: S108 - looked at, not written
    "app": ("/srv", "/tmp", "/var"),  # noqa: S108
    "front": ("/tmp", "/var"),  # noqa: S108
}
"""Where a password may not be found."""
MIX = {
    "scroll": 35,
    "look": 20,
    "visit_member": 10,
    "remark": 15,
    "upload": 8,
    "shut_out": 4,
    "try_one": 5,
    "come_again": 3,
}
Checks = Sequence[tuple[str, Callable[[], UserSession]]]


class Scenario:
    """One run's visits."""

    initialize = Request("/initialize", "POST")

    def __init__(
        self, truth: Mapping[str, Any], rng: Random, count: Callable[[str, float], None], *, alone: bool = True
    ) -> None:
        self.world = World(truth, alone=alone)
        self.people = Inspector(self.world, rng, count, _static())

    def initialized(self, body: bytes) -> str:
        """The name that the service gives itself."""
        try:
            return str(json.loads(body)["name"])
        except (ValueError, KeyError, TypeError):
            raise Violation("initialize", f"POST /initialize answers {body[:60]!r}, not JSON with a name") from None

    def dirty_data(self) -> Checks:
        """What is done before initialize, so that there is something to set back."""
        return [("upload", self.people.upload), ("ban", partial(self.people.ban, self.world.regulars[0]))]

    def checks(self) -> Checks:
        """One visit for each route."""
        people, first = self.people, self.world.regulars[0]
        looks = [
            people.front, people.static_files, people.ten_pictures, people.three_profiles, people.last_of_the_list,
            people.absent, people.come_again,
        ]  # fmt: skip
        refused = [
            *people.refusals(), people.tokens_everywhere, people.visitor_writes, people.cookie_of_before,
            people.name_that_is_taken,
        ]  # fmt: skip
        guarded = [
            people.odd_names, people.names_that_nobody_has, people.what_is_too_much, people.another_login,
            people.everybody_is_listed, people.two_with_one_password,
        ]  # fmt: skip
        return [
            ("health", people.health),
            ("as_in_the_seed", partial(people.as_in_the_seed, first)),
            *((visit.__name__, visit) for visit in (*looks, *refused)),
            ("quiet", partial(people.quiet, first)),
            *((visit.__name__, visit) for visit in guarded),
            *((visit.__name__, visit) for visit in (people.own_at_once, people.large, people.long_time_members)),
            *((visit.__name__, visit) for visit in (people.cookies_of_a_session, people.sessions_by_chance)),
        ]

    def draw(self, rng: Random) -> tuple[str, UserSession]:
        """The next visit, by the mix."""
        name = rng.choices(list(MIX), weights=list(MIX.values()))[0]
        if name == "scroll":
            return name, self.people.scroll(rng.randrange(4))
        return name, getattr(self.people, name)()

    def written(self) -> Checks:
        """What this run has written, read once more, and the counters of those who wrote."""
        names = list(dict.fromkeys(remark.by.name for remark in self.world.said.values() if not remark.by.passing))
        return [
            *read_again(self.people, self.probes()),
            *((name, partial(self.people.profiled, name)) for name in names[:10]),
        ]

    def probes(self) -> dict[str, Any]:
        """What was written and must last."""
        return probes(self.world)

    def read_again(self, kept: Any) -> Checks:
        """Read what a former run has written."""
        return read_again(self.people, kept)

    def alive(self) -> list[str]:
        """Words of a session that nobody has ended: its cookies and its token."""
        return [word for word in self.people.alive if len(word) >= 16]

    def twins(self) -> list[tuple[str, str]]:
        """Two who have joined with one password: their names and that."""
        return self.people.twins

    def secrets(self) -> list[str]:
        """Passwords of those who have joined."""
        return [member.password for member in self.world.members.values() if member.passing]


def _static() -> dict[str, bytes]:
    folder = Path(__file__).parents[3] / "labs" / Path(__file__).parents[1].name / "workspace/app/static"
    return {name: (folder / name).read_bytes() for name in STATIC}
