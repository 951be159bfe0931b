"""Those who ask for the timetable: with the programs, names and habits that users have, drawn by the seed."""

import random
import threading
from collections.abc import Iterator
from typing import Any

from kikori.grading import Answer, Scene, say

PATIENCE = 6
"""Seconds after which a user who has not got the whole page gives up."""
Visit = dict[str, Any]


def asked(scene: Scene, visit: Visit | None = None) -> Answer:
    """What a user gets for the page, which has to have come as a whole."""
    told = list[Answer]()
    options = dict(visit or {})
    method = options.pop("method", "GET")

    def ask() -> None:
        told.append(scene.ask(method, "web", "/", **options))

    asking = threading.Thread(target=ask, daemon=True)  # an answer that never ends must not keep the check
    asking.start()
    asking.join(PATIENCE)
    too_slow = say(f"too slow: not all of it had come after {PATIENCE} s", f"遅すぎる。{PATIENCE}秒で全部は届かない")
    return told[0] if told else Answer(status=0, text=too_slow)


def visits(scene: Scene) -> Iterator[Visit]:
    """One user after the other: each habit comes once among those who have none, then again in another order."""
    chance = scene.draw("visitors")
    while True:
        habits = [{"headers": one} for one in (*browsers(chance), *requests(chance), *hosts(chance))]
        others = [{"method": "HEAD"}, {"params": {chance.choice(("from", "lang", "utm_source")): "mail"}}, *[{}] * 6]
        yield from chance.sample([*habits, *others], len(habits) + len(others))


def browsers(chance: random.Random) -> list[dict[str, str]]:
    """What other browsers than the usual ones call themselves."""
    version = chance.randint(118, 150)
    engine = f"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0.0.0"
    system = chance.choice(("Windows NT 10.0; Win64; x64", "X11; Linux x86_64", "Macintosh; Intel Mac OS X 10_15_7"))
    names = (
        f"Mozilla/5.0 ({system}) {engine} Safari/537.36 Edg/{version}.0.0.0",
        f"Mozilla/5.0 ({system}) {engine} Safari/537.36 OPR/{version - 16}.0.0.0",
        f"Mozilla/5.0 (Linux; Android 13; K) {engine} SamsungBrowser/28.0 Mobile Safari/537.36",
        f"w3m/0.5.{chance.randint(2, 5)}",
        f"Lynx/2.{chance.randint(8, 9)}.{chance.randint(1, 9)} libwww-FM/2.14",
    )
    return [{"User-Agent": name} for name in names]


def requests(chance: random.Random) -> list[dict[str, str]]:
    """What browsers add to a request as their users have it."""
    number = chance.randrange(16**8)
    return [
        {"Cookie": f"seen={number:x}"},
        {"Referer": f"https://{chance.choice(('www', 'bus', 'news'))}.village.example/"},
        {"Cache-Control": "no-cache", "Pragma": "no-cache"},
        {"If-None-Match": f'"{number:x}"'},
        {"If-Modified-Since": f"Tue, {chance.choice((14, 21, 28))} Jan 2020 10:00:00 GMT", "DNT": "1"},
    ]


def hosts(chance: random.Random) -> list[dict[str, str]]:
    """Names that lead to the server and stand nowhere on it."""
    words = chance.sample(("www", "bus", "timetable", "home", "office", "info"), 2)
    return [{"Host": f"{word}.village.example"} for word in words]
