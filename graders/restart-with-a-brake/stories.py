"""What is played before a robot, step by step; services, names, tokens and limits are drawn. Nothing here runs."""

from __future__ import annotations

from random import Random
from typing import Any, NamedTuple

Step = dict[str, Any]
SERVICES = (
    ("SoupHangs", "soup"), ("RiceHangs", "rice"), ("LabelsHang", "labels"), ("VansHang", "vans"), ("TeaHangs", "tea"),
    ("StampsHang", "stamps"), ("CratesHang", "crates"),
)  # fmt: skip
OTHERS = ("DiskNearlyFull", "CertificateExpires", "BackupTooOld", "ClockIsWrong", "QueueGrows", "FridgeIsWarm")
LIVE = {"OrdersHang": "orders", "MenuHangs": "menu", "RidersHang": "riders"}
"""The alerts that the scene's own robot was made for, and their services."""
TILL = {"TillHangs": "till"}
SEVERITIES = ("info", "warning", "debug", "none", "ticket")
LIMIT, WINDOW = 2, 20
"""Restarts, and seconds, where both are tried."""
LATCH = 16
"""Seconds of the window in which one restart alone is allowed."""
LOOKS = 4
"""Seconds in which a robot has looked at a service that gives no answer, and would have acted."""
FLOOD = 24
AWAY = "../../../../tmp/elsewhere/x"
"""What a label may say, too."""


class Cast(NamedTuple):
    """Who is in a story: two alerts and their services, one that no program restarts, and the tokens."""

    one: str
    two: str
    kept: str
    services: dict[str, str]
    webhook: str
    control: str
    other: str

    def service(self, name: str) -> str:
        """The service of an alert."""
        return self.services[name]

    def environment(self, limit: int, window: int) -> dict[str, str]:
        """What the town of a story is told."""
        may = " ".join(f"{name}={self.services[name]}" for name in (self.one, self.two))
        return {
            "HOST": "127.0.0.1",
            "ALERTS": may,
            "OTHERS": f"{self.kept}={self.services[self.kept]}",
            "LIMIT": str(limit),
            "WINDOW": str(window),
            "WEBHOOK_TOKEN": self.webhook,
            "CONTROL_TOKEN": self.control,
            "WARM": "0.3",
        }


def cast(draw: Random) -> Cast:
    """Draw who is in a story."""
    chosen = draw.sample(SERVICES, 3)
    one, two, kept = (name for name, _ in chosen)
    return Cast(one, two, kept, dict(chosen), token(draw), token(draw), draw.choice(OTHERS))


def token(draw: Random) -> str:
    """Draw a token."""
    return f"{draw.getrandbits(96):024x}"


class Teller:
    """Writes steps down for a cast."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def message(self, *names: str, status: str = "firing", labels: dict[str, str] | None = None) -> Step:
        """A message with the right token, of one alert or several."""
        right = f"Bearer {self.cast.webhook}"
        told = [[name, status, labels or {"service": self.cast.services.get(name, "")}] for name in names]
        return {"alerts": told, "authorization": right}

    def post(self, name: str, message: Step, **more: Any) -> Step:
        """Send it."""
        return {"do": "post", "name": name, **message, **more}

    def tell(self, do: str, name: str = "", **more: Any) -> Step:
        """Ask for something at the desk."""
        about = {"service": self.cast.services[name]} if name else {}
        return {"do": "tell", "ask": {"do": do, **about, **more}}

    def restarted(self, name: str, counts: dict[str, int], again: Step, within: int = 20, every: float = 5) -> Step:
        """Wait until services were restarted so often in all and answer, while a message comes again and again."""
        wanted = {self.cast.services[alert]: count for alert, count in counts.items()}
        about = {"restarts": wanted, "answers": list(wanted)}
        return {"do": "until", "name": name, **about, "again": again, "within": within, "every": every}


def rest(seconds: float, name: str = "rest") -> Step:
    """Let time pass."""
    return {"do": "rest", "name": name, "seconds": seconds}


RELEASED: Step = {"do": "brake", "name": "released-dead", "on": False}
READY: Step = {"do": "ready", "name": "ready", "within": 15}


def forged(cast: Cast) -> dict[str, str]:
    """What strangers show: nothing, another token, and what is nearly the right one."""
    token = cast.webhook
    return {
        "nothing": "",
        "another": f"Bearer {token[::-1]}",
        "shorter": f"Bearer {token[:-1]}",
        "longer": f"Bearer {token}0",
        "bare": token,
        "capitals": f"Bearer {token.upper()}",
        "basic": f"Basic {token}",
        "empty": "Bearer ",
    }


def odd(cast: Cast) -> dict[str, Step]:
    """Messages with the right token that ask for nothing, while the second service hangs."""
    teller, service = Teller(cast), cast.service(cast.two)
    lie = {"service": service, "instance": f"{service}:8102"}
    found = {
        "resolved": teller.message(cast.two, status="resolved"),
        "other": teller.message(cast.other, labels=lie),
        "kept": teller.message(cast.kept),
        "as-service": teller.message(service, labels=lie),
        "path": teller.message(f"{cast.two}/../{cast.service(cast.kept)}", labels=lie),
    }
    raws = ("no json", "[]", "{}", '{"alerts": null}', '{"alerts": [{}]}')
    raws += ('{"alerts": [{"status": "firing", "labels": {"alertname": ["x"]}}]}',)
    right = {"authorization": f"Bearer {cast.webhook}"}
    return found | {f"raw-{number}": {"raw": text, **right} for number, text in enumerate(raws)}


def gates(cast: Cast, draw: Random) -> list[Step]:
    """A service hangs while strangers and odd messages come; another one, late alerts; a flood about the first."""
    teller = Teller(cast)
    first, second = teller.message(cast.one), teller.message(cast.two)
    lied = teller.message(cast.one, labels={"service": cast.service(cast.kept), "instance": AWAY})
    lied["unreadable"] = True
    steps = [READY, teller.post("over", teller.message(cast.one, status="resolved")), teller.tell("hang", cast.two)]
    for name, authorization in forged(cast).items():
        steps.append(teller.post(f"forged-{name}", {**second, "authorization": authorization}, within=10))
    steps.append(rest(LOOKS, "forged"))
    steps += [teller.post(f"odd-{name}", message, within=5) for name, message in odd(cast).items()]
    steps += [rest(LOOKS, "odd"), teller.tell("hang", cast.one), teller.restarted("genuine", {cast.one: 1}, lied)]
    steps += [
        rest(2),
        teller.post("late-post", first, times=2),
        rest(2, "late-rest"),
        teller.tell("set", cast.one, delay=1.0),
    ]
    steps += [teller.post("slow-post", first), rest(2.5, "slow-rest"), teller.tell("set", cast.one, delay=0.0)]
    steps += [teller.tell("set", cast.two, warm=round(draw.uniform(2.6, 3.0), 2)), teller.tell("hang", cast.two)]
    steps += [teller.post("flood-post", second, times=FLOOD, within=25)]
    steps += [teller.restarted("flooded", {cast.two: 1}, second, within=15, every=0.7), rest(3, "flood-rest")]
    steps += [{"do": "silent", "name": "silent", "port": 9000}]
    return [*steps, teller.post("heard", teller.message(cast.one, status="resolved"), within=20)]


def pairs(cast: Cast, draw: Random) -> list[Step]:
    """Two services hang at once, in one message and in two; then the evidence does not come."""
    teller, names = Teller(cast), draw.sample((cast.one, cast.two), 2)
    both = teller.message(*names)
    hang = [teller.tell("hang", name) for name in names]
    steps = [READY, *hang, teller.restarted("both", dict.fromkeys(names, 1), both, within=30, every=8)]
    steps += [teller.tell("takes", seconds=1.5), *hang]
    steps += [teller.post(f"at-once-{name}", teller.message(name), wait=False) for name in names]
    steps += [teller.restarted("at-once", dict.fromkeys(names, 2), both, within=40, every=4)]
    steps += [teller.tell("takes", seconds=1.0)]
    for name, how in zip(names, ("endless", "refused"), strict=True):
        steps += [teller.tell("set", name, evidence=how), teller.tell("hang", name)]
        steps += [teller.restarted(how, {name: 3}, teller.message(name), within=20, every=8)]
    return steps


def brake_until_killed(cast: Cast) -> list[Step]:
    """One restart, and a second that takes long: the robot is killed in the midst of it."""
    teller = Teller(cast)
    steps = [READY, teller.tell("hang", cast.one), teller.restarted("first", {cast.one: 1}, teller.message(cast.one))]
    steps += [teller.tell("takes", seconds=4), teller.tell("hang", cast.two)]
    begun = {"do": "until", "name": "second", "begun": {cast.service(cast.two): 1}, "within": 20, "every": 5}
    steps += [{**begun, "again": teller.message(cast.two)}]
    return [*steps, {"do": "lost", "name": "lost", "service": cast.service(cast.two)}]


def brake_until_redeployed(cast: Cast) -> list[Step]:
    """Both restarts were made: the third time a person is called, and nothing is restarted any more."""
    teller = Teller(cast)
    first, second = teller.message(cast.one), teller.message(cast.two)
    done = {"do": "until", "name": "done", "restarts": {cast.service(cast.two): 1}, "within": 10}
    steps = [READY, done, rest(1), teller.tell("takes", seconds=1), teller.post("well", first)]
    steps += [{"do": "until", "name": "needless", "brake": True, "within": 2.5, "goes_on": True}]
    steps += [teller.tell("hang", cast.one)]
    called = {"do": "until", "name": "called", "pages": 1, "within": 20, "every": 3, "goes_on": True}
    steps += [{**called, "again": first}]
    steps += [{"do": "until", "name": "braked", "brake": True, "within": 5}, teller.tell("hang", cast.two)]
    steps += [teller.post("braked-1", first), teller.post("braked-2", second), rest(LOOKS)]
    return [*steps, teller.post("braked-3", teller.message(cast.two, cast.one)), rest(LOOKS, "held")]


def brake_until_over(cast: Cast) -> list[Step]:
    """A new robot with the old one's folder; a person takes the brake off, and puts it on while evidence is taken."""
    teller = Teller(cast)
    first, second = teller.message(cast.one), teller.message(cast.two)
    steps = [READY, teller.post("new-1", first), teller.post("new-2", second), rest(LOOKS, "remembered")]
    steps += [{"do": "brake", "name": "released", "on": False}]
    steps += [teller.restarted("again", {cast.one: 2}, first, within=20, every=4), rest(1)]
    steps += [teller.tell("set", cast.two, evidence="slow")]
    asked = {"do": "until", "name": "asked", "asked": cast.service(cast.two), "within": 15, "every": 8}
    steps += [{**asked, "again": second, "goes_on": True}]
    steps += [
        {"do": "brake", "name": "put-on", "on": True},
        rest(LOOKS, "lever-meanwhile"),
        teller.post("lever-post", second),
        rest(LOOKS, "lever-rest"),
    ]
    return steps


def window(cast: Cast) -> list[Step]:
    """Two restarts; the third comes when the first has left the window, the fourth while two are in it."""
    teller = Teller(cast)
    first, second = teller.message(cast.one), teller.message(cast.two)
    service = cast.service(cast.one)
    steps = [READY, teller.tell("hang", cast.one), teller.restarted("first", {cast.one: 1}, first)]
    steps += [{"do": "since", "service": service, "number": 1, "seconds": WINDOW * 0.8}]
    steps += [teller.tell("hang", cast.two), teller.restarted("second", {cast.two: 1}, second)]
    steps += [{"do": "since", "service": service, "number": 1, "seconds": WINDOW + 1.5}]
    steps += [teller.tell("hang", cast.one), teller.restarted("slid", {cast.one: 2}, first, within=12, every=4)]
    steps += [rest(1), teller.tell("hang", cast.two)]
    return [*steps, {"do": "until", "name": "held", "brake": True, "again": second, "within": 12, "every": 2}]


def stubborn(cast: Cast) -> list[Step]:
    """A service that hangs again as soon as it is restarted; the pager does not take the first call."""
    teller = Teller(cast)
    steps = [READY, teller.tell("pager", refuses=1), teller.tell("hang", cast.one, again=True)]
    calls = {"do": "until", "name": "called", "pages": 1, "within": 50, "every": 2, "goes_on": True}
    steps += [
        {**calls, "again": teller.message(cast.one)},
        {"do": "until", "name": "braked", "brake": True, "within": 5},
    ]
    return [*steps, teller.post("more", teller.message(cast.one)), rest(LOOKS, "held")]


def stubborn_released(cast: Cast) -> list[Step]:
    """While the robot was dead a person took the brake off: there may be restarts again."""
    more = {"begun": {cast.service(cast.one): LIMIT + 1}, "again": Teller(cast).message(cast.one)}
    return [READY, {"do": "until", "name": "after-death", **more, "within": 20, "every": 4, "goes_on": True}]


def latch(cast: Cast) -> list[Step]:
    """One restart is allowed; a person's brake goes on and off; the robot's own one lasts for the whole window."""
    teller = Teller(cast)
    first, second, both = teller.message(cast.one), teller.message(cast.two), teller.message(cast.one, cast.two)
    steps = [READY, teller.tell("hang", cast.one), teller.restarted("first", {cast.one: 1}, first), rest(0.5)]
    steps += [{"do": "brake", "name": "pulled", "on": True}, teller.post("pulled-post", first), rest(LOOKS + 2)]
    steps += [{"do": "brake", "name": "let-go", "on": False}, rest(1), teller.tell("hang", cast.two)]
    steps += [{**teller.restarted("anew", {cast.two: 1}, second, within=15, every=4), "goes_on": True}, rest(0.5)]
    steps += [teller.tell("hang", cast.one), teller.tell("hang", cast.two)]
    steps += [{"do": "until", "name": "braked", "brake": True, "again": both, "within": 12, "every": 3}]
    steps += [rest(LATCH + 1, "gone-by"), teller.post("later-1", first)]
    return [*steps, teller.post("later-2", second), rest(LOOKS, "later")]


class Firing(NamedTuple):
    """An alert that fires, from when to when, in seconds of a day that is made short."""

    name: str
    begin: float
    end: float
    labels: dict[str, str]


def routed(draw: Random) -> list[Firing]:
    """What fires before Alertmanager: of the robot's alerts one lasts, one begins later, one is over soon.

    The first one comes again after a pause. Of the other alerts one comes of two machines, and two need no hurry.
    """
    first, second = draw.sample(OTHERS, 2)
    long, later, short = draw.sample(sorted(LIVE), 3)
    low = draw.sample(SEVERITIES, 2)
    of = LIVE | TILL
    told = [(long, 0, 28, {}), (later, 10, 44, {}), (short, 1, 8, {}), (long, 38, 70, {}), ("TillHangs", 3, 12, {})]
    told += [(first, 0, 14, {"instance": "one"}), (first, 5, 18, {"instance": "two"})]
    told += [(second, 2, 14, {"severity": low[0]}), (second, 16, 28, {"severity": low[1]})]
    return [Firing(name, begin, end, {"service": of.get(name, "orders"), **more}) for name, begin, end, more in told]


def routes(draw: Random) -> list[Step]:
    """These alerts come to Alertmanager, in whose place of the robot somebody writes down what it sends."""
    return [
        {"do": "manager", "name": "ready", "within": 20},
        {"do": "firing", "name": "firing", "seconds": 71, "alerts": routed(draw)},
    ]
