"""What the lab's own tools say about the pager that is deployed: the rules and the routing are copied beside them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from kikori.errors import OurFault
from kikori.grading import Scene, reasons

reason = reasons(__file__)

Tool = Callable[[str], Any]
Ring = dict[str, Any]
Hurt = dict[str, Any]
TOOLS = {"unseen": "python3 /opt/nights/lib/unseen.py"}
"""Those that are not for the learner to try."""
PARTS: dict[str, list[tuple[str, ...]]] = {
    "replay": [("batch", "deploy", "cache"), ("leak", "dependency", "outage")],
    "unseen": [
        ("busy",),
        ("again",),
        ("blip", "kept", "unscraped", "inside"),
        (
            *(f"{kind}-{number}" for kind in ("refused", "waiting") for number in range(5)),
            "together",
            "opened",
            "unreachable",
        ),
    ],
}
"""Nights that are replayed together; a check waits for those that it asks for."""
TAIL = 25
"""Minutes for which what hurt customers may still be seen after its end."""


class Night:
    """A replayed night: when customers were hurt in it, and when the pager rang."""

    def __init__(self, seen: dict[str, Any]) -> None:
        self.began: float = seen["began"]
        self.hurts: list[Hurt] = seen["hurt"]
        self.rings: list[Ring] = seen["rings"]
        self.bound: list[dict[str, Any]] = seen["bound"]
        self.zero: int = seen["clock"]

    def clock(self, minute: float) -> str:
        """A minute of the night as the time of day."""
        at = int(self.zero + minute)
        return f"{at // 60 % 24:02}:{at % 60:02} UTC"

    def strays(self) -> list[Ring]:
        """The calls for nothing that began to fire while customers were hurt."""
        return [ring for ring in self.rings if not any(_about(hurt, ring) for hurt in self.hurts)]

    def quiet(self, en: str, ja: str) -> None:
        """Nobody was woken but for hurt customers."""
        wrong = self.strays()
        assert not wrong, reason("quiet", en=en, rang=rang(wrong), ja=ja)

    def idle(self, longest: int, en: str, ja: str) -> None:
        """Nothing that is for the pager was about to fire for long, which only asks for a longer night."""
        brewing = {
            one["alert"]: end - begin for one in self.bound for begin, end in one["pending"] if end - begin >= longest
        }
        told = ", ".join(f"{name} ({minutes} min)" for name, minutes in brewing.items())
        assert not brewing, reason("idle", en=en, told=told, ja=ja)

    def in_time(self, en: str, ja: str, hint: str = "") -> None:
        """Somebody was woken while customers were hurt, soon enough, and not before."""
        early = [ring for ring in self.strays() if ring["at"] < self.hurts[0]["ended"]]
        assert not early, reason("in-time", en=en, rang=rang(early), ja=ja)
        for hurt in self.hurts:
            self.woken(hurt, en, ja, hint)

    def woken(self, hurt: Hurt, en: str, ja: str, hint: str = "") -> None:
        """Somebody was woken soon enough by what fired when customers were hurt."""
        first = min((ring["at"] for ring in self.rings if _about(hurt, ring)), default=float("inf")) - hurt["began"]
        late = reason("woken", first=first) + hint
        came = self._never(hurt, hint) if first == float("inf") else late
        assert first <= hurt["within"] + 1, reason("woken-2", en=en, within=hurt["within"], came=came, ja=ja)

    def _never(self, hurt: Hurt, hint: str) -> str:
        """That nobody was woken, and where that is known, why."""
        fired = [one for one in self.bound if any(_during(hurt, since) for since, _ in one["firing"])]
        held = {why for one in fired for why in one["held"]}
        if not fired:
            return reason("never") + hint
        if "muted" in held:
            return reason("never-2")
        name = fired[0]["alert"]
        if "inhibited" in held:
            return reason("never-3", called=name)
        return reason("never-4", called=name)


def rang(rings: list[Ring]) -> str:
    """Who rang, for a reason."""
    return ", ".join(list(dict.fromkeys(name for ring in rings for name, _ in ring["alerts"]))[:4])


def _about(hurt: Hurt, ring: Ring) -> bool:
    """Whether something in a call may be about hurt customers, by when it began to fire."""
    return any(_during(hurt, since) for _, since in ring["alerts"])


def _during(hurt: Hurt, since: float) -> bool:
    return bool(hurt["began"] <= since <= hurt["ended"] + TAIL)


class Nights(dict[str, Night]):
    """Replayed nights by name: a part of them is replayed when the first of it is asked for."""

    def __init__(self, tool: Tool, name: str) -> None:
        super().__init__()
        self.tool, self.name, self.problem = tool, name, ""

    def __missing__(self, night: str) -> Night:
        """Replay its part, or say what is wrong with the rules."""
        part = next(one for one in PARTS[self.name] if night in one)
        seen = self.problem or self.tool(f"{self.name} {' '.join(part)}")
        if isinstance(seen, str):
            self.problem = seen
            message = reason("missing", problem=seen)
            raise AssertionError(message)
        found = {one["night"]: Night(one) for one in seen}
        self.update(found)
        return found[night]


@pytest.fixture(scope="module")
def tool(scene: Scene) -> Tool:
    """A tool's answer; text where it could not be given."""
    beside = scene.debug("prometheus", "kikori/quiet-pager-shop", holding="/etc/prometheus")
    seeds = {"unseen": str(scene.draw("nights").randrange(10**9))}

    def said(asked: str) -> Any:
        name, *nights = asked.split()
        command = TOOLS.get(name) or f"/opt/nights/bin/{name}"
        done = beside.run(
            f"SEED=%s {' '.join([command, *nights])} --json", seeds.get(name) or str(scene.params["week"])
        )
        said = (done.stderr or done.stdout).strip()[-300:]
        if done.rc > 1:
            raise OurFault(f"{name} ended with {done.rc}: {said}")
        return json.loads(done.stdout) if done.rc == 0 else said

    return said


@pytest.fixture(scope="module")
def week(tool: Tool) -> Nights:
    """The replayed nights of last week."""
    return Nights(tool, "replay")


@pytest.fixture(scope="module")
def unseen(tool: Tool) -> Nights:
    """Nights that the learner has not seen."""
    return Nights(tool, "unseen")


@pytest.fixture(scope="module")
def pages(tool: Tool) -> list[dict[str, Any]]:
    """The alerts that wake somebody."""
    seen = tool("what-pages")
    assert not isinstance(seen, str), reason("pages", problem=seen)
    return list(seen)
